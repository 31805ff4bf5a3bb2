"""Text -> the day that its dateline names, where it names day, month and year.

"GENEVA, Oct. 18, 1962 - …" says when the dispatch was sent. "GENEVA, Oct. 18 -" does
not say of which year, and no year is guessed.
"""

from __future__ import annotations

import re

from onrecord.sources.published import find_written_day

LINES = 4
"""Lines in which a dateline is looked for: masthead, headline and byline may stand before it."""

_LINE = re.compile(
    r"""\s*(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,?\ )?
        (?P<day>[A-Z][a-z]{2,8}\.?\ \d{1,2},?\ \d{4}|\d{1,2}\ [A-Z][a-z]{2,8}\.?,?\ \d{4})\s*\Z""",
    re.VERBOSE,
)
_DATELINE = re.compile(
    r"""\s*[A-Z]{2}[A-Z.'’-]*(?:[ ,/]+[A-Z][A-Za-z.'’-]*){0,5}[ ,]+   # PLACE, or PLACE, Region
        (?P<day>[A-Z][a-z]{2,8}\.?\ \d{1,2},\ \d{4}|\d{1,2}\ [A-Z][a-z]{2,8}\.?\ \d{4})
        \s*(?:\([^)]{1,40}\)\s*)?[-–—:]""",
    re.VERBOSE,
)


_YEARLESS = re.compile(
    r"""\s*[A-Z]{2}[A-Z.'’-]*(?:[ ,/]+[A-Z][A-Za-z.'’-]*){0,5}[ ,]+
        (?P<day>[A-Z][a-z]{2,8}\.?\ \d{1,2}|\d{1,2}\ [A-Z][a-z]{2,8}\.?)
        \s*(?:\([^)]{1,40}\)\s*)?[-–—:]""",
    re.VERBOSE,
)
_ANY_YEAR = 2000
"""A leap year to read a day without one in: Feb. 29 is a day too."""


def begins_with_dateline(line: str) -> bool:
    """Whether a line begins as dispatches do: "GENEVA, Oct. 18 - …"."""
    return bool(_DATELINE.match(line) or _YEARLESS.match(line))


def find_dateline_day(text: str) -> tuple[int, int] | None:
    """The month and day of a dateline that names no year, or None.

    >>> find_dateline_day("GENEVA, Oct. 18 - The talks went on.")
    (10, 18)
    """
    lines = [line for line in text[:2000].splitlines() if line.strip()]
    found = next((m for line in lines[:LINES] if (m := _YEARLESS.match(line))), None)
    day = find_written_day(f"{found['day'].replace('.', '')} {_ANY_YEAR}") if found else None
    return (int(day[5:7]), int(day[8:])) if day else None


def find_dateline(text: str) -> str | None:
    """The ISO day of the dateline, or of a line that holds a date and nothing else; None without either.

    >>> find_dateline("GENEVA, Oct. 18, 1962 - The talks went on.")
    '1962-10-18'
    """
    lines = [line for line in text[:2000].splitlines() if line.strip()]
    found = next((m for line in lines[:LINES] if (m := _DATELINE.match(line) or _LINE.match(line))), None)
    return find_written_day(found["day"].replace(".", "")) if found else None
