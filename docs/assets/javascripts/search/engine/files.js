/**
 * Fetches the files of the search: with limits of time and size, one more try past every cache, and a check that what
 * came is what the build wrote.
 *
 * A file is named `<what>-<hex>.bin`, or its folder `<what>-<hex>`, by the content, so that it can be kept for ever; only
 * the manifest has a fixed name.
 */
import { contents, MOST_BYTES, readUpTo } from "./contents.js"
import { SearchError } from "../trouble.js"

/** Milliseconds that one try may take. On the slowest network that we measure (1.6 Mbit/s) a shard takes 200. */
const PATIENCE = 15_000
const MANIFEST = "manifest.json"

/** What this can read: `FORMAT` in `build_scripts/search/`. */
const FORMAT = 6

/**
 * @typedef {object} Surroundings   what the browser lends, replaced in tests
 * @property {typeof fetch} fetch
 * @property {boolean} [online]     what the browser says of its connection
 * @property {number} [patience]    milliseconds
 * @property {boolean} [handed]     whether somebody else fetches the first manifest, and hands it over with `take`
 */

export class Files {
  /**
   * @param {string} folder                 address of the data folder, with a slash at its end
   * @param {Partial<Surroundings>} [surroundings]
   */
  constructor(folder, surroundings = {}) {
    this.folder = folder
    this.fetch = surroundings.fetch ?? globalThis.fetch.bind(globalThis)
    this.patience = surroundings.patience ?? PATIENCE
    this.surroundings = surroundings
    /** @type {Map<string, { coming: Promise<ArrayBuffer | null> | null, give: (bytes: ArrayBuffer | null) => void }>} */
    this.handed = new Map()
    if (surroundings.handed) this.#expect(MANIFEST)
  }

  /**
   * Takes a file that somebody else has fetched.
   * @param {string} name
   * @param {ArrayBuffer | null} bytes   null where it did not come
   * @param {string} [next]              the file that is handed over after it
   */
  take(name, bytes, next = "") {
    if (next) this.#expect(next)
    this.handed.get(name)?.give(bytes)
  }

  /** @param {string} name */
  #expect(name) {
    /** @type {(bytes: ArrayBuffer | null) => void} */
    let give = () => {}
    const coming = new Promise((/** @type {typeof give} */ resolve) => (give = resolve))
    this.handed.set(name, { coming, give })
  }

  /**
   * The manifest, parsed. It is asked for anew each time: the browser only asks the server whether it changed.
   * @param {{ fresh?: boolean }} [how]     `fresh`: past every cache, where a file that it named is gone
   * @returns {Promise<any>}
   */
  async manifest({ fresh = false } = {}) {
    const handed = fresh ? null : await this.#handed(MANIFEST)
    return this.#twice(MANIFEST, manifestIn, handed ?? this.#once(MANIFEST, fresh ? "reload" : "no-cache"))
  }

  /**
   * A file that is handed over: once, since a later one may be another.
   * @param {string} name
   */
  async #handed(name) {
    const handed = this.handed.get(name)
    if (!handed?.coming) return null
    const { coming } = handed
    handed.coming = null
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    let timer
    /** @type {Promise<null>} */
    const late = new Promise((resolve) => (timer = setTimeout(() => resolve(null), this.patience)))
    const bytes = await Promise.race([coming, late])
    clearTimeout(timer)
    return bytes && new Uint8Array(bytes)
  }

  /**
   * The content of a file that the manifest names.
   * @param {string} name
   * @returns {Promise<Uint8Array>}
   */
  async get(name) {
    const handed = this.handed.has(name) ? await this.#handed(name) : null
    return this.#twice(name, (bytes) => contents(name, bytes), handed ?? this.#once(name, "default"))
  }

  /**
   * Takes what came first, and where that fails tries once more, past every cache: these keep damaged files, foreign
   * ones, and the answer that there is none.
   * @template T
   * @param {string} name
   * @param {(bytes: Uint8Array) => T | Promise<T>} check
   * @param {Uint8Array | Promise<Uint8Array>} first
   * @returns {Promise<T>}
   */
  async #twice(name, check, first) {
    try {
      return await check(await first)
    } catch (error) {
      const known = error instanceof SearchError ? error.trouble.code : "broken"
      if (known === "unsupported" || known === "memory") throw error
      if (known === "offline" && this.#offline()) throw error
      return await check(await this.#once(name, "reload"))
    }
  }

  #offline() {
    return (this.surroundings.online ?? globalThis.navigator?.onLine) === false
  }

  /**
   * @param {string} name
   * @param {RequestCache} cache
   */
  async #once(name, cache) {
    const limit = new AbortController()
    const timer = setTimeout(() => limit.abort(), this.patience)
    try {
      const response = await this.fetch(new URL(name, this.folder).href, { cache, signal: limit.signal })
      if (response.status === 404 || response.status === 410) throw new SearchError("missing", name)
      if (!response.ok) throw new SearchError("offline", `${response.status} for ${name}`)
      return response.body ? await readUpTo(MOST_BYTES, response.body) : new Uint8Array()
    } catch (error) {
      if (error instanceof SearchError) throw error
      if (limit.signal.aborted) throw new SearchError("slow", error)
      throw new SearchError(error instanceof RangeError ? "memory" : "offline", error)
    } finally {
      clearTimeout(timer)
    }
  }
}

/** @param {Uint8Array} bytes */
function manifestIn(bytes) {
  const text = new TextDecoder().decode(bytes)
  /** @type {any} */
  let found
  try {
    found = JSON.parse(text)
  } catch (error) {
    throw new SearchError(text.startsWith("{") ? "corrupt" : "foreign", error)
  }
  if (typeof found?.format !== "number") throw new SearchError("foreign", "no manifest of the search")
  if (found.format !== FORMAT) throw new SearchError("renewed", `format ${found.format}, not ${FORMAT}`)
  return found
}
