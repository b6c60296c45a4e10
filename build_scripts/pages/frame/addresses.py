"""Where each page is, and how one page links to another."""

from __future__ import annotations

import posixpath
from collections.abc import Callable
from functools import cache


def page_file(address: str) -> str:
    """Return the Markdown file of an address: ``/themes/`` is ``themes/index.md`` below ``docs/``."""
    return f"{address}index.md".lstrip("/")


def linker(address: str) -> Callable[[str], str]:
    """Return what turns an address into a link in HTML on the page at ``address``: ``../../themes/dementia/``.

    Links are relative, so that the site works at a domain's root and under any path.
    """

    here = _folders(address)

    @cache  # a page links the same themes again and again
    def href(target: str) -> str:
        path, hash, anchor = target.partition("#")
        if hash and path in ("", address):
            return hash + anchor
        there = _folders(path)
        shared = 0
        while here[shared : shared + 1] == there[shared : shared + 1] != []:
            shared += 1
        way = [".."] * (len(here) - shared) + there[shared:]  # as posixpath.relpath, in a sixth of its time
        return f"{'/'.join(way) or '.'}/{hash}{anchor}"

    return href


def _folders(address: str) -> list[str]:
    return [name for name in address.split("/") if name]


def markdown_linker(address: str) -> Callable[[str], str]:
    """Return what turns an address into a Markdown link's target, a file, which MkDocs checks."""

    def target(other: str) -> str:
        return posixpath.relpath("/" + page_file(other), address)

    return target


def report_address(report: str) -> str:
    """Return the address of a report."""
    return f"/reports/{report}/"


def text_address(report: str, statement: str) -> str:
    """Return the address of a report's text for one statement."""
    return f"/reports/{report}/{statement}/"


def cell_address(kind: str, id: str, statement: str) -> str:
    """Return the address of the passages of a ``theme`` or ``voice`` in the texts on one statement."""
    return f"/{kind}s/{id}/{statement}/"
