"""Invent a collection the size of England's: reports on every authority, nine texts each, some 20,000 passages.

Words are made of syllables, as often as words are in real texts: few very common, most very rare. Between them stand
phrases that the rules find, so that passages earn about as many themes and voices as real ones do. Nothing in it is
true of anybody; it is only ever written into a folder outside of the project.
"""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

from build_scripts.disk.read import read_schemas, read_sources
from build_scripts.facts.weights import WEIGHTS, read_weights
from build_scripts.model.collection import Collection
from build_scripts.model.evidence import (
    Evidence,
    Heading,
    Passage,
    Report,
    SourceFile,
    StatementPage,
    Tag,
    TaggedPassage,
)
from build_scripts.model.vocabulary import Entry, Framework, Statement, Vocabulary
from build_scripts.pipeline.run import Run
from build_scripts.pipeline.understand import learn_words
from build_scripts.tagging.matcher import Text
from build_scripts.tagging.phrases import PhraseReader
from build_scripts.text.letters import fold
from tests.helpers.projects import ROOT, copy_project

SEED = 2026

COMMON = re.findall(
    r"\w+",
    "the of and to in a for with that was were had on this by as their they from at an it which who been there is be"
    " also or not through across some more where these other into how when about all would so many had between during"
    " what than after can each well both further within around over such being could before",
)
RARE_WORDS = 30_000
COMMON_SHARE = 0.45
"""Share of the common words above in running text, as in the two real texts."""

PASSAGES = (8, 21)
"""Fewest and most passages of a text: about 14.5, so that 153 authorities with nine texts each have about 20,000."""

SENTENCES = (4, 8)
WORDS = (9, 20)
"""Fewest and most words of a sentence: with those for themes, about 110 words a passage, as both real texts have."""

THEMES = (1, 3, 3, 4, 4, 5, 5, 5, 7)
"""How many themes a passage names, each by a phrase; broader themes come on top."""
BESIDE = 4
"""How many words that speak for the theme stand in it too: a phrase among words without meaning would be in passing."""
HEAVIEST = 6
"""Of how many words of a theme, the heaviest, these are drawn."""

VOICES = (0, 0, 1, 1, 1, 2)
SYLLABLES = [first + vowel for first in [*"bdfghklmnprstvwz", "br", "dr", "gl", "pr", "st", "tr"] for vowel in "aeiou"]
ENDINGS = ("", "", "n", "r", "l", "st", "nd", "ck", "rm", "sh")


@dataclass(frozen=True)
class Words:
    """All that invented texts are made of."""

    rare: Sequence[str]
    rare_weights: Sequence[float]
    themes: Sequence[Sequence[str]]
    """For each theme, phrases of its rule put into plain words."""
    beside: Sequence[Sequence[str]]
    """For each theme, the words that speak most for it."""
    theme_weights: Sequence[float]
    voices: Sequence[Sequence[str]]


def learn_vocabulary() -> Vocabulary:
    """Return the project's own themes, voices, framework and authorities; raise ``ValueError`` for their problems."""
    sources, _ = read_sources(ROOT)
    run = learn_words(Run(dict(sorted(sources.items())), read_schemas()))
    if run.vocabulary is None or run.problems:
        raise ValueError("run `evidence check` first: the vocabulary has problems")
    return run.vocabulary


def make_project(target: Path, scale: float = 1.0, seed: int = SEED) -> int:
    """Make a project folder with an invented collection and return how many reports it has.

    ``scale`` is in multiples of England: 1 is a report on each of the 153 authorities, 0.1 one on 15 of them, 2 two on
    each. The same scale and seed give the same bytes.
    """
    copy_project(target)
    for real in ("data/reports", "tests/gold"):
        shutil.rmtree(target / real)
    vocabulary = learn_vocabulary()
    count = 0
    for path, text in invent(vocabulary, scale, seed):
        file = target / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
        count += file.name == "report.yml"
    return count


def invent(vocabulary: Vocabulary, scale: float, seed: int) -> Iterator[tuple[str, str]]:
    """Yield path and text of every file of an invented collection."""
    chance = random.Random(seed)  # noqa: S311 - not for secrets
    words = _words(vocabulary, chance)
    framework = vocabulary.framework
    names = {authority.slug: authority.name for authority in vocabulary.authorities}
    for slug, published in assessments(list(names), scale):
        folder = f"data/reports/{slug}-{published[:7]}"
        scores = {item.id: chance.choices((1, 2, 3, 4), (4, 38, 50, 8))[0] for item in framework.statements}
        yield f"{folder}/report.yml", _report(slug, published, scores, framework)
        for statement in framework.statements:
            text = _text(names[slug], statement, scores[statement.id], framework, words, chance)
            yield f"{folder}/{statement.id}.txt", text


def invent_collection(vocabulary: Vocabulary, scale: float = 1.0, seed: int = SEED) -> Collection:
    """Return a collection of invented passages without files: nothing is parsed, and themes and voices drawn by lot.

    That takes a sixth of the time, and is the same to a search index.
    """
    chance = random.Random(seed)  # noqa: S311 - not for secrets
    words = _words(vocabulary, chance)
    framework = vocabulary.framework
    themes = [Tag(theme.id, ()) for theme in vocabulary.themes]
    voices = [Tag(voice.id, ()) for voice in vocabulary.voices]

    def passage(number: int, heading: int | None) -> TaggedPassage:
        drawn = set(chance.choices(range(len(themes)), words.theme_weights, k=chance.choice(THEMES)))
        heard = set(chance.choices(range(len(voices)), k=chance.choice(VOICES)))
        text = _passage(words, chance)
        tagged = Passage(f"p-{chance.getrandbits(32):08x}", text, number, heading)
        return TaggedPassage(
            tagged, tuple(themes[at] for at in sorted(drawn)), tuple(voices[at] for at in sorted(heard))
        )

    evidence = []
    for slug, published in assessments([authority.slug for authority in vocabulary.authorities], scale):
        scores = {item.id: chance.choices((1, 2, 3, 4), (4, 38, 50, 8))[0] for item in framework.statements}
        percentage = framework.percentage_of(sum(scores.values()))
        rating = framework.rating(percentage)
        of = Report(f"{slug}-{published[:7]}", slug, published, rating, percentage, scores, "", published, "one source")
        for statement in framework.statements:
            heads = tuple(Heading(text, 1, known=True) for text in statement.headings[: chance.randint(0, 4)])
            under = [None, *range(len(heads))]
            passages = tuple(passage(n, under[n * len(under) // 22]) for n in range(chance.randint(*PASSAGES)))
            plain = tuple(each.passage for each in passages)
            page = StatementPage(statement.id, None, scores[statement.id], None, (), (), heads, plain, ())
            evidence.append(Evidence(of, statement.id, page, passages))
    evidence.sort(key=lambda item: item.report.id)
    reports = {item.report.id: item.report for item in evidence}
    return Collection(vocabulary, tuple(reports.values()), tuple(evidence))


def assessments(slugs: Sequence[str], scale: float) -> Iterator[tuple[str, str]]:
    """Yield authority and date of each invented report."""
    for number in range(max(1, round(scale * len(slugs)))):
        times, place = divmod(number, len(slugs))
        # Spread over the list, so that a part of England has several regions and kinds of authority.
        yield slugs[place * 67 % len(slugs)], f"{2024 + times}-{1 + number % 12:02d}-{1 + number % 28:02d}"


def _report(slug: str, published: str, scores: Mapping[str, int], framework: Framework) -> str:
    percentage = framework.percentage_of(sum(scores.values()))
    lines = [
        f"authority: {slug}",
        f'published: "{published}"',
        f"rating: {framework.rating(percentage)}",
        f"percentage: {percentage}",
        "scores:",
        *(f"  {id}: {score}" for id, score in scores.items()),
        f'source: "https://www.cqc.org.uk/invented/{slug}-{published}"',
        f'retrieved: "{published}"',
        "checked: one source",
    ]
    return "\n".join(lines) + "\n"


def _text(
    authority: str, statement: Statement, score: int, framework: Framework, words: Words, chance: random.Random
) -> str:
    lines = [
        f"{authority}: local authority assessment",
        "Downloads",
        statement.name,
        f"Score: {score}",
        f"{score} - {framework.score_labels[score]}",
        "What people expect",
        f"I have {_run(words, chance, 12)}.",
        "The local authority commitment",
        f"We {_run(words, chance, 40)}.",
        "Key findings for this quality statement",
    ]
    passages = chance.randint(*PASSAGES)
    heads = chance.sample(statement.headings, k=min(len(statement.headings), chance.randint(0, 4)))
    places = dict(zip(sorted(chance.sample(range(passages), k=len(heads))), heads, strict=True))
    for number in range(passages):
        lines += [places[number]] if number in places else []
        lines.append(_passage(words, chance))
        if chance.random() < 0.06:
            lines[-1] = f"{lines[-1]} {_run(words, chance, 5).capitalize()}:"
            lines += [f"• {_run(words, chance, 9)}" for _ in range(chance.randint(2, 5))]
            lines.append(_passage(words, chance))
    return "\n\n".join([*lines, "© Care Quality Commission"]) + "\n"


def _passage(words: Words, chance: random.Random) -> str:
    sentences = [_run(words, chance, chance.randint(*WORDS)).split(" ") for _ in range(chance.randint(*SENTENCES))]
    for theme in chance.choices(range(len(words.themes)), words.theme_weights, k=chance.choice(THEMES)):
        for text in (chance.choice(words.themes[theme]), *chance.choices(words.beside[theme], k=BESIDE)):
            sentence = chance.choice(sentences)
            sentence.insert(chance.randrange(1, len(sentence)), text)
    for _ in range(chance.choice(VOICES)):
        chance.choice(sentences).insert(0, chance.choice(chance.choice(words.voices)))
    texts = [" ".join(sentence) for sentence in sentences]
    return " ".join(f"{text[:1].upper()}{text[1:]}." for text in texts)


def _run(words: Words, chance: random.Random, length: int) -> str:
    """Return so many words, common and rare ones mixed."""
    rare = iter(chance.choices(words.rare, cum_weights=words.rare_weights, k=length))
    common = iter(chance.choices(COMMON, cum_weights=_zipf(len(COMMON)), k=length))
    return " ".join(next(common) if chance.random() < COMMON_SHARE else next(rare) for _ in range(length))


def _zipf(length: int, first: int = 1) -> list[float]:
    """Return running sums of weights 1/first, 1/(first + 1), …: how often words occur, from the most frequent on."""
    return list(accumulate(1 / rank for rank in range(first, first + length)))


def _words(vocabulary: Vocabulary, chance: random.Random) -> Words:
    rare: dict[str, None] = {}
    while len(rare) < RARE_WORDS:
        rare["".join(chance.choices(SYLLABLES, k=chance.choice((2, 2, 3, 3, 4)))) + chance.choice(ENDINGS)] = None
    themes = [_examples(theme, vocabulary.theme_words, chance) for theme in vocabulary.themes]
    order = list(range(1, len(themes) + 1))
    chance.shuffle(order)
    return Words(
        rare=tuple(rare),
        rare_weights=_zipf(RARE_WORDS, first=len(COMMON)),
        themes=themes,
        beside=_heaviest(vocabulary),
        # Some themes are in every fifth passage, some in every thousandth, as in real reports.
        theme_weights=[1 / (rank + 4) for rank in order],
        voices=[_examples(voice, vocabulary.voice_words, chance) for voice in vocabulary.voices],
    )


def _heaviest(vocabulary: Vocabulary) -> list[list[str]]:
    """Return for each theme the single words that weigh most for it."""
    weights, problems = read_weights(SourceFile(WEIGHTS, (ROOT / WEIGHTS).read_bytes()))
    if weights is None:
        raise ValueError(f"{WEIGHTS}: {problems[0].what}")
    words: dict[str, list[tuple[int, str]]] = {id: [] for id in weights.ids}
    for feature, weighed in weights.of.items():
        kind, _, word = feature.rpartition(" ")
        for number, weight in weighed if kind == "word" else ():
            words[weights.ids[number]].append((weight, word))
    return [
        [word for _, word in sorted(words[theme.id], reverse=True)[:HEAVIEST] if word.isalpha()]
        for theme in vocabulary.themes
    ]


def _examples(entry: Entry, lists: Mapping[str, Sequence[str]], chance: random.Random) -> list[str]:
    """Return words that earn the theme or voice: each phrase with one choice made at each place."""
    found = []
    reader = PhraseReader(lists)
    for phrase in entry.phrases:
        text = _example(phrase, lists, chance)
        if not phrase.startswith("^") and reader.read(phrase).spans(Text(fold(text))):
            found.append(text)
    if not found:
        raise ValueError(f"no phrase of {entry.id} could be put into words")
    return found


def _example(phrase: str, lists: Mapping[str, Sequence[str]], chance: random.Random) -> str:
    positions = []
    for position in phrase.removeprefix("^").split():
        if position.startswith("..."):
            continue
        choice = chance.choice(position.split("/"))
        if choice.startswith("<"):
            choice = _example(chance.choice(lists[choice[1:-1]]), lists, chance)
        positions.append("it" if choice == "*" else choice.removeprefix("=").removesuffix("*"))
    return " ".join(positions)
