"""The frame around a page without the white space of its templates."""

from __future__ import annotations

from types import SimpleNamespace

from build_scripts.pages.frame.tight import on_post_page

CONTENT = "<h1>Piers</h1>\n\n<pre>a\n   b</pre>\n"


def tight(before: str, after: str) -> str:
    return on_post_page(f"{before}{CONTENT}{after}", page=SimpleNamespace(content=CONTENT))


def test_white_space_of_the_frame_goes_and_the_content_stays() -> None:
    """Lines of the frame stand close together at the margin; the content, and what is inside a line, stay."""
    made = tight("<body>\n\n    \n  <nav>\n\t<a  href='x'>A b</a>\n", "\n\n  </nav>\n  \n</body>\n")

    assert made == f"<body>\n<nav>\n<a  href='x'>A b</a>\n{CONTENT}\n</nav>\n</body>\n"


def test_page_without_content() -> None:
    """A page that has none is frame alone."""
    assert on_post_page("<body>\n\n  <p>x</p>\n", page=SimpleNamespace(content="")) == "<body>\n<p>x</p>\n"
