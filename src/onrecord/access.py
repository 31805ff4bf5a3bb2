"""What a question needs of an open record; ``store.Store`` is one.

Questions (query.py, event_query.py) ask for this and not for the store, so
that the store can offer them as its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from onrecord.identities import Identities
from onrecord.records import Reading


class Access(Protocol):
    """Rows, readings and keys of a record."""

    def select(self, sql: str, params: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """The rows of a SELECT."""

    def read_number(self, number: int, doc_id: str, *, decided: bool = True) -> Reading:
        """The reading behind a row of ``documents``."""

    def resolve(self, key: str) -> str:
        """The id of the document that a key means."""

    def identities(self) -> Identities:
        """What people decided on who somebody is, with the table of actors under it."""
