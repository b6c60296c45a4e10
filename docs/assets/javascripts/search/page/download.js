/**
 * Saves all results, not only those in sight, as a file.
 *
 * @import { Request } from "../types.js"
 */
import { counted, figure } from "../../wording.js"
import { isAbort } from "../trouble.js"
import { openSearch } from "./open.js"
import { troubleOf } from "./summary-view.js"

/** How long a browser gets to take the file over, in milliseconds. */
const KEPT = 60_000

/**
 * @param {Request} asked
 * @param {HTMLElement} button     does nothing while a file is made
 * @param {HTMLElement} progress   what says how far it is
 * @param {(words: string) => void} say
 */
export async function download(asked, button, progress, say) {
  if (button.getAttribute("aria-disabled")) return
  button.setAttribute("aria-disabled", "true")
  progress.textContent = "Preparing the file…"
  try {
    const onward = (/** @type {number} */ done, /** @type {number} */ of) => {
      progress.textContent = `${figure(done)} of ${counted(of, "paragraph")}`
    }
    const csv = await (await openSearch()).csv(asked, onward)
    const name = asked.query.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "").slice(0, 40)
    const link = document.createElement("a")
    link.href = URL.createObjectURL(new Blob([csv], { type: "text/csv;charset=utf-8" }))
    link.download = `care-evidence${name && `-${name}`}.csv`
    link.click()
    setTimeout(() => URL.revokeObjectURL(link.href), KEPT)
    progress.textContent = "Saved"
    say("The file is saved.")
  } catch (error) {
    progress.textContent = isAbort(error) ? "" : `Not saved. ${troubleOf(error).message}`
    say(progress.textContent)
  } finally {
    button.removeAttribute("aria-disabled")
  }
}
