/** The words that cite a passage in full, the same wherever it is cited. */
import { longDate } from "../wording.js"

/**
 * Report and place of a passage, a sentence each.
 * @param {import("./types.js").Hit} hit
 */
export function reference({ authority, report, published, statement, score, scoreLabel, heading, number, of }) {
  const place = heading ? `under “${heading}”, ` : ""
  return [
    `Care Quality Commission, assessment of ${authority.name} (${report}), published ${longDate(published)}.`,
    `${statement.name}, score ${score}: ${scoreLabel}; ${place}passage ${number} of ${of}.`,
  ]
}
