"""The search does what people who search would call right: held against judged queries, on the two real texts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from benchmarks.national import SEED
from benchmarks.search.judged.queries import HELD, OPEN, Query, read_queries
from benchmarks.search.judged.run import FLOORS, GOLD, Judged, invented, real_texts, verdicts
from benchmarks.search.judged.verdict import Answer, judge, ndcg, sum_up
from benchmarks.search.judged.worth import Place, worths
from build_scripts.model.vocabulary import Vocabulary
from build_scripts.pipeline import UNDERSTANDING
from build_scripts.pipeline.run import Run
from tests.helpers.projects import ROOT, run_project

Read = Callable[[str], Query]
"""Reads one query as a file has it."""


@pytest.fixture(scope="module")
def run() -> Run:
    """The project's own collection, without its pages."""
    return run_project(ROOT, UNDERSTANDING)


@pytest.fixture(scope="module")
def words(run: Run) -> Vocabulary:
    """The project's own themes, voices and authorities."""
    assert run.vocabulary
    return run.vocabulary


@pytest.fixture(scope="module")
def texts(run: Run, tmp_path_factory: pytest.TempPathFactory) -> Judged:
    """The search of the two real texts."""
    return real_texts(run.collection, tmp_path_factory.mktemp("judged"))


def place(id: str, *themes: str, touched: tuple[str, ...] = (), voices: tuple[str, ...] = ()) -> Place:
    """An invented passage of an authority, ``<authority>-2025-01/equity/p-…``."""
    authority = id.partition("-2025")[0]
    facets = {"authority": authority, "region": "london", "statement": "equity", "score": "3", "rating": "Good"}
    return Place(id, facets, frozenset(themes), frozenset(touched), frozenset(voices))


ABOUT_CARERS = place("camden-2025-01/equity/p-1", "unpaid-carers", "respite", voices=("carers",))
ON_CARERS = place("camden-2025-01/equity/p-2", "unpaid-carers")
OF_DEMENTIA = place("leeds-2025-01/equity/p-3", "dementia", touched=("unpaid-carers",))
OF_PAY = place("leeds-2025-01/equity/p-4", "pay-conditions")
PLACES = {each.id: each for each in (ABOUT_CARERS, ON_CARERS, OF_DEMENTIA, OF_PAY)}


@pytest.fixture
def query(words: Vocabulary, tmp_path: Path) -> Read:
    """Read one query as a file has it."""

    def read(text: str) -> Query:
        file = tmp_path / OPEN
        file.write_text(f"queries:\n  - {{{text}}}\n", "utf-8")
        (found,) = read_queries(file, words)
        return found

    return read


CARERS = "query: carers, who: carer, kind: name, first: [theme: unpaid-carers]"


@pytest.mark.parametrize("file", [OPEN, HELD])
def test_the_search_does_as_well_as_the_floors_say(file: str, texts: Judged, words: Vocabulary) -> None:
    """On the two real texts, for the queries that may be looked at and for those that are only measured."""
    found = sum_up(verdicts(texts, read_queries(GOLD / file, words)))
    assert {name: round(getattr(found, name), 3) for name in FLOORS if getattr(found, name) < FLOORS[name]} == {}


def test_an_invented_collection_is_judged_by_its_data(words: Vocabulary, tmp_path: Path) -> None:
    """Queries that name passages of the real texts are not judged there; themes are, and what each council has."""
    of = invented(words, tmp_path, 1 / 153, SEED)
    councils = {place.facets["authority"] for place in of.places.values()}
    assert len(councils) == 1
    asked = ("waiting list", "asylum seekers", "artist in residence", "Leeds")
    queries = [each for each in read_queries(GOLD / OPEN, words) if each.text in asked]
    judged = {each.query.text: each.gain is not None for each in verdicts(of, queries)}
    assert judged == {"waiting list": True, "asylum seekers": True, "artist in residence": False, "Leeds": False}


def test_there_are_enough_queries_and_no_query_is_in_both_files(words: Vocabulary) -> None:
    """Both halves are of the same kinds, since they were dealt out of one list."""
    opened, held = (read_queries(GOLD / file, words) for file in (OPEN, HELD))
    texts = [each.text for each in (*opened, *held)]
    assert len(texts) == len(set(texts))
    assert min(len(opened), len(held)) >= 140
    kinds = [[each.kind for each in half].count("name") for half in (opened, held)]
    assert abs(kinds[0] - kinds[1]) <= 1


def test_every_passage_that_a_query_names_is_there(run: Run, words: Vocabulary) -> None:
    """A judgement on a passage that is no longer there would count as a fault of the search."""
    there = {finding.tagged.passage.id for finding in run.collection.findings}
    named = {id for file in (OPEN, HELD) for each in read_queries(GOLD / file, words) for id in each.passages}
    assert len(named) > 20
    assert named <= there


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("query: Leeds, who: carer, kind: name, first: [authority: leds]", "'leds' is none of barking-and-dagenham"),
        ("query: Leeds, who: mayor, kind: name", "'mayor' is none of officer"),
        ("query: Leeds, who: carer, kind: name, firsts: []", "unknown part firsts"),
        ("query: Leeds, who: carer, kind: name, first: [something]", "'something' is none of passage, nothing"),
        ("query: Leeds, who: carer, kind: other, passages: {p-1: 4}", "4 is none of 1, 2, 3"),
    ],
)
def test_a_query_that_names_what_there_is_not_is_refused(text: str, wrong: str, query: Read) -> None:
    """In one line with the file, the query and what is wrong."""
    with pytest.raises(ValueError, match=f"{OPEN}: 'Leeds': {wrong}"):
        query(text)


def test_a_passage_is_worth_what_it_says_of_the_themes_and_voices(query: Read) -> None:
    """Two for all themes, three with the voice as well, one for some of it or in passing, nothing outside."""
    carers = worths(query(CARERS), PLACES, judged=False)
    assert carers == {ABOUT_CARERS.id: 2, ON_CARERS.id: 2, OF_DEMENTIA.id: 1}
    told = worths(query(f"{CARERS}, voice: [carers]"), PLACES, judged=False)
    assert told == {ABOUT_CARERS.id: 3, ON_CARERS.id: 2, OF_DEMENTIA.id: 1}
    both = worths(query(f"{CARERS}, about: [unpaid-carers, respite]"), PLACES, judged=False)
    assert both == {ABOUT_CARERS.id: 2, ON_CARERS.id: 1, OF_DEMENTIA.id: 1}
    either = worths(query(f"{CARERS}, about: [unpaid-carers/dementia]"), PLACES, judged=False)
    assert either == {ABOUT_CARERS.id: 2, ON_CARERS.id: 2, OF_DEMENTIA.id: 2}
    inside = worths(query(f"{CARERS}, within: {{authority: leeds}}"), PLACES, judged=False)
    assert inside == {OF_DEMENTIA.id: 1}


def test_passages_that_a_query_names_count_on_the_real_texts_alone(query: Read) -> None:
    """There a reader's judgement goes before labels; an invented passage has no such judgement."""
    named = query(f"{CARERS}, passages: {{p-4: 3}}")
    assert worths(named, PLACES, judged=True) == {OF_PAY.id: 3}
    assert OF_PAY.id not in worths(named, PLACES, judged=False)


def answer(*passages: Place, cards: tuple[tuple[str, str], ...] | None = (), suggestion: str | None = None) -> Answer:
    """An answer with these passages, in order."""
    return Answer(cards, tuple(each.id for each in passages), found=bool(passages), suggestion=suggestion)


@pytest.mark.parametrize(
    ("first", "cards", "right"),
    [
        ("theme: unpaid-carers", (("theme", "unpaid-carers"),), True),
        ("theme: unpaid-carers", (("theme", "dementia"), ("theme", "unpaid-carers")), False),
        ("theme: unpaid-carers", (), False),
        ("theme: unpaid-carers", None, False),
        ("theme: unpaid-carers, passage", (), True),
        ("theme: unpaid-carers, passage", (("authority", "leeds"),), False),
        ("nothing", (), False),
        ("anything", (), True),
        ("anything", (("authority", "leeds"),), False),
    ],
)
def test_the_first_place_is_that_of_the_first_card_or_else_of_the_first_passage(
    first: str, cards: tuple[tuple[str, str], ...] | None, right: bool, query: Read
) -> None:
    """An engine without cards has no card first; a card that nobody asked for takes the place of a good passage."""
    asked = query(f"query: carers, who: carer, kind: name, first: [{first}], about: [unpaid-carers]")
    assert judge(asked, answer(ON_CARERS, OF_PAY, cards=cards), PLACES, judged=False).first is right


def test_a_passage_of_no_use_is_no_first_passage(query: Read) -> None:
    """Nor is one that only touches the matter; where no passage would be right, none is asked for."""
    for found in (answer(OF_PAY, ON_CARERS), answer(OF_DEMENTIA), answer()):
        assert judge(query(CARERS), found, PLACES, judged=False).passage is False
    none = query(f"{CARERS}, about: [rural]")
    assert judge(none, answer(OF_PAY), PLACES, judged=False).passage is None


def test_nothing_is_right_where_nothing_can_be_found(query: Read) -> None:
    """Passages are wrong then, unless they are told apart as near matches, or nothing was looked for."""
    the = query("query: the, who: resident, kind: other, first: [nothing]")
    assert judge(the, answer(), PLACES, judged=False).first is True
    assert judge(the, Answer((), (OF_PAY.id,), found=False, suggestion=None), PLACES, judged=False).first is True


def test_what_must_not_happen_is_told(query: Read) -> None:
    """A suggestion that was not called right, a card that misleads, a passage of another council."""
    asked = query(
        "query: leds, who: carer, kind: name, first: [authority: leeds], suggestion: [Leeds], not: [rating: Good]"
    )
    bad = answer(OF_DEMENTIA, ON_CARERS, cards=(("rating", "Good"),), suggestion="needs")
    faults = ("suggests 'needs'", "shows the rating Good", "passages of camden")
    assert judge(asked, bad, PLACES, judged=False).faults == faults
    good = answer(OF_DEMENTIA, cards=(("authority", "leeds"),), suggestion="leeds")
    assert judge(asked, good, PLACES, judged=False).faults == ()


def test_ndcg_is_that_of_the_literature() -> None:
    """One for the best order, less for any other, nothing where nothing of use is among the first ten."""
    assert ndcg([3, 2, 1], [1, 2, 3, 0]) == 1
    assert ndcg([2, 3, 1], [1, 2, 3]) == pytest.approx(7.9165 / 9.3928, abs=1e-4)
    assert ndcg([0] * 10 + [3], [3]) == 0
    assert ndcg([2] * 10, [2] * 500) == 1
