"""Guides, the pages written by hand: what is read of them, and that their links lead somewhere (EV801)."""

from __future__ import annotations

import re

import pytest

from build_scripts.disk.read import read_schemas, read_site
from build_scripts.model.guides import Guide, Link
from build_scripts.model.problems import format_text
from build_scripts.pages.frame.markdown import MARKER
from build_scripts.pipeline import run_pipeline
from build_scripts.pipeline.run import Run
from build_scripts.text.guide import LARGEST, MOST_LINES, read_guide
from tests.helpers.collections_of import EQUITY, Edit, sources
from tests.helpers.projects import ROOT
from tests.helpers.readers import front_matter, mkdocs_html

GUIDE = """\
---
title: Boats
description: How to count them.
---

# Counting boats

A *boat* has `oars`, see [piers](piers.md "Where boats are")
and [the quay](piers.md#the-quay).

## Which count

| kind | see |
| --- | --- |
| rowing boat | [rivers](../rivers/index.md) |

```sh
make boats
```

### Rafts

<div>No <b>rafts</b>.</div>

Not ![a raft](raft%20one.png) either: [why][raft].

[raft]: https://example.org/rafts
"""

HEADINGS = """\
# The page
## One word
## One word
## One word_1
## `<authority>` & its *boats*, 57% of “them”
## Été à la mer
## 漢字
## [A link](x.md) in it
## EV101: given { #ev101 }
## Given with a class {: .big #its-own }
## its own
Set below
---------
## Closed ##

<h2 id="in-html">In HTML</h2>

A paragraph with <a id="inside"></a> an anchor, and one of attributes.
{: #of-a-paragraph }
"""


def guide(text: str, path: str = "quay/boats.md") -> Guide:
    return read_guide(path, text.encode())


def test_a_guide_is_read_in_its_parts() -> None:
    """Title, sections with their plain words, and links with the lines that they stand on."""
    read = guide(GUIDE)
    assert (read.path, read.title, read.description, read.hidden) == (
        "quay/boats.md",
        "Boats",
        "How to count them.",
        False,
    )
    assert [(each.heading, each.anchor, each.words.split()) for each in read.sections] == [
        ("", "", ["A", "boat", "has", "oars,", "see", "piers", "and", "the", "quay."]),
        ("Which count", "which-count", ["kind", "see", "rowing", "boat", "rivers", "make", "boats"]),
        ("Rafts", "rafts", ["No", "rafts.", "Not", "either:", "why."]),
    ]
    assert read.links == (
        Link("piers.md", 8),
        Link("piers.md#the-quay", 9),
        Link("../rivers/index.md", 15),
        Link("raft one.png", 25),
        Link("https://example.org/rafts", 25),
    )


@pytest.mark.parametrize(
    ("text", "title", "hidden"),
    [
        ("# A *pier*\n", "A pier", False),
        ("---\nsearch:\n  exclude: true\n---\n# A pier\n", "A pier", True),
        ("---\ntitle: 5\nsearch: no\n---\n# A pier\n", "A pier", False),
        ("---\ntitle: [\n---\n# A pier\n", "A pier", False),
        ("---\ntitle: 2025-13-45\n---\n# A pier\n", "A pier", False),
        (f"---\ntitle: {'9' * 5_000}\n---\n# A pier\n", "A pier", False),
        ("\ufeff---\r\ntitle: A pier\r\n---\r\n\r\n# Another\r\n", "A pier", False),
        ("No heading\n", "", False),
        ("", "", False),
    ],
    ids=["heading", "excluded", "other types", "not YAML", "no day", "no number", "of Windows", "none", "empty"],
)
def test_what_a_guide_says_of_itself(text: str, title: str, hidden: bool) -> None:
    """The title is that of the front matter, else the first heading; only ``search: exclude`` hides a page."""
    assert (guide(text).title, guide(text).hidden) == (title, hidden)


def ids(text: str) -> set[str]:
    """Every anchor of the page that MkDocs makes."""
    return set(re.findall(r'\bid="([^"]+)"', mkdocs_html(front_matter(text)[0])))


def test_anchors_are_those_that_mkdocs_makes() -> None:
    """Headings that repeat, that say their own anchor, of other letters and in HTML: the same places in both."""
    assert guide(HEADINGS).anchors == ids(HEADINGS)
    assert {"one-word_1", "ev101", "its-own", "its-own_1", "in-html", "of-a-paragraph"} <= ids(HEADINGS)


def real_guides() -> dict[str, bytes]:
    return {path: page for path, page in read_site(ROOT, MARKER.encode()).items() if path.endswith(".md")}


@pytest.mark.parametrize("path", real_guides())
def test_anchors_of_the_real_guides(path: str) -> None:
    """Each guide of the project has in our reading the very anchors that it has on the site."""
    page = real_guides()[path]
    assert read_guide(path, page).anchors == ids(page.decode())


def test_anchors_of_generated_pages() -> None:
    """Those that guides may link to are read as well: headings with an anchor of their own, and HTML."""
    files = checked({}).files
    text = "reports/anytown-2025-01/equity/index.md"
    for path in ("contribute/problems/index.md", "about/methodology/index.md", text):
        assert ids(files[path].decode()) <= read_guide(path, files[path]).anchors
    assert "p-3ee45653" in read_guide(text, files[text]).anchors


def checked(pages: dict[str, str], *edits: Edit) -> Run:
    """Return what the pipeline makes of the valid collection with these guides."""
    site = {path: page.encode() for path, page in pages.items()}
    return run_pipeline(sources(*edits), read_schemas(), site=site)


OTHER = "# Piers\n\n## The quay\n"


@pytest.mark.parametrize(
    ("link", "what", "mend"),
    [
        (
            "peers.md",
            "the link 'peers.md' leads to no page of docs/",
            "did you mean 'piers.md'? give the page's file as seen from this one, with .md at its end",
        ),
        (
            "../themes/",
            "the link '../themes/' leads to no page of docs/",
            "did you mean '../themes/index.md'? give the page's file as seen from this one, with .md at its end",
        ),
        (
            "/quay/piers.md",
            "the link '/quay/piers.md' leads to no page of docs/",
            "did you mean 'piers.md'? give the page's file as seen from this one, with .md at its end",
        ),
        (
            "../../README.md",
            "the link '../../README.md' leads to no page of docs/",
            "did you mean '../index.md'? give the page's file as seen from this one, with .md at its end",
        ),
        (
            "piers.md#the-key",
            "the link 'piers.md#the-key' leads to no heading of docs/quay/piers.md",
            "did you mean 'the-quay'? copy the part behind # from the heading's address on the site",
        ),
        (
            "#boots",
            "the link '#boots' leads to no heading of docs/quay/boats.md",
            "did you mean 'boats'? copy the part behind # from the heading's address on the site",
        ),
        (
            "../contribute/problems/index.md#ev999",
            "the link '../contribute/problems/index.md#ev999' leads to no heading of docs/contribute/problems/index.md",
            "did you mean 'ev709'? copy the part behind # from the heading's address on the site",
        ),
        ("https://[boats", "the link 'https://[boats' is no address", "copy it from the browser's address bar"),
    ],
)
def test_a_link_that_leads_nowhere_is_told(link: str, what: str, mend: str) -> None:
    """It is named with its line and what is likely to be meant, and nothing is made."""
    run = checked({"quay/boats.md": f"# Boats\n\nSee\n[it]({link}).\n", "quay/piers.md": OTHER})
    told = [format_text(problem) for problem in run.problems]
    assert told == [f"docs/quay/boats.md:4: EV801 {what}\n    {mend}"]
    assert run.files == {}


@pytest.mark.parametrize(
    "link",
    [
        "piers.md",
        "./piers.md#the-quay",
        "#boats",
        "../themes/index.md",
        "../index.md",
        "../contribute/problems/index.md#ev101",
        "../search/index.md?q=boats",
        "https://example.org/themes/",
        "//example.org/themes/",
        "mailto:ann@example.org",
        "boat.png",
        "../data/passages.csv",
    ],
)
def test_a_link_that_leads_somewhere_is_none(link: str) -> None:
    """To a guide, to a generated page, to places on both, and to what others look for."""
    run = checked({"quay/boats.md": f"# Boats\n\n[It]({link}).\n", "quay/piers.md": OTHER})
    assert run.problems == ()
    assert [each.path for each in run.guides] == ["quay/boats.md", "quay/piers.md"]


def test_links_to_pages_that_are_not_made_are_not_judged() -> None:
    """Where the data have problems no page is made: links to generated pages wait, those between guides do not."""
    words = "# Boats\n\n[A](../themes/index.md)\n[b](piers.md#the-key)\n"
    run = checked({"quay/boats.md": words, "quay/piers.md": OTHER}, (EQUITY, "Score: 3\n", "Score: 7\n"))
    assert [(problem.path, problem.line, problem.code) for problem in run.problems] == [
        (EQUITY, 3, "EV503"),
        ("docs/quay/boats.md", 4, "EV801"),
    ]


@pytest.mark.parametrize("page", ["# Piers\n" * (MOST_LINES + 1), f"# {'pier' * LARGEST}\n"], ids=["lines", "bytes"])
def test_a_page_that_nobody_wrote_by_hand_is_not_read(page: str) -> None:
    """One line says that a page is too large; of links to places on it nothing is said."""
    run = checked({"boats.md": "# Boats\n\n[It](piers.md#the-key), [b](#boots)\n", "piers.md": page})
    assert [(problem.path, problem.line, problem.code) for problem in run.problems] == [
        ("docs/boats.md", 3, "EV801"),
        ("docs/piers.md", 1, "EV107"),
    ]
    assert run.files == {}


def test_what_looks_like_a_link_in_code_is_none() -> None:
    """Examples of Markdown in a guide are words."""
    run = checked({"boats.md": "`[a](nowhere.md)`\n\n```md\n[b](nowhere.md)\n```\n\n    [c](nowhere.md)\n"})
    assert run.problems == ()
