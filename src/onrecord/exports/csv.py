"""CSV: one row per statement, for spreadsheets and statistics packages."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import BinaryIO

from onrecord.exports.table import COLUMNS, Cell, statement_rows
from onrecord.records import Reading

# A cell that begins with one of these is a formula to a spreadsheet, and a text can hold any formula.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def write_csv(readings: Iterable[Reading], out: BinaryIO) -> int:
    """How many statements were written to ``out``: UTF-8, a header, the columns of table.COLUMNS.

    Text that a spreadsheet would run as a formula (it begins with = + - @, a
    tab or a line break) gets an apostrophe before it; take the first
    apostrophe off to have the text back, or export JSON Lines.
    """
    written = 0
    lines = io.TextIOWrapper(out, encoding="utf-8", newline="", write_through=True)
    try:
        writer = csv.writer(lines, lineterminator="\r\n")  # RFC 4180; and only so is a lone CR quoted
        writer.writerow(COLUMNS)
        for reading in readings:
            for row in statement_rows(reading):
                writer.writerow([cell(value) for value in row.values()])
                written += 1
    finally:
        lines.detach()  # the caller closes what the caller opened
    return written


def cell(value: Cell) -> str:
    """A value as CSV has it; text that a spreadsheet would run gets an apostrophe before it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return "'" + value if value.startswith(FORMULA_STARTS) else value
    return repr(value)
