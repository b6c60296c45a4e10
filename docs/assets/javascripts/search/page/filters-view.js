/**
 * The filters beside the results, and the chosen ones above them. Rows are made once and then changed in place, so that the
 * focus is never lost and nothing jumps.
 *
 * @import { Answer, FacetName, FacetValue, Filters } from "../types.js"
 *
 * @typedef {(key: keyof Filters, value: string) => void} Toggle
 */
import { make, unseen } from "../../make.js"
import { counted, figure, folded } from "../../wording.js"
import { FACETS, chosen } from "./address.js"

/** @type {Record<FacetName, string>} */
const NAMES = {
  theme: "Theme",
  voice: "Voice",
  score: "Score",
  statement: "Quality statement",
  authority: "Council",
  type: "Type of council",
  region: "Region",
  rating: "Overall rating",
  year: "Year of report",
}

/** Values in sight before "show all", and from how many on they can be narrowed by typing. */
const FEW = 10

/** Whether words of an address look like ours: others are their sender's, and not for us to show. */
const ID = /^[a-z0-9-]{1,40}$/i

/** What differs from passage to passage, so that each list of it is a file. @type {FacetName[]} */
const OF_PASSAGES = ["theme", "voice"]

/** The lists whose numbers an answer has, as a request names them. @param {Answer["facets"]} facets */
export function listsOf(facets) {
  const lists = OF_PASSAGES.flatMap((name) => (facets[name] ?? []).flatMap((it) => (it.count === null ? [] : [`${name}/${it.group}`])))
  return [...new Set(lists)]
}

let madeIds = 0

/** What a value is called where its filter's name stands beside it. @param {FacetName} facet @param {FacetValue} value */
const nameOf = (facet, { id, label }) => (facet === "score" ? `${id}: ${label}` : label)

/** One value: its checkbox, its count, and for themes the button that leaves it out. @param {FacetName} facet @param {FacetValue} value @param {Toggle} toggle */
function makeRow(facet, value, toggle) {
  const { id } = value
  const label = nameOf(facet, value)
  const box = make("input", { type: "checkbox", name: facet, value: id })
  const number = make("span", { className: "number" })
  const element = make("li", {}, make("label", {}, box, make("span", {}, label, " ", number)))
  box.addEventListener("change", () => toggle(facet, id))
  const not = facet === "theme" ? make("button", { type: "button", className: "not" }, "Not", unseen(` ${label}`)) : null
  if (not) {
    not.addEventListener("click", () => toggle("notTheme", id))
    element.append(not)
  }
  const count = /** @type {number | null} */ (null) // passages with it, once they are counted
  return { id, element, words: folded(label), box, number, not, count, held: false }
}

/** @typedef {ReturnType<typeof makeRow>} Row */

/** Values that stand together: those of a facet, or of one of its groups. */
function makeList() {
  const values = make("ul", {})
  const none = make("p", { className: "number", hidden: true })
  const more = make("button", { type: "button", className: "word-button", hidden: true })
  const element = make("div", {}, values, none, more)
  /** @type {Row[]} */
  const rows = []
  let whole = false

  /** Shows the values that matter: those typed for, else the chosen ones and those with most passages. @param {string} typed */
  function arrange(typed) {
    const some = rows.filter(({ count }) => count !== 0)
    const byCount = [...some].sort((one, other) => (other.count ?? 0) - (one.count ?? 0))
    const most = new Set(byCount.slice(0, whole ? undefined : FEW))
    for (const row of rows) {
      const keep = row.held || most.has(row) || row.element.contains(document.activeElement)
      row.element.hidden = typed ? !row.words.includes(typed) : !keep
    }
    more.hidden = Boolean(typed) || some.length <= FEW
    more.textContent = whole ? "Show fewer" : `Show all ${figure(some.length)}`
    const empty = rows.length - some.length
    none.hidden = Boolean(typed) || !empty
    none.textContent = `${figure(empty)} more with no paragraph here`
    return rows.filter(({ element: { hidden } }) => !hidden).length
  }

  more.addEventListener("click", () => {
    whole = !whole
    arrange("")
  })
  return {
    element,
    arrange,
    /** @param {Row} row */
    add(row) {
      rows.push(row)
      values.append(row.element)
    },
    holds: () => rows.some(({ held }) => held),
  }
}

/**
 * A filter. Where its values have groups, each is closed until somebody opens it, looks for something in it, or has chosen
 * something of it: its numbers are a file of its own.
 *
 * @param {FacetName} name @param {Toggle} toggle @param {(words: string) => void} say @param {() => void} opened
 */
function makeFacet(name, toggle, say, opened) {
  const chosenNumber = make("span", { className: "number" })
  const legend = make("legend", { className: "visually-hidden" }, NAMES[name])
  const filter = make("input", { type: "search", id: `facet-filter-${++madeIds}`, autocomplete: "off", spellcheck: false })
  const narrowing = make(
    "div",
    { className: "facet-narrow", hidden: true },
    make("label", { htmlFor: filter.id }, "Narrow this list"),
    filter,
  )
  const values = make("div", {})
  const none = make("p", { className: "number", hidden: true }, "None is called that.")
  const fieldset = make("fieldset", {}, legend, narrowing, values, none)
  const details = make("details", { className: "facet" }, make("summary", {}, NAMES[name], chosenNumber), fieldset)
  details.addEventListener("toggle", () => details.open && opened())
  /** @type {Map<string, Row>} */
  const rows = new Map()
  /** @type {Map<string, { list: ReturnType<typeof makeList>, group: HTMLDetailsElement | null }>} */
  const lists = new Map()

  /** The list of a group of values, made when its first value comes. @param {string} label */
  function listOf(label) {
    const known = lists.get(label)
    if (known) return known.list
    const list = makeList()
    const group = label ? make("details", { className: "facet-group" }, make("summary", {}, label), list.element) : null
    group?.addEventListener("toggle", () => group.open && opened())
    values.append(group ?? list.element)
    lists.set(label, { list, group })
    return list
  }

  function arrange() {
    const typed = folded(filter.value)
    let seen = 0
    for (const { list, group } of lists.values()) {
      const own = list.arrange(typed)
      seen += own
      if (!group) continue
      group.hidden = Boolean(typed) && !own
      if ((typed && own) || list.holds()) group.open = true
    }
    narrowing.hidden = rows.size <= FEW
    none.hidden = !typed || seen > 0
    return seen
  }

  filter.addEventListener("input", () => {
    const seen = arrange()
    say(`${counted(seen, "value")} of ${NAMES[name].toLowerCase()}`)
  })
  filter.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault()
  })

  /** @param {FacetValue[] | undefined} found  values with new counts; none when only the choice has changed. @param {Filters} filters */
  function update(found, filters) {
    for (const value of found ?? []) {
      const row = rows.get(value.id) ?? makeRow(name, value, toggle)
      if (!rows.has(value.id)) {
        rows.set(value.id, row)
        listOf(value.group).add(row)
      }
      row.count = value.count
      const words = value.count === 1 ? " paragraph" : " paragraphs"
      row.number.replaceChildren(...(value.count === null ? [] : [figure(value.count), unseen(words)]))
    }
    const held = filters[name] ?? []
    const not = name === "theme" ? (filters.notTheme ?? []) : []
    for (const row of rows.values()) {
      row.box.checked = held.includes(row.id)
      row.not?.setAttribute("aria-pressed", String(not.includes(row.id)))
      row.held = row.box.checked || not.includes(row.id)
    }
    const number = held.length + not.length
    chosenNumber.textContent = number ? ` ${figure(number)} chosen` : ""
    arrange()
  }

  /** The lists in sight, as a request names them. */
  const inSight = () =>
    details.open ? [...lists].flatMap(([label, { group }]) => (!group || group.open ? [`${name}/${label}`] : [])) : []

  return { name, element: details, update, inSight }
}

/**
 * The panel of all filters.
 *
 * @param {HTMLElement} panel @param {Toggle} toggle @param {(words: string) => void} say
 * @param {() => void} opened   another list came into sight
 */
export function makeFilters(panel, toggle, say, opened) {
  const facets = FACETS.map((name) => makeFacet(name, toggle, say, opened))
  panel.append(...facets.map(({ element }) => element))
  return {
    /** @param {Answer["facets"] | null} found @param {Filters} filters */
    update(found, filters) {
      for (const facet of facets) facet.update(found?.[facet.name], filters)
    },
    /** @param {(name: FacetName) => boolean} which */
    open(which) {
      for (const { name, element } of facets) element.open = element.open || which(name)
    },
    /** The lists of themes and voices that are open: their numbers are asked for by name. */
    lists: () => facets.filter(({ name }) => OF_PASSAGES.includes(name)).flatMap(({ inSight }) => inSight()),
  }
}

/** What a value of a filter is called. */
export class Labels {
  /** @type {Map<string, string> | null} */
  #labels = null

  /** @param {Answer["facets"]} facets */
  learn(facets) {
    this.#labels ??= new Map()
    for (const name of FACETS)
      for (const value of facets[name] ?? []) this.#labels.set(`${name} ${value.id}`, nameOf(name, value))
  }

  /** Whether the collection has this value; until its values are known, yes. @param {keyof Filters} key @param {string} value */
  has(key, value) {
    return !this.#labels || this.#labels.has(`${key === "notTheme" ? "theme" : key} ${value}`)
  }

  /** @param {keyof Filters} key @param {string} value */
  of(key, value) {
    const name = key === "notTheme" ? "theme" : key
    const known = this.#labels?.get(`${name} ${value}`)
    const before = key === "notTheme" ? "Not theme" : NAMES[name]
    if (known) return name === "score" ? `${before} ${known}` : `${before}: ${known}`
    return `${before}: ${ID.test(value) ? value : "a value"}${this.#labels ? " (there is none)" : ""}`
  }
}

/**
 * The chosen filters as a list of buttons that remove them.
 *
 * @param {Filters} filters @param {Labels} labels @param {Toggle} toggle @param {() => void} clear
 */
export function chosenTags(filters, labels, toggle, clear) {
  const all = chosen(filters)
  const items = all.map(({ key, value }) => {
    const cross = make("span", { "aria-hidden": "true", className: "cross" }, "×")
    const button = make("button", { type: "button" }, unseen("Remove "), labels.of(key, value), " ", cross)
    button.addEventListener("click", () => toggle(key, value))
    return make("li", {}, button)
  })
  if (all.length > 1) {
    const button = make("button", { type: "button", className: "clear" }, "Clear all filters")
    button.addEventListener("click", clear)
    items.push(make("li", {}, button))
  }
  return items.length ? [make("ul", { className: "search-chosen", "aria-label": "Chosen filters" }, ...items)] : []
}
