"""What stands in a text and is not the report's: a page's furniture, what follows its end, a second page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from build_scripts.model.evidence import SourceFile
from build_scripts.model.problems import format_text
from build_scripts.text.statement_page import parse_statement_page
from tests.helpers.statement_page import GOOD, PATH, parse
from tests.helpers.strategies import FRAMEWORK

PAGE = "    keep one statement page in a file: put the other into a file of its own, or delete it"


@pytest.mark.parametrize("opened", [0, 1, 2, 4, 6, 8])
@pytest.mark.parametrize("footer", [[], ["© Care Quality Commission", "Previous"]], ids=["plain", "footer"])
def test_second_page_is_told_of_once(opened: int, footer: list[str]) -> None:
    """Wherever the second page's copy begins, with a score or none, it is one problem, and all of it is set aside."""
    title = "Anytown Council: local authority assessment"
    second = [title, "Safeguarding", "Score: 2", "2 - Evidence shows some shortfalls", *GOOD[3:8], "Direct payments"]
    page, problems = parse(*GOOD, *footer, *second[opened:])

    begin = 2 if opened == 1 and footer else opened  # below the copyright line a statement's name is navigation
    line = 10 + len(footer) + begin - opened
    said = f"a second statement page begins with “{second[begin]}”\n{PAGE}"
    if begin == 2:
        said = (
            "a second score, “Score: 2”, after that of line 2\n"
            "    keep one statement page in a file, and its own score only"
        )
    assert [f"{PATH}:{line}: EV502 {said}"] == [format_text(problem) for problem in problems]
    assert [GOOD[-1]] == [passage.text for passage in page.passages]
    assert [*footer, *second[opened:]] == [text for _, text in page.boilerplate]


def test_names_of_statements_may_be_items() -> None:
    """A list of a page may name other statements, with bullets or without."""
    page, problems = parse(
        *GOOD, "• Safeguarding", "• Care provision", "Leaders named these:", "Safeguarding", "Waiting"
    )

    assert problems == ()
    assert "Safeguarding\nWaiting" in [passage.text for passage in page.passages]


@pytest.mark.parametrize(
    "lines",
    [
        ["Downloads"],
        ["© Care Quality Commission 2025"],
        ["Page last updated: 3 March 2025", "Back to top"],
        ["Published on 8 November 2024"],
        ["Previous", "Assessing needs", "Next", "Care provision, integration and continuity"],
        ["Next page: Safeguarding"],
    ],
)
def test_furniture_of_a_page_is_dropped_wherever_it_stands(lines: list[str]) -> None:
    """A page's own furniture is neither heading nor passage, in any part, and is kept as boilerplate."""
    copyright = lines[0].startswith("©")
    more = [] if copyright else ["Staff agreed."]  # a paragraph below the copyright line is a problem
    page, problems = parse(*GOOD[:4], *lines, *GOOD[4:8], *lines, *(GOOD[8:] if not copyright else []), *lines, *more)

    assert [problem.code for problem in problems] == (["EV508"] if copyright else [])
    assert page.headings == ()
    assert [*([] if copyright else [GOOD[-1]]), *more] == [passage.text for passage in page.passages]
    assert page.expectations == (GOOD[4],)
    assert lines * 3 == [text for _, text in page.boilerplate]


@pytest.mark.parametrize("place", ["Home", "Care services", "Local authority assessments", "HOME"])
@pytest.mark.parametrize("above", [GOOD[:8], GOOD], ids=["first", "between"])
@pytest.mark.parametrize("below", [["Staff agreed."], ["• a desk", "• a van"], ["1. Ask.", "2. Listen."]])
def test_a_place_of_the_site_alone_above_a_passage_is_a_heading(
    place: str, above: Sequence[str], below: list[str]
) -> None:
    """CQC may write about care services: what stands as a sub-heading does is one, and its passage stands under it."""
    page, problems = parse(*above, place, *below)

    assert (problems, page.boilerplate) == ((), ())
    assert [place] == [heading.text for heading in page.headings]
    assert page.passages[-1].heading == 0


@pytest.mark.parametrize(
    ("run", "kept"),
    [
        (["Home", "Care services"], "Care services"),
        (["Back to top", "Home"], "Home"),
        (["Home", "Print this page"], "Home"),
        (["Home", "Care services", "Local authority assessments", "Downloads"], "Local authority assessments"),
        (["Page last updated: 3 March 2025", "Safeguarding"], "Safeguarding"),
        (["Previous", "Assessing needs", "Safeguarding"], "Safeguarding"),
    ],
)
def test_a_place_beside_furniture_is_kept_and_told_of(run: list[str], kept: str) -> None:
    """Whether it is a heading or navigation, a person must say: nothing that may be a heading goes in silence."""
    page, problems = parse(*GOOD, *run, "Staff agreed.")

    line = 10 + run.index(kept)
    what = f"“{kept}” may be a sub-heading or, like what stands beside it, the page's own navigation"
    lines = f"the lines 10 to {9 + len(run)}"
    mend = f"delete those of {lines} that are the page's own; a sub-heading then stands alone above its paragraph"
    assert [f"{PATH}:{line}: EV512 {what}\n    {mend}"] == [format_text(problem) for problem in problems]
    assert [kept] == [heading.text for heading in page.headings]
    assert [text for text in run if text != kept] == [text for _, text in page.boilerplate]
    assert parse(*GOOD, kept, "Staff agreed.")[1] == parse(*GOOD, "Staff agreed.")[1] == ()


@pytest.mark.parametrize("lines", [["Home"], ["Home", "Care services"], ["Home", "© Care Quality Commission"]])
def test_a_place_of_the_site_above_nothing_is_furniture(lines: list[str]) -> None:
    """What no paragraph follows is no heading."""
    page, problems = parse(*GOOD, *lines)

    assert (problems, page.headings) == ((), ())
    assert lines == [text for _, text in page.boilerplate]


@pytest.mark.parametrize("furniture", ["Home", "Back to top"])
def test_furniture_parts_what_stands_around_it(furniture: str) -> None:
    """Two paragraphs of the commitment with furniture between them stay two, though a full line ends the first."""
    commitment = (
        "We listen to people, to carers and to staff, and when we",
        "have listened to all of them we write down what we do.",
    )
    page, problems = parse(*GOOD[:6], *commitment, furniture, "We act.", *GOOD[7:])

    assert problems == ()
    assert page.commitment == (" ".join(commitment), "We act.")


def test_a_known_heading_is_never_furniture() -> None:
    """What framework.yml has as a sub-heading of the statement stays one, though it be a place of the site."""
    equity = replace(FRAMEWORK.statements[2], headings=("Home",))
    framework = replace(FRAMEWORK, statements=(*FRAMEWORK.statements[:2], equity, *FRAMEWORK.statements[3:]))
    lines = [*GOOD, "Back to top", "Home", "Staff agreed."]

    page, problems = parse_statement_page(SourceFile(PATH, "\n".join(lines).encode()), framework)

    assert problems == ()
    assert page is not None
    assert [(heading.text, heading.known) for heading in page.headings] == [("Home", True)]


def test_the_last_item_of_a_bare_list_may_name_an_area() -> None:
    """“Leadership” in a list that a colon announced is an item, at the end of the text too."""
    page, problems = parse(*GOOD, "Leaders named these:", "Waiting", "Leadership")

    assert (problems, page.boilerplate) == ((), ())
    assert page.passages[-1].text == "Waiting\nLeadership"


def test_furniture_below_a_bare_list_is_dropped() -> None:
    """A list whose items are in small letters, without bullets, has no item with a capital."""
    page, problems = parse(*GOOD, "Leaders named these:", "a desk", "a van", "Back to top", "Staff agreed.")

    assert (problems, page.boilerplate) == ((), ((13, "Back to top"),))
    assert [passage.text for passage in page.passages[2:]] == ["a desk\na van", "Staff agreed."]


def test_short_lines_below_the_copyright_line_are_boilerplate() -> None:
    """The navigation at the foot of a page is no heading and no passage."""
    footer = (
        "© Care Quality Commission",
        "Previous Assessing needs",
        "Next care provision",
        "Leadership",
        "Accessibility",
    )
    page, problems = parse(*GOOD, *footer)

    assert (problems, page.headings, len(page.passages)) == ((), (), 1)
    assert footer == tuple(text for _, text in page.boilerplate)


def test_paragraph_below_the_copyright_line_is_kept_and_told_of() -> None:
    """A paragraph is never dropped: where one stands below the copyright line, one problem says so."""
    page, problems = parse(*GOOD, "© Care Quality Commission", "Accessibility", "Staff agreed.", "Carers agreed.")

    message = f"{PATH}:12: EV502 “Staff agreed.” stands below the copyright line, line 10\n"
    mend = "    delete line 10 if the key findings go on below it, or else what is not theirs"
    assert [message + mend] == [format_text(problem) for problem in problems]
    assert [GOOD[-1], "Staff agreed.", "Carers agreed."] == [passage.text for passage in page.passages]


@pytest.mark.parametrize(
    ("lines", "texts"),
    [
        (["Leaders named these:", "Home", "Next"], ["Leaders named these:", "Home\nNext"]),
        (["Leaders named these:", "• Home", "• Next"], ["Leaders named these:", "Home\nNext"]),
        (["• a desk", "•", "Home"], ["a desk\nHome"]),
        (["Published figures show it."], ["Published figures show it."]),
        (["Theme 1 was prevention."], ["Theme 1 was prevention."]),
        (
            [
                "Leaders said that people, when they were asked, and",
                "when they had a choice, would rather live at",
                "home.",
            ],
            ["Leaders said that people, when they were asked, and when they had a choice, would rather live at home."],
        ),
        (
            [
                "Leaders said that people, when asked, had read these",
                "Published figures of people who had been waiting",
                "at home.",
            ],
            [
                "Leaders said that people, when asked, had read these Published figures of people who had been waiting "
                "at home."
            ],
        ),
    ],
)
def test_words_of_the_text_are_no_furniture(lines: list[str], texts: list[str]) -> None:
    """Items of lists and ends of wrapped sentences stay, though they be words that navigation has too."""
    page, problems = parse(*GOOD[:8], *lines)

    assert (texts, ()) == ([passage.text for passage in page.passages], problems)
    assert page.boilerplate == ()


@pytest.mark.parametrize("lines", [["Visits and waiting"], ["Inclusion and accessibility arrangements"] * 2])
def test_headings_alone_are_no_passages(lines: list[str]) -> None:
    """Key findings of which only headings were copied are told of as such, and not as cut off."""
    message = (
        f"{PATH}:8: EV508 only headings follow “Key findings for this quality statement”\n"
        "    copy the key findings to their end from CQC's page"
    )
    assert [message] == [format_text(problem) for problem in parse(*GOOD[:8], *lines)[1]]


def test_opening_line_may_stand_twice_in_a_row() -> None:
    """“Key findings” above “Key findings for this quality statement” is no second page."""
    page, problems = parse(*GOOD[:7], "Key findings", *GOOD[7:])

    assert (problems, page.boilerplate) == ((), ((9, GOOD[7]),))
