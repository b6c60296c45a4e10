/** Opens the search: its worker, the manifest and its scripts are asked for at once, not each by the one before it. */

/** @typedef {import("../types.js").Search} Search */

/** Milliseconds after which the manifest is not waited for here; the engine then asks for itself, as patiently. */
const PATIENCE = 15_000

/** @type {Promise<Search> | null} */
let opening = null

/**
 * The page's search. What did not come is asked for again by the next call.
 * @returns {Promise<Search>}
 */
export function openSearch() {
  opening ??= load().catch((error) => {
    opening = null
    throw error
  })
  return opening
}

async function load() {
  const started = startWorker()
  const manifest = started ? fetchManifest() : undefined
  try {
    const [{ Client }] = await Promise.all([import("./client.js"), import("../trouble.js")])
    const client = new Client({
      makeWorker: firstOf(started?.worker, makeWorker),
      fetchManifest: firstOf(manifest, fetchManifest),
    })
    client.open()
    for (const event of started?.said ?? []) started?.worker.dispatchEvent(event)
    return client
  } catch (error) {
    started?.worker.terminate()
    throw error
  }
}

/** A worker, and what it says before anybody listens; null where there can be none. */
function startWorker() {
  try {
    const worker = makeWorker()
    /** @type {Event[]} */
    const said = []
    const keep = (/** @type {Event} */ event) => {
      event.preventDefault()
      said.push(event)
    }
    worker.onmessage = keep
    worker.onerror = keep
    return { worker, said }
  } catch {
    return null
  }
}

/** `worker.js` and all that it imports, in the one file that the build makes of them. */
function makeWorker() {
  return new Worker(new URL("../../../search/engine/worker.js", import.meta.url), { type: "module" })
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

/**
 * What was made already, for the first who asks, where there is any; another for whoever asks later.
 * @template T
 * @param {T | undefined} made
 * @param {() => T} make
 */
function firstOf(made, make) {
  return () => {
    const own = made ?? make()
    made = undefined
    return own
  }
}
