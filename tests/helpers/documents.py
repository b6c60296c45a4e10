"""Statement pages as documents of other programs: HTML as CQC's site has it, PDF, DOCX; and a whole invented report.

A document is made of units: (kind, words), where the kind is ``title``, ``heading``, ``text`` or ``item``.
"""

from __future__ import annotations

import email.policy
import io
import plistlib
import re
import zipfile
from collections.abc import Iterable, Sequence
from email.message import EmailMessage
from html import escape
from xml.sax.saxutils import escape as escape_xml

from reportlab.lib.enums import TA_JUSTIFY, TA_LEFT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageBreak, PageTemplate, Paragraph

from tests.helpers.strategies import FRAMEWORK, STATEMENTS, Page

Unit = tuple[str, str]

XML = "<?xml version='1.0' encoding='utf-8'?>"

SITE = "https://www.cqc.org.uk"
REPORT = "/care-services/local-authority-assessment-reports/anytown-0725"
PATHS = {
    "assessing-needs": "theme1/needs",
    "healthier-lives": "theme1/healthier-lives",
    "equity": "theme1/equity",
    "care-provision": "theme2/care-provision",
    "partnerships": "theme2/partnerships",
    "safe-pathways": "theme3/safe-pathways",
    "safeguarding": "theme3/safeguarding",
    "governance": "theme4/governance",
    "learning": "theme4/learning",
}
"""Statement to the end of its page's address."""
SCORES = dict(zip(PATHS, (2, 3, 3, 2, 2, 3, 3, 2, 3), strict=True))
"""The invented report's scores: 23 of 36, which is 64% and Good."""


def page_units(page: Page) -> list[Unit]:
    """Return a generated page as units, its title and date above."""
    name = STATEMENTS[page.statement].name
    units: list[Unit] = [("title", f"{page.authority or 'Anytown Council'}: local authority assessment")]
    units += [("text", "Published: 4 July 2025"), ("heading", name), ("text", f"Score: {page.score}")]
    units += [("text", f"{page.score} - {FRAMEWORK.score_labels[page.score]}")]
    if page.expectations:
        units += [("heading", FRAMEWORK.expectations_lines[0]), *(("text", text) for text in page.expectations)]
    units += [("heading", FRAMEWORK.commitment_lines[0]), *(("text", text) for text in page.commitment)]
    units.append(("heading", FRAMEWORK.findings_lines[0]))
    for block in page.blocks:
        kind = {"heading": "heading", "paragraph": "text", "list": "item"}[block.kind]
        units += [(kind, text) for text in block.texts]
    return units


def statement_units(statement: str, score: int | None = None) -> list[Unit]:
    """Return one statement page of the invented report; no two have a paragraph in common."""
    item, score = STATEMENTS[statement], SCORES[statement] if score is None else score
    name = item.name.lower()
    units: list[Unit] = [("title", "Anytown Council: local authority assessment"), ("text", "Published: 4 July 2025")]
    units += [("heading", item.name), ("text", f"Score: {score}")]
    units += [("text", f"{score} - {FRAMEWORK.score_labels[score]}")]
    if statement not in ("governance", "learning"):
        units += [("heading", "What people expect"), ("text", f"I can speak about {name} and I am heard.")]
    units += [("heading", "The local authority commitment"), ("text", f"We keep the light on for {name}.")]
    units += [("heading", "Key findings for this quality statement"), ("heading", item.headings[0])]
    units += [
        (
            "text",
            f"Staff told us that {name} mattered to them, and that the harbour team in Anytown met every week. " * 3,
        ),
        ("text", f"For {name} the lighthouse trust gave people a choice. This was seen in the following:"),
        ("item", f"a first visit about {name} within 12 weeks"),
        ("item", f"a second visit about {name} where it was wanted"),
        ("heading", item.headings[-1] if len(item.headings) > 1 else "Visits and waiting"),
        (
            "text",
            f"Unpaid carers said that ‘{name}’ – as they put it – was “better than before”. Nobody was turned away.",
        ),
    ]
    return [(kind, " ".join(words.split())) for kind, words in units]


def summary_units() -> list[Unit]:
    """Return the invented report's summary page."""
    units: list[Unit] = [("title", "Anytown Council: local authority assessment"), ("text", "Published: 4 July 2025")]
    units += [("heading", "Overall summary"), ("heading", "Local authority rating and score"), ("text", "Good")]
    units += [("text", "Score: 64%"), ("heading", "Quality statement scores")]
    for statement, score in SCORES.items():
        units += [("heading", STATEMENTS[statement].name), ("text", f"Score: {score}")]
    units += [
        ("heading", "Summary of people's experiences"),
        ("text", "People in Anytown liked the pier very much. " * 4),
    ]
    return [(kind, " ".join(words.split())) for kind, words in units]


def words_of(units: Iterable[Unit]) -> list[str]:
    """Return the words of the units in order."""
    return [word for _, words in units for word in words.split()]


def as_text(units: Iterable[Unit]) -> str:
    """Return the units as somebody copies them from a browser."""
    return "\n\n".join(f"• {words}" if kind == "item" else words for kind, words in units) + "\n"


def as_html(units: Iterable[Unit], *, address: str = "", around: bool = True) -> str:
    """Return a page in the layout of CQC's site: navigation, a cookie banner and a footer around its own words."""
    body: list[str] = []
    inside = False
    for kind, words in units:
        if inside != (kind == "item"):
            body.append("<ul>" if kind == "item" else "</ul>")
            inside = kind == "item"
        tag = {"title": "h1", "heading": "h2", "text": "p", "item": "li"}[kind]
        body.append(f"<{tag}>{escape(words)}</{tag}>")
    main = "\n".join([*body, *(["</ul>"] if inside else [])])
    canonical = f'<link rel="canonical" href="{escape(address)}">' if address else ""
    head = f'<head><meta charset="utf-8"><title>Anytown Council - Care Quality Commission</title>{canonical}</head>'
    if not around:
        return f"<!doctype html><html>{head}<body><main>{main}</main></body></html>"
    return f"""<!doctype html><html lang="en">{head}<body class="has-cookie-banner">
<div id="cookie-banner" role="region"><p>We use cookies to make this website work well.</p><button>Accept</button></div>
<header><a href="#main">Skip to main content</a><nav><ul><li><a href="/">Home</a></li></ul></nav></header>
<script>document.write("<p>Never written.</p>")</script><noscript>Turn on scripts.</noscript>
<main id="main"><nav aria-label="Breadcrumb"><a href="/reports">Local authority assessment reports</a></nav>
{main}
<form><label>Was this page useful? <input name="useful"></label><button>Send</button></form></main>
<footer><p>© Care Quality Commission</p></footer></body></html>"""


def links_page(addresses: dict[str, str]) -> str:
    """Return the page of a whole report: its title, and links (words to address) to its pages."""
    items = "".join(f'<li><a href="{escape(address)}">{escape(words)}</a></li>' for words, address in addresses.items())
    return (
        "<!doctype html><title>Anytown</title><main><h1>Anytown Council: local authority assessment</h1>"
        f'<p>Published: 4 July 2025</p><ul>{items}</ul></main><footer><a href="/about">About us</a></footer>'
    )


def as_docx(units: Iterable[Unit], *, more: dict[str, str] | None = None) -> bytes:
    """Return a Word document with a list of bullets, and a running header."""
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    styles = {"title": "Title", "heading": "Heading1", "text": "", "item": ""}
    rows = []
    for kind, words in units:
        style = f'<w:pStyle w:val="{styles[kind]}"/>' if styles[kind] else ""
        list_ = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>' if kind == "item" else ""
        text = f'<w:r><w:t xml:space="preserve">{escape_xml(words)}</w:t></w:r>'
        rows.append(f"<w:p><w:pPr>{style}{list_}</w:pPr>{text}</w:p>")
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    kind_of = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" '
        f'ContentType="{kind_of}.document.main+xml"/><Override PartName="/word/numbering.xml" '
        f'ContentType="{kind_of}.numbering+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" '
        f'Type="{office}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" '
        f'Type="{office}/numbering" Target="numbering.xml"/></Relationships>',
        "word/numbering.xml": f'<w:numbering {space}><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0">'
        '<w:numFmt w:val="bullet"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
        "</w:numbering>",
        "word/document.xml": f"<w:document {space}><w:body>{''.join(rows)}</w:body></w:document>",
        "word/header1.xml": f"<w:hdr {space}><w:p><w:r><w:t>A running header</w:t></w:r></w:p></w:hdr>",
        **(more or {}),
    }
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text if text.startswith("<?xml") else XML + text)
    return data.getvalue()


def as_odt(units: Iterable[Unit]) -> bytes:
    """Return an ODT document with a list of bullets."""
    names = ("office", "text")
    space = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in names)
    rows = []
    for kind, words in units:
        text = escape_xml(words)
        row = f"<text:p>{text}</text:p>" if kind in ("text", "item") else f"<text:h>{text}</text:h>"
        rows.append(f"<text:list><text:list-item>{row}</text:list-item></text:list>" if kind == "item" else row)
    body = f"<office:body><office:text>{''.join(rows)}</office:text></office:body>"
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", f"{XML}<office:document-content {space}>{body}</office:document-content>")
    return data.getvalue()


def as_rtf(units: Iterable[Unit]) -> bytes:
    """Return rich text, letters beyond ASCII as Word writes them."""

    def coded(letter: str) -> str:
        if letter in "\\{}":
            return f"\\{letter}"
        numbers = [letter.encode("utf-16-le")[n : n + 2] for n in range(0, len(letter.encode("utf-16-le")), 2)]
        codes = (int.from_bytes(number, "little") for number in numbers)
        return letter if letter.isascii() else "".join(f"\\u{code - 0x10000 * (code > 0x7FFF)}?" for code in codes)

    bullet = "{\\listtext\\bullet\\tab}"
    rows = []
    for kind, words in units:
        rows.append("".join(["{\\pard ", bullet if kind == "item" else "", *map(coded, words), "\\par}\n"]))
    return f"{{\\rtf1\\ansi\\ansicpg1252\n{''.join(rows)}}}".encode("ascii")


def as_markdown(units: Iterable[Unit]) -> str:
    """Return the units as Markdown, each sign that could mean something escaped."""
    rows = []
    for kind, words in units:
        text = re.sub(r"([\\`*_{}\[\]()#+.!|<>&~-])", r"\\\1", words)
        rows.append({"title": f"# {text}", "heading": f"## {text}", "text": text, "item": f"* {text}"}[kind])
    return "\n\n".join(rows) + "\n"


def as_mail(page: str) -> bytes:
    """Return a mail that holds a page."""
    mail = EmailMessage()
    mail["From"], mail["Subject"] = "clerk@example.org", "Anytown"
    mail.set_content(page, subtype="html", cte="quoted-printable")
    return mail.as_bytes(policy=email.policy.SMTP)


def as_mhtml(page: str, address: str = f"{SITE}{REPORT}/theme1/equity") -> bytes:
    """Return a page as Chrome saves it in a single file."""
    mail = EmailMessage()
    mail["From"], mail["Snapshot-Content-Location"] = "<Saved by Blink>", address
    mail.set_content(page, subtype="html", cte="quoted-printable")
    mail.make_related()
    return mail.as_bytes(policy=email.policy.SMTP)


def as_webarchive(page: str, address: str = f"{SITE}{REPORT}/theme1/equity") -> bytes:
    """Return a page as Safari saves it."""
    main = {"WebResourceData": page.encode(), "WebResourceMIMEType": "text/html", "WebResourceURL": address}
    return plistlib.dumps({"WebMainResource": main}, fmt=plistlib.FMT_BINARY)


def as_pdf(
    pages: Sequence[Iterable[Unit]],
    *,
    columns: int = 1,
    justified: bool = False,
    size: float = 10.5,
    running: bool = True,
) -> bytes:
    """Return a PDF, each group of units on pages of its own, with a running header and page numbers."""
    data = io.BytesIO()
    width, height = A4
    gutter, margin = 22, 60
    across = (width - 2 * margin - gutter * (columns - 1)) / columns
    frames = [
        Frame(margin + place * (across + gutter), 70, across, height - 150, leftPadding=0, rightPadding=0)
        for place in range(columns)
    ]

    def around(canvas: Canvas, template: BaseDocTemplate) -> None:
        if running:
            canvas.setFont("Helvetica", 8)
            canvas.drawString(margin, height - 40, "Local authority assessment of the invented Anytown")
            canvas.drawCentredString(width / 2, 36, f"Page {template.page}")

    body = ParagraphStyle("body", fontSize=size, leading=size * 1.25, spaceAfter=size * 0.8)
    body.alignment = TA_JUSTIFY if justified else TA_LEFT
    styles = {
        "text": body,
        "item": ParagraphStyle("item", parent=body, leftIndent=18, bulletIndent=6, spaceAfter=2),
        "heading": ParagraphStyle(
            "heading", parent=body, fontName="Helvetica-Bold", fontSize=size + 2, leading=size + 5
        ),
        "title": ParagraphStyle("title", parent=body, fontName="Helvetica-Bold", fontSize=size + 6, leading=size + 10),
    }
    story: list[Flowable] = []
    for number, units in enumerate(pages):
        if number:
            story.append(PageBreak())
        for kind, words in units:
            story.append(Paragraph(escape_xml(words), styles[kind], bulletText="•" if kind == "item" else None))
    made = BaseDocTemplate(data, pagesize=A4, invariant=1)
    made.addPageTemplates([PageTemplate(frames=frames, onPage=around)])
    made.build(story)
    return data.getvalue()
