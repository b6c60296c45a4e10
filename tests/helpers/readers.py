"""Generated pages as readers get them: through MkDocs, Markdown readers of two kinds and a browser's HTML parser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import markdown
from markdown_it import MarkdownIt
from mkdocs.utils.meta import get_data
from mkdocs.utils.yaml import yaml_load
from selectolax.lexbor import LexborHTMLParser

from tests.helpers.projects import ROOT

BUILT_IN = ("toc", "tables", "fenced_code")
"""Extensions that MkDocs adds to those of mkdocs.yml."""
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_PASSAGE = re.compile(r"p-[0-9a-f]{8}(-\d+)?")


@dataclass(frozen=True)
class Shown:
    """What an HTML page shows."""

    elements: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    """Every element in order: name and attributes, without what headings and passages make of their own words."""
    words: str
    """All text in order, white space collapsed."""
    headings: tuple[tuple[str, str], ...]
    """Name and text of every heading."""


def front_matter(page: str) -> tuple[str, dict[str, Any]]:
    """Return the body and the front matter of a page, as MkDocs reads them."""
    return get_data(page)


def mkdocs_html(body: str) -> str:
    """Return the HTML that Python-Markdown makes of a page's body, set up as mkdocs.yml says."""
    return _python_markdown().reset().convert(body)


def commonmark_html(body: str) -> str:
    """Return the HTML of a page's body by the CommonMark standard."""
    html: str = MarkdownIt("commonmark").render(body)
    return html


def look(html: str) -> Shown:
    """Return what a browser would make of the HTML."""
    tree = LexborHTMLParser(f"<!doctype html><body>{html}</body>")
    body = tree.body
    assert body is not None
    nodes = [node for node in body.traverse(include_text=False) if node.tag != "body"]
    return Shown(
        tuple((node.tag or "", tuple(_attributes(node.tag or "", node.attributes))) for node in nodes),
        _PASSAGE.sub("p-0", _collapsed(body.text(separator=""))),
        tuple((node.tag or "", _collapsed(node.text())) for node in nodes if node.tag in _HEADINGS),
    )


def _attributes(tag: str, attributes: dict[str, str | None]) -> Iterator[tuple[str, str]]:
    for name, value in sorted(attributes.items()):
        if not (tag in _HEADINGS and name == "id"):
            yield name, _PASSAGE.sub("p-0", value or "")


def _collapsed(text: str) -> str:
    return " ".join(text.split())


@cache
def _python_markdown() -> markdown.Markdown:
    with (ROOT / "mkdocs.yml").open("rb") as file:
        settings = yaml_load(file)
    names, configs = list(BUILT_IN), {}
    for item in settings["markdown_extensions"]:
        for name, config in item.items() if isinstance(item, dict) else [(item, {})]:
            names.append(name)
            configs[name] = config
    return markdown.Markdown(extensions=list(dict.fromkeys(names)), extension_configs=configs)
