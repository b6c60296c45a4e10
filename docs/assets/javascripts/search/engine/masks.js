/**
 * Masks: 1 for each passage in which something holds.
 *
 * Loops go from one such passage to the next by `indexOf`, which the browser does in its own code. Few passages have what is
 * looked for, and a first search runs before any loop of ours is compiled: to look at every passage took it half of its time.
 */

/**
 * Where all of them hold.
 * @param {Uint8Array[]} masks
 * @param {number} size
 */
export function intersection(masks, size) {
  const [first, ...others] = masks
  const all = first?.slice() ?? new Uint8Array(size).fill(1)
  for (const mask of others) keep(all, mask)
  return all
}

/**
 * Takes out of a mask where another one does not hold.
 * @param {Uint8Array} mask    changed
 * @param {Uint8Array} other
 */
export function keep(mask, other) {
  for (let doc = mask.indexOf(1); doc >= 0; doc = mask.indexOf(1, doc + 1)) mask[doc] = other[doc]
}

/**
 * Where any of them holds.
 * @param {Uint8Array[]} masks
 * @param {number} size
 */
export function union(masks, size) {
  if (masks.length === 1) return masks[0]
  const any = masks[0]?.slice() ?? new Uint8Array(size)
  for (const mask of masks.slice(1)) for (let doc = mask.indexOf(1); doc >= 0; doc = mask.indexOf(1, doc + 1)) any[doc] = 1
  return any
}

/**
 * In how many passages it holds.
 * @param {Uint8Array} mask
 */
export function count(mask) {
  let sum = 0
  for (let doc = mask.indexOf(1); doc >= 0; doc = mask.indexOf(1, doc + 1)) sum += 1
  return sum
}
