"""Words from a job without rights, as Markdown in which nothing is a mention, reference, keyword, HTML or link.

Text made with ``build_scripts/model/github_words.py`` passes as it is: whatever somebody contributed is code there, and
the rest is plain prose. Any other text becomes one block of code, into which GitHub never looks. A line is taken apart
as CommonMark does; a text that another reader could take apart differently is not let through.
"""

from __future__ import annotations

import re

_UNSEEN = re.compile(
    "[\0-\x09\x0b-\x1f\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff\U000e0000-\U000e007f]+"
)
"""Control characters, marks that turn or hide what stands around them, and halves of letters."""

_SPAN = re.compile(r"(?<!`)(`+)(?!`).+?(?<!`)\1(?!`)")
"""Code within a line."""

_FENCE = re.compile(r"(`{3,})(?:text)?")
"""The line that begins a block of code; another word behind it could draw a diagram with links."""

_PROSE = re.compile(r"""(?:#{1,6} )?(?:[^\W_]|[ .,;:!?()%/+*'"’‘“”–—−×…⋯-]|&(?= ))*""")
"""Letters, digits, and signs that neither Markdown nor GitHub makes anything of but headings, lists and emphasis."""

_TAKEN = re.compile(
    r"//|\bwww\.|\bgh-[0-9]|\b[0-9a-f]{7,64}\b|^ *[:-][ :-]*$",
    re.IGNORECASE,
)
"""What GitHub takes for an address, an issue or a commit, and rows that make a table, in which a bar ends code."""


def harmless(text: str, own: str = "") -> str:
    """Return ``text`` as it is where nothing in it can act, else as one block of code.

    ``own`` is the address of this repository: links to its forms may stay.
    """
    clean = _UNSEEN.sub(" ", text.replace("\r\n", "\n"))
    return clean if _is_harmless(clean.split("\n"), own) else fenced(clean)


def _is_harmless(lines: list[str], own: str) -> bool:
    """Return whether every line is plain prose with code within it, or stands in a block of code that ends."""
    form = re.compile(rf"(?<!!)\[[A-Za-z ]+\]\({re.escape(own)}/issues/new\?template=[a-z-]+\.yml\)")
    fence = ""
    for line in lines:
        if fence:
            if re.fullmatch(rf" {{0,3}}`{{{len(fence)},}} *", line):
                fence = ""
        elif begins := _FENCE.fullmatch(line):
            fence = begins[1]
        else:
            prose = _SPAN.sub("…", line)
            prose = form.sub("…", prose) if own else prose
            if not _PROSE.fullmatch(prose) or _TAKEN.search(prose):
                return False
    return not fence


def fenced(text: str) -> str:
    """Return lines as one block of code, which nothing in it can end."""
    short = re.sub("`{10,}", "`" * 9, text.strip("\n"))
    fence = "`" * max(3, 1 + max(map(len, re.findall("`+", short)), default=0))
    return f"{fence}text\n{short}\n{fence}\n"
