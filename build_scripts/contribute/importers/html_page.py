"""What a page's elements are: its own words, furniture around them, hidden, folded, or somebody's comment.

Style sheets in the page count as far as they say what is a block and what is not shown; nothing else of them does.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode

HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
AROUND = frozenset(["aside", "button", "dialog", "footer", "form", "header", "nav", "noscript", "select", "textarea"])
AROUND_ROLES = frozenset(
    [
        *("alertdialog", "banner", "complementary", "contentinfo", "dialog", "form", "menu", "navigation"),
        *("search",),
    ]
)
DEEPEST = 2_000
"""How deep elements of a page may stand in their like: browsers show no more than 512 apart."""
MOST_RULES = 3_000
"""Rules of style sheets that are looked at: a page of CQC's has some hundred of its own."""

_NESTING = re.compile(
    r"<(?P<end>/?)(?P<name>a|abbr|article|aside|b|big|blockquote|button|center|cite|code|del|details|dialog|div|dl|em"
    r"|fieldset|figure|font|footer|h[1-6]|header|i|ins|label|main|mark|nav|ol|pre|s|section|small|span|strike|strong"
    r"|sub|sup|table|tt|u|ul)(?=[\s/>])",
    re.IGNORECASE,
)
_CONSENT_TOOL = re.compile(
    r"onetrust|cybotcookiebot|usercentrics|didomi|qc-cmp2|cc-window|eu-cookie-compliance|(?:ccc|sliding-popup)\Z"
    r"|(?:(?:global-|govuk-|nhsuk-)?cookies?-?(?:banner|bar|consent|control|dialog|message|notice|popup)"
    r"|gdpr-?(?:banner|consent|notice|popup))(?![a-z])",
    re.IGNORECASE,
)
"""How the id or a class of a tool begins that asks for consent to cookies: the usual tools, and names that leave no
doubt."""
_HIDDEN = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all)", re.IGNORECASE)
_BLOCK = re.compile(r"display\s*:\s*(?:block|flex|grid|list-item|table|table-row|flow-root)\b", re.IGNORECASE)
_RAISED = re.compile(r"vertical-align\s*:\s*(?:super|text-top)", re.IGNORECASE)
_FOLDING = re.compile(
    r"(?:\A|[-_ ])(?:accordions?|collaps\w+|disclosure|expand\w*|folded|panel|reveal|tab-?content|tab-?pane|tab-?panel"
    r"|tabs?|toggle\w*)(?:\Z|[-_ ])",
    re.IGNORECASE,
)
"""Parts of names that designs give to what is folded away until it is opened."""
_COMMENT = re.compile(r"\A(?:MsoComment\w*|comment-list)\Z")
_RULE = re.compile(r"([^{}@;]{1,300})\{([^{}]{0,2000})\}")
_AT_BLOCK = re.compile(r"@[^{};]{1,200}\{(?:[^{}]{0,5000}\{[^{}]{0,5000}\}){0,300}[^{}]{0,5000}\}")


@dataclass(slots=True)
class Looks:
    """How elements of a page look, by their place in memory, where a style sheet of it says so."""

    blocks: set[int] = field(default_factory=set)
    hidden: set[int] = field(default_factory=set)
    raised: set[int] = field(default_factory=set)
    opened: set[str] = field(default_factory=set)
    """The ids of elements that something on the page opens."""

    def is_block(self, node: LexborNode) -> bool:
        """Return whether a style makes a block of an element that is none by itself."""
        return node.mem_id in self.blocks or bool(_BLOCK.search(node.attributes.get("style") or ""))

    def is_raised(self, node: LexborNode) -> bool:
        """Return whether an element stands higher than the words around it, as the number of a note does."""
        return (
            node.tag == "sup" or node.mem_id in self.raised or bool(_RAISED.search(node.attributes.get("style") or ""))
        )

    def is_hidden(self, node: LexborNode) -> bool:
        """Return whether a browser does not show an element, folded parts included."""
        attributes = node.attributes
        if (attributes.get("hidden") or "").lower() == "until-found":
            return False
        style = attributes.get("style") or ""
        return "hidden" in attributes or node.mem_id in self.hidden or bool(_HIDDEN.search(style))

    def is_folded(self, node: LexborNode) -> bool:
        """Return whether a hidden element is shown when a reader opens it: an accordion, a tab."""
        attributes = node.attributes
        if (attributes.get("id") or "") in self.opened or (attributes.get("role") or "").lower() == "tabpanel":
            return True
        return bool(_FOLDING.search(attributes.get("class") or "") and not asks_for_consent(node))


def looks_of(tree: LexborHTMLParser) -> Looks:
    """Return what the page's own style sheets say of blocks and of what is hidden, and what its buttons open."""
    looks = Looks()
    for name in ("aria-controls", "data-target", "data-bs-target", "href"):
        for node in tree.css(f"[{name}]"):
            given = node.attributes.get(name) or ""
            if name == "aria-controls" or given.startswith("#"):
                looks.opened.update(given.removeprefix("#").split())
    looks.opened.discard("")
    rules = 0
    for sheet in tree.css("style"):
        if (sheet.attributes.get("media") or "all").lower() not in ("all", "screen"):
            continue
        text = _AT_BLOCK.sub("", re.sub(r"/\*.*?\*/", "", sheet.text()[:500_000], flags=re.DOTALL))
        for selector, said in _RULE.findall(text):
            rules += 1
            found = [(_BLOCK, looks.blocks), (_HIDDEN, looks.hidden), (_RAISED, looks.raised)]
            for places in (places for pattern, places in found if pattern.search(said)):
                if rules <= MOST_RULES and ":" not in selector:
                    places.update(node.mem_id for node in _selected(tree, selector))
    return looks


def _selected(tree: LexborHTMLParser, selector: str) -> list[LexborNode]:
    try:
        return list(tree.css(selector.strip()))
    except Exception:  # Lexbor's words for what it takes for no selector are of several kinds
        return []


def is_too_deep(page: str) -> bool:
    """Return whether elements stand so deep in one another that building the tree, and each look into it, takes long.

    Only elements count that end where their end is written: a thousand items without one stand beside one another.
    """
    deep: Counter[str] = Counter()
    for found in _NESTING.finditer(page):
        name = found["name"].lower()
        deep[name] = max(0, deep[name] + (-1 if found["end"] else 1))
        if deep[name] > DEEPEST:
            return True
    return False


def main_part(body: LexborNode) -> LexborNode | None:
    """Return the element that holds the page's own words, None when the whole body does.

    An element that holds few of the page's paragraphs is none, and neither is one that leaves the page's title out.
    """
    words = sum(len(node.text()) for node in body.css("p, li, td"))
    for selector in ("main", "[role=main]", "article"):
        found = [node for node in body.css(selector) if node.text().strip()]
        if not found or (selector == "article" and len(found) > 1):
            continue
        node = max(found, key=lambda each: len(each.text()))
        if len(node.text()) * 3 < words or (not node.css_first("h1") and any(map(_is_own, body.css("h1")))):
            continue
        return node
    return None


def _is_own(heading: LexborNode) -> bool:
    """Return whether a heading is in none of the parts around a page's own words."""
    node = heading.parent
    while node is not None:
        if node.tag in AROUND or (node.attributes.get("role") or "").lower() in AROUND_ROLES:
            return False
        node = node.parent
    return True


def asks_for_consent(node: LexborNode) -> bool:
    """Return whether an element is by its name a tool that asks for consent to cookies, and not around the page."""
    attributes = node.attributes
    names = f"{attributes.get('id') or ''} {attributes.get('class') or ''}".split()
    return any(map(_CONSENT_TOOL.match, names)) and not node.css_first("main, article, h1")


def is_comment(node: LexborNode) -> bool:
    """Return whether an element is a comment on the text, or its sign, as Google Docs and Word write them."""
    attributes = node.attributes
    href, id = attributes.get("href") or "", attributes.get("id") or ""
    if node.tag == "a" and (href.startswith(("#cmnt", "#_msocom_")) or id.startswith(("cmnt", "_anchor_"))):
        return True
    if any(map(_COMMENT.match, (attributes.get("class") or "").split())):
        return True
    if re.search(r"mso-element\s*:\s*comment", attributes.get("style") or ""):
        return True
    own = node.css_first("a[id^=cmnt]") if node.tag == "div" else None
    return bool(own and (own.attributes.get("href") or "").startswith("#cmnt_ref")) and not node.css_first("h1, h2")


def is_link_to_itself(link: LexborNode) -> bool:
    """Return whether a link leads to the very place where it stands, as those that show a heading's address do."""
    target = (link.attributes.get("href") or "").removeprefix("#")
    node: LexborNode | None = link
    for _ in range(4):
        if node is None:
            return False
        if target and target in (node.attributes.get("id"), node.attributes.get("name")):
            return True
        node = node.parent
    return False


def is_short_cell(node: LexborNode) -> bool:
    """Return whether paragraphs in a cell are parts of its row, where that has others: the cell is short and flat."""
    return len(node.text()) <= 1_500 and not node.css_first("h1, h2, h3, h4, h5, h6, table")


def has_several_cells(row: LexborNode) -> bool:
    """Return whether more than one cell of a row has words."""
    filled = (cell for cell in row.iter() if cell.tag in ("td", "th") and cell.text().strip())
    return next(filled, None) is not None and next(filled, None) is not None
