"""What the words of a date expression mean that counts from another date: "last week", "two days later".

As in meanings.py: from what the expression hangs on and the values of its words, a :class:`Period` or None.
"""

from __future__ import annotations

from typing import cast

from onrecord.dates.meanings import Values, int_in, nth, unit_in
from onrecord.dates.moorings import Moorings, moved
from onrecord.dates.periods import Period, Unit, period_of, shifted


def deictic(m: Moorings, v: Values) -> Period | None:
    """For "today", "yesterday", "tomorrow"."""
    return moved(m.now("day"), int_in(v, "deictic"))


def deictic_step(m: Moorings, v: Values) -> Period | None:
    """For "the day before yesterday", "two weeks from today"."""
    steps = int_in(v, "num") if "num" in v else 1
    sign = int_in(v, "after" if "after" in v else "from")
    base = deictic(m, v) if "deictic" in v else weekday(m, v)
    return _by_units(base, sign * steps, unit_in(v))


def weekday(m: Moorings, v: Values) -> Period | None:
    """A day of the week: the nearest past one, the nearest coming one in the future tense."""
    if m.today is None:
        return None
    number = int_in(v, "weekday")
    back = (m.today.isoweekday() - number) % 7
    days = -back if m.tense != "future" or back == 0 else 7 - back
    return moved(m.now("day"), days)


def shifted_weekday(m: Moorings, v: Values) -> Period | None:
    """For "last Friday", "next Monday", "this Tuesday"; "Friday last week"."""
    if m.today is None:
        return None
    number, shift = int_in(v, "weekday"), int_in(v, "shift" if "shift" in v else "step")
    if "unit" in v:
        if unit_in(v) != "week":
            return None
        return moved(m.now("day"), number - m.today.isoweekday() + 7 * shift)
    back = (m.today.isoweekday() - number) % 7
    if shift == 0:
        return weekday(m, v) if m.tense == "past" else moved(m.now("day"), number - m.today.isoweekday())
    return moved(m.now("day"), -(back or 7) if shift < 0 else (7 - back))


def shifted_unit(m: Moorings, v: Values) -> Period | None:
    """For "last week", "this year", "next month"; "the next day" follows the date mentioned before."""
    unit, shift = unit_in(v), int_in(v, "shift")
    if unit == "day" and shift:
        return moved(_told_day(m), shift)
    if unit in ("period", "time", "minute", "hour", "season"):
        return m.now("day") if unit == "time" and shift == 0 else None
    if unit == "weekend" and m.tense == "past" and shift == 0:
        return weekend(m)
    return moved(m.now(cast(Unit, unit)), shift)


def stepped_unit(m: Moorings, v: Values) -> Period | None:
    """For "the previous year", "the following day": from the date mentioned before."""
    unit = unit_in(v)
    told = m.told()
    if told is None or unit in ("minute", "hour", "time"):
        return None
    if unit == "period":
        return moved(told, int_in(v, "step"))
    return moved(_containing(told, cast(Unit, unit)), int_in(v, "step"))


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
    unit = unit_in(v)
    if told is None or unit in ("minute", "hour"):
        return None
    return told if unit in ("period", "time") else _containing(told, cast(Unit, unit))


def same_shifted(m: Moorings, v: Values) -> Period | None:
    """For "the same month a year ago", "the same period last year", "the year-earlier quarter"."""
    told = m.told()
    base = (
        told
        if told is None or unit_in(v) in ("period", "time")
        else _containing(told, cast(Unit, unit_in(v)))
    )
    if base is None:
        return None
    if "shift" in v:
        if unit_in(v, "other") != "year" or m.today is None:
            return None
        return moved(base, m.today.year + int_in(v, "shift") - base.first.year, by="year")
    return _earlier(base, v)


def _earlier(base: Period | None, v: Values) -> Period | None:
    sign = int_in(v, "ago" if "ago" in v else "after")
    return moved(base, sign * (int_in(v, "num") if "num" in v else 1), by=cast(Unit, unit_in(v, "other")))


def bare_unit(m: Moorings, v: Values) -> Period | None:
    """For "the day", "the year", "the weekend", with nothing else said.

    "Earlier in the day" is the day of the news, whatever other day was told last: that may be one that
    somebody only spoke of.
    """
    unit = unit_in(v)
    if unit == "day" and "side" in v and not m.history:
        return m.now("day")
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
    unit, steps = unit_in(v), int_in(v, "num") if "num" in v else 1
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
        base = moved(m.now(cast(Unit, unit_in(v, "other"))), int_in(v, "shift"))
    steps, unit = int_in(v, "num") if "num" in v else 1, unit_in(v)
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
    unit, steps = unit_in(v), (int_in(v, "num") if "num" in v else 1) * int_in(v, "after")
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


def nth_shifted(m: Moorings, v: Values) -> Period | None:
    """For "the third quarter a year ago", "the third quarter a year earlier"."""
    base = nth(m, {name: v[name] for name in ("ord", "unit")})
    return _earlier(base, v)


def around_last(m: Moorings, v: Values) -> Period | None:
    """For "the week before last", "the year after next"."""
    side, shift = int_in(v, "after"), int_in(v, "shift")
    return moved(m.now(cast(Unit, unit_in(v))), 2 * side) if side == shift else None


def part_of_day(m: Moorings, _: Values) -> Period | None:
    """A part of the day or an hour alone: of the day mentioned before, else of the document's."""
    return _told_day(m) or m.now("day")


def shifted_part(m: Moorings, v: Values) -> Period | None:
    """For "last night", "this morning", "next morning", "that evening"."""
    if "same" in v:
        return _told_day(m)
    if "step" in v or v.get("shift") == 1:
        return moved(_told_day(m), int_in(v, "step" if "step" in v else "shift"))
    return moved(m.now("day"), int_in(v, "shift"))
