/**
 * The switch between light and dark colours. Until a reader chooses, the system's preference holds and is followed.
 * first.js sets the scheme before the first paint; this only changes it.
 */
const KEY = "care-evidence-scheme"

function stored() {
  try {
    return localStorage.getItem(KEY)
  } catch {
    return null // storage may be refused: the choice then lasts for this page
  }
}

/** @param {"dark" | "light"} choice */
function store(choice) {
  try {
    localStorage.setItem(KEY, choice)
  } catch {
    // as above
  }
}

export function scheme() {
  const button = document.querySelector(".scheme-button")
  if (!button) return

  const isDark = () => document.documentElement.getAttribute("data-md-color-scheme") === "slate"
  const show = (/** @type {boolean} */ dark) => {
    document.documentElement.setAttribute("data-md-color-scheme", dark ? "slate" : "default")
    button.setAttribute("aria-pressed", String(dark))
  }

  show(isDark())
  button.addEventListener("click", () => {
    show(!isDark())
    store(isDark() ? "dark" : "light")
  })
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", (event) => {
    if (!stored()) show(event.matches)
  })
}
