"""Properties of the whole pipeline: the order of its input never shows."""

from __future__ import annotations

from functools import cache

from hypothesis import Phase, given
from hypothesis import strategies as st

from build_scripts.disk.read import read_schemas
from build_scripts.model.evidence import SourceFile
from build_scripts.pipeline import run_pipeline
from build_scripts.pipeline.run import Run
from tests.helpers.examples import examples
from tests.helpers.projects import few_sources

SOURCES = few_sources()
BROKEN = {
    **SOURCES,
    **{
        path: SourceFile(path, data)
        for path, data in {
            "data/reports/camden-2025-02/equity.txt": b"Key findings\nAnd so on",
            "data/reports/westminster-2024-11/report.yml": b"authority: nowhere\nscores: 3\n",
            "data/reports/nowhere-2024-11/safeguarding.txt": b"Score: 9\n",
            "data/reports/stray.txt": b"?",
            "tests/gold/camden-2025-02/equity.yml": b"- 1\n",
        }.items()
    },
}

QUICK = (Phase.explicit, Phase.reuse, Phase.generate)
"""A run takes most of a second, so that looking for a smaller example of a failure would take minutes."""


def run(sources: dict[str, SourceFile]) -> Run:
    return run_pipeline(sources, read_schemas())


@cache
def in_order(broken: bool) -> Run:
    """Return what becomes of the files in the order of their paths."""
    return run(dict(sorted((BROKEN if broken else SOURCES).items())))


@given(st.permutations(sorted(SOURCES)))
@examples(8, phases=QUICK)
def test_order_of_input_does_not_show(paths: list[str]) -> None:
    """In whatever order files are read, the same files come out, byte for byte and in the same order."""
    shuffled = run({path: SOURCES[path] for path in paths})

    assert list(shuffled.files.items()) == list(in_order(broken=False).files.items())
    assert shuffled.files


@given(st.permutations(sorted(BROKEN)))
@examples(8, phases=QUICK)
def test_order_of_input_does_not_show_in_problems(paths: list[str]) -> None:
    """In whatever order files are read, the same problems are shown in the same order."""
    shuffled = run({path: BROKEN[path] for path in paths})

    assert shuffled.problems == in_order(broken=True).problems
    assert len(shuffled.problems) > 4
    assert shuffled.files == {}
