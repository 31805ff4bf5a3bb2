"""One flat row per statement: what CSV files and data frames share."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from onrecord.index import joined_content
from onrecord.records import Actor, Place, Reading, Span, Statement

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
    "speaker_kind": "person, organization, country, group or place",
    "speaker_country": "the speaker's state (ISO 3166-1) or kind of body",
    "speaker_sector": "the speaker's sector: GOV, MIL, JRN …",
    "speaker_role": "the speaker's role",
    "on_behalf_of": "the name of whom the speaker speaks for",
    "linked_by": "how the speaker was linked: name, role, metonym, coreference, spelling or user",
    "source": "the words that name the speaker here",
    "cue": "the words that introduce the statement",
    "content": "the words said, spans joined by “ … ”",
    "mode": "direct, indirect or mixed",
    "act": "what is done by saying it: assert, deny, promise …",
    "via": "who relayed it, joined by “; ”",
    "via_ids": "the ids of those who relayed it, joined by “; ”",
    "addressee": "the words that name who was told",
    "addressee_id": "the id of who was told",
    "venue": "the words that name where or on what occasion",
    "place": "the name of the place of the occasion",
    "place_id": "the id of that place",
    "said_from": "the first day on which it may have been said",
    "said_to": "the last such day",
    "said_precision": "to what that is known: day, week, month or year",
    "said_words": "the words that state it",
    "hedged": "true, false or empty",
    "negated": "true, false or empty",
    "confidence": "how sure the machine is, 0 to 1",
    "start": "where the content begins in the document's text, in characters",
    "end": "where the content ends",
}


def statement_rows(reading: Reading) -> Iterator[dict[str, Cell]]:
    """The statements of a reading as flat rows, with the keys of COLUMNS in that order."""
    actors = {actor.id: actor for actor in reading.actors}
    places = {place.id: place for place in reading.places}
    for stmt in reading.statements:
        cells = (
            *_document_cells(reading),
            stmt.id,
            stmt.parent,
            *_speaker_cells(stmt.speaker, actors),
            *_word_cells(stmt),
            *_circumstance_cells(stmt, places.get(stmt.venue.place or "") if stmt.venue else None),
            *_judgement_cells(stmt),
        )
        yield dict(zip(COLUMNS, cells, strict=True))


def _document_cells(reading: Reading) -> tuple[Cell, ...]:
    doc = reading.document
    return (doc.id, doc.given_id, doc.title, doc.outlet, doc.url, doc.published)


def _speaker_cells(actor_id: str | None, actors: dict[str, Actor]) -> tuple[Cell, ...]:
    actor = actors.get(actor_id or "")
    if actor is None:
        return (None, actor_id, None, None, None, None, None, None)
    principal = actors.get(actor.on_behalf_of or "")
    return (
        actor.name, actor_id, actor.kind, actor.country, actor.sector, actor.role,
        principal.name if principal else None, actor.linked_by,
    )  # fmt: skip


def _word_cells(stmt: Statement) -> tuple[Cell, ...]:
    return (_words(stmt.source), _words(stmt.cue), joined_content(stmt), stmt.mode, stmt.act)


def _circumstance_cells(stmt: Statement, place: Place | None) -> tuple[Cell, ...]:
    on = stmt.said_on
    return (
        "; ".join(mention.text for mention in stmt.via) or None,
        "; ".join(mention.actor for mention in stmt.via if mention.actor) or None,
        _words(stmt.addressee),
        stmt.addressee.actor if stmt.addressee else None,
        _words(stmt.venue),
        place.name if place else None,
        stmt.venue.place if stmt.venue else None,
        on.from_ if on else None,
        on.to if on else None,
        on.precision if on else None,
        _words(on.expression) if on else None,
    )


def _judgement_cells(stmt: Statement) -> tuple[Cell, ...]:
    return (
        stmt.hedged,
        stmt.negated,
        stmt.confidence,
        stmt.content[0].start if stmt.content else None,
        stmt.content[-1].end if stmt.content else None,
    )


def _words(span: Span | None) -> str | None:
    return span.text if span else None
