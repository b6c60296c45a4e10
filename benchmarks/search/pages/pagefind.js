/** Pagefind through its own script, as its documentation shows. */
// @ts-types="./pagefind.d.ts"
import * as pagefind from "./pagefind/pagefind.js"

/** @type {Promise<void> | undefined} */
let opening

export function open() {
  opening ??= pagefind.init()
  return opening
}

/** @param {string} query */
export async function search(query) {
  await open()
  const { results } = await pagefind.search(query)
  const shown = await Promise.all(results.slice(0, 10).map((result) => result.data()))
  return { found: results.length, hits: shown.map(({ meta, excerpt }) => ({ title: meta.title, parts: pieces(excerpt) })) }
}

/** @param {string} html */
function pieces(html) {
  return html.split(/<\/?mark>/).map((text) => text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&"))
}
