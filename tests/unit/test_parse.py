"""Reading a statement page into its parts, and what is said about a page that cannot be right."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from build_scripts.model.evidence import SourceFile, StatementPage
from build_scripts.model.problems import Problem, format_text
from build_scripts.text.passages import passage_id
from build_scripts.text.statement_page import parse_statement_page
from tests.helpers.projects import ROOT
from tests.helpers.statement_page import GOOD, PATH, parse
from tests.helpers.strategies import FRAMEWORK

GOLDEN = ROOT / "tests" / "golden" / "parse"


def shown(page: StatementPage, problems: tuple[Problem, ...]) -> Iterator[str]:
    """Yield the lines of a golden file: the parsed page as a person reads it."""
    yield f"statement: {page.statement}"
    yield f"authority: {page.authority_name}"
    yield f"score: {page.score} ({page.score_label})"
    yield from (f"expects: {text}" for text in page.expectations)
    yield from (f"commitment: {text}" for text in page.commitment)
    heading = None
    for passage in page.passages:
        if passage.heading != heading and passage.heading is not None:
            for number in range(0 if heading is None else heading + 1, passage.heading + 1):
                kind = "known" if page.headings[number].known else "by its shape"
                yield f"\n## {page.headings[number].text} (line {page.headings[number].line}, {kind})"
            heading = passage.heading
        yield f"\n{passage.id} (line {passage.line})"
        yield from (f"- {item}" if passage.is_list else item for item in passage.items)
    yield from (f"\ndropped, line {line}: {text}" for line, text in page.boilerplate)
    yield from (f"\n{format_text(problem)}" for problem in problems)


@pytest.mark.parametrize("case", sorted(path.parent for path in GOLDEN.glob("*/input.txt")), ids=lambda path: path.name)
def test_page_is_read_as_its_golden_file_shows(case: Path) -> None:
    """Each page of tests/golden/parse is read as the file beside it shows; REWRITE_GOLDEN=1 writes those files."""
    path = f"data/reports/anytown-2025-01/{case.name}.txt"
    page, problems = parse_statement_page(SourceFile(path, (case / "input.txt").read_bytes()), FRAMEWORK)
    assert page is not None

    read = "\n".join(shown(page, problems)) + "\n"

    if os.environ.get("REWRITE_GOLDEN"):
        (case / "expected.txt").write_text(read, encoding="utf-8")
    assert (case / "expected.txt").read_text(encoding="utf-8") == read


@pytest.mark.parametrize(
    ("report", "passages", "headings", "authority", "score"),
    [("westminster-2024-11", 20, 0, "Westminster City Council", 3), ("camden-2025-02", 7, 2, None, 4)],
)
def test_first_reports(report: str, passages: int, headings: int, authority: str | None, score: int) -> None:
    """The two first texts are read whole, with nothing to mend."""
    path = f"data/reports/{report}/equity.txt"
    page, problems = parse_statement_page(SourceFile(path, (ROOT / path).read_bytes()), FRAMEWORK)

    assert problems == ()
    assert page is not None
    assert (passages, headings) == (len(page.passages), len(page.headings))
    assert all(heading.known for heading in page.headings)
    assert ("equity", authority, score) == (page.statement, page.authority_name, page.score)
    assert FRAMEWORK.score_labels[score] == page.score_label
    assert (len(page.expectations), len(page.commitment)) == (1, 1)
    assert [["Downloads"], ["© Care Quality Commission"]][report.startswith("camden")] == [
        text for _, text in page.boilerplate
    ]


def test_passage_id_is_made_of_the_words_alone() -> None:
    """Case, quotes, dashes and white space do not change a link; a word does."""
    words = 'leaders\' "open door" - well liked'
    expected = "p-" + hashlib.sha256(words.encode()).hexdigest()[:8]

    assert expected == passage_id("Leaders’ “Open\nDoor”  – well liked")
    assert expected == passage_id('leaders\' "open door" — well\xa0liked')
    assert expected != passage_id("Leaders’ “Open Door” – well-liked")


def test_passage_id_never_changes() -> None:
    """The links that were given away stay as they were."""
    assert passage_id("Staff told us interpreters came within 2 hours.") == "p-4bbabd0d"


def test_good_page_has_no_problems() -> None:
    """A page as CQC publishes it has nothing to mend."""
    assert parse(*GOOD)[1] == ()


@pytest.mark.parametrize(
    "name",
    [
        name
        for item in FRAMEWORK.statements
        for name in (item.name, item.name.upper(), f"{item.number}. {item.name}", *item.wordings)
    ],
)
def test_statement_is_known_by_every_wording(name: str) -> None:
    """A statement's name is known in each wording, in capitals, and with its number."""
    page, problems = parse(name, *GOOD[1:])

    assert problems == ()
    assert page.statement in {
        item.id for item in FRAMEWORK.statements if {item.name, *item.wordings} & {name, name[3:]}
    } or (name.isupper())


def test_statement_may_be_left_to_the_file_name() -> None:
    """A text that names no statement is not wrong."""
    page, problems = parse(*GOOD[1:])

    assert (page.statement, problems) == (None, ())


def test_last_statement_above_the_score_is_the_page_s_own() -> None:
    """Names of other statements above the page's own are navigation."""
    page, problems = parse("Safeguarding", "Assessing needs", *GOOD)

    assert (page.statement, problems) == ("equity", ())
    assert page.boilerplate == ((1, "Safeguarding"), (2, "Assessing needs"))


@pytest.mark.parametrize(
    ("lines", "authority"),
    [
        (["Anytown City Council: local authority assessment"], "Anytown City Council"),
        (["Anytown City Council - Local Authority Assessment report"], "Anytown City Council"),
        (["London Borough of Anytown"], "London Borough of Anytown"),
        (
            ["Anytown, Othertown and Thirdtown Council: local", "authority assessment"],
            "Anytown, Othertown and Thirdtown Council",
        ),
    ],
)
def test_authority_is_read_from_the_title(lines: list[str], authority: str) -> None:
    """The title names the authority, in one line or two, with its fixed words or without."""
    assert (authority, ()) == (parse(*lines, *GOOD)[0].authority_name, parse(*lines, *GOOD)[1])


def test_repeated_passage_is_numbered() -> None:
    """A true repeat in a page gets an id of its own."""
    page, _ = parse(*GOOD, GOOD[-1], GOOD[-1])

    first = passage_id(GOOD[-1])
    assert [first, f"{first}-2", f"{first}-3"] == [passage.id for passage in page.passages]


@pytest.mark.parametrize(
    ("line", "is_heading"),
    [
        ("Visits and waiting", True),
        ("2 years of the Open Door scheme", True),
        ("Staff told us that they waited.", False),
        ("and visits", False),
        ("Leaders told us about the", False),
        ("Leaders named these:", False),
        ("“We go to where people are”", False),
        ("A " + "very " * 20 + "long line", False),
    ],
)
def test_heading_is_known_by_its_shape(line: str, is_heading: bool) -> None:
    """A heading is short, opens with a capital, does not end as a sentence, and a passage follows it."""
    page, _ = parse(*GOOD, line, "Staff agreed.")

    assert is_heading == (line in [heading.text for heading in page.headings])


@pytest.mark.parametrize("items", [("• a desk", "• a van"), ("- a desk", "- a van"), ("a) a desk", "b) a van")])
@pytest.mark.parametrize("blank", [(), ("",)], ids=["tight", "blank"])
def test_heading_above_a_list_is_one(items: tuple[str, str], blank: tuple[str, ...]) -> None:
    """Items may begin with small letters: the line above the first is a heading all the same, not a passage."""
    page, problems = parse(*GOOD, *blank, "Getting help quickly", *blank, *items)

    assert problems == ()
    assert [heading.text for heading in page.headings] == ["Getting help quickly"]
    assert [(passage.is_list, passage.heading) for passage in page.passages] == [(False, None), (True, 0)]


@pytest.mark.parametrize("bullet", ["•", "-", "o"])
def test_heading_above_a_list_is_one_in_wrapped_lines(bullet: str) -> None:
    """Where lines are wrapped and the one above the heading is full, its list shows that it is one."""
    page, problems = parse(
        *GOOD[:8],
        "Leaders in the town said, as they had been saying for many years, that",
        "they knew the harbour, its people and what these people asked for most.",
        "Getting help quickly",
        f"{bullet} a desk",
        f"{bullet} a van",
    )

    assert problems == ()
    assert [heading.text for heading in page.headings] == ["Getting help quickly"]
    assert page.passages[-1].text == "a desk\na van"


@pytest.mark.parametrize("below", [("a desk", "a van"), ("and more of it.",)])
def test_heading_or_not_is_told(below: tuple[str, ...]) -> None:
    """A list without bullets, or a broken sentence, under what looks like a heading is a doubt, and nothing is lost."""
    long = "Leaders " + "knew the town and its harbour " * 6 + "well."  # so that the page is not wrapped
    page, problems = parse(*GOOD[:8], long, "", "Getting help quickly", "", *"\n\n".join(below).split("\n"), "", long)

    what = "“Getting help quickly” is neither a sentence nor, above small letters, a heading"
    mend = 'join the two lines if a sentence was broken; if a list follows, put "• " before each of its items'
    assert [f"{PATH}:11: EV512 {what}\n    {mend}"] == [format_text(problem) for problem in problems]
    assert [long, "Getting help quickly", *below, long] == [passage.text for passage in page.passages]


def test_last_line_is_never_a_heading_by_its_shape() -> None:
    """What nothing follows is a passage, cut off or not."""
    assert parse(*GOOD, "Visits and waiting")[0].headings == ()


def test_known_heading_counts_for_its_own_statement() -> None:
    """A heading of another statement is one by its shape alone."""
    page, _ = parse(
        *GOOD, "Direct payments", "Few had one.", "INCLUSION AND ACCESSIBILITY ARRANGEMENTS:", "Some were made."
    )

    assert [(heading.text, heading.known) for heading in page.headings] == [
        ("Direct payments", False),
        ("INCLUSION AND ACCESSIBILITY ARRANGEMENTS:", True),
    ]


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (
            ["a long line about the seldom-", "heard groups of the town."],
            "a long line about the seldom-heard groups of the town.",
        ),
        (
            ["a long line about short-", "and long-term plans made."],
            "a long line about short- and long-term plans made.",
        ),
        (
            ["a long line about inter\xad", "preters and their hours."],
            "a long line about interpreters and their hours.",
        ),
        (
            ["a long line about the whole pier –", "which is old – and its team."],
            "a long line about the whole pier – which is old – and its team.",
        ),
        (
            ["a long line about the whole pier", "– which is old – and its team."],
            "a long line about the whole pier – which is old – and its team.",
        ),
        (
            ["a long line about the years 2023–", "2025 and what came after."],
            "a long line about the years 2023–2025 and what came after.",
        ),
    ],
)
def test_wrapped_lines_are_joined(lines: list[str], text: str) -> None:
    """A wrapped line is joined to the next as it stood before: with a space, or at its own hyphen without one."""
    page, _ = parse(*GOOD[:-1], "Staff said, as people do, and", *lines)

    assert [f"Staff said, as people do, and {text}"] == [passage.text for passage in page.passages]


PROBLEMS = {
    "EV501": (
        [line for line in GOOD if not line.startswith("Score")],
        f"{PATH}:1: EV501 the text has no line like “Score: 3”\n"
        "    add the line as CQC's page has it, under the statement's name",
    ),
    "EV502": (
        [*GOOD, "Score: 2", GOOD[-1]],
        f"{PATH}:10: EV502 a second score, “Score: 2”, after that of line 2\n"
        "    keep one statement page in a file, and its own score only",
    ),
    "EV503": (
        [GOOD[0], "Score: 56%", *GOOD[2:]],
        f"{PATH}:2: EV503 score '56%' is not one of 1, 2, 3, 4\n"
        "    write the statement's own score as CQC's page has it, e.g. “Score: 3”",
    ),
    "EV504": (
        [*GOOD[:2], "2 - Evidence shows some shortfalls", *GOOD[3:]],
        f"{PATH}:3: EV504 the score is 3 but the line under it says “2 - Evidence shows some shortfalls”\n"
        "    CQC explains 3 as “Evidence shows a good standard”: copy both lines from its page",
    ),
    "EV505": (
        ["Equity in experience and outcome", *GOOD[1:]],
        f"{PATH}:1: EV505 'Equity in experience and outcome' is the name of no quality statement\n"
        "    did you mean 'Equity in experience and outcomes'? data/framework.yml has the names that are known",
    ),
    "EV507 commitment": (
        [*GOOD[:5], *GOOD[7:]],
        f"{PATH}:1: EV507 the text has no line “The local authority commitment”\n"
        "    copy the whole text from CQC's page; each part opens with its line",
    ),
    "EV507 findings": (
        GOOD[:7],
        f"{PATH}:1: EV507 the text has no line “Key findings for this quality statement”\n"
        "    copy the whole text from CQC's page; each part opens with its line",
    ),
    "EV507 empty": (
        [*GOOD[:6], *GOOD[7:]],
        f"{PATH}:6: EV507 nothing stands between “The local authority commitment” and the next part\n"
        "    copy what stands there on CQC's page",
    ),
    "EV507 unknown": (
        [*GOOD[:3], "Read this page aloud", *GOOD[3:]],
        f"{PATH}:4: EV507 “Read this page aloud” stands above the first part and is not a line of a statement page\n"
        "    put the line that opens its part above it, e.g. “Key findings for this quality statement”, or delete it",
    ),
    "EV508": (
        [*GOOD[:8], "© Care Quality Commission"],
        f"{PATH}:8: EV508 no paragraph follows “Key findings for this quality statement”\n"
        "    copy the key findings to their end from CQC's page",
    ),
    "EV509": (
        [*GOOD, "Inclusion and accessibility arrangements The letters came in large print and in five languages."],
        f"{PATH}:10: EV509 “Inclusion and accessibility arrangements”, a heading, shares its line with a paragraph\n"
        "    break the line after the heading",
    ),
    "EV510": (
        [*GOOD, "Inclusion and accessibility arrangements"],
        f"{PATH}:10: EV510 nothing stands under “Inclusion and accessibility arrangements”, taken for a heading\n"
        "    copy what follows it on CQC's page; "
        'put "• " before the items of a list, a full stop after a sentence',
    ),
    "EV511": (
        [*GOOD, "Leaders told us that they had"],
        f"{PATH}:10: EV511 the last paragraph stops in the middle of a sentence: “…Leaders told us that they had”\n"
        "    copy the text to its end; if CQC's own page ends so, add a correction of its last words",
    ),
}


@pytest.mark.parametrize(("lines", "message"), PROBLEMS.values(), ids=PROBLEMS.keys())
def test_problem_says_what_is_wrong_and_how_to_mend_it(lines: list[str], message: str) -> None:
    """Each thing that can be wrong with a page is said in one message, and nothing else is said."""
    assert [message] == [format_text(problem) for problem in parse(*lines)[1]]


@pytest.mark.parametrize(
    "end", ["Staff agreed. (Survey, 2024)", "One said “it helped.”", "Was it enough?", "and so on…"]
)
def test_whole_last_passage_is_not_cut_off(end: str) -> None:
    """A closing quotation or a source in brackets ends a passage too."""
    assert parse(*GOOD, f"Leaders were asked about the pier. {end}")[1] == ()


@pytest.mark.parametrize(("item", "cut"), [("• a van", False), ("• a van; and", True), ("• a van for the", True)])
def test_last_list_is_cut_off_where_its_last_item_needs_more(item: str, cut: bool) -> None:
    """Items need no full stop, but one that leads on to another is not the last."""
    assert [problem.code for problem in parse(*GOOD, "• a desk", item)[1]] == ["EV511"] * cut


def test_page_with_problems_is_read_all_the_same() -> None:
    """What could be read of a page is there to be compared by other checks."""
    page, problems = parse(*GOOD[:7])

    assert problems
    assert (page.statement, page.score, page.commitment) == ("equity", 3, ("We listen.",))
