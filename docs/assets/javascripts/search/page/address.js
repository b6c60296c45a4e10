/**
 * What the search page's address says, and where the addresses of answers are. Values of a facet are repeated parameters:
 * `?q=sign+language&theme=interpretation&theme=accessibility&not-theme=workforce&sort=newest`.
 *
 * @import { FacetName, Filters, Group, Hit, Request, Sort } from "../types.js"
 *
 * @typedef {object} State
 * @property {string} query
 * @property {boolean} related
 * @property {Filters} filters
 * @property {Sort} sort
 * @property {Group} group
 * @property {number} shown   how many results are wanted in sight
 */

/** How many results are shown at once, and how many more with each "show more". */
export const SIZE = 10

/** @type {FacetName[]} */
export const FACETS = ["theme", "voice", "score", "statement", "authority", "type", "region", "rating", "year"]
/** @type {Sort[]} */
const SORTS = ["relevance", "newest", "score-down", "score-up", "authority"]
/** @type {Group[]} */
const GROUPS = ["", "authority", "report", "statement"]

/** Key of the filters to name in the address. @type {[keyof Filters, string][]} */
const PARAMETERS = [...FACETS.map((name) => /** @type {[FacetName, string]} */ ([name, name])), ["notTheme", "not-theme"]]

// An address may come from anybody: what is longer than a person would write is cut.
const LONGEST_QUERY = 2000 // more than is looked for, so that the engine can say what it leaves out
const LONGEST_VALUE = 80
const MOST_VALUES = 60
const MOST_SHOWN = 200

/** @param {string | null} given @param {readonly string[]} known */
const oneOf = (given, known) => (given !== null && known.includes(given) ? given : known[0])

/** @param {string} search  with its question mark. @returns {State} */
export function readAddress(search) {
  const given = new URLSearchParams(search)
  /** @type {Filters} */
  const filters = {}
  for (const [key, parameter] of PARAMETERS) {
    const values = given.getAll(parameter).map((value) => value.trim().slice(0, LONGEST_VALUE))
    const chosen = [...new Set(values.filter(Boolean))].slice(0, MOST_VALUES)
    if (chosen.length) filters[key] = chosen
  }
  const shown = Math.ceil(Number(given.get("shown")) / SIZE) * SIZE
  return {
    query: (given.get("q") ?? "").slice(0, LONGEST_QUERY).replace(/\s+/gu, " "),
    related: given.get("related") !== "no",
    filters,
    sort: /** @type {Sort} */ (oneOf(given.get("sort"), SORTS)),
    group: /** @type {Group} */ (oneOf(given.get("group"), GROUPS)),
    shown: Math.min(Math.max(SIZE, shown || 0), MOST_SHOWN),
  }
}

/** The address's part from the question mark on, empty for the page as it is first opened. @param {State} state */
export function writeAddress(state) {
  const parts = new URLSearchParams()
  if (state.query.trim()) parts.set("q", state.query.trim())
  for (const [key, parameter] of PARAMETERS) for (const value of state.filters[key] ?? []) parts.append(parameter, value)
  if (!state.related) parts.set("related", "no")
  if (state.sort !== SORTS[0]) parts.set("sort", state.sort)
  if (state.group) parts.set("group", state.group)
  if (state.shown > SIZE) parts.set("shown", String(state.shown))
  const written = parts.toString()
  return written && `?${written}`
}

/** The filters with one value put in or taken out. @param {Filters} filters @param {keyof Filters} key @param {string} value */
export function toggled(filters, key, value) {
  const { [key]: before = [], ...others } = filters
  const after = before.includes(value) ? before.filter((each) => each !== value) : [...before, value]
  return after.length ? { ...others, [key]: after } : others
}

/** Every chosen filter. @param {Filters} filters @returns {{ key: keyof Filters, value: string }[]} */
export function chosen(filters) {
  return PARAMETERS.flatMap(([key]) => (filters[key] ?? []).map((value) => ({ key, value })))
}

/** @param {State} state @param {Partial<Request>} [more] @returns {Request} */
export function request({ query, related, filters, sort, group, shown }, more = {}) {
  return { query, related, filters, sort, group, from: 0, size: shown, facets: false, lists: [], ...more }
}

/** Where the site is: this file stands four folders below it. */
const SITE = new URL("../../../../", import.meta.url)

/** The whole URL of an address of the site, such as `/themes/`. @param {string} address */
export const whole = (address) => new URL(address.slice(1), SITE).href

/** A passage in its place, where the words that were looked for are marked. @param {Hit} hit */
export function inPlace(hit) {
  const url = new URL(whole(hit.address))
  for (const word of hit.markWords) url.searchParams.append("mark", word)
  return url.href
}

/** The search page's answer to a query. @param {string} query */
export const searchFor = (query) => whole("/search/") + (query.trim() && `?${new URLSearchParams({ q: query.trim() })}`)
