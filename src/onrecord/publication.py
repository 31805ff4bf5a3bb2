"""Document -> what is doubtful about the day on which it was published, said plainly.

Nothing is changed here: the day stays what the most trusted place says (text.py),
and the note lets the reader correct it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from onrecord.datelines import find_dateline, find_dateline_day
from onrecord.records import Document, Note

UNDATED = Note(
    code="undated-document",
    message="No publication date is known, so relative dates stay open; give one with --date YYYY-MM-DD.",
)
_BEFORE, _AFTER = 7, 1
"""Days by which a dateline may lie before the publication (weeklies, archives) and after it (time zones)."""


def find_date_notes(document: Document, *, today: date | None = None) -> tuple[Note, ...]:
    """The notes on a document's date; ``today`` is that of the clock unless given.

    Codes: ``undated-document``, ``future-date``, ``contradicted-date``, ``modified-before-published``.
    """
    if document.published is None:
        return (UNDATED,)
    return tuple(_doubts(document, date.fromisoformat(document.published), today or datetime.now(UTC).date()))


def _doubts(document: Document, published: date, today: date) -> Iterator[Note]:
    where = f"{document.published} ({document.published_from})"
    if published > today + timedelta(days=_AFTER):
        yield Note(
            code="future-date",
            message=f"The publication date {where} lies in the future; it was kept, correct it with --date.",
        )
    written = _dateline(document, published)
    if written and not -_AFTER <= (published - written).days <= _BEFORE:
        yield Note(
            code="contradicted-date",
            message=f"The dateline says {written}, the publication date is {where}; "
            "it was kept, correct it with --date.",
        )
    if document.modified and document.modified < published.isoformat():
        yield Note(
            code="modified-before-published",
            message=f"The page says it was modified on {document.modified}, before its publication {where}; "
            "both were kept, correct the latter with --date.",
        )


def _dateline(document: Document, published: date) -> date | None:
    """The day of the dateline; one without a year is taken in the year that brings it nearest."""
    if document.published_from == "dateline":
        return None
    full = find_dateline(document.text)
    if full:
        return date.fromisoformat(full)
    found = find_dateline_day(document.text)
    if found is None:
        return None
    month, day = found
    days = [_day(published.year + n, month, day) for n in (-1, 0, 1)]
    return min((d for d in days if d), key=lambda d: abs((published - d).days), default=None)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
