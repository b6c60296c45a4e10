/** Our own engine, opened and asked as the site's pages do: first for ten passages, then for counts. */
import { openSearch as open } from "./assets/javascripts/search/page/open.js"

export { open }

/**
 * @typedef {import("./assets/javascripts/search/types.js").Request} Request
 * @typedef {import("./assets/javascripts/search/types.js").Hit} Hit
 */

/** @param {string} query @param {Partial<Request>} [more] @returns {Request} */
const request = (query, more) => ({ query, related: true, filters: {}, sort: "relevance", group: "", from: 0, size: 10, facets: false, lists: [], ...more })

/** @param {string} query */
export async function search(query) {
  const { total, hits } = await (await open()).search(request(query))
  return { found: total, hits: hits.map(({ authority, statement, text, marks }) => ({ title: `${authority.name}: ${statement.name}`, parts: pieces(text, marks) })) }
}

/**
 * Fills the filters of a query that was asked before, and counts these lists of themes and voices; tells how long that took, which
 * lists there are, and how many values of them have passages.
 *
 * @param {string} query @param {string[]} lists
 */
async function count(query, lists) {
  const start = performance.now()
  const { facets } = await (await open()).search(request(query, { facets: true, lists, size: 0 }))
  const ms = performance.now() - start
  const values = [facets.theme ?? [], facets.voice ?? []]
  const names = ["theme", "voice"].flatMap((facet, at) => values[at].map(({ group }) => `${facet}/${group}`))
  return { ms, lists: [...new Set(names)], counted: values.flat().filter(({ count }) => count).length }
}

/** Scores a query in a worker that holds the index alone. @param {string} query @param {number} times */
function score(query, times) {
  return new Promise((resolve, reject) => {
    const worker = new Worker("scoring.js", { type: "module" })
    worker.onmessage = ({ data }) => resolve(data)
    worker.onerror = reject
    worker.postMessage({ query, times })
  })
}

Object.assign(globalThis, { count, score })

/** @param {string} text @param {Hit["marks"]} marks */
function pieces(text, marks) {
  const ends = [...marks.flat(), text.length]
  return ends.map((end, at) => text.slice(at ? ends[at - 1] : 0, end))
}
