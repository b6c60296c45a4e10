"""Runs axe-core on a page: all of WCAG 2.2 A and AA in light colours, and in dark ones what colours decide.

Contrast is what axe takes longest for, and texts of one look have the same: it is asked of the first and the last text
of each look. A look is all that contrast rests on, of an element and of those around it.
"""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Literal

from playwright.sync_api import Page

# axe's tags of WCAG 2.2, levels A and AA.
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]
COLOURS = ["color-contrast", "link-in-text-block"]
"""axe's rules whose answer rests on colours: what is drawn in other colours only is asked these alone."""

SCHEMES: tuple[tuple[Literal["light", "dark"], str, list[str]], ...] = (
    ("dark", "slate", COLOURS),
    ("light", "default", WCAG),
)
"""What a system prefers, what the theme calls it, and the rules."""

_SOURCE = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
_OF_EACH_LOOK = "axe.configure({ rules: [{ id: 'color-contrast', selector: '[data-look]' }] })"

# axe passes over what is disabled, and cannot tell of a single letter: neither may stand for others.
_MARK = """() => {
  const looks = new Map()
  const around = (it) => {
    if (!it) return ""
    if (!looks.has(it)) {
      const style = getComputedStyle(it)
      const names = ["backgroundColor", "backgroundImage", "opacity", "filter", "mixBlendMode", "position", "zIndex"]
      const disabled = it.matches(":disabled, [aria-disabled=true]") || Boolean(it.control?.disabled)
      const own = [it.localName, [...it.classList].sort(), disabled, ...names.map((name) => style[name])]
      looks.set(it, around(it.parentElement) + JSON.stringify(own))
    }
    return looks.get(it)
  }
  const look = (it, text) => {
    const style = getComputedStyle(it)
    const names = ["color", "webkitTextFillColor", "textShadow", "fontSize", "fontWeight"]
    return around(it) + JSON.stringify([text.length === 1, ...names.map((name) => style[name])])
  }
  const ends = new Map()
  for (const it of document.querySelectorAll("body, body *")) {
    it.removeAttribute("data-look")
    const text = [...it.childNodes].map((each) => each.nodeType === Node.TEXT_NODE ? each.data.trim() : "").join("")
    if ((!text && !it.matches("input, select, textarea, button")) || !it.checkVisibility()) continue
    const key = look(it, text)
    ends.set(key, [ends.get(key)?.[0] ?? it, it])
  }
  for (const it of [...ends.values()].flat()) it.setAttribute("data-look", "")
}"""


def run_axe(page: Page) -> list[str]:
    """Return a line for each violation on a page as it is; leaves the page in light colours."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(_SOURCE)
        page.evaluate(_OF_EACH_LOOK)
    found: list[str] = []
    for scheme, name, rules in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        page.wait_for_function(f"document.documentElement.getAttribute('data-md-color-scheme') === '{name}'")
        found += [f"{scheme}: {line}" for line in _violations(page, rules)]
    return found


def _violations(page: Page, rules: list[str]) -> list[str]:
    options = json.dumps({"runOnly": rules, "resultTypes": ["violations"]})
    run = f"(({_MARK})(), axe.run(document, {options}).then((result) => result.violations))"
    found = page.evaluate(run)
    return [f"{rule['id']}: {node['html']}: {node['failureSummary']}" for rule in found for node in rule["nodes"]]
