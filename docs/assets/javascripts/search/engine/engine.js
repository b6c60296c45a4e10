/** Answers requests from the files of the search. Runs in the worker, or in the page where there can be none. */
// @ts-types="./lunr.d.ts"
import lunr from "../../../search/lunr.js"
import { answer, findKept, suggest } from "./answers.js"
import { Catalogue, readCatalogue } from "./catalogue.js"
import { Columns } from "./columns.js"
import { pageEntries } from "./pages.js"
import { foresee } from "./meaning.js"
import { Passages } from "./passages.js"
import { Names } from "./naming.js"
import { parseQuery } from "./query.js"
import { abbreviationsIn } from "./related.js"
import { ShardedIndex } from "./sharded-index.js"
import { asSearchError, SearchError } from "../trouble.js"

/**
 * @typedef {import("../types.js").Answer} Answer
 * @typedef {import("../types.js").Hit} Hit
 * @typedef {import("../types.js").Request} Request
 * @typedef {import("../types.js").Suggestions} Suggestions
 * @typedef {import("./files.js").Files} Files
 */

export class Engine {
  /**
   * @param {Files} files
   * @param {string} site          address of the site's home page
   */
  constructor(files, site) {
    this.files = files
    this.site = site
    /** @type {Promise<Loaded> | null} */
    this.loading = null
    /** @type {Promise<ShardedIndex> | null} where words can be looked up while the rest is on its way */
    this.index = null
  }

  /** Everything that stays for as long as the manifest does. What failed is tried again the next time. */
  open() {
    return this.loading ?? this.#load({ fresh: false })
  }

  /** @param {{ fresh: boolean }} how */
  #load(how) {
    const index = this.files.manifest(how).then((manifest) => new ShardedIndex(this.files, lunr, manifest))
    const loading = index.then((found) => load(found, this.files))
    this.index = index
    this.loading = loading
    const settle = () => {
      if (this.index === index) this.index = null
    }
    loading.then(settle, settle)
    loading.catch(() => {
      if (this.loading === loading) this.loading = null
    })
    return loading
  }

  /**
   * Does something with what is loaded. A file that is gone, or not what its name says, may belong to a site that was
   * published anew since: then the manifest is read past every cache, and where it changed all is done once more.
   * @template T
   * @param {(loaded: Loaded) => Promise<T>} work
   * @returns {Promise<T>}
   */
  async #with(work) {
    /** @type {Loaded | null} */
    let loaded = null
    try {
      loaded = await this.open()
      return await work(loaded)
    } catch (error) {
      const failed = asSearchError(error)
      const known = failed instanceof SearchError ? failed.trouble.code : ""
      if (!["missing", "corrupt", "foreign", "broken"].includes(known)) throw failed
      const renewed = await this.#renew(loaded)
      if (loaded && JSON.stringify(loaded.manifest) === JSON.stringify(renewed.manifest)) throw failed
      return work(renewed)
    }
  }

  /**
   * What is loaded by the newest manifest: another request may have seen to that already.
   * @param {Loaded | null} old
   */
  async #renew(old) {
    const current = await this.loading?.catch(() => null)
    return current && current !== old ? current : this.#load({ fresh: true })
  }

  /**
   * @param {Request} request
   * @param {AbortSignal} signal
   * @returns {Promise<Answer>}
   */
  search(request, signal) {
    if (!this.loading) this.open().catch(() => {}) // told below
    let ahead = this.index?.then((index) => foresee(parseQuery(request.query).clauses, index))
    ahead?.catch(() => {}) // told below
    return this.#with(async (loaded) => {
      const words = ahead
      ahead = undefined // a second try asks for itself
      await Promise.race([words, null]) // what has failed by now need not be asked for again
      return answer(request, loaded, signal)
    })
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
   * The passages before and after one on its statement page. After a renewal its number may be another's, which is told.
   * @param {{ doc: number, id: string }} passage
   * @returns {Promise<{ before: Hit | null, after: Hit | null }>}
   */
  neighbours({ doc, id }) {
    return this.#with(async ({ catalogue, passages, stem }) => {
      const { textOf } = catalogue
      const near = [doc - 1, doc, doc + 1].filter((other) => textOf[other] !== undefined && textOf[other] === textOf[doc])
      const hits = await passages.hits(near, nothingMarked, stem)
      if (hits.find((hit) => hit.doc === doc)?.id !== id) throw new SearchError("renewed", `${doc} is not ${id}`)
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
      const [{ toCsv }, { ranking }] = await Promise.all([import("./csv.js"), findKept(request, loaded, signal)])
      const order = ranking.all()
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

const nothingMarked = { stems: new Set(), phrases: [], patterns: [], themes: [] }

/** @typedef {Awaited<ReturnType<typeof load>>} Loaded */

/**
 * Makes ready what any query needs; what only some need is made when it is asked for.
 * @param {ShardedIndex} index
 * @param {Files} files
 */
async function load(index, files) {
  const json = async (/** @type {string} */ name) => JSON.parse(new TextDecoder().decode(await files.get(name)))
  const { manifest } = index
  const data = await readCatalogue(files, manifest)
  const catalogue = new Catalogue(data)
  index.complete(data)
  const stem = stemmer(index)
  /** @type {Names | null} */
  let names = null
  /** @type {import("./related.js").Abbreviations | null} */
  let abbreviations = null
  /** @type {Promise<import("./cards.js").FigureRow[]> | null} */
  let figures = null
  /** @type {Promise<import("./catalogue.js").District[]> | null} */
  let districts = null
  /** @type {Promise<import("./pages.js").Entry[]> | null} */
  let pages = null
  /** @type {Map<string, Promise<import("./answers.js").Found>>} */
  const kept = new Map()
  return {
    manifest,
    catalogue,
    index,
    kept,
    stem,
    get names() {
      return (names ??= new Names(catalogue, stem))
    },
    get abbreviations() {
      return (abbreviations ??= abbreviationsIn(catalogue.themes, stem))
    },
    /** What CQC concludes of each council, by its number in the catalogue. */
    figures: () => (figures ??= json(manifest.figures).catch((error) => {
      figures = null
      throw error
    })),
    districts: () => (districts ??= json(manifest.districts).catch((error) => {
      districts = null
      throw error
    })),
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
