/** A button that copies words with their reference, wherever a paragraph stands. */
import { make, unseen } from "./make.js"

const LABEL = "Copy with reference"
const SHOWN = 4000 // milliseconds

/** Puts text on the clipboard; false where the browser or its owner does not allow it. @param {string | Promise<string>} text */
async function copied(text) {
  try {
    if (typeof text === "string") await navigator.clipboard.writeText(text)
    else {
      // What is still to come is promised at once: Safari allows nothing later than the press.
      const words = text.then((it) => new Blob([it], { type: "text/plain" }))
      await navigator.clipboard.write([new ClipboardItem({ "text/plain": words })])
    }
    return true
  } catch {
    return false
  }
}

/**
 * Where copying is not allowed, the text is shown and selected.
 *
 * @param {string} name                   tells this button from others for those who hear the page
 * @param {() => string | Promise<string>} text   asked for when the button is pressed
 * @param {(words: string) => void} say   tells those who hear the page
 */
export function copyButton(name, text, say) {
  const label = make("span", {}, LABEL)
  const button = make("button", { type: "button", className: "copy" }, label, unseen(`: ${name}`))
  button.addEventListener("click", async () => {
    const words = text()
    if (await copied(words)) {
      label.textContent = "Copied"
      say("Copied, with its reference.")
      setTimeout(() => (label.textContent = LABEL), SHOWN)
      return
    }
    const title = "Paragraph and reference, to copy by hand"
    const field = make("textarea", { readOnly: true, value: await words, rows: 8, className: "citation", "aria-label": title })
    if (button.nextElementSibling?.matches("textarea")) button.nextElementSibling.remove()
    button.after(field)
    field.select()
    say("This browser did not allow copying. The text is selected: copy it by hand.")
  })
  return button
}
