/** Opens the search, once for a page. */
import { Client } from "./client.js"

/** @typedef {import("../types.js").Search} Search */

/** Milliseconds after which the manifest is not waited for here; the engine then asks for itself, as patiently. */
const PATIENCE = 15_000

/** @type {Client | null} */
let opened = null

/**
 * The page's search. Its worker and the manifest are asked for at once, not one by the other.
 * @returns {Promise<Search>}
 */
export async function openSearch() {
  if (!opened) {
    opened = new Client({ makeWorker, fetchManifest })
    opened.open()
  }
  return opened
}

/** `worker.js` and all that it imports; the build makes one file of them. */
function makeWorker() {
  return new Worker(new URL("../engine/worker.js", import.meta.url), { type: "module" })
}

/** @returns {Promise<ArrayBuffer | null>}   null where it does not come: the worker asks for itself then */
async function fetchManifest() {
  const limit = new AbortController()
  const timer = setTimeout(() => limit.abort(), PATIENCE)
  try {
    const address = new URL("../../../search/manifest.json", import.meta.url)
    const response = await fetch(address, { cache: "no-cache", signal: limit.signal })
    return response.ok ? await response.arrayBuffer() : null
  } catch {
    return null
  } finally {
    clearTimeout(timer)
  }
}
