/**
 * Makes an element. Children go in as elements or as text, never as markup.
 *
 * @template {keyof HTMLElementTagNameMap} Name
 * @param {Name} name
 * @param {Record<string, unknown>} [properties]   of the element where it has them, else attributes
 * @param {...(Node | string | null | undefined)} children   nothing is made of what is empty
 * @returns {HTMLElementTagNameMap[Name]}
 */
export function make(name, properties = {}, ...children) {
  const element = document.createElement(name)
  for (const [key, value] of Object.entries(properties))
    if (key in element) Object.assign(element, { [key]: value })
    else element.setAttribute(key, String(value))
  for (const child of children) if (child) element.append(child)
  return element
}

/** Words for those who hear the page, not for those who see it. @param {string} words */
export const unseen = (words) => make("span", { className: "visually-hidden" }, words)
