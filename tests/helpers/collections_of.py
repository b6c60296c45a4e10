"""A small and valid invented collection, as contributors would write it, and how to break it for a test."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from _pytest.mark import ParameterSet

from build_scripts.disk.read import read_schemas
from build_scripts.model.evidence import SourceFile
from build_scripts.model.problems import format_text
from build_scripts.pipeline import run_pipeline
from build_scripts.pipeline.run import Run
from tests.helpers.projects import ROOT

AUTHORITIES = """\
slug,name,full_name,ons_code,region,type,also
anytown,Anytown,Anytown Council,E00000001,North East,unitary,
othershire,Othershire,Othershire County Council,E00000002,South West,county,Others; Overland
"""

THEMES = """\
groups:
  - id: access
    label: Access

themes:
  - id: accessibility
    label: Accessibility
    plain: Some plain words.
    definition: Whether people can reach and use services.
    counts: Somebody says so.
    does-not-count: Nobody says so.
    group: access
    phrases:
      - accessible
  - id: interpretation
    label: Interpretation
    plain: Some plain words.
    definition: Interpreting between languages.
    counts: Somebody says so.
    does-not-count: Nobody says so.
    group: access
    broader: [accessibility]
    related: [accessibility]
    phrases:
      - interpreter
      - sign language
    not:
      - interpreter of dreams
"""

VOICES = """\
words:
  said:
    - told us
    - said

voices:
  - id: staff
    label: Staff
    plain: Some plain words.
    definition: What staff said.
    counts: Somebody says so.
    does-not-count: Nobody says so.
    phrases:
      - staff <said>
  - id: carers
    label: Unpaid carers
    plain: Some plain words.
    definition: What unpaid carers said.
    counts: Somebody says so.
    does-not-count: Nobody says so.
    phrases:
      - carers <said>
"""

REPORT = """\
authority: anytown
published: "2025-01-10"
rating: Good
percentage: 75
scores:
  assessing-needs: 3
  healthier-lives: 3
  equity: 3
  care-provision: 3
  partnerships: 3
  safe-pathways: 3
  safeguarding: 3
  governance: 3
  learning: 3
source: "https://www.cqc.org.uk/invented/anytown"
retrieved: "2025-03-01"
checked: one source
corrections:
  - statement: equity
    match: harbor team
    value: harbour team
    why: misspelt in the published text
tag_corrections:
  - passage: equity/p-d428ad00
    add: [accessibility]
    why: the path is what lets people in
"""

TEXT = """\
Anytown Council: local authority assessment
Equity in experience and outcomes
Score: 3
3 - Evidence shows a good standard
What people expect
I have care and support that fits me.
The local authority commitment
We tackle inequality.
Key findings for this quality statement
Staff told us that an interpreter came to each visit of the harbor team.
Inclusion and accessibility arrangements
There was a path from the pier to the day centre.
"""

OTHER_TEXT = """\
Othershire Council: local authority assessment
Safeguarding
Score: 3
3 - Evidence shows a good standard
What people expect
I feel safe.
The local authority commitment
We work with people to keep them safe.
Key findings for this quality statement
Unpaid carers told us that they knew whom to call.
"""

GOLD = """\
labelled: "2025-04-01"
method: Read by one person.
passages:
  - id: p-3ee45653
    words: Staff told us
    themes: [interpretation]
    voices: [staff]
  - id: p-d428ad00
    words: There was a path
    themes: []
    voices: []
    doubtful: [accessibility]
    note: The word does not fall.
"""

ANYTOWN = "data/reports/anytown-2025-01/report.yml"
EQUITY = "data/reports/anytown-2025-01/equity.txt"
OTHERSHIRE = "data/reports/othershire-2025-02/report.yml"
SAFEGUARDING = "data/reports/othershire-2025-02/safeguarding.txt"
LABELS = "tests/gold/anytown-2025-01/equity.yml"

VALID: Mapping[str, str] = {
    "data/framework.yml": (ROOT / "data/framework.yml").read_text("utf-8"),
    "data/authorities.csv": AUTHORITIES,
    "data/themes.yml": THEMES,
    "data/voices.yml": VOICES,
    ANYTOWN: REPORT,
    EQUITY: TEXT,
    OTHERSHIRE: REPORT[: REPORT.index("corrections:")]
    .replace("anytown", "othershire")
    .replace("2025-01-10", "2025-02-10"),
    SAFEGUARDING: OTHER_TEXT,
    LABELS: GOLD,
}
"""Path to text of each file of the collection; without problems."""

Edit = tuple[str, str | None, str | bytes | None]
"""Path, the words to replace (None: the whole file), and what comes in their place (None: nothing, not even a file)."""


def check(*edits: Edit) -> Run:
    """Return what the pipeline makes of the collection after these edits, each of which must hit one place."""
    return run_pipeline(sources(*edits), read_schemas())


def sources(*edits: Edit) -> dict[str, SourceFile]:
    """Return the files of the collection after these edits."""
    files: dict[str, str | bytes] = dict(VALID)
    for path, old, new in edits:
        if old is None:
            files.pop(path, None)
            if new is not None:
                files[path] = new
            continue
        text = files[path]
        assert isinstance(text, str), f"{path} is no text any more"
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {path}"
        files[path] = text.replace(old, "") if new is None else _replaced(text, old, new)
    return {
        path: SourceFile(path, data if isinstance(data, bytes) else data.encode("utf-8"))
        for path, data in files.items()
    }


def _replaced(text: str, old: str, new: str | bytes) -> str | bytes:
    if isinstance(new, bytes):
        before, after = text.split(old)
        return before.encode("utf-8") + new + after.encode("utf-8")
    return text.replace(old, new)


def problems(*edits: Edit) -> str:
    """Return all problems of the collection after these edits, as ``evidence check`` shows them."""
    return "\n".join(map(format_text, check(*edits).problems))


def case(code: str, name: str, edits: list[Edit], what: str, mend: str) -> ParameterSet:
    """Return a test case: edits of the collection, and the one problem that they must give."""
    return pytest.param(edits, f"{what}\n    {mend}", id=f"{code}-{name.replace(' ', '-')}")


def line_of(words: str, path: str = "data/framework.yml") -> int:
    """Return the line of the valid collection where these words stand first."""
    return VALID[path].partition(words)[0].count("\n") + 1


def write_project(root: Path, files: Mapping[str, str] = VALID) -> Path:
    """Write these files of the collection, all of them where none are named, to a project's folder. Return it."""
    for path, words in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(words, "utf-8")
    (root / "docs").mkdir()
    return root


def write_small_project(root: Path) -> Path:
    """Write a project to add reports to: Othershire's report is in it, Anytown has none. Return its folder."""
    kept = ("data/framework.yml", "data/themes.yml", "data/voices.yml", OTHERSHIRE, SAFEGUARDING)
    return write_project(root, {**{path: VALID[path] for path in kept}, "data/authorities.csv": AUTHORITIES})
