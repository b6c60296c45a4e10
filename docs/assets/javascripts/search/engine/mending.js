/** “Did you mean”: loaded with the first word that is nowhere. */
import { respell, rewrite } from "./spelling.js"
import { tokens } from "./words.js"

/**
 * The query with likely misspellings mended, in words, phrases and fields that nothing has, and how many passages have
 * all of it then; null where there are none. Words of names and of other pages are never respelt.
 * @param {string} text                     the query
 * @param {import("./meaning.js").Unit[]} missed   what of it is nowhere
 * @param {import("./engine.js").Loaded} loaded
 * @param {(query: string) => Promise<number>} totalOf
 * @returns {Promise<import("../types.js").Answer["suggestion"]>}
 */
export async function mend(text, missed, loaded, totalOf) {
  const { index, stem } = loaded
  const atoms = missed.flatMap(({ parts }) => parts.flatMap(({ clauses }) => clauses.flatMap(({ options }) => options)))
  const sought = atoms.filter(({ kind, negated }) => kind !== "pattern" && !negated)
  const words = sought.flatMap(({ plain, start, end }) => wordsIn(text, start, end).map((word) => ({ ...word, plain })))
  const known = await Promise.all(words.map(({ word }) => index.knows(word)))
  if (known.every(Boolean)) return null
  const [pages, vocabulary] = await Promise.all([loaded.pages(), index.vocabulary()])
  const isOnPage = (/** @type {string} */ term) =>
    pages.some(({ title, rest, text: own }) => title.includes(term) || rest.includes(term) || own.has(term))
  const unknown = words.filter(({ word }, at) => !known[at] && !isOnPage(stem(word) ?? ""))
  const changes = unknown.flatMap(({ word, start, end, plain }) => {
    // Words of themes' names alone are in no passage.
    const begins = (/** @type {string} */ other, /** @type {number} */ at) =>
      vocabulary.counts[at] > 0 && other.startsWith(word) && other !== word
    const begun = plain && word.length > 2 && vocabulary.words.some(begins)
    const likely = respell(word, vocabulary, stem) ?? (begun ? `${word}*` : null)
    return likely ? [{ start, end, word: likely }] : []
  })
  if (!changes.length) return null
  const query = rewrite(text, changes)
  const total = await totalOf(query)
  return total ? { query, total } : null
}

/**
 * The words of a part of a query, without the name of its field.
 * @param {string} text
 * @param {number} start
 * @param {number} end
 */
function wordsIn(text, start, end) {
  const part = text.slice(start, end)
  const from = start + (/^\P{L}*\p{L}+:/u.exec(part)?.[0].length ?? 0)
  const found = tokens(text.slice(from, end)).filter(({ compound }) => !compound)
  return found.map((token) => ({ word: token.word, start: from + token.start, end: from + token.end }))
}
