"""Hostile words, one kind of each, in every place that contributors write: they show as words, or are refused."""

from __future__ import annotations

import pytest
import yaml

from build_scripts.disk.read import read_schemas
from build_scripts.facts.schema_check import check_schema
from build_scripts.facts.yaml_text import read_yaml
from build_scripts.model.evidence import SourceFile
from build_scripts.pages.frame.markdown import escape, plain
from tests.helpers.projects import ROOT
from tests.helpers.slots import SLOTS, check_front_matter, check_shown, pages

HOSTILE = [
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//evil.example>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<b>bold</b>",
    '"><script>alert(1)</script>',
    "' onmouseover='alert(1)",
    '" onfocus="alert(1)" autofocus="',
    "</article><h1>Mine</h1>",
    "</p></div></details></blockquote>",
    "</title><script>alert(1)</script>",
    "<!-- hidden",
    "--> shown <!--",
    "<![CDATA[ x ]]>",
    "<?php echo 1 ?>",
    "[click](javascript:alert(1))",
    "[click][ref]",
    "[ref]: https://evil.example",
    "![picture](https://evil.example/x.png)",
    "<https://evil.example>",
    "<mail@evil.example>",
    "https://evil.example www.evil.example",
    "[^1]",
    "[^1]: a note",
    "*[HTML]: Hyper",
    "[TOC]",
    "[[wiki]]",
    "{{ 7 * 7 }} {{ config }}",
    "{% for x in y %}",
    "{# remark #}",
    "${7*7} #{7*7}",
    "{: onclick=alert(1) }",
    "words {#id .class onclick=alert(1)}",
    '{ #own style="x" }',
    '--8<-- "/etc/passwd"',
    "::: module",
    "!!! danger",
    "??? danger",
    "=== tab",
    "---",
    "...",
    "--- title: mine",
    "title: mine",
    "!!python/object:os.system x",
    "&anchor *alias",
    "- - -",
    "* * *",
    "_ _ _",
    "===",
    "# heading",
    "###### heading ######",
    "C#",
    "1. one",
    "2) two",
    "- item",
    "+ item",
    "* item",
    "- [ ] task",
    "> quote",
    ": definition",
    "| a | b |",
    "a | b",
    "|---|---|",
    "```",
    "~~~ {.python}",
    "`code`",
    "    code",
    "**bold** _italic_ ~~gone~~ ==mark== ^up^ H~2~O",
    "$x^2$ \\(x\\) \\[x\\]",
    "&lt;b&gt; &amp; &#60;b&#62; &nbsp; &copy;",
    "&#x3c;script&#x3e;",
    "back\\slash \\* \\",
    "trailing spaces  ",
    '"quoted" ‘curly’ <em>',
    ":smile: (c) -- ---",
    # Python-Markdown's own marks of places: for stashed HTML, for escaped signs and for ampersands.
    "\x02wzxhzdk:0\x03 \x02klzzwxh:0000\x03 \x02amp\x03 \x0260\x03",
    "wzxhzdk:0 klzzwxh:0000 \ue000",
    # What turns, hides or breaks the words around it.
    "left \u202eright\u202c \u2066isolated\u2069 \u200fmark",
    "zero\u200bwidth\ufeff \xadsoft",
    "no\x00thing \x1b[31mred\x07",
    "lines\n\n# heading\r\n- item\u2028***\x85---",
    "tab\t| tab",
    "half \ud800 a letter \uffff",
    "a" * 500,
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_are_words(text: str) -> None:
    """Hostile words stand on the page letter by letter, and what they would have made is not there."""
    shown = plain(text).strip()
    assert shown

    check_shown(shown)
    check_front_matter(shown)


@pytest.mark.parametrize("text", HOSTILE)
def test_words_are_made_plain_where_they_are_written(text: str) -> None:
    """Words that nobody cleaned give the same pages as clean ones, so that no one has to remember to clean them."""
    places = [slot for slot in SLOTS if slot not in ("passage", "item", "match")]  # those come clean from parse
    raw, clean = pages(**dict.fromkeys(places, text.strip())), pages(**dict.fromkeys(places, plain(text.strip())))

    assert raw == clean


@pytest.mark.parametrize("slot", SLOTS)
def test_each_place_is_shown(slot: str) -> None:
    """Each place that these tests fill is one that the pages really show."""
    assert any("Qqq" in page for page in pages(**{slot: "Qqq"}).values())


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("plain words, (and) more; 50% @ £5 / 7 'so'", "plain words, (and) more; 50% @ £5 / 7 'so'"),
        ("<b>", "&#60;b&#62;"),
        ("1. one", "1&#46; one"),
        ("- one - two", "&#45; one - two"),
        ("2024 - 2025", "2024 - 2025"),
        ("a\n\n\tb", "a b"),
    ],
)
def test_escape(text: str, written: str) -> None:
    """Only what could be markup is written as references, so that the Markdown reads well."""
    assert escape(text) == written


@pytest.mark.parametrize("key", ["source", "checked_by"])
@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        " javascript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "vbscript:x",
        "//evil.example",
        "/reports/",
        "https:evil.example",
        "https://",
        'https://www.cqc.org.uk/"onclick="alert(1)',
        "https://www.cqc.org.uk/<script>",
        "https://www.cqc.org.uk/a b",
        "https://user:secret@example.org/",
        "https://www.cqc.org.uk/\n",
        "ftp://example.org/",
    ],
)
def test_hostile_addresses_are_refused(key: str, address: str) -> None:
    """An address is a whole one of the web, with nothing in it that could end an attribute."""
    refused(key, address)


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org/care-services",
        "https://www.cqc.org.uk.example.org/",
        "https://www.cqc.org.uk@example.org/",
        "http://www.cqc.org.uk/care-services",
    ],
)
def test_a_source_is_a_page_of_cqc(address: str) -> None:
    """What pages link as CQC's own report is on CQC's site, so that nothing else can be passed off as it."""
    refused("source", address)


def refused(key: str, address: str) -> None:
    """Assert that a report with this address has one problem, on the line of the address."""
    path = "data/reports/camden-2025-02/report.yml"
    value = {**yaml.safe_load((ROOT / path).read_bytes()), key: address}
    document, problems = read_yaml(SourceFile(path, yaml.safe_dump(value, sort_keys=False).encode()))
    assert document is not None
    assert problems == ()

    found = list(check_schema(document, read_schemas()["report"]))

    assert [problem.code for problem in found] == ["EV207"]
    assert found[0].line == document.line(key)
