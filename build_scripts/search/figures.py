"""What CQC concludes of each council that has a report, for the cards above the passages; loaded when one is named.

``figures-<hash>.bin``, packed JSON: a list of ``[authority, published, rating, percentage, scores, source]``, of each
that has one its newest report, by the catalogue's number of the authority. ``rating`` is a name; ``scores`` has a digit
for each statement of the catalogue, 0 where there is none; ``source`` is CQC's own page, empty where it is not known.
"""

from __future__ import annotations

from build_scripts.model.collection import Collection
from build_scripts.search.catalogue import authorities_in_order
from build_scripts.search.packing import json_bytes


def figures(collection: Collection) -> bytes:
    """Return the figures of every newest report that stands."""
    rows = [
        [
            number,
            report.published,
            report.rating,
            report.percentage,
            "".join(str(report.scores.get(statement, 0)) for statement in collection.statements),
            report.source,
        ]
        for number, authority in enumerate(authorities_in_order(collection))
        if (report := collection.current.get(authority.slug))
    ]
    return json_bytes(rows)
