"""The whole evidence base, arranged for those who show it: passages by theme, voice, authority and statement."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from build_scripts.model.accuracy import Accuracy
from build_scripts.model.evidence import Authority, Evidence, Redirect, Report, Tag, TaggedPassage
from build_scripts.model.vocabulary import Statement, Vocabulary


@dataclass(frozen=True, slots=True)
class Finding:
    """A passage where it stands: in which report's text, and as which of how many."""

    evidence: Evidence
    tagged: TaggedPassage
    number: int
    """Place among the passages of its statement page, from 1."""
    authority: Authority
    score: int

    @property
    def id(self) -> str:
        """``<report>/<statement>/p-<8 hex>``: the passage's global id."""
        return f"{self.evidence.report.id}/{self.evidence.statement}/{self.tagged.passage.id}"

    @property
    def heading(self) -> str:
        """The sub-heading it stands under, empty when there is none."""
        index = self.tagged.passage.heading
        return "" if index is None else self.evidence.page.headings[index].text

    def tag(self, id: str) -> Tag | None:
        """Return the theme or voice with this id that the passage has, None when it has not."""
        return next((tag for tag in (*self.tagged.themes, *self.tagged.voices) if tag.id == id), None)


@dataclass(frozen=True)
class Collection:
    """Everything that pages show. Orders are those of the vocabulary; findings by score, authority, place.

    What CQC has withdrawn keeps its pages and addresses and counts nowhere: it is in ``all_reports``, ``all_evidence``,
    ``texts`` and ``by_text``, which lead to it, and in nothing else.
    """

    vocabulary: Vocabulary
    all_reports: tuple[Report, ...]
    all_evidence: tuple[Evidence, ...]
    accuracy: Accuracy | None = None
    """None when no passage was labelled by hand."""
    redirects: tuple[Redirect, ...] = ()

    @cached_property
    def reports(self) -> tuple[Report, ...]:
        """The reports that stand."""
        return tuple(report for report in self.all_reports if not report.withdrawn)

    @cached_property
    def evidence(self) -> tuple[Evidence, ...]:
        """The texts of the reports that stand."""
        return tuple(item for item in self.all_evidence if not item.report.withdrawn)

    @cached_property
    def authorities(self) -> Mapping[str, Authority]:
        """Slug to authority."""
        return {authority.slug: authority for authority in self.vocabulary.authorities}

    @cached_property
    def statements(self) -> Mapping[str, Statement]:
        """Id to quality statement, in CQC's order."""
        return {statement.id: statement for statement in self.vocabulary.framework.statements}

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """Every passage of what stands: highest score first, then by authority, statement, newest report, place."""
        return self._findings(self.evidence)

    def _findings(self, evidence: Iterable[Evidence]) -> tuple[Finding, ...]:
        order = {id: statement.number for id, statement in self.statements.items()}
        found = [
            Finding(
                item,
                tagged,
                number,
                self.authorities[item.report.authority],
                item.report.scores[item.statement],
            )
            for item in evidence
            for number, tagged in enumerate(item.passages, 1)
        ]

        def place(each: Finding) -> tuple[int, str, int, int, int]:
            newest_first = -int(each.evidence.report.published[:7].replace("-", ""))
            return -each.score, each.authority.name, order[each.evidence.statement], newest_first, each.number

        return tuple(sorted(found, key=place))

    @cached_property
    def by_tag(self) -> Mapping[str, tuple[Finding, ...]]:
        """Theme or voice id to its passages, in the order of ``findings``."""
        found: dict[str, list[Finding]] = defaultdict(list)
        for finding in self.findings:
            for tag in (*finding.tagged.themes, *finding.tagged.voices):
                found[tag.id].append(finding)
        return {id: tuple(items) for id, items in found.items()}

    @cached_property
    def by_text(self) -> Mapping[tuple[str, str], tuple[Finding, ...]]:
        """(report id, statement id) to the passages of that text, in their order there."""
        found: dict[tuple[str, str], list[Finding]] = defaultdict(list)
        for finding in sorted(self._findings(self.all_evidence), key=lambda each: each.number):
            found[finding.evidence.report.id, finding.evidence.statement].append(finding)
        return {text: tuple(items) for text, items in found.items()}

    @cached_property
    def reports_of(self) -> Mapping[str, tuple[Report, ...]]:
        """Authority's slug to its reports that stand, newest first."""
        return _by_authority(self.reports)

    @cached_property
    def withdrawn_of(self) -> Mapping[str, tuple[Report, ...]]:
        """Authority's slug to its reports that CQC has withdrawn, newest first."""
        return _by_authority(report for report in self.all_reports if report.withdrawn)

    @cached_property
    def current(self) -> Mapping[str, Report]:
        """Authority's slug to its newest report that stands, for each that has one, in the order of the authorities."""
        return {slug: self.reports_of[slug][0] for slug in self.authorities if slug in self.reports_of}

    @cached_property
    def texts(self) -> Mapping[tuple[str, str], Evidence]:
        """(report id, statement id) to the text in the collection."""
        return {(item.report.id, item.statement): item for item in self.all_evidence}

    @cached_property
    def versions(self) -> tuple[str, ...]:
        """Ids of the versions of the framework that newest reports are of, that of most first."""
        return tuple(id for id, _ in Counter(report.framework for report in self.current.values()).most_common())

    @cached_property
    def _together(self) -> Mapping[str, Counter[str]]:
        """Theme id to how many passages each other theme shares with it."""
        found: dict[str, Counter[str]] = defaultdict(Counter)
        for finding in self.findings:
            ids = [tag.id for tag in finding.tagged.themes]
            for id in ids:
                found[id].update(other for other in ids if other != id)
        return found

    def shared(self, theme: str, most: int = 10) -> Sequence[tuple[str, int]]:
        """Return the themes that most often stand in one passage with this one, with the numbers of passages."""
        order = [entry.id for entry in self.vocabulary.themes]
        counts = self._together.get(theme, Counter())
        return sorted(counts.items(), key=lambda item: (-item[1], order.index(item[0])))[:most]


def _by_authority(reports: Iterable[Report]) -> Mapping[str, tuple[Report, ...]]:
    """Return slug to reports, newest first."""
    found: dict[str, list[Report]] = defaultdict(list)
    for report in sorted(reports, key=lambda report: report.published, reverse=True):
        found[report.authority].append(report)
    return {slug: tuple(items) for slug, items in found.items()}


def tag_counts(evidence: Iterable[Evidence]) -> Counter[str]:
    """Return how many passages carry each theme and voice."""
    return Counter(
        tag.id for item in evidence for passage in item.passages for tag in (*passage.themes, *passage.voices)
    )


def follow(redirects: Sequence[Redirect]) -> Mapping[str, str]:
    """Return for every retired id the one that has its words now, empty when none has; there are no circles."""
    rows = {each.retired: each.successor for each in redirects}
    ends: dict[str, str] = {}
    for retired in rows:
        chain = []
        at = retired
        while at in rows and at not in ends:
            chain.append(at)
            at = rows[at]
        ends |= dict.fromkeys(chain, ends.get(at, at))
    return ends
