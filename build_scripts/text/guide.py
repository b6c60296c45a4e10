"""Guides, the pages written by hand, from Markdown to their plain words, headings and links.

markdown-it-py reads them, by the CommonMark standard and with tables; anchors are made by the functions of
Python-Markdown with which MkDocs makes them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote

from markdown.extensions.toc import slugify, unique
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

from build_scripts.model.front_matter import front_matter, is_hidden, words_of
from build_scripts.model.guides import Guide, Link, Section
from build_scripts.model.problems import Problem

_READER = MarkdownIt("commonmark").enable("table")

MOST_LINES = 5_000
"""Lines of a page written by hand, some ten times those of our longest."""

LARGEST = 500_000
"""Bytes of a page written by hand, some ten times those of our largest."""

_ATTRIBUTES = re.compile(r"(?<! ) +\{:?([^{}\n]+)\}$")
"""At the end of a heading, as the extension attr_list reads it: ``{ #anchor .class }``."""

_GIVEN = re.compile(r"""\b(?:id|name)=["']([^"']+)["']|\{:?([^{}\n]+)\}""")
"""What may give an anchor by hand: HTML, and a list of attributes anywhere."""


def read_guide(path: str, page: bytes) -> Guide:
    """Return a page in its parts; ``path`` is where it lies below ``docs/``."""
    meta, body = front_matter(page)
    tokens = _READER.parse(body)
    headings: set[str] = set()
    repeats: dict[str, int] = {}
    headline = level = ""
    parts: list[tuple[str, str, list[str]]] = [("", "", [])]
    for token in tokens:
        words = _words(token)
        if not level:
            parts[-1][2].append(words)
        elif level == "h1" and not headline:
            headline, _ = _heading(words, headings, repeats)
        else:
            parts.append((*_heading(words, headings, repeats), []))
        level = token.tag if token.type == "heading_open" else ""
    given = {id for html, listed in _GIVEN.findall(body) for id in ((html,) if html else _ids(listed))}
    return Guide(
        path,
        words_of(meta, "title") or headline,
        words_of(meta, "description"),
        is_hidden(meta),
        tuple(Section(heading, anchor, "\n".join(filter(None, words))) for heading, anchor, words in parts),
        tuple(link for token in tokens for link in _links(token)),
        frozenset(headings | given),
    )


def too_large(path: str, page: bytes) -> Problem | None:
    """Return problem EV107 where a page is larger than anybody writes by hand: it is not read then."""
    lines = page.count(b"\n") + page.count(b"\r")
    if len(page) <= LARGEST and lines <= MOST_LINES:
        return None
    what = f"the page has more than {MOST_LINES:,} lines or {LARGEST:,} bytes"
    return Problem(
        f"docs/{path}", 1, "EV107", what, "cut it into pages of their own, or remove what does not belong there"
    )


def _heading(words: str, taken: set[str], repeats: dict[str, int]) -> tuple[str, str]:
    """Return a heading's words without its attributes, and its anchor, which is added to those taken.

    ``repeats`` is what Python-Markdown remembers of equal ones, so that each need not be compared with all before it.
    """
    attributes = _ATTRIBUTES.search(words)
    heading = words[: attributes.start()] if attributes else words
    given = _ids(attributes[1]) if attributes else []
    anchor = given[-1] if given else unique(slugify(heading, "-"), taken, repeats)
    taken.add(anchor)
    return heading, anchor


def _ids(attributes: str) -> list[str]:
    """Return the anchors in a list of attributes: ``#anchor .class``."""
    return [each[1:] for each in attributes.split() if each.startswith("#") and each != "#"]


def _words(token: Token) -> str:
    """Return the words that a reader sees of a token."""
    match token.type:
        case "inline":
            return "".join(_letters(child) for child in token.children or ())
        case "fence" | "code_block":
            return token.content
        case "html_block":
            return Markup(token.content).striptags()  # noqa: S704 - all markup is taken off
        case _:
            return ""


def _letters(child: Token) -> str:
    if child.type in ("softbreak", "hardbreak"):
        return "\n"
    return child.content if child.type in ("text", "code_inline") else ""


def _links(token: Token) -> Iterator[Link]:
    """Yield the links and pictures of a token with their lines."""
    line = token.map[0] + 1 if token.map else 1
    for child in token.children or ():
        target = child.attrGet("href") or child.attrGet("src")
        if target:
            yield Link(unquote(str(target)), line)
        line += child.type in ("softbreak", "hardbreak")
