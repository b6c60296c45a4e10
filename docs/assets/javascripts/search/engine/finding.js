/** In which passages a word, a phrase, a pattern or a name is. */
import { makeSieve, sift } from "./facets.js"
import { patternOf } from "./marks.js"
import { intersection, union } from "./masks.js"

/**
 * @typedef {import("./meaning.js").Context} Context
 * @typedef {import("./meaning.js").NamedAtom} NamedAtom
 * @typedef {import("./sharded-index.js").ShardedIndex} ShardedIndex
 */

/**
 * Where a plain word is looked for: what a reader sees on a passage. Names of its themes are not among them, since a
 * word of a longer name (`community equipment`) says nothing about the passage; they count for the order alone.
 */
const SEEN = ["text", "heading", "authority", "statement"]
/** Where words can be looked for next to one another. */
export const PROSE = ["text", "heading"]

/**
 * The passages in which one thing is, or for a negated one is not.
 * @param {NamedAtom} atom
 * @param {Context} context
 * @returns {Promise<Uint8Array>}
 */
export async function findAtom(atom, context) {
  const mask = await findPositive(atom, context)
  return atom.negated ? mask.map((here) => 1 - here) : mask
}

/**
 * @param {NamedAtom} atom
 * @param {Context} context
 */
async function findPositive({ kind, words, compound, field, named, terms = [] }, context) {
  const { index } = context
  if (named) return findNamed(named, context)
  if (kind === "pattern") {
    const fields = field ? [field] : SEEN
    const masks = terms.map((own) => Promise.all(own.map((term) => index.matching(clauseFor(term, fields, false)))))
    return intersection((await Promise.all(masks)).map((own) => union(own, index.size)), index.size)
  }
  const fields = field ? [field] : words.length > 1 ? PROSE : SEEN
  if (!compound) return findWords(words, fields, index)
  return union(await Promise.all([findWords(words, fields, index), findWords([compound], fields, index)]), index.size)
}

/**
 * @param {string[]} words
 * @param {string[]} fields
 * @param {ShardedIndex} index
 */
export function findWords(words, fields, index) {
  return words.length > 1 ? index.phrase(words, fields) : index.matching(clauseFor(words[0], fields))
}

/**
 * The terms of the index that a pattern stands for, or patterns of them. The index holds stems alone: where what was typed
 * is longer than they are (`interpreter*`), or does not begin with letters (`*ability`), the words of the collection that
 * fit are looked up, and their stems taken.
 * @param {string} pattern
 * @param {ShardedIndex} index
 * @returns {Promise<{ terms: string[], byStem: boolean }>}   `byStem`: other words, which do not fit, may have these stems
 */
export async function termsOf(pattern, index) {
  const letters = /^([^*]+)\*$/u.exec(pattern)?.[1]
  if (letters) {
    const stem = index.stem(letters) ?? letters
    const [begun, same] = await Promise.all([index.expand(letters), index.expand(stem)])
    if (!stem.startsWith(letters) && same.includes(stem)) return { terms: [pattern, stem], byStem: true }
    if (begun.length) return { terms: [pattern], byStem: false }
  }
  const fits = patternOf(pattern)
  const { words } = await index.vocabulary()
  const stems = words.filter((word) => fits.test(word)).flatMap((word) => index.stem(word) ?? [])
  return { terms: [...new Set(stems)], byStem: true }
}

/**
 * What an unfinished word begins with: all of its letters, or as many as some stem begins with, most of them at least.
 * @param {string} word
 * @param {ShardedIndex} index
 */
export async function beginningWithStems(word, index) {
  for (let end = word.length; end >= Math.max(3, word.length - 6); end -= 1) {
    if ((await index.expand(word.slice(0, end))).length) return word.slice(0, end)
  }
  return word
}

/**
 * A clause as lunr's own parser makes it.
 * @param {string} term
 * @param {string[]} fields
 */
export function clauseFor(term, fields, usePipeline = true) {
  return { term, fields, boost: 1, usePipeline }
}

/**
 * The passages of what is named.
 * @param {import("./names.js").Named} named
 * @param {Pick<Context, "catalogue" | "index" | "columns">} context
 */
export async function findNamed({ facet, ids }, { catalogue, index, columns }) {
  // A year of which no report is here is no value.
  if (!catalogue.facetValues[facet].some(({ id }) => ids.includes(id))) return new Uint8Array(index.size)
  const sieve = await makeSieve({ [facet]: ids }, catalogue, columns)
  return sift(new Uint8Array(index.size).fill(1), sieve, catalogue)
}
