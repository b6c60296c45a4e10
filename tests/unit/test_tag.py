"""Themes and voices of passages: who earns them, with which words, and what corrections change."""

from __future__ import annotations

from dataclasses import replace

import pytest

from build_scripts.model.evidence import Heading, Match, Passage, Tag, TagCorrection
from build_scripts.model.problems import Problem
from build_scripts.model.vocabulary import Theme
from build_scripts.tagging.rules import compile_rules, with_broader
from build_scripts.tagging.tags import correct_tags, tag_passages
from tests.helpers.anytown import theme, vocabulary, voice
from tests.helpers.labelled import project_words

WORDS = vocabulary(
    themes=(
        theme("boats", "boat", "red boat", exclusions=("gravy boat", "boat ... sank")),
        theme("ferries", "ferry", "ferry from/to ... island", broader=("boats",)),
        theme("night-ferries", "night ferry", broader=("ferries",)),
        theme("islands", "island", "from * island"),
    ),
    voices=(voice("sailors", "sailors <said>"), voice("records", "log showed")),
)


def passage(text: str) -> Passage:
    return Passage("p-00000001", text, 1)


def earned(text: str, *themes: Theme) -> dict[str, list[str]]:
    """Theme or voice id to the words that earned it."""
    words = vocabulary(themes, WORDS.voices) if themes else WORDS
    rules, problems = compile_rules(words)
    assert problems == ()
    (tagged,) = tag_passages([passage(text)], rules)
    return {
        tag.id: [text[match.start : match.end] for match in tag.matches] for tag in (*tagged.themes, *tagged.voices)
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Nothing here.", {}),
        ("A boat, two boats.", {"boats": ["boat", "boats"]}),
        ("An ISLAND.", {"islands": ["ISLAND"]}),
        # exclusions: a match that overlaps one does not count, others do
        ("A gravy boat.", {}),
        ("A gravy boat on a boat.", {"boats": ["boat"]}),
        ("A boat quickly sank.", {}),
        ("The boat of the gravy boat maker sank.", {}),
        # a match inside a longer one is not said twice; one that only overlaps is
        ("A red boat.", {"boats": ["red boat"]}),
        ("Boats. Red boats.", {"boats": ["Boats", "Red boats"]}),
        (
            "The ferry from Gull island.",
            {
                "boats": ["ferry from Gull island"],
                "ferries": ["ferry from Gull island"],
                "islands": ["from Gull island"],
            },
        ),
        # what earns a narrower one earns all broader ones, with its words
        ("A ferry.", {"boats": ["ferry"], "ferries": ["ferry"]}),
        (
            "A boat and the night ferry.",
            {"boats": ["boat", "night ferry"], "ferries": ["night ferry"], "night-ferries": ["night ferry"]},
        ),
        # voices come beside themes
        ("The log showed it; sailors said so.", {"sailors": ["sailors said"], "records": ["log showed"]}),
    ],
)
def test_words_that_earn(text: str, expected: dict[str, list[str]]) -> None:
    """A passage has the themes and voices of which it has a phrase, in the vocabulary's order, with those words."""
    found = earned(text)

    assert found == expected
    assert list(found) == list(expected)


def test_matches_name_their_phrase() -> None:
    """Each match says where its words stand and which phrase found them, as it is written."""
    rules, _ = compile_rules(WORDS)

    (tagged,) = tag_passages([passage("It’s the ferry to an island.")], rules)

    assert tagged.themes[0] == Tag("boats", (Match(9, 27, "ferry from/to ... island"),))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # once, or the same words twice in one sentence, is a mention in passing
        ("A crew was there.", []),
        ("The crew met the crew.", []),
        # two sentences, or two lines of a list, are a subject; the two may be one phrase
        ("A crew was there. The mate left.", ["crew", "mate"]),
        ("The crew left. The crew came back.", ["crew", "crew"]),
        ("It was all down to the good old crew;\nit was not for want of a second mate", ["crew", "mate"]),
        # so are two phrases apart in one
        ("The crew met a mate there.", ["crew", "mate"]),
        # beside a phrase that is not weak it counts, in the same sentence too
        ("The crew was paid at sea.", ["crew", "paid at sea"]),
        # what an exclusion overlaps is no company
        ("A crew was there. The mate tea was cold.", []),
    ],
)
def test_a_weak_phrase_needs_company(text: str, expected: list[str]) -> None:
    """A weak phrase earns its theme only beside another phrase of it, or another sentence with one."""
    crews = theme("crews", "paid at sea", weak=("crew", "mate"), exclusions=("mate tea",))

    assert earned(text, crews) == ({"crews": expected} if expected else {})


def test_a_weak_phrase_has_company_in_its_heading() -> None:
    """Under a heading that names the theme, by a weak phrase or another, one weak phrase is enough."""
    crews = theme("crews", "paid at sea", weak=("crew", "mate"))
    rules, _ = compile_rules(vocabulary((crews,), ()))
    headings = [Heading(text, 1, known=False) for text in ("Mates and others", "Paid at sea", "Boats")]
    passages = [Passage(f"p-{at}", "A crew was there.", 1, at) for at in (None, 0, 1, 2)]

    tagged = tag_passages(passages, rules, headings)

    found = [Tag("crews", (Match(2, 6, "crew"),))]
    assert [list(item.themes) for item in tagged] == [[], found, found, []]


@pytest.mark.parametrize(
    ("text", "narrow"),
    [
        ("A gull flew. The boat came.", True),
        ("It rained.\nThe red boat came", True),
        # in the first sentence, or in two places, of a narrower theme too
        ("The boat came. A gull flew.", False),
        ("A gull flew. The boat met a boat.", False),
        ("A gull flew. The boat met the ferry.", False),
        ("A gull flew. The boat came. It was a boat.", False),
    ],
)
def test_a_theme_in_one_place_behind_the_first_sentence_is_narrow(text: str, narrow: bool) -> None:
    """A theme is narrow where all that earns it stands in one place behind the first sentence; a voice never is."""
    rules, _ = compile_rules(WORDS)

    (tagged,) = tag_passages([passage(text + " The log showed it.")], rules)

    assert {tag.id: tag.narrow for tag in tagged.themes}["boats"] is narrow
    assert not any(tag.narrow for tag in tagged.voices)


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("The crew met gulls.", True),
        # a list of three or more only names; two things joined are both the subject
        ("The port had cranes, gulls and nets.", False),
        ("The port had gulls and nets.", True),
        ("Its agenda ran through tides, cranes, gulls, nets and the like.", False),
        # unless each item says something, or two are of the theme
        ("The cranes were old, the gulls were loud and the nets were torn.", True),
        ("The port had cranes, gulls and a gull.", True),
        # examples and asides; what is told after them is told
        ("It had animals such as gulls.", False),
        ("It had animals including gulls, which were loud.", True),
        ("They built it next to gulls.", False),
        # the name of a team or of a post
        ("The gulls team felt well supported.", False),
        # short lines of a list
        ("The score was made of:\ncranes\ngulls", False),
        # one sentence that says something is enough
        ("The port had cranes, gulls and nets. The gulls were loud.", True),
    ],
)
def test_what_is_only_named_is_a_mention(text: str, about: bool) -> None:
    """What stands in a list, an aside or a name is mentioned with the words that name it, and earns no theme."""
    rules, _ = compile_rules(vocabulary((theme("gulls", "gull"),), ()))

    (tagged,) = tag_passages([Passage("p-1", text, 1)], rules)

    assert [tag.id for tag in tagged.themes] == (["gulls"] if about else [])
    assert [tag.id for tag in tagged.mentions] == ([] if about else ["gulls"])
    assert all(tag.matches for tag in (*tagged.themes, *tagged.mentions))


def test_a_weak_phrase_alone_is_a_mention() -> None:
    """Words that do not earn a theme for want of company are kept as a mention, its broader theme's too."""
    narrow, wide = theme("ferries", "car ferry", weak=("ferry",), broader=("boats",)), theme("boats", "boat")
    rules, _ = compile_rules(vocabulary((wide, narrow), ()))

    (tagged,) = tag_passages([Passage("p-1", "A ferry was there.", 1)], rules)

    assert (tagged.themes, [tag.id for tag in tagged.mentions]) == ((), ["boats", "ferries"])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Of the boats 40 sank.", ["logs"]),
        # a voice that has spoken before, or in the same sentence, goes on
        ("Sailors said so. Of the boats 40 sank.", ["sailors"]),
        ("Of the boats 40 sank, sailors said.", ["sailors"]),
        # one that speaks later does not
        ("Of the boats 40 sank. Sailors said so.", ["sailors", "logs"]),
    ],
)
def test_a_phrase_that_waits_for_silence(text: str, expected: list[str]) -> None:
    """A phrase under ``unless-told`` earns its voice only where no other voice has spoken up to its sentence's end."""
    logs = replace(voice("logs"), phrases=(), unless_told=("4*",))
    rules, _ = compile_rules(vocabulary((), (voice("sailors", "sailors said"), logs)))

    (tagged,) = tag_passages([Passage("p-1", text, 1)], rules)

    assert [tag.id for tag in tagged.voices] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # the voice of this sentence or of the one before
        ("Sailors said so. Of the boats 40 sank.", ["sailors"]),
        ("Of the boats 40 sank, sailors said.", ["sailors"]),
        # no longer
        ("Sailors said so. The sea was calm. Of the boats 40 sank.", ["sailors", "logs"]),
        ("Of the boats 40 sank. Sailors said so.", ["sailors", "logs"]),
        # who only feels gives no account that goes on
        ("Sailors felt bad. Of the boats 40 sank.", ["sailors", "logs"]),
        ("Sailors felt bad that of the boats 40 sank.", ["sailors"]),
    ],
)
def test_a_figure_belongs_to_whoever_has_just_spoken(text: str, expected: list[str]) -> None:
    """A phrase under ``unless-just-told`` earns its voice where no other speaks beside it or gives account before."""
    logs = replace(voice("logs"), phrases=(), unless_just_told=("4*",))
    rules, _ = compile_rules(vocabulary((), (voice("sailors", "sailors said/felt"), logs)))

    (tagged,) = tag_passages([Passage("p-1", text, 1)], rules)

    assert [tag.id for tag in tagged.voices] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sailors said that cooks said so.", ["sailors"]),
        ("Cooks, sailors said, had said so when sailors said it.", ["sailors"]),
        ("Cooks said that sailors said so.", ["cooks"]),
        # a clause of its own, or a sentence
        ("Sailors said so, but cooks said not.", ["sailors", "cooks"]),
        ("Sailors said so; cooks said not.", ["sailors", "cooks"]),
        ("Sailors said so while cooks said nothing.", ["sailors", "cooks"]),
        ("Sailors said so. Cooks said so.", ["sailors", "cooks"]),
    ],
)
def test_a_voice_within_a_voice(text: str, expected: list[str]) -> None:
    """What somebody is told to have said is the teller's, up to the end of the clause."""
    rules, _ = compile_rules(vocabulary((), (voice("sailors", "sailors said"), voice("cooks", "cooks said"))))

    (tagged,) = tag_passages([Passage("p-1", text, 1)], rules)

    assert [tag.id for tag in tagged.voices] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sailors met the cooks daily. They told us it was worth it.", ["sailors"]),
        ("The sailors met the cooks daily. Some of them had said so.", ["sailors"]),
        # it is not about those who are named late, nor about two sentences before
        ("Each day at noon, sailors met. They told us it was worth it.", []),
        ("Sailors met. The sea was calm. They told us it was worth it.", []),
        # another's words, or no words
        ("Sailors met. One cook told us it was worth it.", []),
        ("Sailors met. They slept.", []),
        # somebody has spoken: it is theirs
        ("Cooks said so. Sailors met. They told us it was worth it.", ["cooks"]),
    ],
)
def test_who_goes_on_to_speak(text: str, expected: list[str]) -> None:
    """“They told us” is the telling of those whom the sentence before is about, where nobody has spoken yet."""
    both = (replace(voice(id, f"{id} said"), named=(id,)) for id in ("sailors", "cooks"))
    rules, _ = compile_rules(vocabulary((), tuple(both)))

    (tagged,) = tag_passages([Passage("p-1", text, 1)], rules)

    assert [tag.id for tag in tagged.voices] == expected


def test_a_heading_alone_earns_nothing() -> None:
    """A theme needs words of the passage, since these are what a page shows for it."""
    rules, _ = compile_rules(WORDS)

    (tagged,) = tag_passages([Passage("p-1", "Nothing.", 1, 0)], rules, [Heading("Boats", 1, known=False)])

    assert tagged.themes == ()


def test_a_weak_phrase_of_a_narrower_theme_earns_both_or_neither() -> None:
    """What does not earn the narrower theme does not earn the broader one."""
    narrow, wide = theme("ferries", "car ferry", weak=("ferry",), broader=("boats",)), theme("boats", "boat")

    assert earned("A ferry.", narrow, wide) == {}
    assert set(earned("A ferry. The ferry sank.", narrow, wide)) == {"ferries", "boats"}


def test_an_exclusion_is_its_own_theme_s_only() -> None:
    """What does not count for one theme counts for another."""
    assert earned("A boat.", theme("boats", "boat", exclusions=("boat",)), theme("ships", "boat")) == {
        "ships": ["boat"]
    }


def test_an_exclusion_of_the_broader_theme_does_not_stop_the_narrower() -> None:
    """What earns the narrower theme earns the broader one, whatever the broader one's own phrases leave out."""
    narrow, wide = theme("ferries", "ferry", broader=("boats",)), theme("boats", "boat", exclusions=("ferry",))

    assert earned("A ferry.", narrow, wide) == {"ferries": ["ferry"], "boats": ["ferry"]}


def test_a_circle_of_broader_themes_ends() -> None:
    """Two themes that are broader than each other earn each other, once."""
    themes = (theme("a", "boat", broader=("b",)), theme("b", "ferry", broader=("a",)))

    assert earned("A ferry.", *themes) == {"a": ["ferry"], "b": ["ferry"]}
    assert with_broader(("a", "a"), {"a": ("b",), "b": ("a", "c")}) == ("a", "b", "c")


def test_phrases_that_cannot_be_read_are_problems() -> None:
    """Every phrase that cannot be read is named, with its theme and line, and the others still work."""
    themes = (theme("boats", "boat ...", "raft", exclusions=("<none>",), line=12),)

    rules, problems = compile_rules(vocabulary(themes, ()))

    mend = "see “How a rule is written” in docs/contribute/themes.md"
    gap = "phrase 'boat ...' of 'boats': a gap (...) must have a word on either side"
    assert problems == (
        Problem("data/themes.yml", 12, "EV306", gap, mend),
        Problem("data/themes.yml", 12, "EV306", "phrase '<none>' of 'boats': there is no word list <none>", mend),
    )
    assert [phrase.text for phrase in rules.themes.rules[0].phrases] == ["raft"]


def correction(
    add: tuple[str, ...] = (), remove: tuple[str, ...] = (), passage: str = "equity/p-00000001"
) -> TagCorrection:
    return TagCorrection(passage, add, remove, "It says so.", 20)


def corrected(text: str, *corrections: TagCorrection) -> dict[str, str]:
    """Theme or voice id to the reason, empty where the rules gave it."""
    rules, _ = compile_rules(WORDS)
    (tagged,) = correct_tags(tag_passages([passage(text)], rules), "equity", corrections, rules)
    assert all(bool(tag.matches) != bool(tag.why) for tag in (*tagged.themes, *tagged.voices))
    return {tag.id: tag.why for tag in (*tagged.themes, *tagged.voices)}


@pytest.mark.parametrize(
    ("corrections", "expected"),
    [
        ([], {"boats": "", "sailors": ""}),
        ([correction(add=("islands",))], {"boats": "", "islands": "It says so.", "sailors": ""}),
        ([correction(remove=("boats", "sailors"))], {}),
        ([correction(remove=("sailors",), add=("records",))], {"boats": "", "records": "It says so."}),
        ([correction(add=("boats",))], {"boats": "", "sailors": ""}),
        ([correction(add=("lighthouses",), remove=("gulls",))], {"boats": "", "sailors": ""}),
        ([correction(add=("islands",), passage="equity/p-00000002")], {"boats": "", "sailors": ""}),
        ([correction(add=("islands",), passage="learning/p-00000001")], {"boats": "", "sailors": ""}),
        ([correction(remove=("boats",)), correction(add=("islands",))], {"islands": "It says so.", "sailors": ""}),
        # what is added brings its broader themes, unless somebody takes those away
        (
            [correction(add=("night-ferries",))],
            {"boats": "", "ferries": "It says so.", "night-ferries": "It says so.", "sailors": ""},
        ),
        ([correction(add=("ferries",), remove=("boats",))], {"ferries": "It says so.", "sailors": ""}),
        ([correction(add=("ferries",)), correction(remove=("boats",))], {"ferries": "It says so.", "sailors": ""}),
    ],
)
def test_corrections(corrections: list[TagCorrection], expected: dict[str, str]) -> None:
    """Corrections add and remove tags of their own passage only, with their reason, in the vocabulary's order."""
    found = corrected("Sailors said it was a boat.", *corrections)

    assert found == expected
    assert list(found) == list(expected)


@pytest.mark.parametrize(
    ("text", "removed", "expected"),
    [
        ("They took the night ferry.", ("night-ferries", "ferries"), {}),
        ("They took the night ferry, a red boat.", ("night-ferries", "ferries"), {"boats": ["red boat"]}),
        # the narrower theme's words hold those of the broader one's own phrase
        ("They took the night ferry.", ("night-ferries",), {"boats": ["ferry"], "ferries": ["ferry"]}),
        ("They took the boat race.", ("races",), {"boats": ["boat"]}),
        ("They took the night race.", ("races",), {}),
        # another narrower theme that stays has the same words
        ("They took the boat race.", ("boats",), {"races": ["boat race"]}),
        ("They took the night ferry.", ("ferries",), {"boats": ["night ferry"], "night-ferries": ["night ferry"]}),
        ("They took the boat race.", ("races", "islands"), {"boats": ["boat"]}),
    ],
)
def test_what_is_removed_earns_no_broader_theme(
    text: str, removed: tuple[str, ...], expected: dict[str, list[str]]
) -> None:
    """A broader theme stays exactly when a phrase of its own, or of another narrower theme that stays, earns it."""
    races = theme("races", "boat race", "night race", broader=("boats",))
    rules, _ = compile_rules(vocabulary((*WORDS.themes, races), WORDS.voices))
    removal = [correction(remove=removed)]

    (tagged,) = correct_tags(tag_passages([passage(text)], rules), "equity", removal, rules)

    assert {tag.id: [text[match.start : match.end] for match in tag.matches] for tag in tagged.themes} == expected


def test_rules_are_shown_in_few_words() -> None:
    """What a failing test or a debugger shows of the rules is short: all of it once took 20 GB."""
    _, rules = project_words()
    assert len(repr(rules)) < 10_000
    assert len(repr(rules.themes.rules[0])) < 100_000
