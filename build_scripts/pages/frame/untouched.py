"""An extension of Python-Markdown that hands the HTML of generated pages through as it stands.

Three quarters of MkDocs' time went into reading our own HTML with Python's HTML parser, twice. A generated page says by
its first line that each run of lines which begins with a block's tag, up to the next empty line, is HTML to the letter.
That is what CommonMark says of it too, so that other readers need no extension; only headings and prose are Markdown.
"""

from __future__ import annotations

import re
from typing import Any

from markdown import Markdown
from markdown.blockprocessors import BlockProcessor
from markdown.extensions import Extension
from markdown.postprocessors import Postprocessor
from markdown.preprocessors import Preprocessor
from markdown.util import AtomicString

SIGN = "<!-- Runs of lines that begin with a tag are HTML as it stands. -->"
"""First line of a page of which that is true."""

_RUN = re.compile(r"(?m)(?:^|(?<=\n\n))</?(?P<tag>[a-z][a-z0-9]*)(?:[ >\n].*(?:\n.+)*)")
_PLACE = "\x02untouched:{}\x03"
_PLACES = re.compile(r"<p>\x02untouched:(\d+)\x03</p>")
_NEIGHBOURS = re.compile(r"\x02untouched:\d+\x03(?:\n\n+\x02untouched:\d+\x03)+")
_NUMBER = re.compile(r"\x02untouched:(\d+)\x03")


class _TakeOut(Preprocessor):
    """Puts a sign in the place of each run, and one in that of runs that follow one another.

    Each sign is a paragraph of its own to Python-Markdown, and a page has hundreds of runs.
    """

    def __init__(self, md: Markdown, runs: list[str]) -> None:
        super().__init__(md)
        self._runs = runs

    def run(self, lines: list[str]) -> list[str]:
        self._runs.clear()
        self._blocks = frozenset(self.md.block_level_elements)
        if SIGN not in lines[:3]:
            return lines
        text = "\n".join(lines).replace(SIGN, "", 1)
        return _NEIGHBOURS.sub(self._one_sign, _RUN.sub(self._sign, text)).split("\n")

    def _sign(self, found: re.Match[str]) -> str:
        if found["tag"] not in self._blocks:
            return found[0]
        self._runs.append(found[0])
        return _PLACE.format(len(self._runs) - 1)

    def _one_sign(self, found: re.Match[str]) -> str:
        numbers = _NUMBER.findall(found[0])
        self._runs.append("\n".join(self._runs[int(number)] for number in numbers))  # as it joins paragraphs
        return _PLACE.format(len(self._runs) - 1)


class _KeepApart(BlockProcessor):
    """Makes a paragraph of a sign, and says that no pattern need look for anything in it."""

    def test(self, parent: Any, block: str) -> bool:
        """Return whether the block is a sign alone."""
        return _NUMBER.fullmatch(block) is not None

    def run(self, parent: Any, blocks: list[str]) -> None:
        """Take the first block."""
        paragraph = parent.makeelement("p", {})
        paragraph.text = AtomicString(blocks.pop(0))
        parent.append(paragraph)


class _PutBack(Postprocessor):
    """Puts each run back into its place."""

    def __init__(self, md: Markdown, runs: list[str]) -> None:
        super().__init__(md)
        self._runs = runs

    def run(self, text: str) -> str:
        return _PLACES.sub(lambda found: self._runs[int(found[1])], text)


class UntouchedExtension(Extension):
    """What MkDocs is told of in ``mkdocs.yml``."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown's name
        """Take runs out after white space was made plain, and put them back when all else is done."""
        runs: list[str] = []
        md.preprocessors.register(_TakeOut(md, runs), "untouched", 25)
        md.parser.blockprocessors.register(_KeepApart(md.parser), "untouched", 110)
        md.postprocessors.register(_PutBack(md, runs), "untouched", 0)


def makeExtension(**settings: Any) -> UntouchedExtension:  # noqa: N802 - Python-Markdown's name
    """Return the extension, by the name that Python-Markdown looks for."""
    return UntouchedExtension(**settings)
