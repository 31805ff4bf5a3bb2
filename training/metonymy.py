"""Fit, cross-validate and write the regressions that tell a place from its government (metonymy.npz).

    python -m training.metonymy DATA/geo/metonymy_relocar_train.jsonl --out src/onrecord/models/metonymy.npz

The features are what the shipped encoder says at reading (src/onrecord/metonymy.py), so run this again
whenever the encoder's weights change: three minutes on one core, nothing random in it.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import zlib
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from onrecord.encoder import Encoder
from onrecord.evaluation.gold import read_gold
from onrecord.evaluation.metonymy import GoldName, one_sentence
from onrecord.metonymy import name_vectors, sentence_words, word_features

Array = npt.NDArray[np.float64]
FOLDS = 10
RIDGE = 50.0
"""Weight decay over the standardised vectors; of 20, 50 and 100 (86.2, 85.7, 86.1% in a
trial) the middle one."""
WORDS_RIDGE = 2.0
SEEN = 3
"""Sentences in which a word feature must occur."""


class Case(NamedTuple):
    """One name: its sentence (for the folds), vectors, word features, and whether it is a metonym."""

    text: str
    vectors: Array
    words: list[str]
    metonym: bool


class Linear(NamedTuple):
    """A fitted regression."""

    weights: Array
    bias: float


def cases(gold: Sequence[GoldName], encoder: Encoder) -> list[Case]:
    """The features of every name; each sentence is read as a text of its own."""
    found = []
    for name in gold:
        text = one_sentence(name.text)
        ann = encoder.annotate(text)
        first, last, low, high = sentence_words(text, ann, (name.start, name.end))
        vectors = name_vectors(ann, first, last, low, high)
        if vectors is None:
            continue
        words = [name.text[s:e] for s, e in zip(ann.words.starts, ann.words.ends, strict=True)]
        features = word_features(words[low:high], first - low, last - low)
        found.append(Case(name.text, vectors.astype(np.float64), features, name.reading == "metonymic"))
    return found


def fit(x: Array, y: Array, ridge: float) -> Linear:
    """Logistic regression by reweighted least squares, in the space of the samples (fewer than features)."""
    kernel = x @ x.T + 1.0
    alpha = np.zeros(len(y))
    for _ in range(25):
        scores = kernel @ alpha
        p = 1 / (1 + np.exp(-scores))
        bend = np.maximum(p * (1 - p), 1e-5)
        new = np.linalg.solve(kernel + ridge * np.diag(1 / bend), scores + (y - p) / bend)
        moved, alpha = np.abs(new - alpha).max(), new
        if moved < 1e-4:
            break
    return Linear(x.T @ alpha, float(alpha.sum()))


def fit_vectors(made: Sequence[Case]) -> Linear:
    """The regression over vectors, with the standardisation folded into its weights."""
    x = np.stack([c.vectors for c in made])
    mean, spread = x.mean(0), x.std(0) + 1e-6
    found = fit((x - mean) / spread, _labels(made), RIDGE)
    weights = found.weights / spread
    return Linear(weights, found.bias - float(mean @ weights))


def fit_words(made: Sequence[Case]) -> tuple[dict[str, float], float]:
    """The regression over word features."""
    counts = Counter(f for c in made for f in set(c.words))
    names = sorted(f for f, n in counts.items() if n >= SEEN)
    x = np.zeros((len(made), len(names)))
    at = {f: n for n, f in enumerate(names)}
    for row, case in zip(x, made, strict=True):
        row[[at[f] for f in set(case.words) if f in at]] = 1
    found = fit(x, _labels(made), WORDS_RIDGE)
    return {f: round(float(w), 3) for f, w in zip(names, found.weights, strict=True)}, found.bias


def _labels(made: Sequence[Case]) -> Array:
    return np.asarray([float(c.metonym) for c in made])


def by_vectors(made: Sequence[Case]) -> Callable[[Case], float]:
    """The score that the regression over vectors gives."""
    found = fit_vectors(made)
    return lambda case: float(case.vectors @ found.weights + found.bias)


def by_words(made: Sequence[Case]) -> Callable[[Case], float]:
    """The score that the regression over words gives."""
    weights, bias = fit_words(made)
    return lambda case: sum(weights.get(f, 0.0) for f in case.words) + bias


def cross_validate(made: Sequence[Case], learn: Callable[[Sequence[Case]], Callable[[Case], float]]) -> float:
    """Accuracy over ten folds; a sentence that occurs twice is in one fold."""
    right = 0
    for fold in range(FOLDS):
        held = [zlib.crc32(c.text.encode()) % FOLDS == fold for c in made]
        score = learn([c for c, h in zip(made, held, strict=True) if not h])
        right += sum((score(c) > 0) == c.metonym for c, h in zip(made, held, strict=True) if h)
    return round(right / len(made), 4)


def main() -> None:
    """Cross-validates, fits on everything, writes the file."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    encoder = Encoder.load(threads=1)
    made = cases(read_gold(args.data, GoldName), encoder)
    scores = {"vectors": cross_validate(made, by_vectors), "words": cross_validate(made, by_words)}
    print(f"{len(made)} names; accuracy, {FOLDS}-fold: {scores}")
    vectors, (words, words_bias) = fit_vectors(made), fit_words(made)
    told: dict[str, Any] = {
        "encoder": encoder.sha256,
        "bias": vectors.bias,
        "words": words,
        "words_bias": words_bias,
    }
    np.savez_compressed(args.out, weights=vectors.weights.astype(np.float32), told=np.array(json.dumps(told)))
    card = {
        "made_by": "training/metonymy.py",
        "data": {"name": "ReLocaR train", "sha256": hashlib.sha256(args.data.read_bytes()).hexdigest()},
        "encoder": encoder.sha256,
        "cross_validated_accuracy": scores,
        "names": len(made),
    }
    args.out.with_suffix(".json").write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
