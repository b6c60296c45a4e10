"""A MkDocs hook: the frame around a page comes without the white space of its templates, which is nearly half of it."""

from __future__ import annotations

import re
from typing import Any

_SPACE = re.compile(r"\s*\n\s*")


def on_post_page(output: str, *, page: Any, **_: Any) -> str:
    """Return the HTML of ``page`` with one line's end for white space that holds one, but as it is in its content."""
    before, content, after = output.partition(page.content) if page.content else (output, "", "")
    return _SPACE.sub("\n", before) + content + _SPACE.sub("\n", after)
