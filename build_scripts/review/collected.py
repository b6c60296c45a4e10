"""What came of collecting reports from CQC's site: each told in a line, all of them as a table, JSON and Markdown."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass

from build_scripts.model.github_words import quoted
from build_scripts.model.problems import Problem, printable
from build_scripts.model.wording import counted

STATES = {
    "new": "new",
    "more": "added to",
    "same": "nothing new",
    "replaced": "text replaced",
    "differs": "differs from the text here",
    "aside": "put aside",
    "gone": "gone from CQC's site",
}
"""What may have come of a report, and how that is called. Where several are so, the last of these counts."""

NOT_WELL = ("differs", "aside", "gone")
"""What somebody must look at."""

LAYOUT_CODES = frozenset(["EV707"])
"""What is said of a page whose layout is not understood."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one report."""

    address: str
    """Of the report, on CQC's site."""
    state: str
    """One of ``STATES``."""
    report: str = ""
    """Id of the report, empty where that was not understood."""
    written: tuple[str, ...] = ()
    """Paths of what was written, or would be."""
    problems: tuple[Problem, ...] = ()
    """Why something was put aside."""
    difference: str = ""
    """What another text of CQC's would change here, as Markdown; empty where none was found."""
    redirects: str = ""
    """Rows proposed for ``data/redirects.csv``, where a text differs."""
    notes: tuple[str, ...] = ()
    """What a person should compare with CQC's page, a sentence each."""

    @property
    def name(self) -> str:
        """The report's id, or else the last part of its address."""
        return self.report or self.address.rstrip("/").rpartition("/")[2]

    @property
    def texts(self) -> tuple[str, ...]:
        """Statements whose texts were written."""
        return tuple(path.rpartition("/")[2][:-4] for path in self.written if path.endswith(".txt"))


@dataclass(frozen=True, slots=True)
class Collected:
    """What came of a run."""

    list: str
    """Address of the list that was read."""
    outcomes: tuple[Outcome, ...] = ()
    listed: int = 0
    """Reports on the list."""
    left: int = 0
    """Reports that were chosen and not come to."""
    stopped: str = ""
    """Why the run did not come to its end; empty where it did."""
    asked: int = 0
    """Requests that were sent."""
    from_cache: int = 0
    """Pages that were read from what is kept."""
    kept: tuple[int, int] = (0, 0)
    """Files of the cache, and their bytes."""
    dry: bool = False

    @property
    def not_well(self) -> tuple[Outcome, ...]:
        """The outcomes that somebody must look at."""
        return tuple(each for each in self.outcomes if each.state in NOT_WELL)


def told(outcome: Outcome) -> str:
    """Return one line on a report."""
    parts = [STATES[outcome.state]]
    if outcome.texts:
        parts.append(counted(len(outcome.texts), "text"))
    if outcome.problems:
        first = outcome.problems[0]
        more = f" (and {counted(len(outcome.problems) - 1, 'problem')} more)" if len(outcome.problems) > 1 else ""
        where = first.path.rpartition("/")[2]
        said = f"{where}: {first.code} {first.what}{more}"
        parts.append(said if outcome.state in NOT_WELL and not outcome.texts else f"put aside {said}")
    return printable(f"{outcome.name}: {', '.join(parts)}")


def table(collected: Collected) -> Iterator[str]:
    """Yield the lines of the table that ends a run."""
    counts = Counter(each.state for each in collected.outcomes)
    texts = sum(len(each.texts) for each in collected.outcomes)
    yield f"{counted(len(collected.outcomes), 'report')} of {collected.listed} on the list:"
    for state, words in STATES.items():
        if counts[state]:
            yield f"  {counts[state]:>5} {words}"
    yield f"  {texts:>5} {'text' if texts == 1 else 'texts'} {'to write' if collected.dry else 'written'}"
    if collected.left:
        yield f"  {collected.left:>5} not come to"
    files, size = collected.kept
    yield (
        f"Asked for {counted(collected.asked, 'page')}, read {collected.from_cache:,} from what is kept: "
        f"{counted(files, 'file')}, {size / 1e6:.1f} MB"
    )
    if collected.stopped:
        on = ". The next run goes on from here" if collected.left else ""
        yield printable(f"Stopped: {collected.stopped}{on}")


def as_json(collected: Collected) -> str:
    """Return all that came of a run as JSON."""
    value = asdict(collected)
    value["kept"] = dict(zip(("files", "bytes"), collected.kept, strict=True))
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"


def as_markdown(collected: Collected, day: str) -> str:
    """Return the same as Markdown for GitHub: the table, and then everything that somebody must look at."""
    parts = [f"## Collected on {day}", "```text\n" + "\n".join(table(collected)) + "\n```"]
    for outcome in collected.not_well:
        parts.append(
            f"### {quoted(outcome.name)}: {STATES[outcome.state]}\n\nCQC’s page: {quoted(outcome.address, 300)}"
        )
        parts += [
            f"- {quoted(f'{each.code} {each.what}', 400)}\n  {quoted(each.mend, 400)}" for each in outcome.problems
        ]
        if outcome.difference:
            parts.append(outcome.difference)
    return "\n\n".join(parts) + "\n"


def is_layout(outcome: Outcome) -> bool:
    """Return whether nothing of a report's pages was understood, as where CQC has changed their layout."""
    return outcome.state == "aside" and any(each.code in LAYOUT_CODES for each in outcome.problems)


def layout_notice(outcomes: Sequence[Outcome], seen: Mapping[str, str], marker: str, day: str) -> tuple[str, str]:
    """Return title and body of the notice of pages whose layout is not understood; both empty where there is none.

    ``seen`` is address to the first words of such a page.
    """
    found = [each for each in outcomes if is_layout(each)]
    if not found:
        return "", ""
    title = f"{counted(len(found), 'report')} of CQC’s not understood: its layout may have changed"
    rows = []
    for each in found:
        rows.append(f"- {quoted(each.address, 300)}")
        rows += [f"  - {quoted(problem.path, 300)}: {quoted(problem.what, 400)}" for problem in each.problems]
        rows += [f"  - seen: {quoted(words, 400)}" for address, words in seen.items() if address == each.address]
    expected = (
        "Expected: the page of a report with links that are named after the nine quality statements, and on each page "
        "of a statement a line “Score: 3” and a line “Key findings for this quality statement”."
    )
    return title, "\n\n".join([f"{marker}\nCollected on {day}.", expected, "\n".join(rows)]) + "\n"


def unread_notice(collected: Collected, marker: str, day: str) -> tuple[str, str]:
    """Return title and body of the notice of reports that a person must see to; both empty where there is none."""
    found = [each for each in collected.not_well if not each.written]
    if not found and not collected.left:
        return "", ""
    title = f"{counted(len(found) + collected.left, 'report')} of CQC’s could not be taken over"
    parts = [f"{marker}\nCollected on {day}: {collected.listed} reports are on CQC’s list."]
    if found:
        rows = []
        for each in found:
            why = f"{each.problems[0].code} {each.problems[0].what}" if each.problems else STATES[each.state]
            rows.append(f"- {quoted(each.name)} {quoted(each.address, 300)}: {quoted(why, 400)}")
        parts.append("\n".join(rows))
        parts.append("Add them as docs/contribute/ says: what is doubtful needs a person’s look at CQC’s page.")
    if collected.left:
        parts.append(f"{counted(collected.left, 'report')} more were not come to; the next runs look at them.")
    return title, "\n\n".join(parts) + "\n"
