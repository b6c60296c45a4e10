"""The worker's modules joined into one: it does what they do, and whatever could not be joined is refused."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from build_scripts.disk.read import read_site
from build_scripts.pages.frame.markdown import MARKER
from build_scripts.search import LUNR, WORKER
from build_scripts.search.lunr_module import lunr_module
from build_scripts.search.worker_script import worker_script
from tests.helpers.scripts import NODE, run

MODULES = {
    "a/main.js": """\
import lib from "../lib.js"
import { two, Three } from "./b.js"
import "./c.js"

console.log(lib.one, two(), new Three().three)
""",
    "a/b.js": """\
/** Two. */
import { four } from "./c.js"

// Why.
export function two() {
  return four - 2 // not 3
}
export class Three {
  three = 3
}
""",
    "a/c.js": "/**\n * Four.\n */\nexport const four = 4\n",
    "lib.js": "/** @license MIT */\nconst exports = { one: 1 }\nexport default exports\n",
}


@pytest.fixture
def node(tmp_path: Path) -> Callable[..., str]:
    """Runs a module with Node.js, and returns what it printed."""

    def printed(script: str, *options: str) -> str:
        (tmp_path / "script.mjs").write_text(script, "utf-8")
        done = run(NODE, *options, "script.mjs", root=tmp_path)
        assert done.returncode == 0, done.stderr
        return done.stdout

    return printed


def test_joined_modules_do_what_they_did(node: Callable[..., str]) -> None:
    """Imports of every kind, exports, a default export and comments: the one file prints what the modules would."""
    joined = worker_script("a/main.js", MODULES)
    assert node(joined) == "1 2 3\n"
    assert "Four." not in joined
    assert "Why." not in joined
    assert "/** @license MIT */" in joined
    assert "import" not in joined


@pytest.mark.parametrize(
    ("module", "message"),
    [
        ("const two = 2\n", "imports modules that have the same names at their top: two"),
        ('import { four as two } from "./b.js"\n', "a/c.js cannot be joined: import { four as two }"),
        ('const late = () => import("./b.js")\n', 'a/c.js cannot be joined: import("./b.js")'),
        ("const four = 4\nexport { four }\n", "a/c.js cannot be joined: export { four }"),
        ("const four = `4\n  5`\n", "a/c.js has a template over several lines"),
        ("const four = import.meta.url\n", "a/c.js cannot be joined: it asks where it is"),
        ('import "./d.js"\n', "a/d.js is imported and not there"),
    ],
)
def test_what_cannot_be_joined_is_refused(module: str, message: str) -> None:
    """A module of another shape stops the build with the reason, instead of a worker that does something else."""
    with pytest.raises(ValueError, match=re.escape(message)):
        worker_script("a/main.js", {**MODULES, "a/c.js": module})


def test_worker_of_the_site_is_joined(root: Path, node: Callable[..., str]) -> None:
    """The site's own worker can be joined, and what comes out is a module."""
    scripts = {path: data.decode() for path, data in read_site(root, MARKER.encode()).items() if path.endswith(".js")}
    scripts[LUNR] = lunr_module(scripts[LUNR])
    assert node(worker_script(WORKER, scripts), "--check") == ""
