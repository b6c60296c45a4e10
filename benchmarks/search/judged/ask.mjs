/**
 * node ask.mjs <folder of a site>: reads queries from standard input, a JSON list, and prints as JSON what the site's
 * search answers to each. It is asked through the client of the search page, without a worker; files come from disk.
 */
import { readFile } from "node:fs/promises"
import { text } from "node:stream/consumers"
import { pathToFileURL } from "node:url"

globalThis.fetch = async (address) => {
  try {
    return new Response(await readFile(new URL(`${address}`)))
  } catch {
    return new Response(null, { status: 404 })
  }
}

const site = pathToFileURL(`${process.argv[2]}/`)
const { Client } = await import(new URL("assets/javascripts/search/page/client.js", site).href)
const makeWorker = () => {
  throw new Error("there are no workers here")
}
const client = new Client({ makeWorker, fetchManifest: async () => null })

const answers = []
for (const query of JSON.parse(await text(process.stdin))) {
  const request = { query, related: true, filters: {}, sort: "relevance", group: "", from: 0, size: 10, facets: false }
  const { cards, hits, near, understood, suggestion } = await client.search(request)
  const below = near && !near.elsewhere ? near.hits : []
  answers.push({
    cards: cards ?? null,
    passages: [...hits, ...below].slice(0, request.size).map(({ id }) => id),
    found: hits.length > 0 && !["everything", "nothing"].includes(understood.mode),
    suggestion: suggestion?.query ?? suggestion,
  })
}
console.log(JSON.stringify(answers))
