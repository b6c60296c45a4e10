/** The page's side: one worker, the newest request, and what happens when the worker does not live. */
import assert from "node:assert/strict"
import { test } from "node:test"
import { Client } from "../../docs/assets/javascripts/search/page/client.js"
import { Desk } from "../../docs/assets/javascripts/search/engine/desk.js"
import { SearchError } from "../../docs/assets/javascripts/search/trouble.js"
import { request } from "./given.mjs"

/** A worker that a test plays. */
class Played {
  /** @type {any[]} */
  heard = []
  closed = false
  /** What the client sets. @type {(event: any) => void} */
  onmessage = () => {}
  /** @type {(event: any) => void} */
  onerror = () => {}
  /** @param {any} message */
  postMessage(message) {
    this.heard.push(message)
  }
  terminate() {
    this.closed = true
  }
  /** @param {any} data */
  says(data) {
    this.onmessage({ data })
  }
  dies(message = "") {
    this.onerror({ message, preventDefault() {} })
  }
}

/** An engine that a test plays. @returns {any} */
const engine = (more = {}) => ({ open: async () => {}, search: async (/** @type {any} */ asked) => ({ asked }), ...more })

/** A client with played workers, and an engine for the page. */
function played(more = {}, own = engine()) {
  /** @type {Played[]} */
  const workers = []
  const client = new Client({
    makeWorker: () => /** @type {any} */ (workers[workers.push(new Played()) - 1]),
    makeDesk: async (send) => new Desk(own, send),
    fetchFirst: (/** @type {(file: any) => void} */ hand) => void setTimeout(() => hand({ file: "manifest.json", bytes: new ArrayBuffer(2) })),
    patience: 200,
    start: 100,
    ...more,
  })
  return { client, workers }
}

const troubled = (/** @type {string} */ code) => (/** @type {unknown} */ error) => error instanceof SearchError && error.trouble.code === code
const aborted = (/** @type {any} */ error) => error.name === "AbortError"

test("an answer reaches the request that it is for", async () => {
  const { client, workers } = played()
  const [search, near] = [client.search(request({ query: "a" })), client.neighbours({ doc: 7, id: "p-7" })]
  const [{ heard }] = workers
  assert.deepEqual(heard.map(({ kind, value }) => [kind, value]), [["search", request({ query: "a" })], ["neighbours", { doc: 7, id: "p-7" }]])
  workers[0].says({ ready: true })
  workers[0].says({ id: heard[1].id, value: "near" })
  workers[0].says({ id: heard[0].id, value: "found" })
  workers[0].says({ id: 99, value: "nobody's" })
  assert.deepEqual(await Promise.all([search, near]), ["found", "near"])
  assert.equal(workers.length, 1)
})

test("what comes first is handed to the worker", async () => {
  const given = [{ file: "manifest.json", bytes: "bytes", next: "catalogue" }, { file: "catalogue", bytes: null }]
  const { client, workers } = played({ fetchFirst: (/** @type {(file: any) => void} */ hand) => given.forEach((file) => hand(file)) })
  client.open()
  assert.deepEqual(workers[0].heard.filter((each) => "file" in each), given)
  workers[0].says({ id: workers[0].heard.find(({ kind }) => kind).id, value: null })
})

test("a newer request of the same kind takes the older one's place", async () => {
  const { client, workers } = played()
  const older = client.search(request({ query: "a" }))
  const other = client.suggest("a")
  const newer = client.search(request({ query: "ab" }))
  await assert.rejects(older, aborted)
  const [first, second, abort, third] = workers[0].heard
  assert.deepEqual(abort, { abort: first.id })
  workers[0].says({ id: first.id, value: "too late" })
  workers[0].says({ id: second.id, value: "names" })
  workers[0].says({ id: third.id, value: "newest" })
  assert.deepEqual(await Promise.all([other, newer]), ["names", "newest"])
})

test("names come before the passages of a suggestion, and progress before a file", async () => {
  const { client, workers } = played()
  /** @type {unknown[]} */
  const seen = []
  const suggested = client.suggest("a", (names) => seen.push(names))
  const file = client.csv(request(), (done, of) => seen.push([done, of]))
  const [one, two] = workers[0].heard
  workers[0].says({ id: one.id, meanwhile: ["Boats"] })
  workers[0].says({ id: two.id, meanwhile: [10, 30] })
  workers[0].says({ id: one.id, value: 1 })
  workers[0].says({ id: two.id, value: 2 })
  await Promise.all([suggested, file])
  assert.deepEqual(seen, [["Boats"], [10, 30]])
})

test("trouble in the worker arrives as what it is", async () => {
  const { client, workers } = played()
  const search = client.search(request())
  const trouble = { code: "missing", message: "A file is not there.", retry: true }
  workers[0].says({ id: workers[0].heard[0].id, trouble, cause: "404" })
  await assert.rejects(
    search,
    (error) => error instanceof SearchError && error.trouble === trouble && error.message === trouble.message,
  )
})

test("a worker that dies is told of, and the next request gets another", async () => {
  for (const [message, code] of [["Uncaught Error", "broken"], ["Uncaught RangeError: out of memory", "memory"]]) {
    const { client, workers } = played()
    const search = client.search(request())
    workers[0].says({ ready: true })
    workers[0].dies(message)
    await assert.rejects(search, troubled(code))
    assert.ok(workers[0].closed)
    const again = client.search(request())
    workers[1].says({ id: workers[1].heard[0].id, value: "found" })
    assert.equal(await again, "found")
  }
})

test("where workers do not start, the page answers, what waits included", async () => {
  const { client, workers } = played()
  const waiting = client.search(request({ query: "a" }))
  workers[0].dies("SyntaxError: Cannot use import statement outside a module")
  assert.deepEqual(await waiting, { asked: request({ query: "a" }) })
  assert.deepEqual(await client.search(request({ query: "b" })), { asked: request({ query: "b" }) })
  assert.equal(workers.length, 1)
})

test("where there are no workers at all, the page answers", async () => {
  const { client } = played({
    makeWorker: () => {
      throw new ReferenceError("Worker is not defined")
    },
  })
  assert.deepEqual(await client.search(request({ query: "a" })), { asked: request({ query: "a" }) })
})

test("a browser that cannot read the script is told to be too old; a script that did not come is tried again", async () => {
  /** @type {[Error, string][]} */
  const faults = [[new SyntaxError("Unexpected token"), "unsupported"], [new TypeError("Failed to fetch"), "offline"]]
  for (const [fault, code] of faults) {
    const { client, workers } = played({
      makeDesk: async () => {
        throw fault
      },
    })
    const search = client.search(request())
    workers[0].dies()
    await assert.rejects(search, troubled(code))
    const again = client.search(request())
    workers[1].says({ id: workers[1].heard[0].id, value: "found" })
    assert.equal(await again, "found", "the next request tries a worker again")
  }
})

test("a worker that says nothing is given up after a time, and the next request gets another", async () => {
  const { client, workers } = played({ patience: 20 })
  const search = client.search(request())
  workers[0].says({ ready: true })
  await assert.rejects(search, troubled("slow"))
  assert.ok(workers[0].closed)
  const again = client.search(request())
  workers[1].says({ id: workers[1].heard[0].id, value: "found" })
  assert.equal(await again, "found")
})

test("where a worker's script never comes, the page answers", async () => {
  const { client, workers } = played({ start: 20 })
  assert.deepEqual(await client.search(request({ query: "a" })), { asked: request({ query: "a" }) })
  assert.ok(workers[0].closed)
})

test("where a worker cannot unpack files, the page tries, and says so where it cannot either", async () => {
  for (const able of [true, false]) {
    const own = able ? {} : { search: async () => Promise.reject(new SearchError("unsupported")) }
    const { client, workers } = played({}, engine(own))
    const search = client.search(request({ query: "a" }))
    workers[0].says({ ready: true })
    workers[0].says({ id: workers[0].heard[0].id, trouble: new SearchError("unsupported").trouble, cause: "" })
    assert.ok(workers[0].closed)
    if (able) assert.deepEqual(await search, { asked: request({ query: "a" }) })
    else await assert.rejects(search, troubled("unsupported"))
  }
})

test("the desk turns any fault into trouble, and an abort into one", async () => {
  const faults = {
    search: new Error("a fault"),
    suggest: new SearchError("offline"),
    neighbours: new RangeError("Invalid typed array length: 9"),
  }
  /** @type {any[]} */
  const replies = []
  const desk = new Desk(
    engine({
      ...Object.fromEntries(
        Object.entries(faults).map(([kind, error]) => [kind, async () => {
          throw error
        }]),
      ),
      csv: (/** @type {any} */ _request, /** @type {any} */ _progress, /** @type {AbortSignal} */ signal) =>
        new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason))),
    }),
    (reply) => replies.push(reply),
  )
  for (const [id, kind] of /** @type {const} */ (["search", "suggest", "neighbours"]).entries()) await desk.receive({ id, kind })
  const long = desk.receive({ id: 9, kind: "csv" })
  await desk.receive({ abort: 9 })
  await desk.receive({ abort: 77 })
  await long
  assert.deepEqual(replies.map(({ trouble }) => trouble?.code), ["broken", "offline", "memory", undefined])
  assert.deepEqual(replies[3], { id: 9, aborted: true })
  assert.equal(desk.open.size, 0)
})
