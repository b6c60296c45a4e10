"""The command ``evidence``: the edge where options come in and words go out."""

from __future__ import annotations

import errno
import io
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from build_scripts import __version__
from build_scripts.model.problems import printable

_WHERE = {
    "add": "add",
    "build": "build",
    "check": "build",
    "collect": "collect",
    "diff-themes": "review",
    "explain": "review",
    "ids": "ids",
    "receive": "receive",
    "serve": "serve",
    "watch": "watch",
}
"""Command to the module of this package that has it, which is loaded when the command is asked for."""


class _Evidence(click.Group):
    """The commands, each of which ends in words, whatever the world does to it."""

    spelled = "evidence"
    """How the command is called from where somebody is."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the commands."""
        return list(_WHERE)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load a command, and spell its examples as it is called."""
        if cmd_name not in _WHERE:
            return None
        module = import_module(f"build_scripts.commands.{_WHERE[cmd_name]}")
        command: click.Command = getattr(module, cmd_name.replace("-", "_"))
        waiting = [command]
        while waiting:
            each = waiting.pop()
            each.help = (each.help or "").replace("Example: evidence ", f"Example: {self.spelled} ")
            if isinstance(each, click.Group):
                waiting.extend(each.commands.values())
        return command

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
