"""``evidence add`` and what is said beside a source: what options give, what contradicts, and what is asked for."""

from __future__ import annotations

from pathlib import Path

import pytest

import build_scripts.commands.add
from tests.helpers.adding import EQUITY, FOLDER, SOURCE, check, files, new_report, run, save
from tests.helpers.collections_of import write_small_project
from tests.helpers.documents import SCORES, SITE, as_html, as_text, statement_units
from tests.helpers.strategies import STATEMENTS

PLAIN = SOURCE.replace("https://www.", "http://")


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A small project: Othershire's report is in it; Anytown has none."""
    return write_small_project(tmp_path / "project")


def test_options_say_what_a_page_does_not(tree: Path) -> None:
    """Without a terminal, options give what a source does not say; nothing is asked."""
    new_report(tree)
    bare = [unit for unit in statement_units("equity") if unit[0] != "title" and "Published" not in unit[1]]
    bare = [unit for unit in bare if unit != ("heading", STATEMENTS["equity"].name)]
    page = save(tree, "page.html", as_html(bare))

    assert run(tree, page).exit_code == 2
    result = run(tree, page, "--authority", "anytown", "--published", "2025-07-04", "--statement", "equity")

    assert result.exit_code == 0, result.output
    assert (tree / FOLDER / "equity.txt").is_file()


@pytest.mark.parametrize("name", ["anytown", "Anytown", "Anytown City Council"])
def test_an_authority_may_be_named_by_slug_or_name(tree: Path, name: str) -> None:
    """The slug, the name, or a title that holds it: each is understood."""
    new_report(tree)
    bare = [unit for unit in statement_units("equity") if unit[0] != "title"]
    assert run(tree, save(tree, "page.html", as_html(bare)), "--authority", name).exit_code == 0


def test_the_only_report_is_taken_where_no_date_is_known(tree: Path) -> None:
    """Where no date is told and the authority has one report, the text goes there, and that is said."""
    new_report(tree)
    bare = [unit for unit in statement_units("equity") if "Published" not in unit[1]]
    result = run(tree, save(tree, "page.txt", as_text(bare)))
    assert result.exit_code == 0
    assert "please compare: no source says when it was published: taken for anytown-2025-07" in result.output


@pytest.mark.parametrize("date", ["31 February 2025", "31/02/2025", "2025-02-31"])
def test_a_day_that_cannot_be_is_quoted(tree: Path, date: str) -> None:
    """A date that no calendar has is told as that, whether it must be asked for or another one is taken."""
    page = as_text(statement_units("equity")).replace("4 July 2025", date)
    said = f"says that it was published {date}, and there is no such day"
    asked = run(tree, save(tree, "page.txt", page))
    assert (asked.exit_code, f"{said}: give --published" in asked.stderr) == (2, True), asked.output
    new_report(tree)
    taken = run(tree, save(tree, "page.txt", page))
    assert f"please compare: {tree.parent / 'page.txt'} {said}: taken for anytown-2025-07" in taken.output


MEND = "    compare both with CQC's page and correct the wrong one\n"


@pytest.mark.parametrize(
    ("option", "given", "said"),
    [
        ("--published", "2025-07-14", "'2025-07-14', but report.yml says '2025-07-04'"),
        ("--source", "https://evil.example/x", f"'https://evil.example/x', but report.yml says '{SOURCE}'"),
        ("--source", f"{PLAIN}5", f"'{PLAIN}5', but report.yml says '{SOURCE}'"),
        ("--source", f"{SOURCE}{'-' * 90}5", f"'{SOURCE}{'-' * 90}5', but report.yml says '{SOURCE}'"),
        ("--score", "safeguarding=1", "'safeguarding=1', but report.yml says 'safeguarding=3'"),
    ],
)
def test_what_contradicts_the_report_stops(tree: Path, option: str, given: str, said: str) -> None:
    """A date, address or score given for a report that is here, and that is not so there, is a problem and not lost."""
    new_report(tree)
    before = files(tree)
    bare = [unit for unit in statement_units("equity") if "Published" not in unit[1]]
    result = run(tree, save(tree, "page.txt", as_text(bare)), option, given)
    assert result.exit_code == 1
    assert result.stdout == f"{option}:1: EV711 it says {said}\n{MEND}"
    assert files(tree) == before


def test_a_date_that_the_text_contradicts_stops(tree: Path) -> None:
    """A day or month given for a new report is compared with the date that its page has."""
    scores = [each for id, score in SCORES.items() if id != "equity" for each in ("--score", f"{id}={score}")]
    page = save(tree, "page.html", EQUITY)
    for given in ("2025-07-14", "2025-08"):
        result = run(tree, page, *scores, "--published", given)
        assert result.exit_code == 1
        assert result.stdout == f"--published:1: EV711 it says '{given}', but {page} says '2025-07-04'\n{MEND}"
    assert run(tree, page, *scores, "--published", "2025-07", "--dry-run").exit_code == 0


@pytest.mark.parametrize(
    ("option", "given"),
    [
        ("--published", "2025-07"),
        ("--published", "2025-07-04"),
        ("--source", f"{SOURCE}/"),
        ("--source", PLAIN),
        ("--source", f"{SOURCE}/theme1/equity?print=1#top"),
        ("--score", "safeguarding=3"),
    ],
)
def test_what_fits_the_report_is_taken(tree: Path, option: str, given: str) -> None:
    """A month that fits, the report's address however it is written, and a page's below it contradict nothing."""
    new_report(tree)
    result = run(tree, save(tree, "page.html", EQUITY), option, given)
    assert result.exit_code == 0, result.output


NEEDED = "an address that begins with https://www.cqc.org.uk/ is needed"
FOREIGN = "does not belong in the address of CQC's page"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "Missing argument 'SOURCE...'"),
        (("x", "--statement", "fairness"), "--statement must be one of assessing-needs, "),
        (("x", "--score", "5"), "--score must be like 3 or equity=3, with a score from 1 to 4 (got '5')"),
        (("x", "--score", "fair=3"), "--statement must be one of "),
        (("x", "--score", "equity=2", "--score", "equity=3"), "--score gives equity two scores"),
        (("x", "--published", "July"), "--published must be a day or month such as 2025-07-04 or 2025-07 (got 'July')"),
        (("x", "--published", "2025-02-30"), "--published is 2025-02-30, and there is no such day"),
        (("x", "--retrieved", "today"), "--retrieved must be a day such as 2025-07-04 (got 'today')"),
        (("x", "--retrieved", "2026-02-30"), "--retrieved is 2026-02-30, and there is no such day"),
        (("x", "--retrieved", "2099-01-01"), "--retrieved is 2099-01-01, a day that is still to come"),
        (("x", "--source", "javascript:alert(1)"), f"--source: {NEEDED} (got 'javascript:alert(1)')"),
        (("x", "--source", "ftp://www.cqc.org.uk/a"), f"--source: {NEEDED} (got 'ftp://www.cqc.org.uk/a')"),
        (
            ("x", "--source", "https://www.cqc.org.uk/a b"),
            f"--source: a space {FOREIGN} (got 'https://www.cqc.org.uk/a b')",
        ),
        (("x", "--source", f'{SITE}/{"a" * 200}"b'), f"--source: “\"” {FOREIGN} (got '…{'a' * 78}\"b')"),
        (("x", "--source", f"{SITE}/{'a' * 200} b"), f"--source: a space {FOREIGN} (got '…{'a' * 78} b')"),
        (("x", "--published", f"2025-07-04{' ' * 90}x"), f"2025-07 (got '2025-07-04{' ' * 30}…{' ' * 39}x')"),
        (("x", "--retrieved", f"2025-07-04{' ' * 90}x"), f"{' ' * 39}x')"),
        (("x", "--score", f"equity=3{' ' * 90}5"), f"{' ' * 39}5')"),
        (("x", "--statement", f"equity{' ' * 90}x"), f"{' ' * 39}x')"),
        (("x", "--nonsense"), "No such option"),
    ],
)
def test_wrong_use(tree: Path, arguments: tuple[str, ...], words: str) -> None:
    """A wrong option is told in one line with status 2, and what is wrong with a long one is seen in it."""
    result = run(tree, *arguments)
    assert result.exit_code == 2
    assert words in result.stderr


def test_the_address_of_a_place_on_a_page_is_that_of_the_page(tree: Path) -> None:
    """Where a browser has added ``#content``, the address without it is written into report.yml."""
    scores = [each for id, score in SCORES.items() if id != "equity" for each in ("--score", f"{id}={score}")]
    page = save(tree, "page.html", as_html(statement_units("equity")))
    assert run(tree, page, *scores, "--source", f"{SOURCE}#content").exit_code == 0
    assert f'source: "{SOURCE}"\n' in (tree / FOLDER / "report.yml").read_text("utf-8")


def test_what_is_missing_is_told_with_its_option(tree: Path) -> None:
    """Without a terminal, each fact that is missing is named with the option that gives it, all at once."""
    page = save(tree, "page.html", as_html(statement_units("equity")[2:]))
    result = run(tree, page)
    assert result.exit_code == 2
    assert "the source names no authority: give --authority, e.g. --authority halton" in result.stderr

    result = run(tree, page, "--authority", "anytown")
    assert "no source says when it was published: give --published, e.g. --published 2025-07-04" in result.stderr

    result = run(tree, page, "--authority", "anytown", "--published", "2025-07")
    assert result.exit_code == 2
    assert "the address of CQC's page of the report is not known" in result.stderr
    assert (
        "anytown-2025-07 is not in the collection, and a new report needs its nine scores: none was found for "
        "assessing-needs, healthier-lives, care-provision, partnerships, safe-pathways, safeguarding, governance, "
        "learning. Add the report's summary page or those pages as further sources, or name the scores: "
        "give --score, e.g. --score assessing-needs=3\n"
    ) in result.stderr
    assert not (tree / FOLDER).exists()


def test_all_nine_scores_may_be_given(tree: Path) -> None:
    """Scores given by option, once each, make a new report of one page."""
    scores = [each for id, score in SCORES.items() if id != "equity" for each in ("--score", f"{id}={score}")]
    result = run(tree, save(tree, "page.html", EQUITY), *scores)
    assert result.exit_code == 0, result.output
    check(tree)


def test_questions_on_a_terminal(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a terminal, what could not be found is asked for, again after a wrong answer, and then the text is added."""
    new_report(tree)
    page = save(tree, "page.html", as_html(statement_units("equity")[1:]))
    answers = iter(["Nowhere", "Anytown"])
    monkeypatch.setattr(build_scripts.commands.add, "_somebody_is_there", lambda: True)
    monkeypatch.setattr("click.prompt", lambda *_, **__: next(answers))
    result = run(tree, page)
    assert result.exit_code == 0, result.output
    assert "--authority is 'Nowhere', which is no authority of data/authorities.csv" in result.stderr
    assert list(answers) == []
