/** The words that cite a passage in full, the same wherever it is cited. */
import { longDate } from "../wording.js"

/** What the licence of CQC’s texts asks for beside them. */
export const CREDIT =
  "© Care Quality Commission. Contains public sector information licensed under the Open Government Licence v3.0."

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
