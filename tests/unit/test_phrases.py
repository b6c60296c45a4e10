"""The phrase language: what each sign finds and does not find, and what is said about a phrase that cannot be read."""

from __future__ import annotations

import pytest

from build_scripts.tagging.matcher import Text
from build_scripts.tagging.phrases import PhraseReader
from build_scripts.text.letters import fold

WORDS = {
    "said": ["told us", "said", "spoke ... <warmly>"],
    "warmly": ["well", "warmly"],
    "round": ["<and-round>"],
    "and-round": ["<round>"],
    "empty": [],
    "anchored": ["^sailors"],
    "broken": ["fine", "..."],
    "any": ["said", "* *"],
}


def found(phrase: str, text: str) -> list[str]:
    """The words of the text that the phrase finds."""
    return [text[start:end] for start, end in PhraseReader(WORDS).read(phrase).spans(Text(fold(text)))]


@pytest.mark.parametrize(
    ("phrase", "text", "expected"),
    [
        # words: without regard to case, whole, each time
        ("boat", "Boat and BOAT, a boathouse, a lifeboat", ["Boat", "BOAT"]),
        ("boat", "boat_house boat2 (boat) boat. “boat”", ["boat", "boat", "boat"]),
        ("café", "The CAFÉ was full", ["CAFÉ"]),
        # plurals and possessives
        ("sailor", "sailors, a sailor's, sailors' and sailor’s rest", ["sailors", "sailor's", "sailors'", "sailor’s"]),
        ("sailor", "sailorly", []),
        ("ferry", "ferry, ferries, ferry's, ferrys", ["ferry", "ferries", "ferry's"]),
        ("fly", "flies", ["flies"]),
        ("quay", "quays, quaies", ["quays"]),
        ("box", "box, boxes, box's, boxs", ["box", "boxes", "box's"]),
        ("beach", "beaches", ["beaches"]),
        ("boats", "boats, boat", ["boats"]),
        ("people's", "people’s boats, peoples", ["people’s"]),
        ("p3", "p3, p3s", ["p3", "p3s"]),
        # any ending, any word
        ("sail*", "sail, sailing, sailor's, sail-maker, unsail", ["sail", "sailing", "sailor's", "sail-maker"]),
        ("sail* boat", "sailing boat, sail-boat, sails a boat", ["sailing boat", "sail-boat"]),
        ("the * boat", "the old boat, the old red boat, the well-kept boat", ["the old boat", "the well-kept boat"]),
        ("* boat", "red boat", ["red boat"]),
        # percentages
        (
            "%",
            "57%, 57.5 % of boats, 57 per cent, 57 percent; 57 boats",
            ["57%", "57.5 %", "57 per cent", "57 percent"],
        ),
        ("% ...2 boat", "57% of all boats, 57 boats", ["57% of all boats"]),
        ("half/%", "half, 50%", ["half", "50%"]),
        # counts of a hundred or more: no year, money, share or time
        ("100+", "340 boats, 1,200 of them, 99 rafts", ["340", "1,200"]),
        ("100+", "in 2024, 2024/25 or 1999, for £1,200 or £340, 100%, 120.5, 0113, at 600am", ["0113"]),
        ("100+ boat", "340 boats, 340 old boats", ["340 boats"]),
        # either
        ("red/blue boat/raft", "red boat, blue rafts, red raft, green boat", ["red boat", "blue rafts", "red raft"]),
        ("red/<said>", "red said", ["red", "said"]),
        # gaps
        ("boat ... sank", "boat sank", ["boat sank"]),
        ("boat ... sank", "boat one two three four five sank", ["boat one two three four five sank"]),
        ("boat ... sank", "boat one two three four five six sank", []),
        ("boat ...1 sank", "boat soon sank, boat very soon sank", ["boat soon sank"]),
        ("boat ...9 sank", "boat 1 2 3 4 5 6 7 8 9 sank", ["boat 1 2 3 4 5 6 7 8 9 sank"]),
        ("boat ... sank", "The boat (a red one), sadly, “sank”", ["boat (a red one), sadly, “sank"]),
        ("boat ... sank ... fast", "the boat sank very fast", ["boat sank very fast"]),
        ("boat ... sank", "boat and boat sank", ["boat and boat sank"]),
        # one sentence: a stop and a capital, or the end of a line, ends it
        ("boat ... sank", "A boat. It sank", []),
        ("boat ... sank", "A boat left. It sank", []),
        ("boat ... sank", "A boat left! “It sank”", []),
        ("boat ... sank", "A boat left.” (It sank)", []),
        ("boat ... sank", "A boat left.) It sank", []),
        ("boat ... sank", "A boat of approx. 3 tons sank", ["boat of approx. 3 tons sank"]),
        ("boat ... sank", "a boat\nsank", []),
        ("boat ... sank", "a boat left.\nand sank", []),
        ("boat ... sank", "a boat with sails\nsank", []),
        ("red boat", "red\nboat", []),
        ("red boat", "red, boat; red. Boat", []),
        # hyphens and spaces
        (
            "life-boat",
            "life-boat, life boat, lifeboats, life‑boat",
            ["life-boat", "life boat", "lifeboats", "life‑boat"],
        ),
        ("co-produc*", "co-production, coproduced, co producing", ["co-production", "coproduced", "co producing"]),
        ("ship to shore", "ship-to-shore and ship–to–shore", ["ship-to-shore", "ship–to–shore"]),
        ("life boat", "lifeboat", []),
        # capitals
        ("RNLI", "RNLI, RNLIs, RNLI's, rnli, Rnli", ["RNLI", "RNLIs", "RNLI's"]),
        ("RNLI boat", "RNLI BOAT, rnli boat", ["RNLI BOAT"]),
        ("A&E", "in A&E, a&e", ["A&E"]),
        ("LGBTQ+", "LGBTQ+ people, LGBTQ people, LGBTQ+", ["LGBTQ+", "LGBTQ+"]),
        ("Deaf", "deaf", ["deaf"]),
        ("=Deaf", "Deaf, deaf, Deafs, DEAF", ["Deaf"]),
        ("=Deaf*", "Deafness, deafness", ["Deafness"]),
        ("=us", "US, us", ["us"]),
        # start of a sentence
        ("^sailors", "Sailors left. Sailors came", ["Sailors", "Sailors"]),
        ("^sailors", "The sailors, sailors: sailors", []),
        ("^sailors", "Who? Sailors! “Sailors.” Sailors", ["Sailors", "Sailors"]),
        ("^ sailors", "none,\nsailors of the first item\nsailors of the second", ["sailors", "sailors"]),
        ("^sailors/cooks", "Cooks left", ["Cooks"]),
        # named word lists, one inside another
        ("sailors <said>", "Sailors said so, sailors told us", ["Sailors said", "sailors told us"]),
        ("sailors <said>", "sailors spoke very warmly", ["sailors spoke very warmly"]),
        ("<warmly> <warmly>", "well, warmly well", ["warmly well"]),
        # quotes and dashes of every kind are the same
        ("don't sink", "don’t sink, donʼt sink", ["don’t sink", "donʼt sink"]),
        ("sailor’s rest", "sailor's rest", ["sailor's rest"]),
        # signs that open a word
        ("£5", "It was £5", ["£5"]),
    ],
)
def test_phrase_finds(phrase: str, text: str, expected: list[str]) -> None:
    """Each sign of the phrase language finds what the contributors' page says, and nothing else."""
    assert found(phrase, text) == expected


@pytest.mark.parametrize(
    ("phrase", "message"),
    [
        ("", "an empty phrase finds nothing"),
        ("  ", "an empty phrase finds nothing"),
        ("^", "an empty phrase finds nothing"),
        ("... boat", "a gap (...) must have a word on either side"),
        ("boat ...", "a gap (...) must have a word on either side"),
        ("boat ... ...3 sank", "a gap (...) must have a word on either side"),
        ("boat ...0 sank", "'...0' is not a word, a word list or a gap"),
        ("boat ...12 sank", "'...12' is not a word, a word list or a gap"),
        ("boat...sank", "'boat...sank' is not a word, a word list or a gap"),
        ("boat//raft", "'' is not a word, a word list or a gap"),
        ("boat ^sank", "'^sank' is not a word, a word list or a gap"),
        ("bo*at", "'bo*at' is not a word, a word list or a gap"),
        ("boat- sank", "'boat-' is not a word, a word list or a gap"),
        ("- boat", "'-' is not a word, a word list or a gap"),
        ("=", "'=' is not a word, a word list or a gap"),
        ("=<said>", "'=<said>' is not a word, a word list or a gap"),
        ("<said>*", "'<said>*' is not a word, a word list or a gap"),
        ("<Said>", "'<Said>' is not a word, a word list or a gap"),
        ("<sung>", "there is no word list <sung>"),
        ("<round>", "the word list <round> is made of itself"),
        ("<empty>", "the word list <empty> is empty"),
        ("boat <anchored>", "^ stands before a whole phrase, not in the word list <anchored>"),
        ("<broken>", "a gap (...) must have a word on either side"),
        ("*", "a phrase of * alone finds everything"),
        ("a", "'a' alone finds nearly every sentence"),
        ("^The/boat", "'The' alone finds nearly every sentence"),
        ("(bad", "'(bad' has a bracket ((), which is no sign of a rule"),
        ('"language) barrier ... [x]', "'\"language)' has a bracket ()), which is no sign of a rule"),
        ("boat ... [x]", "'[x]' has a bracket ([), which is no sign of a rule"),
        ("^* ... *", "a phrase of * alone finds everything"),
        ("*/boat", "a phrase of * alone finds everything"),
        ("<any> */boat", "a phrase of * alone finds everything"),
    ],
)
def test_phrase_that_cannot_be_read(phrase: str, message: str) -> None:
    """A phrase that cannot be read says which part is wrong."""
    with pytest.raises(ValueError) as error:  # noqa: PT011 - the whole message is compared
        PhraseReader(WORDS).read(phrase)

    assert str(error.value) == message


def test_fold_keeps_length() -> None:
    """Folding never moves a letter, so that a match tells the place in the published text."""
    text = "‘’ʼ“”‐‑–—İıſ\u212aé\n"

    assert fold(text) == "'''\"\"----IisKé\n"
