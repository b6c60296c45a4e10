/** Filters: which passages the chosen values leave. */
import { TEXT_FACETS } from "./catalogue.js"
import { intersection, keep } from "./masks.js"

/**
 * @typedef {import("../types.js").FacetName} FacetName
 * @typedef {import("../types.js").Filters} Filters
 * @typedef {import("./catalogue.js").Catalogue} Catalogue
 * @typedef {import("./columns.js").Columns} Columns
 * @typedef {typeof TEXT_FACETS[number]} TextFacet
 *
 * @typedef {object} Sieve          filters made ready
 * @property {Map<TextFacet, Uint8Array>} texts   for each filtered facet 1 at each text that it leaves
 * @property {Uint8Array | null} theme
 *   1 at each passage with one of the chosen themes; null: not filtered by them
 * @property {Uint8Array | null} voice
 * @property {Uint8Array | null} notTheme         1 at each passage with one of these
 */

/**
 * Makes filters ready. Values that the collection does not have are left out; a facet with no others does not filter.
 * @param {Filters} filters
 * @param {Catalogue} catalogue
 * @param {Columns} columns
 * @returns {Promise<Sieve>}
 */
export async function makeSieve(filters, catalogue, columns) {
  /** @param {keyof Filters} key @param {FacetName} facet @returns {number[]} places of the chosen values */
  const chosen = (key, facet) => {
    const ids = Array.isArray(filters[key]) ? filters[key] : []
    return catalogue.facetValues[facet].flatMap(({ id }, place) => (ids.includes(id) ? [place] : []))
  }
  /** @type {Sieve["texts"]} */
  const texts = new Map()
  for (const facet of TEXT_FACETS) {
    const places = chosen(facet, facet)
    if (places.length) {
      texts.set(facet, Uint8Array.from(catalogue.facetOf[facet], (place) => (places.includes(place) ? 1 : 0)))
    }
  }
  const [theme, voice, notTheme] = await Promise.all([
    columns.mask("theme", chosen("theme", "theme")),
    columns.mask("voice", chosen("voice", "voice")),
    columns.mask("theme", chosen("notTheme", "theme")),
  ])
  return { texts, theme, voice, notTheme }
}

/**
 * The passages that the filters leave.
 * @param {Uint8Array} mask      1 at each passage that the query finds
 * @param {Sieve} sieve
 * @param {Catalogue} catalogue
 */
export function sift(mask, { texts, theme, voice, notTheme }, catalogue) {
  const left = mask.slice()
  if (texts.size) {
    const text = intersection([...texts.values()], catalogue.texts)
    for (let doc = left.indexOf(1); doc >= 0; doc = left.indexOf(1, doc + 1)) left[doc] = text[catalogue.textOf[doc]]
  }
  if (theme) keep(left, theme)
  if (voice) keep(left, voice)
  if (notTheme) { for (let doc = left.indexOf(1); doc >= 0; doc = left.indexOf(1, doc + 1)) left[doc] = 1 - notTheme[doc] }
  return left
}
