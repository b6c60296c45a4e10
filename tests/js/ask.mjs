/** node ask.mjs <lunr.js> <folder of the shards> <query>…: prints as JSON what an index finds for all words of each query, and for them as a phrase. */
import { clauseFor } from "../../docs/assets/javascripts/search/engine/finding.js"
import { intersection } from "../../docs/assets/javascripts/search/engine/masks.js"
import { tokens } from "../../docs/assets/javascripts/search/engine/words.js"
import { docsOf, loadLunr, openIndex } from "./disk.mjs"

const [lunrPath, folder, ...queries] = process.argv.slice(2)
const index = await openIndex(folder, loadLunr(lunrPath))
const found = []
for (const text of queries) {
  const words = tokens(text).map(({ word }) => word)
  const indexed = words.filter((word) => index.stem(word) !== null)
  const masks = await Promise.all(indexed.map((word) => index.matching(clauseFor(word, ["text", "heading"]))))
  const having = indexed.length ? docsOf(intersection(masks, index.size)) : []
  found.push([text, { words: having, phrase: docsOf(await index.phrase(words)) }])
}
console.log(JSON.stringify({ size: index.size, words: (await index.vocabulary()).words, found: Object.fromEntries(found) }))
