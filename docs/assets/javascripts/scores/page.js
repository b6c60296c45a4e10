/**
 * The matrix of scores: sorted by its heads, narrowed by type, region, rating and name, and kept apart by type, by region or
 * not at all. The choices are in the address, so Back works and a view can be sent. Without this the page is complete.
 */
import { folded } from "../wording.js"

const FACETS = ["type", "region", "rating"]
const APART = { type: "The same type", region: "The same region", england: "All of England" }
const LABELS = { type: "Type", region: "Region", rating: "Rating" }
/** What it is called to sort a column up and down, where it is not lowest and highest first. */
const LETTERS = ["A to Z", "Z to A"]
const ORDERS = {
  authority: LETTERS,
  type: LETTERS,
  region: LETTERS,
  published: ["oldest first", "newest first"],
  next: ["fewest first", "most first"],
  place: ["first place first", "last place first"],
}
const PAUSE = 200
/** What of an address may be shown again: other words are its sender's, not ours to show. */
const ID = /^[a-z0-9-]{1,40}$/
/** How many that are not in the collection are named in the count; more are only counted. */
const NAMED = 3

function make(tag, attributes = {}, ...children) {
  const it = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) it.setAttribute(name, value)
  it.append(...children)
  return it
}

function matrix(table) {
  const heads = new Map([...table.tHead.rows[0].cells].map((it) => [it.dataset.column, it]))
  const rows = [...table.querySelectorAll("tbody tr[data-type]")]
  const absent = [...document.querySelectorAll(".not-here li")]
  const groupHead = table.querySelector("tbody .of-group")
  const groups = groupsOf(rows)
  const facets = FACETS.filter((key) => new Set(rows.map((row) => row.dataset[key])).size > 1)
  const canRegroup = "england" in (table.querySelector(".place")?.dataset ?? {})
  const none = { name: "", type: "", region: "", rating: "", by: table.dataset.by, sort: "-points" }
  const controls = makeControls()
  let state = read()
  let typing = 0

  for (const [key, head] of heads) addButton(key, head)
  table.parentElement.before(controls.form, controls.status)
  window.addEventListener("popstate", () => show(read()))
  show(state)

  /** Groups by kind, in the order of the page: key, name and how many England has. */
  function groupsOf() {
    const found = { type: [], region: [], england: [] }
    for (const row of document.querySelectorAll(".tally tr[data-kind]")) {
      const { kind, key, total } = row.dataset
      found[kind].push({ key, name: row.cells[0].textContent, total: Number(total) })
    }
    const total = found.type.reduce((sum, group) => sum + group.total, 0)
    found.england.push({ key: "england", name: "England", total })
    return found
  }

  function read() {
    const found = { ...none }
    const given = new URLSearchParams(location.search)
    found.name = given.get("name") ?? "" // "q" is the word of the theme's search
    for (const key of facets)
      if (rows.some((row) => row.dataset[key] === given.get(key))) found[key] = given.get(key)
    if (canRegroup && Object.hasOwn(APART, given.get("by") ?? "")) found.by = given.get("by")
    if (heads.has((given.get("sort") ?? "").replace(/^-/, ""))) found.sort = given.get("sort")
    return found
  }

  /** Name the choices of the address that are none of this page's, and so change nothing. */
  function leftOut() {
    const given = new URLSearchParams(location.search)
    const known = {
      ...Object.fromEntries(FACETS.map((key) => [key, (it) => rows.some((row) => row.dataset[key] === it)])),
      by: (it) => it === none.by || (canRegroup && Object.hasOwn(APART, it)),
      sort: (it) => heads.has(it.replace(/^-/, "")),
    }
    const left = Object.keys(known).filter((key) => given.get(key) && !known[key](given.get(key)))
    return left.map((key) => (ID.test(given.get(key)) ? `${key}=${given.get(key)}` : key))
  }

  /** Put what was chosen into the address: a step that Back undoes, unless it goes on with the last one. */
  function choose(chosen, step = true) {
    clearTimeout(typing)
    const address = new URL(location)
    for (const [key, value] of Object.entries({ ...state, name: controls.query.value, ...chosen }))
      if (value === none[key]) address.searchParams.delete(key)
      else address.searchParams.set(key, value)
    if (address.href !== location.href) history[step ? "pushState" : "replaceState"](null, "", address)
    show(read())
  }

  function show(next) {
    state = next
    const shown = rows.filter((row) => fits(row, state))
    for (const row of rows) row.hidden = !shown.includes(row)
    arrange(shown)
    countScores(shown)
    fillControls()
    controls.status.textContent = summary(shown)
  }

  function fits(row, wanted) {
    return FACETS.every((key) => !wanted[key] || row.dataset[key] === wanted[key]) && named(row, wanted.name)
  }

  function named(row, words) {
    return folded(row.querySelector("a").textContent).includes(folded(words))
  }

  /** Put the rows into their groups, in order. */
  function arrange(shown) {
    const key = state.sort.replace(/^-/, "")
    const way = state.sort.startsWith("-") ? -1 : 1
    table.dataset.by = state.by
    for (const it of table.querySelectorAll(".place-in")) it.textContent = state.by === "england" ? "England" : state.by
    if (canRegroup) for (const it of table.querySelectorAll(".place")) it.textContent = it.dataset[state.by]
    for (const [name, head] of heads)
      if (name === key) head.setAttribute("aria-sort", way === 1 ? "ascending" : "descending")
      else head.removeAttribute("aria-sort")

    const index = heads.get(key).cellIndex
    const order = (one, other, at) => compare(value(one.cells[at]), value(other.cells[at]))
    const ordered = [...rows].sort((one, other) => way * order(one, other, index) || order(one, other, 0))
    for (const body of [...table.tBodies]) body.remove()
    for (const group of groups[state.by]) {
      const inside = ordered.filter((row) => state.by === "england" || row.dataset[state.by] === group.key)
      if (inside.length === 0) continue
      const head = groupHead.cloneNode(true)
      const here = inside.filter((row) => shown.includes(row)).length
      const of = here < inside.length ? `the ${inside.length}` : group.total
      head.querySelector("span").textContent = `${group.name}: ${here} of ${of} in this collection`
      const body = make("tbody", {}, head, ...inside)
      body.hidden = here === 0
      table.tFoot.before(body)
    }
  }

  function value(cell) {
    const text = cell.dataset.value ?? (cell.querySelector("a") ?? cell).textContent.trim()
    return /^=?\d+(%| of \d+)?$/.test(text) ? Number.parseInt(text.replace("=", ""), 10) : text
  }

  function compare(one, other) {
    return typeof one === "number" ? one - other : one.localeCompare(other, "en")
  }

  /** The foot of the table counts what is shown. */
  function countScores(shown) {
    const columns = [...heads.values()].filter((head) => head.classList.contains("slim")).map((head) => head.cellIndex)
    for (const row of table.tFoot.querySelectorAll("[data-score]"))
      columns.forEach((column, at) => {
        const number = shown.filter((each) => each.cells[column].textContent.trim() === row.dataset.score).length
        row.cells[at + 1].textContent = number
      })
    const all = shown.length === rows.length
    table.tFoot.hidden = shown.length === 0
    const of = all ? `of the ${rows.length} in this collection` : `of the ${shown.length} shown`
    table.querySelector(".of-shown").textContent = of
  }

  function summary(shown) {
    const some = shown.length ? `Showing ${shown.length} of the ${rows.length}` : `None of the ${rows.length}`
    const parts = [
      shown.length === rows.length
        ? `Showing all ${rows.length} in this collection.`
        : `${some} in this collection${shown.length ? "" : " fits these choices"}.`,
    ]
    if (state.type || state.region || state.name.trim()) {
      const missing = absent.filter((it) => fits(it, { ...state, rating: "" }))
      const names = missing.map((it) => it.textContent.trim()).join(", ")
      const which = missing.length > NAMED ? missing.length : names
      if (missing.length) parts.push(`Not in the collection, and so not shown: ${which}.`)
    }
    const key = state.sort.replace(/^-/, "")
    const order = (ORDERS[key] ?? ["lowest first", "highest first"])[state.sort.startsWith("-") ? 1 : 0]
    const apart = table.tBodies.length > 1 ? `, each ${state.by} by itself` : ""
    if (shown.length) parts.push(`Sorted by ${heads.get(key).abbr || heads.get(key).textContent.trim()}, ${order}${apart}.`)
    const left = leftOut()
    if (left.length) parts.push(`Left out of this address: ${left.join(", ")}.`)
    return parts.join(" ")
  }

  function addButton(key, head) {
    // The words in one element, so that an arrow can stand beside them.
    const words = make("span", { class: "words" }, ...head.childNodes)
    const button = make("button", { type: "button" }, words)
    head.append(button)
    button.addEventListener("click", () => {
      const first = head.dataset.first === "down" ? `-${key}` : key
      const other = head.dataset.first === "down" ? key : `-${key}`
      choose({ sort: state.sort === first ? other : first })
    })
  }

  function makeControls() {
    const selects = {}
    const fields = []
    const field = (words, control) => {
      control.id = `choice-${fields.length + 1}`
      fields.push(make("div", {}, make("label", { for: control.id }, words), control))
    }
    const query = make("input", { type: "search", autocomplete: "off", spellcheck: "false" })
    field("Authority", query)
    for (const key of facets) field(LABELS[key], (selects[key] = makeSelect(key)))
    if (canRegroup) {
      const options = Object.entries(APART).map(([key, label]) => make("option", { value: key }, label))
      field("Compare within", (selects.by = make("select", {}, ...options)))
    }
    const reset = make("button", { type: "button" }, "Clear choices")
    const form = make("form", { class: "matrix-choices", "aria-label": "Choose authorities" }, ...fields, reset)
    form.addEventListener("submit", (event) => event.preventDefault())
    query.addEventListener("input", () => {
      clearTimeout(typing)
      typing = setTimeout(() => choose({}, false), PAUSE)
    })
    for (const [key, select] of Object.entries(selects))
      select.addEventListener("change", () => choose({ [key]: select.value }))
    reset.addEventListener("click", () => choose(none))
    return { form, query, selects, status: make("p", { class: "summary", role: "status" }) }
  }

  function makeSelect(key) {
    const column = key === "rating" ? ".rating" : `.of-${key}`
    const names = new Map(rows.map((row) => [row.dataset[key], row.querySelector(column).textContent]))
    // Ratings are in the order of the table, from the best.
    const sorted = key === "rating" ? [...names] : [...names].sort(([, one], [, other]) => compare(one, other))
    const options = sorted.map(([slug, name]) => make("option", { value: slug, "data-name": name }, name))
    return make("select", {}, make("option", { value: "" }, "All"), ...options)
  }

  /** Show the choices, each with how many it would show beside the others, of how many there are. */
  function fillControls() {
    if (controls.query.value !== state.name) controls.query.value = state.name
    for (const [key, select] of Object.entries(controls.selects)) {
      select.value = state[key]
      for (const option of select.querySelectorAll("[data-name]")) {
        const all = rows.filter((row) => row.dataset[key] === option.value)
        const now = all.filter((row) => fits(row, { ...state, [key]: "" })).length
        option.textContent = `${option.dataset.name} (${now < all.length ? `${now} of ${all.length}` : now})`
      }
    }
  }
}

const table = document.querySelector("table.matrix")
if (table) matrix(table)
