/** Numbers, dates and lists as sentences have them. */
import assert from "node:assert/strict"
import { test } from "node:test"
import { counted, folded, list, longDate, month } from "../../docs/assets/javascripts/wording.js"

test("words are listed as a British sentence does: commas, then “and”, no comma before it", () => {
  assert.equal(list([]), "")
  assert.equal(list(["Camden"]), "Camden")
  assert.equal(list(["Camden", "Kent"]), "Camden and Kent")
  assert.equal(list(["Camden", "Kent", "York"]), "Camden, Kent and York")
  assert.equal(list(["London", "Yorkshire and the Humber", "<b>", "x"]), "London, Yorkshire and the Humber, <b> and x")
})

test("a number stands with its noun, in the plural unless it is one", () => {
  /** @type {[number, string][]} */
  const nouns = [[0, "passage"], [1, "passage"], [1204, "passage"], [1, "authority"], [2, "authority"], [2, "percentage point"]]
  const said = ["0 passages", "1 passage", "1,204 passages", "1 authority", "2 authorities", "2 percentage points"]
  assert.deepEqual(nouns.map(([number, noun]) => counted(number, noun)), said)
})

test("a day is said in words, and a month where the day is not known", () => {
  assert.equal(longDate("2024-11-08"), "8 November 2024")
  assert.equal(longDate("2025-02"), "February 2025")
  assert.equal(month("2024-11-08"), "November 2024")
})

test("names are found whatever their case, accents, signs and spaces", () => {
  assert.equal(folded("St. Helens"), folded("st  helens"))
  assert.equal(folded(" Stoke-on-Trent "), "stoke on trent")
  assert.equal(folded("Hôtel"), "hotel")
})
