/** The page's outline: open where it stands beside the text, and showing which part is being read. */
import { anchorOf } from "./anchor.js"

const BESIDE = "(min-width: 76.25em)" // as in frame.css

export function outline() {
  const list = document.getElementById("outline")
  if (!(list instanceof HTMLDetailsElement)) return
  list.open = matchMedia(BESIDE).matches
  document.documentElement.classList.add("ready")

  /** Each heading, and the link that leads to it. @type {Map<Element, Element>} */
  const links = new Map()
  for (const link of list.querySelectorAll("a")) {
    const heading = document.getElementById(anchorOf(link.hash))
    if (heading) links.set(heading, link)
  }
  const headings = [...links.keys()]
  const show = () => {
    const read = headings.findLast((it) => it.getBoundingClientRect().top < innerHeight / 4)
    for (const [heading, link] of links) link.classList.toggle("outline__read", heading === read)
  }
  let asked = 0
  addEventListener("scroll", () => (asked ||= requestAnimationFrame(() => ((asked = 0), show()))), { passive: true })
  show()
}
