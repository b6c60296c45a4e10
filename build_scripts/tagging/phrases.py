"""The phrase language of ``data/themes.yml`` and ``data/voices.yml``: words to what finds them.

A phrase is words with spaces between them, found without regard to case, at word boundaries, inside one
sentence. Its signs:

========== =====================================================================================
``word``   the word, its regular plural and its possessive
``word*``  the word with any ending; ``*`` is any one word, beside another (no more than 40 letters each)
``a/b``    either, in one position
``<name>`` any item of the named word list (``words`` in the file)
``...``    up to five words in between; ``...1`` to ``...9`` up to so many
``-``      a hyphen, a space or nothing; a space in a phrase is a space or a hyphen
``^``      before the first word: only at the start of a sentence
``=Word``  exactly these letters, no plural; words with two or more capitals keep their case too
``%``      a number with its percent sign, or with the word
``100+``   a count of a hundred or more in figures; no year, money or time of day
========== =====================================================================================
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import pairwise

from build_scripts.tagging.matcher import ANYWHERE, DIGIT, Chain, Choice, Joint, Opening, Phrase, Word
from build_scripts.text.letters import fold

GAP_WORDS = 5
"""How many words ``...`` stands for at the most."""
MOST_WORDS = 100
"""How many words of a text a phrase may reach over, gaps and word lists taken at their longest."""
MOST_ALTERNATIVES = 100
"""How many alternatives a place of a phrase may have; more are a word list."""
DEEPEST = 8
"""How many word lists may stand inside one another."""

_ALTERNATIVE = re.compile(r"(?P<exact>=?)(?P<word>(?!-)(?:(?!\.\.\.)[^*=<>/\s^])+)(?<!-)(?P<any>\*?)\Z")
_WORD_LIST = re.compile(r"<([a-z0-9-]+)>\Z")
_GAP = re.compile(r"\.\.\.([1-9]?)\Z")
_STOP = re.compile("[.!?]")
_LETTERS = re.compile(r"\w+", re.ASCII)
_BRACKET = re.compile(r"[()\[\]{}]")
_EMPTY = frozenset(
    [
        *("a", "all", "an", "and", "any", "are", "as", "at", "be", "by", "for", "from", "had", "has", "have", "in"),
        *("is", "it", "of", "on", "or", "that", "the", "this", "to", "was", "with"),
    ]
)
"""Words of nearly every sentence."""
_TOO_DEEP = f"word lists stand inside one another more than {DEEPEST} deep"

SPACE = Joint()
# In each pattern, a group is what the word can also do without (see ``matcher.Word``).
_ANYTHING = Word(r"[\w'-]([\w'-]{0,39})(?!\w)")
_PERCENT = Word(r"\d{1,9}(?:[.,]\d{1,9})?(?: ?%| per[ -]?cent)(?!\w)", re.IGNORECASE, Opening(prefixes=(DIGIT,)))
_COUNT = Word(
    r"(?<![\d.,£])(?:\d{1,3}(?:,\d{3})+|(?!(?:19|20)\d\d(?!\d))\d{3,6})(?! ?%|[.,:/-]\d|\w)",
    opening=Opening(prefixes=(DIGIT,)),
)
_SIGNS = {"*": _ANYTHING, "%": _PERCENT, "100+": _COUNT}


class PhraseReader:
    """Reads phrases that use the same word lists; what they have in common is made once."""

    def __init__(self, words: Mapping[str, Sequence[str]]) -> None:
        self._words = words
        self._phrases: dict[str, Phrase] = {}
        self._known: dict[str, Word] = {}
        self._positions: dict[str, Choice] = {}
        self._lists: dict[str, Choice] = {}
        self._inside: list[str] = []
        self._depths: dict[Choice, int] = {}
        self._reaches: dict[Choice, int] = {}
        self._vague: set[Choice] = set()

    def read(self, text: str) -> Phrase:
        """Return what finds the phrase, each time the same; raise ``ValueError`` that says what cannot be read."""
        read = self.read_item(text)
        if words := _alone(text):
            raise ValueError(f"{words[0]!r} alone finds nearly every sentence")
        return read

    def read_item(self, text: str) -> Phrase:
        """Return the same of an item of a word list, which other words stand beside."""
        if text not in self._phrases:
            chain = self._chain(text)
            if self._is_vague(chain):
                raise ValueError("a phrase of * alone finds everything")
            self._phrases[text] = Phrase(text, chain, text.strip().startswith("^"))
        return self._phrases[text]

    def _chain(self, text: str) -> Chain:
        """Return what finds a whole phrase, or an item of a word list."""
        positions = fold(text).strip().removeprefix("^").split()
        if not positions:
            raise ValueError("an empty phrase finds nothing")
        gaps = [False, *(bool(_GAP.match(position)) for position in positions), False]
        if gaps[1] or gaps[-2] or (True, True) in pairwise(gaps):
            raise ValueError("a gap (...) must have a word on either side")
        steps: list[tuple[Joint, Choice]] = []
        joint = SPACE
        for position in positions:
            if gap := _GAP.match(position):
                joint = Joint(int(gap[1] or GAP_WORDS))
            else:
                steps.append((joint, self._position(position)))
                joint = SPACE
        chain = Chain(steps[0][1], tuple(steps[1:]))
        if (reach := self._reach(chain)) > MOST_WORDS:
            raise ValueError(f"it can reach over {reach} words, and {MOST_WORDS} is the most")
        return chain

    def _reach(self, part: Word | Chain | Choice) -> int:
        """Return how many words of a text a part of a phrase can be, a hyphenated one counted as one."""
        if isinstance(part, Chain):
            gaps = sum(joint.gap or 0 for joint, _ in part.rest)
            return gaps + sum(self._reaches[choice] for choice in (part.first, *(choice for _, choice in part.rest)))
        return self._reaches[part] if isinstance(part, Choice) else 1

    def _position(self, text: str) -> Choice:
        """Return what finds one position: alternatives between slashes."""
        if text not in self._positions:
            if (count := text.count("/") + 1) > MOST_ALTERNATIVES:
                raise ValueError(f"{count:,} alternatives stand in one place, and {MOST_ALTERNATIVES} is the most")
            alternatives = [
                self._list(named[1]) if (named := _WORD_LIST.match(each)) else self._word(each)
                for each in text.split("/")
            ]
            self._positions[text] = self._choice(alternatives)
        return self._positions[text]

    def _list(self, name: str) -> Choice:
        """Return what finds any item of a word list."""
        if name in self._inside:
            raise ValueError(f"the word list <{name}> is made of itself")
        if name not in self._words:
            raise ValueError(f"there is no word list <{name}>")
        if not self._words[name]:
            raise ValueError(f"the word list <{name}> is empty")
        if any(item.strip().startswith("^") for item in self._words[name]):
            raise ValueError(f"^ stands before a whole phrase, not in the word list <{name}>")
        if name not in self._lists:
            if len(self._inside) == DEEPEST:
                raise ValueError(_TOO_DEEP)
            self._inside.append(name)
            try:
                chains = [self._chain(item) for item in self._words[name]]
            finally:
                self._inside.pop()
            made = self._choice([chain if chain.rest else chain.first for chain in chains])
            self._depths[made] += 1
            self._lists[name] = made
        if self._depths[self._lists[name]] + len(self._inside) > DEEPEST:
            raise ValueError(_TOO_DEEP)
        return self._lists[name]

    def _choice(self, alternatives: Sequence[Word | Chain | Choice]) -> Choice:
        """Return a choice, having noted how deep lists stand in it, how far it reaches, and whether it says nothing."""
        made = Choice(tuple(dict.fromkeys(alternatives)))
        self._depths[made] = max(map(self._depth, alternatives))
        self._reaches[made] = max(map(self._reach, alternatives))
        if any(self._is_vague(each) for each in alternatives):
            self._vague.add(made)
        return made

    def _depth(self, part: Word | Chain | Choice) -> int:
        if isinstance(part, Chain):
            return max(self._depths[choice] for choice in (part.first, *(choice for _, choice in part.rest)))
        return self._depths[part] if isinstance(part, Choice) else 0

    def _is_vague(self, part: Word | Chain | Choice) -> bool:
        """Return whether any word fills this part of a phrase: each choice of a chain, one alternative of a choice."""
        if isinstance(part, Chain):
            return all(choice in self._vague for choice in (part.first, *(choice for _, choice in part.rest)))
        return part in self._vague if isinstance(part, Choice) else part is _ANYTHING

    def _word(self, text: str) -> Word:
        if text not in self._known:
            self._known[text] = _make_word(text)
        return self._known[text]


def _alone(text: str) -> list[str]:
    """Return the words of nearly every sentence that find a phrase of one position by themselves."""
    positions = text.split()
    alternatives = re.split("[/^=]", positions[0]) if len(positions) == 1 else []
    return [word for word in alternatives if word.lower() in _EMPTY]


@cache  # the tests read the same rules hundreds of times
def _make_word(text: str) -> Word:
    """Return what finds one word of a phrase, or one of the signs * and %."""
    if text in _SIGNS:
        return _SIGNS[text]
    if bracket := _BRACKET.search(text):
        raise ValueError(f"{text!r} has a bracket ({bracket[0]}), which is no sign of a rule")
    found = _ALTERNATIVE.match(text)
    if not found:
        raise ValueError(f"{text!r} is not a word, a word list or a gap")
    word, any_ending, exact = found["word"], bool(found["any"]), bool(found["exact"])
    keeps_case = exact or sum(letter.isupper() for letter in word) > 1
    forms = (word,) if any_ending or exact else _forms(word)
    # What the opening knows already need not be found by a pattern: compiling thousands takes longer than a report.
    is_behind = not keeps_case and _LETTERS.fullmatch(word) is not None
    pattern = "" if is_behind else "|".join("[ -]?".join(map(re.escape, form.split("-"))) for form in forms)
    ending = r"([\w'-]{0,40})" if any_ending else "('s|')?" if len(forms) > 1 else ""
    return Word(
        f"(?:{pattern}){ending}(?!\\w)",
        re.NOFLAG if keeps_case else re.IGNORECASE,
        _opening(word, forms, any_ending),
        has_stop=bool(_STOP.search(word)),
        is_behind=is_behind,
    )


def _forms(word: str) -> tuple[str, ...]:
    """Return a word's regular plural, and the word; only the word where it ends in a sign."""
    if not re.search(r"\w\Z", word):
        return (word,)
    if re.search(r"[^\WaeiouAEIOU\d_]y\Z", word):
        return f"{word[:-1]}ies", word
    return word + ("es" if re.search(r"(?:s|x|z|ch|sh)\Z", word) else "s"), word


def _opening(word: str, forms: Sequence[str], any_ending: bool) -> Opening:
    """Return the words of a text in which the word can begin, lower case, or letters that these begin with."""
    found = _LETTERS.match(word)
    if not found:  # a sign, or a letter whose other case may be another letter
        return ANYWHERE if word[0].isalnum() else Opening(prefixes=(word[0],))
    letters, after = found[0].lower(), word[found.end() : found.end() + 1]
    if after == "-" and (joined := _LETTERS.match(word, found.end() + 1)):
        return Opening(frozenset((letters,)), (letters + joined[0].lower(),))
    if after == "-" or not after.isascii() or (any_ending and not after):
        return Opening(prefixes=(letters,))
    return Opening(frozenset((letters,) if after else (form.lower() for form in forms)))
