"""Retired passages: what may stand in ``redirects.csv``, where old links lead, and that none is lost in silence."""

from __future__ import annotations

import re

import pytest

from build_scripts.disk.read import read_schemas
from build_scripts.facts.redirects import REDIRECTS
from build_scripts.model.collection import Collection, follow
from build_scripts.model.evidence import Redirect
from build_scripts.model.problems import format_text
from build_scripts.pages import render_pages
from build_scripts.pipeline import UNDERSTANDING, run_pipeline
from build_scripts.text.passages import passage_id
from tests.helpers.anytown import collection, evidence, report
from tests.helpers.collections_of import ANYTOWN, EQUITY, TEXT, VALID, Edit, case, check, problems, sources
from tests.helpers.readers import front_matter, look, mkdocs_html

HERE = "anytown-2025-01/equity/p-3ee45653"
GONE = "anytown-2025-01/equity/p-00000001"
ALSO = "anytown-2025-01/equity/p-00000002"
HEAD = "retired,successor,reason,date\n"


def rows(*lines: str) -> Edit:
    """The file of redirects with these rows."""
    return REDIRECTS, None, HEAD + "".join(f"{line}\n" for line in lines)


CASES = (
    case(
        "EV209",
        "other columns",
        [(REDIRECTS, None, "old,new\n")],
        f"{REDIRECTS}:1: EV209 the columns are 'old,new'",
        "the first line must be retired,successor,reason,date",
    ),
    case(
        "EV209",
        "no reason",
        [rows(f"{GONE},{HERE},,2026-05-03")],
        f"{REDIRECTS}:2: EV209 the row '{GONE},{HERE},,2026-05-03' does not fill the 4 columns",
        "write 4 columns, as the first line has them; put a value with a comma in double quotes",
    ),
    case(
        "EV207",
        "no id",
        [rows(f"../../etc/passwd,{HERE},moved,2026-05-03")],
        f"{REDIRECTS}:2: EV207 retired must be <report>/<statement>/p-<8 hex digits> (got '../../etc/passwd')",
        "'evidence ids' lists the ids of all paragraphs, and with --base writes whole rows",
    ),
    case(
        "EV207",
        "successor without report",
        [rows(f"{GONE},p-3ee45653,moved,2026-05-03")],
        f"{REDIRECTS}:2: EV207 successor must be <report>/<statement>/p-<8 hex digits> (got 'p-3ee45653')",
        "'evidence ids' lists the ids of all paragraphs, and with --base writes whole rows",
    ),
    case(
        "EV207",
        "no such day",
        [rows(f"{GONE},{HERE},moved,2026-02-30")],
        f"{REDIRECTS}:2: EV207 date must be a day like 2026-11-26 (got '2026-02-30')",
        "write the day on which the text was changed here",
    ),
    case(
        "EV207",
        "long reason",
        [rows(f"{GONE},{HERE},{'so ' * 70}x,2026-05-03")],
        f"{REDIRECTS}:2: EV207 reason must be one line of at most 200 characters without spaces around it "
        f"(got {('so ' * 70)[:80]!r}…)",
        "say it in one short sentence",
    ),
    case(
        "EV304",
        "retired twice",
        [rows(f"{GONE},{HERE},moved,2026-05-03", f"{GONE},,taken out,2026-05-04")],
        f"{REDIRECTS}:3: EV304 '{GONE}' is retired in line 2 too",
        "keep one of the two rows",
    ),
    case(
        "EV602",
        "successor is no passage",
        [rows(f"{GONE},{ALSO},moved,2026-05-03")],
        f"{REDIRECTS}:2: EV602 no paragraph '{ALSO}' in the collection, which the words are said to have gone to",
        "write the id of the paragraph that has them now, or nothing when they are gone",
    ),
    case(
        "EV604",
        "retired is there",
        [rows(f"{HERE},,taken out,2026-05-03")],
        f"{REDIRECTS}:2: EV604 paragraph '{HERE}' is in the collection, so it is not retired",
        "remove the row: the paragraph's link works by itself",
    ),
    case(
        "EV605",
        "circle",
        [rows(f"{GONE},{ALSO},moved,2026-05-03", f"{ALSO},{GONE},moved back,2026-05-04")],
        f"{REDIRECTS}:2: EV605 the rows in lines 2, 3 lead back to '{GONE}'",
        "let one of them name a paragraph that is in the collection, or none",
    ),
    case(
        "EV605",
        "itself",
        [rows(f"{GONE},{GONE},moved,2026-05-03")],
        f"{REDIRECTS}:2: EV605 '{GONE}' is said to have gone to itself",
        "let one of them name a paragraph that is in the collection, or none",
    ),
)


@pytest.mark.parametrize(("edits", "expected"), CASES)
def test_problem(edits: list[Edit], expected: str) -> None:
    """The one mistake is told in these words, on its line."""
    assert problems(*edits) == expected


def test_sound_rows_are_no_problem() -> None:
    """A chain, a passage that was taken out, and a file with its first line only are all well."""
    assert problems(rows()) == ""
    assert problems(rows(f"{GONE},{ALSO},reworded,2026-05-03", f"{ALSO},{HERE},reworded again,2026-06-03")) == ""
    assert problems(rows(f"{GONE},,taken out by CQC,2026-05-03")) == ""


def test_a_broken_text_is_not_blamed_on_redirects() -> None:
    """While a text has problems of its own, nothing is said of passages that it may yet have."""
    found = problems(
        rows(f"{GONE},{ALSO},moved,2026-05-03"), (EQUITY, "Key findings for this quality statement\n", None)
    )
    assert {line.split()[1] for line in found.splitlines() if not line.startswith(" ")} >= {"EV507"}
    assert "EV602 no paragraph 'anytown" not in found


def published(*ids: str, edits: tuple[Edit, ...] = ()) -> list[str]:
    """All problems of the collection after these edits, when these ids were published."""
    run = run_pipeline(sources(*edits), read_schemas(), published=ids, stages=UNDERSTANDING)
    return [format_text(problem) for problem in run.problems]


def test_a_published_id_does_not_disappear() -> None:
    """A published passage that is gone without a row is a problem at its text; with a row it is none."""
    assert published(HERE) == []
    assert published(GONE, HERE) == [
        f"{EQUITY}:1: EV606 the published paragraph '{GONE}' is gone, and {REDIRECTS} does not say where its words "
        "went\n    'evidence ids --base' proposes a row for it; or put its words back, if they were not meant to change"
    ]
    assert published(GONE, edits=(rows(f"{GONE},{HERE},reworded,2026-05-03"),)) == []


def test_a_removed_text_loses_no_id() -> None:
    """Where the text itself is gone, the problem stands at the redirects."""
    found = published("oldtown-2024-01/equity/p-00000001")
    assert [line.split(" ")[:2] for line in found] == [[f"{REDIRECTS}:1:", "EV606"]]


def test_chains_are_followed_to_their_ends() -> None:
    """Each retired id leads to where its words are now, however often they moved."""
    chain = [("a", "b"), ("b", "c"), ("c", "d"), ("x", "")]
    redirects = [Redirect(old, new, "why", "2026-01-01", line) for line, (old, new) in enumerate(chain, 2)]
    assert follow(redirects) == {"a": "d", "b": "d", "c": "d", "x": ""}


def anytown(*redirects: tuple[str, str, str, str]) -> Collection:
    """Two texts of which one was reworded."""
    words = ("The pier was open.", "The ferry ran.")
    texts = [evidence(report(id), "equity", *words) for id in ("anytown-2025-01", "othertown-2024-06")]
    return collection(texts, redirects=tuple(Redirect(*each, line) for line, each in enumerate(redirects, 2)))


def page(pages: dict[str, bytes], path: str) -> str:
    """A page as MkDocs makes it."""
    return mkdocs_html(front_matter(pages[path].decode())[0])


def test_old_anchor_stands_in_the_passage_with_its_words() -> None:
    """An old link lands inside the passage that has the words now, which says since when and why."""
    new = f"anytown-2025-01/equity/{passage_id('The pier was open.')}"
    pages = render_pages(
        anytown((GONE, ALSO, "a slip was mended", "2026-05-03"), (ALSO, new, "reworded", "2026-06-04"))
    )
    html = page(pages, "reports/anytown-2025-01/equity/index.md")
    article = re.search(rf'<article class="passage" id="{new[-10:]}">(.*?)</article>', html, re.DOTALL)
    assert article
    assert re.findall(r'<div class="retired" id="(p-\w+)">', article[1]) == ["p-00000001", "p-00000002"]
    assert "Wording changed on 3 May 2026: a slip was mended" in look(article[1]).words
    assert "Wording changed on 4 June 2026: reworded" in look(article[1]).words


def test_passage_that_was_taken_out_is_told_of() -> None:
    """A retired passage without successor keeps its anchor, and the page says that it is not in the text any more."""
    html = page(
        render_pages(anytown((GONE, "", "CQC took it out", "2026-05-03"))), "reports/anytown-2025-01/equity/index.md"
    )
    found = re.search(r'<p class="correction" id="p-00000001">(.*?)</p>', html)
    assert found
    assert found[1] == "Since 3 May 2026, a paragraph that was linked here is no longer in the section: CQC took it out"


def test_a_text_that_is_gone_leaves_a_page() -> None:
    """The address of a text that was taken out still answers, and links where each of its passages is now."""
    new = f"othertown-2024-06/equity/{passage_id('The ferry ran.')}"
    old = "othertown-2024-05/equity/p-00000001"
    pages = render_pages(anytown((old, new, "the month was wrong", "2026-05-03")))
    html = page(pages, "reports/othertown-2024-05/equity/index.md")
    (link,) = re.findall(
        r'id="p-00000001">Since 3 May 2026, a paragraph that was linked here stands <a href="(.*?)">', html
    )
    assert link == f"../../{new.replace('/p-', '/#p-')}"


def test_reasons_are_words() -> None:
    """What a contributor gives as the reason cannot become markup."""
    html = page(
        render_pages(anytown((GONE, "", "<img src=x onerror=alert(1)> {{ 7*7 }} [a](javascript:x)", "2026-05-03"))),
        "reports/anytown-2025-01/equity/index.md",
    )
    assert "<img" not in html
    assert "javascript:x</" not in html
    assert "<img src=x onerror=alert(1)> {{ 7*7 }} [a](javascript:x)" in look(html).words


def test_every_published_id_is_listed() -> None:
    """The site offers one list of all ids that links may lead to, retired ones included."""
    run = check(rows(f"{GONE},{HERE},reworded,2026-05-03"))
    listed = run.files["data/passage-ids.txt"].decode().splitlines()
    assert listed == sorted({*run.passage_ids, GONE})


def test_the_invented_collection_has_the_passages_used_here() -> None:
    """The ids in this file are those of the collection's words."""
    assert HERE in check().passage_ids
    assert {ANYTOWN, EQUITY} <= set(VALID)
    assert "harbor" in TEXT
