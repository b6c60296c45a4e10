/** In which passages a word, a phrase, a pattern or a name is. */
import { makeSieve, sift } from "./facets.js"
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
async function findPositive({ kind, words, compound, field, named, also = [] }, context) {
  const { index } = context
  if (named) return findNamed(named, context)
  if (kind === "pattern") {
    return intersection(
      await Promise.all(words.map((word) => findPattern(word, also, field ? [field] : SEEN, index))),
      index.size,
    )
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
 * @param {string} pattern
 * @param {string[]} also
 * @param {string[]} fields
 * @param {ShardedIndex} index
 */
async function findPattern(pattern, also, fields, index) {
  const terms = [pattern, ...also].map((term) => index.matching(clauseFor(term, fields, false)))
  return union(await Promise.all(terms), index.size)
}

/**
 * The stems of words that begin with all the letters before a star, where these stems are shorter (`interpreter*`): the
 * index holds stems alone. Every word of the collection is looked through only where no stem begins so.
 * @param {string} pattern
 * @param {ShardedIndex} index
 * @returns {Promise<string[]>}
 */
export async function shorterStems(pattern, index) {
  const letters = /^([^*]+)\*$/u.exec(pattern)?.[1]
  if (!letters) return []
  const stem = index.stem(letters) ?? letters
  const [begun, same] = await Promise.all([index.expand(letters), index.expand(stem)])
  if (!stem.startsWith(letters) && same.includes(stem)) return [stem]
  if (begun.length) return []
  const { words } = await index.vocabulary()
  return [...new Set(words.filter((word) => word.startsWith(letters)).flatMap((word) => index.stem(word) ?? []))]
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
  return { term, fields, boost: 1, usePipeline, wildcard: 0, presence: 1 }
}

/**
 * @param {import("./names.js").Named} named
 * @param {Context} context
 */
async function findNamed({ facet, ids }, { catalogue, index, columns }) {
  if (!ids.length) return new Uint8Array(index.size)
  const sieve = await makeSieve({ [facet]: ids }, catalogue, columns)
  return sift(new Uint8Array(index.size).fill(1), sieve, catalogue)
}
