/**
 * Suggestions below the search box while somebody types: what is named, the best first, then passages. An ARIA 1.2
 * combobox: the focus stays in the box, the active option is named to it. Enter without one sends the form, which works
 * without any of this.
 *
 * @import { Hit, Suggestions } from "../types.js"
 */
import { make } from "../../make.js"
import { counted, figure } from "../../wording.js"
import { inPlace, readAddress, searchFor, whole } from "./address.js"
import { openSearch } from "./open.js"

/** How long after the last key something is asked for, and how much later it is said how much was found. */
const PAUSE = 120
const SAY_PAUSE = 800

const KINDS = {
  authority: "Councils",
  theme: "Themes",
  statement: "Quality statements",
  region: "Regions",
  voice: "Voices",
  rating: "Ratings",
}

/** Signs of a passage shown before its first mark, and in all. */
const BEFORE = 30
const SHOWN = 110

/** The words of a passage around its first mark. @param {Hit} hit */
function extract({ text, marks }) {
  const [first] = marks[0] ?? [0]
  const from = first <= BEFORE ? 0 : text.lastIndexOf(" ", first - BEFORE) + 1
  const space = text.indexOf(" ", from + SHOWN)
  const to = space < 0 ? text.length : space
  const parts = []
  let done = from
  for (const [start, end] of marks) {
    if (start < done || end > to) continue
    parts.push(text.slice(done, start), make("mark", {}, text.slice(start, end)))
    done = end
  }
  return [from > 0 ? "… " : "", ...parts, text.slice(done, to), to < text.length ? " …" : ""]
}

/** @param {HTMLFormElement} form */
export function box(form) {
  const input = /** @type {HTMLInputElement} */ (form.elements.namedItem("q"))
  const popup = /** @type {HTMLElement} */ (document.getElementById("finder-list"))
  const status = /** @type {HTMLElement} */ (document.getElementById("finder-status"))
  /** @type {HTMLElement[]} */
  let options = []
  let active = -1
  let composing = false
  let pausing = 0
  let saying = 0
  let shownFor = ""
  /** Counts what makes suggestions under way unwanted: a newer text, a list that was closed. */
  let turn = 0

  const isOpen = () => input.getAttribute("aria-expanded") === "true"

  /** @param {boolean} open */
  function show(open) {
    input.setAttribute("aria-expanded", String(open))
    popup.hidden = !open
    if (!open) activate(-1)
  }

  function close() {
    turn += 1
    clearTimeout(pausing)
    clearTimeout(saying)
    status.textContent = ""
    show(false)
  }

  /** @param {number} place  of the option, -1 for none: the box itself */
  function activate(place) {
    options[active]?.setAttribute("aria-selected", "false")
    active = place
    const option = options[place]
    if (!option) return input.removeAttribute("aria-activedescendant")
    option.setAttribute("aria-selected", "true")
    option.scrollIntoView({ block: "nearest" })
    input.setAttribute("aria-activedescendant", option.id)
  }

  /** @param {string} href @param {...(Node | string | null)} children */
  function option(href, ...children) {
    const properties = { role: "option", id: `finder-option-${options.length}`, "aria-selected": "false" }
    const made = make("div", { ...properties, "data-href": href }, ...children)
    options.push(made)
    return made
  }

  /** @param {string} label @param {HTMLElement[]} made */
  function group(label, made) {
    const id = `finder-group-${label.toLowerCase().replaceAll(" ", "-")}`
    const heading = make("div", { id, className: "finder-kind" }, label)
    return make("div", { role: "group", "aria-labelledby": id }, heading, ...made)
  }

  /** Shows what was found. @param {Suggestions} found @param {string} text @param {boolean} more  whether passages are still to come */
  function fill({ names, passages }, text, more) {
    const held = options[active]?.dataset.href
    options = []
    const groups = []
    for (const kind of new Set(names.map((each) => each.kind))) {
      const label = KINDS[kind]
      const some = names.filter((each) => each.kind === kind)
      const made = some.map(({ address, label: name, note }) =>
        option(whole(address), make("span", {}, name), note ? make("span", { className: "number" }, ` ${note}`) : null),
      )
      if (made.length) groups.push(group(label, made))
    }
    const hits = passages.map((hit) => {
      const where = make("span", { className: "number" }, `${hit.authority.name}: ${hit.statement.name}`)
      return option(inPlace(hit), make("span", { className: "finder-words" }, ...extract(hit)), " ", where)
    })
    if (hits.length) groups.push(group("Paragraphs", hits))
    const last = option(searchFor(text), `Search for “${text}”`)
    last.classList.add("finder-all")
    popup.replaceChildren(...groups, last)
    popup.setAttribute("aria-busy", String(more))
    active = -1
    activate(options.findIndex((it) => it.dataset.href === held))
    shownFor = text
    show(true)
  }

  /** @param {Suggestions} found */
  function spoken({ names, passages, total }) {
    const parts = [names.length ? counted(names.length, "suggestion") : "", ""]
    if (passages.length) parts[1] = `${figure(passages.length)} of ${counted(total, "paragraph")}`
    const said = parts.filter(Boolean).join(", ")
    return said ? `${said}. Use up and down arrows to go through them.` : "No suggestions. Press Enter to search."
  }

  async function suggest() {
    const text = input.value.trim()
    if (!text) return close()
    const mine = (turn += 1)
    const wanted = () => mine === turn && input.value.trim() === text && document.activeElement === input
    const early = (/** @type {Suggestions["names"]} */ names) => {
      if (wanted() && names.length) fill({ names, passages: [], total: 0 }, text, true)
    }
    try {
      const found = await (await openSearch()).suggest(text, early)
      if (!wanted()) return
      fill(found, text, false)
      say(spoken(found))
    } catch (error) {
      if (error instanceof Error && error.name === "AbortError") return
      if (mine !== turn) return
      close()
      say("Suggestions could not be loaded. Press Enter to search.")
    }
  }

  /** @param {string} words */
  function say(words) {
    clearTimeout(saying)
    saying = window.setTimeout(() => (status.textContent = words), SAY_PAUSE)
  }

  function typed() {
    if (composing) return
    turn += 1
    clearTimeout(pausing)
    clearTimeout(saying)
    activate(-1)
    if (!input.value.trim()) return close()
    pausing = window.setTimeout(suggest, PAUSE)
  }

  /** @param {HTMLElement} option @param {boolean} apart  in a new tab */
  function go(option, apart) {
    const { href = "" } = option.dataset
    if (apart) window.open(href, "_blank", "noopener")
    else if (option.classList.contains("finder-all")) form.requestSubmit()
    else location.assign(href)
    close()
  }

  /** What each key does where the list is open. @type {Record<string, (event: KeyboardEvent) => boolean>} */
  const keys = {
    // One step beyond either end is the box itself.
    ArrowDown: () => move(active + 1 < options.length ? active + 1 : -1),
    ArrowUp: () => move(active < 0 ? options.length - 1 : active - 1),
    Home: () => active >= 0 && move(0),
    End: () => active >= 0 && move(options.length - 1),
    Escape: () => {
      close()
      return true
    },
    Enter: (event) => {
      if (active < 0) return false
      go(options[active], event.ctrlKey || event.metaKey)
      return true
    },
    Tab: () => {
      close()
      return false
    },
  }

  /** @param {number} place */
  function move(place) {
    activate(place)
    return true
  }

  input.addEventListener("keydown", (event) => {
    if (event.isComposing || composing || event.keyCode === 229) return
    if (event.altKey && event.key === "ArrowUp") return close()
    if (!isOpen()) {
      if (event.key !== "ArrowDown" || !input.value.trim()) return
      event.preventDefault()
      if (shownFor !== input.value.trim()) return void suggest()
      return show(true)
    }
    if (keys[event.key]?.(event)) event.preventDefault()
  })
  input.addEventListener("input", typed)
  input.addEventListener("compositionstart", () => (composing = true))
  input.addEventListener("compositionend", () => {
    composing = false
    typed()
  })
  form.addEventListener("submit", close)
  form.addEventListener("focusout", (event) => {
    if (!(event.relatedTarget instanceof Node && form.contains(event.relatedTarget))) close()
  })
  // The focus stays in the box, so that its list is not closed before it is clicked.
  popup.addEventListener("mousedown", (event) => event.preventDefault())
  popup.addEventListener("click", (event) => {
    const found = event.target instanceof Element ? event.target.closest("[role=option]") : null
    if (found instanceof HTMLElement) go(found, event.ctrlKey || event.metaKey)
  })

  // A page that comes back with Back has no list open, whose next Enter would lead away.
  addEventListener("pagehide", close)
  addEventListener("popstate", close)

  openSearch().catch(() => {}) // it is wanted soon; what fails is said when something is typed
  // What was typed before this was loaded; what the address has is answered already.
  if (input.value.trim() !== readAddress(location.search).query.trim()) typed()
}
