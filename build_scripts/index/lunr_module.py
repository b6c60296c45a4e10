"""lunr.js as an ES module, which a module worker can import: the file that MkDocs brings only works as a classic
script."""

from __future__ import annotations

import re

_COMMENT = re.compile(r"^[ \t]*(?:/\*.*?\*/[ \t]*|//[^\n]*)\n", re.DOTALL | re.MULTILINE)
"""A comment that has its lines to itself: two thirds of the file."""
_GLOBAL = "})(this)"
"""``this`` is undefined at the top of a module; lunr looks there for the console."""


def lunr_module(script: str) -> str:
    """Return the module of a lunr.js 2.3.9 as it is published: its first comment with the licence, code, default
    export.

    Raises ``ValueError`` for a script of another version or shape.
    """
    licence, end, code = script.partition("*/\n")
    if 'lunr.version = "2.3.9"' not in code or code.count(_GLOBAL) != 1 or "@license MIT" not in licence:
        raise ValueError("the lunr.js of the installed MkDocs is not the 2.3.9 that the index is made for")
    lean = re.sub(r"\n\s+", "\n", _COMMENT.sub("", code)).replace(_GLOBAL, "})(globalThis)")
    head = "const module = { exports: {} }, exports = module.exports, define = undefined\n"
    return f"{licence}{end}{head}{lean}export default module.exports\n"
