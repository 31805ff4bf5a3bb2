"""Confidences and whether they came right -> the tables that back a calibration claim.

"At least 90% of the statements at 0.9 or above are right, and they are half of
the output" is one row of :func:`at_thresholds`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from onrecord.evaluation.figures import percent

THRESHOLDS = (0.5, 0.6, 0.7, 0.8, 0.9, 0.95)
BINS = 10


class Judged(msgspec.Struct, frozen=True):
    """One prediction: the confidence it came with, and whether it was right."""

    confidence: float
    right: bool


def calibration(judged: Sequence[Judged], gold: int) -> dict[str, Any]:
    """Thresholds, bins and the two usual single figures, in percent; ``gold`` values were to be found."""
    return {
        "output": len(judged),
        "gold": gold,
        "at_least": at_thresholds(judged, gold),
        "bins": bins(judged),
        "expected_calibration_error": _expected_error(judged),
        "brier": _mean((j.confidence - j.right) ** 2 for j in judged),
    }


def at_thresholds(judged: Sequence[Judged], gold: int) -> dict[str, dict[str, Any]]:
    """Per threshold: the share of the output at or above it, its precision, and the recall left."""
    rows = {}
    for threshold in THRESHOLDS:
        kept = [j for j in judged if j.confidence >= threshold]
        right = sum(j.right for j in kept)
        rows[str(threshold)] = {
            "output": len(kept),
            "share": percent(len(kept), len(judged)),
            "precision": percent(right, len(kept)),
            "recall": percent(right, gold),
        }
    return rows


def bins(judged: Iterable[Judged]) -> dict[str, dict[str, Any]]:
    """Per tenth of confidence that occurs: how many, their mean confidence, and how many came right."""
    return {
        f"{n / BINS}-{(n + 1) / BINS}": {
            "output": len(group),
            "confidence": _mean(j.confidence for j in group),
            "right": percent(sum(j.right for j in group), len(group)),
        }
        for n, group in sorted(_group(judged).items())
    }


def _group(judged: Iterable[Judged]) -> dict[int, list[Judged]]:
    groups: dict[int, list[Judged]] = {}
    for j in judged:
        groups.setdefault(min(int(j.confidence * BINS), BINS - 1), []).append(j)
    return groups


def _expected_error(judged: Sequence[Judged]) -> float | None:
    """Mean distance of confidence from the share that came right, weighted by bin (Naeini et al. 2015)."""
    if not judged:
        return None
    distances = (abs(sum(j.confidence - j.right for j in group)) for group in _group(judged).values())
    return round(100 * sum(distances) / len(judged), 1)


def _mean(values: Iterable[float]) -> float | None:
    listed = list(values)
    return round(100 * sum(listed) / len(listed), 1) if listed else None
