/**
 * The matrix of scores: sorted by its heads, narrowed by type, region, rating and name, and kept apart by type, by region or
 * not at all. The choices are in the address, so Back works and a view can be sent. Without this the page is complete.
 *
 * @import { Choice } from "./choice.js"
 */
import { make } from "../make.js"
import { columnOf, readChoice, summary, writeChoice } from "./choice.js"
import { makeControls } from "./controls.js"
import { map } from "./map.js"
import { readTable } from "./table.js"
import { updateTable } from "./view.js"

/** @param {HTMLTableElement} table */
function showMatrix(table) {
  const { matrix, parts } = readTable(table)
  const { heads, labels } = parts
  const controls = makeControls(matrix, labels, choose)
  let choice = readChoice(location.search, matrix)

  for (const [column, head] of heads) addButton(column, head)
  document.querySelector(".matrix-room")?.replaceChildren(controls.form, controls.status)
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
    updateTable(parts, matrix, choice)
    const head = heads.get(columnOf(choice))
    const words = { column: head?.abbr || head?.textContent.trim() || "", rating: labels.get("rating")?.get(choice.rating) }
    controls.update(choice, summary(matrix, choice, words, location.search))
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
