"""Properties of finding many phrases at once: what is found is what each phrase by itself would find."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from build_scripts.disk.read import read_schemas, read_sources
from build_scripts.pipeline.run import Run
from build_scripts.pipeline.understand import learn_words
from build_scripts.tagging.book import PhraseBook
from build_scripts.tagging.matcher import Phrase, Text
from build_scripts.tagging.phrases import PhraseReader
from build_scripts.text.letters import fold
from tests.helpers.examples import examples
from tests.helpers.patterns import compile_pattern
from tests.helpers.projects import ROOT

WORDS = {"said": ("told", "said", "spoke to/with"), "who": ("the boat*", "sailor/cook", "a ... <said>")}
Span = tuple[int, int]
INVENTED = [
    *("boat", "=Boat", "boat* ... sank", "sailor/cook boat", "fly", "flies", "co-produce*", "A&E", "<said> us"),
    *("<who>", "* boat", "^told", "^<said> ...9 cook", "%", "% of boat", "£5", "boat boat", "try ...1 fly"),
    *("sailor's/cook", "i'm", "100+", "100+ boat", "wish", "Wish/boat told", "0*", "20* boat"),
]
PIECES = st.sampled_from(
    [
        *("boat", "Boats", "boat's", "BOAT", "sailor", "cooks", "told", "Told", "said", "spoke to", "us", "fly"),
        *("flies", "coproduce", "co-produced", "co producing", "A&E", "I'm", "try", "of", "sank", "5%", "£5", "é"),
        *("1,200", "340", "2024", "wish", "Wishes'", "wishs", "boates", "0.5", "0s"),
        *("12 per cent", ".", ". ", "; ", " (", ") ", "’", "‘", "-", "–", "\n", "  ", "_", "boatboat", "the", "a"),
        "\u200b",
    ]
)
# Left out: letters that Python's patterns take for the other case of a plain one, unlike lower().
ANY = st.text(st.characters(exclude_characters="\u0130\u0131\u017f\u212a"), max_size=80)
TEXTS = st.lists(PIECES, max_size=40).flatmap(
    lambda pieces: st.lists(st.sampled_from([" ", " ", " ", ""]), min_size=len(pieces), max_size=len(pieces)).map(
        lambda joints: "".join(piece + joint for piece, joint in zip(pieces, joints, strict=True))
    )
)


def each_alone(folded: str, phrases: Iterable[str], words: Mapping[str, Sequence[str]]) -> dict[str, list[Span]]:
    """Return what each phrase finds as a regular expression by itself."""
    found = {
        phrase: [match.span() for match in compile_pattern(phrase, words).finditer(folded)] for phrase in set(phrases)
    }
    return {text: spans for text, spans in found.items() if spans}


def by_words(found: Mapping[Phrase, Sequence[Span]]) -> dict[str, Sequence[Span]]:
    """Return what a book has found by the phrases as they are written."""
    return {phrase.text: spans for phrase, spans in found.items()}


@given(st.one_of(TEXTS, ANY), st.sets(st.sampled_from(INVENTED), min_size=1))
@examples(300)
def test_book_finds_what_each_phrase_finds(text: str, chosen: set[str]) -> None:
    """In any text, a book of phrases finds the same words as its phrases one by one."""
    reader = PhraseReader(WORDS)
    phrases = [reader.read(phrase) for phrase in sorted(chosen)]
    wanted = each_alone(fold(text), chosen, WORDS)

    assert by_words(PhraseBook(phrases).find(Text(fold(text)))) == wanted
    assert {phrase.text: spans for phrase in phrases if (spans := phrase.spans(Text(fold(text))))} == wanted


ALTERNATIVES = st.sampled_from(
    ("boat", "boat*", "sailor", "=Told", "told", "us", "<said>", "<who>", "*", "%", "100+", "co-pro*", "s.", "the")
)
POSITIONS = st.one_of(
    st.sampled_from(("...", "...1", "...9")), st.lists(ALTERNATIVES, min_size=1, max_size=3).map("/".join)
)
ANY_PHRASE = st.lists(POSITIONS, min_size=1, max_size=6).map(" ".join)


@given(TEXTS, ANY_PHRASE)
@examples(400)
def test_any_phrase_finds_what_its_pattern_finds(text: str, phrase: str) -> None:
    """A phrase of any words, gaps, lists and stars finds what a regular expression finds, or both refuse it."""
    try:
        read = PhraseReader(WORDS).read(phrase)
    except ValueError as error:
        if "finds everything" not in str(error) and "finds nearly every" not in str(error):
            with pytest.raises(ValueError, match=re.escape(phrase)):
                compile_pattern(phrase, WORDS)
        return
    wanted = [match.span() for match in compile_pattern(phrase, WORDS).finditer(fold(text))]

    assert read.spans(Text(fold(text))) == wanted
    assert PhraseBook([read]).find(Text(fold(text))).get(read, []) == wanted


def test_book_finds_what_each_phrase_finds_in_real_texts() -> None:
    """The same with all phrases of the vocabulary on the two real reports."""
    sources, _ = read_sources(ROOT)
    run = learn_words(Run(sources, read_schemas()))
    assert run.rules
    assert run.vocabulary
    folded = fold("\n".join(file.data.decode("utf-8") for path, file in sources.items() if path.endswith(".txt")))
    for book, words in ((run.rules.themes, run.vocabulary.theme_words), (run.rules.voices, run.vocabulary.voice_words)):
        phrases = [phrase for rule in book.rules for phrase in (*rule.phrases, *rule.weak, *rule.exclusions)]
        found = PhraseBook(phrases).find(Text(folded))
        assert len(found) > 20
        assert by_words(found) == each_alone(folded, (phrase.text for phrase in phrases), words)
