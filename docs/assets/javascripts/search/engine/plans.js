/**
 * What of a query holds or does not, each by itself: its clauses, put together where their words make one name or an
 * abbreviation's full form, names in their roles.
 *
 * @typedef {import("./query.js").Atom} Atom
 * @typedef {import("./query.js").Clause} Clause
 * @typedef {import("./query.js").Parsed} Parsed
 * @typedef {import("./related.js").Form} Form
 * @typedef {import("./meaning.js").Context} Context
 * @typedef {import("./named.js").Naming} Naming
 * @typedef {import("./names.js").Named} Named
 * @typedef {import("./sharded-index.js").ShardedIndex} ShardedIndex
 *
 * @typedef {object} Part           words that are looked for together, and what they abbreviate or stand for
 * @property {Clause[]} clauses
 * @property {{ word: string, forms: Form[] }[]} added
 *
 * @typedef {object} Plan           what holds or does not: a clause, or several whose words make one name
 * @property {string} typed
 * @property {Part[]} parts
 * @property {number[]} themes      themes that are named: their passages are found in whatever words
 * @property {Named | null} thing   what is named itself: its passages come first
 * @property {boolean} prohibited
 * @property {boolean} filter       a filter written into the query, or a name that filters
 * @property {Clause[]} written     what of the query the latter was typed as
 */
import { SHORTENED } from "./naming.js"
import { textOf } from "./query.js"
import { findRelated } from "./related.js"
import { rolesOf } from "./roles.js"

/**
 * Puts clauses together whose words make one name, gives names their roles, and adds what stands for words.
 * @param {Naming} naming
 * @param {Clause[]} clauses
 * @param {Context & { parsed: Parsed, related: boolean, ignored: string[] }} context
 *   `ignored` gets the words that are too common to be looked for
 */
export function plan(naming, clauses, context) {
  const { catalogue, ignored, index, parsed } = context
  const roles = rolesOf(naming, catalogue)
  const filters = roles.flatMap(({ span, filter }) => (filter ? [{ ...filter, span, without: without(parsed, span) }] : []))
  const things = roles.flatMap(({ span, thing }) => (thing ? [{ ...thing, span }] : []))
  /** @type {Plan[]} */
  const plans = byFacet(filters).map(({ named, written }) =>
    ({ ...EMPTY, parts: [{ clauses: [namedClause(named)], added: [] }], filter: true, written })
  )
  /** @type {Clause[]} */
  let run = []
  const close = () => {
    plans.push(...partsOf(run, context).map((part) => ({ ...EMPTY, typed: typedOf(part.clauses), parts: [part] })))
    run = []
  }
  for (const clause of clauses) {
    const role = roles.find(({ span }) => span.clauses.includes(clause))
    if (!role) {
      if (naming.idle.includes(clause)) continue
      const options = clause.options.filter((atom) => !isCommon(atom, index))
      ignored.push(...clause.options.filter((atom) => !options.includes(atom)).map(({ typed }) => typed))
      if (!options.length) continue
      if (options.length === 1 && options[0].plain) run.push({ ...clause, options })
      else close(), plans.push(planApart({ ...clause, options }, context))
      continue
    }
    if (role.span.clauses[0] !== clause) continue
    close()
    if (role.filter) continue
    const { thing, themes } = role
    const own = (/** @type {import("./named.js").Span} */ { clauses: typed, mended }) =>
      (mended.length ? asWritten(typed, mended) : typed).filter(({ options: [atom] }) => !isCommon(atom, index))
    const alike = thing ? things.filter(({ facet }) => facet === thing.facet) : []
    if (alike.length && alike[0].span !== role.span) continue // several councils by themselves are any of these
    const [all] = byFacet(alike)
    const parts = all ? alike.map(({ span }) => ({ clauses: own(span), added: [] })) : partsOf(own(role.span), context)
    plans.push({ ...EMPTY, typed: typedOf(all?.written ?? role.span.clauses), parts, themes, thing: all?.named ?? null })
  }
  close()
  return { plans, filters }
}

/**
 * The clauses of a name with its mended words; one that was typed as a single word may be several.
 * @param {Clause[]} clauses
 * @param {string[]} mended
 * @returns {Clause[]}
 */
function asWritten(clauses, mended) {
  let at = 0
  return clauses.map((clause) => {
    const [atom] = clause.options
    const words = mended.slice(at, (at += clauses.length > 1 ? atom.words.length : mended.length))
    return { ...clause, options: [{ ...atom, words, compound: "" }] }
  })
}

/** @type {Plan} */
const EMPTY = { typed: "", parts: [], themes: [], thing: null, prohibited: false, filter: false, written: [] }

/** @param {Clause[]} clauses */
const typedOf = (clauses) => clauses.map(({ typed }) => typed).join(" ")

/** @param {Atom} atom @param {ShardedIndex} index */
const isCommon = ({ kind, words, bare, typed }, index) =>
  kind === "words" && (bare || words.length === 1) &&
  words.every((word) => index.stem(word) === null || (SHORTENED.has(word) && APOSTROPHE.test(typed)))

const APOSTROPHE = /['‘’ʼ＇]/u

/**
 * The query without a name in it.
 * @param {Parsed} parsed
 * @param {import("./named.js").Span} span
 */
const without = (parsed, span) => textOf(parsed, parsed.clauses.filter(({ start }) => !span.clauses.some((own) => own.start === start)))

/**
 * Names of one kind together: several councils are any of these.
 * @param {(Named & { span: import("./named.js").Span })[]} all
 */
function byFacet(all) {
  const facets = [...new Set(all.map(({ facet }) => facet))]
  return facets.map((facet) => {
    const own = all.filter((each) => each.facet === facet)
    const named = { facet, ids: own.flatMap(({ ids }) => ids), labels: own.flatMap(({ labels }) => labels) }
    return { named, written: own.flatMap(({ span }) => span.clauses) }
  })
}

/** @param {Named} named @returns {Clause} */
function namedClause(named) {
  const atom = { kind: /** @type {const} */ ("name"), field: named.facet, named, words: [], negated: false, ...BLANK }
  return { options: [atom], ...BLANK }
}

const BLANK = { compound: "", value: "", bare: false, plain: false, typed: "", start: 0, end: 0 }

/**
 * A run of plain words, those apart that abbreviate something or are written out.
 * @param {Clause[]} run
 * @param {Context & { related: boolean }} context
 * @returns {Part[]}
 */
function partsOf(run, { abbreviations, index, names, related }) {
  const stem = (/** @type {string} */ word) => index.stem(word)
  const single = run.every(({ options }) => options[0].plain)
  const found = related && single ? findRelated(run.map(({ options }) => options[0].words[0]), abbreviations, stem) : []
  /** @type {Part[]} */
  const parts = []
  for (let at = 0; at < run.length;) {
    const form = found.find(({ from }) => from === at)
    const clauses = run.slice(at, form ? form.to : at + 1)
    const pair = related && !form && single && names.joins(run.slice(at, at + 2).map(({ options }) => options[0].words[0]))
    if (pair) clauses.splice(0, 1, asOne(run[at], run[at + 1]))
    parts.push({ clauses, added: form ? [{ word: typedOf(clauses), forms: form.added }] : [] })
    at += pair ? 2 : clauses.length
  }
  return parts
}

/**
 * Two words that some name writes as one, found as either: `well being`, `wellbeing`.
 * @param {Clause} one
 * @param {Clause} other
 * @returns {Clause}
 */
function asOne(one, other) {
  const [first, second] = [one.options[0], other.options[0]]
  const words = [...first.words, ...second.words]
  const atom = { ...first, words, compound: words.join(""), typed: `${first.typed} ${second.typed}`, plain: false, end: second.end }
  return { options: [atom], typed: atom.typed, start: one.start, end: other.end }
}

/**
 * A clause that stands for itself: signed, quoted, in a field, or of several options with OR between them.
 * @param {Clause} clause
 * @param {Context & { related: boolean }} context
 * @returns {Plan}
 */
function planApart(clause, { abbreviations, index, names, related }) {
  const { typed, options } = clause
  const plain = related ? options.filter((atom) => atom.plain) : []
  const added = plain.flatMap((option) =>
    findRelated(option.words, abbreviations, (word) => index.stem(word))
      .map((found) => ({ word: option.typed, forms: found.added }))
  )
  const named = plain.flatMap(({ words, typed: word }) => names.called(words, [word], false))
  const themes = named.flatMap(({ kind, at }) => (kind === "theme" ? [at] : []))
  const prohibited = options.length === 1 && options[0].negated
  const filter = options.every(({ kind }) => kind === "name")
  return { ...EMPTY, typed, parts: [{ clauses: [clause], added }], themes, prohibited, filter }
}
