"""What the words of a date expression mean that names a day, month, year … of the calendar.

Each takes what the expression hangs on and the values of its words by slot
(grammar.py says which), and gives a :class:`Period`, or None where the
calendar, the document's day or the date mentioned before does not allow one. Those that count from
another date are in relative.py.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import TypeAlias, cast

from onrecord.dates.holidays import find_holiday
from onrecord.dates.moorings import Moorings, moved, nearest, recurring, shifted_of
from onrecord.dates.periods import Period, Unit, joined, months_on, period_of, shifted
from onrecord.dates.tokens import Value

Values: TypeAlias = dict[str, Value]
Meaning: TypeAlias = Callable[[Moorings, Values], Period | None]

_CLEARLY_NEARER = 3
"""How many times nearer to the document's day one reading of 7/8/07 must be than the other, where both
are possible; without a document's day neither is taken."""
_YOUNG_CENTURY = 30
"""Two-figure years up to this many years ahead are of this century ("by '30"), others of the last."""


def int_in(values: Values, name: str) -> int:
    """The number in a slot."""
    return int(cast(int, values[name]))


def unit_in(values: Values, name: str = "unit") -> str:
    """The unit in a slot: "day", "quarter", "period" …"""
    return str(values[name])


def _day(year: int, month: int, day: int) -> Period | None:
    try:
        return period_of(date(year, month, day), "day")
    except ValueError:
        return None


def _year(year: int) -> Period:
    return period_of(date(year, 1, 1), "year")


def written_day(m: Moorings, v: Values) -> Period | None:
    """A day in figures with its order known: 2014-05-03, 20140503, 890503."""
    if "date" in v:
        return _day(*cast(tuple[int, int, int], v["date"]))
    year, month, day = cast(tuple[int, int, int], v["shortdate"])
    full = _full_year(m, year)
    return _day(full, month, day) if full else None


def written_month(_: Moorings, v: Values) -> Period | None:
    """2014-05."""
    return period_of(date(*cast(tuple[int, int, int], v["yearmonth"])), "month")


def figures(m: Moorings, v: Values) -> Period | None:
    """A day in figures with the year last, month first or day first: the one possible or clearly nearer."""
    one, two, year = cast(tuple[int, int, int], v["figures"])
    full = year if year > 99 else _full_year(m, year)
    if full is None:
        return None
    found = list(dict.fromkeys(p for p in (_day(full, one, two), _day(full, two, one)) if p))
    if len(found) < 2 or m.today is None:
        return found[0] if len(found) == 1 else None
    today = m.today
    near, far = sorted(found, key=lambda p: abs((p.first - today).days))
    distances = [abs((p.first - today).days) for p in (near, far)]
    return near if distances[1] > _CLEARLY_NEARER * distances[0] else None


def _full_year(m: Moorings, two: int) -> int | None:
    """The year that two figures stand for; None where no document's day tells the century."""
    if m.today is None:
        return None
    century = m.today.year // 100 * 100
    return century + two if century + two <= m.today.year + _YOUNG_CENTURY else century - 100 + two


def _named_year(m: Moorings, v: Values) -> int | None:
    """The year that the expression itself gives, however it is worded."""
    if "year" in v:
        return int_in(v, "year")
    if "year2" in v or "yy" in v:
        return _full_year(m, int_in(v, "year2" if "year2" in v else "yy"))
    if "shift" in v and m.today:
        return m.today.year + int_in(v, "shift")
    if ("same" in v or "step" in v) and (told := m.told()):
        return told.first.year + (int_in(v, "step") if "step" in v else 0)
    return None


def _names_year(v: Values) -> bool:
    return bool(v.keys() & {"year", "year2", "yy", "shift", "same", "step"})


def calendar_day(m: Moorings, v: Values) -> Period | None:
    """A day of a month, with or without its year."""
    month, day = int_in(v, "month"), int_in(v, "day")
    if _names_year(v):
        year = _named_year(m, v)
        return _day(year, month, day) if year else None
    return recurring(m, lambda year: _day(year, month, day))


def calendar_month(m: Moorings, v: Values) -> Period | None:
    """A month, with or without its year."""
    month = int_in(v, "month")
    if _names_year(v):
        year = _named_year(m, v)
        return period_of(date(year, month, 1), "month") if year else None
    return recurring(m, lambda year: period_of(date(year, month, 1), "month"))


def shifted_month(m: Moorings, v: Values) -> Period | None:
    """For "last June", "next March", "this May"."""
    month, shift = int_in(v, "month"), int_in(v, "shift" if "shift" in v else "step")
    return shifted_of(m, shift, lambda year: period_of(date(year, month, 1), "month"))


def shifted_day(m: Moorings, v: Values) -> Period | None:
    """For "last Oct. 13", "next 3 May"."""
    return shifted_of(m, int_in(v, "shift"), lambda year: _day(year, int_in(v, "month"), int_in(v, "day")))


def weekday_of_month(m: Moorings, v: Values) -> Period | None:
    """For "friday the 13th": the day on which both agree."""
    if m.today is None:
        return None
    months = [months_on(m.today.replace(day=1), n) for n in range(-12, 13)]
    days = [p for at in months if (p := _day(at.year, at.month, int_in(v, "day")))]
    return nearest(m, [p for p in days if p.first.isoweekday() == int_in(v, "weekday")])


def numbered_quarter(m: Moorings, v: Values) -> Period | None:
    """For "q3 2012", "H1"."""
    unit = "quarter" if "quarter" in v else "half"
    return nth(m, v | {"ord": v.get("quarter", v.get("semester", 0)), "unit": unit})


def opening(m: Moorings, v: Values) -> Period | None:
    """For "the first nine months of 1989": from its first unit to the last of that many."""
    year, unit, number = _named_year(m, v), unit_in(v), int_in(v, "num")
    if year is None or unit not in ("day", "week", "month", "quarter") or int_in(v, "ord") != 1:
        return None
    if unit == "month" and number in (3, 6):
        return _nth_of(_year(year), 1, "quarter" if number == 3 else "half")
    ends = [_nth_of(_year(year), n, unit) for n in (1, number)]
    return joined(ends[0], ends[1]) if ends[0] and ends[1] else None


def calendar_year(m: Moorings, v: Values) -> Period | None:
    """A year, in four figures or two."""
    year = _named_year(m, v)
    return _year(year) if year else None


def day_of_month(m: Moorings, v: Values) -> Period | None:
    """For "the 12th": of the month mentioned before, else by the tense around the document's day."""
    day = int_in(v, "day")
    if m.month:
        return calendar_day(m, {"month": m.month, "day": day})
    if m.last and m.last.unit in ("day", "month"):
        return _day(m.last.first.year, m.last.first.month, day)
    if m.today is None:
        return None
    months = [months_on(m.today.replace(day=1), n) for n in (-1, 0, 1)]
    return nearest(m, [p for at in months if (p := _day(at.year, at.month, day))])


def decade(m: Moorings, v: Values) -> Period | None:
    """For "the 1980s", "the '80s"."""
    if "decade" in v:
        return period_of(date(int_in(v, "decade") * 10, 1, 1), "decade")
    year = _full_year(m, int_in(v, "tens"))
    return period_of(date(year, 1, 1), "decade") if year else None


def century(_: Moorings, v: Values) -> Period | None:
    """For "the 19th century"."""
    number = int_in(v, "ord")
    if unit_in(v) != "century" or not 1 < number < 100:
        return None
    return period_of(date(100 * (number - 1), 1, 1), "century")


def season(m: Moorings, v: Values) -> Period | None:
    """A season, with its year or without."""
    month = int_in(v, "season") * 3

    def of(year: int) -> Period:
        return period_of(date(year, month, 1), "season")

    return _yearly(m, v, of)


def _yearly(m: Moorings, v: Values, of: Callable[[int], Period | None]) -> Period | None:
    """The right one of what comes every year, with its year or "last", "next" or neither."""
    if "shift" in v and "unit" not in v:
        return shifted_of(m, int_in(v, "shift"), of)
    if _names_year(v):
        year = _named_year(m, v)
        return of(year) if year else None
    return recurring(m, of)


def nth(m: Moorings, v: Values) -> Period | None:
    """For "the first quarter of 2014", "the last week of March", "the fourth quarter"."""
    unit, number = unit_in(v), int_in(v, "ord" if "ord" in v else "final")
    if "container" in v and unit_in(v, "container") != "year":
        return None
    if "month" in v:
        around = calendar_month(m, v)
    elif _names_year(v):
        around = calendar_year(m, v)
    elif unit in ("quarter", "half"):
        return (
            recurring(m, lambda year: _nth_of(_year(year), number, unit))
            if number > 0
            else moved(m.now(cast(Unit, unit)), -1)
        )
    else:
        return None
    return _nth_of(around, number, unit) if around else None


def last_of(m: Moorings, v: Values) -> Period | None:
    """For "the last quarter of 2014", "the next week of May" (which is none)."""
    if int_in(v, "shift") != -1:
        return None
    rest = {name.removeprefix("in_"): value for name, value in v.items() if name != "shift"}
    return nth(m, rest | {"final": -1})


def _nth_of(around: Period, number: int, unit: str) -> Period | None:
    """The number-th unit that begins in a period; -1 is the last that ends in it."""
    if unit not in ("day", "week", "weekend", "month", "quarter", "half") or number == 0:
        return None
    at = period_of(around.first if number > 0 else around.last, cast(Unit, unit))
    if number > 0 and at.first < around.first:
        at = shifted(at, 1) or at
    if number < 0 and at.last > around.last:
        at = shifted(at, -1) or at
    found = shifted(at, number - 1 if number > 0 else number + 1)
    return found if found and found.last <= around.last else None


def holiday(m: Moorings, v: Values) -> Period | None:
    """A holiday, with its year or without; its eve too."""
    rule, before = str(v["holiday"]), int_in(v, "eve") if "eve" in v else 0

    def of(year: int) -> Period | None:
        day = find_holiday(rule, year)
        return period_of(day + timedelta(days=before), "day") if day else None

    return _yearly(m, v, of)


def event(_: Moorings, v: Values) -> Period | None:
    """A day that goes by a name for ever."""
    return _day(*map(int, str(v["event"]).split("-")))


def week_of(m: Moorings, v: Values) -> Period | None:
    """For "the week of 5 May", "the quarter ended Sept. 30": the unit around that day."""
    day = calendar_day(m, v) if "day" in v else calendar_month(m, v)
    unit = unit_in(v)
    if day is None or unit not in ("week", "weekend", "month", "quarter", "half", "year"):
        return None
    return period_of(day.last, cast(Unit, unit))
