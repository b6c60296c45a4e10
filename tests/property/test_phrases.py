"""Properties of finding many phrases at once: what is found is what each phrase by itself would find."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from build_scripts.disk.read import read_schemas, read_sources
from build_scripts.pipeline import Run, learn_words
from build_scripts.tagging.phrases import Phrase, PhraseBook, compile_phrase
from build_scripts.text.letters import fold
from tests.helpers.projects import ROOT

WORDS = {"said": ("told", "said", "spoke to/with"), "who": ("the boat*", "sailor/cook", "a ... <said>")}
INVENTED = [
    *("boat", "=Boat", "boat* ... sank", "sailor/cook boat", "fly", "flies", "co-produce*", "A&E", "<said> us"),
    *("<who>", "* boat", "^told", "^<said> ...9 cook", "%", "% of boat", "£5", "boat boat", "try ...1 fly"),
    *("sailor's/cook", "i'm"),
]
PIECES = st.sampled_from(
    [
        *("boat", "Boats", "boat's", "BOAT", "sailor", "cooks", "told", "Told", "said", "spoke to", "us", "fly"),
        *("flies", "coproduce", "co-produced", "co producing", "A&E", "I'm", "try", "of", "sank", "5%", "£5", "é"),
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


def each_alone(folded: str, phrases: list[Phrase]) -> dict[str, list[tuple[int, int]]]:
    """Return what the phrases' own patterns find."""
    found = {phrase.text: [match.span() for match in phrase.pattern.finditer(folded)] for phrase in phrases}
    return {text: spans for text, spans in found.items() if spans}


@given(st.one_of(TEXTS, ANY), st.sets(st.sampled_from(INVENTED), min_size=1))
@settings(max_examples=300)
def test_book_finds_what_each_phrase_finds(text: str, chosen: set[str]) -> None:
    """In any text, a book of phrases finds the same words as its phrases one by one."""
    phrases = [compile_phrase(phrase, WORDS) for phrase in sorted(chosen)]

    assert PhraseBook(phrases).find(fold(text)) == each_alone(fold(text), phrases)


def test_book_finds_what_each_phrase_finds_in_real_texts() -> None:
    """The same with all phrases of the vocabulary on the two real reports."""
    sources, _ = read_sources(ROOT)
    rules = learn_words(Run(sources, read_schemas())).rules
    assert rules
    folded = fold("\n".join(file.data.decode("utf-8") for path, file in sources.items() if path.endswith(".txt")))
    for of_kind, book in ((rules.themes, rules.theme_book), (rules.voices, rules.voice_book)):
        phrases = [phrase for rule in of_kind for phrase in (*rule.phrases, *rule.weak, *rule.exclusions)]
        assert dict(book.find(folded)) == each_alone(folded, phrases)
