"""Hand what was collected to a job that may write on GitHub: a folder for each report, and notices, as files only."""

from __future__ import annotations

from pathlib import Path

import click

from build_scripts.commands.collecting import Made
from build_scripts.facts.redirects import REDIRECTS, gone
from build_scripts.model.github_words import quoted
from build_scripts.pipeline.run import Run
from build_scripts.review.changes import passage_words
from build_scripts.review.collected import Collected, Outcome, layout_notice, unread_notice
from build_scripts.review.cqc_list import LAYOUT_MARKER, REPORTS_MARKER
from build_scripts.review.explain import explain_change
from build_scripts.review.successors import propose


class IntoFolder:
    """Puts each new or changed report into ``reports/<report>/`` of a new folder, as ``tools/`` delivers it."""

    grows = False  # each becomes a pull request of its own, beside main as it is

    def __init__(self, into: Path, day: str) -> None:
        """Make the folder; leave with status 2 where it is there already. ``day`` is today's, ISO."""
        if into.exists():
            raise click.UsageError(f"{into} is there already: remove it, or give another folder with --into")
        into.mkdir(parents=True)
        self._into, self._day = into, day
        self._seen: dict[str, str] = {}

    def take(self, made: Made, before: Run) -> Made:
        """Write a report's files and what they do; lines for redirects stand in the description, for a person."""
        if made.seen:
            self._seen[made.outcome.address] = made.seen
        files = {path: data for path, data in made.files.items() if path != REDIRECTS}
        if files and made.after:
            folder = self._into / "reports" / made.outcome.report
            for path, data in files.items():
                (folder / "files" / path).parent.mkdir(parents=True, exist_ok=True)
                (folder / "files" / path).write_bytes(data)
            (folder / "description.md").write_text(self._description(made.outcome, before, made.after), "utf-8")
        return made

    def _description(self, outcome: Outcome, before: Run, after: Run) -> str:
        """Return what a report does to the collection, with what a person should compare, as Markdown."""
        words, now = passage_words(before.collection), passage_words(after.collection)
        proposals = propose(gone(words, now, before.redirects), words, now)
        problems = [each for each in after.problems if each.path != REDIRECTS]
        parts = [explain_change(before.collection, after.collection, problems, proposals, day=self._day).rstrip()]
        if outcome.problems:
            rows = "\n".join(f"- {quoted(f'{each.path}: {each.code} {each.what}', 500)}" for each in outcome.problems)
            parts.append(f"### Put aside, and not among the files\n\n{rows}")
        if outcome.notes:
            rows = "\n".join(f"- {quoted(each, 300)}" for each in outcome.notes)
            parts.append(f"### Please compare with CQC’s page\n\n{rows}")
        return "\n\n".join(parts) + "\n"

    def notices(self, collected: Collected) -> None:
        """Write the notices of pages that are not understood and of reports that could not be taken over."""
        if collected.stopped and not collected.outcomes:
            return  # nothing is concluded: the notices stay as they are
        made = {
            "notice-layout": (LAYOUT_MARKER, layout_notice(collected.outcomes, self._seen, LAYOUT_MARKER, self._day)),
            "notice-unread": (REPORTS_MARKER, unread_notice(collected, REPORTS_MARKER, self._day)),
        }
        for name, (marker, (title, body)) in made.items():
            folder = self._into / name
            folder.mkdir()
            (folder / "marker.txt").write_text(f"{marker}\n", "utf-8")
            if body:
                (folder / "title.txt").write_text(f"{title}\n", "utf-8")
                (folder / "issue.md").write_text(body, "utf-8")
