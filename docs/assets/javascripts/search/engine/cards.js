/** Cards: what a query names, and what is known of it, to stand above the passages. Loaded with the first name. */

/**
 * @typedef {import("../types.js").Card} Card
 * @typedef {import("./catalogue.js").Catalogue} Catalogue
 * @typedef {import("./naming.js").Thing} Thing
 * @typedef {import("./named.js").Naming} Naming
 * @typedef {{ at: number, published: string, rating: string, percentage: number, scores: number[], source: string }} Figure
 *   what CQC concludes of one council, and its number; scores in the order of the statements
 * @typedef {Map<number, Figure>} Figures
 * @typedef {[number, string, string, number, string, string]} FigureRow   as the build writes it (`figures.py`)
 */

const MOST_CARDS = 4
/** Councils that a card lists; its page has them all. */
const MOST_LISTED = 12

/** The order of kinds where names mean several things. @type {Record<Thing["kind"], number>} */
const ORDER = { authority: 0, statement: 1, theme: 2, voice: 3, rating: 4, region: 5 }

/** What other names leave where they leave all. @type {ReturnType<typeof narrowing>} */
const WHOLE = { years: [], within: () => true, scored: () => true }

/** The kinds in words. */
const WHAT = {
  authority: "Council",
  region: "Region",
  statement: "Quality statement",
  theme: "Theme",
  voice: "Voice",
  rating: "Rating",
}

/**
 * Reads the build's rows.
 * @param {FigureRow[]} rows
 * @returns {Figures}
 */
function figuresOf(rows) {
  return new Map(rows.map(([at, published, rating, percentage, scores, source]) => {
    return [at, { at, published, rating, percentage, scores: Array.from(scores, Number), source }]
  }))
}

/**
 * The cards of what a query names.
 * @param {Naming} naming
 * @param {import("./meaning.js").Context & { figures: () => Promise<FigureRow[]> }} context
 * @returns {Promise<Card[]>}
 */
export async function cardsOf(naming, context) {
  const things = thingsIn(naming)
  const needed = things.some(({ kind }) => kind !== "theme" && kind !== "voice")
  /** @type {Figures} */
  const figures = needed ? figuresOf(await context.figures()) : new Map()
  const narrowed = narrowing(naming, context.catalogue)
  // The first speaks of what all names leave; each further one is a line about itself alone.
  return Promise.all(things.map((thing, at) => card(thing, { ...context, naming, known: figures, ...(at ? WHOLE : narrowed) })))
}

/**
 * All that is named, once, in the order of cards: a thing by its own name before one by another name. Beside words that
 * name nothing, what somebody said or not is no question, and a quality statement no more than a theme.
 * @param {Naming} naming
 */
function thingsIn({ spans, held, said, left }) {
  const scored = spans.some(({ score }) => score)
  const place = (/** @type {Thing} */ { kind }) => {
    if (kind === "statement" && left.length && !scored) return ORDER.theme + 0.5
    return said && kind === "voice" ? ORDER.statement : ORDER[kind]
  }
  /** Where a score is asked for, its quality statement goes first, whatever else has the name. */
  const rank = (/** @type {Thing} */ thing) => (scored && thing.kind === "statement" ? 2 : Number(thing.own))
  const named = spans.flatMap(({ things, slip }) =>
    things
      .filter(({ kind }) => kind !== "voice" || said || !left.length)
      .sort((one, other) => rank(other) - rank(one) || place(one) - place(other))
      .map((thing, among) => ({ ...thing, slip, among: thing.district ? 0 : among }))
  )
  named.push(...held.map((thing) => ({ ...thing, slip: "", among: 0 })))
  const once = named.filter(({ kind, at }, place) =>
    named.findIndex((other) => other.kind === kind && other.at === at) === place
  )
  const ordered = once.sort((one, other) => one.among - other.among || place(one) - place(other))
  const few = ordered.filter(({ district }) => !district).slice(0, MOST_CARDS)
  return ordered.filter((thing) => thing.district || few.includes(thing))
}

/**
 * Which councils the other names leave: `requires improvement london` those of London, `score 4 equity` those with a 4.
 * @param {Naming} naming
 * @param {Catalogue} catalogue
 */
function narrowing({ spans }, { data }) {
  const of = (/** @type {Thing["kind"]} */ kind) => spans.flatMap(({ things }) => things.filter((thing) => thing.kind === kind).map(({ at }) => at))
  const [ratings, regions, statements] = [of("rating").map((at) => data.ratings[at][1]), of("region"), of("statement")]
  const [scores, years] = [spans.flatMap(({ score }) => score || []), spans.flatMap(({ year }) => year || [])]
  return {
    years,
    within: (/** @type {{ at: number, published: string, rating: string }} */ { at, published, rating }, /** @type {Thing["kind"]} */ kind) =>
      (!years.length || years.includes(published.slice(0, 4))) &&
      (kind === "rating" || !ratings.length || ratings.includes(rating)) &&
      (kind === "region" || !regions.length || regions.includes(data.authorities[at][3])),
    scored: (/** @type {Figure} */ { scores: own }) =>
      !scores.length || !statements.length || statements.some((each) => scores.includes(own[each])),
  }
}

/** Names of all councils of the district, or of what was a county: each is a thing that was named. @param {string} district @param {Naming} naming @param {Catalogue} catalogue */
const councilsOf = (district, { spans }, { data }) => {
  const own = spans.flatMap(({ things }) => things.flatMap((thing) => (thing.district === district ? [thing.at] : [])))
  return [...new Set(own)].map((at) => data.authorities[at][1])
}

/**
 * @param {Thing & { slip: string }} thing
 * @param {import("./meaning.js").Context & { naming: Naming, known: Figures } & ReturnType<typeof narrowing>} context
 * @returns {Promise<Card>}
 */
async function card({ kind, at, slip, district }, { catalogue, columns, known, naming, years, scored, within }) {
  const { data } = catalogue
  const place = district ? { name: district, councils: councilsOf(district, naming, catalogue) } : null
  const base = { kind, what: WHAT[kind], slip, place, years, note: "", report: null, councils: [], more: 0 }
  // Of which councils the other names leave sections are here; what a score leaves out is here all the same.
  const asFigure = (/** @type {typeof data.reports[number]} */ [council, published, rating]) =>
    ({ at: council, published, rating: data.ratings[rating][1] })
  const heldOf = (/** @type {Parameters<Catalogue["heldOf"]>[0]} */ fits, statement = -1) =>
    catalogue.heldOf((report) => fits(report) && within(asFigure(report), kind), statement)
  const listed = (/** @type {(figure: Figure) => boolean} */ fits, statement = -1) => {
    const all = [...known.values()].filter((figure) => fits(figure) && within(figure, kind) && scored(figure))
    const best = all.sort((one, other) =>
      (statement < 0 ? 0 : other.scores[statement] - one.scores[statement]) || other.percentage - one.percentage || one.at - other.at
    )
    const shown = best.slice(0, MOST_LISTED).map((figure) => ({ ...councilOf(figure, data), score: figure.scores[statement] ?? 0 }))
    return { councils: shown, more: all.length - shown.length }
  }
  if (kind === "authority") {
    const [slug, name, type, region] = data.authorities[at]
    return {
      ...base,
      id: slug,
      label: name,
      address: `/authorities/${slug}/`,
      note: `${data.types[type][1]}, ${data.regions[region][1]}`,
      report: reportOf(known.get(at), data),
      held: catalogue.heldOf((report) => report[0] === at),
    }
  }
  if (kind === "region") {
    const [id, name] = data.regions[at]
    const held = heldOf(([authority]) => data.authorities[authority][3] === at)
    return { ...base, id, label: name, address: `/regions/${id}/`, held, ...listed(({ at: own }) => data.authorities[own][3] === at) }
  }
  if (kind === "rating") {
    const [, name] = data.ratings[at]
    const held = heldOf((report) => report[2] === at)
    return { ...base, id: name, label: name, address: "/scores/", held, ...listed(({ rating }) => rating === name) }
  }
  if (kind === "statement") {
    const [id, name] = data.statements[at]
    const held = heldOf(() => true, at)
    return { ...base, id, label: name, address: `/statements/${id}/`, held, ...listed(() => true, at) }
  }
  if (kind === "voice") {
    const [id, label, , passages, councils] = data.voices[at]
    return { ...base, id, label, address: `/voices/${id}/`, held: { councils, sections: 0, passages } }
  }
  const { id, label, group } = catalogue.themes[at]
  const mask = await columns.mask("theme", [at])
  const docs = Uint32Array.from((mask ?? new Uint8Array()).keys()).filter((doc) => mask?.[doc])
  const held = { councils: catalogue.authoritiesOf(docs), sections: 0, passages: docs.length }
  return { ...base, id, label, address: `/themes/${id}/`, note: group, held }
}

/**
 * @param {Figure | undefined} figure
 * @param {import("./catalogue.js").CatalogueData} data
 * @returns {Card["report"]}
 */
function reportOf(figure, { statements }) {
  if (!figure) return null
  const { published, rating, percentage, scores, source } = figure
  const short = (/** @type {string} */ id) => `${id[0].toUpperCase()}${id.slice(1).replaceAll("-", " ")}`
  const all = statements.map(([id], at) => ({ id, label: short(id), score: scores[at] }))
  return { published, rating, percentage, source, scores: all.filter(({ score }) => score) }
}

/** @param {Figure} figure @param {import("./catalogue.js").CatalogueData} data */
function councilOf({ at, rating, percentage }, data) {
  const [slug, name] = data.authorities[at]
  return { name, address: `/authorities/${slug}/`, rating, percentage }
}
