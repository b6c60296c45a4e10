"""What a screen reader is given of a page: Chromium's accessibility tree, in order, as lines like ``link: Scores``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fnmatch import fnmatchcase
from typing import Any

from playwright.sync_api import Page

NAMED = {
    **{
        role: role for role in ("banner", "button", "group", "heading", "image", "link", "main", "navigation", "region")
    },
    **{role: role for role in ("columnheader", "rowheader", "search", "status", "table", "checkbox")},
    "combobox": "choice",
    "DisclosureTriangle": "fold",
    "DisclosureTriangleGrouped": "fold",
    "contentinfo": "foot of the page",
}
"""Role to what it is called here; these have a name."""
READ = {"paragraph": "text", "definition": "value", "term": "term", "cell": "cell"}
"""Role to the same, for what is read by its words."""


def heard(page: Page) -> list[str]:
    """Return what is heard of a page from its beginning to its end, a line each."""
    session = page.context.new_cdp_session(page)
    nodes: list[dict[str, Any]] = session.send("Accessibility.getFullAXTree")["nodes"]
    by_id = {node["nodeId"]: node for node in nodes}

    def words(node: dict[str, Any]) -> Iterator[str]:
        if _value(node, "role") == "StaticText":
            yield _value(node, "name")
        else:
            for child in node.get("childIds", ()):
                yield from words(by_id[child])

    def lines(node: dict[str, Any]) -> Iterator[str]:
        role = _value(node, "role")
        if not node.get("ignored"):
            if role in READ:
                yield f"{READ[role]}: {' '.join(' '.join(words(node)).split())}"
            elif role in NAMED:
                yield f"{NAMED[role]}{_more(node)}: {_value(node, 'name')}".removesuffix(": ")
        for child in node.get("childIds", ()):
            yield from lines(by_id[child])

    return list(lines(nodes[0]))


def run_on(page: Page) -> str:
    """Return all that is read of a page, with nothing between that the page does not have between."""
    nodes = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    return "".join(_value(node, "name") for node in nodes if _value(node, "role") == "StaticText")


def missing(said: Sequence[str], wanted: Sequence[str]) -> list[str]:
    """Return the lines of ``wanted`` that are not heard in this order; ``…`` in a line stands for any words."""
    left, rest = [], iter(said)
    for line in wanted:
        pattern = line.replace("[", "[[]").replace("…", "*")
        if not any(fnmatchcase(each, pattern) for each in rest):
            left.append(line)
            rest = iter(said)
    return left


def _value(node: dict[str, Any], key: str) -> str:
    return str(node.get(key, {}).get("value", ""))


def _more(node: dict[str, Any]) -> str:
    told = {each["name"]: each["value"].get("value") for each in node.get("properties", ())}
    level = f" {told['level']}" if _value(node, "role") == "heading" else ""
    fold = "" if told.get("expanded") is None else ", open" if told["expanded"] else ", closed"
    return level + fold
