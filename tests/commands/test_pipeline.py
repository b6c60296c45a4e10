"""The stages together: same input, same bytes, whatever the order, the hash seed or the run; and nothing half-made."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

import pytest

from build_scripts.disk.read import read_schemas, read_sources
from build_scripts.model.evidence import SourceFile
from build_scripts.pipeline import STAGES, run_pipeline
from build_scripts.pipeline.run import Run
from tests.helpers.projects import ROOT, few_run, few_sources, real_run, run_project, write_few

DIGEST = """
import hashlib
from pathlib import Path
from build_scripts.pipeline import run_pipeline
from build_scripts.disk.read import read_schemas, read_sources
sources, unread = read_sources(Path("."))
files = run_pipeline(sources, read_schemas(), unread).files
digest = hashlib.sha256()
for path, data in files.items():
    digest.update(f"{path} {len(data)} ".encode() + data)
print(len(files), digest.hexdigest())
"""


def digest(run: Run) -> str:
    """Return the number of generated files and a hash over paths and bytes, in the order in which they were made."""
    result = hashlib.sha256()
    for path, data in run.files.items():
        result.update(f"{path} {len(data)} ".encode() + data)
    return f"{len(run.files)} {result.hexdigest()}"


def again(sources: Mapping[str, SourceFile]) -> Run:
    """Run the pipeline anew."""
    return run_pipeline(sources, read_schemas())


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data of a few authorities on the disk."""
    return write_few(tmp_path_factory.mktemp("few"))


def test_real_data_is_well() -> None:
    """The project's own data have no problem, and give pages of every kind."""
    real = real_run()
    assert real.problems == ()
    for path in (
        "index.md",
        "themes/interpretation/index.md",
        "voices/staff/index.md",
        "authorities/camden/index.md",
        "regions/london/index.md",
        "statements/equity/index.md",
        "reports/camden-2025-02/index.md",
        "reports/camden-2025-02/equity/index.md",
        "about/methodology/index.md",
        "data/schemas/report.schema.json",
    ):
        assert real.files[path]


def test_same_input_gives_same_bytes() -> None:
    """A second run in the same program makes the same files in the same order."""
    assert digest(again(few_sources())) == digest(few_run())


@pytest.mark.parametrize(
    ("seed", "variables"),
    [
        ("0", {"TZ": "Pacific/Kiritimati"}),
        ("1", {"LC_ALL": "C", "LANG": "tr_TR.UTF-8"}),
        ("4294967295", {}),
    ],
    ids=["time zone", "language", "neither"],
)
def test_seed_place_and_language_do_not_show(project: Path, seed: str, variables: dict[str, str]) -> None:
    """Whatever order Python gives to sets, the files are the same, and so they are in any time zone and language."""
    assert digest_elsewhere(project, PYTHONHASHSEED=seed, **variables) == digest(few_run())


def digest_elsewhere(project: Path, **environment: str) -> str:
    """Return the digest of what a program of its own makes of the project's files."""
    done = subprocess.run(
        [sys.executable, "-c", DIGEST],
        cwd=project,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


def test_order_of_a_directory_does_not_show(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file system that lists files backwards, as another may, gives the same files."""
    rglob = Path.rglob

    def backwards(self: Path, pattern: str) -> Iterator[Path]:
        return iter(sorted(rglob(self, pattern), reverse=True))

    monkeypatch.setattr(Path, "rglob", backwards)
    run = run_project(project)
    assert digest(run) == digest(few_run())


def test_stages_do_not_change_what_they_are_given() -> None:
    """A stage returns a new run; the sources that it was given stay as they were."""
    run = Run(MappingProxyType(dict(sorted(few_sources().items()))), MappingProxyType(dict(read_schemas())))
    for stage in STAGES:
        before = run
        shown = repr((before.reports, before.evidence, before.problems))
        run = stage(run)
        assert shown == repr((before.reports, before.evidence, before.problems))
    assert digest(run) == digest(few_run())


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("data/reports/camden-2025-02/equity.txt", b""),
        ("data/reports/camden-2025-02/report.yml", b"rating: [\n"),
        ("data/themes.yml", b"themes: 1\n"),
        ("data/voices.yml", b"\xff\xfe\x00"),
        ("data/framework.yml", b"areas: {}\n"),
        ("data/authorities.csv", b"slug\n"),
        ("data/reports/stray.txt", b"?"),
        ("tests/gold/camden-2025-02/equity.yml", b"- 1\n"),
    ],
)
def test_a_problem_means_no_files(path: str, data: bytes) -> None:
    """Whatever file is broken, its problem is named and nothing at all is made."""
    run = again({**few_sources(), path: SourceFile(path, data)})

    assert path in {problem.path for problem in run.problems}
    assert run.files == {}


@pytest.mark.parametrize(
    "path", ["data/themes.yml", "data/voices.yml", "data/framework.yml", "data/authorities.csv", "data/reports"]
)
def test_a_missing_file_means_no_files(path: str) -> None:
    """Nothing is made without the vocabulary, the framework, the authorities, or any report at all."""
    run = again({name: file for name, file in few_sources().items() if not name.startswith(path)})

    assert path in {problem.path for problem in run.problems}
    assert run.files == {}


def test_problem_of_reading_means_no_files(tmp_path: Path) -> None:
    """A file that could not even be read stops the build as well."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "link.yml").symlink_to(tmp_path)
    _, unread = read_sources(tmp_path)

    run = run_pipeline(few_sources(), read_schemas(), unread)

    assert [problem.code for problem in run.problems] == ["EV109"]
    assert run.files == {}


def test_no_labels_by_hand_are_no_problem() -> None:
    """Without passages labelled by hand the pages are made, and say that nothing was measured."""
    run = again({path: file for path, file in few_sources().items() if not path.startswith("tests/")})

    assert run.problems == ()
    assert run.accuracy is None
    assert b"have not been measured" in run.files["about/methodology/index.md"]
