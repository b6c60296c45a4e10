"""Who may import whom among the rooms of the browser's code, read from the source itself."""

from __future__ import annotations

import graphlib
import posixpath
import re
from pathlib import Path

import pytest

from tests.helpers.modules import DOORS, all_modules, code_of, imports

ROOT = Path(__file__).parents[2]
MODULES = all_modules(ROOT)

WORDS, ELEMENTS, REFERENCE, COPY, CITE = "wording.js", "make.js", "reference.js", "copy.js", "cite.js"
"""What stands above all rooms: numbers and lists as sentences have them; elements, for what runs in a page; how a
passage is cited, and the button that copies it."""

# What a room imports from, rooms or modules. Of types the same holds.
ROOMS: dict[str, set[str]] = {
    "": {WORDS, ELEMENTS, REFERENCE, COPY},
    "every-page": {"every-page", WORDS, ELEMENTS, CITE},
    "compare": {"compare", WORDS, ELEMENTS, CITE},
    "scores": {"scores", WORDS, ELEMENTS},
    "search": {"search", WORDS},  # what page and engine both know: messages, troubles
    "search/engine": {"search/engine", "search", WORDS, REFERENCE},
    "search/page": {"search/page", "search", WORDS, ELEMENTS, REFERENCE, COPY},
}

LUNR = ("../search/lunr.js", "../search/lunr-sets.js")
"""What the build makes; the engine alone knows them."""

PAGE = re.compile(r"\b(?:document|window|localStorage|history)\b")
"""What there is in a page and not in a worker."""


def problems(modules: dict[str, str]) -> list[str]:
    """What is against the rule of the rooms, a line for each."""
    found = []
    for module, text in modules.items():
        room = posixpath.dirname(module)
        if room not in ROOMS:
            found.append(f"{module}: {room or 'the top'} is no room")
            continue
        for each in imports(module, text):
            other = posixpath.dirname(each.target)
            if (module, each.target) in DOORS:
                if not (each.late or each.type_only):
                    found.append(f"{module}: opens {each.target} before it is needed")
            elif each.target in ROOMS[room] or other in ROOMS[room]:
                if not each.target.endswith(".d.ts") and each.target not in modules:
                    found.append(f"{module}: imports {each.target}, which is not there")
            elif room != "search/engine" or each.target not in LUNR:
                found.append(f"{module}: {room or 'the top'} may not import {each.target}")
        if (room in ("search", "search/engine") or module in (WORDS, REFERENCE)) and (
            named := PAGE.search(code_of(text))
        ):
            found.append(f"{module}: runs in the worker, where there is no {named[0]}")
    return found


def test_rooms_import_in_one_direction() -> None:
    """Each module stands in a room, and imports what its room may."""
    assert len(MODULES) > 40
    assert problems(MODULES) == []


def test_modules_do_not_import_in_a_circle() -> None:
    """No module comes back to itself by what it imports."""
    graph = {
        module: {each.target for each in imports(module, text) if not each.type_only}
        for module, text in MODULES.items()
    }
    assert list(graphlib.TopologicalSorter(graph).static_order())  # raises CycleError


def test_doors_and_rooms_are_used() -> None:
    """The rule names nothing that is not there any more."""
    rooms = {posixpath.dirname(module) for module in MODULES}
    used = {(each.module, each.target) for module, text in MODULES.items() for each in imports(module, text)}
    assert rooms == set(ROOMS)
    assert used >= DOORS


@pytest.mark.parametrize(
    ("module", "line", "problem"),
    [
        ("search/engine/a.js", 'import { make } from "../../make.js"', "search/engine may not import make.js"),
        ("search/engine/a.js", 'import {\n  SIZE,\n} from "../page/address.js"', "may not import search/page/"),
        ("search/page/a.js", 'import { tokens } from "../engine/words.js"', "may not import search/engine/words.js"),
        ("search/page/a.js", '/** @import { Desk } from "../engine/desk.js" */', "may not import search/engine/"),
        ("search/page/a.js", 'import("../engine/start.js")', "may not import search/engine/start.js"),
        ("search/page/client.js", 'import "../engine/start.js"', "opens search/engine/start.js before it is needed"),
        ("search/trouble.js", 'import "./engine/desk.js"', "search may not import search/engine/desk.js"),
        ("compare/a.js", 'import { whole } from "../search/page/address.js"', "compare may not import search/page/"),
        ("scores/a.js", 'import { list } from "../compare/view.js"', "scores may not import compare/view.js"),
        ("wording.js", 'import { cite } from "./every-page/cite.js"', "the top may not import every-page/cite.js"),
        ("scores/a.js", 'import { make } from "./missing.js"', "imports scores/missing.js, which is not there"),
        ("scores/a.js", 'import "lodash"', "scores may not import lodash"),
        ("other/a.js", "", "other is no room"),
        ("search/engine/a.js", "document.title", "runs in the worker, where there is no document"),
    ],
)
def test_what_is_against_the_rule_is_seen(module: str, line: str, problem: str) -> None:
    """The reader of sources sees each way into another room."""
    (found,) = problems({module: line})
    assert problem in found
