"""ES modules joined into one file without comments, which does what they do.

This is no bundler: it joins modules of one plain shape, ours, and refuses any other. They stand one after another, each
behind what it imports, without the words import and export. A module that has a name of its own at its top that
another one has there too, for itself or for others, becomes a function that runs once, so that the two never meet. What
is exported has one name in a file.

No name at the top may be one that a browser gives to every script, since another module would find it in its place:
a test asks a browser.
"""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

_COMMENT = re.compile(r"/\*\*(?:(?!@license).)*?\*/[ \t]*|^[ \t]*//[^\n]*$", re.DOTALL | re.MULTILINE)
"""JSDoc, and line comments that have their lines to themselves."""
_IMPORT = re.compile(r'^import (?:([\w$]+|\{[\w$,\s]+\}) from )?"(\.{1,2}/[^"]+)"$\n?', re.MULTILINE)
_IMPORTED = re.compile(r"([\w$]+)(?: as ([\w$]+))?")
_EXPORT = re.compile(r"^export (?=(?:(?:async )?function\*?|class|const) ([\w$]+))", re.MULTILINE)
_DEFAULT = re.compile(r"^export default ([\w$]+)$\n?", re.MULTILINE)
_TOP = re.compile(r"^(?:(?:async )?function\*?|class|const|let|var) ([\w$]+|[\[{][^\n=]*[\]}])", re.MULTILINE)
"""A name at the top of a module, or several in brackets: what begins its line."""
_ASIDE = re.compile(
    r"(?P<before>[=(,:!&|?>\[]\s*|\breturn )/(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n\[])+/"
    r"|\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\\n])*`|//[^\n]*"
)
"""Regular expressions, texts and comments, whose brackets and commas are none."""
_INNERMOST = re.compile(r"[(\[{][^()\[\]{}]*[)\]}]")
_SEVERAL = re.compile(r"^(?:const|let|var) [^;,\n]*(?:\n[ \t]+[^;,\n]*)*\s*,\s*[\w$]*", re.MULTILINE)
"""A declaration at the top, where nothing in brackets is left, that goes on to a second name."""
_DOOR = re.compile(r'\bimport\("(\.{1,2}/[^"]+)"\)')
_PLACE = re.compile(r'new URL\("(\.{1,2}/[^"]*)", import\.meta\.url\)')
_LEFT_OVER = re.compile(r"^(?:import|export)\b.*|\bimport\b\(.*|\bimport\.meta.*", re.MULTILINE)

_Exports = Mapping[str, str]
"""What a module exports: the name that others import, to the module's own name for it."""


class NotJoinedError(ValueError):
    """Something that the one file could not have; the words say where and what."""


def joined(entries: Sequence[str], modules: Mapping[str, str], place: str, files: Mapping[str, str]) -> str:
    """Return one file that runs the modules ``entries`` in order, and exports what the first of them exports.

    ``modules`` are path to text of all modules, ``place`` is the path at which the file will stand, ``files`` are path
    of a module to that of the file that begins with it. ``import()`` of a module opens that file, and ``new URL(…,
    import.meta.url)`` leads to what it led to from the module's own place, or to that file.

    Raises ``NotJoinedError`` for modules of another shape: another kind of import or export, a template over several
    lines, another question where it is, two names declared at once; also for a module that is not there, for
    ``import()`` of one without file, for two that export the same name, and for one that asks another for a name that
    it has for something of its own.
    """
    exports = {path: _exports(modules[path]) for path in _closure(entries, modules)}
    public = {path: set(exported.values()) for path, exported in exports.items()}
    owners: dict[str, str] = {}
    for path, names in public.items():
        for own in sorted(names):
            if owners.setdefault(own, path) != path:
                raise NotJoinedError(f"{path} and {owners[own]} both export {own}: give one of them another name")
    code = {path: _inside(path, modules[path], place, exports, files) for path in exports}
    tops = {path: top_names(text) for path, text in code.items()}
    often = Counter(name for top in tops.values() for name in top)
    parts = [
        _apart(text, exports[path]) if any(often[name] > 1 for name in tops[path] - public[path]) else text
        for path, text in code.items()
    ]
    if exported := exports[entries[0]]:
        given = (own if own == name else f"{own} as {name}" for name, own in exported.items())
        parts.append(f"export {{ {', '.join(given)} }}\n")
    return re.sub(r"\s*\n\s*", "\n", "\n".join(parts)).lstrip("\n")


def top_names(module: str) -> set[str]:
    """Return the names at the top of a module, but for those that it imports."""
    return {name for found in _TOP.findall(_EXPORT.sub("", _code(module))) for name in re.findall(r"[\w$]+", found)}


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


def _inside(path: str, module: str, place: str, exports: Mapping[str, _Exports], files: Mapping[str, str]) -> str:
    """Return the code of a module as it stands in the one file, whose modules have these ``exports``."""
    asked: dict[str, str] = {}

    def reached(target: str, name: str) -> str:
        """The name of another module's export, which nothing at the top of this one may have."""
        asked[name] = target
        return name

    def imported(found: re.Match[str]) -> str:
        """What is imported is there already; where the module calls it otherwise, it gets that name too."""
        target, names = _at(path, found[2]), found[1] or ""
        pairs = _IMPORTED.findall(names) if names.startswith("{") else [("default", names)] if names else []
        called = [(own or name, reached(target, exports[target].get(name, name))) for name, own in pairs]
        return "".join(f"const {own} = {name}\n" for own, name in called if own != name)

    def door(found: re.Match[str]) -> str:
        target = _at(path, found[1])
        if target in exports:  # not before all of this file has run
            theirs = [(name, reached(target, own)) for name, own in exports[target].items()]
            given = ", ".join(own if own == name else f"{name}: {own}" for name, own in theirs)
            return f"Promise.resolve().then(() => ({{ {given} }}))"
        if target not in files:
            raise NotJoinedError(f"{path} cannot be joined: no file begins with {target}")
        return f'import("{_from(place, files[target])}")'

    def led(found: re.Match[str]) -> str:
        target = _at(path, found[1])
        return f'new URL("{_from(place, files.get(target, target))}", import.meta.url)'

    plain = _DEFAULT.sub("", _EXPORT.sub("", _code(module)))
    code = _PLACE.sub(led, _DOOR.sub(door, _IMPORT.sub(imported, plain)))
    if left := _LEFT_OVER.search(_PLACE.sub("", _DOOR.sub("", code))):
        raise NotJoinedError(f"{path} cannot be joined: {left[0]}")
    if any(line.count("`") % 2 for line in code.splitlines()):
        raise NotJoinedError(f"{path} has a template over several lines, whose white space would be lost")
    if hidden := sorted(asked.keys() & top_names(code)):
        what = f"{path} has a name {hidden[0]} of its own and asks for that of {asked[hidden[0]]}"
        raise NotJoinedError(f"{what}: give one of them another name")
    if several := _SEVERAL.search(_outermost(plain)):
        raise NotJoinedError(f"{path} cannot be joined, it declares two names at once: {' '.join(several[0].split())}")
    return code


@lru_cache(maxsize=500)
def _outermost(code: str) -> str:
    """Return code with a sign in place of each text, and of whatever stands in brackets."""
    code, more = _ASIDE.sub(lambda found: f"{found['before'] or ''}_", code), 1
    while more:
        code, more = _INNERMOST.subn("_", code)
    return code


def _apart(code: str, exported: _Exports) -> str:
    """Return the code of a module as a function that has run, and gave what it exports."""
    names = ", ".join(exported.values())
    return f"const {{ {names} }} = (() => {{\n{code}\nreturn {{ {names} }}\n}})();"


def _exports(module: str) -> _Exports:
    code = _code(module)
    exported = {name: name for name in _EXPORT.findall(code)}
    return {**exported, "default": default[1]} if (default := _DEFAULT.search(code)) else exported


@lru_cache(maxsize=500)  # a module stands in several files, and each asks for its code several times
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
