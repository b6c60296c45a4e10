"""Statements' pages: how scores are spread, who has which, what texts say by score, honest about how few they are."""

from __future__ import annotations

from itertools import pairwise

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from build_scripts.model.evidence import Authority, Evidence, Report
from build_scripts.pages import render_pages
from tests.helpers.anytown import collection, evidence, report, vocabulary
from tests.helpers.built_site import attribute, first
from tests.helpers.readers import front_matter, mkdocs_html

HOSTILE = "O'Neill & <b>"
MISSING = "No text in the collection"
AUTHORITIES = (
    Authority("ald", "Ald", "Ald Council", "E00000301", "The Coast", "county"),
    Authority("bred", "Bred", "Bred Council", "E00000302", "The Coast", "county"),
    Authority("cad", HOSTILE, f"{HOSTILE} Council", "E00000303", "The Hills", "unitary"),
    Authority("dun", "Dun", "Dun Council", "E00000304", "The Hills", "unitary"),
    Authority("elm", "Elm", "Elm Council", "E00000305", "The Hills", "metropolitan-borough"),
)
WORDS = vocabulary(authorities=AUTHORITIES)
ALD, BRED, CAD, DUN = (
    report("ald-2025-01", 3),
    report("bred-2025-02", 2),
    report("cad-2025-03", 4),
    report("dun-2025-04", 2),
)
OLD = report("dun-2023-01", 1)
REPORTS = (ALD, BRED, CAD, DUN, OLD)


def text(of: Report, *passages: str, headings: tuple[str, ...] = ()) -> Evidence:
    return evidence(of, "equity", *passages, words=WORDS, headings=headings)


def page(*texts: Evidence, reports: tuple[Report, ...] = REPORTS, statement: str = "equity") -> LexborHTMLParser:
    """A statement's page of these texts and reports, as MkDocs makes it."""
    pages = render_pages(collection(texts, reports, vocabulary=WORDS))
    return LexborHTMLParser(mkdocs_html(front_matter(pages[f"statements/{statement}/index.md"].decode())[0]))


def said(node: LexborHTMLParser | LexborNode) -> str:
    return " ".join(node.text().split())


def shown(tree: LexborHTMLParser, selector: str) -> list[str]:
    return [said(node) for node in tree.css(selector)]


def shown_in(node: LexborNode, selector: str) -> list[str]:
    return [said(found) for found in node.css(selector)]


def rows(tree: LexborHTMLParser, table: str) -> list[list[str]]:
    return [[said(cell) for cell in row.css("th, td")] for row in tree.css(f"{table} tbody tr")]


def test_newest_scores_are_counted_once_each() -> None:
    """Each authority counts once, with its newest report; the number behind is named, who is missing is not zero."""
    made = page()

    assert [(row[0][0], row[1]) for row in rows(made, "table.bars")] == [("4", "1"), ("3", "1"), ("2", "2"), ("1", "0")]
    assert shown(made, "table.bars thead th") == ["Score", "How many of the 4"]
    assert "4 of 5 councils have a score in this collection; the one that has none is not counted" in said(made)


def test_scores_by_type_and_region() -> None:
    """Types and regions each have a row with how many of how many, the four counts, and how many scored 3 or 4."""
    made = page()

    assert rows(made, "table.spread") == [
        ["England", "4 of 5", "0", "2", "1", "1", "2 of 4"],
        ["By type"],
        ["Metropolitan boroughs", "0 of 1", "None in the collection"],
        ["Counties", "2 of 2", "0", "1", "1", "0", "1 of 2"],
        ["Unitary councils", "2 of 2", "0", "1", "0", "1", "1 of 2"],
        ["By region"],
        ["The Coast", "2 of 2", "0", "1", "1", "0", "1 of 2"],
        ["The Hills", "2 of 3", "0", "1", "0", "1", "1 of 2"],
    ]
    assert [node.attributes["href"] for node in made.css("table.spread a")] == [
        "../../scores/",
        "../../scores/metropolitan-borough/",
        "../../scores/county/",
        "../../scores/unitary/",
        "../../scores/the-coast/",
        "../../scores/the-hills/",
    ]


def test_who_scored_the_highest_and_the_lowest() -> None:
    """They are named, linked and counted of how many; where there are none, that is said of how many too."""
    made = page()

    assert shown(made, "ul.who li") == [f"{HOSTILE} Unitary council, The Hills"]
    assert made.css("ul.who a")[0].attributes["href"] == "../../authorities/cad/"
    words = said(made)
    assert "Who scored 4 1 of the 4 in this collection." in words
    assert "Who scored 1 None of the 4 in this collection." in words


def test_without_scores_nothing_is_drawn() -> None:
    """A collection without reports has no table of scores and says that no text is there."""
    made = page(reports=())

    assert made.css("table") == []
    assert "0 of 5 councils have a score in this collection" in said(made)
    assert "This cannot be told yet: no text on this statement is in the collection." in said(made)


def test_one_text_alone_cannot_answer() -> None:
    """With a text of one score only, its themes and headings are shown and no difference is claimed."""
    made = page(text(ALD, "A pier."))
    words = said(made)

    assert (
        "it takes texts that scored 3 and texts that scored 2, and the collection has 1 text on this statement" in words
    )
    assert "What 3s say that 2s do not" in shown(made, "h2")
    assert made.css("dl.contrast") == []
    assert rows(made, "table.by-score")[0] == [
        "Piers",
        MISSING,
        "1 in 1 of 1",
        MISSING,
        MISSING,
    ]


def test_scores_without_texts_are_named_with_their_number() -> None:
    """Which texts there are is said for each score, with how many reports have it."""
    words = said(page(text(ALD, "A pier.")))

    assert "Texts in the collection: score 4, none of 1; score 3, Ald (1 of 1); score 2, none of 2; " in words
    assert "score 1, none of 1." in words


def test_what_threes_say_that_twos_do_not() -> None:
    """Themes of one score and not of the other are named both ways, with how few texts that rests on."""
    made = page(text(ALD, "A pier.", "A gull."), text(BRED, "A gull.", "A boat."), text(DUN, "A gull."))

    assert "This cannot be told yet" not in said(made)
    assert shown(made, "h3")[3:4] == ["What 3s say that 2s do not"]
    assert shown(made, "dl.contrast dt") == ["Only where the score is 3", "Only where the score is 2"]
    assert shown(made, "dl.contrast dd") == ["Piers", "Boats"]
    assert "1 text that scored 3 beside 2 texts that scored 2: so few that" in said(made)
    assert "Silence is not a finding." in said(made)


def test_scores_that_stand_next_to_each_other_are_compared() -> None:
    """Where a score has no text, its neighbours are compared with each other."""
    made = page(text(CAD, "A pier."), text(BRED, "A gull."), text(OLD, "A boat."))

    assert shown(made, "dl.contrast dt") == [
        *("Only where the score is 4", "Only where the score is 2"),
        *("Only where the score is 2", "Only where the score is 1"),
    ]
    assert shown(made, "dl.contrast dd") == ["Piers", "Gulls", "Gulls", "Boats"]


def test_themes_by_score() -> None:
    """Each theme has a cell a score: passages and texts, or in none of them, or no text, never told by colour alone."""
    made = page(
        text(ALD, "A pier.", "Piers and gulls."), text(BRED, "A gull.", "Gulls."), text(DUN, "A gull and a ferry.")
    )

    assert rows(made, "table.by-score")[:4] == [
        ["Piers", MISSING, "2 in 1 of 1", "in none of 2", MISSING],
        ["Gulls", MISSING, "1 in 1 of 1", "3 in 2 of 2", MISSING],
        ["Boats", MISSING, "in none of 1", "1 in 1 of 2", MISSING],
        ["Ferries", MISSING, "in none of 1", "1 in 1 of 2", MISSING],
    ]
    kinds = [node.attributes["class"] for node in made.css("table.by-score tbody tr")[0].css("td")]
    assert kinds == ["absent", "discussed", "silent", "absent"]
    assert attribute(first(made, "table.by-score th a"), "href") == "../../themes/piers/"


def test_headings_by_score() -> None:
    """Headings that differ in a quote's shape are one; passages without any have a row of their own, the last."""
    made = page(
        text(ALD, "A pier.", "A gull.", headings=("People’s harbour",)),
        text(BRED, "A gull.", headings=("People's harbour",)),
        text(CAD, "A boat."),
    )
    table = made.css("table.by-score")[1]

    assert [[said(cell) for cell in row.css("th, td")] for row in table.css("tbody tr")] == [
        [
            "People’s harbour",
            "in none of 1",
            "2 in 1 of 1 Ald, passage 1 Ald, passage 2",
            "1 in 1 of 1 Bred, passage 1",
            MISSING,
        ],
        ["Under no sub-heading", "1 in 1 of 1 O'Neill & <b>, passage 1", "in none of 1", "in none of 1", MISSING],
    ]
    link = table.css("td a")[0].attributes["href"] or ""
    assert link.startswith("../../reports/ald-2025-01/equity/#p-")


def test_passages_of_a_heading_beyond_twelve_are_counted() -> None:
    """A cell links to twelve passages at most and says how many more there are."""
    made = page(text(ALD, *(f"A pier, number {number}." for number in range(15))))
    cell = made.css("table.by-score")[1].css("td.discussed")[0]

    assert shown_in(cell, "li")[-2:] == ["Ald, passage 12", "and 3 more"]
    assert len(cell.css("a")) == 12


def test_theme_cells_lead_to_their_passages() -> None:
    """Each number leads to the passages of that score on the theme's page for the statement, however many there are."""
    many = text(ALD, *(f"A pier, number {number}." for number in range(70)))
    pages = render_pages(collection((many, text(BRED, "A pier.")), REPORTS, vocabulary=WORDS))
    made = LexborHTMLParser(mkdocs_html(front_matter(pages["statements/equity/index.md"].decode())[0]))
    links = [node.attributes["href"] or "" for node in made.css("table.by-score")[0].css("td a")]

    assert links == ["../../themes/piers/equity/#score-3", "../../themes/piers/equity/#score-2"]
    for link in links:
        file, anchor = link.removeprefix("../../").split("#")
        there = LexborHTMLParser(mkdocs_html(front_matter(pages[f"{file}index.md"].decode())[0]))
        assert len(there.css(f"h2 #{anchor}")) == 1


def test_themes_of_one_score_lead_to_its_passages() -> None:
    """A theme that only one score's texts discuss leads to the passages of that score."""
    made = page(text(ALD, "A pier."), text(BRED, "A boat."))

    assert [node.attributes["href"] for node in made.css("dl.contrast a")] == [
        "../../themes/piers/equity/#score-3",
        "../../themes/boats/equity/#score-2",
    ]


def test_no_theme_at_all() -> None:
    """Texts that earn no theme have no table of themes."""
    made = page(text(ALD, "Nothing."), text(BRED, "Nothing."))

    assert len(made.css("table.by-score")) == 1
    assert shown(made, "dl.contrast dd") == ["no theme", "no theme"]


def test_reports_of_one_authority_are_told_apart() -> None:
    """Where an authority has two texts on the statement, each is named with its month."""
    made = page(text(DUN, "A pier."), text(OLD, "A pier."))

    assert "score 2, Dun, April 2025 (1 of 2); score 1, Dun, January 2023 (1 of 1)." in said(made)


@pytest.mark.parametrize("statement", ["assessing-needs", "learning"])
def test_every_score_is_listed(statement: str) -> None:
    """All reports, older ones too, stand in one list, highest score first, each with its text or that it is missing."""
    made = page(statement=statement)

    found = rows(made, "table.scores")
    assert len(found) == len(REPORTS)
    assert all(int(one[1]) >= int(other[1]) for one, other in pairwise(found))
    assert {row[-1] for row in found} == {f"Text not in the collection yet: add it, {row[0]}" for row in found}
    assert found[0][:4] == [HOSTILE, "4", "Unitary council", "The Hills"]
