/** The passages themselves: their texts, fetched in small blocks, as the page shows them. */
import { markText } from "./marks.js"
import { count } from "./masks.js"

/**
 * @typedef {import("../types.js").Hit} Hit
 * @typedef {[string, string, 0 | 1, number[], number[], string, string[][]]} Row
 *   id, heading, list, themes, voices, text, words that earned each theme
 */

/** Blocks that are kept: some 4 KB of memory each. */
const MOST_KEPT = 400
/** Blocks that are fetched at once when all are wanted. */
const AT_ONCE = 8

export class Passages {
  /**
   * @param {{ get(name: string): Promise<Uint8Array> }} files
   * @param {{ folder: string, each: number }} texts   as the manifest has it
   * @param {import("./catalogue.js").Catalogue} catalogue
   */
  constructor(files, { folder, each }, catalogue) {
    this.files = files
    this.folder = folder
    this.each = each
    this.catalogue = catalogue
    /** @type {Map<number, Promise<Row[]>>} the least recently used first */
    this.kept = new Map()
  }

  /**
   * Passages as hits, in the order asked for.
   * @param {Iterable<number>} docs
   * @param {import("./marks.js").Sought} marked
   * @param {import("./marks.js").Stem} stem
   * @returns {Promise<Hit[]>}
   */
  async hits(docs, marked, stem) {
    return Promise.all(Array.from(docs, async (doc) => this.#hit(doc, await this.#row(doc), marked, stem)))
  }

  /**
   * Asks for the texts of passages that will be shown, where they are no more than are wanted; what goes wrong is told when they are shown.
   * @param {Uint8Array} mask
   * @param {number} wanted
   */
  foresee(mask, wanted) {
    if (count(mask) > wanted) return
    for (let doc = mask.indexOf(1); doc >= 0; doc = mask.indexOf(1, doc + 1)) this.#row(doc).catch(() => {})
  }

  /**
   * All of many passages, one after another in the order of the collection, without keeping their blocks.
   * @param {Iterable<number>} docs                       in rising order
   * @param {(done: number) => void} progress             passages fetched so far
   * @param {AbortSignal} signal
   * @returns {Promise<Map<number, Hit>>}
   */
  async all(docs, progress, signal) {
    /** @type {Map<number, number[]>} */
    const blocks = new Map()
    for (const doc of docs) {
      const block = Math.floor(doc / this.each)
      blocks.set(block, [...(blocks.get(block) ?? []), doc])
    }
    const waiting = [...blocks]
    /** @type {Map<number, Hit>} */
    const found = new Map()
    const none = { stems: new Set(), phrases: [], patterns: [], themes: [] }
    const work = async () => {
      for (let next = waiting.shift(); next; next = waiting.shift()) {
        signal.throwIfAborted()
        const [block, own] = next
        const rows = await (this.kept.get(block) ?? this.#load(block))
        for (const doc of own) found.set(doc, this.#hit(doc, rows[doc - block * this.each], none, () => null))
        progress(found.size)
      }
    }
    await Promise.all(Array.from({ length: AT_ONCE }, work))
    return found
  }

  /** @param {number} doc */
  async #row(doc) {
    const block = Math.floor(doc / this.each)
    const coming = this.kept.get(block) ?? this.#load(block)
    this.kept.delete(block)
    this.kept.set(block, coming)
    coming.catch(() => this.kept.delete(block))
    for (const oldest of this.kept.keys()) {
      if (this.kept.size <= MOST_KEPT) break
      this.kept.delete(oldest)
    }
    return (await coming)[doc - block * this.each]
  }

  /**
   * @param {number} block
   * @returns {Promise<Row[]>}
   */
  async #load(block) {
    return JSON.parse(new TextDecoder().decode(await this.files.get(`${this.folder}/${block}.bin`)))
  }

  /**
   * @param {number} doc
   * @param {Row} row
   * @param {import("./marks.js").Sought} marked
   * @param {import("./marks.js").Stem} stem
   * @returns {Hit}
   */
  #hit(doc, [anchor, heading, list, themes, voices, text, earned], marked, stem) {
    const place = this.catalogue.place(doc)
    const path = `${place.report}/${place.statement.id}`
    /** @param {{ id: string, label: string }[]} all @param {number[]} own */
    const named = (all, own) => own.map((at) => ({ id: all[at].id, label: all[at].label }))
    return {
      doc,
      id: `${path}/${anchor}`,
      address: `/reports/${path}/#${anchor}`,
      ...place,
      heading,
      themes: named(this.catalogue.themes, themes),
      voices: named(this.catalogue.voices, voices),
      list: Boolean(list),
      text,
      ...markText(text, marked, stem, earned.flatMap((words, at) => (marked.themes.includes(themes[at]) ? words : []))),
    }
  }
}
