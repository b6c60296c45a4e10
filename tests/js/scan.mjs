/**
 * Compares what the shards say of words and phrases with a plain look through every text.
 *
 * node scan.mjs <folder of the shards> <lunr.js>: prints a JSON report.
 */
import { readCatalogue } from "../../docs/assets/javascripts/search/engine/catalogue.js"
import { clauseFor } from "../../docs/assets/javascripts/search/engine/finding.js"
import { tokens } from "../../docs/assets/javascripts/search/engine/words.js"
import { filesIn, loadLunr, openIndex } from "./disk.mjs"
import { randomness } from "./random.mjs"

const [folder, lunrPath] = process.argv.slice(2)
const files = filesIn(folder)
const index = await openIndex(folder, loadLunr(lunrPath))
const { texts } = index.manifest
const passages = []
for (let block = 0; block * texts.each < index.size; block += 1) {
  passages.push(...JSON.parse(new TextDecoder().decode(await files.get(`${texts.folder}/${block}.bin`))))
}

/** Terms, and stop words as they are, to numbers: texts as rows of numbers are quick to look through. */
const numbers = new Map()
const stems = new Map()
/** @param {string} word */
const stem = (word) => stems.get(word) ?? (stems.set(word, index.stem(word) ?? ` ${word}`), stems.get(word))
/** @param {string} word @returns {number} */
const number = (word) => numbers.get(stem(word)) ?? (numbers.set(stem(word), numbers.size), numbers.size - 1)
const wordsOf = (/** @type {string} */ text) => tokens(text).filter(({ compound }) => !compound).map(({ word }) => word)
const rows = passages.map(([, heading, , , , text]) => [Int32Array.from(wordsOf(text), number), Int32Array.from(wordsOf(heading), number)])

const random = randomness(2026)
/** @type {string[]} */
const different = []
const report = { passages: passages.length, phrases: 0, found: 0, words: 0, names: 0, different }
const PLACES = [["text"], ["heading"], ["text", "heading"]]

for (let turn = 0; turn < 400; turn += 1) {
  const [, heading, , , , text] = random.pick(passages)
  const words = wordsOf(random.below(8) ? text : heading)
  const start = random.below(words.length)
  const sought = words.slice(start, start + 1 + random.below(5))
  // Some phrases are torn apart, so that they are mostly nowhere.
  if (random.below(5) === 0) sought.reverse()
  if (!sought.length) continue
  const fields = random.pick(PLACES)
  report.phrases += 1
  report.found += compare(await index.phrase(sought, fields), sought.map(number), fields, `"${sought.join(" ")}"`)
  if (index.stem(sought[0]) === null) continue
  report.words += compare(await index.matching(clauseFor(sought[0], fields)), [number(sought[0])], fields, sought[0])
}
// Names of several words, of which the build has made entries of their own.
for (const name of (await readCatalogue(files, index.manifest)).themes.flatMap(([, label, , also]) => [label, ...also])) {
  const sought = wordsOf(name)
  const fields = random.pick(PLACES)
  if (sought.length < 2) continue
  report.names += Number(compare(await index.phrase(sought, fields), sought.map(number), fields, `"${name}"`) > 0)
}
console.log(JSON.stringify(report))

/** Notes where a mask is not what a look through the texts gives; how many passages it has. @param {Uint8Array} mask @param {number[]} sought @param {string[]} fields @param {string} what */
function compare(mask, sought, fields, what) {
  let count = 0
  for (const [doc, [text, heading]] of rows.entries()) {
    const here = (fields.includes("text") && stands(text, sought)) || (fields.includes("heading") && stands(heading, sought))
    count += Number(here)
    if (Boolean(mask[doc]) !== here) {
      different.push(`${what} in ${fields}: passage ${doc} ${here ? "has it" : "has it not"}`)
      break
    }
  }
  return count
}

/** Whether the numbers stand next to one another in a row. @param {Int32Array} row @param {number[]} sought */
function stands(row, sought) {
  for (let at = row.indexOf(sought[0]); at >= 0; at = row.indexOf(sought[0], at + 1)) {
    if (sought.every((each, step) => row[at + step] === each)) return true
  }
  return false
}
