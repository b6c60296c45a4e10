/**
 * Marks the words of the address in the passage that it leads to: `?mark=sign+language#p-1f3c9a2e`. The words come from a
 * search, or from anybody: they are only looked for, and words that do not stand there are not shown.
 */
import { make } from "../make.js"
import { counted } from "../wording.js"
import { anchorOf } from "./anchor.js"

const MOST = 20
const LONGEST = 100

/** A pattern of the words, whatever quotes, dashes and spaces are between them. @param {string[]} words */
function pattern(words) {
  const one = (/** @type {string} */ text) =>
    text
      .replace(/[.*+?^${}()|[\]\\/]/g, "\\$&")
      .replace(/['‘’]/g, "['‘’]")
      .replace(/["“”]/g, '["“”]')
      .replace(/[-‐‑–—]/g, "[-‐‑–—]")
      .replace(/\s+/g, "\\s+")
  const longestFirst = [...words].sort((a, b) => b.length - a.length)
  return new RegExp(`(?<![\\p{L}\\p{N}])(?:${longestFirst.map(one).join("|")})(?![\\p{L}\\p{N}])`, "giu")
}

/**
 * Marks what the pattern finds in a block, across the nodes that it is made of; returns how often.
 *
 * @param {Element} block @param {RegExp} wanted
 */
function markBlock(block, wanted) {
  const found = [...(block.textContent ?? "").matchAll(wanted)].map((it) => [it.index, it.index + it[0].length])
  const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT)
  /** @type {Text[]} */
  const nodes = []
  while (walker.nextNode()) nodes.push(/** @type {Text} */ (walker.currentNode))
  let start = 0
  for (const node of nodes) {
    const { length } = node
    // From the last to the first, so that what is still to be cut keeps its place.
    for (const [from, to] of [...found].reverse()) {
      const [first, last] = [Math.max(from - start, 0), Math.min(to - start, length)]
      if (first >= last) continue
      const part = node.splitText(first)
      part.splitText(last - first)
      const mark = make("mark", { className: "looked-for" })
      part.replaceWith(mark)
      mark.append(part)
    }
    start += length
  }
  return found.length
}

export function mark() {
  const given = new URLSearchParams(location.search).getAll("mark")
  const words = [...new Set(given.map((each) => each.trim().slice(0, LONGEST)).filter(Boolean))].slice(0, MOST)
  const id = anchorOf(location.hash)
  if (!words.length || !id) return
  // The anchor is the passage, or stands in it: a passage that was reworded keeps its old ids so.
  const passage = document.getElementById(id)?.closest(".passage")
  if (!passage) {
    const gone = "The paragraph of this link is not on this page: its words may have changed since."
    document.querySelector("h1")?.after(make("p", { className: "marked-note" }, gone))
    return
  }
  const wanted = pattern(words)
  const blocks = passage.querySelectorAll(":scope > p:not(.correction), :scope > :is(ul, ol) > li")
  const number = [...blocks].reduce((sum, block) => sum + markBlock(block, wanted), 0)
  const said = number
    ? `Words of your search are marked here: ${counted(number, "place")}.`
    : "The words of your search do not stand in this paragraph as they were typed: it was found by its heading, its themes, or an abbreviation or its full form."
  const address = new URL(location.href)
  address.searchParams.delete("mark")
  const remove = make("a", { href: address.href }, number ? "Remove the marks" : "Close")
  // Below the old ids, so that it is in sight whichever of them the page is opened at.
  const first = passage.querySelector(":scope > :not(.retired)")
  first?.before(make("p", { className: "marked-note" }, said, " ", remove))
}
