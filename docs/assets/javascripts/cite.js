/**
 * “Copy with reference” on each paragraph of a page. What the reference says stands on elements before the paragraphs, or
 * around them: `data-council`, `data-published`, `data-statement`, `data-score` (parts.md, `cited`). Each holds until another says it.
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
      const text = () => citation({ ...whose, number, of, ...wordsOf(element) }, link.href)
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
