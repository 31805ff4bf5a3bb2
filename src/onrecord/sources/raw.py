"""The value that every source yields: one document as it came, and what came with it."""

from __future__ import annotations

from typing import Literal

import msgspec

from onrecord.records import PublishedFrom

MAX_DOCUMENT_BYTES = 10_000_000
"""The largest document that is read: a file, a page, a JSON Lines row, a text on stdin.

Measured: a text of this size is divided in 2 s and 120 MB; the longest of 1,184 news articles has 0.1 MB. A
larger one is a data dump or a mistake.
"""


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """The main text of a page and what the page says about itself; None where it says nothing."""

    text: str
    title: str | None = None
    outlet: str | None = None
    author: str | None = None
    url: str | None = None
    published: str | None = None
    published_from: PublishedFrom | None = None
    modified: str | None = None


class RawDocument(msgspec.Struct, frozen=True, kw_only=True):
    """One document before it is read: its bytes (or its text), and what its source says about it.

    ``data`` is bytes as read from a file, or the text itself (strings, JSON
    Lines rows). ``origin`` is a path, ``-`` or ``FILE:LINE`` and serves
    messages only. ``published`` is an ISO day, ``YYYY-MM-DD``.
    """

    data: bytes | str
    media: Literal["text", "html"] = "text"
    origin: str | None = None
    given_id: str | None = None
    url: str | None = None
    title: str | None = None
    outlet: str | None = None
    author: str | None = None
    published: str | None = None
    published_from: PublishedFrom | None = None
