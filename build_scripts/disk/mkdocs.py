"""Have MkDocs build the site, all of it or nothing, and say in a line why not where the disk is at fault."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from build_scripts.disk.swap import replacing
from build_scripts.model.progress import UNSEEN, Progress

PARTS = ("index.html", "404.html")
"""Files at the top of every site that MkDocs built with our theme: a folder without them is somebody else's."""

_HELD = re.compile(r"(?:ERROR|CRITICAL)\b|Traceback \(most recent call last\):")
"""How MkDocs' lines begin that tell of a failure."""

_OF_THE_DISK = re.compile(r"[A-Za-z]*Error: \[Errno [0-9]+\] (?P<why>[^:]+)(?:: .*)?\Z")
"""The last line of the traceback of an ``OSError``."""


_PROGRAM = (
    "import logging, runpy\n"
    "logging.getLogger('mkdocs.commands.build').setLevel(logging.DEBUG)\n"
    "runpy.run_module('mkdocs', run_name='__main__', alter_sys=True)"
)
"""MkDocs, whose module that builds tells of each page. Were all of it as verbose, it would not look for anchors."""

_PAGES = re.compile(r"DEBUG   -  (?:(?P<read>Reading: )|(?P<written>Building page )).+\.md$")
"""What it then says of every page, twice."""


class NotBuiltError(Exception):
    """The site was not built, and what stood at its place is as it was; the words say why."""


def why_not_place(target: Path, root: Path) -> str:
    """Return why no site can stand at ``target``, an absolute path without links; nothing when it can.

    A build takes the place of all that a folder holds, so the folder must be empty or hold nothing but a site.
    """
    kept = root.resolve()
    made_from = [kept / name for name in ("data", "docs", "build_scripts", "overrides", "tests", "tools")]
    if kept.is_relative_to(target) or any(target.is_relative_to(each) for each in made_from):
        return "is a folder of the project itself"
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
    root: Path,
    target: Path,
    environment: Mapping[str, str],
    say: Callable[[str], None],
    progress: Progress = UNSEEN,
) -> None:
    """Build the site of ``root`` at ``target``; ``say`` gets MkDocs' lines, one at a time, without their ends.

    Raises ``NotBuiltError``, and ``OSError`` where the folders around the site cannot be written.
    """
    progress.begin("MkDocs builds the site")
    with replacing(target) as staged:
        # Never with -q: it hides the warnings that --strict counts.
        options = ("build", "--strict", "--clean", "--site-dir", str(staged.folder))
        command = [sys.executable, "-c", _PROGRAM, *options]
        with subprocess.Popen(  # noqa: S603 - our own Python and MkDocs, no shell
            command,
            cwd=root,
            env=environment,
            pass_fds=(staged.handle,),
            stderr=subprocess.PIPE,
            encoding="utf-8",
            errors="backslashreplace",
        ) as process:
            try:
                lines = (line.replace(str(staged.folder), str(target)) for line in process.stderr or ())
                held = _tell(_counted(lines, root, progress), say)
            except BaseException:
                process.kill()
                raise
        if process.returncode:
            raise NotBuiltError(_why(held, say))
        for line in held:
            say(line)


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
    for line in lines:
        if held or _HELD.match(line):
            held.append(line.rstrip("\n"))
        else:
            say(line.rstrip("\n"))
    return held


def _why(held: list[str], say: Callable[[str], None]) -> str:
    """Return why MkDocs failed; what it said of it is passed on, unless it is a fault of the disk, told by its name."""
    last = next((line for line in reversed(held) if line.strip()), "")
    if found := _OF_THE_DISK.match(last):
        return f"the site cannot be written: {found['why']}; what stood there before is as it was"
    for line in held:
        say(line)
    return "MkDocs stopped at the lines above; mend the page or setting that they name"
