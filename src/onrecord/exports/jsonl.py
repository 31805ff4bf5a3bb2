"""JSON Lines: whole readings, one per line; what `onrecord load` takes back unchanged."""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO

from onrecord.records import Reading
from onrecord.wire import write_line


def write_jsonl(readings: Iterable[Reading], out: BinaryIO) -> int:
    """How many readings were written to ``out``, one JSON object a line (docs/record.md)."""
    written = 0
    for reading in readings:
        out.write(write_line(reading) + b"\n")
        written += 1
    return written
