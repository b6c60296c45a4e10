/** Opens the search, once for a page. */
import { Client } from "./client.js"

/** @typedef {import("../types.js").Search} Search */

/** Milliseconds after which a file is not waited for here; the engine then asks for itself, as patiently. */
const LIMIT = 15_000
const MANIFEST = "manifest.json"
const SEARCH = new URL("../../../search/", import.meta.url)

/** @type {Client | null} */
let opened = null

/**
 * The page's search. Its worker and the files that come first are asked for at once, not one by the other.
 * @returns {Promise<Search>}
 */
export async function openSearch() {
  if (!opened) {
    opened = new Client({ makeWorker, fetchFirst })
    opened.open()
  }
  return opened
}

/** `worker.js` and all that it imports; the build makes one file of them. */
function makeWorker() {
  return new Worker(new URL("../engine/worker.js", import.meta.url), { type: "module" })
}

/**
 * Fetches the manifest, then the catalogue that it names, which comes while the worker starts and asks for words.
 * @param {(file: { file: string, bytes: ArrayBuffer | null, next?: string }) => void} hand
 */
async function fetchFirst(hand) {
  const manifest = await fetched(MANIFEST, "no-cache")
  const next = manifest ? catalogueOf(manifest) : ""
  hand({ file: MANIFEST, bytes: manifest, next })
  if (next) hand({ file: next, bytes: await fetched(next, "default") })
}

/** The catalogue's name; empty where a manifest tells none, whose faults the engine sees. @param {ArrayBuffer} manifest */
function catalogueOf(manifest) {
  try {
    const { catalogue } = JSON.parse(new TextDecoder().decode(manifest))
    return /^catalogue-[0-9a-f]+\.bin$/u.test(catalogue) ? catalogue : ""
  } catch {
    return ""
  }
}

/**
 * @param {string} name
 * @param {RequestCache} cache
 * @returns {Promise<ArrayBuffer | null>}   null where it does not come: the worker asks for itself then
 */
async function fetched(name, cache) {
  const limit = new AbortController()
  const timer = setTimeout(() => limit.abort(), LIMIT)
  try {
    const response = await fetch(new URL(name, SEARCH), { cache, signal: limit.signal })
    return response.ok ? await response.arrayBuffer() : null
  } catch {
    return null
  } finally {
    clearTimeout(timer)
  }
}
