"""What /compare/ is made of: the index of authorities, their passages, the pairs to start from, the page itself."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from build_scripts.model.collection import Collection
from build_scripts.model.evidence import Authority, Report
from build_scripts.pages import render_pages
from build_scripts.pages.compare import compare_pages, ready_pairs
from build_scripts.pages.compare_data import CREDIT, compare_files
from build_scripts.pages.frame.site import Site
from build_scripts.pipeline.run import Run
from tests.helpers.anytown import ANYTOWN, OTHERTOWN, THIRDTOWN, collection, evidence, report, vocabulary
from tests.helpers.projects import real_run
from tests.helpers.readers import front_matter, look, mkdocs_html

INDEX = "compare/authorities.json"
HOSTILE = "O'Neill & <b>`*_x_*`</b>"


@pytest.fixture(scope="module")
def real() -> Run:
    """What the pipeline makes of the project's own data."""
    return real_run()


def loaded(files: Any, path: str) -> Any:
    """What a page that loads the file gets."""
    return json.loads(files[path].decode("utf-8"))


def entry(files: Any, slug: str) -> dict[str, Any]:
    """An authority's entry in the index."""
    [found] = [each for each in loaded(files, INDEX)["authorities"] if each["slug"] == slug]
    assert isinstance(found, dict)
    return found


def page(of: Collection) -> str:
    """The Markdown of /compare/."""
    [(path, data)] = compare_pages(Site(of))
    assert path == "compare/index.md"
    return data.decode("utf-8")


def test_index_has_the_figures_of_the_data(root: Path, real: Run) -> None:
    """All 153 authorities are listed, each with rating, percentage and scores as its newest report.yml has them."""
    with (root / "data/authorities.csv").open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    newest: dict[str, Any] = {}
    for file in sorted((root / "data/reports").glob("*/report.yml")):
        facts = yaml.safe_load(file.read_text("utf-8"))
        if facts["published"] >= newest.get(facts["authority"], {"published": ""})["published"]:
            newest[facts["authority"]] = facts

    index = loaded(real.files, INDEX)
    listed = index["authorities"]

    assert index["credit"] == CREDIT
    assert [each["name"] for each in listed] == sorted(row["name"] for row in rows)
    assert {each["slug"] for each in listed if each["report"]} == set(newest)
    for row in rows:
        found = entry(real.files, row["slug"])
        assert (found["region"], found["type"].lower()[:4]) == (row["region"], row["type"][:4])
        if row["slug"] in newest:
            facts, shown = newest[row["slug"]], found["report"]
            assert shown["scores"] == list(facts["scores"].values())
            assert (shown["rating"], shown["percentage"]) == (facts["rating"], facts["percentage"])
            assert shown["percentage"] == -(-100 * sum(shown["scores"]) // 36)


def test_passages_have_the_words_and_places_of_the_text_pages(real: Run) -> None:
    """Each file has the credit, each passage in it its exact words and an address that is an anchor of a page."""
    by_id = {finding.id: finding for finding in real.collection.findings}
    seen = set()
    for path in real.files:
        if path.startswith("compare/") and path.endswith(".json") and path != INDEX:
            assert loaded(real.files, path)["credit"] == CREDIT
            for shown in loaded(real.files, path)["passages"]:
                finding = by_id[shown["id"]]
                where, anchor = shown["address"].split("#")
                assert f'id="{anchor}"' in real.files[f"{where.strip('/')}/index.md"].decode("utf-8")
                assert shown["text"] == finding.tagged.passage.text
                assert (shown["heading"], shown["score"]) == (finding.heading, finding.score)
                assert shown["themes"] == [tag.id for tag in finding.tagged.themes]
                assert shown["voices"] == [tag.id for tag in finding.tagged.voices]
                seen.add(shown["id"])
    assert seen == set(by_id)


def test_newest_report_is_compared_and_earlier_ones_are_counted() -> None:
    """Of two reports of one authority the newer gives scores and texts; the page is told that there is an older one."""
    old, new = report("anytown-2024-01", score=2), report("anytown-2025-01", score=3)
    files = compare_files(collection([evidence(old, "equity", "The gull."), evidence(new, "learning", "A boat.")]))

    shown = entry(files, "anytown")["report"]
    assert (shown["address"], shown["scores"], shown["earlier"]) == ("/reports/anytown-2025-01/", [3] * 9, 1)
    assert shown["texts"] == ["learning"]
    assert [each["text"] for each in loaded(files, "compare/anytown.json")["passages"]] == ["A boat."]


def test_older_text_does_not_stand_beside_newer_scores() -> None:
    """An authority whose newest report has no text has no file of passages, even when an older one has text."""
    old, new = report("anytown-2024-01", score=2), report("anytown-2025-01", score=3)
    files = compare_files(collection([evidence(old, "equity", "The gull.")], [new]))

    assert list(files) == [INDEX]
    assert entry(files, "anytown")["report"]["texts"] == []


def test_authority_without_a_report_is_listed_without_figures() -> None:
    """No report is null, never a zero."""
    files = compare_files(collection([], [report()]))

    assert entry(files, "othertown")["report"] is None
    assert list(files) == [INDEX]


def test_same_bytes_in_any_order() -> None:
    """The files do not depend on the order in which reports and authorities were read."""
    texts = [evidence(report(), "equity", "A gull."), evidence(report("othertown-2025-02"), "equity", "One\nTwo")]
    one = compare_files(collection(texts))
    other = collection(texts[::-1], vocabulary=vocabulary(authorities=(THIRDTOWN, OTHERTOWN, ANYTOWN)))

    assert compare_files(replace(other, all_reports=other.all_reports[::-1])) == one
    assert [each["list"] for each in loaded(one, "compare/othertown.json")["passages"]] == [True]


def test_hostile_names_stay_text() -> None:
    """A name full of markup is whole in the index, and shows letter by letter on the page."""
    places = (replace(ANYTOWN, name=HOSTILE), replace(OTHERTOWN, type="unitary"))
    made = collection([], [report(), report("othertown-2025-02")], vocabulary=vocabulary(authorities=places))

    assert entry(compare_files(made), "anytown")["name"] == HOSTILE
    body, _ = front_matter(page(made))
    assert HOSTILE in look(mkdocs_html(body)).words


def test_half_a_letter_is_left_out() -> None:
    """What is no character cannot stop the build: it is left out, as on pages."""
    files = compare_files(collection([evidence(report(), "equity", "A gull.", headings=["On \ud800gulls"])]))

    assert [each["heading"] for each in loaded(files, "compare/anytown.json")["passages"]] == ["On gulls"]


def town(slug: str, type: str = "county", region: str = "The Hills") -> Authority:
    return Authority(slug, slug.capitalize(), f"{slug.capitalize()} Council", "E00000009", region, type)


def pairs(*assessed: tuple[Authority, int], text: tuple[str, ...] = ()) -> list[str]:
    """The ready pairs of authorities with these scores; those in ``text`` have a text."""
    of: dict[str, Report] = {each.slug: report(f"{each.slug}-2025-01", score) for each, score in assessed}
    texts = [evidence(of[slug], "equity", "The gull.") for slug in text]
    words = vocabulary(authorities=[each for each, _ in assessed])
    found = ready_pairs(collection(texts, of.values(), vocabulary=words))
    return [f"{pair.first.slug} {pair.second.slug}: {pair.why}" for pair in found]


def test_pair_is_alike_before_all_else() -> None:
    """A pair is of one type always, and of one region where that can be, however different other scores are."""
    near, beside = (town("near"), 3), (town("beside"), 3)
    far, other = (town("far", region="The Coast"), 1), (town("other", type="unitary"), 1)

    assert pairs(near, beside, far, other) == ["beside near: same type: County; same region: The Hills"]
    assert pairs(near, far, other) == ["far near: same type: County; regions: The Coast, The Hills"]
    assert pairs(near, other) == []


def test_pair_with_texts_then_with_different_scores() -> None:
    """Of equally like pairs the one with texts is offered, else the one whose scores differ most."""
    four = [(town("a"), 3), (town("b"), 3), (town("c"), 1), (town("d"), 2)]

    assert pairs(*four) == ["a c: same type: County; same region: The Hills"]
    assert pairs(*four, text=("b", "d")) == ["b d: same type: County; same region: The Hills"]


def test_page_links_what_it_would_compare(real: Run) -> None:
    """Without scripts the page leads to all authorities, all scores, and both pages of each ready pair."""
    text = real.files["compare/index.md"].decode("utf-8")

    assert 'href="../authorities/"' in text
    assert 'href="../scores/"' in text
    assert "has the paragraphs of every council whose section is here" in text
    found = ready_pairs(real.collection)
    assert len({pair.first.type for pair in found}) == 4
    for pair in found:
        assert f'href="../authorities/{pair.first.slug}/"' in text
        assert f'href="../authorities/{pair.second.slug}/"' in text
        assert f"?authorities={pair.first.slug},{pair.second.slug}" in text


def test_page_offers_every_statement_and_theme(real: Run) -> None:
    """Each of the nine statements and each theme can be chosen."""
    text = real.files["compare/index.md"].decode("utf-8")
    words = real.collection.vocabulary

    for statement in words.framework.statements:
        assert f'value="statement:{statement.id}"' in text
    for theme in words.themes:
        assert text.count(f'value="theme:{theme.id}"') == 1


def test_empty_collection_has_a_page() -> None:
    """With no report at all there is a page, without pairs."""
    pages = render_pages(collection([]))

    assert "Pairs to start from" not in pages["compare/index.md"].decode("utf-8")
