"""Problems, questions and notes of ``add`` in words of the form: whoever filled it in knows no options and no files."""

from __future__ import annotations

import re

from build_scripts.contribute.issue_form import AUTHORITY, CHANGE, NINE, PUBLISHED, REPLACE, SOURCE, STATEMENT
from build_scripts.contribute.wanted import Question
from build_scripts.model.problems import Problem, printable

THE_TEXT = "the text"
"""What the pasted text is called as a source."""

_FIELDS = {
    "--authority": AUTHORITY,
    "--statement": STATEMENT,
    "--published": PUBLISHED,
    "--source": SOURCE,
    "--score": NINE,
    "--replace": CHANGE,
}
"""Option of ``evidence add`` to the label of the form's field that fills it."""

_OPTION = re.compile("|".join(_FIELDS))
_COMMENT = "say so in a comment under this issue"
_PASTE = "paste the words of CQC’s page, as a browser shows them"
_COMPARE = "compare both with CQC’s page and correct the wrong one"
_IF_COLLECTION = f"; if that is the collection, {_COMMENT}"

_MENDS = {
    "EV101": "copy the text again from CQC’s page",
    "EV102": _PASTE,
    "EV304": "paste the text that belongs here, or choose the authority and the statement that it belongs to",
    "EV403": _COMPARE,
    "EV502": "paste one statement’s page only; send another with a form of its own",
    "EV505": f"let the text begin with the statement’s name as CQC’s page has it, and let “{STATEMENT}” say the same",
    "EV506": f"choose the authority that the text is about under “{AUTHORITY}”, or paste the right text",
    "EV511": f"copy the text to its end; if CQC’s own page ends so, {_COMMENT}",
    "EV703": "paste one statement’s page only",
    "EV710": f"compare the two; where CQC has changed its text, choose “{REPLACE}” under “{CHANGE}”",
    "EV711": _COMPARE,
    **dict.fromkeys(("EV702", "EV704", "EV705"), _PASTE),
}
"""What to do about a problem, where its own advice is for people who have files."""

_FACTS = (
    f"one of “{AUTHORITY}”, “{PUBLISHED}”, “{SOURCE}” and “{NINE}” is not this report’s: compare them with CQC’s page"
)

_ALWAYS = frozenset(["EV304", "EV403", "EV506", "EV511", "EV710", "EV711"])

_BEYOND_THE_FORM = re.compile(
    r"--|\b(?:files?|folders?|rename|saved?|redirects?|corrections?)\b|\.(?:yml|txt|csv)\b|data/"
    r"|\bevidence |\bmake ",
    re.IGNORECASE,
)
"""What somebody with a browser and a form cannot do or see."""

_PATHS = (
    (re.compile(r"data/reports/[^/\s]+/[a-z-]+\.txt is another text"), "the collection has another text"),
    (re.compile(r"data/reports/([^/\s]+)/([a-z-]+)\.txt"), r"the collection (\1, \2)"),
    (re.compile(r"(?:data/reports/[^/\s]+/)?report\.yml"), "the collection"),
    (re.compile(r"of data/authorities\.csv"), "that is known here"),
    (re.compile(r"\bthe file\b"), "the form"),
)


def in_words_of_the_form(text: str) -> str:
    """Return a sentence with the form's fields in place of options, and the collection in place of its files."""
    for pattern, words in _PATHS:
        text = pattern.sub(words, text)
    return _OPTION.sub(lambda found: f"“{_FIELDS[found[0]]}”", text)


def told_in_the_form(problem: Problem, line: str = "") -> str:
    """Return a problem as whoever filled in the form is told it; ``line`` are the words that it is about, if any.

    Where the advice is none that can be followed with the form, and none of ours stands in for it, a person is to look.
    """
    mend = problem.mend
    if problem.path.endswith("/report.yml"):
        where, line, mend = "the report", "", _FACTS
    else:
        where = in_words_of_the_form(problem.path) if problem.path in _FIELDS else THE_TEXT
        where += f", line {problem.line}" if problem.line > 1 else ""
        if problem.code in _ALWAYS or _BEYOND_THE_FORM.search(mend):
            mend = _MENDS.get(problem.code, f"correct it in the form; if that cannot be done, {_COMMENT}")
    what = in_words_of_the_form(problem.what)
    mend += _IF_COLLECTION if mend == _COMPARE and "the collection" in what else ""
    rows = [f"{where}: {problem.code} {printable(what)}", f"    {printable(mend)}"]
    return "\n".join([*rows, *([f"    the line: {printable(line)}"] if line else [])])


def asked_in_the_form(question: Question) -> str:
    """Return a question as what is to be filled in, a Markdown sentence."""
    label = _FIELDS[question.option]
    match question.option:
        case "--statement":
            said = "the text does not name its quality statement. Choose it from the form’s list."
        case "--score":
            said = "the text has no line like “Score: 3”. Write the score behind the name of its statement here."
        case _:
            said = f"{in_words_of_the_form(question.what)}. Fill it in."
    return f"**{label}**: {said}"
