/**
 * Fills in what a link to report a problem leaves out to keep pages small: the passage's words and the page's address.
 * The link works without: it names the passage by its id.
 */
const LONGEST = 100 // as in build_scripts/pages/frame/github_links.py

export function problems() {
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
