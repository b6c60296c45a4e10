/**
 * A passage's exact words with a full reference, for a report or an email.
 *
 * @import { Hit } from "../types.js"
 */
import { whole } from "./address.js"
import { CREDIT, reference } from "../reference.js"

/** @param {Hit} hit */
export function citation(hit) {
  const words = hit.list ? hit.text.split("\n").map((item) => `- ${item}`).join("\n") : `“${hit.text}”`
  const lines = [
    ...reference(hit),
    `Passage: ${whole(hit.address)}`,
    hit.source ? `CQC’s page: ${hit.source}` : "CQC’s page: address not recorded in the collection.",
    CREDIT,
  ]
  return `${words}\n\n${lines.join("\n")}\n`
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
