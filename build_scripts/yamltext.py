"""Read YAML strictly: plain values, the line of each, and a problem for everything that YAML would pass over.

YAML as MkDocs and PyYAML read it (version 1.1) silently turns ``no`` into false, drops all from `` #`` on, keeps
the last of two equal keys and lets a file build objects. Here each of these is a problem with its line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, cast

import yaml

from build_scripts.model import SourceFile
from build_scripts.problems import Problem

Path = tuple[str | int, ...]
"""Where a value stands in the document: keys and list positions from the top."""

_CONSTRUCTOR = yaml.constructor.SafeConstructor()
_NULL, _STRING = "tag:yaml.org,2002:null", "tag:yaml.org,2002:str"
_PLAIN_TAGS = {f"tag:yaml.org,2002:{kind}" for kind in ("null", "bool", "int", "float", "str", "timestamp")}
_SURE_INTEGER = re.compile(r"-?(0|[1-9][0-9]*)\Z")
_SURE_FLOAT = re.compile(r"-?(0|[1-9][0-9]*)\.[0-9]+\Z")


@dataclass(frozen=True, slots=True)
class Document:
    """A YAML file: its values as dicts, lists, strings, whole numbers, true and false, and where each stands."""

    path: str
    value: Any
    lines: Mapping[Path, int] = field(default_factory=dict)

    def line(self, *where: str | int) -> int:
        """Return the line of a value, or of the nearest thing around it that has one."""
        while where and where not in self.lines:
            where = where[:-1]
        return self.lines.get(where, 1)


def read_yaml(source: SourceFile) -> tuple[Document | None, tuple[Problem, ...]]:
    """Return the document, None when it cannot be read, and the problems EV101, EV102, EV201 to EV203 and EV208."""
    try:
        text = source.data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = source.data.count(b"\n", 0, error.start) + 1
        what = f"byte 0x{source.data[error.start]:02x} is not UTF-8"
        return None, (Problem(source.path, line, "EV101", what, "save the file as UTF-8"),)
    try:
        events = list(yaml.parse(text, Loader=yaml.SafeLoader))
        refused = tuple(_refused(source.path, events))
        if refused:
            return None, refused
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except RecursionError:
        what = "lists or keys are nested too deeply to be read"
        return None, (Problem(source.path, 1, "EV201", what, "write the values flat, as docs/data shows"),)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        what = " ".join(part for part in (error.context, error.problem) if part)
        return None, (Problem(source.path, line, "EV201", what, "put text with : # or quotes in it in double quotes"),)
    except yaml.YAMLError as error:
        what = str(error).splitlines()[0]
        return None, (Problem(source.path, 1, "EV201", what, "remove the character or type the line again"),)
    if node is None:
        return None, (Problem(source.path, 1, "EV102", "the file is empty", "fill it in or remove it"),)
    reader = _Reader(source.path, text.splitlines())
    value = reader.value(node, ())
    return Document(source.path, value, reader.lines), tuple(reader.problems)


def _refused(path: str, events: list[yaml.Event]) -> Iterator[Problem]:
    """Yield a problem for every anchor, alias, tag and second document."""
    mend = "write the value out where it stands"
    documents = 0
    for event in events:
        line = event.start_mark.line + 1 if event.start_mark else 1
        if isinstance(event, yaml.DocumentStartEvent):
            documents += 1
            if documents == 2:
                what = "a second document begins here"
                yield Problem(path, line, "EV208", what, "remove the line of three dashes")
        elif isinstance(event, yaml.AliasEvent):
            yield Problem(path, line, "EV208", f"alias *{event.anchor}", mend)
        elif isinstance(event, (yaml.ScalarEvent, yaml.CollectionStartEvent)):
            if event.anchor:
                yield Problem(path, line, "EV208", f"anchor &{event.anchor}", mend)
            if event.tag:
                yield Problem(path, line, "EV208", f"tag {event.tag!r}", mend)


class _Reader:
    """Turns nodes into values, noting the line of each and what YAML would have passed over."""

    def __init__(self, path: str, text: list[str]) -> None:
        self.path = path
        self.text = text
        self.lines: dict[Path, int] = {}
        self.problems: list[Problem] = []

    def value(self, node: yaml.Node, where: Path) -> Any:
        self.lines.setdefault(where, node.start_mark.line + 1)
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, where)
        if isinstance(node, yaml.SequenceNode):
            return [self.value(item, (*where, number)) for number, item in enumerate(node.value)]
        return self._scalar(cast(yaml.ScalarNode, node))

    def _mapping(self, node: yaml.MappingNode, where: Path) -> dict[str, Any]:
        result: dict[str, Any] = {}
        for key_node, value_node in node.value:
            line = key_node.start_mark.line + 1
            key = key_node.value if isinstance(key_node, yaml.ScalarNode) else "?"
            if key in result:
                what = f"key {key!r} stands twice"
                self.problems.append(Problem(self.path, line, "EV202", what, "keep the one that is right"))
                continue
            self.lines[(*where, key)] = line
            result[key] = self.value(value_node, (*where, key))
        return result

    def _scalar(self, node: yaml.ScalarNode) -> Any:
        text, line = node.value, node.start_mark.line + 1
        if node.style is not None:
            return text
        after = self.text[node.end_mark.line][node.end_mark.column :].lstrip()
        if after.startswith("#") and node.tag == _STRING:
            what = f"YAML drops everything from # on: only {text!r} is read"
            mend = "put the whole value in double quotes, or the comment on a line of its own"
            self.problems.append(Problem(self.path, line, "EV203", what, mend))
        if node.tag == _STRING or text in ("true", "false", ""):
            return _CONSTRUCTOR.construct_object(node)
        if _SURE_INTEGER.match(text):
            return int(text)
        if _SURE_FLOAT.match(text):
            return float(text)
        kind = node.tag.rsplit(":", 1)[-1].replace("timestamp", "date").replace("bool", "true or false")
        what = f"unquoted {text!r} is read as a {kind}, not as the text you see"
        self.problems.append(Problem(self.path, line, "EV203", what, f'write "{text}"'))
        return text
