"""Sentence -> what happens in it, and between two of its participants: the second, small pass.

Two graphs read one sentence: the lower layers once; the last ones once without marks, which tells what every
word triggers, and again for each trigger, its words marked, which tells what every word is to it. With two
participants marked from the beginning, their relation and their stance are told. The model is run over
sentences that may hold an event (sightings.py), never over a whole document.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import numpy.typing as npt

from onrecord.encoder import MODEL_FOLDER, open_session, read_graph, spread
from onrecord.errors import ModelError
from onrecord.quotes import find_quotations
from onrecord.relation_labels import KINDS, LONGEST, MARKS, STANCES
from onrecord.words import Vocabulary, Words, read_words

FloatArray = npt.NDArray[np.float32]
Pair = tuple[int, int]
NAME = "relations"


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
    """What the graphs say of one sentence of W words and T wordpieces; ``first`` is its first word's number."""

    first: int
    at: npt.NDArray[np.int64]  # (W,), each word's first wordpiece
    lower: FloatArray  # (1, T, H), under the last layers
    kinds: FloatArray  # (W, KINDS), probabilities
    hidden: FloatArray  # (W, H)
    opening: FloatArray  # (H,), of the sentence as a whole


class Given(msgspec.Struct, frozen=True):
    """What the graphs say of one trigger in a sentence of W words."""

    roles: FloatArray  # (W, ROLE_LABELS), probabilities
    modality: FloatArray  # (MODALITIES,), probabilities


class Relations:
    """The loaded weights. One instance may serve many threads; it keeps no state of a text."""

    def __init__(self, folder: Path, vocabulary: Vocabulary, *, threads: int | None = None) -> None:
        try:
            self.card: dict[str, Any] = json.loads((folder / f"{NAME}.json").read_text(encoding="utf-8"))
            with np.load(folder / f"{NAME}.npz") as file:
                arrays = {name: file[name].astype(np.float32) for name in file.files}
        except (OSError, ValueError) as error:
            raise ModelError(f"the weights {NAME} cannot be read ({error}): reinstall onrecord") from error
        self.name: str = self.card["name"]
        self.vocabulary = vocabulary
        self.modality, self.pair, self.stance = (
            Two(*(arrays[f"{name}_{part}"] for part in Two.__struct_fields__))
            for name in ("modality", "pair", "stance")
        )
        self.lower, self.upper = (
            open_session(read_graph(folder / f"{NAME}_{part}.onnx", self.card["sha256"][part]), threads)
            for part in ("lower", "upper")
        )

    @classmethod
    def load(
        cls, folder: Path = MODEL_FOLDER, *, vocabulary: Vocabulary | None = None, threads: int | None = None
    ) -> Relations:
        """The weights that came with the package. Raises ModelError if they are missing or damaged."""
        return cls(folder, vocabulary or Vocabulary.load(folder / "vocabulary.txt"), threads=threads)

    def read(self, words: Words, first: int, last: int, marks: Mapping[int, int] | None = None) -> Scores:
        """The scores of the sentence of words ``first`` to ``last``, as many of them as are read.

        ``marks`` maps words, counted from the sentence's first, to one of MARKS.
        """
        pieces = _as_many(words.pieces[first:last])
        count = len(pieces)
        part = slice(first, first + count)
        sizes = np.asarray([len(p) for p in pieces])
        at = np.concatenate(([1], 1 + np.cumsum(sizes)[:-1]))
        flat = [self.vocabulary.start, *(p for group in pieces for p in group), self.vocabulary.end]
        marked = np.asarray([(marks or {}).get(n, 0) for n in range(count)], dtype=np.int64)
        feeds = {
            "ids": np.asarray([flat], dtype=np.int64),
            "shapes": spread(words.shapes[part], sizes),
            "quotes": spread(words.quotes[part], sizes),
            "marks": spread(marked, sizes),
        }
        (lower,) = self.lower.run(None, feeds)
        trigger = np.zeros((1, len(flat)), dtype=np.int64)
        kinds, _, hidden = self.upper.run(None, {"lower": lower, "trigger": trigger})
        return Scores(first, at, lower, kinds[0, at], hidden[0, at], hidden[0, 0])

    def given(self, scores: Scores, trigger: Pair) -> Given:
        """What every word is to a trigger (first and last word), and the modality of its event."""
        first, last = (int(n) for n in scores.at[list(trigger)])
        marked = np.zeros(scores.lower.shape[:2], dtype=np.int64)
        marked[0, first : last + 1] = 1
        _, roles, hidden = self.upper.run(None, {"lower": scores.lower, "trigger": marked})
        vector = np.concatenate((hidden[0, 0], hidden[0, first : last + 1].mean(0)))
        return Given(roles[0, scores.at], self.modality.probabilities(vector))

    def type_given(self, text: str, actor: Sequence[Pair], recipient: Sequence[Pair]) -> dict[str, float]:
        """How probable each type is between an actor and a recipient of a sentence, given by their places."""
        found = self.pair.probabilities(self._given(text, actor, recipient))
        return {kind: float(p) for kind, p in zip(KINDS, found, strict=True)}

    def stance_given(self, text: str, p: Pair, q: Pair) -> dict[str, float]:
        """How probable each of STANCES is between two participants of a sentence, given by their places."""
        found = self.stance.probabilities(self._given(text, [p], [q]))
        return {label: float(x) for label, x in zip(STANCES, found, strict=True)}

    def _given(self, text: str, actor: Sequence[Pair], recipient: Sequence[Pair]) -> FloatArray:
        words = read_words(text, [(0, len(text))], find_quotations(text), self.vocabulary)
        return self.between(words, 0, len(words), actor, recipient)

    def between(
        self, words: Words, first: int, last: int, actor: Sequence[Pair], recipient: Sequence[Pair]
    ) -> FloatArray:
        """The vector (3H,) of what is between two participants of a sentence, given by its words."""
        both = [_touched(words, spans, first, last) for spans in (actor, recipient)]
        marks = {
            n: MARKS.index(role) for role, ns in zip(("actor", "recipient"), both, strict=True) for n in ns
        }
        scores = self.read(words, first, last, marks)
        vectors = (_mean(scores.hidden, [n for n, m in marks.items() if m == k]) for k in (1, 2))
        return np.concatenate((scores.opening, *vectors))


def _mean(hidden: FloatArray, words: Sequence[int]) -> FloatArray:
    """The mean vector of some words of the sentence, as far as it was read; zeros for none."""
    inside = [n for n in words if n < len(hidden)]
    found: FloatArray = hidden[inside].mean(0) if inside else np.zeros(hidden.shape[1], dtype=np.float32)
    return found


def _touched(words: Words, spans: Sequence[Pair], first: int, last: int) -> list[int]:
    """The words of the sentence that spans touch, counted from its first."""
    found: list[int] = []
    for start, end in spans:
        low = int(np.searchsorted(words.ends, start, side="right"))
        high = int(np.searchsorted(words.starts, end, side="left"))
        found += [n - first for n in range(max(low, first), min(high, last))]
    return found


def _as_many(pieces: Sequence[tuple[int, ...]]) -> Sequence[tuple[int, ...]]:
    """The words that fit into what is read of one sentence."""
    used = 2
    for n, group in enumerate(pieces):
        used += len(group)
        if used > LONGEST:
            return pieces[:n]
    return pieces
