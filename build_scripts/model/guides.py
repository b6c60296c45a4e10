"""Guides: the pages of ``docs/`` that were written by hand, as they were read."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Link:
    """A link or a picture of a guide."""

    target: str
    """As written, without percent signs: ``../about/index.md#how-it-is-made``."""
    line: int


@dataclass(frozen=True, slots=True)
class Section:
    """What stands under one heading, up to the next of whatever level."""

    heading: str
    """Its plain words; empty for what stands under the page's own heading."""
    anchor: str
    """Where a link to it leads within the page; empty for the page's beginning."""
    words: str
    """Everything that a reader sees there, as plain text."""


@dataclass(frozen=True, slots=True)
class Guide:
    """A page that was written by hand."""

    path: str
    """Below ``docs/``."""
    title: str
    """As its front matter says, else its first heading; empty without either."""
    description: str
    """As its front matter says, or empty."""
    hidden: bool
    """Whether its front matter keeps it out of searches."""
    sections: tuple[Section, ...]
    links: tuple[Link, ...]
    anchors: frozenset[str]
    """Every place of the page that a link can lead to."""
