"""Style sheets joined: of the theme's what our pages have, of ours all but comments and white space."""

from __future__ import annotations

from pathlib import Path

import pytest

from build_scripts.disk.read import read_site
from build_scripts.pages.assets import SHEETS_IN_ORDER, THEME, browser_files, made_folder
from build_scripts.pages.assets.modules import NotJoinedError
from build_scripts.pages.assets.sheets import style_sheet, tight
from build_scripts.pages.frame.markdown import MARKER
from build_scripts.search import LUNR
from build_scripts.search.lunr_module import lunr_modules
from tests.helpers.scripts import NODE, run

THEMES = """\
@charset "UTF-8";
:root{--used:1px;--for-used:var(--deeper);--deeper:2px;--unused:url("data:image/svg+xml;charset=utf-8,<svg a='{;}'/>")}
.md-typeset,.md-tabs{margin:var(--used)}
.md-tabs{color:red}
.md-typeset a:is(.md-button,b),.md-typeset :is(a,b){color:blue}
.md-typeset code:not(.focus-visible){outline:none}
.highlight .kn{color:green}
.tip{color:green}
[dir=rtl] .md-typeset{left:0}
[data-md-color-scheme=slate]{color:white}
[data-md-toggle=search]:checked~.md-header{opacity:0}
@media print{.md-tabs{display:none}.md-typeset{width:var(--for-used)}}
@media screen{.md-tabs{display:none}}
@keyframes pulse{0%{opacity:0}}
"""

OURS = """\
/* A note with "quotes { and a brace. */
.a > .b ,
.c :hover {
  content: "/* no  comment */";
  margin: 0  1px;
}
"""


@pytest.fixture
def sources(root: Path) -> dict[str, str]:
    """The project's own scripts and style sheets, the theme's sheet, and lunr.js as modules."""
    site = read_site(root, MARKER.encode())
    found = {path: data.decode("utf-8") for path, data in site.items() if path.endswith((".css", ".js"))}
    return {**found, **lunr_modules(found[LUNR])}


def test_of_the_theme_what_pages_have_is_kept() -> None:
    """Rules of classes that no page has go, and variables that then nobody asks for; all others stay, in order."""
    assert style_sheet(THEMES, []) == (
        ":root{--used:1px;--for-used:var(--deeper);--deeper:2px}"
        ".md-typeset{margin:var(--used)}"
        ".md-typeset :is(a,b){color:blue}"
        ".highlight .kn{color:green}"
        "[data-md-color-scheme=slate]{color:white}"
        "@media print{.md-typeset{width:var(--for-used)}}"
    )


def test_variable_that_only_ours_ask_for_is_kept() -> None:
    """A variable of the theme's stays where a style sheet of ours asks for it."""
    assert "--unused:" in style_sheet(THEMES, [".a { mask: var(--unused) }"])


def test_ours_lose_comments_and_white_space_only() -> None:
    """What stands in quotation marks is kept to the letter, and so is a space that joins two selectors."""
    assert tight(OURS) == '.a>.b,.c :hover{content: "/* no  comment */";margin: 0 1px}'


def test_folder_has_its_name_from_all_that_is_in_it(sources: dict[str, str]) -> None:
    """The same sources give the same bytes; a change of any sheet or module gives the folder another name."""
    one = browser_files(sources)
    changed = [
        {**sources, THEME: ".md-typeset{color:red}"},
        {**sources, "assets/stylesheets/print.css": "@media print{a{color:red}}"},
        {**sources, "assets/javascripts/search/engine/worker.js": 'self.name = "other"\n'},
    ]
    assert one == browser_files(dict(reversed(sources.items())))
    assert len({made_folder(files) for files in (one, *map(browser_files, changed))}) == 4
    assert {path.rpartition("/")[0] for path in one} == {f"assets/made/{made_folder(one)}"}
    assert made_folder({}) == ""


def test_sheet_that_nobody_placed_is_refused(sources: dict[str, str]) -> None:
    """A style sheet without a place in the order would never be seen: the build stops and says where to put it."""
    with pytest.raises(NotJoinedError, match=r"new\.css is not in SHEETS_IN_ORDER of build_scripts/pages/assets/"):
        browser_files({**sources, "assets/stylesheets/new.css": ""})
    del sources[f"assets/stylesheets/{SHEETS_IN_ORDER[0]}.css"]
    with pytest.raises(NotJoinedError, match=r"tokens\.css is not there"):
        browser_files(sources)


def test_two_files_of_one_name_are_refused(sources: dict[str, str]) -> None:
    """What a page opens when it is wanted is named like its module, so two of one name would be one file."""
    site = "assets/javascripts/every-page/site.js"
    sources[site] += 'import("../search/engine/worker.js")\nimport("../scores/page.js")\nimport("../compare/page.js")\n'
    with pytest.raises(NotJoinedError, match=r"compare/page\.js would be page\.js, which is another file"):
        browser_files(sources)


def test_joined_scripts_are_sound(sources: dict[str, str], tmp_path: Path) -> None:
    """Each file that pages ask for can be read as a module: no name is there twice, and nothing was cut off."""
    for path, script in browser_files(sources).items():
        if path.endswith(".js"):
            (tmp_path / path.rpartition("/")[2]).write_bytes(script)
    read = "new vm.SourceTextModule(fs.readFileSync(file, 'utf8'), { identifier: file })"
    each = f"for (const file of fs.readdirSync('.')) {read}"
    done = run(NODE, "--experimental-vm-modules", "--no-warnings", "--eval", each, root=tmp_path)
    assert not done.stderr
