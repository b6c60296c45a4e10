/** Likely spellings. */
import assert from "node:assert/strict"
import { test } from "node:test"
import { distance, respell, rewrite } from "../../docs/assets/javascripts/search/engine/spelling.js"
import { randomness } from "./random.mjs"

/** The same by the definition, without a bound. */
/** @param {string} one @param {string} other */
function plainly(one, other) {
  const table = Array.from(
    { length: one.length + 1 },
    (_, i) => Array.from({ length: other.length + 1 }, (_, j) => (i ? (j ? 0 : i) : j)),
  )
  for (let i = 1; i <= one.length; i += 1) {
    for (let j = 1; j <= other.length; j += 1) {
      const changed = table[i - 1][j - 1] + (one[i - 1] === other[j - 1] ? 0 : 1)
      table[i][j] = Math.min(table[i - 1][j] + 1, table[i][j - 1] + 1, changed)
      const swapped = i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]
      if (swapped) table[i][j] = Math.min(table[i][j], table[i - 2][j - 2] + 1)
    }
  }
  return table[one.length][other.length]
}

test("the distance is that of its definition, up to its bound", () => {
  const random = randomness(5)
  for (let turn = 0; turn < 3000; turn += 1) {
    const word = () => Array.from({ length: random.below(8) }, () => random.pick("abc")).join("")
    const [one, other] = [word(), word()]
    for (const most of [0, 1, 2, 3]) {
      assert.equal(distance(one, other, most), Math.min(plainly(one, other), most + 1), `${one} ${other} ${most}`)
    }
  }
})

const stem = (/** @type {string} */ word) => word.replace(/(?:s|ed)$/, "")
const vocabulary = {
  words: ["carers", "carer", "interpreter", "interpreters", "interpret", "language", "care", "cared", "core", "staff"],
  counts: [50, 30, 9, 4, 2, 20, 80, 3, 1, 60],
}

test("the nearest word is likeliest, then the commonest", () => {
  assert.equal(respell("interpretor", vocabulary, stem), "interpreter")
  assert.equal(respell("langauge", vocabulary, stem), "language")
  assert.equal(respell("carrers", vocabulary, stem), "carers")
  assert.equal(respell("carex", vocabulary, stem), "care")
})

test("another letter in a word of four is another word", () => {
  assert.equal(respell("cafe", vocabulary, stem), null)
  assert.equal(respell("staf", vocabulary, stem), "staff")
})

test("the first letter is not mistyped beside another slip", () => {
  assert.equal(respell("hereford", { words: ["therefore"], counts: [9] }, stem), null)
  assert.equal(respell("tanguage", vocabulary, stem), "language")
})

test("of words as near and common, one with the same first letter is likelier", () => {
  assert.equal(respell("bandage", { words: ["handage", "bondage"], counts: [9, 1] }, stem), "bondage")
})

test("of words as near, one in the same number is likelier than a commoner one", () => {
  assert.equal(respell("carerz", { words: ["carers", "carer"], counts: [9, 1] }, stem), "carer")
  assert.equal(respell("caers", { words: ["carer", "carers"], counts: [9, 1] }, stem), "carers")
})

test("a form of a known word is no misspelling, nor is its opposite", () => {
  assert.equal(respell("carered", { words: ["carer"], counts: [9] }, stem), null)
  assert.equal(respell("inadequate", { words: ["adequate"], counts: [9] }, stem), null)
  assert.equal(respell("adequate", { words: ["inadequate"], counts: [9] }, stem), null)
  assert.equal(respell("unpaid", { words: ["paid"], counts: [9] }, stem), null)
})

test("a short word keeps its first letter", () => {
  assert.equal(respell("cent", { words: ["went", "rent"], counts: [9, 9] }, stem), null)
})

test("short words, numbers and strange ones get no suggestion", () => {
  for (const word of ["cre", "2035", "zzzzzzzz", "", "__proto__", "a".repeat(5000)]) {
    assert.equal(respell(word, vocabulary, stem), null, word)
  }
})

test("words are put where the old ones stood, and all else stays", () => {
  const changes = [{ start: 0, end: 11, word: "interpreter" }, { start: 19, end: 26, word: "camden" }]
  assert.equal(rewrite("interpretor -deaf  cambden OR", changes), "interpreter -deaf  camden OR")
})
