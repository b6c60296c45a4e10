/** What every page runs. Each part works by itself and leaves a page that reads without it. */

import { folds } from "./folded.js"
import { hexagons } from "./hexagons.js"
import { menu } from "./menu.js"
import { outline } from "./outline.js"
import { problems } from "./problems.js"
import { scheme } from "./scheme.js"
import { tables } from "./tables.js"
import { cite } from "../cite.js"

for (const part of [folds, hexagons, cite, menu, outline, problems, scheme, tables]) {
  try {
    part()
  } catch (error) {
    reportError(error) // as if nobody had caught it, and the parts after it run
  }
}

// Nothing of the search is loaded before somebody turns to its box.
/** @param {HTMLFormElement} finder */
function openWhenFocused(finder) {
  const listen = () => finder.addEventListener("focusin", open, { once: true })
  const open = () =>
    import("../search/page/box.js")
      .then(({ box }) => box(finder))
      .catch(listen) // the form works all the same; the next focus tries again
  if (finder.contains(document.activeElement)) open()
  else listen()
}
const finder = document.querySelector(".finder")
if (finder instanceof HTMLFormElement) openWhenFocused(finder)

if (location.search.includes("mark=")) import("./mark.js").then(({ mark }) => mark())
