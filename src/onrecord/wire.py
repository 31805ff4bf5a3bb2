"""JSON lines and readings, one into the other, without loss (docs/record.md is the contract).

Strict on the way in: a field that the contract does not know, another wire
version, a value of the wrong type or a lone surrogate is refused, and the
message names the field. What the offsets claim is checked by ``verify``, not here.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import msgspec

from onrecord.errors import WireError
from onrecord.records import WIRE_VERSION, Reading

_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(Reading)
_HINT = (
    "`onrecord load` takes lines that `onrecord read --format jsonl` wrote; give articles to `onrecord read`"
)


class _Head(msgspec.Struct):
    """The one field that is looked at before the rest is believed."""

    onrecord: Any = None


# Half of a pair escaped without the other half: the decoder stops there with changing words.
_LONE_SURROGATE = re.compile(r"\\u[dD][89abAB]..(?!\\u[dD][c-fC-F])|(?<!\\u[dD][89abAB]..)\\u[dD][c-fC-F]")
_HINT_SURROGATE = "it may be a lone surrogate (\\ud800 to \\udfff); replace it with \\ufffd"

_head_decoder = msgspec.json.Decoder(_Head)


def write_line(reading: Reading) -> bytes:
    """The reading as one JSON object in UTF-8, without a newline.

    Raises WireError for what JSON cannot carry and give back unchanged: lone
    surrogates, and numbers that are not finite or beyond 64 bits.
    """
    name = reading.document.id
    for number in _numbers(reading):
        if number is not None and not math.isfinite(number):
            raise WireError(f"{name}: a confidence or coordinate is {number}; give a finite number or null")
    try:
        return _encoder.encode(reading)
    except UnicodeEncodeError as error:
        raise WireError(
            f"{name}: lone surrogate at character {error.start} of a field; replace it with U+FFFD first"
        ) from error
    except OverflowError as error:
        raise WireError(
            f"{name}: a number does not fit 64 bits; offsets count characters of the text"
        ) from error


def read_line(line: bytes | str, *, origin: str) -> Reading:
    """The reading that one JSON line holds; ``origin`` ("FILE:LINE") is for messages.

    Raises WireError, naming the origin and the field, for anything that is not
    a reading of this wire version.
    """
    try:
        version = _head_decoder.decode(line).onrecord
        if version != WIRE_VERSION:
            raise WireError(_wrong_version(version, origin))
        reading = _decoder.decode(line)
    except (msgspec.ValidationError, RecursionError) as error:
        raise WireError(f"{origin}: not a reading: {_one_line(error)}; {_HINT}") from error
    except (msgspec.DecodeError, UnicodeError) as error:
        hint = _HINT_SURROGATE if _LONE_SURROGATE.search(_as_text(line)) else _HINT
        raise WireError(f"{origin}: not JSON in UTF-8: {_one_line(error)}; {hint}") from error
    return reading


def read_lines(
    lines: Iterable[bytes | str], *, origin: str, on_error: Callable[[WireError], None] | None = None
) -> Iterator[Reading]:
    """The readings of a JSON Lines stream, in order; blank lines are passed over.

    A line that fails goes to ``on_error`` and the rest go on; without
    ``on_error`` its WireError is raised.
    """
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            reading = read_line(line, origin=f"{origin}:{number}")
        except WireError as error:
            if on_error is None:
                raise
            on_error(error)
        else:
            yield reading


def _wrong_version(version: object, origin: str) -> str:
    if version is None:
        return f'{origin}: not a reading: the field "onrecord" (wire version) is missing; {_HINT}'
    return (
        f"{origin}: wire version {version!r} is not {WIRE_VERSION!r}, the only one this onrecord reads; "
        "use the onrecord version that wrote the file, or read the articles again"
    )


def _as_text(line: bytes | str) -> str:
    return line if isinstance(line, str) else line.decode("utf-8", "replace")


def _one_line(error: BaseException) -> str:
    return " ".join(str(error).split())


def _numbers(reading: Reading) -> Iterator[float | None]:
    """Every float of a reading: msgspec would write NaN as null, which reads back as another value."""
    for claims in (reading.actors, reading.statements, reading.events, reading.stances):
        for claim in claims:
            yield claim.confidence
    for place in reading.places:
        yield from (place.lat, place.lon)
    for event in reading.events:
        if event.location:
            yield from (event.location.lat, event.location.lon)
