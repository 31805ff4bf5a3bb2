"""Data frames, for who has pandas; it is imported only when one is asked for."""

from __future__ import annotations

import importlib
from collections.abc import Iterable
from typing import Any

import msgspec

from onrecord.errors import MissingExtraError
from onrecord.event_query import EventHit, events_of
from onrecord.exports.table import COLUMNS, Cell, statement_rows
from onrecord.records import Actor, Mention, Reading
from onrecord.stance_query import StanceHit


def statement_frame(readings: Iterable[Reading]) -> Any:
    """A pandas.DataFrame with one row per statement and the columns of table.COLUMNS, texts unchanged.

    >>> statement_frame(store.readings()).groupby("speaker").size()
    """
    rows = [row for reading in readings for row in statement_rows(reading)]
    return _pandas().DataFrame(rows, columns=list(COLUMNS))


# Column -> what it holds; docs/record.md repeats this table, and a test keeps the two alike.
EVENT_COLUMNS = {
    "document_id": "the document's id",
    "outlet": "who published it",
    "published": "the day it was published",
    "event_id": "the event's id",
    "type": "the event type of the PLOVER manual 2.0",
    "mode": "its mode, if it has one",
    "context": "its contexts, joined by “; ”",
    "quad": "1 verbal, 2 material cooperation; 3 verbal, 4 material conflict",
    "actors": "the names of those who did it (the text's words where they are nobody known), joined by “; ”",
    "actor_ids": "their ids, joined by “; ”",
    "actor_countries": "their states or kinds of body, joined by “; ”",
    "recipients": "the names of those to whom it was done",
    "recipient_ids": "their ids",
    "recipient_countries": "their states or kinds of body",
    "trigger": "the words that tell of it",
    "sentence": "the sentence they stand in",
    "modality": "actual, future, hypothetical, negated or historical",
    "statement_id": "the statement that says so; empty where the article does",
    "asserted_by": "the name of who made that statement",
    "asserted_by_id": "the id of who made it",
    "first": "the first day on which it may have happened; the document's where the text gives none",
    "last": "the last such day",
    "dated_by": "event or document: whose day that is",
    "place": "the place's name, else the words for it",
    "lat": "degrees north",
    "lon": "degrees east",
    "confidence": "how sure the machine is, 0 to 1",
    "start": "where the trigger begins in the document's text, in characters",
    "end": "where it ends",
}
STANCE_COLUMNS = (
    "document_id", "outlet", "published", "holder", "holder_id", "holder_country", "target", "target_id",
    "target_country", "polarity", "evidence", "statement_id", "asserted_by", "confidence", "start", "end",
)  # fmt: skip


def event_frame(found: Iterable[EventHit | Reading]) -> Any:
    """A pandas.DataFrame with one row per event and the columns of EVENT_COLUMNS.

    Of what a record was asked for, or of whole readings.

    >>> event_frame(store.events(country="RUV")).value_counts(["type", "modality"])
    """
    hits = (hit for item in found for hit in (events_of(item) if isinstance(item, Reading) else (item,)))
    rows = [dict(zip(EVENT_COLUMNS, _event_cells(hit), strict=True)) for hit in hits]
    return _pandas().DataFrame(rows, columns=list(EVENT_COLUMNS))


def stance_frame(found: Iterable[StanceHit]) -> Any:
    """A pandas.DataFrame with one row per stance and the columns of STANCE_COLUMNS.

    >>> stance_frame(store.stances(target="Vastria")).groupby(["holder", "polarity"]).size()
    """
    rows = [dict(zip(STANCE_COLUMNS, _stance_cells(hit), strict=True)) for hit in found]
    return _pandas().DataFrame(rows, columns=list(STANCE_COLUMNS))


def _event_cells(hit: EventHit) -> tuple[Cell, ...]:
    event, doc, at = hit.event, hit.document, hit.event.location
    days = event.date is not None and (event.date.from_ or event.date.to)
    return (
        doc.id, doc.outlet, doc.published,
        event.id, event.type, event.mode, "; ".join(event.context) or None, event.quad,
        *_party_cells(event.actor, hit.actors),
        *_party_cells(event.recipient, hit.recipients),
        event.trigger.text, event.sentence.text, event.modality,
        event.statement, hit.asserted_by.name if hit.asserted_by else None,
        hit.asserted_by.id if hit.asserted_by else None,
        hit.first, hit.last, "event" if days else "document" if hit.first else None,
        hit.place.name if hit.place else at.span.text if at else None,
        at.lat if at else None, at.lon if at else None,
        event.confidence, event.trigger.start, event.trigger.end,
    )  # fmt: skip


def _party_cells(mentions: Iterable[Mention], known: Iterable[Actor]) -> tuple[Cell, Cell, Cell]:
    """Names, ids and countries, each joined; None where there are none."""
    actors = {actor.id: actor for actor in known}
    parties = [actors.get(m.actor or "") or m.text for m in mentions]
    named = [p for p in parties if isinstance(p, Actor)]
    names = dict.fromkeys(p.name if isinstance(p, Actor) else p for p in parties)
    ids = dict.fromkeys(p.id for p in named)
    countries = dict.fromkeys(p.country for p in named if p.country)
    return "; ".join(names) or None, "; ".join(ids) or None, "; ".join(countries) or None


def _stance_cells(hit: StanceHit) -> tuple[Cell, ...]:
    stance, doc = hit.stance, hit.document
    holder, target = hit.holder, hit.target
    return (
        doc.id, doc.outlet, doc.published,
        holder.name if holder else None, stance.holder, holder.country if holder else None,
        target.name if target else None, stance.target, target.country if target else None,
        stance.polarity, stance.evidence.text, stance.statement,
        hit.asserted_by.name if hit.asserted_by else None,
        stance.confidence, stance.evidence.start, stance.evidence.end,
    )  # fmt: skip


def frame(values: Iterable[msgspec.Struct], *, of: type[msgspec.Struct]) -> Any:
    """A pandas.DataFrame of flat values such as query.SpeakerRow, one column per field."""
    columns = list(of.__struct_fields__)
    return _pandas().DataFrame([[getattr(v, c) for c in columns] for v in values], columns=columns)


def _pandas() -> Any:
    try:
        return importlib.import_module("pandas")
    except ImportError as error:
        raise MissingExtraError(
            "data frames need pandas, which is not installed; install it with: pip install 'onrecord[frames]'"
        ) from error
