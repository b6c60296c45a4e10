"""Links into the project's forms and editor: what they fill in, and that words in them are words."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
import yaml

from build_scripts.model.collection import Finding
from build_scripts.pages import render_pages
from build_scripts.pages.frame.github_links import (
    PASSAGE_FORM,
    REPORT_FORM,
    form_link,
    problem_link,
    report_link,
    report_template,
    text_link,
    text_template,
)
from build_scripts.pages.frame.markdown import plain
from build_scripts.text.passages import passage_id
from tests.helpers.anytown import ANYTOWN, OTHERTOWN, collection, evidence, report
from tests.helpers.collections_of import EQUITY, TEXT, problems
from tests.helpers.projects import ROOT
from tests.helpers.statement_page import GOOD, parse
from tests.helpers.strategies import FRAMEWORK
from tests.unit.test_hostile import HOSTILE

PROJECT = "https://github.com/anytown/explorer"
TEXT_PAGE, THEME_PAGE = "reports/anytown-2025-01/equity/index.md", "themes/piers/index.md"


def fields(address: str) -> dict[str, str]:
    """What an address fills in."""
    return {key: values[0] for key, values in parse_qs(urlsplit(address).query, strict_parsing=True).items()}


def finding(text: str) -> Finding:
    """A passage with these words."""
    return collection([evidence(report(), "equity", plain(text))]).findings[0]


def problem_links(page: bytes) -> list[str]:
    """The addresses of a page's links to report a problem."""
    return [
        unescape(href) for href in re.findall(r'<a class="problem" href="([^"]+)">Report a problem</a>', page.decode())
    ]


def test_every_passage_has_its_link() -> None:
    """On its text's page and in lists, each passage leads to a form that names it, the first with its words."""
    texts = ("The pier was open.", "A boat came. " * 30)
    pages = render_pages(collection([evidence(report(), "equity", *texts)]), PROJECT)
    on_text, in_list = problem_links(pages[TEXT_PAGE]), problem_links(pages[THEME_PAGE])
    ids = [f"anytown-2025-01/equity/{passage_id(text)}" for text in texts]
    assert [fields(each)["passage"] for each in on_text] == ids
    assert [fields(each)["passage"] for each in in_list] == ids[:1]
    assert fields(on_text[0]) == {"template": PASSAGE_FORM, "passage": ids[0], "words": "The pier was open."}
    assert "words" not in fields(in_list[0])
    assert {urlsplit(each)._replace(query="").geturl() for each in on_text} == {f"{PROJECT}/issues/new"}


def test_without_a_project_there_is_no_link() -> None:
    """Where the project's address is not known, pages lead to nobody's tracker, but to the guide that says more."""
    pages = render_pages(collection([evidence(report(), "equity", "The pier was open.")]))
    assert not any(b"/issues/new" in page or b"/new/main" in page for page in pages.values())
    links = [each for page in pages.values() for each in re.findall(rb'<a class="problem" href="([^"]+)"', page)]
    assert set(links) == {b"../../../contribute/#report-a-mistake"}
    assert b'<a href="../../contribute/">Add one</a>' in pages["reports/anytown-2025-01/index.md"]


@pytest.mark.parametrize("text", HOSTILE)
def test_words_in_a_link_are_words(text: str) -> None:
    """Whatever a passage says, its link is one address to the project, of safe length, its words in one field."""
    for with_words in (True, False):
        address = problem_link(PROJECT, finding(f"{text} pier"), with_words)
        assert re.fullmatch(r"[\w.~%&=?/:+-]+", address, re.ASCII)
        assert address.startswith(f"{PROJECT}/issues/new?")
        assert len(address) < 1000
        assert set(fields(address)) == {"template", "passage"} | ({"words"} if with_words else set())


def test_missing_text_opens_the_editor() -> None:
    """A missing text's line opens GitHub's editor with the file's right name and a line to replace."""
    page = render_pages(collection([evidence(report(), "equity", "A pier.")]), PROJECT)[
        "reports/anytown-2025-01/index.md"
    ]
    found = [unescape(each) for each in re.findall(rf'<a href="({PROJECT}/new/main[^"]+)">add it<', page.decode())]
    assert [fields(each)["filename"] for each in found] == [
        f"data/reports/anytown-2025-01/{statement.id}.txt"
        for statement in FRAMEWORK.statements
        if statement.id != "equity"
    ]
    safeguarding = next(statement for statement in FRAMEWORK.statements if statement.id == "safeguarding")
    assert text_link(PROJECT, report(), safeguarding) in found
    assert fields(text_link(PROJECT, report(), safeguarding))["value"] == text_template(safeguarding)


@pytest.mark.parametrize("at_end", [False, True])
def test_the_line_to_replace_cannot_stay(at_end: bool) -> None:
    """A contributor who pastes above or below the line to replace, and leaves it there, is told."""
    line = text_template(FRAMEWORK.statements[2])
    _, found = parse(*GOOD, line) if at_end else parse(line, *GOOD)
    assert [problem.code for problem in found] == ["EV511" if at_end else "EV507"]


def test_a_lone_line_to_replace_is_told() -> None:
    """A text that was never pasted does not pass."""
    assert "EV5" in problems((EQUITY, None, text_template(FRAMEWORK.statements[2])))
    assert problems((EQUITY, None, TEXT)) == ""


def test_missing_report_opens_form_and_editor() -> None:
    """An authority without report leads to the form with its name and to a report.yml without values."""
    page = render_pages(collection([evidence(report(), "equity", "A pier.")]), PROJECT)[
        "authorities/othertown/index.md"
    ]
    links = [unescape(each) for each in re.findall(r'<a href="([^"]+)">', page.decode())]
    assert form_link(PROJECT, OTHERTOWN) in links
    assert fields(form_link(PROJECT, OTHERTOWN)) == {"template": REPORT_FORM, "authority": "Othertown"}
    assert report_link(PROJECT, OTHERTOWN, FRAMEWORK.statements) in links
    filled = fields(report_link(PROJECT, OTHERTOWN, FRAMEWORK.statements))
    assert filled["filename"] == "data/reports/othertown-YYYY-MM/report.yml"
    assert filled["value"] == report_template(OTHERTOWN, FRAMEWORK.statements)


def test_report_template_filled_in_is_well() -> None:
    """The template with its values filled in passes the check; as it is, each missing value is told."""
    template = report_template(ANYTOWN, FRAMEWORK.statements)
    path = "data/reports/anytown-2025-03/report.yml"
    filled = re.sub(r"^(  [a-z-]+:) $", r"\1 3", template, flags=re.MULTILINE)
    filled = filled.replace('published: "YYYY-MM-DD"', 'published: "2025-03-01"').replace("YYYY-MM-DD", "2025-03-02")
    filled = filled.replace("rating: ", "rating: Good").replace("percentage: ", "percentage: 75")
    filled = filled.replace("https://www.cqc.org.uk/", "https://www.cqc.org.uk/invented/anytown-0325")
    assert problems((path, None, filled)) == ""
    assert problems((path, None, template)).count(f"{path}:") >= 13


@pytest.mark.parametrize("form", [PASSAGE_FORM, REPORT_FORM])
def test_forms_have_the_fields_that_links_fill_in(form: str) -> None:
    """Each field that a link fills in is one of its form's."""
    body = yaml.safe_load((ROOT / ".github" / "ISSUE_TEMPLATE" / form).read_text("utf-8"))["body"]
    filled = {"passage", "words", "page"} if form == PASSAGE_FORM else {"authority"}
    assert filled <= {item.get("id") for item in body}
