"""Statements' pages: how scores are spread, what sections say by score, who has which, and how few they are."""

from __future__ import annotations

from dataclasses import replace

from selectolax.lexbor import LexborHTMLParser, LexborNode

from build_scripts.model.evidence import Authority, Evidence, Report
from build_scripts.pages import render_pages
from tests.helpers.anytown import collection, evidence, report, vocabulary
from tests.helpers.built_site import attribute, first
from tests.helpers.readers import front_matter, mkdocs_html

HOSTILE = "O'Neill & <b>"
MISSING = "No section here"
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


def test_england_stands_before_lists_of_names() -> None:
    """The map has a heading of its own and comes before sections and lists of names: people look first."""
    placed = tuple(replace(each, cell=(number, 0)) for number, each in enumerate(AUTHORITIES))
    words = vocabulary(authorities=placed)
    for statement, sections in (("equity", ["What the sections say"]), ("safeguarding", [])):
        made = collection((text(ALD, "A pier."),), REPORTS, vocabulary=words)
        pages = render_pages(made)
        tree = LexborHTMLParser(mkdocs_html(front_matter(pages[f"statements/{statement}/index.md"].decode())[0]))
        assert shown(tree, "h2") == ["What separates a 3 from a 2", "England by score", *sections, "Councils by score"]
        (heading,) = [node for node in tree.css("h2") if said(node) == "England by score"]
        after = heading.next
        while after is not None and after.tag == "-text":
            after = after.next
        assert after is not None
        assert attribute(after, "class") == "england small"


def test_newest_scores_are_counted_once_each() -> None:
    """Each council counts once, with its newest report; the number behind is named, who is missing is not zero."""
    made = page()

    assert shown(made, "ul.ratings li") == [
        "4 exceptional standard 1 council",
        "3 good standard 1 council",
        "2 some shortfalls 2 councils",
        "1 significant shortfalls 0 councils",
    ]
    assert "4 of 5 councils have a score here; 1 has none yet." in said(made)


def test_scores_by_type_and_region() -> None:
    """Types and regions each have a row with how many of how many, the four counts, and how many scored 3 or 4."""
    made = page()

    assert rows(made, "table.spread") == [
        ["England", "4 of 5", "0", "2", "1", "1", "2 of 4"],
        ["By type"],
        ["Metropolitan boroughs", "0 of 1", "None here"],
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


def test_councils_by_score() -> None:
    """Each council stands once, under its newest score, highest first, and leads to its section where that is here."""
    made = page(text(DUN, "A pier."))

    assert {said(first(it, "h3")): shown_in(it, "li") for it in made.css("section.scored")} == {
        "4 Evidence shows an exceptional standard 1 council": [HOSTILE],
        "3 Evidence shows a good standard 1 council": ["Ald"],
        "2 Evidence shows some shortfalls 2 councils": ["Bred", "Dun"],
    }
    assert "A name in bold leads to its section; the others lead to the council." in said(made)
    assert [attribute(it, "href") for it in made.css("#scored-2 a")] == [
        "../../authorities/bred/",
        "../../reports/dun-2025-04/equity/",
    ]


def test_councils_beyond_ten_are_folded() -> None:
    """Ten councils with a score are in sight, the others behind one that says how many."""
    many = tuple(
        Authority(f"n{n}", f"New {n:02}", f"New {n} Council", f"E000004{n:02}", "Ham", "county") for n in range(12)
    )
    reports = [report(f"{each.slug}-2025-01", 3) for each in many]
    pages = render_pages(collection((), reports, vocabulary=vocabulary(authorities=many)))
    made = LexborHTMLParser(mkdocs_html(front_matter(pages["statements/equity/index.md"].decode())[0]))

    assert len(made.css("#scored-3 > ul > li")) == 10
    assert shown(made, "#scored-3 summary") == ["2 more with score 3"]
    assert shown(made, "#scored-3 details li") == ["New 10", "New 11"]


def test_without_scores_nothing_is_drawn() -> None:
    """A collection without reports has no table of scores and says that no text is there."""
    made = page(reports=())

    assert made.css("table") == []
    assert "0 of 5 councils have a score here" in said(made)
    assert "Nothing can be told yet: no section on this statement is here." in said(made)


def test_one_section_alone_cannot_answer() -> None:
    """With a section of one score only, its themes and headings are shown and no difference is claimed."""
    made = page(text(ALD, "A pier."))

    assert "it takes some that scored 3 and some that scored 2" in said(made)
    assert "What separates a 3 from a 2" in shown(made, "h2")
    assert made.css("dl.contrast") == []
    assert rows(made, "table.by-score")[0] == [
        "Piers",
        MISSING,
        "1 in 1 of 1",
        MISSING,
        MISSING,
    ]


def test_what_sections_there_are_is_said_for_each_score() -> None:
    """How many sections there are is said for each score, with how many reports have it."""
    words = said(page(text(ALD, "A pier."), text(DUN, "A gull.")))

    assert "of 2 paragraphs in 2 sections: 1 of 1 that scored 3, 1 of 2 that scored 2." in words


def test_one_paragraph_for_each_score() -> None:
    """Of each score that has a section one paragraph is shown, the highest first, with where it stands."""
    made = page(text(ALD, "A pier."), text(CAD, "A gull."))

    assert shown(made, "article.passage > p") == ["A gull.", "A pier."]
    assert shown(made, "p.where .score") == ["4 exceptional standard", "3 good standard"]


def test_what_separates_threes_from_twos() -> None:
    """Themes that a larger share of one score's sections discusses are named both ways, with both shares."""
    made = page(text(ALD, "A pier.", "A gull."), text(BRED, "A gull.", "A boat."), text(DUN, "A gull."))

    assert "Too few sections" not in said(made)
    assert shown(made, "dl.contrast dt") == ["More often where the score is 3", "More often where the score is 2"]
    assert shown(made, "dl.contrast dd") == ["Piers in 1 of 1, beside 0 of 2", "Boats in 1 of 2, beside 0 of 1"]
    assert "1 section that scored 3 beside 2 sections that scored 2: so few that" in said(made)
    assert "Not mentioned does not mean not done." in said(made)


def test_scores_that_stand_next_to_each_other_are_compared() -> None:
    """Where a score has no section, its neighbours are compared with each other."""
    made = page(text(CAD, "A pier."), text(BRED, "A gull."), text(OLD, "A boat."))

    assert shown(made, "details.folded > summary")[:2] == ["What separates a 4 from a 2", "What separates a 2 from a 1"]
    assert [said.partition(" in ")[0] for said in shown(made, "dl.contrast dd")] == ["Piers", "Gulls", "Gulls", "Boats"]


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
            "2 in 1 of 1 Ald, paragraph 1 Ald, paragraph 2",
            "1 in 1 of 1 Bred, paragraph 1",
            MISSING,
        ],
        ["Under no sub-heading", "1 in 1 of 1 O'Neill & <b>, paragraph 1", "in none of 1", "in none of 1", MISSING],
    ]
    link = table.css("td a")[0].attributes["href"] or ""
    assert link.startswith("../../reports/ald-2025-01/equity/#p-")


def test_passages_of_a_heading_beyond_twelve_are_counted() -> None:
    """A cell links to twelve passages at most and says how many more there are."""
    made = page(text(ALD, *(f"A pier, number {number}." for number in range(15))))
    cell = made.css("table.by-score")[1].css("td.discussed")[0]

    assert shown_in(cell, "li")[-2:] == ["Ald, paragraph 12", "and 3 more"]
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
