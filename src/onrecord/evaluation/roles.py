"""Spans -> the words they cover, and when two attributions agree by words.

Words and quotation marks are defined here once more, apart from those of the
engine, on purpose: the measure must not move when the engine does.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeAlias

import msgspec

from onrecord.evaluation.gold import Pair
from onrecord.evaluation.pairing import Pairs, pair_greedily
from onrecord.records import Mode, Statement

WORD = re.compile(r"[^\W_]+|[^\w\s]|_")
ROLES = ("source", "cue", "content")
CONTENT_OVERLAP = 0.5
"""Intersection over union from which two contents count as the same statement (PolNeAR's and ours)."""
DIRECT_SHARE = 0.95
"""Share of words inside quotation marks from which a content is direct; the rest allows for a stray word."""

WordSet: TypeAlias = frozenset[int]


class Words(msgspec.Struct, frozen=True):
    """The words of a text: where each starts and ends, and whether it is more than a mark."""

    starts: tuple[int, ...]
    ends: tuple[int, ...]
    letters: tuple[bool, ...]

    def covered(self, spans: Iterable[Pair]) -> WordSet:
        """The indices of the words that share a character with one of ``spans``."""
        return frozenset(
            n
            for start, end in spans
            for n in range(bisect_right(self.ends, start), bisect_left(self.starts, end))
        )


class Roles(msgspec.Struct, frozen=True, kw_only=True):
    """The words of one attribution; ``head`` are those that a matching source must touch."""

    source: WordSet
    cue: WordSet
    content: WordSet
    head: WordSet

    def of(self, role: str) -> WordSet:
        """The words of the role named ``source``, ``cue`` or ``content``."""
        words: WordSet = getattr(self, role)
        return words


Agreement: TypeAlias = Callable[[Roles, Roles], bool]


def read_words(text: str) -> Words:
    """The words of ``text``: runs of letters and digits, and single marks."""
    found = [m.span() for m in WORD.finditer(text)]
    return Words(
        tuple(start for start, _ in found),
        tuple(end for _, end in found),
        tuple(text[start].isalnum() for start, _ in found),
    )


def roles_of(words: Words, statement: Statement) -> Roles:
    """The words of a predicted statement."""
    source = words.covered([(s.start, s.end) for s in [statement.source] if s])
    cue = words.covered([(s.start, s.end) for s in [statement.cue] if s])
    content = words.covered([(s.start, s.end) for s in statement.content])
    return Roles(source=source, cue=cue, content=content, head=source)


def overlap(a: WordSet, b: WordSet) -> float:
    """Intersection over union; two empty sets agree in full."""
    shared = len(a & b)
    either = len(a) + len(b) - shared
    return shared / either if either else 1.0


def same_content(gold: Roles, predicted: Roles) -> bool:
    """Whether the contents overlap by at least half."""
    return overlap(gold.content, predicted.content) >= CONTENT_OVERLAP


def same_cue(gold: Roles, predicted: Roles) -> bool:
    """Whether the cues share a word, or both are missing."""
    return bool(gold.cue & predicted.cue) or (not gold.cue and not predicted.cue)


def same_source(gold: Roles, predicted: Roles) -> bool:
    """Whether the predicted source touches the gold source's head, or both are missing."""
    return bool(gold.head & predicted.source) if gold.source else not predicted.source


def partially_right(gold: Roles, predicted: Roles) -> bool:
    """Whether cue, source head and content all agree by overlap."""
    return same_cue(gold, predicted) and same_source(gold, predicted) and same_content(gold, predicted)


def exactly_right(gold: Roles, predicted: Roles) -> bool:
    """Whether all three roles cover the same words."""
    return gold.content == predicted.content and gold.cue == predicted.cue and gold.source == predicted.source


def pair_roles(gold: Sequence[Roles], predicted: Sequence[Roles], agree: Agreement) -> Pairs:
    """The pairs that ``agree``, best overlap of content and cue first."""
    return pair_greedily(
        (-(overlap(g.content, p.content) + overlap(g.cue, p.cue)), i, j)
        for i, g in enumerate(gold)
        for j, p in enumerate(predicted)
        if agree(g, p)
    )


def runs_of(words: WordSet) -> set[Pair]:
    """The unbroken (first, last + 1) runs of a set of words.

    >>> sorted(runs_of(frozenset({1, 2, 5})))
    [(1, 3), (5, 6)]
    """
    firsts = sorted(n for n in words if n - 1 not in words)
    lasts = sorted(n + 1 for n in words if n + 1 not in words)
    return set(zip(firsts, lasts, strict=True))


def quoted_characters(text: str) -> bytearray:
    """One byte a character: 1 inside double quotation marks (marks included), else 0."""
    inside = bytearray(len(text))
    for start, end in _find_quoted(text):
        inside[start:end] = b"\1" * (end - start)
    return inside


def _find_quoted(text: str) -> Iterator[Pair]:
    """Stretches in double marks; one that is not closed ends with its paragraph, or is none in the last."""
    start: int | None = None
    for n, char in enumerate(text):
        if start is None:
            start = n if char in '“«„"' else None
        elif char in '”»"':
            yield start, n + 1
            start = None
        elif char == "\n":
            yield start, n
            start = None


def mode_of(text: str, spans: Iterable[Pair], inside: bytearray) -> Mode:
    """How much of a content stands in quotation marks: all (direct), none (indirect) or some (mixed)."""
    starts = [start + m.start() for start, end in spans for m in WORD.finditer(text[start:end])]
    marks = [inside[n] for n in starts if text[n].isalnum()]
    share = sum(marks) / len(marks) if marks else 0.0
    if share == 0:
        return "indirect"
    return "direct" if share >= DIRECT_SHARE else "mixed"
