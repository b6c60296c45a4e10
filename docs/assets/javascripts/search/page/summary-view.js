/**
 * What is said about an answer: how much was found and of how much, how the words were understood, what to try when nothing
 * was found, and what went wrong.
 *
 * @import { Advice, Answer, FacetName, Trouble, Understood } from "../types.js"
 */
import { make, unseen } from "../../make.js"
import { counted, figure, list } from "../../wording.js"
import { FIELD_WORDS } from "../fields.js"
import { searchFor, whole } from "./address.js"
import { asksScores } from "./asks-scores.js"
import { areMissing, mayStandApart, ofCards } from "./cards-view.js"

/** Words as they were typed, within one pair of marks. @param {string} words */
const quoted = (words) => (/^["“].*["”]$/u.test(words) ? words : `“${words}”`)

/** How much was found, and of how many. @param {Answer} answer */
export function countWords({ total, authorities, of, understood, cards }) {
  if (understood.mode === "nothing") return "Nothing was looked for"
  if (!total && areMissing(cards)) return `No section ${ofCards(cards)} is here yet`
  if (!total) return "No paragraph found"
  return `${counted(total, "paragraph")}, from ${figure(authorities)} of ${searched(of)}`
}

/** The councils of which something can be found: the whole that a number is a part of. @param {Answer["of"]} of */
const searched = ({ withText, authorities }) =>
  withText === authorities
    ? `all ${counted(authorities, "council")}`
    : `the ${counted(withText, "council")} with sections here (of ${figure(authorities)})`

/** What the collection holds, so that a small number is not taken for a finding. @param {Answer["of"]} of */
export function holdings({ passages, texts }) {
  const holds = `${counted(passages, "paragraph")} of ${counted(texts, "report section")} can be searched so far. `
  return [holds, make("a", { href: whole("/contribute/") }, "Add a section")]
}

/** A control inside a sentence. @param {string} words @param {() => void} press */
function wordButton(words, press) {
  const button = make("button", { type: "button", className: "word-button" }, words)
  button.addEventListener("click", press)
  return button
}

/**
 * In how many passages each part of the query is. Of a theme's name of several words each may stand anywhere in them.
 * @param {Understood} understood
 */
export function partWords({ parts, themes }) {
  const apart = themes.filter(mayStandApart).map(({ typed }) => typed)
  const each = (/** @type {Understood["parts"][number]} */ { typed, found, prohibited }) => {
    const is = prohibited ? ", which is left out, is" : apart.includes(typed) ? ", or its words apart, is" : " is"
    return `${quoted(typed)}${is} in ${found ? counted(found, "paragraph") : "no paragraph"}`
  }
  return `${list(parts.map(each))}.`
}

/**
 * How the words were understood, one line for each thing that a reader might not expect.
 *
 * @param {Answer} answer
 * @param {{ query: string, related: boolean }} asked   `related`: whether related words were asked for
 * @param {{ ask: (query: string) => void, setRelated: (on: boolean) => void }} actions
 */
export function understoodLines({ understood, suggestion, total, cards }, { query: typed, related }, actions) {
  const { mode, parts, ignored, filters, notes, themes } = understood
  const lines = []
  if (!cards.length && asksScores(typed)) {
    const page = make("a", { href: whole("/scores/") }, "the page of scores")
    lines.push(make("p", {}, "CQC’s scores and ratings, council by council, are on ", page, "."))
  }
  if (suggestion) {
    const { query } = suggestion
    const link = make("a", { href: searchFor(query) }, query)
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return
      event.preventDefault()
      actions.ask(query)
    })
    const found = ` (${counted(suggestion.total, "paragraph")})`
    lines.push(make("p", { className: "did-you-mean" }, "Did you mean ", link, "?", found))
  }
  if (filters.length) {
    const parts = filters.flatMap(({ field, value, without }, at) => {
      const words = `${at ? "; " : "Only "}${filterWords(field, value)}`
      return without === undefined ? [words] : [`${words} `, takeOff(value, () => actions.ask(without))]
    })
    lines.push(make("p", {}, ...parts, "."))
  }
  if (mode === "any" && total)
    lines.push(make("p", {}, "No paragraph has all of these words, so those with any of them are shown."))
  const named = cards.length > 0 && parts.length === 1
  if (parts.length && !named && (!total || (mode === "any" && parts.length > 1))) lines.push(make("p", {}, partWords(understood)))
  if (ignored.length && !cards.length) lines.push(make("p", {}, `Too common to look for: ${list(ignored.map(quoted))}.`))
  const also = alsoWords(understood.related, total ? themes : [])
  if (also) {
    const button = wordButton("Only my own words", () => actions.setRelated(false))
    lines.push(make("p", {}, `${also} `, button))
  } else if (!related && mode !== "everything" && mode !== "nothing") {
    const button = wordButton("Look for themes and abbreviations too", () => actions.setRelated(true))
    lines.push(make("p", {}, "Only your own words were looked for. ", button))
  }
  for (const note of notes) lines.push(make("p", {}, note))
  return lines
}

/** @param {string} value @param {() => void} press */
function takeOff(value, press) {
  const button = wordButton("take this off", press)
  button.append(unseen(` (${value})`))
  return make("span", { className: "together" }, "(", button, ")")
}

/** @param {FacetName} field @param {string} value */
function filterWords(field, value) {
  if (field === "score") return `sections with score ${value}`
  if (field === "rating") return `councils rated ${value}`
  if (field === "voice") return `paragraphs with the voice ${value}`
  return `the ${FIELD_WORDS[field]} ${value}`
}

/** What was looked for beside the reader’s own words. @param {Understood["related"]} related @param {Understood["themes"]} themes */
function alsoWords(related, themes) {
  const added = related.map(({ word, added: forms }) => `${list(forms.map(quoted))} for ${quoted(word)}`)
  const about = [...new Set(themes.filter(({ further }) => further).flatMap(({ labels }) => labels))]
  return [
    added.length ? `We also searched for ${list(added)}.` : "",
    about.length ? `Paragraphs about ${list(about.map(quoted))} in other words come after those with yours.` : "",
  ].filter(Boolean).join(" ")
}

/** Ways to go on by reading, whatever happens to the search. */
export function browseLinks() {
  const ways = [
    ["/themes/", "Themes"],
    ["/authorities/", "Councils"],
    ["/statements/", "Quality statements"],
    ["/voices/", "Voices"],
    ["/scores/", "Scores"],
  ]
  const items = ways.map(([address, words]) => make("li", {}, make("a", { href: whole(address) }, words)))
  return [make("p", {}, "Or browse:"), make("ul", { className: "browse" }, ...items)]
}

/**
 * What to change where nothing was found.
 *
 * @param {Answer} answer
 * @param {(change: Advice["without"][number]["change"]) => void} change
 */
export function adviceParts({ advice, cards: [card], understood }, change) {
  const parts = []
  if (advice?.without.length) {
    const items = advice.without.map((each) => {
      const button = make("button", { type: "button" }, `Without ${each.what}: ${counted(each.left, "paragraph")}`)
      button.addEventListener("click", () => change(each.change))
      return make("li", {}, button)
    })
    parts.push(make("p", {}, "What would bring results:"), make("ul", { className: "advice" }, ...items))
  } else if (!card && understood.parts.length) parts.push(make("p", {}, "Try fewer or more general words, or check how they are spelt."))
  if (advice?.themes.length) {
    const items = advice.themes.map(({ id, label, count }) => {
      const number = make("span", { className: "number" }, figure(count))
      return make("li", {}, make("a", { className: "chip", href: whole(`/themes/${id}/`) }, label, " ", number))
    })
    const chips = make("ul", { className: "chips themes", "aria-label": "Related themes" }, ...items)
    parts.push(make("p", {}, "Themes that may have it:"), chips)
  }
  return [...parts, ...browseLinks()]
}

/** What went wrong, of an error that reached the page. @param {unknown} error @returns {Trouble} */
export function troubleOf(error) {
  if (error instanceof Error && "trouble" in error) return /** @type {{ trouble: Trouble }} */ (error).trouble
  if (!navigator.onLine) return { code: "offline", message: "You seem to be offline.", retry: true }
  return { code: "broken", message: "A part of the search could not be loaded.", retry: true }
}

/** What went wrong, and what can be done. @param {Trouble} trouble @param {() => void} again */
export function troubleParts({ code, message, retry }, again) {
  const label = code === "renewed" ? "Reload the page" : "Try again"
  const button = make("button", { type: "button", className: "main-button" }, label)
  button.addEventListener("click", again)
  return [make("p", {}, message), ...(retry ? [make("p", {}, button)] : []), ...browseLinks()]
}
