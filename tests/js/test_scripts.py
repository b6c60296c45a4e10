"""The browser's scripts: their types, and their own tests in Node.js, on what a build wrote of the real texts."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.national import invent_collection, learn_vocabulary
from benchmarks.search.sites import ENGINES, PAGES, make_ours, put_page
from build_scripts.search import LUNR, index_files
from tests.helpers.modules import SCRIPTS
from tests.helpers.projects import ROOT, copy_project
from tests.helpers.scripts import DENO, NODE, run
from tests.helpers.whole_index import write_index


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project with its pages and index built, and the scripts' tests beside them."""
    root = copy_project(tmp_path_factory.mktemp("scripts") / "project")
    shutil.copytree(ROOT / "tests" / "js", root / "tests" / "js")
    command = [sys.executable, "-m", "build_scripts", "build", "--pages-only"]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return root


def check(project: Path, *files: Path) -> subprocess.CompletedProcess[str]:
    """Let the TypeScript compiler check these scripts and all that they import."""
    options = ("--quiet", "--no-remote", "--config", "tests/js/deno.json")
    return run(DENO, "check", *options, *files, root=project)


def test_scripts_are_of_the_types_they_say(project: Path) -> None:
    """tsc finds nothing in any script of the site, nor in their tests: JSDoc, ``checkJs``, strict."""
    files = [*(project / SCRIPTS).rglob("*.js"), *(project / "tests" / "js").glob("*.mjs")]
    done = check(project, *sorted(files))
    assert len(files) > 60
    assert done.returncode == 0, done.stderr[-4000:]


def test_pages_of_the_benchmark_are_of_the_types_they_say(project: Path) -> None:
    """Nor in the scripts that drive the engines that are measured, each where it is put beside its engine."""
    folder = project / "benchmark"
    make_ours({LUNR: (project / "docs" / LUNR).read_bytes()}, folder)
    for engine in ENGINES:
        (folder / engine).mkdir(exist_ok=True)
        put_page(folder, engine)
        shutil.copy(PAGES / "pagefind.d.ts", folder / engine)
    files = sorted(folder.glob("*/*.js"))
    done = check(project, *files)
    assert {file.name for file in files} == {"engine.js", "measure.js", "scoring.js"}
    assert done.returncode == 0, done.stderr[-4000:]


def test_a_wrong_type_is_seen(project: Path) -> None:
    """Where a function is given what it does not take, the check fails and names the line, in whatever room."""
    wrong = [file / "wrong.js" for file in (project / SCRIPTS).rglob("*") if file.is_dir()]
    for file in wrong:
        up = "../" * len(file.parent.relative_to(project / SCRIPTS).parts)
        file.write_text(f'import {{ list }} from "{up}wording.js"\nlist(42)\n', "utf-8")
    done = check(project, *wrong)
    for file in wrong:
        file.unlink()
    assert done.returncode != 0
    assert len(wrong) == 6
    assert [file for file in wrong if f"{file.relative_to(project).as_posix()}:2" not in done.stderr] == []


def test_scripts_pass_their_own_tests(project: Path) -> None:
    """Every ``tests/js/*.test.mjs`` passes in Node.js."""
    files = sorted((project / "tests" / "js").glob("*.test.mjs"))
    done = run(NODE, "--test", *files, root=project)
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
    passed = re.search(r"^\S* ?pass (\d+)$", done.stdout, re.MULTILINE)
    assert passed, done.stdout[-500:]
    assert int(passed[1]) >= len(files)


def test_the_engine_answers_over_many_authorities(project: Path, tmp_path: Path) -> None:
    """What holds of the engine for any collection holds for an invented one, too."""
    write_index(index_files(invent_collection(learn_vocabulary(), 0.02), {}), tmp_path)
    done = run(NODE, "--test", "tests/js/engine.test.mjs", root=project, SEARCH_DATA=str(tmp_path))
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
