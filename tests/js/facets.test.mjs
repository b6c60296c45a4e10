/** Filters and counts, against counting one by one. */
import assert from "node:assert/strict"
import { test } from "node:test"
import { countFacets } from "../../docs/assets/javascripts/search/engine/counts.js"
import { makeSieve, sift } from "../../docs/assets/javascripts/search/engine/facets.js"
import { resolveName } from "../../docs/assets/javascripts/search/engine/names.js"
import { arrange, gather } from "../../docs/assets/javascripts/search/engine/order.js"
import { inventedCollection } from "./collection.mjs"
import { there } from "./given.mjs"
import { randomness } from "./random.mjs"

/**
 * @typedef {import("../../docs/assets/javascripts/search/types.js").FacetName} FacetName
 * @typedef {import("../../docs/assets/javascripts/search/types.js").Filters} Filters
 * @typedef {import("../../docs/assets/javascripts/search/types.js").Sort} Sort
 * @typedef {ReturnType<typeof inventedCollection>} Collection
 */

/** @type {FacetName[]} */
const FACETS = ["theme", "voice", "statement", "score", "rating", "region", "type", "authority", "year"]

/** Every list of themes and voices of the invented collection. */
const LISTS = ["theme/Water", "theme/Land", "voice/"]

/** Ids of the values of a passage, by the plainest way. @param {number} doc @param {FacetName} facet @param {Collection} collection */
function valuesOf(doc, facet, { catalogue, tags }) {
  if (facet === "theme") return catalogue.themes.flatMap(({ id }, at) => (tags.theme[at].has(doc) ? [id] : []))
  if (facet === "voice") return catalogue.voices.flatMap(({ id }, at) => (tags.voice[at].has(doc) ? [id] : []))
  const place = catalogue.place(doc)
  if (facet === "statement") return [place.statement.id]
  if (facet === "score") return [`${place.score}`]
  if (facet === "authority") return [place.authority.slug]
  if (facet === "year") return [place.published.slice(0, 4)]
  const named = { rating: place.rating, region: place.authority.region, type: place.authority.type }[facet]
  return [there(catalogue.facetValues[facet].find(({ label }) => label === named)).id]
}

/** @param {number} doc @param {Filters} filters @param {Collection} collection @param {string} [besides]   a facet whose filter does not count */
function fits(doc, filters, collection, besides = "") {
  const { notTheme = [], ...others } = filters
  if (valuesOf(doc, "theme", collection).some((id) => notTheme.includes(id))) return false
  return FACETS.every((facet) => {
    const ids = others[facet]
    return !ids || facet === besides || valuesOf(doc, facet, collection).some((id) => ids.includes(id))
  })
}

/** Filters of a few facets, each with a few values. @param {ReturnType<typeof randomness>} random @param {Collection} collection */
function randomFilters(random, { catalogue }) {
  /** @type {Filters} */
  const filters = {}
  for (const facet of /** @type {const} */ ([...FACETS, "notTheme"])) {
    const ids = catalogue.facetValues[facet === "notTheme" ? "theme" : facet].map(({ id }) => id)
    if (random.next() < 0.25) filters[facet] = [...new Set([random.pick(ids), random.pick(ids)])]
  }
  return filters
}

test("values within a facet are OR, facets are AND, and each facet is counted without its own filter", async () => {
  for (let seed = 1; seed <= 150; seed += 1) {
    const collection = inventedCollection(seed)
    const { catalogue, columns } = collection
    const random = randomness(seed)
    const mask = Uint8Array.from({ length: catalogue.size }, () => random.below(2))
    const filters = randomFilters(random, collection)
    const sieve = await makeSieve(filters, catalogue, columns)
    const found = Array.from(mask.keys()).filter((doc) => mask[doc])
    const left = sift(mask, sieve, catalogue)
    const expected = found.filter((doc) => fits(doc, filters, collection))
    assert.deepEqual(Array.from(left.keys()).filter((doc) => left[doc]), expected, JSON.stringify(filters))
    const counted = await countFacets(mask, sieve, catalogue, columns, LISTS)
    for (const facet of FACETS) {
      const among = found.filter((doc) => fits(doc, filters, collection, facet))
      for (const { id, count } of counted[facet]) {
        const own = among.filter((doc) => valuesOf(doc, facet, collection).includes(id)).length
        assert.equal(count, own, `${facet} ${id} with ${JSON.stringify(filters)}`)
      }
    }
  }
})

test("values that the collection does not have change nothing", async () => {
  const { catalogue, columns } = inventedCollection(1)
  /** @type {any} */
  const strange = { theme: ["nothing", "__proto__"], score: ["7"], region: "london", notTheme: null, madeUp: ["x"] }
  const everything = new Uint8Array(catalogue.size).fill(1)
  assert.deepEqual(sift(everything, await makeSieve(strange, catalogue, columns), catalogue), everything)
})

test("an authority without a text is known: as a filter it leaves nothing", async () => {
  const { catalogue, columns } = inventedCollection(1)
  const everything = new Uint8Array(catalogue.size).fill(1)
  const left = sift(everything, await makeSieve({ authority: ["anytown"] }, catalogue, columns), catalogue)
  assert.equal(left.reduce((sum, each) => sum + each, 0), 0)
  assert.deepEqual(resolveName("authority", "anytown", catalogue, [])?.ids, [])
})

test("every value is counted, zero included, in the order in which it is shown", async () => {
  const { catalogue, columns } = inventedCollection(2)
  const counted = await countFacets(
    new Uint8Array(catalogue.size),
    await makeSieve({}, catalogue, columns),
    catalogue,
    columns,
    LISTS,
  )
  assert.deepEqual(counted.score.map(({ id, count }) => [id, count]), [["4", 0], ["3", 0], ["2", 0], ["1", 0]])
  assert.deepEqual(counted.rating.map(({ id }) => id), ["outstanding", "good", "requires-improvement", "inadequate"])
  assert.deepEqual(counted.authority.map(({ id }) => id), catalogue.data.authorities.map(([slug]) => slug))
  assert.deepEqual(counted.theme.map(({ group }) => group), ["Water", "Land", "Water"])
})

test("a list of themes or voices that was not asked for is named, not counted, and its file not fetched", async () => {
  const { catalogue, columns } = inventedCollection(2)
  const everything = new Uint8Array(catalogue.size).fill(1)
  const sieve = await makeSieve({}, catalogue, columns)
  /** @type {string[]} */
  const fetched = []
  const counting = { count: (/** @type {any[]} */ ...[kind, place, mask]) => (fetched.push(kind), columns.count(kind, place, mask)) }
  const { theme, voice, score } = await countFacets(everything, sieve, catalogue, /** @type {any} */ (counting), ["theme/Land"])
  assert.deepEqual(theme.map(({ label, count }) => [label, count !== null]), [["Boats", false], ["Roads and paths", true], ["Bridges", false]])
  assert.ok(voice.length && voice.every(({ count }) => count === null))
  assert.ok(score.some(({ count }) => count))
  assert.deepEqual(fetched, ["theme"])
})

const { catalogue } = inventedCollection(3)
/** @param {FacetName} field @param {string} value */
const ids = (field, value) => resolveName(field, value, catalogue, [])?.ids ?? null

test("scores and years are one, several, a range or a bound", () => {
  assert.deepEqual(ids("score", "4"), ["4"])
  assert.deepEqual(ids("score", "3-4"), ["4", "3"])
  assert.deepEqual(ids("score", "4–3"), ["4", "3"])
  assert.deepEqual(ids("score", ">=3"), ["4", "3"])
  assert.deepEqual(ids("score", "3+"), ["4", "3"])
  assert.deepEqual(ids("score", "<2"), ["1"])
  assert.deepEqual(ids("score", "1,4"), ["4", "1"])
  assert.deepEqual(ids("year", ">2000"), catalogue.years)
  for (const strange of ["", "five", "5", ">4", "-", "1-", "99999999999", "1e0", "3,"]) {
    assert.equal(ids("score", strange), null, strange)
  }
})

test("a name is an id, a label, another name, or words that stand in it side by side", () => {
  assert.deepEqual(ids("theme", "boats"), ["boats"])
  assert.deepEqual(ids("theme", "Easy Read"), ["bridges"])
  assert.deepEqual(ids("theme", "paths"), ["roads"])
  assert.deepEqual(ids("rating", "requires improvement"), ["requires-improvement"])
  assert.deepEqual(ids("region", "east"), ["east"])
  assert.deepEqual(ids("region", "south"), ["south-east"])
  assert.deepEqual(ids("authority", "cliffe AND dale"), ["cliffe-and-dale"])
  assert.deepEqual(ids("authority", "boat*"), ["boatham", "east-boatham"])
  for (const strange of ["", "*", "dale cliffe", "boat", "__proto__", "?"]) {
    assert.equal(ids("authority", strange), null, strange)
  }
})

test("an authority without a text is known, and nothing of it is found", () => {
  assert.deepEqual(resolveName("authority", "anytown", catalogue, []), { facet: "authority", ids: [], labels: ["Anytown"] })
})

test("results are in the order of the sort, then by rank, then by score, then as collected", () => {
  const mask = new Uint8Array(catalogue.size).fill(1)
  const random = randomness(9)
  const scores = Float64Array.from(mask, () => random.below(3))
  const level = Uint8Array.from(mask, () => random.below(2))
  /** @type {Record<Sort, (doc: number) => number>} */
  const key = {
    relevance: () => 0,
    newest: (doc) => -Number(catalogue.place(doc).published.replace("-", "")),
    "score-down": (doc) => -catalogue.place(doc).score,
    "score-up": (doc) => catalogue.place(doc).score,
    authority: (doc) => catalogue.facetOf.authority[catalogue.textOf[doc]],
  }
  for (const [sort, rank] of /** @type {[Sort, (doc: number) => number][]} */ (Object.entries(key))) {
    const order = Array.from(arrange(mask, { scores, rank: level }, sort, catalogue).all())
    const expected = Array.from(mask.keys()).sort((a, b) =>
      rank(a) - rank(b) || level[a] - level[b] || scores[b] - scores[a] || a - b
    )
    assert.deepEqual(order, expected, sort)
    for (const most of [0, 1, 5, order.length - 1, order.length, 1000]) {
      const first = arrange(mask, { scores, rank: level }, sort, catalogue).first(most)
      assert.deepEqual(Array.from(first), expected.slice(0, most), `the first ${most} by ${sort}`)
    }
  }
})

test("a group holds its results together, in the order of its best", () => {
  const ranking = arrange(new Uint8Array(catalogue.size).fill(1), { scores: null, rank: null }, "score-down", catalogue)
  const order = ranking.all()
  for (const group of /** @type {const} */ (["authority", "report", "statement"])) {
    const { ranking: together, groups } = gather(ranking, group, catalogue)
    const gathered = together.all()
    assert.deepEqual(Array.from(gathered).sort(), Array.from(order).sort())
    assert.equal(groups.reduce((sum, { count }) => sum + count, 0), order.length)
    const firsts = groups.map(({ start }) => order.indexOf(gathered[start]))
    assert.deepEqual(firsts, [...firsts].sort((a, b) => a - b))
    assert.equal(new Set(groups.map(({ key: each }) => each)).size, groups.length)
  }
})
