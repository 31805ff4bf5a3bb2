"""A sentence with two participants -> how likely its words alone make each stance between them.

A linear model of n-grams beside the encoder (relations.py): small sets teach it less wrongly, and it fails
elsewhere. The participants' own words are no feature, so it knows nobody. It sees them as the one that
stands first and the other; asked the other way round it gives the mirrored answer.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec
import numpy as np
import numpy.typing as npt

from onrecord.encoder import read_arrays
from onrecord.relation_labels import STANCES

FloatArray = npt.NDArray[np.float32]
Pair = tuple[int, int]
FILE = "stance_words.npz"
BUCKETS = 2**17
"""What n-grams are hashed into; with a bucket for each the cross-validated figure is the same."""
LONGEST = 2
"""Words of an n-gram; with three it is no better (macro-F1, cross-validated on train)."""
WORDS = 1.0
"""How much the words' log-probabilities count beside the encoder's. Chosen on directed_sentiment valid: of 0,
0.3, 0.5, 0.7, 1 and 1.5 the best over all rows (macro-F1 70.2; 56.3 without the words), and over the rows
that are not in train no worse than without (45.2; 44.3), where 0.3 has 48.9 and 1.5 40.1
(``python -m training.stance_words --data DATA --check``)."""
FIRST, OTHER = "<1>", "<2>"
_WORD = re.compile(r"\w+")
_SIDES = {"p2q": "q2p", "q2p": "p2q"}
MIRRORED = tuple(
    STANCES.index(s[:-3] + _SIDES[s[-3:]]) if s[-3:] in _SIDES else n for n, s in enumerate(STANCES)
)
"""The place of every stance's counterpart where the two participants are swapped."""


class StanceWords(msgspec.Struct, frozen=True):
    """The weights of every bucket, for each of STANCES of the one that stands first to the other."""

    weights: npt.NDArray[np.int8]  # (BUCKETS, STANCES); the idf is in them
    scale: FloatArray  # (STANCES,), what a weight of 1 stands for
    bias: FloatArray  # (STANCES,)

    def probabilities(self, sentence: str, p: Pair, q: Pair) -> FloatArray:
        """How probable each of STANCES is between two participants, given by their places."""
        rows, values = features(sentence, p, q)
        scores = values @ self.weights[rows] * self.scale + self.bias
        found = softmax(scores.astype(np.float32))
        return found if p <= q else found[list(MIRRORED)]

    def added_to(
        self, found: FloatArray, sentence: str, p: Pair, q: Pair, weight: float = WORDS
    ) -> FloatArray:
        """Probabilities that another model found for the same, and those of the words, as one."""
        words = np.log(self.probabilities(sentence, p, q) + _TINY)
        return softmax(np.log(found + _TINY) + np.float32(weight) * words)


_TINY = np.float32(1e-9)


def find_stance_words(folder: Path) -> StanceWords | None:
    """The weights in ``folder``; None where there are none. Raises ModelError if they are damaged."""
    if not (folder / FILE).exists():
        return None
    return StanceWords(**read_arrays(folder / FILE, StanceWords.__struct_fields__))


def features(sentence: str, p: Pair, q: Pair) -> tuple[npt.NDArray[np.int64], FloatArray]:
    """The buckets of a sentence's n-grams and their values; either part of them has length 1."""
    buckets: list[int] = []
    values: list[float] = []
    for name, words in segments(sentence, p, q).items():
        grams = dict.fromkeys(_grams(name, words))
        buckets += [zlib.crc32(gram.encode()) % BUCKETS for gram in grams]
        values += [len(grams) ** -0.5] * len(grams)
    return np.asarray(buckets, dtype=np.int64), np.asarray(values, dtype=np.float32)


def segments(sentence: str, p: Pair, q: Pair) -> dict[str, list[str]]:
    """The words of the sentence, its participants masked, and those between the two up to the second."""
    (start, end), (then, last) = sorted((p, q))
    before, between, behind = (
        _WORD.findall(sentence[max(a, 0) : max(b, 0)].lower())
        for a, b in ((0, start), (end, then), (max(end, last), len(sentence)))
    )
    return {"all": [*before, FIRST, *between, OTHER, *behind], "between": [*between, OTHER]}


def _grams(name: str, words: Sequence[str]) -> Iterator[str]:
    for size in range(1, LONGEST + 1):
        for n in range(len(words) - size + 1):
            yield " ".join((name, *words[n : n + size]))


def softmax(scores: FloatArray) -> FloatArray:
    """Scores as probabilities."""
    e = np.exp(scores - scores.max())
    found: FloatArray = e / e.sum()
    return found
