"""What people type -> the document or statement of a record that it means."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeAlias

import msgspec

from onrecord.errors import UsageError

# A shorter prefix of a document's hash is more often a mistake than a name.
_MIN_PREFIX = 6
_HEX = re.compile(r"(?:sha256:)?([0-9a-f]+)")

Rows: TypeAlias = list[tuple[Any, ...]]


class Keys(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """The documents and statements of one record by their keys; ``select`` gives the rows of a SELECT."""

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

    def find_statement(self, key: str, only: str | None) -> tuple[str, str]:
        """The document and the id of the statement that an id, or the first digits of one, means.

        ``only``: the one document looked at. Statements that people rejected are found too. Raises UsageError
        for none and for several.
        """
        known = (
            "SELECT d.id AS document, s.id AS statement FROM statements s JOIN documents d "
            "ON d.number = s.document UNION SELECT c.document, c.statement FROM decisions c "
            "JOIN documents d ON d.id = c.document"
        )
        found = self.select(
            f"SELECT document, statement FROM ({known}) WHERE substr(statement, 1, length(?1)) = ?1 "  # noqa: S608
            "AND (?2 IS NULL OR document = ?2) ORDER BY statement = ?1 DESC LIMIT 9",
            (key, only),
        )
        exact = [row for row in found if row[1] == key] or found
        if len(exact) == 1 and key:
            return exact[0][0], exact[0][1]
        if not found or not key:
            raise UsageError(f"no statement {key!r} in {self.path}; take an id that `onrecord search` shows")
        listed = ", ".join(f"{statement} in document {doc_id[:19]}" for doc_id, statement in exact)
        raise UsageError(f"{key!r} is {len(exact)} statements; give more of the id, or --document: {listed}")

    def find_documents(self, statement: str) -> list[str]:
        """The ids of the documents that have a statement with this id, or decisions on it."""
        found = self.select(
            "SELECT d.id FROM statements s JOIN documents d ON d.number = s.document WHERE s.id = ? "
            "UNION SELECT d.id FROM decisions c JOIN documents d ON d.id = c.document WHERE c.statement = ?",
            (statement, statement),
        )
        return [doc_id for (doc_id,) in found]

    def only_document(self, statement: str, known: Sequence[str]) -> str:
        """The one document that knows a statement; raises UsageError for none and for several."""
        if len(known) > 1:
            raise UsageError(
                f"statement {statement!r} is in {len(known)} documents; say which: {', '.join(known)}"
            )
        if not known:
            raise UsageError(
                f"no statement {statement!r} in {self.path}; take an id that `onrecord search` shows"
            )
        return known[0]
