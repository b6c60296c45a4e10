/**
 * Related words: other names of a theme whose name was typed, from the vocabulary's labels and alternative labels.
 *
 * - An abbreviation and its full form stand for one another, and bring nothing else: who types BSL means British Sign
 *   Language, not everything about sensory loss.
 * - A theme's label brings its other names; so does each of the things that a label joins (`Culture and faith`), but these
 *   do not bring one another.
 * - Another name brings the label alone, where that is one thing: `domiciliary care` finds home care, `Deaf` does not
 *   find blind.
 */
import { tokens } from "./words.js"

/** Names added for one that was typed, and in all: each costs files, and a question should stay what it was. */
const MOST_EACH = 5
export const MOST_IN_ALL = 10

/**
 * @typedef {(word: string) => string | null} Stem
 * @typedef {object} Name
 * @property {string} name
 * @property {string[]} words           folded
 * @property {string[]} stems           what names are compared by, common words left out
 * @property {boolean} label            whether it is the theme's label or a part of it
 * @property {boolean} brought          whether it is worth looking for: a part of a label is not, nor is a whole sentence
 * @property {boolean} abbreviation
 *
 * @typedef {object} NameTable
 * @property {Map<string, { name: Name, theme: number }[]>} byKey   stems of a name to the themes that have it
 * @property {Name[][]} all             names by theme
 * @property {number} longest           words in the longest name
 */

const ABBREVIATION = /^\p{L}?(?:\p{Lu}\p{Ll}?|\d){2,}s?$/u
const SMALL = new Set(["of", "and", "the", "to", "for", "in", "with", "a", "on"])

/** Labels of more words are sentences of ours, which no passage has. */
const LONGEST_LABEL = 3

/**
 * The names of one theme. A label that joins short things is each of them.
 * @param {string} label
 * @param {string[]} also
 * @param {Stem} stem
 * @returns {Name[]}
 */
function namesOf(label, also, stem) {
  const pieces = label.split(/,\s*|\s+and\s+/u)
  const isShort = (/** @type {string} */ piece) => piece.split(" ").length <= LONGEST_LABEL
  const labels = pieces.every(isShort) ? pieces : [label]
  return [...labels, ...also].map((name, at) => {
    const words = tokens(name).flatMap(({ word, compound }) => (compound ? [] : [word]))
    const stems = words.flatMap((word) => stem(word) ?? []) // common words are not compared, as they are not looked for
    const isLabel = at < labels.length
    const brought = !isLabel || (labels.length === 1 && isShort(label))
    return { name, words, stems, label: isLabel, brought, abbreviation: ABBREVIATION.test(name) }
  })
}

/**
 * Whether the letters of an abbreviation begin the words of a full form, small words counted or not (DASS, NRPF, D2A).
 * @param {string} short
 * @param {string[]} words
 */
export function abbreviates(short, words) {
  const letters = short.toLowerCase().replace("2", "t")
  const forms = [words, words.filter((word) => !SMALL.has(word)), words.filter((word) => word !== "to")]
  return words.length > 1 &&
    forms.some((form) => [letters, letters.replace(/s$/u, "")].includes(form.map((word) => word[0]).join("")))
}

/**
 * Makes the table of names.
 * @param {{ label: string, also: string[] }[]} themes
 * @param {Stem} stem
 * @returns {NameTable}
 */
export function relatedNames(themes, stem) {
  /** @type {NameTable["byKey"]} */
  const byKey = new Map()
  const all = themes.map(({ label, also }) => namesOf(label, also, stem))
  for (const [theme, names] of all.entries()) {
    for (const name of names) {
      const key = name.stems.join(" ")
      if (key) byKey.set(key, [...(byKey.get(key) ?? []), { name, theme }])
    }
  }
  return { byKey, all, longest: Math.max(1, ...all.flat().map(({ stems }) => stems.length)) }
}

/**
 * Finds the names in a run of typed words, the longest first.
 * @param {string[]} words       folded, without common words
 * @param {NameTable} table
 * @param {Stem} stem
 * @returns {{ from: number, to: number, added: Name[] }[]}   places in `words`, and the names to look for too
 */
export function findRelated(words, table, stem) {
  const stems = words.map((word) => stem(word) ?? "")
  const found = []
  let room = MOST_IN_ALL
  for (let from = 0; from < words.length; from += 1) {
    for (let to = Math.min(words.length, from + table.longest); to > from; to -= 1) {
      const named = table.byKey.get(stems.slice(from, to).join(" "))
      if (!named) continue
      const added = addedFor(named, table.all).slice(0, Math.min(MOST_EACH, room))
      room -= added.length
      if (added.length) found.push({ from, to, added })
      from = to - 1
      break
    }
  }
  return found
}

/**
 * @param {{ name: Name, theme: number }[]} named   the same name in one or several themes
 * @param {Name[][]} all
 */
function addedFor(named, all) {
  const brought = named.flatMap(({ name, theme }) => {
    const pairs = all[theme].filter(
      (other) =>
        (name.abbreviation && abbreviates(name.name, other.words)) ||
        (other.abbreviation && abbreviates(other.name, name.words)),
    )
    if (name.abbreviation || pairs.length) return pairs
    return all[theme].filter((other) => other.brought && !other.abbreviation && (name.label || other.label))
  })
  // What holds a name that is looked for already finds nothing new.
  const known = named.map(({ name }) => name)
  return brought.filter((name) => {
    if (known.some((other) => ` ${name.stems.join(" ")} `.includes(` ${other.stems.join(" ")} `))) return false
    known.push(name)
    return true
  })
}
