"""Labels given against labels wanted -> accuracy, and F1 of every label and on average."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from onrecord.evaluation.figures import found_and_missed, percent


def class_figures(wanted: Sequence[str], given: Sequence[str]) -> dict[str, Any]:
    """Macro-F1 and accuracy in percent, and P, R and F1 of each label.

    The mean is over the labels that are wanted or given at least once, each counting the same.

    >>> class_figures(["a", "a", "b"], ["a", "b", "b"])["accuracy"]
    66.7
    """
    right = Counter(w for w, g in zip(wanted, given, strict=True) if w == g)
    wants, gives = Counter(wanted), Counter(given)
    labels = sorted(wants | gives)
    return {
        "macro_F1": round(100 * sum(_f1(right[x], gives[x], wants[x]) for x in labels) / len(labels), 1),
        "accuracy": percent(right.total(), len(wanted)),
        "labels": {x: found_and_missed(right[x], gives[x] - right[x], wants[x] - right[x]) for x in labels},
    }


def best(scores: Mapping[str, float]) -> str:
    """The label with the highest score; of equal ones the first in the alphabet."""
    return min(scores, key=lambda label: (-scores[label], label))


def summed(scores: Mapping[str, float], merge: Callable[[str], str]) -> dict[str, float]:
    """The scores with those of labels that ``merge`` makes one added up."""
    total: dict[str, float] = {}
    for label, score in scores.items():
        total[merge(label)] = total.get(merge(label), 0.0) + score
    return total


def _f1(right: int, given: int, wanted: int) -> float:
    """F1 from 0 to 1, unrounded; the label occurs on one side at least."""
    return 2 * right / (given + wanted)
