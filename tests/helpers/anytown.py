"""An invented collection, made of values: for tests that need pages of anything without files for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from build_scripts.model.collection import Collection
from build_scripts.model.evidence import Authority, Evidence, Heading, Passage, Report, StatementPage
from build_scripts.model.vocabulary import Theme, Vocabulary, Voice
from build_scripts.tagging.rules import compile_rules
from build_scripts.tagging.tags import correct_tags, tag_passages
from build_scripts.text.passages import passage_id
from tests.helpers.strategies import FRAMEWORK

ANYTOWN = Authority("anytown", "Anytown", "Anytown Council", "E00000001", "The Coast", "unitary")
OTHERTOWN = Authority("othertown", "Othertown", "Othertown Council", "E00000002", "The Coast", "county")
THIRDTOWN = Authority("thirdtown", "Thirdtown", "Thirdtown Council", "E00000003", "The Hills", "county")


def theme(id: str, *phrases: str, **more: Any) -> Theme:
    """Return a theme of the group ``sea``, its label made of its id unless given."""
    values = {"label": id.capitalize(), "definition": f"All about {id}.", "also": (), "exclusions": (), "group": "sea"}
    return Theme(**{**values, "id": id, "phrases": phrases, "path": "data/themes.yml", "line": 1, **more})


def voice(id: str, *phrases: str, **more: Any) -> Voice:
    """Return a voice, its label made of its id unless given."""
    values = {"label": id.capitalize(), "definition": f"What {id} said.", "also": (), "exclusions": ()}
    return Voice(**{**values, "id": id, "phrases": phrases, "path": "data/voices.yml", "line": 1, **more})


THEMES = (
    theme("piers", "pier", related=("boats",), also=("jetties",)),
    theme("boats", "boat", related=("piers",)),
    theme("ferries", "ferry", exclusions=("ferry tale",), broader=("boats",)),
    theme("gulls", "gull"),
)
VOICES = (voice("sailors", "sailors <said>"), voice("records", "log showed"))


def vocabulary(
    themes: Sequence[Theme] = THEMES,
    voices: Sequence[Voice] = VOICES,
    authorities: Sequence[Authority] = (ANYTOWN, OTHERTOWN, THIRDTOWN),
    words: Mapping[str, tuple[str, ...]] | None = None,
) -> Vocabulary:
    """Return a vocabulary with the real framework."""
    words = words or {"said": ("said", "told us")}
    return Vocabulary(FRAMEWORK, {"sea": "The sea"}, tuple(themes), words, tuple(voices), words, tuple(authorities))


def report(id: str = "anytown-2025-01", score: int = 3, **more: Any) -> Report:
    """Return a report with this score nine times, its authority and month taken from its id."""
    values = {
        "authority": id[:-8],
        "published": f"{id[-7:]}-09",
        "rating": FRAMEWORK.rating(score * 25),
        "percentage": score * 25,
        "scores": {statement.id: score for statement in FRAMEWORK.statements},
        "source": f"https://example.org/{id}",
        "retrieved": "2026-11-21",
        "checked": "two sources",
        "framework": "first",
    }
    return Report(**{**values, "id": id, **more})


def evidence(
    of: Report,
    statement: str,
    *texts: str,
    words: Vocabulary | None = None,
    headings: Sequence[str] = (),
    page: Mapping[str, Any] | None = None,
) -> Evidence:
    """Return a tagged text with these passages; text with line breaks is a list; all stand under the last heading."""
    words = words or vocabulary()
    under = len(headings) - 1 if headings else None
    passages = [Passage(passage_id(text), text, 9 + n, under, "\n" in text) for n, text in enumerate(texts)]
    values: dict[str, Any] = {"expectations": ("I sail.",), "commitment": ("We keep the light on.",), **(page or {})}
    whole = StatementPage(
        statement=statement,
        authority_name=None,
        score=of.scores[statement],
        score_label=None,
        headings=tuple(Heading(text, 8, known=False) for text in headings),
        passages=tuple(passages),
        boilerplate=(),
        **values,
    )
    rules, problems = compile_rules(words)
    assert not problems
    tagged = correct_tags(tag_passages(passages, rules), statement, of.tag_corrections, rules)
    return Evidence(of, statement, whole, tagged)


def collection(texts: Iterable[Evidence], more: Iterable[Report] = (), **values: Any) -> Collection:
    """Return the collection of these texts, with ``more`` reports that have scores only."""
    texts = tuple(texts)
    reports = {item.report.id: item.report for item in texts} | {item.id: item for item in more}
    ordered = tuple(reports[id] for id in sorted(reports))
    return Collection(values.pop("vocabulary", None) or vocabulary(), ordered, texts, **values)
