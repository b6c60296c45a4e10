"""Learn the weights of words from labelled passages: ``make learn`` writes ``data/weights.csv``.

In: ``learning/passages/``, ``tests/readers/`` and ``tests/gold/``, and what the rules find in their passages. Out: a
logistic regression for each theme and voice, with an L1 penalty, which leaves out whatever helps little. The same files
give the same weights.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import yaml
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from build_scripts.facts.weights import BIAS, WEIGHT_COLUMNS, WEIGHTS
from build_scripts.model.weights import UNIT
from build_scripts.tagging.matcher import Text
from build_scripts.tagging.rules import with_broader
from build_scripts.tagging.themes import features as features_of_themes
from build_scripts.tagging.themes import look
from build_scripts.tagging.voices import features as features_of_voices
from build_scripts.text.letters import fold
from learning.passages import PASSAGES, READERS, read_passages
from tests.helpers.labelled import ROOT, project_words
from tests.helpers.projects import real_run

READ_TIMES = 3
"""How often a passage counts that a reader labelled who had not written it."""

FEWEST = 3
"""Passages that a feature, and a theme or voice, must be in at the least."""
STRENGTH = {"themes": 0.25, "voices": 0.1}
"""How little what helps little is left out: the inverse of the penalty."""
LEAST = 8
"""Hundredths of log-odds below which a weight is not worth a row."""

_KIND = re.compile(
    r"(?:listed |written )?(?:word|beginning|pair)|(?:weak |passing )?phrase|two phrases|statement|speaks|object|named"
)


@dataclass(frozen=True)
class Example:
    """A passage that is learned from."""

    features: Mapping[str, Sequence[str]]
    """What is weighed for its ``themes``, and for its ``voices``."""
    has: Collection[str]
    """The themes that it is about, and its voices."""


def main() -> None:
    """Write the weights; say how many."""
    examples = list(labelled())
    vocabulary, _ = project_words(weighed=False)
    rows = [
        row
        for kind, entries in (("themes", vocabulary.themes), ("voices", vocabulary.voices))
        for row in weights([entry.id for entry in entries], examples, kind)
    ]
    with (ROOT / WEIGHTS).open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([WEIGHT_COLUMNS, *rows])
    print(f"{len(rows)} weights written into {WEIGHTS}, learned from {len(examples)} passages")


def labelled() -> Iterator[Example]:
    """Yield the passages that are learned from."""
    vocabulary, rules = project_words(weighed=False)
    broader = {theme.id: theme.broader for theme in vocabulary.themes}

    def example(text: str, statement: str, about: Iterable[str], voices: Iterable[str]) -> Example:
        whole = Text(fold(text))
        seen = look(whole, rules)
        weighed = {
            "themes": sorted(features_of_themes(whole, seen, rules, statement)),
            "voices": sorted(features_of_voices(whole, seen.voices, rules)),
        }
        return Example(weighed, frozenset((*with_broader(about, broader), *voices)))

    for path in sorted(PASSAGES.glob("*.txt")):
        for passage in read_passages(path):
            about = [id for sentence in passage.sentences for id in sentence.about]
            told = [id for sentence in passage.sentences for id in sentence.voices]
            yield example(passage.text, passage.statement, about, told)
    for name in READERS:
        for item in yaml.safe_load((ROOT / f"tests/readers/{name}.yml").read_text(encoding="utf-8")):
            said = item["reader1"]
            yield from [example(item["text"].strip(), item["statement"], said["themes"], said["voices"])] * READ_TIMES
    for text in real_run().earned:
        of_text = ROOT / f"tests/gold/{text.report.id}/{text.statement}.yml"
        labels = yaml.safe_load(of_text.read_text(encoding="utf-8"))["passages"] if of_text.exists() else ()
        words = {each.passage.id: each.passage.text for each in text.passages}
        for item in labels:
            yield from [example(words[item["id"]], text.statement, item["themes"], item["voices"])] * READ_TIMES


def weights(ids: Iterable[str], examples: Sequence[Example], kind: str) -> Iterator[tuple[str, str, str, int]]:
    """Yield the rows of weights of these ``themes`` or ``voices``: one by one, the heaviest first."""
    vectors = DictVectorizer()
    matrix = vectors.fit_transform([dict.fromkeys(each.features[kind], 1) for each in examples])
    kept = np.flatnonzero(np.asarray((matrix > 0).sum(axis=0)).ravel() >= FEWEST)
    matrix, names = matrix[:, kept], vectors.get_feature_names_out()[kept]
    for id in ids:
        is_about = np.array([id in each.has for each in examples])
        if is_about.sum() < FEWEST:
            continue
        model = LogisticRegression(C=STRENGTH[kind], l1_ratio=1, solver="liblinear", max_iter=1000, random_state=0)
        model.fit(matrix, is_about)
        yield id, BIAS, "-", round(model.intercept_[0] * UNIT)
        found = {str(name): round(weight * UNIT) for name, weight in zip(names, model.coef_[0], strict=True)}
        yield from _rows(id, found)


def _rows(id: str, found: Mapping[str, int]) -> Iterator[tuple[str, str, str, int]]:
    for name, weight in sorted(found.items(), key=lambda item: (-item[1], item[0])):
        if abs(weight) >= LEAST:
            kind, words = _KIND.sub(r"\g<0>\n", name, count=1).split("\n ")
            yield id, kind, words, weight


if __name__ == "__main__":
    main()
