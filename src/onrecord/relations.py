"""Sentence -> what happens in it, and between two of its participants: the second, small pass.

The graph reads one sentence and gives for every word the probability that it triggers an event of each type,
and vectors from which the small rest of the model is computed here. With two participants marked it tells
their relation and their stance. It is run over sentences that may hold an event (sightings.py), never over a
whole document.
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
import onnxruntime

from onrecord.encoder import MODEL_FOLDER, read_graph, spread
from onrecord.errors import ModelError
from onrecord.labels import DISTANCES
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
    """What the graph says of one sentence of W words; ``first`` is the number of its first word."""

    first: int
    kinds: FloatArray  # (W, KINDS), probabilities
    words: FloatArray  # (W, 2D)
    queries: FloatArray  # (W, 2D)
    hidden: FloatArray  # (W, H)
    opening: FloatArray  # (H,), of the sentence as a whole


class Relations:
    """The loaded weights. One instance may serve many threads; it keeps no state of a text."""

    def __init__(self, folder: Path, vocabulary: Vocabulary, *, threads: int | None = None) -> None:
        try:
            self.card: dict[str, Any] = json.loads((folder / f"{NAME}.json").read_text(encoding="utf-8"))
            with np.load(folder / f"{NAME}.npz") as file:
                arrays = {name: file[name].astype(np.float32) for name in file.files}
        except (OSError, ValueError) as error:
            raise ModelError(f"the weights {NAME} cannot be read ({error}): reinstall onrecord") from error
        graph = read_graph(folder / f"{NAME}.onnx", self.card["sha256"])
        self.name: str = self.card["name"]
        self.vocabulary = vocabulary
        self.distance, self.role, self.role_bias = (arrays[k] for k in ("distance", "role", "role_bias"))
        self.modality, self.pair, self.stance = (
            Two(*(arrays[f"{name}_{part}"] for part in Two.__struct_fields__))
            for name in ("modality", "pair", "stance")
        )
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads or 0
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        options.enable_cpu_mem_arena = False
        self.session = onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])

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
        kinds, word, query, hidden = self.session.run(None, feeds)
        return Scores(first, kinds[0, at], word[0, at], query[0, at], hidden[0, at], hidden[0, 0])

    def role_scores(self, scores: Scores, trigger: Pair) -> FloatArray:
        """Probabilities (W, ROLE_LABELS) of every word's role, given a trigger (first and last word)."""
        first, last = trigger
        query = scores.queries[first : last + 1].mean(0)
        half = len(query) // 2
        z = scores.words[:, half:] * query[half:] + scores.words[:, :half] + query[:half]
        z += self.distance[_buckets(len(scores.words), first, last)]
        return _softmax(np.maximum(z, 0) @ self.role + self.role_bias)

    def modality_scores(self, scores: Scores, trigger: Pair) -> FloatArray:
        """Probabilities of MODALITIES, given a trigger."""
        vector = scores.hidden[trigger[0] : trigger[1] + 1].mean(0)
        return self.modality.probabilities(np.concatenate((scores.opening, vector)))

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


def _buckets(count: int, first: int, last: int) -> npt.NDArray[np.int64]:
    """Signed bucket of each word's distance from the trigger."""
    words = np.arange(count)
    delta = np.minimum(words - first, 0) + np.maximum(words - last, 0)
    size = np.searchsorted(DISTANCES, np.abs(delta), side="right")
    found: npt.NDArray[np.int64] = np.where(delta < 0, -size, size) + len(DISTANCES)
    return found


def _softmax(scores: FloatArray) -> FloatArray:
    e = np.exp(scores - scores.max(-1, keepdims=True))
    found: FloatArray = e / e.sum(-1, keepdims=True)
    return found
