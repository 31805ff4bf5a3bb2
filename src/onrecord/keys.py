"""What people type -> the document, statement or event of a record that it means."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Literal, TypeAlias

import msgspec

from onrecord.errors import UsageError

# A shorter prefix of a document's hash is more often a mistake than a name.
_MIN_PREFIX = 6
_HEX = re.compile(r"(?:sha256:)?([0-9a-f]+)")

Rows: TypeAlias = list[tuple[Any, ...]]


# Every id that can be meant, with its document; decisions bring in what people rejected.
_CLAIMS = """
SELECT d.id AS document, s.id AS claim, 'statement' AS kind FROM statements s
JOIN documents d ON d.number = s.document
UNION SELECT d.id, e.id, 'event' FROM events e JOIN documents d ON d.number = e.document
UNION SELECT c.document, c.statement, CASE c.kind WHEN 'event' THEN 'event' ELSE 'statement' END
FROM decisions c JOIN documents d ON d.id = c.document
"""


class Claim(msgspec.Struct, frozen=True, kw_only=True):
    """A statement or event of a document."""

    document: str
    id: str
    kind: Literal["statement", "event"]


class Keys(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """What one record holds, by its keys; ``select`` gives the rows of a SELECT."""

    path: Path
    select: Callable[[str, Sequence[Any]], Rows]

    def find_document(self, key: str) -> tuple[int, str] | None:
        """The number and id of the document: by id, else by given id, else by a prefix of the hash."""
        key = key.encode("utf-8", "replace").decode("utf-8")
        columns = "SELECT number, id, published, title FROM documents "
        for named in ("WHERE id = ?", "WHERE given_id = ? LIMIT 9"):
            if rows := self.select(columns + named, (key,)):
                return self._only(key, rows)
        match = _HEX.fullmatch(key)
        if match is None or len(match[1]) < _MIN_PREFIX:
            return None
        low = "sha256:" + match[1]
        rows = self.select(columns + "WHERE id >= ? AND id < ? LIMIT 9", (low, low + "g"))
        return self._only(key, rows) if rows else None

    def get_document(self, key: str) -> tuple[int, str]:
        """Like ``find_document``; raises UsageError where there is none."""
        row = self.find_document(key)
        if row is None:
            raise UsageError(
                f"no document {key!r} in {self.path}; give its id, the first {_MIN_PREFIX} or more digits "
                "of it, or the id it came with"
            )
        return row

    def find_number(self, doc_id: str) -> int | None:
        """The number of the row of a document, by its id."""
        rows = self.select("SELECT number FROM documents WHERE id = ?", (doc_id,))
        return rows[0][0] if rows else None

    def _only(self, key: str, rows: list[tuple[Any, ...]]) -> tuple[int, str]:
        if len(rows) == 1:
            return rows[0][0], rows[0][1]
        listed = "; ".join(
            f"{doc_id[:19]} ({date or 'undated'}, {title or 'untitled'})" for _, doc_id, date, title in rows
        )
        raise UsageError(f"{key!r} fits {len(rows)} documents; give the id of one: {listed}")

    def find_claim(self, key: str, only: str | None) -> Claim:
        """The statement or event that an id, or the first digits of one, means.

        ``only``: the one document looked at. Those that people rejected are found too. Raises UsageError
        for none and for several.
        """
        rows = self.select(
            f"SELECT document, claim, kind FROM ({_CLAIMS}) WHERE substr(claim, 1, length(?1)) = ?1 "  # noqa: S608
            "AND (?2 IS NULL OR document = ?2) ORDER BY claim = ?1 DESC LIMIT 9",
            (key, only),
        )
        found = [Claim(document=doc_id, id=claim, kind=kind) for doc_id, claim, kind in rows]
        exact = [claim for claim in found if claim.id == key] or found
        if len(exact) == 1 and key:
            return exact[0]
        if not found or not key:
            raise UsageError(self._unknown(key))
        listed = ", ".join(f"{claim.kind} {claim.id} in document {claim.document[:19]}" for claim in exact)
        raise UsageError(
            f"{key!r} is {len(exact)} statements or events; give more of the id, or --document: {listed}"
        )

    def _unknown(self, key: str) -> str:
        return (
            f"no statement or event {key!r} in {self.path}; "
            "take an id that `onrecord search` or `onrecord events` shows"
        )

    def find_documents(self, claim: str) -> list[str]:
        """The ids of the documents that have a statement or event with this id, or decisions on it."""
        found = self.select(
            "SELECT d.id FROM statements s JOIN documents d ON d.number = s.document WHERE s.id = ?1 "
            "UNION SELECT d.id FROM events e JOIN documents d ON d.number = e.document WHERE e.id = ?1 "
            "UNION SELECT d.id FROM decisions c JOIN documents d ON d.id = c.document WHERE c.statement = ?1",
            (claim,),
        )
        return [doc_id for (doc_id,) in found]

    def only_document(self, claim: str, known: Sequence[str]) -> str:
        """The one document that knows a statement or event; raises UsageError for none and for several."""
        if len(known) > 1:
            raise UsageError(f"{claim!r} is in {len(known)} documents; say which: {', '.join(known)}")
        if not known:
            raise UsageError(self._unknown(claim))
        return known[0]
