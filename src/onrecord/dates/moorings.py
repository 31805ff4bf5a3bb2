"""What a relative date hangs on: the document's day, the date mentioned before, the tense around it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Literal, TypeAlias

import msgspec

from onrecord.dates.periods import Period, Unit, period_of, shifted

Tense: TypeAlias = Literal["past", "future"]

LOOK_BACK = 0.6
"""A past date counts as this much of its distance where no tense decides: news tells what was
("April" in a November is the one gone by). Measured on the dates of meantime: 0.4 to 0.8 do the same."""
STEP_BACK = 2.5
"""In a history, how much farther a date before the one just told counts than one after it."""


class Moorings(msgspec.Struct, frozen=True, kw_only=True):
    """``today`` is the document's day; ``last`` the date mentioned before, ``last_day`` the last that is a
    day; None where unknown.

    ``history`` says that the text tells of other years in their order, so that a month without a year
    belongs to the year told of. ``year`` and ``month`` are those of the other end of a range ("from May
    to June 2014", "the 3rd and 4 May").
    """

    today: date | None = None
    last: Period | None = None
    last_day: Period | None = None
    tense: Tense | None = None
    history: bool = False
    year: int | None = None
    month: int | None = None

    def now(self, unit: Unit) -> Period | None:
        """The period of that kind in which the document was published."""
        return period_of(self.today, unit) if self.today else None

    def told(self) -> Period | None:
        """The date mentioned before, else the document's day."""
        return self.last or self.now("day")


def recurring(moorings: Moorings, find: Callable[[int], Period | None]) -> Period | None:
    """The right one of a yearly date ("June", "3 May", "Easter"); ``find`` gives that of one year."""
    if moorings.year is not None:
        return find(moorings.year)
    if moorings.history and moorings.last:
        return _next_told(find, moorings.last)
    if moorings.today is None:
        return None
    return nearest(moorings, _around(find, moorings.today.year))


def shifted_of(moorings: Moorings, shift: int, find: Callable[[int], Period | None]) -> Period | None:
    """For "last June", "next Christmas", "this spring": the one gone by, the coming one, this year's."""
    today = moorings.today
    if today is None:
        return None
    if shift == 0:
        return find(today.year)
    found = _around(find, today.year)
    gone = [p for p in found if p.last < today]
    coming = [p for p in found if p.first > today]
    return (
        max(gone, key=lambda p: p.first, default=None)
        if shift < 0
        else min(coming, key=lambda p: p.first, default=None)
    )


def nearest(moorings: Moorings, candidates: list[Period]) -> Period | None:
    """The candidate that the tense points to; without one the nearest, the past counting as nearer."""
    today = moorings.today
    if today is None:
        return None
    if moorings.tense == "past":
        return max((p for p in candidates if p.first <= today), key=lambda p: p.first, default=None)
    if moorings.tense == "future":
        return min((p for p in candidates if p.last >= today), key=lambda p: p.first, default=None)
    return min(candidates, key=lambda p: _distance(p, today), default=None)


def _distance(period: Period, today: date) -> float:
    if period.last < today:
        return LOOK_BACK * (today - period.last).days
    return max((period.first - today).days, 0)


def _next_told(find: Callable[[int], Period | None], last: Period) -> Period | None:
    def distance(p: Period) -> float:
        if p.last < last.first:
            return STEP_BACK * (last.first - p.last).days
        return max((p.first - last.last).days, 0)

    return min(_around(find, last.first.year), key=distance, default=None)


def _around(find: Callable[[int], Period | None], year: int) -> list[Period]:
    return [p for n in (-1, 0, 1) if 0 < year + n < 9999 and (p := find(year + n))]


def moved(period: Period | None, steps: int, *, by: Unit | None = None) -> Period | None:
    """:func:`onrecord.dates.periods.shifted` for what may be unknown."""
    return shifted(period, steps, by=by) if period else None
