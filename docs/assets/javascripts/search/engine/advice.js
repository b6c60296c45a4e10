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
/** Letters by which a beginning is of one word. */
const SURE = 6
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
  return { without: helpful.slice(0, MOST_WAYS), themes: await likelyThemes(asked, context) }
}

/**
 * The query without each of its parts that is not the only word.
 * @param {Asked} asked
 */
function withoutUnits({ parsed, meaning: { units, mask }, combine, textOf }) {
  return units.flatMap((unit) => {
    const others = units.filter((other) => other !== unit)
    if (!others.length) return []
    const own = unit.written.length ? unit.written : unit.parts.flatMap(({ clauses }) => clauses)
    const clauses = parsed.clauses.filter(({ start, end }) => !own.some((each) => each.start <= start && end <= each.end))
    const signed = unit.prohibited ? `-${unit.typed}` : unit.typed
    const [named] = unit.written.length ? unit.parts[0].clauses[0].options : []
    const what = named ? namedWords(named) : /["“”:-]/u.test(signed) ? signed : `“${signed}”`
    return [{ what, mask: combine(others, mask.length).mask, change: { query: textOf(parsed, clauses) } }]
  })
}

/**
 * A name that filters: `region London`.
 * @param {import("./meaning.js").NamedAtom} atom
 */
const namedWords = ({ named }) => (named ? `${KINDS[named.facet]} ${named.labels.join(" or ")}` : "")

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
 * Themes with a name that shares the beginning of a word with what names nothing in the query, or that a single word of a
 * named theme is a name of: `delayed discharges`. A theme that is named has its card; what names places, or says nothing by
 * itself, such as `council`, is about no theme.
 * @param {Asked} asked
 * @param {Context} context
 */
async function likelyThemes({ parsed, meaning: { naming } }, { catalogue, columns, names }) {
  const { stem } = names
  const { idle, spans } = naming
  const themesIn = (/** @type {import("./naming.js").Thing[]} */ things) => things.flatMap(({ kind, at }) => (kind === "theme" ? [at] : []))
  const named = new Set(spans.flatMap(({ things }) => themesIn(things)))
  const about = spans.filter(({ things }) => things.every(({ kind }) => kind === "theme")).flatMap(({ clauses }) => wordsIn(clauses))
  const parts = new Set(about.flatMap((word) => themesIn(names.called([word], [word], false))))
  const taken = new Set([...idle, ...spans.flatMap(({ clauses }) => clauses)].map(({ start }) => start))
  const words = wordsIn(parsed.clauses.filter(({ start }) => !taken.has(start)))
  const roots = [...new Set(words.map((word) => beginningOf(word.replaceAll("*", ""), stem)).filter((root) => root.length > 3))]
  const near = catalogue.themes.flatMap(({ id, label, also }, at) => {
    const own = [label, ...also].flatMap((name) => tokens(name).map(({ word }) => word))
    const begins = (/** @type {string} */ root) => own.some((word) => (root.length < SURE ? stem(word) === root : word.startsWith(root)))
    const shared = Number(parts.has(at)) + roots.filter(begins).length
    return shared && !named.has(at) ? [{ id, label, at, shared }] : []
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

/** The words of clauses that are wanted. @param {Parsed["clauses"]} clauses */
const wordsIn = (clauses) =>
  clauses.flatMap(({ options }) => options.filter(({ negated }) => !negated))
    .flatMap(({ words, value }) => [...words, ...tokens(value).map(({ word }) => word)])

/**
 * The beginning of a long word, without the letters that change with its form or its writer; the stem of a shorter one,
 * which begins words of other kinds: `direct` is in no directory.
 * @param {string} word
 * @param {import("./marks.js").Stem} stem
 */
function beginningOf(word, stem) {
  const beginning = word.slice(0, -3)
  return beginning.length < SURE ? (stem(word) ?? "") : beginning
}
