"""Shares that are drawn: they are of all that is counted, and are told to be too few where they would be chance."""

from __future__ import annotations

import re
from collections import Counter

from benchmarks.national import invent_collection, learn_vocabulary
from build_scripts.model.evidence import region_slug
from build_scripts.pages.comparisons import region_group
from build_scripts.pages.frame.charts import stack
from build_scripts.pages.frame.site import Site
from build_scripts.pages.shares import ENOUGH, beside_england, shares_by_score
from build_scripts.pages.themes_and_voices import text_key
from tests.helpers.projects import real_run


def test_a_region_and_england_are_counted_by_their_newest_reports() -> None:
    """For each statement the scores of a region's councils add up to those here, England's to all that are here."""
    collection = real_run().collection
    site = Site(collection)
    everyone = sorted(collection.authorities.values(), key=lambda each: each.name)
    for region in sorted({each.region for each in everyone}):
        shown = beside_england(site, region_group(region, everyone))
        own = [each for slug, each in collection.current.items() if collection.authorities[slug].region == region]
        if len(own) < ENOUGH:
            assert shown == {"few": len(own), "rows": []}, region
            continue
        assert [row["id"] for row in shown["rows"]] == list(collection.statements)
        for row in shown["rows"]:
            here = Counter(report.scores[row["id"]] for report in own)
            everywhere = Counter(report.scores[row["id"]] for report in collection.current.values())
            assert row["numbers"] == [(score, here[score], everywhere[score]) for score in (1, 2, 3, 4)]


def test_pieces_of_a_bar_make_up_the_whole() -> None:
    """A score that anybody has is a piece as long as its share, next to the one before; a narrow one has no digit."""
    drawn = str(stack({4: 1, 3: 20, 2: 0, 1: 4}))
    assert re.findall(r'class="(fill-.)" x="([\d.]+)%" width="([\d.]+)%"', drawn) == [
        ("fill-1", "0", "16"),
        ("fill-3", "16", "80"),
        ("fill-4", "96", "4"),
    ]
    assert re.findall(r">(\d)</text>", drawn) == ["1", "3"]
    assert 'aria-hidden="true"' in drawn


def test_a_share_of_few_sections_is_not_drawn() -> None:
    """Sections with a theme are counted once each, by score; where fewer than five have a score, no bar is drawn."""
    collection = invent_collection(learn_vocabulary(), 4 / 153)
    site = Site(collection)
    theme = max(collection.by_tag, key=lambda id: len(collection.by_tag[id]))
    having = {text_key(finding.evidence) for finding in collection.by_tag[theme]}
    shares = shares_by_score(site, [item for item in collection.evidence if text_key(item) in having])

    assert sum(share.of for share in shares) == len(collection.evidence) == 36
    assert sum(share.number for share in shares) == len(having)
    assert [share.score for share in shares] == sorted((share.score for share in shares), reverse=True)
    assert all(bool(share.drawn) == (share.of >= ENOUGH) for share in shares)
    assert {bool(share.drawn) for share in shares} == {True, False}


def test_pages_say_in_words_what_is_too_few() -> None:
    """On the texts of today no theme has enough sections of any score: its page says so and draws nothing."""
    files = {path: data.decode() for path, data in real_run().files.items() if path.endswith(".md")}
    theme = files["themes/interpretation/index.md"]
    assert ": too few to compare.</p>" in theme
    assert "shares" not in theme
    for region in {each.region for each in real_run().collection.authorities.values()}:
        page = files[f"regions/{region_slug(region)}/index.md"]
        assert ('class="beside"' in page) != ("too few to set beside England" in page)
