"""A web page to text: what its main part shows, a line for each block; navigation, banners and forms are dropped.

Read by Lexbor, which builds the tree that browsers build. Nothing is fetched and nothing runs. Whatever is dropped is
told; where it stands in the main part and may be the page's own (an aside, what is hidden), that is told as a doubt.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode

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
_HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
_AROUND = frozenset(["aside", "button", "dialog", "footer", "form", "header", "nav", "noscript", "select", "textarea"])
_AROUND_ROLES = frozenset(
    [
        *("alertdialog", "banner", "complementary", "contentinfo", "dialog", "form", "menu", "navigation"),
        *("search",),
    ]
)
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
_CONSENT_TOOL = re.compile(
    r"onetrust|cybotcookiebot|usercentrics|didomi|qc-cmp2|cc-window|eu-cookie-compliance|(?:ccc|sliding-popup)\Z"
    r"|(?:(?:global-|govuk-|nhsuk-)?cookies?-?(?:banner|bar|consent|control|dialog|message|notice|popup)"
    r"|gdpr-?(?:banner|consent|notice|popup))(?![a-z])",
    re.IGNORECASE,
)
"""How the id or a class of a tool begins that asks for consent to cookies: the usual tools, and names that leave no
doubt."""
_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w:.-]{1,40})""", re.IGNORECASE)
_SAVED_FROM = re.compile(r"saved from url=\(\d+\)(https?://[^\s<>\"]+)")
_HIDDEN = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)


def import_html(data: bytes) -> Imported:
    """Return the words of a page's main part; raise ``UnreadableError`` (EV702) where the bytes are no text."""
    declared = _CHARSET.search(data[:4096])
    text, unsure = decode(data, declared[1].decode("ascii") if declared else "")
    tree = LexborHTMLParser(text)
    body = tree.body or tree.root
    if body is None:
        return Imported("html", "", unsure=unsure)
    main = _main_part(body)
    walk = _Walk(main)
    walk.over(body)
    return Imported(
        kind="html",
        text="\n".join(_without_outer_blanks(walk.kept.rows)),
        dropped=tuple(row for row in walk.dropped.rows if row),
        unsure=(*unsure, *_first(walk.doubts)),
        title=_title(tree),
        address=_address(tree, text),
        links=tuple(walk.links),
    )


def _first(doubts: list[str]) -> list[str]:
    more = len(doubts) - _MOST_DOUBTS
    return [*doubts[:_MOST_DOUBTS], *([f"and {more} more were left out of its main part"] if more > 0 else [])]


def _main_part(body: LexborNode) -> LexborNode | None:
    """Return the element that holds the page's own words, None when the whole body does."""
    for selector in ("main", "[role=main]", "article"):
        found = body.css(selector)
        if len(found) == 1 or (found and selector != "article"):
            return max(found, key=lambda node: len(node.text()))
    return None


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

    def __init__(self, main: LexborNode | None) -> None:
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
            self._take(node.text_content or "")
            return False
        if tag.startswith(("-", "!")) or tag in _NEVER:
            return False
        if tag in _BLOCKS and not _is_cell(node):
            self.rows.end(blank=tag not in _TIGHT)
        elif tag in ("td", "th"):
            self.rows.words.append("\t")
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
        if tag in _BLOCKS and not _is_cell(node):
            self.rows.end(blank=tag not in _TIGHT)
        if tag == "li":
            self.rows.opening = ""
        self.verbatim -= tag in ("pre", "textarea")
        if node.mem_id == self.main:
            self.inside_main = False
        self.around.discard(node.mem_id)

    def _take(self, text: str) -> None:
        if not self.verbatim:
            self.rows.words.append(re.sub(r"\s+", " ", text))
            return
        for number, row in enumerate(text.split("\n")):
            if number:
                self.rows.end(blank=not row.strip())
            self.rows.words.append(row.replace("\t", " "))

    def _is_around(self, node: LexborNode) -> bool:
        """Return whether an element is navigation, a banner, a form: beside the page's own words."""
        tag, attributes = node.tag or "", node.attributes
        if tag in ("html", "body", "main"):
            return False
        if _is_hidden(node):
            return True
        if tag == "header":  # of an article: its title
            return not self.inside_main
        if tag == "form" and node.css_first("h1"):  # around the whole page
            return False
        if tag == "button" and _is_in_heading(node):  # one that folds the part below it
            return False
        if tag in _AROUND or (attributes.get("role") or "").lower() in _AROUND_ROLES:
            return True
        if tag == "a" and (attributes.get("href") or "").startswith("#"):
            return _is_alone(node) and not _is_in_heading(node)
        # In the main part a name proves nothing: a report has parts on consent.
        return (self.main is None or not self.inside_main) and _asks_for_consent(node)

    def _doubt(self, node: LexborNode) -> None:
        """Note what is left out of the main part and may be the page's own."""
        if self.main is None or not self.inside_main or self.around:
            return
        role = (node.attributes.get("role") or "").lower()
        kind = "hidden" if _is_hidden(node) else role if role in _DOUBTFUL else node.tag or ""
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
        return f"{self.counts[parent.mem_id]}. "


def _is_hidden(node: LexborNode) -> bool:
    """Return whether a browser does not show an element; a part that is folded until it is found is not hidden."""
    attributes = node.attributes
    if (attributes.get("hidden") or "").lower() == "until-found":
        return False
    return "hidden" in attributes or bool(_HIDDEN.search(attributes.get("style") or ""))


def _is_in_heading(node: LexborNode) -> bool:
    parent = node.parent
    while parent is not None and (parent.tag or "") not in _BLOCKS:
        parent = parent.parent
    return parent is not None and parent.tag in _HEADINGS


def _asks_for_consent(node: LexborNode) -> bool:
    """Return whether an element is by its name a tool that asks for consent to cookies, and not around the page."""
    attributes = node.attributes
    names = f"{attributes.get('id') or ''} {attributes.get('class') or ''}".split()
    return any(map(_CONSENT_TOOL.match, names)) and not node.css_first("main, article, h1")


def _is_cell(node: LexborNode) -> bool:
    """Return whether a paragraph is all that a cell of a table holds, so that its row is one line."""
    if node.tag not in ("p", "div") or node.parent is None or node.parent.tag not in ("td", "th"):
        return False
    return all(_is_blank(other) for other in node.parent.iter(include_text=True) if other.mem_id != node.mem_id)


def _is_blank(node: LexborNode) -> bool:
    return node.tag == "-text" and not (node.text_content or "").strip()


def _is_alone(link: LexborNode) -> bool:
    """Return whether a link within the page is all that its block holds: “Back to top”, a table of contents."""
    block = link.parent
    while block is not None and (block.tag or "") not in _BLOCKS:
        block = block.parent
    return block is not None and " ".join(block.text().split()) == " ".join(link.text().split())
