/**
 * The names of the collection, as people write them: councils, regions, ratings, quality statements, themes, voices.
 *
 * Names of places and ratings are compared word by word, all others by stems, so that `waiting list` is `Waiting lists`.
 * Small words between do not count, `saint` is `st`, `upon` is `on`. The catalogue has the names; that a council may be
 * called London Borough of, City Council and the like is a rule (`named.js`).
 */
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
 * @typedef {{ words: string[], kind: Kind, at: number, own: boolean, alone: boolean }} StemmedName
 */

/** Words that names are compared without. */
export const JOINING = new Set(["and", "with", "the", "of", "upon", "on", "in"])
/** Names that are ordinary words: with other words in small letters they are these. */
export const ORDINARY = new Set(["reading", "bath", "bury", "sale", "hove", "poole", "chester", "rugby"])

/** Common words drawn together, as they are folded: `don't`, `they're`. */
export const SHORTENED = new Set([
  ...["dont", "doesnt", "didnt", "cant", "couldnt", "wont", "wouldnt", "shouldnt", "isnt", "arent", "wasnt", "werent"],
  ...["hasnt", "havent", "hadnt", "im", "ive", "youre", "youve", "weve", "theyre", "theyve", "theyll", "thats", "whats"],
])

/** Letters that two words share at their beginning where they are surely of one kind: `interpreting`, `interpreters`. */
const SURE = 8

/** How people say a rating. @type {Record<string, string[]>} */
const SAID_OF_RATINGS = { "requires-improvement": ["require improvement", "needs improvement", "need improvement"] }

/** Words that council names share, which by themselves name none. */
const SHARED = new Set(["north", "south", "east", "west", "central", "city", "county", "isle", "isles", "london", "upon"])

/** @param {string[]} words */
const plainKey = (words) =>
  words.filter((word) => !JOINING.has(word)).map((word) => (word === "saint" ? "st" : word)).join(" ")

const HYPHEN = /(?<=\p{L})[-‐‑](?=\p{L})/gu

/** The words of a name, and with its parts joined where a hyphen joins some: `coproduction`. @param {string} name */
function* spellings(name) {
  yield wordsOf(name)
  const joined = name.replaceAll(HYPHEN, "")
  if (joined !== name) yield wordsOf(joined)
}

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
  #data
  /** Names in capitals alone, such as BANES: what is near one is rarely a slip of it. @type {Set<string>} */
  #initials = new Set()
  /** Names of councils and districts. @type {string[]} */
  #places = []
  /**
   * Names that are compared by their stems, by the first letters of their words, until a letter is asked for: a first search
   * asks for few of them, and waits for each. @type {Map<string, StemmedName[]>}
   */
  #waiting = new Map()
  #longestOfStems = 0
  /** What only some words need, made for the first of them. @type {{ labels?: string[], longWords?: string[], councils?: string[] }} */
  #made = {}

  /**
   * @param {import("./catalogue.js").Catalogue} catalogue
   * @param {Stem} stem
   */
  constructor({ data }, stem) {
    this.#data = data
    /** @type {Stem} */
    this.stem = (word) => (SHORTENED.has(word) ? null : stem(word))
    /** @type {Map<string, Thing[]>} */
    this.plain = new Map()
    /** Those of the letters that were asked for. @type {Map<string, Thing[]>} */
    this.stems = new Map()
    /** Words of a name in capitals that are common words in small ones, such as IT. @type {Map<string, Thing>} */
    this.capitals = new Map()
    data.authorities.forEach(([, name, , , also], at) => {
      for (const each of [name, ...also]) {
        const key = plainKey(wordsOf(each))
        if (!/\p{Ll}/u.test(each)) this.#initials.add(key)
        this.#add(this.plain, key, "authority", at, each === name, false)
      }
    })
    const taken = new Set(this.plain.keys())
    this.#addDistricts(data.authorities, taken)
    this.#places = [...this.plain.keys()]
    data.authorities.forEach(([, name], at) => {
      for (const key of beginnings(name)) if (!taken.has(key)) this.#add(this.plain, key, "authority", at, false, false)
    })
    data.regions.forEach(([, name], at) => {
      for (const key of [plainKey(wordsOf(name)), ...beginnings(name)]) {
        this.#add(this.plain, key, "region", at, true, false)
      }
    })
    data.ratings.forEach(([id, name], at) => {
      const words = wordsOf(name)
      this.#add(this.plain, plainKey(words), "rating", at, true, words.length === 1)
      if (words.length > 1) this.#add(this.plain, words.map((word) => word[0]).join(""), "rating", at, false, true)
      for (const each of SAID_OF_RATINGS[id] ?? []) this.#add(this.plain, each, "rating", at, false, true)
    })
    data.statements.forEach(([id, name, also], at) => {
      this.#addStems(wordsOf(name), "statement", at, true, false)
      for (const each of [...also, id.replaceAll("-", " "), name.split(/,|\band\b/u)[0]]) {
        this.#addStems(wordsOf(each), "statement", at, false, wordsOf(each).length === 1)
      }
    })
    data.themes.forEach(([, label, , also], at) => this.#addTag("theme", at, label, also))
    data.voices.forEach(([, label, also], at) => this.#addTag("voice", at, label, also))
    /** Words in the longest name, small ones included. */
    this.longest = Math.max(this.#longestOfStems, ...[...this.plain.keys()].map((key) => key.split(" ").length)) + 3
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
    const places = ordinary || ends.some((word) => isSmall(word, this.stem)) ? [] : (this.plain.get(plainKey(words)) ?? [])
    const found = this.#stemmed(stemKey(words, this.stem)) ?? (words.length === 2 ? this.#stemmed(this.stem(words.join("")) ?? "") : [])
    const others = (found ?? []).filter(({ word }) => words.length > 1 || !word || isForm(words[0], word))
    return [...places, ...others]
  }

  /**
   * Whether two words are one in some name: `well being`, `home care`.
   * @param {string[]} words
   */
  joins(words) {
    return words.length === 2 && this.#stemmed(this.stem(words.join("")) ?? "") !== undefined
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
    for (const key of this.#places) {
      if (this.#initials.has(key)) continue
      const letters = key.replaceAll(" ", "")
      const things = /** @type {Thing[]} */ (this.plain.get(key))
      const most = letters.length < 5 ? 0 : letters.length < 8 || things[0].district ? 1 : 2
      if (letters[0] !== wanted[0]) continue
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
    const all = (this.#made.longWords ??= this.#longWords())
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
    this.#made.labels ??= this.#data.themes.map(([, label]) => stemKey(wordsOf(label), this.stem))
    const found = this.#made.labels.flatMap((label, at) => (` ${label} `.includes(` ${key} `) ? [at] : []))
    return found.length === 1 ? [{ kind: "theme", at: found[0], own: false, alone: false, word: "" }] : []
  }

  /**
   * Whether the words are a part of some council's name, and so no slip: `Northamptonshire`.
   * @param {string[]} words
   */
  isPart(words) {
    this.#made.councils ??= this.#data.authorities.map(([, name]) => ` ${plainKey(wordsOf(name))} `)
    return this.#made.councils.some((key) => key.includes(` ${plainKey(words)} `))
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

  /**
   * Districts by their names, and by the first of two: `Basingstoke`. One that is a council's name too is that. Beside
   * words that name nothing they are words: `dover road` is no question about Kent.
   * @param {import("./catalogue.js").CatalogueData["authorities"]} authorities
   * @param {Set<string>} taken   names of councils
   */
  #addDistricts(authorities, taken) {
    authorities.forEach(([, , , , , , districts], at) => {
      for (const district of districts) {
        const keys = [district, ...district.split(" and ").slice(0, -1)].map((name) => plainKey(wordsOf(name)))
        for (const key of new Set(keys)) if (!taken.has(key)) this.#add(this.plain, key, "authority", at, false, true, "", district)
      }
    })
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
      for (const words of spellings(name)) this.#addStems(words, kind, at, true, false)
    }
    for (const name of [label, ...short, ...also].map((each) => /^(\p{L}+) people$/u.exec(each)?.[1] ?? "")) {
      if (name) this.#addStems(wordsOf(name), kind, at, false, true)
    }
    for (const name of also) {
      for (const words of spellings(name)) this.#addStems(words, kind, at, false, false)
      if (/^\p{Lu}+$/u.test(name) && wordsOf(name).every((word) => this.stem(word) === null)) this.capitals.set(name, { kind, at, own: false, alone: false, word: "" })
    }
  }

  /**
   * @param {string[]} words
   * @param {Kind} kind
   * @param {number} at
   * @param {boolean} own
   * @param {boolean} alone
   */
  #addStems(words, kind, at, own, alone) {
    this.#longestOfStems = Math.max(this.#longestOfStems, words.length)
    for (const letter of new Set(words.map((word) => word[0]))) {
      const same = this.#waiting.get(letter)
      if (same) same.push({ words, kind, at, own, alone })
      else this.#waiting.set(letter, [{ words, kind, at, own, alone }])
    }
  }

  /**
   * What has a name of these stems. A stem begins with the first letter of its word, by which names wait.
   * @param {string} key
   */
  #stemmed(key) {
    for (const { words, kind, at, own, alone } of this.#waiting.get(key[0]) ?? []) {
      const its = stemKey(words, this.stem)
      if (its[0] === key[0]) this.#add(this.stems, its, kind, at, own, alone, words.length === 1 ? words[0] : "")
    }
    this.#waiting.delete(key[0])
    return this.stems.get(key)
  }

  /** Words of themes, quality statements and ratings that are long enough to know again with a slip. */
  #longWords() {
    const { themes, statements, ratings } = this.#data
    const names = themes.flatMap(([, label, , also]) => [label, ...also])
    const all = [...names, ...[...statements, ...ratings].map(([, name]) => name)].flatMap(wordsOf)
    return [...new Set(all)].filter((word) => word.length > 5)
  }

  /**
   * @param {Map<string, Thing[]>} map
   * @param {string} key
   * @param {Kind} kind
   * @param {number} at
   * @param {boolean} own
   * @param {boolean} alone
   * @param {string} [word]
   * @param {string} [district]
   */
  #add(map, key, kind, at, own, alone, word = "", district = "") {
    const things = map.get(key) ?? []
    const same = things.find((thing) => thing.kind === kind && thing.at === at)
    if (same) {
      same.word &&= word // a name of several words, or another form, has the stem too
      same.alone &&= alone
      same.own ||= own
    } else if (key) map.set(key, [...things, { kind, at, own, alone, word, district }])
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
