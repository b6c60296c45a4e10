/**
 * A quotation that is nowhere as it was typed, as it may have been quoted from memory: the passages that are nearest to it,
 * and what differs. Loaded only then.
 */
import { sift } from "./facets.js"
import { understand } from "./meaning.js"
import { arrange } from "./order.js"
import { parseQuery } from "./query.js"
import { tokens } from "./words.js"

/**
 * @typedef {import("../types.js").Answer} Answer
 * @typedef {import("../types.js").Piece} Piece
 * @typedef {import("./engine.js").Loaded} Loaded
 */

/** Passages that are compared, those first that have the most of the words nearest together, and those that are shown. */
const COMPARED = 6
const NEAREST = 2

/** What a word that was typed and is not there costs, alone or with another in its place, and one that is there besides. */
const [MISSING, BESIDES] = [1, 0.25]

/**
 * The passages nearest to a quotation.
 * @param {{ typed: string, words: string[] }} quoted   as typed, and its words folded
 * @param {import("./facets.js").Sieve} sieve
 * @param {Loaded} loaded
 * @returns {Promise<Answer["near"]>}
 */
export async function nearlyQuoted({ typed, words }, sieve, loaded) {
  const { catalogue, passages, stem } = loaded
  const { mask, rank, scores, marked } = await understand(parseQuery(words.join(" ")), loaded, { related: false })
  const order = arrange(sift(mask, sieve, catalogue), { rank, scores }, "relevance", catalogue)
  if (!order.total) return null
  const found = await passages.hits(order.first(COMPARED), marked, stem)
  const compared = found.map((hit) => ({ hit, ...compare(typed, hit.text) }))
  const best = compared.sort((one, other) => one.cost - other.cost).slice(0, NEAREST)
  const alike = best.filter(({ shared }) => shared * 2 >= words.length)
  const shown = alike.length ? alike : best
  return {
    elsewhere: false,
    nearly: true,
    hits: shown.map(({ hit }) => hit),
    pieces: shown.map(({ pieces }) => (alike.length ? pieces : [])),
  }
}

/**
 * Lays words beside the stretch of a text that is most like them, by the least cost (Sellers 1980). Capitals, accents and
 * signs are no difference.
 * @param {string} typed
 * @param {string} text
 * @returns {{ pieces: Piece[], shared: number, cost: number }}   `shared`: words that are the same in both
 */
export function compare(typed, text) {
  const [own, its] = [typed, text].map((each) => tokens(each).filter(({ compound }) => !compound))
  const width = its.length + 1
  // Of each pair of places the least cost of all words before it; the stretch may begin anywhere.
  const costs = new Float64Array((own.length + 1) * width)
  for (let row = 1; row <= own.length; row += 1) {
    for (let column = 0; column < width; column += 1) costs[row * width + column] = stepTo(row, column).cost
  }

  /** The cheapest last step to a pair of places: how many words of each it takes. @param {number} row @param {number} column */
  function stepTo(row, column) {
    const at = row * width + column
    const same = column > 0 && own[row - 1].word === its[column - 1].word
    const steps = [{ down: 1, right: 0, cost: costs[at - width] + MISSING }]
    if (column) {
      steps.unshift({ down: 1, right: 1, cost: costs[at - width - 1] + (same ? 0 : MISSING) })
      steps.push({ down: 0, right: 1, cost: costs[at - 1] + BESIDES })
    }
    return { same, ...steps.reduce((best, step) => (step.cost < best.cost ? step : best)) }
  }

  let row = own.length
  const last = costs.subarray(row * width)
  const cost = Math.min(...last)
  let column = last.indexOf(cost)
  if (last[column + 1] === cost) column += 1 // another word at the end, rather than none
  /** @type {{ same: boolean, own: number[], its: number[] }[]} the last first */
  const runs = []
  let shared = 0
  while (row) {
    const { down, right, same } = stepTo(row, column)
    const alike = same && down + right === 2
    if (runs.at(-1)?.same !== alike) runs.push({ same: alike, own: [], its: [] })
    const run = runs[runs.length - 1]
    if (down) run.own.unshift((row -= 1))
    if (right) run.its.unshift((column -= 1))
    shared += Number(alike)
  }
  const written = (/** @type {string} */ all, /** @type {typeof own} */ of, /** @type {number[]} */ places) =>
    places.length ? all.slice(of[places[0]].start, of[places[places.length - 1]].end) : ""
  const pieces = runs.reverse().map((run) => ({
    same: run.same,
    typed: written(typed, own, run.own),
    text: written(text, its, run.its),
  }))
  return { pieces, shared, cost }
}
