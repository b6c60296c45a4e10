/** Text to words, the same as `build_scripts/search/words.py`, which says what a word is. */

/**
 * @typedef {object} Token
 * @property {string} word       folded: what the index knows before stemming
 * @property {number} start      `text.slice(start, end)` is what was written
 * @property {number} end
 * @property {number} place      among the words of the text, from 0
 * @property {boolean} compound  two words with a hyphen between them as one: `coproduction`, after `co` and `production`
 */

const PART = "[\\p{L}\\p{N}][\\p{L}\\p{N}\\u0300-\\u036f\\u00ad]*"
const TOKEN = new RegExp(
  `[0-9]{1,3}(?:,[0-9]{3})+(?:\\.[0-9]+)?(?![0-9])|[0-9]+\\.[0-9]+|${PART}(?:['‘’ʼ＇]${PART})*`,
  "gu",
)
/** Nearly every word: nothing of it changes but capitals. */
const PLAIN = /^[a-z]{1,64}$/i
/** Nearly every name. */
const PLAIN_WORDS = /^[a-z]{1,64}(?: [a-z]{1,64})*$/i
const NUMBER = /^[0-9][0-9,.]+$/
const POSSESSIVE = /['‘’ʼ＇][sS]$/
const NOT_LETTERS = /[^\p{L}\p{N}]+|ʼ/gu
const HYPHEN = /^[-\u2010\u2011]$/
const LONGEST = 64

/** @type {Record<string, string>} */
const SPELT = { ß: "ss", æ: "ae", œ: "oe", ø: "o", đ: "d", ł: "l", ﬀ: "ff", ﬁ: "fi", ﬂ: "fl", ﬃ: "ffi", ﬄ: "ffl" }
const SPELT_LETTER = new RegExp(`[${Object.keys(SPELT).join("")}]`, "g")

/**
 * The words of a text in order, each compound after its second part.
 * @param {string} text
 * @returns {Token[]}
 */
export function tokens(text) {
  /** @type {Token[]} */
  const found = []
  /** @type {Token | null} */
  let first = null
  let parts = 1
  let place = -1
  const spans = Array.from(text.matchAll(TOKEN), (match) => [match.index, match.index + match[0].length])
  const joined = (/** @type {number} */ end, /** @type {number} */ start) =>
    start - end === 1 && HYPHEN.test(text[end])
  spans.forEach(([start, end], number) => {
    const word = fold(text.slice(start, end))
    if (!word) return
    place += 1
    const token = { word, start, end, place, compound: false }
    found.push(token)
    parts = number && joined(spans[number - 1][1], start) ? parts + 1 : 1
    const follows = number + 1 < spans.length && joined(end, spans[number + 1][0])
    if (parts === 2 && !follows && first && /^\p{L}/u.test(first.word)) {
      found.push({ word: shortened(first.word + word), start: first.start, end, place: first.place, compound: true })
    }
    first = parts === 1 ? token : null
  })
  return found
}

/** The words of a text without compounds. @param {string} text @returns {string[]} */
export const wordsOf = (text) =>
  PLAIN_WORDS.test(text)
    ? text.toLowerCase().split(" ")
    : tokens(text).flatMap(({ word, compound }) => (compound ? [] : [word]))

/**
 * A word as it is compared: lower case, without accents, apostrophes and the `’s` of a possessive.
 * @param {string} written
 */
function fold(written) {
  if (PLAIN.test(written)) return written.toLowerCase()
  if (NUMBER.test(written)) return shortened(written.replaceAll(",", ""))
  const plain = written.replace(POSSESSIVE, "").normalize("NFD").toLowerCase()
  return shortened(plain.replace(SPELT_LETTER, (letter) => SPELT[letter]).replace(NOT_LETTERS, ""))
}

/** @param {string} word */
function shortened(word) {
  return word.length > LONGEST ? [...word].slice(0, LONGEST).join("") : word
}
