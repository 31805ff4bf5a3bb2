"""Tab-separated lines that read the same with quoting and without: what the exports for event data write."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import BinaryIO

from onrecord.exports.csv import FORMULA_STARTS
from onrecord.exports.table import Cell

_QUOTE = str.maketrans({'"': "'", "\0": " "})
_SPACE = re.compile(r"\s+")


def write_tabs(columns: Sequence[str], rows: Iterable[Sequence[Cell]], out: BinaryIO, *, header: bool) -> int:
    """How many rows were written to ``out``: UTF-8, one line each, nothing quoted, a header if asked for.

    A line has always as many tabs as the header: in texts white space of any kind
    becomes one space, and a straight double quotation mark becomes a single one.
    Texts that a spreadsheet would run get an apostrophe before them, as in CSV.
    """
    if header:
        out.write("\t".join(columns).encode() + b"\n")
    written = 0
    for row in rows:
        out.write("\t".join(map(_cell, row)).encode() + b"\n")
        written += 1
    return written


def _cell(value: Cell) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
    words = _SPACE.sub(" ", value.translate(_QUOTE))
    return "'" + words if words.startswith(FORMULA_STARTS) else words


def joined(values: Iterable[str | None]) -> str | None:
    """The values joined by "; ", in their order and with gaps; None where there are none.

    >>> joined(["NOR", None, "DNK"]), joined([None, None])
    ('NOR; ; DNK', None)
    """
    listed = [" ".join((value or "").replace(";", ",").split()) for value in values]
    return "; ".join(listed) if any(listed) else None
