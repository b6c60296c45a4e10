"""lunr.js as an ES module, which a module worker can import: the file that MkDocs brings only works as a classic
script, and two thirds of it are comments."""

from __future__ import annotations

import re

_COMMENT = re.compile(r"^[ \t]*(?:/\*.*?\*/[ \t]*|//[^\n]*)\n", re.DOTALL | re.MULTILINE)
"""A comment that has its lines to itself."""
_OPENS, _CLOSES = ";(function(){\n", ";(function (root, factory) {"
"""What stands before all statements of the script, and after them: how it makes itself known to classic scripts."""
_STATEMENT = re.compile(r"^lunr\.(\w+)", re.MULTILINE)
"""How each statement begins but the first; what follows, up to the next, belongs to it."""
_GLOBAL = "})(this)"
"""``this`` is undefined at the top of a module; lunr looks there for the console."""
UNUSED = {
    *("FieldRef", "Set", "idf", "tokenizer", "Vector", "Index", "Builder", "MatchData"),
    *("Query", "QueryParseError", "QueryLexer", "QueryParser"),
}
"""Parts of lunr that make an index, hold it whole or say what is asked of it."""


def lunr_module(script: str) -> str:
    """Return the module of a lunr.js 2.3.9 as it is published: its first comment with the licence, the code of the
    parts that the search uses, default export.

    Raises ``ValueError`` for a script of another version or shape.
    """
    licence, end, rest = script.partition("*/\n")
    before, _, inside = _COMMENT.sub("", rest).partition(_OPENS)
    code, _, after = inside.partition(_CLOSES)
    starts = [found.start() for found in _STATEMENT.finditer(code)]
    statements = [code[start:stop] for start, stop in zip(starts, [*starts[1:], len(code)], strict=True)]
    names = [re.split(r"\W", statement, maxsplit=2)[1] for statement in statements]
    sound = 'lunr.version = "2.3.9"' in code and code.count(_GLOBAL) == 1 and UNUSED.issubset(names) and after
    if not sound or before.strip() or "@license MIT" not in licence:
        raise ValueError("the lunr.js of the installed MkDocs is not the 2.3.9 that the index is made for")
    used = [statement for name, statement in zip(names, statements, strict=True) if name not in UNUSED]
    lean = re.sub(r"\n\s+", "\n", "".join([code[: starts[0]], *used])).replace(_GLOBAL, "})(globalThis)")
    return f"{licence}{end}{lean}export default lunr\n"
