"""Weights of words: what is weighed of a passage, what it comes to, and how the file of weights is read."""

from __future__ import annotations

from dataclasses import replace

import pytest

from build_scripts.facts.weights import read_weights
from build_scripts.model.evidence import Passage, SourceFile, TaggedPassage
from build_scripts.tagging.features import Names, features_of, features_of_voices
from build_scripts.tagging.matcher import Text
from build_scripts.tagging.rules import compile_rules
from build_scripts.tagging.tags import tag_passages
from build_scripts.text.letters import fold
from tests.helpers.anytown import theme, vocabulary, voice

ROWS = """\
id,kind,words,weight
boats,always,-,-450
boats,phrase,boats,600
boats,word,harbour,350
boats,pair,rope ti,500
gulls,always,-,-400
gulls,word,nest,600
"""


def source(text: str) -> SourceFile:
    """Return the file of weights with this text."""
    return SourceFile("data/weights.csv", text.encode())


def weighed(text: str, rows: str = ROWS) -> TaggedPassage:
    """Return a passage tagged with the themes boats, gulls and piers, of which piers have no weights."""
    themes = (theme("boats", "boat"), theme("gulls", "gull"), theme("piers", "pier"))
    rules, _ = compile_rules(vocabulary(themes, ()))
    weights, problems = read_weights(source(rows))
    assert weights
    assert not problems
    (tagged,) = tag_passages([Passage("p-1", text, 1)], replace(rules, weights=weights), statement="equity")
    return tagged


VOICES = """\
id,kind,words,weight
crew,always,-,-300
crew,speaks,crew,400
crew,written pair,we ",250
crew,written word,deck,200
crew,speaks,nobody,-50
"""


def heard(text: str, rows: str = VOICES) -> dict[str, list[str]]:
    """Return the voices crew and guests, of which guests have no weights, of a passage, each with its words."""
    voices = (voice("crew", "crew told us"), voice("guests", "guests told us"))
    rules, _ = compile_rules(vocabulary((), voices))
    weights, problems = read_weights(source(rows))
    assert weights
    assert not problems
    (tagged,) = tag_passages([Passage("p-1", text, 1)], replace(rules, weights=weights), statement="equity")
    return {tag.id: tag.words(tagged.passage) for tag in tagged.voices}


@pytest.mark.parametrize(
    ("text", "voices"),
    [
        # its rule's own words are shown
        ("The crew told us of it.", {"crew": ["crew told us"]}),
        # without any of these, those that weigh most
        ("The deck was wet. “So are we,” one said.", {"crew": ["deck", "we,”"]}),
        ("The deck was wet.", {}),
        # where nothing was learned the rule decides
        ("Guests told us so.", {"guests": ["Guests told us"]}),
        ("The crew told us of it. Guests told us so.", {"crew": ["crew told us"], "guests": ["Guests told us"]}),
    ],
)
def test_what_earns_a_voice(text: str, voices: dict[str, list[str]]) -> None:
    """A passage has a voice that its words, down to the little ones and quotation marks, make likely enough."""
    assert heard(text) == voices


def test_what_is_weighed_for_voices() -> None:
    """Words as they are written, pairs of them, and whom the rules let speak or only name."""
    text = Text(fold("Staff told 2 of us."))
    told = {"staff": "speaks", "people": "named"}
    assert list(features_of_voices(text, told)) == [
        *("written word us", "written word of", "written pair of us"),
        *("written word 0", "written pair 0 of", "written word told", "written pair told 0"),
        *("written word staff", "written pair staff told", "speaks staff", "named people"),
    ]
    assert "speaks nobody" in features_of_voices(text, {"people": "named"})


def words(tagged: TaggedPassage) -> dict[str, list[str]]:
    """Return the themes that a passage is about, each with the words that earned it."""
    return {tag.id: tag.words(tagged.passage) for tag in tagged.themes}


@pytest.mark.parametrize(
    ("text", "earned"),
    [
        # its rule's own words are shown first
        ("A boat lay in the harbour.", {"boats": ["boat"]}),
        # without any of these, those that weigh most, in their order
        ("The harbour was wide. Ropes were tied.", {"boats": ["harbour", "Ropes were tied"]}),
        ("Nests were counted.", {"gulls": ["Nests"]}),
        # one word of a few is not enough, nor a word of the rule in a list
        ("The harbour was wide.", {}),
        ("He sold nets, a boat and ropes.", {}),
        # where nothing was learned the rule decides
        ("A pier was mended.", {"piers": ["pier"]}),
    ],
)
def test_what_earns_a_theme(text: str, earned: dict[str, list[str]]) -> None:
    """A passage is about a theme that its words make likely enough, and shows these words."""
    assert words(weighed(text)) == earned


def test_a_word_of_the_rule_that_earns_nothing_is_a_mention() -> None:
    """What the rule finds and the weights do not give is named, and no more."""
    tagged = weighed("He sold nets, a boat and ropes.")
    assert [tag.id for tag in tagged.mentions] == ["boats"]


@pytest.mark.parametrize(
    ("text", "narrow"), [("Ropes were tied.", True), ("A boat lay in the harbour. Ropes were tied.", False)]
)
def test_doubt_is_a_low_likelihood(text: str, narrow: bool) -> None:
    """A theme that is likely enough, and little more, is in doubt."""
    assert {tag.id: tag.narrow for tag in weighed(text).themes} == {"boats": narrow}


def test_what_is_weighed() -> None:
    """Words without endings, beginnings of long ones, pairs; listed ones apart; common words say nothing."""
    text = Text(fold("The fishermen were waiting. They sold boats, gulls and nets."))
    features = features_of(text, {}, [(38, 59)], "equity")
    assert {name: text.folded[slice(*place)] for name, place in features.items()} == {
        "word fishermen": "fishermen",
        "beginning fishe": "fishermen",
        "word wait": "waiting",
        "pair fishermen wait": "fishermen were waiting",
        "word sold": "sold",
        "pair sold boat": "sold boats",
        "listed word boat": "boats",
        "listed pair boat gull": "boats, gulls",
        "listed word gull": "gulls",
        "listed pair gull net": "gulls and nets",
        "listed word net": "nets",
        "statement equity": "",
    }


def test_what_weighs_nothing_is_not_named() -> None:
    """Of the words, what is asked for stands where it stands among all; a row without its second word finds nothing."""
    text = Text(fold("The fishermen were waiting. They sold boats, gulls and nets. The fishermen sold boats."))
    every = features_of(text, {}, [(38, 59)], "equity")
    wanted = {"beginning fishe", "word sold", "pair sold boat", "listed word gull", "listed pair gull net", "word quay"}
    names = Names({*wanted, "pair sold", "pair "})
    assert features_of(text, {}, [(38, 59)], "equity", names) == {
        name: place for name, place in every.items() if name in {*wanted, "statement equity"}
    }


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        (ROWS.replace("350", "3.5"), "4 EV207 weight must be a whole number (got '3.5')"),
        (ROWS.replace("boats,always,-,-450\n", ""), "2 EV209 the rows of 'boats' must begin with its one row"),
        (ROWS + "gulls,always,-,1\n", "8 EV209 the rows of 'gulls' must begin with its one row"),
        (ROWS.replace("words,", ""), "1 EV209 the columns are 'id,kind,weight'"),
    ],
)
def test_a_broken_file_of_weights(rows: str, told: str) -> None:
    """What cannot be read of the weights is told with its line, and none are used."""
    weights, problems = read_weights(source(rows))
    assert weights is None
    assert f"{problems[0].line} {problems[0].code} {problems[0].what}".startswith(told)


@pytest.mark.parametrize(
    ("text", "voices"),
    [
        ("The crew told us of it.", ["crew"]),
        # whom another is fond of does not speak, nor who stands before a comma and another subject
        ("He was fond of the crew he told us.", []),
        ("There was no crew, he told us.", []),
        ("The crew, who slept, told us.", ["crew"]),
        # a list of names, a part of them, and whom inspectors met are subjects
        ("The crew, guests and owners told us.", ["crew"]),
        ("Some of the crew told us.", ["crew"]),
        ("We met with crew who told us.", ["crew"]),
    ],
)
def test_who_speaks_is_the_subject(text: str, voices: list[str]) -> None:
    """Words that seem to be a voice's weigh less where it stands behind a preposition, or one comma before the verb."""
    rows = "id,kind,words,weight\ncrew,always,-,-300\ncrew,speaks,crew,400\ncrew,object,crew,100\n"
    rules, _ = compile_rules(vocabulary((), (voice("crew", "crew ...4 told us", named=("crew",)),)))
    weights, _ = read_weights(source(rows))
    assert weights
    (tagged,) = tag_passages([Passage("p-1", text, 1)], replace(rules, weights=weights))
    assert [tag.id for tag in tagged.voices] == voices
