"""A web page to text: what its main part shows, a line for each block; navigation, banners and forms are dropped.

Read by Lexbor, which builds the tree that browsers build. Nothing is fetched and nothing runs. Whatever is dropped is
told; where it stands in the main part and may be the page's own (an aside, what is hidden), that is told as a doubt.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode

from build_scripts.contribute.importers import UnreadableError
from build_scripts.contribute.importers.html_page import (
    AROUND,
    AROUND_ROLES,
    DEEPEST,
    HEADINGS,
    Looks,
    asks_for_consent,
    has_several_cells,
    is_comment,
    is_link_to_itself,
    is_short_cell,
    is_too_deep,
    looks_of,
    main_part,
)
from build_scripts.contribute.importers.numbers import sign_of
from build_scripts.contribute.importers.text import decode
from build_scripts.model.evidence import Imported
from build_scripts.model.problems import quoted

_BLOCKS = frozenset(
    [
        *("address", "article", "aside", "blockquote", "body", "br", "caption", "center", "dd", "details"),
        *("dialog", "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2"),
        *("h3", "h4", "h5", "h6", "header", "hgroup", "hr", "legend", "li", "main", "menu", "nav", "ol", "p"),
        *("pre", "section", "summary", "table", "tbody", "tfoot", "thead", "tr", "ul"),
    ]
)
_TIGHT = frozenset(["br", "dd", "dt", "li", "ol", "tbody", "tfoot", "thead", "tr", "ul"])
"""Blocks without a blank line around them; a list as a whole stands with the line that announces it."""
_NEVER = frozenset(
    [
        *("audio", "canvas", "datalist", "embed", "head", "iframe", "link", "meta", "noembed", "noframes"),
        *("object", "script", "style", "svg", "template", "title", "video"),
    ]
)
"""Elements without words of the page."""
_DOUBTFUL = {
    "aside": "an aside",
    "complementary": "an aside",
    "footer": "a footer",
    "contentinfo": "a footer",
    "hidden": "hidden",
    "noscript": "meant for browsers without scripts",
}
"""Tag or role to what is said of an element in the main part that may after all hold words of the page's own."""
_MOST_DOUBTS = 5
_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w:.-]{1,40})""", re.IGNORECASE)
_SAVED_FROM = re.compile(r"saved from url=\(\d+\)(https?://[^\s<>\"]+)")
_NOTE = re.compile(r"\[?(?P<note>(?:[0-9]{1,3}|[*†‡§]{1,3}|[ivx]{1,5})(?:\s*[,–-]\s*[0-9]{1,3}){0,5})[\])]?\Z")
"""What stands high and is the sign of a note; letters there, as in 4th, are part of their word."""
_ENDS, _BEGINS = re.compile(r"[^\W\d_A-Z][.!?:;,]?\Z"), re.compile(r"[A-Z][a-z]")
_UNIT = re.compile(r"(?:\A|[\s0-9(])[kcm]?m\Z")
_POWERS = {"2": "²", "3": "³"}


def import_html(data: bytes) -> Imported:
    """Return the words of a page's main part.

    Raises ``UnreadableError``: EV702 where the bytes are no text, EV705 where the page is made to exhaust.
    """
    declared = _CHARSET.search(data[:4096])
    text, unsure = decode(data, declared[1].decode("ascii") if declared else "")
    if is_too_deep(text):
        what = f"elements in it stand more than {DEEPEST:,} deep in one another: it may be made to exhaust computers"
        raise UnreadableError("EV705", what, "save it again from CQC's page")
    tree = LexborHTMLParser(text)
    body = tree.body or tree.root
    if body is None:
        return Imported("html", "", unsure=unsure)
    walk = _Walk(main_part(body), looks_of(tree))
    walk.over(body)
    return Imported(
        kind="html",
        text="\n".join(_without_outer_blanks(walk.kept.rows)),
        dropped=tuple(row for row in walk.dropped.rows if row),
        unsure=(*unsure, *_first(walk.doubts), *walk.told()),
        title=_title(tree),
        address=_address(tree, text),
        links=tuple(walk.links),
    )


def _first(doubts: list[str]) -> list[str]:
    more = len(doubts) - _MOST_DOUBTS
    return [*doubts[:_MOST_DOUBTS], *([f"and {more} more were left out of its main part"] if more > 0 else [])]


def _title(tree: LexborHTMLParser) -> str:
    found = tree.css_first("title")
    return " ".join(found.text().split()) if found else ""


def _address(tree: LexborHTMLParser, text: str) -> str:
    """Return the address that the page, or the browser that saved it, gives; its shape is for others to check."""
    for selector, key in (("link[rel=canonical]", "href"), ('meta[property="og:url"]', "content")):
        if (found := tree.css_first(selector)) and (address := found.attributes.get(key)):
            return address.strip()
    saved = _SAVED_FROM.search(text[:2000])
    return saved[1] if saved else ""


def _without_outer_blanks(rows: list[str]) -> list[str]:
    while rows and not rows[-1]:
        rows.pop()
    return rows


@dataclass(slots=True)
class _Rows:
    """Lines in the making."""

    rows: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    """Pieces of the line that is not ended yet; a tab between cells."""
    opening: str = ""
    """Bullet or number that the next line begins with."""

    def drop(self, text: str) -> None:
        """Take words as a line of their own."""
        if text.split():
            self.rows.append(" ".join(text.split()))

    def end(self, blank: bool) -> None:
        """End the line, and leave a blank one below where the block stands apart."""
        cells = (" ".join(cell.split()) for cell in "".join(self.words).split("\t"))
        line = "\t".join(cell for cell in cells if cell)
        self.words.clear()
        if line:
            self.rows.append(self.opening + line)
            self.opening = ""
        if blank and self.rows and self.rows[-1]:
            self.rows.append("")


class _Walk:
    """A walk over the tree, without recursion: a hostile page can nest deeper than Python may call."""

    def __init__(self, main: LexborNode | None, looks: Looks) -> None:
        self.looks = looks
        self.main = main.mem_id if main else None
        self.kept = _Rows()
        self.dropped = _Rows()
        self.links: list[tuple[str, str]] = []
        self.inside_main = main is None
        self.around: set[int] = set()
        """The elements around this place that are navigation and the like."""
        self.counts: dict[int, int] = {}
        """Numbered list to the number of its item that came last."""
        self.verbatim = 0
        self.doubts: list[str] = []
        """What was left out of the main part and may be the page's own."""
        self.words_of: dict[int, str] = {}
        """The words of each block that has links within the page."""
        self.several: dict[int, bool] = {}
        """Row of a table to whether it has more than one cell with words."""
        self.flat: int | None = None
        """The cell of a table whose paragraphs are parts of a row, where the walk is in one."""
        self.notes: list[str] = []
        self.after_mark = False
        self.parted: list[str] = []
        """Signs of notes that were put into brackets, and words that were parted."""
        self.apart_from: int | None = None

    def told(self) -> list[str]:
        """Return what was concluded about words that are taken."""
        told = {"numbers of notes were put into brackets": self.notes, "words that touch were parted": self.parted}
        return [f"{done}: {', '.join(dict.fromkeys(words[:10]))}" for done, words in told.items() if words]

    @property
    def rows(self) -> _Rows:
        return self.kept if self.inside_main and not self.around else self.dropped

    def over(self, root: LexborNode) -> None:
        """Take the words of everything below the root."""
        node: LexborNode | None = root
        while node is not None:
            below = self._enter(node)
            following = node.first_child if below else None
            while following is None and node is not None:
                if below:
                    self._leave(node)
                if node.mem_id == root.mem_id:
                    node = None
                    break
                following, below = node.next, True
                if following is None:
                    node = node.parent
            node = following
        self.kept.end(blank=False)
        self.dropped.end(blank=False)

    def _enter(self, node: LexborNode) -> bool:
        """Take what stands before an element's children; return whether they are to be visited."""
        tag = node.tag or ""
        if tag == "-text":
            self._take(node)
            return False
        if tag == "svg":
            for drawn in node.css("text, foreignObject"):
                self.dropped.drop(drawn.text(separator=" "))
            return False
        if tag.startswith(("-", "!")) or tag in _NEVER:
            return False
        if self.looks.is_raised(node) and self._take_note(node):
            return False
        if self._is_block(node):
            self._end(tag)
        elif tag in ("td", "th"):
            self.rows.words.append("\t")
            self.flat = node.mem_id if self.flat is None and self._is_flat(node) else self.flat
        elif tag == "rt" and not _is_bracketed(node):
            self.rows.words.append(" (")
        if node.mem_id == self.main:  # whatever holds the main part, such as a form around the whole page
            self.inside_main = True
            self.around.clear()
        elif self._is_around(node):
            self._doubt(node)
            self.around.add(node.mem_id)
        self.verbatim += tag in ("pre", "textarea")
        if tag == "li":
            self.rows.opening = self._opening(node)
        elif tag == "a" and (address := node.attributes.get("href")):
            self.links.append((address, " ".join(node.text().split())))
        return True

    def _leave(self, node: LexborNode) -> None:
        tag = node.tag or ""
        if self.flat == node.mem_id:
            self.flat = None
        if self._is_block(node):
            self._end(tag)
        elif tag == "rt" and not _is_bracketed(node):
            self.rows.words.append(")")
        if tag == "li":
            self.rows.opening = ""
        self.verbatim -= tag in ("pre", "textarea")
        if node.mem_id == self.main:
            self.inside_main = False
        self.around.discard(node.mem_id)

    def _is_block(self, node: LexborNode) -> bool:
        tag = node.tag or ""
        return tag in _BLOCKS or is_opener(node) or (tag not in ("td", "th") and self.looks.is_block(node))

    def _is_flat(self, cell: LexborNode) -> bool:
        row = cell.parent
        if row is None:
            return False
        if row.mem_id not in self.several:
            self.several[row.mem_id] = has_several_cells(row)
        return self.several[row.mem_id] and is_short_cell(cell)

    def _end(self, tag: str) -> None:
        if self.flat is None:
            self.rows.end(blank=tag not in _TIGHT)
        else:
            self.rows.words.append(" ")

    def _take(self, node: LexborNode) -> None:
        text = node.text_content or ""
        if self.verbatim:
            for number, row in enumerate(text.split("\n")):
                if number:
                    self.rows.end(blank=not row.strip())
                self.rows.words.append(row.replace("\t", " "))
            return
        words = self.rows.words
        parent = node.parent.mem_id if node.parent else None
        if words and words[-1][-1:].strip():  # no space or cell's end stands between
            glued = self.after_mark and text[:1].isalpha()  # the number of a note, and its first word
            # A style sheet that is not here may set two elements apart; one word hardly ever changes to a capital so.
            joined = self.apart_from != parent and _ENDS.search(words[-1][-2:]) and _BEGINS.match(text)
            if glued or joined:
                self.parted.append(f"{words[-1].split()[-1][-30:]} {text.split()[0][:30]}")
                words.append(" ")
        is_link = node.parent is not None and (node.parent.attributes.get("href") or "").startswith("#")
        self.after_mark = is_link and bool(_NOTE.match(text.strip()))
        self.apart_from = parent
        words.append(re.sub(r"\s+", " ", text))

    def _take_note(self, node: LexborNode) -> bool:
        """Take what stands high as a note in brackets, or the power of a unit; return False for a part of a word."""
        text = " ".join(node.text().split())
        if is_comment(node) or any(map(is_comment, node.css("a"))):
            self.dropped.drop(text)
            return True
        found = _NOTE.match(text)
        following = node.next
        if not found or (following is not None and (following.text_content or "").startswith(("/", "⁄"))):
            return False
        before = "".join(self.rows.words[-2:])
        if text in _POWERS and _UNIT.search(before):
            self.rows.words.append(_POWERS[text])
            return True
        self.rows.words.append(f"[{found['note']}]")
        if not text.startswith("["):
            self.notes.append(f"{before.split()[-1][-20:] if before.split() else ''}[{found['note']}]")
        return True

    def _is_around(self, node: LexborNode) -> bool:
        """Return whether an element is navigation, a banner, a form: beside the page's own words."""
        tag, attributes = node.tag or "", node.attributes
        if tag in ("html", "body", "main"):
            return False
        if self.looks.is_hidden(node) and not self.looks.is_folded(node):
            return True
        if is_comment(node):
            return True
        if tag == "header":  # of an article: its title
            return not self.inside_main
        if tag == "form" and node.css_first("h1, h2, h3"):  # around the whole page
            return False
        if tag == "button" and (_is_in_heading(node) or is_opener(node)):  # one that folds the part below it
            return False
        if tag in AROUND or (attributes.get("role") or "").lower() in AROUND_ROLES:
            return True
        if tag == "a" and (attributes.get("href") or "").startswith("#"):
            return self._is_alone(node) and not _is_in_heading(node) and not is_link_to_itself(node)
        # In the main part a name proves nothing: a report has parts on consent.
        return (self.main is None or not self.inside_main) and asks_for_consent(node)

    def _is_alone(self, link: LexborNode) -> bool:
        """Return whether a link within the page is all that its block holds: “Back to top”, a table of contents."""
        block = link.parent
        while block is not None and (block.tag or "") not in _BLOCKS:
            block = block.parent
        if block is None:
            return False
        if block.mem_id not in self.words_of:
            self.words_of[block.mem_id] = " ".join(block.text().split())
        return self.words_of[block.mem_id] == " ".join(link.text().split())

    def _doubt(self, node: LexborNode) -> None:
        """Note what is left out of the main part and may be the page's own."""
        if self.main is None or not self.inside_main or self.around:
            return
        role = (node.attributes.get("role") or "").lower()
        kind = "hidden" if self.looks.is_hidden(node) else role if role in _DOUBTFUL else node.tag or ""
        words = " ".join(node.text(separator=" ").split())
        if kind in _DOUBTFUL and words:
            self.doubts.append(
                f"{quoted(words)} stands in the page's main part and was left out: it is {_DOUBTFUL[kind]}"
            )

    def _opening(self, item: LexborNode) -> str:
        """Return the bullet or number of a list item as browsers show it; none where the item is but a link."""
        linked = "".join(link.text() for link in item.css("a"))
        if "".join(linked.split()) == "".join(item.text().split()):
            return ""
        parent = item.parent
        if parent is None or parent.tag != "ol":
            return "• "
        if parent.mem_id not in self.counts:
            start = parent.attributes.get("start") or ""
            self.counts[parent.mem_id] = int(start) - 1 if re.fullmatch("[0-9]{1,5}", start) else 0
        self.counts[parent.mem_id] += 1
        return f"{sign_of(self.counts[parent.mem_id], parent.attributes.get('type') or '1')}. "


def is_opener(node: LexborNode) -> bool:
    """Return whether a button opens what stands below it, whose heading it is."""
    attributes = node.attributes
    is_button = node.tag == "button" or (attributes.get("role") or "").lower() in ("button", "tab")
    opens = any(name in attributes for name in ("aria-expanded", "aria-controls", "data-toggle", "data-bs-toggle"))
    return is_button and opens and len(node.text()) > 3


def _is_bracketed(reading: LexborNode) -> bool:
    """Return whether a word's reading, above it, comes with brackets for those who cannot show it there."""
    beside = (reading.prev, reading.next)
    return any(each is not None and each.tag == "rp" for each in beside)


def _is_in_heading(node: LexborNode) -> bool:
    parent = node.parent
    while parent is not None and (parent.tag or "") not in _BLOCKS:
        parent = parent.parent
    return parent is not None and parent.tag in HEADINGS
