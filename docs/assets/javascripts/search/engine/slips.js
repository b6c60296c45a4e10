/**
 * Names with slips of the keys, loaded with the first word that the collection does not have and no name explains.
 *
 * @typedef {import("./naming.js").Thing} Thing
 */
import { districtKeys, plainKey } from "./names-list.js"
import { distance, respell } from "./spelling.js"
import { wordsOf } from "./words.js"

export class Slips {
  #names
  #data
  /** @type {string[]} */
  #places
  /** @type {string[]} */
  #longWords
  /** @type {string[]} */
  #councils

  /**
   * @param {import("./naming.js").Names} names
   * @param {import("./catalogue.js").CatalogueData} data
   * @param {import("./catalogue.js").District[]} districts   all
   */
  constructor(names, data, districts) {
    names.learn(districts)
    this.#names = names
    this.#data = data
    this.#places = this.#placeKeys(districts)
    this.#longWords = this.#wordsOfNames()
    this.#councils = data.authorities.map(([, name]) => ` ${plainKey(wordsOf(name))} `)
  }

  /**
   * The council that is meant by a name with a slip of the keys, or several where a county was abolished; none where two
   * names are as near. Spaces do not count. Where letters are only put in the place of others, the word may well be
   * another place: Barnes is not Barnet, nor Workington Warrington. Two slips in a short name may well be another word: a
   * country is not Coventry.
   * @param {string[]} words
   * @returns {Thing[]}
   */
  meant(words) {
    const wanted = plainKey(words).replaceAll(" ", "")
    let best = /** @type {{ things: Thing[], away: number } | null} */ (null)
    for (const key of this.#places) {
      if (key[0] !== wanted[0]) continue
      const letters = key.replaceAll(" ", "")
      const things = this.#names.having(key, false)
      const most = letters.length < 5 ? 0 : letters.length < 9 || things[0].district ? 1 : 2
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
    const all = this.#longWords
    const counts = { words: all, counts: all.map(() => 1) }
    const better = words.map((word) => {
      const likely = unknown.has(word) && word.length > 5 ? respell(word, counts, this.#names.stem) : null
      // Many words of people are none of the collection's: only what is very near a name is meant for it.
      return likely?.[0] === word[0] && distance(word, likely, 2) <= (word.length < 10 ? 1 : 2) ? likely : word
    })
    return better.some((word, at) => word !== words[at]) ? better : null
  }

  /**
   * Whether the words are a part of some council's name, and so no slip: `Northamptonshire`.
   * @param {string[]} words
   */
  isPart(words) {
    return this.#councils.some((key) => key.includes(` ${plainKey(words)} `))
  }

  /**
   * Keys of councils and districts, but for those in capitals, such as BANES: what is near one is rarely a slip of it.
   * @param {import("./catalogue.js").District[]} districts
   */
  #placeKeys(districts) {
    const { authorities } = this.#data
    const names = authorities.flatMap(([, name, , , also]) => [name, ...also])
    const initials = new Set(names.filter((name) => !/\p{Ll}/u.test(name)).map((name) => plainKey(wordsOf(name))))
    const keys = districts.flatMap(([name]) => [...districtKeys(name)])
    return [...new Set([...names.map((name) => plainKey(wordsOf(name))), ...keys])].filter((key) => !initials.has(key))
  }

  /** Words of themes, quality statements and ratings that are long enough to know again with a slip. */
  #wordsOfNames() {
    const { themes, statements, ratings } = this.#data
    const names = themes.flatMap(([, label, , also]) => [label, ...also])
    const all = [...names, ...[...statements, ...ratings].map(([, name]) => name)].flatMap(wordsOf)
    return [...new Set(all)].filter((word) => word.length > 5)
  }
}

/** How many letters differ in their places; too many where one is longer. @param {string} one @param {string} other */
const replaced = (one, other) =>
  one.length === other.length ? [...one].filter((letter, at) => letter !== other[at]).length : Infinity
