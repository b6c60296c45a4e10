/** Likely spellings of words that are in no passage: near words of the collection, the nearest and commonest first. */

/**
 * How many letters must be added, left out, changed or swapped with their neighbour to make one word of the other;
 * `most + 1` where it is more than `most`. This is the optimal string alignment distance: no letter is edited twice
 * (Boytsov, "Indexing methods for approximate dictionary searching", 2011, section 2.2).
 * @param {string} one
 * @param {string} other
 * @param {number} most
 */
export function distance(one, other, most) {
  if (Math.abs(one.length - other.length) > most) return most + 1
  let before = new Uint8Array(other.length + 1)
  let above = Uint8Array.from({ length: other.length + 1 }, (_, at) => at)
  let row = new Uint8Array(other.length + 1)
  for (let i = 1; i <= one.length; i += 1) {
    row[0] = i
    let least = i
    for (let j = 1; j <= other.length; j += 1) {
      const same = one[i - 1] === other[j - 1]
      let cost = Math.min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (same ? 0 : 1))
      const swapped = i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]
      if (swapped) cost = Math.min(cost, before[j - 2] + 1)
      row[j] = cost
      if (cost < least) least = cost
    }
    if (least > most) return most + 1
    ;[before, above, row] = [above, row, before]
  }
  return Math.min(above[other.length], most + 1)
}

/** How many letters may be wrong in a word: none in the shortest, where everything is near everything. */
const allowed = (/** @type {string} */ word) => (word.length < 4 ? 0 : word.length < 6 ? 1 : 2)

/** What turns a meaning round: `inadequate` is no slip of `adequate`. */
const TURNING = /^(?:in|im|ir|un|non|dis|mis|de|re|over|under)$/u

/**
 * The likeliest spelling of a word, or null. Of those as near, one that begins with the same letter, then one that is
 * plural or not like it, then the commonest. A form of the same word is no spelling of it, nor is its opposite; and the
 * first letter is rarely mistyped, of a short word or beside another slip.
 * @param {string} word                          folded, in no passage
 * @param {{ words: string[], counts: ArrayLike<number> }} vocabulary
 *   the collection's words, and in how many passages each is
 * @param {(word: string) => string | null} stem
 */
export function respell(word, { words, counts }, stem) {
  const most = allowed(word)
  if (!most || !/^\p{L}+$/u.test(word) || word.length > 40) return null
  let best = null
  for (let at = 0; at < words.length; at += 1) {
    const away = distance(word, words[at], Math.min(most, best?.away ?? most))
    if (away > most || !counts[at] || ((word.length < 6 || away > 1) && words[at][0] !== word[0])) continue
    if (word.length < 5 && isReplaced(word, words[at])) continue
    if (isTurned(word, words[at]) || isTurned(words[at], word) || stem(words[at]) === stem(word)) continue
    const other = (words[at][0] === word[0] ? 0 : 2) + (words[at].endsWith("s") === word.endsWith("s") ? 0 : 1)
    const better = !best || away < best.away ||
      (away === best.away && (other < best.other || (other === best.other && counts[at] > best.count)))
    if (better) best = { word: words[at], away, other, count: counts[at] }
  }
  return best && best.word !== word ? best.word : null
}

/** Whether one letter stands in the place of another: of the shortest words that makes another word. @param {string} one @param {string} other */
const isReplaced = (one, other) => one.length === other.length && [...one].filter((letter, at) => letter !== other[at]).length === 1

/** @param {string} long @param {string} short */
const isTurned = (long, short) => long.endsWith(short) && TURNING.test(long.slice(0, -short.length))

/**
 * A query with words put in the place of others.
 * @param {string} text
 * @param {{ start: number, end: number, word: string }[]} changes   apart, in any order
 */
export function rewrite(text, changes) {
  const last = [...changes].sort((a, b) => b.start - a.start)
  return last.reduce((sum, { start, end, word }) => sum.slice(0, start) + word + sum.slice(end), text)
}
