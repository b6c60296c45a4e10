"""What a page asks for before its own words: few files, all of them light, and nothing of the theme's that it lacks."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from build_scripts.disk.read import read_site
from build_scripts.pages.assets import THEME
from build_scripts.pages.assets.sheets import KEPT
from tests.helpers.built_site import BuiltSite

if TYPE_CHECKING:
    from tests.site.conftest import OpenPage, Site

MOST_REQUESTS = 8
MOST_BYTES = 30_000
"""Of all files but the page itself, packed as a host packs them. The issue that asked for lightness said 60,000."""

KINDS = ["/", "/themes/interpretation/", "/authorities/camden/", "/reports/camden-2025-02/equity/", "/scores/"]
KINDS += ["/statements/equity/", "/compare/", "/map/", "/about/design/", "/404.html"]


@pytest.mark.parametrize("address", KINDS)
def test_page_asks_for_little(site: Site, new_page: OpenPage, address: str) -> None:
    """One style sheet, what runs before the page is painted, one script, and small pictures, on every kind of page."""
    watched = new_page()
    watched.open(site.url(address))
    asked = [url.removeprefix(site.base) for url in watched.requests[1:] if not url.startswith("data:")]
    own = [path for path in asked if path.startswith("assets/")]
    files = [site.directory / path for path in own]

    assert len(asked) < MOST_REQUESTS, asked
    assert sum(len(gzip.compress(file.read_bytes(), 9)) for file in files) < MOST_BYTES, own
    assert [file.suffix for file in files].count(".css") == 1
    assert [file.suffix for file in files].count(".js") == 2


def test_classes_of_the_theme_are_those_that_are_kept(root: Path, built_site: Path) -> None:
    """Every class that pages share with the theme's style sheet is on the list of those whose rules stay, and used."""
    theme = read_site(root, b"\0")[THEME].decode("utf-8")
    pages = BuiltSite(built_site)
    classes = {
        name
        for address in pages.trees
        for each in pages.attributes(address, "[class]", "class")
        for name in each.split()
    }

    assert {name for name in classes if name.startswith("md-")} | {"highlight"} == KEPT
    assert all(f".{name}" in theme for name in KEPT)
