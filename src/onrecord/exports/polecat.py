"""Tab-separated columns as in POLECAT: one row an event, several actors of one event joined by "; "."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import BinaryIO

from onrecord.exports.coded import ACTUAL, Coded, Modalities, Party, coded_events
from onrecord.exports.table import Cell
from onrecord.exports.tabs import joined, write_tabs
from onrecord.records import Kind, Reading

# fmt: off
POLECAT_COLUMNS = (
    "Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts",
    "Actor Name", "Actor Country", "Actor COW", "Primary Actor Sector", "Actor Sectors", "Actor Title",
    "Actor Name Raw", "Wikipedia Actor ID",
    "Recipient Name", "Recipient Country", "Recipient COW", "Primary Recipient Sector", "Recipient Sectors",
    "Recipient Title", "Recipient Name Raw", "Wikipedia Recipient ID",
    "Placename", "City", "District", "Province", "Country", "Latitude", "Longitude", "GeoNames ID",
    "Raw Placename", "Feature Type",
    "Source", "Publication Date", "Story People", "Story Organizations", "Story Locations", "Language",
    "Version",
)
"""POLECAT's own, in its order. Always empty: the codes of the Correlates of War, City, District, Province,
Feature Type."""
ADDED_COLUMNS = (
    "Modality", "Asserted By", "Wikidata Asserter ID", "Event Date From", "Event Date To", "Confidence",
    "Headline", "URL", "Document ID",
)
# fmt: on
"""Ours, behind POLECAT's."""
COLUMNS = POLECAT_COLUMNS + ADDED_COLUMNS


def write_polecat(
    readings: Iterable[Reading], out: BinaryIO, *, modalities: Modalities = ACTUAL, header: bool = True
) -> int:
    """How many events were written to ``out``, a row each, with the columns of COLUMNS."""
    return write_tabs(COLUMNS, map(_row, coded_events(readings, modalities)), out, header=header)


def _row(coded: Coded) -> Sequence[Cell]:
    event = coded.event
    return (
        event.id,
        coded.day,
        event.type,
        event.mode,
        coded.score,
        event.quad,
        joined(event.context),
        *_party_cells(coded.actors),
        *_party_cells(coded.recipients),
        *_place_cells(coded),
        *_story_cells(coded.reading),
        *_added_cells(coded),
    )


def _party_cells(parties: Sequence[Party]) -> tuple[Cell, ...]:
    """What is known of the parties, each cell with one value for each of them, in their order."""
    sectors = joined(p.sector for p in parties)
    return (
        joined(p.name for p in parties),
        joined(p.country for p in parties),
        None,
        sectors,
        sectors,
        joined(p.role for p in parties),
        joined(p.raw for p in parties),
        joined(p.qid for p in parties),
    )


def _place_cells(coded: Coded) -> tuple[Cell, ...]:
    place, location = coded.place, coded.event.location
    return (
        place.name if place else None,
        None,
        None,
        None,
        place.country if place else None,
        location.lat if location else None,
        location.lon if location else None,
        coded.geonames,
        location.span.text if location else None,
        None,
    )


def _story_cells(reading: Reading) -> tuple[Cell, ...]:
    doc = reading.document
    return (
        doc.outlet,
        doc.published,
        _names(reading, "person"),
        _names(reading, "organization"),
        joined(place.name for place in reading.places),
        doc.language,
        f"onrecord {reading.produced_by.onrecord}",
    )


def _names(reading: Reading, kind: Kind) -> str | None:
    return joined(actor.name for actor in reading.actors if actor.kind == kind)


def _added_cells(coded: Coded) -> tuple[Cell, ...]:
    event, doc = coded.event, coded.reading.document
    return (
        event.modality,
        coded.asserter.name if coded.asserter else None,
        coded.asserter.qid if coded.asserter else None,
        event.date.from_ if event.date else None,
        event.date.to if event.date else None,
        event.confidence,
        doc.title,
        doc.url,
        doc.id,
    )
