/**
 * What runs before anything of the page is painted, and before there is a page: the colours that were chosen here or in the
 * system (scheme.js has the switch), whether something is searched for and needs more files, and that there are scripts, so that nothing meant for readers without them flashes by.
 */
const root = document.documentElement
// The search page shows less of itself where something is asked; it keeps this up to date.
if (/[?&]q=[^&]/.test(location.search)) root.classList.add("asking")
// What its engine needs first comes with the page's own files, unless nothing is asked.
const asked = location.search && document.currentScript?.dataset.asked
for (const href of asked ? asked.split(" ") : []) {
  const how = href.endsWith(".js") ? { rel: "modulepreload" } : { rel: "preload", as: "fetch", crossOrigin: "" }
  document.head.append(Object.assign(document.createElement("link"), how, { href }))
}
// Browsers run no modules from a disk: a copy there is the page for readers without scripts, its menu open.
if (location.protocol !== "file:") root.classList.replace("no-js", "js")
let chosen = null
try {
  chosen = localStorage.getItem("care-evidence-scheme")
} catch {
  // storage may be refused
}
const dark = chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches
root.setAttribute("data-md-color-scheme", dark ? "slate" : "default")
