/** The order of results, and their groups. */
import { month } from "../wording.js"

/**
 * @typedef {import("./types.js").Sort} Sort
 * @typedef {import("./types.js").Group} Group
 * @typedef {import("./catalogue.js").Catalogue} Catalogue
 * @typedef {{ key: string, label: string, address: string, count: number, start: number }} GroupOfResults
 *   `start`: its first place in the order
 */

/**
 * The passages of a mask in order. What a sort leaves equal is by relevance, then by place in the collection.
 * @param {Uint8Array} mask
 * @param {Float64Array | null} scores
 * @param {Sort} sort
 * @param {Catalogue} catalogue
 */
export function arrange(mask, scores, sort, catalogue) {
  const docs = new Uint32Array(mask.reduce((sum, here) => sum + here, 0))
  for (let doc = 0, at = 0; doc < mask.length; doc += 1) if (mask[doc]) docs[at++] = doc
  const rank = textRanks(sort, catalogue)
  if (!rank && !scores) return docs
  return docs.sort((one, other) => {
    const byText = rank ? rank[catalogue.textOf[one]] - rank[catalogue.textOf[other]] : 0
    return byText || (scores ? scores[other] - scores[one] : 0) || one - other
  })
}

/**
 * For each text its rank in a sort; null where relevance alone counts.
 * @param {Sort} sort
 * @param {Catalogue} catalogue
 */
function textRanks(sort, { data, reportOf, scoreOf, facetOf }) {
  if (sort === "score-down") return Int32Array.from(scoreOf, (score) => -score)
  if (sort === "score-up") return Int32Array.from(scoreOf)
  if (sort === "authority") return Int32Array.from(facetOf.authority)
  if (sort === "newest") {
    const days = data.reports.map(([, published]) => -Number(published.padEnd(10, "-00").replaceAll("-", "")))
    return Int32Array.from(reportOf, (report) => days[report])
  }
  return null
}

/**
 * Puts results of one authority, report or statement together, the groups in the order of their first results.
 * @param {Uint32Array} order
 * @param {Group} group
 * @param {Catalogue} catalogue
 * @returns {{ order: Uint32Array, groups: GroupOfResults[] }}
 */
export function gather(order, group, catalogue) {
  if (!group) return { order, groups: [] }
  const { statementOf, reportOf, facetOf, textOf } = catalogue
  const keyOf = group === "statement" ? statementOf : group === "report" ? reportOf : facetOf.authority
  /** @type {Map<number, number[]>} */
  const members = new Map()
  for (const doc of order) {
    const key = keyOf[textOf[doc]]
    const own = members.get(key)
    if (own) own.push(doc)
    else members.set(key, [doc])
  }
  /** @type {GroupOfResults[]} */
  const groups = []
  const gathered = new Uint32Array(order.length)
  let start = 0
  for (const docs of members.values()) {
    gathered.set(docs, start)
    groups.push({ ...describe(docs[0], group, catalogue), count: docs.length, start })
    start += docs.length
  }
  return { order: gathered, groups }
}

/**
 * @param {number} doc
 * @param {Group} group
 * @param {Catalogue} catalogue
 */
function describe(doc, group, catalogue) {
  const { authority, statement, report, published } = catalogue.place(doc)
  if (group === "statement") {
    return { key: statement.id, label: statement.name, address: `/statements/${statement.id}/` }
  }
  if (group === "authority") {
    return { key: authority.slug, label: authority.name, address: `/authorities/${authority.slug}/` }
  }
  return { key: report, label: `${authority.name}, ${month(published)}`, address: `/reports/${report}/` }
}
