"""What the weights of themes and voices are learned from: whole, of the vocabulary, and apart from what judges them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from learning.passages import PASSAGES, READERS, read_passages
from tests.helpers.labelled import ROOT, project_words

FILES = sorted(PASSAGES.glob("*.txt"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_passages_are_of_the_vocabulary(path: Path) -> None:
    """Each passage stands in the file of its statement; its sentences are text, and name what the vocabulary has."""
    vocabulary, _ = project_words()
    themes, voices = {theme.id for theme in vocabulary.themes}, {voice.id for voice in vocabulary.voices}
    for passage in read_passages(path):
        assert passage.statement == path.stem, passage.line
        assert passage.sentences, passage.line
        for sentence in passage.sentences:
            assert set(sentence.about) <= themes, (path.stem, passage.line)
            assert set(sentence.voices) <= voices, (path.stem, passage.line)
            assert sentence.text, (path.stem, passage.line)
            assert not re.search(r" [#~!]( |$)", sentence.text), (path.stem, passage.line, sentence)


def test_every_statement_and_theme_is_learned_from() -> None:
    """There are passages on each statement, and each theme and voice has weights."""
    vocabulary, rules = project_words()
    assert [path.stem for path in FILES] == sorted(statement.id for statement in vocabulary.framework.statements)
    assert set(rules.weights.ids) == {each.id for each in (*vocabulary.themes, *vocabulary.voices)}


def test_what_judges_is_not_learned_from() -> None:
    """No passage that the weights are measured on is one that they were learned from."""
    learned = {passage.text for path in FILES for passage in read_passages(path)}
    for name in ("held", "judge"):
        items = yaml.safe_load((ROOT / f"tests/readers/{name}.yml").read_text(encoding="utf-8"))
        assert not learned & {item["text"].strip() for item in items}, name
        assert name not in READERS
