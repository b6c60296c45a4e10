/**
 * The matrix of scores: sorted by its heads, narrowed by type, region, rating and name, and kept apart by type, by region or
 * not at all. The choices are in the address, so Back works and a view can be sent. Without this the page is complete.
 *
 * @import { Choice } from "./choice.js"
 */
import { make } from "../make.js"
import { columnOf, fits, grouped, howMany, isDown, isNarrowed, readChoice, summary, writeChoice } from "./choice.js"
import { makeControls } from "./controls.js"
import { map } from "./map.js"
import { readTable } from "./table.js"

/** @param {HTMLTableElement} table */
function showMatrix(table) {
  const { matrix, parts } = readTable(table)
  const { heads, elements, labels } = parts
  const groupHead = table.querySelector("tbody .of-group")
  const controls = makeControls(matrix, labels, choose)
  let choice = readChoice(location.search, matrix)
  /** Groups that a reader has opened on a phone, by key. @type {Set<string>} */
  const unfolded = new Set()

  for (const [column, head] of heads) addButton(column, head)
  table.parentElement?.before(controls.form, controls.status)
  window.addEventListener("popstate", () => show(readChoice(location.search, matrix)))
  show(choice)

  /** Puts what was chosen into the address: a step that Back undoes, unless it goes on with the last one. @param {Partial<Choice>} chosen */
  function choose(chosen, step = true) {
    const address = new URL(location.href)
    address.search = writeChoice(location.search, { ...choice, ...chosen }, matrix)
    if (address.href !== location.href) history[step ? "pushState" : "replaceState"](null, "", address)
    show(readChoice(location.search, matrix))
  }

  /** @param {Choice} next */
  function show(next) {
    choice = next
    for (const [row, element] of elements) element.setAttribute("hidden", fits(row, choice) ? "until-found" : "")
    showCompared()
    showOrder()
    arrange()
    countScores()
    const head = heads.get(columnOf(choice))
    const words = { column: head?.abbr || head?.textContent.trim() || "", rating: labels.get("rating")?.get(choice.rating) }
    controls.update(choice, summary(matrix, choice, words, location.search))
  }

  /** Says within what authorities are compared, and the place of each in it. */
  function showCompared() {
    table.dataset.by = choice.by
    for (const it of table.querySelectorAll(".place-in")) it.textContent = choice.by === "england" ? "England" : choice.by
    if (!matrix.regroups) return
    for (const it of table.querySelectorAll(".place"))
      it.textContent = /** @type {HTMLElement} */ (it).dataset[choice.by] ?? ""
  }

  function showOrder() {
    for (const [column, head] of heads)
      if (column === columnOf(choice)) head.setAttribute("aria-sort", isDown(choice) ? "descending" : "ascending")
      else head.removeAttribute("aria-sort")
  }

  /** Puts the rows into their groups, in order. */
  function arrange() {
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
  }

  /** The foot of the table counts what is shown. */
  function countScores() {
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

  /** @param {string} column @param {HTMLTableCellElement} head */
  function addButton(column, head) {
    // The words in one element, so that an arrow can stand beside them.
    const words = make("span", { className: "words" }, ...head.childNodes)
    const button = make("button", { type: "button" }, words)
    head.append(button)
    button.addEventListener("click", () => {
      const [first, other] = head.dataset.first === "down" ? [`-${column}`, column] : [column, `-${column}`]
      controls.chooseNow({ sort: choice.sort === first ? other : first })
    })
  }
}

const table = document.querySelector("table.matrix")
if (table instanceof HTMLTableElement) showMatrix(table)
map()
