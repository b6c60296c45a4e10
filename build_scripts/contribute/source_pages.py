"""Write into a ``report.yml`` which page of CQC's each text is from, and leave every other line as it is."""

from __future__ import annotations

import re
from collections.abc import Mapping

from build_scripts.model.evidence import SourcePage

_BLOCK = re.compile(rb"^pages:[^\n]*\n(?:[ \t]+[^\n]*\n|\n(?=[ \t]))*", re.MULTILINE)


def with_pages(data: bytes, pages: Mapping[str, SourcePage]) -> bytes:
    """Return a ``report.yml`` whose ``pages`` are these, statement id to page: in place of those it has, or at its end.

    The addresses are to be such as the schema takes: nothing in them needs an escape in YAML.
    """
    lines = ["pages:"]
    for statement, page in pages.items():
        lines += [f"  {statement}:", f'    address: "{page.address}"']
        lines += [f'    retrieved: "{page.retrieved}"', f'    sha256: "{page.sha256}"']
    block = ("\n".join(lines) + "\n").encode("utf-8")
    whole = data if data.endswith(b"\n") else data + b"\n"
    if _BLOCK.search(whole):
        return _BLOCK.sub(lambda _: block, whole, count=1)
    return whole + block
