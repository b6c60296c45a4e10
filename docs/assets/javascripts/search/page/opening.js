/** What the page shows before anybody asks: the build's own answer (`build_scripts/search/opening.py`), without the engine. */

/** @typedef {import("../types.js").Answer} Answer */

/** Milliseconds after which the engine is asked instead. */
const LIMIT = 5_000
const ADDRESS = new URL("../../../search/opening.json", import.meta.url)

/** The answer to nothing asked, its filters counted; null where it does not come or is none: the engine knows it too. @returns {Promise<Answer | null>} */
export async function opening() {
  try {
    const response = await fetch(ADDRESS, { cache: "no-cache", signal: AbortSignal.timeout(LIMIT) })
    const found = response.ok ? await response.json() : null
    return Array.isArray(found?.hits) ? found : null
  } catch {
    return null
  }
}
