/** The menu button of narrow screens: shows and hides the list of sections, Escape closes it and returns the focus. */
export function menu() {
  /** @type {HTMLElement | null} */
  const button = document.querySelector(".menu-button")
  const list = document.getElementById("site-menu")
  if (!button || !list) return

  const show = (/** @type {boolean} */ open) => {
    button.setAttribute("aria-expanded", String(open))
    list.classList.toggle("site-menu--open", open)
  }
  const isOpen = () => button.getAttribute("aria-expanded") === "true"

  button.addEventListener("click", () => show(!isOpen()))
  for (const part of [button, list])
    part.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !isOpen()) return
      show(false)
      button.focus()
    })
}
