"""A passage's link to CQC's page, clicked in Chromium, opens the very words there: in view, and marked as a whole."""

from __future__ import annotations

import base64
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, Route

from build_scripts.disk.read import read_schemas
from build_scripts.model.collection import Collection
from build_scripts.model.evidence import SourceFile
from build_scripts.pages import render_awaited
from build_scripts.pipeline import UNDERSTANDING, run_pipeline
from tests.helpers.collections_of import VALID
from tests.helpers.cqc import PLACE, SITE, Cqc, collection_files
from tests.helpers.patience import painted
from tests.helpers.readers import mkdocs_html
from tests.helpers.strategies import FRAMEWORK
from tests.site.conftest import OpenPage

REPORT = "anytown-2025-01"
PATH = f"{PLACE}/anytown-0125/theme1/equity"
HERE = "https://anytown.example/"

KEY_FINDINGS = """\
Leaders knew the town.
Staff said – as “people” do – that well-known, warm & dry rooms were hard to find.
Inclusion and accessibility arrangements
The council offered:
• boats for all
• ferries in winter, and lamps on the long pier
People told us that the ferry came each day of the week and was late.
People told us that the ferry came each day of the week and was on time.
Leaders knew the town.
"""
"""The first words of one passage are those of another, one passage stands twice, one has signs of the directive."""


@pytest.fixture(scope="module")
def text() -> str:
    """The text as a contributor would have it."""
    start = VALID["data/reports/anytown-2025-01/equity.txt"].partition("Staff told us")[0]
    return start + KEY_FINDINGS


@pytest.fixture(scope="module")
def collection(text: str) -> Collection:
    """The invented collection with this text, whose page of CQC's is known."""
    pages = f'pages:\n  equity:\n    address: "{SITE}{PATH}"\n    retrieved: "2025-03-01"\n    sha256: "{"0" * 64}"\n'
    report = VALID[f"data/reports/{REPORT}/report.yml"].partition("corrections:")[0]
    files = {**VALID, f"data/reports/{REPORT}/report.yml": report + pages, f"data/reports/{REPORT}/equity.txt": text}
    sources = {path: SourceFile(path, each.encode()) for path, each in files.items() if path.startswith("data/")}
    run = run_pipeline(sources, read_schemas(), stages=UNDERSTANDING)
    assert run.problems == ()
    return run.collection


# What Chromium marks is drawn in a colour that nothing else has, and few blocks are in sight at a time.
STYLE = """<style>
::target-text { background: rgb(255, 0, 0); color: rgb(255, 0, 0) }
p, li, h1, h2 { margin: 8rem 0; font: 20px/30px sans-serif }
main { padding-bottom: 90vh }
</style></head>"""

MARKED = """async (picture) => {
  const image = new Image()
  image.src = `data:image/png;base64,${picture}`
  await image.decode()
  const canvas = new OffscreenCanvas(image.width, image.height)
  const context = canvas.getContext("2d")
  context.drawImage(image, 0, 0)
  const { data } = context.getImageData(0, 0, image.width, image.height)
  const isRed = (at) => data[at] > 200 && data[at + 1] < 60 && data[at + 2] < 60
  const found = []
  for (const block of document.querySelectorAll("main p, main li, main h1, main h2")) {
    const range = document.createRange()
    range.selectNodeContents(block)
    const rects = [...range.getClientRects()]
    const red = rects.map(({ left, right, top, bottom }) => {
      const row = Math.round((top + bottom) / 2 + scrollY)
      const at = (x) => 4 * (row * image.width + Math.round(x))
      return row > 0 && row < image.height && isRed(at(left + 2)) && isRed(at(right - 2))
    })
    if (red.every(Boolean)) found.push(block.textContent)
    else if (red.some(Boolean)) found.push(`part of ${block.textContent}`)
  }
  return found
}"""


def marked(page: Page) -> list[str]:
    """Return the paragraphs and items that are marked from their first letter to their last."""
    found: list[str] = page.evaluate(MARKED, base64.b64encode(page.screenshot(full_page=True)).decode())
    return found


def test_link_opens_the_very_words(new_page: OpenPage, collection: Collection, text: str) -> None:
    """Each passage's link marks its own words on CQC's page and no others, whatever else stands there."""
    cqc = Cqc(FRAMEWORK, {"anytown": "Anytown"})
    files = {f"data/reports/{REPORT}/report.yml": VALID[f"data/reports/{REPORT}/report.yml"]}
    cqc.publish(REPORT, {**collection_files(files)[REPORT], "equity.txt": text}, "below")
    ((_, made),) = render_awaited(collection, [(REPORT, "equity")], []).items()
    ours = mkdocs_html(made.decode().split("\n---\n", 1)[1])
    page = new_page().page

    def answer(route: Route) -> None:
        theirs = cqc.pages.get(urlsplit(route.request.url).path, "").replace("</head>", STYLE)
        body = ours if route.request.url == HERE else theirs
        route.fulfill(body=body, content_type="text/html; charset=utf-8")

    page.route("**/*", answer)
    passages = collection.texts[REPORT, "equity"].passages
    page.goto(HERE)
    assert page.locator("a.very-words").count() == len(passages) == 7
    for number, each in enumerate(passages):
        page.goto(HERE)
        page.locator("a.very-words").nth(number).click()
        page.wait_for_url(f"{SITE}{PATH}**")
        painted(page)  # the browser goes to the words when it draws them
        for words in each.passage.items:
            sight = (
                "found => found.map((it) => it.getBoundingClientRect().top).map((top) => top > 0 && top < innerHeight)"
            )
            assert any(page.get_by_text(words, exact=True).evaluate_all(sight)), words
        assert marked(page) == list(each.passage.items), each.passage.text
