"""What the form answers: in words of the form, about things that its sender can do; and a changed text replaced."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from build_scripts.commands.receive import Received, read_text
from build_scripts.contribute.form_words import told_in_the_form
from build_scripts.contribute.issue_form import AUTHORITY, NINE, PUBLISHED, REPLACE, Submission
from build_scripts.model.codes import CODES
from build_scripts.model.problems import Problem
from tests.helpers.collections_of import EQUITY, OTHER_TEXT, TEXT, write_project
from tests.helpers.projects import ROOT
from tests.helpers.strategies import FRAMEWORK
from tests.unit.test_explain import tokens

SCORES = {item.id: 3 for item in FRAMEWORK.statements}
GOOD = Submission("anytown", "", "2025-01-10", "https://www.cqc.org.uk/invented/anytown", {}, False, TEXT)
CHANGED = TEXT.replace("an interpreter came to each visit", "an interpreter came to almost each visit")

BEYOND = re.compile(
    r"--|Usage:|standard input|\b(?:files?|folders?|rename|saved?|corrections?|redirects?)\b|\.(?:yml|txt|csv)\b|data/"
    r"|\bevidence |\bmake |\boptions?\b",
    re.IGNORECASE,
)
"""What nobody can see or do who has a browser and a form."""


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The invented collection as files."""
    return write_project(tmp_path_factory.mktemp("tree"))


def send(tree: Path, text: str = TEXT, **changes: Any) -> Received:
    """What is made of a submission with other values than those of the good one."""
    values = {name: getattr(GOOD, name) for name in GOOD.__slots__}
    return read_text(tree, Submission(**{**values, "text": text, **changes}))


def test_a_changed_text_is_refused_with_the_way_to_send_it(tree: Path) -> None:
    """Another text of a statement is refused, and what the form has for that case is named."""
    assert send(tree, CHANGED).problems == (
        "the text: EV710 the collection has another text of this statement\n"
        f"    compare the two; where CQC has changed its text, choose “{REPLACE}” under “New or changed”"
    )


def test_a_changed_text_replaces_the_one_that_is_here(tree: Path) -> None:
    """On purpose, the new text comes; the description proposes where links lead, and the answer says who sees to it."""
    received = send(tree, CHANGED, replace=True)
    assert (received.wrong, received.problems) == ((), "")
    assert list(received.files) == [EQUITY]
    assert b"almost each visit" in received.files[EQUITY]
    assert received.answer == (
        "Thank you. Your text was read without problems. 1 paragraph of the section that was here will be gone; "
        "whoever reviews it sees to their links.\n"
    )
    assert "### Links that would break" in received.description
    assert re.search(
        r"anytown-2025-01/equity/p-3ee45653,anytown-2025-01/equity/p-\w{8},the wording changed", received.description
    )


def test_what_a_changed_text_brings_about_elsewhere_is_for_the_review(tree: Path) -> None:
    """A correction whose words are gone keeps nobody from sending the text: the pull request tells of it."""
    received = send(tree, CHANGED.replace("harbor team", "harbour team"), replace=True)
    assert list(received.files) == [EQUITY]
    assert "EV601" in received.description
    assert "no paragraph of 'equity' has the words 'harbor team'" in received.description


def test_the_same_text_again_is_nothing_new(tree: Path) -> None:
    """A text that is here word for word makes no file, replacing or not."""
    assert send(tree) == send(tree, replace=True) == Received()


def test_what_is_doubtful_is_in_the_description(tree: Path) -> None:
    """What was concluded rather than found, the sender does not see; who reviews it does, in words that stay words."""
    text = TEXT.replace(
        "Anytown Council: ", "Published: 10 January 2025\nPublished: 11 January 2025\nAnytown Council: "
    )
    received = send(tree, text.replace("almost", "@everyone"), replace=True, published="2025-01-10")
    assert (
        "### Please compare with CQC’s page\n\n- `the text says that it was published 2025-01-11"
        in received.description
    )
    assert not any(token.type == "html_block" for token in tokens(received.description))


def broken() -> dict[str, dict[str, Any]]:
    """Submissions that are wrong in every way that is known of."""
    files = {file.name: file.read_bytes().decode("utf-8", "ignore") for file in (ROOT / "tests/broken").iterdir()}
    lines = TEXT.splitlines(keepends=True)
    found: dict[str, dict[str, Any]] = {name: {"text": words} for name, words in files.items()}
    found |= {f"without line {number}": {"text": TEXT.replace(line, "")} for number, line in enumerate(lines, 1)}
    found |= {
        "other day": {"published": "2025-01-11"},
        "other address": {"source": "https://www.cqc.org.uk/invented/elsewhere"},
        "other score": {"scores": {"safeguarding": 1}},
        "other score of the text": {"scores": {"equity": 1}},
        "other statement": {"statement": "safeguarding"},
        "other authority": {"authority": "othershire", "published": "2025-02-10"},
        "text of another": {"text": OTHER_TEXT},
        "another's address": {
            "authority": "othershire",
            "published": "2026-03",
            "scores": SCORES,
            "text": OTHER_TEXT.replace("knew", "always knew"),
        },
        "no statement": {"text": TEXT.replace("Equity in experience and outcomes\n", "")},
        "no score": {"text": TEXT.replace("Score: 3\n3 - Evidence shows a good standard\n", ""), "replace": True},
        "changed": {"text": CHANGED},
        "two days": {"text": f"Published: 3 March 2025\n{CHANGED}"},
        "pdf": {"text": f"%PDF-1.7\n{TEXT}"},
        "rtf": {"text": "{\\rtf words"},
        "archive": {"text": "content-type: multipart/related\n"},
        "page without words": {"text": "<html><script>x</script></html>"},
        "page": {"text": "<html><main><h1>Not found</h1></main></html>"},
        "garbled": {"text": TEXT.replace("interpreter", "interpreterâ€™s")},
        "lost": {"text": TEXT.replace("interpreter", "interpreter\ufffd")},
        "long": {"text": TEXT + "word " * 500_000},
        "words": {"text": "words"},
    }
    return found


BROKEN = broken()


@pytest.mark.parametrize("name", BROKEN)
def test_every_answer_names_only_what_the_form_can_do(tree: Path, name: str) -> None:
    """Whatever is wrong with what was sent, no option, file or command is in the answer."""
    received = send(tree, **BROKEN[name])
    said = "\n".join([*received.wrong, received.problems])
    # The line of the text that it is about is quoted as it is.
    said = "\n".join(row for row in said.splitlines() if not row.startswith("    the line: "))
    assert not BEYOND.search(said), said
    assert said.strip() or received.files or received == Received()


def test_most_of_what_is_broken_gets_an_answer(tree: Path) -> None:
    """The test above looks at answers: these it must have seen."""
    seen = {name for name in ("other day", "changed", "pdf", "words", "long") if send(tree, **BROKEN[name]).problems}
    assert seen == {"other day", "changed", "pdf", "words", "long"}
    assert send(tree, **BROKEN["no score"]).wrong == (
        f"**{NINE}**: the text has no line like “Score: 3”. Write the score behind the name of its statement here.",
    )
    assert f"“{PUBLISHED}”: EV711 it says '2025-01-11', but the collection says '2025-01-10'" in (
        send(tree, **BROKEN["other day"]).problems
    )


def test_the_collection_is_blamed_only_where_it_says_otherwise(tree: Path) -> None:
    """Councils are named as in the form; where text and form differ, nothing is said of the collection."""
    told = send(tree, **BROKEN["other authority"]).problems
    assert f"“{AUTHORITY}”: EV711 it says 'Othershire', but the text says 'Anytown'" in told
    assert told.splitlines()[1].strip() == "compare both with CQC’s page and correct the wrong one"
    told = send(tree, **BROKEN["other day"]).problems
    assert "correct the wrong one; if that is the collection, say so in a comment under this issue" in told


@pytest.mark.parametrize("code", [each.code for each in CODES])
def test_no_advice_leads_beyond_the_form(code: str) -> None:
    """Whatever a problem's advice will be one day, the form does not tell people to do what they cannot."""
    for advice in ("rename the file", "use --replace", "see data/framework.yml", "run 'evidence check'"):
        told = told_in_the_form(Problem("data/reports/anytown-2025-01/equity.txt", 3, code, "something", advice))
        assert not BEYOND.search(told)
        assert told.startswith(f"the text, line 3: {code} something\n    ")
