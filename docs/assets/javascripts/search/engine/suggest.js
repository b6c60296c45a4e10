/** Names of themes, authorities and statements for what somebody is typing. */
import { wordsOf } from "./naming.js"

/**
 * @typedef {import("../types.js").Suggestions["names"][number]} Suggestion
 * @typedef {import("./catalogue.js").Catalogue} Catalogue
 */

/** How much another name of a theme counts beside a label: any word of a label comes before the beginning of these. */
const OTHER_NAME = 0.4

/** At most so many of each kind, so that none crowds out the others. */
const MOST_NAMES = { theme: 4, authority: 3, statement: 2 }

/**
 * Names in which each typed word begins a word, whole names that begin so first.
 * @param {string} text
 * @param {Catalogue} catalogue
 * @returns {Suggestion[]}
 */
export function suggestNames(text, catalogue) {
  const typed = wordsOf(text)
  if (!typed.length) return []
  const found = candidates(catalogue).flatMap(({ also, ...suggestion }) => {
    const own = fit(typed, suggestion.label)
    const others = also.flatMap((name) => {
      const weight = fit(typed, name)
      return weight ? [{ name, weight: weight * OTHER_NAME }] : []
    })
    const other = others.sort((a, b) => b.weight - a.weight)[0]
    if (!own && !other) return []
    const note = !own && other ? `${suggestion.note}: ${other.name}` : suggestion.note
    return [{ suggestion: { ...suggestion, note }, weight: Math.max(own, other?.weight ?? 0) }]
  })
  const left = { ...MOST_NAMES }
  return found
    .sort((one, other) => other.weight - one.weight)
    .filter(({ suggestion: { kind } }) => left[kind]-- > 0)
    .map(({ suggestion }) => suggestion)
}

/**
 * @param {Catalogue} catalogue
 * @returns {(Suggestion & { also: string[] })[]}
 */
function candidates({ data, themes }) {
  return [
    ...themes.map(({ id, label, group, also }) => ({
      kind: /** @type {const} */ ("theme"),
      id,
      label,
      note: group,
      address: `/themes/${id}/`,
      also,
    })),
    ...data.authorities.map(([slug, name, type, region]) => ({
      kind: /** @type {const} */ ("authority"),
      id: slug,
      label: name,
      note: `${data.types[type][1]}, ${data.regions[region][1]}`,
      address: `/authorities/${slug}/`,
      also: [],
    })),
    ...data.statements.map(([id, name]) => ({
      kind: /** @type {const} */ ("statement"),
      id,
      label: name,
      note: "Quality statement",
      address: `/statements/${id}/`,
      also: [],
    })),
  ]
}

/**
 * How well a name fits: 0 not at all, more the more of its beginning was typed.
 * @param {string[]} typed
 * @param {string} name
 */
function fit(typed, name) {
  const words = wordsOf(name)
  if (!typed.every((word) => words.some((other) => other.startsWith(word)))) return 0
  const begun = words.join(" ").startsWith(typed.join(" "))
  return (begun ? 20 : words[0].startsWith(typed[0]) ? 12 : 10) + (words.length === typed.length ? 2 : 0)
}
