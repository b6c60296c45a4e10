"""Measuring the rules against labels: agrees with a count by hand, widens labels, keeps doubtful ones apart."""

from __future__ import annotations

import pytest
import yaml

from build_scripts.facts.labels import GoldPassage, check_gold, make_gold
from build_scripts.facts.yaml_text import Document
from build_scripts.model.accuracy import Accuracy, Measure
from build_scripts.model.evidence import Evidence, Tag, TaggedPassage
from build_scripts.model.problems import Problem
from build_scripts.tagging.accuracy import measure
from tests.helpers.anytown import evidence, report, theme, vocabulary, voice
from tests.helpers.projects import real_run

WORDS = vocabulary((theme("boats"), theme("ferries", broader=("boats",)), theme("gulls")), (voice("sailors"),))
PATH = "tests/gold/anytown-2025-01/equity.yml"


def gold(passage: str, *themes: str, voices: tuple[str, ...] = (), doubtful: tuple[str, ...] = ()) -> GoldPassage:
    return GoldPassage("anytown-2025-01", "equity", passage, themes, voices, doubtful, PATH, 7)


def tagged(*tags: tuple[str, ...]) -> Evidence:
    """A text whose passages, ``One.``, ``Two.`` and so on, have these themes and voices."""
    bare = evidence(report(), "equity", *("One.", "Two.", "Three.")[: len(tags)], words=WORDS)
    passages = tuple(
        TaggedPassage(
            item.passage,
            tuple(Tag(id, ()) for id in ids if id != "sailors"),
            tuple(Tag(id, ()) for id in ids if id == "sailors"),
        )
        for item, ids in zip(bare.passages, tags, strict=True)
    )
    return Evidence(bare.report, bare.statement, bare.page, passages)


def ids(item: Evidence) -> list[str]:
    return [each.passage.id for each in item.passages]


@pytest.mark.parametrize(
    ("counts", "precision", "recall", "f1"),
    [
        ((0, 0, 0), None, None, None),
        ((3, 1, 2), 3 / 4, 3 / 5, 6 / 9),
        ((0, 2, 0), 0, None, 0),
        ((0, 0, 2), None, 0, 0),
        ((5, 0, 0), 1, 1, 1),
    ],
)
def test_measure(counts: tuple[int, int, int], precision: float | None, recall: float | None, f1: float | None) -> None:
    """Precision, recall and their harmonic mean follow from three counts; what nothing measured is None, not 0."""
    found = Measure(*counts)

    assert (found.precision, found.recall, found.f1, found.labelled) == (precision, recall, f1, counts[0] + counts[2])


def test_rules_are_compared_with_labels() -> None:
    """Each theme and voice is counted in each labelled passage, and all of them together."""
    item = tagged(("gulls", "sailors"), ("gulls",), ("boats",))
    one, two, three = ids(item)

    found = measure([gold(one, "gulls"), gold(two, "boats", voices=("sailors",)), gold(three)], [item], WORDS)

    assert found == Accuracy(
        passages=3,
        texts=1,
        reports=1,
        statements=1,
        themes={"boats": Measure(0, 1, 1), "ferries": Measure(), "gulls": Measure(1, 1, 0)},
        voices={"sailors": Measure(0, 1, 1)},
        all_themes=Measure(1, 2, 1),
        all_voices=Measure(0, 1, 1),
        sure_themes=Measure(1, 2, 1),
        sure_voices=Measure(0, 1, 1),
    )


def test_passages_that_nobody_labelled_do_not_count() -> None:
    """What the rules say of other passages and other texts is no error."""
    item = tagged(("gulls",), ("gulls",))

    assert measure([gold(ids(item)[0], "gulls")], [item], WORDS).all_themes == Measure(1, 0, 0)


def test_labels_are_widened() -> None:
    """A label of a narrower theme is one of the broader theme too, as the rules have it, and counts once."""
    item = tagged(("boats", "ferries"), ("boats", "ferries"))
    one, two = ids(item)

    found = measure([gold(one, "ferries"), gold(two, "ferries", "boats")], [item], WORDS)

    assert found.themes["boats"] == found.themes["ferries"] == Measure(2, 0, 0)


def test_doubtful_labels_are_kept_apart() -> None:
    """What the labels call doubtful, given or not, counts in the first figure and is left out of the second."""
    item = tagged(("gulls", "sailors"), ("boats",))
    one, two = ids(item)

    found = measure(
        [gold(one, "boats", doubtful=("boats", "gulls", "sailors")), gold(two, "boats", doubtful=("gulls",))],
        [item],
        WORDS,
    )

    assert (found.all_themes, found.all_voices) == (Measure(1, 1, 1), Measure(0, 1, 0))
    assert (found.sure_themes, found.sure_voices) == (Measure(1, 0, 0), Measure())


def test_figures_of_the_collection_agree_with_a_count_by_hand() -> None:
    """The published figures are those of sets of (passage, theme) pairs, counted here in another way."""
    run = real_run()
    assert run.problems == ()
    assert run.accuracy is not None
    assert run.vocabulary is not None
    labels = [
        label
        for path, source in run.sources.items()
        if path.startswith("tests/gold/") and path.count("/") == 3
        for label in _labels(path, source.data)
    ]
    broader = {entry.id: entry.broader for entry in run.vocabulary.themes}

    def widen(id: str) -> set[str]:
        return {id}.union(*(widen(parent) for parent in broader[id]))

    said = {(text, passage, wide) for text, passage, ids in labels for id in ids for wide in widen(id)}
    texts = {(item.report.id, item.statement): item for item in run.earned}
    given = {
        (text, passage.passage.id, tag.id)
        for text, passage_id, _ in labels
        for passage in texts[text].passages
        if passage.passage.id == passage_id
        for tag in passage.themes
    }

    assert len(labels) == run.accuracy.passages > 0
    assert run.accuracy.all_themes == Measure(len(said & given), len(given - said), len(said - given))
    for id, found in run.accuracy.themes.items():
        of_id, with_id = {item for item in said if item[2] == id}, {item for item in given if item[2] == id}
        assert found == Measure(len(of_id & with_id), len(with_id - of_id), len(of_id - with_id)), id


def _labels(path: str, data: bytes) -> list[tuple[tuple[str, str], str, list[str]]]:
    """Text, passage and themes of each label in a file, read without the code under test."""
    report, statement = path.removesuffix(".yml").split("/")[-2:]
    return (
        [((report, statement), item["id"], item["themes"]) for item in yaml.safe_load(data)["passages"]]
        if path.endswith(".yml")
        else []
    )


def test_labels_are_read_from_their_file() -> None:
    """Report and statement of a label come from where the file lies, its line from the file."""
    value = {
        "passages": [
            {"id": "p-1", "themes": ["boats"], "voices": []},
            {"id": "p-2", "themes": [], "voices": [], "doubtful": ["gulls"]},
        ]
    }

    found = make_gold(Document(PATH, value, {("passages", 0): 3, ("passages", 1): 7}))

    assert [(label.report, label.statement, label.passage, label.line) for label in found] == [
        ("anytown-2025-01", "equity", "p-1", 3),
        ("anytown-2025-01", "equity", "p-2", 7),
    ]
    assert [label.doubtful for label in found] == [(), ("gulls",)]


def test_labels_that_cannot_be_right() -> None:
    """A label of no passage, a passage labelled twice and an unknown theme or voice are problems."""
    item = tagged(("gulls",))
    (one,) = ids(item)
    wrong = gold("p-ffffffff")

    found = list(
        check_gold([wrong, gold(one, "gull", voices=("boats",), doubtful=("none",)), gold(one)], [item], WORDS)
    )

    mend = "use an id of data/themes.yml or data/voices.yml"
    assert found == [
        Problem(
            PATH,
            7,
            "EV602",
            "no paragraph 'p-ffffffff' in anytown-2025-01/equity",
            "copy the id from the paragraph's link on the page",
        ),
        Problem(PATH, 7, "EV303", "unknown theme 'gull'", f"did you mean 'gulls'? {mend}"),
        Problem(PATH, 7, "EV303", "unknown voice 'boats'", mend),
        Problem(PATH, 7, "EV303", "unknown theme or voice 'none'", mend),
        Problem(PATH, 7, "EV304", f"paragraph {one!r} stands twice", "keep one of them"),
    ]
