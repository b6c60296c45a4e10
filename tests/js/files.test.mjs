/** Fetching: what goes wrong on the way, and what is done about it. */
import assert from "node:assert/strict"
import { test } from "node:test"
import { crc32, gzipSync } from "node:zlib"
import { contents, crc32 as ours, MOST_BYTES, readUpTo } from "../../docs/assets/javascripts/search/engine/contents.js"
import { Files } from "../../docs/assets/javascripts/search/engine/files.js"

const FOLDER = "https://example.org/assets/search/"
const CONTENT = new TextEncoder().encode("the content of a file")
const NAME = "texts-00000000/3.bin"

/** What a byte does to a CRC-32. */
const STEPS = Array.from({ length: 256 }, (_, byte) => (crc32(Uint8Array.of(byte ^ 0xff)) ^ 0xff000000) >>> 0)

/** Content with the seal that the build gives it: four bytes after which the sum of all is that of the name. @param {string} name @param {Uint8Array} [content] */
function sealed(name, content = CONTENT) {
  let rest = ~crc32(name) >>> 0
  for (let step = 0; step < 4; step += 1) {
    const byte = STEPS.findIndex((each) => each >>> 24 === rest >>> 24)
    rest = (((rest ^ STEPS[byte]) << 8) | byte) >>> 0
  }
  const seal = Buffer.alloc(4)
  seal.writeUInt32LE((rest ^ ~crc32(content)) >>> 0)
  const all = Buffer.concat([content, seal])
  assert.equal(crc32(all), crc32(name))
  return all
}

const PLAIN = sealed(NAME)
const PACKED = gzipSync(PLAIN)
const NEIGHBOUR = gzipSync(sealed("texts-00000000/4.bin"))
const MANIFEST = '{"format": 6, "size": 3}'

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

test("a file is unpacked, and handed over without its seal", async () => {
  const { files, asked } = served([PACKED])
  assert.deepEqual(await files.get(NAME), CONTENT)
  assert.deepEqual(asked, [[NAME, "default"]])
})

test("a file that the server has unpacked already is taken as it is", async () => {
  assert.deepEqual(await served([PLAIN]).files.get(NAME), CONTENT)
  assert.equal((await contents("a", sealed("a", new Uint8Array()))).length, 0)
})

test("a seal is the sum that gzip has", () => {
  for (const text of ["", "a", "é and more", "x".repeat(70_000)]) {
    assert.equal(ours(Buffer.from(text)), crc32(text))
  }
})

/** What may come in place of a file, and what a reader is told of it. @type {[string, string | Uint8Array, string][]} */
const WRONG = [
  ["a neighbour's file", NEIGHBOUR, "foreign"],
  ["a neighbour's file that the server has unpacked", sealed("texts-00000000/4.bin"), "foreign"],
  ["the same number of another build", gzipSync(sealed("texts-00000001/3.bin")), "foreign"],
  ["a page", "<html>Please log in</html>", "foreign"],
  ["a packed page", gzipSync("<html>Please log in</html>"), "foreign"],
  ["nothing", "", "foreign"],
  ["nothing, packed", gzipSync(""), "foreign"],
  ["a byte", Uint8Array.of(0xff), "foreign"],
  ["a file without its end, unpacked", PLAIN.subarray(0, -1), "foreign"],
  ["two bytes of gzip", PACKED.subarray(0, 2), "corrupt"],
  ["a file without its middle", Buffer.concat([PACKED.subarray(0, 25), Buffer.alloc(20)]), "corrupt"],
  ["a file without its end", PACKED.subarray(0, -1), "corrupt"],
  ["a file with something behind it", Buffer.concat([PACKED, Buffer.from("more")]), "corrupt"],
  ["a file that bursts", gzipSync(Buffer.alloc(MOST_BYTES + 1)), "corrupt"],
  ["a file that is too large as it is", Buffer.alloc(MOST_BYTES + 1), "corrupt"],
]

test("what is not the file is fetched once more past the cache, and then told", async () => {
  for (const [what, wrong, code] of WRONG) {
    const { files, asked } = served([wrong, PACKED])
    assert.deepEqual(await files.get(NAME), CONTENT, what)
    assert.deepEqual(asked.map(([, cache]) => cache), ["default", "reload"])
    const stays = served([wrong])
    await assert.rejects(stays.files.get(NAME), troubled(code), what)
    assert.equal(stays.asked.length, 2)
  }
})

test("a file cut anywhere, or with any byte changed, is never taken for whole", async () => {
  for (const [whole, from] of /** @type {const} */ ([[PACKED, 10], [PLAIN, 0]])) {
    for (let at = from; at < whole.length; at += 1) {
      const changed = Buffer.from(whole)
      changed[at] ^= 1
      for (const wrong of [changed, whole.subarray(0, at)]) await assert.rejects(contents(NAME, wrong), { name: "SearchError" })
    }
  }
})

test("what never ends is left once it is too much", async () => {
  let given = 0
  let left = false
  const endless = new ReadableStream({
    pull: (to) => to.enqueue(new Uint8Array((given += 1000) && 1000)),
    cancel: () => void (left = true),
  })
  await assert.rejects(readUpTo(10_000, endless), troubled("corrupt"))
  assert.ok(left && given < 20_000)
  assert.deepEqual([...await readUpTo(3, new Blob(["abc"]).stream())], [...Buffer.from("abc")])
})

test("a file that bursts is unpacked little by little, not all and then measured", async () => {
  const bomb = gzipSync(Buffer.alloc(200_000_000))
  let packed = 0
  const bytes = Object.assign(new Uint8Array(bomb), {
    slice(/** @type {number} */ from, /** @type {number} */ to) {
      packed = Math.min(to, bomb.length)
      return Uint8Array.prototype.slice.call(bomb, from, to)
    },
  })
  await assert.rejects(contents(NAME, bytes), troubled("corrupt"))
  assert.ok(packed > 0 && packed < bomb.length, `${packed} of ${bomb.length} bytes were unpacked`)
})

test("a manifest that is none, or another's, is fetched once more past the cache, and then told", async () => {
  for (
    const [wrong, code] of [
      ["<html>Please log in</html>", "foreign"],
      ["", "foreign"],
      [Uint8Array.of(0xff), "foreign"],
      ["null", "foreign"],
      ['{"name": "an app"}', "foreign"],
      [MANIFEST.slice(0, -1), "corrupt"],
      ['{"format": 1, "size": 3}', "renewed"],
    ]
  ) {
    const { files, asked } = served([wrong, MANIFEST])
    assert.deepEqual(await files.manifest(), JSON.parse(MANIFEST))
    assert.deepEqual(asked.map(([, cache]) => cache), ["no-cache", "reload"])
    await assert.rejects(served([wrong]).files.manifest(), troubled(String(code)), String(wrong))
  }
})

test("that a file is not there is believed when it is said past the cache, too", async () => {
  const { files, asked } = served([404])
  await assert.rejects(files.get(NAME), troubled("missing"))
  assert.deepEqual(asked.map(([, cache]) => cache), ["default", "reload"])
  assert.deepEqual(await served([404, PACKED]).files.get(NAME), CONTENT)
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

test("an answer that trickles for ever is given up after a second try", async () => {
  let tries = 0
  const { files } = served([], {
    fetch: async (/** @type {any} */ _address, /** @type {{ signal: AbortSignal }} */ { signal }) => {
      tries += 1
      /** @type {ReturnType<typeof setInterval>} */
      let timer
      return new Response(
        new ReadableStream({
          start(to) {
            timer = setInterval(() => to.enqueue(PACKED.subarray(0, 1)), 5)
            signal.addEventListener("abort", () => (clearInterval(timer), to.error(signal.reason)))
          },
        }),
      )
    },
  })
  await assert.rejects(files.get(NAME), troubled("slow"))
  assert.equal(tries, 2)
})

test("a browser that cannot unpack is told to be too old", async () => {
  const kept = globalThis.DecompressionStream
  try {
    Reflect.deleteProperty(globalThis, "DecompressionStream")
    await assert.rejects(served([PACKED]).files.get(NAME), troubled("unsupported"))
    assert.deepEqual(await served([PLAIN]).files.get(NAME), CONTENT)
    await assert.rejects(served(["<html>"]).files.get(NAME), troubled("foreign"))
  } finally {
    globalThis.DecompressionStream = kept
  }
})

test("memory that cannot be had is said to be", async () => {
  await assert.rejects(served([new RangeError("Array buffer allocation failed")]).files.get(NAME), troubled("memory"))
})

test("a manifest that was handed over is used once, and asked for where it does not come or is wrong", async () => {
  const { files, asked } = served([MANIFEST], { handed: true })
  setTimeout(() => files.take("manifest.json", new TextEncoder().encode('{"format": 6, "size": 2}').buffer))
  assert.deepEqual(await files.manifest(), { format: 6, size: 2 })
  assert.deepEqual(await files.manifest(), { format: 6, size: 3 })
  assert.equal(asked.length, 1)
  const late = served([MANIFEST], { handed: true })
  assert.deepEqual(await late.files.manifest(), { format: 6, size: 3 })
  for (const wrong of [null, new TextEncoder().encode("<html>").buffer]) {
    const none = served([MANIFEST], { handed: true })
    none.files.take("manifest.json", wrong)
    assert.deepEqual(await none.files.manifest(), { format: 6, size: 3 })
    assert.deepEqual(none.asked, [["manifest.json", wrong ? "reload" : "no-cache"]])
  }
})

test("a file that is handed over after another is not asked for, unless it does not come or is wrong", async () => {
  const { files, asked } = served([PACKED], { handed: true })
  files.take("manifest.json", new TextEncoder().encode(MANIFEST).buffer, NAME)
  setTimeout(() => files.take(NAME, Uint8Array.from(PACKED).buffer))
  assert.deepEqual(await files.get(NAME), CONTENT)
  assert.deepEqual(asked, [])
  assert.deepEqual(await files.get(NAME), CONTENT)
  assert.deepEqual(asked, [[NAME, "default"]])
  for (const wrong of [null, Uint8Array.from(NEIGHBOUR).buffer]) {
    const none = served([PACKED], { handed: true })
    none.files.take("manifest.json", null, NAME)
    none.files.take(NAME, wrong)
    assert.deepEqual(await none.files.get(NAME), CONTENT)
    assert.deepEqual(none.asked, [[NAME, wrong ? "reload" : "default"]])
  }
})

test("the manifest is asked for anew, and past every cache where it must be", async () => {
  const { files, asked } = served([MANIFEST])
  assert.deepEqual(await files.manifest(), { format: 6, size: 3 })
  await files.manifest({ fresh: true })
  assert.deepEqual(asked, [["manifest.json", "no-cache"], ["manifest.json", "reload"]])
})
