/**
 * Pages that are not passages: themes, authorities, statements, sections of guides. They are so few that all are looked
 * through.
 */
import { tokens } from "./words.js"

/**
 * @typedef {import("./marks.js").Stem} Stem
 * @typedef {import("../types.js").Answer["pages"][number]} Page
 * @typedef {{ page: Page, title: string[], rest: string[], names: string[], text: Set<string> }} Entry
 *   stems of the words of its title, of what is said of it, of its whole names (the title first), and of its own text
 */

const MOST_PAGES = 6

/**
 * Makes the build's rows ready.
 * @param {[string, string, string, string, string?][]} rows   kind, title, address, description, stems of its text
 * @param {import("./catalogue.js").Catalogue} catalogue
 * @param {Stem} stem
 * @returns {Entry[]}
 */
export function pageEntries(rows, catalogue, stem) {
  const stems = (/** @type {string} */ text) => tokens(text).flatMap(({ word }) => stem(word) ?? [])
  const themes = new Map(catalogue.themes.map(({ id, also }) => [`/themes/${id}/`, also]))
  return rows.map(([kind, title, address, description, text = ""]) => {
    const also = themes.get(address) ?? []
    return {
      page: { kind: kind[0].toUpperCase() + kind.slice(1), title, address, description },
      title: stems(title),
      rest: stems([...also, description].join(". ")),
      names: [title, ...also].map((name) => stems(name).join(" ")),
      text: new Set(text.split(" ")),
    }
  })
}

/**
 * Pages that have all the words: those with that very name first, then those with more of the words in the title, last
 * those that need their own text for it. Of each page the best section. Where the words name something, that is what was
 * looked for: a guide that only has them somewhere in its text is left out.
 * @param {string[]} words     folded
 * @param {Entry[]} entries
 * @param {Stem} stem
 * @param {boolean} [named]    whether the words name a council, a theme, a rating or the like
 * @returns {Page[]}
 */
export function findPages(words, entries, stem, named = false) {
  const wanted = words.flatMap((word) => stem(word) ?? [])
  if (!wanted.length) return []
  const whole = wanted.join(" ")
  const found = entries.flatMap(({ page, title, rest, names, text }) => {
    const further = wanted.filter((word) => !title.includes(word) && !rest.includes(word))
    if (!further.every((word) => !named && text.has(word))) return []
    const inTitle = wanted.filter((word) => title.includes(word)).length
    const whose = names.includes(whole) ? 100 : 0
    return [{ page, weight: whose + inTitle * 10 - Math.min(title.length, 9) - (further.length ? 1000 : 0) }]
  })
  const ordered = found.sort((one, other) => other.weight - one.weight).map(({ page }) => page)
  const places = ordered.map(({ address }) => address.split("#")[0])
  return ordered.filter((_, at) => places.indexOf(places[at]) === at).slice(0, MOST_PAGES)
}
