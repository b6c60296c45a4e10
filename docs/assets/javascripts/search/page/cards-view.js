/**
 * Cards: what the words name, above the passages. The first says what is known of it; each further one is a line.
 *
 * @import { Answer, Card } from "../types.js"
 * @typedef {{ count: number, apart: boolean }} Others   paragraphs that only name a theme; whether they may have its words apart
 */
import { make } from "../../make.js"
import { counted, either, figure, list, longDate } from "../../wording.js"
import { whole } from "./address.js"

/** CQC's own list, where a report is that is not here. */
const CQC = "https://www.cqc.org.uk/care-services/local-authority-assessment-reports"

/** Councils that are named before the rest is folded away. */
const SHOWN = 5

/** Councils that the page that compares them takes. */
const MOST_COMPARED = 4

/** @param {string} name */
const rating = (name) =>
  make("span", { className: `rating rating-${name.toLowerCase().replaceAll(" ", "-")}` }, name)

/** @param {string} address @param {string} words */
const link = (address, words) => make("a", { href: address.startsWith("/") ? whole(address) : address }, words)

/** Where to look for a report of which no address is known. */
const among = () => link(CQC, "Look for it among CQC’s reports")

/** Whether a council or a quality statement was named, or several councils, of which no text is here. @param {Card | undefined} card */
const isMissing = (card) => ["authority", "rating", "region", "statement"].includes(card?.kind ?? "") && !card?.held.sections

/** Those of the first’s kind of which no text is here. @param {Card[]} cards */
const missingAlike = (cards) => cards.filter((card) => card.kind === cards[0].kind && isMissing(card))

/** Whether no text is here of the first, nor of any other of its kind. @param {Card[]} cards */
export const areMissing = (cards) => isMissing(cards[0]) && cards.every((card) => card.kind !== cards[0].kind || isMissing(card))

/** Whether what names a theme has several words, which are found wherever they stand in a paragraph. @param {{ typed: string }} theme */
export const mayStandApart = ({ typed }) => /\s/u.test(typed.trim())

/** A region as it stands in a sentence: the North East, but London. @param {string} name */
const inRegion = (name) => (/^(?:North|South|East|West)\b/u.test(name) ? `the ${name}` : name)

/**
 * From when, on what, or of whom the sections are that cards speak of: what names a region or a rating beside it says of
 * which councils.
 * @param {Card[]} cards   at least one
 * @param {Card[]} alike   those of the first’s kind that are spoken of
 */
export function ofCards(cards, alike = missingAlike(cards)) {
  const [{ kind, label, years }] = cards
  const labels = (/** @type {Card["kind"]} */ wanted) =>
    (wanted === kind ? alike : cards).filter((card) => card.kind === wanted).map((card) => card.label)
  if (kind === "authority") return `of ${either(labels("authority"))}`
  const [rated, regions] = [labels("rating"), labels("region").map(inRegion)]
  const whose = `${rated.length ? ` rated ${either(rated)}` : ""}${regions.length ? ` in ${either(regions)}` : ""}`
  const parts = [years.length && `from ${either(years)}`, kind === "statement" && `on ${label}`, whose && `of a council${whose}`]
  return parts.filter(Boolean).join(" ")
}

/**
 * What is here of a council’s report, and where to read the rest.
 * @param {Card} card
 */
function heldWords({ label, held, report, address }) {
  if (!report) return ["No report on this council is here yet. ", among()]
  const read = report.source ? link(report.source, "Read the whole report on CQC’s site") : among()
  if (!held.sections) return ["None of the report’s nine sections is here yet. ", read]
  const here = `${held.sections === 1 ? "One section" : counted(held.sections, "section")} of ${label}’s report`
  return [link(address, here), ` ${held.sections === 1 ? "is" : "are"} here, with ${counted(held.passages, "paragraph")}. `, read]
}

/** @param {NonNullable<Card["report"]>} report */
function scoreList({ scores }) {
  const items = scores.map(({ id, label, score }) =>
    make("li", {}, make("span", { className: `score score-${score}` }, make("b", {}, String(score))), " ", link(`/statements/${id}/`, label)),
  )
  return items.length ? make("ul", { className: "named-scores", "aria-label": "Scores, from 1 to 4" }, ...items) : null
}

/** @param {Card} card */
function council(card) {
  const { report } = card
  const line = report && [rating(report.rating), ` ${report.percentage}%, published ${longDate(report.published)}`]
  return [
    report && make("p", { className: "named-figures" }, ...(line ?? [])),
    report && scoreList(report),
    make("p", {}, ...heldWords(card)),
  ]
}

/** The councils of a region, a rating or a quality statement, which is the first of the cards. @param {Card[]} cards */
function councils(cards) {
  const [{ kind, councils: all, more, address, label }] = cards
  if (!all.length) return [make("p", {}, `No report ${ofCards(cards, cards.slice(0, 1))} is here yet. `, link(CQC, "See CQC’s reports"))]
  const item = (/** @type {Card["councils"][number]} */ { name, address: place, rating: given, percentage, score }) => {
    const own = kind === "statement" ? `, score ${score}` : `, ${kind === "rating" ? "" : `${given}, `}${percentage}%`
    return make("li", {}, link(place, name), own)
  }
  const rest = all.slice(SHOWN).map(item)
  const further = more ? make("p", {}, link(address, `${figure(more)} more in ${label}`)) : null
  const folded = make("details", {}, make("summary", {}, `All ${figure(all.length + more)} councils`), make("ul", {}, ...rest), further)
  return [make("ul", {}, ...all.slice(0, SHOWN).map(item)), rest.length ? folded : null]
}

/**
 * How many paragraphs have the name of a theme in them without being about it, where nothing else is asked for; of a name of
 * several words each may stand anywhere in them.
 * @param {Answer} answer
 * @returns {Others}
 */
function namedOnly({ cards: [card], understood: { parts, themes } }) {
  const [one] = themes
  const only = card?.kind === "theme" && parts.length === 1 && one?.labels.length === 1 && one.labels[0] === card.label
  return only ? { count: one.others, apart: mayStandApart(one) } : { count: 0, apart: false }
}

/** The same in words. @param {Others} others @param {boolean} more */
export function namedWords({ count, apart }, more) {
  const one = count === 1
  const what = `${one ? "names" : "name"} it${apart ? ` or ${one ? "has" : "have"} your words apart` : ""}`
  return count ? ` ${figure(count)}${more ? " more" : ""} ${what}.` : ""
}

/** That nothing is here of a theme or a voice. @param {Card} card @param {Others} others */
const nothingHere = ({ kind }, others) =>
  `No paragraph here ${kind === "voice" ? "has this voice" : "is about it"} yet.${namedWords(others, false)}`

/** What is here of a theme, a voice, a region, a rating or a statement, the first of the cards. @param {Card[]} cards @param {Others} others */
function here(cards, others) {
  const [card] = cards
  const { kind, held, address } = card
  if (isMissing(card)) return `No section ${ofCards(cards)} is here yet.`
  if (!held.passages) return nothingHere(card, others)
  const words = `${counted(held.passages, "paragraph")} from ${counted(held.councils, "council")}`
  const one = held.passages === 1
  const what = kind === "theme" ? (one ? "is about it" : "are about it") : kind === "voice" ? (one ? "has this voice" : "have this voice") : one ? "is here" : "are here"
  return make("span", {}, link(address, words), ` ${what}.${namedWords(others, true)}`)
}

/** @param {Card} card @param {"h2" | "p"} level */
function title({ label, what, note, address }, level) {
  const kind = make("span", { className: "number" }, ` ${what}${note ? `: ${note}` : ""}`)
  return make(level, { className: "named-title" }, link(address, label), kind)
}

/** How the words came to mean this, where a reader might wonder. @param {Card} card */
function takenWords({ slip, label, place }) {
  const taken = slip ? `“${slip}” was taken as ${place?.name ?? label}. ` : ""
  if (!place) return taken
  const { name, councils } = place
  return councils.length > 1
    ? `${taken}${name}: depending on the place, the council responsible for adult social care is ${either(councils)}.`
    : `${taken}${name} is in ${label}, whose council is responsible for adult social care there.`
}

/** @param {Answer} answer */
function first(answer) {
  const { cards } = answer
  const [card] = cards
  const { kind, label } = card
  const parts = kind === "authority" ? council(card) : kind === "theme" || kind === "voice" ? [] : councils(cards)
  const taken = takenWords(card)
  return make(
    "section",
    { className: "named", "aria-label": `${card.what}: ${label}` },
    title(card, "h2"),
    taken ? make("p", {}, taken) : null,
    ...parts,
    // Where nothing was found, the words above the results say that no section is here.
    kind === "authority" || (!answer.total && areMissing(cards)) ? null : make("p", {}, here(cards, namedOnly(answer))),
  )
}

/** @param {Card} card */
function further(card) {
  const { kind, report, held } = card
  const known = report ? `${report.rating}, ${report.percentage}%` : kind === "authority" ? "no report here yet" : held.passages ? counted(held.passages, "paragraph") : "no paragraph yet"
  const line = title(card, "p")
  line.append(make("span", { className: "number" }, `, ${known}`))
  return make("li", {}, line)
}

/** The way to see several councils side by side. @param {Card[]} cards */
function comparing(cards) {
  const all = cards.filter(({ report }) => report)
  if (all.length < 2 || all.length > MOST_COMPARED) return null
  const way = link(`/compare/?authorities=${all.map(({ id }) => id).join(",")}`, `Compare ${list(all.map(({ label }) => label))}`)
  return make("p", {}, way)
}

/** What the words name. @param {Answer} answer */
export function cardParts(answer) {
  const [best, ...rest] = answer.cards
  if (!best) return []
  return [first(answer), rest.length ? make("ul", { className: "named-more", "aria-label": "Also named" }, ...rest.map(further)) : null, comparing(answer.cards)].filter((part) => part !== null)
}

/** What those who hear the page are told of the first. @param {Answer} answer */
export function cardWords(answer) {
  const [best] = answer.cards
  if (!best) return ""
  const { what, label, report, kind, place, held } = best
  const known = report ? `, ${report.rating}, ${report.percentage}%` : kind === "authority" ? ", no report here yet" : ""
  const where = place?.councils.length === 1 ? `${place.name} is in ${label}. ` : ""
  const tag = kind === "theme" || kind === "voice"
  const about = tag && !held.passages ? ` ${nothingHere(best, namedOnly(answer))}` : ""
  return `${where}${what}: ${label}${known}.${about} `
}
