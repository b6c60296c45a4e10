"""Reads a built site as a browser would: every page parsed once, and where its links lead."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

ORIGIN = "http://site.invalid"
"""Where the site is thought to be when its links are resolved."""


@dataclass(frozen=True)
class Link:
    """A reference of one page to something of the same site."""

    page: str
    """Address of the page that holds it."""
    written: str
    target: str
    """Address that it leads to, below the site's base and without an anchor: ``/themes/``, ``/assets/a.css``."""
    anchor: str
    is_navigation: bool
    """True for what a reader can follow (``<a>``), False for style sheets, pictures and the like."""


class BuiltSite:
    """All pages of a built site."""

    def __init__(self, directory: Path, site_url: str = "") -> None:
        """Read the site in ``directory``; ``site_url`` is the address that it was built for, if any."""
        self.directory = directory
        self.base = site_url or f"{ORIGIN}/"
        found = sorted(directory.rglob("*.html"))
        self.trees = {self._address(file): LexborHTMLParser(file.read_bytes()) for file in found}
        """Address, such as ``/themes/``, to the parsed page; ``/404.html`` is one of them."""

    def _address(self, file: Path) -> str:
        path = file.relative_to(self.directory).as_posix()
        return f"/{path.removesuffix('index.html')}"

    @property
    def pages(self) -> list[str]:
        """Addresses of all pages but the one for missing addresses."""
        return [address for address in self.trees if address != "/404.html"]

    def nodes(self, address: str, selector: str) -> list[LexborNode]:
        """Return the page's elements that a CSS selector finds."""
        return self.trees[address].css(selector)

    def texts(self, address: str, selector: str) -> list[str]:
        """Return the words of the page's elements that a CSS selector finds, white space collapsed."""
        return [words(node) for node in self.nodes(address, selector)]

    def attributes(self, address: str, selector: str, name: str) -> list[str]:
        """Return the values of an attribute of the page's elements that a CSS selector finds."""
        return [attribute(node, name) for node in self.nodes(address, selector)]

    @cached_property
    def anchors(self) -> dict[str, list[str]]:
        """Address to the ids of its elements, in order."""
        return {address: self.attributes(address, "[id]", "id") for address in self.trees}

    @cached_property
    def links(self) -> list[Link]:
        """Every reference of every page to something of this site."""
        return [link for address in self.trees for link in self._links(address)]

    def links_of(self, address: str, selector: str) -> list[str]:
        """Return where the page's links that a CSS selector finds lead, with their anchors: ``/a/#b``."""
        found = [self.resolve(address, href) for href in self.attributes(address, selector, "href")]
        return [f"{target}#{anchor}" if anchor else target for target, anchor in filter(None, found)]

    def resolve(self, page: str, written: str) -> tuple[str, str] | None:
        """Return target and anchor of a reference on a page, None when it leads to another site."""
        parts = urlsplit(urljoin(urljoin(self.base, page.removeprefix("/")), written))
        base = urlsplit(self.base)
        if parts.scheme not in ("http", "https") or parts.netloc != base.netloc:
            return None
        if not parts.path.startswith(base.path):
            return f"outside of the site: {parts.path}", ""
        return "/" + unquote(parts.path.removeprefix(base.path)), unquote(parts.fragment)

    def _links(self, address: str) -> Iterator[Link]:
        for attribute in ("href", "src", "srcset", "poster", "action"):
            for node in self.nodes(address, f"[{attribute}]"):
                written = node.attributes[attribute] or ""
                resolved = self.resolve(address, written)
                if resolved:
                    yield Link(address, written, *resolved, node.tag == "a")
        for node in self.nodes(address, "meta[content^=http]"):
            resolved = self.resolve(address, node.attributes["content"] or "")
            if resolved:
                yield Link(address, node.attributes["content"] or "", *resolved, False)

    def holds(self, target: str) -> bool:
        """Return whether a host that serves the folder finds something at an address."""
        file = self.directory / target.removeprefix("/")
        return (file / "index.html").is_file() if target.endswith("/") else file.is_file()


def first(tree: LexborHTMLParser | LexborNode, selector: str) -> LexborNode:
    """Return the first element that a CSS selector finds; there has to be one."""
    node = tree.css_first(selector)
    assert node is not None, f"no element {selector}"
    return node


def attribute(node: LexborNode, name: str) -> str:
    """Return the value of an element's attribute; empty when it has none."""
    return node.attributes.get(name) or ""


def words(node: LexborNode) -> str:
    """Return the words of an element, white space collapsed."""
    return " ".join(node.text().split())


def is_published(node: LexborNode) -> bool:
    """Return whether a paragraph or item of a passage is CQC's, not ours."""
    inside = node.parent
    while inside and inside.tag != "article":
        if inside.tag == "footer":
            return False
        inside = inside.parent
    return "correction" not in attribute(node, "class")
