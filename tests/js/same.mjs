/**
 * Compares words, terms and kinds of words of this side with those of Python's, which stand in a JSON file: `terms`, folded word to term or null, `kinds`, folded word to kind,
 * and `texts`, each with its tokens as `[word, start, end, place, compound]`, where places in the text count code points.
 *
 * node same.mjs <JSON> <lunr.js>: prints a JSON list of what is different.
 */
import { readFile } from "node:fs/promises"
import { kindOf } from "../../docs/assets/javascripts/search/engine/forms.js"
import { tokens } from "../../docs/assets/javascripts/search/engine/words.js"
import { loadLunr } from "./disk.mjs"

const [path, lunrPath] = process.argv.slice(2)
/** @typedef {[string, number, number, number, boolean]} Token */
/** @type {{ terms: Record<string, string | null>, kinds: Record<string, string>, texts: [string, Token[]][] }} */
const given = JSON.parse(await readFile(path, "utf8"))
const pipeline = loadLunr(lunrPath).Pipeline.load(["stopWordFilter", "stemmer"])
const different = []

for (const [word, term] of Object.entries(given.terms)) {
  const here = pipeline.runString(word)[0] ?? null
  if (here !== term) different.push(`${word}: ${here}, not ${term}`)
}
for (const [word, kind] of Object.entries(given.kinds)) if (kindOf(word) !== kind) different.push(`${word}: ${kindOf(word)}, not ${kind}`)
for (const [text, expected] of given.texts) {
  const points = [0]
  for (const point of text) points.push(points[points.length - 1] + point.length)
  const here = tokens(text).map(({ word, start, end, place, compound }) => [word, start, end, place, compound])
  const there = expected.map(([word, start, end, place, compound]) => [word, points[start], points[end], place, compound])
  if (JSON.stringify(here) !== JSON.stringify(there)) different.push(`${JSON.stringify(text)}: ${JSON.stringify(here)}, not ${JSON.stringify(there)}`)
}
console.log(JSON.stringify(different))
