"""One flat row per statement: what CSV files and data frames share."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from onrecord.index import joined_content
from onrecord.records import Actor, Reading, Span, Statement

Cell: TypeAlias = str | int | float | bool | None

# Column -> what it holds; docs/record.md repeats this table, and a test keeps the two alike.
COLUMNS = {
    "document_id": "the document's id",
    "given_id": "the id the document came with",
    "title": "the document's title",
    "outlet": "who published it",
    "url": "where it was published",
    "published": "the day it was published",
    "statement_id": "the statement's id",
    "parent_id": "the id of the statement inside which this one is reported",
    "speaker": "the speaker's name",
    "speaker_id": "the speaker's id",
    "source": "the words that name the speaker here",
    "cue": "the words that introduce the statement",
    "content": "the words said, spans joined by “ … ”",
    "mode": "direct, indirect or mixed",
    "act": "what is done by saying it: assert, deny, promise …",
    "via": "who relayed it, joined by “; ”",
    "addressee": "the words that name who was told",
    "venue": "the words that name where or on what occasion",
    "said_from": "the first day on which it may have been said",
    "said_to": "the last such day",
    "hedged": "true, false or empty",
    "negated": "true, false or empty",
    "confidence": "how sure the machine is, 0 to 1",
    "start": "where the content begins in the document's text, in characters",
    "end": "where the content ends",
}


def statement_rows(reading: Reading) -> Iterator[dict[str, Cell]]:
    """The statements of a reading as flat rows, with the keys of COLUMNS in that order."""
    actors = {actor.id: actor for actor in reading.actors}
    for stmt in reading.statements:
        values = (*_document_cells(reading), *_statement_cells(stmt, actors.get(stmt.speaker or "")))
        yield dict(zip(COLUMNS, values, strict=True))


def _document_cells(reading: Reading) -> tuple[Cell, ...]:
    doc = reading.document
    return (doc.id, doc.given_id, doc.title, doc.outlet, doc.url, doc.published)


def _statement_cells(stmt: Statement, speaker: Actor | None) -> tuple[Cell, ...]:
    return (
        stmt.id,
        stmt.parent,
        speaker.name if speaker else None,
        stmt.speaker,
        _words(stmt.source),
        _words(stmt.cue),
        joined_content(stmt),
        stmt.mode,
        stmt.act,
        "; ".join(mention.text for mention in stmt.via) or None,
        _words(stmt.addressee),
        _words(stmt.venue),
        stmt.said_on.from_ if stmt.said_on else None,
        stmt.said_on.to if stmt.said_on else None,
        stmt.hedged,
        stmt.negated,
        stmt.confidence,
        stmt.content[0].start if stmt.content else None,
        stmt.content[-1].end if stmt.content else None,
    )


def _words(span: Span | None) -> str | None:
    return span.text if span else None
