/**
 * lunr's scores, worked out over typed arrays: what `lunr.Index.query` of lunr.js 2.3.9 does with words of which a passage
 * may have any, step by step in its order, since a sum of floating-point numbers depends on it. The tests compare both,
 * score by score.
 */

/**
 * @typedef {import("./sharded-index.js").ShardedIndex} ShardedIndex
 *
 * @typedef {object} Clause           a word, and where it is looked for
 * @property {string} term            may have stars
 * @property {string[]} fields
 * @property {number} boost           more than 0
 * @property {boolean} usePipeline    whether the word is still to become a term of the index
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

/**
 * For each passage its score; 0 where it has none of the words.
 * @param {Clause[]} clauses
 * @param {Map<string, Posting>} postings   of every term that the clauses may stand for, sorted by term
 * @param {Figures} figures
 * @param {ShardedIndex} index
 */
export function scoresOf(clauses, postings, figures, index) {
  const { weights, visited, visits } = planQuery(clauses, postings, index)
  const scores = new Float64Array(index.size)
  /** @type {Map<number, { sums: Float64Array, magnitude: number, here: Uint8Array }>} by field, those that have any */
  const fields = new Map()
  for (const { field, posting } of visits) {
    const { docs } = posting.fields[field]
    if (!docs.length) continue
    const own = fields.get(field) ?? similarity(weights[field], visited[field], field, figures)
    fields.set(field, own)
    const { sums, magnitude, here } = own
    for (let at = 0; at < docs.length; at += 1) {
      const doc = docs[at]
      if (!here[doc]) scores[doc] += sums[doc] / magnitude
      here[doc] = 1
    }
  }
  return scores
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
 * What a query asks for: how much each term weighs in each field, and which postings count, in lunr's order.
 * @param {Clause[]} clauses
 * @param {Map<string, Posting>} postings
 * @param {ShardedIndex} index
 */
function planQuery(clauses, postings, index) {
  const { fields } = index
  /** @type {Map<number, number>[]} order of a term to its weight, for each field */
  const weights = fields.map(() => new Map())
  /** @type {Map<number, Posting>[]} */
  const visited = fields.map(() => new Map())
  /** @type {{ field: number, posting: Posting }[]} */
  const visits = []
  for (const clause of clauses) {
    const places = clause.fields.map((name) => fields.indexOf(name))
    for (const term of index.termsOf(clause).flatMap((each) => expansionsOf(each, postings, index))) {
      const posting = /** @type {Posting} */ (postings.get(term))
      for (const field of places) {
        weights[field].set(posting.order, (weights[field].get(posting.order) ?? 0) + clause.boost)
        if (visited[field].has(posting.order)) continue
        visited[field].set(posting.order, posting)
        visits.push({ field, posting })
      }
    }
  }
  return { weights, visited, visits }
}

/**
 * The terms of the index that a word stands for: itself, or those that its stars match.
 * @param {string} word
 * @param {Map<string, Posting>} postings
 * @param {ShardedIndex} index
 */
function expansionsOf(word, postings, index) {
  if (word.includes("*")) return index.expansions(word, postings.keys())
  return postings.has(word) ? [word] : []
}

/**
 * The similarity of a field to the query is a sum, for each passage, divided by a magnitude: the sum is over the terms, in
 * their order, of weight times score; the magnitude is the length of the vector of weights. `here` is for whoever adds it
 * up.
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
