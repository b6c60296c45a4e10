/**
 * Times one engine. `engine.js` drives it, and imports the engine's own script as a page that brings a search does; nothing else
 * of it is fetched before it is asked for. It exports:
 *
 *     open()          fetches and prepares what no query is needed for
 *     search(query)   opens if need be; returns { found, hits: [{ title, parts }] } with at most ten hits, where `parts` is the
 *                     text in pieces, every second one marked
 */
import * as engine from "./engine.js"

const list = /** @type {HTMLElement} */ (document.querySelector("ol"))

/** Resolves when what was put into the page has been painted. */
function painted() {
  return new Promise((resolve) => {
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel()
      port1.onmessage = resolve
      port2.postMessage(null)
    })
  })
}

/** @param {{ title: string, parts: string[] }} hit */
function item({ title, parts }) {
  const element = document.createElement("li")
  const heading = document.createElement("h2")
  heading.textContent = title
  const text = document.createElement("p")
  text.append(...parts.map((part, at) => (at % 2 ? Object.assign(document.createElement("mark"), { textContent: part }) : part)))
  element.append(heading, text)
  return element
}

/** Fetches and prepares what no query is needed for. */
const openEngine = async () => void (await engine.open())

/** Asks a query, shows the first ten results, and tells how long that took and how many there are. @param {string} query */
async function ask(query) {
  list.replaceChildren()
  const start = performance.now()
  const { found, hits } = await engine.search(query)
  list.replaceChildren(...hits.map(item))
  await painted()
  return { ms: performance.now() - start, found, shown: list.childElementCount, text: list.innerText.length }
}

Object.assign(globalThis, { openEngine, ask })
