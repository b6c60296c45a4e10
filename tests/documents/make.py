"""Make the documents of ``kept/`` with the programs of this machine: ``python -m tests.documents.make``.

Run by hand where the programs are: LibreOffice (soffice), pandoc, Chromium, WeasyPrint, wkhtmltopdf, AbiWord,
Ghostscript (gs). Tests need none of them. ``made.csv`` says of each file which program made it, and how.
"""

from __future__ import annotations

import contextlib
import csv
import email.policy
import http.server
import plistlib
import re
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

from tests.documents.cases import CASES, TITLE, Case, framed, markdown, page

KEPT = Path(__file__).parent / "kept"
MADE = Path(__file__).parent / "made.csv"
ADDRESS = "https://www.cqc.org.uk/care-services/local-authority-assessment-reports/anytown-0325/theme1/equity"
PRINTED = ADDRESS.replace("https:", "http:")
TAGGED = 'pdf:writer_pdf_Export:{"UseTaggedPDF":{"type":"boolean","value":"true"}}'
UNTAGGED = 'pdf:writer_pdf_Export:{"UseTaggedPDF":{"type":"boolean","value":"false"}}'


def run(*command: str) -> None:
    """Run a program; a failure is told by the file that is missing afterwards."""
    subprocess.run(command, capture_output=True, timeout=300, check=False)


def soffice(kind: str, source: Path, folder: Path, reader: str = "") -> None:
    """Let LibreOffice convert a file."""
    profile = f"-env:UserInstallation=file://{folder}/profile"
    read_as = [f"--infilter={reader}"] if reader else []
    run("soffice", profile, "--headless", *read_as, "--convert-to", kind, "--outdir", str(folder), str(source))


def documents(case: Case, folder: Path) -> Iterator[tuple[str, str, str, Path]]:
    """Yield the end of the file's name, the program, how it was made, and where it is now."""
    html, docx = folder / "page.html", folder / "page.docx"
    if case.frame:
        source = folder / "page.fodt"
        source.write_text(framed(case), "utf-8")
        yield from _framed(source, folder)
        return
    if case.markdown:
        source = folder / "page.md"
        source.write_text(markdown(case), "utf-8")
        yield "markdown.md", "by hand", "Markdown as written", source
    else:
        source = html
        html.write_text(page(case), "utf-8")
        yield "html.html", "by hand", "HTML as written", source
    for kind in ("docx", "odt", "rtf", "html", "gfm", "markdown-smart"):
        end = {"gfm": "gfm.md", "markdown-smart": "md"}.get(kind, kind)
        made = folder / f"page-pandoc.{end}"
        reader = "markdown" if case.markdown else "html"
        run("pandoc", "-s", "-f", reader, "-t", kind, "-o", str(made), str(source))
        yield f"pandoc.{end}", "pandoc", f"pandoc -s -f {reader} -t {kind}", made
    shutil.copy(folder / "page-pandoc.docx", docx)
    if case.markdown:
        html = folder / "page-pandoc.html"
    yield from _office(docx, html, folder)
    yield from _browsers(html, folder)
    yield from _parcels(html, folder)


def _office(docx: Path, html: Path, folder: Path) -> Iterator[tuple[str, str, str, Path]]:
    writer = "HTML (StarWriter)"
    for kind, end, source, reader in (
        ("odt", "odt", html, writer),
        ("docx:Office Open XML Text", "docx", html, writer),
        ("rtf", "rtf", html, writer),
        (TAGGED, "tagged.pdf", docx, ""),
        (UNTAGGED, "untagged.pdf", docx, ""),
        (UNTAGGED, "html.pdf", html, writer),
        ("html:HTML (StarWriter)", "html", docx, ""),
        ("txt:Text (encoded):UTF8", "txt", docx, ""),
    ):
        made = folder / f"{source.stem}.{kind.partition(':')[0]}"
        copy = folder / f"source{source.suffix}"
        shutil.copy(source, copy)
        soffice(kind, copy, folder, reader)
        made = folder / f"source.{kind.partition(':')[0]}"
        kept = folder / f"page-libreoffice.{end}"
        if made.exists() and made != copy:
            shutil.move(made, kept)
        yield f"libreoffice.{end}", "LibreOffice", f"soffice --convert-to {kind} (from {source.suffix[1:]})", kept
    for kind in ("rtf", "html", "odt", "pdf"):
        made = folder / f"page-abiword.{kind}"
        run("abiword", f"--to={kind}", f"--to-name={made}", str(docx))
        yield f"abiword.{kind}", "AbiWord", f"abiword --to={kind} (from docx)", made


def _framed(source: Path, folder: Path) -> Iterator[tuple[str, str, str, Path]]:
    for kind, end in (
        ("odt", "odt"),
        ("docx:Office Open XML Text", "docx"),
        ("rtf", "rtf"),
        (TAGGED, "tagged.pdf"),
        (UNTAGGED, "untagged.pdf"),
    ):
        soffice(kind, source, folder)
        kept = folder / f"page-libreoffice.{end}"
        shutil.move(folder / f"page.{kind.partition(':')[0]}", kept)
        yield f"libreoffice.{end}", "LibreOffice", f"soffice --convert-to {kind} (from fodt)", kept
    again = folder / "page-ghostscript.pdf"
    untagged = folder / "page-libreoffice.untagged.pdf"
    run("gs", "-q", "-dBATCH", "-dNOPAUSE", "-sDEVICE=pdfwrite", f"-sOutputFile={again}", str(untagged))
    yield "ghostscript.pdf", "Ghostscript", "gs -sDEVICE=pdfwrite (from LibreOffice's)", again


@contextlib.contextmanager
def _site(html: Path) -> Iterator[str]:
    """Be a proxy that has a page at ``ADDRESS`` alone: what is printed then has CQC's address, not a machine's."""

    class Answer(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200 if self.path == PRINTED else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(html.read_bytes() if self.path == PRINTED else b"")

        def log_message(self, *_: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answer) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def _browsers(html: Path, folder: Path) -> Iterator[tuple[str, str, str, Path]]:
    made = folder / "page-chromium.pdf"
    options = ["--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder}/chromium"]
    run("chromium", *options, "--no-pdf-header-footer", f"--print-to-pdf={made}", str(html))
    yield "chromium.pdf", "Chromium", "chromium --print-to-pdf --no-pdf-header-footer", made
    made = folder / "page-chromium-untagged.pdf"
    with _site(html) as proxy:
        proxied = [f"--proxy-server={proxy}", "--disable-pdf-tagging", f"--print-to-pdf={made}"]
        run("chromium", *options, *proxied, PRINTED)
    yield "chromium-untagged.pdf", "Chromium", "chromium --print-to-pdf --disable-pdf-tagging, with headers", made
    for tags in (False, True):
        made = folder / f"page-weasyprint{'-tagged' if tags else ''}.pdf"
        run("weasyprint", *(["--pdf-tags"] if tags else []), str(html), str(made))
        yield f"weasyprint{'-tagged' if tags else ''}.pdf", "WeasyPrint", f"weasyprint{' --pdf-tags' * tags}", made
    made = folder / "page-wkhtmltopdf.pdf"
    run("wkhtmltopdf", "-q", str(html), str(made))
    place = str(folder).encode()  # its links to notes name the place
    made.write_bytes(made.read_bytes().replace(place, b"/anytown".ljust(len(place), b"-")))
    yield "wkhtmltopdf.pdf", "wkhtmltopdf", "wkhtmltopdf", made
    again = folder / "page-ghostscript.pdf"
    source = folder / "page-weasyprint.pdf"
    run("gs", "-q", "-dBATCH", "-dNOPAUSE", "-sDEVICE=pdfwrite", f"-sOutputFile={again}", str(source))
    yield "ghostscript.pdf", "Ghostscript", "gs -sDEVICE=pdfwrite (from WeasyPrint's)", again


def _parcels(html: Path, folder: Path) -> Iterator[tuple[str, str, str, Path]]:
    """Yield the page as mail, single files and archives hold it, made by Python's standard library."""
    text = html.read_text("utf-8")
    mail = EmailMessage()
    mail["From"], mail["Subject"], mail["Date"] = "clerk@example.org", "Anytown", "Fri, 14 Mar 2025 10:00:00 +0000"
    mail.set_content("The page is below.")
    mail.add_alternative(text, subtype="html", cte="base64")
    made = folder / "page-mail.eml"
    made.write_bytes(mail.as_bytes(policy=email.policy.SMTP))
    yield "mail.eml", "Python email", "EmailMessage, base64, text and HTML", made
    single = EmailMessage()
    single["Snapshot-Content-Location"], single["Subject"] = ADDRESS, TITLE
    single["From"] = "<Saved by Blink>"
    single.set_content(text, subtype="html", cte="quoted-printable")
    single.make_related()
    made = folder / "page-single.mhtml"
    made.write_bytes(single.as_bytes(policy=email.policy.SMTP))
    yield "single.mhtml", "Python email", "multipart/related, quoted-printable, headers as Chrome's", made
    resource = {"WebResourceData": text.encode(), "WebResourceMIMEType": "text/html", "WebResourceURL": ADDRESS}
    resource["WebResourceTextEncodingName"] = "UTF-8"
    made = folder / "page-safari.webarchive"
    made.write_bytes(plistlib.dumps({"WebMainResource": resource}, fmt=plistlib.FMT_BINARY))
    yield "safari.webarchive", "Python plistlib", "a binary property list as Safari writes", made


_NO_PLACES = (
    "rtf",
    "odt",
    "docx",
    "abiword",
    "libreoffice",
    "txt",
    "eml",
    "mhtml",
    "webarchive",
    "pandoc.html",
    "pandoc.md",
)
"""What has no boxes any more, or the same as the page itself."""
NOT_FOR = {
    "beside": _NO_PLACES,
    "placed": _NO_PLACES,
    "columns": ("wkhtmltopdf", "libreoffice", "abiword", "rtf", "odt", "docx"),
    "narrow": ("rtf", "odt", "docx", "abiword"),
    "centred": ("rtf", "odt", "docx", "abiword"),
    "double": ("rtf", "odt", "docx", "abiword"),
    "pages": ("abiword", "gfm"),
    "bullets": ("abiword.html",),  # AbiWord's page has no list, and no space between what were its items
    "numbers": ("abiword",),  # what AbiWord writes has no numbers any more
    "raised": ("txt",),  # in plain text a small figure is one like any other
    "marked": ("pdf", "abiword.html"),  # AbiWord's page has no spaces around bold words
    "notes": ("abiword", "txt"),  # AbiWord numbers notes otherwise, and plain text leaves them out
}
"""Cases that say nothing new of some makers."""
LARGEST = 60_000
"""Bytes of a kept file."""


def main(*names: str) -> int:
    """Make all documents anew, or those of the cases that are named."""
    wanted = [case for case in CASES if not names or case.name in names]
    with MADE.open(encoding="utf-8", newline="") as file:
        rows = [tuple(row) for row in list(csv.reader(file))[1:] if row[1] not in {case.name for case in wanted}]
    kept = {file for file, *_ in rows}
    for old in KEPT.iterdir():
        if old.name not in kept:
            old.unlink()
    for case in wanted:
        with tempfile.TemporaryDirectory() as place:
            for end, maker, how, made in documents(case, Path(place)):
                name = f"{case.name}-{end}"
                if any(word in end for word in NOT_FOR.get(case.name, ())):
                    continue
                if not made.exists() or not 0 < made.stat().st_size <= LARGEST:
                    sys.stderr.write(f"not made: {name}, {made.stat().st_size if made.exists() else 'no'} bytes\n")
                    continue
                shutil.copy(made, KEPT / name)
                rows.append((name, case.name, maker, re.sub(r"file://\S+", "", how)))
    with MADE.open("w", encoding="utf-8", newline="") as output:
        writer = csv.writer(output, lineterminator="\n")
        writer.writerow(("file", "case", "maker", "how"))
        writer.writerows(sorted(rows))
    sys.stderr.write(f"{len(rows)} documents\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
