"""One run over CQC's list: which reports, in which order, for how long; each is read, made, and handed to its place."""

from __future__ import annotations

import math
import time
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from build_scripts.commands.answering import CqcSite
from build_scripts.commands.collecting import Made, make_report, read_report
from build_scripts.commands.progress import progress
from build_scripts.commands.whole_list import whole_list
from build_scripts.contribute.importers import UnreadableError
from build_scripts.contribute.importers.asking import StopAskingError
from build_scripts.model.evidence import Authority
from build_scripts.model.problems import Problem
from build_scripts.model.vocabulary import Vocabulary
from build_scripts.pipeline.run import Run
from build_scripts.review.collected import Collected, Outcome, told
from build_scripts.review.cqc_list import (
    ImpossibleListError,
    Listed,
    is_of_authority,
    known_report,
    missing_reports,
    new_reports,
)

PLACES_A_WEEK = 77
"""By how many reports a run of limited time begins further down the list than one a week before: half of England's, so
that each is looked at every other week."""


@dataclass(frozen=True, slots=True)
class Options:
    """What was asked for, as it was understood."""

    slugs: frozenset[str]
    """Authorities to look at; all where it is empty."""
    new: bool
    here: bool
    limit: int
    minutes: int
    """After which no further report is begun; 0 where the time is not limited."""
    week: int
    """Number of the week."""
    dry: bool
    replacing: bool


class Place(Protocol):
    """Where what was made of reports goes."""

    grows: bool
    """Whether each report is set beside those taken before it."""

    def take(self, made: Made, before: Run) -> Made:
        """Take what was made of a report, and return what came of it in the end."""


class Collecting:
    """One run over the list."""

    def __init__(self, place: Place, options: Options, site: CqcSite, before: Run, start: str) -> None:
        """Get ready; ``start`` is the list by CQC's address."""
        self.place, self.options, self.site, self.run, self.start = place, options, site, before, start
        self.vocabulary: Vocabulary = before.collection.vocabulary

    def all(self) -> Collected:
        """Read the list, then report after report; return what came of them."""
        collected = Collected(self.start, dry=self.options.dry)
        try:
            listed = whole_list(self.start, lambda page: self.site.page(page).document.links)
            new = {each.address for each in new_reports(listed, self.run.reports, self._authorities, self.start)}
        except (UnreadableError, StopAskingError) as error:
            what = error.what if isinstance(error, UnreadableError) else str(error)
            return replace(collected, stopped=f"the list cannot be read: {what}")
        except ImpossibleListError as error:
            return replace(collected, stopped=f"{self.start}: {error}")
        except KeyboardInterrupt:
            return replace(collected, stopped="it was interrupted")
        chosen = self._chosen(listed, new)
        end = time.monotonic() + 60 * self.options.minutes if self.options.minutes else math.inf
        gone = tuple(self._gone(listed))
        outcomes: list[Outcome] = []
        stopped = ""
        with progress() as seen:
            seen.begin("Collecting reports", len(chosen))
            for outcome in gone:
                seen.say(told(outcome))
            try:
                for each in chosen:
                    if time.monotonic() > end:
                        break
                    outcomes.append(self._one(each))
                    seen.step()
                    seen.say(told(outcomes[-1]))
            except StopAskingError as error:
                stopped = str(error)
            except KeyboardInterrupt:
                stopped = "it was interrupted"
        left = len(chosen) - len(outcomes)
        return replace(collected, outcomes=(*gone, *outcomes), listed=len(listed), left=left, stopped=stopped)

    @property
    def _authorities(self) -> tuple[Authority, ...]:
        return self.vocabulary.authorities

    def _chosen(self, listed: Sequence[Listed], new: Collection[str]) -> list[Listed]:
        """Return the reports that were asked for, in the list's order.

        Where the time is limited the new ones come first, and of those here each week others.
        """
        options, authorities = self.options, self._authorities
        chosen = []
        for each in listed:
            wanted = options.new if each.address in new else options.here
            if wanted and options.slugs:
                known = known_report(each, self.run.reports, authorities)
                wanted = bool(known and known.authority in options.slugs)
                wanted = wanted or is_of_authority(each, options.slugs, authorities)
            if wanted:
                chosen.append(each)
        if options.minutes:
            first = [each for each in chosen if each.address in new]
            here = [each for each in chosen if each.address not in new]
            turn = options.week * PLACES_A_WEEK % len(here) if here else 0
            chosen = [*first, *here[turn:], *here[:turn]]
        return chosen[: options.limit or None]

    def _gone(self, listed: Sequence[Listed]) -> Iterator[Outcome]:
        """Yield the reports here that the list does not name any more, where the whole of it is looked at."""
        if self.options.here and not self.options.slugs and not self.options.limit:
            for report in missing_reports(listed, self.run.collection.reports, self.start):
                what = "CQC's list does not name this report any more"
                mend = "look at CQC's page: if the report was withdrawn, report.yml can say so"
                yield Outcome(
                    report.source, "gone", report.id, problems=(Problem(report.path, 1, "EV713", what, mend),)
                )

    def _one(self, listed: Listed) -> Outcome:
        """Read one report, and hand what was made of it to its place."""
        known = known_report(listed, self.run.reports, self._authorities)
        reading = read_report(self.site, listed.address, self.vocabulary)
        made = make_report(reading, self.run, known, replacing=self.options.replacing)
        made = self.place.take(made, self.run)
        if self.place.grows:
            self.run = made.after or self.run
        return made.outcome
