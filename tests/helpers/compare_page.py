"""The page that compares as a test opens it, chooses on it and reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import Page

from tests.helpers.patience import eventually

if TYPE_CHECKING:
    from tests.site.conftest import Watched


COMPARE = "/compare/"
PAIR = "/compare/?authorities=camden,westminster&theme=interpretation"
FOUR = "/compare/?authorities=kent,camden,westminster,bath-and-north-east-somerset&statement=equity"
INDEX = "**/compare/authorities.json"
TEXTS = "**/compare/westminster.json"
CHOSEN = "#compare-chosen li > span > a"


def chosen(page: Page) -> list[str]:
    """The authorities that are compared, in order."""
    return page.locator(CHOSEN).all_inner_texts()


def ready(watched: Watched, url: str) -> Page:
    """Open the page and wait until its list of councils is there."""
    page = watched.open(url)
    page.locator("#compare-authority option").nth(100).wait_for(state="attached")
    return page


def choose_by_letters(page: Page, letters: str, slug: str) -> None:
    """Choose an authority in the list by its first letters; the browser takes them for one word while no second passes
    between two of them, and a busy machine has to begin again."""
    choice = page.locator("#compare-authority")

    def chosen() -> bool:
        choice.blur()  # what was typed before is forgotten
        choice.focus()
        page.keyboard.type(letters)
        return choice.input_value() == slug

    eventually(chosen)


def add(page: Page, slug: str) -> None:
    """Add an authority as a reader does."""
    page.select_option("#compare-authority", slug)
    page.get_by_role("button", name="Add", exact=True).click()
