"""Properties of pages: whatever the words are, they are shown letter by letter and make nothing but words."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from build_scripts.pages.frame.markdown import plain
from tests.helpers.slots import check_front_matter, check_shown

# Any text at all, and, more often, text of signs that Markdown, HTML and YAML read in their own way.
SIGNS = st.sampled_from(
    [
        *"#-+*_=:!|<>&\"'`~^$\\()[]{}.\t\n /%@;,\x00\x02\x03\x85\u2028\u202e\xa0",
        "1. ",
        "2) ",
        "---",
        "...",
        "```",
        "    ",
    ]
)
PARTS = st.one_of(
    SIGNS, st.sampled_from(["<b>", "</p>", "&lt;", "&#35;", "{: #x}", "![a](b)", "[a]: b", "a", "javascript:", "<!--"])
)
TEXTS = (
    st.one_of(st.text(), st.lists(PARTS, max_size=12).map("".join))
    .map(lambda text: plain(text).strip())
    .filter(lambda text: text and not {"pier", "ferry", "boat", "gull"} & set(text.lower().split()))
)


@given(TEXTS)
def test_words_are_shown_letter_by_letter(text: str) -> None:
    """Any text in any place shows as that text, by MkDocs and by CommonMark, and adds no element or attribute."""
    check_shown(text)


@given(TEXTS)
def test_front_matter_reads_back(text: str) -> None:
    """Any text in a title, description or label reads back from the front matter as it was written."""
    check_front_matter(text)


@given(st.text(alphabet=st.characters(categories=("C", "Z", "L"))))
def test_plain_is_one_line_of_what_can_be_seen(text: str) -> None:
    """What is made plain has no line breaks or control characters, can be written as UTF-8, and stays as it is."""
    once = plain(text)

    assert plain(once) == once
    assert once.isascii() or once.encode().decode() == once
    assert len(once.splitlines()) <= 1
    assert [letter for letter in once if letter.isalpha()] == [letter for letter in text if letter.isalpha()]
