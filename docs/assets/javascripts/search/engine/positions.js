/** Phrases: in which passages words stand next to one another. How the files look is told in `build_scripts/search/shards.py`. */
import { Reader, readPosting, shardAt } from "./bytes.js"

/**
 * @typedef {import("./sharded-index.js").ShardedIndex} ShardedIndex
 *
 * @typedef {object} Places        where one word stands in one field
 * @property {Uint32Array} docs    rising
 * @property {Uint32Array} starts  for each document where its places begin in `places`, and behind them the number of all
 * @property {Uint32Array} places  rising within a document
 */

export class PhraseIndex {
  /** @param {ShardedIndex} index */
  constructor(index) {
    this.index = index
    /** Where each shard begins: there once the index is complete. @type {string[]} */
    this.first = []
  }

  /**
   * 1 for each passage in which the words stand next to one another in one of the fields.
   * @param {string[]} words
   * @param {string[]} [fields]
   */
  async find(words, fields = this.index.manifest.places.fields) {
    const mask = new Uint8Array(this.index.size)
    if (!words.length) return mask
    const byWord = await Promise.all(this.index.placeKeys(words).map((key) => this.#placesOf(key)))
    for (const name of fields) {
      const field = this.index.manifest.places.fields.indexOf(name)
      const inField = byWord.map((places) => places?.[field])
      if (inField.every((places) => places !== undefined)) markPhrase(mask, inField)
    }
    return mask
  }

  /**
   * In how few words next to one another a passage has all of some words, for each that has them in one field.
   * @param {string[]} words
   * @param {string[]} fields
   * @param {Uint8Array} mask    1 at the passages that are wanted
   * @returns {Promise<Map<number, number>>}
   */
  async spans(words, fields, mask) {
    const byWord = await Promise.all(this.index.placeKeys(words).map((key) => this.#placesOf(key)))
    /** @type {Map<number, number>} */
    const found = new Map()
    for (const name of fields) {
      const field = this.index.manifest.places.fields.indexOf(name)
      const inField = byWord.flatMap((places) => (places ? [places[field]] : []))
      if (inField.length < byWord.length) continue
      for (const [doc, rows] of together(inField)) {
        if (mask[doc]) found.set(doc, Math.min(found.get(doc) ?? Infinity, shortest(rows)))
      }
    }
    return found
  }

  /**
   * @param {string} term   or a stop word after a space
   * @returns {Promise<Places[] | undefined>}
   */
  async #placesOf(term) {
    const { folder, fields } = this.index.manifest.places
    const at = shardAt(this.first, term)
    if (at < 0) return undefined
    const shard = await this.index.keep(`${folder}/${at}.bin`, (bytes) => readShard(bytes))
    const start = shard.get(term)
    return start === undefined ? undefined : readPlaces(new Reader(start.bytes, start.at), fields.length)
  }
}

/**
 * Words of a shard to where their places begin.
 * @param {Uint8Array} bytes
 */
function readShard(bytes) {
  const reader = new Reader(bytes)
  const count = reader.varint()
  const words = reader.words(count)
  const sizes = reader.varints(count)
  /** @type {Map<string, { bytes: Uint8Array, at: number }>} */
  const found = new Map()
  words.reduce((at, word, number) => {
    found.set(word, { bytes, at })
    return at + sizes[number]
  }, reader.at)
  return found
}

/**
 * @param {Reader} reader
 * @param {number} fields
 * @returns {Places[]}
 */
function readPlaces(reader, fields) {
  return readPosting(reader, fields).map(({ docs, repeated, counts }) => {
    const starts = new Uint32Array(docs.length + 1).fill(1, 1)
    repeated.forEach((at, number) => (starts[at + 1] = counts[number]))
    for (let at = 0; at < docs.length; at += 1) starts[at + 1] += starts[at]
    const places = new Uint32Array(starts[docs.length])
    for (let at = 0; at < docs.length; at += 1) places.set(reader.deltas(starts[at + 1] - starts[at]), starts[at])
    return { docs, starts, places }
  })
}

/**
 * Marks the documents in which the words follow one another.
 * @param {Uint8Array} mask
 * @param {Places[]} words
 */
function markPhrase(mask, words) {
  for (const [doc, rows] of together(words)) {
    const [first] = rows
    if (first.some((place) => rows.every((row, at) => row.includes(place + at)))) mask[doc] = 1
  }
}

/**
 * The documents that have all words, each with the places of every word, looking only into those that have the rarest.
 * @param {Places[]} words
 * @returns {Generator<[number, Uint32Array[]]>}
 */
function* together(words) {
  const rarest = words.reduce((best, each) => (each.docs.length < best.docs.length ? each : best))
  for (const doc of rarest.docs) {
    const rows = words.flatMap(({ docs, starts, places }) => {
      const at = placeIn(docs, doc)
      return at < 0 ? [] : [places.subarray(starts[at], starts[at + 1])]
    })
    if (rows.length === words.length) yield [doc, rows]
  }
}

/**
 * How many words the shortest run has that holds a place of each row.
 * @param {Uint32Array[]} rows   rising
 */
function shortest(rows) {
  const next = rows.map(() => 0)
  let best = Infinity
  for (;;) {
    const heads = rows.map((row, at) => row[next[at]])
    const first = Math.min(...heads)
    best = Math.min(best, Math.max(...heads) - first + 1)
    const moved = heads.indexOf(first)
    if ((next[moved] += 1) === rows[moved].length) return best
  }
}

/**
 * Where a number stands among rising ones, -1 where it does not.
 * @param {Uint32Array} numbers
 * @param {number} sought
 */
function placeIn(numbers, sought) {
  let low = 0
  let high = numbers.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (numbers[middle] < sought) low = middle + 1
    else high = middle
  }
  return numbers[low] === sought ? low : -1
}
