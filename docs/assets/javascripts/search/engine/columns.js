/**
 * Which passages have which theme and voice: a theme that is chosen or named costs one small file, counting those of a
 * group one for all of them. The build says in `columns.py` what a file holds.
 */
import { Reader } from "./bytes.js"

/**
 * @typedef {"theme" | "voice"} Kind
 * @typedef {import("./catalogue.js").Catalogue} Catalogue
 */

export class Columns {
  /**
   * @param {{ get(name: string): Promise<Uint8Array> }} files
   * @param {string} folder
   * @param {Catalogue} catalogue
   */
  constructor(files, folder, catalogue) {
    this.files = files
    this.folder = folder
    this.catalogue = catalogue
    /** @type {Map<string, Promise<Uint32Array[]>>} */
    this.kept = new Map()
  }

  /**
   * 1 at each passage that has one of the themes or voices; null where none is named.
   * @param {Kind} kind
   * @param {number[]} places
   */
  async mask(kind, places) {
    if (!places.length) return null
    const mask = new Uint8Array(this.catalogue.size)
    for (const docs of await Promise.all(places.map((place) => this.#alone(kind, place)))) {
      for (const doc of docs) mask[doc] = 1
    }
    return mask
  }

  /**
   * How much each passage is about some themes together, from 0 (not, or in passing) on; null where none is named.
   * @param {number[]} places
   */
  async strengths(places) {
    if (!places.length) return null
    const sums = new Uint8Array(this.catalogue.size)
    for (const [docs, strengths] of await Promise.all(places.map((place) => this.#file(`theme-${place}`, 1, true)))) {
      docs.forEach((doc, at) => (sums[doc] = Math.min(255, sums[doc] + strengths[at])))
    }
    return sums
  }

  /**
   * How many passages of a mask have a theme or voice, from the file that its whole list has.
   * @param {Kind} kind
   * @param {number} place
   * @param {Uint8Array} mask
   */
  async count(kind, place, mask) {
    let count = 0
    for (const doc of await this.#column(kind, place)) count += mask[doc]
    return count
  }

  /**
   * @param {Kind} kind
   * @param {number} place
   */
  async #alone(kind, place) {
    return kind === "voice" ? this.#column(kind, place) : (await this.#file(`theme-${place}`, 1, true))[0]
  }

  /**
   * @param {Kind} kind
   * @param {number} place
   */
  async #column(kind, place) {
    if (kind === "voice") return (await this.#file("voices", this.catalogue.voices.length))[place]
    const { themes } = this.catalogue
    const fellows = themes.flatMap(({ group }, at) => (group === themes[place].group ? [at] : []))
    return (await this.#file(`${this.catalogue.data.themes[place][2]}`, fellows.length))[fellows.indexOf(place)]
  }

  /**
   * @param {string} name
   * @param {number} length   columns in the file
   * @param {boolean} [strong]   whether strengths stand behind the one column
   */
  #file(name, length, strong = false) {
    const kept = this.kept.get(name)
    if (kept) return kept
    const coming = this.files.get(`${this.folder}/${name}.bin`).then((bytes) => {
      const reader = new Reader(bytes)
      const columns = Array.from({ length }, () => reader.deltas(reader.varint()))
      return strong ? [...columns, reader.varints(columns[0].length)] : columns
    })
    this.kept.set(name, coming)
    coming.catch(() => this.kept.delete(name))
    return coming
  }
}
