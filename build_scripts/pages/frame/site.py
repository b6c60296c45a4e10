"""What every page is made with: the collection, the templates, and the filters that templates use."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, partial
from typing import Any

from markupsafe import Markup

from build_scripts.model.collection import Collection, Finding, follow
from build_scripts.model.evidence import Match, Passage, Redirect, Report, Tag, TaggedPassage
from build_scripts.model.standing import colours
from build_scripts.model.wording import counted, long_date, share
from build_scripts.pages.frame.addresses import linker, markdown_linker, page_file
from build_scripts.pages.frame.github_links import form_link, problem_link, report_link, text_link
from build_scripts.pages.frame.markdown import escape, escape_address, make_environment, page_text

Page = tuple[str, bytes]
"""Path below ``docs/`` and the page's bytes."""


def lower_first(text: str) -> str:
    """Return ``text`` to go on inside a sentence: first letter small, unless it opens a word in capitals."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def short_name(statement: str) -> str:
    """Return a statement's id as a name for a narrow column: ``Care provision``."""
    return statement.replace("-", " ").capitalize()


def marked_lines(passage: Passage, matches: Sequence[Match]) -> tuple[Markup, ...]:
    """Return the paragraph, or the items of the list, with ``<mark>`` around the matches."""
    spans = list(_merged(matches))
    lines = []
    start = 0
    for item in passage.items:
        end = start + len(item)
        within = [(max(first, start) - start, min(last, end) - start) for first, last in spans]
        lines.append(_marked(item, [(first, last) for first, last in within if first < last]))
        start = end + 1
    return tuple(lines)


def _marked(text: str, spans: Iterable[tuple[int, int]]) -> Markup:
    """Return the text with ``<mark>`` around the spans, which are in order and apart."""
    parts: list[Markup] = []
    done = 0
    for start, end in spans:
        parts += [escape(text[done:start]), Markup("<mark>"), escape(text[start:end]), Markup("</mark>")]
        done = end
    return Markup("").join([*parts, escape(text[done:])])


def _merged(matches: Iterable[Match]) -> Iterator[tuple[int, int]]:
    """Yield the spans of the matches in order, overlapping ones as one."""
    span: tuple[int, int] | None = None
    for match in sorted(matches, key=lambda each: each.start):
        if span and match.start <= span[1]:
            span = (span[0], max(span[1], match.end))
        else:
            if span:
                yield span
            span = (match.start, match.end)
    if span:
        yield span


class Site:
    """The collection and everything that turns a part of it into a page."""

    def __init__(self, collection: Collection, repository: str = "") -> None:
        """Make ready to show ``collection``; ``repository`` is the project's address on GitHub, empty if not known."""
        self.collection = collection
        self.repository = repository
        self.environment = make_environment()
        framework = collection.vocabulary.framework
        self.environment.globals |= {
            "labels": framework.score_labels,
            "short_labels": framework.short_labels,
            "short_name": short_name,
            "rating_colours": colours(framework),
            "themes": self.theme_labels,
            "voices": self.voice_labels,
            "repository": repository,
            "statement_of": collection.statements,
            "problem_link": partial(problem_link, repository),
            "text_link": partial(text_link, repository),
            "form_link": partial(form_link, repository),
            "report_link": lambda authority: report_link(repository, authority, framework.statements),
        }
        self.environment.filters |= {
            "counted": counted,
            "share": share,
            "long_date": long_date,
            "lower_first": lower_first,
            "tag_labels": self.tag_labels,
            "marked": lambda finding, id: marked_lines(finding.tagged.passage, finding.tag(id).matches),
        }

    @cached_property
    def theme_labels(self) -> Mapping[str, str]:
        """Theme id to label."""
        return {theme.id: theme.label for theme in self.collection.vocabulary.themes}

    @cached_property
    def voice_labels(self) -> Mapping[str, str]:
        """Voice id to label."""
        return {voice.id: voice.label for voice in self.collection.vocabulary.voices}

    @cached_property
    def reports_with_text(self) -> Mapping[tuple[str, str], tuple[Report, ...]]:
        """(statement id, place) to the reports that have a text on it, by the authority's name.

        A place is an authority's slug, the name of a region, or nothing for all of England.
        """
        authorities = self.collection.authorities
        found: dict[tuple[str, str], list[Report]] = defaultdict(list)
        by_name = sorted(
            self.collection.evidence, key=lambda item: (authorities[item.report.authority].name, item.report.id)
        )
        for item in by_name:
            for place in (item.report.authority, authorities[item.report.authority].region, ""):
                found[item.statement, place].append(item.report)
        return {key: tuple(reports) for key, reports in found.items()}

    @cached_property
    def successors(self) -> Mapping[str, str]:
        """Retired passage id to the one that has its words now, empty when none has."""
        return follow(self.collection.redirects)

    @cached_property
    def retired_of(self) -> Mapping[str, tuple[Redirect, ...]]:
        """``<report>/<statement>`` to the rows that retire passages of this text, for each text that has any."""
        found: dict[str, list[Redirect]] = defaultdict(list)
        for each in self.collection.redirects:
            found[each.retired.rpartition("/")[0]].append(each)
        return {text: tuple(rows) for text, rows in found.items()}

    def tag_labels(self, tagged: TaggedPassage) -> list[tuple[Tag, str]]:
        """Return the passage's themes and voices, each with its label."""
        labels = {**self.theme_labels, **self.voice_labels}
        return [(tag, labels[tag.id]) for tag in (*tagged.themes, *tagged.voices)]

    def themes_in_order(self, counts: Mapping[str, int]) -> list[tuple[str, int]]:
        """Return the themes that occur with their numbers, most frequent first."""
        found = [(id, counts[id]) for id in self.theme_labels if counts.get(id)]
        return sorted(found, key=lambda item: -item[1])

    def page(self, address: str, template: str, meta: Mapping[str, Any], **context: Any) -> Page:
        """Return the page at ``address``; ``meta`` is its front matter and must hold title and description."""
        href, target = linker(address), markdown_linker(address)
        links = {"href": lambda to: escape_address(href(to)), "md": lambda to: escape_address(target(to))}
        body = self.environment.get_template(template).render({**links, **context})
        return page_file(address), page_text(meta, body).encode("utf-8")


def grouped(findings: Sequence[Finding], key: Callable[[Finding], Any]) -> list[tuple[Any, list[Finding]]]:
    """Return the findings in runs of equal key, in their order."""
    groups: list[tuple[Any, list[Finding]]] = []
    for finding in findings:
        if not groups or groups[-1][0] != key(finding):
            groups.append((key(finding), []))
        groups[-1][1].append(finding)
    return groups
