"""Style sheets joined into one without comments: of the theme's the rules that our pages need, then ours."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial

KEPT = frozenset(
    {
        *("md-container", "md-content", "md-content__inner", "md-grid", "md-header", "md-main", "md-main__inner"),
        *("md-skip", "md-typeset", "highlight"),
    }
)
"""Classes of the theme's that our pages have; a test compares."""

_OF_CODE = re.compile(r"\.highlight \.\w{1,3}\Z")
"""How the theme names the pieces of code that Pygments tells apart."""

_TOKEN = re.compile(r"""/\*.*?\*/|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|url\([^"')]*\)|[{};]""", re.DOTALL)
_COMMENT = re.compile(r"""/\*.*?\*/|("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')""", re.DOTALL)
_SPACE = re.compile(r"""("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|\s*([{};,>])\s*|\s+""")
_NAMED = re.compile(r"[.#]([A-Za-z_][\w-]*)|\[((?!data-md-color-scheme)data-md-[\w-]+|dir=rtl)")
"""A class, an id, or an attribute of the theme's that our pages do not have."""
_VARIABLE = re.compile(r"var\((--[\w-]+)")
_HOLDS_RULES = ("@media", "@supports")


@dataclass(frozen=True, slots=True)
class Rule:
    """A selector or an at-rule, what it declares, and the rules inside it."""

    before: str
    """What stands before the brace; for an at-rule without braces, all of it."""
    declared: tuple[str, ...] = ()
    inner: tuple[Rule, ...] = ()

    def __str__(self) -> str:
        """Return the rule as a style sheet has it."""
        if not self.declared and not self.inner:
            return f"{self.before};" if self.before.startswith("@") else ""
        return f"{self.before}{{{';'.join(self.declared)}{''.join(map(str, self.inner))}}}"


def style_sheet(theme: str, ours: Iterable[str]) -> str:
    """Return the one style sheet: what the theme has for our pages, then ours in their order.

    ``theme`` is a style sheet as the theme's makers pack it. What stays of it are rules whose classes, ids and states
    of the theme's our pages have; of its variables those that something asks for.
    """
    own = "".join(map(tight, ours))
    return f"{_thin(theme, own)}{own}"


def tight(sheet: str) -> str:
    """Return a style sheet without comments and without white space that means nothing."""
    bare = _COMMENT.sub(lambda found: found[1] or "", sheet)
    return _SPACE.sub(lambda found: found[1] or found[2] or " ", bare).replace(";}", "}").strip()


def _thin(theme: str, own: str) -> str:
    rules = [kept for rule in _rules(theme) for kept in _kept(rule)]
    while True:  # a variable may be there for another alone
        text = "".join(map(str, rules))
        asked = {*_VARIABLE.findall(text), *_VARIABLE.findall(own)}
        fewer = [kept for rule in rules for kept in _only(rule, partial(_is_asked, asked))]
        if fewer == rules:
            return text
        rules = fewer


def _is_asked(asked: set[str], declaration: str) -> bool:
    name = declaration.partition(":")[0]
    return not name.startswith("--") or name in asked


def _only(rule: Rule, wanted: Callable[[str], bool]) -> Iterator[Rule]:
    """Yield the rule with the declarations that are wanted, where any is left."""
    inner = tuple(kept for each in rule.inner for kept in _only(each, wanted))
    declared = tuple(filter(wanted, rule.declared))
    if declared or inner:
        yield Rule(rule.before, declared, inner)


def _kept(rule: Rule) -> Iterator[Rule]:
    """Yield what our pages need of a rule of the theme's."""
    if rule.before.startswith(_HOLDS_RULES):
        inner = tuple(kept for each in rule.inner for kept in _kept(each))
        if inner:
            yield Rule(rule.before, rule.declared, inner)
    elif rule.before.startswith("@page"):
        yield rule
    elif not rule.before.startswith("@"):  # it sets nothing in motion, and brings no font
        selectors = [each for each in _selectors(rule.before) if _is_ours(each)]
        if selectors:
            yield Rule(",".join(selectors), rule.declared)


def _is_ours(selector: str) -> bool:
    """Return whether our pages have whatever a selector names; what only is *not* so rests on the theme's script."""
    return bool(_OF_CODE.match(selector)) or all(name in KEPT for name, _ in _NAMED.findall(selector))


def _selectors(before: str) -> Iterator[str]:
    """Yield the selectors of a list, which may have commas of their own in brackets."""
    depth = start = 0
    for at, sign in enumerate(before):
        depth += (sign in "([") - (sign in ")]")
        if sign == "," and not depth:
            yield before[start:at]
            start = at + 1
    yield before[start:]


def _rules(sheet: str) -> list[Rule]:
    """Return the rules of a style sheet."""
    stack: list[tuple[str, list[str], list[Rule]]] = [("", [], [])]
    text = ""
    done = 0
    for token in _TOKEN.finditer(sheet):
        text += sheet[done : token.start()]
        done = token.end()
        sign = token[0]
        if sign == "{":
            stack.append((text.strip(), [], []))
        elif sign in ";}":
            before, declared, inner = stack[-1]
            if text.strip():
                declared.append(text.strip())
            if sign == "}":
                stack.pop()
                stack[-1][2].append(Rule(before, tuple(declared), tuple(inner)))
        elif not sign.startswith("/*"):
            text += sign
            continue
        else:
            continue
        text = ""
    return stack[0][2]
