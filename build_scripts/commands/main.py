"""The command ``evidence``: the edge where options come in and words go out."""

from __future__ import annotations

import errno
import io
import sys
from pathlib import Path
from typing import Any

import click

from build_scripts import __version__
from build_scripts.commands.add import add
from build_scripts.commands.build import build, check
from build_scripts.commands.collect import collect
from build_scripts.commands.ids import ids
from build_scripts.commands.receive import receive
from build_scripts.commands.review import diff_themes, explain
from build_scripts.commands.serve import serve
from build_scripts.commands.watch import watch
from build_scripts.model.problems import printable


class _Evidence(click.Group):
    """The commands, each of which ends in words, whatever the world does to it."""

    spelled = "evidence"
    """How the command is called from where somebody is."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; a place that cannot be read or written is told in one line."""
        try:
            return super().invoke(ctx)
        except click.ClickException as error:
            vars(error)["message"] = error.message.replace("'evidence ", f"'{self.spelled} ")
            raise
        except OSError as error:
            if error.errno == errno.EPIPE:  # whoever read the words has stopped reading
                raise
            where = f"{error.filename} " if error.filename else ""
            what = f"{where}cannot be read or written: {error.strerror or error}".strip()
            raise click.ClickException(printable(what)) from None


def spell(name: str) -> None:
    """Let help and messages name the command as it is called."""
    _Evidence.spelled = name
    waiting: list[click.Command] = [main]
    while waiting:
        command = waiting.pop()
        command.help = (command.help or "").replace("Example: evidence ", f"Example: {name} ")
        if isinstance(command, click.Group):
            waiting.extend(command.commands.values())


@click.group(cls=_Evidence, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option(
    "--root",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=".",
    help="The project's root, where data/ and docs/ are. Default: this folder.",
)
@click.version_option(__version__, prog_name="evidence")
@click.pass_context
def main(context: click.Context, root: Path) -> None:
    """Turn CQC's reports on adult social care into a site that can be searched and cited.

    Example: evidence check
    """
    for needed in ("data", "docs"):
        if not (root / needed).is_dir():
            raise click.UsageError(f"{root} has no folder {needed!r}: run this at the project's root, or give --root")
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A screen that cannot show a curly quote is no reason to stop.
            stream.reconfigure(errors="backslashreplace")
    context.obj = root


for command in (check, build, serve, add, collect, ids, explain, diff_themes, receive, watch):
    main.add_command(command)
