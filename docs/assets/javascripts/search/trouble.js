/** What can go wrong, in words that a reader understands. */

/** @typedef {import("./types.js").Trouble} Trouble */

/** @type {Record<Trouble["code"], Trouble>} */
const TROUBLES = {
  offline: {
    code: "offline",
    message: "The search files could not be reached. Check your connection, then try again.",
    retry: true,
  },
  slow: {
    code: "slow",
    message: "The search files are taking too long to arrive. Try again, perhaps on a faster connection.",
    retry: true,
  },
  missing: {
    code: "missing",
    message: "A file of the search is not on the site. It may be changing just now: try again, or reload the page.",
    retry: true,
  },
  corrupt: {
    code: "corrupt",
    message: "A file of the search arrived damaged. Try again, or reload the page.",
    retry: true,
  },
  foreign: {
    code: "foreign",
    message: "This network answered with something other than the search’s files. If it asks you to sign in, do so, then try again.",
    retry: true,
  },
  renewed: {
    code: "renewed",
    message: "The site was renewed after you opened this page. Reload the page to go on.",
    retry: true,
  },
  unsupported: {
    code: "unsupported",
    message: "This browser is too old for the search. The themes and councils can be read without it.",
    retry: false,
  },
  memory: {
    code: "memory",
    message: "This device has too little memory free for the search. Close other pages, then try again.",
    retry: true,
  },
  broken: {
    code: "broken",
    message: "The search stopped because of a fault of ours. Try again, or reload the page.",
    retry: true,
  },
}

/** A trouble on its way to the reader. `cause` is for whoever looks into it. */
export class SearchError extends Error {
  /**
   * @param {Trouble["code"] | Trouble} trouble
   * @param {unknown} [cause]
   */
  constructor(trouble, cause) {
    const known = typeof trouble === "string" ? TROUBLES[trouble] : trouble
    super(known.message, { cause })
    this.name = "SearchError"
    /** @type {Trouble} */
    this.trouble = known
  }
}

/**
 * Any error as one that can be shown. An AbortError stays what it is.
 * @param {unknown} error
 * @returns {Error}
 */
export function asSearchError(error) {
  if (error instanceof SearchError || isAbort(error)) return /** @type {Error} */ (error)
  // V8 says "Array buffer allocation failed" or "Invalid typed array length", SpiderMonkey "out of memory".
  const memory = error instanceof RangeError && /alloc|memory|length/i.test(error.message)
  const full = error instanceof Error && /out of memory/i.test(error.message)
  return new SearchError(memory || full ? "memory" : "broken", error)
}

/** @param {unknown} error */
export function isAbort(error) {
  return error instanceof Error && error.name === "AbortError"
}

/** What a call that a newer one overtook rejects with. */
export function abortError() {
  return new DOMException("A newer search took its place.", "AbortError")
}
