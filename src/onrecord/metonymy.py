"""Whether a place name stands for the place or for its government or people.

"Talks in Minsk" is the place, "Minsk rejected the offer" who governs there. A logistic regression over the
encoder's vectors of the name, the word on either side and the sentence decides (training/metonymy.py, with
cross-validated figures). The vectors are those of one set of weights: with other weights a second, smaller
regression over the words around the name takes over.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Sequence
from importlib import resources
from typing import Any

import msgspec
import numpy as np
import numpy.typing as npt

from onrecord.encoder import Annotation, WindowScores
from onrecord.errors import ModelError
from onrecord.text import Text

FloatArray = npt.NDArray[np.float32]
FILE = "metonymy.npz"
NEIGHBOURS = 8
"""Words on either side that the smaller regression looks at."""
_ARTICLES = frozenset(("the", "a", "an"))
_PREPOSITIONS = frozenset(
    "in at to from near of by for with against between over on into through across around within "
    "towards toward outside under beyond about after before during inside".split()
)
_VERBS = frozenset(
    "is was are were has have had will would said says told won beat lost became did does can could "
    "may might should must signed joined gave made took sent held went".split()
)


class Metonymy(msgspec.Struct, frozen=True):
    """Both regressions; ``encoder`` is the digest of the weights whose vectors the first one knows."""

    encoder: str
    weights: FloatArray
    bias: float
    words: dict[str, float]
    words_bias: float

    def probability(self, text: Text, ann: Annotation, span: tuple[int, int], *, encoder: str) -> float:
        """The probability that the name at ``span`` stands for a government or people, 0 to 1.

        ``encoder`` is the digest of the weights that made ``ann`` (``Encoder.sha256``).
        """
        first, last, low, high = sentence_words(text, ann, span)
        vectors = name_vectors(ann, first, last, low, high) if encoder == self.encoder else None
        if vectors is not None and vectors.shape == self.weights.shape:
            return _logistic(float(vectors @ self.weights) + self.bias)
        here = [
            text.document.text[s:e]
            for s, e in zip(ann.words.starts[low:high], ann.words.ends[low:high], strict=True)
        ]
        features = word_features(here, first - low, last - low)
        return _logistic(sum(self.words.get(f, 0.0) for f in features) + self.words_bias)

    def is_metonym(self, text: Text, ann: Annotation, span: tuple[int, int], *, encoder: str) -> bool:
        """Whether the name at ``span`` rather stands for a government or people than for the place."""
        return self.probability(text, ann, span, encoder=encoder) > 0.5


@functools.cache
def metonymy() -> Metonymy:
    """The shipped regressions. Raises ModelError where their file is damaged."""
    file = resources.files("onrecord") / "models" / FILE
    try:
        with resources.as_file(file) as path, np.load(path) as arrays:
            told: dict[str, Any] = json.loads(str(arrays["told"]))
            return Metonymy(weights=arrays["weights"].astype(np.float32), **told)
    except (OSError, ValueError, KeyError) as error:
        raise ModelError(f"the weights {FILE} cannot be read ({error}): reinstall onrecord") from error


def sentence_words(text: Text, ann: Annotation, span: tuple[int, int]) -> tuple[int, int, int, int]:
    """The words of the name (first, behind the last) and of its sentence, as numbers of ``ann.words``."""
    start, end = next((s for s in text.sentences if s[0] <= span[0] < s[1]), (0, len(text.document.text)))
    first = int(np.searchsorted(ann.words.ends, span[0], side="right"))
    last = max(first + 1, int(np.searchsorted(ann.words.starts, span[1])))
    low, high = (int(n) for n in np.searchsorted(ann.words.starts, (start, end)))
    return first, last, min(low, first), max(high, last)


def name_vectors(ann: Annotation, first: int, last: int, low: int, high: int) -> FloatArray | None:
    """The vectors of a name, its neighbours and the sentence in one row; None where unread."""
    scores = next((w for w in ann.windows if w.window.first <= first and last <= w.window.last), None)
    if scores is None:
        return None
    at = _columns(scores)
    first, last = first - scores.window.first, last - scores.window.first
    low, high = max(0, low - scores.window.first), min(len(at), high - scores.window.first)
    nothing = np.zeros(at.shape[1], dtype=np.float32)
    before = at[first - 1] if first > low else nothing
    behind = at[last] if last < high else nothing
    return np.concatenate([at[first:last].mean(0), before, behind, at[low:high].mean(0)])


def _columns(scores: WindowScores) -> FloatArray:
    return np.concatenate([scores.words, scores.queries, scores.anchors], axis=1)


def word_features(words: Sequence[str], first: int, last: int) -> list[str]:
    """What the words of a sentence say of the name in them, for the regression without vectors."""
    low = [w.lower() for w in words]
    before, behind = low[max(0, first - NEIGHBOURS) : first][::-1], low[last : last + NEIGHBOURS]
    bare = [w for w in before if w not in _ARTICLES]
    preposition = next((w for w in before if w in _PREPOSITIONS), "")
    verb = next((w for w in behind if w.endswith("ed") or w in _VERBS), "")
    found = [
        f"before={bare[0] if bare else ''}",
        f"before2={' '.join(bare[:2])}",
        f"behind={behind[0] if behind else ''}",
        f"behind2={' '.join(behind[:2])}",
        f"ends={behind[0][-2:] if behind else ''}",
        f"first={first == 0}",
        f"the={before[:1] == ['the']}",
        f"preposition={preposition}",
        f"verb={verb}",
    ]
    found += [f"near-before={w}" for w in before[:5]] + [f"near-behind={w}" for w in behind[:5]]
    return found + [f"any={w}" for w in sorted({*low[:first], *low[last:]})]


def _logistic(x: float) -> float:
    return float(1 / (1 + np.exp(-x)))
