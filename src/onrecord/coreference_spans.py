"""Annotation -> spans that stand for something: names, nominals and pronouns, inside one another too.

1. two layers over each word and its neighbours;
2. words that may begin a mention, and words that may end one;
3. a score for each pair of them in a sentence, from both, from the words between and from their number.
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
EDGE_FLOOR = -3.0
"""Log-odds from which a word is tried as the edge of a mention."""
IntArray = npt.NDArray[np.int64]


class SpanHeads(msgspec.Struct, frozen=True):
    """The weights of this stage; H is the encoder's width, D that of a word, P of a pair."""

    project: FloatArray  # (H, D)
    project_bias: FloatArray
    shape: FloatArray  # (SHAPES, D)
    near: FloatArray  # (3D, D): the word before, the word, the word after
    near_bias: FloatArray
    far: FloatArray  # (3D, D): the same of what near gave, three words apart
    far_bias: FloatArray
    edge: FloatArray  # (D, 2): whether a word begins a mention, whether it ends one
    edge_bias: FloatArray
    parts: FloatArray  # (D, 5P): what the first word adds, the last, those inside; first and last multiplied
    parts_bias: FloatArray
    width: FloatArray  # (LONGEST, P)
    span: FloatArray  # (P,)
    span_bias: FloatArray  # (1,)


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
    first, last = possible_spans(vectors @ heads.edge + heads.edge_bias, sentences)
    scores = span_scores(vectors, first, last, heads)
    kept = scores > floor
    order = np.lexsort((-last[kept], first[kept]))
    return Spans(first[kept][order], last[kept][order], scores[kept][order])


def possible_spans(edges: FloatArray, sentences: IntArray) -> tuple[IntArray, IntArray]:
    """First and last words of what the edges (W, 2), log-odds, leave possible."""
    begins, ends = np.flatnonzero(edges[:, 0] > EDGE_FLOOR), np.flatnonzero(edges[:, 1] > EDGE_FLOOR)
    # The ends that a beginning can have stand next to one another: those up to the end of its sentence.
    reach = np.minimum(np.searchsorted(sentences, sentences[begins], side="right"), begins + LONGEST)
    low, high = np.searchsorted(ends, begins), np.searchsorted(ends, reach)
    counts = high - low
    shift = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
    return np.repeat(begins, counts), ends[np.repeat(low, counts) + shift]


def span_scores(vectors: FloatArray, first: IntArray, last: IntArray, heads: SpanHeads) -> FloatArray:
    """Log-odds (N,) that words ``first`` to ``last`` are a mention."""
    begin, end, inside, times_begin, times_end = np.split(vectors @ heads.parts + heads.parts_bias, 5, axis=1)
    sums = np.concatenate((np.zeros_like(inside[:1]), np.cumsum(inside, 0)))
    widths = last - first
    z = times_begin[first] * times_end[last]
    z += begin[first] + end[last] + heads.width[widths]
    z += (sums[last + 1] - sums[first]) / (widths[:, None] + 1)
    found: FloatArray = np.maximum(z, 0) @ heads.span + heads.span_bias
    return found


def sentence_numbers(starts: IntArray, sentences: tuple[tuple[int, int], ...]) -> IntArray:
    """The number of the sentence in which each word begins."""
    begins = np.asarray([start for start, _ in sentences], dtype=np.int64)
    return np.searchsorted(begins, starts, side="right")
