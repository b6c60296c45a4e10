"""``evidence add`` and sources that are made to do harm: what is written is words, in the place where it belongs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from build_scripts.commands.main import main
from build_scripts.contribute.draft import make_draft
from build_scripts.contribute.recognise import address_month, address_slug, recognise, report_address
from build_scripts.contribute.score_lists import scores_in_words
from build_scripts.contribute.source_address import LONGEST as LONGEST_ADDRESS
from build_scripts.contribute.wanted import Wanted
from build_scripts.disk.read import read_schemas
from build_scripts.facts.schema_check import read_document
from build_scripts.model.evidence import Imported, SourceFile
from tests.helpers.anytown import vocabulary
from tests.helpers.collections_of import write_small_project
from tests.helpers.documents import REPORT, SCORES, SITE, as_html, as_text, statement_units, summary_units

SOURCE = f"{SITE}{REPORT}"
VOCABULARY = vocabulary()


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A small project in a folder of its own, with Othershire's report in it."""
    return write_small_project(tmp_path / "a" / "project")


def run(root: Path, *arguments: str, given: str = "") -> Result:
    """Run the command; a traceback is a failure of the test."""
    result = CliRunner().invoke(main, ["--root", str(root), "add", *arguments], input=given.encode("utf-8", "replace"))
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exc_info
    return result


def every_file(tree: Path) -> set[str]:
    """Return the paths of all files in and around the project."""
    top = tree.parents[1]
    return {str(path.relative_to(top)) for path in top.rglob("*") if path.is_file()}


WHOLE = as_text([*summary_units(), *(unit for id in SCORES for unit in statement_units(id))])
ONE = as_text(statement_units("equity"))


@pytest.mark.parametrize(
    "options",
    [
        ("--authority", "../../elsewhere"),
        ("--authority", "/etc"),
        ("--authority", "аnytown"),  # the first letter is Cyrillic
        ("--authority", "anytown\u202e"),
        ("--authority", "anytown/../othershire"),
        ("--statement", "../equity"),
        ("--statement", "еquity"),
        ("--published", "2025-07/../.."),
        ("--published", "2025-07-04\n"),
        ("--published", "２０２５-07-04"),
        ("--retrieved", "2025-07-04; rm"),
        ("--score", "equity=3\n"),
        ("--score", "../x=3"),
    ],
)
def test_no_option_becomes_a_path(tree: Path, options: tuple[str, str]) -> None:
    """An option that is no slug, statement, date or score is refused, and nothing is written anywhere."""
    before = every_file(tree)
    result = run(tree, "-", "--source", SOURCE, *options, given=ONE)
    assert result.exit_code == 2
    assert every_file(tree) == before


@pytest.mark.parametrize("name", ["../../Anytown Council", "/etc/passwd Council", "Аnytown Council", "${HOME} Council"])
def test_no_name_in_a_source_becomes_a_path(tree: Path, name: str) -> None:
    """Whatever a page calls its authority, files go to a folder named by a slug of the table, or nowhere."""
    before = every_file(tree)
    result = run(tree, "-", "--source", SOURCE, given=WHOLE.replace("Anytown Council", name))
    new = every_file(tree) - before
    assert all(path.startswith("a/project/data/reports/anytown-2025-07/") for path in new)
    assert bool(new) == (result.exit_code == 0)
    if "Anytown" not in name:
        assert not new


@pytest.mark.parametrize(
    "address",
    [
        f'{SOURCE}"\nscores: {{}}',
        f"{SOURCE}\u202e",
        f"{SOURCE} x # x",
        "javascript:alert(1)",
        "https://www.cqc.org.uk.example.org/anytown-0725",
        "!!python/object/apply:os.system ['true']",
        "&a [*a]",
    ],
)
def test_no_address_breaks_out_of_report_yml(tree: Path, address: str) -> None:
    """A source that is no address of CQC's site is refused, by name or by the check, and nothing is written."""
    before = every_file(tree)
    result = run(tree, "-", "--source", address, given=WHOLE)
    assert result.exit_code in (1, 2)
    assert re.search(
        "an address that begins with https://www.cqc.org.uk/|does not belong in the address", result.output
    )
    assert every_file(tree) == before


@given(
    source=st.one_of(
        st.text(min_size=1), st.sampled_from(["#", ": ", "- x", "'", '"', "\\", "{{", "%", "\x85", "\u2028"])
    ),
    title=st.text(max_size=20),
)
def test_report_yml_holds_just_what_was_put_in(source: str, title: str) -> None:
    """Whatever stands in addresses and titles, report.yml has its own keys, and YAML reads each value as it was."""
    document = Imported(
        "text", f"{title}\n{WHOLE}", title=title, address=f"https://www.cqc.org.uk/{title}", name="x.txt"
    )
    found = recognise(document, VOCABULARY)
    wanted = Wanted(authority="anytown", published="2025-07-04", source=source, retrieved="2025-07-05")
    draft = make_draft([found], wanted, VOCABULARY, (), {})
    data = draft.files["data/reports/anytown-2025-07/report.yml"]
    value = yaml.safe_load(data)
    assert value == {
        "authority": "anytown",
        "published": "2025-07-04",
        "rating": "Good",
        "percentage": 64,
        "scores": SCORES,
        "source": source,
        "retrieved": "2025-07-05",
        "checked": "one source",
    }
    assert data.isascii()
    assert len(data.decode().splitlines()) == 17


def test_what_cannot_be_seen_does_not_come_in(tree: Path) -> None:
    """Marks that turn writing round, letters without width and controls are left out of the texts."""
    hidden = "\u202eevil\u202c \u2066x\u2069 zero\u200bwidth \ufeffmark\x07 tag\U000e0041"
    result = run(tree, "-", "--source", SOURCE, given=WHOLE.replace("was turned away", f"was {hidden} turned away"))
    assert result.exit_code == 0, result.output
    text = (tree / "data/reports/anytown-2025-07/equity.txt").read_text("utf-8")
    assert "was evil x zerowidth mark tag turned away" in text


def test_front_matter_templates_and_markup_are_words(tree: Path) -> None:
    """Front matter, templates and scripts arrive letter by letter: it is the pages that make them harmless."""
    words = "<script>alert(1)</script> {{ 7*7 }} [x](javascript:alert(1)) --- title: mine"
    page = as_html(statement_units("equity")).replace("Nobody was", words.replace("<", "&lt;") + " Nobody was")
    assert run(tree, "-", "--source", SOURCE, given=WHOLE).exit_code == 0
    result = run(tree, "-", "--replace", given=page)
    assert result.exit_code == 0, result.output
    assert words in (tree / "data/reports/anytown-2025-07/equity.txt").read_text("utf-8")


def test_a_name_with_colours_does_not_steer_the_terminal(tree: Path) -> None:
    """Names of files and words of sources are shown with escapes for all that cannot be printed."""
    name = "\x1b[31mred\u202e.txt"
    (tree.parent / name).write_text("nothing", "utf-8")
    result = run(tree, str(tree.parent / name))
    assert result.exit_code == 1
    assert "\\x1b[31mred\\u202e.txt:1: EV707" in result.stdout
    assert "\x1b" not in result.output
    assert "\u202e" not in result.output


@pytest.mark.parametrize(
    "line",
    ["abcde{dots}x", "abcde{dots} … {dots}x", "abcde{spaces}x", "Score{spaces}x", "s c o r e{spaces}x", "3{spaces}x"],
)
@pytest.mark.parametrize("above", ["", "Equity in experience and outcomes"])
def test_a_line_of_dots_or_spaces_without_end_is_no_score(above: str, line: str) -> None:
    """A line that goes on like one with a score, for a hundred thousand signs, is read once and is none."""
    long = line.format(dots="." * 100_000, spaces=" " * 100_000)
    found = recognise(Imported("text", f"{above}\n{long}"), VOCABULARY)
    assert (found.pages, found.scores, found.rest[-1]) == ((), (), long)
    assert scores_in_words([above, long], VOCABULARY.framework) == {}


def test_an_address_without_end_is_that_of_no_report() -> None:
    """An address longer than any that can be given names neither month nor council; one as long as that does."""
    longest = "https://www.cqc.org.uk/anytown-0725"
    longest = longest.replace("uk/", f"uk/{'a' * (LONGEST_ADDRESS - len(longest) - 1)}/")
    assert (address_month(longest), address_slug(f"{longest}/#top?")) == ("2025-07", "anytown")
    for longer in (longest.replace("uk/", "uk/a"), f"https://x{'/a-0125' * 9_999}\nx"):
        assert (address_month(longer), address_slug(longer), report_address(longer)) == ("", "", longer)


def test_a_text_that_the_check_would_not_read_is_not_written(tree: Path) -> None:
    """A text of millions of bytes is refused before it is written."""
    result = run(tree, "-", "--source", SOURCE, given=WHOLE.replace("Nobody", "Nobody " * 300_000))
    assert result.exit_code == 1
    assert "standard input:1: EV703 the text of " in result.stdout
    assert not (tree / "data/reports/anytown-2025-07").exists()


def test_a_new_report_satisfies_its_schema(tree: Path) -> None:
    """What is written is what the published schema asks for."""
    assert run(tree, "-", "--source", SOURCE, given=WHOLE).exit_code == 0
    path = tree / "data/reports/anytown-2025-07/report.yml"
    document, problems = read_document(SourceFile("report.yml", path.read_bytes()), read_schemas()["report"])
    assert document is not None
    assert problems == ()
