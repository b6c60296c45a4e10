"""The command ``evidence``: the edge where options come in and words go out."""

from __future__ import annotations

import io
import sys
from pathlib import Path

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


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
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
