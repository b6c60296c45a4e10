"""The collection arranged: order of passages, what stands by theme, what stands together."""

from __future__ import annotations

from build_scripts.model.collection import Finding, tag_counts
from build_scripts.model.evidence import Evidence
from tests.helpers.anytown import collection, evidence, report

ANYTOWN, OLDER = report("anytown-2025-03"), report("anytown-2023-06")
OTHERTOWN, BEST = report("othertown-2024-02"), report("thirdtown-2024-02", score=4)


def texts() -> tuple[Evidence, ...]:
    return (
        evidence(OTHERTOWN, "equity", "A pier.", "A boat at a pier.", "The log showed a gull."),
        evidence(ANYTOWN, "learning", "A ferry at a pier."),
        evidence(OLDER, "equity", "A pier in 2023."),
        evidence(ANYTOWN, "equity", "Nothing.", "A gull on a boat at a pier.", headings=("Gulls", "Boats")),
        evidence(BEST, "equity", "A pier of the best."),
    )


def words(findings: tuple[Finding, ...]) -> list[str]:
    return [finding.tagged.passage.text for finding in findings]


def test_order_of_findings() -> None:
    """Passages stand by score, best first, then authority, statement in CQC's order, newest report, place."""
    expected = [
        "A pier of the best.",
        "Nothing.",
        "A gull on a boat at a pier.",
        "A pier in 2023.",
        "A ferry at a pier.",
        "A pier.",
        "A boat at a pier.",
        "The log showed a gull.",
    ]

    assert words(collection(texts()).findings) == expected
    assert words(collection(reversed(texts())).findings) == expected


def test_passages_by_theme_and_voice() -> None:
    """Each theme and voice has its passages in that order; one without passages is not there."""
    found = collection(texts()).by_tag

    assert words(found["boats"]) == ["A gull on a boat at a pier.", "A ferry at a pier.", "A boat at a pier."]
    assert words(found["ferries"]) == ["A ferry at a pier."]
    assert words(found["records"]) == ["The log showed a gull."]
    assert "sailors" not in found


def test_a_finding_knows_where_it_stands() -> None:
    """A finding has its permanent id, place, heading, score, authority and tags."""
    finding = next(item for item in collection(texts()).findings if item.tagged.passage.text.startswith("A gull"))

    assert finding.id == f"anytown-2025-03/equity/{finding.tagged.passage.id}"
    assert (finding.number, finding.heading, finding.score, finding.authority.name) == (2, "Boats", 3, "Anytown")
    tag = finding.tag("gulls")
    assert tag is not None
    assert tag.id == "gulls"
    assert finding.tag("ferries") is None


def test_a_finding_before_any_heading() -> None:
    """A passage that no heading opens has an empty one."""
    assert {finding.heading for finding in collection(texts()).findings} == {"", "Boats"}


def test_reports_of_an_authority() -> None:
    """An authority's reports are newest first, those without texts included; one without reports has none."""
    bare = report("othertown-2026-01")

    found = collection(texts(), more=(bare,)).reports_of

    assert [item.id for item in found["anytown"]] == ["anytown-2025-03", "anytown-2023-06"]
    assert [item.id for item in found["othertown"]] == ["othertown-2026-01", "othertown-2024-02"]
    assert "fourthtown" not in found


def test_themes_that_stand_together() -> None:
    """Shared passages are counted, most first, the vocabulary's order among equals, and never with itself."""
    found = collection(texts())

    assert list(found.shared("piers")) == [("boats", 3), ("ferries", 1), ("gulls", 1)]
    assert list(found.shared("piers", most=1)) == [("boats", 3)]
    assert list(found.shared("gulls")) == [("piers", 1), ("boats", 1)]
    assert list(found.shared("none")) == []


def test_tag_counts() -> None:
    """A passage counts once for each of its tags, however many words earned it."""
    item = evidence(ANYTOWN, "equity", "A pier and a pier: the log showed it.", "A pier.")

    assert tag_counts([item]) == {"piers": 2, "records": 1}


def test_texts_and_lookups() -> None:
    """Texts are found by report and statement; authorities and statements by id."""
    found = collection(texts())

    assert set(found.texts) == {(item.report.id, item.statement) for item in texts()}
    assert found.authorities["anytown"].name == "Anytown"
    assert list(found.statements)[2] == "equity"
