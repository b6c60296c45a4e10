/** node ask.mjs <folder of the shards> <query>…: prints as JSON what an index finds for all words of each query, and for them as a phrase. */
import { readFile } from "node:fs/promises"
import { createRequire } from "node:module"
import { gunzipSync } from "node:zlib"
import { ShardedIndex } from "../../docs/assets/javascripts/search/engine/sharded-index.js"
import { tokens } from "../../docs/assets/javascripts/search/engine/words.js"

const [lunrPath, folder, ...queries] = process.argv.slice(2)
const lunr = createRequire(import.meta.url)(lunrPath)
const index = await ShardedIndex.open(
  {
    manifest: async () => JSON.parse(await readFile(`${folder}/manifest.json`, "utf8")),
    get: async (name) => new Uint8Array(gunzipSync(await readFile(`${folder}/${name}`))),
  },
  lunr,
)
const marked = (mask) => Array.from(mask.keys()).filter((doc) => mask[doc])
const found = []
for (const text of queries) {
  const words = tokens(text).map(({ word }) => word)
  const query = index.newQuery()
  for (const word of words) query.term(word, { fields: ["text", "heading"], presence: lunr.Query.presence.REQUIRED })
  const docs = [...(await index.hits(query)).docs].sort((a, b) => a - b)
  found.push([text, { words: docs, phrase: marked(await index.phrase(words)) }])
}
console.log(JSON.stringify({ size: index.size, words: (await index.vocabulary()).words, found: Object.fromEntries(found) }))
