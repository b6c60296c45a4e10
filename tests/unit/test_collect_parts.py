"""The parts of collecting: pauses between requests, what is kept, documents read in one process, one report checked."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from types import SimpleNamespace

import pytest

from build_scripts.commands.drafts import with_draft, with_report
from build_scripts.contribute.draft import Draft
from build_scripts.contribute.importers import UnreadableError, apart, fetching
from build_scripts.contribute.importers.asking import Asker, StopAskingError, is_own_machine
from build_scripts.contribute.source_pages import with_pages
from build_scripts.disk.answers import Answers, Kept, begin, end
from build_scripts.disk.read import read_schemas
from build_scripts.facts.yaml_text import read_yaml
from build_scripts.model.evidence import SourceFile, SourcePage
from build_scripts.pipeline import UNDERSTANDING, run_pipeline
from build_scripts.pipeline.run import Run
from tests.helpers.collections_of import ANYTOWN, EQUITY, REPORT, TEXT, VALID
from tests.helpers.served import Answer, Served, serving


class Clock:
    """A clock that stands still but for those who sleep."""

    def __init__(self) -> None:
        self.now = 0.0
        self.slept: list[float] = []

    def sleep(self, seconds: float) -> None:
        """Let time pass."""
        self.slept.append(seconds)
        self.now += seconds

    def time(self) -> float:
        """Return the time."""
        return self.now


def asker(site: Served, clock: Clock, pause: float = 1.0) -> Asker:
    """Return an asker of a site."""
    return Asker(site.base, pause=pause, sleep=clock.sleep, clock=clock.time)


def test_a_pause_stands_between_two_requests() -> None:
    """Each request waits until the pause after the last answer is over, the first one and redirects included."""
    answers = {
        "/robots.txt": Answer(status=404),
        "/old": Answer(status=301, headers={"Location": "/new"}),
        "/new": Answer(b"here"),
    }
    clock = Clock()
    with serving(answers) as site:
        asking = asker(site, clock)
        assert asking.ask(f"{site.base}/old").body == b"here"
        clock.now += 0.4
        asking.ask(f"{site.base}/new")
    assert clock.slept == pytest.approx([1.0, 1.0, 0.6])
    assert asking.asked == 4


def test_a_longer_pause_that_the_site_asks_for_is_kept() -> None:
    """A crawl-delay in robots.txt that is longer than our own pause takes its place."""
    answers = {"/robots.txt": Answer(b"User-agent: *\nCrawl-delay: 7\n"), "/a": Answer(b"a")}
    clock = Clock()
    with serving(answers) as site:
        asking = asker(site, clock)
        for _ in range(3):
            asking.ask(f"{site.base}/a")
    assert clock.slept == pytest.approx([1.0, 7.0, 7.0])


@pytest.mark.parametrize("form", ["seconds", "time"])
def test_a_busy_site_is_asked_when_it_says(monkeypatch: pytest.MonkeyPatch, form: str) -> None:
    """Retry-After is kept to, whether it is a number of seconds or a time."""
    now = datetime(2026, 12, 31, 23, 59, tzinfo=UTC)
    monkeypatch.setattr(fetching, "datetime", SimpleNamespace(now=lambda _zone: now))
    at = format_datetime(now + timedelta(seconds=90), usegmt=True)
    busy = Answer(status=503, headers={"Retry-After": "90" if form == "seconds" else at})
    clock = Clock()
    with serving({"/robots.txt": Answer(b""), "/a": busy}) as site:
        assert asker(site, clock).ask(f"{site.base}/a").status == 503
    assert [each for each in clock.slept if each > 2] == [90, 90]


def test_nothing_comes_from_anywhere() -> None:
    """A network that goes away ends the run after a few pages, and robots.txt that cannot be had ends it at once."""
    clock = Clock()
    with serving({"/robots.txt": Answer(b"")}) as site:
        asking = asker(site, clock)
        asking.ask(f"{site.base}/a")
    for _ in range(4):
        with pytest.raises(UnreadableError):
            asking.ask(f"{site.base}/a")
    with pytest.raises(StopAskingError, match="5 pages in a row could not be had, the last because no connection"):
        asking.ask(f"{site.base}/a")
    with pytest.raises(StopAskingError, match="cannot be read"):
        asker(site, clock).ask(f"{site.base}/a")


@pytest.mark.parametrize(
    ("address", "own"),
    [
        ("http://127.0.0.1:8010/", True),
        ("http://localhost/", True),
        ("http://[::1]:80/", True),
        ("https://www.cqc.org.uk/", False),
        ("http://127.0.0.1.example.org/", False),
        ("http://10.0.0.1/", False),
    ],
)
def test_only_this_machine_may_be_asked_without_a_pause(address: str, own: bool) -> None:
    """What counts as this very machine is its loopback addresses, and nothing that only looks like them."""
    assert is_own_machine(address) is own


def kept(body: bytes, came: str = "2026-11-29T01:00:00+00:00") -> Kept:
    """Return an answer."""
    return Kept("https://example.org/a?b=c", "https://example.org/a", 200, came, {"etag": '"1"'}, body, came)


def test_answers_are_kept_as_they_came(tmp_path: Path) -> None:
    """What was put in comes out, byte for byte; an earlier answer with other bytes stays beside the newest."""
    answers = Answers(tmp_path, "https://example.org")
    assert answers.get("https://example.org/a?b=c") is None
    first, second = kept(b"\x00one\n\r\n"), kept(b"two", "2026-11-30T01:00:00+00:00")
    answers.put(first)
    assert answers.get(first.address) == first
    answers.put(second)
    answers.put(second)
    assert answers.get(first.address) == second
    files = sorted(file.name for file in answers.folder.iterdir())
    assert [name.startswith("a-b-c-") for name in files] == [True, True]
    assert answers.size() == (2, sum((answers.folder / name).stat().st_size for name in files))


def test_a_damaged_answer_is_none(tmp_path: Path) -> None:
    """A file that is cut, changed, or of another address is as if it were not there."""
    answers = Answers(tmp_path, "https://example.org")
    answers.put(kept(b"one" * 99))
    (file,) = answers.folder.iterdir()
    whole = file.read_bytes()
    for data in (b"", whole[:20], whole[:-1], whole[:30] + b"\0" + whole[31:], b"plain"):
        file.write_bytes(data)
        assert answers.get(kept(b"").address) is None, data


def test_a_run_that_ended_is_not_gone_on_with(tmp_path: Path) -> None:
    """Answers of a run that was cut off are new enough, others are asked for again."""
    answers = Answers(tmp_path, "https://example.org")
    assert begin(answers, "2026-11-29T02:00", "2026-11-22T02:00") == "2026-11-29T02:00"
    assert begin(answers, "2026-11-29T05:00", "2026-11-22T05:00") == "2026-11-29T02:00"
    assert begin(answers, "2026-12-29T05:00", "2026-12-22T05:00") == "2026-12-29T05:00"
    end(answers)
    assert begin(answers, "2026-12-29T06:00", "2026-12-22T06:00") == "2026-12-29T06:00"
    (answers.folder / "begun.txt").write_text("no time\n")
    assert begin(answers, "2026-12-29T07:00", "2026-12-22T07:00") == "2026-12-29T07:00"


def test_one_process_reads_many_documents(monkeypatch: pytest.MonkeyPatch) -> None:
    """Documents of all kinds come out as they do one by one; one that ends its reader costs itself only."""
    page = b"<!doctype html><main><p>One.</p><p>Two &amp; three.</p></main>"
    with apart.Reader() as reader:
        assert reader.read("html", page) == apart.import_apart("html", page)
        assert reader.read("text", b"plain\n").text == "plain\n"
        with pytest.raises(UnreadableError, match="damaged"):
            reader.read("pdf", b"%PDF-1.7 nonsense")
        assert reader.read("html", page).text == apart.import_apart("html", page).text
        process = reader._process
        assert process is not None
        process.kill()
        with pytest.raises(UnreadableError, match="made so that it cannot be read"):
            reader.read("html", page)
        assert reader.read("html", page).text.endswith("Two & three.")
        monkeypatch.setattr(apart, "LONGEST", 0)
        with pytest.raises(UnreadableError, match="longer than 0 seconds"):
            reader.read("html", page * 20_000)
        monkeypatch.setattr(apart, "LONGEST", 60)
        assert reader.read("html", page).text.endswith("Two & three.")


PAGES = {"equity": SourcePage("https://www.cqc.org.uk/a", "2026-11-29", "0" * 64)}


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ("a: 1\n", 'a: 1\npages:\n  equity:\n    address: "https://www.cqc.org.uk/a"\n'),
        ("a: 1", 'a: 1\npages:\n  equity:\n    address: "https://www.cqc.org.uk/a"\n'),
        (
            "pages:\n  equity:\n    x: 1\n\n    y: 2\nb: 1\n",
            'pages:\n  equity:\n    address: "https://www.cqc.org.uk/a"\n',
        ),
    ],
)
def test_pages_are_written_beside_what_is_there(data: str, expected: str) -> None:
    """The pages take the place of those that stood there, or come last; every other line stays."""
    made = with_pages(data.encode(), PAGES).decode()
    assert made.startswith(expected)
    document, problems = read_yaml(SourceFile("report.yml", made.encode()))
    assert not problems
    assert document is not None
    assert set(document.value) == {"pages", "b" if "b: 1" in data else "a"}
    assert with_pages(made.encode(), PAGES).decode() == made


EDITS: Mapping[str, dict[str, str]] = {
    "the same": {EQUITY: TEXT},
    "another text": {EQUITY: TEXT.replace("a path", "a lane")},
    "another score": {EQUITY: TEXT.replace("Score: 3", "Score: 2")},
    "of another": {EQUITY: TEXT.replace("Anytown", "Othershire")},
    "a new text": {EQUITY.replace("equity", "learning"): TEXT},
    "a text twice": {
        EQUITY.replace("equity", "safeguarding"): VALID["data/reports/othershire-2025-02/safeguarding.txt"]
    },
    "no YAML": {ANYTOWN: ": :"},
    "a wrong rating": {ANYTOWN: REPORT.replace("rating: Good", "rating: Outstanding")},
    "a source twice": {ANYTOWN: REPORT.replace("invented/anytown", "invented/othershire")},
    "a new report": {
        path.replace("2025-01", "2026-01"): text.replace("2025-0", "2026-0").replace("invented/any", "invented/new")
        for path, text in {ANYTOWN: REPORT, EQUITY: TEXT.replace("a path", "a lane")}.items()
    },
}


@pytest.mark.parametrize("name", EDITS)
def test_one_report_is_checked_as_the_whole(name: str) -> None:
    """Checking a report alone finds what checking the whole collection finds, and makes the same of it."""
    sources = {path: SourceFile(path, text.encode()) for path, text in VALID.items() if "gold" not in path}
    before = run_pipeline(sources, read_schemas(), stages=UNDERSTANDING)
    files = {path: text.encode() for path, text in EDITS[name].items()}
    id = next(iter(files)).split("/")[2]
    alone, problems = with_report(id, files, before)
    authority = before.collection.vocabulary.authorities[0]
    whole, expected = with_draft(Draft(id, authority, "", True, files, (), {}, ()), before)
    assert problems == tuple(sorted(expected))
    assert state(alone) == state(whole)


def state(run: Run) -> tuple[object, ...]:
    """Return what a run knows of reports and texts."""
    return run.reports, dict(run.pages), run.earned, run.evidence
