/**
 * What the collection's names mean, as people write them; `names-list.js` has how they are compared. The catalogue has the
 * names; that a council may be called London Borough of, City Council and the like is a rule (`named.js`).
 */
import { districtNames, JOINING, lettersOf, namesOf, plainKey, stemKey } from "./names-list.js"
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
  /** Districts that were met with the words of queries, by name. @type {Set<string>} */
  #districts = new Set()
  /** Names of themes that have several words, by all of these as one. @type {Map<string, string[]>} */
  #written = new Map()
  /** Slips in these names, once they were looked for. @type {import("./slips.js").Slips | null} */
  slips = null
  /** Labels of themes as they are compared, made for the first that needs them. @type {string[] | null} */
  #labels = null
  #longest = 0

  /**
   * @param {import("./catalogue.js").Catalogue} catalogue
   * @param {Stem} stem
   */
  constructor({ data }, stem) {
    this.#data = data
    /** @type {Stem} */
    this.stem = (word) => (SHORTENED.has(word) ? null : stem(word))
  }

  /** Words that the longest name may have, small ones around it included; only asked of a long query. */
  get longest() {
    if (this.#longest) return this.#longest
    const { authorities, statements, themes, voices } = this.#data
    const names = [
      ...authorities.flatMap(([, name, , , also]) => [name, ...also]),
      ...statements.flatMap(([, name, also]) => [name, ...also]),
      ...themes.flatMap(([, label, , also]) => [label, ...also]),
      ...voices.flatMap(([, label, also]) => [label, ...also]),
    ]
    return (this.#longest = names.reduce((most, name) => Math.max(most, name.split(SEPARATOR).length), 0) + 3)
  }

  /**
   * The theme with a name in capitals that is a common word in small ones: IT.
   * @param {string} typed
   * @returns {Thing[]}
   */
  #inCapitals(typed) {
    if (!/^\p{Lu}+$/u.test(typed) || this.stem(typed.toLowerCase()) !== null) return []
    const at = this.#data.themes.findIndex(([, , , also]) => also.includes(typed))
    return at < 0 ? [] : [{ kind: "theme", at, own: false, alone: false, word: "" }]
  }

  /**
   * Makes names ready that begin as the words do: all names at once would take longer than the rest of a first search, and
   * each time that they are gone through takes long too.
   * @param {string[]} words   or keys
   */
  prepare(words) {
    const letters = new Set(words.map(lettersOf).filter((each) => each && !this.#made.has(each)))
    if (!letters.size) return
    for (const name of namesOf(this.#data, this.stem, letters)) if (letters.has(lettersOf(name.key))) this.#add(name)
    for (const each of letters) this.#made.add(each)
  }

  /**
   * What has a key.
   * @param {string} key
   * @param {boolean} stemmed
   */
  having(key, stemmed) {
    this.prepare([key])
    return this.#known[Number(stemmed)].get(key) ?? []
  }

  /**
   * Takes districts, which the catalogue does not have. One that is a council's name too is that.
   * @param {import("./catalogue.js").District[]} districts
   */
  learn(districts) {
    for (const district of districts) {
      if (this.#districts.has(district[0])) continue
      this.#districts.add(district[0])
      const isTaken = (/** @type {string} */ key) => this.having(key, false).some((thing) => thing.kind === "authority" && !thing.alone)
      const names = districtNames(district)
      const taken = new Set(names.map(({ key }) => key).filter(isTaken))
      for (const name of names) if (!taken.has(name.key)) this.#add(name)
    }
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
    // Cambridge is the town of its county, and a district; Nantwich a town, and a part of a district's name.
    if (thing.district && (!same.district || plainKey(wordsOf(thing.district)) === key)) same.district = thing.district
  }

  /**
   * What is called so.
   * @param {string[]} words      folded
   * @param {string[]} typed      the same as typed
   * @param {boolean} whole       whether the reader asks for nothing else
   * @returns {Thing[]}
   */
  called(words, typed, whole) {
    const capitals = words.length === 1 ? this.#inCapitals(typed[0]) : []
    if (capitals.length) return capitals
    if (words.every((word) => isSmall(word, this.stem))) return []
    const ordinary = !whole && ORDINARY.has(words.join(" ")) && typed[0] === typed[0].toLowerCase()
    const ends = [words[0], words[words.length - 1]]
    const places = ordinary || ends.some((word) => isSmall(word, this.stem)) ? [] : this.having(plainKey(words), false)
    const found = this.having(stemKey(words, this.stem), true)
    const others = (found.length ? found : this.#joined(words)).filter(({ word }) => words.length > 1 || !word || isForm(words[0], word))
    return [...places, ...others]
  }

  /**
   * What has two words as one in its name: `well being`, `home care`.
   * @param {string[]} words
   */
  #joined(words) {
    return words.length === 2 ? this.having(this.stem(words.join("")) ?? "", true) : []
  }

  /** Whether anything has. @param {string[]} words */
  joins(words) {
    return this.#joined(words).length > 0
  }

  /**
   * The one theme that has all of several words next to one another in its label: `equality duty`.
   * @param {string[]} words
   * @returns {Thing[]}
   */
  within(words) {
    const key = stemKey(words, this.stem)
    if (!key.includes(" ")) return []
    this.#labels ??= this.#data.themes.map(([, label]) => stemKey(wordsOf(label), this.stem))
    const found = this.#labels.flatMap((label, at) => (` ${label} `.includes(` ${key} `) ? [at] : []))
    return found.length === 1 ? [{ kind: "theme", at: found[0], own: false, alone: false, word: "" }] : []
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

  /** The words of a theme's name that was written as one: `easyread`. @param {string} word @returns {string[] | null} */
  apart(word) {
    this.having(word, true) // makes names that begin so ready
    return this.#written.get(word) ?? this.#written.get(`${word}s`) ?? this.#written.get(word.replace(/s$/u, "")) ?? null
  }
}

/** Whether two words of one stem are one word: `carer` and `carers`, not `residence` and `residents`. @param {string} one @param {string} other */
function isForm(one, other) {
  const singular = (/** @type {string} */ word) => word.replace(/ies$/u, "y").replace(/s$/u, "")
  return singular(one) === singular(other) || one.slice(0, SURE) === other.slice(0, SURE)
}

/** @param {string} word @param {Stem} stem */
const isSmall = (word, stem) => stem(word) === null || JOINING.has(word)
