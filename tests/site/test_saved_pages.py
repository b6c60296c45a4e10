"""Pages that a real browser saves as “Webpage, single file”, added by the file's own name, with no further option."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from playwright.sync_api import Page, Route

from build_scripts.commands.main import main
from tests.helpers.collections_of import write_small_project
from tests.helpers.cqc import SITE, invented_files, statement_page
from tests.helpers.strategies import FRAMEWORK

if TYPE_CHECKING:
    from tests.site.conftest import OpenPage, Site

ADDRESS = f"{SITE}/care-services/local-authority-assessment-reports/anytown-0325/theme1/equity"
PLACE = "data/reports/anytown-2025-03"


def saved(page: Page, folder: Path) -> Path:
    """Save the page as Chromium's menu does, under the name that it offers."""
    snapshot = page.context.new_cdp_session(page).send("Page.captureSnapshot", {"format": "mhtml"})
    file = folder / f"{page.title().replace('/', '_')}.mhtml"
    file.write_bytes(snapshot["data"].encode())
    return file


def test_a_saved_page_of_cqcs_is_added(new_page: OpenPage, tmp_path: Path) -> None:
    """A statement page in CQC's layout, saved as a single file, becomes the text that it is, word for word."""
    files = {path: text for path, text in invented_files().items() if PLACE in path}
    root = write_small_project(tmp_path / "project")
    (root / PLACE).mkdir(parents=True)
    facts = f'{files[f"{PLACE}/report.yml"]}source: {ADDRESS.rpartition("/theme")[0]}\nretrieved: "2025-04-01"\n'
    (root / PLACE / "report.yml").write_text(f"{facts}checked: one source\n", "utf-8")

    def answer(route: Route) -> None:
        body = statement_page(files[f"{PLACE}/equity.txt"], FRAMEWORK)
        route.fulfill(body=body if route.request.url == ADDRESS else "", content_type="text/html; charset=utf-8")

    page = new_page().page
    page.route("**/*", answer)
    page.goto(ADDRESS)
    file = saved(page, tmp_path)
    assert " " in file.name
    result = CliRunner().invoke(main, ["--root", str(root), "add", str(file)])
    assert result.exit_code == 0, result.output
    assert (root / PLACE / "equity.txt").read_text("utf-8").split() == files[f"{PLACE}/equity.txt"].split()


@pytest.mark.parametrize("address", ["/reports/camden-2025-02/equity/", "/reports/camden-2025-02/"])
def test_a_saved_page_of_this_site_is_told_for_what_it_is(
    site: Site, new_page: OpenPage, tmp_path: Path, address: str
) -> None:
    """A page of our own is no source: that is said, with the address of CQC's own page."""
    file = saved(new_page().open(site.url(address)), tmp_path)
    result = CliRunner().invoke(main, ["--root", str(write_small_project(tmp_path / "project")), "add", str(file)])
    assert result.exit_code == 1
    assert "EV707 this is a page of an evidence explorer" in result.output
    assert f"take CQC's own page of the report: {SITE}/" in result.output
