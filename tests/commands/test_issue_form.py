"""The form without installation: what is read of an issue, and what hostile words in it cannot do."""

from __future__ import annotations

import csv
import json
import time
from collections.abc import Sequence
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from build_scripts.commands import receive as receiving
from build_scripts.commands.main import main
from build_scripts.contribute.issue_form import (
    AS_TEXT_SAYS,
    AUTHORITY,
    CHANGE,
    LABELS,
    NEW,
    NINE,
    PUBLISHED,
    REPLACE,
    SOURCE,
    STATEMENT,
    TEXT,
    read_fields,
    read_submission,
)
from build_scripts.contribute.source_address import as_kept
from tests.helpers.anytown import ANYTOWN, OTHERTOWN, vocabulary
from tests.helpers.collections_of import TEXT as TEXT_HERE
from tests.helpers.collections_of import VALID
from tests.helpers.projects import ROOT
from tests.helpers.strategies import FRAMEWORK
from tests.unit.test_explain import tokens
from tests.unit.test_hostile import HOSTILE
from tools.harmless import harmless

FORM = yaml.safe_load((ROOT / ".github/ISSUE_TEMPLATE/add-a-report.yml").read_text("utf-8"))["body"]
FIELDS = {item["attributes"]["label"]: item for item in FORM if "id" in item}
NAMES = [item.name for item in FRAMEWORK.statements]
WORDS = vocabulary(authorities=(ANYTOWN, OTHERTOWN))

GOOD_TEXT = """\
Learning, improvement and innovation
Score: 3
3 - Evidence shows a good standard
The local authority commitment
We learn.
Key findings for this quality statement
Staff told us that an interpreter was always called.
"""
GOOD = {
    AUTHORITY: "Anytown",
    STATEMENT: AS_TEXT_SAYS,
    CHANGE: NEW,
    PUBLISHED: "2025-01-10",
    SOURCE: "https://www.cqc.org.uk/invented/anytown",
    NINE: "\n".join(f"{name}:" for name in NAMES),
    TEXT: GOOD_TEXT,
}


def body(**changes: str) -> str:
    """An issue's body as GitHub writes it, with other words under some labels."""
    parts = []
    for label, words in {**GOOD, **changes}.items():
        shown = f"```text\n{words}\n```" if label in (NINE, TEXT) else (words or "_No response_")
        parts.append(f"### {label}\n\n{shown}")
    return "\r\n\r\n".join(parts).replace("\n", "\r\n").replace("\r\r", "\r")


def wrong(reports: Sequence[str] = (), **changes: str) -> list[str]:
    """What is said of a form on Anytown with other words under some labels."""
    fields = read_fields(body(**changes))
    return list(read_submission(fields, WORDS, reports)[1])


def test_form_is_what_is_read() -> None:
    """The form's labels are those that are read, in their order, and the text is the last."""
    assert tuple(FIELDS) == LABELS
    assert FORM[-1]["attributes"]["label"] == TEXT


def test_form_lists_every_authority() -> None:
    """The authorities to choose from are those of authorities.csv, by name; the statements those of the framework."""
    rows = (ROOT / "data/authorities.csv").read_text("utf-8").splitlines()[1:]
    names = sorted(row[1] for row in csv.reader(rows))
    assert len(names) == 153
    assert FIELDS[AUTHORITY]["attributes"]["options"] == names
    assert FIELDS[STATEMENT]["attributes"]["options"] == [AS_TEXT_SAYS, *NAMES]
    assert FIELDS[CHANGE]["attributes"]["options"] == [NEW, REPLACE]
    assert FIELDS[NINE]["attributes"]["value"].split(":\n") == [*NAMES, ""]


def test_pasted_text_is_shown_as_code() -> None:
    """GitHub shows what is pasted as code, so that nobody is notified or linked by it."""
    assert FIELDS[TEXT]["attributes"]["render"] == FIELDS[NINE]["attributes"]["render"] == "text"


def test_fields_are_read_back() -> None:
    """Each field is read as it was filled in, with GitHub's line ends and fences taken away."""
    assert read_fields(body()) == GOOD
    assert read_fields(body(**{SOURCE: ""}))[SOURCE] == ""


def test_text_brings_no_fields() -> None:
    """Labels and fences inside of a pasted text are words of the text."""
    evil = f"one\n### {AUTHORITY}\n\nOthertown\n```\n### {SOURCE}\n```\nlast"
    found = read_fields(body(**{TEXT: evil}))
    assert found[AUTHORITY] == "Anytown"
    assert found[TEXT] == evil


def test_a_label_above_its_place_is_no_field() -> None:
    """A label counts only below the one before it in the form."""
    assert read_fields(f"### {TEXT}\n\nwords\n\n### {AUTHORITY}\n\nAnytown\n") == {AUTHORITY: "Anytown"}


@given(st.text())
def test_any_body_is_read(text: str) -> None:
    """Whatever an issue says, it is a submission or has something to be corrected; nothing breaks."""
    submission, found = read_submission(read_fields(text), WORDS, ())
    assert (submission is None) == bool(found)


def test_everything_is_told_at_once() -> None:
    """A form with every field wrong gets every answer."""
    found = wrong(
        **{
            AUTHORITY: "Anytwon",
            STATEMENT: "Equality",
            CHANGE: "Replace",
            PUBLISHED: "soon",
            SOURCE: "http://example.org/",
            NINE: "Safeguarding: 5\nSafeguarding: 3\nSafeguarding: 2\nBoats: 3",
            TEXT: " ",
        }
    )
    assert found == [
        "**Authority**: `Anytwon` is not one of those known here. Did you mean Anytown? Choose the authority from the "
        "form’s list.",
        "**Quality statement**: `Equality` is not one of those known here. Choose the statement from the form’s list.",
        "**New or changed**: `Replace` is not one of those known here. Choose one of the two from the form’s list.",
        "**Published**: a day like 2025-02-28, or a month like 2025-02, is needed (found `soon`).",
        "**Address of CQC’s page**: an address that begins with `https://www.cqc.org.uk/` is needed "
        "(found `http://example.org/`).",
        "**Nine scores**: `Safeguarding: 5` needs a score from 1 to 4 after its colon.",
        "**Nine scores**: `Safeguarding: 2` gives a second score.",
        "**Nine scores**: `Boats: 3` does not begin with the name of a quality statement and a colon.",
        "**Text of CQC’s page**: paste the whole text of CQC’s page here.",
    ]


def test_an_authority_by_another_name_is_answered_with_its_own() -> None:
    """A form changed by hand is told which choice of its list the name stands for."""
    (found,) = wrong(["anytown-2025-01"], **{AUTHORITY: "Borough Council of Anytown"})
    assert "Did you mean Anytown?" in found


def test_new_report_needs_its_scores() -> None:
    """A report that is not here yet needs nine scores; one that is here needs none."""
    assert wrong(["anytown-2025-01"]) == []
    (found,) = wrong([])
    assert found.startswith(
        "**Nine scores**: this report is not in the collection yet, so all nine are needed. Missing:"
    )
    assert wrong([], **{NINE: "\n".join(f"{name}: 3" for name in NAMES)}) == []


@pytest.mark.parametrize(
    ("given", "iso"),
    [
        ("2025-02-28", "2025-02-28"),
        ("28 February 2025", "2025-02-28"),
        ("28/02/2025", "2025-02-28"),
        ("February 2025", "2025-02"),
        ("2025-02", "2025-02"),
        ("2025-2-8", "2025-02-08"),
        ("2025-2", "2025-02"),
        ("8/2/2025", "2025-02-08"),
        ("08 february 2025", "2025-02-08"),
        ("2025-07-04", "2025-07-04"),
        ("04/07/2025", "2025-07-04"),
        ("4.7.2025", "2025-07-04"),
        ("4th July 2025", "2025-07-04"),
        ("Published: 4 July 2025", "2025-07-04"),
        ("Friday 4 July 2025", "2025-07-04"),
        ("July 4, 2025", "2025-07-04"),
        ("4 Jul 2025", "2025-07-04"),
        ("07/2025", "2025-07"),
    ],
)
def test_dates_as_people_write_them(given: str, iso: str) -> None:
    """A date in one of the usual British forms is understood."""
    fields = read_fields(body(**{PUBLISHED: given}))
    submission, _ = read_submission(fields, WORDS, ["anytown-2025-02", "anytown-2025-07"])
    assert submission is not None
    assert submission.published == iso


@pytest.mark.parametrize(
    "given",
    [
        *("2025-02-30", "1925-02-01", "31/02/2025", "2025-2-1x", "２０２５-02-01\u202e", "../../2025-02"),
        *(
            "2025-13-01",
            "2025",
            "4 July",
            "July",
            "Friday",
            "04/07/25",
            "25-07-04",
            "4 5 July 2025",
            "4 July 2025 10:00",
        ),
        *("4 July 2025 or later", "20250704", "2025/07/04", "4 July 1925", "99999999999 2025", "2025-07-04T10:00"),
    ],
)
def test_no_dates(given: str) -> None:
    """What is no day or month of this century is asked for again."""
    assert len(wrong(["anytown-2025-01"], **{PUBLISHED: given})) == 1


@pytest.mark.parametrize(
    "name",
    [
        "../../etc/passwd",
        "Anytown/../../x",
        "anytown",
        "Аnytown",  # a Cyrillic A
        "Any\u200btown",
        "\u202enwotynA",
        "Anytown; rm -rf /",
        "$(touch x)",
        "`touch x`",
        "--replace",
        "!!python/object:os.system",
        "&a *a",
        "Anytown\x00",
        "A" * 10_000,
    ],
)
def test_an_authority_is_one_of_ours_or_none(name: str) -> None:
    """A name that only looks like an authority's is refused, in words that stay words."""
    (found,) = [each for each in wrong(["anytown-2025-01"], **{AUTHORITY: name}) if each.startswith("**Authority**")]
    assert len(found) < 400
    assert {token.type for token in tokens(found)} <= {
        *("inline", "text", "code_inline", "paragraph_open", "paragraph_close", "strong_open", "strong_close"),
    }


CQC = "https://www.cqc.org.uk/"
NEEDED = f"an address that begins with `{CQC}` is needed"
FOREIGN = "does not belong in the address of CQC's page"


@pytest.mark.parametrize(
    ("address", "what"),
    [
        ("", f"{NEEDED} (found (nothing))."),
        ("javascript:alert(1)", f"{NEEDED} (found `javascript:alert(1)`)."),
        ("https://www.cqc.org.uk.evil.example/", f"{NEEDED} (found `https://www.cqc.org.uk.evil.example/`)."),
        ("https://www.cqc.org.uk@evil.example/", f"{NEEDED} (found `https://www.cqc.org.uk@evil.example/`)."),
        ("https://www.сqc.org.uk/", f"{NEEDED} (found `https://www.сqc.org.uk/`)."),  # a Cyrillic letter
        ("file:///etc/passwd", f"{NEEDED} (found `file:///etc/passwd`)."),
        (f"{CQC}a b", f"a space {FOREIGN} (found `{CQC}a b`)."),
        (f'{CQC}"onclick=', f'“"” {FOREIGN} (found `{CQC}"onclick=`).'),
        (f"{CQC}\u202etxt", f"the sign U+202E {FOREIGN} (found `{CQC} txt`)."),
        (f"{CQC}{'a' * 90}!b", f"“!” {FOREIGN} (found `…{'a' * 78}!b`)."),
        (f"{CQC}{'a' * 400}", f"it has 423 characters; at most 300 are read (found `…{'a' * 80}`)."),
    ],
)
def test_a_source_is_a_page_of_cqc(address: str, what: str) -> None:
    """An address elsewhere, or with anything in it that does not belong there, is refused, and the very place shown."""
    assert wrong(["anytown-2025-01"], **{SOURCE: address}) == [f"**Address of CQC’s page**: {what}"]


@pytest.mark.parametrize(
    "written",
    [
        "www.cqc.org.uk/a",
        "cqc.org.uk/a",
        "http://www.cqc.org.uk/a",
        "HTTPS://WWW.CQC.ORG.UK/a",
        f"<{CQC}a>",
        f"{CQC}a?b=c#d",
    ],
)
def test_an_address_is_taken_as_browsers_and_mails_give_it(written: str) -> None:
    """Its beginning may be left out, brackets may stand around it and a query behind it: the page is the same."""
    assert wrong(["anytown-2025-01"], **{SOURCE: written}) == []
    assert as_kept(written) == f"{CQC}a"


@pytest.mark.parametrize("place", ["#content", "#", "#a b?c", " #main "])
def test_an_address_of_a_place_on_the_page_is_that_of_the_page(place: str) -> None:
    """What a browser adds when somebody jumps to the content is no fault, and does not go into the report."""
    submission, found = read_submission(
        read_fields(body(**{SOURCE: f"{CQC}anytown{place}"})), WORDS, ["anytown-2025-01"]
    )
    assert found == ()
    assert submission is not None
    assert submission.source == f"{CQC}anytown"


@pytest.mark.parametrize(
    ("label", "given"),
    [
        (AUTHORITY, f"Anytown{' and so on' * 20} or Nowhere"),
        (STATEMENT, f"Equity in experience and outcomes{' and so on' * 20} or Nowhere"),
        (PUBLISHED, f"2025-07-04{' and so on' * 20} or Nowhere"),
        (NINE, f"Safeguarding: 3{' and so on' * 20} or Nowhere"),
    ],
)
def test_what_offends_at_the_end_is_shown(label: str, given: str) -> None:
    """A long value is shown with both its ends: what is wrong with it may stand at either."""
    (found,) = wrong(["anytown-2025-01"], **{label: given})
    assert f"`{given[:40]}…" in found
    assert "or Nowhere`" in found


def test_no_line_of_the_scores_is_passed_over() -> None:
    """More lines than there can be scores are told, and not cut off."""
    (found,) = wrong(["anytown-2025-01"], **{NINE: "Safeguarding:\n" * 51})
    assert found == "**Nine scores**: there are 51 lines; one for each of the nine quality statements is needed."


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_fields_are_answered_in_words(text: str) -> None:
    """Hostile words in any field come back as code only."""
    for label in LABELS:
        for found in wrong(**{label: text}):
            made = list(tokens(f"- {found}"))
            assert not any("html" in token.type or token.type in ("image", "link_open") for token in made), found
            assert "\n" not in found


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The invented collection as files."""
    root = tmp_path_factory.mktemp("tree")
    for path, words in VALID.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(words, "utf-8")
    (root / "docs").mkdir()
    return root


def receive(tree: Path, into: Path, words: str, **event: object) -> Result:
    """Run the command on an event with this issue; a traceback is a failure, as are words that deliver.py changes."""
    file = into.parent / f"{into.name}.json"
    file.write_text(json.dumps({"issue": {"number": 7, "body": words}, **event}), "utf-8")
    result = CliRunner().invoke(main, ["--root", str(tree), "receive", str(file), "--into", str(into)])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exc_info
    for made in into.glob("*.md"):
        assert harmless(made.read_text("utf-8")) == made.read_text("utf-8")
    return result


def test_a_good_form_becomes_files(tree: Path, tmp_path: Path) -> None:
    """A text for a report that is here becomes one file with its answer; the collection stays as it was."""
    into = tmp_path / "received"
    result = receive(tree, into, body())
    assert result.exit_code == 0, result.output
    made = sorted(file.relative_to(into).as_posix() for file in into.rglob("*") if file.is_file())
    assert made == ["answer.md", "description.md", "files/data/reports/anytown-2025-01/learning.txt"]
    assert (into / made[2]).read_text("utf-8").split() == GOOD_TEXT.split()
    assert (into / "answer.md").read_text("utf-8") == "Thank you. Your text was read without problems.\n"
    assert "adds 1 section." in (into / "description.md").read_text("utf-8")
    assert not (tree / "data/reports/anytown-2025-01/learning.txt").exists()


def test_a_new_report_becomes_files(tree: Path, tmp_path: Path) -> None:
    """A text of a report that is not here, with its nine scores, brings the report too."""
    into = tmp_path / "received"
    scores = "\n".join(f"{name}: 3" for name in NAMES)
    source = "https://www.cqc.org.uk/invented/othershire-0326"
    changes = {AUTHORITY: "Othershire", PUBLISHED: "2026-03-05", NINE: scores, SOURCE: source}
    receive(tree, into, body(**changes))
    made = sorted(file.relative_to(into / "files").as_posix() for file in (into / "files").rglob("*") if file.is_file())
    assert made == ["data/reports/othershire-2026-03/learning.txt", "data/reports/othershire-2026-03/report.yml"]


def test_a_wrong_form_is_answered(tree: Path, tmp_path: Path) -> None:
    """A form with mistakes gets all of them at once, those of its text too, and no file."""
    into = tmp_path / "received"
    text = GOOD_TEXT.replace("Score: 3", "Score: 9")
    assert receive(tree, into, body(**{PUBLISHED: "soon", TEXT: text})).exit_code == 0
    answer = (into / "answer.md").read_text("utf-8")
    assert sorted(file.name for file in into.rglob("*")) == ["answer.md"]
    assert "- **Published**: a day like" in answer
    assert "EV503 score '9' is not one of 1, 2, 3, 4" in answer


def test_a_wrong_text_is_answered(tree: Path, tmp_path: Path) -> None:
    """A text that does not pass the check is answered with what the check says."""
    into = tmp_path / "received"
    text = GOOD_TEXT.replace("3", "2").replace("a good standard", "some shortfalls")
    receive(tree, into, body(**{TEXT: text}))
    assert sorted(file.name for file in into.rglob("*")) == ["answer.md"]
    assert "EV403 the text says score 2 but the collection says 3" in (into / "answer.md").read_text("utf-8")


def test_a_text_that_keeps_its_reader_too_long_is_answered(
    tree: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever sent a text gets an answer even where reading it has to be ended."""
    monkeypatch.setattr(receiving, "SECONDS", 0)
    receive(tree, tmp_path / "received", body())
    answer = (tmp_path / "received/answer.md").read_text("utf-8")
    assert "reading the text took more than 0 seconds" in answer
    assert sorted(file.name for file in (tmp_path / "received").rglob("*")) == ["answer.md"]


def test_a_changed_text_becomes_files(tree: Path, tmp_path: Path) -> None:
    """With the form's own option, a text takes the place of the one that is here; without it, that option is named."""
    changed = TEXT_HERE.replace("came to each visit", "came to almost each visit")
    receive(tree, tmp_path / "refused", body(**{TEXT: changed}))
    answer = (tmp_path / "refused/answer.md").read_text("utf-8")
    assert f"choose “{REPLACE}” under “{CHANGE}”" in answer
    receive(tree, tmp_path / "taken", body(**{TEXT: changed, CHANGE: REPLACE}))
    made = [file for file in (tmp_path / "taken/files").rglob("*") if file.is_file()]
    assert [file.name for file in made] == ["equity.txt"]
    assert made[0].read_text("utf-8") == changed


EVIL = (
    "::error::mine <script>alert(1)</script> {{ 7*7 }} @everyone #1 [x](javascript:alert(1)) ``` ```` said\n"
    "::stop-commands::x\n---\ntitle: mine\n---\n~~~ ../../x $(touch /tmp/x) ended.\n"
)


@pytest.mark.parametrize("text", [GOOD_TEXT + EVIL, EVIL + GOOD_TEXT, EVIL], ids=["below", "above", "alone"])
def test_hostile_text_stays_words(tree: Path, tmp_path: Path, text: str) -> None:
    """Whether a hostile text is taken or refused, answer and description hold no markup of it, and the log no word."""
    into = tmp_path / "received"
    result = receive(tree, into, body(**{TEXT: text}))
    assert result.output == f"The answer is in {into / 'answer.md'}\n"
    for name in ("answer.md", "description.md"):
        if (into / name).exists():
            made = list(tokens((into / name).read_text("utf-8")))
            assert not any("html" in token.type or token.type in ("image", "link_open") for token in made)
            assert not any("@" in token.content for token in made if token.type == "text")
    outside = [file for file in into.rglob("*") if not file.resolve().is_relative_to(into.resolve())]
    assert outside == []


def test_oversize_is_answered(tree: Path, tmp_path: Path) -> None:
    """A text far longer than any page is refused in words and at once."""
    into = tmp_path / "received"
    start = time.process_time()
    receive(tree, into, body(**{TEXT: "word " * 100_000}))
    assert "at most 60,000 are read" in (into / "answer.md").read_text("utf-8")
    assert time.process_time() - start < 60


@pytest.mark.parametrize("event", ["[]", "{}", '{"issue": 1}', '{"issue": {"body": 5}}', "[" * 5000, "not json"])
def test_other_events_are_refused(tree: Path, tmp_path: Path, event: str) -> None:
    """What is no issue's event is refused in one line, and nothing is written."""
    file = tmp_path / "event.json"
    file.write_text(event, "utf-8")
    result = CliRunner().invoke(main, ["--root", str(tree), "receive", str(file), "--into", str(tmp_path / "out")])
    assert result.exit_code == 1
    assert result.stderr == f"Error: {file} is not the event of an issue, as GitHub writes it\n"
    assert not (tmp_path / "out").exists()


def test_answer_speaks_of_the_form(tree: Path, tmp_path: Path) -> None:
    """What is to be corrected is told by the form's own fields: whoever wrote the issue knows no options."""
    into = tmp_path / "received"
    receive(tree, into, body(**{PUBLISHED: "2025-01-02"}))
    answer = (into / "answer.md").read_text("utf-8")
    assert "EV711" in answer
    assert "“Published”" in answer
    assert "--" not in answer
    assert "standard input" not in answer
