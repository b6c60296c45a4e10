"""Reading YAML strictly: what is read, on which line, and what is told of all that YAML would pass over."""

from __future__ import annotations

import re
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from build_scripts.facts import yaml_text
from build_scripts.facts.yaml_text import DEEPEST, read_text, read_yaml
from build_scripts.model.evidence import SourceFile
from build_scripts.model.problems import Problem

QUOTE = "put the whole value in double quotes"
REST = "put text with : # or quotes in it in double quotes"
INDENT = "begin it below the first letter of the line that it goes with; put text with quotes in it in double quotes"


def read(text: str | bytes) -> tuple[Any, list[tuple[int, str, str, str]]]:
    """Return the value of a YAML text, None when it could not be read, and its problems without the path."""
    data = text if isinstance(text, bytes) else text.encode("utf-8")
    document, problems = read_yaml(SourceFile("a.yml", data))
    assert all(problem.path == "a.yml" for problem in problems)
    return document and document.value, [(each.line, each.code, each.what, each.mend) for each in problems]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a: b", {"a": "b"}),
        ("a: 3\nb: -1\nc: 0", {"a": 3, "b": -1, "c": 0}),
        ("a: 2.5", {"a": 2.5}),
        ("a: true\nb: false\nc:", {"a": True, "b": False, "c": None}),
        ('a: "no"\nb: \'010\'\nc: "~"', {"a": "no", "b": "010", "c": "~"}),
        ("no: 1\n1: 2\nnull: 3", {"no": 1, "1": 2, "null": 3}),
        ("a:\n  - b\n  - [c, {d: e}]", {"a": ["b", ["c", {"d": "e"}]]}),
        ("a: >-\n  two\n  lines\nb: |\n  x\n  y\n", {"a": "two lines", "b": "x\ny\n"}),
        ("a: 3 # the third\n# a line\nb: c#d", {"a": 3, "b": "c#d"}),
        ("---\na: b\n", {"a": "b"}),
        ("\ufeffa: b\r\nc: d\r\n", {"a": "b", "c": "d"}),
        ("a: Ünïcode 😀 ’quoted’", {"a": "Ünïcode 😀 ’quoted’"}),
    ],
)
def test_plain_values_are_read(text: str, value: object) -> None:
    """Text, whole numbers, true, false and nothing are read as they look; keys are always text."""
    assert read(text) == (value, [])


def test_lines_are_those_of_an_editor() -> None:
    """Every key and item knows its line, comments and blank lines counted; what has none takes that around it."""
    document, _ = read_yaml(SourceFile("a.yml", b"# first\n\na: 1\nb:\n  - c\n  -\n    d: >-\n      e\n"))
    assert document
    assert document.line() == 3
    assert document.line("a") == 3
    assert document.line("b", 0) == 5
    assert document.line("b", 1, "d") == 7
    assert document.line("b", 1, "missing", 4) == 7
    assert document.line("missing") == 3


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        *((word, "true or false") for word in ("no", "Yes", "on", "OFF", "True", "FALSE")),
        *((word, "a number") for word in ("010", "0x1F", "1_000", "+3", "12:30", "3.", ".5", "1.5e+3", ".inf", "0b1")),
        *((word, "a date") for word in ("2025-02-28", "2025-02-31", "2025-02-28T10:00:00")),
        *((word, "nothing") for word in ("~", "null", "Null", "=")),
        ("1234567890123456", "a number"),
    ],
)
def test_trap_is_told_and_text_kept(value: str, kind: str) -> None:
    """A value that YAML would turn into something else is told with its line, and stays the text one sees."""
    what = f"without quotes YAML reads {value!r} as {kind}, not as the text you see"
    assert read(f"a: 1\nb: {value}") == ({"a": 1, "b": value}, [(2, "EV203", what, f'write "{value}"')])
    assert read(f'a: "{value}"') == ({"a": value}, [])


def test_dropped_words_are_told() -> None:
    """Words after # are a comment to YAML: where text stands before them, that is told."""
    mend = "put the whole value in double quotes, or the comment on a line of its own"
    what = "YAML drops everything from # on: only 'flat' is read"
    assert read("a: flat #3, Pier Street") == ({"a": "flat"}, [(1, "EV203", what, mend)])
    assert read('a: "flat #3"\nb: # no value yet\n') == ({"a": "flat #3", "b": None}, [])


@pytest.mark.parametrize(
    ("text", "line", "what", "mend"),
    [
        ("a:\n\tb: c", 2, "a tab stands here", "use spaces in its place"),
        (
            "a: 1\nb: c: d",
            2,
            "a colon with a space after it stands in the middle of a value, or the line begins too far to the right",
            f"{QUOTE}, or begin the line below the first letter of the line above",
        ),
        ("a: @b", 1, "text without quotes cannot begin with this sign", QUOTE),
        ("a: `b`", 1, "text without quotes cannot begin with this sign", QUOTE),
        ("a: 5\nb: %c", 2, "text without quotes cannot begin with this sign", QUOTE),
        ("a: *b*", 1, "text without quotes cannot begin with *", QUOTE),
        ("a: &", 1, "text without quotes cannot begin with &", QUOTE),
        ("a: !<b", 1, "text without quotes cannot begin with !", QUOTE),
        ("a: !b!c d", 1, "text without quotes cannot begin with !", QUOTE),
        ("%a: b", 1, "text without quotes cannot begin with %", QUOTE),
        ("a: >b", 1, "text without quotes cannot begin with > or |", QUOTE),
        ("a: 1\nb\nc: 2", 2, "the line is no key with a colon after it", INDENT),
        ('a: 1\nb: "c\nd: 2\n', 2, "the quotation mark that opens here is never closed", "close it"),
        ("a: 'b\n---\n", 1, "the quotation mark that opens here is never closed", "close it"),
        (
            "a: 1\nb: [c,\nd: e",
            2,
            "the list that “[” opens here goes wrong or is never closed",
            "put a comma between items and “]” at its end",
        ),
        (
            "a: {b: c",
            1,
            "the keys that “{” opens here go wrong or are never closed",
            "put a comma between them and “}” at their end",
        ),
        ("a: 'it's'", 1, "the line does not go with the lines above it", INDENT),
        ("- a\nb: c", 2, "the line does not go with the lines above it", INDENT),
        ("a: ]", 1, "a value is missing or cannot begin so", QUOTE),
        ("a: - b", 1, "no list can begin here", f"begin it on the next line, or {QUOTE}"),
        (
            'a: "b\\q"',
            1,
            "in double quotes a backslash “\\” begins a sign of its own, and this is none",
            "write two backslashes for one",
        ),
        ('a: 1\n"\\UFFFFFFFF"', 1, "the file has a number or sign that YAML cannot read", "type the line again"),
        (
            f"%YAML {'9' * 5000}.1\n---\na",
            1,
            "the file has a number or sign that YAML cannot read",
            "type the line again",
        ),
        (
            'a: "\\x0g"',
            1,
            "in double quotes a backslash “\\” begins a sign of its own, and this is none",
            "write two backslashes for one",
        ),
        ("%YAML 2.0\n---\na", 1, "not YAML: found incompatible YAML document (version 1.* is required)", REST),
        (
            "[" * 100_000,
            1,
            f"more than {DEEPEST} lists or keys stand inside each other",
            "remove brackets and dashes that do not belong there",
        ),
    ],
)
def test_what_is_not_yaml_is_told_in_plain_words(text: str, line: int, what: str, mend: str) -> None:
    """What YAML cannot read is told on the line where the mistake is, without the words of parsers."""
    assert read(text) == (None, [(line, "EV201", what, mend)])


@pytest.mark.parametrize("sign", ["&b", "*b", "!b", "!!python/object:os.system", "!"])
def test_instructions_are_refused(sign: str) -> None:
    """Anchors, aliases and tags are never followed: each is told with its line."""
    what = f"YAML takes {sign!r} for an instruction, not for text"
    text = f"a: 1\nb: {sign}" if sign.startswith("*") else f"a: 1\nb: {sign} c"
    assert read(text) == (None, [(2, "EV208", what, QUOTE)])


def test_every_instruction_is_told_at_once() -> None:
    """Several instructions and a second document are all told, none followed."""
    _, problems = read("a: &x [1]\nb: *x\n---\nc: !y 1\n---\nd: 1\n")
    assert [(line, code) for line, code, _, _ in problems] == [(1, "EV208"), (2, "EV208"), (3, "EV208"), (4, "EV208")]
    assert problems[2][2:] == ("a second document begins here", "remove the line of three dashes")


def test_key_twice_is_told_and_the_first_kept() -> None:
    """Of two equal keys YAML would keep the last in silence; here the second is told with the first's line."""
    what = "key 'a' stands twice, first in line 1"
    assert read("a: 1\nb: 2\na: 3") == ({"a": 1, "b": 2}, [(3, "EV202", what, "keep the one that is right")])
    assert read("x:\n  a: 1\ny:\n  a: 2")[1] == []


@pytest.mark.parametrize("text", ["? [b]\n: c\na: 1", "{b: 1}: c\na: 1", "? {b: c}\n: d\na: 1"])
def test_key_that_is_no_text_is_told(text: str) -> None:
    """A list or keys in place of a key are told, and the keys beside them still read."""
    what = "a key must be text, not a list or keys with values"
    assert read(text) == ({"a": 1}, [(1, "EV206", what, "write a plain word before the colon")])


@pytest.mark.parametrize("text", ["", "\n\n", "# only a comment\n", "\ufeff", "---\n"])
def test_empty_file_is_told(text: str) -> None:
    """A file that holds nothing is no document."""
    value, problems = read(text)
    assert value is None
    if text != "---\n":  # there YAML reads a value of nothing, for the schema to refuse
        assert problems == [(1, "EV102", "the file is empty", "fill it in or remove it")]


def test_bytes_that_are_no_text_are_told() -> None:
    """A byte that is no UTF-8 is told with its line."""
    what = "byte 0x93 is not UTF-8"
    assert read(b"a: 1\nb: \x93c\x94") == (None, [(2, "EV101", what, "save the file with the encoding UTF-8")])


PLAIN_SPACE = "put a plain space in its place"
DELETE = "delete it, or type what is around it again"


@pytest.mark.parametrize(
    ("letter", "what", "mend", "value"),
    [
        ("\xa0", "no-break space (U+00A0)", PLAIN_SPACE, "b c"),
        ("\u2009", "thin space (U+2009)", PLAIN_SPACE, "b c"),
        ("\u2028", "line separator (U+2028)", PLAIN_SPACE, "b c"),
        ("\x85", "control character (U+0085)", PLAIN_SPACE, "b c"),
        ("\u200b", "zero width space (U+200B)", DELETE, "bc"),
        ("\xad", "soft hyphen (U+00AD)", DELETE, "bc"),
        ("\u202e", "right-to-left override (U+202E)", DELETE, "bc"),
        ("\ufeff", "zero width no-break space (U+FEFF)", DELETE, "bc"),
        ("\0", "control character (U+0000)", DELETE, "bc"),
        ("\x07", "control character (U+0007)", DELETE, "bc"),
        ("\uffff", "control character (U+FFFF)", DELETE, "bc"),
    ],
)
def test_unusual_characters_are_told(letter: str, what: str, mend: str, value: str) -> None:
    """What cannot be seen, or only looks like a space, is told by name, raw or as an escape; all else is still read."""
    assert read(f"x: 1\na: b{letter}c") == ({"x": 1, "a": value}, [(2, "EV108", what, mend)])
    escaped = f'x: 1\na: "b\\u{ord(letter):04x}c"'
    assert read(escaped) == ({"x": 1, "a": value}, [(2, "EV108", what, mend)])


def test_unusual_character_is_told_once() -> None:
    """A character that came along many times is told at its first line, with how many more lines have it."""
    text, problems = read_text(SourceFile("a.yml", "a:\xa0b\xa0c\nd\u200b: e\nf:\xa0g\nh:\xa0i\n".encode()))
    assert text == "a: b c\nd: e\nf: g\nh: i\n"
    assert problems == (
        Problem("a.yml", 1, "EV108", "no-break space (U+00A0), here and in 2 more lines", PLAIN_SPACE),
        Problem("a.yml", 2, "EV108", "zero width space (U+200B)", DELETE),
    )


def test_half_a_character_is_told() -> None:
    """An escape for half of a character, which no file could hold, is left out and told."""
    value, problems = read('a: "b\\ud800c"')
    assert value == {"a": "bc"}
    assert problems == [(1, "EV108", "control character (U+D800)", DELETE)]


PIECES = st.sampled_from(
    [*"-?:,[]{}#&*!|>'\"%@`~= \t\n\r\0", "\\", "\\u", "\x85", "\u2028", "\xa0", "a", "no", "1", ".", "<<", "---", "é"]
)


@given(st.one_of(st.binary(), st.lists(PIECES).map(lambda pieces: "".join(pieces).encode("utf-8"))))
@example(b"a: \xef\xbb\xbf")
@example(b"\xff\xfea\0:\0")
def test_whatever_the_bytes_there_is_an_answer(data: bytes) -> None:
    """Any bytes give a document, a problem or both, and every problem has a line of the file and words."""
    document, problems = read_yaml(SourceFile("a.yml", data))
    assert document or problems
    lines = len(data.decode("utf-8", "replace").splitlines()) + 1
    assert all(1 <= each.line <= lines and each.what and each.mend for each in problems)


OTHERWISE = st.sampled_from(["- [who? else, b]\n", "a: what?\n", "? b\n", "b:\tc\n", "! d\n"])


@given(st.lists(PIECES | OTHERWISE).map("".join))
@example("- a: [who?, b]\n  c: what is it?\n  d: e?\n")
@example("a: [b?c]")
@example("?")
@example("---\n ")
@example("a: |-#b\n  c\n")
def test_both_parsers_read_alike(text: str) -> None:
    """Whether libyaml reads a text or PyYAML's own parser does: values, lines and problems are the same."""
    source = SourceFile("a.yml", text.encode())
    read_yaml.cache_clear()
    found = read_yaml(source)
    read_yaml.cache_clear()
    with patch.object(yaml_text, "_READ_OTHERWISE", re.compile("")):
        assert read_yaml(source) == found
