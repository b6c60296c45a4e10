"""The commands ``check`` and ``build``: the whole pipeline, told in words and written to disk."""

from __future__ import annotations

import gc
import os
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import click

from build_scripts.commands.progress import progress
from build_scripts.commands.states import published_ids
from build_scripts.disk.generator import GENERATORS, MKDOCS, NotBuiltError, build_site, why_not_place
from build_scripts.disk.read import read_schemas, read_site, read_sources
from build_scripts.disk.write import HandWrittenFileError, Written, write_files
from build_scripts.model.evidence import text_path
from build_scripts.model.problems import format_github, format_json, format_text
from build_scripts.model.wording import counted
from build_scripts.pages.assets import SCRIPTS, SHEETS, made_folder
from build_scripts.pages.assets.modules import NotJoinedError
from build_scripts.pages.frame.markdown import MARKER
from build_scripts.pipeline import run_pipeline
from build_scripts.pipeline.run import Run
from build_scripts.search.lunr_module import MODULES as LUNR_MODULES

PROBLEMS = 1
"""Exit status when something is wrong with the data; click's own 2 is for wrong use."""

JOINED = (SCRIPTS, SHEETS, *LUNR_MODULES)
"""What generators publish and no page asks for: what the files of pages were joined from, and the theme's own."""

_ADDRESS = re.compile(r"https?://[\w.:-]+(/[\w./~-]*)?\Z", re.ASCII)
_CONTACT = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+\Z|https://[\w.:-]+(/[\w./~-]*)?\Z", re.ASCII)


_FORMATS = {"text": format_text, "github": format_github, "json": format_json}


@click.command()
@click.option("--verbose", is_flag=True, help="Also list, for every text, what was understood from it.")
@click.option("--format", "shape", type=click.Choice(list(_FORMATS)), default="text", help="How problems are written.")
@click.option(
    "--base",
    type=click.Path(exists=True, path_type=Path),
    help="What was published, a folder with its data or a list of ids: none of its paragraphs may disappear.",
)
@click.pass_obj
def check(root: Path, verbose: bool, shape: str, base: Path | None) -> None:
    """Check everything under data/, and the links of the guides in docs/, and show all problems at once.

    Exit status 1 when there is a problem.

    Example: evidence check --verbose
    """
    run = _run(root, published_ids(base) if base else ())
    if verbose:
        for line in _understood(run):
            click.echo(line, err=shape != "text")
    stop_at_problems(run, shape)
    click.echo(summary(run), err=shape == "json")


@click.command()
@click.option("--site-dir", type=click.Path(path_type=Path), default=None, help="Where the site goes. Default: site/.")
@click.option("--pages-only", is_flag=True, help="Write the pages under docs/ and stop before the site is built.")
@click.option(
    "--generator",
    "package",
    type=click.Choice(list(GENERATORS)),
    default=MKDOCS.package,
    help="What builds the site. Default: mkdocs.",
)
@click.pass_obj
def build(root: Path, site_dir: Path | None, pages_only: bool, package: str) -> None:
    """Check the data, write the pages under docs/, and build the site.

    The site is built beside its place and put there when it is complete, so that the place never holds a part of one.

    The address that the site will have is taken from SITE_URL, e.g. https://example.org/care-evidence/, and that of
    the project, which pages lead to for corrections and missing texts, from REPO_URL. CONTACT may be an email address,
    or a page such as a form, to which anybody can write without an account: guides show it.

    Example: evidence build --site-dir public
    """
    target = (site_dir or root / "site").resolve()
    generator = GENERATORS[package]
    if not pages_only and (reason := why_not_place(target, root, generator)):
        raise click.ClickException(f"{target} {reason}: empty it, or name another folder with --site-dir")
    if not pages_only and not generator.is_installed():
        raise click.ClickException(f"{generator.name} is not installed: 'make site GENERATOR={package}' installs it")
    run = _write_pages(root)
    if pages_only:
        return
    try:
        with progress() as told:
            build_site(generator, root, target, site_environment(run), told.say, told, JOINED)
    except NotBuiltError as error:
        raise click.ClickException(str(error)) from None
    except OSError as error:
        why = f"{error.strerror or error}; what stood there before is as it was"
        raise click.ClickException(f"{target} cannot be written: {why}") from None
    click.echo(f"The site is in {target}")


def _run(root: Path, published: Iterable[str] = ()) -> Run:
    address = repository()
    with progress() as told:
        told.begin("Reading files")
        sources, unread = read_sources(root)
        site = read_site(root, MARKER.encode())
        with keeping_all():
            try:
                return run_pipeline(
                    sources, read_schemas(), unread, site=site, published=published, repository=address, progress=told
                )
            except NotJoinedError as error:
                raise click.ClickException(f"docs/{error}") from None
            finally:
                gc.freeze()  # all of it is kept until the program ends, which would look through it for circles too


@contextmanager
def keeping_all() -> Iterator[None]:
    """Look for no circles of objects meanwhile: stages make millions of objects and next to no circles.

    Looking through all of them again and again takes a fifth of the time at national scale.
    """
    before = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if before:
            gc.enable()


def repository() -> str:
    """Return REPO_URL, which pages lead to, without a slash at its end; empty when it is not set.

    CONTACT, which the generator shows on guides, is looked at too: both are told before anything is made.
    """
    contact = os.environ.get("CONTACT", "")
    if contact and not _CONTACT.match(contact):
        what = "CONTACT must be an email address or an address like https://example.org/form"
        raise click.UsageError(f"{what} (got {contact!r})")
    address = os.environ.get("REPO_URL", "").rstrip("/")
    if address and not _ADDRESS.match(address):
        raise click.UsageError(f"REPO_URL must be an address like https://github.com/owner/project (got {address!r})")
    return address


def _write_pages(root: Path) -> Run:
    """Write every page under ``docs/``; leave with status 1 when something is wrong with the data."""
    run = _run(root)
    stop_at_problems(run, "text")
    written = write_docs(root, run.files)
    click.echo(summary(run))
    click.echo(f"docs/: {written.changed} files written, {written.unchanged} unchanged, {written.removed} removed")
    return run


def write_docs(root: Path, files: Mapping[str, bytes], *, some: bool = False) -> Written:
    """Write files below ``docs/`` as ``write_files`` does; raise ``ClickException`` in words where that cannot be."""
    try:
        with progress() as told:
            return write_files(root / "docs", files, MARKER.encode(), told, some=some)
    except HandWrittenFileError as error:
        message = f"docs/{error} was not made by a build, but a generated page belongs there: move or rename yours"
        raise click.ClickException(message) from None
    except OSError as error:
        raise click.ClickException(f"docs/ cannot be written: {error.strerror or error}") from None


def site_environment(run: Run) -> dict[str, str]:
    """Return what the site's build gets to know, the day of the newest data as its date, so that bytes repeat."""
    newest = max(datetime.fromisoformat(report.retrieved).replace(tzinfo=UTC) for report in run.reports)
    return {
        "NO_MKDOCS_2_WARNING": "1",
        **os.environ,
        "SOURCE_DATE_EPOCH": str(int(newest.timestamp())),
        "MADE": made_folder(run.files),
    }


def stop_at_problems(run: Run, shape: str) -> None:
    """Show every problem and leave with status 1, when there is any."""
    if run.problems:
        for problem in run.problems:
            click.echo(_FORMATS[shape](problem))
        files = len({problem.path for problem in run.problems})
        click.echo(f"{counted(len(run.problems), 'problem')} in {counted(files, 'file')}", err=True)
        sys.exit(PROBLEMS)


def summary(run: Run) -> str:
    passages = sum(len(item.passages) for item in run.evidence)
    parts = (
        counted(len(run.reports), "report"),
        counted(len(run.evidence), "text"),
        counted(passages, "paragraph"),
        counted(len(run.collection.vocabulary.themes), "theme"),
    )
    return f"All is well: {', '.join(parts)}"


def _understood(run: Run) -> Iterator[str]:
    """Yield what was taken from each text: score, headings, passages with their tags, and what was dropped."""
    tagged = {(item.report.id, item.statement): item.passages for item in run.evidence}
    for (report, statement), page in run.pages.items():
        yield f"{text_path(report, statement)}: score {page.score}, {counted(len(page.passages), 'paragraph')}"
        for heading in page.headings:
            yield f"    line {heading.line}: heading, {'known' if heading.known else 'by its shape'}: {heading.text}"
        for line, text in page.boilerplate:
            yield f"    line {line}: dropped: {text}"
        for item in tagged.get((report, statement), ()):
            tags = ", ".join(tag.id for tag in (*item.themes, *item.voices)) or "no theme or voice"
            yield f"    line {item.passage.line}: {item.passage.id}: {tags}"
