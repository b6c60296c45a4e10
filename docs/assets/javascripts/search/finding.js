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
async function findPositive({ kind, words, compound, field, named }, context) {
  const { index } = context
  if (named) return findNamed(named, context)
  if (kind === "pattern") {
    return intersection(
      await Promise.all(words.map((word) => findPattern(word, field ? [field] : SEEN, index))),
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
 * The index holds stems: a word that begins with all the letters given may have a shorter one (`interpreter*`).
 * @param {string} pattern
 * @param {string[]} fields
 * @param {ShardedIndex} index
 */
async function findPattern(pattern, fields, index) {
  const stem = /^[^*]+\*$/u.test(pattern) ? index.stem(pattern.slice(0, -1)) : null
  const shorter = stem !== null && !stem.startsWith(pattern.slice(0, -1))
    ? [index.matching(clauseFor(stem, fields, false))]
    : []
  return union(await Promise.all([index.matching(clauseFor(pattern, fields, false)), ...shorter]), index.size)
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
