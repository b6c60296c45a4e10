"""The pages' own security policy: it stands on each, forbids what it says, and is held where somebody got in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tests.helpers.built_site import BuiltSite
from tests.helpers.patience import eventually
from tests.site.test_weight import WATCH

if TYPE_CHECKING:
    from tests.site.conftest import OpenPage, Site


def test_every_page_has_the_policy_and_nothing_inside_it(built_site: Path) -> None:
    """Each page has one policy, before anything that it is about, and no script, style or handler in its own text."""
    built = BuiltSite(built_site)
    for address in built.trees:
        (policy,) = built.attributes(address, "meta[http-equiv=Content-Security-Policy]", "content")
        assert "unsafe" not in policy
        assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self';")
        html = built.trees[address].html or ""
        assert html.index("Content-Security-Policy") < html.index("<link")
        assert not built.nodes(address, "script:not([src]), style, [style], [onclick], [onload], [onerror]")


def test_policy_stops_what_it_forbids(site: Site, new_page: OpenPage) -> None:
    """A script, a style or a picture that somebody got into a page, or that leads elsewhere, is not run or fetched."""
    watched = new_page(bypass_csp=False)
    watched.page.add_init_script(WATCH)
    page = watched.open(site.url("/themes/"))
    page.evaluate(
        """() => {
          const main = document.querySelector("main")
          main.insertAdjacentHTML("beforeend", '<p style="color: red" id="red">x</p>')
          main.insertAdjacentHTML("beforeend", '<img src="https://example.org/a.png" onerror="window.ran = 1">')
          const script = document.createElement("script")
          script.textContent = "window.ran = 2"
          main.append(script)
        }"""
    )

    def stopped() -> set[str]:
        return {line.split()[0] for line in page.evaluate("against")}

    eventually(lambda: stopped() >= {"style-src-attr", "script-src-elem", "img-src"})
    assert page.evaluate("window.ran") is None
    assert page.locator("#red").evaluate("it => getComputedStyle(it).color") != "rgb(255, 0, 0)"
