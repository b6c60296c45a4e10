/**
 * Suggestions for what is typed: asked for a moment after the last key, shown while they are still wanted, then spoken of.
 *
 * @import { Suggestions } from "../types.js"
 */
import { isAbort } from "../trouble.js"
import { openSearch } from "./open.js"
import { suggestionParts, suggestionWords } from "./suggestions-view.js"

/** How long after the last key something is asked for, and how much later it is said how much was found. */
const ASK_PAUSE = 120
const SAY_PAUSE = 800

/**
 * @param {HTMLInputElement} input
 * @param {ReturnType<typeof import("./option-list.js").optionList>} list
 * @param {HTMLElement} status   what tells those who hear the page
 */
export function suggesting(input, list, status) {
  let pausing = 0
  let saying = 0
  let shownFor = ""
  /** Counts what makes suggestions under way unwanted: a newer text, a list that was closed. */
  let turn = 0

  const text = () => input.value.trim()

  function drop() {
    turn += 1
    clearTimeout(pausing)
    clearTimeout(saying)
  }

  function close() {
    drop()
    status.textContent = ""
    list.show(false)
  }

  function typed() {
    drop()
    list.activate(-1)
    if (!text()) return close()
    pausing = window.setTimeout(suggest, ASK_PAUSE)
  }

  /** Opens the list again, with what it had where that is for this text. */
  function reopen() {
    if (shownFor === text()) list.show(true)
    else suggest()
  }

  async function suggest() {
    const asked = text()
    if (!asked) return close()
    const mine = (turn += 1)
    const wanted = () => mine === turn && text() === asked && document.activeElement === input
    const early = (/** @type {Suggestions["names"]} */ names) => {
      if (wanted() && names.length) fill({ names, passages: [], total: 0 }, asked, true)
    }
    try {
      const found = await (await openSearch()).suggest(asked, early)
      if (!wanted()) return
      fill(found, asked, false)
      say(suggestionWords(found))
    } catch (error) {
      if (mine !== turn || isAbort(error)) return
      close()
      say("Suggestions could not be loaded. Press Enter to search.")
    }
  }

  /** @param {Suggestions} found @param {string} asked @param {boolean} more  whether passages are still to come */
  function fill(found, asked, more) {
    list.fill(suggestionParts(found, asked), more)
    shownFor = asked
  }

  /** @param {string} words */
  function say(words) {
    clearTimeout(saying)
    saying = window.setTimeout(() => (status.textContent = words), SAY_PAUSE)
  }

  return { text, close, typed, reopen }
}
