"""Counts -> percentages, rounded to one decimal as the figures are printed.

The two F1 formulas are equal on paper and differ in the last bit, which shows
where a figure falls on half a decimal; each task keeps the one of its reference.
"""

from __future__ import annotations

from typing import TypeAlias

Figures: TypeAlias = dict[str, float]


def precision_recall(right: int, predicted: int, gold: int) -> Figures:
    """P, R and F1 in percent; 0 where nothing was predicted or wanted."""
    p, r = _ratio(right, predicted), _ratio(right, gold)
    f1 = 2 * p * r / (p + r) if p + r else 0.0
    return {"P": round(100 * p, 1), "R": round(100 * r, 1), "F1": round(100 * f1, 1)}


def found_and_missed(found: int, spurious: int, missed: int) -> Figures:
    """P, R and F1 in percent, and how many gold values there are."""
    p, r = _ratio(found, found + spurious), _ratio(found, found + missed)
    f1 = 200 * p * r / (p + r) if p + r else 0.0
    return {"P": round(100 * p, 1), "R": round(100 * r, 1), "F1": round(f1, 1), "gold": found + missed}


def percent(part: int, whole: int) -> float | None:
    """``part`` of ``whole`` in percent; None where there is nothing to take a part of."""
    return round(100 * part / whole, 1) if whole else None


def _ratio(part: int, whole: int) -> float:
    return part / whole if whole else 0.0
