"""Words that deliver.py hands on to GitHub: plain ones as they are, all others as code, whatever they try."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from build_scripts.review.cqc_list import NOT_ASKED, Answer, Listed, addresses_notice, reports_notice
from tests.helpers.projects import ROOT
from tests.unit.test_hostile import HOSTILE
from tools.harmless import harmless

OWN = "https://github.com/anytown/explorer"
FORM = f"[Add a text]({OWN}/issues/new?template=add-a-report.yml)"

ACTS = re.compile(r"[@#<>\[\]\\~|$_`]|//|\bwww\.|\bgh-\d|\b[0-9a-f]{7,40}\b|&\S", re.IGNORECASE)
"""What could be a mention, a reference, HTML, a link or a formula in text that is no code."""


def tokens(markdown: str) -> Iterator[Token]:
    """All that Markdown with tables makes of a text, by another reader than the one that is tested."""
    for token in MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(markdown):
        yield token
        yield from token.children or ()


def assert_nothing_acts(markdown: str) -> None:
    """Outside code there is nothing but prose, headings, lists and emphasis."""
    for token in tokens(markdown):
        assert not re.match("html|link|image|table|s_open", token.type), token
        if token.type == "fence":
            assert token.info in ("", "text")
        if token.type == "text":
            assert not ACTS.search(token.content), token


PLAIN = [
    "Thank you. Your text was read without problems.\n",
    "## What this change does\n\nThe check finds nothing wrong.\n",
    "### Westminster: Equity in experience and outcomes (new text, `westminster-2024-11/equity`)\n",
    "- 3 passages found under 2 headings.\n  What to do: `ask @mo about #1`\n",
    "- **Published**: the day is missing. Fill it in.\n",
    "Take these:\n\n```\nid,successor,@mo fixes #1\n```\n",
    "``` a `` b ``` and `` ` ``, `` ` ``` @mo ``.\n",
    "Open the menu ⋯ at the top right & choose “Edit” (94% alike).\n",
]


@pytest.mark.parametrize("text", PLAIN)
def test_plain_words_stay(text: str) -> None:
    """Prose with headings, lists, emphasis and code is handed on as it is."""
    assert harmless(text) == text
    assert_nothing_acts(text)


def test_descriptions_stay() -> None:
    """What ``evidence explain`` says, when no preview is linked as in a form's description, is handed on as it is."""
    for file in sorted((ROOT / "tests" / "golden" / "explain").glob("*.md")):
        text = re.sub(r" from \[this run\]\([^)]*\)", "", file.read_text("utf-8"))
        assert harmless(text) == text, file.name


def test_notices_stay() -> None:
    """Both notices of the weekly watch, whatever happened to a page, are handed on as they are."""
    page = "https://www.cqc.org.uk/invented/anytown-0125"
    _, reports = reports_notice([Listed(page, "Fixes #1 @mo <b>")], 80, "2026-11-26", FORM.partition("(")[2][:-1])
    states = ("answers", "moved", "gone", "not reached")
    answers = [Answer(page, "anytown-2025-01", state, "@mo #1") for state in states]
    answers.append(Answer(f"{page}/x", "anytown-2025-01", NOT_ASKED, "asking took longer than 20 minutes"))
    for earlier in ({}, {page: "2026-11-19"}):
        _, addresses = addresses_notice(answers, earlier, "2026-11-26")
        for text in (reports, addresses):
            words = text.partition("\n")[2]
            assert harmless(words, OWN) == words


ACTING = [
    *("ask @mo", "Fixes #1", "see GH-12", "anytown/explorer#1", "in 0123abc", "<b>bold</b>", "&#64;mo", "&commat;mo"),
    *("[here](https://example.org)", "https://example.org", "www.example.org", "![x](y)", "a@example.org", "\\@mo"),
    *("<!-- care-evidence: answer for 42,  -->", "$x$", "~~gone~~", "| a |", "[^1]", "[x]: y", "> [!NOTE]"),
    *("`open", "``a`", "```\n@mo", "```mermaid\ngraph\n```", "```\na\n```\n@mo", "- ```\n  a", "~~~\na\n~~~\n@mo"),
    *("`a\n@mo`", "`@mo | x`\n:-\n`@mo | x`", "a\n-", "#x", "\u2028@mo", "`a`@mo`b`"),
]


@pytest.mark.parametrize("text", ACTING)
def test_words_that_could_act_are_code(text: str) -> None:
    """A text in which anything could act is one block of code, all of it."""
    made = harmless(f"Thank you.\n{text}\n")
    assert_nothing_acts(made)
    assert [token.type for token in tokens(made)] == ["fence"]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_do_nothing(text: str) -> None:
    """Words that are hostile elsewhere do nothing here either."""
    assert_nothing_acts(harmless(text))


def test_own_form_alone_may_be_linked() -> None:
    """A link to a form of this repository stays, where its address is given; none that only looks like it does."""
    assert harmless(f"{FORM}, or wait.\n", OWN) == f"{FORM}, or wait.\n"
    others = [
        FORM.replace("anytown", "eve"),
        FORM.replace(".yml", ".yml&body=x"),
        FORM.replace("github.com", "github.co"),
    ]
    for text in (*others, FORM.replace("Add a text", "@mo"), f"{FORM} @mo", f"!{FORM}(x)"):
        assert harmless(text, OWN).startswith("```text\n"), text
    assert harmless(FORM).startswith("```text\n")


def test_marks_that_hide_are_taken_out() -> None:
    """Signs that turn or hide what stands around them are not handed on, be it as prose or as code."""
    assert harmless("Thank\u202e you\u200b.\x1b[0m\r\n") == "```text\nThank  you . [0m\n```\n"
    assert harmless("Thank you.\u2066") == "Thank you. "


def test_a_block_of_code_ends_where_it_should() -> None:
    """Runs of backticks, however long, do not end the block, nor make it longer than GitHub takes."""
    for run in (3, 9, 10, 50_000):
        made = harmless(f"@mo\n{'`' * run}\n@mo")
        assert [token.type for token in tokens(made)] == ["fence"]
        assert len(made) < 60_000


PIECES = st.sampled_from(
    [*"`@#<[]&|-: \n\t*.a", "``", "```", "```text\n", "\n```\n", "\n\n", "    ", "- ", "1. ", "## ", "> ", "@mo", "#1"]
)


@given(st.lists(PIECES, max_size=40).map("".join))
@example("`a\n`@mo`")
@example("```\n`\n``` \n@mo")
@example("- a\n\n      `x` `\n")
def test_nothing_ever_acts(text: str) -> None:
    """However code, lists and line breaks are put together, another reader of Markdown finds nothing that acts."""
    assert_nothing_acts(harmless(text))


@pytest.mark.parametrize("piece", ["-", "`", "`a", "[a", "0", "* ", "- ", "`` ` ", "/", "&"])
def test_long_lines_are_read(piece: str) -> None:
    """A line as long as a comment may be is taken apart in time, whatever it is made of."""
    made = harmless(piece * (60_000 // len(piece)) + "x@", OWN)
    assert made.startswith("```")
