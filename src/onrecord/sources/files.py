"""Paths -> RawDocuments: files of the kinds we know, directories, standard input."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Literal, TypeAlias

from onrecord.errors import SourceError
from onrecord.sources.jsonl import read_rows
from onrecord.sources.raw import MAX_DOCUMENT_BYTES, RawDocument

Media: TypeAlias = Literal["text", "html", "jsonl"]
OnError: TypeAlias = Callable[[SourceError], None]

_MEDIA: dict[str, Media] = {
    ".txt": "text", ".text": "text", ".md": "text",
    ".html": "html", ".htm": "html", ".xhtml": "html",
    ".jsonl": "jsonl", ".ndjson": "jsonl",
}  # fmt: skip
_HTML_OPENINGS = (b"<!doctype html", b"<html", b"<head", b"<body", b"<!--", b"<?xml")
_SNIFFED = 4096  # bytes looked at to tell what an unnamed document is


def read_path(path: Path, *, on_error: OnError) -> Iterator[RawDocument]:
    """The documents of a file or, in sorted order, of a directory and all below it.

    Hidden files and directories are passed over, links to directories are
    not followed. What cannot be read goes to ``on_error``, and the rest go on.
    """
    if not path.is_dir():
        yield from _read_file(path, on_error=on_error)
        return
    empty = True
    for file in _files_below(path, on_error=on_error):
        empty = False
        yield from _read_file(file, on_error=on_error)
    if empty:
        on_error(SourceError(f"{_shown(path)}: no files in this directory; name one that holds documents."))


def read_stdin(*, on_error: OnError) -> Iterator[RawDocument]:
    """The documents on standard input: JSON Lines row by row as they come, or one text or page."""
    yield from _read_stream(sys.stdin.buffer, media=None, origin="-", on_error=on_error)


def _files_below(directory: Path, *, on_error: OnError) -> Iterator[Path]:
    def report(error: OSError) -> None:
        on_error(_unreadable(Path(error.filename), error))

    for parent, directories, names in os.walk(directory, onerror=report):
        directories[:] = sorted(name for name in directories if not name.startswith("."))
        for name in sorted(names):
            file = Path(parent, name)
            # A pipe or socket among the files would block; a dangling link is reported when it is opened.
            if not name.startswith(".") and (file.is_file() or not file.exists()):
                yield file


def _read_file(path: Path, *, on_error: OnError) -> Iterator[RawDocument]:
    media = _MEDIA.get(path.suffix.lower())
    try:
        with path.open("rb") as stream:
            yield from _read_stream(stream, media=media, origin=_shown(path), on_error=on_error)
    except OSError as error:
        on_error(_unreadable(path, error))


def _read_stream(
    stream: IO[bytes], *, media: Media | None, origin: str, on_error: OnError
) -> Iterator[RawDocument]:
    head = _read_head(stream)
    if (media or sniff(head)) == "jsonl":
        yield from read_rows(stream, origin=origin, on_error=on_error, head=head)
        return
    data = head + stream.read(MAX_DOCUMENT_BYTES + 1)
    if len(data) > MAX_DOCUMENT_BYTES:
        size = MAX_DOCUMENT_BYTES // 1_000_000
        on_error(
            SourceError(f"{origin}: larger than {size} MB; split it into documents (one file or row each).")
        )
        return
    kind: Literal["text", "html"] = "html" if (media or sniff(data[:_SNIFFED])) == "html" else "text"
    yield RawDocument(data=data, media=kind, origin=origin)


def sniff(head: bytes) -> Media:
    """What a document without a telling name holds, by its first bytes."""
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:64].lower()
    if start.startswith(_HTML_OPENINGS) and (b"<?xml" not in start or b"<html" in head.lower()):
        return "html"
    if start.startswith(b"{") and start[1:].lstrip().startswith((b'"', b"}")):
        return "jsonl"
    return "text"


def _read_head(stream: IO[bytes]) -> bytes:
    """The first line that is not blank, and what precedes it: no more, lest a live pipe is held up."""
    head = b""
    while len(head) < _SNIFFED and not head.strip():
        line = stream.readline(_SNIFFED)
        if not line:
            break
        head += line
    return head


def _unreadable(path: Path, error: OSError) -> SourceError:
    if isinstance(error, FileNotFoundError):
        return SourceError(f"{_shown(path)}: no such file; check the path.")
    if isinstance(error, PermissionError):
        return SourceError(f"{_shown(path)}: not readable; check its permissions (chmod +r).")
    return SourceError(
        f"{_shown(path)}: cannot be read ({error.strerror or error}); check the file and its disk."
    )


def _shown(path: Path) -> str:
    """The path as it can be printed: names that are not UTF-8, and line ends in names, are made visible."""
    return os.fsencode(path).decode("utf-8", "replace").replace("\n", "\\n").replace("\r", "\\r")
