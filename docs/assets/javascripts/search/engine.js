/** Answers requests from the files of the search. Runs in the worker, or in the page where there can be none. */
// @ts-types="./lunr.d.ts"
import lunr from "../../search/lunr.js"
import { advise } from "./advice.js"
import { Catalogue } from "./catalogue.js"
import { Columns } from "./columns.js"
import { toCsv } from "./csv.js"
import { countFacets, makeSieve, sift } from "./facets.js"
import { understand } from "./meaning.js"
import { arrange, gather } from "./order.js"
import { findPages, pageEntries } from "./pages.js"
import { Passages } from "./passages.js"
import { parseQuery } from "./query.js"
import { relatedNames } from "./related.js"
import { ShardedIndex } from "./sharded-index.js"
import { respell, rewrite } from "./spelling.js"
import { suggestNames } from "./suggest.js"
import { asSearchError, SearchError } from "./trouble.js"
import { tokens } from "./words.js"

/**
 * @typedef {import("./types.js").Answer} Answer
 * @typedef {import("./types.js").Hit} Hit
 * @typedef {import("./types.js").Request} Request
 * @typedef {import("./types.js").Suggestions} Suggestions
 * @typedef {import("./files.js").Files} Files
 * @typedef {import("./query.js").Parsed} Parsed
 * @typedef {import("./meaning.js").Meaning} Meaning
 *
 * @typedef {object} Found          what a request finds, whichever part of it is shown
 * @property {Parsed} parsed
 * @property {Meaning} meaning
 * @property {import("./facets.js").Sieve} sieve
 * @property {Uint32Array} order
 * @property {import("./order.js").GroupOfResults[]} groups
 * @property {number} authorities
 */

/** Requests whose results are kept, so that “show more” and counts afterwards cost nothing. */
const KEPT = 3
/** Passages among suggestions. */
const SUGGESTED = 3

export class Engine {
  /**
   * Starts to load what every search needs.
   * @param {Files} files
   * @param {string} site          address of the site's home page
   */
  constructor(files, site) {
    this.files = files
    this.site = site
    this.version = ""
    /** @type {Promise<Loaded> | null} */
    this.loading = null
  }

  /** Everything that stays for as long as the manifest does. What failed is tried again the next time. */
  open() {
    this.loading ??= this.#load({ fresh: false })
    const { loading } = this
    loading.catch(() => {
      if (this.loading === loading) this.loading = null
    })
    return loading
  }

  /** @param {{ fresh: boolean }} how */
  async #load(how) {
    const manifest = await this.files.manifest(how)
    this.version = JSON.stringify(manifest)
    return load(manifest, this.files)
  }

  /**
   * Does something with what is loaded. A file that is gone, or not what its name says, may belong to a site that was
   * published anew since: then the manifest is read past every cache, and where it changed all is done once more.
   * @template T
   * @param {(loaded: Loaded) => Promise<T>} work
   * @returns {Promise<T>}
   */
  async #with(work) {
    try {
      return await work(await this.open())
    } catch (error) {
      const failed = asSearchError(error)
      if (!(failed instanceof SearchError) || !["missing", "corrupt", "broken"].includes(failed.trouble.code)) {
        throw failed
      }
      const before = this.version
      this.loading = this.#load({ fresh: true })
      try {
        const loaded = await this.open()
        if (this.version === before) throw failed
        return await work(loaded)
      } catch (again) {
        throw again === failed ? failed : asSearchError(again)
      }
    }
  }

  /**
   * @param {Request} request
   * @param {AbortSignal} signal
   * @returns {Promise<Answer>}
   */
  search(request, signal) {
    return this.#with((loaded) => answer(request, loaded, signal))
  }

  /**
   * @param {string} text
   * @param {AbortSignal} signal
   * @param {(names: Suggestions["names"]) => void} early   gets the names before passages are found
   * @returns {Promise<Suggestions>}
   */
  suggest(text, signal, early) {
    return this.#with((loaded) => suggest(text, loaded, signal, early))
  }

  /**
   * The passages before and after one on its statement page.
   * @param {number} doc
   * @returns {Promise<{ before: Hit | null, after: Hit | null }>}
   */
  neighbours(doc) {
    return this.#with(async ({ catalogue, passages, stem }) => {
      const { textOf } = catalogue
      const near = [doc - 1, doc + 1].filter((other) => textOf[other] !== undefined && textOf[other] === textOf[doc])
      const hits = await passages.hits(near, nothingMarked, stem)
      return {
        before: hits.find((hit) => hit.doc === doc - 1) ?? null,
        after: hits.find((hit) => hit.doc === doc + 1) ?? null,
      }
    })
  }

  /**
   * All results as CSV.
   * @param {Request} request
   * @param {(done: number, of: number) => void} progress
   * @param {AbortSignal} signal
   * @returns {Promise<string>}
   */
  csv(request, progress, signal) {
    return this.#with(async (loaded) => {
      const { order } = await findKept(request, loaded, signal)
      const docs = order.slice().sort()
      const hits = await loaded.passages.all(docs, (done) => progress(done, order.length), signal)
      return toCsv(Array.from(order, (doc) => /** @type {Hit} */ (hits.get(doc))), this.site)
    })
  }
}

/** Stems that are kept: the words of some hundred passages. */
const KEPT_STEMS = 20_000

/**
 * The index's stemmer with a memory, since texts repeat their words.
 * @param {ShardedIndex} index
 * @returns {import("./marks.js").Stem}
 */
function stemmer(index) {
  /** @type {Map<string, string | null>} */
  const known = new Map()
  return (word) => {
    const kept = known.get(word)
    if (kept !== undefined) return kept
    const stem = index.stem(word)
    if (known.size > KEPT_STEMS) known.clear()
    known.set(word, stem)
    return stem
  }
}

const nothingMarked = { stems: new Set(), phrases: [], patterns: [] }

/** @typedef {Awaited<ReturnType<typeof load>>} Loaded */

/**
 * Loads what is needed for any query, in one round of requests after the manifest.
 * @param {any} manifest
 * @param {Files} files
 */
async function load(manifest, files) {
  const json = async (/** @type {string} */ name) => JSON.parse(new TextDecoder().decode(await files.get(name)))
  const index = new ShardedIndex(files, lunr, manifest)
  const catalogue = new Catalogue(manifest.catalogue)
  const stem = stemmer(index)
  /** @type {Promise<import("./pages.js").Entry[]> | null} */
  let pages = null
  /** @type {Map<string, Promise<Found>>} */
  const kept = new Map()
  return {
    catalogue,
    index,
    kept,
    stem,
    names: relatedNames(catalogue.themes, stem),
    columns: new Columns(files, manifest.columns.folder, catalogue),
    passages: new Passages(files, manifest.texts, catalogue),
    /** Other pages; a search does not fail for want of them. */
    pages: () => (pages ??= json(manifest.pages)
      .then((rows) => pageEntries(rows, catalogue, stem))
      .catch(() => {
        pages = null
        return []
      })),
  }
}

/**
 * What a request finds; kept for when more of it is asked for.
 * @param {Request} request
 * @param {Loaded} loaded
 * @param {AbortSignal} signal
 * @returns {Promise<Found>}
 */
function findKept({ query, related, filters, sort, group }, loaded, signal) {
  const key = JSON.stringify([query, related, filters, sort, group])
  const { kept } = loaded
  const known = kept.get(key)
  if (known) return known
  const coming = findAnew({ query, related, filters, sort, group }, loaded)
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
 * @param {Pick<Request, "query" | "related" | "filters" | "sort" | "group">} request
 * @param {Loaded} loaded
 * @returns {Promise<Found>}
 */
async function findAnew({ query, related, filters, sort, group }, loaded) {
  const { catalogue, columns } = loaded
  const parsed = parseQuery(query)
  const [meaning, sieve] = await Promise.all([
    understand(parsed, loaded, { related }),
    makeSieve(filters, catalogue, columns),
  ])
  const mask = sift(meaning.mask, sieve, catalogue)
  const inOrder = arrange(mask, meaning.scores, sort, catalogue)
  const { order, groups } = gather(inOrder, group, catalogue)
  const authorities = new Set(Array.from(order, (doc) => catalogue.facetOf.authority[catalogue.textOf[doc]])).size
  return { parsed, meaning, sieve, order, groups, authorities }
}

/**
 * @param {Request} request
 * @param {Loaded} loaded
 * @param {AbortSignal} signal
 * @returns {Promise<Answer>}
 */
async function answer(request, loaded, signal) {
  const { catalogue, columns, index, passages, stem } = loaded
  const found = await findKept(request, loaded, signal)
  signal.throwIfAborted()
  const { parsed, meaning, sieve, order, groups } = found
  const shown = order.slice(request.from, request.from + request.size)
  const [hits, facets, pages, suggestion, advice] = await Promise.all([
    passages.hits(shown, meaning.marked, stem),
    request.facets ? countFacets(meaning.mask, sieve, catalogue, columns) : {},
    // The first answer shows passages and waits for nothing else.
    request.facets || !request.size || !order.length
      ? loaded.pages().then((entries) => findPages(pageWords(parsed), entries, stem))
      : [],
    mend(found, loaded),
    order.length ? null : advise(parsed, meaning, request.filters, loaded),
  ])
  signal.throwIfAborted()
  const end = request.from + shown.length
  return {
    total: order.length,
    authorities: found.authorities,
    of: { passages: index.size, authorities: catalogue.data.authorities.length, texts: catalogue.texts },
    understood: meaning.understood,
    suggestion,
    hits,
    groups: groups
      .filter(({ start, count }) => start < end && start + count > request.from)
      .map(({ start, ...group }) => ({ ...group, first: Math.max(0, start - request.from) })),
    facets,
    pages,
    advice,
  }
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
 * The query with likely misspellings mended, in words, phrases and fields that nothing has; null where there are none.
 * @param {Found} found
 * @param {Loaded} loaded
 */
async function mend({ parsed: { text }, meaning }, { index, stem }) {
  const missed = meaning.units.filter(({ found, prohibited, filter }) => !found && !prohibited && !filter)
  const atoms = missed.flatMap(({ clauses }) => clauses.flatMap(({ options }) => options))
  const words = atoms.flatMap((
    { kind, negated, start, end },
  ) => (kind === "pattern" || negated ? [] : wordsIn(text, start, end)))
  const unknown = words.filter(({ word }) => stem(word))
  if (!unknown.length) return null
  const vocabulary = await index.vocabulary()
  const changes = unknown.flatMap(({ word, start, end }) => {
    const likely = respell(word, vocabulary)
    return likely ? [{ start, end, word: likely }] : []
  })
  return changes.length ? rewrite(text, changes) : null
}

/**
 * The words of a part of a query, without the name of its field.
 * @param {string} text
 * @param {number} start
 * @param {number} end
 */
function wordsIn(text, start, end) {
  const part = text.slice(start, end)
  const from = start + (/^\P{L}*\p{L}+:/u.exec(part)?.[0].length ?? 0)
  const found = tokens(text.slice(from, end)).filter(({ compound }) => !compound)
  return found.map((token) => ({ word: token.word, start: from + token.start, end: from + token.end }))
}

/**
 * @param {string} text
 * @param {Loaded} loaded
 * @param {AbortSignal} signal
 * @param {(names: Suggestions["names"]) => void} early
 * @returns {Promise<Suggestions>}
 */
async function suggest(text, loaded, signal, early) {
  const { catalogue, passages, stem } = loaded
  const names = suggestNames(text, catalogue)
  early(names)
  const parsed = parseQuery(text)
  if (!parsed.clauses.length) return { names, passages: [], total: 0 }
  const { mask, scores, marked } = await understand(parsed, loaded, { related: false, typing: true })
  signal.throwIfAborted()
  const order = arrange(mask, scores, "relevance", catalogue)
  return { names, passages: await passages.hits(order.slice(0, SUGGESTED), marked, stem), total: order.length }
}
