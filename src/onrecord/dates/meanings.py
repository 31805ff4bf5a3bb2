"""What the words of a date expression mean: one function for each kind of expression.

Each takes what the expression hangs on and the values of its words by slot
(grammar.py says which), and gives a :class:`Period`, or None where the
calendar, the document's day or the date mentioned before does not allow one.
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


def _int(values: Values, name: str) -> int:
    return int(cast(int, values[name]))


def _unit(values: Values, name: str = "unit") -> str:
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
        return _int(v, "year")
    if "year2" in v or "yy" in v:
        return _full_year(m, _int(v, "year2" if "year2" in v else "yy"))
    if "shift" in v and m.today:
        return m.today.year + _int(v, "shift")
    if ("same" in v or "step" in v) and (told := m.told()):
        return told.first.year + (_int(v, "step") if "step" in v else 0)
    return None


def _names_year(v: Values) -> bool:
    return bool(v.keys() & {"year", "year2", "yy", "shift", "same", "step"})


def calendar_day(m: Moorings, v: Values) -> Period | None:
    """A day of a month, with or without its year."""
    month, day = _int(v, "month"), _int(v, "day")
    if _names_year(v):
        year = _named_year(m, v)
        return _day(year, month, day) if year else None
    return recurring(m, lambda year: _day(year, month, day))


def calendar_month(m: Moorings, v: Values) -> Period | None:
    """A month, with or without its year."""
    month = _int(v, "month")
    if _names_year(v):
        year = _named_year(m, v)
        return period_of(date(year, month, 1), "month") if year else None
    return recurring(m, lambda year: period_of(date(year, month, 1), "month"))


def shifted_month(m: Moorings, v: Values) -> Period | None:
    """For "last June", "next March", "this May"."""
    month, shift = _int(v, "month"), _int(v, "shift" if "shift" in v else "step")
    return shifted_of(m, shift, lambda year: period_of(date(year, month, 1), "month"))


def shifted_day(m: Moorings, v: Values) -> Period | None:
    """For "last Oct. 13", "next 3 May"."""
    return shifted_of(m, _int(v, "shift"), lambda year: _day(year, _int(v, "month"), _int(v, "day")))


def weekday_of_month(m: Moorings, v: Values) -> Period | None:
    """For "friday the 13th": the day on which both agree."""
    if m.today is None:
        return None
    months = [months_on(m.today.replace(day=1), n) for n in range(-12, 13)]
    days = [p for at in months if (p := _day(at.year, at.month, _int(v, "day")))]
    return nearest(m, [p for p in days if p.first.isoweekday() == _int(v, "weekday")])


def numbered_quarter(m: Moorings, v: Values) -> Period | None:
    """For "q3 2012", "H1"."""
    unit = "quarter" if "quarter" in v else "half"
    return nth(m, v | {"ord": v.get("quarter", v.get("semester", 0)), "unit": unit})


def opening(m: Moorings, v: Values) -> Period | None:
    """For "the first nine months of 1989": from its first unit to the last of that many."""
    year, unit, number = _named_year(m, v), _unit(v), _int(v, "num")
    if year is None or unit not in ("day", "week", "month", "quarter") or _int(v, "ord") != 1:
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
    day = _int(v, "day")
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
        return period_of(date(_int(v, "decade") * 10, 1, 1), "decade")
    year = _full_year(m, _int(v, "tens"))
    return period_of(date(year, 1, 1), "decade") if year else None


def century(_: Moorings, v: Values) -> Period | None:
    """For "the 19th century"."""
    if _unit(v) != "century" or not 0 < _int(v, "ord") < 100:
        return None
    return (
        period_of(date(max(100 * (_int(v, "ord") - 1), 1), 1, 1), "century") if _int(v, "ord") > 1 else None
    )


def deictic(m: Moorings, v: Values) -> Period | None:
    """For "today", "yesterday", "tomorrow"."""
    return moved(m.now("day"), _int(v, "deictic"))


def deictic_step(m: Moorings, v: Values) -> Period | None:
    """For "the day before yesterday", "two weeks from today"."""
    steps = _int(v, "num") if "num" in v else 1
    sign = _int(v, "after" if "after" in v else "from")
    base = deictic(m, v) if "deictic" in v else weekday(m, v)
    return _by_units(base, sign * steps, _unit(v))


def weekday(m: Moorings, v: Values) -> Period | None:
    """A day of the week: the nearest past one, the nearest coming one in the future tense."""
    if m.today is None:
        return None
    number = _int(v, "weekday")
    back = (m.today.isoweekday() - number) % 7
    days = -back if m.tense != "future" or back == 0 else 7 - back
    return moved(m.now("day"), days)


def shifted_weekday(m: Moorings, v: Values) -> Period | None:
    """For "last Friday", "next Monday", "this Tuesday"; "Friday last week"."""
    if m.today is None:
        return None
    number, shift = _int(v, "weekday"), _int(v, "shift" if "shift" in v else "step")
    if "unit" in v:
        if _unit(v) != "week":
            return None
        return moved(m.now("day"), number - m.today.isoweekday() + 7 * shift)
    back = (m.today.isoweekday() - number) % 7
    if shift == 0:
        return weekday(m, v) if m.tense == "past" else moved(m.now("day"), number - m.today.isoweekday())
    return moved(m.now("day"), -(back or 7) if shift < 0 else (7 - back))


def season(m: Moorings, v: Values) -> Period | None:
    """A season, with its year or without."""
    month = _int(v, "season") * 3

    def of(year: int) -> Period:
        return period_of(date(year, month, 1), "season")

    return _yearly(m, v, of)


def _yearly(m: Moorings, v: Values, of: Callable[[int], Period | None]) -> Period | None:
    """The right one of what comes every year, with its year or "last", "next" or neither."""
    if "shift" in v and "unit" not in v:
        return shifted_of(m, _int(v, "shift"), of)
    if _names_year(v):
        year = _named_year(m, v)
        return of(year) if year else None
    return recurring(m, of)


def shifted_unit(m: Moorings, v: Values) -> Period | None:
    """For "last week", "this year", "next month"; "the next day" follows the date mentioned before."""
    unit, shift = _unit(v), _int(v, "shift")
    if unit == "day" and shift:
        return moved(_told_day(m), shift)
    if unit in ("period", "time", "minute", "hour", "season"):
        return m.now("day") if unit == "time" and shift == 0 else None
    if unit == "weekend" and m.tense == "past" and shift == 0:
        return weekend(m)
    return moved(m.now(cast(Unit, unit)), shift)


def stepped_unit(m: Moorings, v: Values) -> Period | None:
    """For "the previous year", "the following day": from the date mentioned before."""
    unit = _unit(v)
    told = m.told()
    if told is None or unit in ("minute", "hour", "time"):
        return None
    if unit == "period":
        return moved(told, _int(v, "step"))
    return moved(_containing(told, cast(Unit, unit)), _int(v, "step"))


def _containing(told: Period, unit: Unit) -> Period | None:
    """The unit in which a period lies; None where the period is longer than one."""
    around = period_of(told.first, unit)
    whole = period_of(told.first, told.unit)
    weekend_of_week = unit == "week" and told.unit == "weekend"
    return around if whole.last <= around.last or weekend_of_week else None


def _told_day(m: Moorings) -> Period | None:
    told = m.last_day or m.told()
    return told if told and told.unit == "day" else None


def same(m: Moorings, v: Values) -> Period | None:
    """For "that day", "the same period": the date mentioned before, or the unit around it."""
    told = m.told()
    unit = _unit(v)
    if told is None or unit in ("minute", "hour"):
        return None
    return told if unit in ("period", "time") else _containing(told, cast(Unit, unit))


def same_shifted(m: Moorings, v: Values) -> Period | None:
    """For "the same month a year ago", "the same period last year", "the year-earlier quarter"."""
    told = m.told()
    base = told if told is None or _unit(v) in ("period", "time") else _containing(told, cast(Unit, _unit(v)))
    if base is None:
        return None
    if "shift" in v:
        if _unit(v, "other") != "year" or m.today is None:
            return None
        return moved(base, m.today.year + _int(v, "shift") - base.first.year, by="year")
    return _earlier(base, v)


def _earlier(base: Period | None, v: Values) -> Period | None:
    sign = _int(v, "ago" if "ago" in v else "after")
    return moved(base, sign * (_int(v, "num") if "num" in v else 1), by=cast(Unit, _unit(v, "other")))


def bare_unit(m: Moorings, v: Values) -> Period | None:
    """For "the day", "the year", "the weekend", with nothing else said."""
    unit = _unit(v)
    if unit == "weekend":
        return weekend(m)
    if unit == "day":
        return _told_day(m) or m.now("day")
    if unit in ("minute", "hour", "half", "season", "century"):
        return None
    if unit in ("period", "time"):
        return m.told()
    told = m.last
    if told and told.unit == unit:
        return told
    if unit == "quarter":
        return moved(m.now("quarter"), -1)
    if m.history and told:
        return _containing(told, cast(Unit, unit))
    return m.now(cast(Unit, unit))


def weekend(m: Moorings) -> Period | None:
    """The weekend that the tense points to; the one just past where nothing does."""
    this = m.now("weekend")
    if this is None or m.today is None:
        return None
    return this if m.tense == "future" or m.today >= this.first else moved(this, -1)


def ago(m: Moorings, v: Values) -> Period | None:
    """For "two years ago": as exact as its unit; "a week ago" is a day."""
    unit, steps = _unit(v), _int(v, "num") if "num" in v else 1
    if unit == "year" and steps == 1 and m.last and m.last.unit in ("quarter", "half"):
        return moved(m.last, -1, by="year")  # earnings: "from a loss a year ago", said of a quarter
    return _by_units(m.now("day"), -steps, unit)


def ago_from(m: Moorings, v: Values) -> Period | None:
    """For "a week ago today", "a year ago this month": as exact as what it is counted from."""
    if "deictic" in v:
        base = deictic(m, v)
    elif "weekday" in v:
        base = weekday(m, v)
    else:
        base = moved(m.now(cast(Unit, _unit(v, "other"))), _int(v, "shift"))
    steps, unit = _int(v, "num") if "num" in v else 1, _unit(v)
    if unit in ("minute", "hour", "period", "time", "season"):
        return None
    if base and base.unit == "day" and unit == "week":
        return shifted(base, -7 * steps)
    return moved(base, -steps, by=cast(Unit, unit))


def after(m: Moorings, v: Values) -> Period | None:
    """For "two days later", "a year earlier": from the date mentioned before, and as exact as its unit."""
    told = m.told()
    if told is None:
        return None
    unit, steps = _unit(v), (_int(v, "num") if "num" in v else 1) * _int(v, "after")
    if unit == "year" and told.unit in ("quarter", "half", "month") and m.last and steps == -1:
        return moved(told, steps, by="year")
    return _by_units(told, steps, unit)


def _by_units(base: Period | None, steps: int, unit: str) -> Period | None:
    """The unit that lies so many of its kind from the one in which ``base`` lies."""
    if base is None or unit in ("period", "time", "season"):
        return None
    if unit in ("minute", "hour"):
        return base if base.unit == "day" and steps < 0 and abs(steps) < 12 else None
    if unit == "week" and abs(steps) == 1 and base.unit == "day":
        return shifted(base, 7 * steps)
    return moved(_containing(base, cast(Unit, unit)), steps)


def nth(m: Moorings, v: Values) -> Period | None:
    """For "the first quarter of 2014", "the last week of March", "the fourth quarter"."""
    unit, number = _unit(v), _int(v, "ord" if "ord" in v else "final")
    if "container" in v and _unit(v, "container") != "year":
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


def nth_shifted(m: Moorings, v: Values) -> Period | None:
    """For "the third quarter a year ago", "the third quarter a year earlier"."""
    base = nth(m, {name: v[name] for name in ("ord", "unit")})
    return _earlier(base, v)


def last_of(m: Moorings, v: Values) -> Period | None:
    """For "the last quarter of 2014", "the next week of May" (which is none)."""
    if _int(v, "shift") != -1:
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
    rule, before = str(v["holiday"]), _int(v, "eve") if "eve" in v else 0

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
    unit = _unit(v)
    if day is None or unit not in ("week", "weekend", "month", "quarter", "half", "year"):
        return None
    return period_of(day.last, cast(Unit, unit))


def around_last(m: Moorings, v: Values) -> Period | None:
    """For "the week before last", "the year after next"."""
    side, shift = _int(v, "after"), _int(v, "shift")
    return moved(m.now(cast(Unit, _unit(v))), 2 * side) if side == shift else None


def part_of_day(m: Moorings, _: Values) -> Period | None:
    """A part of the day or an hour alone: of the day mentioned before, else of the document's."""
    return _told_day(m) or m.now("day")


def shifted_part(m: Moorings, v: Values) -> Period | None:
    """For "last night", "this morning", "next morning", "that evening"."""
    if "same" in v:
        return _told_day(m)
    if "step" in v or v.get("shift") == 1:
        return moved(_told_day(m), _int(v, "step" if "step" in v else "shift"))
    return moved(m.now("day"), _int(v, "shift"))
