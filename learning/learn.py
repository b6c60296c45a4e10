"""Learn the weights of words from labelled passages: ``make learn`` writes ``data/weights.csv``.

In: ``learning/passages/``, ``tests/readers/`` and ``tests/gold/``, and what the rules find in their passages. Out: a
logistic regression for each theme, with an L1 penalty, which leaves out whatever helps little. The same files give the
same weights.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import yaml
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from build_scripts.facts.weights import BIAS, WEIGHT_COLUMNS, WEIGHTS
from build_scripts.model.weights import UNIT
from build_scripts.tagging.matcher import Text
from build_scripts.tagging.rules import with_broader
from build_scripts.tagging.themes import features, look
from build_scripts.text.letters import fold
from learning.passages import PASSAGES, read_passages
from tests.helpers.labelled import ROOT, project_words
from tests.helpers.projects import real_run

READERS = ("seen", "hidden", "fresh", "reports")
"""Files of tests/readers/ that are learned from; what is not named here measures."""
READ_TIMES = 3
"""How often a passage counts that a reader labelled who had not written it."""

FEWEST = 3
"""Passages that a feature, and a theme, must be in at the least."""
STRENGTH = 0.3
"""How little what helps little is left out: the inverse of the penalty."""
LEAST = 8
"""Hundredths of log-odds below which a weight is not worth a row."""

_KIND = re.compile(r"(?:listed )?(?:word|beginning|pair)|(?:weak |passing )?phrase|two phrases|statement")

Example = tuple[dict[str, int], frozenset[str]]
"""The features of a passage, and the themes that it is about."""


def main() -> None:
    """Write the weights; say how many."""
    examples = list(labelled())
    rows = list(weights(examples))
    with (ROOT / WEIGHTS).open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([WEIGHT_COLUMNS, *rows])
    print(f"{len(rows)} weights written into {WEIGHTS}, learned from {len(examples)} passages")


def labelled() -> Iterator[Example]:
    """Yield the passages that are learned from."""
    vocabulary, rules = project_words(weighed=False)
    broader = {theme.id: theme.broader for theme in vocabulary.themes}

    def example(text: str, statement: str, themes: Sequence[str]) -> Example:
        whole = Text(fold(text))
        names = sorted(features(whole, look(whole, rules), rules, statement))
        return dict.fromkeys(names, 1), frozenset(with_broader(themes, broader))

    for path in sorted(PASSAGES.glob("*.txt")):
        for passage in read_passages(path):
            about = [id for _, ids in passage.sentences for id in ids]
            yield example(" ".join(text for text, _ in passage.sentences), passage.statement, about)
    for name in READERS:
        for item in yaml.safe_load((ROOT / f"tests/readers/{name}.yml").read_text(encoding="utf-8")):
            yield from [example(item["text"].strip(), item["statement"], item["reader1"]["themes"])] * READ_TIMES
    for text in real_run().earned:
        of_text = ROOT / f"tests/gold/{text.report.id}/{text.statement}.yml"
        labels = yaml.safe_load(of_text.read_text(encoding="utf-8"))["passages"] if of_text.exists() else ()
        words = {each.passage.id: each.passage.text for each in text.passages}
        for item in labels:
            yield from [example(words[item["id"]], text.statement, item["themes"])] * READ_TIMES


def weights(examples: Sequence[Example]) -> Iterator[tuple[str, str, str, int]]:
    """Yield the rows of weights: theme by theme, the heaviest first."""
    vocabulary, _ = project_words(weighed=False)
    vectors = DictVectorizer()
    matrix = vectors.fit_transform([features for features, _ in examples])
    kept = np.flatnonzero(np.asarray((matrix > 0).sum(axis=0)).ravel() >= FEWEST)
    matrix, names = matrix[:, kept], vectors.get_feature_names_out()[kept]
    for id in (theme.id for theme in vocabulary.themes):
        is_about = np.array([id in themes for _, themes in examples])
        if is_about.sum() < FEWEST:
            continue
        model = LogisticRegression(C=STRENGTH, l1_ratio=1, solver="liblinear", max_iter=1000, random_state=0)
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
