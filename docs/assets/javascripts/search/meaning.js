/**
 * What a query means for this collection: a mask of the passages that it finds, lunr's scores for their order, and what
 * to tell the reader about how it was understood.
 *
 * A mask is a Uint8Array with 1 at each passage. Scores are lunr's own, of all words wanted as optional clauses.
 *
 * @typedef {import("./query.js").Atom} Atom
 * @typedef {import("./query.js").Clause} Clause
 * @typedef {import("./query.js").Parsed} Parsed
 * @typedef {import("./related.js").Name} Name
 * @typedef {import("./types.js").Understood} Understood
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
 * @property {Name[]} added         related words
 * @property {boolean} prohibited
 * @property {boolean} filter       a filter written into the query
 * @property {Uint8Array} mask      1 where it holds; for a prohibited one that is where its words are not
 * @property {number} found         passages that have it
 *
 * @typedef {object} Meaning
 * @property {Unit[]} units
 * @property {Uint8Array} mask      1 at each passage found, before the page's own filters
 * @property {Float64Array | null} scores   by passage; null where no words were wanted
 * @property {Understood} understood
 * @property {import("./marks.js").Sought} marked
 */
import { makeSieve, sift } from "./facets.js"
import { sought } from "./marks.js"
import { resolveName } from "./names.js"
import { findRelated } from "./related.js"
import { tokens } from "./words.js"

/**
 * Where a plain word is looked for: what a reader sees on a passage. Names of its themes are not among them, since a
 * word of a longer name (`community equipment`) says nothing about the passage; they count for the order alone.
 */
const SEEN = ["text", "heading", "authority", "statement"]
const PROSE = ["text", "heading"]
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
  if (typing) openLast(clauses, parsed)
  const stem = (/** @type {string} */ word) => index.stem(word)
  const plans = plan(clauses, related ? context.names : null, stem)
  const [units, scores] = await Promise.all([
    Promise.all(plans.map((unit) => weigh(unit, context))),
    score(plans, index),
  ])
  const { mask, mode } = combine(units, index.size)
  return {
    units,
    mask,
    scores,
    marked: sought(
      plans.flatMap(({ clauses: own, added, prohibited }) => (prohibited ? [] : positive(own, added))),
      stem,
    ),
    understood: {
      mode,
      parts: units.filter((unit) => !unit.filter || unit.prohibited).map(({ typed, found, prohibited }) => ({
        typed,
        found,
        prohibited,
      })),
      related: plans.filter(({ added }) => added.length).map(({ typed, added }) => ({
        word: typed,
        added: added.map(({ name }) => name),
      })),
      ignored,
      filters: plans.filter(({ filter, prohibited }) => filter && !prohibited).flatMap(({ clauses: own }) =>
        own.flatMap(filterWords)
      ),
      notes,
    },
  }
}

/** @typedef {Atom & { named?: import("./names.js").Named }} NamedAtom */

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
 */
function openLast(clauses, parsed) {
  const last = clauses.at(-1)
  const atom = last?.options.at(-1)
  if (!last || !atom?.plain || atom.end !== parsed.text.length || atom.words[0].length < 3) return
  last.options.splice(-1, 1, { ...atom, kind: "pattern", words: [`${atom.words[0]}*`], plain: false })
}

/**
 * @typedef {{ typed: string, clauses: Clause[], added: Name[], prohibited: boolean, filter: boolean }} Plan
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
      plans.push({
        typed: own.map(({ typed }) => typed).join(" "),
        clauses: own,
        added: name?.added ?? [],
        prohibited: false,
        filter: false,
      })
      step += own.length
    }
    if (end < clauses.length) {
      const { typed, options } = clauses[end]
      const prohibited = options.length === 1 && options[0].negated
      plans.push({
        typed,
        clauses: [clauses[end]],
        added: [],
        prohibited,
        filter: options.every(({ kind }) => kind === "name"),
      })
    }
    at = end + 1
  }
  return plans
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
    Promise.all(unit.added.map(({ words }) => findWords(words, PROSE, context.index))),
  ])
  const mask = union([intersection(own, size), ...related], size)
  const found = count(mask)
  return { ...unit, mask, found: unit.prohibited ? size - found : found }
}

/**
 * The passages in which one thing is, or for a negated one is not.
 * @param {NamedAtom} atom
 * @param {Context} context
 * @returns {Promise<Uint8Array>}
 */
async function findAtom(atom, context) {
  const mask = await findPositive(atom, context)
  return atom.negated ? mask.map((here) => 1 - here) : mask
}

/**
 * @param {NamedAtom} atom
 * @param {Context} context
 */
async function findPositive({ kind, words, compound, field, named }, context) {
  const { index } = context
  if (named) return findNamed(named, context)
  if (kind === "pattern") {
    return intersection(
      await Promise.all(words.map((word) => findPattern(word, field ? [field] : SEEN, index))),
      index.size,
    )
  }
  const fields = field ? [field] : words.length > 1 ? PROSE : SEEN
  if (!compound) return findWords(words, fields, index)
  return union(await Promise.all([findWords(words, fields, index), findWords([compound], fields, index)]), index.size)
}

/**
 * @param {string[]} words
 * @param {string[]} fields
 * @param {ShardedIndex} index
 */
function findWords(words, fields, index) {
  return words.length > 1 ? index.phrase(words, fields) : index.matching(clauseFor(words[0], fields))
}

/**
 * The index holds stems: a word that begins with all the letters given may have a shorter one (`interpreter*`).
 * @param {string} pattern
 * @param {string[]} fields
 * @param {ShardedIndex} index
 */
async function findPattern(pattern, fields, index) {
  const stem = /^[^*]+\*$/u.test(pattern) ? index.stem(pattern.slice(0, -1)) : null
  const shorter = stem !== null && !stem.startsWith(pattern.slice(0, -1))
    ? [index.matching(clauseFor(stem, fields, false))]
    : []
  return union(await Promise.all([index.matching(clauseFor(pattern, fields, false)), ...shorter]), index.size)
}

/**
 * A clause as lunr's own parser makes it.
 * @param {string} term
 * @param {string[]} fields
 */
function clauseFor(term, fields, usePipeline = true) {
  return { term, fields, boost: 1, usePipeline, wildcard: 0, presence: 1 }
}

/**
 * @param {import("./names.js").Named} named
 * @param {Context} context
 */
async function findNamed({ facet, ids }, { catalogue, index, columns }) {
  if (!ids.length) return new Uint8Array(index.size)
  const sieve = await makeSieve({ [facet]: ids }, catalogue, columns)
  return sift(new Uint8Array(index.size).fill(1), sieve, catalogue)
}

/**
 * What of a unit is looked for, related words included.
 * @param {Clause[]} clauses
 * @param {Name[]} added
 */
function positive(clauses, added) {
  const typed = clauses.flatMap(({ options }) => options.filter((atom) => !atom.negated && atom.kind !== "name"))
  return [
    ...typed,
    ...added.map(({ words }) => ({ kind: /** @type {const} */ ("words"), words, compound: "", field: "related" })),
  ]
}

/**
 * Scores by lunr: each wanted word an optional clause, related ones for less.
 * @param {Plan[]} plans
 * @param {ShardedIndex} index
 * @returns {Promise<Float64Array | null>}
 */
async function score(plans, index) {
  const query = index.newQuery()
  for (const { clauses, added, prohibited } of plans) {
    for (const { kind, words, compound, field } of prohibited ? [] : positive(clauses, added)) {
      const boost = field === "related" ? RELATED_BOOST : 1
      const fields = field === "related" ? PROSE : field ? [field] : index.fields
      for (const word of compound ? [...words, compound] : words) {
        query.clause({ ...clauseFor(word, fields, kind === "words"), boost })
      }
    }
  }
  return query.clauses.length ? (await index.hits(query)).scores : null
}

/**
 * @param {Clause} clause
 * @returns {Understood["filters"]}
 */
function filterWords({ options }) {
  return options.flatMap((
    /** @type {NamedAtom} */ { named },
  ) => (named ? [{ field: named.facet, value: named.labels.join(" or ") }] : []))
}

/**
 * All units together; where no passage has all of the wanted ones, any of those. Prohibited words and filters always
 * hold.
 * @param {Unit[]} units
 * @param {number} size
 * @returns {{ mask: Uint8Array, mode: Understood["mode"] }}
 */
export function combine(units, size) {
  const masks = (/** @type {Unit[]} */ some) => some.map(({ mask }) => mask)
  const wanted = units.filter((unit) => !unit.prohibited && !unit.filter)
  const held = units.filter((unit) => unit.prohibited || unit.filter)
  const all = intersection(masks(wanted), size)
  const any = wanted.length > 1 && !all.includes(1)
  const mask = intersection([any ? union(masks(wanted), size) : all, ...masks(held)], size)
  return { mask, mode: !wanted.length ? "everything" : any ? "any" : "all" }
}

/**
 * @param {Uint8Array[]} masks
 * @param {number} size
 */
function intersection(masks, size) {
  const all = new Uint8Array(size).fill(1)
  for (const mask of masks) for (let doc = 0; doc < size; doc += 1) all[doc] &= mask[doc]
  return all
}

/**
 * @param {Uint8Array[]} masks
 * @param {number} size
 */
function union(masks, size) {
  if (masks.length === 1) return masks[0]
  const any = new Uint8Array(size)
  for (const mask of masks) for (let doc = 0; doc < size; doc += 1) any[doc] |= mask[doc]
  return any
}

/** @param {Uint8Array} mask */
export function count(mask) {
  let sum = 0
  for (let doc = 0; doc < mask.length; doc += 1) sum += mask[doc]
  return sum
}
