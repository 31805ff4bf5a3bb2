"""The date expressions of one text, in order -> what each means, the earlier ones lending to the later.

1. "the next day" hangs on the date mentioned before, whatever the document's day;
2. "from May to June 2014": the first end takes the year of the second;
3. a text that mostly tells of other years is a history: a month without a year belongs to the year told of,
   as it does in any text right after a date with a year in the same sentence;
4. weekdays, months and holidays go by the tense around them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

import msgspec

from onrecord.dates.finding import find_dates
from onrecord.dates.meanings import Values
from onrecord.dates.moorings import Moorings, Tense
from onrecord.dates.periods import Period
from onrecord.dates.reading import Dated, Parsed, parse, resolve
from onrecord.dates.tense import find_tense
from onrecord.dates.tokens import read_tokens

_FAR = 2
"""Years from the document's from which a year is one that the text looks back to (or ahead)."""
_HISTORY = 0.8
"""Share of the years named that must be far for a text to be a history, and how many it takes at least.
News of the meantime corpus stays below, the histories of WikiWars are at 0.98 and above but for one."""
_LEAST_YEARS = 4
_BY_TODAY = frozenset({"deictic", "shift", "ago", "weekday"})
"""Slots of expressions that hang on the document's day; a history does not go on from there."""
_WITH_YEAR = ("day", "month", "quarter", "half")
_JOINT = re.compile(r"\s*(?:to|and|or|through|until|till|[-–—/])\s*", re.IGNORECASE)
_OF = re.compile(r",?\s*(?:of|in)?\s*", re.IGNORECASE)
_ON = re.compile(r",?\s*(?:on)?\s*", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?]\s+[A-Z“\"']|\n")
_FUTURE_BEFORE = re.compile(
    r"\b(?:until|till|by|before|starting|beginning|effective|through)\s+(?:the\s+)?\Z", re.IGNORECASE
)
_PAST_BEFORE = re.compile(r"\b(?:since)\s+(?:the\s+)?\Z", re.IGNORECASE)
_BY_NAME = re.compile(r"[\s,]*(?:terror|attack|hijack|commission|atrocit)", re.IGNORECASE)
_ATTACKS = (9, 11)
_ATTACKS_DAY = "2001-09-11"


class Expression(msgspec.Struct, frozen=True):
    """Words of the text that are a date expression, and the ways to read them.

    ``tense`` is given where it is known better than the words around can tell.
    """

    start: int
    end: int
    readings: tuple[Parsed, ...]
    tense: Tense | None = None


def read_date(
    expression: str,
    reference: str | None,
    *,
    tense: Tense | None = None,
    last: Period | None = None,
    history: bool = False,
) -> Dated | None:
    """What a date expression means on the day ``reference`` (ISO); None where it cannot be known.

    ``tense`` is that of the verb around it, ``last`` the date mentioned before (for "the next
    day"), ``history`` says that the text tells of other years in their order.

    >>> read_date("Friday night", "2025-06-23").value
    '2025-06-20TNI'
    """
    today = date.fromisoformat(reference) if reference else None
    moorings = Moorings(today=today, last=last, tense=tense, history=history)
    return _first(read_expressions(expression, [(0, len(expression))])[0], moorings)


def read_expressions(text: str, spans: Sequence[tuple[int, int]]) -> list[Expression]:
    """The expressions that stand at those offsets, each taken apart."""
    return [Expression(start, end, tuple(_parsed(text[start:end]))) for start, end in spans]


def _parsed(expression: str) -> list[Parsed]:
    """The readings of a whole expression, else of the one date inside it."""
    whole = parse(read_tokens(expression))
    if whole:
        return whole
    inside = find_dates(expression, given=True)
    if len(inside) != 1:
        return []
    rest = expression[: inside[0].start] + expression[inside[0].end :]
    return [] if any(c.isdigit() for c in rest) else list(inside[0].readings)


def read_in_order(text: str, expressions: Sequence[Expression], reference: str | None) -> list[Dated | None]:
    """What each expression means; ``reference`` is the document's ISO day."""
    today = date.fromisoformat(reference) if reference else None
    history = _is_history(expressions, today)
    found: list[Dated | None] = []
    last: Period | None = None
    last_day: Period | None = None
    for n, expression in enumerate(expressions):
        moorings = Moorings(
            today=today,
            last=last,
            last_day=last_day,
            tense=expression.tense or _tense(text, expression),
            history=history or _just_told(text, expressions, found, n),
            year=_year_after(text, expressions, n, today),
            month=_month_after(text, expressions, n),
        )
        dated = _attacks(text, expression, today) or _hour_of_next(text, expressions, n, moorings)
        dated = dated or _first(expression, moorings)
        found.append(dated)
        if dated and not (history and _values(expression).keys() & _BY_TODAY):
            last = dated.period
        last_day = dated.period if dated and dated.period.unit == "day" else last_day
    return found


def _hour_of_next(text: str, expressions: Sequence[Expression], n: int, moorings: Moorings) -> Dated | None:
    """For "at 16:15, June 1st": the hour belongs to the day that stands right behind it."""
    readings = expressions[n].readings
    if not readings or readings[0].values or not readings[0].part or n + 1 >= len(expressions):
        return None
    day = _first(expressions[n + 1], moorings)
    if day is None or day.period.unit != "day" or day.part:
        return None
    between = text[expressions[n].end : expressions[n + 1].start]
    return msgspec.structs.replace(day, part=readings[0].part) if _ON.fullmatch(between) else None


def _first(expression: Expression, moorings: Moorings) -> Dated | None:
    return next((d for p in expression.readings if (d := resolve(p, moorings))), None)


def _tense(text: str, expression: Expression) -> Tense | None:
    before = text[max(0, expression.start - 20) : expression.start]
    if _PAST_BEFORE.search(before):
        return "past"
    if _FUTURE_BEFORE.search(before):
        return find_tense(text, expression.start, expression.end) if before.endswith("through ") else "future"
    return find_tense(text, expression.start, expression.end)


def _year_named(expression: Expression) -> int | None:
    values = _values(expression)
    year = values.get("year")
    return year if isinstance(year, int) else None


def _is_history(expressions: Sequence[Expression], today: date | None) -> bool:
    years = [year for e in expressions if (year := _year_named(e))]
    if len(years) < _LEAST_YEARS:
        return False
    return today is None or sum(abs(y - today.year) > _FAR for y in years) >= _HISTORY * len(years)


def _just_told(text: str, expressions: Sequence[Expression], found: Sequence[Dated | None], n: int) -> bool:
    """Whether the date before is a day or month with its year, in the same sentence."""
    if n == 0 or _year_named(expressions[n - 1]) is None:
        return False
    before = found[n - 1]
    between = text[expressions[n - 1].end : expressions[n].start]
    return before is not None and before.period.unit in _WITH_YEAR and not _SENTENCE_END.search(between)


def _year_after(text: str, expressions: Sequence[Expression], n: int, today: date | None) -> int | None:
    """The year that the next expression gives this one: "from May to June 2014", "October of next year"."""
    values = _values(expressions[n])
    dayless = values.keys() & {"month", "season"} or values.keys() == {"day"}
    if n + 1 >= len(expressions) or not dayless or "year" in values:
        return None
    between = text[expressions[n].end : expressions[n + 1].start]
    after = _values(expressions[n + 1])
    if _OF.fullmatch(between) and after.get("unit") == "year" and "shift" in after and today:
        return today.year + int(str(after["shift"]))
    if _JOINT.fullmatch(between) or (_OF.fullmatch(between) and after.keys() == {"year"}):
        return _year_named(expressions[n + 1])
    return None


def _month_after(text: str, expressions: Sequence[Expression], n: int) -> int | None:
    """The month that the next expression gives a bare day: "the 3rd and 4 May"."""
    if _values(expressions[n]).keys() != {"day"} or n + 1 >= len(expressions):
        return None
    between = text[expressions[n].end : expressions[n + 1].start]
    month = _values(expressions[n + 1]).get("month")
    return month if isinstance(month, int) and _JOINT.fullmatch(between) else None


def _values(expression: Expression) -> Values:
    return expression.readings[0].values if expression.readings else {}


def _attacks(text: str, expression: Expression, today: date | None) -> Dated | None:
    """For "the Sept. 11 attacks" are those of 2001, in any later document."""
    values = _values(expression)
    named = (values.get("month"), values.get("day")) == _ATTACKS and "year" not in values
    if not named or not _BY_NAME.match(text, expression.end) or (today and today.isoformat() < _ATTACKS_DAY):
        return None
    return resolve(parse(read_tokens(_ATTACKS_DAY))[0], Moorings())
