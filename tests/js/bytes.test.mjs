/** Bytes that are no index, such as a page that a host sends in place of a file, are refused at once. */
import assert from "node:assert/strict"
import { test } from "node:test"
import { Reader } from "../../docs/assets/javascripts/search/engine/bytes.js"

const words = (/** @type {number[]} */ ...numbers) => new Reader(Uint8Array.from(numbers))

test("words are read that share their beginnings, also the middle of a letter, and an empty one", () => {
  const bytes = [...Buffer.from("é"), ...Buffer.from("ê")]
  assert.deepEqual(words(0, 1, 97, 1, 1, 98, 0, 0, 0, 2, ...bytes.slice(0, 2), 1, 1, bytes[3]).words(5), ["a", "ab", "", "é", "ê"])
  assert.deepEqual(words().words(0), [])
})

test("a word that shares more than there was, or that goes on after the end, is none", () => {
  const huge = [0xff, 0xff, 0xff, 0xff, 0xff, 0x1f] // some 10 to the 12
  for (const wrong of [[1, 0], [0, 1, 97, 2, 0], [0, 5, 97], [0, ...huge], [0, 1, 97, ...huge, 1]]) {
    assert.throws(() => words(...wrong).words(2), RangeError, String(wrong))
  }
  assert.throws(() => new Reader(Buffer.from("‹a’s> and so on, as a page might be")).words(1e9), RangeError)
})
