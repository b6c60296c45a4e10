"""Write the table of programs and formats into the guide: ``python -m tests.documents.table``."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import PurePosixPath

from tests.documents.reading import made, reading, wanted
from tests.helpers.projects import ROOT

GUIDE = ROOT / "docs/contribute/command-line.md"
TABLE_START, TABLE_END = "<!-- measured: begin -->", "<!-- measured: end -->"
_FORMATS = {
    ".html": "web page",
    ".mhtml": "web page, single file",
    ".webarchive": "web archive",
    ".pdf": "PDF",
    ".docx": "Word (DOCX)",
    ".odt": "ODT",
    ".rtf": "RTF",
    ".md": "Markdown",
    ".eml": "mail",
    ".txt": "plain text",
}
_MAKERS = {
    "Python email": "saved or sent pages (made by Python)",
    "Python plistlib": "saved pages (made by Python)",
    "by hand": "written by hand",
}


def table() -> str:
    """Return the table in Markdown: of each program and format how many documents arrived whole."""
    whole: Counter[tuple[str, str]] = Counter()
    tried: Counter[tuple[str, str]] = Counter()
    refused: Counter[tuple[str, str]] = Counter()
    for each in made():
        place = (_FORMATS[PurePosixPath(each.file).suffix], _MAKERS.get(each.maker, each.maker))
        found = reading(each.file)
        tried[place] += 1
        whole[place] += not found.refused and found.words in wanted(each.case)
        refused[place] += bool(found.refused)
    rows = ["| format | program that made it | documents | whole | refused, with the reason |", "| --- " * 5 + "|"]
    rows += [
        f"| {kind} | {maker} | {tried[kind, maker]} | {whole[kind, maker]} | {refused[kind, maker]} |"
        for kind, maker in sorted(tried)
    ]
    rows.append(f"| **all** | | {tried.total()} | {whole.total()} | {refused.total()} |")
    return "\n".join(rows)


def main() -> int:
    """Write the table."""
    before, start, rest = GUIDE.read_text("utf-8").partition(TABLE_START)
    _, end, after = rest.partition(TABLE_END)
    GUIDE.write_text(f"{before}{start}\n\n{table()}\n\n{end}{after}", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
