"""Read an issue that was written with the form “Add a section of a report”, and say what is wrong with it.

Everything in it is data: it becomes values that are compared with our own lists, or words that are handed on as words.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from build_scripts.contribute.source_address import CQC, as_kept, wrong_with_cqc_address
from build_scripts.contribute.written_dates import read_date
from build_scripts.model.authority_names import authorities_named
from build_scripts.model.github_words import quoted
from build_scripts.model.problems import LONGEST_SHOWN, both_ends, closest
from build_scripts.model.vocabulary import SCORES, Vocabulary

AUTHORITY, STATEMENT, CHANGE, PUBLISHED = "Authority", "Quality statement", "New or changed", "Published"
SOURCE, NINE, TEXT = "Address of CQC’s page", "Nine scores", "Text of CQC’s page"
LABELS = (AUTHORITY, STATEMENT, CHANGE, PUBLISHED, SOURCE, NINE, TEXT)
"""Labels of the form's fields in their order. The text is the last: whatever it holds belongs to it."""

AS_TEXT_SAYS = "As the text says"
"""The option that leaves it to the text to name its statement."""

NEW, REPLACE = "A new section", "A section that CQC has changed: replace the one that is here"
"""The options of the field that says whether another text of the statement is to be replaced."""

LONGEST_TEXT = 60_000
"""Characters: more than any statement page has, and about all that an issue can hold."""

_NO_ANSWER = "_No response_"
_MOST_ROWS = 50
"""Lines of the nine scores that are read."""
_SCORE = re.compile(r"(?P<name>[^:=]{1,80})[:=]\s*(?P<score>.*)\Z")


@dataclass(frozen=True, slots=True)
class Submission:
    """A text that somebody wants to add, with values that are known to be sound."""

    authority: str
    """Slug."""
    statement: str
    """Id, empty when the text is to say it."""
    published: str
    """ISO day or month."""
    source: str
    scores: Mapping[str, int]
    """Statement id to score, empty when none were given."""
    replace: bool
    """Whether the text takes the place of another one of the statement."""
    text: str

    @property
    def report(self) -> str:
        """Id of the report."""
        return f"{self.authority}-{self.published[:7]}"


def read_fields(body: str) -> dict[str, str]:
    """Return what stands under each label of the form, empty where nothing was filled in.

    A label counts only below the one before it, so that a pasted text cannot bring fields of its own.
    """
    lines = body.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    starts: dict[str, int] = {}
    after = 0
    for label in LABELS:
        at = next((number for number in range(after, len(lines)) if lines[number].strip() == f"### {label}"), None)
        if at is not None:
            starts[label] = at
            after = at + 1
    ends = [*list(starts.values())[1:], len(lines)]
    return {label: _value(lines[at + 1 : end]) for (label, at), end in zip(starts.items(), ends, strict=False)}


def _value(lines: list[str]) -> str:
    filled = [at for at, line in enumerate(lines) if line.strip()]
    lines = lines[filled[0] : filled[-1] + 1] if filled else []
    if len(lines) > 1 and re.fullmatch(r"`{3,}\w*", lines[0]) and lines[-1].strip("`") == "":
        lines = lines[1:-1]
    value = "\n".join(lines)
    return "" if value.strip() == _NO_ANSWER else value


def read_submission(
    fields: Mapping[str, str], vocabulary: Vocabulary, reports: Collection[str]
) -> tuple[Submission | None, tuple[str, ...]]:
    """Return the submission, or None and everything that is to be corrected, as Markdown sentences.

    ``reports`` are the ids of those in the collection: a new one needs all nine scores.
    """
    wrong: list[str] = []

    def say(label: str, what: str) -> None:
        wrong.append(f"**{label}**: {what}")

    names = {authority.name: authority.slug for authority in vocabulary.authorities}
    authority = _one_line(fields, AUTHORITY)
    if authority not in names:
        meant = authorities_named(authority, vocabulary.authorities)
        close = [item.name for item in vocabulary.authorities if item.slug in meant]
        say(AUTHORITY, _unknown(authority, names, "Choose the authority from the form’s list", close))
    statements = {item.name: item.id for item in vocabulary.framework.statements} | {AS_TEXT_SAYS: ""}
    statement = _one_line(fields, STATEMENT) or AS_TEXT_SAYS
    if statement not in statements:
        say(STATEMENT, _unknown(statement, statements, "Choose the statement from the form’s list"))
    change = _one_line(fields, CHANGE) or NEW
    if change not in (NEW, REPLACE):
        say(CHANGE, _unknown(change, (NEW, REPLACE), "Choose one of the two from the form’s list"))
    published = read_date(_one_line(fields, PUBLISHED))
    if not published:
        given = _shown(_one_line(fields, PUBLISHED))
        say(PUBLISHED, f"a day like 2025-02-28, or a month like 2025-02, is needed (found {given}).")
    source = as_kept(_one_line(fields, SOURCE))
    what, where = wrong_with_cqc_address(source)
    if what:
        say(SOURCE, f"{what.replace(CQC, f'`{CQC}`')} (found {quoted(where, len(where))}).")
    scores, unread = _scores(fields.get(NINE, ""), vocabulary)
    for each in unread:
        say(NINE, each)
    is_new = authority in names and bool(published) and f"{names[authority]}-{published[:7]}" not in reports
    missing = [item.name for item in vocabulary.framework.statements if item.id not in scores]
    if is_new and missing and not unread:
        what = "this report is not in the collection yet, so all nine are needed. Missing: " + ", ".join(missing)
        say(NINE, f"{what}. If it is, the authority or the date of publication is another than you filled in.")
    text = fields.get(TEXT, "")
    if not text.strip():
        say(TEXT, "paste the whole text of CQC’s page here.")
    elif len(text) > LONGEST_TEXT:
        say(TEXT, f"it has {len(text):,} characters; at most {LONGEST_TEXT:,} are read. Paste one statement’s page.")
    if wrong:
        return None, tuple(wrong)
    return Submission(names[authority], statements[statement], published, source, scores, change == REPLACE, text), ()


def _one_line(fields: Mapping[str, str], label: str) -> str:
    return " ".join(fields.get(label, "").split())


def _unknown(given: str, allowed: Collection[str], advice: str, named: Sequence[str] = ()) -> str:
    """Return what to say of a value that is none of a list's; ``named`` are those of them that it is known to mean."""
    close = " or ".join(named) or closest(given, allowed)
    meant = f" Did you mean {close}?" if close else ""
    return f"{_shown(given)} is not one of those known here.{meant} {advice}."


def _shown(given: str) -> str:
    """Return what was filled in as code, with both its ends: what is wrong may stand at either."""
    return quoted(both_ends(given), 2 * LONGEST_SHOWN)


def _scores(given: str, vocabulary: Vocabulary) -> tuple[dict[str, int], list[str]]:
    ids = {item.name.casefold(): item.id for item in vocabulary.framework.statements}
    scores: dict[str, int] = {}
    wrong: list[str] = []
    rows = [line for line in given.splitlines() if line.strip()]
    if len(rows) > _MOST_ROWS:
        wrong.append(f"there are {len(rows)} lines; one for each of the nine quality statements is needed.")
    for line in rows[:_MOST_ROWS]:
        found = _SCORE.match(line.strip())
        value = found["score"].strip() if found else ""
        if found and not value:
            continue
        id = ids.get(found["name"].strip().casefold()) if found else None
        if id is None:
            wrong.append(f"{_shown(line)} does not begin with the name of a quality statement and a colon.")
        elif value not in map(str, SCORES):
            wrong.append(f"{_shown(line)} needs a score from 1 to 4 after its colon.")
        elif id in scores:
            wrong.append(f"{_shown(line)} gives a second score.")
        else:
            scores[id] = int(value)
    return scores, wrong
