/** One request to its answer: what it finds, and then only what is shown of it. */
import { makeSieve, sift } from "./facets.js"
import { combine, understand } from "./meaning.js"
import { isWanted } from "./nearness.js"
import { arrange, gather } from "./order.js"
import { count } from "./masks.js"
import { nearMatches } from "./near-matches.js"
import { findPages } from "./pages.js"
import { parseQuery, textOf } from "./query.js"

/**
 * @typedef {import("../types.js").Answer} Answer
 * @typedef {import("../types.js").Request} Request
 * @typedef {import("../types.js").Suggestions} Suggestions
 * @typedef {import("./engine.js").Loaded} Loaded
 * @typedef {import("./query.js").Parsed} Parsed
 * @typedef {import("./meaning.js").Meaning} Meaning
 *
 * @typedef {object} Found          what a request finds, whichever part of it is shown
 * @property {Parsed} parsed
 * @property {Meaning} meaning
 * @property {import("./facets.js").Sieve} sieve
 * @property {import("./order.js").Ranking} ranking
 * @property {import("./order.js").GroupOfResults[]} groups
 * @property {number} authorities
 */

/** Requests whose results are kept, so that “show more” and counts afterwards cost nothing. */
const KEPT = 3
/** Passages among suggestions. */
const SUGGESTED = 3

/**
 * What a request finds; kept for when more of it is asked for.
 * @param {Request} request
 * @param {Loaded} loaded
 * @param {AbortSignal} signal
 * @returns {Promise<Found>}
 */
export function findKept({ query, related, filters, sort, group, size }, loaded, signal) {
  const key = JSON.stringify([query, related, filters, sort, group])
  const { kept } = loaded
  const known = kept.get(key)
  if (known) return known
  const coming = findAnew({ query, related, filters, sort, group, size }, loaded)
  kept.set(key, coming)
  coming.catch(() => kept.delete(key))
  for (const oldest of kept.keys()) {
    if (kept.size <= KEPT) break
    kept.delete(oldest)
  }
  signal.throwIfAborted()
  return coming
}

/**
 * @param {Pick<Request, "query" | "related" | "filters" | "sort" | "group" | "size">} request
 * @param {Loaded} loaded
 * @returns {Promise<Found>}
 */
async function findAnew({ query, related, filters, sort, group, size }, loaded) {
  const { catalogue, columns, passages } = loaded
  const parsed = parseQuery(query)
  const sifting = makeSieve(filters, catalogue, columns)
  // Passages no more than wanted are all shown: their texts come while their order is worked out.
  const found = (/** @type {Uint8Array} */ mask) =>
    void sifting.then((sieve) => passages.foresee(sift(mask, sieve, catalogue), size), () => {})
  const [meaning, sieve] = await Promise.all([understand(parsed, loaded, { related, found }), sifting])
  const mask = sift(meaning.mask, sieve, catalogue)
  const { ranking, groups } = gather(arrange(mask, meaning, sort, catalogue), group, catalogue)
  return { parsed, meaning, sieve, ranking, groups, authorities: catalogue.authoritiesOf(ranking.docs) }
}

/**
 * @param {Request} request
 * @param {Loaded} loaded
 * @param {AbortSignal} signal
 * @returns {Promise<Answer>}
 */
export async function answer(request, loaded, signal) {
  const { catalogue, columns, index, manifest, passages, stem } = loaded
  const found = await findKept(request, loaded, signal)
  signal.throwIfAborted()
  const { parsed, meaning, sieve, ranking, groups } = found
  const { total } = ranking
  const words = pageWords(parsed)
  const shown = ranking.first(request.from + request.size).subarray(request.from)
  const [hits, near, cards, facets, pages, suggestion, changes] = await Promise.all([
    passages.hits(shown, meaning.marked, stem),
    request.size && !request.from && !request.group ? nearMatches(found, loaded) : null,
    cardsFor(meaning.naming, loaded),
    request.facets ? import("./counts.js").then((counts) => counts.countFacets(meaning.mask, sieve, catalogue, columns, request.lists)) : {},
    // The first answer shows passages and waits for nothing else; no words find no page.
    words.length && (request.facets || !request.size || !total)
      ? loaded.pages().then((entries) => findPages(words, entries, stem, meaning.naming.spans.length > 0))
      : [],
    mended(found, request, loaded),
    total ? null : advice(found, request, loaded),
  ])
  signal.throwIfAborted()
  const end = request.from + shown.length
  return {
    build: `${manifest.terms.folder} ${manifest.texts.folder}`,
    total,
    authorities: found.authorities,
    of: {
      passages: index.size,
      authorities: catalogue.data.authorities.length,
      texts: catalogue.texts,
      withText: catalogue.withText.size,
    },
    cards,
    understood: meaning.understood,
    suggestion,
    hits,
    near,
    groups: groups
      .filter(({ start, count }) => start < end && start + count > request.from)
      .map(({ start, ...group }) => ({ ...group, first: Math.max(0, start - request.from) })),
    facets,
    pages,
    advice: changes,
  }
}

/**
 * The cards of what is named, where anything is.
 * @param {import("./named.js").Naming} naming
 * @param {Loaded} loaded
 */
async function cardsFor(naming, loaded) {
  if (!naming.spans.length && !naming.held.length) return []
  return (await import("./cards.js")).cardsOf(naming, loaded)
}

/**
 * Words by which other pages are found: those wanted, signs and filters aside.
 * @param {Parsed} parsed
 */
function pageWords({ clauses }) {
  const atoms = clauses.flatMap(({ options }) => options.filter(({ negated, kind }) => !negated && kind === "words"))
  return atoms.flatMap(({ words }) => words)
}

/**
 * The query with likely misspellings mended, where something is nowhere and names nothing.
 * @param {Found} found
 * @param {Request} request
 * @param {Loaded} loaded
 * @returns {Promise<Answer["suggestion"]>}
 */
async function mended({ parsed, meaning, sieve }, { related }, loaded) {
  const missed = meaning.units.filter((unit) => isWanted(unit) && !unit.found && !unit.thing && !unit.themes.length)
  if (!missed.length) return null
  const totalOf = async (/** @type {string} */ query) => {
    const { mask, understood } = await understand(parseQuery(query), loaded, { related })
    return understood.mode === "any" ? 0 : count(sift(mask, sieve, loaded.catalogue))
  }
  return (await import("./mending.js")).mend(parsed.text, missed, loaded, totalOf)
}

/**
 * What to change where nothing was found.
 * @param {Found} found
 * @param {Request} request
 * @param {Loaded} loaded
 */
async function advice({ parsed, meaning }, { filters }, loaded) {
  const { catalogue, columns } = loaded
  const leaves = async (/** @type {Uint8Array} */ mask, /** @type {import("../types.js").Filters} */ left) =>
    count(sift(mask, await makeSieve(left, catalogue, columns), catalogue))
  return (await import("./advice.js")).advise({ parsed, meaning, filters, leaves, combine, textOf }, loaded)
}

/**
 * @param {string} text
 * @param {Loaded} loaded
 * @param {AbortSignal} signal
 * @param {(names: Suggestions["names"]) => void} early
 * @returns {Promise<Suggestions>}
 */
export async function suggest(text, loaded, signal, early) {
  const { catalogue, passages, stem } = loaded
  const coming = loaded.districts().catch(() => [])
  const { suggestNames } = await import("./suggest.js")
  early(suggestNames(text, catalogue, []))
  const names = suggestNames(text, catalogue, await coming)
  early(names)
  const parsed = parseQuery(text)
  if (!parsed.clauses.length) return { names, passages: [], total: 0 }
  const meaning = await understand(parsed, loaded, { related: false, typing: true })
  signal.throwIfAborted()
  const ranking = arrange(meaning.mask, meaning, "relevance", catalogue)
  return { names, passages: await passages.hits(ranking.first(SUGGESTED), meaning.marked, stem), total: ranking.total }
}
