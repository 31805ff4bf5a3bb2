"""Data frames, for who has pandas; it is imported only when one is asked for."""

from __future__ import annotations

import importlib
from collections.abc import Iterable
from typing import Any

import msgspec

from onrecord.errors import MissingExtraError
from onrecord.exports.table import COLUMNS, statement_rows
from onrecord.records import Reading


def statement_frame(readings: Iterable[Reading]) -> Any:
    """A pandas.DataFrame with one row per statement and the columns of table.COLUMNS, texts unchanged.

    >>> statement_frame(store.readings()).groupby("speaker").size()
    """
    rows = [row for reading in readings for row in statement_rows(reading)]
    return _pandas().DataFrame(rows, columns=list(COLUMNS))


def frame(values: Iterable[msgspec.Struct], *, of: type[msgspec.Struct]) -> Any:
    """A pandas.DataFrame of flat values such as query.SpeakerRow, one column per field."""
    columns = list(of.__struct_fields__)
    return _pandas().DataFrame([[getattr(v, c) for c in columns] for v in values], columns=columns)


def _pandas() -> Any:
    try:
        return importlib.import_module("pandas")
    except ImportError as error:
        raise MissingExtraError(
            "data frames need pandas, which is not installed; install it with: pip install 'onrecord[frames]'"
        ) from error
