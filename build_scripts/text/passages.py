"""From the paragraphs of key findings to headings and passages, with the permanent id of each passage."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from build_scripts.model.evidence import Heading, Passage
from build_scripts.model.problems import Problem, quoted
from build_scripts.text.letters import ends_sentence, fold_name, starts_lower, stops_short
from build_scripts.text.paragraphs import Paragraph

HEADING_LENGTH = 100
"""Characters: CQC's own longest sub-heading has 83."""

HEADING_WORDS = 14

ITEM_LENGTH = 300
"""Characters: a longer line after a colon is a paragraph, not an item whose bullet was lost."""

SWALLOWED_WORDS = 8
"""Words after a known heading on its own line from which they must be a paragraph."""


# The ids of all links ever given depend on these: never change them, not even to agree with another comparison.
_ID_FOLDS = str.maketrans(
    {**dict.fromkeys("‘’‚‛ʼ`´", "'"), **dict.fromkeys("“”„‟«»", '"'), **dict.fromkeys("‐‑‒–—―−", "-")}
)

_JOINED = re.compile(r"(?:[;,]|[;,]? (?:and|or))\Z")
"""How an item ends that has another below it."""


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, a paragraph or a whole list of the key findings."""

    kind: str
    """``heading``, ``paragraph`` or ``list``."""
    line: int
    text: str


def passage_id(text: str) -> str:
    """Return the anchor of a passage, made of its own words (docs/about/design.md, "Permanent links")."""
    same = " ".join(text.lower().translate(_ID_FOLDS).split())
    return f"p-{hashlib.sha256(same.encode()).hexdigest()[:8]}"


def looks_heading(text: str) -> bool:
    """Return whether a line could be a heading by its shape: short, opened by a capital, not a sentence."""
    if len(text) > HEADING_LENGTH or len(text.split()) > HEADING_WORDS:
        return False
    first = text.lstrip("'‘(")[:1]
    closed = ends_sentence(text) or text.endswith((":", ";", ",", "-", "–", "—", "/", '"', "”"))
    return (first.isupper() or first.isdigit()) and not (closed or ". " in text or stops_short(text))


def make_blocks(paragraphs: Sequence[Paragraph], known: Collection[str]) -> tuple[Block, ...]:
    """Return the headings, paragraphs and lists that the paragraphs of key findings are."""
    blocks: list[Block] = []
    index = 0
    while index < len(paragraphs):
        paragraph = paragraphs[index]
        end = index + 1
        if paragraph.is_item:
            while end < len(paragraphs) and paragraphs[end].is_item:
                end += 1
        elif index and paragraphs[index - 1].text.endswith(":"):
            end = max(end, _end_of_bare_list(paragraphs, index, known))
        if paragraph.is_item or end > index + 1 or _is_bare_item(paragraphs, index, known):
            blocks.append(Block("list", paragraph.line, "\n".join(item.text for item in paragraphs[index:end])))
        elif _is_heading(paragraph, paragraphs[end : end + 1], known):
            blocks.append(Block("heading", paragraph.line, paragraph.text))
        else:
            blocks.append(Block("paragraph", paragraph.line, paragraph.text))
        index = end
    return tuple(blocks)


def _is_bare_item(paragraphs: Sequence[Paragraph], index: int, known: Collection[str]) -> bool:
    """Return whether this one line is a list of one: it goes on, in small letters, after a colon."""
    return index > 0 and paragraphs[index - 1].text.endswith(":") and _may_be_item(paragraphs[index], known, small=True)


def _end_of_bare_list(paragraphs: Sequence[Paragraph], start: int, known: Collection[str]) -> int:
    """Return where a list ends whose bullets were lost: items are alike in their first letter and no sentences."""
    small = starts_lower(paragraphs[start].text)
    end, tight = start, False
    while end < len(paragraphs):
        item = paragraphs[end]
        joined = end > start and bool(_JOINED.search(paragraphs[end - 1].text[-12:]))
        apart = end > start and item.after_blank
        if (apart and tight) or not (_may_be_item(item, known, small) or (joined and len(item.text) <= ITEM_LENGTH)):
            break
        tight = tight or (end > start and not apart)
        end += 1
        if joined and not starts_lower(item.text) and ends_sentence(item.text):
            break
    return end if end - start > 1 else start


def _may_be_item(paragraph: Paragraph, known: Collection[str], small: bool) -> bool:
    if paragraph.is_item or len(paragraph.text) > ITEM_LENGTH or fold_name(paragraph.text) in known:
        return False
    if small:
        return starts_lower(paragraph.text)
    return not ends_sentence(paragraph.text) and not paragraph.text.endswith(":")


def _is_heading(paragraph: Paragraph, following: Sequence[Paragraph], known: Collection[str]) -> bool:
    if len(paragraph.text) <= HEADING_LENGTH and fold_name(paragraph.text) in known:
        return True
    if not (following and looks_heading(paragraph.text)):
        return False
    return following[0].is_item or not starts_lower(following[0].text)


def make_passages(blocks: Iterable[Block], known: Collection[str]) -> tuple[tuple[Heading, ...], tuple[Passage, ...]]:
    """Return the headings, and the passages with their ids; a true repeat is ``-2``, ``-3`` and so on."""
    headings: list[Heading] = []
    passages: list[Passage] = []
    seen: Counter[str] = Counter()
    for block in blocks:
        if block.kind == "heading":
            headings.append(Heading(block.text, block.line, fold_name(block.text) in known))
            continue
        own = passage_id(block.text)
        seen[own] += 1
        id = own if seen[own] == 1 else f"{own}-{seen[own]}"
        passages.append(
            Passage(id, block.text, block.line, len(headings) - 1 if headings else None, block.kind == "list")
        )
    return tuple(headings), tuple(passages)


def check_blocks(path: str, blocks: Sequence[Block], names: Iterable[str]) -> Iterator[Problem]:
    """Yield what is wrong with the key findings by their shape (EV509 to EV512).

    :param names: the known headings as ``framework.yml`` writes them
    """
    known = {fold_name(name): name for name in names}
    for block, following in zip_longest(blocks, blocks[1:]):
        if block.kind == "heading" and (following is None or following.kind == "heading"):
            what = f"nothing stands under {quoted(block.text)}, taken for a heading"
            mend = (
                'copy what follows it on CQC\'s page; put "• " before the items of a list, a full stop after a sentence'
            )
            yield Problem(path, block.line, "EV510", what, mend)
        below = following.kind if following else ""
        if block.kind == below == "paragraph" and following and looks_heading(block.text):
            what = f"{quoted(block.text)} is neither a sentence nor, above small letters, a heading"
            mend = 'join the two lines if a sentence was broken; if a list follows, put "• " before each of its items'
            yield Problem(path, block.line, "EV512", what, mend)
        if block.kind == "paragraph" and (name := _swallowing(block.text, known)):
            what = f"{quoted(name)}, a heading, shares its line with a paragraph"
            yield Problem(path, block.line, "EV509", what, "break the line after the heading")
    last = blocks[-1] if blocks else None
    if last and last.kind != "heading" and _is_cut_off(last):
        words = " ".join(last.text[-40:].split())
        what = f"the last paragraph stops in the middle of a sentence: “…{words}”"
        mend = "copy the text to its end; if CQC's own page ends so, add a correction of its last words"
        yield Problem(path, last.line, "EV511", what, mend)


def _swallowing(text: str, known: dict[str, str]) -> str | None:
    """Return the known heading that opens a paragraph which goes on with a sentence of its own."""
    words = text[: HEADING_LENGTH * 2].split()
    for count in range(2, min(len(words) - SWALLOWED_WORDS, HEADING_WORDS) + 1):
        is_between = words[0][0].isupper() and words[count][:1].isupper()
        if is_between and (name := known.get(fold_name(" ".join(words[:count])))):
            return name
    return None


def _is_cut_off(block: Block) -> bool:
    if block.kind == "list":
        item = block.text[-20:].rsplit("\n", 1)[-1]
        return stops_short(item) or item.endswith(":") or bool(_JOINED.search(item))
    # A source in brackets may stand after the last full stop.
    return not (ends_sentence(block.text) or block.text.endswith((")", "]")))
