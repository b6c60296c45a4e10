/**
 * lunr's hits in lunr's order, from what our index gives: the scores of a query, and the masks of its clauses. The search
 * itself orders passages by its own rules; this puts masks and scores together as lunr does, so that both can be compared
 * with lunr's own results, required and prohibited words included.
 */
import { docsOf } from "./disk.mjs"

const [REQUIRED, PROHIBITED] = [2, 3] // lunr.Query.presence

/**
 * @param {{ clauses: any[] }} query   a lunr.Query
 * @param {import("../../docs/assets/javascripts/search/engine/sharded-index.js").ShardedIndex} index
 * @returns {Promise<{ docs: number[], scores: Float64Array }>}
 */
export async function hitsOf({ clauses }, index) {
  const allowed = new Uint8Array(index.size).fill(1)
  for (const clause of clauses) {
    const { presence } = clause
    if ((presence !== REQUIRED && presence !== PROHIBITED) || !index.termsOf(clause).length) continue
    const mask = await index.matching(clause)
    for (let doc = 0; doc < index.size; doc += 1) if (mask[doc] !== Number(presence === REQUIRED)) allowed[doc] = 0
  }
  const wanted = clauses.filter(({ presence }) => presence !== PROHIBITED)
  if (!wanted.length) return { docs: docsOf(allowed), scores: new Float64Array(index.size) }
  const scores = await index.scores(wanted)
  const docs = (await comeUpon(wanted, index)).filter((doc) => allowed[doc])
  return { docs: docs.sort((one, other) => scores[other] - scores[one]), scores }
}

/**
 * Passages in the order in which lunr comes upon them, which is its order among equal scores: by clause, term, field.
 * @param {any[]} clauses
 * @param {import("../../docs/assets/javascripts/search/engine/sharded-index.js").ShardedIndex} index
 */
async function comeUpon(clauses, index) {
  const { terms } = await index.vocabulary()
  /** @type {Set<number>} */
  const found = new Set()
  for (const clause of clauses) {
    for (const word of index.termsOf(clause)) {
      for (const term of word.includes("*") ? index.expansions(word, terms) : [word]) {
        for (const field of clause.fields) {
          const mask = await index.matching({ term, fields: [field], boost: 1, usePipeline: false })
          for (let doc = 0; doc < mask.length; doc += 1) if (mask[doc]) found.add(doc)
        }
      }
    }
  }
  return [...found]
}
