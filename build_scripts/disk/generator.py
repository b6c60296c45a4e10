"""Have a generator build the site, all of it or nothing, and say in a line why not where the disk is at fault.

There are two: MkDocs with its theme Material, and Zensical, which the same people make to take their place.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib import resources
from importlib.util import find_spec
from pathlib import Path

from build_scripts.disk.swap import replacing
from build_scripts.model.progress import UNSEEN, Progress

PARTS = ("index.html", "404.html")
"""Files at the top of every site that was built with our theme: a folder without them is somebody else's."""

_HELD = re.compile(r"(?:ERROR|CRITICAL)\b|Traceback \(most recent call last\):|thread '.*' \(\d+\) panicked at ")
"""How the lines begin that tell of a failure."""

_OF_THE_DISK = re.compile(r"\A[A-Za-z]*Error: \[Errno [0-9]+\] ([^:]+)(?:: .*)?\Z|([A-Z][\w ]+) \(os error [0-9]+\)")
"""A fault of the disk, as Python ends a traceback with it and as Rust tells of it."""

_MKDOCS = (
    "import logging, runpy\n"
    "logging.getLogger('mkdocs.commands.build').setLevel(logging.DEBUG)\n"
    "runpy.run_module('mkdocs', run_name='__main__', alter_sys=True)"
)
"""MkDocs, whose module that builds tells of each page. Were all of it as verbose, it would not look for anchors."""

_PAGES = re.compile(r"DEBUG   -  (?:(?P<read>Reading: )|(?P<written>Building page )).+\.md$")
"""What it then says of every page, twice."""


@dataclass(frozen=True, slots=True)
class Generator:
    """A program that makes the site of the pages under ``docs/``, as ``mkdocs.yml`` says."""

    name: str
    package: str
    command: tuple[str, ...]
    """What Python is given to run it."""

    def is_installed(self) -> bool:
        """Return whether it can be run."""
        return find_spec(self.package) is not None


# Never with -q: it hides the warnings that --strict counts.
MKDOCS = Generator("MkDocs", "mkdocs", ("-c", _MKDOCS, "build", "--strict", "--clean"))
ZENSICAL = Generator("Zensical", "zensical", ("-m", "zensical", "build", "--strict", "--clean"))
GENERATORS = {each.package: each for each in (MKDOCS, ZENSICAL)}


class NotBuiltError(Exception):
    """The site was not built, and what stood at its place is as it was; the words say why."""


def why_not_place(target: Path, root: Path, generator: Generator = MKDOCS) -> str:
    """Return why no site can stand at ``target``, an absolute path without links; nothing when it can.

    A build takes the place of all that a folder holds, so the folder must be empty or hold nothing but a site.
    """
    kept = root.resolve()
    made_from = [kept / name for name in ("data", "docs", "build_scripts", "overrides", "tests", "tools")]
    if kept.is_relative_to(target) or any(target.is_relative_to(each) for each in made_from):
        return "is a folder of the project itself"
    if generator is ZENSICAL and not target.is_relative_to(kept):
        return f"is outside of the project, where {generator.name} cannot write"
    if not target.exists():
        return ""
    if not target.is_dir():
        return "is a file"
    names = {each.name for each in target.iterdir()}
    if names and not names.issuperset(PARTS):
        return "is a folder with something else than a site in it"
    hidden = sorted(name for name in names if name.startswith("."))
    return f"holds {hidden[0]}, which is no part of a site" if hidden else ""


def build_site(
    generator: Generator,
    root: Path,
    target: Path,
    environment: Mapping[str, str],
    say: Callable[[str], None],
    progress: Progress = UNSEEN,
    unused: Iterable[str] = (),
) -> None:
    """Build the site of ``root`` at ``target``; ``say`` gets the generator's lines, one at a time, without their ends.

    ``unused`` are files and folders of the site, the theme's among them, that no page asks for: they are left out.
    Raises ``NotBuiltError``, and ``OSError`` where the folders around the site cannot be written.
    """
    progress.begin(f"{generator.name} builds the site")
    with replacing(target) as staged:
        command = [sys.executable, *generator.command]
        if generator is MKDOCS:
            command += ["--site-dir", str(staged.folder)]
        with subprocess.Popen(  # noqa: S603 - our own Python and its packages, no shell
            command,
            cwd=root,
            env={**environment, "SITE_DIR": str(staged.folder)},  # Zensical has no option: mkdocs.yml asks for this
            pass_fds=(staged.handle,),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="backslashreplace",
        ) as process:
            lines = (line.rstrip("\n").replace(str(staged.folder), str(target)) for line in process.stdout or ())
            try:
                held = _tell(_counted(lines, root, progress), say)
            except BaseException:
                process.kill()
                raise
        if generator is ZENSICAL:  # its cache, which --clean empties before it is read
            shutil.rmtree(root / ".cache", ignore_errors=True)
        whole = not process.returncode
        lost = _lost(root, staged.folder) if whole and generator is ZENSICAL else ""
        if lost or not whole:
            raise NotBuiltError(_why(generator, held, lost, say))
        for path in unused:
            _remove(staged.folder / path)
        for line in held:
            say(line)


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _counted(lines: Iterable[str], root: Path, progress: Progress) -> Iterator[str]:
    """Yield the lines but for those that MkDocs is verbose with; of these, the ones about pages are counted."""
    stages = {"read": "MkDocs reads pages", "written": "MkDocs writes pages"}
    for line in lines:
        if not line.startswith("DEBUG "):
            yield line
        elif found := _PAGES.match(line):
            if stage := stages.pop(found.lastgroup or "", ""):
                progress.begin(stage, sum(1 for _ in (root / "docs").rglob("*.md")))
            progress.step()


def _tell(lines: Iterable[str], say: Callable[[str], None]) -> list[str]:
    """Pass lines on as they come, up to the first that tells of a failure; return that one and all after it."""
    held: list[str] = []
    for line in filter(None, lines):
        if held or _HELD.match(line):
            held.append(line)
        else:
            say(line)
    return held


def _lost(root: Path, site: Path) -> str:
    """Return the path of a file that is not in the site that Zensical built, or not to its end; nothing when all are.

    Where the disk is full, Zensical goes on and may say that it found no issues.
    """
    theme = resources.files(ZENSICAL.package) / "templates/assets"
    with resources.as_file(theme) as assets:
        for source, place in ((root / "docs", site), (assets, site / "assets")):
            for file in _files(source):
                path = file.relative_to(source)
                page = file.suffix == ".md"
                made = place / (path.parent if path.name == "index.md" else path.with_suffix("")) / "index.html"
                if not (_ends(made) if page else _same_size(file, place / path)):
                    return str((made if page else place / path).relative_to(site))
    return ""


def _files(folder: Path) -> Iterator[Path]:
    """Yield the files below a folder, but for those that begin with a dot."""
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(place, name) for name in sorted(names) if not name.startswith("."))


def _ends(page: Path) -> bool:
    """Return whether a page is there, to its end."""
    if not page.is_file():
        return False
    with page.open("rb") as file:
        file.seek(max(0, page.stat().st_size - 20))
        return file.read().rstrip().endswith(b"</html>")


def _same_size(one: Path, other: Path) -> bool:
    return other.is_file() and one.stat().st_size == other.stat().st_size


def _why(generator: Generator, held: list[str], lost: str, say: Callable[[str], None]) -> str:
    """Return why the build failed; what was said of it is passed on, unless it is a fault of the disk, told by name."""
    # Rust's threads go on, and each says what it met; Python stops, and says it at the end.
    for line in reversed(held if generator is ZENSICAL else held[-1:]):
        if found := _OF_THE_DISK.search(line):
            return f"the site cannot be written: {found[1] or found[2]}; what stood there before is as it was"
    if lost:
        return f"the site lacks {lost}, or a part of it: the disk may be full; what stood there before is as it was"
    # Zensical's traceback has nothing but its own lines before the last.
    for line in held[-1:] if generator is ZENSICAL else held:
        say(line)
    return f"{generator.name} stopped at the lines above; mend the page or setting that they name"
