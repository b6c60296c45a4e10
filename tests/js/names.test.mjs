/** Names while somebody types, and pages that are not passages. */
import assert from "node:assert/strict"
import { test } from "node:test"
import { findPages, pageEntries } from "../../docs/assets/javascripts/search/engine/pages.js"
import { suggestNames } from "../../docs/assets/javascripts/search/engine/suggest.js"
import { inventedCollection } from "./collection.mjs"

const { catalogue } = inventedCollection(4)
const labels = (/** @type {string} */ typed) => suggestNames(typed, catalogue, []).map(({ label }) => label)
const stem = (/** @type {string} */ word) => (["the", "and"].includes(word) ? null : word.replace(/s$/, ""))
const entries = pageEntries(
  [
    ["guide", "About boats", "/about/", "How boats and bridges are counted."],
    ["theme", "Boats", "/themes/boats/", "What floats."],
    ["theme", "Bridges", "/themes/bridges/", "Over water, under which boats go."],
    ["authority", "Boatham", "/authorities/boatham/", "Reports."],
    ["authority", "Westham", "/authorities/westham/", "Never without oars."],
    ["guide", "Sailing", "/sailing/", "From pier to pier.", "sail wind"],
    ["guide", "With wind (Sailing)", "/sailing/#with-wind", "", "boat sail wind"],
    ["guide", "Without (Sailing)", "/sailing/#without", "", "boat oar"],
  ],
  catalogue,
  stem,
)
const titles = (/** @type {string[]} */ ...words) => findPages(words, entries, stem).map(({ title }) => title)

test("a name is suggested from the beginning of any of its words, its own beginning first", () => {
  assert.deepEqual(labels("boath"), ["Boatham", "East Boatham"])
  assert.deepEqual(labels("any great"), ["Great Anytown"])
  assert.deepEqual(labels("dale cl"), ["Cliffe and Dale"])
  assert.deepEqual(labels("oats"), [])
})

test("another name of a theme finds it, and is told", () => {
  const [found] = suggestNames("easy r", catalogue, [])
  assert.deepEqual([found.label, found.note, found.address], ["Bridges", "Water: easy read", "/themes/bridges/"])
})

test("a word of a label comes before the beginning of another name", () => {
  assert.deepEqual(labels("s").filter((label) => ["Safe pathways", "Boats"].includes(label)), ["Safe pathways", "Boats"])
})

test("authorities without a text are suggested too: they have pages", () => {
  assert.deepEqual(labels("anyt").sort(), ["Anytown", "Great Anytown"])
})

test("a council comes before what fits as well, also with council typed behind it, and by another name", () => {
  assert.deepEqual(labels("anytown council"), ["Anytown", "Great Anytown"])
  const [slug, name, type, region] = catalogue.data.authorities[0]
  const named = Object.assign(Object.create(catalogue), { data: { ...catalogue.data, authorities: [[slug, name, type, region, ["Boatville"], "* Council"]] } })
  assert.deepEqual(suggestNames("boat", named, []).map(({ label }) => label).slice(0, 2), ["Anytown", "Boats"])
  assert.match(suggestNames("canal", named, [["Canalside", [0]]])[0].note, /: Canalside$/, "by a district in it")
})

test("each kind has its share of the suggestions", () => {
  const kinds = suggestNames("e", catalogue, []).map(({ kind }) => kind)
  assert.ok(kinds.filter((kind) => kind === "authority").length <= 3)
  assert.ok(kinds.includes("statement") && kinds.includes("theme"))
})

test("nothing typed, or only signs, suggests nothing", () => {
  for (const typed of ["", "  ", "“", "*", "-"]) assert.deepEqual(labels(typed), [])
})

test("a page is found that has all the words, one of that very name first, then by its title", () => {
  assert.deepEqual(titles("boat").slice(0, 3), ["Boats", "About boats", "Bridges"])
  assert.deepEqual(titles("easy", "read"), ["Bridges"])
  assert.deepEqual(titles("boats", "bridge"), ["Bridges", "About boats"])
  assert.deepEqual(titles("boats", "cars"), [])
  assert.deepEqual(titles("the"), [])
})

test("a guide is found by its own text, in the section that has all the words, after what is said to be of them", () => {
  const found = findPages(["oars", "boats"], entries, stem)
  assert.deepEqual(found.map(({ title, address }) => [title, address]), [["Without (Sailing)", "/sailing/#without"]])
  assert.deepEqual(titles("without", "oars"), ["Westham", "Without (Sailing)"])
  assert.deepEqual(titles("oars", "pier"), [], "words of different sections")
})

test("where the words name something, no page is found by its own text alone", () => {
  assert.deepEqual(findPages(["without", "oars"], entries, stem, true).map(({ title }) => title), ["Westham"])
})

test("of a guide only the best section is shown", () => {
  assert.deepEqual(titles("sailing"), ["Sailing"])
  assert.deepEqual(titles("wind"), ["With wind (Sailing)"])
})
