/**
 * How many passages each value of a filter would leave. Loaded with the first counts, after passages are shown. What texts
 * have is counted from the manifest alone; themes and voices in the lists that are asked for, since each is a file.
 */
import { TEXT_FACETS } from "./catalogue.js"

/**
 * @typedef {import("../types.js").FacetName} FacetName
 * @typedef {import("../types.js").FacetValue} FacetValue
 * @typedef {import("./catalogue.js").Catalogue} Catalogue
 * @typedef {import("./columns.js").Columns} Columns
 * @typedef {import("./facets.js").Sieve} Sieve
 * @typedef {typeof TEXT_FACETS[number]} TextFacet
 */

/**
 * Counts the values of every facet among the passages of a query, each facet without its own filter.
 *
 * A passage that fails no filter counts everywhere; one that fails a single facet's filter counts in that facet alone.
 * @param {Uint8Array} mask
 * @param {Sieve} sieve
 * @param {Catalogue} catalogue
 * @param {Columns} columns
 * @param {string[]} lists   whose themes and voices are counted, as a request has them
 * @returns {Promise<Record<FacetName, FacetValue[]>>}
 */
export async function countFacets(mask, sieve, catalogue, columns, lists) {
  const { fails, failed } = failures(sieve, catalogue)
  const whole = new Uint32Array(catalogue.texts) // passages of a text that fail nothing
  const partly = new Uint32Array(catalogue.texts) // passages that fail only one filter, which is their text's
  const forThemes = new Uint8Array(mask.length) // 1 where no filter but perhaps the themes' fails
  const forVoices = new Uint8Array(mask.length)
  for (let doc = mask.indexOf(1); doc >= 0; doc = mask.indexOf(1, doc + 1)) {
    if (sieve.notTheme?.[doc]) continue
    const text = catalogue.textOf[doc]
    const themeFails = sieve.theme !== null && !sieve.theme[doc]
    const voiceFails = sieve.voice !== null && !sieve.voice[doc]
    const count = fails[text] + Number(themeFails) + Number(voiceFails)
    if (count > 1) continue
    if (count === 0) whole[text] += 1
    else if (fails[text]) partly[text] += 1
    if (count === 0 || themeFails) forThemes[doc] = 1
    if (count === 0 || voiceFails) forVoices[doc] = 1
  }
  /** @param {"theme" | "voice"} facet @param {Uint8Array} among */
  const ofPassages = async (facet, among) => {
    const wanted = catalogue.facetValues[facet].map(({ group }) => lists.includes(`${facet}/${group}`))
    return values(facet, await Promise.all(wanted.map((is, place) => (is ? columns.count(facet, place, among) : null))))
  }
  /** @param {FacetName} facet @param {ArrayLike<number | null>} counts */
  const values = (facet, counts) => catalogue.facetValues[facet].map((value, at) => ({ ...value, count: counts[at] }))
  /** @param {TextFacet} facet */
  const ofTexts = (facet) => {
    const counts = new Uint32Array(catalogue.facetValues[facet].length)
    const number = TEXT_FACETS.indexOf(facet)
    for (const [text, place] of catalogue.facetOf[facet].entries()) {
      counts[place] += whole[text] + (failed[text] === number ? partly[text] : 0)
    }
    return values(facet, counts)
  }
  const [theme, voice] = await Promise.all([ofPassages("theme", forThemes), ofPassages("voice", forVoices)])
  return {
    theme,
    voice,
    statement: ofTexts("statement"),
    score: ofTexts("score"),
    rating: ofTexts("rating"),
    region: ofTexts("region"),
    type: ofTexts("type"),
    authority: ofTexts("authority"),
    year: ofTexts("year"),
  }
}

/**
 * For each text how many filters it fails, and the last of them.
 * @param {Sieve} sieve
 * @param {Catalogue} catalogue
 */
function failures({ texts }, catalogue) {
  const fails = new Uint8Array(catalogue.texts)
  const failed = new Uint8Array(catalogue.texts)
  for (const [facet, marks] of texts) {
    for (let text = 0; text < fails.length; text += 1) {
      if (marks[text]) continue
      fails[text] += 1
      failed[text] = TEXT_FACETS.indexOf(facet)
    }
  }
  return { fails, failed }
}
