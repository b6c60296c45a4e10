"""Pages printed to PDF by the browser, as most people would save them: they come in with every passage's own link."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, PdfMargins

from build_scripts.contribute.importers import importer
from build_scripts.contribute.recognise import recognise
from build_scripts.model.evidence import SourceFile
from build_scripts.text.statement_page import parse_statement_page
from tests.helpers.anytown import vocabulary
from tests.helpers.documents import as_html
from tests.helpers.projects import ROOT
from tests.helpers.strategies import FRAMEWORK

STYLES = (
    "body { font: 16px sans-serif }",
    "body { font: 14px serif; text-align: justify; hyphens: auto }",
    "body { font: 16px/1.6 sans-serif; columns: 2 }",
)
# The numbers of the time are those of pages, too.
HEADER = '<div style="font-size: 9px; width: 100%"><span class="date"></span> 1:17 Equity - CQC</div>'
FOOTER = """<div style="font-size: 9px; width: 100%">
https://www.cqc.org.uk/x <span class="pageNumber"></span>/<span class="totalPages"></span></div>"""
MARGIN: PdfMargins = {"top": "60px", "bottom": "60px", "left": "40px", "right": "40px"}


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("report", ["camden-2025-02", "westminster-2024-11"])
def test_a_printed_page_keeps_its_links(report: str, style: str, browser: Browser) -> None:
    """Printed by Chromium with its header and footer, CQC's own texts give the very ids that they have already."""
    path = ROOT / "data" / "reports" / report / "equity.txt"
    wanted, _ = parse_statement_page(SourceFile("equity.txt", path.read_bytes()), FRAMEWORK)
    assert wanted is not None
    lines = [line.strip() for line in path.read_text("utf-8").splitlines() if line.strip()]
    html = as_html([("heading" if len(line) < 90 else "text", line) for line in lines], around=False)
    page = browser.new_page()
    page.set_content(html.replace("<head>", f"<head><style>{style}</style>"))
    data = page.pdf(
        format="A4", display_header_footer=True, margin=MARGIN, header_template=HEADER, footer_template=FOOTER
    )
    page.close()

    document = importer("pdf")(data)
    (found,) = recognise(document, vocabulary()).pages
    again, problems = parse_statement_page(SourceFile("equity.txt", "\n".join(found.lines).encode()), FRAMEWORK)

    assert again is not None
    assert problems == ()
    assert [each.id for each in again.passages] == [each.id for each in wanted.passages]
    assert [each.text for each in again.headings] == [each.text for each in wanted.headings]
    assert any("https://www.cqc.org.uk/x 1/" in row for row in document.dropped)
