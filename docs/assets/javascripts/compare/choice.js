/**
 * What is compared, and what follows from it, without touching the page: the address read and written, what is alike,
 * what is highest, which passages stand under which statement.
 *
 * @import { Authority, Index, Passage, Report } from "./data.js"
 *
 * @typedef {{ kind: "theme" | "statement", id: string }} Topic
 * @typedef {{ slugs: string[], topic: Topic | null }} Choice
 *
 * @typedef {object} Found           what an authority's text on a statement has on a topic
 * @property {string} id             of the statement
 * @property {string} name
 * @property {number} score
 * @property {"found" | "silent" | "missing"} kind
 * @property {Passage[]} passages
 */
import { list } from "../wording.js"

export const MOST = 4

const ID = /^[a-z0-9-]{1,40}$/

/** Names what was left out where it looks like an id: other words of an address are its sender's, not ours to show. @param {string[]} ids @param {string} what */
function unknown(ids, what) {
  const named = [...new Set(ids.filter((id) => ID.test(id)))].slice(0, 3)
  const rest = new Set(ids).size - named.length
  const parts = named.map((id) => `“${id}”`)
  if (rest) parts.push(named.length ? `${rest} more` : rest === 1 ? "1 entry" : `${rest} entries`)
  return ids.length ? [`${list(parts)} (not the id of ${what})`] : []
}

/** @param {URLSearchParams} parameters @param {Index["authorities"]} authorities */
function readAuthorities(parameters, authorities) {
  const asked = parameters.getAll("authorities").join(",").split(",")
  const ids = asked.map((id) => id.trim().toLowerCase()).filter(Boolean)
  const known = ids.filter((id) => authorities.has(id))
  const slugs = [...new Set(known)]
  const names = (/** @type {string[]} */ found) => found.map((id) => authorities.get(id)?.name ?? id)
  const twice = slugs.filter((id) => known.indexOf(id) !== known.lastIndexOf(id))
  const over = slugs.slice(MOST)
  const left = unknown(ids.filter((id) => !authorities.has(id)), "a council")
  if (twice.length) left.push(`${list(names(twice.slice(0, MOST)))} a second time`)
  const more = over.length > 3 ? `${over.length} more councils` : list(names(over))
  if (over.length) left.push(`${more} (four is the most)`)
  return { slugs: slugs.slice(0, MOST), left }
}

/** @param {URLSearchParams} parameters @param {Index["themes"]} themes @param {Index["statements"]} statements */
function readTopic(parameters, themes, statements) {
  /** @type {string[]} */
  const left = []
  /** @type {(Topic & { label: string })[]} */
  const topics = []
  const kinds = /** @type {const} */ ([["theme", themes, "a theme"], ["statement", statements, "a quality statement"]])
  for (const [kind, of, what] of kinds) {
    const ids = parameters.getAll(kind).map((id) => id.trim().toLowerCase()).filter(Boolean)
    left.push(...unknown(ids.filter((id) => !of.has(id)), what))
    for (const id of new Set(ids.filter((each) => of.has(each)))) topics.push({ kind, id, label: of.get(id) ?? id })
  }
  const [first, ...others] = topics
  const labels = others.slice(0, 3).map((topic) => topic.label)
  if (others.length) left.push(`${list(labels)} (one theme or statement at a time)`)
  return { topic: first ? { kind: first.kind, id: first.id } : null, left }
}

/**
 * Reads an address: what of it can be shown, and one line on the rest, empty when there is none.
 * @param {string} search   with its question mark
 * @param {Pick<Index, "authorities" | "themes" | "statements">} index
 * @returns {Choice & { problem: string }}
 */
export function readChoice(search, { authorities, themes, statements }) {
  const parameters = new URLSearchParams(search)
  const { slugs, left } = readAuthorities(parameters, authorities)
  const { topic, left: others } = readTopic(parameters, themes, statements)
  const all = [...left, ...others]
  return { slugs, topic, problem: all.length ? `Left out of this address: ${all.join("; ")}.` : "" }
}

/** The address from its question mark on, empty where nothing is chosen. @param {Choice} choice */
export function writeChoice({ slugs, topic }) {
  const parts = []
  if (slugs.length) parts.push(`authorities=${slugs.map(encodeURIComponent).join(",")}`)
  if (topic) parts.push(`${topic.kind}=${encodeURIComponent(topic.id)}`)
  return parts.length ? `?${parts.join("&")}` : ""
}

/** Says in what the authorities are alike, and warns where they are not. @param {Authority[]} authorities */
export function likeness(authorities) {
  const types = [...new Set(authorities.map((each) => each.type))]
  const regions = [...new Set(authorities.map((each) => each.region))]
  const region = regions.length === 1 ? `same region: ${regions[0]}` : `different regions: ${list(regions)}`
  if (types.length === 1) return `Like with like: same type: ${types[0]}; ${region}.`
  return `Not like with like: different types: ${list(types)}; ${region}. Compare with care.`
}

/** Warns where reports were rated under different rules; empty where they were not. @param {Authority[]} authorities @param {Index["versions"]} versions */
export function differentRules(authorities, versions) {
  const rated = authorities.flatMap(({ name, report }) => (report ? [{ name, id: report.framework }] : []))
  const ids = [...new Set(rated.map(({ id }) => id))]
  if (ids.length < 2) return ""
  const under = (/** @type {string} */ id) => list(rated.filter((it) => it.id === id).map(({ name }) => name))
  const parts = ids.map((id) => `${under(id)} under ${versions.get(id) ?? "rules that are not recorded"}`)
  return `Rated under different rules: ${parts.join("; ")}. A difference may come from the rules.`
}

/**
 * Groups those not chosen by how like the first chosen one they are; by region while there is none.
 * @param {Index["authorities"]} authorities @param {string[]} slugs
 * @returns {{ why: string, near: boolean, items: Authority[] }[]}
 */
export function groups(authorities, slugs) {
  const first = authorities.get(slugs[0])
  const others = [...authorities.values()].filter((each) => !slugs.includes(each.slug))
  if (!first) {
    const regions = [...new Set(others.map((each) => each.region))].sort()
    return regions.map((region) => ({ why: region, near: false, items: others.filter((it) => it.region === region) }))
  }
  const { type, region } = first
  const that = (/** @type {boolean} */ sameType, /** @type {boolean} */ sameRegion) =>
    others.filter((it) => (it.type === type) === sameType && (it.region === region) === sameRegion)
  return [
    { why: `Same type: ${type}; same region: ${region}`, near: true, items: that(true, true) },
    { why: `Same type: ${type}; other regions`, near: true, items: that(true, false) },
    { why: `Same region: ${region}; other types`, near: false, items: that(false, true) },
    { why: "Other types, other regions", near: false, items: that(false, false) },
  ].filter((group) => group.items.length)
}

/**
 * The most similar ones that can be compared, the nearest group first; in a group those nearest in points to the first
 * chosen one, then by name, as the authorities come. Without a report of the first one they are by name alone.
 * @param {Index["authorities"]} authorities @param {string[]} slugs
 */
export function similar(authorities, slugs, most = 8) {
  const own = authorities.get(slugs[0])?.report
  const away = (/** @type {Authority} */ { report }) =>
    own && report ? Math.abs(total(report.scores) - total(own.scores)) : 0
  const found = []
  let room = most
  for (const { why, near, items } of groups(authorities, slugs)) {
    const assessed = items.filter((it) => it.report)
    if (!near || !assessed.length || !room) continue
    const ordered = [...assessed].sort((a, b) => away(a) - away(b))
    found.push({ why, of: assessed.length, items: ordered.slice(0, room) })
    room -= Math.min(room, assessed.length)
  }
  return found
}

/** @param {number[]} scores */
export function total(scores) {
  return scores.reduce((sum, score) => sum + score, 0)
}

/** Words for what stands out in a row of numbers; null is an authority without a report. @param {(number | null)[]} values */
export function marks(values) {
  const numbers = values.filter((value) => value !== null)
  const [low, high] = [Math.min(...numbers), Math.max(...numbers)]
  const [least, best] = numbers.length === 2 ? ["lower", "higher"] : ["lowest", "highest"]
  if (low === high) return values.map(() => "")
  return values.map((value) => (value === high ? best : value === low ? least : ""))
}

/** How far apart the numbers of a row are, of which there is at least one. @param {(number | null)[]} values */
export function apart(values) {
  const numbers = values.filter((value) => value !== null)
  return Math.max(...numbers) - Math.min(...numbers)
}

/**
 * The statements that a topic concerns for one authority, each with its passages and its kind: "found" where there are
 * passages, "silent" where the text is in the collection and does not discuss the theme, "missing" where it is not.
 * @param {Topic} topic @param {Report} report @param {Passage[]} passages @param {Index["statements"]} statements
 * @returns {Found[]}
 */
export function underTopic(topic, report, passages, statements) {
  const all = [...statements.keys()]
  const concerned = topic.kind === "statement" ? [topic.id] : all
  const isOn = (/** @type {Passage} */ it) => topic.kind === "statement" || it.themes.includes(topic.id)
  return concerned.map((id) => {
    const here = passages.filter((it) => it.statement === id && isOn(it))
    const kind = !report.texts.includes(id) ? "missing" : here.length ? "found" : "silent"
    return { id, name: statements.get(id) ?? id, score: report.scores[all.indexOf(id)], kind, passages: here }
  })
}

/** An authority and how much it has on a topic, for those who hear the page. @param {Authority} authority @param {Topic} topic @param {Passage[]} passages @param {Pick<Index, "statements">} index */
export function heard({ name, report }, topic, passages, { statements }) {
  if (!report) return `${name} no report`
  const found = underTopic(topic, report, passages, statements)
  const number = found.reduce((sum, it) => sum + it.passages.length, 0)
  return `${name} ${found.every(({ kind }) => kind === "missing") ? "no section" : number}`
}

/** The page's title with what is compared before the site's name. @param {string} title @param {Authority[]} chosen @param {string | null} topic   in words */
export function titleOf(title, chosen, topic) {
  const [page, ...site] = title.split(" - ")
  const names = chosen.map(({ name }) => name)
  const compared = names.length > 1 ? `${list(names)} compared` : [...names, page].join(": ")
  return [names.length && topic ? `${compared}: ${topic}` : compared, ...site].join(" - ")
}
