"""Maps of England for pages: what of the collection each hexagon shows, in colour, in a sign and in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping

from markupsafe import Markup

from build_scripts.model.evidence import Authority
from build_scripts.model.standing import colours
from build_scripts.model.wording import counted
from build_scripts.pages.frame.addresses import linker
from build_scripts.pages.frame.hexagons import Hexagon, hexagon_map
from build_scripts.pages.frame.site import Site

NOT_HERE = "no report here yet"
Shown = tuple[str, str, str]
"""What a hexagon says after the council's name, its sign, and its class."""


def rating_map(site: Site, address: str, *, with_more: bool = False) -> Markup:
    """Return the map of all councils by rating for the page at ``address``; nothing where places are not known.

    ``with_more`` has each hexagon hold, for a script, its nine scores and how many of its sections are here.
    """
    shown = _ratings(site)
    more: Mapping[str, str] = _more(site) if with_more else {}
    letters = ", ".join(name[0] for name in colours(site.collection.vocabulary.framework))
    label = f"Map of England: each council by its rating, {letters}. All scores in a table say the same."
    return _map(site, address, lambda each: shown.get(each.slug, (NOT_HERE, "", "")), label, more=more)


def score_map(site: Site, address: str, statement: str) -> Markup:
    """Return the map of all councils by their score for a statement, for the page at ``address``."""
    labels = site.collection.vocabulary.framework.score_labels

    def shown(authority: Authority) -> Shown:
        report = site.collection.current.get(authority.slug)
        score = report.scores.get(statement) if report else None
        return (f"score {score}, {labels[score]}", str(score), f"s{score}") if score else (NOT_HERE, "", "")

    name = site.collection.statements[statement].name
    label = f"Map of England: each council by its score for {name}. The table of councils on this page says the same."
    return _map(site, address, shown, label)


def told_map(site: Site, address: str, what: str, numbers: Mapping[str, int]) -> Markup:
    """Return the map of the councils that have paragraphs of one kind, for the page at ``address``.

    ``what`` says which, as ``about Boats``; ``numbers`` are slug to how many paragraphs. Nothing where there are none.
    """

    def shown(authority: Authority) -> Shown:
        number = numbers[authority.slug]
        return counted(number, "paragraph"), str(number), "some"

    said = f"Map of England: councils whose sections here have paragraphs {what}, and how many."
    return _map(site, address, shown, said, numbers.keys())


def like_map(site: Site, address: str, own: Authority) -> Markup:
    """Return the map that marks a council and those of its type, by rating, for the page at ``address``."""
    like = {slug for slug, each in site.collection.authorities.items() if each.type == own.type}
    ratings = _ratings(site)

    def shown(authority: Authority) -> Shown:
        said, sign, kind = ratings.get(authority.slug, (NOT_HERE, "", ""))
        return said, sign, f"{kind} own".strip() if authority == own else kind

    label = f"Map of England: {own.name}, with a thick edge, and the councils like it, by rating."
    return _map(site, address, shown, label, like)


def _map(
    site: Site,
    address: str,
    shown: Callable[[Authority], Shown],
    label: str,
    named: Collection[str] | None = None,
    more: Mapping[str, str] | None = None,
) -> Markup:
    """Return a map in which those ``named``, or all, are links in the order of their names."""
    href = linker(address)
    everyone = sorted(site.collection.authorities.values(), key=lambda each: each.name)
    hexagons, rest = [], []
    for each in everyone:
        if each.cell is None:
            return Markup("")
        if named is not None and each.slug not in named:
            rest.append(each.cell)
            continue
        said, sign, kind = shown(each)
        link = href(f"/authorities/{each.slug}/")
        hexagons.append(Hexagon(each.cell, link, f"{each.name}: {said}", sign, kind, (more or {}).get(each.slug, "")))
    return hexagon_map(hexagons, label, rest) if hexagons else Markup("")


def _ratings(site: Site) -> dict[str, Shown]:
    """Return slug to how its newest rating is shown."""
    framework = site.collection.vocabulary.framework
    kinds = {name: f"s{score}" for name, score in colours(framework).items()}
    return {
        slug: (f"{each.rating}, {each.percentage}%", each.rating[0], kinds[each.rating])
        for slug, each in site.collection.current.items()
    }


def _more(site: Site) -> dict[str, str]:
    """Return slug to its scores, a digit each in the order of the statements, and how many sections are here."""
    collection = site.collection
    sections = Counter(item.report.id for item in collection.evidence)
    return {
        slug: "".join(str(each.scores.get(statement, 0)) for statement in collection.statements)
        + str(sections[each.id])
        for slug, each in collection.current.items()
    }
