"""Say in plain English, as Markdown for GitHub, what a change of the data does: for its sender and its reviewer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from build_scripts.facts.redirects import REDIRECTS
from build_scripts.model.accuracy import Accuracy, Measure
from build_scripts.model.collection import Collection
from build_scripts.model.evidence import Event, Report, TaggedPassage
from build_scripts.model.github_words import listed, named, quoted
from build_scripts.model.problems import Problem
from build_scripts.model.wording import counted, share
from build_scripts.review.changes import Changes, TagChange, TextChange, compare, compare_tags, passage_words
from build_scripts.review.successors import ALIKE, Proposal, redirect_rows, unplaced

MOST_LISTED = 20
"""How many lines of one kind are written out: a summary is read, not searched."""

MOST_TEXTS = 12
"""How many texts are described one by one: a whole report's nine, and some. A comment ends after 65,536 characters."""


def explain_change(
    before: Collection,
    now: Collection | None,
    problems: Sequence[Problem],
    proposals: Sequence[Proposal],
    *,
    preview: str = "",
    day: str = "",
    same_as: str = "",
) -> str:
    """Return the whole report; ``now`` is None when the data are too broken to be understood.

    ``preview`` is where the built site can be had, ``day`` that of proposed redirects, ISO; ``same_as`` names the
    folder whose data are the same to the byte, empty where they are not.
    """
    parts = ["## What this change does"]
    changes = compare(before, now) if now else None
    parts += _problems(problems)
    if now and changes is not None:
        rules = compare_tags(before, now)
        parts += _overview(changes, rules, now, same_as)
        for report in changes.new_reports:
            parts += _report(report, now, "new report")
        for report in changes.changed_reports:
            parts += _report(report, now, "changed report")
        for change in changes.texts[:MOST_TEXTS]:
            parts += _text(change, now)
        if len(changes.texts) > MOST_TEXTS:
            parts.append(f"And {len(changes.texts) - MOST_TEXTS} more sections, which are not described one by one.")
        parts += _links(proposals, day)
        parts += _rules(rules, before, now)
    if preview and problems:
        parts.append("The site as it will be is built once the problems are mended.")
    elif preview:
        parts.append(
            f"The site as it will be: download {quoted('site')} from [this run]({preview}) and open its pages."
        )
        parts += _pages(changes)
    return "\n\n".join(parts) + "\n"


def _pages(changes: Changes | None) -> Iterator[str]:
    """Yield which pages of the built site show what is new or different."""
    found = [*changes.new_reports, *changes.changed_reports] if changes else []
    pages = [f"reports/{report.id}/index.html" for report in found]
    texts = [change.now for change in changes.texts] if changes else []
    pages += [f"reports/{text.report.id}/{text.statement}/index.html" for text in texts]
    if pages:
        yield _cut([f"- {quoted(page, 200)}" for page in pages], "pages")


def _problems(problems: Sequence[Problem]) -> Iterator[str]:
    if not problems:
        yield "The check finds nothing wrong."
        return
    yield f"**{counted(len(problems), 'problem')} to mend first.** Each is marked on its line under “Files changed”."
    lines = [
        f"- {quoted(f'{problem.path}:{problem.line}', 200)} {problem.code}: {quoted(problem.what, 400)}\n"
        f"  What to do: {quoted(problem.mend, 400)}"
        for problem in problems
    ]
    yield _cut(lines, "problems")


def _overview(changes: Changes, rules: Sequence[TagChange], now: Collection, same_as: str) -> Iterator[str]:
    new = sum(change.is_new for change in changes.texts)
    done = [
        (len(changes.new_reports), "report", "adds"),
        (new, "section", "adds"),
        (len(changes.changed_reports), "report", "changes the facts of"),
        (len(changes.texts) - new, "section", "changes"),
        (len(changes.removed_reports), "report", "removes"),
        (len(changes.removed_texts), "section", "removes"),
    ]
    said = [f"{verb} {counted(number, noun)}" for number, noun, verb in done if number]
    if said:
        sentence = "; ".join(said)
        passages = sum(len(item.passages) for item in now.evidence)
        numbers = ((len(now.reports), "report"), (len(now.evidence), "section"), (passages, "paragraph"))
        sizes = (counted(number, noun) for number, noun in numbers)
        gone = len(now.all_reports) - len(now.reports)
        beside = f", and beside them {counted(gone, 'report')} that CQC has withdrawn" if gone else ""
        yield f"It {sentence}. The collection then has {', '.join(sizes)}{beside}."
    elif rules:
        shows = "`evidence diff-themes` shows each paragraph"
        yield f"No report and no section is different, but themes or voices are: {shows}."
    elif same_as:
        yield f"Nothing in the data is different from {quoted(same_as, 300)}."
    else:
        yield "No report and no section is different: this is about other files."
    for what, ids in (("reports", changes.removed_reports), ("sections", changes.removed_texts)):
        if ids:
            yield f"Removed {what}:\n\n" + _cut([f"- {quoted(id)}" for id in ids], what)


def _report(report: Report, now: Collection, kind: str) -> Iterator[str]:
    authority = now.authorities.get(report.authority)
    yield f"### {named(authority.name) if authority else quoted(report.authority)}: {kind} {quoted(report.id)}"
    framework = now.vocabulary.framework.under(report.framework)
    published, retrieved = quoted(report.published), quoted(report.retrieved)
    lines = [f"- Published {published}, taken over on {retrieved}, checked: {quoted(report.checked)}."]
    if len(report.scores) == len(now.statements):
        total = sum(report.scores.values())
        percentage = framework.percentage_of(total)
        rating = framework.rating(percentage)
        agree = report.percentage == percentage and report.rating == rating
        given = "as report.yml says" if agree else f"but report.yml says {report.percentage}% ({named(report.rating)})"
        sum_as_percentage = f"which is {percentage}% ({named(rating)}), {given}"
        lines.append(f"- The nine scores add up to {total} of {framework.most}, {sum_as_percentage}.")
    lines.append(f"- Scores to compare with CQC’s page: {_scores(report, now)}.")
    if version := framework.version(report.framework):
        lines.append(f"- Rated under: {named(version.name)}.")
    lines += [f"- {_event(event, now)}" for event in report.events]
    lines.append(
        f"- CQC’s page: {quoted(report.source, 300)}."
        if report.source
        else "- The address of CQC’s page is not recorded."
    )
    yield "\n".join(lines)


def _event(event: Event, now: Collection) -> str:
    """Return what CQC did to a report, and how it counts from then on."""
    where = f"said at {quoted(event.source, 300)}"
    did = "withdrew" if event.what == "withdrawn" else event.what
    said = f"**CQC {did} it** ({quoted(event.date)}, {where}): {quoted(event.why, 400)}."
    if event.what == "withdrawn":
        return f"{said} It counts in no figure, rank or search while that is the last word on it; its pages stay."
    if event.before and event.after:
        scores = ", ".join(f"{named(now.statements[id].name)} from {was} to {then}" for id, was, then in event.changed)
        before, after = (f"{each.percentage}% ({named(each.rating)})" for each in (event.before, event.after))
        return f"{said} From {before} to {after}: {scores}."
    return f"{said} It counts again."


def _scores(report: Report, now: Collection) -> str:
    return ", ".join(f"{named(now.statements[id].name)} {score}" for id, score in report.scores.items())


def _text(change: TextChange, now: Collection) -> Iterator[str]:
    evidence, page = change.now, change.now.page
    report = evidence.report
    name = now.authorities[report.authority].name if report.authority in now.authorities else report.authority
    kind = "new section" if change.is_new else "changed section"
    path = f"{report.id}/{evidence.statement}"
    yield f"### {named(name)}: {named(now.statements[evidence.statement].name)} ({kind}, {quoted(path)})"
    lines = [f"- {counted(len(evidence.passages), 'paragraph')} found under {counted(len(page.headings), 'heading')}."]
    if not change.is_new:
        lines.append(f"- {counted(len(change.new), 'paragraph')} new or reworded, {change.gone} gone.")
    lines += _score_lines(change)
    known = [heading.text for heading in page.headings if heading.known]
    guessed = [heading for heading in page.headings if not heading.known]
    if known:
        lines.append(f"- Headings that CQC is known to use: {listed(known)}.")
    if guessed:
        shapes = "; ".join(f"{quoted(heading.text)} (line {heading.line})" for heading in guessed[:MOST_LISTED])
        lines.append(f"- Lines taken for headings by their shape alone, to compare with CQC’s page: {shapes}.")
    if not page.headings:
        lines.append("- No heading was recognised. Some of CQC’s pages have none; compare with the page.")
    lines += _tag_lines(evidence.passages, now)
    if page.boilerplate:
        dropped = "; ".join(f"line {line} {quoted(text, 60)}" for line, text in page.boilerplate[:MOST_LISTED])
        more = len(page.boilerplate) - MOST_LISTED
        dropped += f"; and {more} more" if more > 0 else ""
        lines.append(f"- Left out, since they belong to the page and not to the report: {dropped}.")
    yield "\n".join(lines)


def _score_lines(change: TextChange) -> Iterator[str]:
    said, written = change.now.page.score, change.now.report.scores[change.now.statement]
    if said is None:
        yield f"- The text gives no score; report.yml says {written}."
    elif said == written:
        yield f"- Score {said}, in the text and in report.yml alike."
    else:
        yield f"- **The text gives score {said} but report.yml says {written}.**"


def _tag_lines(passages: Sequence[TaggedPassage], now: Collection) -> Iterator[str]:
    for kind, entries, tags in (
        ("theme", now.vocabulary.themes, [each.themes for each in passages]),
        ("voice", now.vocabulary.voices, [each.voices for each in passages]),
    ):
        counts = Counter(tag.id for of_passage in tags for tag in of_passage)
        earned = [f"{named(entry.label)} ({counts[entry.id]})" for entry in entries if counts[entry.id]]
        yield f"- {kind.capitalize()}s earned, with numbers of paragraphs: {', '.join(earned) or 'none'}."
        without = [each.passage for each, of_passage in zip(passages, tags, strict=True) if not of_passage]
        if without and kind == "theme":
            shown = "; ".join(f"line {each.line} {quoted(each.text)}" for each in without[:MOST_LISTED])
            yield f"- {counted(len(without), 'paragraph')} without any theme: {shown}."
        elif without:
            lines = ", ".join(str(each.line) for each in without)
            number = counted(len(without), "paragraph")
            yield f"- {number} without a voice (line {lines}): many state none, and that is no mistake."


def _links(proposals: Sequence[Proposal], day: str) -> Iterator[str]:
    if not proposals:
        return
    yield "### Links that would break"
    yield (
        f"{counted(len(proposals), 'published paragraph')} would be gone. Links to paragraphs are promised to last, so "
        f"{quoted(REDIRECTS)} must say where the words went."
    )
    if rows := redirect_rows(proposals, day):
        yield (
            f"For these, one paragraph has {ALIKE:.0%} or more of its words in common with the old one and no other "
            f"comes near. If you agree, append these lines:\n\n```\n{rows}```"
        )
    if open_ones := unplaced(proposals):
        yield "For these, you must decide:"
        yield _cut([f"- {_unplaced(each)}" for each in open_ones], "paragraphs")


def _unplaced(proposal: Proposal) -> str:
    words = f" ({quoted(proposal.words)})" if proposal.words else ""
    near = ", ".join(f"{quoted(id)} ({alike:.0%} alike)" for id, alike in proposal.candidates[:3])
    advice = (
        f"choose between {near}" if near else "nothing is like it. If CQC took it out, write a row without successor"
    )
    return f"{quoted(proposal.retired)}{words}: {advice}."


def _rules(changes: Sequence[TagChange], before: Collection, now: Collection) -> Iterator[str]:
    """Yield what other rules do to passages that were there already."""
    if changes:
        yield "### Themes and voices of paragraphs that were here already"
        yield _cut(list(_tag_changes(changes, now, before)), "themes and voices")


def explain_rules(before: Collection, now: Collection) -> str:
    """Return what a change of themes or voices does: passages gained and lost, and accuracy before and after.

    ``before`` are the same texts under the earlier rules, so that nothing but the rules is different.
    """
    changes = compare_tags(before, now)
    if not changes:
        return "No paragraph gains or loses a theme or voice.\n"
    number = counted(len(changes), "theme or voice")
    parts = [f"{number} with other paragraphs: {_sides(changes)}."]
    words = {**passage_words(before), **passage_words(now)}
    for line, change in zip(_tag_changes(changes, now, before), changes, strict=True):
        rows = [line]
        for sign, ids in (("+", change.gained), ("−", change.lost), ("?", change.less_sure), ("!", change.surer)):
            rows += [f"  - {sign} {quoted(id)} {quoted(words[id])}" for id in ids[:MOST_LISTED]]
            if len(ids) > MOST_LISTED:
                rows.append(f"  - {sign} and {len(ids) - MOST_LISTED} more")
        parts.append("\n".join(rows))
    return "\n\n".join(parts) + "\n"


def _tag_changes(changes: Iterable[TagChange], now: Collection, before: Collection) -> Iterator[str]:
    labels = {
        entry.id: entry.label for each in (before, now) for entry in (*each.vocabulary.themes, *each.vocabulary.voices)
    }
    kept = {entry.id for entry in (*now.vocabulary.themes, *now.vocabulary.voices)}
    for change in changes:
        gone = "" if change.id in kept else " (not in the vocabulary any more)"
        accuracy = _accuracy(change.id, before.accuracy, now.accuracy)
        yield f"- {named(labels[change.id])}{gone}: {_sides([change])}.{accuracy}"


def _sides(changes: Sequence[TagChange]) -> str:
    """Return how many passages were gained and lost, and where doubt changed: ``1 gained, 2 lost, 1 less sure``."""
    gained, lost, doubted, surer = (
        sum(len(getattr(each, side)) for each in changes) for side in ("gained", "lost", "less_sure", "surer")
    )
    doubts = f", {doubted} less sure" * bool(doubted) + f", {surer} surer" * bool(surer)
    return f"{gained} gained, {lost} lost{doubts}"


def _accuracy(id: str, before: Accuracy | None, now: Accuracy | None) -> str:
    if now is None:
        return " Accuracy is measured once there are no problems and some paragraphs are labelled."
    old, new = (_measure(id, each) for each in (before, now))
    if not new or not (new.labelled or new.only_rule):
        return " Not measured: no labelled paragraph is about it."
    was = f"precision {share(old.precision)}, recall {share(old.recall)}" if old else "not measured"
    return (
        f" Measured on {counted(new.labelled, 'labelled paragraph')}: precision {share(new.precision)}, "
        f"recall {share(new.recall)} (before: {was})."
    )


def _measure(id: str, accuracy: Accuracy | None) -> Measure | None:
    measures: Mapping[str, Measure] = {**accuracy.themes, **accuracy.voices} if accuracy else {}
    return measures.get(id)


def _cut(lines: Sequence[str], what: str) -> str:
    more = len(lines) - MOST_LISTED
    return "\n".join([*lines[:MOST_LISTED], *([f"- and {more} more {what}"] if more > 0 else [])])
