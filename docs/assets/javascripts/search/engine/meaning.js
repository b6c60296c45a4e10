/**
 * What a query means for this collection: a mask of the passages that it finds, lunr's scores and what goes before them in
 * the order (`nearness.js`), and what to tell the reader about how it was understood.
 *
 * A mask is a Uint8Array with 1 at each passage. Scores are lunr's own, of all words wanted.
 *
 * @typedef {import("./query.js").Atom} Atom
 * @typedef {import("./query.js").Clause} Clause
 * @typedef {import("./query.js").Parsed} Parsed
 * @typedef {import("../types.js").Understood} Understood
 * @typedef {import("./sharded-index.js").ShardedIndex} ShardedIndex
 * @typedef {import("./named.js").Naming} Naming
 * @typedef {import("./names.js").Named} Named
 *
 * @typedef {object} Context
 * @property {import("./catalogue.js").Catalogue} catalogue
 * @property {ShardedIndex} index
 * @property {import("./naming.js").Names} names
 * @property {import("./related.js").Abbreviations} abbreviations
 * @property {import("./columns.js").Columns} columns
 * @property {() => Promise<import("./catalogue.js").District[]>} districts
 *
 * @typedef {import("./plans.js").Plan} Plan
 *
 * @typedef {object} Weighed
 * @property {Uint8Array} mask      1 where it holds; for a prohibited one that is where its words are not
 * @property {Uint8Array} words     the same by words alone, those that stand for them included
 * @property {Uint8Array} own       the same by the reader's own words
 * @property {number} found         passages that have it
 * @property {number} about         of these, passages that carry one of the themes that it names
 *
 * @typedef {Plan & Weighed} Unit
 *
 * @typedef {object} Meaning
 * @property {Naming} naming
 * @property {Unit[]} units
 * @property {Uint8Array} mask      1 at each passage found, before the page's own filters
 * @property {Uint16Array | null} rank   by passage, what goes before scores in the order: less is better
 * @property {Float64Array | null} scores   by passage; null where no words were wanted
 * @property {Understood} understood
 * @property {import("./marks.js").Sought} marked
 */
import { beginningWithStems, clauseFor, findAtom, findNamed, findWords, PROSE, termsOf } from "./finding.js"
import { sought } from "./marks.js"
import { count, intersection, union } from "./masks.js"
import { findNames } from "./named.js"
import { ORDINARY } from "./naming.js"
import { isWanted, ownWords, rankOf } from "./nearness.js"
import { plan } from "./plans.js"
import { wordsOf } from "./words.js"
import { FIELD_WORDS } from "../fields.js"

/** How much less what stands for a word counts than the word. */
const RELATED_BOOST = 0.3

/**
 * Finds what a query means.
 * @param {Parsed} parsed
 * @param {Context} context
 * @param {{ related: boolean, typing?: boolean, found?: (mask: Uint8Array) => void }} how
 *   `related`: names count as such, and what stands for words is looked for too; `typing`: the last word may be unfinished;
 *   `found` gets the passages before their order is known
 * @returns {Promise<Meaning>}
 */
export async function understand(parsed, context, { related, typing = false, found = () => {} }) {
  const { index } = context
  const notes = [...parsed.notes]
  const resolve = await resolverOf(parsed.clauses, context)
  const read = parsed.clauses.map((clause) => nameClause(clause, notes, resolve))
  const clauses = read.filter(({ options }) => options.length)
  if (typing) await openLast(clauses, parsed, index)
  await lookUpPatterns(clauses, index, notes)
  const naming = typing ? NOTHING_NAMED : await nameAll(clauses, context)
  /** @type {string[]} */
  const ignored = []
  const { plans, filters } = plan(related ? naming : NOTHING_NAMED, clauses, { ...context, parsed, related, ignored })
  const [units, scores] = await Promise.all([
    Promise.all(plans.map((unit) => weigh(unit, context))),
    score(plans, index),
  ])
  const { mask, mode } = combine(units, index.size)
  const nothing = !units.length && ignored.length > 0
  if (!nothing) found(mask)
  const [rank, akin] = await Promise.all([rankOf(units, mask, context), akinOnly(units, index)])
  notes.push(...akin)
  const understood = { mode: nothing ? NOTHING : mode, ...report(units, context, filters), ignored: [...new Set(ignored)], notes }
  const atoms = plans.flatMap((unit) => (unit.prohibited ? [] : positive(unit)))
  return {
    naming,
    units,
    mask: nothing ? new Uint8Array(index.size) : mask,
    rank,
    scores,
    marked: sought(atoms, (word) => index.stem(word), plans.flatMap(({ themes }) => themes)),
    understood,
  }
}

const NOTHING = /** @type {const} */ ("nothing")
/** @type {Naming} */
const NOTHING_NAMED = { spans: [], left: [], idle: [], held: [], said: false }

/** @param {Clause[]} clauses */
const bareWords = (clauses) => clauses.flatMap(({ options }) => options.filter((atom) => atom.bare).flatMap(({ words }) => words))

/**
 * Asks for what words of a query cost in any case, and tells of each whether the collection knows it: as soon as there is an
 * index, names or not.
 * @param {Clause[]} clauses
 * @param {ShardedIndex} index
 */
export function foresee(clauses, index) {
  return Promise.all(bareWords(clauses).map((word) => index.knows(word)))
}

/**
 * The names in a query. Only where some word is unknown may there be a slip of the keys in one.
 * @param {Clause[]} clauses
 * @param {Context} context
 */
async function nameAll(clauses, context) {
  const { catalogue, columns, index } = context
  const bare = bareWords(clauses)
  const looking = foresee(clauses, index)
  looking.catch(() => {}) // waited for below; names are made ready while terms are on their way
  const { names } = context // made when it is first asked for
  names.prepare(bare.filter((word) => index.stem(word) !== null))
  const early = findNames(clauses, names)
  const themes = early.spans.flatMap(({ things }) => things.flatMap(({ kind, at }) => (kind === "theme" ? [at] : [])))
  columns.mask("theme", themes).catch(() => {}) // on its way while words are looked up; what fails is told later
  const [known, districts] = await Promise.all([looking, index.districts(bare)])
  names.learn(districts)
  const first = districts.length ? findNames(clauses, names) : early
  const named = new Set(bareWords(first.spans.flatMap((span) => span.clauses)))
  const unknown = new Set(bare.filter((word, at) => !known[at] && !named.has(word)))
  const found = unknown.size ? findNames(clauses, names, { slips: await slipsIn(context), unknown }) : first
  const alone = !found.spans.length && found.left.every(({ options }) => options.length === 1 && options[0].bare)
  return alone ? { ...found, held: names.holding(bare, catalogue) } : found
}

/** Slips in names; a search does not fail for want of districts, and asks for them again the next time. @param {Context} context */
async function slipsIn({ catalogue, districts, names }) {
  const [{ Slips }, all] = await Promise.all([import("./slips.js"), districts().catch(() => null)])
  return all ? (names.slips ??= new Slips(names, catalogue.data, all)) : new Slips(names, catalogue.data, [])
}

/**
 * What is said of words that stand nowhere themselves, but whose stem other words have.
 * @param {Unit[]} units
 * @param {ShardedIndex} index
 */
async function akinOnly(units, index) {
  const words = units.filter((unit) => isWanted(unit) && unit.found && !unit.themes.length).flatMap(ownWords)
  const forms = await Promise.all(words.map((word) => index.formsOf(word)))
  const nowhere = words.filter((_, at) => forms[at] && !forms[at]?.includes(1))
  return nowhere.map((word) => `“${word}” itself is in no paragraph, so words of the same stem were looked for.`)
}

/**
 * What to tell the reader of the parts of a query.
 * @param {Unit[]} units
 * @param {Context} context
 * @param {{ facet: import("../types.js").FacetName, labels: string[], without: string }[]} filters
 * @returns {Pick<Understood, "parts" | "related" | "themes" | "filters">}
 */
function report(units, { catalogue }, filters) {
  const written = units.filter(({ filter, prohibited, typed }) => filter && !prohibited && typed)
  const wanted = units.filter(({ filter, prohibited }) => prohibited || !filter)
  const widened = units.flatMap(({ parts }) => parts.flatMap(({ added }) => added))
  const themed = wanted.filter(({ themes }) => themes.length)
  return {
    // A theme's passages without the words do not count: it is told in how many the words stand.
    parts: wanted.map(({ typed, found, words, prohibited }) => ({ typed, found: prohibited ? found : count(words), prohibited })),
    related: widened.map(({ word, forms }) => ({ word, added: forms.map(({ name }) => name) })),
    themes: themed.map(({ typed, themes, mask, words, about }) => ({
      typed,
      labels: themes.map((at) => catalogue.themes[at].label),
      further: count(mask) - count(words),
      others: count(mask) - about,
    })),
    filters: [
      ...written.flatMap(({ parts }) => parts.flatMap(({ clauses }) => clauses.flatMap(filterWords))),
      ...filters.map(({ facet, labels, without }) => ({ field: facet, value: labels.join(" or "), without })),
    ],
  }
}

/**
 * An atom with what the collection knows of it: the values that are named, and the terms of each word with stars.
 * @typedef {Atom & { named?: import("./names.js").Named, terms?: string[][] }} NamedAtom
 */

/**
 * A way to the values that names in fields mean, loaded with the first.
 * @param {Clause[]} clauses
 * @param {Context} context
 * @returns {Promise<Resolve>}
 */
async function resolverOf(clauses, { catalogue, districts }) {
  const fields = clauses.flatMap(({ options }) => options.flatMap(({ kind, field }) => (kind === "name" ? [field] : [])))
  if (!fields.length) return () => null
  const { resolveName } = await import("./names.js")
  const all = fields.includes("authority") ? await districts() : []
  return (field, value) => resolveName(field, value, catalogue, all)
}

/**
 * A clause with the names in it found; a name that nothing has becomes plain words.
 * @typedef {(field: string, value: string) => ReturnType<typeof import("./names.js").resolveName>} Resolve
 *
 * @param {Clause} clause
 * @param {string[]} notes
 * @param {Resolve} resolve
 * @returns {Clause}
 */
function nameClause(clause, notes, resolve) {
  const options = clause.options.flatMap((atom) => {
    if (atom.kind !== "name") return [atom]
    const named = resolve(atom.field, atom.value)
    if (named?.district) notes.push(`${named.district} is in ${named.labels.join(" and ")}.`)
    if (named && !named.ids.length) notes.push(`No section of ${named.labels.join(" or ")} is here yet.`)
    if (named) return [{ ...atom, named }]
    notes.push(`“${atom.typed}” names no ${FIELD_WORDS[/** @type {import("../types.js").FacetName} */ (atom.field)]} here, so it was taken as plain words.`)
    const words = wordsOf(atom.value)
    return words.length ? [{ ...atom, kind: /** @type {const} */ ("words"), words, field: "" }] : []
  })
  return { ...clause, options }
}

/**
 * Makes the last word stand for all that begin with it, while somebody types.
 * @param {Clause[]} clauses
 * @param {Parsed} parsed
 * @param {ShardedIndex} index
 */
async function openLast(clauses, parsed, index) {
  const last = clauses.at(-1)
  const atom = last?.options.at(-1)
  if (!last || !atom?.plain || atom.end !== parsed.text.length || atom.words[0].length < 3) return
  const beginning = await beginningWithStems(atom.words[0], index)
  last.options.splice(-1, 1, { ...atom, kind: "pattern", words: [`${beginning}*`], plain: false })
}

/**
 * Finds the terms of words with stars, and says so where other words share them.
 * @param {Clause[]} clauses
 * @param {ShardedIndex} index
 * @param {string[]} notes
 */
async function lookUpPatterns(clauses, index, notes) {
  const patterns = clauses.flatMap(({ options }) => options.filter(({ kind }) => kind === "pattern"))
  await Promise.all(patterns.map(async (/** @type {NamedAtom} */ atom) => {
    const found = await Promise.all(atom.words.map((word) => termsOf(word, index)))
    atom.terms = found.map(({ terms }) => terms)
    if (found.some(({ terms, byStem }) => byStem && terms.length)) {
      notes.push(`“${atom.typed}” was looked for by its stem, which other words share.`)
    }
  }))
}

/**
 * @param {Plan} unit
 * @param {Context} context
 * @returns {Promise<Unit>}
 */
async function weigh(unit, context) {
  const { index, columns } = context
  const { size } = index
  const weighed = await Promise.all(unit.parts.map(async ({ clauses, added }) => {
    const [own, forms] = await Promise.all([
      Promise.all(
        clauses.map(async ({ options }) =>
          union(await Promise.all(options.map((atom) => findAtom(atom, context))), size)
        ),
      ),
      Promise.all(added.flatMap(({ forms }) => forms.map(({ words }) => findWords(words, PROSE, index)))),
    ])
    const typed = clauses.length ? intersection(own, size) : new Uint8Array(size)
    return { own: typed, words: union([typed, ...forms], size) }
  }))
  /** @type {Uint8Array} */
  let own = weighed.length ? intersection(weighed.map((part) => part.own), size) : new Uint8Array(size)
  /** @type {Uint8Array} */
  let words = weighed.length ? intersection(weighed.map((part) => part.words), size) : own
  let mask = words
  if (unit.thing) {
    own = await findNamed(unit.thing, context)
    words = union([own, ...(await mentions(unit, context))], size)
    mask = words
  }
  const themed = await columns.mask("theme", unit.themes)
  if (themed) mask = union([mask, themed], size)
  const found = count(mask)
  return { ...unit, mask, words, own, about: themed ? count(themed) : 0, found: unit.prohibited ? size - found : found }
}

/**
 * Where something named is mentioned: by its name, and as it was typed.
 * @param {Plan} unit
 * @param {Context} context
 */
function mentions({ thing, parts }, { index }) {
  const typed = parts.map(({ clauses }) => clauses.flatMap(({ options }) => options[0].words))
  const names = [...(thing?.labels ?? []).map(wordsOf), ...typed].filter((words) =>
    words.some((word) => index.stem(word)) && !(words.length === 1 && ORDINARY.has(words[0]))
  )
  return Promise.all(names.map((words) => findWords(words, PROSE, index)))
}

/**
 * What of a unit is looked for, with what stands for its words.
 * @param {Plan} unit
 */
function positive({ parts }) {
  return parts.flatMap(({ clauses, added }) => {
    /** @type {NamedAtom[]} */
    const typed = clauses.flatMap(({ options }) => options.filter((atom) => !atom.negated && atom.kind !== "name"))
    const forms = added.flatMap((each) =>
      each.forms.map(({ words }) => ({ kind: "words", words, compound: "", field: "related", terms: [] }))
    )
    return [...typed, ...forms]
  })
}

/**
 * Scores by lunr: each wanted word a clause, related ones for less.
 * @param {Plan[]} plans
 * @param {ShardedIndex} index
 * @returns {Promise<Float64Array | null>}
 */
async function score(plans, index) {
  const wanted = []
  for (const unit of plans) {
    for (const { kind, words, compound, field, terms = [] } of unit.prohibited ? [] : positive(unit)) {
      const boost = field === "related" ? RELATED_BOOST : 1
      const fields = field === "related" ? PROSE : field ? [field] : index.fields
      const all = kind === "pattern" ? terms.flat() : compound ? [...words, compound] : words
      for (const word of all) wanted.push({ ...clauseFor(word, fields, kind === "words"), boost })
    }
  }
  return wanted.length ? index.scores(wanted) : null
}

/**
 * @param {Clause} clause
 * @returns {Understood["filters"]}
 */
function filterWords({ options }) {
  const all = options.flatMap((/** @type {NamedAtom} */ { named }) => named ?? [])
  return all.map(({ facet, labels }) => ({ field: facet, value: labels.join(" or ") }))
}

/**
 * All units together; where no passage that the filters leave has all of the wanted ones, any of those. Prohibited words
 * and filters always hold.
 * @param {Unit[]} units
 * @param {number} size
 * @returns {{ mask: Uint8Array, mode: "all" | "any" | "everything" }}
 */
export function combine(units, size) {
  const masks = (/** @type {Unit[]} */ some) => some.map(({ mask }) => mask)
  const wanted = units.filter(isWanted)
  const filtered = intersection(masks(units.filter(({ filter, prohibited }) => filter && !prohibited)), size)
  const all = intersection([...masks(wanted), filtered], size)
  const any = wanted.length > 1 && !all.includes(1)
  const found = any ? intersection([union(masks(wanted), size), filtered], size) : all
  const mask = intersection([found, ...masks(units.filter(({ prohibited }) => prohibited))], size)
  return { mask, mode: !wanted.length ? "everything" : any ? "any" : "all" }
}
