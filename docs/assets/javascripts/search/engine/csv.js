/**
 * Results as CSV (RFC 4180: commas, CRLF, quotes doubled, a header row), in UTF-8 with a byte order mark so that
 * spreadsheets read it as such.
 *
 * A spreadsheet takes a cell for a formula that begins with one of `=+-@`, a tab or a carriage return. Such a cell gets an
 * apostrophe before it, as OWASP advises ("CSV Injection"); whoever reads the file with a program takes it off again.
 */
import { CREDIT, reference } from "../../reference.js"

/** @typedef {import("../types.js").Hit} Hit */

const FORMULA = /^[=+\-@\t\r]/u

/** @type {[string, (hit: Hit, site: string) => string | number][]} */
const COLUMNS = [
  ["reference", (hit) => reference(hit)],
  ["address", (hit, site) => new URL(`.${hit.address}`, site).href],
  ["id", (hit) => hit.id],
  ["authority", (hit) => hit.authority.name],
  ["authority_type", (hit) => hit.authority.type],
  ["region", (hit) => hit.authority.region],
  ["published", (hit) => hit.published],
  ["rating", (hit) => hit.rating],
  ["statement", (hit) => hit.statement.name],
  ["score", (hit) => hit.score],
  ["score_label", (hit) => hit.scoreLabel],
  ["heading", (hit) => hit.heading],
  ["passage", (hit) => hit.number],
  ["of", (hit) => hit.of],
  ["themes", (hit) => hit.themes.map(({ label }) => label).join("; ")],
  ["voices", (hit) => hit.voices.map(({ label }) => label).join("; ")],
  ["text", (hit) => hit.text],
  ["source", (hit) => hit.source],
  ["credit", () => CREDIT],
]

/**
 * @param {Iterable<Hit>} hits
 * @param {string} site      address of the site's home page
 */
export function toCsv(hits, site) {
  const rows = [COLUMNS.map(([name]) => name)]
  for (const hit of hits) rows.push(COLUMNS.map(([, value]) => cell(value(hit, site))))
  return `\uFEFF${rows.map((row) => `${row.join(",")}\r\n`).join("")}`
}

/** @param {string | number} value */
function cell(value) {
  if (typeof value === "number") return `${value}`
  const safe = FORMULA.test(value) ? `'${value}` : value
  return /[",\r\n]/u.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
