/** A worker that loads the terms of a query, then scores it and picks the first ten again and again: loading apart. */
// @ts-types="./assets/javascripts/search/engine/lunr.d.ts"
import lunr from "./assets/search/lunr.js"
import { Catalogue, readCatalogue } from "./assets/javascripts/search/engine/catalogue.js"
import { Files } from "./assets/javascripts/search/engine/files.js"
import { clauseFor } from "./assets/javascripts/search/engine/finding.js"
import { arrange } from "./assets/javascripts/search/engine/order.js"
import { ShardedIndex } from "./assets/javascripts/search/engine/sharded-index.js"

self.onmessage = async ({ data }) => {
  /** @type {{ query: string, times: number }} */
  const { query, times } = data
  const files = new Files(new URL("assets/search/", import.meta.url).href)
  const index = new ShardedIndex(files, lunr, await files.manifest())
  const catalogue = new Catalogue(await readCatalogue(files, index.manifest))
  index.complete(catalogue.data)
  const clauses = query.split(" ").map((word) => clauseFor(word, index.fields))
  const ranked = async () => {
    const scores = await index.scores(clauses)
    return arrange(Uint8Array.from(scores, (score) => Number(score > 0)), { scores, rank: null }, "relevance", catalogue)
  }
  const { total } = await ranked()
  const milliseconds = []
  for (let turn = 0; turn < times; turn++) {
    const start = performance.now()
    ;(await ranked()).first(10)
    milliseconds.push(performance.now() - start)
  }
  postMessage({ total, milliseconds })
}
