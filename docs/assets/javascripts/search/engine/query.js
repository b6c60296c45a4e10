/**
 * The query language: text as typed to clauses. Nothing here throws, whatever is typed: what cannot be understood is
 * taken as plain words, and a note says so.
 *
 *     carers respite              both words
 *     "talking mats"              these words, next to one another
 *     -unpaid  NOT unpaid         not this word (or phrase, or field)
 *     BSL OR Makaton              either; OR binds what stands on either side of it before anything else does, so
 *                                 `camden BSL OR Makaton` is camden and (BSL or Makaton)
 *     talk*  *ability  wom*n      any letters in place of the star
 *     heading:access              in one field; values of several words in quotes: council:"kensington and chelsea"
 *     score:4  score:3-4  score:>=3  year:2024  theme:interpretation  rating:good  -region:london
 */
import { tokens } from "./words.js"

/** Longer queries are cut here; a reader's question has some fifty letters. */
export const MOST_LETTERS = 600
/** Words, phrases and fields beyond these are left out: each costs a file. */
export const MOST_PARTS = 24

/** Fields of the index that a reader can name; the names of the others come from the catalogue. */
const TEXT_FIELDS = Object.freeze(["text", "heading"])
const NAME_FIELDS = Object.freeze([
  "authority",
  "statement",
  "theme",
  "voice",
  "score",
  "rating",
  "region",
  "type",
  "year",
])
/** Other words for these. @type {Record<string, string>} */
const ALIASES = { council: "authority" }

/**
 * @typedef {object} Atom           what is looked for
 * @property {"words" | "pattern" | "name"} kind  `words` stand next to one another where there are several; `pattern` has stars
 * @property {string[]} words       folded words, or patterns
 * @property {string} compound      two words with a hyphen between them as one, as the index has them too; else ""
 * @property {string} field         "" is anywhere; else a text field, or for `name` the field whose names are meant
 * @property {string} value         for `name`: the value as typed
 * @property {boolean} negated
 * @property {boolean} bare         words typed without quotes, field, sign or star
 * @property {boolean} plain        one such word by itself
 * @property {string} typed         as typed, without its sign
 * @property {number} start         where it stands in the text, its sign included
 * @property {number} end
 *
 * @typedef {object} Clause         all clauses must hold; a clause holds where one of its options does
 * @property {Atom[]} options
 * @property {string} typed
 * @property {number} start
 * @property {number} end
 *
 * @typedef {object} Parsed
 * @property {string} text          what was parsed: the text as typed, or its beginning
 * @property {Clause[]} clauses
 * @property {string[]} notes
 */

const SPACE = /\s/u
const QUOTES = /["“”„‟«»]/u
const SIGN = /[-−–—]/u
/** Signs that stand for a space, or for `and`, between words; `&` is part of a name. */
const PARTING = /[/;+,|]/u
const BRACKET = /(?:^|\s)[-−–—+]?\((?=.*\))/su
/** Stars within a word beyond these are taken as one: each multiplies what there is to try. */
const MOST_STARS = 4
const FIELD = /^(\p{L}+)[:：](?=\S)/u
/** A field whose value comes after a space. */
const APART = new RegExp(`(?<![\\p{L}\\p{N}])(${[...NAME_FIELDS, ...Object.keys(ALIASES), ...TEXT_FIELDS].join("|")})[:：][ \\t]+(?=\\S)`, "giu")

/**
 * Reads a query.
 * @param {string} typed
 * @returns {Parsed}
 */
export function parseQuery(typed) {
  /** @type {string[]} */
  const notes = []
  let text = withoutDots(typed.normalize("NFC")).replaceAll(APART, "$1:")
  if (text.length > MOST_LETTERS) {
    text = text.slice(0, MOST_LETTERS).replace(/\S*$/u, "") || text.slice(0, MOST_LETTERS)
    notes.push(`Only the first ${MOST_LETTERS} letters of the query were looked for.`)
  }
  const { items, over } = readItems(text, notes)
  if (over) notes.push(`Only the first ${MOST_PARTS} words and phrases were looked for.`)
  if (BRACKET.test(text)) notes.push("Brackets do not work here, so the words in them were taken one by one.")
  const clauses = join(withoutPerCent(items), text, notes)
  const about = text.trim()
  if (about && !clauses.length && !notes.length) {
    notes.push(`There is no word to look for in “${about.slice(0, 40)}”, so it was left out.`)
  }
  return { text, clauses, notes }
}

/** `57 per cent` without what % stands for: no word of a text has it. @param {Item[]} items @returns {Item[]} */
function withoutPerCent(items) {
  const word = (/** @type {number} */ at) => {
    const item = items[at]
    return item && "plain" in item && item.plain ? item.words[0] : ""
  }
  const isNumber = (/** @type {number} */ at) => /^[0-9.]+$/u.test(word(at))
  return items.filter((_, at) => {
    if (word(at) === "percent") return !isNumber(at - 1)
    if (word(at) === "per" && word(at + 1) === "cent") return !isNumber(at - 1)
    return !(word(at) === "cent" && word(at - 1) === "per" && isNumber(at - 2))
  })
}

/** Initials with their stops, as what they are without: `N.H.S.`. @param {string} text */
const withoutDots = (text) =>
  text.replaceAll(/(?<![\p{L}\p{N}.])(?:\p{L}\.){2,}\p{L}?(?![\p{L}\p{N}])/gu, (initials) => initials.replaceAll(".", ""))

/**
 * @typedef {{ operator: "OR" | "AND" | "NOT", start: number, end: number } | Atom} Item
 * @param {string} text
 * @param {string[]} notes
 */
function readItems(text, notes) {
  /** @type {Item[]} */
  const items = []
  let at = 0
  let parts = 0
  while (at < text.length) {
    if (SPACE.test(text[at]) || isBetween(text, at)) {
      at += 1
      continue
    }
    if (parts === MOST_PARTS) return { items, over: true }
    const { found, end } = readItem(text, at, notes)
    items.push(...found)
    parts += found.length
    at = end
  }
  return { items, over: false }
}

/**
 * Reads what begins at a place: an operator, a phrase, a field or a word, each perhaps with a sign.
 * @param {string} text
 * @param {number} start
 * @param {string[]} notes
 * @returns {{ found: Item[], end: number }}
 */
function readItem(text, start, notes) {
  let at = start
  while (at < text.length && /[-−–—+(]/u.test(text[at])) at += 1
  const negated = SIGN.test(text.slice(start, at))
  if (at === text.length || SPACE.test(text[at])) return { found: [], end: at } // a dash by itself
  const field = FIELD.exec(text.slice(at, at + 20))
  const inside = at + (field ? field[0].length : 0)
  const value = readValue(text, inside, notes)
  const typed = text.slice(at, value.end).replace(/\)+$/u, "")
  const place = { negated, typed, start, end: value.end }
  if (!field) {
    if (at === start && /^(?:OR|AND|NOT)$/u.test(typed)) {
      const operator = /** @type {"OR" | "AND" | "NOT"} */ (typed)
      return { found: [{ operator, start, end: value.end }], end: value.end }
    }
    return { found: readWords(value, "", place, notes), end: value.end }
  }
  const written = field[1].toLowerCase()
  const name = Object.hasOwn(ALIASES, written) ? ALIASES[written] : written
  if (NAME_FIELDS.includes(name)) {
    /** @type {Atom} */
    const atom = { ...place, kind: "name", words: [], compound: "", field: name, value: value.text, bare: false, plain: false }
    return { found: value.text.trim() ? [atom] : [], end: value.end }
  }
  if (TEXT_FIELDS.includes(name)) return { found: readWords(value, name, place, notes), end: value.end }
  notes.push(`There is no field called “${field[1]}”, so “${typed}” was taken as plain words.`)
  const named = { ...place, typed: field[1], end: at + field[1].length }
  const rest = { ...place, typed: text.slice(inside, value.end), start: inside }
  const first = readWords({ text: field[1], quoted: false, end: named.end }, "", named, notes)
  return { found: [...first, ...readWords(value, "", rest, notes)], end: value.end }
}

/**
 * @typedef {{ text: string, quoted: boolean, end: number }} Value
 * @param {string} text
 * @param {number} start
 * @param {string[]} notes
 * @returns {Value}
 */
function readValue(text, start, notes) {
  if (QUOTES.test(text[start])) {
    let end = start + 1
    while (end < text.length && !QUOTES.test(text[end])) end += 1
    if (end === text.length) notes.push("A quotation mark is not closed: the phrase was taken to the end.")
    return { text: text.slice(start + 1, end), quoted: true, end: Math.min(end + 1, text.length) }
  }
  let end = start
  while (end < text.length && !SPACE.test(text[end]) && !QUOTES.test(text[end]) && !isBetween(text, end)) end += 1
  return { text: text.slice(start, end), quoted: false, end: end }
}

/** Whether a sign parts two words that are written without a space: `carers/respite`. @param {string} text @param {number} at */
const isBetween = (text, at) => PARTING.test(text[at]) && /\p{L}/u.test(text[at - 1] ?? "") && /\p{L}/u.test(text[at + 1] ?? "")

/**
 * Makes the atom of a word or phrase; none where no letter or digit is in it.
 * @param {Value} value
 * @param {string} field
 * @param {{ negated: boolean, typed: string, start: number, end: number }} place
 * @param {string[]} notes
 * @returns {Atom[]}
 */
function readWords(value, field, place, notes) {
  const atom = { ...place, compound: "", field, value: "", bare: false, plain: false }
  if (value.text.includes("*")) {
    const patterns = readPatterns(value.text)
    const short = patterns.filter((pattern) => pattern.replaceAll("*", "").length < 2)
    const letters = patterns.filter((pattern) => !short.includes(pattern))
    if (short.length) {
      notes.push(`A star needs at least two letters beside it, so “${place.typed}” was not looked for as it stands.`)
    }
    if (!letters.length) return []
    if (value.quoted) {
      notes.push(`A star does not work inside quotation marks, so the words of ${place.typed} may stand apart.`)
    }
    return [{ ...atom, kind: "pattern", words: letters }]
  }
  const found = tokens(value.text)
  const compound = (found.length === 3 && found.find((token) => token.compound)?.word) || ""
  const words = found.flatMap((token) => (token.compound ? [] : [token.word]))
  if (!words.length) return []
  const bare = !value.quoted && !field && !place.negated
  return [{ ...atom, kind: "words", words, compound, bare, plain: bare && words.length === 1 }]
}

/**
 * The words of a text with stars, folded as any others, the stars in their places.
 * @param {string} text
 */
function readPatterns(text) {
  const patterns = []
  for (const chunk of text.split(/[^\p{L}\p{N}\p{M}*'’]+/u)) {
    const all = chunk.split(/\*+/u).map((piece) => tokens(piece)[0]?.word ?? "")
    const pieces = all.length > MOST_STARS + 1 ? [...all.slice(0, MOST_STARS), ""] : all
    const pattern = pieces.join("*")
    if (pattern.replaceAll("*", "")) patterns.push(pattern)
  }
  return patterns
}

/**
 * Makes clauses of items: OR joins its neighbours, NOT turns what follows it, AND changes nothing.
 * @param {Item[]} items
 * @param {string} text
 * @param {string[]} notes
 * @returns {Clause[]}
 */
function join(items, text, notes) {
  /** @type {Clause[]} */
  const clauses = []
  let either = false
  let not = -1 // where NOT stands that waits for its word
  let idle = false
  for (const item of items) {
    if ("operator" in item) {
      if (item.operator === "OR") {
        idle ||= either || !clauses.length
        either = clauses.length > 0
      }
      if (item.operator === "NOT") not = item.start
      continue
    }
    const atom = not < 0 ? item : { ...item, negated: true, bare: false, plain: false, start: not }
    const last = clauses.at(-1)
    if (either && last) {
      last.options.push(atom)
      last.end = atom.end
      last.typed = text.slice(last.start, atom.end)
    } else clauses.push({ options: [atom], typed: atom.typed, start: atom.start, end: atom.end })
    either = false
    not = -1
  }
  if (idle || either) notes.push("OR needs a word or a phrase on either side of it; one was left out.")
  if (not >= 0) notes.push("NOT needs a word or a phrase after it; it was left out.")
  return clauses
}

/**
 * The text of some of its clauses alone, for a reader who wants to go on without the others.
 * @param {Parsed} parsed
 * @param {Clause[]} clauses
 */
export function textOf({ text }, clauses) {
  return clauses.map(({ start, end }) => text.slice(start, end)).join(" ")
}
