"""How easily the sentences read that pages open with, for people who draw on care: by a library, not by our own ear."""

from __future__ import annotations

import re

import pytest
import textstat

from build_scripts.facts.framework import make_framework
from build_scripts.facts.yaml_text import Document, read_yaml
from build_scripts.model.evidence import SourceFile
from build_scripts.pages import render_pages
from tests.helpers.anytown import collection, evidence, report
from tests.helpers.projects import ROOT
from tests.helpers.readers import front_matter, mkdocs_html

GRADE = 6.0
"""Flesch-Kincaid grade at most: the age of eleven."""


def document(path: str) -> Document:
    """A file of the project as YAML."""
    found, problems = read_yaml(SourceFile(path, (ROOT / path).read_bytes()))
    assert found
    assert problems == ()
    return found


def plain_of(kind: str) -> dict[str, str]:
    """Id to the plain sentences of each theme, voice or quality statement of the project's data."""
    if kind == "statements":
        return {each.id: each.plain for each in make_framework(document("data/framework.yml")).statements}
    return {each["id"]: each.get("plain", "") for each in document(f"data/{kind}.yml").value[kind]}


def grade(text: str) -> float:
    """The Flesch-Kincaid grade, for which unusual hyphens and lines count as spaces."""
    return float(textstat.flesch_kincaid_grade(" ".join(text.split())))


@pytest.mark.parametrize("kind", ["themes", "voices", "statements"])
def test_what_opens_a_page_is_plain(kind: str) -> None:
    """Every theme, voice and quality statement says what it is about in two or three sentences, for a child of 11."""
    texts = plain_of(kind)
    assert len(texts) in (88, 6, 9)
    hard = {id: grade(text) for id, text in texts.items() if grade(text) > GRADE}
    assert hard == {}
    assert {id: text for id, text in texts.items() if text.count(". ") + text.count("? ") not in (1, 2)} == {}


def test_a_council_page_opens_plainly() -> None:
    """A council's page says in plain words what it is about, and its rating and scores where a report is here."""
    pages = render_pages(collection([evidence(report(), "equity", "A gull.")]))
    opening = {}
    for slug in ("anytown", "thirdtown"):
        html = mkdocs_html(front_matter(pages[f"authorities/{slug}/index.md"].decode())[0])
        (opening[slug],) = re.findall(r'<p class="lead brief">(.*?)</p>', html)
    assert opening["anytown"].endswith(
        "CQC rated it Good. Scores go from 1 to 4, and 4 is the best. All nine of its scores are 3."
    )
    assert opening["thirdtown"].endswith("helps adults who need care is not here yet.")
    assert {slug: text for slug, text in opening.items() if grade(text.replace(slug.capitalize(), "it")) > GRADE} == {}


def test_the_easy_read_page_is_easy() -> None:
    """The page in Easy Read has short sentences and short words: what a child of eight can read."""
    lines = (ROOT / "docs/about/easy-read.md").read_text("utf-8").split("---", 2)[2].splitlines()
    sentences = [re.sub(r"\[([^\]]*)\]\([^)]*\)|[*#]", r"\1", line).strip(" -") for line in lines if line.strip()]
    assert grade(" ".join(each if each.endswith((".", "?")) else f"{each}." for each in sentences)) < 4
    assert [each for line in sentences for each in re.split(r"(?<=[.?]) ", line) if len(each.split()) > 16] == []


def test_hard_words_are_seen() -> None:
    """The measure tells our definitions, written for those who label, from what opens a page."""
    assert grade("Approved mental health professionals, statutory aftercare and multidisciplinary commissioning.") > 15
    assert grade("This is about help at home. Is it good?") < 3
