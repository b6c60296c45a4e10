"""Style sheets and scripts as they are written to the few files that a page asks for.

In: path below ``docs/`` to text of the project's modules and style sheets, and of the theme's own sheet. Out: path
below ``docs/`` to bytes, all in one folder whose name is made of what they hold. So no cache gives an old file to a new
page, and nothing in them needs a name that changes: they stand beside one another.

A page asks for one style sheet, for what runs before it is painted, and for one script, which has all that a page of
its kind runs. What is wanted only when somebody asks for it is a file of its own: the search box, marks, the engine.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from build_scripts.pages.assets.modules import NotJoinedError, doors, joined
from build_scripts.pages.assets.sheets import style_sheet

FOLDER = "assets/made"
SCRIPTS = "assets/javascripts"
SHEETS = "assets/stylesheets"
THEME = "assets/theme.css"
"""Where the theme's sheet is found among what is given; no such file is on the site."""

SHEETS_IN_ORDER = (
    "tokens",
    "base",
    "frame",
    "finder",
    "layout",
    "council",
    "home",
    "evidence",
    "charts",
    "shares",
    "scores",
    "scores-phone",
    "compare",
    "compare-passages",
    "map",
    "map-phone",
    "hexagons",
    "search-filters",
    "search",
    "search-answer",
    "folds",
    "devices",
    "print",
)
"""Names of the style sheets: a later one has the last word."""

EVERY_PAGE = "every-page/site.js"
BOX = ("search/page/box.js",)
SCRIPT_FILES: Mapping[str, tuple[str, ...]] = {
    "first": ("every-page/first.js",),
    "site": (EVERY_PAGE,),
    "scores": (EVERY_PAGE, "scores/page.js"),
    "compare": (EVERY_PAGE, "compare/page.js"),
    "search": (EVERY_PAGE, "search/page/page.js", *BOX),
    "worker": ("search/engine/worker.js",),
}
"""Name of each file to the modules that it runs, one after the other, and whose imports it has. Pages name the one that
they ask for in their front matter (``script``); all others ask for ``site``."""

_HASH_DIGITS = 8


def browser_files(sources: Mapping[str, str]) -> dict[str, bytes]:
    """Return path below ``docs/`` to bytes of every file that pages ask for.

    ``sources`` are modules, style sheets, the theme's sheet and lunr.js as a module, by their paths. Raises
    ``NotJoinedError`` for what cannot be joined, in one line that says where and why.
    """
    files = {f"{name}.js": script for name, script in _scripts(sources).items()}
    files["style.css"] = style_sheet(sources.get(THEME, ""), _sheets(sources))
    digest = hashlib.sha256()
    for name, text in sorted(files.items()):
        digest.update(f"{name}\0{len(text)}\0{text}".encode())
    folder = f"{FOLDER}/{digest.hexdigest()[:_HASH_DIGITS]}"
    return {f"{folder}/{name}": text.encode("utf-8") for name, text in files.items()}


def made_folder(files: Mapping[str, bytes]) -> str:
    """Return the name of the folder, below ``FOLDER``, that these files have been made into; empty where none was."""
    return next((path.split("/")[2] for path in files if path.startswith(f"{FOLDER}/")), "")


def _scripts(sources: Mapping[str, str]) -> dict[str, str]:
    """Return name to text of each script, those that others open when they are wanted among them."""
    modules = {path: text for path, text in sources.items() if path.endswith(".js")}
    entries = {name: [f"{SCRIPTS}/{each}" for each in each_of] for name, each_of in SCRIPT_FILES.items()}
    for entry in list(entries.values()):
        for target in doors(entry, modules):
            name = target.rpartition("/")[2].removesuffix(".js")
            if entries.setdefault(name, [target])[0] != target:
                raise NotJoinedError(f"{target} would be {name}.js, which is another file: give it another name")
    place = {name: f"{FOLDER}/-/{name}.js" for name in entries}  # whatever the folder will be called
    opened = {each[0]: place[name] for name, each in entries.items()}
    return {name: joined(each, modules, place[name], opened) for name, each in entries.items()}


def _sheets(sources: Mapping[str, str]) -> list[str]:
    """Return the project's style sheets in their order."""
    found = {path.rpartition("/")[2].removesuffix(".css"): text for path, text in sources.items() if _is_sheet(path)}
    if other := sorted(found.keys() ^ set(SHEETS_IN_ORDER)):
        what = "is not in SHEETS_IN_ORDER of build_scripts/pages/assets/" if other[0] in found else "is not there"
        raise NotJoinedError(f"{SHEETS}/{other[0]}.css {what}")
    return [found[name] for name in SHEETS_IN_ORDER]


def _is_sheet(path: str) -> bool:
    return path.startswith(f"{SHEETS}/") and path.endswith(".css")
