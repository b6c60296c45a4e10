/**
 * Pages that are not passages: themes, authorities, statements, guides. They are so few that all are looked through.
 */
import { tokens } from "./words.js"

/**
 * @typedef {import("./marks.js").Stem} Stem
 * @typedef {import("../types.js").Answer["pages"][number]} Page
 * @typedef {{ page: Page, title: string[], rest: string[], names: string[] }} Entry
 *   stems of the words of its title, of all else, and of its whole names, the title first
 */

const MOST_PAGES = 6

/**
 * Makes the build's rows ready.
 * @param {[string, string, string, string][]} rows   kind, title, address, description
 * @param {import("./catalogue.js").Catalogue} catalogue
 * @param {Stem} stem
 * @returns {Entry[]}
 */
export function pageEntries(rows, catalogue, stem) {
  const stems = (/** @type {string} */ text) => tokens(text).flatMap(({ word }) => stem(word) ?? [])
  const themes = new Map(catalogue.themes.map(({ id, also }) => [`/themes/${id}/`, also]))
  return rows.map(([kind, title, address, description]) => {
    const also = themes.get(address) ?? []
    return {
      page: { kind: kind[0].toUpperCase() + kind.slice(1), title, address, description },
      title: stems(title),
      rest: stems([...also, description].join(". ")),
      names: [title, ...also].map((name) => stems(name).join(" ")),
    }
  })
}

/**
 * Pages that have all the words: those with that very name first, then those with more of the words in the title.
 * @param {string[]} words     folded
 * @param {Entry[]} entries
 * @param {Stem} stem
 * @returns {Page[]}
 */
export function findPages(words, entries, stem) {
  const wanted = words.flatMap((word) => stem(word) ?? [])
  if (!wanted.length) return []
  const whole = wanted.join(" ")
  const found = entries.flatMap(({ page, title, rest, names }) => {
    if (!wanted.every((word) => title.includes(word) || rest.includes(word))) return []
    const inTitle = wanted.filter((word) => title.includes(word)).length
    const named = names.includes(whole) ? 100 : 0
    return [{ page, weight: named + inTitle * 10 - Math.min(title.length, 9) }]
  })
  return found.sort((one, other) => other.weight - one.weight).slice(0, MOST_PAGES).map(({ page }) => page)
}
