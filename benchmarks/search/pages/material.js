/**
 * Material's search worker on its own, with the index that Material's plugin made. It answers messages by type: 0 takes the
 * index, 1 says that it is ready, 2 is a query, 3 its results.
 */
const READY = 1
const RESULTS = 3

/** @type {Promise<Worker> | undefined} */
let opening

/** @param {Worker} worker @param {number} type   of the answer. @param {{ type: number, data: unknown }} message @returns {Promise<any>} */
function answer(worker, type, message) {
  return new Promise((resolve, reject) => {
    worker.onmessage = ({ data }) => data.type === type && resolve(data.data)
    worker.onerror = reject
    worker.postMessage(message)
  })
}

export function open() {
  opening ??= (async () => {
    const worker = new Worker(new URL("worker.js", import.meta.url))
    const index = await (await fetch(new URL("search/search_index.json", import.meta.url))).json()
    await answer(worker, READY, { type: 0, data: { ...index, options: { suggest: false } } })
    return worker
  })()
  return opening
}

/** @param {string} query */
export async function search(query) {
  const worker = await open()
  /** @type {{ items: { title: string, text: string }[][] }} */
  const { items } = await answer(worker, RESULTS, { type: 2, data: query })
  const hits = items.slice(0, 10).map(([first]) => ({ title: first.title, parts: [first.text.replace(/<[^>]*>/g, "").slice(0, 320)] }))
  return { found: items.length, hits }
}
