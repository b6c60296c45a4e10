"""Cleaning the bytes of a contributed text."""

from __future__ import annotations

import pytest

from build_scripts.model.evidence import SourceFile
from build_scripts.model.problems import format_text
from build_scripts.text.clean import Line, clean_lines

PATH = "data/reports/anytown-2025-01/equity.txt"


def texts(data: bytes) -> list[str]:
    lines, problems = clean_lines(SourceFile(PATH, data))
    assert problems == ()
    return [line.text for line in lines]


@pytest.mark.parametrize(
    ("dirty", "clean"),
    [
        ("\ufeffStaff agreed", "Staff agreed"),
        ("Staff\xa0agreed", "Staff agreed"),
        ("Staff\u2003\u202f agreed \t", "Staff agreed"),
        ("Staff\x85agreed", "Staff agreed"),
        ("inter\xadpre\u200bters", "interpreters"),
        ("Sta\u2060ff\x00\x07 agr\u200deed\x7f", "Staff agreed"),
        ("\x1b[1;31mSt\x07\x08\x1b[4maff\x1b[0m \x1b]0;title\x07\x1b]8;;x\x1b\\agreed", "Staff agreed"),
        ("Staff\x1b [agreed] \x1b]0;title", "Staff [agreed] ]0;title"),
        ("\u202eStaff\u202c \u2066agreed\u2069\u200f", "Staff agreed"),
        ("People\x92s \x93voice\x94", "People’s “voice”"),
        ("‘café’ – naïve", "‘café’ – naïve"),
    ],
)
def test_what_nobody_sees_is_dropped(dirty: str, clean: str) -> None:
    """Every kind of space is a space, characters without shape are gone, and what is seen stays."""
    assert [clean] == texts(dirty.encode())


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_lines_keep_their_numbers(newline: str) -> None:
    """A line has the number that an editor shows, however lines end, and knows of the blank line above it."""
    lines, _ = clean_lines(SourceFile(PATH, newline.join(["", "one", "two\xad", " \u200b", "four"]).encode()))

    assert (Line(2, "one", True), Line(3, "two", False, True), Line(5, "four", True)) == lines


@pytest.mark.parametrize("mark", ["\f", "\v", "\u2028", "\u2029"])
def test_other_line_breaks_do_not_count(mark: str) -> None:
    """A page or paragraph break parts the text, but not the numbers of its lines."""
    lines, _ = clean_lines(SourceFile(PATH, f"one{mark}two\nthree".encode()))

    assert [(line.number, line.text) for line in lines] == [(1, "one"), (1, "two"), (2, "three")]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (
            b"one\r\ntwo\nPeople\x92s",
            f"{PATH}:3: EV101 byte 0x92 is not UTF-8\n"
            "    save the file again with the encoding UTF-8 and check the letter there, often a curly quote or dash",
        ),
        (
            "one".encode("utf-16"),
            f"{PATH}:1: EV101 byte 0xff is not UTF-8: the file is UTF-16\n"
            "    save the file again with the encoding UTF-8",
        ),
        (
            b" \n\xe2\x80\x8b\n---\n",
            f"{PATH}:1: EV102 the file holds no words\n"
            "    paste the text of the statement page, or delete the file: a report may have scores and no text",
        ),
        (
            b"",
            f"{PATH}:1: EV102 the file holds no words\n"
            "    paste the text of the statement page, or delete the file: a report may have scores and no text",
        ),
    ],
)
def test_what_cannot_be_read_is_a_problem(data: bytes, message: str) -> None:
    """Bytes that are not UTF-8, and files without a word, give one problem and no lines."""
    lines, problems = clean_lines(SourceFile(PATH, data))

    assert lines == ()
    assert [message] == [format_text(problem) for problem in problems]


MEND = "    copy the text again from CQC's page and save it as UTF-8"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("one\nthe council\ufffds plan", f"{PATH}:2: EV101 “council\ufffds” has lost a letter"),
        ("the councilâ€™s", f"{PATH}:1: EV101 “councilâ€™s” was read in the wrong encoding before it was saved"),
        ("the councilâ\x80\x99s", f"{PATH}:1: EV101 “councilâ€™s” was read in the wrong encoding before it was saved"),
        (
            "a cafÃ©\nÂ£5",
            f"{PATH}:1: EV101 “cafÃ©” was read in the wrong encoding before it was saved, here and in 1 more line",
        ),
        (
            "one\ntwo Â£5\nÂ£6\nÂ£7",
            f"{PATH}:2: EV101 “Â£5” was read in the wrong encoding before it was saved, here and in 2 more lines",
        ),
    ],
)
def test_garbled_letters_are_a_problem(text: str, message: str) -> None:
    """Letters that a program lost or misread before the file was saved are told of once, and the text is read on."""
    lines, problems = clean_lines(SourceFile(PATH, text.encode()))

    assert [f"{message}\n{MEND}"] == [format_text(problem) for problem in problems]
    assert len(lines) == text.count("\n") + 1


@pytest.mark.parametrize(
    "text", ["“CAFÉ” and “café’s”", "Ângela", "São Â", "SÃO JOÃO", "Â\xadn", "‘CAFÉ’s’ – Ä, Å, ñ…"]
)
def test_accents_are_no_garbled_letters(text: str) -> None:
    """Names and words with accents, beside quotes and dashes of any kind, are well."""
    assert clean_lines(SourceFile(PATH, text.encode()))[1] == ()
