"""The attacks that were tried, by the number of the finding that each came from: a table of what must hold.

Numbers are those of the security review of 28 November 2026; ``docs/about/security.md`` says in words who is held by
what. Attacks with many cases have modules of their own, which ``ELSEWHERE`` names, so that none is lost unseen.
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from build_scripts.facts.yaml_text import DEEPEST as DEEPEST_VALUES
from build_scripts.facts.yaml_text import MOST_VALUES
from build_scripts.model.problems import Problem, format_github, format_json, format_text
from build_scripts.tagging.phrases import DEEPEST
from build_scripts.text.clean import MOST_LINES
from tests.helpers.collections_of import ANYTOWN, EQUITY, REPORT, TEXT, VOICES, Edit, check
from tests.helpers.projects import ROOT

ELSEWHERE = {
    "1, 2, 8: what the form's author may do, and what is delivered": "tests/commands/test_deliver.py",
    "3, 4, 5: phrases and word lists that never end": "tests/property/test_matcher.py",
    "6, 10: what is large or many": "tests/commands/test_growth.py",
    "pages written by hand": "tests/unit/test_guides.py",
    "7: files of the search that are not what their names say": "tests/js/files.test.mjs",
    "9: builds that are killed, and full disks": "tests/site/test_whole.py",
    "words in every place that contributors write": "tests/unit/test_hostile.py",
    "words of a report in a browser": "tests/site/test_hostile_report.py",
    "names, addresses and options of evidence add": "tests/commands/test_add_hostile.py",
    "links and pipes in place of files, links among the pages": "tests/unit/test_read.py",
    "documents that exhaust or crash their reader": "tests/unit/test_importers.py",
    "rights of workflows": "tests/house/test_workflows.py",
}
"""What is attacked, with its finding, to the module that has the cases."""


@dataclass(frozen=True)
class Attack:
    """A contribution made to do harm, and what it is told."""

    edit: Edit
    code: str = ""
    """The kind of problem; nothing where the contribution is harmless as it is read."""
    what: str = ""
    """Words of the problem."""


def phrase(words: str) -> Edit:
    """Return the edit that puts a phrase into a theme."""
    return "data/themes.yml", "sign language", words


def lists(words: str, used: str) -> Edit:
    """Return the edit that puts word lists into voices.yml, and a phrase that uses them."""
    whole = VOICES.replace("words:\n", f"words:\n{words}").replace("staff <said>", f"staff {used}")
    return "data/voices.yml", None, whole


def chained(count: int) -> str:
    """Return word lists each of which names the one before."""
    return "".join(f"  l{at}: [{f'<l{at - 1}>' if at else 'spoke'}]\n" for at in range(count))


def doubling(count: int) -> str:
    """Return word lists each of which holds the one before twice."""
    both = "".join(f"  l{at}: [<l{at - 1}>, b <l{at - 1}>]\n" for at in range(1, count))
    return f"  l0: [spoke]\n{both}"


def redirects(count: int, last: str) -> Edit:
    """Return the edit that adds a chain of redirects, whose last row leads to ``last``."""
    text = "othershire-2025-02/safeguarding"
    to = [*(f"{text}/p-{at:08x}" for at in range(1, count)), last]
    rows = "".join(f"{text}/p-{at:08x},{successor},moved,2026-01-01\n" for at, successor in enumerate(to))
    return "data/redirects.csv", None, f"retired,successor,reason,date\n{rows}"


ATTACKS = {
    "3 twelve alternatives": Attack(phrase("the */*/*/*/*/*/*/*/*/*/*/* zzz")),
    "3 six gaps with stars": Attack(phrase("s* ... s* ... s* ... s* ... s* ... s* zzz")),
    "3 eight times three": Attack(phrase(" ".join(["a*/aa/*/aa*"] * 8) + " zzz")),
    "3 a thousand alternatives": Attack(phrase("/".join(["a"] * 1_000)), "EV306", "1,000 alternatives"),
    "3 a phrase without an end": Attack(phrase("a " * 500), "EV306", "it can reach over 500 words"),
    "4 400 lists in one another": Attack(lists(chained(400), "<l399>"), "EV306", f"more than {DEEPEST} deep"),
    "4 a list made of itself": Attack(lists("  me: [<me>]\n", "<me>"), "EV306", "is made of itself"),
    "5 lists that double": Attack(lists(doubling(DEEPEST), f"<l{DEEPEST - 1}>")),
    "5 lists that double, 18 deep": Attack(lists(doubling(18), "<l17>"), "EV306", f"more than {DEEPEST} deep"),
    "6 a chain of redirects": Attack(redirects(20_000, "")),
    "6 a circle of redirects": Attack(
        redirects(2_000, "othershire-2025-02/safeguarding/p-00000000"), "EV605", "lead back to"
    ),
    "10 equal keys": Attack((ANYTOWN, None, REPORT + "a: 1\n" * 380_000), "EV107", f"more than {MOST_VALUES:,} keys"),
    "10 keys in one line": Attack((ANYTOWN, None, REPORT + "a: [" + "1," * 900_000 + "1]"), "EV107", "keys and values"),
    "10 lists in one another": Attack(
        (ANYTOWN, None, REPORT + "a: " + "[" * 900_000), "EV201", f"more than {DEEPEST_VALUES} lists"
    ),
    "10 100,000 paragraphs": Attack(
        (EQUITY, None, TEXT + "It was open.\n" * 100_000), "EV107", f"more than {MOST_LINES:,} lines"
    ),
    "10 one word of two million letters": Attack((EQUITY, "There was a path", f"There was a {'a' * 1_900_000} path")),
    "YAML that builds objects": Attack(
        (ANYTOWN, "checked: one source", "checked: !!python/object/apply:os.system [id]"), "EV208", "instruction"
    ),
    "YAML that grows by aliases": Attack(
        (ANYTOWN, "checked: one source", "checked: &a [x, x]\nmore: [*a, *a]"), "EV208", "instruction"
    ),
    "a label that goes on with commands": Attack(
        (ANYTOWN, "rating: Good", 'rating: "Good\\n::error file=x::owned"'), "EV207", "rating must be"
    ),
}


@pytest.mark.parametrize("name", ATTACKS)
def test_the_attack_is_told_or_does_nothing(name: str) -> None:
    """What cannot be read honestly is told in one line of its kind; all else is read as the words that it is."""
    attack = ATTACKS[name]
    problems = check(attack.edit).problems
    kinds = {problem.code for problem in problems}
    if not attack.code:
        # The passage that a correction was made for may have changed; the attack itself is no problem.
        assert kinds <= {"EV602"}, problems[:3]
        return
    assert attack.code in kinds, problems[:3]
    told = next(problem for problem in problems if problem.code == attack.code)
    assert attack.what in told.what
    assert {problem.path for problem in problems} == {attack.edit[0]}


@pytest.mark.parametrize("shape", [format_text, format_github, format_json])
@pytest.mark.parametrize("words", ["a\n::set-output name=x::y", "a\r::error::b", "\x1b[31mred\x1b[0m", "\u202eabc"])
def test_no_problem_steers_what_shows_it(shape: Callable[[Problem], str], words: str) -> None:
    """Words in a problem end no line, so that they begin no command of a workflow and no colour of a terminal."""
    shown = shape(Problem(f"data/{words}.txt", 1, "EV103", words, words))
    lines = [line for line in shown.split("\n") if line.strip()]
    assert len(lines) <= 2
    assert not [line for line in lines[1:] if not line.startswith("    ")]
    assert "\r" not in shown
    if shape is format_text:
        assert all(line.isprintable() for line in lines)


@pytest.mark.parametrize("path", ELSEWHERE.values(), ids=ELSEWHERE)
def test_attacks_elsewhere_are_there(path: str) -> None:
    """Each module that holds attacks is there and has tests."""
    source = (ROOT / path).read_text("utf-8")
    if path.endswith(".py"):
        named = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef)]
        assert any(node.name.startswith("test_") for node in named)
    else:
        assert "test(" in source


def test_every_finding_has_its_attacks() -> None:
    """Each of the ten findings is named in one of the two tables."""
    named = (
        " ".join([*(name.split(" ")[0] for name in ATTACKS), *ELSEWHERE]).replace(",", " ").replace(":", " ").split()
    )
    assert {str(number) for number in range(1, 11)} <= set(named)
