"""lunr.js as ES modules, which a module worker can import: the file that MkDocs brings only works as a classic script,
two thirds of it are comments, and most of the rest makes an index or holds it whole.

Every query asks for what makes terms of words; only words with stars ask for lunr's sets of words.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

_COMMENT = re.compile(r"^[ \t]*(?:/\*.*?\*/[ \t]*|//[^\n]*)\n", re.DOTALL | re.MULTILINE)
"""A comment that has its lines to itself."""
_OPENS, _CLOSES = ";(function(){\n", ";(function (root, factory) {"
"""What stands before all statements of the script, and after them: how it makes itself known to classic scripts."""
_STATEMENT = re.compile(r"^lunr\.(\w+)", re.MULTILINE)
"""How each statement begins but the first; what follows, up to the next, belongs to it."""
MODULES: Mapping[str, frozenset[str]] = {
    "assets/search/lunr.js": frozenset({"version", "Token", "stemmer", "generateStopWordFilter", "stopWordFilter"}),
    "assets/search/lunr-sets.js": frozenset({"TokenSet"}),
}
"""Path of each module to the parts of lunr that it has."""


def lunr_modules(script: str) -> dict[str, str]:
    """Return the modules of a lunr.js 2.3.9, by their paths: each has the first comment with the licence, the code of
    its parts, and as its default export the object that holds them.

    Raises ``ValueError`` for a script of another version or shape.
    """
    licence, end, rest = script.partition("*/\n")
    before, _, inside = _COMMENT.sub("", rest).partition(_OPENS)
    code, _, after = inside.partition(_CLOSES)
    starts = [found.start() for found in _STATEMENT.finditer(code)]
    statements = [code[start:stop] for start, stop in zip(starts, [*starts[1:], len(code)], strict=True)]
    names = [re.split(r"\W", statement, maxsplit=2)[1] for statement in statements]
    sound = 'lunr.version = "2.3.9"' in code and set().union(*MODULES.values()).issubset(names) and after
    if not sound or before.strip() or "@license MIT" not in licence:
        raise ValueError("the lunr.js of the installed MkDocs is not the 2.3.9 that the index is made for")
    found = {}
    for path, parts in MODULES.items():
        used = (statement for name, statement in zip(names, statements, strict=True) if name in parts)
        found[path] = f"{licence}{end}const lunr = {{}}\n{''.join(used)}\nexport default lunr\n"
    return found
