/** A quotation beside the text that is nearest to it: what is the same, what was typed, what stands there instead. */
import assert from "node:assert/strict"
import { test } from "node:test"
import { compare } from "../../docs/assets/javascripts/search/engine/quotation.js"
import { wordsOf } from "../../docs/assets/javascripts/search/engine/words.js"
import { randomness } from "./random.mjs"

const TEXT = "Boats were late in winter. People told us they’d waited for 12 weeks, and nobody in Anytown had said why."

/** The pieces on one line: words typed and not there in [-…-], words there and not typed in {+…+}. @param {string} typed @param {string} [text] */
const shown = (typed, text = TEXT) =>
  compare(typed, text).pieces
    .map(({ same, typed: own, text: its }) => (same ? its : `${own && `[-${own}-]`}${its && `{+${its}+}`}`))
    .join(" ")

test("words that stand instead of others, are missing, or stand there besides are told apart", () => {
  assert.equal(shown("people said they'd waited for 12 weeks"), "People [-said-]{+told us+} they’d waited for 12 weeks")
  assert.equal(shown("people told us they had waited for weeks"), "People told us [-they had-]{+they’d+} waited for {+12+} weeks")
  assert.equal(shown("nobody in the town of Anytown had said why"), "nobody in [-the town of-] Anytown had said why")
})

test("the first and the last word may be other ones, and whole sentences may be left out between", () => {
  assert.equal(shown("Ships were late in summer"), "[-Ships-]{+Boats+} were late in [-summer-]{+winter+}")
  assert.equal(
    shown("people told us … nobody in Anytown had said why"),
    "People told us {+they’d waited for 12 weeks, and+} nobody in Anytown had said why",
  )
})

test("capitals, accents and signs are no difference, forms of a word are", () => {
  assert.equal(shown("“BOATS, wére late in winter.”"), "Boats were late in winter")
  assert.equal(shown("boat were late in winter"), "[-boat-]{+Boats+} were late in winter")
})

test("whatever is compared, the pieces are the words typed and a stretch of the text, and no stretch shares them cheaper", () => {
  const random = randomness(14)
  const some = (/** @type {number} */ most) => Array.from({ length: random.below(most) }, () => random.pick(["a1", "b1", "c1", "d1"])).join(" ")
  for (let turn = 0; turn < 300; turn += 1) {
    const [typed, text] = [some(7), some(9)]
    const { pieces, cost, shared } = compare(typed, text)
    assert.equal(pieces.map((piece) => piece.typed).filter(Boolean).join(" "), typed)
    assert.ok(text.includes(pieces.map((piece) => piece.text).filter(Boolean).join(" ")))
    assert.ok(pieces.every((piece) => !piece.same || piece.typed === piece.text))
    assert.equal(shared, pieces.filter(({ same }) => same).flatMap((piece) => wordsOf(piece.text)).length)
    assert.equal(cost, leastCost(wordsOf(typed), wordsOf(text)), `${typed} | ${text}`)
  }
})

/** The least cost by the plainest way: every stretch, every way to walk through both. @param {string[]} typed @param {string[]} text */
function leastCost(typed, text) {
  /** @type {(own: string[], its: string[]) => number} */
  const walk = (own, its) => {
    if (!own.length) return its.length * 0.25
    if (!its.length) return own.length
    const both = walk(own.slice(1), its.slice(1)) + (own[0] === its[0] ? 0 : 1)
    return Math.min(both, walk(own.slice(1), its) + 1, walk(own, its.slice(1)) + 0.25)
  }
  let least = typed.length
  for (let from = 0; from < text.length; from += 1) {
    for (let to = from + 1; to <= text.length; to += 1) least = Math.min(least, walk(typed, text.slice(from, to)))
  }
  return least
}
