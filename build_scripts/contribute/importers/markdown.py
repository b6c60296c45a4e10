"""Markdown to text: markdown-it-py makes HTML of it by the CommonMark standard, which ``html.py`` reads."""

from __future__ import annotations

import re
from dataclasses import replace

from markdown_it import MarkdownIt

from build_scripts.contribute.importers import UnreadableError
from build_scripts.contribute.importers.html import import_html
from build_scripts.contribute.importers.text import decode
from build_scripts.model.evidence import Imported

MOST_OPEN = 2_000
"""Brackets that open and never close: the reader looks for the end of each."""
_NOTE = re.compile(r"\[\^([\w-]{1,20})\](:?)")
_HIGH = re.compile(r"\^([0-9]{1,3}(?:,[0-9]{1,3})*|st|nd|rd|th)\^")
_NAMED = re.compile(r"\[([^\[\]\n]{1,300})\]\{[.#][^{}\n]{0,100}\}")
"""Words to which pandoc's Markdown gives a name."""
_FENCE = re.compile(r"^ {0,3}:{3,}.{0,200}$\n?", re.MULTILINE)
"""Where a block begins or ends that pandoc's Markdown gives a name; no words."""
_FRONT = re.compile(r"\A---\n(?P<facts>.{0,5000}?)\n(?:---|\.\.\.)\n", re.DOTALL)


def import_markdown(data: bytes) -> Imported:
    """Return the words of a Markdown text without its signs.

    Raises ``UnreadableError``: EV702 where it is no text, EV705 where it is made to exhaust.

    A note ``[^1]`` becomes ``[1]``; facts above the text, between lines of dashes, are left out and listed.
    """
    text, unsure = decode(data)
    if text.count("[") - text.count("]") > MOST_OPEN:
        what = f"more than {MOST_OPEN:,} brackets open in it and never close: it may be made to exhaust computers"
        raise UnreadableError("EV705", what, "save it again from CQC's page")
    text = re.sub("\r\n?", "\n", text)
    front = _FRONT.match(text)
    text = text[front.end() :] if front else text
    fences = [fence.strip() for fence in _FENCE.findall(text) if fence.strip(" :\n")]
    text = _HIGH.sub(r"<sup>\1</sup>", _FENCE.sub("\n", text))
    text = _NAMED.sub(r"\1", text)
    text = _NOTE.sub(lambda found: f"\\[{found[1]}\\]", text)
    made = MarkdownIt("commonmark", {"maxNesting": 100}).enable(["table", "strikethrough"]).render(text)
    document = import_html(b"\xef\xbb\xbf" + made.encode("utf-8", "replace"))
    dropped = (*(front["facts"].split("\n") if front else ()), *fences)
    unsure = (*unsure, *document.unsure)
    return replace(document, kind="markdown", dropped=(*dropped, *document.dropped), unsure=unsure)
