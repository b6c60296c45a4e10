/** Opens whatever is folded around the place that the address leads to. Newer browsers do so themselves. */
export function folded() {
  const open = () => {
    let place
    try {
      place = document.getElementById(decodeURIComponent(location.hash.slice(1)))
    } catch {
      return // the anchor is no text
    }
    let inside = place?.closest("details:not([open])")
    if (!inside) return
    for (; inside; inside = inside.parentElement?.closest("details:not([open])")) inside.setAttribute("open", "")
    place?.scrollIntoView()
  }
  open()
  addEventListener("hashchange", open)
}
