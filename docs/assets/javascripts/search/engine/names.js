/**
 * Values of facets as people write them in a query: `score:>=3`, `authority:camden`, `theme:"easy read"`,
 * `year:2024-2025`.
 */
import { tokens } from "./words.js"

/**
 * @typedef {import("../types.js").FacetName} FacetName
 * @typedef {import("./catalogue.js").Catalogue} Catalogue
 * @typedef {import("./catalogue.js").District} District
 * @typedef {{ facet: FacetName, ids: string[], labels: string[], district?: string }} Named
 *   no ids: it is known, and no passage has it; `district`: a district by which a council was named
 */

const RANGE = /^(\d{1,4})\s*(?:-|–|—|\.\.|to)\s*(\d{1,4})$/u
const BOUND = /^(>=|<=|>|<|=|≥|≤)?\s*(\d{1,4})(\+?)$/u

/**
 * The values of a facet that are meant; null where none is.
 * @param {string} field
 * @param {string} value
 * @param {Catalogue} catalogue
 * @param {District[]} districts   all, where the field is `authority`
 * @returns {Named | null}
 */
export function resolveName(field, value, catalogue, districts) {
  const facet = /** @type {FacetName} */ (field)
  const values = catalogue.facetValues[facet]
  if (facet === "score" || facet === "year") {
    const fits = numbers(value)
    const met = fits ? values.filter(({ id }) => fits(Number(id))) : []
    // A score has its whole sentence for a label, and the number says it.
    return met.length ? { facet, ids: met.map(({ id }) => id), labels: met.map(({ id }) => id).sort() } : null
  }
  const names = namesIn(facet, catalogue)
  const district = facet === "authority" && !matching(value, names, true).length ? districtOf(value, catalogue, districts) : null
  const ids = district?.ids ?? matching(value, names)
  if (!ids.length) return null
  const known = values.filter(({ id }) => ids.includes(id) && (facet !== "authority" || catalogue.withText.has(id)))
  const labels = known.length ? known.map(({ label }) => label) : authoritiesNamed(ids, catalogue)
  return { facet, ids: known.map(({ id }) => id), labels, ...(district && { district: district.name }) }
}

/**
 * A district, or a county that was abolished, by its whole name, and its councils; null where there is none.
 * @param {string} value
 * @param {Catalogue} catalogue
 * @param {District[]} districts
 */
function districtOf(value, { data }, districts) {
  const wanted = key(value)
  const own = districts.find(([name]) => key(name) === wanted)
  return own ? { ids: own[1].map((at) => data.authorities[at][0]), name: own[0] } : null
}

/**
 * A test for numbers: one, a range, a bound, or several of these with commas.
 * @param {string} value
 * @returns {((number: number) => boolean) | null}
 */
function numbers(value) {
  const tests = value.split(",").map((part) => {
    const range = RANGE.exec(part.trim())
    if (range) {
      const ends = [Number(range[1]), Number(range[2])]
      return (/** @type {number} */ number) => number >= Math.min(...ends) && number <= Math.max(...ends)
    }
    const bound = BOUND.exec(part.trim())
    if (!bound) return null
    const [limit, sign] = [Number(bound[2]), bound[3] ? ">=" : bound[1]]
    return (/** @type {number} */ number) => {
      if (sign === ">") return number > limit
      if (sign === "<") return number < limit
      if (sign === ">=" || sign === "≥") return number >= limit
      if (sign === "<=" || sign === "≤") return number <= limit
      return number === limit
    }
  })
  if (tests.some((test) => test === null)) return null
  return (number) => tests.some((test) => test?.(number))
}

/**
 * Ids of a facet's values, each with the names that people may write. Authorities without a text are among them.
 * @param {FacetName} facet
 * @param {Catalogue} catalogue
 * @returns {[string, string[]][]}
 */
function namesIn(facet, catalogue) {
  if (facet === "theme") return catalogue.themes.map(({ id, label, also }) => [id, [id, label, ...also]])
  if (facet === "authority") {
    return catalogue.data.authorities.map(([slug, name, , , also]) => [slug, [slug, name, ...also]])
  }
  return catalogue.facetValues[facet].map(({ id, label }) => [id, [id, label]])
}

/**
 * Ids with a name that is the value; where there are none, ids with a name in which its words stand side by side.
 * @param {string} value              its last word may end in a star
 * @param {[string, string[]][]} all
 * @param {boolean} [whole]           only names that are the value
 */
function matching(value, all, whole = false) {
  const wanted = key(value)
  if (!wanted) return []
  const open = value.trim().endsWith("*")
  const exact = all.filter(([, names]) => !open && names.some((name) => key(name) === wanted))
  const found = exact.length || whole ? exact : all.filter(([, names]) => names.some((name) => holds(key(name), wanted, open)))
  return found.map(([id]) => id)
}

/** @param {string} name */
function key(name) {
  const words = tokens(name.replaceAll("*", " ").replaceAll("&", " and "))
  return words.flatMap(({ word, compound }) => (compound ? [] : [word])).join(" ")
}

/**
 * @param {string} name
 * @param {string} wanted
 * @param {boolean} open
 */
function holds(name, wanted, open) {
  return ` ${name} `.includes(open ? ` ${wanted}` : ` ${wanted} `)
}

/**
 * @param {string[]} slugs
 * @param {Catalogue} catalogue
 */
function authoritiesNamed(slugs, catalogue) {
  return catalogue.data.authorities.filter(([slug]) => slugs.includes(slug)).map(([, name]) => name)
}
