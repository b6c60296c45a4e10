"""Invented pages, each with something that documents do to words, and the words that must arrive from each.

A case is HTML for the key findings of one statement page; programs make documents of it (``make.py``).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from tests.documents.frames import flat, frame, heading, paragraph

TITLE = "Anytown Council: local authority assessment"
STATEMENT = "Equity in experience and outcomes"


@dataclass(frozen=True, slots=True)
class Case:
    """What stands below “Key findings” on an invented page."""

    name: str
    html: str
    words: str
    """What must arrive, bullets and what parts cells apart: words in order."""
    style: str = ""
    """What a style sheet adds."""
    also: tuple[str, ...] = ()
    """What may arrive instead: notes stand at the end where a document has them there."""
    markdown: str = ""
    """The same in Markdown, where HTML cannot say it (notes)."""
    frame: tuple[str, ...] = ()
    """Paragraphs of a frame beside the text that is in ``html``, where HTML cannot say it."""


LONG = (
    "Staff in the harbour team told us that they wanted more face-to-face visits, since calls by telephone did not "
    "suit all the people whom they knew. An asset-based approach was new, and co-production with unpaid carers had "
    "been agreed for 2023-2025. People who draw on care said that well-being mattered to them more than long-term "
    "plans. Information was available in easy-read and in other languages, and the interpretation service answered "
    "within twenty-four hours. "
)
SECOND = "Partners agreed with that. They met each month, and they wrote down what they had heard from people."
PIER = LONG.replace("harbour", "pier").strip()
WEEKLY = SECOND.replace("month", "week")
BOX = (
    '<div class="b"><p><b>How people wait</b></p><p>Some 42 people waited in the north and 17 in the south.</p>'
    "<p>The clerk of the market counted them in March, and wrote the numbers on a slate.</p></div>"
)
BOXED = (
    "How people wait Some 42 people waited in the north and 17 in the south. "
    "The clerk of the market counted them in March, and wrote the numbers on a slate."
)


def _paragraphs(*texts: str) -> str:
    return "".join(f"<p>{text.strip()}</p>" for text in texts)


def _words(*texts: str) -> str:
    return " ".join(" ".join(texts).split())


CASES: tuple[Case, ...] = (
    Case("plain", _paragraphs(LONG, SECOND), _words(LONG, SECOND)),
    Case(
        "bullets",
        f"<p>This was seen in the following:</p><ul><li>a first visit within 12 weeks</li><li>{LONG.strip()}</li>"
        f"<li>a second visit where it was wanted</li></ul><p>{SECOND}</p>",
        _words(
            "This was seen in the following: a first visit within 12 weeks",
            LONG,
            "a second visit where it was wanted",
            SECOND,
        ),
    ),
    Case(
        "numbers",
        "<p>The council had three aims:</p><ol><li>to listen to people</li><li>to answer within ten days</li>"
        f"<li>to learn from what was heard</li></ol><p>{SECOND}</p>",
        _words(
            "The council had three aims: 1. to listen to people 2. to answer within ten days 3. to learn from what "
            "was heard",
            SECOND,
        ),
    ),
    Case(
        "table",
        "<p>People waited as the table shows.</p><table><tr><th>Team</th><th>Waiting</th></tr><tr><td>North harbour"
        f"</td><td>42</td></tr><tr><td>South harbour</td><td>17</td></tr></table><p>{SECOND}</p>",
        _words("People waited as the table shows. Team Waiting North harbour 42 South harbour 17", SECOND),
    ),
    Case(
        "raised",
        "<p>In 2023<sup>4</sup> the town had 41,300<sup>1</sup> residents. It was the 4<sup>th</sup> year of the plan."
        f"</p><p>{SECOND}</p>",
        _words("In 2023[4] the town had 41,300[1] residents. It was the 4th year of the plan.", SECOND),
    ),
    Case(
        "signs",
        "<p>The office’s financial officer said: “It’s £15 – no more”. The café’s naïve flyer was in Polish (żółw), "
        f"Greek (ναι) and Welsh (ŵyr).</p><p>{SECOND}</p>",
        _words(
            "The office’s financial officer said: “It’s £15 – no more”. The café’s naïve flyer was in Polish (żółw), "
            "Greek (ναι) and Welsh (ŵyr).",
            SECOND,
        ),
    ),
    Case(
        "headings",
        f"<h3>Understanding and reducing barriers to care and support and reducing inequalities</h3><p>{LONG}</p>"
        f"<h3>Inclusion and accessibility arrangements</h3><p>{SECOND}</p>",
        _words(
            "Understanding and reducing barriers to care and support and reducing inequalities",
            LONG,
            "Inclusion and accessibility arrangements",
            SECOND,
        ),
    ),
    Case(
        "narrow",
        _paragraphs(LONG, SECOND, LONG.replace("harbour", "lighthouse")),
        _words(LONG, SECOND, LONG.replace("harbour", "lighthouse")),
        "div.f{width:58mm;text-align:justify;hyphens:auto}",
    ),
    Case(
        "centred",
        _paragraphs(LONG, SECOND),
        _words(LONG, SECOND),
        "div.f p{text-align:center}",
    ),
    Case("double", _paragraphs(LONG, SECOND), _words(LONG, SECOND), "div.f p{line-height:2.2}"),
    Case(
        "columns",
        _paragraphs(LONG, SECOND, LONG.replace("harbour", "lighthouse"), SECOND.replace("month", "week")),
        _words(LONG, SECOND, LONG.replace("harbour", "lighthouse"), SECOND.replace("month", "week")),
        "div.f{columns:2;column-gap:9mm}",
    ),
    Case(
        "beside",
        f"<p>{LONG}</p>{BOX}<p>{SECOND}</p><p>{PIER}</p><p>{WEEKLY}</p>",
        _words(LONG, BOXED, SECOND, PIER, WEEKLY),
        "div.b{float:right;width:32%;border:1px solid #333;background:#eee;padding:8px;margin:0 0 8px 12px}",
        also=(_words(LONG, SECOND, BOXED, PIER, WEEKLY),),
    ),
    Case(
        "placed",
        f'<p>{LONG}</p><div class="a">{BOX}<p>{SECOND}</p><p>{PIER}</p></div><p>{WEEKLY}</p>',
        _words(LONG, BOXED, SECOND, PIER, WEEKLY),
        "div.a{position:relative}div.b{position:absolute;left:0;top:0;width:30%;font-size:85%}div.a>p{margin-left:34%}",
        also=(_words(LONG, SECOND, BOXED, PIER, WEEKLY),),
    ),
    Case(
        "frame",
        _paragraphs(LONG, SECOND, PIER, WEEKLY),
        _words(LONG, SECOND, BOXED, PIER, WEEKLY),
        also=(_words(LONG, BOXED, SECOND, PIER, WEEKLY),),
        frame=tuple(re.findall("<p>(?:<b>)?(.+?)(?:</b>)?</p>", BOX)),
    ),
    Case(
        "pages",
        _paragraphs(*(LONG.replace("harbour", f"pier {number}") for number in range(1, 9)), SECOND),
        _words(*(LONG.replace("harbour", f"pier {number}") for number in range(1, 9)), SECOND),
        "@page{size:A5}",
    ),
    Case(
        "marked",
        "<p>The <b>café</b> has <a href='https://example.org/c'>carers</a>, and <i>all</i> of them said <b>yes</b>; "
        f"<u>none</u> said no.</p><p>{SECOND}</p>",
        _words("The café has carers, and all of them said yes; none said no.", SECOND),
    ),
    Case(
        "notes",
        "",
        _words(
            "Boats were counted each week.[1]",
            "[1] By the clerk of the harbour.",
            "Nets were counted each month.[2]",
            "[2] By the clerk of the market.",
            SECOND,
        ),
        also=tuple(
            _words(f"Boats were counted each week.{one} Nets were counted each month.{two}", SECOND, end)
            for one, two, end in (
                ("[1]", "[2]", "1. By the clerk of the harbour. 2. By the clerk of the market."),
                ("[1]", "[2]", "1 By the clerk of the harbour. 2 By the clerk of the market."),
                ("[1]", "[2]", "[1] By the clerk of the harbour. [2] By the clerk of the market."),
                ("[a]", "[b]", "[a] By the clerk of the harbour. [b] By the clerk of the market."),
            )
        ),
        markdown="Boats were counted each week.[^a]\n\nNets were counted each month.[^b]\n\n"
        f"{SECOND}\n\n[^a]: By the clerk of the harbour.\n\n[^b]: By the clerk of the market.\n",
    ),
)


def page(case: Case) -> str:
    """Return a case as a whole statement page."""
    style = f"body{{font-family:sans-serif}}{case.style}"
    return (
        f'<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8"><title>{TITLE}</title><style>{style}</style>'
        f"</head><body><h1>{TITLE}</h1><p>Published: 14 March 2025</p><h2>{STATEMENT}</h2><p>Score: 2</p>"
        "<h3>What people expect</h3><p>I am asked.</p><h3>The local authority commitment</h3><p>We listen.</p>"
        f'<h3>Key findings for this quality statement</h3><div class="f">{case.html}</div></body></html>'
    )


def framed(case: Case) -> str:
    """Return a case with a frame as a whole statement page in Flat OpenDocument."""
    first, second, *rest = re.findall("<p>(.+?)</p>", case.html)
    return flat(
        heading(1, TITLE),
        paragraph("Published: 14 March 2025"),
        heading(2, STATEMENT),
        paragraph("Score: 2"),
        heading(3, "What people expect"),
        paragraph("I am asked."),
        heading(3, "The local authority commitment"),
        paragraph("We listen."),
        heading(3, "Key findings for this quality statement"),
        paragraph(first),
        paragraph(second, frame=frame(*case.frame)),
        *map(paragraph, rest),
    )


def markdown(case: Case) -> str:
    """Return a case that HTML cannot say as a whole statement page in Markdown."""
    return (
        f"# {TITLE}\n\nPublished: 14 March 2025\n\n## {STATEMENT}\n\nScore: 2\n\n### What people expect\n\nI am asked."
        "\n\n### The local authority commitment\n\nWe listen.\n\n### Key findings for this quality statement\n\n"
        f"{case.markdown}"
    )
