/**
 * Names with slips of the keys, or with words cut short, loaded with the first word that the collection does not have and no name explains.
 *
 * @typedef {import("./naming.js").Thing} Thing
 */
import { districtKeys, JOINING, plainKey } from "./names-list.js"
import { distance, respell } from "./spelling.js"
import { wordsOf } from "./words.js"

export class Slips {
  #names
  #data
  /** @type {string[]} */
  #places
  /** @type {string[]} */
  #longWords
  /** Names of themes and quality statements, word by word without joining ones. @type {string[][]} */
  #longNames
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
    const { themes, statements } = data
    const labels = themes.flatMap(([, label, , also]) => [label, ...also])
    const all = [...labels, ...statements.flatMap(([, name, also]) => [name, ...also])].map((name) => wordsOf(name))
    this.#longNames = all.map((words) => words.filter((word) => !JOINING.has(word)))
    this.#longWords = [...new Set([...all, ...data.ratings.map(([, name]) => wordsOf(name))].flat())].filter((word) => word.length > 5)
    this.#councils = data.authorities.map(([, name]) => ` ${plainKey(wordsOf(name))} `)
  }

  /**
   * The council that is meant by a name with a slip of the keys, or several where a county was abolished; none where two
   * names are as near. Spaces do not count. Where letters are only put in the place of others, the word may well be
   * another place: Barnes is not Barnet, nor Workington Warrington. Two slips in a short name may well be another word: a
   * country is not Coventry. Of towns there are many, so that in a short one a slip may be another: Morton is not Moreton.
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
      const most = things[0].district ? Number(Math.min(letters.length, wanted.length) > 6) : letters.length < 5 ? 0 : letters.length < 9 ? 1 : 2
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
   * The words of a name with slips of the keys mended in those that are unknown, or cut short; null where none is.
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
    return better.some((word, at) => word !== words[at]) ? better : this.#inFull(words, unknown)
  }

  /**
   * The words of the one thing with a name of several words of which unknown ones are cut short: `dom care`, `gov mgmt and
   * sustainability`; null where there is none, or several.
   * @param {string[]} words
   * @param {Set<string>} unknown
   */
  #inFull(words, unknown) {
    const typed = words.filter((word) => !JOINING.has(word))
    if (typed.length < 2) return null
    const fits = this.#longNames.filter((name) =>
      name.length === typed.length && name.every((word, at) => word === typed[at] || (unknown.has(typed[at]) && isShortFor(typed[at], word)))
    )
    const meant = new Set(fits.flatMap((name) => this.#names.called(name, name, true)).map(({ kind, at }) => `${kind} ${at}`))
    if (meant.size !== 1) return null
    const full = fits[0].values()
    return words.map((word) => (JOINING.has(word) ? word : `${full.next().value}`))
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
}

/**
 * Whether a word is another one cut short: its beginning, or its first letter and some of its consonants, `mgmt`.
 * @param {string} short
 * @param {string} long
 */
function isShortFor(short, long) {
  if (short.length < 3 || short.length >= long.length || short[0] !== long[0]) return false
  if (long.startsWith(short)) return true
  let at = 0
  for (const letter of long) if (letter === short[at]) at += 1
  return at === short.length && !/[aeiou]/u.test(short.slice(1))
}

/** How many letters differ in their places; too many where one is longer. @param {string} one @param {string} other */
const replaced = (one, other) =>
  one.length === other.length ? [...one].filter((letter, at) => letter !== other[at]).length : Infinity
