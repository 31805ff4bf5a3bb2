"""Where documents come from: files, directories, standard input -> RawDocument."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import msgspec

from onrecord.errors import SourceError
from onrecord.sources.files import read_path, read_stdin
from onrecord.sources.published import read_day
from onrecord.sources.raw import MAX_DOCUMENT_BYTES, RawDocument

__all__ = ["MAX_DOCUMENT_BYTES", "RawDocument", "find_documents"]


def find_documents(
    paths: Iterable[str | Path], *, published: str | None = None, on_error: Callable[[SourceError], None]
) -> Iterator[RawDocument]:
    """The documents at ``paths``, lazily and in order; one is in memory at a time.

    A path is a file (``.txt .text .md``, ``.html .htm``, ``.jsonl .ndjson``;
    others by their first bytes), a directory (all below it, sorted, hidden
    ones passed over) or ``-`` for standard input. ``published`` (an ISO date)
    wins over every date that a document brings. A document that cannot be read
    goes to ``on_error`` and the rest go on.

    Raises UsageError at once where ``published`` is not a date of the calendar.
    """
    day = read_day(published, named="The date") if published is not None else None
    return _documents(paths, day=day, on_error=on_error)


def _documents(
    paths: Iterable[str | Path], *, day: str | None, on_error: Callable[[SourceError], None]
) -> Iterator[RawDocument]:
    for path in paths:
        found = (
            read_stdin(on_error=on_error) if str(path) == "-" else read_path(Path(path), on_error=on_error)
        )
        for raw in found:
            yield raw if day is None else msgspec.structs.replace(raw, published=day, published_from="flag")
