"""The command ``evidence``: the edge where options come in and words go out."""

from __future__ import annotations

import errno
import io
import shlex
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from build_scripts import __version__
from build_scripts.model.problems import printable

_COMMANDS = {
    "add": ("add", "Add the texts of one report: from saved pages, documents, addresses, or standard input (-)."),
    "build": ("build", "Check the data, write the pages under docs/, and build the site."),
    "check": (
        "build",
        "Check everything under data/, and the links of the guides in docs/, and show all problems at once.",
    ),
    "collect": (
        "collect",
        "Read the reports on CQC's list, each with the pages of its statements, and write what is well into data/.",
    ),
    "diff-themes": (
        "review",
        "Show what a change of themes, voices or weights does: paragraphs gained and lost, accuracy before and after.",
    ),
    "explain": (
        "review",
        "Say what the data here do that those in another folder do not, in plain English (Markdown).",
    ),
    "ids": ("ids", "List the ids of all paragraphs, or propose where published ones went that are gone."),
    "receive": ("receive", "Turn an issue written with the form into a report's files and an answer in plain words."),
    "serve": (
        "serve",
        "Build the site and serve it on this machine; a change of data, pages or scripts shows up by itself.",
    ),
    "watch": ("watch", "Ask CQC's site what is new, and whether its pages that are linked here still answer."),
}
"""Command to the module of this package that has it, which is loaded when the command is asked for, and to the first
sentence of its help, for the list of all commands, which needs no module."""


class _Evidence(click.Group):
    """The commands, each of which ends in words, whatever the world does to it."""

    spelled = "evidence"
    """How the command is called from where somebody is."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the commands."""
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load a command, and spell its examples as it is called."""
        if cmd_name not in _COMMANDS:
            return None
        module = import_module(f"build_scripts.commands.{_COMMANDS[cmd_name][0]}")
        command: click.Command = getattr(module, cmd_name.replace("-", "_"))
        waiting = [command]
        while waiting:
            each = waiting.pop()
            each.help = (each.help or "").replace("Example: evidence ", f"Example: {self.spelled} ")
            if isinstance(each, click.Group):
                waiting.extend(each.commands.values())
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without loading one."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, said) for name, (_, said) in _COMMANDS.items()])

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; a place that cannot be read or written is told in one line."""
        try:
            return super().invoke(ctx)
        except click.ClickException as error:
            root = ctx.params.get("root", Path())
            where = f"--root {shlex.quote(str(root))} " if root != Path() else ""
            vars(error)["message"] = error.message.replace("'evidence ", f"'{self.spelled} {where}")
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
