/** Abbreviations and what they stand for, from the names of themes. */
import assert from "node:assert/strict"
import { test } from "node:test"
import { abbreviates, abbreviationsIn, findRelated } from "../../docs/assets/javascripts/search/engine/related.js"

/** A stemmer good enough for these: no plural, no common words. */
const stem = (/** @type {string} */ word) => (["of", "and", "the", "to"].includes(word) ? null : word.replace(/s$/, ""))
const themes = [
  { label: "Boats and ferries", also: ["ships", "water transport", "BSL"] },
  { label: "Deaf people and signing", also: ["Deaf", "blind", "BSL", "British Sign Language"] },
  { label: "Leadership", also: ["DASS", "director of adult social services", "leadership team"] },
]
const table = abbreviationsIn(themes, stem)
const added = (/** @type {string} */ typed) =>
  findRelated(typed.split(" "), table, stem).flatMap((found) => found.added.map(({ name }) => name))

test("an abbreviation brings its full form alone, and the full form the abbreviation", () => {
  assert.deepEqual(added("bsl"), ["British Sign Language"])
  assert.deepEqual(added("british sign language"), ["BSL"])
  assert.deepEqual(added("dass"), ["director of adult social services"])
  assert.deepEqual(added("director adult social services"), ["DASS"])
})

test("no other name stands for another: the theme itself finds what is about it", () => {
  for (const name of ["boats", "ships", "deaf", "leadership"]) assert.deepEqual(added(name), [])
})

test("the longest form counts, and words that abbreviate nothing bring nothing", () => {
  const found = findRelated(["camden", "british", "sign", "language"], table, stem)
  assert.deepEqual(found.map(({ from, to }) => [from, to]), [[1, 4]])
  assert.deepEqual(findRelated([], table, stem), [])
})

test("what is added is bounded however many names are typed", () => {
  assert.ok(added("bsl dass bsl dass bsl dass bsl dass bsl dass").length < 9)
})

test("initials make an abbreviation, with small words or without them", () => {
  assert.ok(abbreviates("NRPF", ["no", "recourse", "to", "public", "funds"]))
  assert.ok(abbreviates("D2A", ["discharge", "to", "assess"]))
  assert.ok(abbreviates("DoLS", ["deprivation", "of", "liberty", "safeguards"]))
  assert.ok(!abbreviates("AI", ["accessible", "information", "standard"]))
  assert.ok(!abbreviates("C", ["carers"]))
})
