"""onrecord reads news of international affairs and keeps the record of who said what.

>>> import onrecord
>>> reading = onrecord.read("The bases will go, the premier said.", published="1962-10-28")
>>> record = onrecord.open_record("record.sqlite")
>>> record.write(reading)
"""

from __future__ import annotations

TYPE_CHECKING = False  # checkers take this as true; importing typing would cost a fifth of `onrecord --help`
if TYPE_CHECKING:
    from typing import Any

    from onrecord.api import read, read_many
    from onrecord.errors import OnrecordError
    from onrecord.records import Reading, Span, Statement
    from onrecord.sources.raw import RawDocument
    from onrecord.store import open_record

__all__ = ["OnrecordError", "RawDocument", "Reading", "Span", "Statement", "open_record", "read", "read_many"]

_HOMES = {
    "OnrecordError": "onrecord.errors",
    "RawDocument": "onrecord.sources.raw",
    "Reading": "onrecord.records",
    "Span": "onrecord.records",
    "Statement": "onrecord.records",
    "open_record": "onrecord.store",
    "read": "onrecord.api",
    "read_many": "onrecord.api",
}


def __getattr__(name: str) -> Any:
    """Loads a public name when it is first asked for, so that importing onrecord costs nothing."""
    if name not in _HOMES:
        raise AttributeError(f"module 'onrecord' has no attribute {name!r}")
    import importlib

    return getattr(importlib.import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)
