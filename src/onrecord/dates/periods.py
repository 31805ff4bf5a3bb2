"""Periods of the calendar: a day, week, month, quarter, year …, and how to go from one to another.

A period knows its first and last day and how TIMEX3 (ISO 8601 with a few
letters) writes it. Everything here is arithmetic on the Gregorian calendar.
"""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from typing import Literal, TypeAlias

import msgspec

from onrecord.records import Precision

Unit: TypeAlias = Literal[
    "day", "weekend", "week", "month", "quarter", "half", "season", "year", "decade", "century"
]

SEASONS = ("SP", "SU", "FA", "WI")
"""Spring begins in March; a winter belongs to the year in which it begins."""
_PRECISION: dict[Unit, Precision] = {
    "day": "day", "weekend": "day", "week": "week", "month": "month", "quarter": "month", "half": "month",
    "season": "month", "year": "year", "decade": "year", "century": "year",
}  # fmt: skip
_MONTHS: dict[Unit, int] = {
    "month": 1, "quarter": 3, "season": 3, "half": 6, "year": 12, "decade": 120, "century": 1200,
}  # fmt: skip
_THIRDS: dict[Unit, tuple[int, int]] = {"week": (2, 4), "month": (10, 20)}
"""Days after which the first and the second third end; longer periods are cut by months."""


class Period(msgspec.Struct, frozen=True, kw_only=True):
    """Days from ``first`` to ``last``, both included; ``value`` is the TIMEX3 value of the period named.

    ``first`` and ``last`` may be narrower than the value: "early 2014" has the
    value 2014 and ends in April.
    """

    first: date
    last: date
    unit: Unit
    value: str

    @property
    def precision(self) -> Precision:
        """The precision in the terms of the record: a weekend is two days, a quarter some months."""
        return _PRECISION[self.unit]


def period_of(day: date, unit: Unit) -> Period:
    """The period of that kind in which a day lies; the weekend is that of the day's week.

    >>> period_of(date(2014, 5, 14), "quarter").value
    '2014-Q2'
    """
    first, last = _bounds(day, unit)
    return Period(first=first, last=last, unit=unit, value=_write(first, unit))


def shifted(period: Period, steps: int, *, by: Unit | None = None) -> Period | None:
    """The period ``steps`` units on (of its own kind, or ``by`` another); None beyond the calendar."""
    unit = by or period.unit
    try:
        if unit in ("day", "week", "weekend"):
            days = steps * (1 if unit == "day" else 7)
            return period_of(period.first + timedelta(days=days), period.unit)
        return period_of(months_on(period.first, steps * _MONTHS[unit]), period.unit)
    except (ValueError, OverflowError):
        return None


def months_on(day: date, months: int) -> date:
    """The same day some months on, or the last day of a month that is too short."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def joined(first: Period, last: Period) -> Period | None:
    """The time from the beginning of one period to the end of another; None where that is no time."""
    if last.last < first.first:
        return None
    return Period(first=first.first, last=last.last, unit=first.unit, value=f"{first.value}/{last.value}")


def third(period: Period, part: int) -> Period:
    """The early (1), middle (2) or late (3) third of a period; a day is not divided."""
    if period.unit in ("day", "weekend"):
        return period
    if period.unit in _THIRDS:
        days = [period.first + timedelta(days=n) for n in _THIRDS[period.unit]]
    else:
        length = _MONTHS[period.unit] // 3
        days = [months_on(period.first, n * length) for n in (1, 2)]
    starts = [period.first, *days]
    ends = [*(day - timedelta(days=1) for day in days), period.last]
    return msgspec.structs.replace(period, first=starts[part - 1], last=ends[part - 1])


def _bounds(day: date, unit: Unit) -> tuple[date, date]:
    if unit == "day":
        return day, day
    monday = day - timedelta(days=day.weekday())
    if unit == "week":
        return monday, monday + timedelta(days=6)
    if unit == "weekend":
        return monday + timedelta(days=5), monday + timedelta(days=6)
    length = _MONTHS[unit]
    count = day.year * 12 + day.month - 1 - (2 if unit == "season" else 0)
    start = count // length * length + (2 if unit == "season" else 0)
    first = date(start // 12, start % 12 + 1, 1)
    end = months_on(first, length - 1)
    return first, end.replace(day=calendar.monthrange(end.year, end.month)[1])


def _write(first: date, unit: Unit) -> str:
    year = f"{first.year:04}"
    if unit in ("week", "weekend"):
        iso = first.isocalendar()
        return f"{iso.year:04}-W{iso.week:02}" + ("-WE" if unit == "weekend" else "")
    return {
        "day": first.isoformat(),
        "month": f"{year}-{first.month:02}",
        "quarter": f"{year}-Q{(first.month + 2) // 3}",
        "half": f"{year}-H{1 + first.month // 7}",
        "season": f"{year}-{SEASONS[first.month // 3 - 1]}",
        "year": year,
        "decade": year[:3],
        "century": year[:2],
    }[unit]
