/** The id that an address leads to; nothing where it is no text, such as `#%E0`. @param {string} hash  with its sign */
export function anchorOf(hash) {
  try {
    return decodeURIComponent(hash.slice(1))
  } catch {
    return ""
  }
}
