"""Modules joined into one file: it does what they do, and whatever could not be joined is refused."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from build_scripts.pages.assets.modules import NotJoinedError, doors, joined
from tests.helpers.scripts import NODE, run

MODULES = {
    "a/main.js": """\
import lib from "../lib.js"
import { two, Three as Drei } from "./b.js"
import {
  four,
} from "./c.js"
import "./said.js"

const name = "main"
console.log(name, lib.one, two(), new Drei().three, four, new URL("../up.txt", import.meta.url).pathname)
import("./c.js").then((c) => console.log("c again", c.four))
import("./late.js").then(({ late }) => late().then(console.log))
export const done = true
""",
    "a/b.js": """\
/** Two. */
import { four } from "./c.js"

const name = "b"
// Why.
export function two() {
  return four - 2 // not 3
}
export class Three {
  three = name.length + 2
}
""",
    "a/c.js": "/**\n * Four.\n */\nconst name = 4\nexport const four = name\n",
    "a/said.js": 'console.log("said")\n',
    "a/late.js": 'import { four } from "./c.js"\nexport async function late() {\n  return `late ${four}`\n}\n',
    "lib.js": "/** @license MIT */\nconst exports = { one: 1 }\nexport default exports\n",
}
"""Modules of every shape that is joined: two of them have a name of their own at the top that others have too."""

FIVE = {"a/five.js": "export const five = 5\nexport const six = 6\n"}
HIDDEN = "a/c.js has a name five of its own and asks for that of a/five.js: give one of them another name"

PRINTED = "said\nmain 1 2 3 4 %s\nc again 4\nlate 4\n"


@pytest.fixture
def node(tmp_path: Path) -> Callable[..., str]:
    """Writes modules, runs the first of them with Node.js, and returns what it printed."""

    def printed(modules: dict[str, str]) -> str:
        for path, text in modules.items():
            (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / path).write_text(text, "utf-8")
        (tmp_path / "package.json").write_text('{"type": "module"}', "utf-8")
        done = run(NODE, next(iter(modules)), root=tmp_path)
        assert done.returncode == 0, done.stderr
        return done.stdout.replace(str(tmp_path), "")

    return printed


def test_joined_modules_do_what_they_did(node: Callable[..., str]) -> None:
    """The one file prints what the modules print, wherever it stands: imports, exports, doors, addresses, comments."""
    files = {"a/late.js": "made/x/late.js"}
    main = joined(["a/main.js"], MODULES, "made/x/main.js", files)
    late = joined(["a/late.js"], MODULES, "made/x/late.js", files)

    printed = node({"made/x/main.js": main, "made/x/late.js": late})

    assert printed == node(MODULES) == PRINTED % "/up.txt"
    assert doors(["a/main.js"], MODULES) == ["a/late.js"]
    assert "Four." not in main
    assert "Why." not in main
    assert "/** @license MIT */" in main
    assert 'import("./late.js")' in main


def test_a_door_to_what_is_joined_in_opens_nothing(node: Callable[..., str]) -> None:
    """A module that a page runs in any case is not fetched a second time when somebody asks for it."""
    both = joined(["a/main.js", "a/late.js"], MODULES, "main.js", {})
    assert re.sub(r"4 /.*up.txt", "4 %s", node({"main.js": both})) == PRINTED
    assert "import(" not in both
    assert doors(["a/main.js", "a/late.js"], MODULES) == []


def test_a_private_name_that_another_module_exports_is_two_things(node: Callable[..., str]) -> None:
    """A module's own name at the top, or its own word for an import, never meets what another module exports so."""
    modules = {
        "main.js": """\
import { find } from "./find.js"
import { asked } from "./asked.js"
import { named } from "./named.js"

console.log(find(), asked, named)
import("./find.js").then((all) => console.log(all.find(), all.other))
""",
        "find.js": 'const word = "found"\nexport function find() {\n  return word\n}\nexport const other = "other"\n',
        "asked.js": 'function find() {\n  return "asked"\n}\nexport const asked = find()\n',
        "named.js": 'import { other as find } from "./find.js"\n\nconst word = find\nexport const named = word\n',
    }
    assert (
        node({"joined.js": joined(["main.js"], modules, "joined.js", {})})
        == node(modules)
        == "found asked other\nfound other\n"
    )


def test_a_name_may_be_a_sign(node: Callable[..., str]) -> None:
    """A name that two modules have, each for itself, stays apart where it is ``$`` too."""
    one = "const $ = 1\nexport const one = $\n"
    modules = {"main.js": 'import { one } from "./one.js"\nconst $ = 2\nconsole.log(one, $)\n', "one.js": one}
    assert node({"joined.js": joined(["main.js"], modules, "joined.js", {})}) == node(modules) == "1 2\n"


@pytest.mark.parametrize(
    ("module", "message"),
    [
        ('import * as all from "./b.js"\n', 'a/c.js cannot be joined: import * as all from "./b.js"'),
        ("const late = () => import(name)\n", "a/c.js cannot be joined: import(name)"),
        ('const late = () => import("./d.js")\n', "a/c.js cannot be joined: no file begins with a/d.js"),
        ("const four = 4\nexport { four }\n", "a/c.js cannot be joined: export { four }"),
        ("export let four = 4\n", "a/c.js cannot be joined: export let four = 4"),
        ("const four = `4\n  5`\n", "a/c.js has a template over several lines"),
        ("const four = import.meta.url\n", "a/c.js cannot be joined: import.meta.url"),
        ('import "./d.js"\n', "a/d.js is imported and not there"),
        ("const p = 1, q = 5\n", "a/c.js cannot be joined, it declares two names at once: const p = 1, q"),
        ("const p = [1, 2],\n  q = 4\n", "a/c.js cannot be joined, it declares two names at once: const p = _, q"),
        (
            "export const four = f(4), q = 2\n",
            "a/c.js cannot be joined, it declares two names at once: const four = f_, q",
        ),
        ("let p\n  , q\n", "a/c.js cannot be joined, it declares two names at once: let p , q"),
        ('const p = /[,"(]/u.test(4), q = 2\n', "a/c.js cannot be joined, it declares two names at once: const p = _u"),
        ('import { five as cinq } from "./five.js"\nconst five = 4\n', HIDDEN),
        ('import { five as six, six as five } from "./five.js"\n', HIDDEN),
        ('import "./five.js"\nconst five = () => import("./five.js")\n', HIDDEN),
        ("export const two = 4\n", "a/b.js and a/c.js both export two: give one of them another name"),
    ],
)
def test_what_cannot_be_joined_is_refused(module: str, message: str) -> None:
    """A module of another shape stops the build with the reason, instead of a page that does something else."""
    with pytest.raises(NotJoinedError, match=re.escape(message)):
        joined(["a/main.js"], {**MODULES, **FIVE, "a/c.js": module}, "main.js", {"a/late.js": "late.js"})


def test_commas_that_declare_no_second_name_are_joined(node: Callable[..., str]) -> None:
    """A comma in brackets, a text, a template, a regular expression or a comment is no second name."""
    main = """\
const list = [1, 2] // a, b
const text = "a, b" + 'c, (d' + `e, ${list.join(", ")} [f`
const found = /[,(]/u.test(text) ? list : [text, 1]
const both = (a, b) => a / b / 2
const { length, at } = found
console.log(text, both(length, 1), at === list.at)
"""
    assert node({"joined.js": joined(["main.js"], {"main.js": main}, "joined.js", {})}) == node({"main.js": main})
