"""Task ``coreference``: predicted clusters against gold ones, by the means of three measures.

Mentions are found by the reader, nothing of the gold is seen; a mention counts where its first and last
character are those of a gold one. What is mentioned once is left out on both sides. MUC (Vilain et al. 1995)
counts links, B3 (Bagga & Baldwin 1998) mentions, CEAFphi4 (Luo 2005) clusters, paired one to one in the
best way. ``conll`` is the mean of their F1 (Pradhan et al. 2012). Counts are summed over documents.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from onrecord.errors import ModelError
from onrecord.evaluation.gold import Gold, Pair
from onrecord.sources.raw import RawDocument
from onrecord.text import read_text

Clusters: TypeAlias = Sequence[Sequence[Pair]]
Fraction: TypeAlias = tuple[float, float]
"""What is right, of how much."""
DEV = "dev"


class GoldMention(Gold, frozen=True, kw_only=True):
    """A mention and the name of its cluster within the document."""

    start: int
    end: int
    cluster: str


class ClusteredText(Gold, frozen=True, kw_only=True):
    """A text with its mentions; ``split`` says which part of its corpus it belongs to."""

    id: str
    text: str
    split: str | None = None
    mentions: tuple[GoldMention, ...]

    def clusters(self) -> list[list[Pair]]:
        """The clusters of two mentions or more."""
        groups: dict[str, list[Pair]] = {}
        for m in self.mentions:
            groups.setdefault(m.cluster, []).append((m.start, m.end))
        return [group for group in groups.values() if len(group) > 1]


def of_one_part(gold: Sequence[ClusteredText]) -> list[ClusteredText]:
    """The texts of the part ``dev``, where the file has such a part; else all."""
    return [text for text in gold if text.split == DEV] or list(gold)


def compare(gold: Sequence[ClusteredText]) -> dict[str, Any]:
    """The figures of the shipped engine on the texts, with how many and of which part they are."""
    from onrecord.pipeline import Engine  # loads the weights, which the measures do not need

    engine, scorer = Engine.load(), Scorer()
    if engine.coreference is None:
        raise ModelError(
            "the weights of coreference are missing, or of another encoder: "
            "rebuild them with python -m training.coreference"
        )
    for article in gold:
        text = read_text(RawDocument(data=article.text, origin=article.id))
        found = engine.clusters(text, engine.encoder.annotate(text))
        scorer.add(article.clusters(), [[(m.start, m.end) for m in c.mentions] for c in found])
    parts = sorted({text.split for text in gold if text.split})
    return {**scorer.figures(), "documents": len(gold), "split": ", ".join(parts) or None}


class Scorer:
    """Sums over documents; :meth:`figures` in percent."""

    def __init__(self) -> None:
        self._recall = {name: np.zeros(2) for name in _MEASURES}
        self._precision = {name: np.zeros(2) for name in _MEASURES}
        self._found = self._predicted = self._gold = 0

    def add(self, gold: Clusters, predicted: Clusters) -> None:
        """Count one document; clusters of one mention are left out."""
        gold, predicted = ([list(dict.fromkeys(c)) for c in side] for side in (gold, predicted))
        gold, predicted = ([c for c in side if len(c) > 1] for side in (gold, predicted))
        for name, measure in _MEASURES.items():
            recall, precision = measure(gold, predicted)
            self._recall[name] += recall
            self._precision[name] += precision
        ours, theirs = {m for c in predicted for m in c}, {m for c in gold for m in c}
        self._found += len(ours & theirs)
        self._predicted += len(ours)
        self._gold += len(theirs)

    def figures(self) -> dict[str, Any]:
        """P, R and F1 of each measure and of the mentions in clusters, and the mean F1 (``conll``)."""
        exact = {n: _prf(self._precision[n], self._recall[n]) for n in _MEASURES}
        sums = np.asarray([self._found, self._predicted]), np.asarray([self._found, self._gold])
        mean = sum(f["F1"] for f in exact.values()) / len(exact)
        rounded = {n: {k: round(v, 1) for k, v in f.items()} for n, f in exact.items()}
        mentions = {k: round(v, 1) for k, v in _prf(*sums).items()}
        return {"conll": round(mean, 2), **rounded, "mentions": {**mentions, "gold": self._gold}}


def _prf(precision: npt.NDArray[Any], recall: npt.NDArray[Any]) -> dict[str, float]:
    p, r = (100 * float(x[0]) / float(x[1]) if x[1] else 0.0 for x in (precision, recall))
    return {"P": p, "R": r, "F1": 2 * p * r / (p + r) if p + r else 0.0}


def muc(gold: Clusters, predicted: Clusters) -> tuple[Fraction, Fraction]:
    """Recall and precision by links: how many pieces the other side cuts each cluster into."""
    return _links(gold, predicted), _links(predicted, gold)


def _links(of: Clusters, by: Clusters) -> Fraction:
    where = _where(by)
    right = whole = 0
    for cluster in of:
        pieces = [where.get(m, -1) for m in cluster]
        right += len(cluster) - len({p for p in pieces if p >= 0}) - pieces.count(-1)
        whole += len(cluster) - 1
    return right, whole


def b_cubed(gold: Clusters, predicted: Clusters) -> tuple[Fraction, Fraction]:
    """Recall and precision by mentions: how much of a mention's cluster the other side keeps with it."""
    return _kept(gold, predicted), _kept(predicted, gold)


def _kept(of: Clusters, by: Clusters) -> Fraction:
    where = _where(by)
    right = 0.0
    for cluster in of:
        pieces = Counter(where.get(m, -1) for m in cluster)
        right += sum(n * n for piece, n in pieces.items() if piece >= 0) / len(cluster)
    return right, sum(len(cluster) for cluster in of)


def ceaf_phi4(gold: Clusters, predicted: Clusters) -> tuple[Fraction, Fraction]:
    """Recall and precision by clusters, paired one to one so that their likeness (phi 4) is greatest."""
    where = _where(predicted)
    likeness = np.zeros((len(gold), len(predicted)))
    for n, cluster in enumerate(gold):
        for piece, shared in Counter(where.get(m, -1) for m in cluster).items():
            if piece >= 0:
                likeness[n, piece] = 2 * shared / (len(cluster) + len(predicted[piece]))
    best = sum(likeness[n, k] for n, k in enumerate(assign(-likeness)) if k >= 0) if likeness.size else 0.0
    return (best, len(gold)), (best, len(predicted))


def _where(clusters: Clusters) -> dict[Pair, int]:
    return {m: n for n, cluster in enumerate(clusters) for m in cluster}


def assign(cost: npt.NDArray[np.float64]) -> list[int]:
    """The column of each row (-1 for none) in the one-to-one pairing of least total cost.

    The Hungarian method by shortest augmenting paths, O(n^2 m).

    >>> assign(np.asarray([[4.0, 1.0, 3.0], [2.0, 0.0, 5.0]]))
    [1, 0]
    """
    if cost.shape[0] > cost.shape[1]:
        rows = assign(cost.T)
        found = [-1] * cost.shape[0]
        for column, row in enumerate(rows):
            found[row] = column
        return found
    row_price, price = np.zeros(cost.shape[0]), np.zeros(cost.shape[1])
    owner = np.full(cost.shape[1], -1)
    for row in range(cost.shape[0]):
        _augment(cost, row, row_price, price, owner)
    found = [-1] * cost.shape[0]
    for column, row in enumerate(owner):
        if row >= 0:
            found[row] = column
    return found


def _augment(
    cost: npt.NDArray[np.float64],
    row: int,
    row_price: npt.NDArray[np.float64],
    price: npt.NDArray[np.float64],
    owner: npt.NDArray[np.int64],
) -> None:
    """Find a column for one more row; owners and prices are changed in place."""
    shortest = np.full(len(price), np.inf)
    came = np.full(len(price), -1)
    done = np.zeros(len(price), dtype=bool)
    at, column, reached = row, -1, 0.0
    rows = [row]
    while True:
        through = reached + cost[at] - row_price[at] - price
        better = ~done & (through < shortest)
        shortest[better], came[better] = through[better], column
        column = int(np.where(done, np.inf, shortest).argmin())
        reached = shortest[column]
        done[column] = True
        if owner[column] < 0:
            break
        at = int(owner[column])
        rows.append(at)
    passed = done.copy()
    passed[column] = False
    row_price[row] += reached
    for other in np.flatnonzero(passed):
        row_price[owner[other]] += reached - shortest[other]
    price[passed] -= reached - shortest[passed]
    while column >= 0:
        before = int(came[column])
        owner[column] = owner[before] if before >= 0 else row
        column = before


_MEASURES = {"muc": muc, "b3": b_cubed, "ceaf4": ceaf_phi4}
