"""Damage the kept documents at random and read them: ``python -m tests.documents.fuzz SECONDS [SEED [END]]``, by hand.

``SECONDS`` are of processor time. Prints how many were tried, refused and read, and those that crashed, took longer
than ``SLOW`` seconds, or lost words without a word being said: neither by the importer nor by the check. Ctrl-C ends it
with what was counted until then. ``END`` is how the names of those to damage end, such as ``.pdf``. What went wrong is
kept in a new folder, which is named.
"""

from __future__ import annotations

import random
import signal
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from build_scripts.contribute.importers import UnreadableError
from build_scripts.contribute.importers.kinds import kind_of
from build_scripts.contribute.missing import holds_nothing
from build_scripts.model.evidence import SourceFile
from build_scripts.text.statement_page import parse_statement_page
from tests.documents.reading import KEPT, found_in, made, reading
from tests.helpers.strategies import FRAMEWORK

SLOW = 20
"""Seconds of processor time: how busy the machine is says nothing of a document."""
OPEN = frozenset([".txt", ".md", ".html", ".rtf", ".eml", ".mhtml", ".webarchive"])
"""Formats whose words lie open: damage in the middle of a word is another word, and nothing tells it from one."""


def damaged(data: bytes, dice: random.Random) -> tuple[str, bytes]:
    """Return how a document was damaged, and what it is then."""
    place = dice.randrange(len(data))
    kind = dice.choice(("cut", "bytes", "hole", "doubled", "nested", "huge"))
    if kind == "cut":
        return kind, data[:place]
    if kind == "bytes":
        changed = bytearray(data)
        for _ in range(dice.randint(1, 8)):
            changed[dice.randrange(len(data))] = dice.randrange(256)
        return kind, bytes(changed)
    if kind == "hole":
        return kind, data[:place] + data[place + dice.randint(1, 400) :]
    if kind == "doubled":
        return kind, data[:place] + data[max(0, place - 2_000) :]
    if kind == "nested":
        return kind, data[:place] + dice.choice((b"<div>", b"<span>", b"{", b"<w:p>", b"[", b"* ")) * 5_000 + data[
            place:
        ]
    return kind, data[:place] + data[place : place + 50] * 20_000 + data[place:]


def outcome(data: bytes, words: tuple[str, ...]) -> str:
    """Return what became of a damaged document."""
    try:
        if kind_of(data) == "zip":  # its list of parts is gone: the command finds none
            return "refused"
        found = found_in(data)
    except UnreadableError:
        return "refused"
    if not found.pages:
        return "told" if holds_nothing(found, FRAMEWORK) else "silent"
    arrived = " ".join(line for page in found.pages for line in page.lines)
    if all(word in arrived for word in words):
        return "whole"
    if found.document.unsure or found.unsure or found.document.dropped:
        return "told"
    for page in found.pages:
        _, problems = parse_statement_page(SourceFile("equity.txt", "\n".join(page.lines).encode()), FRAMEWORK)
        if problems:
            return "told by the check"
    return "silent"


def main(seconds: float, seed: int, end_of_name: str = "") -> int:
    """Try for so long; return 1 where anything crashed or hung."""
    dice = random.Random(seed)  # noqa: S311 - no secret
    names = [each.file for each in made() if each.file.endswith(end_of_name)]
    place = Path(tempfile.mkdtemp(prefix="damaged-"))
    counts: Counter[str] = Counter()
    bad: list[str] = []
    ended: list[int] = []
    signal.signal(signal.SIGINT, lambda *_: ended.append(1))
    signal.signal(signal.SIGPROF, lambda *_: (_ for _ in ()).throw(TimeoutError()))
    end = time.process_time() + seconds
    while time.process_time() < end and not ended:
        name = dice.choice(names)
        kind, data = damaged((KEPT / name).read_bytes(), dice)
        signal.setitimer(signal.ITIMER_PROF, SLOW)
        try:
            result = outcome(data, reading(name).words)
        except Exception as error:  # what is looked for
            result = f"crash: {type(error).__name__}"
        signal.setitimer(signal.ITIMER_PROF, 0)
        counts[f"{kind}: {result}"] += 1
        if result == "silent" and Path(name).suffix in OPEN:
            result = "a word that lay open was changed"
        if result == "silent" or result.startswith("crash"):
            bad.append(f"{name} {kind} {result}")
            (place / f"{len(bad)}-{name}").write_bytes(data)
            sys.stderr.write(f"{bad[-1]}\n")
    counted = [f"{number:6} {what}" for what, number in sorted(counts.items())]
    sys.stdout.write("\n".join([*counted, *bad[:40], str(place)]) + "\n")
    return int(any("crash" in each for each in bad))


if __name__ == "__main__":
    sys.exit(main(float(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1, *sys.argv[3:4]))
