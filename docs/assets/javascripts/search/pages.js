/** Pages that are not passages: themes, authorities, statements, guides. They are so few that all are looked through. */
import { tokens } from "./words.js"

/**
 * @typedef {import("./marks.js").Stem} Stem
 * @typedef {import("./types.js").Answer["pages"][number]} Page
 * @typedef {{ page: Page, title: string[], rest: string[], whole: string }} Entry   stems of the words of a page
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
  const also = new Map(catalogue.themes.map((theme) => [`/themes/${theme.id}/`, theme.also.join(". ")]))
  return rows.map(([kind, title, address, description]) => ({
    page: { kind: kind[0].toUpperCase() + kind.slice(1), title, address, description },
    title: stems(title),
    rest: stems(`${also.get(address) ?? ""} ${description}`),
    whole: stems(title).join(" "),
  }))
}

/**
 * Pages that have all the words, those with more of them in the title first.
 * @param {string[]} words     folded
 * @param {Entry[]} entries
 * @param {Stem} stem
 * @returns {Page[]}
 */
export function findPages(words, entries, stem) {
  const wanted = words.flatMap((word) => stem(word) ?? [])
  if (!wanted.length) return []
  const found = entries.flatMap(({ page, title, rest, whole }) => {
    if (!wanted.every((word) => title.includes(word) || rest.includes(word))) return []
    const inTitle = wanted.filter((word) => title.includes(word)).length
    return [{ page, weight: inTitle * 10 + (whole === wanted.join(" ") ? 100 : 0) - Math.min(title.length, 9) }]
  })
  return found.sort((one, other) => other.weight - one.weight).slice(0, MOST_PAGES).map(({ page }) => page)
}
