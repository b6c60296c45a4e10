"""The front matter of a Markdown page: what it says of itself above its words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import yaml

from build_scripts.model.libyaml import LOADER

_FRONT_MATTER = re.compile(r"---[ \t]*\n(.*?\n)---[ \t]*(?:\n|\Z)", re.DOTALL)


def front_matter(page: bytes) -> tuple[Mapping[str, Any], str]:
    """Return what a page says of itself, nothing where that is no YAML mapping, and its body.

    The body has empty lines in place of the front matter, so that its lines are counted as in the file.
    """
    text = page.decode("utf-8-sig", "replace").replace("\r\n", "\n")
    found = _FRONT_MATTER.match(text)
    if not found:
        return {}, text
    try:
        meta = yaml.load(found[1], LOADER)  # noqa: S506 - it makes plain values only
    except (yaml.YAMLError, ValueError, OverflowError):  # the last two where a date or number cannot be
        return {}, text
    if not isinstance(meta, dict):
        return {}, text
    return meta, "\n" * found[0].count("\n") + text[found.end() :]


def words_of(meta: Mapping[str, Any], key: str) -> str:
    """Return the text of a key, empty where it has none."""
    value = meta.get(key)
    return value if isinstance(value, str) else ""


def is_hidden(meta: Mapping[str, Any]) -> bool:
    """Return whether the page says ``search: exclude``, so that no search may show it."""
    search = meta.get("search")
    return isinstance(search, dict) and bool(search.get("exclude"))
