"""``framework.yml`` to the framework, and where it contradicts itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from build_scripts.facts.yaml_text import Document
from build_scripts.model.problems import Problem, nearest
from build_scripts.model.vocabulary import SCORES, Framework, RatingBand, Statement, Version

LOWEST_PERCENTAGE = 25
"""Nine scores of 1 are 9 of 36: no rating can be lower."""


def make_framework(document: Document) -> Framework:
    """Return the framework of a document that satisfies its schema."""
    value, page = document.value, document.value["page"]
    return Framework(
        areas={area["id"]: area["name"] for area in value["areas"]},
        statements=tuple(
            Statement(
                item["number"],
                item["id"],
                item["name"],
                tuple(item.get("wordings", ())),
                item["area"],
                tuple(item.get("headings", ())),
                " ".join(item.get("plain", "").split()),
            )
            for item in value["statements"]
        ),
        score_labels={item["score"]: item["label"] for item in value["scores"]},
        ratings=_bands(value),
        expectations_lines=tuple(page["expectations"]),
        commitment_lines=tuple(page["commitment"]),
        findings_lines=tuple(page["findings"]),
        boilerplate_lines=tuple(page["boilerplate"]),
        place_lines=tuple(page.get("places", ())),
        versions=tuple(
            Version(item["id"], item["name"], item["method"], item.get("since", ""), _bands(item))
            for item in value["versions"]
        ),
    )


def _bands(item: Mapping[str, Any]) -> tuple[RatingBand, ...]:
    return tuple(RatingBand(each["name"], each["lowest"], each["highest"]) for each in item.get("ratings", ()))


def check_framework(document: Document, framework: Framework) -> Iterator[Problem]:
    """Yield where the framework contradicts itself (EV304, EV308, EV309)."""

    def problem(code: str, what: str, mend: str, *where: str | int) -> Problem:
        return Problem(document.path, document.line(*where), code, what, mend)

    for key, name in (
        ("versions", "id"),
        ("areas", "id"),
        ("statements", "number"),
        ("statements", "id"),
        ("scores", "score"),
    ):
        yield from repeats(document, key, name)
    yield from repeats(document, "ratings", "name")
    names: dict[str, str] = {}
    for number, item in enumerate(document.value["statements"]):
        if item["area"] not in framework.areas:
            what = f"{item['id']!r} is in area {item['area']!r}, which is not in areas"
            mend = f"{nearest(item['area'], framework.areas)}the areas are {', '.join(framework.areas)}"
            yield problem("EV308", what, mend, "statements", number, "area")
        places: list[tuple[tuple[str | int, ...], str]] = [(("name",), item["name"])]
        places += [(("wordings", at), wording) for at, wording in enumerate(item.get("wordings", ()))]
        for place, wording in places:
            if wording.casefold() in names:
                what = f"{wording!r} of {item['id']!r} is a name of {names[wording.casefold()]!r} already"
                yield problem("EV304", what, "remove one of the two", "statements", number, *place)
            names.setdefault(wording.casefold(), item["id"])
    missing = [score for score in SCORES if score not in framework.score_labels]
    if missing and len(framework.score_labels) == len(document.value["scores"]):
        what = f"no label for score {' and '.join(map(str, missing))}"
        yield problem("EV309", what, "CQC's scores are 1, 2, 3 and 4: add a line for each", "scores")
    yield from _check_bands(document, framework.ratings, "ratings")
    yield from _check_versions(document, framework)


def _check_bands(document: Document, bands: Sequence[RatingBand], *where: str | int) -> Iterator[Problem]:
    for what in _band_faults(bands):
        mend = f"let the bands cover each percentage from {LOWEST_PERCENTAGE} to 100 once"
        yield Problem(document.path, document.line(*where), "EV309", what, mend)


def _check_versions(document: Document, framework: Framework) -> Iterator[Problem]:
    """Yield versions that do not begin one after the other, or have bands or ratings that cannot be (EV309)."""
    names = [band.name for band in framework.ratings]
    for at, version in enumerate(framework.versions):
        if at and version.since <= framework.versions[at - 1].since:
            what = f"version {version.id!r} does not begin after {framework.versions[at - 1].id!r}"
            mend = "give each version but the first the month in which it begins (since), the latest last"
            yield Problem(document.path, document.line("versions", at, "since"), "EV309", what, mend)
        if version.ratings:
            yield from _check_bands(document, version.ratings, "versions", at, "ratings")
        for number, band in enumerate(version.ratings):
            if band.name not in names:
                what = f"{band.name!r} is none of the ratings below"
                mend = f"{nearest(band.name, names)}the ratings are {', '.join(names)}"
                line = document.line("versions", at, "ratings", number, "name")
                yield Problem(document.path, line, "EV309", what, mend)


def has_rating_rule(framework: Framework) -> bool:
    """Return whether every nine scores have one rating; where not, ``check_framework`` says why."""
    return not any(_band_faults(framework.ratings)) and all(score in framework.score_labels for score in SCORES)


def _band_faults(bands: Sequence[RatingBand]) -> Iterator[str]:
    for percentage in range(LOWEST_PERCENTAGE, 101):
        names = [band.name for band in bands if band.lowest <= percentage <= band.highest]
        before = [band.name for band in bands if band.lowest < percentage <= band.highest + 1]
        if not names and (percentage == LOWEST_PERCENTAGE or before):
            yield f"no rating covers {percentage}%"
        elif len(names) > 1:
            yield f"{' and '.join(names)} both cover {percentage}%"
            return


def repeats(document: Document, key: str, name: str) -> Iterator[Problem]:
    """Yield an EV304 for each item of a list whose ``name`` an earlier item has."""
    seen: dict[Any, int] = {}
    for number, item in enumerate(document.value[key]):
        line = document.line(key, number, name)
        if item[name] in seen:
            what = f"{name} {item[name]!r} in {key} is that of line {seen[item[name]]} too"
            yield Problem(document.path, line, "EV304", what, "give it another, or remove one of the two")
        seen.setdefault(item[name], line)
