"""The form without installation: what is read of an issue, and what is said of what cannot be."""

from __future__ import annotations

import csv
from collections.abc import Sequence

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

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
from tests.helpers.issue_form import GOOD, NAMES, body
from tests.helpers.projects import ROOT
from tests.unit.test_explain import tokens
from tests.unit.test_hostile import HOSTILE

FORM = yaml.safe_load((ROOT / ".github/ISSUE_TEMPLATE/add-a-report.yml").read_text("utf-8"))["body"]
FIELDS = {item["attributes"]["label"]: item for item in FORM if "id" in item}
WORDS = vocabulary(authorities=(ANYTOWN, OTHERTOWN))


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
