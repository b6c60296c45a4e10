"""Labels given by hand to passages (``tests/gold/``), and what is wrong with them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from build_scripts.facts.yaml_text import Document
from build_scripts.model.evidence import Evidence
from build_scripts.model.problems import Problem, nearest
from build_scripts.model.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class GoldPassage:
    """The themes and voices that a person gave one passage by reading it."""

    report: str
    statement: str
    passage: str
    themes: tuple[str, ...]
    voices: tuple[str, ...]
    doubtful: tuple[str, ...]
    """Ids on which careful people would differ."""
    path: str
    line: int


def make_gold(document: Document) -> tuple[GoldPassage, ...]:
    """Return the labels of a document that satisfies its schema; its path names report and statement."""
    *_, report, file = document.path.split("/")
    return tuple(
        GoldPassage(
            report,
            file.removesuffix(".yml"),
            item["id"],
            tuple(item["themes"]),
            tuple(item["voices"]),
            tuple(item.get("doubtful", ())),
            document.path,
            document.line("passages", number),
        )
        for number, item in enumerate(document.value["passages"])
    )


def check_gold(gold: Iterable[GoldPassage], evidence: Iterable[Evidence], vocabulary: Vocabulary) -> Iterator[Problem]:
    """Yield labels that name no theme or voice (EV303), no passage (EV602), or one passage twice (EV304)."""
    themes, voices = [theme.id for theme in vocabulary.themes], [voice.id for voice in vocabulary.voices]
    passages = {(item.report.id, item.statement, p.passage.id) for item in evidence for p in item.passages}
    seen: set[tuple[str, str, str]] = set()
    for label in gold:
        key = (label.report, label.statement, label.passage)
        if key not in passages:
            what = f"no paragraph {label.passage!r} in {label.report}/{label.statement}"
            yield Problem(label.path, label.line, "EV602", what, "copy the id from the paragraph's link on the page")
        if key in seen:
            yield Problem(
                label.path, label.line, "EV304", f"paragraph {label.passage!r} stands twice", "keep one of them"
            )
        seen.add(key)
        for ids, known, kind in (
            (label.themes, themes, "theme"),
            (label.voices, voices, "voice"),
            (label.doubtful, themes + voices, "theme or voice"),
        ):
            for id in ids:
                if id not in known:
                    mend = f"{nearest(id, known)}use an id of data/themes.yml or data/voices.yml"
                    yield Problem(label.path, label.line, "EV303", f"unknown {kind} {id!r}", mend)
