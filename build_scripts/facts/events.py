"""What ``report.yml`` says that CQC did to a report after publishing it, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator

from build_scripts.facts.yaml_text import Document
from build_scripts.model.evidence import Event, Figures
from build_scripts.model.problems import Problem, nearest, shown
from build_scripts.model.vocabulary import SCORES, Framework


def make_events(document: Document, now: Figures) -> tuple[Event, ...]:
    """Return the events of a ``report.yml`` that satisfies its schema, in order; ``now`` are its figures as they stand.

    A regrade names only the scores that were other ones before, so what stood before each is told from the last back.
    """
    events: list[Event] = []
    for item in reversed(document.value.get("events", ())):
        facts = {key: item[key] for key in ("what", "date", "why", "source")}
        if "before" not in item:
            events.append(Event(**facts))
            continue
        was = item["before"]
        # A statement that there is not is told of, and is no score of the report.
        scores = {id: was["scores"].get(id, score) for id, score in now.scores.items()}
        before = Figures(was["rating"], was["percentage"], scores)
        events.append(Event(**facts, before=before, after=now))
        now = before
    return tuple(reversed(events))


def check_events(document: Document, framework: Framework) -> Iterator[Problem]:
    """Yield events that cannot have been so: EV204, EV205, EV302, EV307, EV309, EV402 and EV406."""
    published, last = document.value["published"], ""
    for number, item in enumerate(document.value.get("events", ())):
        yield from _check_date(document, number, published, "published")
        if number:
            yield from _check_date(document, number, document.value["events"][number - 1]["date"], "the event before")
        yield from _check_order(document, number, item["what"], last)
        yield from _check_before(document, number, framework)
        last = item["what"]


def _check_date(document: Document, number: int, earlier: str, of: str) -> Iterator[Problem]:
    date = document.value["events"][number]["date"]
    # Of two days only one may be known to the month.
    known = min(len(date), len(earlier))
    if date[:known] < earlier[:known]:
        what = f"date is {date!r}, which is before that of {of}, {earlier!r}"
        mend = "correct the one that is wrong; events stand in the order in which they happened"
        yield Problem(document.path, document.line("events", number, "date"), "EV307", what, mend)


def _check_order(document: Document, number: int, what: str, last: str) -> Iterator[Problem]:
    line = document.line("events", number, "what")
    if what == "restored" and last != "withdrawn":
        mend = "write the withdrawal above it, or take this event out"
        yield Problem(document.path, line, "EV309", "a report is restored that was not withdrawn before", mend)
    if what == "withdrawn" and last == "withdrawn":
        mend = "write what happened in between, or take one of the two out"
        yield Problem(document.path, line, "EV309", "a report is withdrawn that is withdrawn already", mend)


def _check_before(document: Document, number: int, framework: Framework) -> Iterator[Problem]:
    item = document.value["events"][number]
    is_regrade = item["what"] == "regraded"
    if is_regrade != ("before" in item):
        if is_regrade:
            mend = "add a line “before:”, under it rating, percentage and each score that was another"
            yield Problem(document.path, document.line("events", number), "EV205", "key 'before' is missing", mend)
        else:
            mend = f"take it out: a report that is {item['what']} keeps its figures"
            line = document.line("events", number, "before")
            yield Problem(document.path, line, "EV204", "key 'before' belongs to a regrade only", mend)
        return
    if not is_regrade:
        return
    ids = [statement.id for statement in framework.statements]
    scores = item["before"]["scores"]
    if not scores:
        line = document.line("events", number, "before", "scores")
        what, mend = "a regrade changes no score", "name each score that was another before"
        yield Problem(document.path, line, "EV406", what, mend)
    for id, score in scores.items():
        line = document.line("events", number, "before", "scores", id)
        if id not in ids:
            mend = f"{nearest(id, ids)}the statements are {', '.join(ids)}"
            yield Problem(document.path, line, "EV302", f"unknown statement {shown(id)} in scores", mend)
        elif score not in SCORES:
            what = f"score of {id!r} must be {SCORES[0]} to {SCORES[-1]} (got {score!r})"
            yield Problem(document.path, line, "EV402", what, "write the score that CQC's page showed")
        elif score == _after(document, number, id):
            what = f"the score of {id!r} was {score} before the regrade, and is {score} after it"
            mend = "name only scores that were other ones before, and compare the scores above"
            yield Problem(document.path, line, "EV406", what, mend)


def _after(document: Document, number: int, statement: str) -> object:
    """Return a statement's score after an event: what the next regrade says that it was, or what it is now."""
    for item in document.value["events"][number + 1 :]:
        if statement in item.get("before", {}).get("scores", {}):
            return item["before"]["scores"][statement]
    return document.value["scores"].get(statement)
