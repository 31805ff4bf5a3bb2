"""Gold and predictions -> one-to-one pairs, the best first."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeAlias

Pairs: TypeAlias = dict[int, int]
"""Index of a gold value -> index of the prediction it is matched with."""


def pair_greedily(candidates: Iterable[tuple[Any, int, int]]) -> Pairs:
    """Pairs taken in the order of their rank, each side at most once.

    ``candidates`` are (rank, gold index, prediction index); the lowest rank goes
    first, and of equal ranks the earlier gold, then the earlier prediction.
    """
    pairs: Pairs = {}
    taken: set[int] = set()
    for _, gold, predicted in sorted(candidates):
        if gold not in pairs and predicted not in taken:
            pairs[gold] = predicted
            taken.add(predicted)
    return pairs
