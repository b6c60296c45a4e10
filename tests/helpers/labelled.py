"""Measure the rules beside readers: ``python -m tests.helpers.labelled FILE`` for a file as tests/readers/ has them."""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from build_scripts.disk.read import read_schemas, read_sources
from build_scripts.facts.weights import WEIGHTS
from build_scripts.model.accuracy import Measure
from build_scripts.model.evidence import Passage
from build_scripts.model.vocabulary import Vocabulary
from build_scripts.pipeline.run import Run
from build_scripts.pipeline.understand import learn_words
from build_scripts.tagging.rules import Rules, with_broader
from build_scripts.tagging.tags import tag_passages

ROOT = Path(__file__).resolve().parents[2]
KINDS = ("themes", "voices")
READERS = ("reader1", "reader2")


@dataclass(frozen=True)
class Labelled:
    """A passage with what each reader and the rules gave it: kind to ids, broader themes included."""

    number: int
    by: Mapping[str, Mapping[str, frozenset[str]]]
    """Who (``reader1``, ``reader2``, ``rules``, ``clear rules``: without what is narrow) to kind to ids."""


@cache
def project_words(weighed: bool = True) -> tuple[Vocabulary, Rules]:
    """Return the project's own vocabulary and rules, with what was learned or without.

    :raises ValueError: if they have problems
    """
    sources, _ = read_sources(ROOT)
    if not weighed:
        sources.pop(WEIGHTS, None)
    run = learn_words(Run(dict(sorted(sources.items())), read_schemas()))
    if run.problems or run.vocabulary is None or run.rules is None:
        raise ValueError("run `evidence check` first: the vocabulary has problems")
    return run.vocabulary, run.rules


@cache
def read_labelled(path: Path) -> list[Labelled]:
    """Return the passages of a file with the labels of its readers and the tags of the project's rules."""
    vocabulary, rules = project_words()
    broader = {theme.id: theme.broader for theme in vocabulary.themes}
    items: list[Mapping[str, Any]] = yaml.safe_load(path.read_text(encoding="utf-8"))
    passages = [Passage(f"p-{item['n']:08x}", item["text"].strip(), 1) for item in items]
    labelled = []
    for item, passage in zip(items, passages, strict=True):
        (tagged,) = tag_passages([passage], rules, statement=item["statement"])
        by = {
            reader: {
                "themes": frozenset(with_broader(item[reader]["themes"], broader)),
                "voices": frozenset(item[reader]["voices"]),
            }
            for reader in READERS
            if reader in item
        }
        by["rules"] = {
            "themes": frozenset(tag.id for tag in tagged.themes),
            "voices": frozenset(tag.id for tag in tagged.voices),
        }
        by["clear rules"] = {
            "themes": frozenset(tag.id for tag in tagged.themes if not tag.narrow),
            "voices": by["rules"]["voices"],
        }
        labelled.append(Labelled(item["n"], by))
    return labelled


def compare(passages: Sequence[Labelled], kind: str, found: str, said: str, ids: Collection[str] = ()) -> Measure:
    """Return how what one gave agrees with what another said, for some ids or all."""

    def of(passage: Labelled, who: str) -> frozenset[str]:
        given = passage.by[who][kind]
        return given & frozenset(ids) if ids else given

    pairs = [(of(passage, found), of(passage, said)) for passage in passages]
    return Measure(*(sum(map(len, each)) for each in zip(*((a & b, a - b, b - a) for a, b in pairs), strict=True)))


def report(passages: Sequence[Labelled]) -> Iterator[str]:
    """Yield the lines that are printed."""
    both = all(reader in passage.by for passage in passages for reader in READERS)
    pairs = [("reader2", "reader1"), ("rules", "reader1"), ("rules", "reader2")] if both else [("rules", "reader1")]
    for kind in KINDS:
        for found, said in pairs:
            yield _line(f"{kind}: {found} beside {said}", compare(passages, kind, found, said))
    yield _line("themes in more than one place, or first", compare(passages, "themes", "clear rules", "reader1"))
    for kind in KINDS:
        yield f"each of {kind}: the rules beside reader1"
        ids = {id for passage in passages for given in passage.by.values() for id in given[kind]}
        for id in sorted(ids):
            yield _line(f"  {id}", compare(passages, kind, "rules", "reader1", (id,)))


def _line(name: str, measure: Measure) -> str:
    shares = (measure.precision, measure.recall, measure.f1)
    figures = "  ".join(
        f"{word} {'-' if share is None else format(share, '.2f'):>4}"
        for word, share in zip(("precision", "recall", "F1"), shares, strict=True)
    )
    return f"{name:42} {figures}  (both {measure.both}, only found {measure.only_rule}, only said {measure.only_label})"


if __name__ == "__main__":
    sys.stdout.writelines(f"{line}\n" for line in report(read_labelled(Path(sys.argv[1]))))
