"""What the weights of themes are learned from: whole, of the vocabulary, and apart from what judges them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from learning.passages import PASSAGES, read_passages
from tests.helpers.labelled import ROOT, project_words

FILES = sorted(PASSAGES.glob("*.txt"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_passages_are_of_the_vocabulary(path: Path) -> None:
    """Each passage stands in the file of its statement; its sentences name themes that there are, and are text."""
    vocabulary, _ = project_words()
    themes = {theme.id for theme in vocabulary.themes}
    for passage in read_passages(path):
        assert passage.statement == path.stem, passage.line
        assert passage.sentences, passage.line
        for sentence, about in passage.sentences:
            assert set(about) <= themes, (path.stem, passage.line)
            assert sentence, (path.stem, passage.line)
            assert not re.search(r" [#~!]( |$)", sentence), (path.stem, passage.line, sentence)


def test_every_statement_and_theme_is_learned_from() -> None:
    """There are passages on each statement, and each theme has weights."""
    vocabulary, rules = project_words()
    assert [path.stem for path in FILES] == sorted(statement.id for statement in vocabulary.framework.statements)
    assert set(rules.weights.themes) == {theme.id for theme in vocabulary.themes}


def test_what_judges_is_not_learned_from() -> None:
    """No passage that the weights are measured on is one that they were learned from."""
    learned = {" ".join(text for text, _ in passage.sentences) for path in FILES for passage in read_passages(path)}
    measured = (ROOT / "tests/readers/held.yml").read_text(encoding="utf-8")
    assert not any(text in measured for text in learned)
    assert "held" not in (ROOT / "learning/learn.py").read_text(encoding="utf-8")
