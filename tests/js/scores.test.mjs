/** The matrix of scores: what an address says, what is shown of it, in what order, and what is said of that. */
import assert from "node:assert/strict"
import { test } from "node:test"
import {
  facetsOf,
  fits,
  grouped,
  howMany,
  readChoice,
  summary,
  valueOf,
  wouldShow,
  writeChoice,
} from "../../docs/assets/javascripts/scores/choice.js"

/**
 * @typedef {import("../../docs/assets/javascripts/scores/choice.js").Row} Row
 * @typedef {import("../../docs/assets/javascripts/scores/choice.js").Matrix} Matrix
 */

/** @param {string} name @param {string} type @param {string} region @param {string} rating @param {number} points @param {[number, number, number]} places @returns {Row} */
function row(name, type, region, rating, points, [ofType, ofRegion, ofEngland]) {
  const values = { authority: name, points, percentage: Math.ceil((points / 36) * 100), type, region, equity: points % 4 + 1 }
  return { name, keys: { type, region, rating }, values, places: { type: ofType, region: ofRegion, england: ofEngland } }
}

/** Four councils with a report, and five without. @type {Matrix} */
const MATRIX = {
  rows: [
    row("Boatham", "county", "south-east", "good", 27, [1, 1, 1]),
    row("Cliffe", "unitary", "south-east", "requires-improvement", 20, [2, 3, 3]),
    row("St. Gull", "unitary", "south-east", "good", 25, [1, 2, 2]),
    row("Anytown", "county", "east-of-england", "requires-improvement", 20, [2, 1, 3]),
  ],
  absent: ["Farham", "East Farham", "Gullport", "Mudford", "Northpool"].map((name, at) => ({
    name,
    keys: { type: at ? "unitary" : "county", region: "south-east" },
  })),
  columns: ["authority", "points", "percentage", "place", "equity", "type", "region", "published"],
  groups: {
    type: [
      { key: "county", name: "County", total: 21 },
      { key: "metropolitan-borough", name: "Metropolitan borough", total: 36 },
      { key: "unitary", name: "Unitary council", total: 62 },
    ],
    region: [
      { key: "east-of-england", name: "East of England", total: 11 },
      { key: "south-east", name: "South East", total: 19 },
    ],
    england: [{ key: "england", name: "England", total: 153 }],
  },
  regroups: true,
  plain: { name: "", type: "", region: "", rating: "", by: "type", sort: "-points" },
}

const read = (/** @type {string} */ search, matrix = MATRIX) => readChoice(search, matrix)
/** The names of each group's rows, those shown only. @param {string} search */
function shown(search) {
  const choice = read(search)
  return grouped(MATRIX, choice).map(({ rows }) => rows.filter((it) => fits(it, choice)).map(({ name }) => name))
}
/** What is said where the column is called Points. @param {string} search */
const said = (search, matrix = MATRIX) => summary(matrix, read(search, matrix), { column: "Points" }, search)

test("an address without choices shows the page as it is built", () => {
  assert.deepEqual(read(""), MATRIX.plain)
  assert.deepEqual(read("?q=carers"), MATRIX.plain)
  assert.equal(said(""), "Showing all 4 here. Sorted by Points, highest first, each type by itself.")
})

test("a rating that is chosen is named with how many have it", () => {
  const rated = (/** @type {string} */ search) => summary(MATRIX, read(search), { column: "Points", rating: "Good" }, search)
  assert.match(rated("?rating=good"), /^Showing 2 councils rated Good, of the 4 here\. Sorted by Points/)
  assert.match(rated("?rating=good&type=county"), /^Showing 1 council rated Good, of the 4 here\. /)
  assert.match(rated("?rating=good&name=zzz"), /^None of the 4 here fits these choices\./)
})

test("what is chosen comes back from the address that it is written into, beside what else stands there", () => {
  const choice = { ...MATRIX.plain, name: "st gull", region: "south-east", by: /** @type {const} */ ("england"), sort: "authority" }
  const written = writeChoice("?q=carers&type=county", choice, MATRIX)
  assert.equal(written, "q=carers&name=st+gull&region=south-east&by=england&sort=authority")
  assert.deepEqual(read(`?${written}`), choice)
  assert.equal(writeChoice(`?${written}`, MATRIX.plain, MATRIX), "q=carers")
})

test("what an address has that is none of this page's is left out and named, other people's words are not", () => {
  const search = "?type=village&rating=good&by=parish&sort=-gulls&region=<b>"
  assert.deepEqual(read(search), { ...MATRIX.plain, rating: "good" })
  assert.match(said(search), /Left out of this address: type=village, region, by=parish, sort=-gulls\.$/)
  assert.match(said("?by=toString&type=__proto__&sort=-"), /Left out of this address: type, by, sort=-\.$/)
})

test("what all rows share is nothing to choose, and no fault in an address", () => {
  const counties = { ...MATRIX, rows: MATRIX.rows.filter(({ keys }) => keys.type === "county"), regroups: false }
  assert.deepEqual(facetsOf(counties), ["region", "rating"])
  assert.deepEqual(read("?type=county&by=england", counties), MATRIX.plain)
  assert.match(said("?type=county&by=england", counties), /Left out of this address: by=england\.$/)
})

test("rows stand in their groups from the most points down, those alike by name", () => {
  assert.deepEqual(shown(""), [["Boatham", "Anytown"], ["St. Gull", "Cliffe"]])
  assert.deepEqual(shown("?by=region"), [["Anytown"], ["Boatham", "St. Gull", "Cliffe"]])
  assert.deepEqual(shown("?by=england"), [["Boatham", "St. Gull", "Anytown", "Cliffe"]])
  assert.deepEqual(shown("?by=england&sort=points"), [["Anytown", "Cliffe", "St. Gull", "Boatham"]])
  assert.deepEqual(shown("?by=england&sort=-authority"), [["St. Gull", "Cliffe", "Boatham", "Anytown"]])
})

test("a place is the one within what is compared", () => {
  assert.deepEqual(shown("?by=region&sort=-place"), [["Anytown"], ["Cliffe", "St. Gull", "Boatham"]])
  assert.deepEqual(shown("?by=england&sort=place"), [["Boatham", "St. Gull", "Anytown", "Cliffe"]])
})

test("a group says how many of it are shown: of all in England, or of those here where some are hidden", () => {
  const headings = (/** @type {string} */ search) => grouped(MATRIX, read(search)).map(({ heading }) => heading)
  assert.deepEqual(headings(""), ["County: 2 of 21 here", "Unitary council: 2 of 62 here"])
  assert.deepEqual(headings("?rating=good"), ["County: 1 of the 2 here", "Unitary council: 1 of the 2 here"])
  assert.deepEqual(headings("?by=england&name=zzz"), ["England: 0 of the 4 here"])
})

test("a name is found whatever its case and signs", () => {
  assert.deepEqual(shown("?by=england&name=ST+gull"), [["St. Gull"]])
  assert.deepEqual(shown("?by=england&name=++"), [["Boatham", "St. Gull", "Anytown", "Cliffe"]])
})

test("each value tells how many it would show beside the other choices", () => {
  const choice = read("?rating=good&type=county")
  assert.equal(wouldShow(MATRIX, choice, "type", "unitary"), "1 of 2")
  assert.equal(wouldShow(MATRIX, choice, "rating", "requires-improvement"), "1 of 2")
  assert.equal(wouldShow(MATRIX, read(""), "region", "south-east"), "3")
})

test("those without a report are named where the choices fit them: three by name, more by their number", () => {
  assert.match(said("?type=county&rating=good"), /^Showing 1 of the 4 here\. Not here, and so not shown: Farham\. Sorted/)
  assert.match(said("?name=farham"), /^None of the 4 here fits these choices\. Not here, and so not shown: Farham, East Farham\.$/)
  assert.match(said("?region=south-east"), /not shown: 5\. Sorted by Points, highest first, each type by itself\.$/)
  assert.doesNotMatch(said("?rating=good"), /Not here/)
})

test("the order is told in the words of its column", () => {
  assert.match(said("?by=england&sort=-authority"), /Sorted by Points, Z to A\.$/)
  assert.match(said("?by=england&sort=place"), /first place first\.$/)
  assert.match(said("?by=england&sort=-published"), /newest first\.$/)
  assert.match(said("?sort=equity&by=region"), /lowest first, each region by itself\.$/)
})

test("the foot counts the scores of the rows that it is given", () => {
  assert.deepEqual([1, 2, 3, 4].map((score) => howMany(MATRIX.rows, "equity", score)), [2, 1, 0, 1])
})

test("cells are sorted as numbers where they are one, a percentage or a place", () => {
  assert.deepEqual(["3", "71%", "=2 of 14", "12 of 14"].map(valueOf), [3, 71, 2, 12])
  assert.deepEqual(["2025-01", "North East", "top", ""].map(valueOf), ["2025-01", "North East", "top", ""])
})
