/** Masks: 1 for each passage in which something holds. */

/**
 * Where all of them hold.
 * @param {Uint8Array[]} masks
 * @param {number} size
 */
export function intersection(masks, size) {
  const [first, ...others] = masks
  const all = first?.slice() ?? new Uint8Array(size).fill(1)
  for (const mask of others) for (let doc = 0; doc < size; doc += 1) all[doc] &= mask[doc]
  return all
}

/**
 * Where any of them holds.
 * @param {Uint8Array[]} masks
 * @param {number} size
 */
export function union(masks, size) {
  if (masks.length === 1) return masks[0]
  const any = new Uint8Array(size)
  for (const mask of masks) for (let doc = 0; doc < size; doc += 1) any[doc] |= mask[doc]
  return any
}

/**
 * In how many passages it holds.
 * @param {Uint8Array} mask
 */
export function count(mask) {
  let sum = 0
  for (let doc = 0; doc < mask.length; doc += 1) sum += mask[doc]
  return sum
}
