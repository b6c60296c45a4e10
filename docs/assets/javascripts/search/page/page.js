/**
 * The search page. Its address says what is asked, everything shown follows from it, and each choice is a step that Back
 * undoes. What is heard comes from one live region, a moment after the last change.
 *
 * @import { Advice, Answer, Filters, Request } from "../types.js"
 * @import { State } from "./address.js"
 */
import { counted, figure } from "../../wording.js"
import { isAbort } from "../trouble.js"
import { SIZE, chosen, readAddress, request, toggled, writeAddress } from "./address.js"
import { cardParts, cardWords } from "./cards-view.js"
import { download } from "./download.js"
import { Labels, chosenTags, listsOf, makeFilters } from "./filters-view.js"
import { openSearch } from "./open.js"
import { opening } from "./opening.js"
import { addHits, nearParts, otherPages } from "./results-view.js"
import { adviceParts, countWords, holdings, troubleOf, troubleParts, understoodLines } from "./summary-view.js"

/** How long what is said waits for something newer, and how long a search may take before the page says that it goes on. */
const PAUSE = 500
const PATIENCE = 400

/** @param {string} name */
function part(name) {
  const found = document.getElementById(`search-${name}`)
  if (!found) throw new Error(`the search page has no search-${name}`)
  return found
}

const words = /** @type {HTMLInputElement} */ (document.getElementById("finder-words"))
const sort = /** @type {HTMLSelectElement} */ (part("sort"))
const group = /** @type {HTMLSelectElement} */ (part("group"))
const filterButton = part("filters-button")
const firstTitle = document.title
const labels = new Labels()

let state = readAddress(location.search)
/** @type {Answer | null} */
let answer = null
let inSight = 0
let turn = 0
/** The turn whose answer is shown. */
let answered = 0
let shownFor = ""
/** The turn whose numbers stand beside the filters, and the lists that are counted for it. */
let facetsFor = 0
/** @type {string[]} */
let listsFor = []

let saying = 0
/** Tells those who hear the page. @param {string} what */
function say(what) {
  const status = document.getElementById("finder-status")
  clearTimeout(saying)
  if (status?.textContent) status.textContent = ""
  saying = window.setTimeout(() => status && (status.textContent = what), PAUSE)
}

const actions = {
  say,
  neighbours: async (/** @type {{ doc: number, id: string }} */ passage) => (await openSearch()).neighbours(passage),
}
const filters = makeFilters(part("facets"), (key, value) => toggle(key, value), say, () => void wantRest())

/** What is asked of the engine: values that the collection does not have are shown as such, and change nothing. */
function asked() {
  /** @type {Filters} */
  const known = {}
  for (const { key, value } of chosen(state.filters))
    if (labels.has(key, value)) known[key] = [...(known[key] ?? []), value]
  return { ...state, filters: known }
}

/** @param {Partial<Request>} more */
const ask = async (more) => (await openSearch()).search(request(asked(), more))

/** Takes a new choice as a step of the browser's history and shows it. @param {Partial<State>} changes */
function choose(changes) {
  state = { ...state, shown: SIZE, ...changes }
  const address = writeAddress(state)
  // What is written in another way but says the same is no step.
  if (address !== writeAddress(readAddress(location.search))) {
    history.replaceState({ top: scrollY }, "")
    history.pushState(null, "", address || location.pathname)
  }
  return show()
}

/** @param {keyof Filters} key @param {string} value */
function toggle(key, value) {
  // A theme is either looked for or left out.
  const other = key === "theme" ? "notTheme" : key === "notTheme" ? "theme" : null
  /** @type {Filters} */
  let next = toggled(state.filters, key, value)
  if (other && next[key]?.includes(value) && next[other]?.includes(value)) next = toggled(next, other, value)
  choose({ filters: next })
}

/** @param {Advice["without"][number]["change"]} change */
function takeAdvice(change) {
  choose(change)
}

function fillControls() {
  const page = firstTitle.split(" - ")
  const query = state.query.trim()
  document.title = [...(query ? [query.length > 60 ? `${query.slice(0, 60)}…` : query] : []), ...page].join(" - ")
  if (words.value.trim() !== query) words.value = state.query
  part("pages").hidden = !query
  document.documentElement.classList.toggle("asking", Boolean(query)) // the answer says how much there is
  sort.value = state.sort
  group.value = state.group
  showChosen()
}

function showChosen() {
  const number = chosen(state.filters).length
  const tags = () => [...part("chosen").querySelectorAll("button")]
  const place = tags().findIndex((tag) => tag === document.activeElement)
  part("chosen").replaceChildren(...chosenTags(state.filters, labels, toggle, () => void choose({ filters: {} })))
  part("chosen").hidden = !number
  // The focus goes on to the next one, and with the last one gone to the heading of the results.
  if (place >= 0) (tags()[place] ?? tags().at(-1) ?? part("count")).focus()
  part("filters-number").textContent = number ? ` (${figure(number)} chosen)` : ""
  filters.update(null, state.filters)
}

/** Shows the answer to the state, unless a newer one is asked for by then. @param {number} [top]  where the page was scrolled to */
async function show(top) {
  const mine = ++turn
  shownFor = location.search
  fillControls()
  part("results").setAttribute("aria-busy", "true")
  const waiting = setTimeout(() => (part("progress").textContent = "Searching…"), PATIENCE)
  try {
    const filtered = chosen(state.filters).length > 0
    // Only once: from then on the engine answers, whose build may be another.
    const first = mine === 1 && !writeAddress(state) ? await opening() : null
    let found = first ?? (await ask({ facets: filtered }))
    if (mine !== turn) return
    if (filtered) {
      const before = chosen(asked().filters).length
      labels.learn(found.facets)
      if (chosen(asked().filters).length < before) found = await ask({ facets: true })
      if (mine !== turn) return
    }
    render(found)
    showRest(found)
    wantRest()
    if (top) scrollTo({ top, behavior: "instant" })
  } catch (error) {
    if (mine === turn && !isAbort(error)) fail(error)
  } finally {
    clearTimeout(waiting)
    if (mine === turn) {
      part("progress").textContent = ""
      part("results").removeAttribute("aria-busy")
    }
  }
}

/** Changes what is shown; where the focus stood on something that is gone, it comes to the heading of what is new. @param {() => void} change */
function keepingFocus(change) {
  const stood = part("results").contains(document.activeElement)
  change()
  if (stood && !part("results").contains(document.activeElement)) part("count").focus({ preventScroll: true })
}

/** @param {Answer} found */
function render(found) {
  answer = found
  answered = turn
  const { total, hits } = found
  const ask = (/** @type {string} */ query) => void choose({ query })
  const setRelated = (/** @type {boolean} */ related) => void choose({ related })
  part("results").classList.add("search-shown")
  keepingFocus(() => {
    part("cards").replaceChildren(...cardParts(found))
    part("count").textContent = countWords(found)
    part("holdings").replaceChildren(...holdings(found.of))
    part("understood").replaceChildren(...understoodLines(found, state, { ask, setRelated }))
    part("trouble").replaceChildren(...(total ? [] : adviceParts(found, takeAdvice)))
    part("pages").replaceChildren()
    part("list").replaceChildren()
    addHits(part("list"), found, actions)
    part("near").replaceChildren(...nearParts(found, actions))
    part("tools").hidden = !total
    if (!part("csv").getAttribute("aria-disabled")) part("csv-progress").textContent = ""
    part("more-trouble").textContent = ""
  })
  inSight = hits.length
  showMoreButton()
  showPaper()
  say(spoken(found))
}

/** The count, and whatever changes what it means. @param {Answer} found */
function spoken(found) {
  const parts = [`${cardWords(found)}${countWords(found)}.`]
  if (found.understood.mode === "any" && found.total) parts.push("No paragraph has all of the words; those with any are shown.")
  if (found.suggestion) parts.push(`Did you mean ${found.suggestion.query}?`)
  return parts.join(" ")
}

function showMoreButton() {
  const left = (answer?.total ?? 0) - inSight
  part("more").hidden = left <= 0
  part("more-button").textContent = `Show ${figure(Math.min(SIZE, left))} more`
  part("more-of").textContent = `${figure(inSight)} of ${counted(answer?.total ?? 0, "paragraph")} shown`
}

/** What a print of the results says of itself. */
function showPaper() {
  const about = state.query.trim() ? `Looked for: ${state.query.trim()}. ` : ""
  const all = chosen(state.filters).map(({ key, value }) => labels.of(key, value))
  const some = all.length ? `Filters: ${all.join("; ")}. ` : ""
  part("paper").textContent = `${about}${some}${location.href}`
}

/** Shows what comes after the passages, where the answer has it: other pages, and the numbers beside the filters. @param {Answer} found */
function showRest({ facets, pages }) {
  const named = answer?.cards.map(({ address }) => address) ?? []
  part("pages").replaceChildren(...otherPages(pages.filter(({ address }) => !named.includes(address))))
  if (!Object.keys(facets).length) return
  facetsFor = turn
  listsFor = listsOf(facets)
  part("facets").classList.add("search-shown")
  labels.learn(facets)
  showChosen()
  filters.update(facets, state.filters)
  part("facets").hidden = false
  part("facets-trouble").replaceChildren()
  part("show-results").textContent = `Show ${counted(answer?.total ?? 0, "paragraph")}`
}

/** @param {HTMLElement} element */
const isSeen = (element) => element.offsetParent !== null

/** Whether an answer is of the build that what is in sight is of: the site may have been renewed. @param {Answer} found */
const isOfThis = (found) => found.build === answer?.build

/**
 * Asks for what comes after the passages, unless it is there already; for the filters only where they are in sight, and for
 * the numbers of those lists alone that are open.
 */
async function wantRest() {
  const mine = turn
  const lists = filters.lists()
  // A newer request would take the place of one that is under way, which asks for the rest when it has come.
  if (answered !== mine || part("more-button").getAttribute("aria-disabled")) return
  if (facetsFor === mine && lists.every((each) => listsFor.includes(each))) return
  try {
    const found = await ask({ facets: isSeen(part("filters")), lists, size: 0 })
    if (mine !== turn) return
    if (!isOfThis(found)) return void show()
    showRest(found)
  } catch (error) {
    if (mine === turn && !isAbort(error))
      part("facets-trouble").textContent = `The filters could not be loaded. ${troubleOf(error).message}`
  }
}

async function more() {
  const mine = turn
  const button = part("more-button")
  button.setAttribute("aria-disabled", "true")
  try {
    const found = await ask({ from: inSight, size: SIZE })
    if (mine !== turn) return
    if (!isOfThis(found)) return void show()
    const first = addHits(part("list"), found, actions)
    inSight += found.hits.length
    state = { ...state, shown: Math.ceil(inSight / SIZE) * SIZE }
    history.replaceState(history.state, "", writeAddress(state) || location.pathname)
    shownFor = location.search
    part("more-trouble").textContent = ""
    first?.focus()
    showMoreButton()
    say(`${figure(inSight)} of ${counted(found.total, "paragraph")} shown.`)
  } catch (error) {
    if (mine !== turn || isAbort(error)) return
    part("more-trouble").textContent = `No more could be loaded. ${troubleOf(error).message}`
    say(`No more could be loaded. ${troubleOf(error).message}`)
  } finally {
    button.removeAttribute("aria-disabled")
    if (mine === turn) wantRest()
  }
}

/** @param {unknown} error */
function fail(error) {
  const trouble = troubleOf(error)
  const again = () => {
    // A script that did not come is not asked for again on this page.
    if (error instanceof TypeError || trouble.code === "renewed") location.reload()
    else show()
  }
  answer = null
  inSight = 0
  part("results").classList.add("search-shown")
  keepingFocus(() => {
    part("count").textContent = "The search did not work"
    for (const name of ["cards", "holdings", "understood", "pages", "list", "near"]) part(name).replaceChildren()
    part("trouble").replaceChildren(...troubleParts(trouble, again))
    if (!facetsFor) {
      part("facets").hidden = true
      part("facets-trouble").textContent = "There are no filters while the search does not work."
    }
    part("tools").hidden = part("more").hidden = part("pages").hidden = true
  })
  say(`The search did not work. ${trouble.message}`)
}

/** @param {boolean} open */
function showFilters(open) {
  filterButton.setAttribute("aria-expanded", String(open))
  part("filters").classList.toggle("search-filters--open", open)
  if (open) wantRest()
}

function listen() {
  words.form?.addEventListener("submit", (event) => {
    event.preventDefault()
    choose({ query: words.value })
    // The keyboard of a touch screen would cover what was found.
    if (matchMedia("(pointer: coarse)").matches) part("count").focus()
  })
  sort.addEventListener("change", () => choose({ sort: /** @type {State["sort"]} */ (sort.value) }))
  group.addEventListener("change", () => choose({ group: /** @type {State["group"]} */ (group.value) }))
  part("more-button").addEventListener("click", more)
  part("csv").addEventListener("click", () => download(request(asked()), part("csv"), part("csv-progress"), say))
  filterButton.addEventListener("click", () => showFilters(filterButton.getAttribute("aria-expanded") !== "true"))
  part("show-results").addEventListener("click", () => {
    showFilters(false)
    part("count").focus()
  })
  for (const place of [filterButton, part("filters")])
    place.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !isSeen(filterButton)) return
      showFilters(false)
      filterButton.focus()
    })
  // Who comes to the filters is about to choose one.
  for (const what of ["pointerover", "focusin"])
    part("filters").addEventListener(what, () => void openSearch(), { once: true })
  addEventListener("popstate", ({ state: left }) => {
    if (location.search === shownFor) return // only the part after # changed
    state = readAddress(location.search)
    show(left?.top ?? 0)
  })
  addEventListener("pagehide", () => history.replaceState({ top: scrollY }, ""))
}

history.scrollRestoration = "manual"
listen()
const wide = matchMedia("(min-width: 60em)")
// A window that grows, or a tablet that is turned, brings the filters into sight.
wide.addEventListener("change", () => wide.matches && wantRest())
if (wide.matches) filters.open((name) => name === "theme" || name === "score")
filters.open((name) => Boolean(state.filters[name]))
show(history.state?.top)
