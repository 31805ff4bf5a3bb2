"""Who did how much of what to whom in a month: counts by pair of countries, for statistics."""

from __future__ import annotations

import csv
import importlib
import io
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, BinaryIO, TypeAlias

import msgspec

from onrecord.errors import MissingExtraError
from onrecord.exports.coded import ACTUAL, Coded, Modalities, coded_events, month_of
from onrecord.exports.csv import cell
from onrecord.exports.table import Cell
from onrecord.plover import QUADS, TYPES
from onrecord.records import Reading

Dyad: TypeAlias = tuple[str, str, str | None]
"""The actor's country, the recipient's, and the month (YYYY-MM, None where the text tells none)."""

COLUMNS = {
    "actor_country": "the actors' state (ISO 3166-1) or kind of body",
    "recipient_country": "the recipients' state or kind of body",
    "month": "the month in which it took place (YYYY-MM); empty where the text does not tell one",
    "events": "how many events",
    "documents": "in how many documents",
    **{f"quad{n}": f"events of {what}" for n, what in QUADS.items()},
    **{name.lower(): f"events of type {name}" for name in TYPES},
    "score_sum": "the PLOVER scores of the events added up",
    "score_mean": "their mean",
}
"""Column -> what it holds; docs/events.md repeats this table, and a test keeps the two alike."""
_TEXTS = ("actor_country", "recipient_country", "month")
_SCORES = ("score_sum", "score_mean")


class DyadRow(msgspec.Struct, frozen=True, kw_only=True):
    """The counts of one pair in one month; ``cells`` has a value for each of COLUMNS."""

    dyad: Dyad
    cells: tuple[Cell, ...]


class Dyads(msgspec.Struct, frozen=True, kw_only=True):
    """All rows in order, and how many events are in none because a country is missing on either side."""

    rows: tuple[DyadRow, ...]
    left_out: int


def count_dyads(readings: Iterable[Reading], *, modalities: Modalities = ACTUAL) -> Dyads:
    """The counts of the events that have one of the modalities, by actor's country, recipient's and month.

    An event counts once for each pair of countries that it is between, whatever the number of people;
    reciprocal events count in both directions. The same event told by two documents counts twice.
    """
    events: dict[Dyad, list[Coded]] = {}
    left_out = 0
    for coded in coded_events(readings, modalities):
        dyads = _dyads_of(coded)
        left_out += not dyads
        for dyad in dyads:
            events.setdefault(dyad, []).append(coded)
    rows = (DyadRow(dyad=d, cells=_cells(d, events[d])) for d in sorted(events, key=_order))
    return Dyads(rows=tuple(rows), left_out=left_out)


def _dyads_of(coded: Coded) -> list[Dyad]:
    month = month_of(coded.event.date)
    pairs = ((a.country, b.country) for a, b in coded.pairs() if a and b)
    return list(dict.fromkeys((a, b, month) for a, b in pairs if a and b))


def _order(dyad: Dyad) -> tuple[str, str, str]:
    return (dyad[0], dyad[1], dyad[2] or "")


def _cells(dyad: Dyad, events: Sequence[Coded]) -> tuple[Cell, ...]:
    quads = Counter(coded.event.quad for coded in events)
    types = Counter(coded.event.type for coded in events)
    scores = [coded.score for coded in events if coded.score is not None]
    total = round(sum(scores), 2)
    return (
        *dyad,
        len(events),
        len({coded.reading.document.id for coded in events}),
        *(quads[quad] for quad in QUADS),
        *(types[name] for name in TYPES),
        total,
        round(total / len(scores), 4) if scores else None,
    )


def write_dyads_csv(dyads: Dyads, out: BinaryIO, *, header: bool = True) -> int:
    """How many rows were written to ``out`` as CSV (RFC 4180, UTF-8)."""
    lines = io.TextIOWrapper(out, encoding="utf-8", newline="", write_through=True)
    try:
        writer = csv.writer(lines, lineterminator="\r\n")
        if header:
            writer.writerow(COLUMNS)
        writer.writerows([cell(value) for value in row.cells] for row in dyads.rows)
    finally:
        lines.detach()  # the caller closes what the caller opened
    return len(dyads.rows)


def write_dyads_parquet(dyads: Dyads, out: BinaryIO) -> int:
    """How many rows were written to ``out`` as Parquet: text, whole numbers, scores as doubles.

    Raises MissingExtraError where pyarrow is not installed.
    """
    arrow, parquet = _pyarrow()
    columns = list(zip(*(row.cells for row in dyads.rows), strict=True)) or [()] * len(COLUMNS)
    arrays = [
        arrow.array(list(values), type=kind) for values, kind in zip(columns, _kinds(arrow), strict=True)
    ]
    parquet.write_table(arrow.table(arrays, names=list(COLUMNS)), out)
    return len(dyads.rows)


def _kinds(arrow: Any) -> Iterator[Any]:
    for name in COLUMNS:
        yield arrow.string() if name in _TEXTS else arrow.float64() if name in _SCORES else arrow.int64()


def _pyarrow() -> tuple[Any, Any]:
    try:
        return importlib.import_module("pyarrow"), importlib.import_module("pyarrow.parquet")
    except ImportError as error:
        raise MissingExtraError(
            "Parquet needs pyarrow, which is not installed; install it with: "
            "pip install 'onrecord[parquet]', or export dyads as CSV"
        ) from error
