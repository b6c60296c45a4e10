/** Numbers, dates and lists as sentences have them. */

/** @type {Record<string, string>} */
const PLURALS = { authority: "authorities" }

/** Joins words as a sentence does: a, b and c. @param {string[]} words */
export const list = (words) => new Intl.ListFormat("en-GB").format(words)

/** The same where one of them is enough: a, b or c. @param {string[]} words */
export const either = (words) => new Intl.ListFormat("en-GB", { type: "disjunction" }).format(words)

/** A number as it is read: 1,204. @param {number} number */
export const figure = (number) => number.toLocaleString("en-GB")

/** A number with its noun: 1 passage, 1,204 passages. @param {number} number @param {string} noun */
export function counted(number, noun) {
  return `${figure(number)} ${number === 1 ? noun : (PLURALS[noun] ?? `${noun}s`)}`
}

/** @param {string} iso @param {Intl.DateTimeFormatOptions} parts */
function inWords(iso, parts) {
  const [year, month, day = 1] = iso.split("-").map(Number)
  return new Intl.DateTimeFormat("en-GB", { ...parts, timeZone: "UTC" }).format(Date.UTC(year, month - 1, day))
}

/** The month of an ISO day or month: November 2024. @param {string} iso */
export const month = (iso) => inWords(iso, { month: "long", year: "numeric" })

/** An ISO day in words: 8 November 2024; of an ISO month, the month. @param {string} iso */
export const longDate = (iso) =>
  iso.length === 7 ? month(iso) : inWords(iso, { day: "numeric", month: "long", year: "numeric" })

/** Lower case without accents and signs, so that "st helens" finds "St. Helens". @param {string} text */
export function folded(text) {
  return text
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^a-z0-9\s-]/g, "")
    .replace(/[\s-]+/g, " ")
    .trim()
}
