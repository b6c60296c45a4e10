"""How far a long run is: drawn on a terminal, nowhere else, and nothing that is made depends on it."""

from __future__ import annotations

import errno
import os
import re
import signal
import subprocess
import sys
from collections.abc import Mapping

import pytest

from build_scripts.pipeline import run_pipeline
from tests.helpers.progress import Noted
from tests.helpers.projects import ROOT, few_run, few_sources

SGR = re.compile(r"\x1b\[[0-9;]*m")
"""What colours."""
CONTROL = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")

PROGRAM = """
import sys
from build_scripts.commands import drawn
from build_scripts.commands.progress import progress
drawn.PATIENCE = float(sys.argv[1])
with progress() as told:
    told.begin("Counting sheep", 1234)
    for _ in range(1000):
        told.step()
    told.say("a line that stays")
    sys.stdin.readline()
    told.begin("Falling asleep")
    sys.stdin.readline()
print("done")
"""
"""Waits for a line on standard input in each of two stages, of which the first has steps."""
AT_THAT_MOMENT = """
import threading
from build_scripts.commands.told import Told
write = Told.say
def say(told, line):
    drawing = threading.Thread(target=told._draw)
    drawing.start()
    drawing.join(0.5)
    write(told, line)
Told.say = say
"""
"""Has the first line be drawn just when another is about to be written, if it may."""
ENVIRONMENT = {**{name: value for name, value in os.environ.items() if name != "NO_COLOR"}, "TERM": "xterm-256color"}
AT_ONCE, NEVER = "0", "3600"
"""Seconds of patience."""


class Terminal:
    """The program above, whose standard error is a pseudo-terminal."""

    def __init__(self, patience: str, environment: Mapping[str, str], before: str = "") -> None:
        """Start it, with ``before`` as its first lines."""
        self.master, slave = os.openpty()
        self.process = subprocess.Popen(
            [sys.executable, "-c", before + PROGRAM, patience],
            cwd=ROOT,
            env={**ENVIRONMENT, "COLUMNS": "100", **environment},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=slave,
            text=True,
        )
        os.close(slave)
        self.shown = ""

    def until(self, pattern: str) -> None:
        """Read what is drawn until it has the pattern, all control sequences taken out."""
        while not re.search(pattern, CONTROL.sub("", self.shown)):
            assert self._read(), f"no {pattern} in {self.shown!r}"

    def go_on(self) -> None:
        """Let the stage end."""
        assert self.process.stdin
        self.process.stdin.write("\n")
        self.process.stdin.flush()

    def end(self) -> str:
        """Wait for the program's end and return what it wrote to standard output."""
        assert self.process.stdin
        assert self.process.stdout
        with self.process.stdin, self.process.stdout:
            while self._read():
                pass
            os.close(self.master)
            written = self.process.stdout.read()
        self.process.wait()
        return written

    def _read(self) -> bool:
        try:
            data = os.read(self.master, 65536)
        except OSError as error:
            if error.errno != errno.EIO:  # how Linux says that the other end is closed
                raise
            return False
        self.shown += data.decode("utf-8", "replace")
        return bool(data)


def screen(shown: str) -> list[str]:
    """Return the lines that are in sight when all that was shown has been obeyed."""
    lines, row = [""], 0
    for part in re.findall(r"\x1b\[[0-9;?]*[A-Za-z]|\r|\n|[^\x1b\r\n]+", shown):
        match part:
            case "\n":
                row += 1
                lines += [""] * (row + 1 - len(lines))
            case "\x1b[1A":
                row -= 1
            case "\x1b[2K":
                lines[row] = ""
            case _ if part[0] not in "\x1b\r":
                lines[row] += part
    return [line for line in lines if line]


@pytest.mark.parametrize("environment", [{}, {"NO_COLOR": "1"}], ids=["with colours", "without"])
def test_a_terminal_shows_stage_count_and_time(environment: Mapping[str, str]) -> None:
    """A stage is named, with its count and the time left, or where nobody knows its steps the time it has taken."""
    terminal = Terminal(AT_ONCE, environment)
    terminal.until(r"Counting sheep .*1,000 of 1,234, 0:\d\d left")
    terminal.go_on()
    terminal.until(r"Falling asleep .*0:\d\d so far")
    terminal.go_on()

    assert terminal.end() == "done\n"

    assert terminal.process.returncode == 0
    assert screen(terminal.shown) == ["a line that stays"]
    assert bool(SGR.search(terminal.shown)) == (environment == {})


def test_drawing_does_not_begin_in_the_middle_of_a_line() -> None:
    """Where the first line is to be drawn just when another is written, it stands below that one, not in its row."""
    terminal = Terminal(NEVER, {}, AT_THAT_MOMENT)
    terminal.until("Counting sheep")
    terminal.go_on()
    terminal.until("Falling asleep")
    terminal.go_on()

    assert terminal.end() == "done\n"

    assert screen(terminal.shown) == ["a line that stays"]


@pytest.mark.parametrize(
    ("patience", "environment"), [(NEVER, {}), (AT_ONCE, {"TERM": "dumb"})], ids=["a short run", "a dumb terminal"]
)
def test_nothing_is_drawn(patience: str, environment: Mapping[str, str]) -> None:
    """A run that nobody has to wait for, and a terminal that can take no line back, show the lines alone."""
    terminal = Terminal(patience, environment)
    terminal.go_on()
    terminal.go_on()

    assert terminal.end() == "done\n"

    assert terminal.shown == "a line that stays\r\n"


@pytest.mark.parametrize("more", [{}, {"NO_COLOR": "1"}, {"TERM": "dumb"}, {"FORCE_COLOR": "1", "TTY_COMPATIBLE": "1"}])
def test_a_pipe_gets_the_lines_alone(more: Mapping[str, str]) -> None:
    """Where standard error is no terminal, nothing is drawn, whatever the environment says."""
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, AT_ONCE],
        cwd=ROOT,
        env={**ENVIRONMENT, **more},
        input="\n\n",
        capture_output=True,
        text=True,
        check=True,
    )

    assert (done.stdout, done.stderr) == ("done\n", "a line that stays\n")


def test_whoever_interrupts_gets_the_cursor_back() -> None:
    """After Ctrl+C the line is gone and the cursor, which drawing hides, is in sight again."""
    terminal = Terminal(AT_ONCE, {})
    terminal.until(r"a line that stays[\s\S]*Counting sheep")
    terminal.process.send_signal(signal.SIGINT)

    terminal.end()

    assert "\x1b[?25l" in terminal.shown
    assert terminal.shown.rindex("\x1b[?25h") > terminal.shown.rindex("\x1b[?25l")
    assert not any("Counting" in line for line in screen(terminal.shown))


def test_the_pipeline_tells_its_stages_and_takes_each_step() -> None:
    """Every stage that takes long is told, with as many steps as it then takes; what is made is the same."""
    noted = Noted()
    before = few_run()

    run = run_pipeline(few_sources(), before.schemas, progress=noted)

    names = [stage for stage, _ in noted.stages]
    assert names == [
        "Learning words",
        "Reading texts",
        "Tagging texts",
        "Checking",
        "Making pages",
        "Making the search index",
    ]
    assert noted.steps == [steps for _, steps in noted.stages]
    assert noted.steps[2] == len(run.evidence) == 2
    assert noted.steps[4] > 15
    assert noted.steps[5] == sum(len(item.passages) for item in run.evidence)
    assert run.files == before.files
