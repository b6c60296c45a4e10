"""lunr.js as a module: what is left of it does what it did, and another lunr.js is refused."""

from __future__ import annotations

import json
from importlib import resources
from pathlib import Path

import pytest

from build_scripts.search.lunr_module import UNUSED, lunr_module
from tests.helpers.scripts import NODE, run

SCRIPT = (resources.files("mkdocs") / "contrib/search/templates/search/lunr.js").read_text("utf-8")
WORDS = ["pathways", "carers’", "delayed", "the", "interpretation", "councils", "of", "2035", "wheelchairs", "agreed"]
COMPARED = f"""
import {{ createRequire }} from "node:module"
import lean from "./lean.mjs"

const whole = createRequire(import.meta.url)("./whole.cjs")
const words = {json.dumps(WORDS)}

function results(lunr) {{
  const pipeline = lunr.Pipeline.load(["stopWordFilter", "stemmer"])
  const terms = [...new Set(words.flatMap((word) => pipeline.runString(word)))].sort()
  const set = lunr.TokenSet.fromArray(terms)
  const found = ["c*", "*ed", "w*r", "2035"].map((word) => set.intersect(lunr.TokenSet.fromString(word)).toArray())
  return JSON.stringify([terms, found, lunr.version])
}}

console.log(results(lean) === results(whole), Object.keys(lean).join(" "))
"""


def test_what_is_left_does_what_it_did(tmp_path: Path) -> None:
    """Stemmer, stop words and wildcards are those of lunr.js as MkDocs brings it."""
    (tmp_path / "whole.cjs").write_text(SCRIPT, "utf-8")
    (tmp_path / "lean.mjs").write_text(lunr_module(SCRIPT), "utf-8")
    (tmp_path / "compare.mjs").write_text(COMPARED, "utf-8")
    done = run(NODE, "compare.mjs", root=tmp_path)
    same, *parts = done.stdout.split()
    assert same == "true", done.stderr
    assert not UNUSED & set(parts)
    assert "@license MIT" in lunr_module(SCRIPT)


@pytest.mark.parametrize(
    ("part", "instead"),
    [
        ('lunr.version = "2.3.9"', 'lunr.version = "2.4.0"'),
        ("lunr.QueryLexer", "lunr.Lexer"),
        ("})(this)", "})(self)"),
        (";(function (root, factory) {", "(function (root, factory) {"),
        ("@license MIT", ""),
    ],
)
def test_another_lunr_is_refused(part: str, instead: str) -> None:
    """A lunr.js of another version or shape stops the build: the index is made for this one."""
    with pytest.raises(ValueError, match=r"not the 2\.3\.9"):
        lunr_module(SCRIPT.replace(part, instead))
