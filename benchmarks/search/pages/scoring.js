/** A worker that loads the terms of a query and then scores it again and again: what is left is scoring alone. */
import lunr from "./assets/search/lunr.js"
import { Files } from "./assets/javascripts/search/engine/files.js"
import { ShardedIndex } from "./assets/javascripts/search/engine/sharded-index.js"

self.onmessage = async ({ data: { query, times } }) => {
  const index = await ShardedIndex.open(new Files(new URL("assets/search/", import.meta.url).href), lunr)
  const ask = () => {
    const asked = index.newQuery()
    for (const word of query.split(" ")) asked.term(word, {})
    return index.hits(asked)
  }
  const { total } = await ask()
  const milliseconds = []
  for (let turn = 0; turn < times; turn++) {
    const start = performance.now()
    ;(await ask()).top(10)
    milliseconds.push(performance.now() - start)
  }
  postMessage({ total, milliseconds })
}
