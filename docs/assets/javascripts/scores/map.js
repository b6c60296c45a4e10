/** The map of all scores: what it shows is chosen in place, where without scripts a link leads to a page that shows it. */
import { make, unseen } from "../make.js"
import { counted } from "../wording.js"

/**
 * How a council is shown: `data-shows` has a digit for each score, and one for how many sections are here.
 *
 * @param {string} shows   empty where no report is here
 * @param {number} at      which digit
 * @param {string[]} labels   of the scores, the first for 0; empty for the number of sections
 */
export function shown(shows, at, labels) {
  const digit = shows[at] ?? ""
  if (!digit) return { said: "no report here yet", sign: "", kind: "" }
  if (!labels.length) return { said: `${counted(Number(digit), "section")} here`, sign: digit, kind: digit === "0" ? "" : "some" }
  return { said: `score ${digit}, ${labels[Number(digit)]}`, sign: digit, kind: `s${digit}` }
}

export function map() {
  const england = document.querySelector(".england")
  const ways = document.querySelector(".england-ways")
  const label = england?.querySelector("svg")
  if (!england || !ways || !label) return
  const labels = ["", ...(ways.getAttribute("data-labels") ?? "").split("|")]
  const keys = /** @type {NodeListOf<HTMLElement>} */ (england.querySelectorAll(".hexagon-key"))
  const links = [...england.querySelectorAll("svg a")]
  const first = links.map((link) => ({
    name: (link.querySelector("title")?.textContent ?? "").split(": ")[0],
    said: (link.querySelector("title")?.textContent ?? "").split(": ")[1],
    sign: link.querySelector("text")?.textContent ?? "",
    kind: link.getAttribute("class") ?? "",
  }))
  const status = make("p", { className: "visually-hidden", role: "status" })
  ways.after(status)

  const buttons = [...ways.querySelectorAll("a")].map((way) => {
    const at = way.getAttribute("data-at") ?? ""
    const button = make("button", { type: "button", "aria-pressed": String(at === "") }, way.textContent)
    way.replaceWith(button)
    button.addEventListener("click", () => {
      for (const each of buttons) each.setAttribute("aria-pressed", String(each === button))
      links.forEach((link, place) => {
        const { name, ...rating } = first[place]
        const shows = link.getAttribute("data-shows") ?? ""
        const { said, sign, kind } = at ? shown(shows, Number(at), at === "9" ? [] : labels) : rating
        link.setAttribute("class", kind)
        link.querySelector("title")?.replaceChildren(`${name}: ${said}`)
        link.querySelector("text")?.replaceChildren(sign)
      })
      const of = at === "" ? "rating" : at === "9" ? "sections" : "score"
      for (const key of keys) key.hidden = key.dataset.of !== of
      label.setAttribute("aria-label", `Map of England: each council by ${button.textContent}`)
      status.textContent = `The map shows ${button.textContent}.`
    })
    return button
  })
  ways.prepend(unseen("Show by "))
}
