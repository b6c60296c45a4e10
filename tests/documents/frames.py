"""A page with a frame beside its text, as LibreOffice holds it (Flat OpenDocument): HTML cannot say it."""

from __future__ import annotations

from html import escape

_SPACES = " ".join(
    [
        *(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "style", "text")),
        'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"',
        'xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"',
        'xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"',
    ]
)
_STYLES = (
    '<style:style style:name="Standard" style:family="paragraph"><style:paragraph-properties '
    'fo:margin-bottom="0.25cm"/></style:style><style:style style:name="Frame" style:family="graphic"/>'
    + "".join(
        f'<style:style style:name="Heading_20_{level}" style:family="paragraph" style:parent-style-name="Standard">'
        f'<style:text-properties fo:font-size="{size}pt" fo:font-weight="bold"/></style:style>'
        for level, size in ((1, 18), (2, 16), (3, 14))
    )
)
_FRAME = (
    '<style:style style:name="fr" style:family="graphic" style:parent-style-name="Frame"><style:graphic-properties '
    'style:wrap="parallel" style:horizontal-pos="right" style:horizontal-rel="paragraph" style:vertical-pos="top" '
    'style:vertical-rel="paragraph" fo:border="0.05pt solid #000000" fo:padding="0.15cm" fo:margin-left="0.3cm"/>'
    "</style:style>"
)


def heading(level: int, words: str) -> str:
    """Return a heading."""
    style = f'text:style-name="Heading_20_{level}" text:outline-level="{level}"'
    return f"<text:h {style}>{escape(words, quote=False)}</text:h>"


def paragraph(words: str, *, frame: str = "") -> str:
    """Return a paragraph, beside which a frame may stand."""
    return f'<text:p text:style-name="Standard">{frame}{escape(words, quote=False)}</text:p>'


def frame(*paragraphs: str) -> str:
    """Return a frame with paragraphs in it."""
    return (
        '<draw:frame draw:style-name="fr" text:anchor-type="paragraph" svg:width="5.5cm" draw:z-index="0">'
        f'<draw:text-box fo:min-height="1cm">{"".join(map(paragraph, paragraphs))}</draw:text-box></draw:frame>'
    )


def flat(*parts: str) -> str:
    """Return a whole document in one file."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document {_SPACES} office:version="1.3" '
        f'office:mimetype="application/vnd.oasis.opendocument.text"><office:styles>{_STYLES}</office:styles>'
        f"<office:automatic-styles>{_FRAME}</office:automatic-styles><office:body><office:text>{''.join(parts)}"
        "</office:text></office:body></office:document>"
    )
