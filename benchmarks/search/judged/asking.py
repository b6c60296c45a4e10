"""Get the answers of our search, as it is built, to judged queries."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.search.judged.queries import Query
from benchmarks.search.judged.verdict import Answer
from tests.helpers.scripts import NODE

ASK = Path(__file__).with_name("ask.mjs")


def answers(site: Path, queries: Sequence[Query]) -> Iterator[Answer]:
    """Yield the answer to each query that the search of a site gives.

    ``site`` is a folder that holds the site's scripts and its index. Raises ``RuntimeError`` with what was printed
    where the search fails.
    """
    asked = json.dumps([query.text for query in queries])
    done = subprocess.run([NODE, ASK, site], input=asked, capture_output=True, text=True, encoding="utf-8", check=False)
    if done.returncode:
        raise RuntimeError(done.stderr[-2000:])
    for item in json.loads(done.stdout):
        cards = item["cards"]
        yield Answer(
            None if cards is None else tuple((card["kind"], card["id"]) for card in cards),
            tuple(item["passages"]),
            item["found"],
            item["suggestion"],
        )
