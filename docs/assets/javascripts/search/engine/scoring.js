/**
 * lunr's hits and scores, worked out over typed arrays: what `lunr.Index.query` of lunr.js 2.3.9 does, step by step in its
 * order, since a sum of floating-point numbers depends on it. The tests compare both, score by score.
 */

/**
 * @typedef {import("./lunr.d.ts").Query} Query
 * @typedef {import("./lunr.d.ts").Clause} Clause
 * @typedef {import("./sharded-index.js").ShardedIndex} ShardedIndex
 *
 * @typedef {object} FieldPosting
 * @property {Uint32Array} docs       numbers of the passages that have the term, rising
 * @property {Uint32Array} repeated   places in `docs` of those that have it more than once
 * @property {Uint32Array} counts     how often these have it
 *
 * @typedef {object} Posting
 * @property {string} term
 * @property {number} order           its place in lunr's order of summing
 * @property {FieldPosting[]} fields
 *
 * @typedef {object} Figures          what scores are made with
 * @property {[string, number][]} fields   name and boost
 * @property {number} b
 * @property {number} k1
 * @property {number} average
 * @property {Uint8Array} steps       for each passage the length of its text, as an index into:
 * @property {number[]} stepLengths
 */

/** What a query found. */
export class Hits {
  /**
   * @param {Uint32Array} found     in the order in which lunr comes upon them, which is its order among equal scores
   * @param {Float64Array} scores
   */
  constructor(found, scores) {
    this.found = found
    /** For each passage its score; 0 where it was not found. */
    this.scores = scores
    /** How many passages were found. */
    this.total = found.length
  }

  /** All passages, in lunr's order. */
  get docs() {
    return this.#inOrder(this.found)
  }

  /**
   * The first passages, in lunr's order.
   * @param {number} most
   */
  top(most) {
    const { found, scores, total } = this
    if (total <= most) return this.docs
    if (!most) return new Uint32Array()
    const sorted = Float64Array.from(found, (doc) => scores[doc]).sort()
    const least = sorted[total - most]
    const above = this.#inOrder(found.filter((doc) => scores[doc] > least))
    const level = found.filter((doc) => scores[doc] === least)
    return Uint32Array.from([...above, ...level.subarray(0, most - above.length)])
  }

  /** @param {Uint32Array} docs */
  #inOrder(docs) {
    const { scores } = this
    return Uint32Array.from(Array.from(docs).sort((one, other) => scores[other] - scores[one]))
  }
}

/**
 * @param {Query} query
 * @param {Map<string, Posting>} postings   of every term that the query may stand for, sorted by term
 * @param {Figures} figures
 * @param {ShardedIndex} index
 */
export function scoreHits(query, postings, figures, index) {
  const size = figures.steps.length
  const plan = planQuery(query, postings, figures.fields.map(([name]) => name), index, size)
  const scores = new Float64Array(size)
  const found = new Uint32Array(size)
  let total = 0
  if (query.isNegated()) {
    for (let doc = 0; doc < size; doc += 1) if (plan.allowed[doc]) found[total++] = doc
    return new Hits(found.slice(0, total), scores)
  }
  /** @type {Map<number, { sums: Float64Array, magnitude: number, here: Uint8Array }>} by field, those that have any */
  const fields = new Map()
  const seen = new Uint8Array(size)
  for (const { field, posting } of plan.visits) {
    const { docs } = posting.fields[field]
    if (!docs.length) continue
    const own = fields.get(field) ?? similarity(plan.weights[field], plan.visited[field], field, figures)
    fields.set(field, own)
    const { sums, magnitude, here } = own
    for (let at = 0; at < docs.length; at += 1) {
      const doc = docs[at]
      if (here[doc]) continue
      here[doc] = 1
      if (!plan.allowed[doc]) continue
      if (magnitude) scores[doc] += sums[doc] / magnitude
      if (!seen[doc]) found[total++] = doc
      seen[doc] = 1
    }
  }
  return new Hits(found.slice(0, total), scores)
}

/**
 * The passages in which any term of a clause stands in any of its fields.
 * @param {Map<string, Posting>} postings
 * @param {{ fields: string[] }} clause
 * @param {ShardedIndex} index
 */
export function docsWith(postings, clause, index) {
  const mask = new Uint8Array(index.size)
  for (const posting of postings.values()) {
    for (const name of clause.fields) mark(mask, posting.fields[index.fields.indexOf(name)].docs)
  }
  return mask
}

/**
 * What a query asks for: which passages it allows, how much each term weighs in each field, and which postings count, in
 * lunr's order.
 * @param {Query} query
 * @param {Map<string, Posting>} postings
 * @param {string[]} fields
 * @param {ShardedIndex} index
 * @param {number} size
 */
function planQuery(query, postings, fields, index, size) {
  const { REQUIRED, PROHIBITED } = index.lunr.Query.presence
  /** @type {Map<number, number>[]} order of a term to its weight, for each field */
  const weights = fields.map(() => new Map())
  /** @type {Map<number, Posting>[]} */
  const visited = fields.map(() => new Map())
  /** @type {{ field: number, posting: Posting }[]} */
  const visits = []
  const allowed = new Uint8Array(size).fill(1)
  for (const clause of query.clauses) {
    const places = clause.fields.map((name) => fields.indexOf(name))
    const matches = new Uint8Array(size)
    let words = 0
    for (const term of index.termsOf(clause)) {
      words += 1
      for (const expanded of expansionsOf(clause, term, postings, index)) {
        const posting = /** @type {Posting} */ (postings.get(expanded))
        for (const field of places) {
          if (clause.presence === REQUIRED || clause.presence === PROHIBITED) mark(matches, posting.fields[field].docs)
          if (clause.presence === PROHIBITED) continue
          weights[field].set(posting.order, (weights[field].get(posting.order) ?? 0) + clause.boost)
          if (visited[field].has(posting.order)) continue
          visited[field].set(posting.order, posting)
          visits.push({ field, posting })
        }
      }
    }
    if (clause.presence === REQUIRED && words) for (let doc = 0; doc < size; doc += 1) allowed[doc] &= matches[doc]
    if (clause.presence === PROHIBITED) for (let doc = 0; doc < size; doc += 1) if (matches[doc]) allowed[doc] = 0
  }
  return { weights, visited, visits, allowed }
}

/**
 * @param {Clause} clause
 * @param {string} term
 * @param {Map<string, Posting>} postings
 * @param {ShardedIndex} index
 */
function expansionsOf(clause, term, postings, index) {
  if (clause.editDistance === undefined && !term.includes("*")) return postings.has(term) ? [term] : []
  return index.expansions(clause, term, postings.keys())
}

/**
 * The similarity of a field to the query is a sum, for each passage, divided by a magnitude: the sum is over the terms, in
 * their order, of weight times score; the magnitude is the length of the vector of weights, and where it is 0 so is the
 * similarity. `here` is for whoever adds it up.
 * @param {Map<number, number>} weights
 * @param {Map<number, Posting>} postings
 * @param {number} field
 * @param {Figures} figures
 */
function similarity(weights, postings, field, figures) {
  const sums = new Float64Array(figures.steps.length)
  const orders = [...weights.keys()].sort((one, other) => one - other)
  let squares = 0
  for (const order of orders) {
    const weight = /** @type {number} */ (weights.get(order))
    const posting = /** @type {Posting} */ (postings.get(order))
    squares += weight * weight
    const { docs } = posting.fields[field]
    const scores = termScores(posting, field, figures)
    for (let at = 0; at < docs.length; at += 1) sums[docs[at]] += weight * scores[at]
  }
  return { sums, magnitude: Math.sqrt(squares), here: new Uint8Array(sums.length) }
}

/**
 * The scores of a term in the documents of one field: lunr.py's formula (its `builder.py` and `idf.py`) in its order.
 * @param {Posting} posting
 * @param {number} field
 * @param {Figures} figures
 */
function termScores(posting, field, figures) {
  const { b, k1, average, stepLengths, steps } = figures
  const [name, boost] = figures.fields[field]
  const having = posting.fields.reduce((sum, { docs }) => sum + docs.length, 0)
  const idf = Math.log(1 + Math.abs((steps.length - having + 0.5) / (having + 0.5)))
  /** @param {number} count @param {number} relativeLength */
  const score = (count, relativeLength) =>
    Number((((idf * ((k1 + 1) * count)) / (k1 * (1 - b + b * relativeLength) + count)) * boost).toFixed(3))
  const { docs, repeated, counts } = posting.fields[field]
  const scores = new Float64Array(docs.length)
  // Only the length of the text counts; every other field is of average length.
  const relativeLengths = name === "text" ? stepLengths.map((length) => length / average) : [1]
  /** @type {Map<number, Float64Array>} */
  const rows = new Map()
  const rowOf = (/** @type {number} */ count) => {
    const row = rows.get(count) ?? Float64Array.from(relativeLengths, (length) => score(count, length))
    rows.set(count, row)
    return row
  }
  const once = rowOf(1)
  if (name === "text") {
    for (let at = 0; at < docs.length; at += 1) scores[at] = once[steps[docs[at]]]
    for (let at = 0; at < repeated.length; at += 1) scores[repeated[at]] = rowOf(counts[at])[steps[docs[repeated[at]]]]
  } else {
    scores.fill(once[0])
    for (let at = 0; at < repeated.length; at += 1) scores[repeated[at]] = rowOf(counts[at])[0]
  }
  return scores
}

/** @param {Uint8Array} mask @param {Uint32Array} docs */
function mark(mask, docs) {
  for (let at = 0; at < docs.length; at += 1) mask[docs[at]] = 1
}
