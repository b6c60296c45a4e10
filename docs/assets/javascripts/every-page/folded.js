/** Opens whatever is folded around the place that the address leads to, or below that heading, and around words that were looked for. */
import { anchorOf } from "./anchor.js"

export function folds() {
  const open = () => {
    const place = document.getElementById(anchorOf(location.hash))
    const below = place?.nextElementSibling
    /** @type {Element | null | undefined} */
    let fold = below?.matches(".fold:not([open])") ? below : place?.closest("details:not([open])")
    if (!fold) return
    for (; fold; fold = fold.parentElement?.closest("details:not([open])")) fold.setAttribute("open", "")
    place?.scrollIntoView()
  }
  open()
  addEventListener("hashchange", open)
  addEventListener("beforematch", ({ target }) => {
    if (target instanceof Element) unfold(target)
  })
}

/** Opens the fold of something that a browser is about to show, since words in it were looked for. @param {Element} found */
function unfold(found) {
  const fold = found.closest("tbody")?.querySelector(".fold") ?? found.previousElementSibling
  if (!fold?.classList.contains("fold")) return
  fold.setAttribute("open", "")
  // The browser takes the mark away: without it the fold would never close again.
  setTimeout(() => found.setAttribute("hidden", "until-found"))
}
