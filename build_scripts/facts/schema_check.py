"""Compare a YAML document with its JSON Schema, and say every difference in words a contributor can act on."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, cast

import jsonschema

from build_scripts.facts.yaml_text import Document, read_yaml
from build_scripts.model.days import has_shape_of_day, is_day
from build_scripts.model.evidence import SourceFile
from build_scripts.model.problems import Problem, closest, nearest, shown
from build_scripts.model.wording import counted

MOST_TOLD = 20
"""How many unknown keys of one place are told one by one."""

_KINDS = {"object": "keys with values", "array": "a list", "string": "text", "integer": "a whole number"}
_KINDS |= {"number": "a number", "boolean": "true or false", "null": "nothing"}
_CURLY = tuple("“”„‘’")


def _is_integer(_: object, value: object) -> bool:
    """Return whether a value is a whole number as it was written: JSON Schema itself lets ``89.0`` pass as 89."""
    return isinstance(value, int) and not isinstance(value, bool)


def _pattern(_: object, pattern: str, value: object, __: object) -> Iterator[jsonschema.ValidationError]:
    """Yield an error when text lacks the pattern; ``$`` is its very end, where Python lets one more line end pass."""
    exact = f"{pattern[:-1]}\\Z" if pattern.endswith("$") else pattern
    if isinstance(value, str) and not re.search(exact, value):
        yield jsonschema.ValidationError("not of the pattern")


def _unique(_: object, wanted: object, value: object, __: object) -> Iterator[jsonschema.ValidationError]:
    """Yield an error when an item of a list stands twice; jsonschema's own way may take the square of the items."""
    if wanted and isinstance(value, list) and len(set(map(_written, value))) < len(value):
        yield jsonschema.ValidationError("not unique")


def _written(item: object) -> str:
    """Return a value as text that equal ones, and no others, have in common."""
    return json.dumps(item, sort_keys=True)


_FORMATS = jsonschema.FormatChecker(formats=())


@_FORMATS.checks("date")
@_FORMATS.checks("date-or-month")
def _is_in_calendar(value: object) -> bool:
    """Return whether a day is in the calendar; what has not the shape of a day is for ``pattern`` to refuse."""
    return not isinstance(value, str) or not has_shape_of_day(value) or is_day(value)


_Validator = jsonschema.validators.extend(  # type: ignore[no-untyped-call]
    jsonschema.Draft202012Validator,
    validators={"pattern": _pattern, "uniqueItems": _unique},
    type_checker=jsonschema.Draft202012Validator.TYPE_CHECKER.redefine("integer", _is_integer),
)


def read_document(source: SourceFile, schema: Mapping[str, Any]) -> tuple[Document | None, tuple[Problem, ...]]:
    """Return a YAML file that satisfies its schema, or None, and all its problems, each once."""
    document, problems = read_yaml(source)
    if document is None:
        return None, problems
    wrong = check_schema(document, schema)
    # Quotes would not mend a value that the schema refuses with and without them.
    refused = {problem.line for problem in wrong if problem.code in ("EV206", "EV207")}
    kept = (problem for problem in problems if not (problem.code == "EV203" and problem.line in refused))
    return None if wrong else document, (*kept, *wrong)


def check_schema(document: Document, schema: Mapping[str, Any]) -> tuple[Problem, ...]:
    """Return the problems EV204 to EV207 and EV304 of a document, in the order of its lines."""
    validator = _Validator(schema, format_checker=_FORMATS)
    errors = validator.iter_errors(document.value)
    # jsonschema's types allow for errors that belong to no rule; those of iter_errors all do.
    differences = (_Difference(document, schema, cast(Any, error)) for error in errors)
    return tuple(sorted({problem for difference in differences for problem in difference.problems()}))


class _Difference:
    """One place where a document breaks one rule of its schema."""

    def __init__(self, document: Document, root: Mapping[str, Any], error: Any) -> None:
        self.document = document
        self.root = root
        self.rule: str = error.validator
        self.expected: Any = error.validator_value
        self.instance: Any = error.instance
        self.schema: Mapping[str, Any] = error.schema
        self.where: tuple[str | int, ...] = tuple(error.absolute_path)
        self.is_key = "propertyNames" in error.absolute_schema_path

    def problems(self) -> Iterator[Problem]:
        """Yield what a contributor is told: one problem for each key or item that is wrong."""
        match self.rule:
            case "additionalProperties":
                yield from self._unknown_keys()
            case "required":
                yield from self._missing_keys()
            case "anyOf":
                yield from self._missing_choice()
            case "uniqueItems":
                yield from self._repeats()
            case "type":
                yield self._wrong_type()
            case _:
                yield self._not_allowed()

    def _problem(self, code: str, what: str, mend: str, *below: str | int) -> Problem:
        return Problem(self.document.path, self.document.line(*self.where, *below), code, what, mend)

    @property
    def _name(self) -> str:
        parts = (f"item {part + 1}" if isinstance(part, int) else part for part in reversed(self.where))
        return " of ".join(parts) or "the file"

    @property
    def _inside(self) -> str:
        return f" in {self._name}" if self.where else ""

    def _unknown_keys(self) -> Iterator[Problem]:
        allowed = list(self.schema["properties"])
        unknown = self._unknown()
        for key in unknown[:MOST_TOLD]:
            mend = f"{nearest(key, allowed)}the keys here are {', '.join(allowed)}"
            yield self._problem("EV204", f"unknown key {shown(key)}{self._inside}", mend, key)
        if more := unknown[MOST_TOLD:]:
            what = f"{counted(len(more), 'more unknown key')}{self._inside}"
            yield self._problem("EV204", what, f"the keys here are {', '.join(allowed)}", more[0])

    def _missing_keys(self) -> Iterator[Problem]:
        for key in self.expected:
            if key not in self.instance and key not in self._slips():
                about = self._described(self.schema["properties"][key])
                mend = f"add a line “{key}: …”{about and f', which holds {about}'}"
                yield self._problem("EV205", f"key {key!r} is missing{self._inside}", mend)

    def _missing_choice(self) -> Iterator[Problem]:
        first, second = (choice["required"][0] for choice in self.expected)
        if not self._slips() & {first, second}:
            mend = f"add a line “{first}: …”, a line “{second}: …”, or both"
            yield self._problem("EV205", f"key {first!r} or {second!r} is missing{self._inside}", mend)

    def _slips(self) -> set[str | None]:
        """Return the keys that unknown keys are slips of: that they are missing need not be said as well."""
        return {closest(key, self.schema["properties"]) for key in self._unknown()[:MOST_TOLD]}

    def _unknown(self) -> list[str]:
        return [key for key in self.instance if key not in self.schema["properties"]]

    def _repeats(self) -> Iterator[Problem]:
        firsts: dict[str, int] = {}
        for number, item in enumerate(self.instance):
            first = firsts.setdefault(_written(item), number)
            if first < number:
                line = self.document.line(*self.where, first)
                what = f"{shown(item)} stands twice in {self._name}, first in line {line}"
                yield self._problem("EV304", what, "remove one of the two", number)

    def _wrong_type(self) -> Problem:
        kind = _KINDS[self.expected]
        mend = f"it holds {self._described(self.schema) or kind}"
        if self.expected == "string" and isinstance(self.instance, (bool, int, float)):
            mend = f"put it in double quotes: {mend}"
        elif self.expected == "array":
            mend = f"{mend}; each on a line of its own after a dash and a space"
        elif self.expected == "object":
            mend = f"{mend}; each line a key, a colon, a space and the value"
        return self._problem("EV206", f"{self._name} must be {kind} (got {shown(self.instance)})", mend)

    def _not_allowed(self) -> Problem:
        name = f"a key{self._inside}" if self.is_key else self._name
        what = f"{name} must be {self._must_be()} (got {shown(self.instance)})"
        allowed = [str(item) for item in self.expected] if self.rule == "enum" else []
        mend = f"{nearest(str(self.instance), allowed)}it holds {self._described(self.schema)}"
        if isinstance(self.instance, str) and self.instance[:1] in _CURLY:
            mend = f'use straight quotes (") in place of curly ones; {mend}'
        return self._problem("EV207", what, mend, *([self.instance] if self.is_key else []))

    def _must_be(self) -> str:
        """Return what the rule asks for, in words."""
        if self.instance in ("", []) or (isinstance(self.instance, str) and not self.instance.strip()):
            return "filled in"
        match self.rule:
            case "enum":
                return f"one of {', '.join(map(str, self.expected))}"
            case "minimum":
                return f"{self.expected} or more"
            case "maximum":
                return f"{self.expected} or less"
            case "format":
                return "a day that the calendar has"
            case _:
                return str(self.schema.get("title", self.expected))

    def _described(self, schema: Mapping[str, Any]) -> str:
        """Return what a schema, or the one that it points to, says that a value holds."""
        if "$ref" in schema:
            schema = {**self.root["$defs"][schema["$ref"].rsplit("/", 1)[-1]], **schema}
        words = str(schema.get("description", ""))
        return words.partition(": ")[2].rstrip(".") if schema is self.root else words
