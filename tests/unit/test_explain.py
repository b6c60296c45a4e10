"""What a change does, in words: whole reports beside what they are about, and words that stay words."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from build_scripts.disk.read import read_schemas
from build_scripts.facts.redirects import gone
from build_scripts.model.collection import Collection
from build_scripts.model.github_words import named, quoted
from build_scripts.pipeline import UNDERSTANDING, run_pipeline
from build_scripts.pipeline.run import Run
from build_scripts.review.changes import passage_words
from build_scripts.review.explain import explain_change, explain_rules
from build_scripts.review.successors import propose, read_ids, redirect_rows
from tests.helpers import anytown
from tests.helpers.collections_of import ANYTOWN, EQUITY, SAFEGUARDING, Edit, sources
from tests.helpers.events import REGRADED, WITHDRAWN, events
from tests.helpers.projects import ROOT
from tests.unit.test_hostile import HOSTILE

GOLDEN = ROOT / "tests" / "golden" / "explain"
REWRITE = "if the new words are right, run REWRITE_GOLDEN=1 .venv/bin/python -m pytest tests/unit/test_explain.py"
NEW_TEXT = """\
Anytown Council: local authority assessment
Safeguarding
Score: 3
3 - Evidence shows a good standard
What people expect
I feel safe.
The local authority commitment
We keep people safe.
Key findings for this quality statement
Safe on the pier
Staff told us that an interpreter was always called.
The lamp was lit each night.
Downloads
"""

CASES: dict[str, tuple[Edit, ...]] = {
    "nothing": (),
    "new-text": (("data/reports/anytown-2025-01/safeguarding.txt", None, NEW_TEXT),),
    "reworded": (
        (EQUITY, "There was a path from the pier to the day centre", "There is a path from the pier to the day centre"),
    ),
    "text-removed": ((SAFEGUARDING, None, None),),
    "scores-differ": (
        (EQUITY, "Score: 3\n3 - Evidence shows a good standard", "Score: 2\n2 - Evidence shows some shortfalls"),
    ),
    "withdrawn": (events(WITHDRAWN),),
    "regraded": (events(REGRADED),),
    "rating-differs": ((ANYTOWN, "rating: Good", "rating: Outstanding"),),
    "unknown-authority": ((ANYTOWN, "authority: anytown", "authority: anytwon"),),
    "themes": (("data/themes.yml", "      - sign language\n", "      - path\n"),),
}


def understood(*edits: Edit, published: Iterable[str] = ()) -> Run:
    """What the pipeline understands of the invented collection after these edits; no page is made."""
    return run_pipeline(sources(*edits), read_schemas(), published=published, stages=UNDERSTANDING)


def report(*edits: Edit) -> str:
    """What is said of the invented collection after these edits."""
    before = understood()
    published = before.passage_ids
    now = understood(*edits, published=published)
    proposals = propose(
        gone(published, now.passage_ids, now.redirects),
        passage_words(before.collection),
        passage_words(now.collection),
    )
    preview = "https://example.org/run/1"
    return explain_change(before.collection, now.collection, now.problems, proposals, preview=preview, day="2026-05-03")


@pytest.mark.parametrize("name", CASES)
def test_report_is_as_its_golden_file_shows(name: str) -> None:
    """Each change is explained as tests/golden/explain/<case>.md shows."""
    made = report(*CASES[name])
    file = GOLDEN / f"{name}.md"
    if os.environ.get("REWRITE_GOLDEN"):
        file.write_text(made, "utf-8")
    assert file.read_text("utf-8") == made, REWRITE


def tokens(markdown: str) -> Iterator[Token]:
    """Everything that Markdown makes of a text, whatever stands inside what."""
    for token in MarkdownIt("commonmark").enable("table").parse(markdown):
        yield token
        yield from token.children or ()


def shown_as_code(markdown: str) -> list[str]:
    """The pieces of code; anything that could be markup, a mention or a reference outside of them is a failure."""
    found = list(tokens(markdown))
    allowed = {"inline", "text", "code_inline", "paragraph_open", "paragraph_close", "softbreak"}
    assert {token.type for token in found} <= allowed
    for token in found:
        if token.type == "text":
            assert not re.search(r"[@#<>\[\]]|\d|www|://", token.content), token.content
    return [token.content for token in found if token.type == "code_inline"]


@pytest.mark.parametrize("text", [*HOSTILE, "@everyone", "#1 and GH-1", "a" * 5000, "`", "``` x", "ends with `", "\\`"])
def test_hostile_words_are_code(text: str) -> None:
    """Contributed words are one piece of code on one line: nothing in it is markup, mention, link or reference."""
    made = quoted(text)
    assert "\n" not in made
    assert len(made) < 250
    pieces = shown_as_code(f"said {made}.")
    assert len(pieces) == 1 or made == "(nothing)"


@given(st.text(max_size=200))
def test_any_words_are_one_piece_of_code(text: str) -> None:
    """Whatever a text holds, what is shown of it is code and starts as the text does."""
    pieces = shown_as_code(f"said {quoted(text)}.")
    words = " ".join(piece for piece in pieces)
    assert len(pieces) <= 1
    assert all(ord(sign) >= 32 for sign in words)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Kingston upon Hull, City of", "Kingston upon Hull, City of"),
        ("St. Helens", "`St. Helens`"),
        ("King’s Lynn", "King’s Lynn"),
        ("@octocat", "`@octocat`"),
        ("GH-1", "`GH-1`"),
        ("deadbeef1", "`deadbeef1`"),
        ("www.example.org", "`www.example.org`"),
        ("Anytown <b>", "`Anytown <b>`"),
        ("Good\u202edab", "`Good dab`"),
        ("- item", "`- item`"),
    ],
)
def test_names_are_plain_only_when_harmless(name: str, shown: str) -> None:
    """A name of letters is readable as it is; anything that GitHub could act on becomes code."""
    assert named(name) == shown


def test_hostile_report_explains_itself_as_words() -> None:
    """Hostile headings, passages and reasons appear in the report as code only."""
    evil = "<img src=x onerror=alert(1)> @everyone #1 [x](javascript:alert(1)) www.evil.example ```"
    text = NEW_TEXT.replace("The lamp was lit", f"The {evil} was lit").replace("Downloads", f"{evil}\nDownloads")
    made = report(("data/reports/anytown-2025-01/safeguarding.txt", None, text))
    found = list(tokens(made))
    assert evil[:60] in made
    assert [token.type for token in found if "html" in token.type or token.type == "image"] == []
    links = [token.attrs["href"] for token in found if token.type == "link_open"]
    assert set(links) <= {"https://example.org/run/1"}
    for token in found:
        if token.type == "text":
            assert "@" not in token.content
            assert "evil" not in token.content


def test_long_reports_stay_below_what_github_takes() -> None:
    """A change of many texts is cut well below the length at which GitHub refuses a comment."""
    statements = ("assessing-needs", "equity", "safeguarding", "governance", "learning")
    files = sources()
    names = {"assessing-needs": "Assessing needs", "equity": "Equity in experience and outcomes"}
    names |= {"safeguarding": "Safeguarding", "governance": "Governance, management and sustainability"}
    names |= {"learning": "Learning, improvement and innovation"}
    edits: list[Edit] = []
    for number in range(3):
        folder = f"data/reports/anytown-20{10 + number}-01"
        facts = files[ANYTOWN].data.decode().replace("2025-01-10", f"20{10 + number}-01-10")
        facts = facts[: facts.index("corrections:")].replace("/anytown", f"/anytown-{number}")
        edits.append((f"{folder}/report.yml", None, facts))
        for statement in statements:
            long = "\n".join(f"Passage {number} {statement} {each} without any theme at all." for each in range(60))
            text = NEW_TEXT.replace("\nSafeguarding\n", f"\n{names[statement]}\n").replace("Downloads", long)
            edits.append((f"{folder}/{statement}.txt", None, text))
    made = report(*edits)
    assert "And 3 more sections" in made
    assert len(made) < 65_536


def proposals_of(*edits: Edit) -> tuple[Run, str, list[str]]:
    """The run after these edits, the rows proposed, and the ids that were not placed."""
    before, now = understood(), understood(*edits)
    found = propose(
        gone(before.passage_ids, now.passage_ids, ()), passage_words(before.collection), passage_words(now.collection)
    )
    return now, redirect_rows(found, "2026-05-03"), [each.retired for each in found if not each.successor]


def test_reworded_passage_gets_a_row() -> None:
    """A passage of which most words stayed is proposed as the successor, in a row ready to be appended."""
    run, rows, left = proposals_of((EQUITY, "There was a path", "There is a path"))
    new = next(id for id in run.passage_ids if id not in understood().passage_ids)
    assert rows == f"anytown-2025-01/equity/p-d428ad00,{new},the wording changed,2026-05-03\n"
    assert left == []


def test_unlike_passage_is_not_guessed() -> None:
    """A passage of other words is nobody's successor: it is left to a person."""
    _, rows, left = proposals_of((EQUITY, "There was a path from the pier to the day centre.", "Boats came and went."))
    assert rows == ""
    assert left == ["anytown-2025-01/equity/p-d428ad00"]


def test_two_likely_successors_are_not_guessed_between() -> None:
    """Where two new passages are nearly as like, none is chosen and both are named."""
    two = "There was one path from the pier to the day centre.\nThere was no path from the pier to the day centre."
    before, now = understood(), understood((EQUITY, "There was a path from the pier to the day centre.", two))
    (found,) = propose(
        gone(before.passage_ids, now.passage_ids, ()), passage_words(before.collection), passage_words(now.collection)
    )
    assert found.successor == ""
    assert len(found.candidates) == 2


def test_moved_report_keeps_its_words() -> None:
    """When a report's folder was misnamed and is renamed, each passage finds its own words at the new address."""
    files = sources()
    edits: list[Edit] = []
    for path in (ANYTOWN, EQUITY, "tests/gold/anytown-2025-01/equity.yml"):
        text = files[path].data.decode().replace("2025-01-10", "2025-02-10")
        edits += [(path, None, None), (path.replace("2025-01", "2025-02"), None, text)]
    now, rows, left = proposals_of(*edits)
    assert now.problems == ()
    assert left == []
    assert rows.splitlines() == sorted(
        f"{id.replace('2025-02', '2025-01')},{id},the text moved,2026-05-03"
        for id in now.passage_ids
        if id.startswith("anytown")
    )


def test_a_list_of_ids_is_read_back() -> None:
    """What 'evidence ids' writes is read line by line; anything else is told with its line."""
    ids, others = read_ids("a-2025-01/equity/p-00000001\n\n  a-2025-01/equity/p-00000002-2\nnonsense\n../x/p-1\n")
    assert ids == ("a-2025-01/equity/p-00000001", "a-2025-01/equity/p-00000002-2")
    assert others == ((4, "nonsense"), (5, "../x/p-1"))


def test_changed_rule_shows_what_it_gains_and_loses() -> None:
    """Passages gained and lost are named with their words, and accuracy stands before and after."""
    before = understood()
    rule = "      - interpreter\n      - sign language\n"
    made = explain_rules(before.collection, understood(("data/themes.yml", rule, "      - path\n")).collection)
    assert made.splitlines()[0] == "2 themes or voices with other paragraphs: 1 gained, 2 lost."
    assert "+ `anytown-2025-01/equity/p-d428ad00` `There was a path from the pier to the day centre.`" in made
    assert "− `anytown-2025-01/equity/p-3ee45653`" in made
    assert "Accuracy is measured once there are no problems" in made  # a correction changes nothing any more
    made = explain_rules(before.collection, understood(("data/themes.yml", rule, "      - ferry\n")).collection)
    assert "0 gained, 1 lost. Measured on 1 labelled paragraph: precision –, recall 0.00" in made
    assert "(before: precision 1.00, recall 1.00)" in made


def test_a_change_of_doubt_is_told() -> None:
    """A passage that keeps a theme, with more doubt or less than before, is told apart from gains and losses."""

    def under(*phrases: str) -> Collection:
        words = anytown.vocabulary((anytown.theme("gulls", *phrases),))
        text = "The day was long. A gull came."
        return anytown.collection([anytown.evidence(anytown.report(), "equity", text, words=words)])

    once, twice = under("gull"), under("gull", "day was long")
    assert explain_rules(once, twice).startswith("1 theme or voice with other paragraphs: 0 gained, 0 lost, 1 surer.")
    made = explain_rules(twice, once)
    assert "0 gained, 0 lost, 1 less sure." in made
    assert "? `anytown-2025-01/equity/p-" in made


def test_unchanged_rules_say_so() -> None:
    """Where no passage gains or loses anything, that is what is said."""
    assert (
        explain_rules(understood().collection, understood().collection)
        == "No paragraph gains or loses a theme or voice.\n"
    )
