"""ES modules joined into one file without comments, which does what they do.

This is no bundler: it joins modules of one plain shape, ours, and refuses any other. Each becomes a function that runs
once and gives what the module exports, so that names at the top of two modules never meet.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

_COMMENT = re.compile(r"/\*\*(?:(?!@license).)*?\*/[ \t]*|^[ \t]*//[^\n]*$", re.DOTALL | re.MULTILINE)
"""JSDoc, and line comments that have their lines to themselves."""
_IMPORT = re.compile(r'^import (?:(\w+ from|\{[\w,\s]+\} from) )?"(\.{1,2}/[^"]+)"$\n?', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async function|function|class|const) (\w+))", re.MULTILINE)
_DEFAULT = re.compile(r"^export default (\w+)$\n?", re.MULTILINE)
_DOOR = re.compile(r'\bimport\("(\.{1,2}/[^"]+)"\)')
_PLACE = re.compile(r'new URL\("(\.{1,2}/[^"]*)", import\.meta\.url\)')
_LEFT_OVER = re.compile(r"^(?:import|export)\b.*|\bimport\b\(.*|\bimport\.meta.*", re.MULTILINE)


class NotJoinedError(ValueError):
    """Something that the one file could not have; the words say where and what."""


def joined(entries: Sequence[str], modules: Mapping[str, str], place: str, files: Mapping[str, str]) -> str:
    """Return one file that runs the modules ``entries`` in order, and exports what the first of them exports.

    ``modules`` are path to text of all modules, ``place`` is the path at which the file will stand, ``files`` are path
    of a module to that of the file that begins with it. ``import()`` of a module opens that file, and ``new URL(…,
    import.meta.url)`` leads to what it led to from the module's own place, or to that file.

    Raises ``NotJoinedError`` for modules of another shape: another kind of import or export, a template over several
    lines, another question where it is; also for a module that is not there, and for ``import()`` of one without file.
    """
    order = _closure(entries, modules)
    parts = [_inside(path, modules[path], place, order, files) for path in order]
    _, exported = _exports(modules[entries[0]])
    if exported:
        parts.append(f"export const {{ {', '.join(exported)} }} = {_name(entries[0])}\n")
    return re.sub(r"\s*\n\s*", "\n", "".join(parts)).lstrip("\n")


def doors(entries: Iterable[str], modules: Mapping[str, str]) -> list[str]:
    """Return the modules that these, or what they import, open by ``import()`` and do not have among them.

    Those that the opened ones open in turn are among the answer.
    """
    found: dict[str, None] = {}
    waiting = [tuple(entries)]
    while waiting:
        order = _closure(waiting.pop(), modules)
        opened = (_at(path, target) for path in order for target in _DOOR.findall(_code(modules[path])))
        new = [target for target in dict.fromkeys(opened) if target not in order and target not in found]
        found |= dict.fromkeys(new)
        waiting += [(target,) for target in new]
    return list(found)


def _closure(entries: Iterable[str], modules: Mapping[str, str]) -> dict[str, None]:
    """Return the modules and all that they import, each after those that it imports, as they would run."""
    order: dict[str, None] = {}
    for entry in entries:
        order |= dict.fromkeys(_in_order(entry, modules, {**order}))
    return order


def _in_order(path: str, modules: Mapping[str, str], seen: dict[str, None]) -> Iterator[str]:
    if path in seen:
        return
    seen[path] = None
    if path not in modules:
        raise NotJoinedError(f"{path} is imported and not there")
    for _, target in _IMPORT.findall(_code(modules[path])):
        yield from _in_order(_at(path, target), modules, seen)
    yield path


def _inside(path: str, module: str, place: str, order: Iterable[str], files: Mapping[str, str]) -> str:
    """Return a module as a function that has run: without comments, imports and the word export."""
    code, exported = _exports(module)

    def imported(found: re.Match[str]) -> str:
        names, target = found[1], _name(_at(path, found[2]))
        if not names:
            return ""
        left = names.removesuffix(" from").replace(" as ", ": ")
        return f"const {left if left.startswith('{') else f'{{ default: {left} }}'} = {target};\n"

    def door(found: re.Match[str]) -> str:
        target = _at(path, found[1])
        if target in order:
            return f"Promise.resolve().then(() => {_name(target)})"  # not before all of this file has run
        if target not in files:
            raise NotJoinedError(f"{path} cannot be joined: no file begins with {target}")
        return f'import("{_from(place, files[target])}")'

    def led(found: re.Match[str]) -> str:
        target = _at(path, found[1])
        return f'new URL("{_from(place, files.get(target, target))}", import.meta.url)'

    code = _PLACE.sub(led, _DOOR.sub(door, _IMPORT.sub(imported, code)))
    if left := _LEFT_OVER.search(_PLACE.sub("", _DOOR.sub("", code))):
        raise NotJoinedError(f"{path} cannot be joined: {left[0]}")
    if any(line.count("`") % 2 for line in code.splitlines()):
        raise NotJoinedError(f"{path} has a template over several lines, whose white space would be lost")
    return f"const {_name(path)} = (() => {{\n{code}\nreturn {{ {', '.join(exported)} }}\n}})();\n"


def _exports(module: str) -> tuple[str, list[str]]:
    """Return a module's code without the word export, and what the object of its exports has."""
    code = _code(module)
    exported = _EXPORT.findall(code)
    if default := _DEFAULT.search(code):
        exported.append(f"default: {default[1]}")
    return _DEFAULT.sub("", _EXPORT.sub("", code)), exported


def _code(module: str) -> str:
    return _COMMENT.sub("", module)


def _at(path: str, target: str) -> str:
    """Return the path of what a module calls ``target``; a folder keeps the slash at its end."""
    found = posixpath.normpath(posixpath.join(posixpath.dirname(path), target))
    return "" if found == "." else f"{found}/" if target.endswith("/") else found


def _from(place: str, target: str) -> str:
    """Return how a file at ``place`` calls what is at ``target``."""
    found = posixpath.relpath(f"/{target}", f"/{posixpath.dirname(place)}")
    return f"{found}/" if target.endswith("/") or not target else found if found.startswith(".") else f"./{found}"


def _name(path: str) -> str:
    """Return what the exports of a module are called in the one file."""
    return "$" + re.sub(r"\W", "_", path.removeprefix("assets/").removeprefix("javascripts/").removesuffix(".js"))
