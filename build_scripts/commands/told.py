"""Words about how far a run is, where there is no terminal to draw on."""

from __future__ import annotations

import click

from build_scripts.model.progress import Unseen


class Told(Unseen):
    """Progress of which only lines are seen, since there is no terminal to draw on."""

    def say(self, line: str) -> None:
        """Write a line to standard error."""
        click.echo(line, err=True)
