"""Which authority a name means: every real one, as people write it, against the folder of every other."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from build_scripts.check import check_page
from build_scripts.contribute.draft import make_draft
from build_scripts.contribute.recognise import recognise
from build_scripts.contribute.wanted import NotYetError, Wanted
from build_scripts.facts.authorities import read_authorities
from build_scripts.model.authority_names import authorities_like, authorities_named
from build_scripts.model.evidence import Imported, SourceFile, StatementPage
from build_scripts.review.cqc_list import Listed, new_reports
from tests.helpers.anytown import report, vocabulary
from tests.helpers.projects import ROOT

PATH = "data/authorities.csv"
AUTHORITIES = read_authorities(SourceFile(PATH, (ROOT / PATH).read_bytes()))[0]
WORDS = vocabulary(authorities=AUTHORITIES)
IN_REPORT = re.compile(r"authority: (?P<slug>\S+)(?s:.*)assessment-reports/(?P<part>[\w-]+)-\d{4}")
ADDRESSES = {
    found["slug"]: found["part"]
    for file in sorted((ROOT / "data/reports").glob("*/report.yml"))
    if (found := IN_REPORT.match(file.read_text("utf-8")))
}
"""Slug to what CQC's own address of the report calls it."""

TITLES = (
    "{}",
    "{} Council",
    "{} City Council",
    "{} Borough Council",
    "{} County Council",
    "{} County",
    "{} Metropolitan Borough Council",
    "{} MBC",
    "London Borough of {}",
    "Royal Borough of {}",
    "The Metropolitan Borough of {}",
    "City of {}",
    "City of {} Metropolitan District Council",
    "Council of the {}",
    "{}, City of",
    "{}, County of",
    "{}: local authority assessment",
    "{} Council – local authority assessment report, July 2025",
    "Local authority assessment of {}",
    "{} Council’s adult social care services",
)
TYPED = (
    str,
    str.upper,
    str.lower,
    lambda name: name.replace(" and ", " & "),
    lambda name: name.replace("-", " "),
    lambda name: name.replace(" ", "-"),
    lambda name: name.replace(" ", "\xa0"),
    lambda name: name.replace(" ", ""),
    lambda name: name.replace("St ", "St. "),
    lambda name: name.replace("Helens", "Helen’s"),
    lambda name: name.replace("Helens", "Helen's"),
    lambda name: name.replace(" Christchurch", ", Christchurch"),
    lambda name: name.replace(" upon ", "-on-"),
)


def told(title: str, slug: str) -> list[str]:
    """What the check says of a text that names its authority so, in the folder of this one."""
    page = StatementPage("equity", title, 3, None, (), (), (), (), ())
    source = SourceFile("data/reports/x/equity.txt", title.encode())
    return [f"{each.code} {each.what}" for each in check_page(source, page, "equity", report(f"{slug}-2025-01"), WORDS)]


def draft_for(authority: str = "", text: str = "", *, example: bool = False) -> str:
    """The report that ``add`` makes of an authority that is named, or else what it asks, with an example or without."""
    found = recognise(Imported("text", f"{text}\nKey findings\nStaff agreed.", name="page.txt"), WORDS)
    scores = {statement.id: 3 for statement in WORDS.framework.statements}
    wanted = Wanted(authority, "equity", "2025-01", scores, "https://www.cqc.org.uk/x", "2025-02-01")
    try:
        return make_draft([found], wanted, WORDS, (), {}).report
    except NotYetError as error:
        return "; ".join(f"{each.what}{f': {each.example}' if example else ''}" for each in error.questions)


@pytest.mark.parametrize("title", TITLES)
def test_every_authority_is_known_by_each_of_its_names(title: str) -> None:
    """Slug, name and other names, in any usual title and however typed, mean this authority and no other."""
    wrong = [
        (name, named)
        for authority in AUTHORITIES
        for name in authority.names
        for typed in TYPED
        if (named := authorities_named(title.format(typed(name)), AUTHORITIES)) != (authority.slug,)
    ]
    assert wrong == []


def test_every_full_name_means_its_council() -> None:
    """The official name, as a report's title may have it, means this council and no other."""
    wrong = [each.full_name for each in AUTHORITIES if authorities_named(each.full_name, AUTHORITIES) != (each.slug,)]
    assert wrong == []


def test_every_text_is_refused_in_every_other_folder() -> None:
    """Of 153 times 153 pairs of a text and a folder, the check takes the 153 that belong together."""
    for text in AUTHORITIES:
        title = f"{text.name} Council"
        taken = [folder.slug for folder in AUTHORITIES if not told(title, folder.slug)]
        assert taken == [text.slug]


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Hull City Council", "kingston-upon-hull"),
        ("Kingston upon Hull, City of", "kingston-upon-hull"),
        ("Royal Borough of Kingston upon Thames", "kingston-upon-thames"),
        ("Kingston Council", "kingston-upon-thames"),
        ("Kent County", "kent"),
        ("Durham County Council", "county-durham"),
        ("City of London Corporation", "city-of-london"),
        ("Corporation of London", "city-of-london"),
        ("London Borough of Richmond", "richmond-upon-thames"),
        ("BCP Council", "bournemouth-christchurch-and-poole"),
        ("Bournemouth, Christchurch & Poole Council", "bournemouth-christchurch-and-poole"),
        ("B&NES", "bath-and-north-east-somerset"),
        ("Rutland County Council District Council", "rutland"),
        ("County of Herefordshire District Council", "herefordshire"),
        ("City of Bradford Metropolitan District Council", "bradford"),
        ("The Council of the Isles of Scilly", "isles-of-scilly"),
        ("City of Westminster", "westminster"),
        ("Saint Helens", "st-helens"),
        ("LB Camden", "camden"),
    ],
)
def test_usual_other_names_are_known(title: str, slug: str) -> None:
    """What people call a council is one answer: of importing, of ``add --authority`` and of the check."""
    assert authorities_named(title, AUTHORITIES) == (slug,)
    assert told(title, slug) == []
    assert draft_for(title) == f"{slug}-2025-01"
    assert draft_for(text=f"{title}: local authority assessment") == f"{slug}-2025-01"


@pytest.mark.parametrize(
    "title",
    [
        "South Cambridgeshire District Council",
        "East Kent Council",
        "Staffordshire Moorlands District Council",
        "Greater Manchester Combined Authority",
        "Gloucester City Council",
        "Oxford City Council",
        "Bath and North Somerset",
        "Londonderry",
        "Newbury",
        "The Council",
        "London",
        "",
        "Кent",  # a Cyrillic letter
    ],
)
def test_what_only_holds_a_name_is_nobody(title: str) -> None:
    """A district inside a county, or a town that it is named after, is not the county."""
    assert authorities_named(title, AUTHORITIES) == ()


@pytest.mark.parametrize(("slug", "part"), ADDRESSES.items())
def test_addresses_of_cqc_name_their_authority(slug: str, part: str) -> None:
    """What CQC's addresses call an authority, its words run together, is understood; so no question is asked."""
    assert authorities_named(part, AUTHORITIES) == (slug,)


def test_a_name_that_fits_several_is_told_as_such() -> None:
    """Neither the check nor ``add`` takes one of two; both name them."""
    title = "Kent and Medway Council"

    assert authorities_named(title, AUTHORITIES) == ("kent", "medway")
    assert told(title, "kent") == [f"EV506 the text names {title!r}, which fits kent and medway"]
    assert draft_for(title) == f"--authority is {title!r}, which fits kent and medway"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Sussex County Council", "it may be east-sussex or west-sussex"),
        ("Northamptonshire", "it may be north-northamptonshire or west-northamptonshire"),
        ("Cheshire", "it may be cheshire-east or cheshire-west-and-chester"),
        ("Glocestershire", "(did you mean 'Gloucestershire'?)"),
    ],
)
def test_part_of_a_name_is_answered_with_those_that_have_it(name: str, said: str) -> None:
    """A name of nobody is asked about with what it may be."""
    assert draft_for(name) in (
        f"--authority is {name!r}, which is no authority of data/authorities.csv{sign} {said}" for sign in ("", ":")
    )
    assert draft_for(text=f"{name}: local authority assessment").endswith(said)


def test_only_a_slip_is_taken_for_a_name() -> None:
    """A name that is merely somewhat alike is no guess; the example is another council than the one that is guessed."""
    assert draft_for("Anytown", example=True) == (
        "--authority is 'Anytown', which is no authority of data/authorities.csv: --authority halton"
    )
    assert draft_for("Haltonn", example=True).endswith("(did you mean 'Halton'?): --authority camden")


def test_a_report_on_the_list_is_not_taken_for_another_authoritys() -> None:
    """Gloucestershire's report, whose address is not recorded, does not hide South Gloucestershire's of that month."""
    start = "https://www.cqc.org.uk/list"
    listed = [
        Listed(f"{start}/southgloucestershire-0125", "South Gloucestershire Council: local authority assessment"),
        Listed(f"{start}/gloucestershire-0125", "Gloucestershire County Council: local authority assessment"),
        Listed(f"{start}/hull-0125", ""),
    ]
    own = [report(f"{slug}-2025-01", source="") for slug in ("gloucestershire", "kingston-upon-hull")]

    assert new_reports(listed, own, AUTHORITIES, start) == listed[:1]


@given(st.text(max_size=300))
def test_any_text_is_answered(title: str) -> None:
    """Whatever a name is made of, the answer is slugs that there are."""
    named = {*authorities_named(title, AUTHORITIES), *authorities_like(title, AUTHORITIES)}
    assert named <= {each.slug for each in AUTHORITIES}
