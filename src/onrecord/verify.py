"""Proof that a record says what its texts say: every span, reference and index row, checked.

``verify_reading`` checks one reading by itself (a line of a JSON Lines file);
``verify`` checks a whole record: every reading, the index over them, and the
file. Both yield Defects; none means that all holds.

One thing cannot be proven from a record alone: a document's id is the hash of
the bytes that were read, and only for strings and JSONL rows are these bytes
the text. Where the id is not the hash of the text, only its form is checked.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any

import msgspec

from onrecord.errors import RecordError
from onrecord.index import document_row
from onrecord.plover import CONTEXTS, is_valid, quad_of
from onrecord.records import Reading, Span
from onrecord.store import Store

_ID = re.compile(r"sha256:[0-9a-f]{64}")


class Defect(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that does not hold: in which document, where in the reading, and what.

    ``code`` is one of span, order, event, id, reference, cycle, document-id, reading,
    index, words, file.
    """

    document: str | None
    path: str
    code: str
    message: str


def verify(store: Store) -> Iterator[Defect]:
    """Every defect of a record; changes nothing in it."""
    try:
        yield from _file_defects(store)
        for number, doc_id in store.select("SELECT number, id FROM documents ORDER BY number"):
            yield from _document_defects(store, number, doc_id)
        yield from _words_defects(store)
    except RecordError as error:  # the file is too damaged to go on
        yield Defect(document=None, path="", code="file", message=str(error))


def verify_reading(reading: Reading) -> Iterator[Defect]:
    """Every defect of one reading, judged by its own text."""
    doc_id = reading.document.id
    if not _ID.fullmatch(doc_id):
        message = f"{doc_id!r} is not sha256: and 64 hex digits"
        yield Defect(document=doc_id, path="document.id", code="document-id", message=message)
    for check in _CHECKS:
        for path, code, message in check(reading):
            yield Defect(document=doc_id, path=path, code=code, message=message)


def is_text_hash(reading: Reading) -> bool:
    """True if the document's id is proven: it is the hash of the text itself."""
    return reading.document.id == "sha256:" + hashlib.sha256(reading.document.text.encode()).hexdigest()


# -- one reading: (path, code, message) for each defect ------------------------------------------


def walk(value: object, path: str = "") -> Iterator[tuple[str, msgspec.Struct]]:
    """Every struct inside a value, with the path that leads to it, whatever fields are added later."""
    if isinstance(value, msgspec.Struct):
        yield path, value
        for field in value.__struct_fields__:
            yield from walk(getattr(value, field), f"{path}.{field}" if path else field)
    elif isinstance(value, tuple):
        for n, item in enumerate(value):
            yield from walk(item, f"{path}[{n}]")


def _span_defects(reading: Reading) -> Iterator[tuple[str, str, str]]:
    text = reading.document.text
    for path, span in walk(reading):
        if not isinstance(span, Span):
            continue
        place, there = f"{span.start}–{span.end}", text[span.start : span.end]
        if not 0 <= span.start <= span.end <= len(text):
            yield path, "span", f"{place} does not lie in a text of {len(text)} characters"
        elif there != span.text:
            yield path, "span", f"the text at {place} is {_short(there)}, not {_short(span.text)}"


def _order_defects(reading: Reading) -> Iterator[tuple[str, str, str]]:
    for n, stmt in enumerate(reading.statements):
        spans = stmt.content
        if any(a.end > b.start for a, b in pairwise(spans)):
            yield f"statements[{n}].content", "order", "the spans overlap or are not in text order"


def _event_defects(reading: Reading) -> Iterator[tuple[str, str, str]]:
    """Events whose codes the manual does not have, or whose trigger is not in the sentence given for it."""
    for n, event in enumerate(reading.events):
        path = f"events[{n}]"
        if not is_valid(event.type, event.mode):
            coded = event.type if event.mode is None else f"{event.type} {event.mode}"
            yield f"{path}.type", "event", f"PLOVER has no {coded!r}"
        elif event.quad != quad_of(event.type):
            yield f"{path}.quad", "event", f"{event.type} is quad {quad_of(event.type)}, not {event.quad}"
        for context in event.context:
            if context not in CONTEXTS:
                yield f"{path}.context", "event", f"PLOVER has no context {context!r}"
        if not event.sentence.start <= event.trigger.start <= event.trigger.end <= event.sentence.end:
            yield f"{path}.trigger", "event", "the trigger is not in the sentence given for it"


def _id_defects(reading: Reading) -> Iterator[tuple[str, str, str]]:
    for kind in ("actors", "statements", "events", "places"):
        for value, times in Counter(item.id for item in getattr(reading, kind)).items():
            if times > 1:
                yield kind, "id", f"{times} of them have the id {value!r}"


def _reference_defects(reading: Reading) -> Iterator[tuple[str, str, str]]:
    ids = {kind: {item.id for item in getattr(reading, kind)} for kind in ("actors", "statements", "places")}
    for path, struct in walk(reading):
        for field, kind in _REFERENCES.items():
            target = getattr(struct, field, None)
            if isinstance(target, str) and target not in ids[kind]:
                yield f"{path}.{field}", "reference", f"{target!r} is none of the {kind}"


# Fields that hold an id, wherever they stand, and the list that must hold it.
_REFERENCES = {
    "actor": "actors", "speaker": "actors", "holder": "actors", "target": "actors", "on_behalf_of": "actors",
    "parent": "statements", "statement": "statements", "place": "places",
}  # fmt: skip


def _cycle_defects(reading: Reading) -> Iterator[tuple[str, str, str]]:
    parents = {stmt.id: stmt.parent for stmt in reading.statements}
    for n, stmt in enumerate(reading.statements):
        seen: set[str] = set()
        at: str | None = stmt.id
        while at is not None and at not in seen:
            seen.add(at)
            at = parents.get(at)
        if at is not None:
            yield f"statements[{n}].parent", "cycle", f"the statement is inside itself, by way of {at!r}"


_CHECKS = (
    _span_defects, _order_defects, _event_defects, _id_defects, _reference_defects, _cycle_defects,
)  # fmt: skip


# -- the whole record ------------------------------------------------------------------------------


def _file_defects(store: Store) -> Iterator[Defect]:
    for (message,) in store.select("PRAGMA integrity_check"):
        if message != "ok":
            yield Defect(document=None, path="", code="file", message=message)
    for table, row, target, _ in store.select("PRAGMA foreign_key_check"):
        message = f"row {row} of {table} belongs to nothing in {target}"
        yield Defect(document=None, path=table, code="file", message=message)


def _document_defects(store: Store, number: int, doc_id: str) -> Iterator[Defect]:
    try:
        reading = store.read_number(number, doc_id, decided=False)
    except RecordError as error:
        yield Defect(document=doc_id, path="", code="reading", message=str(error))
        return
    if reading.document.id != doc_id:
        message = f"filed under this id, but the reading is of {reading.document.id}"
        yield Defect(document=doc_id, path="document.id", code="document-id", message=message)
    yield from verify_reading(reading)
    yield from _index_defects(store, number, reading)


def _index_defects(store: Store, number: int, reading: Reading) -> Iterator[Defect]:
    doc_id = reading.document.id
    index = store.index(reading)
    expected: dict[str, Iterable[tuple[Any, ...]]] = {
        "documents": [document_row(reading.document, reading.produced_by)],
        "actors": index.actors,
        "names": index.names,
        "statements": index.statements,
        "events": index.events,
        "parties": index.parties,
        "stances": index.stances,
    }
    for table, rows in expected.items():
        if sorted(store.select(_COLUMNS[table], (number,)), key=repr) != sorted(rows, key=repr):
            message = f"the rows of {table} are not those of the reading; rebuild the index"
            yield Defect(document=doc_id, path=table, code="index", message=message)


_COLUMNS = {
    "documents": "SELECT id, given_id, title, outlet, outlet_key, url, published, sort_date, "
    "onrecord, model, model_sha256 FROM documents WHERE number = ?",
    "actors": "SELECT position, id, identity, name, role, country FROM actors WHERE document = ?",
    "names": "SELECT key, actor FROM names WHERE document = ?",
    "statements": "SELECT position, id, speaker, mode, act, confidence, content "
    "FROM statements WHERE document = ?",
    "events": "SELECT position, id, type, mode, context, quad, modality, statement, asserter, first_day, "
    "last_day, confidence, words FROM events WHERE document = ?",
    "parties": "SELECT event, role, actor FROM parties WHERE document = ?",
    "stances": "SELECT position, holder, target, polarity, statement, asserter, confidence "
    "FROM stances WHERE document = ?",
}


def _words_defects(store: Store) -> Iterator[Defect]:
    for table, message in store.words_faults():
        yield Defect(document=None, path=table, code="words", message=message)


def _short(words: str) -> str:
    return repr(words if len(words) <= 40 else words[:39] + "…")
