"""Words -> windows: the stretches of a document that the encoder reads at once.

A window holds whole paragraphs (sentences, where a paragraph is long) up to a
size in wordpieces. It begins with the end of the window before it, as context,
so that a speaker named one paragraph earlier is still in view; statements are
taken only from a window's own part, so each is found once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

WINDOW_PIECES = 192
CONTEXT_PIECES = 48
"""Sizes measured in docs/experiments.md ("Windows")."""
LONG_PARAGRAPH = 150
"""Wordpieces above which a paragraph may be cut at its sentences, as in training."""
MOST_PIECES = 500
"""The encoder has 512 positions; a longer unit is cut between words."""


class Window(msgspec.Struct, frozen=True):
    """Words ``first`` to ``last`` are read; statements are anchored in ``own`` to ``last``."""

    first: int
    own: int
    last: int


def pack_windows(
    units: Sequence[tuple[int, int]],
    sizes: Sequence[int],
    *,
    pieces: int = WINDOW_PIECES,
    context: int = CONTEXT_PIECES,
) -> Iterator[Window]:
    """Windows over ``units`` (word ranges that are not cut), ``sizes`` wordpieces per word."""
    units = [part for unit in units for part in cut(unit, sizes, MOST_PIECES - CONTEXT_PIECES)]
    weights = [sum(sizes[first:last]) for first, last in units]
    at = 0
    while at < len(units):
        back, used = at, 0
        while back > 0 and used + weights[back - 1] <= context and units[back - 1][1] == units[back][0]:
            back -= 1
            used += weights[back]
        end, used = at + 1, used + weights[at]
        while end < len(units) and used + weights[end] <= pieces:
            used += weights[end]
            end += 1
        yield Window(units[back][0], units[at][0], units[end - 1][1])
        at = end


def cut(unit: tuple[int, int], sizes: Sequence[int], most: int) -> Iterator[tuple[int, int]]:
    """The unit itself, or parts of at most ``most`` wordpieces; a word of more is a part by itself."""
    first, last = unit
    start, used = first, 0
    for word in range(first, last):
        if used + sizes[word] > most and word > start:
            yield start, word
            start, used = word, 0
        used += sizes[word]
    if last > start:
        yield start, last
