"""`evidence add` run on a small project, with the invented report and one page of it."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner, Result

from build_scripts.commands.main import main
from tests.helpers.documents import REPORT, SITE, as_html, statement_units, summary_units

SOURCE = f"{SITE}{REPORT}"
FOLDER = "data/reports/anytown-2025-07"
EQUITY = as_html(statement_units("equity"), address=f"{SOURCE}/theme1/equity")


def run(root: Path, *arguments: str, given: bytes | None = None) -> Result:
    """Run the command; a traceback is a failure of the test."""
    result = CliRunner().invoke(main, ["--root", str(root), "add", *arguments], input=given)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exc_info
    return result


def save(tree: Path, name: str, data: str | bytes) -> str:
    """Save a source beside the project and return its path."""
    file = tree.parent / name
    file.write_bytes(data if isinstance(data, bytes) else data.encode("utf-8"))
    return str(file)


def files(root: Path) -> dict[str, bytes]:
    """Return every file below data/, those with a dot included."""
    return {str(file.relative_to(root)): file.read_bytes() for file in (root / "data").rglob("*") if file.is_file()}


def new_report(tree: Path) -> None:
    """Put Anytown's report into the collection, without texts."""
    result = run(tree, save(tree, "summary.html", as_html(summary_units(), address=f"{SOURCE}/summary")))
    assert result.exit_code == 0, result.output


def check(tree: Path) -> None:
    """Assert that ``evidence check`` finds nothing."""
    result = CliRunner().invoke(main, ["--root", str(tree), "check"])
    assert result.exit_code == 0, result.output
