/**
 * Makes the elements of the comparison. All words go in as text: none of them can become markup.
 *
 * @import { Found, Topic } from "./choice.js"
 * @import { Authority, Index, Passage, Report } from "./data.js"
 *
 * @typedef {Parameters<typeof make>[2]} Child
 */
import { apart, groups, marks, similar, total, underTopic } from "./choice.js"
import { make, unseen } from "../make.js"
import { counted, list, month } from "../wording.js"

/** An address of the site, as the data have it, from this page one level below the site's own. @param {string} address @param {...Child} words */
const link = (address, ...words) => make("a", { href: `..${address}` }, ...words)

/** @param {number} value */
function score(value, words = "") {
  return make("span", { className: `score score-${value}` }, make("b", {}, String(value)), words && ` ${words}`)
}

/** @param {string} name */
function rating(name) {
  return make("span", { className: `rating rating-${name.toLowerCase().replace(" ", "-")}` }, name)
}

/** @param {"missing" | "silent"} kind @param {...Child} words */
function blank(kind, ...words) {
  return make("span", { className: `blank blank-${kind}` }, ...words)
}

/** The way to add a text that is not in the collection. @param {string} name */
const addOne = (name) => make("p", {}, link("/contribute/", "Add one", unseen(` of ${name}`)))

/** Why nothing of an authority can be compared. @param {Authority} authority */
const noReport = ({ withdrawn }) =>
  blank("missing", withdrawn ? "CQC has withdrawn its report" : "No report here yet")

/** @param {string} name */
function noText(name, more = "") {
  const add = addOne(name)
  add.prepend(blank("missing", `Section not here yet${more}`), " ")
  return add
}

/** The options of the list of authorities, the most similar to the first chosen one on top. @param {Index["authorities"]} authorities @param {string[]} slugs */
export function authorityOptions(authorities, slugs) {
  const about = (/** @type {Report | null} */ report) => (report ? `${report.rating}, ${report.percentage}%` : "no report here")
  const option = (/** @type {Authority} */ it) => make("option", { value: it.slug }, `${it.name} (${about(it.report)})`)
  const found = groups(authorities, slugs).map(({ why, items }) => make("optgroup", { label: why }, ...items.map(option)))
  return [make("option", { value: "" }, "Choose a council"), ...found]
}

/** @param {Authority[]} chosen @param {(slug: string) => void} remove */
export function chosenList(chosen, remove) {
  const items = chosen.map((it) => {
    const button = make("button", { type: "button" }, "Remove", unseen(` ${it.name}`))
    button.addEventListener("click", () => remove(it.slug))
    const about = make("span", { className: "number" }, `${it.type}, ${it.region}`)
    return make("li", {}, make("span", {}, link(it.address, it.name), " ", about), button)
  })
  return make("ul", { className: "compare-chosen", "aria-label": "Councils compared" }, ...items)
}

/** Buttons that add authorities like the first chosen one, under the reason why they are like it. @param {Index["authorities"]} authorities @param {Authority[]} chosen @param {(slug: string) => void} add */
export function similarOffers(authorities, chosen, add) {
  const offers = similar(authorities, chosen.map((it) => it.slug))
  const parts = offers.map(({ why, of, items }) => {
    const buttons = items.map((it) => {
      const button = make("button", { type: "button", className: "compare-offer" }, unseen("Add "), it.name)
      button.addEventListener("click", () => add(it.slug))
      return make("li", {}, button)
    })
    const some = items.length < of ? `${items.length} of the ${of} with a report` : "all with a report"
    const order = chosen[0].report ? "nearest in points first" : "by name"
    const rest = items.length < of ? "; the list above has all" : ""
    const number = make("span", { className: "number" }, `(${some}, ${order}${rest})`)
    return make("div", {}, make("p", {}, `${why} `, number), make("ul", {}, ...buttons))
  })
  return parts.length ? [make("h2", {}, `Similar to ${chosen[0].name}`), ...parts] : []
}

/** @param {Child} shown @param {string} mark */
function numberCell(shown, mark) {
  const stands = mark && make("span", { className: `mark mark-${mark.startsWith("high") ? "high" : "low"}` }, mark)
  return make("td", {}, shown, stands && " ", stands)
}

/** @param {(number | null)[]} values @param {string} noun */
function difference(values, noun) {
  const points = apart(values)
  return make("td", { className: "apart" }, points ? counted(points, noun) : "none")
}

/** @param {Authority[]} chosen */
const reported = (chosen) => chosen.filter((it) => it.report).length

/**
 * A row of numbers: what they are, a cell for each authority with a report, and how far apart they are where there are two.
 * @param {Child} heading @param {Authority[]} chosen @param {(report: Report) => number} read @param {(value: number) => Child} show @param {string} noun
 */
function numberRow(heading, chosen, read, show, noun) {
  const values = chosen.map(({ report }) => report && read(report))
  const stands = marks(values)
  const cells = values.flatMap((value, place) => (value === null ? [] : [numberCell(show(value), stands[place])]))
  if (reported(chosen) > 1) cells.push(difference(values, noun))
  return make("tr", {}, make("th", { scope: "row" }, heading), ...cells)
}

/** A row of what cannot be subtracted. @param {string} heading @param {Authority[]} chosen @param {(report: Report) => Child} show */
function factRow(heading, chosen, show) {
  const cells = chosen.flatMap(({ report }) => (report ? [make("td", {}, show(report))] : []))
  if (reported(chosen) > 1) cells.push(make("td", { className: "apart" }))
  return make("tr", {}, make("th", { scope: "row" }, heading), ...cells)
}

/** Puts one tall cell into the first row for each authority without a report, in its own column. @param {HTMLElement[]} rows @param {Authority[]} chosen */
function noReports(rows, chosen) {
  const [first] = rows
  chosen.forEach((it, place) => {
    if (it.report) return
    const why = link(it.address, "What this means", unseen(` for ${it.name}`))
    const properties = { className: "no-report", rowSpan: rows.length }
    const cell = make("td", properties, noReport(it), " ", why)
    first.insertBefore(cell, first.children[place + 1] ?? null)
  })
}

/** @param {Authority[]} chosen @param {Index} index */
export function scoreTable(chosen, index) {
  const names = [...index.statements]
  const rows = [
    factRow("Report", chosen, (it) => {
      const regraded = it.regraded && make("span", { className: "number" }, ` regraded ${month(it.regraded)}`)
      return make("span", {}, link(it.address, month(it.published)), regraded)
    }),
    factRow("Rating", chosen, (it) => rating(it.rating)),
    numberRow("Percentage", chosen, (it) => it.percentage, (value) => `${value}%`, "percentage point"),
    numberRow("Sum of scores", chosen, (it) => total(it.scores), (value) => `${value} of ${index.most}`, "point"),
    ...names.map(([id, name], place) =>
      numberRow(link(`/statements/${id}/`, name), chosen, (it) => it.scores[place], (value) => score(value), "point"),
    ),
  ]
  noReports(rows, chosen)
  const heads = chosen.map((it) => make("th", { scope: "col" }, link(it.address, it.name)))
  if (reported(chosen) > 1) heads.push(make("th", { scope: "col", className: "apart" }, "Difference"))
  const head = make("tr", {}, make("th", { scope: "col" }, "Measure"), ...heads)
  const caption = make("caption", { className: "visually-hidden" }, `Scores of ${list(chosen.map((it) => it.name))}`)
  return [caption, make("thead", {}, head), make("tbody", {}, ...rows)]
}

/** @param {Passage} passage */
function words(passage) {
  if (!passage.list) return make("p", {}, passage.text)
  return make("ul", {}, ...passage.text.split("\n").map((item) => make("li", {}, item)))
}

/** What cite.js needs for the references of the paragraphs that follow. @param {HTMLElement} element @param {Authority} authority @param {Found} found */
function cited(element, { fullName, report }, { name, score }) {
  const published = report?.published ?? ""
  Object.assign(element.dataset, { council: fullName, published, statement: name, score: String(score) })
  return element
}

/** @param {Passage} passage @param {string} whose   council and statement, as on pages that are built @param {Index["voices"]} voices */
function passageItem(passage, whose, voices) {
  const heard = passage.voices.map((id) => voices.get(id) ?? id).join(", ") || "not stated"
  const heading = passage.heading && make("p", { className: "compare-heading" }, passage.heading)
  const href = new URL(`..${passage.address}`, location.href).href // whole, since it is copied and printed
  const properties = { className: "permalink", href, title: "Permanent link to this paragraph" }
  const place = make("a", properties, `Paragraph ${passage.number} of ${passage.of}`, unseen(`, ${whose}`))
  place.dataset.id = passage.id // what print writes beside it
  const top = make("header", {}, place)
  const foot = make("footer", {}, make("span", {}, `Voices: ${heard}`), problem(passage, whose))
  return make("article", { className: "passage" }, top, heading, words(passage), foot)
}

/** A link to the form that names the passage, where the project's address is known; problems.js adds its words. @param {Passage} passage @param {string} whose */
function problem({ id, number }, whose) {
  const form = document.getElementById("compare")?.dataset.problem
  if (!form) return ""
  const name = ["Report a problem", unseen(`, paragraph ${number}, ${whose}`)]
  return make("a", { className: "problem", href: `${form}&passage=${id}` }, ...name)
}

/** Statements where nothing is said, one of the two kinds of silence; nothing where there are none. @param {"missing" | "silent"} kind @param {string} title @param {Found[]} found @param {...Child} more */
function silence(kind, title, found, ...more) {
  if (!found.length) return []
  const names = found.map((it) => make("li", {}, it.name, " ", score(it.score)))
  const summary = make("summary", {}, `${title}: ${counted(found.length, "statement")}`)
  return [make("details", { className: `blank-${kind}` }, summary, make("ul", {}, ...names), ...more)]
}

/** @param {Authority} authority @param {Report} report @param {Found[]} found @param {Index} index */
function onStatement(authority, report, [found], index) {
  const { name } = authority
  const label = index.scores.get(String(found.score))
  const scored = cited(make("p", { className: "where" }, "Score: ", score(found.score, label)), authority, found)
  if (found.kind === "missing") return [scored, noText(name)]
  const number = counted(found.passages.length, "paragraph")
  const whole = link(`${report.address}${found.id}/`, number, unseen(` of ${name}, the whole section`))
  const passages = found.passages.map((it) => passageItem(it, `${name}: ${found.name}`, index.voices))
  return [scored, make("p", { className: "summary" }, whole), ...passages]
}

/** @param {Authority} authority @param {Report} report @param {Found[]} found @param {Index} index */
function onTheme(authority, report, found, index) {
  const { name } = authority
  const of = (/** @type {Found["kind"]} */ kind) => found.filter((it) => it.kind === kind)
  const texts = found.length - of("missing").length
  if (!texts) return [noText(name, ": none of the nine")]
  const number = of("found").reduce((sum, it) => sum + it.passages.length, 0)
  const where = `${counted(number, "paragraph")} in ${counted(of("found").length, "section")}`
  const here = `${texts} of the ${found.length} sections ${texts === 1 ? "is" : "are"} here.`
  const passages = of("found").flatMap((it) => [
    cited(make("h4", {}, link(`${report.address}${it.id}/`, it.name), " ", score(it.score)), authority, it),
    ...it.passages.map((passage) => passageItem(passage, `${name}: ${it.name}`, index.voices)),
  ])
  return [
    make("p", { className: "summary" }, `${where}; ${here}`),
    ...passages,
    ...silence("silent", "Section here, not discussed", of("silent")),
    ...silence("missing", "Section not here yet", of("missing"), addOne(name)),
  ]
}

/** What one authority's texts say on the topic: passages, or which kind of blank there is instead. @param {Authority} authority @param {Topic} topic @param {Passage[] | undefined} passages @param {Index} index */
function column(authority, topic, passages, index) {
  const { address, name, report } = authority
  const heading = make("h3", {}, link(address, name))
  if (!report) return [heading, make("p", {}, noReport(authority))]
  if (!passages) return [heading, make("p", {}, "These paragraphs could not be loaded.")]
  const say = topic.kind === "theme" ? onTheme : onStatement
  const parts = [heading, ...say(authority, report, underTopic(topic, report, passages, index.statements), index)]
  const words = ["From the newest report; ", link(address, "an earlier one is in the collection"), "."]
  return report.earlier ? [...parts, make("p", { className: "summary" }, ...words)] : parts
}

/** One column for each authority; `loaded` has its passages by slug, undefined where loading failed. @param {Authority[]} chosen @param {Topic} topic @param {Map<string, Passage[] | undefined>} loaded @param {Index} index */
export function columns(chosen, topic, loaded, index) {
  const shown = (/** @type {Authority} */ it) => column(it, topic, loaded.get(it.slug), index)
  const made = chosen.map((it) => make("section", { "aria-label": it.name }, ...shown(it)))
  return make("div", { className: "compare-grid" }, ...made)
}

/** What went wrong, and a button to try it again. @param {string} message @param {() => void} again */
export function failure(message, again) {
  const button = make("button", { type: "button" }, "Try again")
  button.addEventListener("click", again)
  return make("div", { className: "compare-failure" }, make("p", {}, message), button)
}
