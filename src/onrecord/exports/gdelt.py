"""The 58 tab-separated columns of GDELT 1.0 events: one row for each pair of actor and recipient.

Nothing stands in a column that is not what GDELT means by it, but for three, which docs/events.md tells:
QuadClass and GoldsteinScale are PLOVER's, and GLOBALEVENTID is a number made from our ids.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from typing import BinaryIO

from onrecord.exports.cameo import cameo_of
from onrecord.exports.coded import (
    ACTUAL,
    Coded,
    Modalities,
    Party,
    coded_events,
    country_name,
    is_state,
    month_of,
    year_of,
)
from onrecord.exports.table import Cell
from onrecord.exports.tabs import write_tabs
from onrecord.records import Reading

_ACTOR = ("Code", "Name", "CountryCode", "KnownGroupCode", "EthnicCode", "Religion1Code", "Religion2Code",
          "Type1Code", "Type2Code", "Type3Code")  # fmt: skip
_GEO = ("Type", "FullName", "CountryCode", "ADM1Code", "Lat", "Long", "FeatureID")
COLUMNS = (
    *("GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate"),
    *(f"Actor1{name}" for name in _ACTOR),
    *(f"Actor2{name}" for name in _ACTOR),
    *("IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale"),
    *("NumMentions", "NumSources", "NumArticles", "AvgTone"),
    *(f"{who}Geo_{name}" for who in ("Actor1", "Actor2", "Action") for name in _GEO),
    *("DATEADDED", "SOURCEURL"),
)
_NO_GEO: tuple[Cell, ...] = (None,) * len(_GEO)


def write_gdelt(
    readings: Iterable[Reading], out: BinaryIO, *, modalities: Modalities = ACTUAL, header: bool = True
) -> int:
    """How many rows were written to ``out``: a row for each pair, with the columns of COLUMNS."""
    return write_tabs(COLUMNS, _rows(readings, modalities), out, header=header)


def _rows(readings: Iterable[Reading], modalities: Modalities) -> Iterator[Sequence[Cell]]:
    for coded in coded_events(readings, modalities):
        for n, (actor, recipient) in enumerate(coded.pairs()):
            yield (
                event_number(coded.reading.document.id, coded.event.id, n),
                *_date_cells(coded),
                *_actor_cells(actor),
                *_actor_cells(recipient),
                *_event_cells(coded),
                *_NO_GEO,
                *_NO_GEO,
                *_place_cells(coded),
                _number(coded.reading.document.published),
                coded.reading.document.url,
            )


def event_number(document: str, event: str, pair: int) -> int:
    """A number below 2^63 for one row: the first bits of a SHA-256 of the two ids and the pair's number."""
    digest = hashlib.sha256(f"{document}\n{event}\n{pair}".encode()).digest()
    return int.from_bytes(digest[:8], "big") >> 1


def _date_cells(coded: Coded) -> tuple[Cell, ...]:
    """Day, month and year as numbers, each only where the text tells it."""
    date, day = coded.event.date, coded.day
    fraction = None
    if day is not None:
        year, month, number = (int(part) for part in day.split("-"))
        fraction = round(year + (month * 30 + number) / 365, 4)  # GDELT's own formula
    return (_number(day), _number(month_of(date)), _number(year_of(date)), fraction)


def _actor_cells(party: Party | None) -> tuple[Cell, ...]:
    """Code (state and sector run together), name, state, and the sector or kind of body as type."""
    if party is None:
        return (None,) * len(_ACTOR)
    state = party.country if is_state(party.country) else None
    kinds = [code for code in (None if state else party.country, party.sector) if code]
    return (
        "".join(code for code in (state, *kinds) if code) or None,
        party.name,
        state,
        *(None,) * 4,
        *(*kinds, None, None, None)[:3],
    )


def _event_cells(coded: Coded) -> tuple[Cell, ...]:
    event = coded.event
    code = cameo_of(event.type, event.mode, event.context)
    return (
        _is_root(coded),
        code,
        code[:3] if code else None,
        code[:2] if code else None,
        event.quad,
        coded.score,
        1 + len(event.other_triggers),
        1,
        1,
        None,
    )


def _is_root(coded: Coded) -> int:
    """1 where the event stands in the first paragraph that was read, as GDELT means it, else 0."""
    doc = coded.reading.document
    skipped = {span.start for span in doc.skipped}
    at = 0
    for line in doc.text[: coded.event.trigger.start].splitlines(keepends=True):
        begin = at + len(line) - len(line.lstrip())
        at += len(line)
        if line.endswith(("\n", "\r")) and line.strip() and begin not in skipped:
            return 0
    return 1


def _place_cells(coded: Coded) -> tuple[Cell, ...]:
    """The place's name and coordinates. GDELT's codes of countries and features are other ones than ours."""
    place, location = coded.place, coded.event.location
    if location is None:
        return _NO_GEO
    named = [place.name, country_name(place.country)] if place else [location.span.text]
    full = ", ".join(dict.fromkeys(name for name in named if name))
    return (None, full, None, None, location.lat, location.lon, None)


def _number(iso: str | None) -> int | None:
    return int(iso.replace("-", "")) if iso else None
