/**
 * Switches off the theme's single-key shortcuts (n p , . f s /): they cannot be turned off or changed, and someone who
 * dictates text would be thrown off the page (WCAG 2.1.4). The theme listens on the window, so a key that is stopped at the
 * document still reaches everything in the page and does all that the browser does with it.
 */
export function keys() {
  document.addEventListener("keydown", (event) => {
    const { target } = event
    const typing = target instanceof Element && target.closest("input:not([type=radio]), select, textarea, [contenteditable]")
    if (event.key.length === 1 && !typing) event.stopPropagation()
  })
}
