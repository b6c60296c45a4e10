/**
 * What goes before lunr's scores in the order of passages, documented in `docs/about/design.md`:
 *
 * 1. those with all of the reader's own words; then with what stands for them (BSL: British Sign Language); then those
 *    about the themes that were named, in other words. Where no passage has everything, those first that lack least;
 * 2. of these, passages with the very words, in any of their forms, before those where one is another word of the same stem
 *    (`forms.js`): universal before University;
 * 3. of these, words next to one another before words within a sentence's length before words far apart;
 * 4. of these, passages that carry the named themes before those that only mention them;
 * 5. of passages in other words, those that say the most about the theme first.
 */
import { PROSE } from "./finding.js"
import { count } from "./masks.js"

/**
 * @typedef {import("./meaning.js").Unit} Unit
 * @typedef {import("./meaning.js").Context} Context
 */

/** Words that may stand between the first and the last of those looked for, in what a sentence may hold. */
const SENTENCE = 15
/** Places of words in more passages are not loaded for the order alone: they weigh more than what they order. */
const MOST_PASSAGES = 400
const [ADJACENT, NEAR, APART] = [0, 1, 2]
/** Steps of the first rule; more lacking units count as so many. */
const MOST_LEVELS = 30
const STRONGEST = 15

/** Whether passages are looked for by a unit, rather than filtered or left out. @param {import("./meaning.js").Plan} unit */
export const isWanted = ({ prohibited, filter }) => !prohibited && !filter

/**
 * For each passage its rank, less is better; null where all are equal.
 * @param {Unit[]} units
 * @param {Uint8Array} mask
 * @param {Context} context
 * @returns {Promise<Uint16Array | null>}
 */
export async function rankOf(units, mask, context) {
  const wanted = units.filter(isWanted)
  if (!wanted.length) return null
  const { index, columns } = context
  const [akin, distances, themed, strengths] = await Promise.all([
    akinOf(wanted, mask, context),
    count(mask) > 1 ? distancesOf(wanted, mask, context) : null,
    Promise.all(wanted.map(({ themes }) => columns.mask("theme", themes))),
    columns.strengths(wanted.flatMap(({ themes }) => themes)),
  ])
  /** Of each passage: how many units it lacks, whether it has one by its theme or by another form alone, or in passing. */
  const [lacking, byTheme, byForm, passing] = Array.from({ length: 4 }, () => new Uint8Array(index.size))
  for (const [at, { mask: all, words, own }] of wanted.entries()) {
    const about = themed[at]
    for (let doc = mask.indexOf(1); doc >= 0; doc = mask.indexOf(1, doc + 1)) {
      if (!all[doc]) lacking[doc] += 1
      else if (!words[doc]) byTheme[doc] = 1
      else if (!own[doc]) byForm[doc] = 1
      if (about && !about[doc]) passing[doc] = 1
    }
  }
  const rank = new Uint16Array(index.size)
  for (let doc = mask.indexOf(1); doc >= 0; doc = mask.indexOf(1, doc + 1)) {
    const level = lacking[doc] ? Math.min(2 + lacking[doc], MOST_LEVELS) : byTheme[doc] ? 2 : byForm[doc]
    const strength = strengths && level >= 2 ? STRONGEST - Math.min(strengths[doc], STRONGEST) : 0
    const distance = distances ? distances[doc] : ADJACENT
    rank[doc] = (((level * 2 + akin[doc]) * 4 + distance) * 2 + passing[doc]) * (STRONGEST + 1) + strength
  }
  return rank
}

/**
 * Words of a unit that stand by themselves.
 * @param {Unit} unit
 */
export const ownWords = ({ thing, parts }) =>
  thing ? [] : parts.flatMap(({ clauses }) => clauses.flatMap(({ options }) => (options.length === 1 && options[0].bare && !options[0].compound ? options[0].words : [])))

/**
 * 1 at each passage that has a unit's words only as other words of the same stem.
 * @param {Unit[]} units
 * @param {Uint8Array} mask
 * @param {Context} context
 */
async function akinOf(units, mask, { index }) {
  const akin = new Uint8Array(mask.length)
  const formsOf = await Promise.all(units.map((unit) => Promise.all(ownWords(unit).map((word) => index.formsOf(word)))))
  for (const [at, unit] of units.entries()) {
    for (const forms of formsOf[at]) {
      if (!forms) continue
      for (let doc = mask.indexOf(1); doc >= 0; doc = mask.indexOf(1, doc + 1)) if (unit.own[doc] && !forms[doc]) akin[doc] = 1
    }
  }
  return akin
}

/**
 * How near the reader's own words stand to one another in each passage; null where that cannot be told, or not cheaply.
 * @param {Unit[]} units
 * @param {Uint8Array} mask
 * @param {Context} context
 */
async function distancesOf(units, mask, { index }) {
  const atoms = units.flatMap(({ thing, parts }) => (thing ? [] : parts.flatMap(({ clauses }) => clauses.map(({ options }) => options[0]))))
  const words = [...new Set(atoms.filter(({ bare }) => bare).flatMap((atom) => atom.words))]
  const wanted = words.filter((word) => index.stem(word))
  if (wanted.length < 2) return null
  const near = new Uint8Array(mask.length).fill(APART)
  const phrase = await index.named(wanted)
  for (let doc = phrase?.indexOf(1) ?? -1; phrase && doc >= 0; doc = phrase.indexOf(1, doc + 1)) near[doc] = ADJACENT
  const rare = await Promise.all(wanted.map((word) => index.frequency(word)))
  if (rare.some((number) => number > MOST_PASSAGES)) return phrase && near
  const spans = await index.phrases.spans(wanted, PROSE, mask)
  for (const [doc, span] of spans) {
    const apart = span - wanted.length
    near[doc] = Math.min(near[doc], apart === 0 ? ADJACENT : apart <= SENTENCE ? NEAR : APART)
  }
  return near
}
