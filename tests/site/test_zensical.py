"""Zensical builds the site too, from the same pages, settings and templates; what is different is listed here."""

from __future__ import annotations

import json
import os
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable

import pytest

from build_scripts.commands.build import JOINED
from build_scripts.disk.generator import MKDOCS
from build_scripts.disk.generator import build_site as generate
from tests.helpers.built_site import BuiltSite, attribute, first
from tests.helpers.projects import build_site, copy_few

ADDRESS = "https://anytown.example/care-evidence/"
PROJECT = "https://github.com/anytown/explorer"

SIGNS = """\
---
title: Tom & "Jerry" <b>
description: "It's 5 > 4, <i>so</i> & more"
---

# Tom & "Jerry" &lt;b>

## A & B

## "C" *d*

A [link](index.md#whose-words-these-are), `<code>` and 5 < 6.
"""
"""A guide with every sign that HTML takes for its own, where it stands in the head, the outline and the text."""

MADE_WITH = {"Material for MkDocs": "https://squidfunk.github.io/mkdocs-material/", "Zensical": "https://zensical.org/"}
"""Known difference: the footer says what the site was made with, as does the head (``generator``)."""

ALONE = (re.compile(r"sitemap\.xml\.gz"), re.compile(r"search\.json"))
"""Known difference: files that MkDocs alone or Zensical alone writes: the sitemap packed, and an empty index."""

Read = Callable[[BuiltSite, str], object]


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> tuple[BuiltSite, BuiltSite]:
    """A site with pages of every kind and a guide full of signs, built by MkDocs and by Zensical."""
    root = copy_few(tmp_path_factory.mktemp("both"))
    (root / "docs/about/signs.md").write_text(SIGNS, "utf-8")
    build_site(root / "zensical", root, ADDRESS, PROJECT, generator="zensical")
    (style,) = root.glob("docs/assets/made/*/style.css")
    known = {"SITE_URL": ADDRESS, "REPO_URL": PROJECT, "NO_MKDOCS_2_WARNING": "1", "MADE": style.parent.name}
    generate(MKDOCS, root, root / "site", {**os.environ, **known}, lambda _line: None, unused=JOINED)
    return BuiltSite(root / "site", ADDRESS), BuiltSite(root / "zensical", ADDRESS)


def metas(site: BuiltSite, address: str) -> object:
    """Return what the head says of the page, but for what made it."""
    named = [(attribute(node, "name") or attribute(node, "property"), node) for node in site.nodes(address, "meta")]
    return [(name, attribute(node, "content")) for name, node in named if name != "generator"]


def files(site: BuiltSite, address: str) -> object:
    """Return the style sheets, scripts and icons that the page asks for."""
    nodes = [*site.nodes(address, "link"), *site.nodes(address, "script[src]")]
    asked = [(node, site.resolve(address, attribute(node, "href") or attribute(node, "src"))) for node in nodes]
    return [(node.tag, attribute(node, "rel"), attribute(node, "type"), where) for node, where in asked]


def links(selector: str) -> Read:
    """Return a reader of where the links below an element lead, those to other sites as they are written."""

    def read(site: BuiltSite, address: str) -> object:
        written = site.attributes(address, f"{selector} a[href]", "href")
        return [site.resolve(address, href) or href for href in written if href not in MADE_WITH.values()]

    return read


def words(selector: str) -> Read:
    """Return a reader of the words of an element, white space collapsed, but for what the site was made with."""

    def read(site: BuiltSite, address: str) -> object:
        made = "|".join(MADE_WITH)
        return [re.sub(f"Made with (?:{made})", "", text) for text in site.texts(address, selector)]

    return read


def anchors(site: BuiltSite, address: str) -> object:
    """Return the ids of the page's elements, in order."""
    return site.anchors[address]


def markup(site: BuiltSite, address: str) -> object:
    """Return the HTML of the page's text, white space collapsed, and none beside tags, nor where its links lead."""
    html = " ".join((first(site.trees[address], "main article").html or "").split())
    return re.sub(r"\s*([<>])\s*", r"\1", re.sub(r'href="[^"]*"', "", html))


def test_every_page_is_built_by_both(sites: tuple[BuiltSite, BuiltSite]) -> None:
    """Neither leaves a page out or adds one, and of other files only those that are listed are of one alone."""
    one, other = sites
    assert list(one.trees) == list(other.trees)
    assert len(one.trees) > 50

    files = [{str(file.relative_to(site.directory)) for file in site.directory.rglob("*.*")} for site in sites]

    for alone, listed in zip((files[0] - files[1], files[1] - files[0]), ALONE, strict=True):
        assert [path for path in sorted(alone) if not listed.fullmatch(path)] == []


def test_signs_of_html_are_words_in_both(sites: tuple[BuiltSite, BuiltSite]) -> None:
    """A title and a description are shown to the letter, whatever HTML would make of their signs."""
    for site in sites:
        assert site.texts("/about/signs/", "title") == ['Tom & "Jerry" <b> - Care Evidence Explorer']
        assert site.attributes("/about/signs/", "meta[name=description]", "content") == ["It's 5 > 4, <i>so</i> & more"]


def test_what_is_listed_as_different_is(sites: tuple[BuiltSite, BuiltSite]) -> None:
    """Each difference that is allowed for, here and in MAINTAINING.md, is a true one."""
    for site, (name, address) in zip(sites, MADE_WITH.items(), strict=True):
        assert f"Made with {name}" in site.texts("/about/", "footer")[0]
        assert address in site.attributes("/about/", "footer a", "href")

    spaces = [(site.directory / "about/index.html").read_text("utf-8").partition("<header")[0] for site in sites]
    assert [bool(re.search(r"\n\s", head)) for head in spaces] == [False, True]

    assert json.loads((sites[1].directory / "search.json").read_text("utf-8"))["items"] == []


def test_both_list_the_same_addresses(sites: tuple[BuiltSite, BuiltSite]) -> None:
    """The sitemaps list the same addresses; MkDocs says since when a page is as it is, Zensical does not."""
    trees = [ET.parse(site.directory / "sitemap.xml") for site in sites]  # noqa: S314 - we have just written it
    listed = [{each.text for each in tree.iterfind(".//{*}loc")} for tree in trees]
    assert listed[0] == listed[1] == {ADDRESS + page[1:] for page in sites[0].pages}
    assert [bool(tree.findall(".//{*}lastmod")) for tree in trees] == [True, False]


READERS: dict[str, Read] = {
    "title": words("title"),
    "description and the like": metas,
    "files": files,
    "words of main": words("main"),
    "links of main": links("main"),
    "markup of main": markup,
    "anchors": anchors,
    "words of the header": words("header"),
    "links of the header": links("header"),
    "words of the footer": words("footer"),
    "links of the footer": links("footer"),
}


@pytest.mark.parametrize("what", READERS)
def test_each_page_is_the_same(sites: tuple[BuiltSite, BuiltSite], what: str) -> None:
    """Page by page, what a reader, a browser and another site get is the same."""
    one, other = sites
    found = {address: (READERS[what](one, address), READERS[what](other, address)) for address in one.trees}
    assert any(both[0] for both in found.values())
    assert {address: both for address, both in found.items() if both[0] != both[1]} == {}
