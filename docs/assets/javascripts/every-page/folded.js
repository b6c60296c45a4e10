/** Opens whatever is folded around the place that the address leads to. Newer browsers do so themselves. */
import { anchorOf } from "./anchor.js"

export function folded() {
  const open = () => {
    const place = document.getElementById(anchorOf(location.hash))
    let inside = place?.closest("details:not([open])")
    if (!inside) return
    for (; inside; inside = inside.parentElement?.closest("details:not([open])")) inside.setAttribute("open", "")
    place?.scrollIntoView()
  }
  open()
  addEventListener("hashchange", open)
}
