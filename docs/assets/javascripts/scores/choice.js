/**
 * What is chosen of the matrix of scores, and what follows from it, without touching the page: the address read and
 * written, which authorities are shown, in what groups and order, and what is said of them.
 *
 * @typedef {"type" | "region" | "rating"} Facet
 * @typedef {"type" | "region" | "england"} Kind      of the groups that authorities are compared within
 *
 * @typedef {object} Authority
 * @property {string} name
 * @property {Partial<Record<Facet, string>>} keys   such as `london-borough`; no rating where there is no report
 *
 * @typedef {object} Figures                            of its newest report
 * @property {Record<string, number | string>} values  what each column is sorted by
 * @property {Partial<Record<Kind, number>>} places    its place within each kind of group, where one can be chosen
 *
 * @typedef {Authority & Figures} Row
 *
 * @typedef {{ key: string, name: string, total: number }} Group   `total`: how many there are in England
 *
 * @typedef {object} Choice
 * @property {string} name       letters that an authority's name has
 * @property {string} type       empty for all; so are region and rating
 * @property {string} region
 * @property {string} rating
 * @property {Kind} by
 * @property {string} sort       a column, after `-` from the highest down
 *
 * @typedef {object} Matrix
 * @property {Row[]} rows
 * @property {Authority[]} absent     those without a report in the collection
 * @property {string[]} columns
 * @property {Record<Kind, Group[]>} groups
 * @property {boolean} regroups       whether a reader may choose what is compared
 * @property {Choice} plain           what the page shows before anything is chosen
 */
import { counted, folded } from "../wording.js"

/** @type {Facet[]} */
const FACETS = ["type", "region", "rating"]
/** What authorities can be compared within, as the control has it. @type {Record<Kind, string>} */
export const APART = { type: "The same type", region: "The same region", england: "All of England" }
/** What it is called to sort a column up and down, where it is not lowest and highest first. */
const LETTERS = ["A to Z", "Z to A"]
/** @type {Record<string, string[]>} */
const ORDERS = {
  authority: LETTERS,
  type: LETTERS,
  region: LETTERS,
  published: ["oldest first", "newest first"],
  next: ["fewest first", "most first"],
  place: ["first place first", "last place first"],
}
/** What of an address may be shown again: other words are its sender's, not ours to show. */
const ID = /^[a-z0-9-]{1,40}$/
/** How many that are not in the collection are named in the count; more are only counted. */
const NAMED = 3

/** What is chosen by one of several values that the rows have. @param {Matrix} matrix */
export const facetsOf = ({ rows }) => FACETS.filter((key) => new Set(rows.map(({ keys }) => keys[key])).size > 1)

/** The column that is sorted by. @param {Choice} choice */
export const columnOf = ({ sort }) => sort.replace(/^-/, "")

/** Whether it is sorted from the highest down. @param {Choice} choice */
export const isDown = ({ sort }) => sort.startsWith("-")

/** Whether a value of the address is one of this page's. @param {Facet | "by" | "sort"} key @param {string} value @param {Matrix} matrix */
function isKnown(key, value, { rows, columns, regroups, plain }) {
  if (key === "sort") return columns.includes(value.replace(/^-/, ""))
  if (key === "by") return value === plain.by || (regroups && Object.hasOwn(APART, value))
  return rows.some(({ keys }) => keys[key] === value)
}

/** @param {string} search   of the address, with its question mark. @param {Matrix} matrix @returns {Choice} */
export function readChoice(search, matrix) {
  const given = new URLSearchParams(search)
  const choice = { ...matrix.plain, name: given.get("name") ?? "" } // "q" is the word of the theme's search
  for (const key of /** @type {const} */ ([...facetsOf(matrix), "by", "sort"])) {
    const value = given.get(key)
    if (value && isKnown(key, value, matrix)) Object.assign(choice, { [key]: value })
  }
  return choice
}

/** The address's parameters with a choice in them, others as they were. @param {string} search @param {Choice} choice @param {Matrix} matrix */
export function writeChoice(search, choice, { plain }) {
  const written = new URLSearchParams(search)
  for (const [key, value] of Object.entries(choice))
    if (value === plain[/** @type {keyof Choice} */ (key)]) written.delete(key)
    else written.set(key, value)
  return written.toString()
}

/** Whether an authority is one of those chosen. @param {Authority} authority @param {Choice} choice */
export function fits({ name, keys }, choice) {
  return FACETS.every((key) => !choice[key] || keys[key] === choice[key]) && folded(name).includes(folded(choice.name))
}

/** Whether only some are chosen. @param {Choice} choice */
export const isNarrowed = (choice) => Boolean(choice.name.trim() || FACETS.some((key) => choice[key]))

/** What a cell's words are sorted by: a number where they are one, a percentage or a place. @param {string} words */
export function valueOf(words) {
  return /^=?\d+(%| of \d+)?$/.test(words) ? Number.parseInt(words.replace("=", ""), 10) : words
}

/** @param {number | string} one @param {number | string} other */
export function compare(one, other) {
  return typeof one === "number" && typeof other === "number" ? one - other : String(one).localeCompare(String(other), "en")
}

/** The rows in their order, those alike by name. @param {Row[]} rows @param {Choice} choice */
function inOrder(rows, choice) {
  const column = columnOf(choice)
  const value = (/** @type {Row} */ { values, places }) => (column === "place" && places[choice.by]) || values[column]
  const way = isDown(choice) ? -1 : 1
  return [...rows].sort((one, other) => way * compare(value(one), value(other)) || compare(one.name, other.name))
}

/**
 * All rows in their groups, each group with its heading, which says how many of it are shown.
 * @param {Matrix} matrix @param {Choice} choice
 */
export function grouped({ rows, groups }, choice) {
  const { by } = choice
  const ordered = inOrder(rows, choice)
  return groups[by].flatMap((group) => {
    const inside = ordered.filter(({ keys }) => by === "england" || keys[by] === group.key)
    const here = inside.filter((row) => fits(row, choice)).length
    const of = here < inside.length ? `the ${inside.length}` : group.total
    return inside.length ? [{ key: group.key, heading: `${group.name}: ${here} of ${of} here`, rows: inside, here }] : []
  })
}

/** How many rows have a score for a statement. @param {Row[]} rows @param {string} statement @param {number} score */
export const howMany = (rows, statement, score) => rows.filter(({ values }) => values[statement] === score).length

/** How many a value of a facet would show beside the other choices, of how many there are. @param {Matrix} matrix @param {Choice} choice @param {Facet} key @param {string} value */
export function wouldShow({ rows }, choice, key, value) {
  const all = rows.filter(({ keys }) => keys[key] === value)
  const now = all.filter((row) => fits(row, { ...choice, [key]: "" }))
  return now.length < all.length ? `${now.length} of ${all.length}` : `${all.length}`
}

/** Names the choices of an address that are none of this page's, and so change nothing. @param {string} search @param {Matrix} matrix */
function leftOut(search, matrix) {
  const given = new URLSearchParams(search)
  return /** @type {const} */ ([...FACETS, "by", "sort"]).flatMap((key) => {
    const value = given.get(key)
    if (!value || isKnown(key, value, matrix)) return []
    return ID.test(value) ? `${key}=${value}` : key
  })
}

/**
 * What is shown, in sentences.
 * @param {Matrix} matrix @param {Choice} choice
 * @param {{ column: string, rating?: string }} words   what the column is called that is sorted by, and the rating that is chosen
 * @param {string} search   of the address, for what is left out of it
 */
export function summary(matrix, choice, { column, rating }, search) {
  const { rows, absent } = matrix
  const shown = rows.filter((row) => fits(row, choice)).length
  const of = `of the ${rows.length}`
  const some = shown ? `Showing ${rating ? `${counted(shown, "council")} rated ${rating}, ` : `${shown} `}${of}` : `None ${of}`
  const parts = [
    shown === rows.length
      ? `Showing all ${rows.length} here.`
      : `${some} here${shown ? "" : " fits these choices"}.`,
  ]
  if (choice.type || choice.region || choice.name.trim()) {
    const missing = absent.filter((it) => fits(it, { ...choice, rating: "" }))
    const which = missing.length > NAMED ? missing.length : missing.map(({ name }) => name).join(", ")
    if (missing.length) parts.push(`Not here, and so not shown: ${which}.`)
  }
  const order = (ORDERS[columnOf(choice)] ?? ["lowest first", "highest first"])[isDown(choice) ? 1 : 0]
  const apart = grouped(matrix, choice).length > 1 ? `, each ${choice.by} by itself` : ""
  if (shown) parts.push(`Sorted by ${column}, ${order}${apart}.`)
  const left = leftOut(search, matrix)
  if (left.length) parts.push(`Left out of this address: ${left.join(", ")}.`)
  return parts.join(" ")
}
