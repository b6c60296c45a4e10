/**
 * Passages that were found, as elements. All words go in as text: none of them can become markup.
 *
 * @import { Answer, Hit, Piece, Trouble } from "../types.js"
 *
 * @typedef {object} Actions          what the page does for a passage
 * @property {(hit: Hit) => Promise<{ before: Hit | null, after: Hit | null }>} neighbours
 * @property {(words: string) => void} say   tells those who hear the page
 */
import { copyButton } from "../../copy.js"
import { make, unseen } from "../../make.js"
import { citation } from "../../reference.js"
import { counted, longDate } from "../../wording.js"
import { inPlace, whole } from "./address.js"

/** The text with its marks, from one place in it to another. @param {Hit} hit @param {number} start @param {number} end */
function* marked({ text, marks }, start, end) {
  let done = start
  for (const [from, to] of marks) {
    const [first, last] = [Math.max(from, start), Math.min(to, end)]
    if (first >= last) continue
    yield text.slice(done, first)
    yield make("mark", {}, text.slice(first, last))
    done = last
  }
  yield text.slice(done, end)
}

/** The words of a passage: a paragraph, or the items of a list. @param {Hit} hit */
function words(hit) {
  if (!hit.list) return make("p", {}, ...marked(hit, 0, hit.text.length))
  let start = 0
  const items = hit.text.split("\n").map((item) => {
    const line = make("li", {}, ...marked(hit, start, start + item.length))
    start += item.length + 1
    return line
  })
  return make("ul", {}, ...items)
}

/** @param {number} value @param {string} label */
const score = (value, label) =>
  make("span", { className: `score score-${value}` }, make("b", {}, String(value)), ` ${label}`)

/** @param {"themes" | "voices"} kind @param {{ id: string, label: string }[]} tags @param {string} name */
function chips(kind, tags, name) {
  if (!tags.length) return kind === "voices" ? make("p", { className: "not-stated" }, "Voices: not stated") : null
  const items = tags.map(({ id, label }) =>
    make("li", {}, make("a", { className: "chip", href: whole(`/${kind}/${id}/`) }, label)),
  )
  return make("ul", { className: `chips ${kind}`, "aria-label": name }, ...items)
}

/** @param {Hit | null} hit @param {string} side @param {string} none */
function neighbour(hit, side, none) {
  if (!hit) return [make("p", { className: "where" }, none)]
  const link = make("a", { href: whole(hit.address) }, `paragraph ${hit.number} of ${hit.of}`, unseen(whose(hit)))
  return [make("p", { className: "where" }, `${side}: `, link), words(hit)]
}

/** The passages before and after, asked for when they are wanted. @param {Hit} hit @param {Actions} actions */
function aroundIt(hit, actions) {
  const body = make("div", { className: "hit-around" })
  const summary = make("summary", {}, "Before and after", unseen(` paragraph ${hit.number}${whose(hit)}`))
  const details = make("details", {}, summary, body)
  details.addEventListener("toggle", async () => {
    if (!details.open || body.childElementCount) return
    body.textContent = "Loading…"
    try {
      const { before, after } = await actions.neighbours(hit)
      body.replaceChildren(
        ...neighbour(before, "Before", "This is the first paragraph of the section."),
        ...neighbour(after, "After", "This is the last paragraph of the section."),
      )
    } catch (error) {
      const trouble = error instanceof Error && "trouble" in error ? /** @type {Trouble} */ (error.trouble) : null
      const renewed = trouble?.code === "renewed" ? trouble.message : ""
      const failed = `They could not be loaded. ${renewed || "Close this and open it again to try once more."}`
      body.replaceChildren(failed) // no element, so that opening it again tries again
      actions.say(failed)
    }
  })
  return details
}

/** Tells a paragraph from those of the same number in other sections, for those who hear the page. @param {Hit} hit */
const whose = ({ authority, statement }) => `, ${authority.name}: ${statement.name}`

/** @param {Hit} hit @param {Actions} actions */
const citeIt = (hit, actions) =>
  copyButton(`paragraph ${hit.number}${whose(hit)}`, () => citation(hit, whole(hit.address)), actions.say)

/** What differs between words that were typed and the text. @param {Piece[]} pieces */
function differences(pieces) {
  if (!pieces.some(({ same }) => !same)) return null
  const parts = pieces.flatMap(({ same, typed, text }) => {
    if (same) return [" ", text]
    const own = typed && make("del", {}, unseen("you typed "), typed, unseen(","))
    const its = text ? make("ins", {}, unseen("the text says "), text, unseen(",")) : unseen("which is not in the text,")
    return [" ", own, own && " ", its]
  })
  return make("p", { className: "differs" }, "What differs:", ...parts)
}

/** @param {Hit} hit @param {"h3" | "h4"} level @param {Actions} actions @param {Piece[]} [pieces]   of a quotation beside it */
function item(hit, level, actions, pieces = []) {
  const { authority, statement, heading, number, of } = hit
  const id = `hit-${hit.doc}`
  const title = make("a", { href: inPlace(hit) }, `${authority.name}: ${statement.name}`, unseen(`, paragraph ${number}`))
  const published = make("span", {}, `Published ${longDate(hit.published)}`)
  const properties = { className: "permalink", href: whole(hit.address), title: "Permanent link to this paragraph" }
  const place = make("a", { ...properties, "data-id": hit.id }, `Paragraph ${number} of ${of}`, unseen(whose(hit)))
  const article = make(
    "article",
    { className: "passage hit", "aria-labelledby": id },
    make(level, { id, className: "hit-title" }, title),
    make("p", { className: "where" }, score(hit.score, hit.scoreLabel), " ", published),
    heading && make("p", { className: "hit-heading" }, heading),
    differences(pieces),
    words(hit),
    make(
      "footer",
      {},
      place,
      chips("themes", hit.themes, `Themes of paragraph ${number}, ${authority.name}`),
      chips("voices", hit.voices, `Voices of paragraph ${number}, ${authority.name}`),
      make("div", { className: "hit-actions" }, citeIt(hit, actions), aroundIt(hit, actions)),
    ),
  )
  return make("li", {}, article)
}

/**
 * Puts an answer's passages into the list, after those that stand there already: group by group, where they are grouped.
 *
 * @param {HTMLElement} list @param {Pick<Answer, "hits" | "groups">} answer @param {Actions} actions
 * @returns {HTMLElement | null}   the first passage's link, where the reader goes on
 */
export function addHits(list, { hits, groups }, actions) {
  const runs = groups.length ? groups : [{ key: "", label: "", address: "", count: 0, first: 0 }]
  const level = groups.length ? "h4" : "h3"
  /** @type {HTMLElement | null} */
  let first = null
  runs.forEach((group, place) => {
    const last = list.lastElementChild
    const goesOn = last instanceof HTMLElement && last.dataset.key === group.key
    const section = goesOn ? last : startGroup(list, group)
    for (const hit of hits.slice(group.first, runs[place + 1]?.first)) {
      const made = item(hit, level, actions)
      section.querySelector("ol")?.append(made)
      first ??= made.querySelector("a")
    }
  })
  return first
}

/** @param {HTMLElement} list @param {Answer["groups"][number]} group */
function startGroup(list, { key, label, address, count }) {
  const name = address ? make("a", { href: whole(address) }, label) : label
  const number = make("span", { className: "number" }, ` ${counted(count, "paragraph")}`)
  const heading = label && make("h3", { className: "hit-group" }, name, number)
  const section = make("div", { "data-key": key }, heading || null, make("ol", { className: "hits" }))
  list.append(section)
  return section
}

const HOW_IT_DIFFERS =
  "No paragraph has exactly these words. Your words that are not in the text are crossed out; the text’s own are underlined."

/** Near matches, below what was found and told apart from it. @param {Answer} answer @param {Actions} actions */
export function nearParts({ near, total }, actions) {
  if (!near) return []
  const some = total ? "Near matches: some of the words" : "Some of the words"
  const words = near.elsewhere ? "From other councils" : near.nearly ? "Nearly these words" : some
  const items = near.hits.map((hit, at) => item(hit, "h3", actions, near.pieces[at]))
  const differ = near.pieces.flat().some(({ same }) => !same) && make("p", {}, HOW_IT_DIFFERS)
  return [make("h2", {}, words), differ || null, make("ol", { className: "hits" }, ...items)].filter((each) => each !== null)
}

/** Pages that are not passages: the best one in sight, on one line, the rest behind a disclosure. @param {Answer["pages"]} pages */
export function otherPages(pages) {
  const link = (/** @type {Answer["pages"][number]} */ { title, address }) => make("a", { href: whole(address) }, title)
  const kind = (/** @type {Answer["pages"][number]} */ page) => make("span", { className: "number" }, ` ${page.kind}`)
  const [best, ...rest] = pages
  if (!best) return []
  const items = rest.map((page) => make("li", {}, link(page), kind(page)))
  const more = make("details", {}, make("summary", {}, counted(rest.length, "more page")), make("ul", {}, ...items))
  return [make("p", {}, "Page: ", link(best), kind(best)), ...(rest.length ? [more] : [])]
}
