"""The one program that may write on GitHub: what it delivers and refuses, with a real repository and a made-up gh."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.helpers.projects import ROOT

TEXT = "data/reports/anytown-2025-01/equity.txt"
GH = """\
#!{python}
import json, os, sys
from pathlib import Path
place = Path(__file__).parent
given = sys.stdin.read() if "--body-file" in sys.argv else ""
with (place / "asked").open("a") as asked:
    asked.write(json.dumps([sys.argv[1:], given]) + "\\n")
answers = json.loads((place / "answers.json").read_text())
answer = answers.get(" ".join(sys.argv[1:3]), "")
if answer is None:
    sys.exit("gh: refused")
print(answer)
"""


@dataclass
class Repository:
    """A clone of a bare repository, the folder to deliver, and a gh beside them."""

    root: Path
    origin: Path
    folder: Path
    tools: Path

    def answer(self, **answers: str | None) -> None:
        """Set what gh prints for each command, None for a failure."""
        (self.tools / "answers.json").write_text(
            json.dumps({key.replace("_", " "): value for key, value in answers.items()})
        )

    def put(self, path: str, words: str = "words\n") -> None:
        """Leave a file, as the other job would."""
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(words, "utf-8")

    def deliver(self, kind: str, number: int = 7, login: str = "ann") -> subprocess.CompletedProcess[str]:
        """Run the program as the workflow does."""
        event = self.tools / "event.json"
        event.write_text(json.dumps({"issue": {"number": number, "user": {"login": login, "id": 42}}}))
        environment = {
            **os.environ,
            "PATH": f"{self.tools}{os.pathsep}{os.environ['PATH']}",
            "GITHUB_EVENT_PATH": str(event),
            "GITHUB_RUN_ID": "1",
        }
        command = [sys.executable, str(ROOT / "tools/deliver.py"), kind, str(self.folder)]
        return subprocess.run(command, cwd=self.root, env=environment, capture_output=True, text=True, check=False)

    @property
    def asked(self) -> list[tuple[list[str], str]]:
        """What gh was asked, and what it was given to read."""
        file = self.tools / "asked"
        return [tuple(json.loads(line)) for line in file.read_text().splitlines()] if file.exists() else []

    def git(self, *arguments: str) -> str:
        """What git says of the repository that was pushed to."""
        done = subprocess.run(["git", "-C", str(self.origin), *arguments], capture_output=True, text=True, check=False)
        return done.stdout


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """A project with one commit on main."""
    made = Repository(tmp_path / "clone", tmp_path / "origin", tmp_path / "received", tmp_path / "tools")
    made.tools.mkdir()
    gh = made.tools / "gh"
    gh.write_text(GH.format(python=sys.executable))
    gh.chmod(0o755)
    made.answer(pr_list="[]", pr_create="https://github.com/anytown/explorer/pull/8", issue_list="[]")
    subprocess.run(["git", "init", "--quiet", "--bare", "-b", "main", str(made.origin)], check=True)
    subprocess.run(["git", "clone", "--quiet", str(made.origin), str(made.root)], check=True, capture_output=True)
    (made.root / "README.md").write_text("Anytown\n")
    git = ["git", "-C", str(made.root), "-c", "user.name=Ann", "-c", "user.email=ann@example.org"]
    subprocess.run([*git, "switch", "--quiet", "-c", "main"], check=False, capture_output=True)
    subprocess.run([*git, "add", "README.md"], check=True)
    subprocess.run([*git, "commit", "--quiet", "-m", "Begin"], check=True)
    subprocess.run([*git, "push", "--quiet", "origin", "HEAD:main"], check=True)
    return made


def test_a_report_becomes_a_pull_request(repository: Repository) -> None:
    """The files are on a branch of their own in one commit that credits the sender, and the issue is answered."""
    repository.put(f"files/{TEXT}")
    repository.put("answer.md", "Thank you.\n")
    repository.put("description.md", "## What this change does\n")
    done = repository.deliver("report")
    assert done.returncode == 0, done.stderr
    assert repository.git("show", f"report-from-issue-7:{TEXT}") == "words\n"
    assert repository.git("diff", "--name-only", "main", "report-from-issue-7") == f"{TEXT}\n"
    message = repository.git("log", "-1", "--format=%an%n%B", "report-from-issue-7")
    assert message.startswith("github-actions[bot]\nAdd anytown-2025-01: equity.txt\n\nSent through issue #7.\n")
    assert "Co-authored-by: ann <42+ann@users.noreply.github.com>" in message
    created = next(each for each in repository.asked if each[0][:2] == ["pr", "create"])
    assert created[1].startswith("Sent by @ann through issue #7; a workflow made the files. Closes #7.\n\n## What")
    assert repository.asked[-1] == (
        ["issue", "comment", "7", "--body-file", "-"],
        "Thank you.\n\nIt is in pull request https://github.com/anytown/explorer/pull/8, which names you. A person "
        "compares it with CQC’s page, then it is published.\n",
    )


def test_a_text_that_is_there_is_said_to_change(repository: Repository) -> None:
    """Where every file that was sent takes the place of another one, the pull request's title says so."""
    file = repository.root / TEXT
    file.parent.mkdir(parents=True)
    file.write_text("other words\n")
    repository.put(f"files/{TEXT}")
    repository.put("answer.md", "Thank you.\n")
    assert repository.deliver("report").returncode == 0
    message = repository.git("log", "-1", "--format=%B", "report-from-issue-7")
    assert message.startswith("Change anytown-2025-01: equity.txt\n")


def test_what_is_wrong_is_answered(repository: Repository) -> None:
    """Without files there is an answer, and neither branch nor pull request."""
    repository.put("answer.md", "Please correct this.\n")
    assert repository.deliver("report").returncode == 0
    assert [each[0][:2] for each in repository.asked] == [["issue", "comment"]]
    assert repository.git("branch", "--format=%(refname:short)") == "main\n"


def test_a_job_that_broke_is_told_of(repository: Repository) -> None:
    """When the other job left nothing, the sender hears of it and the run is red."""
    repository.answer(run_download=None)
    done = repository.deliver("report")
    assert done.returncode == 1
    assert done.stderr.endswith("error: the other job left no answer\n")
    assert repository.asked[-1][1].startswith("Thank you. Something went wrong here")


def test_an_edited_issue_renews_its_pull_request(repository: Repository) -> None:
    """Where a pull request is open it is renewed; where somebody has worked on it, it is left alone."""
    repository.put(f"files/{TEXT}")
    repository.put("answer.md", "Thank you.\n")
    repository.answer(pr_list='[{"number": 8, "commits": [1], "isCrossRepository": false}]')
    assert repository.deliver("report").returncode == 0
    assert ["pr", "edit", "8"] in [each[0][:3] for each in repository.asked]
    before = repository.git("rev-parse", "report-from-issue-7")
    repository.put(f"files/{TEXT}", "other words\n")
    repository.put("answer.md", "Thank you.\n")
    repository.answer(pr_list='[{"number": 8, "commits": [1, 2], "isCrossRepository": false}]')
    assert repository.deliver("report").returncode == 0
    assert repository.git("rev-parse", "report-from-issue-7") == before
    assert "has been worked on since" in repository.asked[-1][1]


@pytest.mark.parametrize("commits", [[1], [1, 2]])
def test_a_fork_takes_nothing_over(repository: Repository, commits: list[int]) -> None:
    """A stranger's pull request from a branch of the same name is neither renewed nor waited for."""
    strange = {"number": 6, "commits": commits, "isCrossRepository": True}
    created = "https://github.com/anytown/explorer/pull/8"
    repository.put(f"files/{TEXT}")
    repository.put("answer.md", "Thank you.\n")
    repository.answer(pr_list=json.dumps([strange]), pr_create=created)
    assert repository.deliver("report").returncode == 0
    assert [each[0][:2] for each in repository.asked] == [["pr", "list"], ["pr", "create"], ["issue", "comment"]]
    repository.put(f"files/{TEXT}", "other words\n")
    repository.put("answer.md", "Thank you.\n")
    ours = {"number": 8, "commits": [1], "isCrossRepository": False}
    repository.answer(pr_list=json.dumps([strange, ours]))
    assert repository.deliver("report").returncode == 0
    assert ["pr", "edit", "8"] in [each[0][:3] for each in repository.asked]


def test_no_right_to_open_pull_requests(repository: Repository) -> None:
    """Where the repository's settings forbid it, the branch is there and the sender is told."""
    repository.answer(pr_list="[]", pr_create=None)
    repository.put(f"files/{TEXT}")
    assert repository.deliver("report").returncode == 0
    assert "on the branch `report-from-issue-7`" in repository.asked[-1][1]


@pytest.mark.parametrize(
    "path",
    [
        "README.md",
        ".github/workflows/check.yml",
        "data/themes.yml",
        "data/reports/anytown-2025-01/equity.html",
        "data/reports/anytown-2025-01/.hidden.txt",
        "data/reports/anytown-2025-01/deep/equity.txt",
        "data/reports/Аnytown-2025-01/equity.txt",  # a Cyrillic A
        "data/reports/any\u202etown-2025-01/equity.txt",
        "data/reports/anytown-2025-13/equity.txt",
        "data/reports/anytown-2025-01/equity.txt\n",
        "data/reports/-rf-2025-01/$(touch x).txt",
    ],
)
def test_other_files_are_refused(repository: Repository, path: str) -> None:
    """A file that is no report's is never pushed, and nothing beside it is."""
    repository.put(f"files/{TEXT}")
    repository.put(f"files/{path}")
    done = repository.deliver("report")
    assert done.returncode == 1
    assert done.stderr.startswith("error: ")
    assert repository.git("branch", "--format=%(refname:short)") == "main\n"


def test_links_are_refused(repository: Repository, tmp_path: Path) -> None:
    """A link among the files is not followed, be it to a file or a folder."""
    secret = tmp_path / "secret"
    secret.write_text("secret")
    (repository.folder / "files/data/reports/anytown-2025-01").mkdir(parents=True)
    (repository.folder / "files" / TEXT).symlink_to(secret)
    done = repository.deliver("report")
    assert done.returncode == 1
    assert done.stderr == f"error: a link is among the files: '{TEXT}'\n"


def test_a_linked_answer_is_not_read(repository: Repository, tmp_path: Path) -> None:
    """Neither answer nor description is read through a link: what a runner holds stays there."""
    secret = tmp_path / "secret"
    secret.write_text("secret")
    repository.folder.mkdir()
    (repository.folder / "answer.md").symlink_to(secret)
    assert repository.deliver("report").returncode == 1
    assert "secret" not in repository.asked[-1][1]


def test_too_much_is_refused(repository: Repository) -> None:
    """Neither a huge file nor two reports at once come in."""
    repository.put(f"files/{TEXT}", "word " * 200_000)
    assert "more than 500,000 bytes" in repository.deliver("report").stderr
    repository.put(f"files/{TEXT}")
    repository.put("files/data/reports/othertown-2025-01/equity.txt")
    assert "more than one report" in repository.deliver("report").stderr


@pytest.mark.parametrize("link", [TEXT, "data/reports/anytown-2025-01", "data"])
def test_a_link_in_the_repository_is_not_followed(repository: Repository, tmp_path: Path, link: str) -> None:
    """Nothing is written through a link that stands where a file or one of its folders should go."""
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (repository.root / link).parent.mkdir(parents=True, exist_ok=True)
    (repository.root / link).symlink_to(elsewhere)
    repository.put(f"files/{TEXT}")
    done = repository.deliver("report")
    assert done.stderr == f"error: a link stands where a file should go: {TEXT}\n"
    assert list(elsewhere.iterdir()) == []
    assert repository.git("branch", "--format=%(refname:short)") == "main\n"


@pytest.mark.parametrize("arguments", [(), ("report",), ("letter", "received"), ("report", "received", "more")])
def test_wrong_use_gets_one_line(repository: Repository, arguments: tuple[str, ...]) -> None:
    """Without one of the three kinds and one name, a line says what to give, and nothing is asked of GitHub."""
    command = [sys.executable, str(ROOT / "tools/deliver.py"), *arguments]
    done = subprocess.run(command, cwd=repository.root, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "error: give a kind, 'report', 'issue' or 'before', and a name\n"
    assert repository.asked == []


@pytest.mark.parametrize("login", ["ann; touch x", "../ann", "ann\nCo-authored-by: eve", "--help", "a" * 50, ""])
def test_a_name_is_a_name(repository: Repository, login: str) -> None:
    """A sender's name that GitHub would not give is refused before anything is done."""
    repository.put(f"files/{TEXT}")
    assert repository.deliver("report", login=login).returncode == 1
    assert repository.asked == []


NOTICE = "<!-- care-evidence: new-reports -->\nTwo reports are new.\n"


def listed(*issues: tuple[int, str, bool]) -> str:
    """What gh prints of open issues."""
    author = {True: {"is_bot": True, "login": "app/github-actions"}, False: {"is_bot": False, "login": "eve"}}
    return json.dumps([{"number": number, "body": body, "author": author[bot]} for number, body, bot in issues])


def test_a_notice_opens_one_issue(repository: Repository) -> None:
    """Where no issue of the notice is open, one is opened."""
    repository.put("issue.md", NOTICE)
    repository.put("title.txt", "2 new reports\n")
    assert repository.deliver("issue").returncode == 0
    assert repository.asked[-1] == (["issue", "create", "--title", "2 new reports", "--body-file", "-"], NOTICE)


def test_a_notice_is_never_opened_twice(repository: Repository) -> None:
    """An open issue of the notice is updated; one by somebody else with the same words is left alone."""
    repository.answer(issue_list=listed((3, NOTICE, False), (5, NOTICE, True), (9, "other", True)))
    repository.put("issue.md", NOTICE)
    assert repository.deliver("issue").returncode == 0
    assert [each[0][:3] for each in repository.asked[1:]] == [["issue", "edit", "5"]]


def test_issues_of_others_hide_no_notice(repository: Repository) -> None:
    """Only our own issues are asked for, so that a list cut short cannot lack the notice."""
    repository.put("issue.md", NOTICE)
    assert repository.deliver("issue").returncode == 0
    asked = repository.asked[0][0]
    assert asked[asked.index("--author") + 1] == "app/github-actions"


def test_a_notice_without_words_is_closed(repository: Repository) -> None:
    """When nothing is left to say, its issue is closed."""
    repository.answer(issue_list=listed((5, NOTICE, True)))
    repository.put("marker.txt", NOTICE.splitlines()[0])
    assert repository.deliver("issue").returncode == 0
    assert [each[0][:3] for each in repository.asked[1:]] == [["issue", "close", "5"]]


def test_a_notice_has_a_marker(repository: Repository) -> None:
    """A notice that could not be found again is not posted."""
    repository.put("issue.md", "Two reports are new.\n")
    done = repository.deliver("issue")
    assert done.stderr == "error: the notice has no marker\n"
    assert repository.asked == []


def test_long_words_are_cut(repository: Repository) -> None:
    """What is longer than GitHub takes is cut, not refused."""
    repository.put("issue.md", NOTICE + "word " * 50_000)
    assert repository.deliver("issue").returncode == 0
    assert 60_000 <= len(repository.asked[-1][1]) < 65_536


def test_the_notice_of_last_time_is_fetched(repository: Repository) -> None:
    """The words of our open notice of addresses are written down, and of nobody else's."""
    words = "<!-- care-evidence: addresses -->\r\n- `https://example.org/a` last answered 2026-11-19\r\n"
    repository.answer(issue_list=listed((3, words.replace("11-19", "11-20"), False), (5, words, True)))
    assert repository.deliver("before").returncode == 0
    assert (repository.root / "before.md").read_bytes() == words.replace("\r\n", "\n").encode()
    assert [each[0][:2] for each in repository.asked] == [["issue", "list"]]
