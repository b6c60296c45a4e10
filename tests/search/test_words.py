"""Words and terms: found as people type them, and the same in Python and in the browser."""

from __future__ import annotations

import json
import random
import re
import sys
import unicodedata
from pathlib import Path

import pytest

from build_scripts.search.forms import kind_of
from build_scripts.search.words import LONGEST, term, tokens
from tests.helpers.projects import ROOT
from tests.helpers.scripts import NODE, run
from tests.helpers.whole_index import LUNR

ENDINGS = re.findall(
    r"\w+",
    "s sses ies ss eed ed ing at bl iz y ational tional enci anci izer bli alli entli eli ousli ization ation ator"
    " alism iveness fulness ousness aliti iviti biliti logi icate ative alize iciti ical ful ness al ance ence er ic"
    " able ible ant ement ment ent sion tion ou ism ate iti ous ive ize e l ll",
)
SIGNS = "'’-\u2010\u2011.,£%#0123456789 éÀßœﬁ½İſK\u0301\u00adaBc’s's"


def words(text: str) -> list[str]:
    return [token.word for token in tokens(text)]


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("carer’s carers' carer's carers", "carer carers carer carers"),
        ("don’t people’s GP’s O'Brien", "dont people gp obrien"),
        ("abbé CAFÉ cafe\u0301 Łódź straße oﬃce", "abbe cafe cafe lodz strasse office"),
        ("#2035 1 in 20, £1.50, £1,200.50 57% 24/7", "2035 1 in 20 1.50 1200.50 57 24 7"),
        ("1,2,3 2024-25. Section117 1st", "1 2 3 2024 25 section117 1st"),
        ("“quoted” (and) bro\u00adken — dash–dash", "quoted and broken dash dash"),
        ("", ""),
        ("… – ’ ‑", ""),
    ],
)
def test_words_are_found_as_people_type_them(written: str, found: str) -> None:
    """Quotes, possessives, accents and the signs around numbers make no difference; points of numbers stay."""
    assert words(written) == found.split()


@pytest.mark.parametrize("hyphen", ["-", "\u2010", "\u2011"])
def test_two_words_with_a_hyphen_are_found_as_one_too(hyphen: str) -> None:
    """``co-production`` is found as it stands, apart, and as ``coproduction``, which takes the place of the first."""
    found = tokens(f"our co{hyphen}production group")
    assert [(each.word, each.place, each.compound) for each in found] == [
        ("our", 0, False),
        ("co", 1, False),
        ("production", 2, False),
        ("coproduction", 1, True),
        ("group", 3, False),
    ]


@pytest.mark.parametrize("text", ["hard-to-reach", "2024-25", "co - production", "co--production", "co–production"])
def test_other_dashes_make_no_compound(text: str) -> None:
    """Three words, numbers, and dashes that part words are never joined."""
    assert not any(token.compound for token in tokens(text))


def test_a_word_is_cut_at_its_longest() -> None:
    """Two million letters in a row are one word that any query can hold."""
    assert words("a" * 2_000_000) == ["a" * LONGEST]


def test_terms_of_words_that_lunr_py_cannot_find() -> None:
    """Words on a single y after a vowel keep it, as in lunr.js; stop words have no term."""
    assert {word: term(word) for word in ("pathway", "delay", "pay", "try", "the", "carers")} == {
        "pathway": "pathway",
        "delay": "delay",
        "pay": "pay",
        "try": "tri",
        "the": None,
        "carers": "carer",
    }


@pytest.mark.parametrize(
    "forms",
    [
        *("carer carers", "care cares cared caring", "agree agreed agreeing agrees", "plan plans planned planning"),
        *("policy policies", "carry carries carried carrying", "process processes processing", "use uses used using"),
        *("delay delays delayed", "age aged", "way ways", "discuss discussed discussing", "speed speeds"),
    ],
)
def test_forms_of_a_word_are_of_one_kind(forms: str) -> None:
    """Plurals and the forms of verbs."""
    assert len({kind_of(word) for word in forms.split()}) == 1


@pytest.mark.parametrize(
    "pair",
    [
        *("universal university", "general generous", "import important", "community communication", "care carer"),
        *("several severe", "organ organic", "response responsible", "person personal", "one once"),
    ],
)
def test_other_words_of_a_stem_are_of_another_kind(pair: str) -> None:
    """What lunr's stemmer throws together is told apart."""
    assert len({kind_of(word) for word in pair.split()}) == 2


def real_words() -> set[str]:
    """Every word of the collection, its vocabulary and the pages written by hand."""
    files = [*(ROOT / "data").rglob("*.*"), *(ROOT / "docs" / "about").rglob("*.md"), *ROOT.glob("*.md")]
    lunr = LUNR.read_text("utf-8")
    return {word for file in files for word in words(file.read_text("utf-8"))} | set(re.findall(r"[a-z]+", lunr))


def test_words_and_terms_are_the_same_in_the_browser(tmp_path: Path) -> None:
    """For every real word, thousands of invented ones, odd texts, and every character that this Python knows."""
    chance = random.Random(2026)  # noqa: S311 - not for secrets
    letters = "aeiouyybcdlnrstz"
    invented = {
        "".join(chance.choices(letters, k=chance.randint(1, 7)))
        + chance.choice(["", *ENDINGS])
        + chance.choice(ENDINGS)
        for _ in range(20_000)
    }
    every = [chr(code) for code in range(0x20, sys.maxunicode + 1) if unicodedata.category(chr(code))[0] != "C"]
    odd = [
        "".join(chance.choice(SIGNS if chance.random() < 0.8 else every) for _ in range(chance.randint(1, 14)))
        for _ in range(4_000)
    ]
    rows = ["".join(f"a{letter}b {letter}" for letter in every[at : at + 50]) for at in range(0, len(every), 50)]
    sample = real_words() | invented | {*ENDINGS, "eeds", "ryyings"}
    given = {
        "terms": {word: term(word) for word in sorted(sample)},
        "kinds": {word: kind_of(word) for word in sorted(sample)},
        "texts": [[text, tokens(text)] for text in (*odd, *rows)],
    }
    assert len(sample) > 20_000
    (tmp_path / "given.json").write_text(json.dumps(given), "utf-8")
    done = run(NODE, "tests/js/same.mjs", tmp_path / "given.json", LUNR, root=ROOT)
    assert done.returncode == 0, done.stderr[-2000:]
    assert json.loads(done.stdout)[:5] == []
