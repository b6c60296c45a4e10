/**
 * Suggestions as options: what is named, kind by kind, then passages, and last the search for what was typed.
 *
 * @import { Hit, Suggestions } from "../types.js"
 */
import { make } from "../../make.js"
import { counted, figure } from "../../wording.js"
import { inPlace, searchFor, whole } from "./address.js"

const KINDS = {
  authority: "Councils",
  theme: "Themes",
  statement: "Quality statements",
  region: "Regions",
  voice: "Voices",
  rating: "Ratings",
}

/** Signs of a passage shown before its first mark, and in all. */
const BEFORE = 30
const IN_ALL = 110

/** The words of a passage around its first mark. @param {Hit} hit */
function extract({ text, marks }) {
  const [first] = marks[0] ?? [0]
  const from = first <= BEFORE ? 0 : text.lastIndexOf(" ", first - BEFORE) + 1
  const space = text.indexOf(" ", from + IN_ALL)
  const to = space < 0 ? text.length : space
  const parts = []
  let done = from
  for (const [start, end] of marks) {
    if (start < done || end > to) continue
    parts.push(text.slice(done, start), make("mark", {}, text.slice(start, end)))
    done = end
  }
  return [from > 0 ? "… " : "", ...parts, text.slice(done, to), to < text.length ? " …" : ""]
}

/** @param {string} href @param {...(Node | string | null)} children */
const option = (href, ...children) => make("div", { role: "option", "aria-selected": "false", "data-href": href }, ...children)

/** @param {string} label @param {HTMLElement[]} options */
function optionGroup(label, options) {
  const id = `finder-group-${label.toLowerCase().replaceAll(" ", "-")}`
  const heading = make("div", { id, className: "finder-kind" }, label)
  return make("div", { role: "group", "aria-labelledby": id }, heading, ...options)
}

/** @param {Suggestions} found @param {string} text  that was typed */
export function suggestionParts({ names, passages }, text) {
  const parts = [...new Set(names.map((each) => each.kind))].map((kind) => {
    const some = names.filter((each) => each.kind === kind)
    const options = some.map(({ address, label, note }) =>
      option(whole(address), make("span", {}, label), note ? make("span", { className: "number" }, ` ${note}`) : null),
    )
    return optionGroup(KINDS[kind], options)
  })
  const hits = passages.map((hit) => {
    const where = make("span", { className: "number" }, `${hit.authority.name}: ${hit.statement.name}`)
    return option(inPlace(hit), make("span", { className: "finder-words" }, ...extract(hit)), " ", where)
  })
  if (hits.length) parts.push(optionGroup("Paragraphs", hits))
  const last = option(searchFor(text), `Search for “${text}”`)
  last.classList.add("finder-all")
  return [...parts, last]
}

/** What is said of suggestions. @param {Suggestions} found */
export function suggestionWords({ names, passages, total }) {
  const named = names.length && counted(names.length, "suggestion")
  const some = passages.length && `${figure(passages.length)} of ${counted(total, "paragraph")}`
  const said = [named, some].filter(Boolean).join(", ")
  return said ? `${said}. Use up and down arrows to go through them.` : "No suggestions. Press Enter to search."
}
