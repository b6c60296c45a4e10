/**
 * The search box: what keys and the mouse do with the suggestions below it. Enter without one sends the form, which works
 * without any of this.
 */
import { readAddress } from "./address.js"
import { openSearch } from "./open.js"
import { optionList } from "./option-list.js"
import { suggesting } from "./suggesting.js"

/** @param {HTMLFormElement} form */
export function box(form) {
  const input = /** @type {HTMLInputElement} */ (form.elements.namedItem("q"))
  const popup = /** @type {HTMLElement} */ (document.getElementById("finder-list"))
  const status = /** @type {HTMLElement} */ (document.getElementById("finder-status"))
  const list = optionList(input, popup)
  const { text, close, typed: asking, reopen } = suggesting(input, list, status)
  let composing = false

  const typed = () => {
    if (!composing) asking()
  }

  /** @param {HTMLElement} option @param {boolean} apart  in a new tab */
  function go(option, apart) {
    const { href = "" } = option.dataset
    if (apart) window.open(href, "_blank", "noopener")
    else if (option.classList.contains("finder-all")) form.requestSubmit()
    else location.assign(href)
    close()
  }

  /** Does what a key means in a list that is open; says whether it then means nothing else. @param {KeyboardEvent} event */
  function use({ key, ctrlKey, metaKey }) {
    const active = list.active()
    if (key === "Tab" || key === "Escape") close()
    else if (key === "Enter" && active) go(active, ctrlKey || metaKey)
    else return list.follow(key)
    return key !== "Tab"
  }

  input.addEventListener("keydown", (event) => {
    if (event.isComposing || composing || event.keyCode === 229) return
    if (event.altKey && event.key === "ArrowUp") return close()
    if (!popup.hidden) {
      if (use(event)) event.preventDefault()
    } else if (event.key === "ArrowDown" && text()) {
      event.preventDefault()
      reopen()
    }
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
  popup.addEventListener("click", (event) => {
    const found = event.target instanceof Element ? event.target.closest("[role=option]") : null
    if (found instanceof HTMLElement) go(found, event.ctrlKey || event.metaKey)
  })

  // A page that comes back with Back has no list open, whose next Enter would lead away.
  addEventListener("pagehide", close)
  addEventListener("popstate", close)

  openSearch().catch(() => {}) // it is wanted soon; what fails is said when something is typed
  // What was typed before this was loaded; what the address has is answered already.
  if (text() !== readAddress(location.search).query.trim()) typed()
}
