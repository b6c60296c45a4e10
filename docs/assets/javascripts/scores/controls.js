/**
 * The controls above the matrix: a name to type, values to choose, and a count of what is shown.
 *
 * @import { Choice, Facet, Matrix } from "./choice.js"
 */
import { make } from "../make.js"
import { APART, compare, facetsOf, wouldShow } from "./choice.js"

/** @type {Record<Facet, string>} */
const LABELS = { type: "Type", region: "Region", rating: "Rating" }
const PAUSE = 200

/**
 * @param {Matrix} matrix
 * @param {import("./table.js").Parts["labels"]} labels
 * @param {(chosen: Partial<Choice>, step?: boolean) => void} choose   `step`: whether it is one that Back undoes
 */
export function makeControls(matrix, labels, choose) {
  /** @type {HTMLElement[]} */
  const fields = []
  /** @template {HTMLElement} It @param {string} words @param {It} control */
  const field = (words, control) => {
    control.id = `choice-${fields.length + 1}`
    fields.push(make("div", {}, make("label", { htmlFor: control.id }, words), control))
    return control
  }
  const query = field("Council", make("input", { type: "search", autocomplete: "off", spellcheck: false }))
  const facets = facetsOf(matrix).map((key) => {
    const options = optionsOf(key, labels.get(key) ?? new Map())
    const all = make("option", { value: "" }, "All")
    return { key, options, select: field(LABELS[key], make("select", {}, all, ...options.map(({ option }) => option))) }
  })
  const apart = Object.entries(APART).map(([key, label]) => make("option", { value: key }, label))
  const by = matrix.regroups ? field("Compare within", make("select", {}, ...apart)) : null
  const reset = make("button", { type: "button" }, "Clear choices")
  const form = make("form", { className: "matrix-choices", "aria-label": "Choose councils" }, ...fields, reset)
  const status = make("p", { className: "summary", role: "status" })

  let typing = 0
  /** Takes what is typed along with every choice. @param {Partial<Choice>} chosen @param {boolean} [step] */
  const chooseNow = (chosen, step) => {
    clearTimeout(typing)
    choose({ name: query.value, ...chosen }, step)
  }
  form.addEventListener("submit", (event) => event.preventDefault())
  query.addEventListener("input", () => {
    clearTimeout(typing)
    typing = window.setTimeout(() => chooseNow({}, false), PAUSE)
  })
  for (const { key, select } of facets) select.addEventListener("change", () => chooseNow({ [key]: select.value }))
  by?.addEventListener("change", () => chooseNow({ by: /** @type {Choice["by"]} */ (by.value) }))
  reset.addEventListener("click", () => chooseNow(matrix.plain))

  /** Shows the choices, each with how many it would show beside the others. @param {Choice} choice @param {string} words */
  function update(choice, words) {
    if (query.value !== choice.name) query.value = choice.name
    for (const { key, select, options } of facets) {
      select.value = choice[key]
      for (const { value, label, option } of options)
        option.textContent = `${label} (${wouldShow(matrix, choice, key, value)})`
    }
    if (by) by.value = choice.by
    status.textContent = words
  }

  return { form, status, chooseNow, update }
}

/** The values of a facet: ratings in the order of the table, from the best, others by their words. @param {Facet} key @param {Map<string, string>} labels */
function optionsOf(key, labels) {
  const sorted = key === "rating" ? [...labels] : [...labels].sort(([, one], [, other]) => compare(one, other))
  return sorted.map(([value, label]) => ({ value, label, option: make("option", { value }, label) }))
}
