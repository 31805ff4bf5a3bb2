"""PLOVER JSON Lines: one event a line, in the field names of the PLOVER manual 2.0 (Appendix "PLOVER JSON").

What the manual has no name for begins with ``onrecord_``: whether it happened, who asserts it, how sure the
machine is. docs/events.md, "Exports", tells what each field holds.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, BinaryIO

import msgspec

from onrecord.exports.coded import ACTUAL, Coded, Modalities, Party, coded_events, country_name
from onrecord.records import Location, Reading, Span
from onrecord.sentences import find_paragraphs, find_sentences

CODEBOOK = "plover-2.0"


def write_plover(readings: Iterable[Reading], out: BinaryIO, *, modalities: Modalities = ACTUAL) -> int:
    """How many events were written to ``out``, one JSON object a line."""
    written = 0
    for coded in coded_events(readings, modalities):
        out.write(msgspec.json.encode(to_plover(coded)) + b"\n")
        written += 1
    return written


def to_plover(coded: Coded) -> dict[str, Any]:
    """An event as the manual's record; what is not known is null or an empty list."""
    event, date = coded.event, coded.event.date
    return {
        "id": event.id,
        "has_event": True,
        "date": date.from_ if date else None,
        "enddate": date.to if date and coded.day is None else None,
        "actor": [_entity(party) for party in coded.actors],
        "recipient": [_entity(party) for party in coded.recipients],
        "event": [event.type],
        "mode": [event.mode] if event.mode else [],
        "context": list(event.context),
        "event_loc": _location(coded, event.location) if event.location else None,
        "event_text": [span.text for span in (event.trigger, *event.other_triggers)],
        "quad_code": event.quad,
        "event_scale": coded.score,
        "text": event.sentence.text,
        "text_info": _text_info(coded),
        "cite_info": _citation(coded),
        "coder": _coder(coded),
        **_additions(coded),
    }


def _entity(party: Party) -> dict[str, Any]:
    """The manual's example block, with the ``code`` and ``office`` of its table of entities."""
    return {
        "raw_text": party.raw,
        "entity_name": party.name,
        "wikidata_id": party.qid,
        "country_name": country_name(party.country),
        "code": party.country,
        "sector_code": party.sector,
        "other_sector_codes": "",
        "office": party.role,
    }


def _location(coded: Coded, location: Location) -> dict[str, Any]:
    place = coded.place
    return {
        "extracted_place": location.span.text,
        "resolved_place": place.name if place else None,
        "geonameid": coded.geonames,
        "lat": location.lat,
        "lon": location.lon,
        "country": country_name(place.country) if place else None,
        "country_code": place.country if place else None,
    }


def _text_info(coded: Coded) -> dict[str, Any]:
    sentence = coded.event.sentence
    before = coded.reading.document.text[: sentence.start]
    sequence = 1 + sum(len(find_sentences(before, *bounds)) for bounds in find_paragraphs(before))
    return {"sequence": sequence, "start": sentence.start, "end": sentence.end}


def _citation(coded: Coded) -> dict[str, Any]:
    doc = coded.reading.document
    return {
        "citation": doc.given_id or doc.id,
        "url": doc.url,
        "title": doc.title,
        "language": doc.language,
        "publication": doc.outlet,
        "coder": _coder(coded),
        "codebook": CODEBOOK,
    }


def _coder(coded: Coded) -> str:
    made = coded.reading.produced_by
    return f"onrecord {made.onrecord}, {made.model}"


def _additions(coded: Coded) -> dict[str, Any]:
    event, doc = coded.event, coded.reading.document
    return {
        "onrecord_modality": event.modality,
        "onrecord_asserted_by": _asserter(coded),
        "onrecord_confidence": event.confidence,
        "onrecord_date_precision": event.date.precision if event.date else None,
        "onrecord_date_words": event.date.expression.text if event.date and event.date.expression else None,
        "onrecord_spans": [_offsets(span) for span in (event.trigger, *event.other_triggers)],
        "onrecord_document": doc.id,
        "onrecord_published": doc.published,
    }


def _asserter(coded: Coded) -> dict[str, Any] | None:
    """Who says that it happened; None is the article itself, a name of null somebody who is not named."""
    if coded.event.statement is None:
        return None
    party = coded.asserter
    return {
        "statement": coded.event.statement,
        "entity_name": party.name if party else None,
        "wikidata_id": party.qid if party else None,
        "code": party.country if party else None,
        "sector_code": party.sector if party else None,
    }


def _offsets(span: Span) -> dict[str, int]:
    return {"start": span.start, "end": span.end}
