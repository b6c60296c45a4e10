/**
 * Mends the keyboard of the theme's search: Tab goes through the results instead of closing them, Escape returns to the box,
 * and leaving the search closes it. The theme keeps the open state in a checkbox and listens for keys on the window.
 */
export function search() {
  const box = document.querySelector(".search")
  const input = box?.querySelector("input")
  const open = document.getElementById("__search")
  const results = box?.querySelector(".md-search-result__list")
  if (!box || !input || !open || !results) return

  const close = () => {
    if (open.checked) open.click()
  }

  // The engine makes its links unreachable by Tab.
  new MutationObserver(() => {
    for (const link of results.querySelectorAll("[tabindex='-1']")) link.removeAttribute("tabindex")
  }).observe(results, { childList: true, subtree: true })

  box.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && open.checked) {
      event.preventDefault() // the browser would empty the box as well
      close()
      input.focus()
    }
    const moving = event.key === "ArrowUp" || event.key === "ArrowDown"
    if (event.key === "Tab" || event.key === "Escape" || (event.target !== input && !moving)) event.stopPropagation()
  })
  input.addEventListener("input", () => {
    if (input.value && !open.checked) open.click()
  })
  box.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !box.contains(event.relatedTarget)) close()
  })
  document.addEventListener("pointerdown", (event) => {
    if (!box.contains(event.target)) close()
  })
}
