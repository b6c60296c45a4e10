"""Pages printed to PDF by the browser, as most people would save them: they come in with every passage's own link.

The pages bring their fonts, several of them: what a line has room for, and which sign a hyphen is, differs with each.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, PdfMargins

from build_scripts.contribute.importers import importer
from build_scripts.contribute.recognise import recognise
from build_scripts.model.evidence import Imported, SourceFile
from build_scripts.text.statement_page import parse_statement_page
from tests.helpers.anytown import vocabulary
from tests.helpers.documents import as_html
from tests.helpers.fonts import FAMILIES, font_face, soft_hyphenated
from tests.helpers.projects import ROOT
from tests.helpers.strategies import FRAMEWORK
from tests.site.conftest import patient_page

STYLES = {
    "one column": "font: 14px Brought",
    "two columns": "font: 16px/1.6 Brought; columns: 2",
    "one column, justified, cut": "font: 14px Brought; text-align: justify",
    "two columns, justified, cut": "font: 14px Brought; text-align: justify; columns: 2",
    "two columns below a title": "font: 15px Brought; columns: 2; --span: all",
}
SIGNED = {"arimo", "archivo-narrow"}
"""Families with U+2010, with which the browser cuts words: nothing of a justified text is in doubt."""
REPORTS = ("camden-2025-02", "westminster-2024-11")
# The numbers of the time are those of pages, too.
HEADER = '<div style="font: 9px Brought; width: 100%"><span class="date"></span> 1:17 Equity - CQC</div>'
FOOTER = """<div style="font: 9px Brought; width: 100%">
https://www.cqc.org.uk/x <span class="pageNumber"></span>/<span class="totalPages"></span></div>"""
FACE = font_face("archivo-narrow")
MARGIN: PdfMargins = {"top": "60px", "bottom": "60px", "left": "40px", "right": "40px"}


def printed(browser: Browser, path: Path, family: str, style: str) -> bytes:
    """Return the PDF that Chromium prints of a text, with its own header and footer."""
    lines = [line.strip() for line in path.read_text("utf-8").splitlines() if line.strip()]
    words = soft_hyphenated if "justify" in style else str
    html = as_html([("heading" if len(line) < 90 else "text", words(line)) for line in lines], around=False)
    rules = f"{font_face(family)} body {{ {style} }} h2:first-of-type {{ column-span: var(--span, none) }}"
    page = patient_page(browser)
    page.set_content(html.replace("<head>", f"<head><style>{rules}</style>"))
    page.evaluate("document.fonts.ready")
    data = page.pdf(
        format="A4",
        display_header_footer=True,
        margin=MARGIN,
        header_template=f"<style>{FACE}</style>{HEADER}",
        footer_template=f"<style>{FACE}</style>{FOOTER}",
    )
    page.close()
    return data


def without_doubts(texts: list[str], document: Imported) -> list[str]:
    """Return passages with what the importer told as a doubt made the same, however it was decided."""
    told = " ".join(document.unsure)
    doubtful = [word for word in re.findall(r"[\w-]+", told) if re.search(r"[a-z]{3}", word)]
    joined = "\n".join(texts)
    for end in re.findall("“…(.*?)”, where a page", told):
        joined = joined.replace(f"{end}\n", f"{end} ")
    for word in sorted(doubtful, key=len, reverse=True):
        plain = word.replace("-", "")
        joined = re.sub("-?".join(plain), plain, joined)
    return joined.split("\n")


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("report", REPORTS)
@pytest.mark.parametrize("family", FAMILIES)
def test_a_printed_page_keeps_its_links(family: str, report: str, style: str, browser: Browser) -> None:
    """In any font, CQC's own texts give the ids that they have already, but for what is told as a doubt."""
    path = ROOT / "data" / "reports" / report / "equity.txt"
    wanted, _ = parse_statement_page(SourceFile("equity.txt", path.read_bytes()), FRAMEWORK)
    assert wanted is not None

    document = importer("pdf")(printed(browser, path, family, STYLES[style]))
    (found,) = recognise(document, vocabulary()).pages
    again, problems = parse_statement_page(SourceFile("equity.txt", "\n".join(found.lines).encode()), FRAMEWORK)

    assert again is not None
    assert problems == ()
    assert [each.text for each in again.headings] == [each.text for each in wanted.headings]
    texts = [[each.text for each in page.passages] for page in (again, wanted)]
    if not document.unsure:
        assert [each.id for each in again.passages] == [each.id for each in wanted.passages]
    assert without_doubts(texts[0], document) == without_doubts(texts[1], document)
    if family in SIGNED and "cut" in style:
        assert document.unsure == ()
    assert any("https://www.cqc.org.uk/x 1/" in row for row in document.dropped)
