"""Publication dates as people and machines write them -> ISO days.

A day is kept as it is written: ``2025-06-23T23:30:00-04:00`` is the 23rd, the
day on the paper's own calendar, although it is the 24th in Greenwich. What
could be read two ways (06/07/2025) is not read at all.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime

from onrecord.errors import UsageError

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul",
            "august aug", "september sept sep", "october oct", "november nov", "december dec",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d(?!\d)", re.ASCII)
_YEAR_FIRST = re.compile(r"(\d{4})([-/.]?)(\d{1,2})\2(\d{1,2})(?![\d])", re.ASCII)
_MONTH_FIRST = re.compile(
    r"(?:[A-Za-z]+,?\s+)?([A-Za-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})\b", re.ASCII
)
_DAY_FIRST = re.compile(
    r"(?:[A-Za-z]+,?\s+)?(\d{1,2})(?:st|nd|rd|th)?\s+([A-Za-z]{3,9})\.?,?\s+(\d{4})\b", re.ASCII
)


def find_iso_day(value: str) -> str | None:
    """The day of an ISO 8601 date or datetime, as written; None where it is malformed or impossible.

    >>> find_iso_day("2025-06-23T23:30:00-04:00")
    '2025-06-23'
    """
    value = value.strip()
    if not _ISO_DAY.match(value):
        return None
    try:
        datetime.fromisoformat(value)  # a time that is none makes the whole malformed
        return date.fromisoformat(value[:10]).isoformat()
    except ValueError:
        return None


def read_day(value: str, *, named: str) -> str:
    """The ISO day that a person gave; ``named`` says where, for the message.

    Raises UsageError for anything but an ISO date or datetime of the calendar.
    """
    day = find_iso_day(value)
    if day is None:
        raise UsageError(f"{named} {value!r} is not a date of the calendar; write it as YYYY-MM-DD.")
    return day


def find_written_day(value: str) -> str | None:
    """The day that a page's metadata names in one of the usual notations, else None.

    ISO, ``20250623``, ``2025/06/23``, RFC 2822, ``June 23, 2025``, ``23 June
    2025``. Day and month in figures with the year last are ambiguous: None.
    """
    value = value.strip()[:80]
    if not value.isascii():
        return None
    for read in _NOTATIONS:
        day = read(value)
        if day is not None:
            return day
    return None


def _year_first(value: str) -> str | None:
    found = _YEAR_FIRST.match(value)
    if found is None or (found[2] == "" and len(found[3] + found[4]) != 4):
        return None
    return _iso(int(found[1]), int(found[3]), int(found[4]))


def _month_first(value: str) -> str | None:
    found = _MONTH_FIRST.match(value)
    return _iso(int(found[3]), _MONTHS.get(found[1].lower(), 0), int(found[2])) if found else None


def _day_first(value: str) -> str | None:
    found = _DAY_FIRST.match(value)
    return _iso(int(found[3]), _MONTHS.get(found[2].lower(), 0), int(found[1])) if found else None


def _rfc_2822(value: str) -> str | None:
    from email.utils import parsedate  # imported on need: it brings the network modules with it

    try:
        parts = parsedate(value) if re.match(r"[A-Za-z]{3},", value) else None
    except (ValueError, IndexError, TypeError):  # the standard library's parser is not total
        return None
    return _iso(*parts[:3]) if parts else None


def _iso(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


_NOTATIONS: tuple[Callable[[str], str | None], ...] = (_year_first, _rfc_2822, _month_first, _day_first)
