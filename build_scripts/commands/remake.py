"""What the worker of ``evidence serve`` does: make pages and site anew, what somebody waits for first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from multiprocessing.connection import Connection

import click

from build_scripts.commands.build import (
    keeping_all,
    repository,
    site_environment,
    stop_at_problems,
    summary,
    write_docs,
)
from build_scripts.disk.changed import build_changed, tell_warnings
from build_scripts.disk.generator import NotBuiltError
from build_scripts.disk.inputs import States
from build_scripts.disk.read import read_schemas, read_site, read_sources
from build_scripts.disk.serve import Place, Request
from build_scripts.model.evidence import SourceFile
from build_scripts.model.problems import Problem
from build_scripts.pages.assets import FOLDER
from build_scripts.pages.assets.modules import NotJoinedError
from build_scripts.pages.frame.markdown import MARKER
from build_scripts.pipeline import SHOWING, UNDERSTANDING, run_pipeline
from build_scripts.pipeline.run import Memory, Run
from build_scripts.pipeline.show import index, join, read_guides, render_first

OF_THE_SITE = ("mkdocs.yml", "overrides/", "docs/")
"""How the paths begin of what MkDocs reads itself."""


def remake(requests: Connection, place: Place) -> None:
    """Answer each ``Request`` with the states that the site was made from, until the other end is closed."""
    tell_warnings()
    maker = _Maker(place)
    while True:
        try:
            request: Request = requests.recv()
        except EOFError:
            return
        maker.make(request)
        try:
            requests.send(maker.built)
        except OSError:
            return  # the asker is gone


class _Maker:
    """Makes pages and site, and remembers what did not change."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self._memory = Memory()
        self._shown: Run | None = None  # with the pages of the data as they last were
        self._environment: dict[str, str] = {}
        self.built: States = {}

    def make(self, request: Request) -> None:
        """Make what has to be made; where that cannot be, say why, and the site is as good as could be."""
        self.built = request.built
        try:
            # Pages written by hand need nothing else. Only the first build has to know the day of the data before.
            if self._environment and any(path.startswith(OF_THE_SITE) for path in request.changed):
                if self._shown and not self._shown.problems:  # or else pages go on asking for what is there
                    self._make_assets(self._shown)
                self._build()
            self._make(request.changed)
        except click.ClickException as error:
            error.show()
        except SystemExit:
            pass  # its problems have been told

    def _make(self, changed: Iterable[str]) -> None:
        root = self._place.root
        sources, unread = read_sources(root)
        if not self._shown or unread or self._shown.sources != sources:
            self._shown = self._show(sources, unread, changed)
        run = _join(read_guides(replace(self._shown, site=read_site(root, MARKER.encode()))))
        stop_at_problems(run, "text")
        self._set_environment(run)
        # The search's files take as long as all pages: whoever waits for a page need not wait for them.
        if self.built and write_docs(root, run.files, some=True).changed:
            self._build()
        with keeping_all():
            run = index(run)
        written = write_docs(root, run.files)
        click.echo(summary(run))
        click.echo(f"docs/: {written.changed} files written, {written.unchanged} unchanged, {written.removed} removed")
        self._build()

    def _show(self, sources: Mapping[str, SourceFile], unread: Iterable[Problem], changed: Iterable[str]) -> Run:
        """Return the run with the pages of these sources, whose problems may go on; changed texts are on the site."""
        run = run_pipeline(
            sources, read_schemas(), unread, repository=repository(), stages=UNDERSTANDING, memory=self._memory
        )
        if self.built and (first := render_first(run, changed)):
            self._make_assets(run)
            if write_docs(self._place.root, first, some=True).changed:
                self._build()
        with keeping_all():
            for stage in SHOWING:
                run = stage(run)
        return run

    def _make_assets(self, run: Run) -> None:
        """Make what pages ask for of scripts and style sheets, which takes a moment, before all that takes longer."""
        made = _join(replace(run, files={}, site=read_site(self._place.root, MARKER.encode())))
        write_docs(self._place.root, made.files, some=True)
        self._set_environment(made)

    def _set_environment(self, run: Run) -> None:
        self._environment = {**site_environment(run), "SITE_URL": self._place.address}

    def _build(self) -> None:
        """Bring the site up to date with what stands under ``docs/``, and have pages reload."""
        # Every page names the folder of its style sheet: where that is another, none is as it was.
        made = f"{FOLDER}/{self._environment['MADE']}"
        built = self.built if made in self.built else {}
        try:
            states = build_changed(self._place.root, self._place.site, self._environment, built)
        except NotBuiltError as error:
            raise click.ClickException(str(error)) from None
        except OSError as error:
            raise click.ClickException(f"the site cannot be written: {error}") from None
        self.built = {**states, made: (0, 0, 0)}
        self._place.mark.write_bytes(b"")


def _join(run: Run) -> Run:
    try:
        return join(run)
    except NotJoinedError as error:
        raise click.ClickException(f"docs/{error}") from None
