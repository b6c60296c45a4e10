/**
 * Compares our shards with lunr.js over the whole index: the same hits, in the same order, with the same scores to the last bit.
 *
 * node oracle.mjs <folder of the shards> <whole index, JSON> <lunr.js> <part> <parts>: prints a JSON report of its part of the queries.
 */
import { readFile } from "node:fs/promises"
import { loadLunr, openIndex } from "./disk.mjs"
import { hitsOf } from "./hits.mjs"
import { randomness } from "./random.mjs"

const [folder, wholePath, lunrPath, part, parts] = process.argv.slice(2)
const lunr = loadLunr(lunrPath)
const serialised = JSON.parse(await readFile(wholePath, "utf8"))
const whole = lunr.Index.load(serialised)
const ours = await openIndex(folder, lunr)
const { words, counts, terms } = await ours.vocabulary()

const random = randomness(2026)
const { pick } = random
const total = counts.reduce((sum, count) => sum + count, 0)
/** A word as often as it is in running text: common ones dominate, which is where ties and long postings are. */
const running = () => {
  let left = random.below(total)
  let at = 0
  while (left >= counts[at]) left -= counts[at++]
  return words[at]
}
const plain = terms.filter((term) => /^[a-z]{4,}$/.test(term))
const names = "camden westminster westmorland furness authority borough equity safeguarding learning governance".split(" ")
const word = () => pick([running, running, () => pick(plain), () => pick(names)])()
const field = () => pick(ours.fields)
const some = () => 1 + random.below(9)
const cut = (/** @type {string} */ text, /** @type {number} */ least) => text.slice(0, Math.max(least, 2 + random.below(Math.max(1, text.length - 2))))

/**
 * @typedef {(query: any) => void} Ask                    what to do with an empty query
 * @typedef {{ docs: number[], scores: Float64Array }} Hits
 * @typedef {{ ref: string, score: number }[]} Expected   lunr's own results
 */

/** Kind of query to how many, and what makes one: text for lunr's own parser, or more. @type {Record<string, [number, () => string | Ask]>} */
const KINDS = {
  "one word": [130, () => word()],
  "two words": [130, () => `${word()} ${word()}`],
  "three words": [130, () => `${word()} ${word()} ${word()}`],
  "in a field": [90, () => `${field()}:${word()} ${word()}`],
  "boosted": [60, () => `${word()}^${some()} ${word()}`],
  "boosted in a field": [60, () => `themes:${word()}^${some()} ${word()} text:${word()}^3`],
  "required": [80, () => `+${word()} ${word()}`],
  "required and prohibited": [80, () => `+${word()} +${word()} -${word()}`],
  "required in a field": [50, () => `+authority:${pick(names)} +text:${running()} ${word()}`],
  "prohibited only": [15, () => `-${word()}`],
  "prefix": [70, () => `${cut(word(), 3)}*`],
  "prefix, required and prohibited": [50, () => `+${cut(word(), 4)}* ${word()} -${word()}`],
  "the same word again": [30, () => ((one) => `${one} ${one} ${one.slice(0, 4)}*`)(word())],
  "wildcard inside or first": [12, () => ((one) => pick([`*${one.slice(-4)}`, `${one.slice(0, 3)}*${one.slice(-2)}`]))(pick(plain))],
  "unknown word": [10, () => `zzqx${word()} ${word()}`],
  "unknown word required": [10, () => `+zzqx${word()} ${word()}`],
  "stop words": [15, () => `the ${word()} and`],
  "by clauses, as while typing": [
    40,
    () => {
      const typed = word()
      return (/** @type {any} */ query) => {
        query.term(typed, { boost: 10 })
        query.term(typed.slice(0, 4), { boost: 5, wildcard: lunr.Query.wildcard.TRAILING, usePipeline: false })
        query.term(typed, { fields: ["heading", "themes"], boost: 0.5 })
      }
    },
  ],
}

const queries = Object.entries(KINDS).flatMap(([kind, [count, make]]) =>
  Array.from({ length: count }, () => ({ kind, what: make() })),
)
/** @type {Record<string, number>} */
const withHits = {}
/** @type {string[]} */
const different = []
const report = { queries: 0, hits: 0, withHits, different, controls: 0 }

for (const [at, { kind, what }] of queries.entries()) {
  if (at % Number(parts) !== Number(part)) continue
  /** @type {Ask} */
  const ask = typeof what === "string" ? (query) => new lunr.QueryParser(what, query).parse() : what
  const expected = whole.query(ask)
  const hits = await hitsOf(asked(ask), ours)
  report.queries += 1
  report.hits += expected.length
  withHits[kind] = (withHits[kind] ?? 0) + Number(expected.length > 0)
  const fault = differs(hits, expected)
  if (fault) different.push(`${kind}: ${what}: ${fault}`)
  // Were one score of the whole index another by the least that it can be, it would be seen.
  if (kind === "one word" && expected.length) report.controls += control(ask, hits, expected)
}
console.log(JSON.stringify(report))

/** A query as lunr has it. @param {Ask} ask */
function asked(ask) {
  const query = new lunr.Query(ours.fields)
  ask(query)
  return query
}

/** What is different between our hits and lunr's, "" where nothing is. @param {Hits} hits @param {Expected} expected */
function differs(hits, expected) {
  const { docs, scores } = hits
  if (docs.length !== expected.length) return `${docs.length} hits, not ${expected.length}`
  for (const [at, { ref, score }] of expected.entries()) {
    if (docs[at] !== Number(ref)) return `passage ${docs[at]} at place ${at}, not ${ref}`
    if (!Object.is(scores[docs[at]], score)) return `passage ${ref} has ${scores[docs[at]]}, not ${score}`
  }
  return ""
}

/** 1 when a changed score of the whole index is noticed, 0 when not. @param {Ask} ask @param {Hits} hits @param {Expected} expected */
function control(ask, hits, expected) {
  const { ref } = expected[random.below(expected.length)]
  const [clause] = asked(ask).clauses
  const term = ours.termsOf(clause)[0]
  const order = whole.invertedIndex[term]._index
  for (const name of ours.fields) {
    const { elements } = whole.fieldVectors[`${name}/${ref}`]
    for (let at = 0; at < elements.length; at += 2) {
      if (elements[at] !== order) continue
      elements[at + 1] += 0.001
      const noticed = differs(hits, whole.query(ask)) !== ""
      elements[at + 1] -= 0.001
      elements[at + 1] = Math.round(elements[at + 1] * 1000) / 1000
      return Number(noticed)
    }
  }
  return 0
}
