"""A small collection with chosen words in every place that contributors write, and what its pages must show."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, lru_cache
from unittest.mock import patch

from build_scripts.model.evidence import Authority, Correction, TagCorrection
from build_scripts.pages import render_pages
from build_scripts.pages.frame.markdown import make_environment
from build_scripts.text.passages import passage_id
from tests.helpers.anytown import OTHERTOWN, THEMES, VOICES, collection, evidence, report, theme, vocabulary
from tests.helpers.readers import Shown, commonmark_html, front_matter, look, mkdocs_html

ENVIRONMENT = cache(make_environment)
"""Templates compiled once, not for every example."""
STAND_IN = "Zzz"
"""Harmless words, of which no template and no other part of the collection has the letters."""
SLOTS = (
    "passage",
    "item",
    "heading",
    "expectation",
    "commitment",
    "match",
    "value",
    "why",
    "tag_why",
    "label",
    "definition",
    "name",
)
TEXT_PAGE, THEME_PAGE = "reports/anytown-2025-01/equity/index.md", "themes/piers/index.md"
OTHERS = ("themes/index.md", "authorities/anytown/index.md", "reports/anytown-2025-01/index.md", "index.md")


def pages(**slots: str) -> dict[str, str]:
    """The pages of a small collection with the words given, ``STAND_IN`` where none are."""
    put = {slot: slots.get(slot, STAND_IN) for slot in SLOTS}
    themes = (
        theme("piers", "pier", label=put["label"], definition=put["definition"], also=(put["label"],)),
        *THEMES[1:],
    )
    place = Authority("anytown", put["name"], f"{put['name']} Council", "E00000001", "The Coast", "unitary")
    words = vocabulary(themes, VOICES, (place, OTHERTOWN))
    # The correction's words stand in the passage, whatever they are.
    pier = "The pier was there for all to see"
    texts = (f"{put['passage']}. {pier}", f"{put['item']}\n{pier} {put['match']}", put["passage"])
    of = report(
        corrections=(Correction("equity", put["match"], put["value"], put["why"], 9),),
        tag_corrections=(TagCorrection(f"equity/{passage_id(texts[2])}", ("piers",), (), put["tag_why"], 9),),
    )
    page = {"expectations": (put["expectation"],), "commitment": (put["commitment"],)}
    item = evidence(of, "equity", *texts, words=words, headings=(put["heading"],), page=page)
    with patch("build_scripts.pages.frame.site.make_environment", ENVIRONMENT):
        made = render_pages(collection([item], vocabulary=words))
    return {path: made[path].decode() for path in (TEXT_PAGE, THEME_PAGE, *OTHERS)}


@cache
def calm_pages() -> dict[str, str]:
    """The pages with harmless words in every place."""
    return pages()


@cache
def calm_shown(path: str, read: Callable[[str], str]) -> Shown:
    """What a reader shows of a calm page, made once and not for every example."""
    return look(read(front_matter(calm_pages()[path])[0]))


def expected(calm: Shown, text: str) -> Shown:
    """What must be shown: the calm page with other letters in it."""

    def swapped(words: str) -> str:
        return words.replace(STAND_IN, text)

    return Shown(
        tuple((name, tuple((key, swapped(value)) for key, value in attributes)) for name, attributes in calm.elements),
        swapped(calm.words),
        tuple((name, swapped(words)) for name, words in calm.headings),
    )


@lru_cache(maxsize=1)
def pages_full_of(text: str) -> dict[str, str]:
    """The pages with the text in every place: what is asked of them is asked one after another."""
    return pages(**dict.fromkeys(SLOTS, text))


def check_shown(text: str) -> None:
    """Put the text into every place: both readers must show it there, without a further element or attribute."""
    for path, page in pages_full_of(text).items():
        body, _ = front_matter(page)
        for read in (mkdocs_html, commonmark_html):
            assert look(read(body)) == expected(calm_shown(path, read), text), (path, read.__name__)


def check_front_matter(text: str) -> None:
    """Put the text into every place, and see that the front matter reads back as it was written."""
    for path, page in pages_full_of(text).items():
        body, meta = front_matter(page)
        _, calm = front_matter(calm_pages()[path])
        assert meta == {key: _swapped(value, text) for key, value in calm.items()}
        assert not body.startswith("---")
        assert page.count("\n---\n") == 1


def _swapped(value: object, text: str) -> object:
    if isinstance(value, list):
        return [_swapped(item, text) for item in value]
    return value.replace(STAND_IN, text) if isinstance(value, str) else value
