"""What ``make`` does on a fresh machine, before anything is installed: tools/ and the Makefile."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import stat
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

# The shell's own commands, for a PATH that has no Python.
SHELL = shutil.which("sh") or "/bin/sh"


def load(root: Path, name: str) -> ModuleType:
    """A script of tools/ as a module, fresh for each test."""
    spec = importlib.util.spec_from_file_location(name, root / "tools" / f"{name}.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def program(path: Path, script: str) -> Path:
    """An executable shell script."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!{SHELL}\n{script}\n", "utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


def find_python(root: Path, path: Path, python: str = "") -> subprocess.CompletedProcess[str]:
    """Run tools/find-python.sh where PATH is one folder."""
    path.mkdir(exist_ok=True)
    return subprocess.run(
        [SHELL, root / "tools" / "find-python.sh"],
        env={"PATH": str(path), "PYTHON": python},
        capture_output=True,
        text=True,
        check=False,
    )


def fake_python(path: Path, version: str, *, has_venv: bool = True) -> Path:
    """A program that answers what find-python.sh asks, as a Python of that version would."""
    major, minor = map(int, version.split(".")[:2])
    suits = (3, 11) <= (major, minor) <= (3, 14)
    return program(
        path,
        f'case "$2" in *print*) echo {version} ;; *sys.exit*) exit {int(not suits)} ;; '
        f"*ensurepip*) exit {int(not has_venv)} ;; esac",
    )


def test_what_a_target_needs_is_made(root: Path) -> None:
    """Each target that another one needs is made by a recipe, and each environment is one that the tool knows."""
    rules = re.findall(r"^([a-z -]+):(?!=)(.*)(\n\t)?", (root / "Makefile").read_text("utf-8"), re.MULTILINE)
    made = {target for targets, _, recipe in rules if recipe for target in targets.split()}
    needed = {
        word for _, needs, _ in rules for word in re.findall(r"environment-\w+|\bbrowser\b", needs.split("##")[0])
    }
    assert needed <= made
    levels = load(root, "environment").LEVELS
    assert {each.removeprefix("environment-") for each in made if each.startswith("environment-")} == set(levels)


def test_python_is_found(root: Path, tmp_path: Path) -> None:
    """The first Python of a version that suits is taken, even when python3 itself does not."""
    fake_python(tmp_path / "python3", "3.9.6")
    fake_python(tmp_path / "python3.12", "3.12.1")
    done = find_python(root, tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, "python3.12\n", "")


def test_named_python_is_taken(root: Path, tmp_path: Path) -> None:
    """PYTHON goes before everything else, wherever it is."""
    fake_python(tmp_path / "python3", "3.12.1")
    named = fake_python(tmp_path / "a folder" / "python", "3.13.0")
    done = find_python(root, tmp_path, str(named))
    assert (done.returncode, done.stdout) == (0, f"{named}\n")


@pytest.mark.parametrize(
    ("version", "found"),
    [("3.9.6", "found: python3 is 3.9.6."), ("3.15.0", "found: python3 is 3.15.0."), ("", "found: none.")],
    ids=["too old", "too new", "none"],
)
def test_unfit_python_gets_one_line(root: Path, tmp_path: Path, version: str, found: str) -> None:
    """Without a Python that suits, one line says what was found and what to do."""
    if version:
        fake_python(tmp_path / "python3", version)
    done = find_python(root, tmp_path)
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    for words in ("Python 3.11 to 3.14 is needed", found, "brew install", "apt-get install", "make PYTHON="):
        assert words in done.stderr


def test_missing_venv_module_gets_one_line(root: Path, tmp_path: Path) -> None:
    """Debian's Python without python3-venv gets the line that names the package."""
    fake_python(tmp_path / "python3", "3.11.2", has_venv=False)
    done = find_python(root, tmp_path)
    assert done.returncode == 1
    assert done.stderr == (
        "error: python3 (3.11.2) has no venv module. On Debian or Ubuntu: 'apt-get install python3-venv' (as root), "
        "then run make again.\n"
    )


def test_real_python_is_found(root: Path) -> None:
    """The questions that are asked work with a real Python."""
    done = subprocess.run(
        [SHELL, root / "tools" / "find-python.sh"],
        env={**os.environ, "PYTHON": sys.executable},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, f"{sys.executable}\n")


def test_make_stops_at_the_line(root: Path, tmp_path: Path) -> None:
    """Of make itself, nothing but its own last line follows the one that says what to do."""
    (tmp_path / "sh").symlink_to(SHELL)
    make = shutil.which("make")
    assert make
    done = subprocess.run(
        [make, "site"], cwd=root, env={"PATH": str(tmp_path)}, capture_output=True, text=True, check=False
    )
    assert done.returncode != 0
    first, *rest = done.stderr.splitlines()
    assert first.startswith("error: Python 3.11 to 3.14 is needed; found: none.")
    assert len(rest) == 1
    assert "***" in rest[0]


def test_help_is_the_default_and_complete(root: Path) -> None:
    """``make`` alone lists every target that a person may want, each with what it does."""
    done = subprocess.run(["make"], cwd=root, capture_output=True, text=True, check=True)
    listed = re.findall(r"^  make (\w+) +\S", done.stdout, re.MULTILINE)
    of_data = ["check", "explain", "add", "collect", "rehearse", "receive", "watch", "settings"]
    of_code = ["test", "quick", "soak", "bench", "hashes", "lock", "upgrade", "drawing", "learn", "clean"]
    assert listed == ["help", "serve", "site", *of_data, *of_code]


def test_ci_runs_only_what_readme_names(root: Path) -> None:
    """What .ci/run calls is what README tells people to call."""
    commands = re.findall(r"\bmake [a-z]+", (root / ".ci" / "run").read_text("utf-8"))
    assert commands == ["make test"]
    assert "make test" in (root / "README.md").read_text("utf-8")


class Environment:
    """tools/environment.py at work on a small project, with its two slow steps replaced by notes of them."""

    def __init__(self, root: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.module = load(root, "environment")
        self.folder = folder
        self.steps: list[str] = []
        self.fails = False
        (folder / "requirements").mkdir()
        for name in ("site", "add", "test", "lock"):
            (folder / "requirements" / f"{name}.txt").write_text(f"{name}==1\n", "utf-8")
        shutil.copy(root / "pyproject.toml", folder)
        monkeypatch.setattr(self.module, "ROOT", folder)
        monkeypatch.setattr(self.module, "VENV", folder / ".venv")
        monkeypatch.setattr(self.module, "PYTHON", Path(sys.executable))
        monkeypatch.setattr(self.module, "make_venv", self.make_venv)
        monkeypatch.setattr(self.module, "pip_install", self.pip_install)

    def make_venv(self) -> None:
        shutil.rmtree(self.folder / ".venv", ignore_errors=True)
        (self.folder / ".venv").mkdir()
        self.steps.append("venv")

    def pip_install(self, *arguments: str) -> None:
        if self.fails:
            raise self.module.Failure("no network")
        self.steps.append("editable" if "--editable" in arguments else Path(arguments[-1]).stem)

    def run(self, level: str) -> list[str]:
        """Bring it to the level; the steps that took."""
        self.steps.clear()
        self.module.main(level)
        return list(self.steps)

    def change(self, name: str) -> None:
        (self.folder / "requirements" / f"{name}.txt").write_text(f"{name}==2\n", "utf-8")


@pytest.fixture
def environment(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Environment:
    """A project with no environment yet."""
    return Environment(root, tmp_path, monkeypatch)


def test_nothing_is_installed_twice(environment: Environment) -> None:
    """A second run at the same or a lower level does nothing."""
    assert environment.run("site") == ["venv", "site", "editable"]
    assert environment.run("site") == []
    assert environment.run("test") == ["test", "editable"]
    assert environment.run("test") == []
    assert environment.run("site") == []


def test_a_changed_lock_makes_the_environment_anew(environment: Environment) -> None:
    """Packages that are no longer locked do not stay behind."""
    environment.run("test")
    environment.change("test")
    assert environment.run("site") == []
    assert environment.run("test") == ["venv", "test", "editable"]
    environment.change("site")
    assert environment.run("site") == ["venv", "site", "editable"]


def test_lock_level_leaves_the_rest(environment: Environment) -> None:
    """The tool that writes the locks comes on top of what is there."""
    environment.run("test")
    assert environment.run("lock") == ["lock"]
    assert environment.run("test") == []


def test_an_interrupted_install_leaves_no_stamp(environment: Environment) -> None:
    """After a failure, at either level, the next run starts afresh."""
    environment.run("site")
    environment.fails = True
    with pytest.raises(environment.module.Failure):
        environment.run("test")
    environment.fails = False
    assert environment.run("site") == ["venv", "site", "editable"]


def test_a_moved_project_makes_its_environment_anew(environment: Environment, monkeypatch: pytest.MonkeyPatch) -> None:
    """Scripts in .venv name the folder they were made in, so another folder needs others."""
    environment.run("site")
    moved = environment.folder.with_name("moved")
    environment.folder.rename(moved)
    environment.folder = moved
    monkeypatch.setattr(environment.module, "ROOT", moved)
    monkeypatch.setattr(environment.module, "VENV", moved / ".venv")
    assert environment.run("site") == ["venv", "site", "editable"]


@pytest.mark.parametrize(
    ("output", "message"),
    [
        (
            "Failed to establish a new connection: [Errno 111]",
            "the package index could not be reached: check the network",
        ),
        ("THESE PACKAGES DO NOT MATCH THE HASHES", "pip could not install the locked packages"),
    ],
)
def test_pip_failure_is_told_in_one_line(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, output: str, message: str
) -> None:
    """One line says what happened, and pip's own last lines follow."""
    environment = load(root, "environment")
    monkeypatch.setattr(environment, "PYTHON", program(tmp_path / "python", f"echo '{output}' >&2; exit 1"))
    with pytest.raises(environment.Failure) as failure:
        environment.pip_install("anything")
    first, *tail = str(failure.value).splitlines()
    assert first.startswith(message)
    assert tail == [f"    {output}"]


def test_an_empty_environment_is_made(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is made afresh, so that nothing of one that was there stays; where Python cannot, one line says why."""
    environment = load(root, "environment")
    monkeypatch.setattr(environment, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(
        environment.sys, "executable", program(tmp_path / "python", f'exec {sys.executable} "$@" --without-pip')
    )
    (tmp_path / ".venv").mkdir()
    (tmp_path / ".venv" / "old").touch()
    environment.make_venv()
    assert (tmp_path / ".venv" / "bin" / "python").exists()
    assert not (tmp_path / ".venv" / "old").exists()

    program(tmp_path / "python", "echo 'Error: no room' >&2; exit 1")
    with pytest.raises(environment.Failure, match=r"^Python could not make \.venv: Error: no room$"):
        environment.make_venv()


def test_locks_are_written_one_after_the_other(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each lock is asked for with what it was asked for; at the first that fails, one line names it."""
    lock = load(root, "lock")
    monkeypatch.setattr(lock, "UV", program(tmp_path / "uv", f'echo "$@" >> {tmp_path}/asked'))
    lock.main(["--upgrade"])
    asked = (tmp_path / "asked").read_text("utf-8").splitlines()
    assert [line.split("--output-file=")[1] for line in asked] == list(lock.FILES)
    assert all("--upgrade" in line and "--generate-hashes" in line for line in asked)
    assert capsys.readouterr().out.splitlines() == [f"Wrote {name}" for name in lock.FILES]

    program(tmp_path / "uv", 'case "$*" in *add.txt*test.txt*) exit 1 ;; esac')
    with pytest.raises(SystemExit, match=r"^error: requirements/test\.txt could not be written; uv says why above$"):
        lock.main([])
    assert capsys.readouterr().out.splitlines() == ["Wrote requirements/site.txt", "Wrote requirements/add.txt"]


@pytest.fixture
def browser(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """tools/browser.py on a machine without any browser, where nothing can be downloaded."""
    module = load(root, "browser")
    monkeypatch.setattr(module, "REMEMBERED", tmp_path / "chromium-path")
    for way in ("installed", "downloaded", "download", "from_debian"):
        monkeypatch.setattr(module, way, list)
    monkeypatch.setattr(module, "driver_starts", lambda: True)
    monkeypatch.delenv("CHROMIUM", raising=False)
    return module


def test_ways_to_a_browser_are_tried_in_order(
    browser: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A browser that is there but does not start is passed over for the next way; what works is remembered."""
    stub = program(tmp_path / "stub", "exit 1")
    works = program(tmp_path / "works", "exit 0")
    never = program(tmp_path / "never", "exit 0")
    monkeypatch.setattr(browser, "installed", lambda: [str(stub)])
    monkeypatch.setattr(browser, "download", lambda: [str(works)])
    monkeypatch.setattr(browser, "from_debian", lambda: [str(never)])
    browser.main()
    assert browser.REMEMBERED.read_text("utf-8") == f"{works}\n"
    monkeypatch.setattr(browser, "download", lambda: pytest.fail("it should remember"))
    browser.main()


def test_named_browser_is_taken(browser: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """CHROMIUM goes before everything else."""
    named = program(tmp_path / "a folder" / "chrome", "exit 0")
    monkeypatch.setenv("CHROMIUM", str(named))
    browser.main()
    assert browser.REMEMBERED.read_text("utf-8") == f"{named}\n"


@pytest.mark.parametrize(
    ("named", "message"),
    [("", "error: the tests need Chromium or Chrome"), ("/nowhere/chrome", "error: CHROMIUM is '/nowhere/chrome'")],
)
def test_no_browser_gets_one_line(
    browser: ModuleType, monkeypatch: pytest.MonkeyPatch, named: str, message: str
) -> None:
    """Where no way leads to a browser, one line says what to do."""
    monkeypatch.setenv("CHROMIUM", named)
    with pytest.raises(SystemExit) as leaving:
        browser.main()
    assert str(leaving.value).startswith(message)
    assert "\n" not in str(leaving.value)


def test_debian_is_asked_only_as_root(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Anyone else would be asked for a password, or refused."""
    module = load(root, "browser")
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setattr(module, "run", lambda *command: pytest.fail(f"ran {command}"))
    assert module.from_debian() == []


@pytest.mark.parametrize("refused", [[], ["chromium-headless-shell"]], ids=["today's", "an old release"])
def test_debian_is_asked_for_a_browser(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, refused: list[str]
) -> None:
    """As root on Debian, its own browser is installed, without a question; what it installed is found on the PATH."""
    module = load(root, "browser")
    brought = "chromium" if refused else "chromium-headless-shell"
    no = refused[0] if refused else "nothing"
    case = f'case "$*" in update*) ;; *" {no} "*) exit 1 ;; *) cp "$0" {tmp_path}/{brought} ;; esac'
    program(tmp_path / "apt-get", f'echo "$@" >> {tmp_path}/asked; {case}')
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(module, "DEBIAN", tmp_path)
    for tool in ("cp", "sh", "env"):  # and no browser that this machine may have
        (tmp_path / tool).symlink_to(shutil.which(tool) or f"/bin/{tool}")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert module.from_debian()[0] == str(tmp_path / brought)
    asked = [
        line
        for name in [*refused, brought]
        for line in ("update -qq", f"install -y -qq --no-install-recommends {name} fonts-dejavu-core")
    ]
    assert (tmp_path / "asked").read_text("utf-8").splitlines() == asked


def test_a_command_that_hangs_is_no_browser(browser: ModuleType, tmp_path: Path) -> None:
    """A program that cannot be run, or does not end in its time, has failed."""
    assert not browser.run(str(tmp_path / "missing"))
    assert not browser.run(str(program(tmp_path / "slow", "exec sleep 60")), seconds=1)
    assert browser.run(str(program(tmp_path / "quick", "exit 0")))


@pytest.mark.parametrize("apt_works", [True, False])
def test_playwright_gets_what_it_lacks(
    browser: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, apt_works: bool
) -> None:
    """Where Playwright itself does not start, apt brings its libraries, or one line names them."""
    works = program(tmp_path / "works", "exit 0")
    asked: list[str] = []

    def apt_install(*packages: str) -> bool:
        asked.extend(packages)
        return apt_works

    monkeypatch.setattr(browser, "apt_install", apt_install)
    monkeypatch.setattr(browser, "driver_starts", lambda: bool(asked) and apt_works)
    monkeypatch.setattr(browser, "installed", lambda: [str(works)])
    if apt_works:
        browser.main()
        assert browser.REMEMBERED.is_file()
    else:
        with pytest.raises(SystemExit, match=r"^error: Playwright's own Node.js does not start.*libatomic1"):
            browser.main()
    assert "libatomic1" in asked
