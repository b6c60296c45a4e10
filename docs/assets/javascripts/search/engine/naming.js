/**
 * What the collection's names mean, as people write them; `names-list.js` has how they are compared. The catalogue has the
 * names; that a council may be called London Borough of, City Council and the like is a rule (`named.js`).
 */
import { JOINING, districtKeys, lettersOf, namesOf, plainKey, stemKey } from "./names-list.js"
import { distance, respell } from "./spelling.js"
import { wordsOf } from "./words.js"

/**
 * @typedef {"authority" | "region" | "statement" | "theme" | "voice" | "rating"} Kind
 * @typedef {object} Thing        what a name means
 * @property {Kind} kind
 * @property {number} at          its place in the catalogue's list
 * @property {boolean} own        whether it is the thing's own name rather than another one
 * @property {string} word         the name, where it is one word that is compared by its stem
 * @property {boolean} alone      whether it only counts where nothing but names is asked for: `learning`, `good`
 * @property {string} [district]   the district of a council, or the county before it, that has the name: Norwich
 *
 * @typedef {(word: string) => string | null} Stem
 */

/** Names that are ordinary words: with other words in small letters they are these. */
export const ORDINARY = new Set(["reading", "bath", "bury", "sale", "hove", "poole", "chester", "rugby"])

/** Common words drawn together, as they are folded: `don't`, `they're`. */
export const SHORTENED = new Set([
  ...["dont", "doesnt", "didnt", "cant", "couldnt", "wont", "wouldnt", "shouldnt", "isnt", "arent", "wasnt", "werent"],
  ...["hasnt", "havent", "hadnt", "im", "ive", "youre", "youve", "weve", "theyre", "theyve", "theyll", "thats", "whats"],
])

/** Letters that two words share at their beginning where they are surely of one kind: `interpreting`, `interpreters`. */
const SURE = 8

const SEPARATOR = /[^\p{L}\p{N}]+/u

/** Words that council names share, which by themselves name none. */
const SHARED = new Set(["north", "south", "east", "west", "central", "city", "county", "isle", "isles", "london", "upon"])

export class Names {
  #data
  /** Names by their keys: of places and ratings, and by stems. @type {[Map<string, Thing[]>, Map<string, Thing[]>]} */
  #known = [new Map(), new Map()]
  /** The letters with which all of them begin. @type {Set<string>} */
  #made = new Set()
  /** Names of themes that have several words, by all of these as one. @type {Map<string, string[]>} */
  #written = new Map()
  /** What only some words need, made for the first of them. @type {{ labels?: string[], longWords?: string[], councils?: string[], places?: string[] }} */
  #besides = {}

  /**
   * @param {import("./catalogue.js").Catalogue} catalogue
   * @param {Stem} stem
   */
  constructor({ data }, stem) {
    this.#data = data
    /** @type {Stem} */
    this.stem = (word) => (SHORTENED.has(word) ? null : stem(word))
    /** Names in capitals that are common words in small ones, such as IT. @type {Map<string, Thing>} */
    this.capitals = new Map()
    for (const [at, [, , , also]] of data.themes.entries()) {
      for (const name of also) {
        if (!/^\p{Lu}+$/u.test(name) || stem(name.toLowerCase()) !== null) continue
        this.capitals.set(name, { kind: "theme", at, own: false, alone: false, word: "" })
      }
    }
    const { authorities, statements, themes, voices } = data
    const names = [
      ...authorities.flatMap(([, name, , , also, , districts]) => [name, ...also, ...districts]),
      ...statements.flatMap(([, name, also]) => [name, ...also]),
      ...themes.flatMap(([, label, , also]) => [label, ...also]),
      ...voices.flatMap(([, label, also]) => [label, ...also]),
    ]
    /** Words that the longest name may have, small ones around it included. */
    this.longest = names.reduce((most, name) => Math.max(most, name.split(SEPARATOR).length), 0) + 3
  }

  /**
   * What has a key, whose names are made ready with all that begin as it does: all names at once would take longer than the
   * rest of a first search.
   * @param {string} key
   * @param {boolean} stemmed
   */
  #having(key, stemmed) {
    const letters = lettersOf(key)
    if (letters && !this.#made.has(letters)) {
      for (const name of namesOf(this.#data, this.stem, letters)) if (lettersOf(name.key) === letters) this.#add(name)
      this.#made.add(letters)
    }
    return this.#known[Number(stemmed)].get(key) ?? []
  }

  /** @param {import("./names-list.js").Name} name */
  #add({ stemmed, key, words, ...thing }) {
    if (thing.kind === "theme" && words.length > 1) this.#written.set(words.join(""), words)
    const known = this.#known[Number(stemmed)]
    const things = known.get(key) ?? []
    const same = things.find(({ kind, at }) => kind === thing.kind && at === thing.at)
    if (!same) return void known.set(key, [...things, thing])
    same.word &&= thing.word // a name of several words, or another form, has the stem too
    same.alone &&= thing.alone
    same.own ||= thing.own
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
    const ends = [words[0], words[words.length - 1]]
    const places = ordinary || ends.some((word) => isSmall(word, this.stem)) ? [] : this.#having(plainKey(words), false)
    const found = this.#having(stemKey(words, this.stem), true)
    const others = (found.length ? found : this.#joined(words)).filter(({ word }) => words.length > 1 || !word || isForm(words[0], word))
    return [...places, ...others]
  }

  /**
   * What has two words as one in its name: `well being`, `home care`.
   * @param {string[]} words
   */
  #joined(words) {
    return words.length === 2 ? this.#having(this.stem(words.join("")) ?? "", true) : []
  }

  /** Whether anything has. @param {string[]} words */
  joins(words) {
    return this.#joined(words).length > 0
  }

  /**
   * The council that is meant by a name with a slip of the keys, or several where a county was abolished; none where two
   * names are as near. Spaces do not count. Where letters are only put in the place of others, the word may well be
   * another place: Barnes is not Barnet, nor Workington Warrington.
   * @param {string[]} words
   * @returns {Thing[]}
   */
  meant(words) {
    const wanted = plainKey(words).replaceAll(" ", "")
    let best = /** @type {{ things: Thing[], away: number } | null} */ (null)
    for (const key of (this.#besides.places ??= this.#placeKeys())) {
      if (key[0] !== wanted[0]) continue
      const letters = key.replaceAll(" ", "")
      const things = this.#having(key, false)
      const most = letters.length < 5 ? 0 : letters.length < 8 || things[0].district ? 1 : 2
      const away = distance(wanted, letters, most)
      if (away > most || (best && away > best.away)) continue
      if (replaced(wanted, letters) === away && (away > 1 || letters.length < 8)) continue
      /** @type {boolean | null} */
      const tied = best && away === best.away && best.things[0]?.at !== things[0].at
      best = { things: tied ? [] : things, away }
    }
    return (best?.things ?? []).map((thing) => ({ ...thing, own: false }))
  }

  /**
   * The words of a name with slips of the keys mended in those that are unknown; null where none is.
   * @param {string[]} words
   * @param {Set<string>} unknown
   */
  mended(words, unknown) {
    const all = (this.#besides.longWords ??= this.#longWords())
    const counts = { words: all, counts: all.map(() => 1) }
    const better = words.map((word) => {
      const likely = unknown.has(word) && word.length > 5 ? respell(word, counts, this.stem) : null
      // Many words of people are none of the collection's: only what is very near a name is meant for it.
      return likely?.[0] === word[0] && distance(word, likely, 2) <= (word.length < 10 ? 1 : 2) ? likely : word
    })
    return better.some((word, at) => word !== words[at]) ? better : null
  }

  /**
   * The one theme that has all of several words next to one another in its label: `equality duty`.
   * @param {string[]} words
   * @returns {Thing[]}
   */
  within(words) {
    const key = stemKey(words, this.stem)
    if (!key.includes(" ")) return []
    this.#besides.labels ??= this.#data.themes.map(([, label]) => stemKey(wordsOf(label), this.stem))
    const found = this.#besides.labels.flatMap((label, at) => (` ${label} `.includes(` ${key} `) ? [at] : []))
    return found.length === 1 ? [{ kind: "theme", at: found[0], own: false, alone: false, word: "" }] : []
  }

  /** Whether some report is of that year. @param {string} word */
  isYear(word) {
    return /^20\d\d$/u.test(word) && this.#data.reports.some(([, published]) => published.startsWith(word))
  }

  /**
   * Whether the words are a part of some council's name, and so no slip: `Northamptonshire`.
   * @param {string[]} words
   */
  isPart(words) {
    this.#besides.councils ??= this.#data.authorities.map(([, name]) => ` ${plainKey(wordsOf(name))} `)
    return this.#besides.councils.some((key) => key.includes(` ${plainKey(words)} `))
  }

  /**
   * Regions and councils that have the words in their names, where they are no name themselves: East and West Sussex for
   * `Sussex`. None where the words say too little.
   * @param {string[]} words
   * @param {import("./catalogue.js").Catalogue} catalogue
   * @returns {Thing[]}
   */
  holding(words, { data }) {
    const wanted = plainKey(words)
    if (wanted.length < 4 || words.every((word) => SHARED.has(word) || JOINING.has(word))) return []
    /** @type {(kind: Kind, labels: string[]) => Thing[]} */
    const having = (kind, labels) =>
      labels.flatMap((label, at) =>
        ` ${plainKey(wordsOf(label))} `.includes(` ${wanted} `) ? [{ kind, at, own: false, alone: false, word: "" }] : []
      )
    return [
      ...having("region", data.regions.map(([, name]) => name)),
      ...having("authority", data.authorities.map(([, name]) => name)),
    ]
  }

  /** Keys of councils and districts, but for those in capitals, such as BANES: what is near one is rarely a slip of it. */
  #placeKeys() {
    const { authorities } = this.#data
    const names = authorities.flatMap(([, name, , , also]) => [name, ...also])
    const initials = new Set(names.filter((name) => !/\p{Ll}/u.test(name)).map((name) => plainKey(wordsOf(name))))
    const districts = authorities.flatMap(([, , , , , , all]) => all.flatMap((name) => [...districtKeys(name)]))
    return [...new Set([...names.map((name) => plainKey(wordsOf(name))), ...districts])].filter((key) => !initials.has(key))
  }

  /** The words of a theme's name that was written as one: `easyread`. @param {string} word @returns {string[] | null} */
  apart(word) {
    this.#having(word, true) // makes names that begin so ready
    return this.#written.get(word) ?? this.#written.get(`${word}s`) ?? this.#written.get(word.replace(/s$/u, "")) ?? null
  }

  /** Words of themes, quality statements and ratings that are long enough to know again with a slip. */
  #longWords() {
    const { themes, statements, ratings } = this.#data
    const names = themes.flatMap(([, label, , also]) => [label, ...also])
    const all = [...names, ...[...statements, ...ratings].map(([, name]) => name)].flatMap(wordsOf)
    return [...new Set(all)].filter((word) => word.length > 5)
  }
}

/** How many letters differ in their places; too many where one is longer. @param {string} one @param {string} other */
const replaced = (one, other) =>
  one.length === other.length ? [...one].filter((letter, at) => letter !== other[at]).length : Infinity

/** Whether two words of one stem are one word: `carer` and `carers`, not `residence` and `residents`. @param {string} one @param {string} other */
function isForm(one, other) {
  const singular = (/** @type {string} */ word) => word.replace(/ies$/u, "y").replace(/s$/u, "")
  return singular(one) === singular(other) || one.slice(0, SURE) === other.slice(0, SURE)
}

/** @param {string} word @param {Stem} stem */
const isSmall = (word, stem) => stem(word) === null || JOINING.has(word)
