/**
 * Every name of the collection, as it is compared: councils, regions, ratings, quality statements, themes, voices; and districts.
 *
 * Names of places, and ratings by CQC’s names, are compared word by word, all others by stems, so that `waiting list` is `Waiting lists`.
 * Small words between do not count, `saint` is `st`, `upon` is `on`.
 *
 * @typedef {import("./catalogue.js").CatalogueData} CatalogueData
 * @typedef {import("./naming.js").Kind} Kind
 * @typedef {import("./naming.js").Stem} Stem
 *
 * @typedef {object} Name
 * @property {boolean} stemmed     whether the key has stems
 * @property {string} key          how the name is compared
 * @property {string[]} words       of a name that is compared by stems
 * @property {Kind} kind
 * @property {number} at           place in the catalogue's list of what has the name
 * @property {boolean} own         as `Thing` has these four
 * @property {boolean} alone
 * @property {string} word
 * @property {string} district
 */
import { wordsOf } from "./words.js"

/** Words that names are compared without. */
export const JOINING = new Set(["and", "with", "the", "of", "upon", "on", "in"])

/** How people say a rating, in any form. @type {Record<string, string[]>} */
const SAID_OF_RATINGS = {
  outstanding: ["best", "top", "highest"],
  "requires-improvement": ["require improvement", "need improvement"],
  inadequate: ["worst", "lowest", "failing"],
}

/** What people call a region besides. @type {Record<string, string[]>} */
const SAID_OF_REGIONS = { "east-of-england": ["east anglia"], "south-west": ["west country"] }

/** What groups of people are called, one word as well as another. */
const NOUNS = ["people", "groups", "communities", "adults"]

/** Who is meant, of the name of a group: `autistic people`, `seldom-heard groups`; of community groups it is nobody. */
const GROUP = /^(?!community )(.+) (?:people|groups|communities)$/u

const HYPHEN = /[-‐‑]/u
const BETWEEN = /(?<=\p{L})[-‐‑](?=\p{L})/gu

/** @param {string[]} words */
export const plainKey = (words) =>
  words.filter((word) => !JOINING.has(word)).map((word) => (word === "saint" ? "st" : word)).join(" ")

/**
 * Stems, without common words; with them where only one stem would be left: `out of county` is not `county`.
 * @param {string[]} words
 * @param {Stem} stem
 */
export function stemKey(words, stem) {
  const stems = words.flatMap((word) => stem(word) ?? [])
  return stems.length > 1 || stems.length === words.length ? stems.join(" ") : words.map((word) => stem(word) ?? word).join(" ")
}

/** The letters with which a key begins. A stem keeps those of its word. @param {string} key */
export const lettersOf = (key) => key.split(" ", 1)[0].slice(0, 2)

/** Whether the key of a name may begin with any of these letters. @param {Set<string>} letters @returns {(name: string) => boolean} */
function mayBegin(letters) {
  const begins = new RegExp(`(?:^|[^a-z0-9])(?:${[...letters].join("|")}|saint)|[^\\x20-\\x7e]`, "i")
  return (name) => begins.test(name)
}

/**
 * The names whose keys may begin with some letters: those of a kind in their order, so that of two things of
 * one name the first is always the same. Reading all of them takes a first search longer than anything else.
 * @param {CatalogueData} data
 * @param {Stem} stem
 * @param {Set<string>} letters   as `lettersOf` gives them
 * @returns {Generator<Name>}
 */
export function* namesOf(data, stem, letters) {
  const may = mayBegin(letters)
  yield* placeNames(data, may)
  /** None where another word begins the key. @param {string[]} words @param {Kind} kind @param {number} at @param {boolean} own @param {boolean} alone @returns {Generator<Name>} */
  function* stemmed(words, kind, at, own, alone) {
    if (!words.length || (!letters.has(lettersOf(words[0])) && stem(words[0]) !== null)) return
    const word = words.length === 1 ? words[0] : ""
    yield { stemmed: true, key: stemKey(words, stem), words, kind, at, own, alone, word, district: "" }
  }
  for (const [at, [id, name]] of data.ratings.entries()) {
    const words = wordsOf(name)
    yield plain(plainKey(words), "rating", at, true, words.length === 1)
    if (words.length > 1) yield plain(words.map((word) => word[0]).join(""), "rating", at, false, true)
    for (const each of (SAID_OF_RATINGS[id] ?? []).filter(may)) yield* stemmed(wordsOf(each), "rating", at, false, true)
  }
  for (const [at, [id, name, also]] of data.statements.entries()) {
    if (may(name)) yield* stemmed(wordsOf(name), "statement", at, true, false)
    for (const each of [...also, id.replaceAll("-", " "), name.split(/,|\band\b/u)[0]].filter(may)) {
      const words = wordsOf(each)
      yield* stemmed(words, "statement", at, false, words.length === 1)
    }
  }
  const themes = data.themes.map(([, label, , also]) => /** @type {const} */ ([label, also]))
  const voices = data.voices.map(([, label, also]) => /** @type {const} */ ([label, also]))
  for (const [kind, tags] of /** @type {const} */ ([["theme", themes], ["voice", voices]])) {
    for (const [at, [label, also]] of tags.entries()) {
      const own = may(label) ? [label, ...shortOf(label)] : []
      const others = also.filter(may)
      for (const name of own) for (const words of spellings(name)) yield* stemmed(words, kind, at, true, false)
      for (const name of [...own, ...others].flatMap((each) => GROUP.exec(each)?.[1] ?? [])) {
        const words = wordsOf(name)
        yield* stemmed(words, kind, at, false, words.length === 1)
        for (const noun of NOUNS) yield* stemmed([...words, noun], kind, at, false, false)
      }
      for (const name of others) for (const words of spellings(name)) yield* stemmed(words, kind, at, false, false)
      const who = kind === "voice" && may(label) && /^(\p{L}+) who /u.exec(label)?.[1].toLowerCase()
      if (who) yield* stemmed([who], kind, at, false, true)
    }
  }
}

/**
 * Councils, then what they and regions are called for short.
 * @param {CatalogueData} data
 * @param {(name: string) => boolean} may
 * @returns {Generator<Name>}
 */
function* placeNames({ authorities, regions }, may) {
  /** @type {Set<string>} */
  const taken = new Set()
  for (const [at, [, name, , , also]] of authorities.entries()) {
    for (const each of [name, ...also].filter(may)) {
      const key = plainKey(wordsOf(each))
      taken.add(key)
      yield plain(key, "authority", at, each === name, false)
    }
  }
  for (const [at, [, name]] of authorities.entries()) {
    const town = name.endsWith("shire") && may(name) ? plainKey(wordsOf(name)).slice(0, -5) : ""
    if (town.length > 4 && !taken.has(town)) yield plain(town, "authority", at, false, true) // Hereford, Hertford
    for (const key of may(name) ? beginnings(name) : []) if (!taken.has(key)) yield plain(key, "authority", at, false, false)
  }
  for (const [at, [id, name]] of regions.entries()) {
    const key = plainKey(wordsOf(name))
    const others = [key.replace("shire", "s"), ...beginnings(name), ...(SAID_OF_REGIONS[id] ?? [])]
    for (const each of [key, ...others]) yield plain(each, "region", at, true, false)
  }
}

/**
 * The names of a district, or of an area of several councils: by its name, and by each of two, `Basingstoke`. Beside words
 * that name nothing they are words: `dover road` is no question about Kent.
 * @param {import("./catalogue.js").District} district
 * @returns {Name[]}
 */
export const districtNames = ([name, councils]) =>
  [...districtKeys(name)].flatMap((key) => councils.map((at) => plain(key, "authority", at, false, true, name)))

/** @param {string} key @param {Kind} kind @param {number} at @param {boolean} own @param {boolean} alone @returns {Name} */
const plain = (key, kind, at, own, alone, district = "") => ({ stemmed: false, key, words: [], kind, at, own, alone, word: "", district })

/** The keys of a district: of Crewe and Nantwich both, but for a short word such as Wear; of West Yorkshire West Yorks too. @param {string} name */
export const districtKeys = (name) =>
  new Set([name, name.replace("Yorkshire", "Yorks"), ...name.split(" and ").filter((part, at) => !at || part.length > 4)].map((each) => plainKey(wordsOf(each))))

/** The parts of a label that has several short ones. @param {string} label */
function shortOf(label) {
  const pieces = label.split(/,\s*|\s+and\s+/u)
  return pieces.every((piece) => piece.split(" ").length <= 3) ? pieces : []
}

/** The words of a name, and with its parts joined where a hyphen joins some: `coproduction`. @param {string} name */
function* spellings(name) {
  yield wordsOf(name)
  if (HYPHEN.test(name)) yield wordsOf(name.replaceAll(BETWEEN, ""))
}

/**
 * What a name of several places is called for short: Bath and North East Somerset, Yorkshire and The Humber.
 * @param {string} name
 */
function beginnings(name) {
  const [first, rest] = name.split(/ and | with |[- ]upon[- ]|[- ]on[- ]/u)
  return rest ? [plainKey(wordsOf(first))] : []
}
