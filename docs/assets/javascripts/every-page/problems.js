/**
 * Fills in what a link to report a problem leaves out to keep pages small: which paragraph it is about, for those who hear
 * links alone, and when it is followed the passage's words and the page's address. It works without: it has the passage's id.
 */
import { unseen } from "../make.js"

const LONGEST = 100 // as in build_scripts/pages/frame/github_links.py

export function problems() {
  for (const link of document.querySelectorAll("a.problem")) {
    const place = link.closest(".passage")?.querySelector(".permalink")?.textContent
    if (place) link.append(unseen(`, ${place.replace("Paragraph", "paragraph")}`))
  }
  // Before the link is followed, in whatever way: by mouse, finger, keyboard, or into a new tab.
  for (const kind of ["pointerdown", "focusin", "click"]) document.addEventListener(kind, complete)
}

/** @param {Event} event */
function complete({ target }) {
  const link = target instanceof Element && target.closest("a.problem")
  const passage = link && link.closest(".passage")
  if (!(link instanceof HTMLAnchorElement) || !passage) return
  const address = new URL(link.href)
  if (address.origin === location.origin) return // no form: this copy does not know its project
  const place = passage.querySelector(".permalink")
  if (place instanceof HTMLAnchorElement) address.searchParams.set("page", place.href)
  if (!address.searchParams.has("words")) address.searchParams.set("words", wordsOf(passage))
  link.href = address.href
}

/** @param {Element} passage */
function wordsOf(passage) {
  const parts = [...passage.children].filter((it) => it.matches("p:not(.correction, .compare-heading), ul"))
  const words = parts.map((it) => it.textContent).join(" ").replace(/\s+/g, " ").trim()
  return words.length <= LONGEST ? words : `${words.slice(0, LONGEST).replace(/ [^ ]*$/, "")} …`
}
