/** What to change when nothing was found, loaded then: which word or filter removed everything, and what is there without it. */
import { count } from "./masks.js"
import { tokens } from "./words.js"
import { FIELD_WORDS } from "../fields.js"

/**
 * @typedef {import("../types.js").Advice} Advice
 * @typedef {import("../types.js").Filters} Filters
 * @typedef {import("./meaning.js").Meaning} Meaning
 * @typedef {import("./meaning.js").Context} Context
 * @typedef {import("./query.js").Parsed} Parsed
 *
 * @typedef {object} Asked          what was asked, and the engine's ways to ask otherwise
 * @property {Parsed} parsed
 * @property {Meaning} meaning
 * @property {Filters} filters
 * @property {(mask: Uint8Array, filters: Filters) => Promise<number>} leaves   how many passages of a mask filters leave
 * @property {typeof import("./meaning.js").combine} combine
 * @property {typeof import("./query.js").textOf} textOf
 */

const MOST_WAYS = 6
const MOST_THEMES = 5
/** Themes whose passages are counted for that: each costs a small file. */
const MOST_COUNTED = 10

/** What each filter is called after “without”. */
const KINDS = { ...FIELD_WORDS, notTheme: "leaving out" }

/**
 * @param {Asked} asked
 * @param {Context} context
 * @returns {Promise<Advice>}
 */
export async function advise(asked, context) {
  const { parsed, meaning, filters, leaves } = asked
  const words = withoutUnits(asked).map(async ({ mask, ...way }) => ({
    ...way,
    left: await leaves(mask, filters),
  }))
  const values = withoutFilters(filters, context.catalogue)
  const chosen = values.map(async (way) => ({ ...way, left: await leaves(meaning.mask, way.change.filters) }))
  const ways = await Promise.all([...words, ...chosen])
  /** @type {Advice["without"]} */
  const helpful = ways.filter(({ left }) => left).sort((one, other) => other.left - one.left)
  if (!helpful.length && values.length > 1) {
    const left = await leaves(meaning.mask, {})
    if (left) helpful.push({ what: "all filters", left, change: { filters: {} } })
  }
  return { without: helpful.slice(0, MOST_WAYS), themes: await likelyThemes(parsed, context) }
}

/**
 * The query without each of its parts that is not the only word.
 * @param {Asked} asked
 */
function withoutUnits({ parsed, meaning: { units, mask }, combine, textOf }) {
  return units.flatMap((unit) => {
    const others = units.filter((other) => other !== unit)
    if (!others.length) return []
    const starts = unit.parts.flatMap(({ clauses }) => clauses.map(({ start }) => start))
    const clauses = parsed.clauses.filter(({ start }) => !starts.includes(start))
    const signed = unit.prohibited ? `-${unit.typed}` : unit.typed
    const what = /["“”:-]/u.test(signed) ? signed : `“${signed}”`
    return [{ what, mask: combine(others, mask.length).mask, change: { query: textOf(parsed, clauses) } }]
  })
}

/**
 * The filters without each facet: of its values each allows more, so that one alone is never in the way. Themes that
 * are left out are taken back one by one.
 * @param {Filters} filters
 * @param {import("./catalogue.js").Catalogue} catalogue
 */
function withoutFilters(filters, catalogue) {
  const keys = /** @type {(keyof Filters)[]} */ (Object.keys(KINDS))
  return keys.flatMap((key) => {
    const values = catalogue.facetValues[key === "notTheme" ? "theme" : key].filter(({ id }) =>
      filters[key]?.includes(id)
    )
    const parts = key === "notTheme" ? values.map((value) => [value]) : values.length ? [values] : []
    return parts.map((part) => {
      const names = part.map(({ id, label }) => (key === "score" ? id : label))
      const rest = values.filter((value) => !part.includes(value)).map(({ id }) => id)
      return { what: `${KINDS[key]} ${names.join(" or ")}`, change: { filters: { ...filters, [key]: rest } } }
    })
  })
}

/**
 * Themes with a name that shares the beginning of a word with the query.
 * @param {Parsed} parsed
 * @param {Context} context
 */
async function likelyThemes({ clauses }, { catalogue, columns }) {
  const atoms = clauses.flatMap(({ options }) => options.filter(({ negated }) => !negated))
  const words = atoms.flatMap(({ words: own, value }) => [...own, ...tokens(value).map(({ word }) => word)])
  const roots = words.map((word) => beginningOf(word.replaceAll("*", ""))).filter((root) => root.length > 3)
  const near = catalogue.themes.flatMap(({ id, label, also }, at) => {
    const names = [label, ...also].flatMap((name) => tokens(name).map(({ word }) => word))
    const shared = roots.filter((root) => names.some((word) => word.startsWith(root))).length
    return shared ? [{ id, label, at, shared }] : []
  })
  const likeliest = near.sort((one, other) => other.shared - one.shared).slice(0, MOST_COUNTED)
  const counted = await Promise.all(likeliest.map(async ({ id, label, at, shared }) => {
    const mask = await columns.mask("theme", [at])
    return { id, label, count: mask ? count(mask) : 0, shared }
  }))
  return counted
    .filter((theme) => theme.count)
    .sort((one, other) => other.shared - one.shared || other.count - one.count)
    .slice(0, MOST_THEMES)
    .map(({ id, label, count: passages }) => ({ id, label, count: passages }))
}

/**
 * The beginning of a word, without the letters that change with its form or its writer.
 * @param {string} word
 */
function beginningOf(word) {
  return word.slice(0, Math.max(5, word.length - 3))
}
