/**
 * The names of the collection, as people write them: councils, regions, ratings, quality statements, themes, voices.
 *
 * Names of places and ratings are compared word by word, all others by stems, so that `waiting list` is `Waiting lists`.
 * Small words between do not count, `saint` is `st`, `upon` is `on`. The catalogue has the names; that a council may be
 * called London Borough of, City Council and the like is a rule (`named.js`).
 */
import { distance } from "./spelling.js"
import { tokens } from "./words.js"

/**
 * @typedef {"authority" | "region" | "statement" | "theme" | "voice" | "rating"} Kind
 * @typedef {object} Thing        what a name means
 * @property {Kind} kind
 * @property {number} at          its place in the catalogue's list
 * @property {boolean} own        whether it is the thing's own name rather than another one
 * @property {boolean} alone      whether it only counts where nothing but names is asked for: `learning`, `good`
 *
 * @typedef {(word: string) => string | null} Stem
 */

/** Words that names are compared without. */
export const JOINING = new Set(["and", "with", "the", "of", "upon", "on", "in"])
/** Names that are ordinary words: with other words in small letters they are these. */
const ORDINARY = new Set(["reading", "bath", "bury", "sale", "hove", "poole", "chester"])
const GOOD = "good"

/** Words that council names share, which by themselves name none. */
const SHARED = new Set(["north", "south", "east", "west", "central", "city", "county", "isle", "isles", "london", "upon"])

/** @param {string} text */
export const wordsOf = (text) => tokens(text).flatMap(({ word, compound }) => (compound ? [] : [word]))

/** @param {string[]} words */
const plainKey = (words) =>
  words.filter((word) => !JOINING.has(word)).map((word) => (word === "saint" ? "st" : word)).join(" ")

/** The words of a name with its parts joined that a hyphen joins: `coproduction`. @param {string} text */
const joinedWords = (text) => wordsOf(text.replaceAll(/(?<=\p{L})[-‐‑](?=\p{L})/gu, ""))

/**
 * Stems, without common words; with them where only one stem would be left: `out of county` is not `county`.
 * @param {string[]} words
 * @param {Stem} stem
 */
function stemKey(words, stem) {
  const stems = words.flatMap((word) => stem(word) ?? [])
  return stems.length > 1 || stems.length === words.length ? stems.join(" ") : words.map((word) => stem(word) ?? word).join(" ")
}

export class Names {
  /**
   * @param {import("./catalogue.js").Catalogue} catalogue
   * @param {Stem} stem
   */
  constructor({ data }, stem) {
    this.stem = stem
    /** @type {Map<string, Thing[]>} */
    this.plain = new Map()
    /** @type {Map<string, Thing[]>} */
    this.stems = new Map()
    /** Letters of each council's names, for slips. @type {[string, number][]} */
    this.letters = []
    /** Words of a name in capitals that are common words in small ones, such as IT. @type {Map<string, Thing>} */
    this.capitals = new Map()
    data.authorities.forEach(([, name, , , also], at) => {
      for (const each of [name, ...also]) {
        const key = plainKey(wordsOf(each))
        this.#add(this.plain, key, "authority", at, each === name, false)
        this.letters.push([key.replaceAll(" ", ""), at])
      }
    })
    const taken = new Set(this.plain.keys())
    data.authorities.forEach(([, name], at) => {
      for (const key of beginnings(name)) if (!taken.has(key)) this.#add(this.plain, key, "authority", at, false, false)
    })
    data.regions.forEach(([, name], at) => {
      for (const key of [plainKey(wordsOf(name)), ...beginnings(name)]) {
        this.#add(this.plain, key, "region", at, true, false)
      }
    })
    data.ratings.forEach(([, name], at) => {
      const words = wordsOf(name)
      this.#add(this.plain, plainKey(words), "rating", at, true, words[0] === GOOD)
      if (words.length > 1) this.#add(this.plain, words.map((word) => word[0]).join(""), "rating", at, false, true)
    })
    data.statements.forEach(([id, name, also], at) => {
      this.#add(this.stems, stemKey(wordsOf(name), stem), "statement", at, true, false)
      for (const each of [...also, id.replaceAll("-", " "), name.split(/,|\band\b/u)[0]]) {
        this.#add(this.stems, stemKey(wordsOf(each), stem), "statement", at, false, wordsOf(each).length === 1)
      }
    })
    data.themes.forEach(([, label, , also], at) => this.#addTag("theme", at, label, also))
    data.voices.forEach(([, label, also], at) => this.#addTag("voice", at, label, also))
    const all = [...this.plain.keys(), ...this.stems.keys()]
    /** Words in the longest name, small ones included. */
    this.longest = Math.max(...all.map((key) => key.split(" ").length)) + 3
  }

  /**
   * What is called so.
   * @param {string[]} words      folded
   * @param {string[]} typed      the same as typed
   * @param {boolean} whole       whether the reader asks for nothing else
   * @returns {Thing[]}
   */
  called(words, typed, whole) {
    if (words.length === 1 && this.capitals.has(typed[0])) return [/** @type {Thing} */ (this.capitals.get(typed[0]))]
    if (words.every((word) => isSmall(word, this.stem))) return []
    const ordinary = !whole && ORDINARY.has(words.join(" ")) && typed[0] === typed[0].toLowerCase()
    const places = ordinary ? [] : (this.plain.get(plainKey(words)) ?? [])
    const others = this.stems.get(stemKey(words, this.stem)) ?? (this.joins(words) ? this.stems.get(this.stem(words.join("")) ?? "") : [])
    return [...places, ...(others ?? [])]
  }

  /**
   * Whether two words are one in some name: `well being`, `home care`.
   * @param {string[]} words
   */
  joins(words) {
    return words.length === 2 && this.stems.has(this.stem(words.join("")) ?? "")
  }

  /**
   * The council that is meant by a name with a slip of the keys, or null. Spaces do not count.
   * @param {string[]} words
   * @returns {Thing | null}
   */
  meant(words) {
    const wanted = plainKey(words).replaceAll(" ", "")
    let best = null
    for (const [letters, at] of this.letters) {
      const most = letters.length < 5 ? 0 : letters.length < 8 ? 1 : 2
      if (letters[0] !== wanted[0]) continue
      const away = distance(wanted, letters, most)
      if (away <= most && (!best || away < best.away)) best = { at, away }
    }
    return best && { kind: "authority", at: best.at, own: false, alone: false }
  }

  /**
   * Councils of whose name the words are a part: East and West Sussex for `Sussex`; none where these say too little.
   * @param {string[]} words
   * @param {import("./catalogue.js").Catalogue} catalogue
   * @returns {Thing[]}
   */
  holding(words, { data }) {
    const wanted = plainKey(words)
    if (wanted.length < 4 || words.every((word) => SHARED.has(word) || JOINING.has(word))) return []
    return data.authorities.flatMap(([, name], at) =>
      ` ${plainKey(wordsOf(name))} `.includes(` ${wanted} `)
        ? [{ kind: /** @type {const} */ ("authority"), at, own: false, alone: false }]
        : []
    )
  }

  /**
   * @param {"theme" | "voice"} kind
   * @param {number} at
   * @param {string} label
   * @param {string[]} also
   */
  #addTag(kind, at, label, also) {
    const pieces = label.split(/,\s*|\s+and\s+/u)
    const short = pieces.every((piece) => piece.split(" ").length <= 3) ? pieces : []
    for (const name of [label, ...short]) {
      for (const words of [wordsOf(name), joinedWords(name)]) this.#add(this.stems, stemKey(words, this.stem), kind, at, true, false)
    }
    for (const name of also) {
      const keys = [wordsOf(name), joinedWords(name)].map((words) => stemKey(words, this.stem))
      for (const key of keys) this.#add(this.stems, key, kind, at, false, false)
      if (wordsOf(name).every((word) => this.stem(word) === null)) this.capitals.set(name, { kind, at, own: false, alone: false })
    }
  }

  /**
   * @param {Map<string, Thing[]>} map
   * @param {string} key
   * @param {Kind} kind
   * @param {number} at
   * @param {boolean} own
   * @param {boolean} alone
   */
  #add(map, key, kind, at, own, alone) {
    const things = map.get(key) ?? []
    if (!key || things.some((thing) => thing.kind === kind && thing.at === at)) return
    map.set(key, [...things, { kind, at, own, alone }])
  }
}

/**
 * What a name of several places is called for short: Bath and North East Somerset, Yorkshire and The Humber.
 * @param {string} name
 */
function beginnings(name) {
  const [first, rest] = name.split(/ and | with |[- ]upon[- ]|[- ]on[- ]/u)
  return rest ? [plainKey(wordsOf(first))] : []
}

/** @param {string} word @param {Stem} stem */
const isSmall = (word, stem) => stem(word) === null || JOINING.has(word)
