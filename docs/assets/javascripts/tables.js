/**
 * A table that is wider than the screen is a named region that a keyboard can scroll; one that fits is no stop for Tab.
 * Generated pages give each table such a region (for readers without scripts), Markdown tables have none of their own.
 */
const REGION = ["tabindex", "role", "aria-label"]

function nameOf(region) {
  const headings = [...document.querySelectorAll("main :is(h1, h2, h3)")]
  const before = headings.filter((it) => it.compareDocumentPosition(region) & Node.DOCUMENT_POSITION_FOLLOWING)
  return `Table: ${before.at(-1)?.textContent.trim() ?? document.title}`
}

export function tables() {
  const names = new Map()
  const watch = new ResizeObserver((entries) => {
    for (const { target } of entries) {
      const wide = target.scrollWidth > target.clientWidth
      const values = wide ? ["0", "region", names.get(target)] : [null, null, null]
      REGION.forEach((name, i) => (values[i] === null ? target.removeAttribute(name) : target.setAttribute(name, values[i])))
    }
  })
  for (const region of document.querySelectorAll(".scroll, .md-typeset__scrollwrap")) {
    names.set(region, region.getAttribute("aria-label") ?? nameOf(region))
    watch.observe(region)
  }
}
