/** What is marked in a text. */
import assert from "node:assert/strict"
import { test } from "node:test"
import { markText, sought } from "../../docs/assets/javascripts/search/engine/marks.js"

const stem = (/** @type {string} */ word) => (["the", "of"].includes(word) ? null : word.replace(/(ers|er|s)$/, ""))
const words = (/** @type {string[]} */ ...list) => ({ kind: "words", words: list })
/** @param {string} text @param {...{ kind: string, words: string[], compound?: string }} atoms */
const marked = (text, ...atoms) => {
  const { marks } = markText(text, sought(atoms, stem), stem)
  return marks.map(([start, end]) => text.slice(start, end))
}

test("a word is marked in every form that it is found by", () => {
  assert.deepEqual(marked("The carer told other carers’ tales.", words("carers")), ["carer", "carers"])
})

test("a phrase is marked where it stands, its words elsewhere are not", () => {
  assert.deepEqual(marked("Sign language; a sign, a language. SIGN-LANGUAGES", words("sign", "language")), [
    "Sign language",
    "SIGN-LANGUAGES",
  ])
})

test("common words are marked inside a phrase only", () => {
  assert.deepEqual(marked("Out of hours, of all hours", words("out", "of", "hours")), ["Out of hours"])
  assert.deepEqual(marked("of the", words("of")), [])
})

test("a star is marked to the end of the word", () => {
  assert.deepEqual(marked("Talking Mats and a mat", { kind: "pattern", words: ["mat*"] }), ["Mats", "mat"])
  assert.deepEqual(marked("ability, disability, able", { kind: "pattern", words: ["*ability"] }), [
    "ability",
    "disability",
  ])
})

test("marks are in order and apart, and the words that were marked are told once", () => {
  const text = "Sign language, sign language"
  const { marks, markWords } = markText(
    text,
    sought([words("sign", "language"), words("language"), words("sign")], stem),
    stem,
  )
  assert.deepEqual(marks, [[0, 13], [15, 28]])
  assert.deepEqual(markWords, ["sign language"])
})

test("a hyphened word is marked whole", () => {
  assert.deepEqual(
    marked("Good co-production here", { kind: "words", words: ["co", "production"], compound: "coproduction" }),
    ["co-production"],
  )
})

test("letters that are signs elsewhere are letters in a star's word", () => {
  assert.deepEqual(marked("a.c abc", { kind: "pattern", words: ["a.*"] }), [])
})

test("a common word is not marked for a word whose stem it is", () => {
  const cut = (/** @type {string} */ word) => (word === "us" ? null : word.replace(/ed$/, ""))
  const { marks } = markText("They told us what they used", sought([words("used")], cut), cut)
  assert.deepEqual(marks, [[23, 27]])
})
