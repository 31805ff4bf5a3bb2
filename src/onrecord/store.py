"""The record: one SQLite file that keeps readings whole, and people's decisions beside them.

``open_record(path)`` gives a Store. A document is one transaction: it is in
the record whole or not at all. Writing the same reading twice changes nothing;
another reading of the same document takes the place of the first, and
people's decisions stay. Why it is built so: docs/decisions/0005-store.md.
"""

from __future__ import annotations

import logging
import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, TypeAlias, cast

import msgspec

from onrecord import tables
from onrecord.database import WAIT_S, WORDS, connect, faults, find_words_fault, transaction
from onrecord.decisions import (
    Decision,
    Kind,
    apply_decisions,
    check_value,
    find_claim,
    settle,
    words_of,
)
from onrecord.errors import RecordError, UsageError
from onrecord.event_query import EventHit, EventQuery, search_events
from onrecord.identities import ActorDecision, Identities, check_actor_decision
from onrecord.index import Index, document_row, index_reading
from onrecord.keys import Claim, Keys
from onrecord.overlay import apply_identities, find_renamed
from onrecord.records import ProducedBy, Reading
from onrecord.stance_query import StanceHit, StanceQuery, search_stances
from onrecord.wire import write_line

log = logging.getLogger(__name__)

Outcome: TypeAlias = Literal["added", "unchanged", "replaced"]


class Counts(msgspec.Struct, frozen=True, kw_only=True):
    """How much a record holds. ``attributed``: statements with a speaker."""

    documents: int
    statements: int
    attributed: int
    decisions: int
    events: int = 0
    stances: int = 0


class Forgotten(msgspec.Struct, frozen=True, kw_only=True):
    """What ``forget`` removed.

    ``cleaned``: the file was rewritten, so the words are not in it any more.
    False when another program was reading it: call ``clean()`` once it is done.
    """

    document: str
    given_id: str | None
    title: str | None
    statements: int
    decisions: int
    cleaned: bool


def open_record(
    path: str | Path, *, create: bool = True, readonly: bool = False, wait_s: float = WAIT_S
) -> Store:
    """The record at ``path``, ready for use; a new one if there is none and ``create``.

    Raises RecordError when it cannot be: not SQLite, foreign, damaged, newer,
    locked for longer than ``wait_s`` seconds, missing, or not writable.

    >>> with open_record("crisis.db") as store:
    ...     store.write(reading)
    'added'
    """
    path = Path(path)

    def derive(db: sqlite3.Connection) -> None:
        Store(db, path).derive_index()

    return Store(connect(path, create=create, readonly=readonly, wait_s=wait_s, derive=derive), path)


class Store:
    """An open record. Use it as a context manager, from the thread that opened it."""

    def __init__(self, db: sqlite3.Connection, path: Path) -> None:
        self._db = db
        self.path = path
        self._identities: tuple[tuple[int, int], Identities] | None = None

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; what was written is already safe."""
        self._db.close()

    def select(self, sql: str, params: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """The rows of a SELECT; for query.py and verify.py, which hold all other SQL."""
        with faults(self.path):
            return self._db.execute(sql, params).fetchall()

    @property
    def _keys(self) -> Keys:
        return Keys(path=self.path, select=self.select)

    # -- writing ---------------------------------------------------------------------------------

    def write(self, reading: Reading) -> Outcome:
        """Keep a reading, in one transaction, durable when this returns; says what that changed."""
        wire = write_line(reading)
        doc_id = reading.document.id
        if self._wire_of(doc_id) == wire:
            return "unchanged"
        with faults(self.path), transaction(self._db):
            number = self._keys.find_number(doc_id)
            outcome: Outcome = "added" if number is None else "replaced"
            row = document_row(reading.document, reading.produced_by)
            number = tables.put_document(self._db, number, row, tables.pack(wire))
            tables.put_index(self._db, number, self.index(reading))
        return outcome

    def has(self, document_id: str, produced_by: ProducedBy | None = None) -> bool:
        """True if the document is here (and was last read by just this version and model)."""
        rows = self.select("SELECT onrecord, model, model_sha256 FROM documents WHERE id = ?", (document_id,))
        if not rows or produced_by is None:
            return bool(rows)
        return rows[0] == (produced_by.onrecord, produced_by.model, produced_by.model_sha256)

    def forget(self, key: str, *, keep_decisions: bool = False) -> Forgotten:
        """Remove a document, all that came from it and the decisions on it, and clean the file.

        With ``keep_decisions`` the decisions stay, without the words they
        quote, and hold again if the document is read again.
        """
        number, doc_id = self._keys.get_document(key)
        with faults(self.path), transaction(self._db):
            ((given_id, title),) = self.select(
                "SELECT given_id, title FROM documents WHERE number = ?", (number,)
            )
            ((statements,),) = self.select("SELECT count(*) FROM statements WHERE document = ?", (number,))
            ((decisions,),) = self.select("SELECT count(*) FROM decisions WHERE document = ?", (doc_id,))
            tables.drop_index(self._db, number)
            self._db.execute("DELETE FROM documents WHERE number = ?", (number,))
            if keep_decisions:
                tables.unquote_decisions(self._db, doc_id)
            else:
                self._db.execute("DELETE FROM decisions WHERE document = ?", (doc_id,))
        return Forgotten(
            document=doc_id, given_id=given_id, title=title, statements=statements,
            decisions=0 if keep_decisions else decisions, cleaned=self.clean(),
        )  # fmt: skip

    def rebuild(self) -> None:
        """Derive the index anew from readings and decisions; mends what ``verify`` calls index or words."""
        with faults(self.path), transaction(self._db):
            self._tell_words("rebuild")  # else taking rows out of a full-text index that lacks them fails
            self._index_again(self.select("SELECT number, id FROM documents"))
            self._tell_words("rebuild")

    def derive_index(self) -> None:
        """Derive what the index of a record of an older version lacks, inside the caller's transaction.

        Only events and stances can be missing, and most old readings have none. A
        damaged reading is passed over: ``verify`` reports it.
        """
        for number, doc_id in self.select("SELECT number, id FROM documents"):
            try:
                reading = self.read_number(number, doc_id, decided=False)
                if reading.events or reading.stances:
                    tables.put_index(self._db, number, self.index(reading))
            except RecordError:
                log.warning(
                    "%s: the reading of %s is damaged; its index was left as it is", self.path, doc_id
                )

    def _tell_words(self, command: str) -> None:
        for table in WORDS:
            self._db.execute(f"INSERT INTO {table} ({table}) VALUES ('{command}')")  # noqa: S608 (ours)

    def clean(self) -> bool:
        """Rewrite the file without what was removed; False if a reader kept the old log from going."""
        with faults(self.path):
            # The full-text index keeps removed words until its segments merge; SQLite keeps
            # fragments in pages it reuses. Only merging and rewriting gets rid of both.
            self._tell_words("optimize")
            self._db.execute("VACUUM")
            (busy, _, _) = self._db.execute("PRAGMA wal_checkpoint (TRUNCATE)").fetchone()
        if busy:
            log.warning("%s: still open elsewhere; removed words stay in its log until that ends", self.path)
        return not busy

    # -- reading ---------------------------------------------------------------------------------

    def get_reading(self, key: str, *, decided: bool = True) -> Reading:
        """The reading of a document, by its id, six or more hex digits that begin it, or its given_id.

        People's decisions are laid over it; with ``decided=False`` it is
        exactly what was written. Raises UsageError for an unknown or ambiguous key.
        """
        number, doc_id = self._keys.get_document(key)
        return self.read_number(number, doc_id, decided=decided)

    def find_reading(self, key: str, *, decided: bool = True) -> Reading | None:
        """Like ``get_reading``, but None for a document that is not here."""
        row = self._keys.find_document(key)
        return self.read_number(*row, decided=decided) if row else None

    def readings(self, *, decided: bool = True) -> Iterator[Reading]:
        """Every reading, in the order the documents came; writing meanwhile is fine."""
        number = 0
        while rows := self.select(
            "SELECT d.number, d.id, r.wire FROM documents d LEFT JOIN readings r ON r.document = d.number "
            "WHERE d.number > ? ORDER BY d.number LIMIT 1",
            (number,),
        ):
            number, doc_id, wire = rows[0]
            yield self._decode(wire, doc_id, decided=decided)

    def events(self, **filters: Any) -> list[EventHit]:
        """The events that fit all filters, by day; the filters are the fields of event_query.EventQuery.

        All of them without a ``limit``. exports.frames.event_frame makes a data frame of them.

        >>> store.events(actor_country="RUV", quad=4, since="2031-05-01", asserted_by="article")
        """
        return search_events(self, EventQuery(**{"limit": None} | filters))

    def stances(self, **filters: Any) -> list[StanceHit]:
        """The stances that fit all filters; these are the fields of stance_query.StanceQuery.

        >>> store.stances(target="Vastria", polarity="oppose")
        """
        return search_stances(self, StanceQuery(**{"limit": None} | filters))

    def count(self) -> Counts:
        """How many documents, statements and decisions there are."""
        names = ("documents", "statements", "decisions", "events", "stances")
        counted = [self.select(f"SELECT count(*) FROM {name}")[0][0] for name in names]  # noqa: S608 (ours)
        ((attributed,),) = self.select("SELECT count(speaker) FROM statements")
        return Counts(**dict(zip(names, counted, strict=True)), attributed=attributed)

    def find_statement(self, key: str, *, document: str | None = None) -> tuple[str, str]:
        """The document and the id of the statement that an id, or the first digits of one, means.

        Those that people rejected are found too. Raises UsageError for none and for several.
        """
        found = self.find_claim(key, document=document)
        if found.kind != "statement":
            raise UsageError(f"{key!r} is an event; take a statement's id, as `onrecord search` shows it")
        return found.document, found.id

    def find_claim(self, key: str, *, document: str | None = None) -> Claim:
        """The statement or event that an id, or the first digits of one, means, with its document.

        Those that people rejected are found too. Raises UsageError for none and for several.
        """
        return self._keys.find_claim(key, self.resolve(document) if document else None)

    def resolve(self, key: str) -> str:
        """The id of the document that ``key`` means; raises UsageError as ``get_reading`` does."""
        return self._keys.get_document(key)[1]

    def read_number(self, number: int, doc_id: str, *, decided: bool = True) -> Reading:
        """The reading behind a row of ``documents``; for query.py and verify.py."""
        rows = self.select("SELECT wire FROM readings WHERE document = ?", (number,))
        return self._decode(rows[0][0] if rows else b"", doc_id, decided=decided)

    def _decode(self, wire: bytes | None, doc_id: str, *, decided: bool) -> Reading:
        reading = tables.unpack(wire, doc_id, self.path)
        return self.lay_over(reading) if decided else reading

    def lay_over(self, reading: Reading) -> Reading:
        """A machine's reading with what people decided laid over it: on statements, then on identities."""
        identities = self.identities()
        reading = apply_decisions(reading, self.decisions_on(reading.document.id))
        return apply_identities(reading, identities) if identities.decisions else reading

    def index(self, reading: Reading) -> Index:
        """The index rows that a machine's reading and what people decided give; for verify.py too."""
        identities = self.identities()
        decided = apply_decisions(reading, self.decisions_on(reading.document.id))
        if not identities.decisions:
            return index_reading(decided)
        return index_reading(apply_identities(decided, identities), earlier=find_renamed(decided, identities))

    # -- decisions -------------------------------------------------------------------------------

    def decide(
        self, statement: str, kind: str, value: str | None, *, by: str | None = None,
        document: str | None = None, at: datetime | None = None,
    ) -> Decision:  # fmt: skip
        """Put down what a person decided about a statement or event (its id), and apply it from now on.

        ``kind`` "speaker": ``value`` is an actor's id or name, or None for
        nobody. ``kind`` "review" (of a statement) and "event": "accept" or
        "reject". ``document`` is needed only where two documents use the same
        id. Raises UsageError.
        """
        check_value(kind, value)
        return self._add_decision(statement, kind, value, by=by, document=document, at=at, withdrawn=False)

    def withdraw(
        self, statement: str, kind: str, *, by: str | None = None, document: str | None = None,
        at: datetime | None = None,
    ) -> Decision:  # fmt: skip
        """Take back what was decided about a statement or event; that it was decided stays on record."""
        check_value(kind, "accept")
        return self._add_decision(statement, kind, None, by=by, document=document, at=at, withdrawn=True)

    def decisions(self, document: str | None = None) -> Iterator[Decision]:
        """The decisions on one document or on all, oldest first per document, each with its state.

        A decision whose statement or document is gone is there, as "orphaned".
        """
        every = "SELECT DISTINCT document FROM decisions WHERE ?1 IS NULL OR document = ?1 ORDER BY document"
        for (doc_id,) in self.select(every, (document,)):
            number = self._keys.find_number(doc_id)
            reading = None if number is None else self.read_number(number, doc_id, decided=False)
            yield from settle(self.decisions_on(doc_id), reading)

    def _add_decision(
        self, statement: str, kind: str, value: str | None, *, by: str | None, document: str | None,
        at: datetime | None, withdrawn: bool,
    ) -> Decision:  # fmt: skip
        when = (at or datetime.now(UTC)).isoformat(timespec="seconds")
        with faults(self.path), transaction(self._db):
            doc_id = self._document_of(statement, cast(Kind, kind), document)
            reading = self.get_reading(doc_id, decided=False)
            made = Decision(
                number=0, document=doc_id, statement=statement, kind=cast(Kind, kind), value=value,
                withdrawn=withdrawn, words=words_of(find_claim(reading, cast(Kind, kind), statement)),
                decided_by=by, decided_at=when,
            )  # fmt: skip
            number = tables.add_decision(self._db, made)
            settled = settle(self.decisions_on(doc_id), reading)
            tables.put_index(self._db, self._keys.get_document(doc_id)[0], self.index(reading))
        return next(decision for decision in settled if decision.number == number)

    def take(self, made: Decision | ActorDecision) -> Outcome:
        """Keep a decision that comes from another record; "unchanged" if it is here already.

        One about a document that is not here waits for it.
        """
        own = {"number": 0, "state": "in force"}  # what a decision has of the record that it stands in
        plain = msgspec.structs.replace(made, **own)
        there: Iterable[Decision | ActorDecision] = (
            self.decisions_on(plain.document) if isinstance(plain, Decision) else self.actor_decisions()
        )
        if plain in (msgspec.structs.replace(d, **own) for d in there):
            return "unchanged"
        with faults(self.path), transaction(self._db):
            if isinstance(plain, Decision):
                tables.add_decision(self._db, plain)
                touched = [
                    (n, plain.document) for n in [self._keys.find_number(plain.document)] if n is not None
                ]
            else:
                tables.add_identity(self._db, plain)
                touched = tables.touched_by(self._db, plain)
            self._index_again(touched)
        return "added"

    # -- who somebody is -------------------------------------------------------------------------

    def actor_decisions(self) -> tuple[ActorDecision, ...]:
        """Every decision on who somebody is, oldest first, each with its state."""
        with faults(self.path):
            return tables.identities(self._db)

    def identities(self) -> Identities:
        """The decisions on who somebody is that are in force, and the table of actors under them."""
        # Asked for every reading, so kept until this connection or another writes.
        state = (self._db.total_changes, self.select("PRAGMA data_version")[0][0])
        if self._identities is None or self._identities[0] != state:
            rows = tuple(d for d in self.actor_decisions() if d.state == "in force")
            self._identities = (state, Identities(decisions=rows))
        return self._identities[1]

    def decide_actor(
        self, made: ActorDecision, *, by: str | None = None, at: datetime | None = None
    ) -> ActorDecision:
        """Put down what a person decided about who somebody is; the index follows at once.

        ``number``, ``decided_by``, ``decided_at`` and ``state`` of ``made`` are
        filled in here. Raises UsageError for one that makes no sense.
        """
        when = (at or datetime.now(UTC)).isoformat(timespec="seconds")
        document = None if made.document is None else self.resolve(made.document)
        made = msgspec.structs.replace(made, document=document, decided_by=by, decided_at=when)
        check_actor_decision(made)
        with faults(self.path), transaction(self._db):
            # An actor may go back to another id, so those of before count too.
            before = tables.touched_by(self._db, made)
            number = tables.add_identity(self._db, made)
            self._index_again({*before, *tables.touched_by(self._db, made)})
        return next(d for d in self.actor_decisions() if d.number == number)

    def withdraw_actor(
        self, number: int, *, by: str | None = None, at: datetime | None = None
    ) -> ActorDecision:
        """Take back the decision with this number on who somebody is; that it was decided stays on record."""
        found = next((d for d in self.actor_decisions() if d.number == number), None)
        if found is None or found.state != "in force":
            raise UsageError(
                f"no decision number {number} on actors is in force in {self.path}; "
                "`onrecord actors decisions` lists those that are"
            )
        return self.decide_actor(msgspec.structs.replace(found, withdrawn=True), by=by, at=at)

    def _index_again(self, documents: Iterable[tuple[int, str]]) -> None:
        for number, doc_id in documents:
            reading = self.read_number(number, doc_id, decided=False)
            tables.put_index(self._db, number, self.index(reading))

    def _document_of(self, claim: str, kind: Kind, document: str | None) -> str:
        """The document whose machine-made reading or earlier decisions know this statement or event."""
        known = [self.resolve(document)] if document else self._keys.find_documents(claim)
        if len(known) == 1 and not self._knows(known[0], claim, kind):
            known = []
        return self._keys.only_document(claim, known)

    def _knows(self, doc_id: str, claim: str, kind: Kind) -> bool:
        if find_claim(self.get_reading(doc_id, decided=False), kind, claim):
            return True
        on_event = kind == "event"
        return any(
            d.statement == claim and (d.kind == "event") == on_event for d in self.decisions_on(doc_id)
        )

    def decisions_on(self, doc_id: str) -> tuple[Decision, ...]:
        """The rows of decisions about one document, oldest first, their states not yet settled."""
        with faults(self.path):
            return tables.decisions_on(self._db, doc_id)

    def words_faults(self) -> list[tuple[str, str]]:
        """The full-text indexes that do not agree with their tables, each with what is wrong."""
        found = ((table, find_words_fault(self._db, self.path, table)) for table in WORDS)
        return [(table, fault) for table, fault in found if fault is not None]

    def _wire_of(self, doc_id: str) -> bytes | None:
        rows = self.select(
            "SELECT wire FROM readings r JOIN documents d ON d.number = r.document WHERE d.id = ?", (doc_id,)
        )
        try:
            return zlib.decompress(rows[0][0]) if rows else None
        except zlib.error:
            return None  # damaged: writing the reading again mends it
