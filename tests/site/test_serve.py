"""`evidence serve` for real, on a copy of the project: what changes shows up, what breaks does not stop it."""

from __future__ import annotations

import gzip
import json
import re
import signal
import tempfile
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest

from build_scripts.commands.build import JOINED
from build_scripts.search import FOLDER, MANIFEST
from tests.helpers.projects import build_site, copy_few
from tests.helpers.serving import Serving

TEXT = "reports/camden-2025-02/equity/"
SOURCE = "data/reports/camden-2025-02/equity.txt"
NUMBERS = count(1)
Change = Callable[[str, Callable[[str], str]], None]


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    """One running server for all tests: they only look, and change files back."""
    project = copy_few(tmp_path_factory.mktemp("project"))
    with tempfile.TemporaryDirectory() as folder:
        server = Serving(project, Path(folder))
        server.wait(server.get)
        yield server
        server.end(signal.SIGTERM)


@pytest.fixture
def changed(served: Serving, tmp_path: Path) -> Iterator[Change]:
    """Changes files of the copy, each in one step, and puts them back after the test."""
    before: dict[Path, str | None] = {}

    def write(file: Path, text: str) -> None:
        whole = tmp_path / "whole"
        whole.write_text(text, "utf-8")
        whole.replace(file)

    def change(path: str, how: Callable[[str], str]) -> None:
        file = served.root / path
        text = file.read_text("utf-8") if file.exists() else None
        before.setdefault(file, text)
        write(file, how(text or ""))

    yield change
    for file, text in before.items():
        if text is None:
            file.unlink(missing_ok=True)
        else:
            write(file, text)


@pytest.fixture
def new() -> str:
    """A sentence that no page has, nor had in an earlier test whose change was put back only just now."""
    return f"The harbour team in Anytown keeps rowing boat {next(NUMBERS)} for visits by water."


def with_paragraph(text: str, paragraph: str) -> str:
    """Return Camden's text with a paragraph more, before the line that ends it."""
    return text.replace("© Care Quality Commission", f"{paragraph}\n\n© Care Quality Commission")


def test_says_its_address_and_serves_there(served: Serving) -> None:
    """It prints the address and serves the site at the root, whatever SITE_URL says of the published one."""
    served.wait(lambda: f"The site is at http://127.0.0.1:{served.port}/; Ctrl+C stops it" in served.lines)
    page = served.get()
    assert "Care Evidence Explorer</title>" in page
    assert f'<link rel="canonical" href="http://127.0.0.1:{served.port}/">' in page
    assert "example.org" not in page
    served.wait(lambda: len(re.findall('<article class="passage"', served.get(TEXT))) == 7)


def test_pages_reload_themselves(served: Serving) -> None:
    """Every page carries MkDocs' script for live reload, which an installed click 8.3 would silently leave out."""
    page = served.get()
    assert re.search(r"livereload\(\d+, \d+\);", page)
    assert "; script-src 'self' 'unsafe-inline'; style-src 'self';" in page  # or the policy would not let it run


def test_changed_text_shows(served: Serving, changed: Change, new: str) -> None:
    """A paragraph added to a report's text is on its page and on the home page's count."""
    changed(SOURCE, lambda text: with_paragraph(text, new))
    served.wait(lambda: new in served.get(TEXT))
    served.wait(lambda: "28 paragraphs" in served.get())


def test_changed_label_by_hand_shows(served: Serving, changed: Change) -> None:
    """Labels by hand are pages' material too: the methodology page is remade from them."""
    address = "about/methodology/"
    before = strip(served.get(address))
    changed("tests/gold/camden-2025-02/equity.yml", lambda text: text.replace("themes: [", "themes: [advocacy, ", 1))
    served.wait(lambda: strip(served.get(address)) not in ("", before))


def strip(page: str) -> str:
    """Return a served page without the script that differs each time."""
    return re.sub(r"livereload\(\d+, \d+\);", "", page)


def test_changed_page_shows(served: Serving, changed: Change, new: str) -> None:
    """A page written by hand under docs/ is served as it is now."""
    changed("docs/about/index.md", lambda text: f"{text}\n{new}\n")
    served.wait(lambda: new in served.get("about/"))


def test_changed_title_shows_in_the_search(served: Serving, changed: Change, new: str) -> None:
    """A guide that gets another title has it in what the search suggests, too."""
    changed("docs/about/index.md", lambda text: re.sub(r"(?m)^title: .*$", f"title: {new}", text, count=1))
    served.wait(lambda: new in suggested(served))


def suggested(served: Serving) -> str:
    """Return the pages that the search suggests, as its files say now; nothing while a file is being replaced."""
    manifest = served.get(f"{FOLDER}/{MANIFEST}")
    packed = served.fetch(f"{FOLDER}/{json.loads(manifest)['pages']}") if manifest else b""
    return gzip.decompress(packed)[:-4].decode("utf-8") if packed else ""


def test_changed_module_of_the_search_shows(served: Serving, changed: Change, new: str) -> None:
    """What a page runs is joined from modules: when one of them changes, pages ask for another file."""
    served.wait(lambda: served.made_file("worker.js"))  # what an earlier test changed may be put back just now
    changed("docs/assets/javascripts/search/engine/worker.js", lambda text: f'{text}\nself.name = "{new}"\n')
    served.wait(lambda: new in served.made_file("worker.js"))


def test_changed_template_shows(served: Serving, changed: Change, new: str) -> None:
    """A changed page template under build_scripts/ is used at once: scripts run in a process of their own."""
    changed("build_scripts/pages/templates/themes.md", lambda text: f"{text}\n{new}\n")
    served.wait(lambda: new in served.get("themes/"))


def test_changed_script_shows(served: Serving, changed: Change, new: str) -> None:
    """So is a changed Python file."""
    changed("build_scripts/pages/statements.py", lambda text: text.replace('"Quality statements"', f'"{new}"'))
    served.wait(lambda: f"<title>{new}" in served.get("statements/"))


def test_changed_override_shows(served: Serving, changed: Change, new: str) -> None:
    """A changed theme template under overrides/ shows."""
    changed("overrides/partials/footer.html", lambda text: text.replace("An independent project", new))
    served.wait(lambda: new in served.get())


def test_new_and_removed_text_show(served: Serving, changed: Change, new: str) -> None:
    """A text that is added gets its page, and loses it when it is taken away."""
    path = "data/reports/camden-2025-02/safeguarding.txt"
    page = "reports/camden-2025-02/safeguarding/"
    assert served.get(page) == ""
    changed(
        path,
        lambda _: f"Safeguarding\nScore: 3\nThe local authority commitment\nWe act.\nKey findings\n{new} {new} {new}\n",
    )
    served.wait(lambda: new in served.get(page))
    (served.root / path).unlink()
    served.wait(lambda: served.get(page) == "")


def test_broken_data_stop_nothing(served: Serving, changed: Change, new: str) -> None:
    """A problem is printed while the old site stays up, and when it is mended the new page shows."""
    break_data(served, changed)
    assert 'id="key-findings"' in served.get(TEXT)
    changed(SOURCE, lambda text: with_paragraph(text.replace("Score: 7", "Score: 4"), new))
    served.wait(lambda: new in served.get(TEXT))


def test_pages_by_hand_show_while_data_are_broken(served: Serving, changed: Change, new: str) -> None:
    """They are served as they are now, and every page goes on asking for the style sheet that is there."""
    changed(SOURCE, lambda text: with_paragraph(text, new))
    served.wait(lambda: new in served.get(TEXT))  # made by the scripts as they are now, not by an earlier test's
    break_data(served, changed)
    (folder,) = set(re.findall(r"assets/made/[^/]+/", served.get(TEXT)))
    changed("docs/about/index.md", lambda text: f"{text}\n{new}\n")
    served.wait(lambda: new in served.get("about/"))
    assert set(re.findall(r"assets/made/[^/]*/", served.get("about/") + served.get(TEXT))) == {folder}
    assert served.made_file("style.css")


def break_data(served: Serving, changed: Change) -> None:
    """Put a problem into the data, and wait until it is told."""
    seen = len(served.lines)
    changed(SOURCE, lambda text: text.replace("Score: 4", "Score: 7"))
    served.wait(lambda: re.search(rf"^{SOURCE}:\d+: EV\d+ ", "\n".join(served.lines[seen:]), re.MULTILINE))


def test_broken_script_stops_nothing(served: Serving, changed: Change) -> None:
    """Nor does a script with a slip in it: Python's words are shown, the old site stays."""
    seen = len(served.lines)
    changed("build_scripts/pages/statements.py", lambda text: f"{text}\nthis is no Python\n")
    served.wait(lambda: "SyntaxError" in "\n".join(served.lines[seen:]))
    assert "Quality statements" in served.get("statements/")


def test_rests_when_nothing_changes(served: Serving, changed: Change, new: str) -> None:
    """What a build writes is no change for the next: a change has the pages written once and no more."""
    break_data(served, changed)  # once this is told, whatever came before is done with
    made = served.made

    changed(SOURCE, lambda text: with_paragraph(text.replace("Score: 7", "Score: 4"), new))
    served.wait(lambda: new in served.get(TEXT))
    served.wait(lambda: "28 paragraphs" in served.get())

    break_data(served, changed)
    assert served.made == made + 1


def test_slip_in_a_template_stops_nothing(served: Serving, changed: Change, new: str) -> None:
    """A template of the frame that cannot be read is told with its line, the old site stays, and mended it shows."""
    seen, path = len(served.lines), "overrides/partials/footer.html"
    before = (served.root / path).read_text("utf-8")
    changed(path, lambda text: f"{text}{{% endif %}}")
    served.wait(lambda: "Error: MkDocs: " in "\n".join(served.lines[seen:]))
    assert "Care Evidence Explorer</title>" in served.get()
    changed(path, lambda _: f"{before}<p>{new}</p>")
    served.wait(lambda: new in served.get())
    served.wait(lambda: new in served.get("themes/"))


def test_removed_page_and_file_are_gone(served: Serving, changed: Change, new: str) -> None:
    """A page written by hand, and a picture, that are taken away are on the site no more."""
    changed("docs/about/harbour.md", lambda _: f"---\ntitle: Harbour\ndescription: {new}\n---\n\n# Harbour\n\n{new}\n")
    changed("docs/assets/images/harbour.svg", lambda _: "<svg xmlns='http://www.w3.org/2000/svg'/>")
    served.wait(lambda: new in served.get("about/harbour/") and served.get("assets/images/harbour.svg"))
    (served.root / "docs/about/harbour.md").unlink()
    (served.root / "docs/assets/images/harbour.svg").unlink()
    served.wait(lambda: not served.get("about/harbour/") and not served.get("assets/images/harbour.svg"))


def test_after_changes_the_site_is_as_if_built_from_nothing(
    served: Serving, changed: Change, new: str, tmp_path: Path
) -> None:
    """Whatever changed before, every file that is served is to the byte what a build makes of the project as it is."""
    changed(SOURCE, lambda text: with_paragraph(text, new))
    served.wait(lambda: new in served.get(TEXT))
    changed("data/themes.yml", lambda text: text.replace("label: Inequality", f"label: Fairness {new[:30]}", 1))
    changed("docs/assets/stylesheets/base.css", lambda text: f'{text}.new {{ content: "{new}"; }}\n')
    served.wait(lambda: new in served.made_file("style.css"))
    changed("build_scripts/pages/statements.py", lambda text: text.replace('"Quality statements"', f'"{new}"'))
    served.wait(lambda: f"<title>{new}" in served.get("statements/"))
    changed("docs/about/index.md", lambda text: re.sub(r"(?m)^title: .*$", f"title: {new}", text, count=1))
    served.wait(lambda: new in suggested(served))
    served.rest()  # two that write the same docs/ would take files from each other

    build_site(tmp_path / "site", served.root, site_url=f"http://127.0.0.1:{served.port}/")
    (site,) = served.temporary.glob("evidence-serve-*/site")
    served.wait(lambda: contents(site) == contents(tmp_path / "site"))


def contents(site: Path) -> dict[str, bytes]:
    """Return a site's files by their paths, without the packed site map, which has the time of its packing in it, and
    without what a build leaves out and MkDocs' server does not."""
    files = {file.relative_to(site).as_posix(): file for file in site.rglob("*") if file.is_file()}
    return {
        path: file.read_bytes()
        for path, file in files.items()
        if file.name != "sitemap.xml.gz" and not path.startswith(JOINED)
    }
