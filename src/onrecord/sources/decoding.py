"""Bytes -> text: which encoding it is, and a note on everything that could not be taken as it stood.

A byte order mark is the encoding's signature and not part of the text: it is
dropped, and offsets count from the character behind it. In a ``str`` it is a
character like any other and stays.
"""

from __future__ import annotations

import codecs
import re

import msgspec

from onrecord.errors import SourceError
from onrecord.records import Note

_SIGNATURES = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_FILE_KINDS = (
    (b"%PDF-", "a PDF; convert it to text first (pdftotext)"),
    (b"PK\x03\x04", "a ZIP archive or an office document; save it as plain text"),
    (b"\x1f\x8b", "compressed with gzip; unpack it first"),
    (b"\xfd7zXZ", "compressed with xz; unpack it first"),
    (b"\x28\xb5\x2f\xfd", "compressed with zstd; unpack it first"),
    (b"SQLite format 3", "an SQLite database; name documents, not a record"),
    (b"\x89PNG", "an image; name a text file"),
    (b"\xff\xd8\xff", "an image; name a text file"),
    (b"GIF8", "an image; name a text file"),
    (b"\xd0\xcf\x11\xe0", "an old office document; save it as plain text"),
)
_SAMPLE = 1 << 16
_CONTROLS = bytes(n for n in range(32) if n not in b"\t\n\v\f\r\x1b\x08") + b"\x7f"
_MAX_CONTROLS = 4
_MAX_CONTROL_SHARE = 0.01
"""More control characters than both are binary data: 326 compressed, compiled and image
files measured have 4 to 93 per cent, 1,184 news texts none."""
_WIDE_SHARE = 0.3
"""Share of NUL bytes, all in one half of the byte pairs, that shows UTF-16 without its mark."""
_DECLARED = re.compile(
    rb"""<(?:meta\b[^>]{0,200}?\bcharset|\?xml\b[^>]{0,80}?\bencoding)\s*=\s*["']?\s*([\w.:-]{2,30})""", re.I
)
# Character sets only: Python also knows "hex" and "unicode_escape".
_CHARSET = re.compile(r"windows-|cp\d|iso-8859-|iso-2022-|koi8|mac|gb|big5|shift_jis|euc-")
DECODING_NOTES = frozenset({"assumed-encoding", "replaced-bytes", "replaced-surrogates", "nul-characters"})
"""The codes of the notes made here; they stay true of a text whenever it is read again."""
_SURROGATE = re.compile("[\ud800-\udfff]")


class Decoded(msgspec.Struct, frozen=True):
    """A text that can be encoded again, and what had to be assumed or replaced to get it."""

    text: str
    notes: tuple[Note, ...] = ()


def decode(data: bytes | str, *, origin: str, declared: bool = False) -> Decoded:
    """The text of ``data``; raises SourceError for binary data.

    In this order: a byte order mark, UTF-16 by its NULs, valid UTF-8, the
    charset that a page declares (``declared``), UTF-8 with a few bad bytes
    replaced, windows-1252. A ``str`` is its own text, lone surrogates replaced.
    """
    if isinstance(data, str):
        return _noted(data)
    encoding, start = _find_signature(data)
    if encoding is None:
        _refuse_binary(data, origin=origin)
        encoding = "utf-8" if _is_utf_8(data) else (declared and _find_declared(data)) or None
    if encoding is None:
        encoding = "utf-8" if _is_mostly_utf_8(data) else "windows-1252"
        return _noted(data.decode(encoding, "replace"), assumed=encoding)
    try:
        return _noted(data[start:].decode(encoding))
    except UnicodeDecodeError:
        return _noted(data[start:].decode(encoding, "replace"), assumed=encoding)


def replace_surrogates(text: str) -> str:
    """The text with each lone surrogate (half a character, which nothing can store) as U+FFFD."""
    return _SURROGATE.sub("\ufffd", text)


def _find_signature(data: bytes) -> tuple[str | None, int]:
    for mark, encoding in _SIGNATURES:
        if data.startswith(mark):
            return encoding, len(mark)
    sample = data[:_SAMPLE]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if (
        len(sample) >= 4
        and max(even, odd) > _WIDE_SHARE * len(sample)
        and min(even, odd) <= len(sample) // 1000
    ):
        return ("utf-16-le" if odd > even else "utf-16-be"), 0
    return None, 0


def _refuse_binary(data: bytes, *, origin: str) -> None:
    for signature, what in _FILE_KINDS:
        if data.startswith(signature):
            raise SourceError(f"{origin}: this is {what}.")
    sample = data[:_SAMPLE]
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    if controls > _MAX_CONTROLS and controls > _MAX_CONTROL_SHARE * len(sample):
        raise SourceError(f"{origin}: this is binary data, not text; name a text, HTML or JSON Lines file.")


def _is_utf_8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _is_mostly_utf_8(data: bytes) -> bool:
    """Whether well-formed sequences outnumber bad bytes: windows-1252 text hardly ever has any."""
    text = data.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    return sum(1 for character in text if character > "\x7f") - bad > bad


def _find_declared(data: bytes) -> str | None:
    found = _DECLARED.search(data, 0, 4096)
    if found is None:
        return None
    name = found[1].decode("ascii").lower()
    if name in ("iso-8859-1", "latin-1", "latin1", "us-ascii", "ascii"):
        return "windows-1252"  # as browsers do: pages that say Latin-1 mean this
    try:
        return codecs.lookup(name).name if _CHARSET.match(name) else None
    except LookupError:
        return None


def _noted(text: str, *, assumed: str | None = None) -> Decoded:
    notes = []
    if assumed == "windows-1252":
        notes.append(_note("assumed-encoding", "The bytes are not UTF-8 and were read as windows-1252."))
    elif assumed is not None:
        notes.append(
            _note("replaced-bytes", f"Bytes that are not {assumed.upper()} were replaced by U+FFFD.")
        )
    clean = replace_surrogates(text)
    if clean != text:
        notes.append(_note("replaced-surrogates", "Lone surrogates were replaced by U+FFFD, one for one."))
    if "\0" in clean:
        notes.append(
            _note("nul-characters", f"The text holds {clean.count(chr(0))} NUL characters; they were kept.")
        )
    return Decoded(clean, tuple(notes))


def _note(code: str, message: str) -> Note:
    return Note(code=code, message=message)
