"""Text -> the day that its dateline names, where it names day, month and year.

"GENEVA, Oct. 18, 1962 - …" says when the dispatch was sent. "GENEVA, Oct. 18 -" does
not say of which year, and no year is guessed.
"""

from __future__ import annotations

import re

from onrecord.sources.published import find_written_day

LINES = 4
"""Lines in which a dateline is looked for: masthead, headline and byline may stand before it."""

_DATELINE = re.compile(
    r"""\s*[A-Z]{2}[A-Z.'’-]*(?:[ ,/]+[A-Z][A-Za-z.'’-]*){0,5}[ ,]+   # PLACE, or PLACE, Region
        (?P<day>[A-Z][a-z]{2,8}\.?\ \d{1,2},\ \d{4}|\d{1,2}\ [A-Z][a-z]{2,8}\.?\ \d{4})
        \s*(?:\([^)]{1,40}\)\s*)?[-–—:]""",
    re.VERBOSE,
)


def find_dateline(text: str) -> str | None:
    """The ISO day of the dateline, or None.

    >>> find_dateline("GENEVA, Oct. 18, 1962 - The talks went on.")
    '1962-10-18'
    """
    lines = [line for line in text[:2000].splitlines() if line.strip()]
    found = next((m for line in lines[:LINES] if (m := _DATELINE.match(line))), None)
    return find_written_day(found["day"].replace(".", "")) if found else None
