/** Names of what the collection knows for what somebody is typing. */
import { wordsOf } from "./words.js"

/**
 * @typedef {import("../types.js").Suggestions["names"][number]} Suggestion
 * @typedef {import("./catalogue.js").Catalogue} Catalogue
 * @typedef {import("./catalogue.js").District} District
 */

/** How much another name counts beside a label: any word of a label comes before the beginning of these. */
const OTHER_NAME = 0.4
/** A council by whatever name comes before all others that fit no better: most people look for theirs. */
const COUNCIL = 1

/** At most so many of each kind, so that none crowds out the others. */
const MOST_NAMES = { authority: 3, theme: 4, statement: 2, region: 1, voice: 1, rating: 1 }

/**
 * Names in which each typed word begins a word, whole names that begin so first.
 * @param {string} text
 * @param {Catalogue} catalogue
 * @param {District[]} districts
 * @returns {Suggestion[]}
 */
export function suggestNames(text, catalogue, districts) {
  const typed = plainWords(text)
  if (!typed.length) return []
  const found = candidates(catalogue, districts).flatMap(({ also, ...suggestion }) => {
    const own = fit(typed, suggestion.label)
    const others = also.flatMap((name) => {
      const weight = fit(typed, name)
      return weight ? [{ name, weight: suggestion.kind === "authority" ? weight : weight * OTHER_NAME }] : []
    })
    const other = others.sort((a, b) => b.weight - a.weight)[0]
    if (!own && !other) return []
    const note = !own && other ? `${suggestion.note}: ${other.name}` : suggestion.note
    const weight = Math.max(own, other?.weight ?? 0) + (suggestion.kind === "authority" ? COUNCIL : 0)
    return [{ suggestion: { ...suggestion, note }, weight }]
  })
  const left = { ...MOST_NAMES }
  return found
    .sort((one, other) => other.weight - one.weight)
    .filter(({ suggestion: { kind } }) => left[kind]-- > 0)
    .map(({ suggestion }) => suggestion)
}

/** What people type around the name of a council. */
const AROUND = new Set(["council", "city", "county", "borough", "metropolitan", "royal", "of"])

/**
 * The words without what is put around names of councils, where others are left.
 * @param {string} text
 */
function plainWords(text) {
  const words = wordsOf(text)
  const left = words.filter((word) => !AROUND.has(word))
  return left.length && words.includes("council") ? left : words
}

/**
 * @param {Catalogue} catalogue
 * @param {District[]} districts
 * @returns {(Suggestion & { also: string[] })[]}
 */
function candidates({ data, themes, voices }, districts) {
  /** @type {string[][]} */
  const within = data.authorities.map(() => [])
  for (const [name, councils] of districts) for (const at of councils) within[at].push(name)
  /** @type {(kind: Suggestion["kind"], id: string, label: string, note: string, address: string, also: string[]) => Suggestion & { also: string[] }} */
  const one = (kind, id, label, note, address, also) => ({ kind, id, label, note, address, also })
  return [
    ...themes.map(({ id, label, group, also }) => one("theme", id, label, group, `/themes/${id}/`, also)),
    ...data.authorities.map(([slug, name, type, region, also], at) =>
      one("authority", slug, name, `${data.types[type][1]}, ${data.regions[region][1]}`, `/authorities/${slug}/`, [...also, ...within[at]])
    ),
    ...data.statements.map(([id, name, also]) =>
      one("statement", id, name, "Quality statement", `/statements/${id}/`, [...also, id.replaceAll("-", " ")])
    ),
    ...data.regions.map(([id, name]) => one("region", id, name, "Region", `/regions/${id}/`, [])),
    ...voices.map(({ id, label }, at) => one("voice", id, label, "Voice", `/voices/${id}/`, data.voices[at][2])),
    ...data.ratings.map(([, name]) => one("rating", name, name, "Rating", "/scores/", [])),
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
