"""How large the search index is, kind by kind: what a query loads, and what lies on the server."""

from __future__ import annotations

import gzip
import re
from collections.abc import Mapping
from statistics import median

from benchmarks.table import Table
from build_scripts.search import FOLDER, MANIFEST

_KIND = re.compile(rf"{FOLDER}/([a-z]+)-[0-9a-f]+[./]")


def show_index(table: Table, files: Mapping[str, bytes]) -> None:
    """Show for each kind of file of the index how many there are and how large they travel; ``files`` are a build's."""
    sizes: dict[str, list[int]] = {"manifest": [len(gzip.compress(files[f"{FOLDER}/{MANIFEST}"], 6))]}
    for path, data in files.items():
        if found := _KIND.match(path):
            sizes.setdefault(found[1], []).append(len(data))
    table.head("Search index, as it travels")
    for kind, each in sizes.items():
        spread = f"median {median(each):,.0f} B, largest {max(each):,} B" if len(each) > 1 else ""
        table.row(kind, f"{sum(each) / 1e3:,.1f} KB", f"{len(each):,} files, {spread}" if spread else "1 file")
    table.row("all of it", f"{sum(map(sum, sizes.values())) / 1e6:,.1f} MB")
