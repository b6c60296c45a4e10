/** The words that cite a paragraph in full, the same wherever it is cited: beside it, in the search and in its CSV. */
import { longDate } from "./wording.js"

/** What the licence of CQC’s texts asks for beside them. */
export const CREDIT =
  "© Care Quality Commission. Contains public sector information licensed under the Open Government Licence v3.0."

/**
 * What a reference is made of. A result of the search has all of it.
 *
 * @typedef {object} Cited
 * @property {{ fullName: string }} authority   the council, by its official name
 * @property {string} published             ISO day or month
 * @property {{ name: string }} statement
 * @property {string | number} score
 * @property {string | number} number       place among the paragraphs of its section, from 1
 * @property {string | number} of           how many these are
 */

/** Council, report, quality statement, score and which paragraph it is, in words. @param {Cited} cited */
export function reference({ authority, published, statement, score, number, of }) {
  return [
    `${authority.fullName}, CQC local authority assessment, ${longDate(published)}`,
    `quality statement ‘${statement.name}’, score ${score}, paragraph ${number} of ${of}`,
  ].join(", ")
}

/**
 * The exact words with their reference, for a report or an email.
 *
 * @param {Cited & { text: string, list: boolean, source?: string }} paragraph
 *   the lines of a list’s text are its items; `source` is CQC’s own page, where the page that cites knows it
 * @param {string} address   whole permanent link
 */
export function citation(paragraph, address) {
  const { text, list, source } = paragraph
  const words = list ? text.split("\n").map((item) => `- ${item}`).join("\n") : `“${text}”`
  const lines = [`${reference(paragraph)}.`, address, source && `CQC’s page: ${source}`, CREDIT]
  return `${words}\n\n${lines.filter(Boolean).join("\n")}\n`
}
