/**
 * Near matches, which stand below what was found and apart from it: passages with most of what was looked for, where few
 * have it all; those of other councils where the one that is named has none; and those nearest to a quotation that is
 * nowhere (`quotation.js`).
 */
import { sift } from "./facets.js"
import { intersection } from "./masks.js"
import { isWanted, rankOf } from "./nearness.js"
import { arrange } from "./order.js"

/**
 * @typedef {import("../types.js").Answer} Answer
 * @typedef {import("./answers.js").Found} Found
 * @typedef {import("./engine.js").Loaded} Loaded
 */

/** Where as many have everything, nothing else is shown. */
const ENOUGH = 10
const MOST_NEAR = 5
/** Words that make a quotation rather than a name. */
const QUOTATION = 4

/**
 * @param {Found} found
 * @param {Loaded} loaded
 * @returns {Promise<Answer["near"]>}
 */
export async function nearMatches({ meaning, sieve, ranking }, loaded) {
  const { units, understood, mask, scores, marked } = meaning
  const wanted = units.filter(isWanted)
  const quoted = ranking.total ? undefined : wanted.flatMap(phrasesOf).find(({ words }) => words.length >= QUOTATION)
  if (quoted) return (await import("./quotation.js")).nearlyQuoted(quoted, sieve, loaded)
  if (understood.mode !== "all" || ranking.total >= ENOUGH || !wanted.length) return null
  const places = units.filter(({ filter, typed }) => filter && !typed)
  const elsewhere = !ranking.total && places.length > 0
  if (!elsewhere && wanted.length < 2) return null
  const { catalogue, index, passages, stem } = loaded
  const held = units.filter((unit) => !isWanted(unit) && !(elsewhere && places.includes(unit)))
  const least = elsewhere ? wanted.length : Math.ceil(wanted.length / 2)
  const some = intersection(held.map((unit) => unit.mask), index.size)
  for (let doc = some.indexOf(1); doc >= 0; doc = some.indexOf(1, doc + 1)) {
    if (mask[doc] || wanted.reduce((sum, unit) => sum + unit.mask[doc], 0) < least) some[doc] = 0
  }
  const left = sift(some, sieve, catalogue)
  if (!left.includes(1)) return null
  const rank = await rankOf(units, left, loaded)
  const order = arrange(left, { scores, rank }, "relevance", catalogue)
  const shown = order.first(Math.min(MOST_NEAR, ENOUGH - ranking.total))
  return { elsewhere, nearly: false, hits: await passages.hits(shown, marked, stem), pieces: [] }
}

/** The phrases in quotation marks. @param {import("./meaning.js").Unit} unit */
const phrasesOf = ({ parts }) =>
  parts.flatMap(({ clauses }) => clauses.flatMap(({ options }) => options.filter(({ kind, bare }) => kind === "words" && !bare)))
