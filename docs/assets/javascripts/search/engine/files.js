/**
 * Fetches the files of the search: with a time limit, one more try, and a check that what came is what the build wrote.
 *
 * A file is named `<what>-<hex>.bin`, or its folder `<what>-<hex>`, by the SHA-256 of the content, so that it can be
 * kept for ever; only the manifest has a fixed name. Files are gzip'd by the build; where a server has undone that
 * already, they are taken as they are.
 */
import { SearchError } from "../trouble.js"

/** Milliseconds that one try may take. On the slowest network that we measure (1.6 Mbit/s) a shard takes 200. */
const PATIENCE = 15_000
const MANIFEST = "manifest.json"

/** Files in a folder share the folder's hash, which no one of them can be checked by: gzip's own sum must do there. */
const NAMED_BY_CONTENT = /^[^/]+-([0-9a-f]{8})\.bin$/

/**
 * @typedef {object} Surroundings   what the browser lends, replaced in tests
 * @property {typeof fetch} fetch
 * @property {boolean} [online]     what the browser says of its connection
 * @property {number} [patience]    milliseconds
 * @property {boolean} [handed]     whether somebody else fetches the first manifest and hands it over with `take`
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
    /** @type {(bytes: ArrayBuffer | null) => void} takes the first manifest; null where it did not come */
    this.take = () => {}
    /** @type {Promise<ArrayBuffer | null> | null} */
    this.first = surroundings.handed ? new Promise((resolve) => (this.take = resolve)) : null
  }

  /**
   * The manifest, parsed. It is asked for anew each time: the browser only asks the server whether it changed.
   * @param {{ fresh?: boolean }} [how]     `fresh`: past every cache, where a file that it named is gone
   * @returns {Promise<any>}
   */
  async manifest({ fresh = false } = {}) {
    const handed = fresh ? null : await this.#handed()
    const bytes = handed ?? (await this.#twice(MANIFEST, fresh ? "reload" : "no-cache", plain))
    try {
      return JSON.parse(new TextDecoder().decode(bytes))
    } catch (error) {
      throw new SearchError("corrupt", error)
    }
  }

  /** The manifest that was handed over: once, since a later one may be another. */
  async #handed() {
    const { first } = this
    this.first = null
    if (!first) return null
    const late = new Promise((resolve) => setTimeout(() => resolve(null), this.patience))
    const bytes = await Promise.race([first, late])
    return bytes && new Uint8Array(bytes)
  }

  /**
   * The content of a file that the manifest names.
   * @param {string} name
   * @returns {Promise<Uint8Array>}
   */
  get(name) {
    return this.#twice(name, "default", (bytes) => content(name, bytes))
  }

  /**
   * Tries, and tries once more where that may help: a lost connection, a busy server, or a damaged copy in the cache.
   * @param {string} name
   * @param {RequestCache} cache
   * @param {(bytes: Uint8Array) => Promise<Uint8Array>} check
   */
  async #twice(name, cache, check) {
    try {
      return await check(await this.#once(name, cache))
    } catch (error) {
      const known = error instanceof SearchError ? error.trouble.code : "broken"
      if (known === "missing" || known === "unsupported" || known === "memory") throw error
      if (known === "offline" && this.#offline()) throw error
      return await check(await this.#once(name, known === "corrupt" ? "reload" : cache))
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
      return new Uint8Array(await response.arrayBuffer())
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
async function plain(bytes) {
  return bytes
}

/**
 * What a file holds, checked against the hash in its name.
 * @param {string} name
 * @param {Uint8Array} bytes
 */
async function content(name, bytes) {
  const found = isGzip(bytes) ? await gunzip(bytes) : bytes
  const hash = NAMED_BY_CONTENT.exec(name)?.[1]
  // Only secure contexts (https, this machine) have it; elsewhere gzip's own sum must do.
  if (hash && globalThis.crypto?.subtle) {
    const measured = new Uint8Array(8 + found.length) // the build hashes the length, eight bytes, and then the content
    new DataView(measured.buffer).setBigUint64(0, BigInt(found.length))
    measured.set(found, 8)
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", measured))
    const hex = Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("")
    if (!hex.startsWith(hash)) throw new SearchError("corrupt", `${name} holds something else`)
  }
  return found
}

/** @param {Uint8Array} bytes */
function isGzip(bytes) {
  return bytes[0] === 0x1f && bytes[1] === 0x8b
}

/** @param {Uint8Array} bytes */
async function gunzip(bytes) {
  if (typeof DecompressionStream !== "function") throw new SearchError("unsupported", "no DecompressionStream")
  const { readable, writable } = new DecompressionStream("gzip")
  const writer = writable.getWriter()
  // What breaks shows where it is read.
  writer.write(/** @type {Uint8Array<ArrayBuffer>} */ (bytes)).catch(() => {})
  writer.close().catch(() => {})
  try {
    return new Uint8Array(await new Response(readable).arrayBuffer())
  } catch (error) {
    throw new SearchError("corrupt", error)
  }
}
