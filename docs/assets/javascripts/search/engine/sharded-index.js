/**
 * The index, loaded as it is asked: the shards of a query's own terms, and nothing else.
 *
 * lunr scores a passage from the query's terms alone, so these give the very scores of the whole index.
 * How the files look is told in `build_scripts/search/`: `__init__.py` (manifest), `shards.py` (postings), `lexicon.py`.
 */
import { Reader, byCodePoint, readDirectory, readPosting, shardAt } from "./bytes.js"
import { patternOf } from "./marks.js"
import { isNoTerm, kindOf } from "./forms.js"
import { PhraseIndex } from "./positions.js"
import { docsWith, scoresOf } from "./scoring.js"
import { SearchError } from "../trouble.js"

/**
 * @typedef {import("./lunr.d.ts").Lunr} Lunr
 * @typedef {import("./scoring.js").Clause} Clause
 * @typedef {import("./scoring.js").Posting} Posting
 *
 * @typedef {{ get(name: string): Promise<Uint8Array>, manifest(): Promise<Manifest> }} Files   gives what is in a file, unzipped
 *
 * @typedef {object} Manifest
 * @property {number} format
 * @property {string} lunr
 * @property {number} size
 * @property {[string, number][]} fields
 * @property {number} b
 * @property {number} k1
 * @property {number} average
 * @property {number[]} steps
 * @property {{ folder: string, first: string }} terms
 * @property {{ folder: string, fields: string[] }} places
 * @property {{ folder: string, each: number }} texts
 * @property {{ folder: string }} columns
 * @property {string} catalogue
 * @property {string} figures
 * @property {string} districts
 * @property {string} words
 * @property {string} pages
 *
 * @typedef {{ words: string[], counts: Uint32Array, terms: string[] }} Vocabulary
 *   every word of the collection, in how many passages it is, and the sorted terms of them all
 */

export class ShardedIndex {
  /** @type {Map<string, Promise<any>>} */
  #kept = new Map()

  /**
   * @param {Files} files
   * @param {Lunr} lunr
   * @param {Manifest} manifest
   */
  constructor(files, lunr, manifest) {
    if (manifest.lunr !== lunr.version) throw new SearchError("renewed", `for lunr ${manifest.lunr}, not ${lunr.version}`)
    this.files = files
    this.lunr = lunr
    this.manifest = manifest
    /** Number of passages. */
    this.size = manifest.size
    this.fields = manifest.fields.map(([name]) => name)
    /** @type {import("./scoring.js").Figures | null} there once the lengths are */
    this.figures = null
    this.first = readDirectory(manifest.terms.first)
    /** @type {import("./lunr.d.ts").TokenSets | undefined} there with the first word with stars */
    this.sets = lunr.TokenSet
    this.phrases = new PhraseIndex(this)
  }

  /**
   * Takes what comes while words are looked up: the lengths of the texts, without which there are no scores, and where the
   * shards of places begin.
   * @param {{ lengths: string, places: string }} catalogue   `lengths`: of each passage a sign, the first of which is 48
   */
  complete({ lengths, places }) {
    const { manifest } = this
    const stepLengths = [...new Array(48).fill(0), ...manifest.steps]
    this.figures = { ...manifest, steps: new TextEncoder().encode(lengths), stepLengths }
    this.phrases.first = readDirectory(places)
    return this
  }

  /**
   * The term of a folded word; null for a stop word, which has none.
   * @param {string} word
   * @returns {string | null}
   */
  stem(word) {
    const { Token, stopWordFilter, stemmer } = this.lunr
    const token = stopWordFilter(new Token(word))
    return token ? stemmer(token).toString() : null
  }

  /**
   * Whether a word, in whatever form, stands in the collection or in a name of a theme; common words always do.
   * @param {string} word
   */
  async knows(word) {
    const term = this.stem(word)
    return term === null || (await this.#posting(term)) !== null
  }

  /**
   * The districts whose names, or parts of them, begin with one of the words.
   * @param {string[]} words
   * @returns {Promise<import("./catalogue.js").District[]>}
   */
  async districts(words) {
    const keys = [...new Set(words.flatMap((word) => this.stem(word) ?? []))].map((stem) => `${stem}#`)
    const shards = await Promise.all(keys.map((key) => this.#shardOf(key)))
    return shards.flatMap((shard, at) => shard?.behind(keys[at]) ?? [])
  }

  /**
   * Exactly lunr's scores for a query: for each passage its own, 0 where it has none of the words.
   * @param {Clause[]} clauses
   */
  async scores(clauses) {
    const postings = await this.#postingsOf(clauses)
    if (!this.figures) throw new TypeError("scores are asked for before the lengths are there")
    return scoresOf(clauses, postings, this.figures, this)
  }

  /**
   * The passages in which any term of a clause stands in any of its fields: 1 for each that is found.
   * @param {Clause} clause
   */
  async matching(clause) {
    const postings = await this.#postingsOf([clause])
    return docsWith(postings, clause, this)
  }

  /**
   * The passages in which words stand next to one another, stop words included.
   * @param {string[]} words      as `tokens` gives them, without compounds
   * @param {string[]} [fields]   of those in `manifest.places.fields`
   */
  async phrase(words, fields = this.manifest.places.fields) {
    return (await this.named(words, fields)) ?? this.phrases.find(words, fields)
  }

  /**
   * The same of a name that the build has looked up; null for other words.
   * @param {string[]} words
   * @param {string[]} [fields]
   */
  async named(words, fields = this.manifest.places.fields) {
    const key = this.placeKeys(words).join(" ")
    const posting = words.length > 1 ? await this.#posting(key) : null
    return posting && docsWith(new Map([[key, posting]]), { fields }, this)
  }

  /**
   * In how many passages a word stands where words can be asked for next to one another.
   * @param {string} word
   */
  async frequency(word) {
    const term = this.stem(word)
    const posting = term === null ? null : await this.#posting(term)
    const fields = this.manifest.places.fields.map((name) => this.fields.indexOf(name))
    return fields.reduce((sum, field) => sum + (posting?.fields[field].docs.length ?? 0), 0)
  }

  /**
   * What the index knows the places of words by: terms, and stop words after a space.
   * @param {string[]} words
   */
  placeKeys(words) {
    return words.map((word) => this.stem(word) ?? ` ${word}`)
  }

  /**
   * The terms that begin with a prefix, in order.
   * @param {string} prefix
   * @returns {Promise<string[]>}
   */
  async expand(prefix) {
    const [from, to] = [shardAt(this.first, prefix), shardAt(this.first, `${prefix}\u{10ffff}`)]
    const shards = await Promise.all(range(from, to).map((at) => this.#shard(at)))
    return shards.flatMap((shard) => shard.words.filter((word) => word.startsWith(prefix) && !isNoTerm(word)))
  }

  /**
   * Of the passages that have a word's stem, those that have the word itself in one of its forms; null where all have it.
   * @param {string} word
   */
  async formsOf(word) {
    const stem = this.stem(word)
    if (stem === null) return null
    const kind = kindOf(word)
    const [first, last] = [`${stem}!`, `${stem}=`]
    const shards = await Promise.all(range(shardAt(this.first, first), shardAt(this.first, `${last}\u{10ffff}`)).map((at) => this.#shard(at)))
    const keys = shards.flatMap((shard) => shard.words.filter((key) => key.startsWith(first) || key.startsWith(last)))
    if (!keys.length && kind === stem) return null
    const [few, all, lacking] = await Promise.all([last + kind, stem, first + kind].map((key) => this.#posting(key)))
    const mask = (/** @type {Posting | null} */ posting) =>
      docsWith(posting ? new Map([[posting.term, posting]]) : new Map(), { fields: this.fields }, this)
    if (!lacking) return mask(few)
    if (!lacking.fields.some(({ docs }) => docs.length)) return null
    const having = mask(all)
    for (const { docs } of lacking.fields) for (const doc of docs) having[doc] = 0
    return having
  }

  /**
   * Every word of the collection.
   * @returns {Promise<Vocabulary>}
   */
  vocabulary() {
    return this.keep(this.manifest.words, (bytes) => {
      const reader = new Reader(bytes)
      const count = reader.varint()
      const words = reader.words(count)
      const counts = reader.varints(count)
      const stems = words.flatMap((word) => this.stem(word) ?? [])
      return { words, counts, terms: [...new Set(stems)].sort(byCodePoint) }
    })
  }

  /**
   * What is made of a file, made once; a file that did not come is asked for again next time.
   * @template T
   * @param {string} name
   * @param {(bytes: Uint8Array) => T} make
   * @returns {Promise<T>}
   */
  keep(name, make) {
    const kept = this.#kept.get(name)
    if (kept) return kept
    const made = this.files.get(name).then(make)
    made.catch(() => this.#kept.delete(name))
    this.#kept.set(name, made)
    return made
  }

  /**
   * The terms that match a word with stars, in lunr's order.
   * @param {string} word
   * @param {Iterable<string>} terms   sorted
   */
  expansions(word, terms) {
    const { sets } = this
    if (!sets) throw new TypeError("lunr's sets are opened before they are asked for")
    // lunr's own set decides, and gives its order; it takes long to make, and most terms are plainly no match.
    const pattern = patternOf(word)
    const likely = [...terms].filter((each) => pattern.test(each))
    return sets.fromArray(likely).intersect(sets.fromString(word)).toArray()
  }

  /**
   * A clause's word as the index has it: none for a stop word.
   * @param {Clause} clause
   */
  termsOf(clause) {
    const term = clause.usePipeline ? this.stem(clause.term) : clause.term
    return term === null ? [] : [term]
  }

  /**
   * The postings of every term that the clauses may stand for, sorted by term.
   * @param {Clause[]} clauses
   * @returns {Promise<Map<string, Posting>>}
   */
  async #postingsOf(clauses) {
    const wanted = clauses.flatMap((clause) => this.termsOf(clause).map((term) => this.#candidates(term)))
    const terms = [...new Set((await Promise.all(wanted)).flat())].sort(byCodePoint)
    const postings = await Promise.all(terms.map((term) => this.#posting(term)))
    /** @type {Map<string, Posting>} */
    const found = new Map()
    for (const posting of postings) if (posting) found.set(posting.term, posting)
    return found
  }

  /**
   * @param {string} term
   * @returns {Promise<string[]>}
   */
  async #candidates(term) {
    const star = term.indexOf("*")
    if (star < 0) return [term]
    this.sets ??= (await import("./lunr-sets.js")).TokenSet
    // What begins with letters stands in neighbouring shards; all else may stand anywhere.
    const among = star > 0 ? await this.expand(term.slice(0, star)) : (await this.vocabulary()).terms
    return this.expansions(term, among)
  }

  /** @param {string} term */
  async #posting(term) {
    return (await this.#shardOf(term))?.posting(term) ?? null
  }

  /** @param {string} key */
  async #shardOf(key) {
    const at = shardAt(this.first, key)
    return at < 0 ? null : this.#shard(at)
  }

  /** @param {number} number */
  #shard(number) {
    return this.keep(`${this.manifest.terms.folder}/${number}.bin`, (bytes) => new Shard(bytes, this.fields.length))
  }
}

/** A run of sorted terms with their postings, which are only read when asked for. */
class Shard {
  /**
   * @param {Uint8Array} bytes
   * @param {number} fields
   */
  constructor(bytes, fields) {
    const reader = new Reader(bytes)
    const count = reader.varint()
    this.bytes = bytes
    this.fields = fields
    this.words = reader.words(count)
    this.orders = reader.varints(count)
    this.starts = new Uint32Array(count)
    const sizes = reader.varints(count)
    for (let at = 0, start = reader.at; at < count; start += sizes[at++]) this.starts[at] = start
  }

  /**
   * What stands behind a stem with the numbers that it has in place of documents.
   * @param {string} key
   * @returns {[string, number[]][]}
   */
  behind(key) {
    const names = this.words.filter((word) => word.startsWith(key))
    return names.map((name) => [name.slice(key.length), this.posting(name)?.fields.flatMap(({ docs }) => [...docs]) ?? []])
  }

  /**
   * @param {string} term
   * @returns {Posting | null}
   */
  posting(term) {
    const at = this.words.indexOf(term)
    if (at < 0) return null
    return { term, order: this.orders[at], fields: readPosting(new Reader(this.bytes, this.starts[at]), this.fields) }
  }
}

/** @param {number} from @param {number} to */
function range(from, to) {
  return Array.from({ length: Math.max(0, to - Math.max(0, from) + 1) }, (_, step) => Math.max(0, from) + step)
}
