"""The command ``serve``: the site on this machine, made anew whenever something that it is made from changes."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from build_scripts.commands.build import repository


@click.command()
@click.option("--port", type=click.IntRange(1, 65535), default=8000, help="Port on 127.0.0.1. Default: 8000.")
@click.pass_obj
def serve(root: Path, port: int) -> None:
    """Build the site and serve it on this machine; a change of data, pages or scripts shows up by itself.

    Example: evidence serve --port 8080
    """
    # MkDocs as a library takes a moment to load, which no other command needs to wait.
    from build_scripts.commands.remake import remake
    from build_scripts.disk.serve import serve_site, why_not_port

    if reason := why_not_port(port):
        other = port + 1 if 1024 <= port < 65535 else 8000
        raise click.ClickException(f"port {port} {reason}: choose another port, as in make serve PORT={other}")
    repository()  # whatever is wrong with it is wrong use: said here, once
    if not serve_site(root.resolve(), port, remake, click.echo):
        sys.exit(1)
