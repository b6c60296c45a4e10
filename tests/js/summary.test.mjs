/** What the page says of a query: whether it asks for scores, and where its words stand. */
import assert from "node:assert/strict"
import { test } from "node:test"
import { asksScores } from "../../docs/assets/javascripts/search/page/asks-scores.js"
import { namedWords } from "../../docs/assets/javascripts/search/page/cards-view.js"
import { partWords } from "../../docs/assets/javascripts/search/page/summary-view.js"

test("scores and ratings by themselves ask for the page of scores", () => {
  for (const query of ["scores", "Ratings", "league table", "councils with a score of 1", "what does a score of 2 mean?", "CQC ratings table", "best rated"]) {
    assert.ok(asksScores(query), query)
  }
})

test("beside any other word they do not, nor do other words without them", () => {
  for (const query of ["", "score 4 equity", "leeds rating", "deprivation score", "rate of referrals", "table", "all councils"]) {
    assert.ok(!asksScores(query), query)
  }
})

test("of a theme's name of several words it is said that they may stand apart, of a word or a phrase not", () => {
  const part = (/** @type {string} */ typed, /** @type {number} */ found, prohibited = false) => ({ typed, found, prohibited })
  const themed = (/** @type {string} */ typed) => ({ typed, labels: [], further: 0, others: 0 })
  const understood = (/** @type {any[]} */ parts, /** @type {any[]} */ themes = []) => /** @type {any} */ ({ parts, themes })
  const [paying, advocacy] = [themed("paying for care"), themed("advocacy")]
  assert.equal(partWords(understood([part("paying for care", 1)], [paying])), "“paying for care”, or its words apart, is in 1 paragraph.")
  assert.equal(partWords(understood([part("paying for care", 0)], [paying])), "“paying for care”, or its words apart, is in no paragraph.")
  assert.equal(partWords(understood([part("advocacy", 2)], [advocacy])), "“advocacy” is in 2 paragraphs.")
  assert.equal(partWords(understood([part("paying for care", 2, true)], [paying])), "“paying for care”, which is left out, is in 2 paragraphs.")
  assert.equal(partWords(understood([part('"paying for care"', 1)])), '"paying for care" is in 1 paragraph.')
})

test("so it is on the card of the theme", () => {
  assert.equal(namedWords({ count: 1, apart: false }, false), " 1 names it.")
  assert.equal(namedWords({ count: 2, apart: false }, true), " 2 more name it.")
  assert.equal(namedWords({ count: 1, apart: true }, true), " 1 more names it or has your words apart.")
  assert.equal(namedWords({ count: 3, apart: true }, false), " 3 name it or have your words apart.")
  assert.equal(namedWords({ count: 0, apart: true }, true), "")
})
