"""The theme's own promises: colours with enough contrast, a head that escapes, two schemes, paper, forced colours."""

from __future__ import annotations

import os
import re
import struct
import subprocess
import sys
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml
from selectolax.lexbor import LexborHTMLParser

from tests.helpers.projects import ROOT

if TYPE_CHECKING:
    from tests.site.conftest import OpenPage, Site

ASSETS = ROOT / "docs" / "assets"
TEXT = "/reports/camden-2025-02/equity/"

INKS = ["ink", "ink-soft", "link", "link-hover"]
SURFACES = ["paper", "raised", "sunk"]
# Ink on surface, and the least contrast it needs (WCAG 1.4.3; 1.4.11 for edges of controls).
PAIRS = [
    *((ink, on, 4.5) for ink, on in product(INKS, [*SURFACES, "target"])),
    ("ink", "tint", 4.5),
    ("link", "tint", 4.5),
    ("link-hover", "tint", 4.5),
    ("tint-ink", "tint", 4.5),
    ("found-ink", "found", 4.5),
    ("masthead-ink", "masthead", 4.5),
    ("masthead-soft", "masthead", 4.5),
    *((f"score-{n}-ink", f"score-{n}", 4.5) for n in range(1, 5)),
    *(("score-edge", on, 3.0) for on in SURFACES),
    *((edge, on, 3.0) for edge, on in product(["edge", "focus"], SURFACES)),
    ("focus", "target", 3.0),
    ("target-edge", "paper", 3.0),
    ("amber", "masthead", 3.0),
    ("edge", "masthead", 3.0),
]


def colours(scheme: str) -> dict[str, str]:
    """Return the colours of ``tokens.css`` as they hold in a scheme: name to six hex digits."""
    text = (ASSETS / "stylesheets" / "tokens.css").read_text(encoding="utf-8")
    found: dict[str, str] = {}
    for selector, body in re.findall(r"([^{}]+)\{([^{}]*)\}", re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)):
        if selector.strip() == ":root" or f'"{scheme}"' in selector:
            found |= dict(re.findall(r"--([\w-]+):\s*#([0-9a-f]{6});", body))
    return found


def contrast(one: str, other: str) -> float:
    """Return WCAG's contrast ratio of two colours given as six hex digits, from 1 to 21."""

    def luminance(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (0, 2, 4)]
        red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", ["default", "slate"])
def test_every_colour_has_the_contrast_it_needs(scheme: str) -> None:
    """Text has 4.5:1 on every surface that it may stand on, edges of controls and the focus ring 3:1."""
    palette = colours(scheme)
    found = [
        f"{ink} on {on}: {contrast(palette[ink], palette[on]):.2f} < {least}"
        for ink, on, least in PAIRS
        if contrast(palette[ink], palette[on]) < least
    ]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("scheme", ["default", "slate"])
def test_neighbouring_scores_differ_in_lightness(scheme: str) -> None:
    """Scores next to each other differ in lightness or lie on both sides of blue and orange, for any colour vision."""
    palette = colours(scheme)
    for n in (1, 3):
        assert contrast(palette[f"score-{n}"], palette[f"score-{n + 1}"]) >= 1.5
    red, _, blue = (int(palette["score-2"][i : i + 2], 16) for i in (0, 2, 4))
    assert red > blue
    red, _, blue = (int(palette["score-3"][i : i + 2], 16) for i in (0, 2, 4))
    assert blue > red


def test_colours_are_named_only_in_tokens() -> None:
    """No style sheet but tokens.css and the one for paper writes a colour of its own."""
    for sheet in sorted((ASSETS / "stylesheets").glob("*.css")):
        if sheet.name not in {"tokens.css", "print.css"}:
            assert not re.findall(r"#[0-9a-fA-F]{3,8}\b", sheet.read_text(encoding="utf-8")), sheet.name


def test_settings_that_must_not_change() -> None:
    """No remote font, no search of the theme's, one hook that makes no page; links warn."""
    text = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    settings = yaml.safe_load(text.replace("!ENV", ""))
    assert settings["theme"]["font"] is False
    assert settings["hooks"] == ["build_scripts/pages/frame/tight.py"]
    assert settings["plugins"] == [{"search": {"enabled": False}}]
    assert set(settings["validation"].values()) == {"warn"}


def build_page(folder: Path, front_matter: str, site_url: str) -> LexborHTMLParser:
    """Build a site of one page with the project's own theme, and return that page."""
    docs = folder / "docs"
    docs.mkdir()
    (docs / "assets").symlink_to(ASSETS)
    (docs / "index.md").write_text("# Home\n", encoding="utf-8")
    (docs / "page.md").write_text(f"---\n{front_matter}---\n\n# Heading\n", encoding="utf-8")
    settings = {
        "INHERIT": str(ROOT / "mkdocs.yml"),
        "docs_dir": str(docs),
        "theme": {"custom_dir": str(ROOT / "overrides")},
        "hooks": [str(ROOT / "build_scripts/pages/frame/tight.py")],
        "nav": ["index.md"],
        "not_in_nav": "/page.md",
    }
    (folder / "mkdocs.yml").write_text(yaml.safe_dump(settings), encoding="utf-8")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(folder / "site")]
    environment = {**os.environ, "SITE_URL": site_url, "NO_MKDOCS_2_WARNING": "1"}
    subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=True)
    return LexborHTMLParser((folder / "site" / "page" / "index.html").read_text(encoding="utf-8"))


def meta(page: LexborHTMLParser, name: str) -> str | None:
    """Return the content of a meta element by its name or property."""
    node = page.css_first(f'meta[name="{name}"], meta[property="{name}"]')
    return node.attributes["content"] if node else None


def test_head_escapes_what_a_page_says_of_itself(tmp_path: Path) -> None:
    """A hostile title or description stands in the head as text: no element, attribute or script comes of it."""
    hostile = 'A "quoted" <script>alert(1)</script> & more'
    page = build_page(tmp_path, yaml.safe_dump({"title": hostile, "description": hostile}), "")
    title = page.css_first("title")
    assert title is not None
    assert title.text() == f"{hostile} - Care Evidence Explorer"
    for name in ("description", "og:description"):
        assert meta(page, name) == hostile
    assert not [script for script in page.css("script") if "alert" in script.text()]


@pytest.mark.parametrize("site_url", ["https://example.org/care/", "https://example.org/care"])
def test_social_picture_is_absolute(tmp_path: Path, site_url: str) -> None:
    """With a known address the page names its canonical URL and its picture absolutely."""
    page = build_page(tmp_path, "title: Anytown\n", site_url)
    assert meta(page, "og:image") == "https://example.org/care/assets/images/social-card.png"
    assert meta(page, "og:url") == "https://example.org/care/page/"
    assert meta(page, "twitter:card") == "summary_large_image"


def test_no_social_picture_without_an_address(tmp_path: Path) -> None:
    """Without a known address there is no picture, since a relative one would lead nowhere."""
    page = build_page(tmp_path, "title: Anytown\n", "")
    assert meta(page, "og:image") is None
    assert meta(page, "og:url") is None
    assert meta(page, "og:title") == "Anytown - Care Evidence Explorer"


def test_social_picture_has_the_size_that_is_promised() -> None:
    """The picture is a PNG of 1200 by 630 pixels, as the head says."""
    data = (ASSETS / "images" / "social-card.png").read_bytes()
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">II", data[16:24]) == (1200, 630)


def test_scheme_follows_the_system_until_a_reader_chooses(site: Site, new_page: OpenPage) -> None:
    """The first visit takes the system's scheme; the button changes it, tells its state, and the choice lasts."""
    watched = new_page(color_scheme="dark")
    page = watched.open(site.url("/"))
    scheme = "document.documentElement.getAttribute('data-md-color-scheme')"
    button = page.get_by_role("button", name="Dark colours")
    assert page.evaluate(scheme) == "slate"
    assert button.get_attribute("aria-pressed") == "true"
    page.emulate_media(color_scheme="light")
    page.wait_for_function(f"{scheme} === 'default'")
    button.click()
    assert page.evaluate(scheme) == "slate"
    watched.open(site.url("/themes/"))
    assert page.evaluate(scheme) == "slate"
    page.get_by_role("button", name="Dark colours").click()
    assert page.evaluate(scheme) == "default"


def test_landmarks_are_unique_and_named(site: Site, new_page: OpenPage) -> None:
    """One banner, one main, one contentinfo, one search; every navigation has a name of its own."""
    page = new_page().open(site.url(TEXT))
    for role in ("banner", "main", "contentinfo", "search"):
        assert page.get_by_role(role).count() == 1, role
    names = page.evaluate("[...document.querySelectorAll('nav')].map((it) => it.getAttribute('aria-label'))")
    assert all(names)
    assert len(names) == len(set(names))


def test_a_score_is_never_colour_alone(site: Site, new_page: OpenPage) -> None:
    """Every score badge and rating has its number or word, and keeps an edge where colours are forced."""
    page = new_page(forced_colors="active").open(site.url(TEXT))
    badges = page.evaluate(
        """[...document.querySelectorAll(".score, .rating")].map((it) => ({
          text: it.innerText.trim(),
          edge: getComputedStyle(it.querySelector("b") ?? it).borderTopStyle,
        }))"""
    )
    assert badges
    for badge in badges:
        assert re.match(r"[1-4]\b|[A-Z]", badge["text"])
        assert badge["edge"] == "solid"


def test_paper_has_words_and_sources_only(site: Site, new_page: OpenPage) -> None:
    """A print has no header, menu, outline or footer; it shows the source; a passage keeps its number and labels."""
    page = new_page().open(site.url(TEXT))
    page.emulate_media(media="print")
    for part in (".masthead", ".outline", ".colophon", ".crumbs", ".prevnext"):
        assert not page.locator(part).is_visible(), part
    assert page.locator(".printed").is_visible()
    source = page.locator(".source a").first.evaluate("it => getComputedStyle(it, '::after').content")
    assert "https://www.cqc.org.uk/" in source
    assert page.locator(".passage > header").first.evaluate("it => getComputedStyle(it).breakAfter") == "avoid"
    assert page.locator(".passage > footer").first.evaluate("it => getComputedStyle(it).breakBefore") == "avoid"


def test_nothing_moves_for_readers_who_asked(site: Site, new_page: OpenPage) -> None:
    """With reduced motion nothing scrolls smoothly or moves."""
    page = new_page(reduced_motion="reduce").open(site.url(TEXT))
    moving = page.evaluate(
        """[...document.querySelectorAll("*")].filter((it) => {
          const style = getComputedStyle(it)
          const moves = /[1-9]/.test(style.transitionDuration) || style.animationName !== "none"
          return moves || style.scrollBehavior === "smooth"
        }).map((it) => it.outerHTML.slice(0, 80))"""
    )
    assert not moving


def test_text_is_as_large_and_as_wide_as_promised(site: Site, new_page: OpenPage) -> None:
    """On a laptop text is 17 to 18 px, and a passage's line holds some 70 characters."""
    page = new_page().open(site.url(TEXT))
    size, width = page.locator(".passage p").first.evaluate(
        "it => [parseFloat(getComputedStyle(it).fontSize), it.getBoundingClientRect().width]"
    )
    assert 17 <= size <= 18
    assert 32 <= width / size <= 42  # a character is about half an em wide
