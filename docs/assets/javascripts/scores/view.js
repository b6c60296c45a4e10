/**
 * Puts what was chosen into the table: its rows in their groups and order, its heads, its foot.
 *
 * @import { Choice, Matrix } from "./choice.js"
 * @import { Parts } from "./table.js"
 */
import { make } from "../make.js"
import { columnOf, fits, grouped, howMany, isDown, isNarrowed } from "./choice.js"

/** Groups that a reader has opened on a phone, by key. @type {Set<string>} */
const unfolded = new Set()

/** @param {Parts} parts @param {Matrix} matrix @param {Choice} choice */
export function updateTable(parts, matrix, choice) {
  for (const [row, element] of parts.elements) element.setAttribute("hidden", fits(row, choice) ? "until-found" : "")
  showCompared(parts, matrix, choice)
  showOrder(parts, choice)
  arrange(parts, matrix, choice)
  countScores(parts, matrix, choice)
}

/** Says within what authorities are compared, and the place of each in it. @param {Parts} parts @param {Matrix} matrix @param {Choice} choice */
function showCompared({ table }, { regroups }, { by }) {
  table.dataset.by = by
  for (const it of table.querySelectorAll(".place-in")) it.textContent = by === "england" ? "England" : by
  if (!regroups) return
  for (const it of table.querySelectorAll(".place")) it.textContent = /** @type {HTMLElement} */ (it).dataset[by] ?? ""
}

/** @param {Parts} parts @param {Choice} choice */
function showOrder({ heads }, choice) {
  for (const [column, head] of heads)
    if (column === columnOf(choice)) head.setAttribute("aria-sort", isDown(choice) ? "descending" : "ascending")
    else head.removeAttribute("aria-sort")
}

/** Puts the rows into their groups, in order. @param {Parts} parts @param {Matrix} matrix @param {Choice} choice */
function arrange({ table, heads, elements, groupHead }, matrix, choice) {
  const groups = grouped(matrix, choice)
  for (const body of [...table.tBodies]) body.remove()
  for (const { key, heading, rows, here } of groups) {
    const head = /** @type {Element} */ (groupHead?.cloneNode(true))
    for (const it of head.querySelectorAll("span, summary")) it.replaceChildren(heading)
    const fold = head.querySelector("details")
    if (fold) {
      fold.open = groups.length === 1 || isNarrowed(choice) || unfolded.has(key)
      fold.addEventListener("click", () => unfolded[fold.open ? "delete" : "add"](key))
    }
    const body = make("tbody", {}, head, ...rows.map((row) => elements.get(row)))
    body.hidden = here === 0
    table.tFoot?.before(body)
  }
  const shown = heads.size - (choice.by === "england" ? 0 : 1) // type or region is said by the groups
  for (const it of /** @type {NodeListOf<HTMLTableCellElement>} */ (table.querySelectorAll(".of-group th"))) it.colSpan = shown
}

/** The foot of the table counts what is shown. @param {Parts} parts @param {Matrix} matrix @param {Choice} choice */
function countScores({ table, heads }, matrix, choice) {
  const foot = table.tFoot
  if (!foot) return
  const shown = matrix.rows.filter((row) => fits(row, choice))
  const statements = [...heads].filter(([, head]) => head.classList.contains("slim"))
  for (const row of foot.rows)
    if (row.dataset.score)
      statements.forEach(([statement], at) => {
        row.cells[at + 1].textContent = String(howMany(shown, statement, Number(row.dataset.score)))
      })
  foot.hidden = shown.length === 0
  const all = shown.length === matrix.rows.length
  const of = all ? `of the ${shown.length} here` : `of the ${shown.length} shown`
  foot.querySelector(".of-shown")?.replaceChildren(of)
}
