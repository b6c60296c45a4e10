"""Ask the judged queries on the real texts and on an invented England, and show how the search does."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.national import invent, learn_vocabulary
from benchmarks.search.judged.asking import answers
from benchmarks.search.judged.queries import HELD, OPEN, Query, read_queries
from benchmarks.search.judged.verdict import Figures, Verdict, judge, sum_up
from benchmarks.search.judged.worth import Place, labelled_places, tagged_places
from benchmarks.search.sites import make_index, make_ours
from build_scripts.disk.read import read_schemas, read_sources
from build_scripts.model.collection import Collection
from build_scripts.model.evidence import SourceFile
from build_scripts.model.vocabulary import Vocabulary
from build_scripts.pipeline import UNDERSTANDING, run_pipeline
from tests.helpers.projects import ROOT, run_project

GOLD = ROOT / "tests" / "gold"

FLOORS = {"names": 0.98, "others": 0.96, "passage": 0.94, "gain": 0.84, "sound": 0.99}
"""What ``make test`` holds the search to on the real texts: a little below what it reached on 30 November 2026. Raise
one when the search gets better; 0.95 of names and 0.85 of others are what is promised.
"""


@dataclass(frozen=True, slots=True)
class Judged:
    """A collection that is searched, and what is known of its passages."""

    name: str
    site: Path
    places: Mapping[str, Place]
    real: bool


def real_texts(collection: Collection, folder: Path) -> Judged:
    """Make the search of the project's own collection, of whose texts only those labelled by hand stay.

    The queries name passages of these; what is added to the collection later changes no figure before it is labelled.
    """
    labelled = {(file.parent.name, file.stem) for file in GOLD.glob("*/*.yml")}
    kept = tuple(each for each in collection.all_evidence if (each.report.id, each.statement) in labelled)
    two = Collection(collection.vocabulary, collection.all_reports, kept)
    make_ours(make_index(two), folder)
    return Judged("the real texts", folder / "ours", _by_id(labelled_places(two, GOLD)), real=True)


def invented(vocabulary: Vocabulary, folder: Path, scale: float, seed: int) -> Judged:
    """Make the search of an invented collection, whose themes the rules find in its words."""
    sources, _ = read_sources(ROOT)
    words = {path: each for path, each in sources.items() if not path.startswith(("data/reports/", "tests/gold/"))}
    texts = {path: SourceFile(path, text.encode()) for path, text in invent(vocabulary, scale, seed)}
    collection = run_pipeline({**words, **texts}, read_schemas(), stages=UNDERSTANDING).collection
    make_ours(make_index(collection), folder)
    name = f"{scale:g} times England, invented"
    return Judged(name, folder / "ours", _by_id(tagged_places(collection)), real=False)


def _by_id(places: Iterable[Place]) -> Mapping[str, Place]:
    return {place.id: place for place in places}


def verdicts(of: Judged, queries: Sequence[Query]) -> tuple[Verdict, ...]:
    """Return how the search does with each query."""
    found = answers(of.site, queries)
    return tuple(judge(query, answer, of.places, of.real) for query, answer in zip(queries, found, strict=True))


HEAD = (
    "| texts | queries | names | others | passage | nDCG at 10 | sound |\n| --- | --- | --- | --- | --- | --- | --- |"
)


def show(scale: float, seed: int) -> None:
    """Print a table of figures, and after it what goes wrong with queries that may be looked at."""
    vocabulary = learn_vocabulary()
    queries = {name: read_queries(GOLD / name, vocabulary) for name in (OPEN, HELD)}
    wrong: list[str] = []
    print(HEAD)
    with tempfile.TemporaryDirectory() as name:
        for of in _collections(vocabulary, Path(name), scale, seed):
            for file, asked in queries.items():
                found = verdicts(of, asked)
                print(f"| {of.name} | `{file}` | {' | '.join(cells(sum_up(found)))} |", flush=True)
                if file == OPEN:
                    wrong += [
                        f"\nNot as judged, of {file}, {of.name}:",
                        *(line for each in found for line in complaints(each)),
                    ]
    print("\n".join(wrong))


def _collections(vocabulary: Vocabulary, folder: Path, scale: float, seed: int) -> Iterator[Judged]:
    yield real_texts(run_project(ROOT, UNDERSTANDING).collection, folder / "real")
    yield invented(vocabulary, folder / "invented", scale, seed)


def cells(figures: Figures) -> Sequence[str]:
    """Return the figures as cells of a table, each with the number of queries behind it."""
    values = (figures.names, figures.others, figures.passage, figures.gain, figures.sound)
    return [f"{value:.2f} of {count}" for value, count in zip(values, figures.counts, strict=True)]


def complaints(verdict: Verdict) -> Iterator[str]:
    """Yield a line where an answer is not what was judged right."""
    found = [*(["another first place"] if verdict.first is False else []), *verdict.faults]
    if verdict.passage is False:
        found.append("another first passage")
    if found:
        yield f"  {verdict.query.text}: {'; '.join(found)}"
