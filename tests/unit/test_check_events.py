"""What CQC did to a report after publishing it, and under which version of the framework it was rated.

What is well is read; what is wrong is told in one line. Anytown's report was published on 10 January 2025.
"""

from __future__ import annotations

import pytest

from build_scripts.model.evidence import Report
from tests.helpers.collections_of import ANYTOWN, EQUITY, OTHERSHIRE, REPORT, TEXT, Edit, case, check, line_of, problems
from tests.helpers.events import BEFORE, REGRADED, RESTORED, SOURCE, WITHDRAWN, events

AGAIN = REGRADED.replace("2025-06-01", "2025-08-01").replace("73", "78").replace("equity: 2", "safeguarding: 4")

SECOND = """\
  - id: second
    name: An invented second framework
    since: "2025-01"
    method: It scores other evidence.
    ratings:
      - {name: Requires improvement, lowest: 25, highest: 79}
      - {name: Good, lowest: 80, highest: 100}
"""
NOT_USED_YET = SECOND.replace("2025-01", "2025-02")


def versions(more: str) -> Edit:
    """Return the edit that gives the framework these versions too."""
    return "data/framework.yml", "\n# CQC's own groups of statements,", f"{more}\n# CQC's own groups of statements,"


def first(path: str, id: str = "first") -> Edit:
    """Return the edit by which a report names its version."""
    return path, "percentage: 75\n", f"percentage: 75\nframework: {id}\n"


POORER: Edit = (OTHERSHIRE, "rating: Good", "rating: Requires improvement")
SECOND_LINE = line_of("\n# CQC's own groups of statements,")

CASES = (
    case(
        "EV204",
        "figures before a withdrawal",
        [events(WITHDRAWN + BEFORE)],
        f"{ANYTOWN}:23: EV204 key 'before' belongs to a regrade only",
        "take it out: a report that is withdrawn keeps its figures",
    ),
    case(
        "EV205",
        "regrade without the figures before",
        [events(REGRADED.replace(BEFORE, ""))],
        f"{ANYTOWN}:19: EV205 key 'before' is missing",
        "add a line “before:”, under it rating, percentage and each score that was another",
    ),
    case(
        "EV205",
        "event without a source",
        [events(WITHDRAWN.replace(f'    source: "{SOURCE}"\n', ""))],
        f"{ANYTOWN}:19: EV205 key 'source' is missing in item 1 of events",
        "add a line “source: …”, which holds the address of the page that says so",
    ),
    case(
        "EV205",
        "version not named where two were in use",
        [versions(NOT_USED_YET)],
        f"{OTHERSHIRE}:1: EV205 key 'framework' is missing",
        (
            "add a line “framework: …” with the version under which it was rated; those in use when it was published "
            "are first, second"
        ),
    ),
    case(
        "EV207",
        "unknown event",
        [events(WITHDRAWN.replace("withdrawn", "withdrew"))],
        f"{ANYTOWN}:19: EV207 what of item 1 of events must be one of withdrawn, restored, regraded (got 'withdrew')",
        "did you mean 'withdrawn'? it holds withdrawn, restored (published again) or regraded",
    ),
    case(
        "EV302",
        "regrade of an unknown statement",
        [events(REGRADED.replace("equity: 2", "equity: 2\n        eqity: 2"))],
        f"{ANYTOWN}:28: EV302 unknown statement 'eqity' in scores",
        (
            "did you mean 'equity'? the statements are assessing-needs, healthier-lives, equity, care-provision, "
            "partnerships, safe-pathways, safeguarding, governance, learning"
        ),
    ),
    case(
        "EV307",
        "event before publication",
        [events(WITHDRAWN.replace("2025-02-02", "2024-12"))],
        f"{ANYTOWN}:20: EV307 date is '2024-12', which is before that of published, '2025-01-10'",
        "correct the one that is wrong; events stand in the order in which they happened",
    ),
    case(
        "EV307",
        "events out of order",
        [events(WITHDRAWN, RESTORED.replace("2025-02", "2025-01-31"))],
        f"{ANYTOWN}:24: EV307 date is '2025-01-31', which is before that of the event before, '2025-02-02'",
        "correct the one that is wrong; events stand in the order in which they happened",
    ),
    case(
        "EV309",
        "restored without a withdrawal",
        [events(RESTORED)],
        f"{ANYTOWN}:19: EV309 a report is restored that was not withdrawn before",
        "write the withdrawal above it, or take this event out",
    ),
    case(
        "EV309",
        "withdrawn twice",
        [events(WITHDRAWN, WITHDRAWN)],
        f"{ANYTOWN}:23: EV309 a report is withdrawn that is withdrawn already",
        "write what happened in between, or take one of the two out",
    ),
    case(
        "EV309",
        "version without a beginning",
        [versions(SECOND.replace('    since: "2025-01"\n', ""))],
        f"data/framework.yml:{SECOND_LINE}: EV309 version 'second' does not begin after 'first'",
        "give each version but the first the month in which it begins (since), the latest last",
    ),
    case(
        "EV309",
        "gap between the bands of a version",
        [versions(NOT_USED_YET.replace("lowest: 80", "lowest: 82")), first(OTHERSHIRE)],
        f"data/framework.yml:{SECOND_LINE + 4}: EV309 no rating covers 80%",
        "let the bands cover each percentage from 25 to 100 once",
    ),
    case(
        "EV309",
        "rating that only a version has",
        [versions(NOT_USED_YET.replace("name: Good", "name: God")), first(OTHERSHIRE)],
        f"data/framework.yml:{SECOND_LINE + 6}: EV309 'God' is none of the ratings below",
        "did you mean 'Good'? the ratings are Inadequate, Requires improvement, Good, Outstanding",
    ),
    case(
        "EV310",
        "unknown version",
        [(ANYTOWN, "percentage: 75\n", "percentage: 75\nframework: frist\n")],
        f"{ANYTOWN}:5: EV310 unknown framework 'frist'",
        "did you mean 'first'? those in use when it was published are first",
    ),
    case(
        "EV310",
        "version of a later time",
        [versions(NOT_USED_YET), first(OTHERSHIRE), first(ANYTOWN, "second")],
        f"{ANYTOWN}:5: EV310 framework 'second' was not in use yet",
        "those in use when it was published are first",
    ),
    case(
        "EV402",
        "score before a regrade out of range",
        [events(REGRADED.replace("equity: 2", "equity: 7"))],
        f"{ANYTOWN}:27: EV402 score of 'equity' must be 1 to 4 (got 7)",
        "write the score that CQC's page showed",
    ),
    case(
        "EV404",
        "rating before a regrade",
        [events(REGRADED.replace("Good", "Inadequate"))],
        f"{ANYTOWN}:24: EV404 rating is 'Inadequate' but the nine scores add up to 26 of 36, which is 73% (Good)",
        "compare the nine scores and rating with CQC's page",
    ),
    case(
        "EV405",
        "percentage before a regrade",
        [events(REGRADED.replace("73", "72"))],
        f"{ANYTOWN}:25: EV405 percentage is 72 but the nine scores add up to 26 of 36, which is 73% (Good)",
        "compare the nine scores, percentage and rating with CQC's page",
    ),
    case(
        "EV406",
        "regrade that changes nothing",
        [events(REGRADED.replace("equity: 2", "learning: 2\n        equity: 3"))],
        f"{ANYTOWN}:28: EV406 the score of 'equity' was 3 before the regrade, and is 3 after it",
        "name only scores that were other ones before, and compare the scores above",
    ),
)


@pytest.mark.parametrize(("edits", "expected"), CASES)
def test_problem(edits: list[Edit], expected: str) -> None:
    """The one mistake is told in these words, and nothing that only follows from it is."""
    assert problems(*edits) == expected


def report(*edits: Edit) -> Report:
    """Return Anytown's report after these edits, with which nothing is wrong."""
    run = check(*edits)
    assert run.problems == ()
    return run.reports[0]


def test_withdrawn_and_restored() -> None:
    """A report is withdrawn from its withdrawal until it is restored or regraded."""
    assert report().withdrawn is None
    withdrawn = report(events(WITHDRAWN)).withdrawn
    assert withdrawn is not None
    assert (withdrawn.date, withdrawn.why) == ("2025-02-02", "to correct an error")
    assert report(events(WITHDRAWN, RESTORED)).withdrawn is None
    assert report(events(WITHDRAWN, REGRADED)).withdrawn is None
    assert report(events(WITHDRAWN, RESTORED, WITHDRAWN.replace("02-02", "03-02"))).withdrawn is not None


def test_regrades_keep_every_state() -> None:
    """Of several regrades each has the nine scores before and after it, though only those that differ are written."""
    found = report(events(REGRADED.replace("73", "75"), AGAIN))
    first, second = found.regrades
    assert (first.changed, second.changed) == ((("equity", 2, 3),), (("safeguarding", 4, 3),))
    assert first.after == second.before
    states = [first.before, first.after, second.after]
    assert [(each.percentage, sum(each.scores.values())) for each in states if each] == [(75, 27), (78, 28), (75, 27)]


def test_text_keeps_the_score_that_was_published_with_it() -> None:
    """A text may have a score of before a regrade or the one of now, and no other."""
    text = EQUITY, "Score: 3\n3 - Evidence shows a good standard", "Score: 2\n2 - Evidence shows some shortfalls"
    assert problems(text) != ""
    assert problems(text, events(REGRADED)) == problems(events(REGRADED)) == ""
    other = (
        EQUITY,
        "Score: 3\n3 - Evidence shows a good standard",
        "Score: 1\n1 - Evidence shows significant shortfalls",
    )
    assert "EV403" in problems(other, events(REGRADED))


def test_version_is_told_by_the_day_of_publication() -> None:
    """A report is of the only version of which it can be, and says so itself where there are several."""
    assert report().framework == "first"
    assert report(versions(NOT_USED_YET), first(OTHERSHIRE)).framework == "first"
    both = versions(NOT_USED_YET), first(OTHERSHIRE, "second"), POORER
    assert [each.framework for each in check(*both).reports] == ["first", "second"]


def test_rating_follows_the_bands_of_the_version() -> None:
    """A version may have bands of its own: then the same scores give its reports another rating."""
    edits = versions(NOT_USED_YET), first(OTHERSHIRE, "second")
    said = "EV404 rating is 'Good' but the nine scores add up to 27 of 36, which is 75% (Requires improvement)"
    assert said in problems(*edits)
    assert problems(*edits, POORER) == ""


def test_what_took_its_place_may_be_the_same() -> None:
    """A report that is withdrawn may come again with the same address and texts; two that stand may not."""
    again = REPORT.replace("2025-01-10", "2025-06-10").replace("2025-03-01", "2025-07-01")
    folder = "data/reports/anytown-2025-06"
    edits: list[Edit] = [(f"{folder}/report.yml", None, again), (f"{folder}/equity.txt", None, TEXT)]
    assert {problem.code for problem in check(*edits).problems} == {"EV304"}
    assert problems(*edits, events(WITHDRAWN)) == ""
