"""YAML on a machine whose PyYAML came without libyaml: slower, and nothing else."""

from __future__ import annotations

import subprocess
import sys

from tests.helpers.projects import ROOT

READ_AND_WRITE = """\
import sys
sys.modules |= dict.fromkeys(sys.argv[1:])  # what is None there cannot be imported
import yaml
from build_scripts.facts.yaml_text import read_yaml
from build_scripts.model.evidence import SourceFile
from build_scripts.model.front_matter import front_matter
from build_scripts.pages.frame.markdown import page_text

print(hasattr(yaml, "CSafeLoader"))
page = page_text({"title": "Anytown: “what?”", "tags": ["a # b", "no", 3, None], "search": {"exclude": True}}, "Words.")
print(ascii(page), front_matter(page.encode()))
for text in ("a:\\n  - b: 1 # c\\n  - [d, e?]\\n", "a: b: c", "---\\n "):
    print(read_yaml(SourceFile("a.yml", text.encode())))
"""


def read_and_written(*missing: str) -> tuple[str, str]:
    """Whether libyaml is there in a Python without these modules, and what is read and written then."""
    command = [sys.executable, "-c", READ_AND_WRITE, *missing]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.returncode == 0, done.stderr
    has_libyaml, _, said = done.stdout.partition("\n")
    return has_libyaml, said


def test_all_is_read_and_written_alike_without_libyaml() -> None:
    """Files of the data, front matter of pages and what is wrong with them are the same with and without libyaml."""
    has_libyaml, said = read_and_written("yaml._yaml")
    assert (has_libyaml, said) == ("False", read_and_written()[1])
    assert "Anytown" in said
    assert "EV201" in said
