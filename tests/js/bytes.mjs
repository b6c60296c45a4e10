/** node bytes.mjs <folder>: reads bytes.bin and says whether it holds what expected.json has. */
import assert from "node:assert/strict"
import { readFile } from "node:fs/promises"
import { Reader } from "../../docs/assets/javascripts/search/engine/bytes.js"

const [folder] = process.argv.slice(2)
const { numbers, rising, words } = JSON.parse(await readFile(`${folder}/expected.json`, "utf8"))
const reader = new Reader(new Uint8Array(await readFile(`${folder}/bytes.bin`)))
assert.deepEqual(Array.from(numbers, () => reader.varint()), numbers)
assert.deepEqual([...reader.deltas(rising.length)], rising)
assert.deepEqual(reader.words(words.length), words)
assert.equal(reader.at, reader.bytes.length)
assert.throws(() => reader.varint(), RangeError)
console.log("as they went in")
