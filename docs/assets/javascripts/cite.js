/**
 * “Copy with reference” on each paragraph of a page. What the reference says stands on elements before the paragraphs, or
 * around them: `data-council`, `data-published`, `data-statement`, `data-score` (parts.md, `cited`). Each holds until another says it.
 * CQC’s own page is linked once, from the section (`a.cqc`): elsewhere that page is asked for it when the button is pressed.
 */
import { copyButton } from "./copy.js"
import { make } from "./make.js"
import { citation } from "./reference.js"

/** Where those who hear the page are told, made with the first button. @type {HTMLElement | null} */
let spoken = null

/** @param {string} words */
function say(words) {
  if (!spoken) {
    spoken = make("p", { className: "visually-hidden", role: "status" })
    document.querySelector("main")?.append(spoken)
  }
  spoken.textContent = words
}

/** How long an answer is waited for; then the words are copied without it. */
const PATIENCE = 3000 // milliseconds

/** Address of CQC’s page that a section links; empty where it is not known. @param {Document} section */
const sourceIn = (section) => section.querySelector("a.cqc")?.getAttribute("href") ?? ""

/** The same of the section that is at an address; empty where it does not come. @param {string} address */
async function sourceOf(address) {
  try {
    const answer = await fetch(address, { signal: AbortSignal.timeout(PATIENCE) })
    return sourceIn(new DOMParser().parseFromString(await answer.text(), "text/html"))
  } catch {
    return ""
  }
}

/** Gives a button to the paragraphs below an element. @param {ParentNode} [within] */
export function cite(within = document) {
  /** @type {DOMStringMap} */
  const cited = {}
  for (const element of within.querySelectorAll("[data-council], [data-statement], [data-score], article.passage")) {
    if (!(element instanceof HTMLElement)) continue
    const link = element.querySelector(":scope > header > .permalink")
    Object.assign(cited, element.dataset)
    if (cited.council && link instanceof HTMLAnchorElement) {
      const { council = "", published = "", statement = "", score = "" } = cited
      const whose = { authority: { fullName: council }, published, statement: { name: statement }, score }
      const [, number = "", of = ""] = /(\d+) of (\d+)/u.exec(link.textContent) ?? []
      const about = () => ({ ...whose, number, of, ...wordsOf(element) })
      const words = (/** @type {string} */ source) => citation({ ...about(), source }, link.href)
      const here = link.pathname === location.pathname
      const text = () => (here ? words(sourceIn(document)) : sourceOf(link.href).then(words))
      link.after(copyButton(link.textContent, text, say))
    }
  }
}

/** The words as published: a paragraph, or the items of a list. @param {Element} passage */
function wordsOf(passage) {
  const items = [...passage.querySelectorAll(":scope > ul > li")]
  const lines = items.length ? items : [...passage.querySelectorAll(":scope > p:not([class])")]
  return { text: lines.map((it) => it.textContent.trim()).join("\n"), list: items.length > 0 }
}
