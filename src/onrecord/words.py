"""Text -> words, wordpieces and the surface features that the encoder sees.

A word is a run of letters and digits or a single other mark, as in BERT's basic
tokenisation, with its offsets kept. Training and reading share this module, so
what the model learned on is what it meets.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from pathlib import Path

import msgspec
import numpy as np
import numpy.typing as npt

from onrecord.quotes import Quotation

WORD = re.compile(r"[^\W_]+|[^\w\s]|_")
SHAPES = 8
MARK = 6
"""The shape of a word that is a punctuation mark or a symbol."""
QUOTE_STATES = 3
MAX_WORD_LETTERS = 100
"""Longer runs of letters are one unknown word, as in BERT's own tokeniser."""

IntArray = npt.NDArray[np.int64]


class Words(msgspec.Struct, frozen=True):
    """The words of a text: ``starts`` and ``ends`` (code points), one row per word."""

    starts: IntArray
    ends: IntArray
    shapes: IntArray
    quotes: IntArray
    pieces: tuple[tuple[int, ...], ...]

    def __len__(self) -> int:
        return len(self.pieces)


class Vocabulary:
    """The wordpieces of an uncased BERT vocabulary, with a memory of words met before."""

    def __init__(self, pieces: Sequence[str]) -> None:
        self._ids = {piece: n for n, piece in enumerate(pieces)}
        self._known: dict[str, tuple[tuple[int, ...], int]] = {}
        self.pad, self.unknown = self._ids["[PAD]"], self._ids["[UNK]"]
        self.start, self.end = self._ids["[CLS]"], self._ids["[SEP]"]

    @classmethod
    def load(cls, path: Path) -> Vocabulary:
        """The vocabulary in a file of one wordpiece a line."""
        return cls(path.read_text(encoding="utf-8").split("\n"))

    def look_up(self, word: str) -> tuple[tuple[int, ...], int]:
        """The wordpiece ids of one word, and its shape (0 to ``SHAPES - 1``)."""
        entry = self._known.get(word)
        if entry is None:
            if len(self._known) >= _REMEMBERED_WORDS:
                self._known.clear()
            entry = self._known[word] = (self._split(word), shape_of(word))
        return entry

    def _split(self, word: str) -> tuple[int, ...]:
        """Greedy longest match from the left (Wu et al. 2016, as in BERT)."""
        word = unicodedata.normalize("NFD", word.lower())
        word = "".join(c for c in word if unicodedata.category(c) != "Mn")
        if not word or len(word) > MAX_WORD_LETTERS:
            return (self.unknown,)
        ids, at = [], 0
        while at < len(word):
            prefix = "##" if at else ""
            for end in range(len(word), at, -1):
                found = self._ids.get(prefix + word[at:end])
                if found is not None:
                    break
            else:
                return (self.unknown,)
            ids.append(found)
            at = end
        return tuple(ids)


_REMEMBERED_WORDS = 200_000
"""Bounds the memory of a long run to some 40 MB; an article has about 400 different words."""


def shape_of(word: str) -> int:
    """How a word is written: 0 lower, 1 Title, 2 UPPER, 3 miXed, 4 digits, 5 both, 6 mark, 7 one capital."""
    if not word[0].isalnum():
        return MARK
    if word.isdigit():
        return 4
    if not word.isalpha():
        return 5
    if word.islower():
        return 0
    if len(word) == 1:
        return 7 if word.isupper() else 0
    if word.isupper():
        return 2
    return 1 if word[0].isupper() and word[1:].islower() else 3


def read_words(
    text: str, stretches: Sequence[tuple[int, int]], quotations: Sequence[Quotation], vocabulary: Vocabulary
) -> Words:
    """The words inside ``stretches`` (start, end) of ``text``, in order.

    ``quotes`` holds 0 outside quotation marks, 1 inside double, 2 inside single ones.
    """
    spans = [m.span() for start, end in stretches for m in WORD.finditer(text, start, end)]
    entries = [vocabulary.look_up(text[start:end]) for start, end in spans]
    bounds = np.asarray(spans, dtype=np.int64).reshape(-1, 2)
    return Words(
        starts=bounds[:, 0],
        ends=bounds[:, 1],
        shapes=np.asarray([shape for _, shape in entries], dtype=np.int64),
        quotes=_quote_states(bounds[:, 0], quotations),
        pieces=tuple(pieces for pieces, _ in entries),
    )


def _quote_states(starts: IntArray, quotations: Sequence[Quotation]) -> IntArray:
    states = np.zeros(len(starts), dtype=np.int64)
    for q in quotations:
        first, last = np.searchsorted(starts, (q.start, q.end))
        states[first:last] = 1 if q.kind == "double" else 2
    return states
