"""What a council's page says first: its scores in words, its points, what would change its rating, who scores more."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from build_scripts.model.evidence import Authority, Report
from build_scripts.model.standing import Rise, Standing, spread, ways
from build_scripts.model.vocabulary import Framework
from build_scripts.model.wording import counted, in_letters, listed
from build_scripts.pages.comparisons import TYPE_NOUNS, bands, text_here
from build_scripts.pages.frame.charts import points_line
from build_scripts.pages.frame.site import Site

NAMED = 4
"""How many councils of one kind a row names; the statement's page has all of them."""


@dataclass(frozen=True, slots=True)
class Change:
    """What would change a rating, in sentences."""

    headline: str
    ways: tuple[str, ...]
    """All ways to the next rating with the fewest points, the smallest rises first; none at the highest rating."""
    fall: str
    """How near the rating below is; empty where more than one point lies between."""


@dataclass(frozen=True, slots=True)
class Named:
    """A council that scores one point higher on a statement."""

    authority: Authority
    text: str
    """Address of its section on the statement, empty where the collection does not have it."""


@dataclass(frozen=True, slots=True)
class Higher:
    """Councils of one kind that score one point higher."""

    kind: str
    """What they are called: ``Counties``, ``Others in South East``, ``Elsewhere in England``."""
    named: tuple[Named, ...]
    more: int
    """How many there are beside those that are named."""


@dataclass(frozen=True, slots=True)
class Route:
    """A statement whose score can rise, with those who have the next one."""

    id: str
    name: str
    score: int
    next: int
    higher: tuple[Higher, ...]

    @property
    def has_text(self) -> bool:
        """Whether the section of any of those who are named can be read here."""
        return any(each.text for group in self.higher for each in group.named)


def scores_say(report: Report, framework: Framework) -> str:
    """Return how many of a report's scores are 4, 3 and so on, for people who never saw one."""
    worst, best = min(framework.score_labels), max(framework.score_labels)
    found = [(number, score) for score, number in spread(report.scores.values(), framework).items() if number]
    said = listed([f"{in_letters(number)} {'is' if number == 1 else 'are'} {score}" for number, score in found])
    whole = f"All {in_letters(len(report.scores))} of its scores are {found[0][1]}."
    part = f"Of its {in_letters(len(report.scores))} scores, {said}."
    return f"Scores go from {worst} to {best}, and {best} is the best. {part if len(found) > 1 else whole}"


def line(site: Site, report: Report, place: Standing) -> Markup:
    """Return the chart of a council's points on the ratings that points give."""
    framework = site.collection.vocabulary.framework.under(report.framework)
    points = f"{place.total} of {place.most} points"
    return points_line(bands(framework), place.total, points, f"{points}: {place.rating}")


def change(report: Report, place: Standing, framework: Framework) -> Change:
    """Return what would change a rating; ``framework`` is that of the report's version."""
    best = max(framework.score_labels)
    fall = f"{counted(place.down.points, 'point')} fewer would mean {place.down.rating}." if place.down else ""
    if not place.up:
        return Change(f"{place.rating} is the highest rating. {fall}".strip(), (), "")
    found = tuple(_in_words(way) for way in ways(report.scores.values(), place.up.points, best))
    headline = f"{place.up.rating} needs {counted(place.up.points, 'more point')}: {found[0]}."
    return Change(headline, found, fall if place.down and place.down.points == 1 else "")


def _in_words(way: Iterable[Rise]) -> str:
    """Return a way to gain points: ``two 2s raised to 3 and one 3 raised to 4``."""
    return listed([f"{in_letters(it.number)} {it.before}{'s' * (it.number > 1)} raised to {it.after}" for it in way])


def routes(site: Site, authority: Authority, report: Report) -> list[Route]:
    """Return the statements below the highest score, the lowest first, each with those who score one point higher.

    Councils of the same type come first, then others of the same region; where neither has any, all others.
    """
    best = max(site.collection.vocabulary.framework.score_labels)
    found = [
        Route(id, site.collection.statements[id].name, score, score + 1, _higher(site, authority, id, score + 1))
        for id, score in report.scores.items()
        if score < best
    ]
    return sorted(found, key=lambda route: route.score)


def _higher(site: Site, authority: Authority, statement: str, score: int) -> tuple[Higher, ...]:
    collection = site.collection
    others = [
        Named(collection.authorities[slug], text_here(site, report, statement))
        for slug, report in collection.current.items()
        if slug != authority.slug and report.scores[statement] == score
    ]
    alike = [each for each in others if each.authority.type == authority.type]
    near = [each for each in others if each.authority.region == authority.region and each not in alike]
    plural = TYPE_NOUNS[authority.type][1]
    kinds = [(plural[:1].upper() + plural[1:], alike), (f"Others in {authority.region}", near)]
    if not alike and not near:
        kinds = [("Elsewhere in England", others)]
    return tuple(_first(kind, authority, of_kind) for kind, of_kind in kinds if of_kind)


def _first(kind: str, authority: Authority, found: Sequence[Named]) -> Higher:
    """Return those to name first: whose section can be read here, then of the same region, then by name."""

    def order(each: Named) -> tuple[bool, bool, str]:
        return not each.text, each.authority.region != authority.region, each.authority.name

    return Higher(kind, tuple(sorted(found, key=order)[:NAMED]), max(0, len(found) - NAMED))
