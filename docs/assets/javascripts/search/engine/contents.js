/**
 * What a file of the search holds: unpacked, never beyond a limit, and only where its seal says that it is the file that
 * was asked for. How files are packed and sealed is told in `build_scripts/search/packing.py`.
 */
import { SearchError } from "../trouble.js"

/** Bytes that a file has at most, packed or not: `MOST_BYTES` in `packing.py`. */
export const MOST_BYTES = 2 ** 24

/** Bytes unpacked at once. Deflate makes a thousand of one at most, so that a file made to burst takes 8 MB. */
const SLICE = 8192

const SEAL = 4

/** Bytes from the end of a packed file at which it has the sum of what is in it. */
const FOOT = 8

/**
 * The content of a file as it came, packed, or unpacked by the server. What is packed was added up by who unpacked it, so
 * that a first search need not do it before the browser has made it fast.
 * @param {string} name     as it is sealed: below the search's folder
 * @param {Uint8Array} bytes
 */
export async function contents(name, bytes) {
  const packed = bytes[0] === 0x1f && bytes[1] === 0x8b
  const found = packed ? await unpack(bytes) : bytes
  const sum = packed ? new DataView(bytes.buffer, bytes.byteOffset + bytes.length - FOOT).getUint32(0, true) : crc32(found)
  if (found.length < SEAL || sum !== crc32(new TextEncoder().encode(name))) throw new SearchError("foreign", `${name} is something else`)
  return found.subarray(0, -SEAL)
}

/** @param {Uint8Array} bytes */
async function unpack(bytes) {
  if (typeof DecompressionStream !== "function") throw new SearchError("unsupported", "no DecompressionStream")
  let at = 0
  /** @type {ReadableStream<Uint8Array<ArrayBuffer>>} */
  const packed = new ReadableStream({
    pull(controller) {
      if (at < bytes.length) controller.enqueue(bytes.slice(at, (at += SLICE)))
      else controller.close()
    },
  })
  try {
    return await readUpTo(MOST_BYTES, packed.pipeThrough(new DecompressionStream("gzip")))
  } catch (error) {
    throw error instanceof SearchError ? error : new SearchError("corrupt", error)
  }
}

/**
 * All that a stream gives. One that gives too much is left, and what it gave forgotten.
 * @param {number} most     bytes
 * @param {ReadableStream<Uint8Array>} stream
 */
export async function readUpTo(most, stream) {
  const reader = stream.getReader()
  /** @type {Uint8Array[]} */
  const parts = []
  let length = 0
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    length += next.value.length
    if (length > most) {
      reader.cancel().catch(() => {})
      throw new SearchError("corrupt", `more than ${most} bytes`)
    }
    parts.push(next.value)
  }
  const all = new Uint8Array(length)
  for (let part = 0, at = 0; part < parts.length; at += parts[part++].length) all.set(parts[part], at)
  return all
}

const CRC_STEPS = Int32Array.from({ length: 256 }, (_, byte) => {
  for (let bit = 0; bit < 8; bit += 1) byte = byte & 1 ? (byte >>> 1) ^ 0xedb88320 : byte >>> 1
  return byte
})

/** The CRC-32 of RFC 1952. @param {Uint8Array} bytes */
export const crc32 = (bytes) => ~bytes.reduce((rest, byte) => CRC_STEPS[(rest ^ byte) & 255] ^ (rest >>> 8), -1) >>> 0
