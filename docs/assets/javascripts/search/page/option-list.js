/**
 * The list of an ARIA 1.2 combobox: the focus stays in the box above it, to which the active option is named.
 *
 * @param {HTMLInputElement} input @param {HTMLElement} popup
 */
export function optionList(input, popup) {
  /** @type {HTMLElement[]} */
  let options = []
  let active = -1

  /** @param {boolean} open */
  function show(open) {
    input.setAttribute("aria-expanded", String(open))
    popup.hidden = !open
    if (!open) activate(-1)
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

  // The focus stays in the box, so that its list is not closed before it is clicked.
  popup.addEventListener("mousedown", (event) => event.preventDefault())

  return {
    show,
    activate,
    /** @returns {HTMLElement | undefined} */
    active: () => options[active],

    /**
     * Shows other options, of which the one is active that leads where the active one led.
     * @param {HTMLElement[]} parts  what has them @param {boolean} more  whether some are still to come
     */
    fill(parts, more) {
      const held = options[active]?.dataset.href
      popup.replaceChildren(...parts)
      popup.setAttribute("aria-busy", String(more))
      options = [.../** @type {NodeListOf<HTMLElement>} */ (popup.querySelectorAll("[role=option]"))]
      options.forEach((it, place) => (it.id = `finder-option-${place}`))
      active = -1
      activate(options.findIndex((it) => it.dataset.href === held))
      show(true)
    },

    /** Goes where a key leads, if it leads anywhere. @param {string} key */
    follow(key) {
      const end = options.length - 1
      // One step beyond either end is the box itself.
      if (key === "ArrowDown") activate(active < end ? active + 1 : -1)
      else if (key === "ArrowUp") activate(active < 0 ? end : active - 1)
      else if (active < 0 || (key !== "Home" && key !== "End")) return false
      else activate(key === "Home" ? 0 : end)
      return true
    },
  }
}
