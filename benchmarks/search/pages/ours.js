/** Our own engine, opened and asked as the site's pages do: first for ten passages, then for counts. */
import { openSearch as open } from "./assets/javascripts/search/page/open.js"

export { open }

/**
 * @typedef {import("./assets/javascripts/search/types.js").Request} Request
 * @typedef {import("./assets/javascripts/search/types.js").Hit} Hit
 */

/** @param {string} query @param {boolean} facets @returns {Request} */
const request = (query, facets) => ({ query, related: true, filters: {}, sort: "relevance", group: "", from: 0, size: 10, facets })

/** @param {string} query */
export async function search(query) {
  const { total, hits } = await (await open()).search(request(query, false))
  return { found: total, hits: hits.map(({ authority, statement, text, marks }) => ({ title: `${authority.name}: ${statement.name}`, parts: pieces(text, marks) })) }
}

/** Counts the facets of a query that was asked before; tells how long that took and how many themes were counted. @param {string} query */
async function count(query) {
  const start = performance.now()
  const { facets } = await (await open()).search(request(query, true))
  return { ms: performance.now() - start, themes: facets.theme?.filter(({ count }) => count).length }
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
