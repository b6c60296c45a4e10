/** Reads what `build_scripts/search/` writes: varints, deltas and front-coded words (`packing.py`), postings (`shards.py`). */

const UTF8 = new TextDecoder("utf-8", { fatal: true })

/** A place in bytes that moves on as they are read. */
export class Reader {
  /**
   * @param {Uint8Array} bytes
   * @param {number} [at]
   */
  constructor(bytes, at = 0) {
    this.bytes = bytes
    this.at = at
  }

  /** A whole number. */
  varint() {
    const { bytes } = this
    let byte = bytes[this.at++]
    if (byte < 128) return byte
    let number = byte & 127
    for (let scale = 128; byte >= 128; scale *= 128) {
      byte = bytes[this.at++]
      number += (byte & 127) * scale
    }
    if (byte === undefined) throw new RangeError("the bytes end inside a number")
    return number
  }

  /**
   * Whole numbers.
   * @param {number} count
   */
  varints(count) {
    const numbers = new Uint32Array(count)
    for (let each = 0; each < count; each += 1) numbers[each] = this.varint()
    return numbers
  }

  /**
   * Rising whole numbers that were written as their distances.
   * @param {number} count
   */
  deltas(count) {
    const numbers = new Uint32Array(count)
    for (let each = 0, number = 0; each < count; each += 1) numbers[each] = number += this.varint()
    return numbers
  }

  /**
   * Sorted words, of which each says how much it shares with the one before.
   * @param {number} count
   * @returns {string[]}
   */
  words(count) {
    /** @type {number[]} bytes of all words with a 0 behind each: decoding is slow to begin, so it is done once */
    const all = []
    for (let each = 0, before = 0; each < count; each += 1) {
      const start = all.length
      const shared = this.varint()
      const rest = this.varint()
      const end = this.at + rest
      // What is no index must not be read for ever, whatever numbers it seems to have.
      if (shared > Math.max(0, start - 1 - before) || end > this.bytes.length) throw new RangeError("the bytes end inside a word")
      for (let at = before; at < before + shared; at += 1) all.push(all[at])
      while (this.at < end) all.push(this.bytes[this.at++])
      all.push(0)
      before = start
    }
    return UTF8.decode(Uint8Array.from(all)).split("\0").slice(0, count)
  }
}

/**
 * In which documents a term stands, field by field, and how often where it stands more than once.
 * @param {Reader} reader
 * @param {number} fields
 */
export function readPosting(reader, fields) {
  const sizes = reader.varints(fields)
  const docs = Array.from(sizes, (size) => reader.deltas(size))
  return docs.map((each) => {
    const count = reader.varint()
    return { docs: each, repeated: reader.deltas(count), counts: reader.varints(count) }
  })
}

/**
 * Where shards begin: a capital letter for how many letters are those of the one before, and the rest.
 * @param {string} text
 * @returns {string[]}
 */
export function readDirectory(text) {
  let before = ""
  return (text.match(/[A-Z][^A-Z]*/g) ?? []).map((part) => (before = before.slice(0, part.charCodeAt(0) - 65) + part.slice(1)))
}

/**
 * The shard in which a term would stand; -1 before the first.
 * @param {string[]} first   where each shard begins
 * @param {string} term
 */
export function shardAt(first, term) {
  let low = 0
  let high = first.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (byCodePoint(first[middle], term) <= 0) low = middle + 1
    else high = middle
  }
  return low - 1
}

/**
 * Orders strings as Python and UTF-8 do; JavaScript's own order differs beyond U+FFFF.
 * @param {string} one
 * @param {string} other
 */
export function byCodePoint(one, other) {
  const shorter = Math.min(one.length, other.length)
  for (let at = 0; at < shorter; at += 1) {
    const [a, b] = [one.charCodeAt(at), other.charCodeAt(at)]
    if (a !== b) return isSurrogate(a) === isSurrogate(b) ? a - b : isSurrogate(a) ? 1 : -1
  }
  return one.length - other.length
}

/** @param {number} unit */
const isSurrogate = (unit) => unit >= 0xd800 && unit <= 0xdfff
