/**
 * The names of the collection and the table of its texts: which passage stands in which text, of which report, with
 * which score. Small, and needed by each query; it comes while the first query's words are looked up.
 */

/**
 * @typedef {import("../types.js").FacetName} FacetName
 *
 * @typedef {object} CatalogueData   as the build writes it; documents are numbered text by text in the order of `pages`
 * @property {[string, string, number, number, string[], string][]} authorities   slug, name, type, region, other names,
 *   full name with a star for the name: all of them, by name
 * @property {[number, string, number, string][]} reports       authority, published, rating, source
 * @property {{ report: number[], statement: number[], score: number[], passages: number[] }} pages
 *   a row a text: `report` holds the number of texts of each report, the others one value a text
 * @property {[string, string, string[]][]} statements          id, name, other wordings
 * @property {[string, string][]} types
 * @property {[string, string][]} regions
 * @property {[string, string][]} ratings                       lowest first
 * @property {string[]} scoreLabels                             for 1 to 4
 * @property {string[]} groups                                  of themes
 * @property {[string, string, number, string[]][]} themes      id, label, group, other names
 * @property {[string, string, string[], number, number][]} voices   id, label, other names, passages, authorities
 * @property {string} lengths                                   of each passage a sign (`sharded-index.js`)
 * @property {string} places                                    where each shard of places begins (`bytes.js`)
 *
 * @typedef {[string, number[]]} District   name, numbers of its authorities in the catalogue
 * @typedef {{ id: string, label: string, group: string }} Value   of a facet
 */

/** Facets that a whole text shares; themes and voices differ from passage to passage. */
export const TEXT_FACETS =
  /** @type {const} */ (["statement", "score", "rating", "region", "type", "authority", "year"])

/**
 * Reads the catalogue's file.
 * @param {{ get(name: string): Promise<Uint8Array> }} files
 * @param {{ catalogue: string }} manifest
 * @returns {Promise<CatalogueData>}
 */
export async function readCatalogue(files, { catalogue }) {
  /** @type {CatalogueData} */
  const data = JSON.parse(new TextDecoder().decode(await files.get(catalogue)))
  const { authorities, statements, regions, ratings, themes, voices } = data
  for (const row of [authorities, statements, regions, ratings, themes, voices].flat()) row[0] ||= slugOf(row[1])
  return data
}

/** A name as addresses have it: an id that is the same is left out of the file. @param {string} name */
const slugOf = (name) => name.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "")

export class Catalogue {
  /** @param {CatalogueData} data */
  constructor(data) {
    this.data = data
    const { report, statement, score, passages } = data.pages
    /** Texts in the collection. */
    this.texts = statement.length
    this.statementOf = Uint8Array.from(statement)
    this.scoreOf = Uint8Array.from(score)
    this.reportOf = new Uint16Array(this.texts)
    /** First passage of each text, and behind them the number of all passages. */
    this.first = new Uint32Array(this.texts + 1)
    for (let number = 0, text = 0; number < report.length; number += 1) {
      for (let left = report[number]; left > 0; left -= 1, text += 1) this.reportOf[text] = number
    }
    for (let text = 0; text < this.texts; text += 1) this.first[text + 1] = this.first[text] + passages[text]
    /** Passages in the collection. */
    this.size = this.first[this.texts]
    this.textOf = new Uint16Array(this.size)
    for (let text = 0; text < this.texts; text += 1) this.textOf.fill(text, this.first[text], this.first[text + 1])
    this.themes = data.themes.map(([id, label, group, also]) => ({ id, label, group: data.groups[group], also }))
    this.voices = data.voices.map(([id, label]) => ({ id, label }))
    this.years = [...new Set(data.reports.map(([, published]) => published.slice(0, 4)))].sort().reverse()
    /** Slugs of the authorities that have a text. */
    this.withText = new Set(data.reports.map(([authority]) => data.authorities[authority][0]))
    this.facetValues = this.#facetValues()
  }

  /** @type {Record<typeof TEXT_FACETS[number], Uint16Array> | null} */
  #placesByFacet = null

  /** For each text the place of its value among the facet's: made when a filter, a count or a sort needs it. */
  get facetOf() {
    return (this.#placesByFacet ??= this.#findPlaces())
  }

  /** @returns {Record<FacetName, Value[]>} every value that a facet can have, in the order in which it is shown */
  #facetValues() {
    const { authorities, statements, types, regions, ratings, scoreLabels } = this.data
    const plain = (/** @type {[string, string, ...any][]} */ rows) => rows.map(([id, label]) => ({ id, label, group: "" }))
    return {
      theme: this.themes.map(({ id, label, group }) => ({ id, label, group })),
      voice: this.voices.map(({ id, label }) => ({ id, label, group: "" })),
      statement: plain(statements),
      score: scoreLabels.map((label, at) => ({ id: `${at + 1}`, label, group: "" })).reverse(),
      rating: plain(ratings).reverse(),
      region: plain(regions),
      type: plain(types),
      authority: authorities.map(([id, label]) => ({ id, label, group: "" })),
      year: this.years.map((year) => ({ id: year, label: year, group: "" })),
    }
  }

  /** @returns {Record<typeof TEXT_FACETS[number], Uint16Array>} */
  #findPlaces() {
    const { authorities, reports, ratings, scoreLabels } = this.data
    /** @type {(place: (text: number, report: CatalogueData["reports"][number]) => number) => Uint16Array} */
    const column = (place) => Uint16Array.from(this.reportOf, (report, text) => place(text, reports[report]))
    return {
      statement: column((text) => this.statementOf[text]),
      score: column((text) => scoreLabels.length - this.scoreOf[text]),
      rating: column((_, report) => ratings.length - 1 - report[2]),
      region: column((_, report) => authorities[report[0]][3]),
      type: column((_, report) => authorities[report[0]][2]),
      authority: column((_, report) => report[0]),
      year: column((_, report) => this.years.indexOf(report[1].slice(0, 4))),
    }
  }

  /**
   * How much is here of the reports that fit: councils, sections, paragraphs.
   * @param {(report: CatalogueData["reports"][number]) => boolean} fits
   * @param {number} [statement]   only sections on this one
   */
  heldOf(fits, statement = -1) {
    const { reports } = this.data
    /** @type {Set<number>} */
    const councils = new Set()
    let [sections, passages] = [0, 0]
    for (let text = 0; text < this.texts; text += 1) {
      const report = reports[this.reportOf[text]]
      if (!fits(report) || (statement >= 0 && this.statementOf[text] !== statement)) continue
      councils.add(report[0])
      sections += 1
      passages += this.first[text + 1] - this.first[text]
    }
    return { councils: councils.size, sections, passages }
  }

  /**
   * How many authorities passages are of.
   * @param {Uint32Array} docs
   */
  authoritiesOf(docs) {
    const reports = new Uint8Array(this.data.reports.length)
    for (let at = 0; at < docs.length; at += 1) reports[this.reportOf[this.textOf[docs[at]]]] = 1
    return new Set(this.data.reports.flatMap(([authority], number) => (reports[number] ? [authority] : []))).size
  }

  /**
   * Where a passage stands, and whose it is.
   * @param {number} doc
   */
  place(doc) {
    const { authorities, statements, types, regions, ratings, scoreLabels } = this.data
    const text = this.textOf[doc]
    const [authority, published, rating, source] = this.data.reports[this.reportOf[text]]
    const [slug, name, type, region, , full] = authorities[authority]
    const score = this.scoreOf[text]
    const [id, statement] = statements[this.statementOf[text]]
    return {
      authority: { slug, name, fullName: full.replace("*", () => name), type: types[type][1], region: regions[region][1] },
      statement: { id, name: statement },
      score,
      scoreLabel: scoreLabels[score - 1],
      report: `${slug}-${published.slice(0, 7)}`,
      published,
      rating: ratings[rating][1],
      source,
      number: doc - this.first[text] + 1,
      of: this.first[text + 1] - this.first[text],
    }
  }
}
