"""Compare a YAML document with its JSON Schema, and say every difference in words a contributor can act on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, cast

import jsonschema

from build_scripts.problems import Problem, nearest
from build_scripts.yamltext import Document

_KINDS = {"object": "keys with values", "array": "a list", "string": "text", "integer": "a whole number"}
_KINDS |= {"number": "a number", "boolean": "true or false", "null": "nothing"}


def check_schema(document: Document, schema: Mapping[str, Any]) -> tuple[Problem, ...]:
    """Return the problems EV204 to EV207 of a document, in the order of its lines."""
    validator = jsonschema.Draft202012Validator(schema)
    problems = (problem for error in validator.iter_errors(document.value) for problem in _problems(document, error))
    return tuple(sorted(problems))


def _problems(document: Document, error: jsonschema.ValidationError) -> Iterator[Problem]:
    where = tuple(error.absolute_path)
    line = document.line(*where)
    # jsonschema's types allow for errors that belong to no rule; those of iter_errors all do.
    schema = cast(Mapping[str, Any], error.schema)
    expected, instance = cast(Any, error.validator_value), cast(Any, error.instance)
    name = _name(where)
    described = schema.get("description", "")
    if error.validator == "additionalProperties":
        allowed = list(schema["properties"])
        for key in instance:
            if key not in allowed:
                mend = f"{nearest(str(key), allowed)}the keys here are {_listed(allowed)}"
                at = document.line(*where, key)
                yield Problem(document.path, at, "EV204", f"unknown key {key!r}{_inside(where)}", mend)
    elif error.validator == "required":
        for key in expected:
            if key not in instance:
                about = schema["properties"].get(key, {}).get("description", "")
                mend = f"add a line {key}: {_tail(about)}"
                yield Problem(document.path, line, "EV205", f"key {key!r} is missing{_inside(where)}", mend)
    elif error.validator == "type":
        what = f"{name} must be {_kind(expected)} (got {instance!r})"
        yield Problem(document.path, line, "EV206", what, described or f"write {_kind(expected)}")
    else:
        what = f"{name} must be {_rule(str(error.validator), expected, schema)} (got {instance!r})"
        allowed = [str(item) for item in expected] if error.validator == "enum" else []
        mend = nearest(str(instance), allowed) + (described or "see the schema on the data page")
        yield Problem(document.path, line, "EV207", what, mend)


def _rule(name: str, value: Any, schema: Mapping[str, Any]) -> str:
    """Return what the failed rule asks for, in words."""
    match name:
        case "enum":
            return f"one of {_listed(value)}"
        case "minimum":
            return f"{value} or more"
        case "maximum":
            return f"{value} or less"
        case "minLength" | "minItems":
            return "filled in" if value == 1 else f"at least {value} long"
        case "maxLength" | "maxItems":
            return f"at most {value} long"
        case "uniqueItems":
            return "a list without repeats"
        case _:
            return f"of the form {schema.get('title') or value}"


def _name(where: tuple[str | int, ...]) -> str:
    return ".".join(str(part + 1) if isinstance(part, int) else part for part in where) or "the file"


def _inside(where: tuple[str | int, ...]) -> str:
    return f" in {_name(where)}" if where else ""


def _kind(expected: str | list[str]) -> str:
    kinds = [expected] if isinstance(expected, str) else expected
    return " or ".join(_KINDS[kind] for kind in kinds)


def _listed(values: Iterable[object]) -> str:
    return ", ".join(str(value) for value in values)


def _tail(about: str) -> str:
    return f"({about})" if about else ""
