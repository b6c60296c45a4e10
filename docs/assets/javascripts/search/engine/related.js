/**
 * Abbreviations and what they stand for, from the themes' other names: who types BSL finds British Sign Language, and the
 * other way about. What else is about a theme is found by the theme itself (`meaning.js`).
 */
import { wordsOf } from "./words.js"

/** Full forms and abbreviations that are added to one query: each costs a file. */
const MOST_FORMS = 6

/**
 * @typedef {(word: string) => string | null} Stem
 * @typedef {{ name: string, words: string[] }} Form   a name, and its words folded
 *
 * @typedef {object} Abbreviations
 * @property {Map<string, Form[]>} byKey   stems of a form, to those that it stands for
 * @property {number} longest              stems in the longest form
 */

const ABBREVIATION = /^\p{L}?(?:\p{Lu}\p{Ll}?|\d){2,}s?$/u
const SMALL = new Set(["of", "and", "the", "to", "for", "in", "with", "a", "on"])

/** The letters of an abbreviation: D2A is discharge to assess. @param {string} short */
const lettersOf = (short) => short.toLowerCase().replace("2", "t")

/**
 * Whether the letters of an abbreviation begin the words of a full form, small words counted or not (DASS, NRPF, D2A).
 * @param {string} short
 * @param {string[]} words
 */
export function abbreviates(short, words) {
  const letters = lettersOf(short)
  const forms = [words, words.filter((word) => !SMALL.has(word)), words.filter((word) => word !== "to")]
  return words.length > 1 &&
    forms.some((form) => [letters, letters.replace(/s$/u, "")].includes(form.map((word) => word[0]).join("")))
}

/**
 * Whether a theme's label is what an abbreviation begins with: mental capacity, of MCA (the Act).
 * @param {string} short
 * @param {string[]} words
 */
export function begins(short, words) {
  const letters = words.map((word) => word[0]).join("")
  return letters.length > 1 && short.replace(/s$/u, "").toLowerCase().slice(0, -1) === letters
}

/**
 * Makes the table of abbreviations: of each theme's names those of which one abbreviates the other. A label that is the
 * beginning of what is abbreviated stands for it, though not the other way about.
 * @param {{ label: string, also: string[] }[]} themes
 * @param {Stem} stem
 * @returns {Abbreviations}
 */
export function abbreviationsIn(themes, stem) {
  /** @type {Abbreviations["byKey"]} */
  const byKey = new Map()
  const add = (/** @type {Form} */ from, /** @type {Form} */ to) => {
    const key = from.words.flatMap((word) => stem(word) ?? []).join(" ")
    const known = byKey.get(key) ?? []
    if (key && !known.some(({ name }) => name === to.name)) byKey.set(key, [...known, to])
  }
  for (const { label, also } of themes) {
    const shorts = [label, ...also].filter((name) => !name.includes(" ") && ABBREVIATION.test(name))
    if (!shorts.length) continue
    // To part names into words takes long: only those that may begin with the letter of an abbreviation.
    const letters = new Set(shorts.map((short) => lettersOf(short)[0]))
    const mayFit = (/** @type {string} */ name) => letters.has(name[0].toLowerCase()) || SMALL.has(name.split(" ", 1)[0].toLowerCase())
    const forms = [label, ...also.filter(mayFit)].map((name) => ({ name, words: wordsOf(name) }))
    for (const short of forms.filter(({ name }) => shorts.includes(name))) {
      for (const full of forms.filter(({ words }) => abbreviates(short.name, words))) {
        add(short, full)
        add(full, short)
      }
      if (begins(short.name, forms[0].words)) add(short, forms[0])
    }
  }
  return { byKey, longest: Math.max(1, ...Array.from(byKey.keys(), (key) => key.split(" ").length)) }
}

/**
 * Finds abbreviations and full forms in a run of words, the longest first.
 * @param {string[]} words       folded, without common words
 * @param {Abbreviations} table
 * @param {Stem} stem
 * @returns {{ from: number, to: number, added: Form[] }[]}   places in `words`, and the forms to look for too
 */
export function findRelated(words, { byKey, longest }, stem) {
  const stems = words.map((word) => stem(word) ?? "")
  const found = []
  let room = MOST_FORMS
  for (let from = 0; from < words.length; from += 1) {
    for (let to = Math.min(words.length, from + longest); to > from; to -= 1) {
      const added = (byKey.get(stems.slice(from, to).join(" ")) ?? []).slice(0, room)
      if (!added.length) continue
      room -= added.length
      found.push({ from, to, added })
      from = to - 1
      break
    }
  }
  return found
}
