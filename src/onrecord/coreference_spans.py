"""Annotation -> spans that stand for something: names, nominals and pronouns, inside one another too.

A layer over each word and its neighbours, then a score for every pair of a first
and a last word in a sentence: their product, so that spans may nest.
"""

from __future__ import annotations

import msgspec
import numpy as np
import numpy.typing as npt

from onrecord.encoder import Annotation, FloatArray

LONGEST = 48
"""Words in a mention; 0.3% of the training mentions are longer."""
FAR = 3
"""Words between those that the second layer sees."""
IntArray = npt.NDArray[np.int64]


class SpanHeads(msgspec.Struct, frozen=True):
    """The weights of this stage; H is the encoder's width, D that of the layer, P of the product."""

    project: FloatArray  # (H, D)
    project_bias: FloatArray
    shape: FloatArray  # (SHAPES, D)
    near: FloatArray  # (3D, D): the word before, the word, the word after
    near_bias: FloatArray
    far: FloatArray  # (3D, D): the same of what near gave, three words apart
    far_bias: FloatArray
    start: FloatArray  # (D, P + 1), the last column for the word by itself
    end: FloatArray
    start_bias: FloatArray
    end_bias: FloatArray
    width: FloatArray  # (LONGEST,)


class Spans(msgspec.Struct, frozen=True):
    """N spans in text order, an outer one before those that begin with it; ``last`` is inside."""

    first: IntArray
    last: IntArray
    scores: FloatArray  # log-odds

    def __len__(self) -> int:
        return len(self.first)


def word_vectors(ann: Annotation, heads: SpanHeads) -> FloatArray:
    """A vector (W, D) for every word of the document."""
    x = ann.hidden() @ heads.project + heads.project_bias + heads.shape[ann.words.shapes]
    x = np.maximum(x, 0)
    x = x + np.maximum(_around(x, 1) @ heads.near + heads.near_bias, 0)
    found: FloatArray = x + np.maximum(_around(x, FAR) @ heads.far + heads.far_bias, 0)
    return found


def _around(x: FloatArray, step: int) -> FloatArray:
    """The vectors (W, 3D) of the word ``step`` before, of the word, and of the word ``step`` after."""
    edge = np.zeros((step, x.shape[1]), dtype=x.dtype)
    padded = np.concatenate((edge, x, edge))
    return np.concatenate((padded[: len(x)], x, padded[2 * step :]), 1)


def find_spans(vectors: FloatArray, sentences: IntArray, heads: SpanHeads, floor: float) -> Spans:
    """The spans with a score above ``floor``; ``sentences`` numbers each word's sentence."""
    starts, ends = vectors @ heads.start + heads.start_bias, vectors @ heads.end + heads.end_bias
    first, last, scores = [], [], []
    cuts = np.flatnonzero(np.diff(sentences)) + 1
    for low, high in zip((0, *cuts), (*cuts, len(sentences)), strict=True):
        table = _sentence_scores(starts[low:high], ends[low:high], heads.width)
        a, b = np.nonzero(table > floor)
        first.append(a + low)
        last.append(b + low)
        scores.append(table[a, b])
    begin, end = np.concatenate(first), np.concatenate(last)
    order = np.lexsort((-end, begin))
    return Spans(begin[order], end[order], np.concatenate(scores)[order])


def _sentence_scores(starts: FloatArray, ends: FloatArray, width: FloatArray) -> FloatArray:
    """Scores (S, S) of all spans of a sentence by first and last word; minus infinity where there is none."""
    table = starts[:, :-1] @ ends[:, :-1].T + starts[:, -1:] + ends[:, -1]
    n = np.arange(len(table))
    widths = n[None] - n[:, None]
    inside = (widths >= 0) & (widths < LONGEST)
    found: FloatArray = np.where(inside, table + width[np.clip(widths, 0, LONGEST - 1)], -np.inf)
    return found


def sentence_numbers(starts: IntArray, sentences: tuple[tuple[int, int], ...]) -> IntArray:
    """The number of the sentence in which each word begins."""
    begins = np.asarray([start for start, _ in sentences], dtype=np.int64)
    return np.searchsorted(begins, starts, side="right")
