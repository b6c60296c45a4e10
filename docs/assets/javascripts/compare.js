/** Loads the comparison on the one page that has it; every other page stops here. */
const root = document.getElementById("compare")
if (root) import("./compare-page.js").then(({ start }) => start())
