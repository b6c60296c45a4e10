/** Related words from the names of themes. */
import assert from "node:assert/strict"
import { test } from "node:test"
import { abbreviates, findRelated, MOST_IN_ALL, relatedNames } from "../../docs/assets/javascripts/search/engine/related.js"

/** A stemmer good enough for these: no plural, no common words. */
const stem = (/** @type {string} */ word) => (["of", "and", "the", "to"].includes(word) ? null : word.replace(/s$/, ""))
const themes = [
  { label: "Home care", also: ["home help", "care at home"] },
  { label: "People leaving prison for good", also: ["prisoners"] },
  { label: "Boats and ferries", also: ["ships", "water transport", "BSL"] },
  { label: "Deaf people and signing", also: ["Deaf", "blind", "BSL", "British Sign Language"] },
  { label: "Waiting lists and waiting times", also: ["backlog", "delays", "RAG rating"] },
  { label: "Leadership", also: ["DASS", "director of adult social services", "leadership team"] },
]
const table = relatedNames(themes, stem)
const added = (/** @type {string} */ typed) =>
  findRelated(typed.split(" "), table, stem).flatMap((found) => found.added.map(({ name }) => name))

test("an abbreviation brings its full form alone, and the full form the abbreviation", () => {
  assert.deepEqual(added("bsl"), ["British Sign Language"])
  assert.deepEqual(added("british sign language"), ["BSL"])
  assert.deepEqual(added("dass"), ["director of adult social services"])
  assert.deepEqual(added("director adult social services"), ["DASS"])
})

test("a label, or one of the things that it joins, brings the other names", () => {
  assert.deepEqual(added("boats"), ["ships", "water transport"])
  assert.deepEqual(added("waiting times"), ["backlog", "delays", "RAG rating"])
})

test("another name brings the label and not its fellows", () => {
  assert.deepEqual(added("home help"), ["Home care"])
  assert.deepEqual(added("backlog"), [])
  assert.deepEqual(added("deaf"), [])
})

test("a name that holds the one typed is left out: it would find nothing new", () => {
  assert.ok(!added("leadership").includes("leadership team"))
})

test("a label that is a sentence is not looked for: no passage has it", () => {
  assert.deepEqual(added("prisoners"), [])
  assert.deepEqual(added("home care"), ["home help", "care at home"])
})

test("the longest name counts, and words that make no name bring nothing", () => {
  const found = findRelated(["camden", "british", "sign", "language"], table, stem)
  assert.deepEqual(found.map(({ from, to }) => [from, to]), [[1, 4]])
  assert.deepEqual(added("camden staff"), [])
  assert.deepEqual(findRelated([], table, stem), [])
})

test("what is added is bounded however many names are typed", () => {
  assert.ok(added("boats ships ferries backlog delays leadership boats ferries waiting times").length <= MOST_IN_ALL)
})

test("initials make an abbreviation, with small words or without them", () => {
  assert.ok(abbreviates("NRPF", ["no", "recourse", "to", "public", "funds"]))
  assert.ok(abbreviates("D2A", ["discharge", "to", "assess"]))
  assert.ok(abbreviates("DoLS", ["deprivation", "of", "liberty", "safeguards"]))
  assert.ok(!abbreviates("AI", ["accessible", "information", "standard"]))
  assert.ok(!abbreviates("C", ["carers"]))
})
