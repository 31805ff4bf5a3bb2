"""Holidays that news names -> their day in a year, where the calendar says it with certainty.

Feasts that wait for the moon to be seen (Ramadan, the two Eids) are left out:
nobody can compute the day on which a country kept them.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

_EASTER = re.compile(r"(easter|orthodox|hebrew)([+-]\d+)")
_NOWRUZ_KNOWN = (1404, date(2025, 3, 21))
"""A year of the Iranian calendar and its first day, from which the others are counted."""
_NOWRUZ_YEARS = range(1800, 2250)
"""Years for which the rule of 33 years agrees with the equinox."""
_HEBREW_EPOCH = -1373427
"""The day before the Hebrew calendar begins, as a proleptic Gregorian ordinal."""


def find_holiday(rule: str, year: int) -> date | None:
    """The day on which a holiday with that rule (words.toml) falls in a year; None outside its calendar.

    >>> find_holiday("4 4 11", 2023)   # Thanksgiving: the fourth Thursday of November
    datetime.date(2023, 11, 23)
    """
    feast = _EASTER.fullmatch(rule)
    if feast:
        count = {"easter": easter, "orthodox": orthodox_easter, "hebrew": rosh_hashanah}[feast[1]]
        return count(year) + timedelta(days=int(feast[2]))
    if rule == "nowruz":
        return nowruz(year)
    if rule == "passover":
        return rosh_hashanah(year) - timedelta(days=163)
    if rule == "election":
        return _nth(year, 11, 1, 1) + timedelta(days=1)
    if " " in rule:
        week, weekday, month = map(int, rule.split())
        black_friday = week == 4 and weekday == 5
        return (
            _nth(year, month, 4, week) + timedelta(days=1)
            if black_friday
            else _nth(year, month, weekday, week)
        )
    return date(year, int(rule[:2]), int(rule[3:]))


def _nth(year: int, month: int, weekday: int, week: int) -> date:
    """The week-th Monday (1) … Sunday (7) of a month; -1 is the last one."""
    if week > 0:
        first = date(year, month, 1)
        return first + timedelta(days=(weekday - first.isoweekday()) % 7 + 7 * (week - 1))
    last = date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
    return last - timedelta(days=(last.isoweekday() - weekday) % 7)


def easter(year: int) -> date:
    """Easter Sunday of the western churches (the anonymous Gregorian computus)."""
    a, b, c = year % 19, year // 100, year % 100
    d = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    e = (32 + 2 * (b % 4) + 2 * (c // 4) - d - c % 4) % 7
    f = d + e - 7 * ((a + 11 * d + 22 * e) // 451) + 114
    return date(year, f // 31, f % 31 + 1)


def orthodox_easter(year: int) -> date:
    """Easter Sunday of the eastern churches, on the Gregorian calendar."""
    d = (19 * (year % 19) + 15) % 30
    e = (2 * (year % 4) + 4 * (year % 7) - d + 34) % 7
    month, day = divmod(d + e + 114, 31)
    return date(year, month, day + 1) + timedelta(days=year // 100 - year // 400 - 2)


def nowruz(year: int) -> date | None:
    """The first day of the Iranian year that begins in March of a year, by the rule of 33 years."""
    if year not in _NOWRUZ_YEARS:
        return None
    known, day = _NOWRUZ_KNOWN
    wanted = known + year - day.year
    low, high = sorted((known, wanted))
    days = sum(366 if (25 * y + 11) % 33 < 8 else 365 for y in range(low, high))
    return day + timedelta(days=days if wanted > known else -days)


def rosh_hashanah(year: int) -> date:
    """The first day of the Hebrew year that begins in the autumn of a year."""
    return date.fromordinal(_HEBREW_EPOCH + _hebrew_days(year + 3761))


def _hebrew_days(year: int) -> int:
    """Days before a Hebrew year: the mean new moons, with the four postponements."""

    def elapsed(y: int) -> int:
        months = (235 * y - 234) // 19
        parts = 12084 + 13753 * months
        days = 29 * months + parts // 25920
        return days + 1 if 3 * (days + 1) % 7 < 3 else days

    before, at, after = (elapsed(year + n) for n in (-1, 0, 1))
    if after - at == 356:
        return at + 2
    return at + 1 if at - before == 382 else at
