"""The tables that readers take away: they read back to the data, and open in a spreadsheet without harm."""

from __future__ import annotations

import csv
from dataclasses import replace
from io import StringIO

from build_scripts.facts.authorities import read_authorities
from build_scripts.model.collection import Collection
from build_scripts.model.evidence import Event, Figures, SourceFile
from build_scripts.pages import render_pages
from build_scripts.pages.compare_data import CREDIT
from build_scripts.pages.tables import table_files
from tests.helpers.anytown import ANYTOWN, OTHERTOWN, collection, report, vocabulary
from tests.helpers.projects import ROOT
from tests.helpers.readers import front_matter, look, mkdocs_html

OLD = report("anytown-2025-01", score=2)
AFTER = Figures("Requires improvement", 53, {**OLD.scores, "equity": 3})
REGRADED = replace(
    OLD,
    percentage=AFTER.percentage,
    scores=AFTER.scores,
    events=(Event("regraded", "2025-03-04", "", "", Figures(OLD.rating, OLD.percentage, OLD.scores), AFTER),),
)
WITHDRAWN = report("othertown-2024-06", source="", events=(Event("withdrawn", "2024-07", "", ""),))


def rows(of: Collection, path: str) -> list[dict[str, str]]:
    """Rows of a table, by its columns."""
    return list(csv.DictReader(StringIO(table_files(of)[path].decode("utf-8-sig"), newline=""), strict=True))


def test_scores_have_a_row_for_each_report_as_it_stands() -> None:
    """The figures are those after a regrade, and what was regraded or withdrawn says when."""
    anytown, othertown = rows(collection([], [WITHDRAWN, REGRADED]), "data/scores.csv")

    assert {id: int(anytown[id]) for id in REGRADED.scores} == AFTER.scores
    assert (anytown["report"], anytown["authority"], anytown["name"]) == ("anytown-2025-01", "anytown", "Anytown")
    assert (anytown["rating"], anytown["percentage"]) == ("Requires improvement", "53")
    assert (anytown["type"], anytown["region"]) == ("unitary", "The Coast")
    assert (anytown["published"], anytown["retrieved"]) == (OLD.published, OLD.retrieved)
    assert (anytown["regraded"], anytown["withdrawn"]) == ("2025-03-04", "")
    assert (anytown["source"], anytown["credit"]) == (OLD.source, CREDIT)
    assert (othertown["report"], othertown["source"]) == ("othertown-2024-06", "")
    assert (othertown["regraded"], othertown["withdrawn"]) == ("", "2024-07")


def test_authorities_read_back_as_they_were() -> None:
    """The file of the site is the file of the data: the check reads it, and finds the same."""
    source = SourceFile("data/authorities.csv", (ROOT / "data" / "authorities.csv").read_bytes())
    real, problems = read_authorities(source)
    data = table_files(collection([], vocabulary=vocabulary(authorities=real)))[source.path]
    assert len(real) > 100
    assert read_authorities(replace(source, data=data)) == (real, problems) == (real, ())


def test_a_cell_that_a_spreadsheet_would_run_gets_an_apostrophe() -> None:
    """Wherever contributed words stand; all others come as they are."""
    words = vocabulary(authorities=(replace(ANYTOWN, name="=1+1", also=("@SUM(A1)",)), replace(OTHERTOWN, name="a=b")))
    first, second = rows(collection([], vocabulary=words), "data/authorities.csv")
    assert (first["name"], first["also"], second["name"]) == ("'=1+1", "'@SUM(A1)", "a=b")


def test_the_order_in_which_reports_came_makes_no_difference() -> None:
    """The same data is the same bytes."""
    one, other = (replace(collection([]), all_reports=each) for each in ((OLD, WITHDRAWN), (WITHDRAWN, OLD)))
    assert table_files(one) == table_files(other)


def test_the_page_explains_each_column() -> None:
    """Every column of every file has a row in the page's dictionary, in the order of the file."""
    here = collection([], [OLD])
    page = render_pages(here)["data/index.md"].decode()
    for name in ("scores", "authorities"):
        (header, *_) = csv.reader(StringIO(table_files(here)[f"data/{name}.csv"].decode("utf-8-sig")))
        own = page.partition(f'aria-label="Columns of {name}.csv"')[2].partition("</table>")[0]
        told = [row.partition("<code>")[2].partition("</code>")[0] for row in own.split("<tr>")[2:]]
        assert [column.replace("&#95;", "_") for column in told] == header


def test_the_page_leads_to_the_files_of_the_project_where_it_knows_it() -> None:
    """With the project's address each file is a link, without it a name."""
    here = collection([], [OLD])
    known = render_pages(here, "https://example.org/project")["data/index.md"].decode()
    assert 'href="https://example.org/project/blob/main/data/themes.yml"' in known
    assert 'href="https://example.org/project/tree/main/data/reports"' in known
    unknown = render_pages(here)["data/index.md"].decode()
    assert "does not know" in look(mkdocs_html(front_matter(unknown)[0])).words
    assert "/blob/main/" not in unknown
