/** Fetching: what goes wrong on the way, and what is done about it. */
import assert from "node:assert/strict"
import { createHash } from "node:crypto"
import { test } from "node:test"
import { gzipSync } from "node:zlib"
import { Files } from "../../docs/assets/javascripts/search/engine/files.js"

const FOLDER = "https://example.org/assets/search/"
const CONTENT = new TextEncoder().encode("the content of a file")

/** The name that the build gives to content. @param {Uint8Array} content */
function nameOf(content) {
  const length = Buffer.alloc(8)
  length.writeBigUInt64BE(BigInt(content.length))
  return `catalogue-${createHash("sha256").update(length).update(content).digest("hex").slice(0, 8)}.bin`
}

const NAME = nameOf(CONTENT)
const PACKED = gzipSync(CONTENT)

/** Files from a server that answers with one thing after another; asked is what it was asked. @param {any[]} answers @param {object} [more] */
function served(answers, more = {}) {
  /** @type {[string, string | undefined][]} */
  const asked = []
  const files = new Files(FOLDER, {
    online: true,
    patience: 50,
    fetch: async (address, { cache, signal } = {}) => {
      asked.push([String(address).replace(FOLDER, ""), cache])
      const answer = answers[Math.min(asked.length, answers.length) - 1]
      if (answer instanceof Error) throw answer
      if (answer === "never") {
        return new Promise((_, reject) => signal?.addEventListener("abort", () => reject(signal.reason)))
      }
      return typeof answer === "number" ? new Response("", { status: answer }) : new Response(answer)
    },
    ...more,
  })
  return { files, asked }
}

const troubled = (/** @type {string} */ code) => (/** @type {any} */ error) =>
  error.name === "SearchError" && error.trouble.code === code && error.trouble.message.length > 20

test("a file is unpacked and checked against its name", async () => {
  const { files, asked } = served([PACKED])
  assert.deepEqual(await files.get(NAME), CONTENT)
  assert.deepEqual(asked, [[NAME, "default"]])
})

test("a file that the server has unpacked already is taken as it is", async () => {
  assert.deepEqual(await served([CONTENT]).files.get(NAME), CONTENT)
})

test("a damaged copy is fetched once more past the cache", async () => {
  for (
    const damaged of [
      PACKED.subarray(0, 20),
      gzipSync("something else"),
      "<html>",
      Buffer.concat([PACKED.subarray(0, 25), Buffer.alloc(20)]),
    ]
  ) {
    const { files, asked } = served([damaged, PACKED])
    assert.deepEqual(await files.get(NAME), CONTENT)
    assert.deepEqual(asked.map(([, cache]) => cache), ["default", "reload"])
  }
})

test("a file that stays damaged is said to be", async () => {
  await assert.rejects(served([gzipSync("something else")]).files.get(NAME), troubled("corrupt"))
  await assert.rejects(served(["{"]).files.manifest(), troubled("corrupt"))
})

test("a file in a folder is checked by gzip's own sum", async () => {
  const broken = Buffer.from(PACKED)
  broken[15] ^= 255
  assert.deepEqual(await served([PACKED]).files.get("texts-00000000/3.bin"), CONTENT)
  await assert.rejects(served([broken]).files.get("texts-00000000/3.bin"), troubled("corrupt"))
})

test("a file that is not there is asked for once", async () => {
  const { files, asked } = served([404])
  await assert.rejects(files.get(NAME), troubled("missing"))
  assert.equal(asked.length, 1)
})

test("a lost connection and a busy server are tried once more", async () => {
  for (const fault of [new TypeError("failed to fetch"), 503]) {
    assert.deepEqual(await served([fault, PACKED]).files.get(NAME), CONTENT)
    const { files, asked } = served([fault])
    await assert.rejects(files.get(NAME), troubled("offline"))
    assert.equal(asked.length, 2)
  }
})

test("offline, nothing is tried twice", async () => {
  const { files, asked } = served([new TypeError("failed to fetch")], { online: false })
  await assert.rejects(files.get(NAME), troubled("offline"))
  assert.equal(asked.length, 1)
})

test("a server that never answers is given up after a second try", async () => {
  const { files, asked } = served(["never"])
  await assert.rejects(files.get(NAME), troubled("slow"))
  assert.equal(asked.length, 2)
  assert.deepEqual(await served(["never", PACKED]).files.get(NAME), CONTENT)
})

test("a browser that cannot unpack is told to be too old", async () => {
  const kept = globalThis.DecompressionStream
  try {
    Reflect.deleteProperty(globalThis, "DecompressionStream")
    await assert.rejects(served([PACKED]).files.get(NAME), troubled("unsupported"))
    assert.deepEqual(await served([CONTENT]).files.get(NAME), CONTENT)
  } finally {
    globalThis.DecompressionStream = kept
  }
})

test("memory that cannot be had is said to be", async () => {
  await assert.rejects(served([new RangeError("Array buffer allocation failed")]).files.get(NAME), troubled("memory"))
})

test("a manifest that was handed over is used once, and asked for where it does not come", async () => {
  const { files, asked } = served(['{"size": 3}'], { handed: true })
  setTimeout(() => files.take(new TextEncoder().encode('{"size": 2}').buffer))
  assert.deepEqual(await files.manifest(), { size: 2 })
  assert.deepEqual(await files.manifest(), { size: 3 })
  assert.equal(asked.length, 1)
  const late = served(['{"size": 3}'], { handed: true })
  assert.deepEqual(await late.files.manifest(), { size: 3 })
  const none = served(['{"size": 3}'], { handed: true })
  none.files.take(null)
  assert.deepEqual(await none.files.manifest(), { size: 3 })
})

test("the manifest is asked for anew, and past every cache where it must be", async () => {
  const { files, asked } = served(['{"size": 3}'])
  assert.deepEqual(await files.manifest(), { size: 3 })
  await files.manifest({ fresh: true })
  assert.deepEqual(asked, [["manifest.json", "no-cache"], ["manifest.json", "reload"]])
})
