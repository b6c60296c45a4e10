/**
 * Loads what the build wrote beside the page. What failed once is asked for again, what came is kept.
 *
 * @typedef {object} Report           the newest of an authority
 * @property {string} address
 * @property {string} published       ISO day or month
 * @property {string} rating
 * @property {number} percentage
 * @property {string} framework       id of the version under which it was rated
 * @property {string} regraded        ISO day or month of the last regrade, or empty
 * @property {number[]} scores        in the order of the statements
 * @property {string[]} texts         ids of the statements whose text is in the collection
 * @property {number} earlier         how many older reports there are
 *
 * @typedef {object} Authority
 * @property {string} slug
 * @property {string} name
 * @property {string} fullName        its official name, as a reference has it
 * @property {string} type            in words: `London borough`
 * @property {string} region
 * @property {string} address
 * @property {Report | null} report
 * @property {boolean} withdrawn      whether CQC has withdrawn a report of it
 *
 * @typedef {object} Passage
 * @property {string} id              `<report>/<statement>/p-<8 hex>`
 * @property {string} address
 * @property {string} statement
 * @property {number} score
 * @property {string} heading         sub-heading it stands under, or empty
 * @property {number} number          place on its statement page, from 1
 * @property {number} of
 * @property {boolean} list           whether the lines of the text are the items of a list
 * @property {string} text
 * @property {string[]} themes        ids
 * @property {string[]} voices
 *
 * @typedef {object} Index            by slug or id, each in the collection's order
 * @property {number} most            the highest sum of scores
 * @property {Map<string, Authority>} authorities
 * @property {Map<string, string>} scores
 * @property {Map<string, string>} statements
 * @property {Map<string, string>} versions   of the framework, by id
 * @property {Map<string, string>} themes
 * @property {Map<string, string>} voices
 */
const PATIENCE = 20_000
/** @type {Map<string, Promise<any>>} */
const kept = new Map()

/** @param {string} name */
async function fetchJson(name) {
  const answer = await fetch(new URL(name, new URL(".", location.href)), { signal: AbortSignal.timeout(PATIENCE) })
  if (!answer.ok) throw new Error(`${answer.status} for ${name}`)
  return answer.json()
}

/** @template T @param {string} name @param {(it: any) => T} take @returns {Promise<T>} */
function load(name, take) {
  const before = kept.get(name)
  if (before) return before
  const coming = fetchJson(name).then(take)
  coming.catch(() => kept.delete(name))
  kept.set(name, coming)
  return coming
}

/** What an authority's file holds beside its credit. @param {any} it @returns {Passage[]} */
function passagesOf(it) {
  if (!Array.isArray(it?.passages)) throw new TypeError("no list of passages")
  return it.passages
}

/** What `authorities.json` holds, ready to be looked up. @param {any} it @returns {Index} */
export function indexOf(it) {
  return {
    most: it.most,
    authorities: new Map(it.authorities.map((/** @type {Authority} */ each) => [each.slug, each])),
    scores: new Map(Object.entries(it.scores)),
    statements: new Map(Object.entries(it.statements)),
    versions: new Map(Object.entries(it.versions)),
    themes: new Map(Object.entries(it.themes)),
    voices: new Map(Object.entries(it.voices)),
  }
}

export const loadIndex = () => load("authorities.json", indexOf)

/** The passages of an authority's newest report; nothing is asked for where no text is in the collection. @param {Authority} authority */
export function loadPassages(authority) {
  return authority.report?.texts.length ? load(`${authority.slug}.json`, passagesOf) : Promise.resolve([])
}
