/**
 * The matrix as the page has it, read from its table once, before anything in it is moved.
 *
 * @import { Choice, Facet, Kind, Matrix, Row } from "./choice.js"
 *
 * @typedef {object} Parts           what of the table is changed later
 * @property {HTMLTableElement} table
 * @property {Map<string, HTMLTableCellElement>} heads        column to the cell at its top
 * @property {Map<Row, HTMLTableRowElement>} elements
 * @property {Element | null} groupHead                       of a group: those of all groups are copies
 * @property {Map<Facet, Map<string, string>>} labels         the words of each facet's values, in the order of the table
 */
import { valueOf } from "./choice.js"

/** @param {Element | null | undefined} element */
const wordsOf = (element) => element?.textContent.trim() ?? ""

/** @param {HTMLTableElement} table @returns {{ matrix: Matrix, parts: Parts }} */
export function readTable(table) {
  const heads = new Map([...(table.tHead?.rows[0].cells ?? [])].map((it) => [it.dataset.column ?? "", it]))
  const elements = new Map([...table.querySelectorAll("tbody tr")].flatMap((it) => {
    const row = it instanceof HTMLTableRowElement && it.dataset.type ? it : null
    return row ? [[readRow(row, heads), row]] : []
  }))
  const rows = [...elements.keys()]
  /** @type {Choice} */
  const plain = { name: "", type: "", region: "", rating: "", by: /** @type {Kind} */ (table.dataset.by), sort: "-points" }
  const matrix = {
    rows,
    absent: [...document.querySelectorAll(".not-here li")].map((it) => ({ name: wordsOf(it.querySelector("a")), keys: keysOf(it) })),
    columns: [...heads.keys()],
    groups: readGroups(),
    regroups: rows.some(({ places }) => places.england !== undefined),
    plain,
  }
  const groupHead = table.querySelector("tbody .of-group")
  return { matrix, parts: { table, heads, elements, groupHead, labels: readLabels(elements) } }
}

/** @param {Element} element */
function keysOf(element) {
  const { type, region, rating } = /** @type {HTMLElement} */ (element).dataset
  return { type, region, rating }
}

/** @param {HTMLTableRowElement} row @param {Map<string, HTMLTableCellElement>} heads @returns {Row} */
function readRow(row, heads) {
  const cells = [...heads].map(([column, head]) => /** @type {const} */ ([column, row.cells[head.cellIndex]]))
  const value = (/** @type {HTMLElement} */ cell) => valueOf(cell.dataset.value ?? wordsOf(cell.querySelector("a") ?? cell))
  const places = Object.entries(/** @type {HTMLElement} */ (row.querySelector(".place")).dataset)
  return {
    name: wordsOf(row.querySelector("a")),
    keys: keysOf(row),
    values: Object.fromEntries(cells.map(([column, cell]) => [column, value(cell)])),
    places: Object.fromEntries(places.map(([kind, words]) => [kind, Number(valueOf(words ?? ""))])),
  }
}

/** Groups by kind, in the order of the page. */
function readGroups() {
  /** @type {Matrix["groups"]} */
  const found = { type: [], region: [], england: [] }
  for (const row of document.querySelectorAll(".tally tr")) {
    if (!(row instanceof HTMLTableRowElement) || !row.dataset.kind) continue
    const { kind, key = "", total } = row.dataset
    found[/** @type {Kind} */ (kind)].push({ key, name: row.cells[0].textContent, total: Number(total) })
  }
  const total = found.type.reduce((sum, group) => sum + group.total, 0)
  found.england.push({ key: "england", name: "England", total })
  return found
}

/** @param {Map<Row, HTMLTableRowElement>} elements @returns {Parts["labels"]} */
function readLabels(elements) {
  const places = /** @type {const} */ ([["type", ".of-type"], ["region", ".of-region"], ["rating", ".rating"]])
  const label = (/** @type {string} */ place) => (/** @type {HTMLElement} */ row) => row.querySelector(place)?.textContent ?? ""
  return new Map(places.map(([key, place]) => {
    const wordsIn = label(place)
    return [key, new Map([...elements].map(([{ keys }, element]) => [keys[key] ?? "", wordsIn(element)]))]
  }))
}
