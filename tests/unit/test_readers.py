"""The rules beside two readers on invented passages: as good as they were when this was written, or better."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from tests.helpers.labelled import READERS, ROOT, Labelled, compare, project_words, read_labelled, report

FILES = sorted((ROOT / "tests/readers").glob("*.yml"))
SEEN = ROOT / "tests/readers/seen.yml"
HIDDEN = ROOT / "tests/readers/hidden.yml"
JUDGE = ROOT / "tests/readers/judge.yml"
"""The only passages that neither rules nor weights were made with."""


@pytest.mark.parametrize(
    ("path", "kind", "floor"),
    [(JUDGE, "themes", 0.76), (JUDGE, "voices", 0.86), (SEEN, "voices", 0.93), (HIDDEN, "voices", 0.88)],
)
def test_rules_agree_with_a_reader(path: Path, kind: str, floor: float) -> None:
    """The rules agree with a reader as they did when that was measured, on passages made with or not."""
    measure = compare(read_labelled(path), kind, "rules", "reader1")

    assert measure.f1 is not None
    assert measure.f1 >= floor


@pytest.mark.parametrize(("path", "agreement"), [(SEEN, [0.93, 0.98]), (HIDDEN, [0.93, 0.97]), (JUDGE, [0.97, 0.97])])
def test_readers_agree(path: Path, agreement: list[float]) -> None:
    """Two readers who knew only the definitions agree, so that their labels can be measured against."""
    passages = read_labelled(path)

    found = [compare(passages, kind, "reader2", "reader1").f1 or 0 for kind in ("themes", "voices")]
    assert [round(each, 2) for each in found] == agreement


def test_doubt_is_worth_showing() -> None:
    """Of themes that are not in doubt more are right than of all, on passages that nothing was made with."""
    passages = read_labelled(JUDGE)
    clear, every = (compare(passages, "themes", found, "reader1").precision for found in ("clear rules", "rules"))

    assert clear is not None
    assert every is not None
    assert clear > every + 0.05


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_labels_are_of_the_vocabulary(path: Path) -> None:
    """Labels name themes, voices and statements that there are, and each passage once."""
    vocabulary, _ = project_words()
    themes, voices = {theme.id for theme in vocabulary.themes}, {voice.id for voice in vocabulary.voices}
    items = yaml.safe_load(path.read_text(encoding="utf-8"))

    assert len({item["n"] for item in items}) == len(items)
    assert {item["statement"] for item in items} <= {each.id for each in vocabulary.framework.statements}
    for item in items:
        for reader in item.keys() & READERS:
            given = item[reader]
            assert {*given["themes"], *given["mentions"]} <= themes
            assert set(given["voices"]) <= voices
            assert set(given["doubtful"]) <= themes | voices
            assert not set(given["themes"]) & set(given["mentions"])


def test_what_is_printed() -> None:
    """The command tells precision, recall and F1 beside each reader, and each theme."""
    passage = Labelled(
        1,
        {
            "reader1": {"themes": frozenset({"boats", "gulls"}), "voices": frozenset()},
            "reader2": {"themes": frozenset({"boats"}), "voices": frozenset()},
            "rules": {"themes": frozenset({"boats", "tides"}), "voices": frozenset()},
            "clear rules": {"themes": frozenset({"boats"}), "voices": frozenset()},
        },
    )

    lines = list(report([passage]))

    assert "themes: rules beside reader1" in lines[1]
    assert "precision 0.50  recall 0.50  F1 0.50  (both 1, only found 1, only said 1)" in lines[1]
    assert [line.split()[0] for line in lines if line.startswith("  ")] == ["boats", "gulls", "tides"]
