/**
 * What a query means for this collection: a mask of the passages that it finds, lunr's scores for their order, and what
 * to tell the reader about how it was understood.
 *
 * A mask is a Uint8Array with 1 at each passage. Scores are lunr's own, of all words wanted.
 *
 * @typedef {import("./query.js").Atom} Atom
 * @typedef {import("./query.js").Clause} Clause
 * @typedef {import("./query.js").Parsed} Parsed
 * @typedef {import("./related.js").Name} Name
 * @typedef {import("../types.js").Understood} Understood
 * @typedef {import("./sharded-index.js").ShardedIndex} ShardedIndex
 *
 * @typedef {object} Context
 * @property {import("./catalogue.js").Catalogue} catalogue
 * @property {ShardedIndex} index
 * @property {import("./related.js").NameTable} names
 * @property {import("./columns.js").Columns} columns
 *
 * @typedef {object} Unit           what holds or does not: a clause, or several clauses whose words make one name
 * @property {string} typed
 * @property {Clause[]} clauses
 * @property {{ word: string, names: Name[] }[]} added   related words, and what for
 * @property {boolean} prohibited
 * @property {boolean} filter       a filter written into the query
 * @property {Uint8Array} mask      1 where it holds; for a prohibited one that is where its words are not
 * @property {Uint8Array} own       the same without related words
 * @property {number} found         passages that have it
 *
 * @typedef {object} Meaning
 * @property {Unit[]} units
 * @property {Uint8Array} mask      1 at each passage found, before the page's own filters
 * @property {Uint8Array | null} own   1 at each that is found without related words; null where these find no other
 * @property {Float64Array | null} scores   by passage; null where no words were wanted
 * @property {Understood} understood
 * @property {import("./marks.js").Sought} marked
 */
import { beginningWithStems, clauseFor, findAtom, findWords, PROSE, termsOf } from "./finding.js"
import { sought } from "./marks.js"
import { count, intersection, union } from "./masks.js"
import { resolveName } from "./names.js"
import { findRelated } from "./related.js"
import { tokens } from "./words.js"

/** How much less a related word counts than one that was typed. */
const RELATED_BOOST = 0.3

/**
 * Finds what a query means.
 * @param {Parsed} parsed
 * @param {Context} context
 * @param {{ related: boolean, typing?: boolean }} how   `typing`: the last plain word may be unfinished
 * @returns {Promise<Meaning>}
 */
export async function understand(parsed, context, { related, typing = false }) {
  const { index } = context
  const notes = [...parsed.notes]
  const named = parsed.clauses.map((clause) => nameClause(clause, context, notes))
  const { clauses, ignored } = dropCommon(named, index)
  if (related) {
    const typed = clauses.flatMap(({ options }) => options.filter(({ kind, negated }) => kind === "words" && !negated))
    index.foresee(typed.flatMap(({ words }) => words)) // it is under way while the table of names is made
  }
  if (typing) await openLast(clauses, parsed, index)
  await lookUpPatterns(clauses, index, notes)
  const stem = (/** @type {string} */ word) => index.stem(word)
  const plans = plan(clauses, related ? context.names : null, stem)
  const [units, scores] = await Promise.all([
    Promise.all(plans.map((unit) => weigh(unit, context))),
    score(plans, index),
  ])
  const { mask, mode } = combine(units, index.size)
  const atoms = plans.flatMap(({ clauses: own, added, prohibited }) => (prohibited ? [] : positive(own, added)))
  const own = units.some(({ added }) => added.length) ? combine(units, index.size, "own").mask : null
  const understood = { mode, ...report(units), ignored, notes }
  return { units, mask, own, scores, marked: sought(atoms, stem), understood }
}

/**
 * What to tell the reader of the parts of a query.
 * @param {Unit[]} units
 * @returns {Pick<Understood, "parts" | "related" | "filters">}
 */
function report(units) {
  const filters = units.filter(({ filter, prohibited }) => filter && !prohibited)
  const parts = units.filter((unit) => !filters.includes(unit))
  const widened = units.flatMap(({ added }) => added)
  return {
    parts: parts.map(({ typed, found, prohibited }) => ({ typed, found, prohibited })),
    related: widened.map(({ word, names }) => ({ word, added: names.map(({ name }) => name) })),
    filters: filters.flatMap(({ clauses }) => clauses.flatMap(filterWords)),
  }
}

/**
 * An atom with what the collection knows of it: the values that are named, and the terms of each word with stars.
 * @typedef {Atom & { named?: import("./names.js").Named, terms?: string[][] }} NamedAtom
 */

/**
 * A clause with the names in it found; a name that nothing has becomes plain words.
 * @param {Clause} clause
 * @param {Context} context
 * @param {string[]} notes
 * @returns {Clause}
 */
function nameClause(clause, { catalogue }, notes) {
  const options = clause.options.flatMap((atom) => {
    if (atom.kind !== "name") return [atom]
    const named = resolveName(atom.field, atom.value, catalogue)
    if (named && !named.ids.length) notes.push(`No text of ${named.labels.join(" or ")} is in the collection yet.`)
    if (named) return [{ ...atom, named }]
    notes.push(`“${atom.typed}” names no ${atom.field} in the collection, so it was taken as plain words.`)
    const words = tokens(atom.value).flatMap(({ word, compound }) => (compound ? [] : [word]))
    return words.length ? [{ ...atom, kind: /** @type {const} */ ("words"), words, field: "" }] : []
  })
  return { ...clause, options }
}

/**
 * Clauses without the words that are too common to be in the index, and these words.
 * @param {Clause[]} clauses
 * @param {ShardedIndex} index
 */
function dropCommon(clauses, index) {
  /** @type {string[]} */
  const ignored = []
  const left = clauses.flatMap((clause) => {
    const options = clause.options.filter((atom) => {
      const common = atom.kind === "words" && atom.words.every((word) => index.stem(word) === null)
      if (common) ignored.push(atom.typed)
      return !common
    })
    return options.length ? [{ ...clause, options }] : []
  })
  return { clauses: left, ignored: [...new Set(ignored)] }
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
 * @typedef {{ typed: string, clauses: Clause[], added: Unit["added"], prohibited: boolean, filter: boolean }} Plan
 *
 * Puts clauses together whose words make one name, and adds its related words.
 * @param {Clause[]} clauses
 * @param {import("./related.js").NameTable | null} names   null: without related words
 * @param {import("./related.js").Stem} stem
 */
function plan(clauses, names, stem) {
  /** @type {Plan[]} */
  const plans = []
  const plain = (/** @type {Clause | undefined} */ clause) => clause?.options.length === 1 && clause.options[0].plain
  for (let at = 0; at < clauses.length;) {
    let end = at
    while (plain(clauses[end])) end += 1
    const run = clauses.slice(at, end)
    const found = names && run.length ? findRelated(run.map(({ options }) => options[0].words[0]), names, stem) : []
    for (let step = 0; step < run.length;) {
      const name = found.find(({ from }) => from === step)
      const own = run.slice(step, name ? name.to : step + 1)
      const typed = own.map((clause) => clause.typed).join(" ")
      const added = name ? [{ word: typed, names: name.added }] : []
      plans.push({ typed, clauses: own, added, prohibited: false, filter: false })
      step += own.length
    }
    if (end < clauses.length) plans.push(planApart(clauses[end], names, stem))
    at = end + 1
  }
  return plans
}

/**
 * A clause that stands for itself: signed, quoted, in a field, or of several options with OR between them.
 * @param {Clause} clause
 * @param {import("./related.js").NameTable | null} names
 * @param {import("./related.js").Stem} stem
 * @returns {Plan}
 */
function planApart(clause, names, stem) {
  const { typed, options } = clause
  const added = options.filter(({ plain }) => names && plain).flatMap((option) =>
    findRelated(option.words, /** @type {import("./related.js").NameTable} */ (names), stem)
      .map((found) => ({ word: option.typed, names: found.added }))
  )
  const prohibited = options.length === 1 && options[0].negated
  return { typed, clauses: [clause], added, prohibited, filter: options.every(({ kind }) => kind === "name") }
}

/**
 * @param {Plan} unit
 * @param {Context} context
 * @returns {Promise<Unit>}
 */
async function weigh(unit, context) {
  const { size } = context.index
  const [own, related] = await Promise.all([
    Promise.all(
      unit.clauses.map(async ({ options }) =>
        union(await Promise.all(options.map((atom) => findAtom(atom, context))), size)
      ),
    ),
    Promise.all(unit.added.flatMap(({ names }) => names.map(({ words }) => findWords(words, PROSE, context.index)))),
  ])
  const typed = intersection(own, size)
  const mask = union([typed, ...related], size)
  const found = count(mask)
  return { ...unit, mask, own: typed, found: unit.prohibited ? size - found : found }
}

/**
 * What of a unit is looked for, related words included.
 * @param {Clause[]} clauses
 * @param {Unit["added"]} added
 */
function positive(clauses, added) {
  /** @type {NamedAtom[]} */
  const typed = clauses.flatMap(({ options }) => options.filter((atom) => !atom.negated && atom.kind !== "name"))
  const related = added.flatMap(({ names }) =>
    names.map(({ words }) => ({ kind: "words", words, compound: "", field: "related", terms: [] }))
  )
  return [...typed, ...related]
}

/**
 * Scores by lunr: each wanted word a clause, related ones for less.
 * @param {Plan[]} plans
 * @param {ShardedIndex} index
 * @returns {Promise<Float64Array | null>}
 */
async function score(plans, index) {
  const wanted = []
  for (const { clauses, added, prohibited } of plans) {
    for (const { kind, words, compound, field, terms = [] } of prohibited ? [] : positive(clauses, added)) {
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
 * All units together; where no passage has all of the wanted ones, any of those. Prohibited words and filters always
 * hold.
 * @param {Unit[]} units
 * @param {number} size
 * @param {"mask" | "own"} [which]
 * @returns {{ mask: Uint8Array, mode: Understood["mode"] }}
 */
export function combine(units, size, which = "mask") {
  const masks = (/** @type {Unit[]} */ some) => some.map((unit) => unit[which])
  const wanted = units.filter((unit) => !unit.prohibited && !unit.filter)
  const held = units.filter((unit) => unit.prohibited || unit.filter)
  const all = intersection(masks(wanted), size)
  const any = wanted.length > 1 && !all.includes(1)
  const mask = intersection([any ? union(masks(wanted), size) : all, ...masks(held)], size)
  return { mask, mode: !wanted.length ? "everything" : any ? "any" : "all" }
}
