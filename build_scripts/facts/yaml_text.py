"""Read YAML strictly: plain values, the line of each, and a problem for everything that YAML would pass over.

YAML as MkDocs and PyYAML read it (version 1.1) silently turns ``no`` into false, drops all from `` #`` on, keeps
the last of two equal keys and lets a file build objects. Here each of these is a problem with its line.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, deque
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice
from typing import Any, cast

import yaml

from build_scripts.model.evidence import SourceFile
from build_scripts.model.libyaml import LOADER
from build_scripts.model.problems import LONGEST_SHOWN, Problem, garbled, shown

Path = tuple[str | int, ...]
"""Where a value stands in the document: keys and list positions from the top."""

DEEPEST = 12
"""Lists and keys inside each other: twice what any of our files needs, and few enough never to exhaust Python."""

MOST_VALUES = 20_000
"""Keys, values and lists of a file: four times what our largest has, the themes."""

_READ_OTHERWISE = re.compile(r"[\t!]|(?:\A|[\s\[{,])\?|[|>][-+\d]*#")
"""Signs of which libyaml makes something else than PyYAML's own parser does; “?” in a word is another in brackets."""
_CONSTRUCTOR = yaml.constructor.SafeConstructor()
_STRING = "tag:yaml.org,2002:str"
_SURE_INTEGER = re.compile(r"-?(0|[1-9][0-9]{0,14})\Z")
_SURE_FLOAT = re.compile(r"-?(0|[1-9][0-9]{0,14})\.[0-9]{1,15}\Z")
_SPACES = "\xa0\u1680\u2000-\u200a\u202f\u205f\u3000"
_UNSEEN = (
    "\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u034f\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff"
    "\ufeff\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f"
)
_UNUSUAL = re.compile(f"[{_SPACES}{_UNSEEN}]")
_LIKE_SPACE = re.compile(f"[{_SPACES}\x85\u2028\u2029]")

_LINE_END = re.compile(rb"\r\n|\r|\n")

_QUOTE = "put the whole value in double quotes"
_INDENT = "begin it below the first letter of the line that it goes with; put text with quotes in it in double quotes"
# PyYAML's words for what is wrong, and ours: (what it says, what is wrong, how to mend it, whether the line is the
# one where the broken value begins).
_PLAIN_WORDS: tuple[tuple[str, str, str, bool], ...] = (
    ("found character '\\t'", "a tab stands here", "use spaces in its place", False),
    (
        "mapping values are not allowed",
        "a colon with a space after it stands in the middle of a value, or the line begins too far to the right",
        f"{_QUOTE}, or begin the line below the first letter of the line above",
        False,
    ),
    ("that cannot start any token", "text without quotes cannot begin with this sign", _QUOTE, False),
    ("while scanning an alias", "text without quotes cannot begin with *", _QUOTE, False),
    ("while scanning an anchor", "text without quotes cannot begin with &", _QUOTE, False),
    ("while scanning a tag", "text without quotes cannot begin with !", _QUOTE, False),
    ("while parsing a tag", "text without quotes cannot begin with !", _QUOTE, False),
    ("undefined tag handle", "text without quotes cannot begin with !", _QUOTE, False),
    ("while scanning a directive", "text without quotes cannot begin with %", _QUOTE, False),
    ("while scanning a block scalar", "text without quotes cannot begin with > or |", _QUOTE, False),
    ("could not find expected ':'", "the line is no key with a colon after it", _INDENT, True),
    ("unexpected end of stream", "the quotation mark that opens here is never closed", "close it", True),
    ("document separator", "the quotation mark that opens here is never closed", "close it", True),
    (
        "expected ',' or ']'",
        "the list that “[” opens here goes wrong or is never closed",
        "put a comma between items and “]” at its end",
        True,
    ),
    (
        "expected ',' or '}'",
        "the keys that “{” opens here go wrong or are never closed",
        "put a comma between them and “}” at their end",
        True,
    ),
    ("expected <block end>", "the line does not go with the lines above it", _INDENT, False),
    ("expected the node content", "a value is missing or cannot begin so", _QUOTE, False),
    ("sequence entries are not allowed", "no list can begin here", f"begin it on the next line, or {_QUOTE}", False),
    (
        "while scanning a double-quoted scalar",
        "in double quotes a backslash “\\” begins a sign of its own, and this is none",
        "write two backslashes for one",
        False,
    ),
)


@dataclass(frozen=True, slots=True)
class Document:
    """A YAML file: its values as dicts, lists, strings, numbers, true, false and None, and where each stands.

    Keys are always text: ``no:`` and ``1:`` are the keys ``"no"`` and ``"1"``.
    """

    path: str
    value: Any
    lines: Mapping[Path, int] = field(default_factory=dict)

    def line(self, *where: str | int) -> int:
        """Return the line of a value, or of the nearest thing around it that has one."""
        while where and where not in self.lines:
            where = where[:-1]
        return self.lines.get(where, 1)


def read_text(source: SourceFile) -> tuple[str | None, tuple[Problem, ...]]:
    """Return a file's text, its lines ended by ``\\n``, None when it is not UTF-8 (EV101), and what is wrong with it.

    Garbled letters are one problem (EV101), and each unusual character is one (EV108).
    Unusual characters are made plain or left out, so that all else that is wrong can be seen too.
    """
    try:
        text = source.data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = len(_LINE_END.split(source.data[: error.start]))
        what = f"byte 0x{source.data[error.start]:02x} is not UTF-8"
        return None, (Problem(source.path, line, "EV101", what, "save the file with the encoding UTF-8"),)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    rows = text.split("\n")
    places = [(letter, line) for line, row in enumerate(rows, 1) for letter in set(_UNUSUAL.findall(row))]
    counts = Counter(letter for letter, _ in places)
    first = dict(reversed(places))
    problems = tuple(sorted(_unusual(source.path, line, letter, counts[letter]) for letter, line in first.items()))
    wrong = garbled(source.path, rows, "type the words around it again and save the file as UTF-8")
    return _UNUSUAL.sub("", _LIKE_SPACE.sub(" ", text)), (*problems, *wrong)


def _unusual(path: str, line: int, letter: str, lines: int = 1) -> Problem:
    name = unicodedata.name(letter, "control character").lower()
    more = "" if lines == 1 else f", here and in {lines - 1} more line{'' if lines == 2 else 's'}"
    mend = (
        "put a plain space in its place" if _LIKE_SPACE.match(letter) else "delete it, or type what is around it again"
    )
    return Problem(path, line, "EV108", f"{name} (U+{ord(letter):04X}){more}", mend)


@lru_cache(maxsize=500)
def read_yaml(source: SourceFile) -> tuple[Document | None, tuple[Problem, ...]]:
    """Return the document, None when it cannot be read, and what is wrong with it as YAML.

    Problems EV101, EV102, EV107, EV108, EV201 to EV203, EV206 (keys) and EV208. Two states of a collection have most
    files in common: a file is read once, and what it holds must not be changed.
    """
    text, unusual = read_text(source)
    if text is None:
        return None, unusual
    line = 1
    try:
        events: list[yaml.Event] = []
        refused, line = _refused(source.path, text, events)
        node = None if refused else _Composer(events).get_single_node()
    except yaml.MarkedYAMLError as error:
        return None, (*unusual, _not_yaml(source.path, error))
    except (yaml.YAMLError, ValueError, OverflowError):  # PyYAML lets go of the last two where a number is too large
        what = "the file has a number or sign that YAML cannot read"
        return None, (*unusual, Problem(source.path, line, "EV201", what, "type the line again"))
    if refused:
        return None, (*unusual, *refused)
    if node is None:
        return None, (*unusual, Problem(source.path, 1, "EV102", "the file is empty", "fill it in or remove it"))
    reader = _Reader(source.path, text.splitlines())
    value = reader.value(node, ())
    return Document(source.path, value, reader.lines), (*unusual, *reader.problems)


def _not_yaml(path: str, error: yaml.MarkedYAMLError) -> Problem:
    """Return what PyYAML found in words for somebody who does not know YAML."""
    said = " ".join(part for part in (error.context, error.problem) if part)
    mark = error.problem_mark or error.context_mark
    for words, what, mend, at_start in _PLAIN_WORDS:
        if words in said:
            mark = error.context_mark if at_start and error.context_mark else mark
            return Problem(path, mark.line + 1 if mark else 1, "EV201", what, mend)
    mend = "put text with : # or quotes in it in double quotes"
    return Problem(path, mark.line + 1 if mark else 1, "EV201", f"not YAML: {said}", mend)


def _refused(path: str, text: str, events: list[yaml.Event]) -> tuple[tuple[Problem, ...], int]:
    """Return a problem for every anchor, alias, tag and second document, and the last line read.

    Nothing is read below a value that stands too deep, nor below one too many: then that is the only problem. What was
    read is put into ``events``.
    """
    problems: list[Problem] = []
    documents = depth = values = 0
    line = 1
    for event in _events(text):
        events.append(event)
        line = event.start_mark.line + 1 if event.start_mark else line
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > DEEPEST:
            what = f"more than {DEEPEST} lists or keys stand inside each other"
            problems.append(Problem(path, line, "EV201", what, "remove brackets and dashes that do not belong there"))
            break
        values += isinstance(event, yaml.NodeEvent)
        if values > MOST_VALUES:
            what = f"the file has more than {MOST_VALUES:,} keys and values"
            return (Problem(path, line, "EV107", what, "remove what does not belong there"),), line
        if isinstance(event, yaml.DocumentStartEvent):
            documents += 1
            if documents == 2:
                what = "a second document begins here"
                problems.append(Problem(path, line, "EV208", what, "remove the line of three dashes"))
        elif isinstance(event, yaml.AliasEvent):
            problems.append(Problem(path, line, "EV208", _sign(f"*{event.anchor}"), _QUOTE))
        elif isinstance(event, (yaml.ScalarEvent, yaml.CollectionStartEvent)):
            if event.anchor:
                problems.append(Problem(path, line, "EV208", _sign(f"&{event.anchor}"), _QUOTE))
            if event.tag:
                problems.append(
                    Problem(path, line, "EV208", _sign(event.tag.replace("tag:yaml.org,2002:", "!!")), _QUOTE)
                )
    return tuple(problems), line


def _events(text: str) -> Iterator[yaml.Event]:
    """Yield what PyYAML's own parser finds, by libyaml, which takes a twentieth of the time and has other words."""
    read = 0
    brackets: list[bool | None] = []
    if not _READ_OTHERWISE.search(text):
        with suppress(yaml.YAMLError):
            for event in yaml.parse(text, Loader=LOADER):
                if isinstance(event, yaml.CollectionStartEvent):
                    brackets.append(event.flow_style)
                elif isinstance(event, yaml.CollectionEndEvent):
                    brackets.pop()
                elif isinstance(event, yaml.ScalarEvent) and _is_otherwise(event.value, brackets):
                    break
                yield event
                read += 1
            else:
                return
    yield from islice(yaml.parse(text, Loader=yaml.SafeLoader), read, None)


def _is_otherwise(value: str, brackets: list[bool | None]) -> bool:
    """Return whether libyaml reads this in brackets otherwise, or finds a document with nothing in it elsewhere."""
    return ("?" in value and any(brackets)) or (not value and not brackets)


def _sign(words: str) -> str:
    return f"YAML takes {shown(words)} for an instruction, not for text"


class _Composer(yaml.composer.Composer, yaml.resolver.Resolver):
    """Makes nodes of events that were read before: reading them is what takes long."""

    def __init__(self, events: list[yaml.Event]) -> None:
        yaml.composer.Composer.__init__(self)
        yaml.resolver.Resolver.__init__(self)
        self._events = deque(events)

    def check_event(self, *kinds: type[yaml.Event]) -> bool:
        """Return whether another event comes, of one of these kinds where there are any."""
        return bool(self._events) and (not kinds or isinstance(self._events[0], kinds))

    def peek_event(self) -> yaml.Event:
        """Return the next event, and leave it there."""
        return self._events[0]

    def get_event(self) -> yaml.Event:
        """Take the next event."""
        return self._events.popleft()


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
            if not isinstance(key_node, yaml.ScalarNode):
                what = "a key must be text, not a list or keys with values"
                self.problems.append(Problem(self.path, line, "EV206", what, "write a plain word before the colon"))
                continue
            key = self._seen(key_node.value, line)
            if key in result:
                what = f"key {shown(key)} stands twice, first in line {self.lines[(*where, key)]}"
                self.problems.append(Problem(self.path, line, "EV202", what, "keep the one that is right"))
                continue
            self.lines[(*where, key)] = line
            result[key] = self.value(value_node, (*where, key))
        return result

    def _seen(self, text: str, line: int) -> str:
        """Return the text without the unusual characters that escapes such as ``\\u200b`` have put into it."""
        for letter in sorted(set(_UNUSUAL.findall(text))):
            self.problems.append(_unusual(self.path, line, letter))
        return _UNUSUAL.sub("", _LIKE_SPACE.sub(" ", text))

    def _scalar(self, node: yaml.ScalarNode) -> Any:
        text, line = node.value, node.start_mark.line + 1
        if node.style:
            return self._seen(text, line)
        after = self.text[node.end_mark.line][node.end_mark.column :].lstrip() if text else ""
        if after.startswith("#") and node.tag == _STRING:
            what = f"YAML drops everything from # on: only {shown(text)} is read"
            mend = "put the whole value in double quotes, or the comment on a line of its own"
            self.problems.append(Problem(self.path, line, "EV203", what, mend))
        if node.tag == _STRING or text in ("true", "false", ""):
            return _CONSTRUCTOR.construct_object(node)
        if _SURE_INTEGER.match(text):
            return int(text)
        if _SURE_FLOAT.match(text):
            return float(text)
        kind = node.tag.rsplit(":", 1)[-1]
        words = {"bool": "true or false", "int": "a number", "float": "a number", "timestamp": "a date"}
        what = f"without quotes YAML reads {shown(text)} as {words.get(kind, 'nothing')}, not as the text you see"
        self.problems.append(Problem(self.path, line, "EV203", what, f'write "{text[:LONGEST_SHOWN]}"'))
        return text
