/**
 * A table that is wider than the screen is a named region that a keyboard can scroll; one that fits is no stop for Tab.
 * Generated pages give each table such a region, for readers without scripts; tables written in Markdown get one here
 * (and a class, which tells the theme to leave them alone). An example of code is a stop as well.
 */

/** @param {Element} table */
function nameOf(table) {
  const headings = [...document.querySelectorAll("main :is(h1, h2, h3)")]
  const before = headings.filter((it) => it.compareDocumentPosition(table) & Node.DOCUMENT_POSITION_FOLLOWING)
  return `Table: ${before.at(-1)?.textContent.trim() ?? document.title}`
}

/** @param {Element} table */
function wrap(table) {
  const region = document.createElement("div")
  region.className = "scroll"
  region.setAttribute("aria-label", nameOf(table))
  table.replaceWith(region)
  table.classList.add("plain")
  region.append(table)
}

export function tables() {
  document.querySelectorAll("main table:not([class])").forEach(wrap)

  const names = new Map()
  const watch = new ResizeObserver((entries) => {
    for (const { target } of entries) {
      const wide = target.scrollWidth > target.clientWidth + 1 // words for the ear alone are a pixel wide
      target.classList.toggle("fits", !wide)
      target.classList.toggle("wide", wide)
      const name = names.get(target)
      for (const [key, value] of Object.entries({ tabindex: "0", ...(name && { role: "region", "aria-label": name }) }))
        if (wide) target.setAttribute(key, value)
        else target.removeAttribute(key)
    }
  })
  for (const code of document.querySelectorAll("main pre > code")) watch.observe(code)
  for (const region of document.querySelectorAll("main .scroll")) {
    names.set(region, region.getAttribute("aria-label"))
    watch.observe(region)
  }
}
