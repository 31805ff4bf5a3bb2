"""Statements -> the same with the places of their venues: "at a forum in St Petersburg".

Only what a venue's words name is resolved, never every name in the text; the rest of the text tells
which place of the name is meant. What is not sure stays open, with a note.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

import msgspec

from onrecord.places import Choice, resolve_places, to_place
from onrecord.records import Mention, Note, Place, Statement, Venue
from onrecord.sites import find_site
from onrecord.text import Text
from onrecord.toponyms import Offsets, find_bearers, find_names

UNRESOLVED = "unresolved-place"
_IN = re.compile(r"(?:^|\b(?:in|at))\s*(?:the\s+)?(?:[a-z-]+\s+){0,2}?(?:of\s+)?$")
"""What may stand between the beginning of a venue, or its preposition, and its place."""


class Located(msgspec.Struct, frozen=True):
    """The statements with the places of their venues, those places, and what was left open."""

    statements: tuple[Statement, ...]
    places: tuple[Place, ...]
    notes: tuple[Note, ...]


def locate_statements(text: Text, statements: Sequence[Statement]) -> Located:
    """The statements with ``venue.place`` set where the venue names a place of the tables."""
    asked = {s.id: (s.venue, find_place_words(s.venue)) for s in statements if s.venue}
    wanted = {span for venue, span in asked.values() if span and not find_site(venue.text)}
    found = _resolve(text, wanted) if wanted else {}
    mentions: dict[Place, set[Offsets]] = defaultdict(set)
    placed, notes = [], []
    for stmt in statements:
        venue, span = asked.get(stmt.id, (None, None))
        place = find_site(venue.text) if venue else None
        if venue and place:
            span = (venue.start, venue.end)
        elif span and span in found:
            place = to_place(found[span].entry)
        elif span:
            notes.append(_note(text, span, stmt))
        if venue and place and span:
            mentions[place].add(span)
            stmt = msgspec.structs.replace(stmt, venue=msgspec.structs.replace(venue, place=place.id))
        placed.append(stmt)
    return Located(tuple(placed), tuple(_with_mentions(text, mentions)), tuple(notes))


def find_place_words(venue: Venue) -> Offsets | None:
    """The words of a venue that name where it was: the last name behind "in" or "at", or all of it.

    Whose letter it was is no place: "Marr's own letter".
    """
    names = [n for n in find_names(venue.text) if _IN.search(venue.text[: n[0]])]
    for start, end in reversed(names):
        if find_bearers(venue.text[start:end]) and not venue.text.startswith(("’s", "'s"), end):
            return venue.start + start, venue.start + end
    return None


def _resolve(text: Text, spans: Iterable[Offsets]) -> dict[Offsets, Choice]:
    return resolve_places(text.document.text, spans, url=text.document.url, towns=True)


def _with_mentions(text: Text, mentions: dict[Place, set[Offsets]]) -> Iterable[Place]:
    for place, spans in mentions.items():
        words = (Mention(start=s, end=e, text=text.document.text[s:e], form="name") for s, e in sorted(spans))
        yield msgspec.structs.replace(place, mentions=tuple(words))


def _note(text: Text, span: Offsets, stmt: Statement) -> Note:
    message = f"No place for {text.document.text[slice(*span)]!r}: several bear the name and none stands out."
    return Note(code=UNRESOLVED, message=message, statement=stmt.id)
