"""JSON Lines -> RawDocuments: one object per line with ``text`` and, if known, what came with it."""

from __future__ import annotations

import codecs
import json
from collections.abc import Callable, Iterator
from typing import IO, Any

from onrecord.errors import SourceError
from onrecord.sources.decoding import replace_surrogates
from onrecord.sources.published import find_iso_day
from onrecord.sources.raw import MAX_DOCUMENT_BYTES, RawDocument

_PIECE = 1 << 16  # bytes of an oversized line that are read, and dropped, at a time


def read_rows(
    stream: IO[bytes], *, origin: str, on_error: Callable[[SourceError], None], head: bytes = b""
) -> Iterator[RawDocument]:
    """The documents of a JSON Lines stream, one at a time; a row that is none goes to ``on_error``.

    ``head`` is what was already read of the stream (to see what it holds).
    Fields: ``text``, and optionally ``id``, ``title``, ``url``, ``outlet``,
    ``author``, ``published``; others are left alone. Blank lines are skipped.
    """
    for number, line in enumerate(_lines(stream, head), start=1):
        place = f"{origin}:{number}"
        try:
            if line is None:
                on_error(_oversized(place))
                continue
            if number == 1 and line.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
                on_error(SourceError(f"{origin}: JSON Lines in UTF-16; save the file as UTF-8."))
                return
            if number == 1:
                line = line.removeprefix(codecs.BOM_UTF8)
            if line.strip():
                yield read_row(line, origin=place)
        except SourceError as error:
            on_error(error)


def read_row(line: bytes, *, origin: str) -> RawDocument:
    """The document of one JSON Lines row.

    Raises SourceError, with ``origin`` (FILE:LINE), for a row that is not a
    JSON object in UTF-8, has no ``text`` string, or a malformed ``published``.
    """
    row = _object(line, origin=origin)
    text = row.get("text")
    if not isinstance(text, str):
        raise SourceError(f"{origin}: {_missing_text(row)}")
    day = _day(row, origin=origin)
    return RawDocument(
        data=text,
        origin=origin,
        given_id=_find_string(row, "id", origin=origin),
        url=_find_string(row, "url", origin=origin),
        title=_find_string(row, "title", origin=origin),
        outlet=_find_string(row, "outlet", origin=origin),
        author=_find_string(row, "author", origin=origin),
        published=day,
        published_from="input" if day else None,
    )


def _oversized(place: str) -> SourceError:
    return SourceError(
        f"{place}: the row is over {MAX_DOCUMENT_BYTES // 1_000_000} MB; split it into documents."
    )


def _lines(stream: IO[bytes], head: bytes) -> Iterator[bytes | None]:
    """The lines of the stream; None for one that is too long, whose bytes are dropped piecemeal."""
    *whole, line = head.split(b"\n")
    yield from whole
    while True:
        line += stream.readline(MAX_DOCUMENT_BYTES + 1 - len(line))
        if not line:
            return
        if len(line) <= MAX_DOCUMENT_BYTES:
            yield line
        else:
            while line and not line.endswith(b"\n"):
                line = stream.readline(_PIECE)
            yield None
        line = b""


def _object(line: bytes, *, origin: str) -> dict[str, Any]:
    try:
        row = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError:
        raise SourceError(f"{origin}: the row is not UTF-8; save the file as UTF-8.") from None
    except (ValueError, RecursionError) as error:
        reason = (
            error.msg if isinstance(error, json.JSONDecodeError) else "nested too deeply or a number too long"
        )
        raise SourceError(
            f"{origin}: the row is not JSON ({reason}); write one JSON object per line."
        ) from None
    if not isinstance(row, dict):
        raise SourceError(
            f'{origin}: the row is not a JSON object; write {{"text": "…"}}, one object per line.'
        )
    return row


def _missing_text(row: dict[str, Any]) -> str:
    if "onrecord" in row and "document" in row:
        return "this row is a reading, not a document; take it into a record with `onrecord load`."
    if "text" in row:
        return '"text" is not a string; put the whole text of the document there.'
    return 'the row has no "text"; put the text of the document in a field of that name.'


def _day(row: dict[str, Any], *, origin: str) -> str | None:
    value = row.get("published")
    if value is None or value == "":
        return None
    day = find_iso_day(value) if isinstance(value, str) else None
    if day is None:
        shown = json.dumps(value)[:60]
        raise SourceError(f'{origin}: "published" is {shown}; write it as "YYYY-MM-DD", or leave it out.')
    return day


def _find_string(row: dict[str, Any], name: str, *, origin: str) -> str | None:
    """The field as a string: numbers as written, lists of names joined, None where it is absent or empty."""
    value = row.get(name)
    if isinstance(value, list) and all(isinstance(part, str) for part in value):
        value = ", ".join(value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        value = str(value)
    if value is None or value == "":
        return None
    if not isinstance(value, str):
        raise SourceError(f'{origin}: "{name}" is not a string; write it as one, or leave it out.')
    return replace_surrogates(value)
