/**
 * A passage's exact words with a full reference, for a report or an email.
 *
 * @import { Hit } from "./types.js"
 */
import { longDate } from "../wording.js"
import { whole } from "./address.js"

/** @param {Hit} hit */
export function citation(hit) {
  const { authority, statement, score, scoreLabel } = hit
  const words = hit.list ? hit.text.split("\n").map((item) => `- ${item}`).join("\n") : hit.text
  const place = hit.heading ? `under “${hit.heading}”, ` : ""
  const reference = [
    `Care Quality Commission, assessment of ${authority.name} (${hit.report}), published ${longDate(hit.published)}.`,
    `${statement.name}, score ${score}: ${scoreLabel}; ${place}passage ${hit.number} of ${hit.of}.`,
    `Passage: ${whole(hit.address)}`,
    hit.source ? `CQC’s page: ${hit.source}` : "CQC’s page: address not recorded in the collection.",
    "© Care Quality Commission.",
  ]
  return `${hit.list ? words : `“${words}”`}\n\n${reference.join("\n")}\n`
}

/** Puts text on the clipboard; false where the browser or its owner does not allow it. @param {string} text */
export async function copied(text) {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return false
  }
}
