/** Results as CSV. */
import assert from "node:assert/strict"
import { test } from "node:test"
import { toCsv } from "../../docs/assets/javascripts/search/engine/csv.js"
import { CREDIT } from "../../docs/assets/javascripts/reference.js"
import { hit, there } from "./given.mjs"

/** Rows of cells, by RFC 4180. @param {string} csv */
function parse(csv) {
  const rows = [[""]]
  let quoted = false
  for (let at = 0; at < csv.length; at += 1) {
    const row = there(rows.at(-1))
    if (quoted && csv[at] === '"' && csv[at + 1] === '"') row[row.length - 1] += csv[at++]
    else if (csv[at] === '"') quoted = !quoted
    else if (!quoted && csv[at] === ",") row.push("")
    else if (!quoted && csv.startsWith("\r\n", at)) rows.push([""]), (at += 1)
    else row[row.length - 1] += csv[at]
  }
  assert.deepEqual(rows.pop(), [""], "the file ends with a line break")
  return rows
}

const table = (/** @type {ReturnType<typeof hit>[]} */ ...hits) => {
  const [names, ...rows] = parse(toCsv(hits, "https://example.org/site/").replace("\uFEFF", ""))
  return rows.map((row) => Object.fromEntries(row.map((cell, at) => [names[at], cell])))
}

test("each result is a row with its whole reference, address and text", () => {
  const [row] = table(hit({}))
  assert.equal(
    row.reference,
    "Anytown County Council, CQC local authority assessment, 9 January 2025, " +
      "quality statement ‘Equity in experience and outcomes’, score 3, paragraph 2 of 7",
  )
  assert.equal(row.address, "https://example.org/site/reports/anytown-2025-01/equity/#p-0a1b2c3d")
  assert.equal(row.themes, "Boats; Roads")
  assert.equal(row.text, "Words.")
  assert.equal(row.credit, CREDIT)
})

test("commas, quotes and line breaks come back as they were", () => {
  const text = 'One, "two"\nthree\r\nfour,,""'
  assert.equal(table(hit({ text }))[0].text, text)
})

test("a cell that a spreadsheet would run gets an apostrophe before it, others do not", () => {
  for (const text of ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"]) {
    assert.equal(table(hit({ text }))[0].text, `'${text}`)
  }
  for (const text of ["'quoted", "a=b", "1-2", "£5"]) assert.equal(table(hit({ text }))[0].text, text)
})

test("no result is a header alone, and spreadsheets are told that it is UTF-8", () => {
  assert.match(toCsv([], "https://example.org/"), /^\uFEFFreference,address,[a-z_,]+\r\n$/)
})
