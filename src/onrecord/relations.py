"""Sentence -> what happens in it, and between two of its participants: the second, small pass.

Two graphs read one sentence: the lower layers once; the last ones once without marks, which tells what every
word triggers, and again for each trigger, its words marked, which tells what every word is to it. With two
participants marked from the beginning, their relation and their stance are told. The model is run over
sentences that may hold an event (sightings.py), never over a whole document.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

import msgspec
import numpy as np
import numpy.typing as npt

from onrecord.encoder import (
    MODEL_FOLDER,
    distance_buckets,
    open_session,
    read_arrays,
    read_card,
    read_graph,
    spread,
)
from onrecord.quotes import find_quotations
from onrecord.relation_labels import KINDS, LONGEST, MARKS, STANCES
from onrecord.stance_words import StanceWords, find_stance_words
from onrecord.windows import cut
from onrecord.words import Vocabulary, Words, read_words

FloatArray = npt.NDArray[np.float32]
IntArray = npt.NDArray[np.int64]
Pair = tuple[int, int]
NAME = "relations"
HEADS = ("modality", "pair", "stance")
SPECIAL = 2
"""Wordpieces that stand around every sentence."""


class Two(msgspec.Struct, frozen=True):
    """Two layers from a vector to scores."""

    inner: FloatArray
    inner_bias: FloatArray
    out: FloatArray
    out_bias: FloatArray

    def probabilities(self, vector: FloatArray) -> FloatArray:
        """Softmax of the scores of one vector."""
        z = vector @ self.inner + self.inner_bias
        z = 0.5 * z * (1 + _ERF(z / math.sqrt(2)).astype(np.float32))
        scores = z @ self.out + self.out_bias
        e = np.exp(scores - scores.max())
        found: FloatArray = e / e.sum()
        return found


_ERF = np.frompyfunc(math.erf, 1, 1)


class Scores(msgspec.Struct, frozen=True):
    """What the graphs say of a sentence of W words and T wordpieces."""

    at: IntArray  # (W,), each word's first wordpiece
    marks: IntArray  # (T,), as which of MARKS each was read
    lower: FloatArray  # (1, T, H), under the last layers
    kinds: FloatArray  # (W, KINDS), probabilities
    hidden: FloatArray  # (T, H); the first is of the sentence as a whole


class Given(msgspec.Struct, frozen=True):
    """What the graphs say of one trigger in a sentence of W words."""

    roles: FloatArray  # (W, ROLE_LABELS), probabilities
    modality: FloatArray  # (MODALITIES,), probabilities


class Graph(Protocol):
    """What computes: a session of ONNX Runtime."""

    def run(self, outputs: None, feeds: dict[str, Any], /) -> Sequence[Any]:
        """All outputs of the graph."""


class Relations:
    """The loaded weights. One instance may serve many threads; it keeps no state of a text."""

    def __init__(
        self,
        card: dict[str, Any],
        vocabulary: Vocabulary,
        heads: Mapping[str, Two],
        lower: Graph,
        upper: Graph,
        stance_words: StanceWords | None = None,
    ) -> None:
        self.card = card
        self.name: str = card["name"]
        self.vocabulary = vocabulary
        self.modality, self.pair, self.stance = (heads[name] for name in HEADS)
        self.lower, self.upper = lower, upper
        self.stance_words = stance_words

    @classmethod
    def load(
        cls, folder: Path = MODEL_FOLDER, *, vocabulary: Vocabulary | None = None, threads: int | None = None
    ) -> Relations:
        """The weights that came with the package. Raises ModelError if they are missing or damaged."""
        card = read_card(folder / f"{NAME}.json")
        heads = {name: _read_two(folder / f"{NAME}.npz", name) for name in HEADS}
        vocabulary = vocabulary or Vocabulary.load(folder / "vocabulary.txt")
        lower, upper = (
            open_session(read_graph(folder / f"{NAME}_{part}.onnx", card["sha256"][part]), threads)
            for part in ("lower", "upper")
        )
        return cls(card, vocabulary, heads, lower, upper, find_stance_words(folder))

    def read(self, words: Words, first: int, last: int, marks: Mapping[int, int] | None = None) -> Scores:
        """The scores of words ``first`` to ``last``: a sentence, or one of its ``parts``.

        ``marks`` maps words to one of MARKS.
        """
        part = slice(first, last)
        pieces = words.pieces[part]
        sizes = np.asarray([len(p) for p in pieces], dtype=np.int64)
        at = 1 + np.cumsum(sizes) - sizes
        flat = [self.vocabulary.start, *(p for group in pieces for p in group), self.vocabulary.end]
        marked = np.asarray([(marks or {}).get(n, 0) for n in range(first, last)], dtype=np.int64)
        feeds = {
            "ids": np.asarray([flat], dtype=np.int64),
            "shapes": spread(words.shapes[part], sizes),
            "quotes": spread(words.quotes[part], sizes),
            "marks": spread(marked, sizes),
        }
        (lower,) = self.lower.run(None, feeds)
        near = np.zeros((1, len(flat)), dtype=np.int64)
        kinds, _, hidden = self.upper.run(None, {"lower": lower, "near": near})
        return Scores(at, feeds["marks"][0], lower, kinds[0, at], hidden[0])

    def given(self, scores: Scores, trigger: Pair) -> Given:
        """What every word is to a trigger (first and last word), and the modality of its event."""
        first, last = (int(n) for n in scores.at[list(trigger)])
        bounds = np.asarray([[first, last]])  # of the last word its first wordpiece, as in training
        near = 1 + distance_buckets(scores.lower.shape[1], bounds)
        _, roles, hidden = self.upper.run(None, {"lower": scores.lower, "near": near})
        vector = np.concatenate((hidden[0, 0], hidden[0, first : last + 1].mean(0)))
        return Given(roles[0, scores.at], self.modality.probabilities(vector))

    def type_given(self, text: str, actor: Sequence[Pair], recipient: Sequence[Pair]) -> dict[str, float]:
        """How probable each type is between an actor and a recipient of a sentence, given by their places."""
        words = self._words(text)
        found = self.pair.probabilities(self.between(words, 0, len(words), actor, recipient))
        return {kind: float(p) for kind, p in zip(KINDS, found, strict=True)}

    def stance_given(self, text: str, p: Pair, q: Pair) -> dict[str, float]:
        """How probable each of STANCES is between two participants of a sentence, given by their places."""
        words = self._words(text)
        return self.stance_between(text, words, 0, len(words), p, q)

    def stance_between(
        self, text: str, words: Words, first: int, last: int, p: Pair, q: Pair
    ) -> dict[str, float]:
        """How probable each of STANCES is between two participants of the sentence of some words of a text.

        Told by the encoder and, where their weights are there, by the sentence's n-grams.
        """
        found = self.stance.probabilities(self.between(words, first, last, [p], [q]))
        if self.stance_words and last > first:
            start, end = int(words.starts[first]), int(words.ends[last - 1])
            one, other = ((a - start, b - start) for a, b in (p, q))
            found = self.stance_words.added_to(found, text[start:end], one, other)
        return {label: float(x) for label, x in zip(STANCES, found, strict=True)}

    def between(
        self, words: Words, first: int, last: int, actor: Sequence[Pair], recipient: Sequence[Pair]
    ) -> FloatArray:
        """The vector (3H,) of what is between two participants of the sentence of some words.

        Of a sentence that is too long to be read at once, the part is read that holds both.
        """
        both = (("actor", actor), ("recipient", recipient))
        marks = {n: MARKS.index(role) for role, spans in both for n in _touched(words, spans, first, last)}
        scores = self.read(words, *_part_around(words, first, last, marks), marks)
        vectors = (_mean(scores.hidden, scores.marks == MARKS.index(role)) for role, _ in both)
        return np.concatenate((scores.hidden[0], *vectors))

    def _words(self, text: str) -> Words:
        return read_words(text, [(0, len(text))], find_quotations(text), self.vocabulary)


def parts(words: Words, first: int, last: int) -> list[Pair]:
    """The words of a sentence, cut into as few parts as can each be read at once: nearly always one."""
    sizes = [len(p) for p in words.pieces[first:last]]
    return [(first + a, first + b) for a, b in cut((0, len(sizes)), sizes, LONGEST - SPECIAL)]


def _part_around(words: Words, first: int, last: int, marked: Collection[int]) -> Pair:
    """The part of a sentence that holds all marked words; its beginning where none can."""
    found = [*parts(words, first, last), *(parts(words, min(marked), last) if marked else ())]
    holding = (p for p in found if all(p[0] <= n < p[1] for n in marked))
    return next(holding, found[0] if found else (first, first))


def _mean(hidden: FloatArray, where: npt.NDArray[np.bool_]) -> FloatArray:
    """The mean of the vectors (T, H) where it says so; zeros for nowhere."""
    found: FloatArray = hidden[where].mean(0) if where.any() else np.zeros_like(hidden[0])
    return found


def _touched(words: Words, spans: Sequence[Pair], first: int, last: int) -> Iterator[int]:
    """The words of the sentence that spans touch."""
    for start, end in spans:
        low = int(np.searchsorted(words.ends, start, side="right"))
        high = int(np.searchsorted(words.starts, end, side="left"))
        yield from range(max(low, first), min(high, last))


def _read_two(path: Path, name: str) -> Two:
    names = [f"{name}_{part}" for part in Two.__struct_fields__]
    arrays = read_arrays(path, names)
    return Two(*(arrays[name] for name in names))
