/**
 * Takes requests, has the engine answer them, and sends the answers: in the worker, or in the page where there is none.
 */
import { asSearchError, isAbort, SearchError } from "../trouble.js"

/**
 * @typedef {import("../types.js").Call} Call
 * @typedef {import("../types.js").Question} Question
 * @typedef {import("../types.js").Reply} Reply
 */

export class Desk {
  /**
   * @param {import("./engine.js").Engine} engine
   * @param {(reply: Reply) => void} send
   */
  constructor(engine, send) {
    this.engine = engine
    this.send = send
    /** @type {Map<number, AbortController>} */
    this.open = new Map()
  }

  /** @param {Question} question */
  async receive(question) {
    if ("abort" in question) return this.open.get(question.abort)?.abort()
    if ("file" in question) return this.engine.files.take(question.file, question.bytes, question.next)
    const { id } = question
    const aborter = new AbortController()
    this.open.set(id, aborter)
    try {
      this.send({ id, value: await this.#answer(question, aborter.signal) })
    } catch (error) {
      const known = asSearchError(error)
      if (known instanceof SearchError) this.send({ id, trouble: known.trouble, cause: String(known.cause ?? "") })
      else if (isAbort(known)) this.send({ id, aborted: true })
    } finally {
      this.open.delete(id)
    }
  }

  /**
   * @param {Call} question
   * @param {AbortSignal} signal
   */
  async #answer({ id, kind, value }, signal) {
    const { engine } = this
    const meanwhile = (/** @type {any} */ what) => this.send({ id, meanwhile: what })
    if (kind === "search") return engine.search(value, signal)
    if (kind === "suggest") return engine.suggest(value, signal, meanwhile)
    if (kind === "neighbours") return engine.neighbours(value)
    if (kind === "csv") return engine.csv(value, (done, of) => meanwhile([done, of]), signal)
    await engine.open()
    return null
  }
}
