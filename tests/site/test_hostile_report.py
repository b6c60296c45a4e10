"""A hostile report, added by the command and built into a real site: nothing of it runs, breaks out or misleads."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.helpers.documents import REPORT, SCORES, SITE, statement_units, summary_units
from tests.helpers.projects import ROOT, copy_few

if TYPE_CHECKING:
    from tests.site.conftest import OpenPage

HOSTILE = (
    "<script>window.ran = 1</script>",
    "<img src=x onerror='window.ran = 2'>",
    "<svg/onload=window.ran=3>",
    "[press](javascript:window.ran=4) <a href='javascript:window.ran=5' autofocus onfocus='window.ran=6'>press</a>",
    "{{ 7 * 7 }} {% raw %} {{ config.site_name }}",
    "---\ntitle: Mine\ntags: [mine]\n---",
    "</article></main></body><iframe srcdoc='<script>parent.ran = 7</script>'></iframe>",
    "<style>body { display: none }</style> <meta http-equiv=refresh content='0;url=/mine'>",
    "![x](x.png){ onclick=window.ran=8 } <base href='/mine/'> <form action=/mine><input name=mine>",
    "&lt;script&gt;window.ran = 9&lt;/script&gt; ../../mine/index.md",
)
"""What stands in a paragraph of one text, each in its own way an attack on the pages."""


LABEL = "<b onclick='window.hit = 11'>Talk</b> {{ 7 * 7 }} [x](javascript:window.hit=12) & `so`"
DEFINITION = "<script>window.hit = 13</script> <img src=x.png onerror='window.hit = 14'> </p><h1>Mine</h1> {% raw %}"


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a site that holds the report, which came in by the command."""
    top = tmp_path_factory.mktemp("hostile")
    root = copy_few(top / "project")
    with (root / "data/authorities.csv").open("a", encoding="utf-8") as table:
        table.write("anytown,Anytown,Anytown Council,E00000001,North East,unitary,\n")
    themes = root / "data/themes.yml"
    before = themes.read_text("utf-8")
    after = before.replace("label: Interpretation and translation", f"label: {json.dumps(LABEL)}")
    after = after.replace("Interpreting and translating between languages", f"{DEFINITION} Interpreting", 1)
    assert (after.count("window.hit = 11"), after.count("window.hit = 13")) == (1, 1)
    themes.write_text(after, "utf-8")
    units = [*summary_units(), *(unit for id in SCORES for unit in statement_units(id))]
    paragraphs = [f"Staff told us that {words} stood in the way of the interpreter." for words in HOSTILE]
    marker = units.index(("text", next(words for kind, words in units if "Nobody" in words and "equity in" in words)))
    units[marker:marker] = [("text", words) for words in paragraphs]
    units.insert(marker, ("heading", "<script>window.ran = 10</script> Voices"))
    name = top / "<img src=x onerror=alert(1)>; ..\\..\\mine.txt"
    name.write_text("\n\n".join(f"• {words}" if kind == "item" else words for kind, words in units), "utf-8")
    environment = {**os.environ, "SITE_URL": "", "REPO_URL": ""}
    add = [str(name), "--source", f"{SITE}{REPORT}"]
    for command in (["add", *add], ["build", "--site-dir", str(root / "site")]):
        whole = [sys.executable, "-m", "build_scripts", *command]
        done = subprocess.run(whole, cwd=root, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
    assert sorted(path.name for path in top.iterdir()) == sorted(["project", name.name])
    return root / "site"


def test_nothing_of_a_hostile_report_runs(hostile: Path, new_page: OpenPage) -> None:
    """On every page that shows it, its words are words: no script runs, nothing is asked for, the page stays whole."""
    page_of = {path.relative_to(hostile).as_posix() for path in hostile.rglob("index.html")}
    shown = [path for path in sorted(page_of) if "window.ran = 1" in (hostile / path).read_text("utf-8")]
    assert "reports/anytown-2025-07/equity/index.html" in shown
    assert any(path.startswith("themes/interpretation/") for path in shown)
    assert not [path for path in page_of if "mine" in path]
    for path in shown[:8]:
        watched = new_page()
        page = watched.open((hostile / path).as_uri())
        for link in page.locator("article.passage").all()[:40]:
            link.hover()
        assert page.evaluate("window.ran") is None, path
        assert page.title().endswith("Care Evidence Explorer"), path
        assert page.locator("main").is_visible()
        assert page.locator("iframe, [onerror], [onload], [onclick], [onfocus], main form, main style").count() == 0
        assert page.locator("a[href^='javascript:']").count() == 0
        assert not [url for url in watched.requests if "mine" in url or url.endswith("/x") or "x.png" in url], path


def test_its_words_are_all_there(hostile: Path, new_page: OpenPage) -> None:
    """The hostile text can be read, letter by letter, as it was published; signs for letters are read as letters."""
    page = new_page().open((hostile / "reports/anytown-2025-07/equity/index.html").as_uri())
    text = " ".join(page.locator("main").inner_text().split())
    for words in HOSTILE:
        for line in words.split("\n"):
            assert unescape(line) in text
    assert "<script>window.ran = 10</script> Voices" in text


def test_words_of_a_hostile_theme_are_words(hostile: Path, new_page: OpenPage) -> None:
    """A theme whose label and definition are markup shows them letter by letter wherever it is named."""
    shown = [
        path
        for path in sorted(hostile.rglob("index.html"))
        if "window.hit = 11" in path.read_text("utf-8") or "window.hit = 13" in path.read_text("utf-8")
    ]
    names = [path.relative_to(hostile).as_posix() for path in shown]
    first = ["themes/interpretation/index.html", "themes/index.html", "reports/anytown-2025-07/equity/index.html"]
    assert set(first) <= set(names)
    for name in [*first, *sorted(set(names) - set(first))[:4]]:
        watched = new_page()
        page = watched.open((hostile / name).as_uri())
        assert page.evaluate("window.hit") is None, name
        main = page.locator("main")
        assert main.locator("[onclick], [onerror], img[src='x.png'], a[href^='javascript:']").count() == 0
        assert [each for each in page.locator("h1").all_inner_texts() if each.strip() == "Mine"] == []
        assert LABEL in " ".join((main.text_content() or "").split()), name
        assert not [url for url in watched.requests if "x.png" in url], name
    page = new_page().open((hostile / first[0]).as_uri())
    assert DEFINITION in " ".join((page.locator("main").text_content() or "").split())


def test_the_project_itself_is_untouched() -> None:
    """The copy was added to, not the project."""
    assert not (ROOT / "data/reports/anytown-2025-07").exists()
