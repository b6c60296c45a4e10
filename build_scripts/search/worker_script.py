"""The worker's script as one file without comments: what is measured in ``benchmarks/search/README.md``.

The one file stands elsewhere than the modules it is made of, in ``assets/search/engine/``; so only the module that it
begins with may ask where it is, and means there. This is no bundler: it joins modules of one plain shape, ours, and
refuses any other.
"""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Iterator, Mapping

_COMMENT = re.compile(r"/\*\*(?:(?!@license).)*?\*/[ \t]*|^[ \t]*//[^\n]*$", re.DOTALL | re.MULTILINE)
"""JSDoc, and line comments that have their lines to themselves."""
_IMPORT = re.compile(r'^import (?:(?:\w+|\{ \w+(?:, \w+)* \}) from )?"(\.{1,2}/[^"]+)"$\n?', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async function|function|class|const) )", re.MULTILINE)
_DEFAULT = re.compile(r"^export default (.+)\n", re.MULTILINE)
_TOP = re.compile(r"^(?:async function|function|class|const|let) (\w+)", re.MULTILINE)
_LEFT_OVER = re.compile(r"^(?:import|export)\b.*|\bimport\(.*", re.MULTILINE)


def worker_script(entry: str, modules: Mapping[str, str]) -> str:
    """Return one module that does what the module ``entry`` does: path to text of it and of all that it imports.

    A module with a default export is known by its file's name everywhere. Raises ``ValueError`` for what the one file
    could not have: a name at the top of two modules, another kind of import or export, a template over several lines,
    a module beside ``entry`` that asks where it is.
    """
    order = list(_in_order(entry, modules, {}))
    parts = [_inside(path, modules[path]) for path in order]
    names = Counter(name for part in parts for name in _TOP.findall(part))
    if lost := next((path for path in order[:-1] if "import.meta" in _COMMENT.sub("", modules[path])), None):
        raise ValueError(f"{lost} cannot be joined: it asks where it is, and will be elsewhere")
    if twice := sorted(name for name, count in names.items() if count > 1):
        raise ValueError(f"{entry} imports modules that have the same names at their top: {', '.join(twice)}")
    return re.sub(r"\s*\n\s*", "\n", "".join(parts)).lstrip("\n")


def _in_order(path: str, modules: Mapping[str, str], seen: dict[str, None]) -> Iterator[str]:
    """Yield a module after those that it imports, as they would run."""
    if path in seen:
        return
    seen[path] = None
    if path not in modules:
        raise ValueError(f"{path} is imported and not there")
    for imported in _IMPORT.findall(_COMMENT.sub("", modules[path])):
        yield from _in_order(posixpath.normpath(posixpath.join(posixpath.dirname(path), imported)), modules, seen)
    yield path


def _inside(path: str, module: str) -> str:
    """Return a module without comments, imports and the word export."""
    code = _EXPORT.sub("", _IMPORT.sub("", _COMMENT.sub("", module)))
    if default := _DEFAULT.search(code):
        name = posixpath.splitext(posixpath.basename(path))[0]
        inner = _DEFAULT.sub("", code).replace("\n", "\n ")
        code = f"const {name} = (() => {{\n {inner}\n return {default[1]}\n}})()\n"
    if left := _LEFT_OVER.search(code):
        raise ValueError(f"{path} cannot be joined: {left[0]}")
    if any(line.count("`") % 2 for line in code.splitlines()):
        raise ValueError(f"{path} has a template over several lines, whose white space would be lost")
    return code
