/** The query language, as docs and help have it. */
import assert from "node:assert/strict"
import { test } from "node:test"
import { MOST_LETTERS, MOST_PARTS, parseQuery, textOf } from "../../docs/assets/javascripts/search/engine/query.js"
import { HOSTILE, randomness, randomQuery } from "./random.mjs"

/** A query in short: clauses between spaces, options between bars, a minus before what is not wanted. */
/** @param {string} typed */
function short(typed) {
  const { clauses } = parseQuery(typed)
  return clauses
    .map(({ options }) =>
      options
        .map(({ negated, field, kind, words, value, compound }) => {
          const what = kind === "name" ? value : kind === "pattern" ? words.join("&") : words.join("+")
          return `${negated ? "-" : ""}${field ? `${field}:` : ""}${what}${compound ? `=${compound}` : ""}`
        })
        .join("|")
    )
    .join(" ")
}

const notes = (/** @type {string} */ typed) => parseQuery(typed).notes

test("words are looked for one by one, in whatever case and with whatever quotes", () => {
  assert.equal(short("Carers  respite"), "carers respite")
  assert.equal(short("carer’s CARER'S"), "carer carer")
  assert.equal(short("£1.50, #2035"), "1.50 2035")
})

test("words between quotation marks, straight or curly, are a phrase", () => {
  assert.equal(short('"sign language"'), "sign+language")
  assert.equal(short("“sign language” talking"), "sign+language talking")
  assert.equal(short('one"two three"four'), "one two+three four")
})

test("a phrase that is not closed goes to the end, and a note says so", () => {
  assert.equal(short('talking "sign language'), "talking sign+language")
  assert.equal(notes('talking "sign language').length, 1)
})

test("a dash or NOT before a word, phrase or field takes it away", () => {
  assert.equal(short("carers -unpaid"), "carers -unpaid")
  assert.equal(short("carers −“young carers”"), "carers -young+carers")
  assert.equal(short("carers –score:2"), "carers -score:2")
  assert.equal(short("carers NOT unpaid staff"), "carers -unpaid staff")
})

test("a dash by itself, and one inside a word, take nothing away", () => {
  assert.equal(short("carers - unpaid"), "carers unpaid")
  assert.equal(short("co-production"), "co+production=coproduction")
  assert.equal(short("out-of-hours"), "out+of+hours")
})

test("OR joins its neighbours before anything else is joined", () => {
  assert.equal(short("camden BSL OR makaton staff"), "camden bsl|makaton staff")
  assert.equal(short('a1 OR b1 OR "c d"'), "a1|b1|c+d")
  assert.equal(short("a1 OR -b1"), "a1|-b1")
  assert.equal(short("score:4 OR score:3 carers"), "score:4|score:3 carers")
  assert.equal(short("(interpreters OR BSL) camden"), "interpreters|bsl camden")
})

test("or in lower case or in quotation marks is a word like any other", () => {
  assert.equal(short('carers "OR" staff'), "carers or staff")
  assert.equal(short("carers or staff"), "carers or staff")
})

test("OR or NOT without a neighbour is left out, and a note says so", () => {
  for (const typed of ["OR carers", "carers OR", "carers OR OR staff", "carers NOT"]) {
    assert.equal(notes(typed).length, 1, typed)
  }
  assert.equal(short("OR carers"), "carers")
})

test("a star stands for any letters, at the end, at the beginning or inside", () => {
  assert.equal(short("talking mat*"), "talking mat*")
  assert.equal(short("*ability wom*n"), "*ability wom*n")
  assert.equal(short("co-produc*"), "co&produc*")
})

test("a star with fewer than two letters is not looked for, and a note says so", () => {
  assert.equal(short("a* carers"), "carers")
  assert.equal(notes("a* carers").length, 1)
})

test("many stars in one word are a few: each multiplies what there is to try", () => {
  assert.equal(short("*ab*cd*ef*gh*ij*kl"), "*ab*cd*ef*")
})

test("signs without a letter are left out, and a note says so", () => {
  for (const typed of ["???", "£", "😀", "* ~ ^"]) {
    assert.equal(short(typed), "")
    assert.equal(notes(typed).length, 1, typed)
  }
  assert.match(notes("???")[0], /no word to look for in “\?\?\?”/)
  assert.deepEqual(notes("  "), [])
})

test("brackets do not work, and a note says so; they are no part of what was typed", () => {
  const parsed = parseQuery("carers -(young OR staff)")
  assert.match(parsed.notes[0], /Brackets do not work here/)
  assert.equal(parsed.clauses.at(-1)?.options.at(-1)?.typed, "staff")
  assert.deepEqual(notes("accident (s"), [])
})

test("a field takes a word or a phrase; names of fields may be in any case", () => {
  assert.equal(short("heading:access"), "heading:access")
  assert.equal(short('Text:"sign language"'), "text:sign+language")
  assert.equal(short('authority:"kensington and chelsea"'), "authority:kensington and chelsea")
  assert.equal(short('council:"kensington and chelsea" Council: camden'), "authority:kensington and chelsea authority:camden")
  assert.equal(short("score:>=3 year:2024-2025"), "score:>=3 year:2024-2025")
})

test("a field that does not exist is plain words, and a note says so", () => {
  assert.equal(short("town:camden"), "town camden")
  assert.match(notes("town:camden")[0], /no field called “town”/)
  assert.equal(short("at 10:30"), "at 10+30")
  assert.deepEqual(notes("at 10:30"), [])
})

test("a part knows where it was typed, its sign included", () => {
  const parsed = parseQuery("carers NOT “young carers” BSL OR makaton -score:4")
  const texts = parsed.clauses.map((clause) => textOf(parsed, [clause]))
  assert.deepEqual(texts, ["carers", "NOT “young carers”", "BSL OR makaton", "-score:4"])
})

test("a query without some of its parts reads as the others were typed", () => {
  const parsed = parseQuery("carers   -unpaid camden")
  assert.equal(textOf(parsed, [parsed.clauses[0], parsed.clauses[2]]), "carers camden")
})

test("a very long query is cut at a word, and a note says so", () => {
  const parsed = parseQuery("carers ".repeat(500))
  assert.ok(parsed.text.length <= MOST_LETTERS)
  assert.ok(parsed.clauses.length <= MOST_PARTS)
  assert.equal(parsed.notes.length, 2)
})

test("nothing that can be typed throws, and all parts are where they say", () => {
  const random = randomness(3)
  for (const typed of [...HOSTILE, ...Array.from({ length: 4000 }, () => randomQuery(random))]) {
    const parsed = parseQuery(typed)
    assert.ok(parsed.clauses.length <= MOST_PARTS * 2, JSON.stringify(typed))
    let end = 0
    for (const clause of parsed.clauses) {
      assert.ok(clause.start >= end && clause.end <= parsed.text.length, JSON.stringify(typed))
      assert.ok(clause.options.length > 0)
      end = clause.start
    }
  }
})
