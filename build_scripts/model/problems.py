"""What can be wrong with contributed data: the list of codes, and how problems are shown."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from difflib import get_close_matches


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """Something wrong with contributed data: where, which kind, what, and how to mend it."""

    path: str
    line: int
    code: str
    what: str
    mend: str


LONGEST_SHOWN = 80
"""Characters of a contributed value that a problem repeats at the most."""

MOST_COMPARED = 800
"""Allowed values among which a slip is looked for at the most, enough for every name of every council: comparing takes
far longer than all other checks."""


_GARBLED = re.compile("\ufffd|â€|â„¢|ï»¿|ï¿½|Â[\xa0-\xac\xae-\xbf]|Ã[€‚ƒ„†‡ˆ‰Š‹ŒŽ˜™š›œžŸ\xa0-\xac\xae-\xbf]")
"""What UTF-8 becomes that is read as Windows-1252; none of it stands in English, nor in names with accents."""


def garbled(path: str, rows: Sequence[str], mend: str) -> tuple[Problem, ...]:
    """Return one problem (EV101) when letters were lost or garbled before the file was saved: at the first such line.

    :param rows: the lines of the file
    """
    wrong = [(number, row, found) for number, row in enumerate(rows, 1) if (found := _GARBLED.search(row))]
    if not wrong:
        return ()
    number, row, found = wrong[0]
    before, after = row[: found.start()].split(" ")[-1], row[found.end() :].split(" ")[0]
    word = f"{before[-20:]}{found[0]}{after[:20]}"
    more = "" if len(wrong) == 1 else f", here and in {len(wrong) - 1} more line{'' if len(wrong) == 2 else 's'}"
    happened = "has lost a letter" if found[0] == "\ufffd" else "was read in the wrong encoding before it was saved"
    return (Problem(path, number, "EV101", f"“{word}” {happened}{more}", mend),)


def shown(value: object) -> str:
    """Return a contributed value as a problem names it: text in quotes and not too long, all else in words."""
    match value:
        case None:
            return "nothing"
        case bool():
            return "true" if value else "false"
        case dict():
            return "keys with values"
        case list():
            return "a list"
        case str() if len(value) > LONGEST_SHOWN:
            return f"{value[:LONGEST_SHOWN]!r}…"
        case _:
            return repr(value)


def both_ends(text: str) -> str:
    """Return a contributed value with its middle left out where it is long: what is wrong may stand at its end."""
    return text if len(text) <= LONGEST_SHOWN else f"{text[: LONGEST_SHOWN // 2]}…{text[-LONGEST_SHOWN // 2 :]}"


def around(text: str, at: int) -> str:
    """Return the piece of a contributed value around a place of it, where the whole is long."""
    start = max(0, min(at - LONGEST_SHOWN // 2, len(text) - LONGEST_SHOWN))
    end = start + LONGEST_SHOWN
    return f"{'…' if start else ''}{text[start:end]}{'…' if end < len(text) else ''}"


def named_letter(letter: str) -> str:
    """Return what to call one letter: itself in quotes, a space by its name, what cannot be seen by its number."""
    if letter == " ":
        return "a space"
    return f"“{letter}”" if letter.isprintable() and not letter.isspace() else f"the sign U+{ord(letter):04X}"


def nearest(value: str, allowed: Collection[str]) -> str:
    """Return ``did you mean 'x'? `` for the closest allowed value, or nothing when none is close."""
    close = closest(value, allowed)
    return f"did you mean {close!r}? " if close else ""


def closest(value: str, allowed: Collection[str], alike: float = 0.6) -> str | None:
    """Return the allowed value that ``value`` is most likely a slip of; None where none is, or too many are allowed.

    ``alike`` is how much the two have in common at the least, from 0 to 1.
    """
    if len(value) > LONGEST_SHOWN or len(allowed) > MOST_COMPARED:
        return None
    by_fold = {each.casefold(): each for each in allowed}
    found = get_close_matches(value.strip().casefold(), by_fold, n=1, cutoff=alike)
    return by_fold[found[0]] if found else None


def format_text(problem: Problem) -> str:
    """Return ``path:line: CODE what`` with an indented line that says how to mend it.

    What cannot be printed is shown as an escape, so that a file's name or words cannot steer a terminal.
    """
    what, mend = printable(problem.what), printable(problem.mend)
    return f"{printable(problem.path)}:{problem.line}: {problem.code} {what}\n    {mend}"


def printable(text: str) -> str:
    """Return text with an escape for all that cannot be printed, line ends included."""
    return "".join(letter if letter.isprintable() else repr(letter)[1:-1] for letter in text)


def format_github(problem: Problem) -> str:
    """Return the workflow command that puts the problem on its line of a pull request.

    Escapes as GitHub's ``@actions/core`` does, so that contributed words cannot end the command.
    """

    def data(text: str) -> str:
        return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")

    def value(text: str) -> str:
        return data(text).replace(":", "%3A").replace(",", "%2C")

    return (
        f"::error file={value(problem.path)},line={problem.line},title={value(problem.code)}"
        f"::{data(problem.what)}%0A{data(problem.mend)}"
    )


def format_json(problem: Problem) -> str:
    """Return the problem as one line of JSON."""
    return json.dumps(asdict(problem), ensure_ascii=False)


def quoted(text: str) -> str:
    """Return the words in quotes, cut where they are long."""
    return f"“{text[:LONGEST_SHOWN]}…”" if len(text) > LONGEST_SHOWN else f"“{text}”"
