/**
 * A map of hexagons is one stop for Tab; arrow keys go from council to council, to the nearest in that direction, Home and
 * End to the first and last by name. Without this each hexagon is a stop, and a link leads past them.
 */

/** How much further a step to the side counts than one straight on. */
const ASIDE = 2

/** Where each arrow leads: along x, along y. @type {Record<string, [number, number]>} */
const ARROWS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] }

export function hexagons() {
  document.querySelectorAll("svg.hexagons").forEach(oneStop)
}

/** @param {Element} map */
function oneStop(map) {
  const places = [...map.querySelectorAll("a")].map((link) => {
    const shape = link.querySelector("use")
    return { link, x: Number(shape?.getAttribute("x")), y: Number(shape?.getAttribute("y")) }
  })
  if (!places.length) return
  let here = places.find(({ link }) => link.classList.contains("own")) ?? places[0]
  const stopAt = (/** @type {typeof here} */ place) => {
    here = place
    for (const { link } of places) link.setAttribute("tabindex", link === here.link ? "0" : "-1")
  }
  stopAt(here)
  // Chromium would make the map itself a stop for Tab if it listened to what has the focus.
  const around = map.parentElement ?? map
  around.addEventListener("focusin", ({ target }) => {
    const found = places.find(({ link }) => link === target)
    if (found) stopAt(found)
  })
  map.addEventListener("keydown", (event) => {
    if (!(event instanceof KeyboardEvent) || event.altKey || event.ctrlKey || event.metaKey) return
    const next = event.key === "Home" ? places[0] : event.key === "End" ? places.at(-1) : nearest(here, places, event.key)
    if (!next) return
    event.preventDefault()
    next.link.focus()
  })
}

/**
 * The place that is nearest in an arrow's direction, if any is.
 *
 * @template {{ x: number, y: number }} Place
 * @param {Place} from @param {Place[]} places @param {string} key
 */
export function nearest(from, places, key) {
  const [along, down] = ARROWS[key] ?? [0, 0]
  /** @type {Place | undefined} */
  let found
  let least = Infinity
  for (const place of places) {
    const [right, low] = [place.x - from.x, place.y - from.y]
    const ahead = right * along + low * down
    const aside = Math.abs(right * down) + Math.abs(low * along)
    if (ahead > 0 && aside <= 2 * ahead && ahead + ASIDE * aside < least) [found, least] = [place, ahead + ASIDE * aside]
  }
  return found
}
