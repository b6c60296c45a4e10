/** The order of results, and their groups. */
import { month } from "../../wording.js"

/**
 * @typedef {import("../types.js").Sort} Sort
 * @typedef {import("../types.js").Group} Group
 * @typedef {import("./catalogue.js").Catalogue} Catalogue
 * @typedef {{ key: string, label: string, address: string, count: number, start: number }} GroupOfResults
 *   `start`: its first place in the order
 */

/** Up to so many are picked out of all; where more are wanted, sorting all costs no more. */
const PICKED = 100

/** Passages in an order that is only worked out as far as it is asked for. */
export class Ranking {
  /**
   * @param {Uint32Array} docs                                        by place in the collection, or in order already
   * @param {((one: number, other: number) => number) | null} compare   null: they are in order
   */
  constructor(docs, compare) {
    this.docs = docs
    this.compare = compare
    /** @type {Uint32Array | null} */
    this.sorted = compare ? null : docs
  }

  get total() {
    return this.docs.length
  }

  /** All of them, in order. */
  all() {
    this.sorted ??= this.docs.slice().sort(/** @type {(one: number, other: number) => number} */ (this.compare))
    return this.sorted
  }

  /**
   * The first so many.
   * @param {number} most
   */
  first(most) {
    const { compare, sorted, docs } = this
    if (!compare || sorted || most > PICKED || most >= docs.length) return this.all().subarray(0, most)
    /** @type {number[]} */
    const best = []
    for (const doc of most > 0 ? docs : []) {
      if (best.length === most && compare(doc, best[most - 1]) > 0) continue
      let at = best.length
      while (at > 0 && compare(doc, best[at - 1]) < 0) at -= 1
      best.splice(at, 0, doc)
      if (best.length > most) best.pop()
    }
    return Uint32Array.from(best)
  }
}

/**
 * The passages of a mask, to be had in order. What a sort leaves equal is by relevance, then by place in the collection.
 * Relevance is the rank (`nearness.js`), then lunr's score.
 * @param {Uint8Array} mask
 * @param {{ scores: Float64Array | null, rank: Uint8Array | Uint16Array | null }} relevance
 * @param {Sort} sort
 * @param {Catalogue} catalogue
 */
export function arrange(mask, { scores, rank: level }, sort, catalogue) {
  const room = new Uint32Array(mask.length)
  let found = 0
  for (let doc = mask.indexOf(1); doc >= 0; doc = mask.indexOf(1, doc + 1)) room[found++] = doc
  const docs = room.slice(0, found)
  const rank = textRanks(sort, catalogue)
  if (!rank && !level && !scores) return new Ranking(docs, null)
  return new Ranking(docs, (one, other) => {
    const byText = rank ? rank[catalogue.textOf[one]] - rank[catalogue.textOf[other]] : 0
    const byLevel = level ? level[one] - level[other] : 0
    return byText || byLevel || (scores ? scores[other] - scores[one] : 0) || one - other
  })
}

/**
 * For each text its rank in a sort; null where relevance alone counts.
 * @param {Sort} sort
 * @param {Catalogue} catalogue
 */
function textRanks(sort, catalogue) {
  const { data, reportOf, scoreOf } = catalogue
  if (sort === "score-down") return Int32Array.from(scoreOf, (score) => -score)
  if (sort === "score-up") return Int32Array.from(scoreOf)
  if (sort === "authority") return Int32Array.from(catalogue.facetOf.authority)
  if (sort === "newest") {
    const days = data.reports.map(([, published]) => -Number(published.padEnd(10, "-00").replaceAll("-", "")))
    return Int32Array.from(reportOf, (report) => days[report])
  }
  return null
}

/**
 * Puts results of one authority, report or statement together, the groups in the order of their first results.
 * @param {Ranking} ranking
 * @param {Group} group
 * @param {Catalogue} catalogue
 * @returns {{ ranking: Ranking, groups: GroupOfResults[] }}
 */
export function gather(ranking, group, catalogue) {
  if (!group) return { ranking, groups: [] }
  const { statementOf, reportOf, facetOf, textOf } = catalogue
  const keyOf = group === "statement" ? statementOf : group === "report" ? reportOf : facetOf.authority
  /** @type {Map<number, number[]>} */
  const members = new Map()
  for (const doc of ranking.all()) {
    const key = keyOf[textOf[doc]]
    const own = members.get(key)
    if (own) own.push(doc)
    else members.set(key, [doc])
  }
  /** @type {GroupOfResults[]} */
  const groups = []
  const gathered = new Uint32Array(ranking.total)
  let start = 0
  for (const docs of members.values()) {
    gathered.set(docs, start)
    groups.push({ ...describe(docs[0], group, catalogue), count: docs.length, start })
    start += docs.length
  }
  return { ranking: new Ranking(gathered, null), groups }
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
