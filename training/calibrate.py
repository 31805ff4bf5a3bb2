"""Fits confidence: from what the model is sure of to the chance of being partially right.

    python -m training.calibrate DATA/polnear/dev.jsonl --models src/onrecord/models

A logistic regression over the features of ``onrecord.statements.features_of``, fitted by Newton's
method on statements judged by ``statement.partial`` (docs/evaluation.md), and written into the model
card. The figures printed are cross-validated: each article is judged by weights fitted on the others.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable
from pathlib import Path

import msgspec
import numpy as np
import numpy.typing as npt

from onrecord.candidates import Candidate, find_candidates
from onrecord.encoder import Encoder
from onrecord.evaluation.attribution import compare
from onrecord.evaluation.calibration import Judged, calibration
from onrecord.evaluation.gold import AttributedText, read_gold
from onrecord.records import ProducedBy, Reading
from onrecord.sources.raw import RawDocument
from onrecord.statements import Weights, build_statements, features_of
from onrecord.text import read_text

FloatArray = npt.NDArray[np.float64]
FOLDS = 5
RIDGE = 1e-2
"""Weight decay of the regression: it keeps a feature that hardly varies (``bare``) near zero."""
KEPT_RIGHT = 0.92
"""Share of the statements at 0.9 or above that are right where confidence is fitted; 2 points of margin."""
NAMES = ("bias", "anchor", "content", "source", "bare")
FLAT = Weights(bias=0.0, anchor=1.0, content=0.0, source=0.0, bare=0.0)


def judged_features(
    encoder: Encoder, articles: Iterable[AttributedText]
) -> list[tuple[FloatArray, FloatArray]]:
    """Per article: features (N, 5) of its statements, and whether each is partially right (N,)."""
    found = []
    for article in articles:
        text = read_text(RawDocument(data=article.text))
        ann = encoder.annotate(text)
        candidates = find_candidates(encoder, ann)
        statements = build_statements(text, ann, candidates, FLAT, least=0.0)
        produced = ProducedBy(onrecord="", model="", model_sha256="")
        reading = Reading(document=text.document, statements=statements, produced_by=produced)
        (comparison,) = compare([article], [reading])
        judged = [c for c, s in zip(candidates, statements, strict=True) if not s.parent]
        right = set(comparison.pairs["partial"].values())
        outcome = np.asarray([n in right for n in range(len(judged))], dtype=float)
        found.append((np.asarray([row(c) for c in judged]).reshape(-1, len(NAMES)), outcome))
    return found


def row(candidate: Candidate) -> list[float]:
    """The features in the order of NAMES, the constant first."""
    return [1.0, *(features_of(candidate)[name] for name in NAMES[1:])]


def fit(features: FloatArray, right: FloatArray) -> FloatArray:
    """The weights of the logistic regression (Newton's method, ridge on all but the constant)."""
    weights = np.zeros(features.shape[1])
    ridge = RIDGE * len(right) * np.diag([0.0] + [1.0] * (len(weights) - 1)) / 100
    for _ in range(30):
        chance = 1 / (1 + np.exp(-features @ weights))
        slope = features.T @ (right - chance) - ridge @ weights
        curve = features.T @ (features * (chance * (1 - chance))[:, None]) + ridge
        weights = weights + np.linalg.solve(curve, slope)
    return weights


def fit_anchored(articles: list[tuple[FloatArray, FloatArray]]) -> FloatArray:
    """The weights for these articles."""
    features, right = (np.concatenate(parts) for parts in zip(*articles, strict=True))
    return anchored(fit(features, right), features, right)


def anchored(weights: FloatArray, features: FloatArray, right: FloatArray) -> FloatArray:
    """The weights with their constant moved so that 0.9 keeps what it says.

    Confidence is used as a filter, so it is anchored as one: of the statements at 0.9 or above, taken
    together, a share of ``KEPT_RIGHT`` is right, and they are as many as can be. A single statement near
    0.9 is therefore somewhat less sure than its number.
    """
    scores = features @ weights
    order = np.argsort(-scores)
    precision = np.cumsum(right[order]) / np.arange(1, len(order) + 1)
    last = int(np.flatnonzero(precision >= KEPT_RIGHT)[-1])
    moved = weights.copy()
    moved[0] += np.log(0.9 / 0.1) - scores[order[last]]
    return moved


def cross_validate(articles: list[tuple[FloatArray, FloatArray]], gold: int) -> dict[str, object]:
    """The calibration table, every article judged by weights that never saw it."""
    judged = []
    for fold in range(FOLDS):
        rest = [a for n, a in enumerate(articles) if n % FOLDS != fold]
        weights = fit_anchored(rest)
        for features, right in articles[fold::FOLDS]:
            chances = 1 / (1 + np.exp(-features @ weights))
            judged += [Judged(float(c), bool(r)) for c, r in zip(chances, right, strict=True)]
    return calibration(judged, gold)


def main() -> None:
    """Fits, prints the cross-validated table and writes the card."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("gold", type=Path)
    parser.add_argument("--models", type=Path, required=True)
    args = parser.parse_args()
    gold = list(read_gold(args.gold, AttributedText))
    encoder = Encoder.load(args.models)
    articles = judged_features(encoder, gold)
    weights = fit_anchored(articles)
    card_path = args.models / "statements.json"
    card = json.loads(card_path.read_text(encoding="utf-8"))
    card["confidence"] = {name: round(float(w), 4) for name, w in zip(NAMES, weights, strict=True)}
    msgspec.convert(card["confidence"], Weights)
    card_path.write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(cross_validate(articles, sum(len(a.attributions) for a in gold)), indent=1))


if __name__ == "__main__":
    main()
