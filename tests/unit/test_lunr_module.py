"""lunr.js as modules: what is left of it does what it did, and another lunr.js is refused."""

from __future__ import annotations

import json
from importlib import resources
from pathlib import Path

import pytest

from build_scripts.search.lunr_module import MODULES, lunr_modules
from tests.helpers.scripts import NODE, run

SCRIPT = (resources.files("mkdocs") / "contrib/search/templates/search/lunr.js").read_text("utf-8")
WORDS = ["pathways", "carers’", "delayed", "the", "interpretation", "councils", "of", "2035", "wheelchairs", "agreed"]
COMPARED = f"""
import {{ createRequire }} from "node:module"
import words from "./lunr.mjs"
import sets from "./lunr-sets.mjs"

const whole = createRequire(import.meta.url)("./whole.cjs")
const typed = {json.dumps(WORDS)}

function results(lunr) {{
  const kept = typed.map((word) => lunr.stopWordFilter(new lunr.Token(word))).filter((token) => token)
  const terms = [...new Set(kept.map((token) => lunr.stemmer(token).toString()))].sort()
  const set = lunr.TokenSet.fromArray(terms)
  const found = ["c*", "*ed", "w*r", "2035"].map((word) => set.intersect(lunr.TokenSet.fromString(word)).toArray())
  return JSON.stringify([terms, found, lunr.version])
}}

console.log(results({{ ...words, ...sets }}) === results(whole), ...Object.keys(words), ...Object.keys(sets))
"""


def test_what_is_left_does_what_it_did(tmp_path: Path) -> None:
    """Stemmer, stop words and wildcards are those of lunr.js as MkDocs brings it."""
    (tmp_path / "whole.cjs").write_text(SCRIPT, "utf-8")
    modules = lunr_modules(SCRIPT)
    for path, text in modules.items():
        (tmp_path / Path(path).with_suffix(".mjs").name).write_text(text, "utf-8")
    (tmp_path / "compare.mjs").write_text(COMPARED, "utf-8")
    done = run(NODE, "compare.mjs", root=tmp_path)
    same, *parts = done.stdout.split()
    assert same == "true", done.stderr
    assert sorted(parts) == sorted(frozenset().union(*MODULES.values()))
    assert all("@license MIT" in text for text in modules.values())


@pytest.mark.parametrize(
    ("part", "instead"),
    [
        ('lunr.version = "2.3.9"', 'lunr.version = "2.4.0"'),
        ("lunr.stemmer", "lunr.stem"),
        ("lunr.TokenSet", "lunr.Tokens"),
        (";(function (root, factory) {", "(function (root, factory) {"),
        ("@license MIT", ""),
    ],
)
def test_another_lunr_is_refused(part: str, instead: str) -> None:
    """A lunr.js of another version or shape stops the build: the index is made for this one."""
    with pytest.raises(ValueError, match=r"not the 2\.3\.9"):
        lunr_modules(SCRIPT.replace(part, instead))
