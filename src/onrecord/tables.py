"""Rows into the tables of a record and out of them; store.py decides when, inside its transactions."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec

from onrecord.decisions import Decision
from onrecord.errors import RecordError
from onrecord.identities import ActorDecision, settle_actors
from onrecord.index import Index, fold
from onrecord.records import Reading, Span

# Level 6 of zlib: see docs/decisions/0005-store.md for size and time against plain JSON.
_ZLIB_LEVEL = 6

_wire_decoder = msgspec.json.Decoder(Reading)
_spans_decoder = msgspec.json.Decoder(tuple[Span, ...])

_PUT_DOCUMENT = """
INSERT INTO documents
  (number, id, given_id, title, outlet, outlet_key, url, published, sort_date, onrecord, model, model_sha256)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (number) DO UPDATE SET
  given_id = excluded.given_id, title = excluded.title, outlet = excluded.outlet,
  outlet_key = excluded.outlet_key, url = excluded.url, published = excluded.published,
  sort_date = excluded.sort_date, onrecord = excluded.onrecord, model = excluded.model,
  model_sha256 = excluded.model_sha256
"""
_PUT_READING = """
INSERT INTO readings (document, wire) VALUES (?, ?) ON CONFLICT (document) DO UPDATE SET wire = excluded.wire
"""
_PUT_STATEMENT = """
INSERT INTO statements (document, position, id, speaker, mode, act, confidence, content)
VALUES (?, ?, ?, ?, ?, ?, ?, ?)
"""
_PUT_EVENT = """
INSERT INTO events (document, position, id, type, mode, context, quad, modality, statement, asserter,
  first_day, last_day, confidence, words)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
_PUT_STANCE = """
INSERT INTO stances (document, position, holder, target, polarity, statement, asserter, confidence)
VALUES (?, ?, ?, ?, ?, ?, ?, ?)
"""
_PUT_ACTOR = """
INSERT INTO actors (document, position, id, identity, name, role, country) VALUES (?, ?, ?, ?, ?, ?, ?)
"""
_ADD_DECISION = """
INSERT INTO decisions (document, statement, kind, value, withdrawn, words, decided_by, decided_at)
VALUES (?, ?, ?, ?, ?, ?, ?, ?)
"""
_DECISIONS_ON = """
SELECT number, statement, kind, value, withdrawn, words, decided_by, decided_at
FROM decisions WHERE document = ? ORDER BY julianday(decided_at), number
"""
# Those of another record come in with their own days, so the number does not tell which is later.
_ADD_IDENTITY = """
INSERT INTO identities (kind, actor, document, value, withdrawn, decided_by, decided_at)
VALUES (?, ?, ?, ?, ?, ?, ?)
"""
_IDENTITIES = """
SELECT number, kind, actor, document, value, withdrawn, decided_by, decided_at
FROM identities ORDER BY julianday(decided_at), number
"""


def pack(wire: bytes) -> bytes:
    """A reading's wire as it is stored."""
    return zlib.compress(wire, _ZLIB_LEVEL)


def unpack(wire: bytes | None, doc_id: str, path: Path) -> Reading:
    """The reading that was stored; raises RecordError where it is damaged."""
    try:
        return _wire_decoder.decode(zlib.decompress(wire or b""))
    except (zlib.error, msgspec.DecodeError, UnicodeError) as error:
        raise RecordError(
            f"{path}: the reading of {doc_id} is damaged; `onrecord verify` lists what else is, "
            "then forget the document and read it again"
        ) from error


def put_document(db: sqlite3.Connection, number: int | None, row: Sequence[Any], wire: bytes) -> int:
    """Store a document's row and its packed reading, new or in place of the old; its number comes back."""
    cursor = db.execute(_PUT_DOCUMENT, (number, *row))
    number = number if number is not None else int(cursor.lastrowid or 0)
    db.execute(_PUT_READING, (number, wire))
    return number


def put_index(db: sqlite3.Connection, number: int, index: Index) -> None:
    """Store a document's index rows in place of those it had; triggers keep the full-text index in step."""
    drop_index(db, number)
    db.executemany(_PUT_ACTOR, [(number, *row) for row in index.actors])
    db.executemany(
        "INSERT INTO names (document, key, actor) VALUES (?, ?, ?)", [(number, *r) for r in index.names]
    )
    db.executemany(_PUT_STATEMENT, [(number, *row) for row in index.statements])
    db.executemany(_PUT_EVENT, [(number, *row) for row in index.events])
    db.executemany(
        "INSERT INTO parties (document, event, role, actor) VALUES (?, ?, ?, ?)",
        [(number, *row) for row in index.parties],
    )
    db.executemany(_PUT_STANCE, [(number, *row) for row in index.stances])


def drop_index(db: sqlite3.Connection, number: int) -> None:
    """Remove a document's index rows."""
    db.execute("DELETE FROM statements WHERE document = ?", (number,))
    db.execute("DELETE FROM parties WHERE document = ?", (number,))
    db.execute("DELETE FROM events WHERE document = ?", (number,))
    db.execute("DELETE FROM stances WHERE document = ?", (number,))
    db.execute("DELETE FROM names WHERE document = ?", (number,))
    db.execute("DELETE FROM actors WHERE document = ?", (number,))


def add_decision(db: sqlite3.Connection, made: Decision) -> int:
    """Store one decision; its number comes back."""
    words = msgspec.json.encode(made.words).decode()
    row = (
        made.document, made.statement, made.kind, made.value, made.withdrawn, words, made.decided_by,
        made.decided_at,
    )  # fmt: skip
    return int(db.execute(_ADD_DECISION, row).lastrowid or 0)


def add_identity(db: sqlite3.Connection, made: ActorDecision) -> int:
    """Store one decision on who somebody is; its number comes back."""
    value = msgspec.json.encode({name: getattr(made, name) for name in _IDENTITY_VALUE}).decode()
    row = (made.kind, made.actor, made.document, value, made.withdrawn, made.decided_by, made.decided_at)
    return int(db.execute(_ADD_IDENTITY, row).lastrowid or 0)


def identities(db: sqlite3.Connection) -> tuple[ActorDecision, ...]:
    """Every decision on who somebody is, oldest first, each with the state it is in."""
    return settle_actors(_identity(row) for row in db.execute(_IDENTITIES))


# What an ActorDecision holds beyond the columns of its row.
_IDENTITY_VALUE = ("target", "entity", "tenure", "was")


def _identity(row: tuple[Any, ...]) -> ActorDecision:
    number, kind, actor, document, value, withdrawn, decided_by, decided_at = row
    fields = {
        "number": number, "kind": kind, "actor": actor, "document": document,
        "withdrawn": bool(withdrawn), "decided_by": decided_by, "decided_at": decided_at,
    }  # fmt: skip
    return msgspec.convert(fields | msgspec.json.decode(value), ActorDecision)


def decisions_on(db: sqlite3.Connection, doc_id: str) -> tuple[Decision, ...]:
    """The decisions about one document, oldest first, their states not yet settled."""
    return tuple(
        Decision(
            number=number,
            document=doc_id,
            statement=statement,
            kind=kind,
            value=value,
            withdrawn=bool(withdrawn),
            words=_spans_decoder.decode(words),
            decided_by=by,
            decided_at=at,
        )
        for number, statement, kind, value, withdrawn, words, by, at in db.execute(_DECISIONS_ON, (doc_id,))
    )


def unquote_decisions(db: sqlite3.Connection, doc_id: str) -> None:
    """Leave of a document's decisions only where they point, not the words they point at."""
    for decision in decisions_on(db, doc_id):
        places = tuple(Span(start=s.start, end=s.end, text="") for s in decision.words)
        words = msgspec.json.encode(places).decode()
        db.execute("UPDATE decisions SET words = ? WHERE number = ?", (words, decision.number))


def touched_by(db: sqlite3.Connection, made: ActorDecision) -> list[tuple[int, str]]:
    """The documents whose actors a decision may change."""
    if made.document is not None:
        rows = db.execute("SELECT number, id FROM documents WHERE id = ?", (made.document,))
        return [(number, doc_id) for number, doc_id in rows]
    keys = {fold(key) for key in (made.actor, made.target) if key}
    if made.entity is not None:
        earlier = (d.entity for d in identities(db) if d.key() == made.key())
        keys |= {fold(name) for e in (made.entity, *earlier) if e for name in (e.name, *e.names)}
    known = "SELECT document FROM names WHERE key IN (SELECT value FROM json_each(?1))"
    sql = f"SELECT number, id FROM documents WHERE number IN ({known})"  # noqa: S608 (fixed text)
    params: list[str | None] = [msgspec.json.encode(sorted(keys)).decode()]
    if made.tenure is not None:  # an office may link any description of its time
        sql += " OR (published >= ?2 AND published <= ?3)"
        params += [made.tenure.start or "", f"{made.tenure.end or '9'}~"]
    return [(number, doc_id) for number, doc_id in db.execute(sql, params)]
