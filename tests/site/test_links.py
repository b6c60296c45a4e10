"""The built site hangs together: every link leads somewhere, both ways, at a host's root and below a path.

Everything is asked of three sites: the real one at a root, the real one below a path, and an invented collection with
every statement's text, in which voices have pages beyond the first, and themes more passages than their own page shows.
"""

from __future__ import annotations

import gzip
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections import Counter
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from build_scripts.pages.frame.markdown import MARKER
from tests.helpers.built_site import BuiltSite, first
from tests.helpers.projects import build_site, copy_few

if TYPE_CHECKING:
    from tests.site.conftest import Site

TEXT = re.compile(r"/reports/[a-z0-9-]+/[a-z-]+/\Z")
PASSAGE = re.compile(r"/reports/[a-z0-9-]+/[a-z-]+/#p-[0-9a-f]{8}(?:-\d+)?\Z")
OWN = re.compile(r"/(?:themes|voices)/[a-z0-9-]+/\Z")
CELL = re.compile(r"(?P<tag>/(?:themes|voices)/[a-z0-9-]+/)[a-z-]+/\Z")


@pytest.fixture(scope="module")
def real(built_site: Path) -> BuiltSite:
    return BuiltSite(built_site)


@pytest.fixture(scope="module")
def below_a_path(sub_site: Site) -> BuiltSite:
    return BuiltSite(sub_site.directory, sub_site.built_for)


@pytest.fixture(scope="module")
def invented(invented_site: Path) -> BuiltSite:
    return BuiltSite(invented_site)


@pytest.fixture(params=["real", "below_a_path", "invented"])
def built(request: pytest.FixtureRequest) -> BuiltSite:
    """Each of the sites in turn."""
    found = request.getfixturevalue(request.param)
    assert isinstance(found, BuiltSite)
    assert len(found.pages) > 250
    return found


def texts(built: BuiltSite) -> list[str]:
    """Return the addresses of all text pages."""
    return [address for address in built.pages if TEXT.match(address)]


def tag_pages(built: BuiltSite) -> list[str]:
    """Return the addresses of all pages of themes and voices, those on one statement included."""
    return [address for address in built.pages if OWN.match(address) or CELL.match(address)]


def test_every_link_leads_somewhere(built: BuiltSite) -> None:
    """Each link, picture, script and style sheet of each page is in the site, at the address that is written."""
    wrong = [f"{link.page}: {link.written}" for link in built.links if not built.holds(link.target)]

    assert len(built.links) > 10_000
    assert wrong == []


def test_every_link_to_a_page_ends_in_a_slash(built: BuiltSite) -> None:
    """No link counts on a host that adds the slash or finds ``index.html`` by itself."""
    wrong = [
        f"{link.page}: {link.written}"
        for link in built.links
        if link.is_navigation
        and link.page != "/404.html"
        and not link.target.endswith(("/", ".json", ".txt", ".csv", ".svg"))
    ]
    assert wrong == []


def test_every_anchor_is_there(built: BuiltSite) -> None:
    """Each link to a place inside a page finds it."""
    ids = {address: set(anchors) for address, anchors in built.anchors.items()}
    linked = [link for link in built.links if link.anchor and link.target in ids]

    assert len(linked) > 1_000
    assert [f"{link.page}: {link.written}" for link in linked if link.anchor not in ids[link.target]] == []


def test_no_page_has_one_id_twice(built: BuiltSite) -> None:
    """Every id, and so every passage's link, names one place of its page."""
    twice = [
        f"{address}#{id}" for address, ids in built.anchors.items() for id, number in Counter(ids).items() if number > 1
    ]
    assert twice == []
    assert sum(id.startswith("p-") for ids in built.anchors.values() for id in ids) >= 27


def test_style_sheets_find_their_pictures(built: BuiltSite) -> None:
    """What a style sheet of ours refers to is in the site too, and nothing is fetched from another host."""
    sheets = sorted((built.directory / "assets").glob("made/*/style.css"))
    found = [
        (sheet, reference.strip("\"'"))
        for sheet in sheets
        for reference in re.findall(r"url\(([^)]+)\)", re.sub(r"/\*.*?\*/", "", sheet.read_text("utf-8"), flags=re.S))
        if not reference.strip("\"'").startswith(("data:", "#"))
    ]
    assert len(sheets) == 1
    assert [f"{sheet.name}: {written}" for sheet, written in found if not (sheet.parent / written).is_file()] == []


def test_every_page_can_be_walked_to(built: BuiltSite) -> None:
    """From the home page every page is reached by links alone."""
    onward: dict[str, set[str]] = {address: set() for address in built.trees}
    for link in built.links:
        if link.is_navigation and link.target in onward:
            onward[link.page].add(link.target)
    reached, todo = {"/"}, ["/"]
    while todo:
        new = onward[todo.pop()] - reached
        reached |= new
        todo += new

    assert sorted(set(built.pages) - reached) == []


def test_every_page_has_a_whole_head(built: BuiltSite) -> None:
    """Each page has one main heading, a title of its own, a description, a language and what social media show."""
    wrong = []
    for address in built.trees:
        title = built.texts(address, "head > title")
        named = {
            "language": built.attributes(address, "html", "lang") == ["en-GB"],
            "h1": len(built.texts(address, "h1")) == 1 and built.texts(address, "h1")[0] != "",
            "title": len(title) == 1 and "Care Evidence Explorer" in title[0],
            "description": all(built.attributes(address, "head > meta[name=description]", "content")),
            **{
                f"og:{name}": all(built.attributes(address, f'head > meta[property="og:{name}"]', "content") or [""])
                for name in ("title", "description", "type", "site_name", "locale")
            },
        }
        named["description"] &= len(built.nodes(address, "head > meta[name=description]")) == 1
        wrong += [f"{address}: {name}" for name, well in named.items() if not well]
    assert wrong == []


def test_every_title_is_its_own(built: BuiltSite) -> None:
    """No two pages have the same title, so tabs, bookmarks and search results can be told apart."""
    titles = Counter(title for address in built.pages for title in built.texts(address, "head > title"))
    assert [title for title, number in titles.items() if number > 1] == []


def test_heading_levels_are_not_skipped(built: BuiltSite) -> None:
    """A page's outline goes down one level at a time."""
    wrong = []
    for address in built.trees:
        levels = [int((node.tag or "")[1:]) for node in built.nodes(address, "h1, h2, h3, h4, h5, h6")]
        wrong += [address for before, level in pairwise(levels) if level > before + 1]
    assert wrong == []


def test_address_is_named_when_it_is_known(below_a_path: BuiltSite, real: BuiltSite) -> None:
    """With SITE_URL set each page names its own address, for search engines and social media; without, none does."""
    for address in below_a_path.pages:
        own = f"{below_a_path.base}{address.removeprefix('/')}"
        assert below_a_path.attributes(address, "head > link[rel=canonical]", "href") == [own]
        assert below_a_path.attributes(address, 'head > meta[property="og:url"]', "content") == [own]
        assert len(below_a_path.nodes(address, 'head > meta[property="og:image"]')) == 1
    for address in real.pages:
        assert not real.nodes(address, "head > link[rel=canonical], head > meta[property='og:url']")


def test_sitemap_lists_every_page(below_a_path: BuiltSite) -> None:
    """The map for search engines names each page once, packed and unpacked alike."""
    plain = (below_a_path.directory / "sitemap.xml").read_bytes()
    packed = gzip.decompress((below_a_path.directory / "sitemap.xml.gz").read_bytes())
    namespace = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    listed = [node.text or "" for node in ET.fromstring(plain).iter(f"{namespace}loc")]  # noqa: S314 - our own file

    assert sorted(listed) == sorted(f"{below_a_path.base}{address.removeprefix('/')}" for address in below_a_path.pages)
    assert packed == plain


def passages_of_texts(built: BuiltSite) -> dict[str, set[str]]:
    """Return the address of each passage on its text page, with the themes and voices that its footer leads to."""
    found = {}
    for address in texts(built):
        for node in built.nodes(address, "article.passage[id]"):
            chips = {built.resolve(address, chip.attributes["href"] or "") for chip in node.css(".earned a")}
            found[f"{address}#{node.attributes['id']}"] = {chip[0] for chip in chips if chip}
    return found


def passages_of_tags(built: BuiltSite) -> dict[str, list[str]]:
    """Return each theme and voice with the passages of its pages by statement."""
    found: dict[str, list[str]] = {}
    for address in built.pages:
        if tag := CELL.match(address):
            found.setdefault(tag["tag"], []).extend(built.links_of(address, "article.passage a.permalink"))
    return found


def test_themes_and_passages_lead_to_each_other(built: BuiltSite) -> None:
    """Each passage leads to its themes and voices, and each of those, on a page by statement, to the passage: once."""
    there = passages_of_texts(built)
    back = passages_of_tags(built)

    assert len(there) >= 27
    assert all(PASSAGE.match(passage) for passage in there)
    forward = sorted((passage, tag) for passage, tags in there.items() for tag in tags)
    assert len(forward) > 100
    assert forward == sorted((passage, tag) for tag, passages in back.items() for passage in passages)


def test_a_page_gives_all_passages_or_fifty(built: BuiltSite) -> None:
    """A theme's or voice's own page gives its passages, each once; of more than fifty, it gives fifty and leads on."""
    every = passages_of_tags(built)
    assert len(every) > 45
    for tag, passages in every.items():
        shown = built.links_of(tag, "article.passage a.permalink")
        assert len(shown) == len(set(shown)) == min(50, len(passages))
        assert set(shown) <= set(passages)
        cells = {f"{tag}{statement}/" for statement in {passage.split("/")[3] for passage in passages}}
        assert cells <= set(built.links_of(tag, "ul.cells a"))
        led = ["#by-quality-statement"] * 2 if len(passages) > 50 else []
        assert [node.attributes["href"] for node in built.nodes(tag, "p.summary a[href^='#']")] == led


def test_passage_stands_alike_on_every_page(built: BuiltSite) -> None:
    """A theme's page shows each passage with the words and voices of its text, and the first of its other themes."""
    shown = {
        f"{address}#{node.attributes['id']}": parts(node)
        for address in texts(built)
        for node in built.nodes(address, "article.passage[id]")
    }
    wrong = []
    for address in tag_pages(built):
        own = built.texts(address, "h1")[0] if OWN.match(address) else built.texts(address, "nav.crumbs li")[-1]
        for node in built.nodes(address, "article.passage"):
            link = built.resolve(address, first(node, "a.permalink").attributes["href"] or "")
            assert link
            words, themes, voices = shown["#".join(link)]
            others = [theme for theme in themes if theme != own or address.startswith("/voices/")]
            more = [f"and {len(others) - 3} more"] if len(others) > 3 else []
            if parts(node) != (words, [*others[:3], *more], voices):
                wrong.append(f"{address}: {'#'.join(link)}")
    assert wrong == []


def parts(node: Any) -> tuple[list[str], list[str], list[str]]:
    """Return the words of a passage's paragraphs or items, its themes and its voices."""
    words = [" ".join(part.text().split()) for part in node.css("p:not(.correction), li") if not inside_footer(part)]
    every = node.css(".earned dt") or node.css(".tags > span a")
    themes = [" ".join(it.text().split()) for it in every if "(voice)" not in it.text()]
    more = [found[0] for it in node.css(".tags > span") if (found := re.search(r"and \d+ more", it.text()))]
    return words, [*themes, *([] if node.css(".earned") else more)], [it.text() for it in node.css(".tags > a")]


def inside_footer(node: Any) -> bool:
    return node.tag == "footer" or (node.tag != "article" and inside_footer(node.parent))


def test_marked_words_stand_on_theme_pages_only(built: BuiltSite) -> None:
    """Each passage of a theme or voice has the words that earned it marked; text pages are left as published."""
    for address in tag_pages(built):
        for node in built.nodes(address, "article.passage"):
            assert node.css("mark, .correction"), f"{address}: {node.text()[:80]}"
    for address in texts(built):
        assert not built.nodes(address, "article.passage mark")


def test_chips_are_the_tags_of_the_front_matter(built: BuiltSite, built_docs: Path) -> None:
    """The ``tags`` and ``voices`` of a text's front matter are its passages' chips, in the order of the page."""
    assert texts(built)
    for address in texts(built):
        meta = front_matter(built_docs / f"{address.removeprefix('/')}index.md")
        chips = built.nodes(address, ".on-this-page a.chip")
        labels = [re.sub(r"\s+\d+\Z", "", " ".join(chip.text().split())) for chip in chips]
        earned = set(built.texts(address, "article.passage .earned dt"))
        voices = {each.removesuffix(" (voice)") for each in earned if each.endswith(" (voice)")}
        assert meta["tags"] == labels
        assert set(meta["tags"]) == {each for each in earned if not each.endswith(" (voice)")}
        assert set(meta["voices"]) == voices


def test_no_page_shows_its_front_matter(built: BuiltSite, built_docs: Path) -> None:
    """MkDocs read every page's front matter: it prints what it cannot read without a word (see the page's title)."""
    for address in built.pages:
        file = built_docs / f"{address.removeprefix('/')}index.md"
        if not file.exists():
            file = built_docs / f"{address.strip('/')}.md"
        meta = front_matter(file)
        body = first(built.trees[address], "article.md-content__inner").text()
        assert meta["title"], address
        assert meta["description"], address
        assert built.attributes(address, "head > meta[name=description]", "content") == [meta["description"]]
        if address != "/":
            assert built.texts(address, "head > title") == [f"{meta['title']} - Care Evidence Explorer"]
        assert MARKER not in body, address
        assert not re.search(r"^(title|description|tags): ", body, re.MULTILINE), address


@cache
def front_matter(file: Path) -> dict[str, Any]:
    """Return a page's front matter, read strictly."""
    _, front, _ = file.read_text("utf-8").split("---\n", 2)
    meta = yaml.safe_load(front)
    assert isinstance(meta, dict), file
    return meta


@pytest.fixture
def built_docs(built: BuiltSite) -> Path:
    """The folder docs/ that the site was made from."""
    return built.directory.parent / "docs"


def test_previous_and_next_agree(built: BuiltSite) -> None:
    """Where a page says that another is next, that one says that this is previous, whichever of its links is asked."""
    way: dict[str, dict[str, set[str]]] = {"prev": {}, "next": {}}
    for rel, of_pages in way.items():
        for address in built.pages:
            found = set(built.links_of(address, f"a[rel={rel}]"))
            assert len(found) <= 1, f"{address} has {len(found)} pages that are {rel}"
            if found:
                of_pages[address] = found
    forward = {(page, other) for page, others in way["next"].items() for other in others if "#" not in other}
    back = {(other, page) for page, others in way["prev"].items() for other in others if "#" not in other}

    assert len(forward) >= 8
    assert forward == back


def test_texts_of_a_report_follow_each_other(invented: BuiltSite) -> None:
    """With all nine texts there, a reader walks through a report from the first statement to the ninth."""
    reports = {address.rsplit("/", 2)[0] for address in texts(invented)}
    assert len(reports) == 4
    for report in reports:
        walked = [f"{report}/assessing-needs/"]
        while onward := invented.links_of(walked[-1], "nav.prevnext a[rel=next]"):
            walked += onward
        assert len(walked) == 9
        assert set(walked) == {address for address in texts(invented) if address.startswith(f"{report}/")}


OTHER_CLOCK = """
import datetime, time
apart = datetime.timedelta(days=4000, hours=7)
now = time.time
time.time = lambda: now() + apart.total_seconds()
class day(datetime.date):
    today = classmethod(lambda cls: cls.fromordinal((datetime.datetime.now()).toordinal()))
class moment(datetime.datetime):
    now = classmethod(lambda cls, tz=None: cls.fromtimestamp(time.time(), tz))
    utcnow = classmethod(lambda cls: cls.fromtimestamp(time.time(), datetime.timezone.utc).replace(tzinfo=None))
    today = now
datetime.date, datetime.datetime = day, moment
print("the clock is another")
"""
"""What Python runs first, before anything of ours: eleven years later, in programs that it starts, too."""


def test_two_builds_give_the_same_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A site built again, from a copy in another place, on another day, in another zone, is the same in every file."""
    one = _built_from_a_copy(tmp_path / "one")
    (tmp_path / "clock").mkdir()
    (tmp_path / "clock" / "sitecustomize.py").write_text(OTHER_CLOCK, "utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "clock"))
    monkeypatch.setenv("TZ", "Pacific/Kiritimati")
    asked = [sys.executable, "-c", "import datetime; print(datetime.date.today().year)"]
    later = subprocess.run(asked, capture_output=True, text=True, check=True).stdout.split()[-1]
    assert int(later) > date.today().year + 9  # noqa: DTZ011 - the year is all that is asked
    other = _built_from_a_copy(tmp_path / "other")
    assert len(one) > 150
    assert "sitemap.xml.gz" in one
    assert sorted(one) == sorted(other)
    assert [path for path in one if one[path] != other[path]] == []


def _built_from_a_copy(place: Path) -> dict[str, bytes]:
    """Return path to bytes of every file of a small site that is built from a copy, in a place of its own."""
    site = place / "site"
    build_site(site, copy_few(place / "project"))
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}
