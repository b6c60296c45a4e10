/**
 * The search as the page sees it. A module worker answers; where a browser has none, or it does not start, or cannot
 * unpack files there, the engine runs in the page instead. A worker that dies later is told of, as is one that falls
 * silent, and another one takes the next request.
 */
import { abortError, SearchError } from "../trouble.js"

/**
 * @typedef {import("../types.js").Search} Search
 * @typedef {import("../types.js").Call} Call
 * @typedef {import("../types.js").Question} Question
 * @typedef {import("../types.js").Reply} Reply
 * @typedef {Call["kind"]} Kind
 *
 * @typedef {object} Waiting
 * @property {Call} question
 * @property {(value: any) => void} resolve
 * @property {(error: Error) => void} reject
 * @property {(what: any) => void} meanwhile
 * @property {ReturnType<typeof setTimeout>} timer
 *
 * @typedef {object} Line           whoever answers
 * @property {(question: Question) => void} send
 * @property {() => void} close
 *
 * @typedef {object} Beginning      what `open.js` gives
 * @property {() => Worker} makeWorker
 * @property {(hand: (file: Question) => void) => unknown} fetchFirst   fetches what comes first, and hands each file over
 *
 * @typedef {object} Surroundings   what only tests replace
 * @property {(send: (reply: Reply) => void) => Promise<{ receive(question: Question): unknown }>} makeDesk
 * @property {number} patience      milliseconds without a sign of life after which a request is given up
 * @property {number} start         milliseconds that a worker has to come and start
 */

/** @type {Surroundings} */
const BROWSER = {
  async makeDesk(send) {
    const { startEngine } = await import("../engine/start.js")
    return startEngine(new URL("../../../../", import.meta.url).href, send)
  },
  patience: 90_000,
  start: 20_000,
}

export class Client {
  /** @param {Beginning & Partial<Surroundings>} surroundings */
  constructor(surroundings) {
    this.surroundings = { ...BROWSER, ...surroundings }
    this.next = 1
    /** @type {Map<number, Waiting>} */
    this.waiting = new Map()
    /** @type {Line | null} */
    this.line = null
    /** Whether workers do not start here. */
    this.inPage = false
  }

  /** @type {Search["search"]} */
  search(request) {
    return this.#ask("search", request)
  }

  /** @type {Search["suggest"]} */
  suggest(text, early = () => {}) {
    return this.#ask("suggest", text, early)
  }

  /** @type {Search["neighbours"]} */
  neighbours({ doc, id }) {
    return this.#ask("neighbours", { doc, id })
  }

  /** @type {Search["csv"]} */
  csv(request, progress) {
    return this.#ask("csv", request, ([done, of]) => progress(done, of))
  }

  /** Starts to load, so that the first request waits less. What goes wrong is told with that request. */
  open() {
    this.#ask("open", null).catch(() => {})
  }

  /**
   * @param {Kind} kind
   * @param {any} value
   * @param {(what: any) => void} [meanwhile]
   * @returns {Promise<any>}
   */
  #ask(kind, value, meanwhile = () => {}) {
    if (kind === "search" || kind === "suggest") this.#overtake(kind)
    const id = this.next++
    const question = { id, kind, value }
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { question, resolve, reject, meanwhile, timer: this.#watch(id) })
      try {
        this.#connect().send(question)
      } catch (error) {
        this.#settle(id)?.reject(new SearchError("broken", error))
      }
    })
  }

  /** @param {Kind} kind */
  #overtake(kind) {
    for (const [id, other] of this.waiting) {
      if (other.question.kind !== kind) continue
      this.#settle(id)?.reject(abortError())
      this.line?.send({ abort: id })
    }
  }

  /** @param {number} id */
  #watch(id) {
    return setTimeout(() => {
      this.#settle(id)?.reject(new SearchError("slow"))
      if (this.waiting.size) return
      this.line?.close() // it answers nobody
      this.line = null
    }, this.surroundings.patience)
  }

  /**
   * Takes a request off the list.
   * @param {number} id
   */
  #settle(id) {
    const waiting = this.waiting.get(id)
    clearTimeout(waiting?.timer)
    this.waiting.delete(id)
    return waiting
  }

  #connect() {
    this.line ??= this.inPage ? this.#pageLine() : this.#workerLine()
    return this.line
  }

  /** @returns {Line} */
  #workerLine() {
    /** @type {Worker} */
    let worker
    try {
      worker = this.surroundings.makeWorker()
    } catch {
      this.inPage = true
      return this.#pageLine()
    }
    let ready = false
    const starting = setTimeout(() => this.#lost(line, false), this.surroundings.start)
    // While the worker's script is on its way, so is what it asks for first.
    this.surroundings.fetchFirst((file) => worker.postMessage(file))
    const line = {
      send: (/** @type {Question} */ question) => worker.postMessage(question),
      close: () => {
        clearTimeout(starting)
        worker.terminate()
      },
    }
    worker.onmessage = ({ data }) => {
      clearTimeout(starting)
      if ("ready" in data) ready = true
      else if ("trouble" in data && data.trouble.code === "unsupported") this.#lost(line, false)
      else this.#receive(data)
    }
    worker.onmessageerror = () => this.#lost(line, true, "a message could not be read")
    worker.onerror = (event) => {
      event.preventDefault()
      this.#lost(line, ready, event.message)
    }
    return line
  }

  /** @returns {Line} */
  #pageLine() {
    const coming = this.surroundings.makeDesk((reply) => {
      if (!("ready" in reply)) this.#receive(reply)
    })
    const line = {
      send: (/** @type {Question} */ question) => void coming.then((desk) => desk.receive(question), () => {}),
      close: () => {},
    }
    coming.catch((error) => {
      this.inPage = false // a page keeps a script that failed to load, a new worker does not
      this.#giveUp(line, error instanceof SyntaxError ? "unsupported" : "offline", error)
    })
    return line
  }

  /**
   * A worker is gone. One that never ran, or could not, is replaced by the page itself, which takes over what waits.
   * @param {Line} line
   * @param {boolean} ran
   * @param {string} [message]
   */
  #lost(line, ran, message = "") {
    if (this.line !== line) return
    if (ran) return this.#giveUp(line, /memory/i.test(message) ? "memory" : "broken", message)
    line.close()
    this.inPage = true
    this.line = this.#pageLine()
    for (const { question } of this.waiting.values()) this.line.send(question)
  }

  /**
   * @param {Line} line
   * @param {import("../types.js").Trouble["code"]} code
   * @param {unknown} cause
   */
  #giveUp(line, code, cause) {
    line.close()
    if (this.line === line) this.line = null
    for (const id of [...this.waiting.keys()]) this.#settle(id)?.reject(new SearchError(code, cause))
  }

  /** @param {Exclude<Reply, { ready: true }>} reply */
  #receive(reply) {
    const waiting = this.waiting.get(reply.id)
    if (!waiting) return
    if ("meanwhile" in reply) {
      clearTimeout(waiting.timer)
      waiting.timer = this.#watch(reply.id)
      waiting.meanwhile(reply.meanwhile)
    } else if ("value" in reply) this.#settle(reply.id)?.resolve(reply.value)
    else if ("trouble" in reply) this.#settle(reply.id)?.reject(new SearchError(reply.trouble, reply.cause))
    else this.#settle(reply.id)?.reject(abortError())
  }
}
