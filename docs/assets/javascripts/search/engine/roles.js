/**
 * What each name in a query does there: it filters, it is the very thing that is looked for, or it is words of a theme.
 *
 * - A council, a region, a score or a year beside anything else is a filter: `leeds waiting lists`. By itself it is the thing.
 * - A rating by itself is the councils with it. It is a filter beside other names alone: `requires improvement london`; a quality statement beside councils,
 *   regions, ratings and scores alone, unless a theme has the very name: `score 4 equity`, but not `camden safeguarding`.
 *   Beside other words both are words like them.
 * - A voice is a filter where it is asked what somebody said, else words; by itself it is the thing.
 * - A theme's name finds its words and the passages that carry the theme.
 */

/**
 * @typedef {import("../types.js").FacetName} FacetName
 * @typedef {import("./naming.js").Thing} Thing
 * @typedef {import("./named.js").Naming} Naming
 * @typedef {import("./named.js").Span} Span
 * @typedef {import("./names.js").Named} Named
 *
 * @typedef {object} Role
 * @property {Span} span
 * @property {Named | null} filter    what it filters by
 * @property {Named | null} thing     what is looked for itself, beside passages that mention it
 * @property {number[]} themes        themes whose passages are found too
 */

/**
 * @param {Naming} naming
 * @param {import("./catalogue.js").Catalogue} catalogue
 * @returns {Role[]}
 */
export function rolesOf({ spans, left }, catalogue) {
  return spans.map((span) => {
    const others = spans.filter((other) => other !== span)
    const of = (/** @type {Thing["kind"][]} */ ...kinds) => span.things.filter(({ kind }) => kinds.includes(kind))
    const named = (/** @type {Thing[]} */ things) => (things.length ? namedBy(things, catalogue) : null)
    /** @type {Role} */
    const role = { span, filter: null, thing: null, themes: of("theme").map(({ at }) => at) }
    const [facet, value] = span.score ? /** @type {const} */ (["score", `${span.score}`]) : /** @type {const} */ (["year", span.year])
    if (value) return { ...role, filter: { facet, ids: [value], labels: [value] } }
    const place = of("authority").length ? of("authority") : of("region")
    if (place.length) {
      const alike = others.every(({ things }) => things[0]?.kind === place[0].kind)
      return { ...role, themes: [], [left.length || !alike ? "filter" : "thing"]: named(place) }
    }
    const [first] = of("rating", "statement")
    const beside = others.every(({ score, year, things }) => score || year || (things[0] && things[0].kind !== "theme" && things[0].kind !== "voice"))
    const label = of("theme").some(({ own }) => own) && !others.some(({ score }) => score)
    const filters = first?.kind === "rating" ? true : beside && !label
    if (first && !left.length && others.length && filters) return { ...role, themes: [], filter: named([first]) }
    if (of("voice").length && span.said) return { ...role, themes: [], filter: named(of("voice")) }
    const alone = !left.length && !others.length && !role.themes.length
    const [itself] = of("rating", "statement", "voice")
    return { ...role, thing: alone && itself ? named(of(itself.kind)) : null }
  })
}

/**
 * @param {Thing[]} things   of one kind
 * @param {import("./catalogue.js").Catalogue} catalogue
 * @returns {Named}
 */
function namedBy(things, { data, voices }) {
  /** @type {Record<string, [string, string][]>} */
  const rows = {
    authority: data.authorities.map(([slug, name]) => [slug, name]),
    region: data.regions,
    rating: data.ratings,
    statement: data.statements.map(([id, name]) => [id, name]),
    voice: voices.map(({ id, label }) => [id, label]),
  }
  const facet = /** @type {FacetName} */ (things[0].kind)
  const values = things.map(({ at }) => rows[facet][at]).filter(Boolean)
  return { facet, ids: values.map(([id]) => id), labels: values.map(([, label]) => label) }
}
