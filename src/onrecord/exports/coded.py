"""Events with whom they are between, as the exports for event data share them.

Event data count what happened, and none of their layouts has a place for "he denied that". So only events
of the modalities asked for are given; by default those that happened (``ACTUAL``).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from typing import TypeAlias

import msgspec

from onrecord import plover
from onrecord.ontology import ontology
from onrecord.records import Actor, Event, Interval, Mention, Modality, Place, Reading

Modalities: TypeAlias = Collection[Modality]
ACTUAL: tuple[Modality, ...] = ("actual",)
RECIPROCAL = frozenset({"AGREE", "CONSULT", "COOPERATE", "ASSAULT"})
"""Types that several actors without a recipient do to each other: they meet, deal, exercise, fight."""
_QID = re.compile(r"Q[1-9]\d*")
_GEONAMES = "geonames:"


class Party(msgspec.Struct, frozen=True, kw_only=True):
    """A participant: the words that name it here, and what is known of whom they stand for."""

    raw: str
    name: str
    id: str | None = None
    qid: str | None = None
    country: str | None = None
    sector: str | None = None
    role: str | None = None


class Coded(msgspec.Struct, frozen=True, kw_only=True):
    """An event of a reading with its parties, each named once, its place, and who asserts it."""

    reading: Reading
    event: Event
    actors: tuple[Party, ...]
    recipients: tuple[Party, ...]
    place: Place | None
    asserter: Party | None

    @property
    def score(self) -> float | None:
        """The score of its type and mode in the manual; None for a type that the manual lacks."""
        kind, mode = self.event.type, self.event.mode
        if not plover.is_valid(kind):
            return None
        return plover.score_of(kind, mode if plover.is_valid(kind, mode) else None)

    @property
    def day(self) -> str | None:
        """The one day on which it took place, where the text tells it."""
        date = self.event.date
        return date.from_ if date and date.from_ == date.to else None

    @property
    def geonames(self) -> int | None:
        """The GeoNames number of its place."""
        number = self.place.id.removeprefix(_GEONAMES) if self.place else ""
        return int(number) if number.isdecimal() and number.isascii() else None

    def pairs(self) -> tuple[tuple[Party | None, Party | None], ...]:
        """Who did it to whom: every actor with every recipient, reciprocal parties with each other.

        None stands for nobody; an event without a recipient has a pair for each actor.
        """
        if not self.recipients and len(self.actors) > 1 and self.event.type in RECIPROCAL:
            return tuple((a, b) for a in self.actors for b in self.actors if a is not b)
        return tuple((a, b) for a in self.actors or (None,) for b in self.recipients or (None,))


def coded_events(readings: Iterable[Reading], modalities: Modalities = ACTUAL) -> Iterator[Coded]:
    """The events of the readings that have one of the modalities, in order."""
    for reading in readings:
        actors = {actor.id: actor for actor in reading.actors}
        places = {place.id: place for place in reading.places}
        speakers = {stmt.id: stmt.speaker for stmt in reading.statements}
        for event in reading.events:
            if event.modality in modalities:
                asserter = actors.get(speakers.get(event.statement or "") or "")
                yield Coded(
                    reading=reading,
                    event=event,
                    actors=_parties(event.actor, actors),
                    recipients=_parties(event.recipient, actors),
                    place=places.get(event.location.place or "") if event.location else None,
                    asserter=_party(asserter.name, asserter) if asserter else None,
                )


def country_name(code: str | None) -> str | None:
    """The English name of a state by its code; the code itself where it is none of a state (IGO, NGO …)."""
    return ontology().country_names.get(code, code) if code else None


def is_state(code: str | None) -> bool:
    """Whether a country code is one of a state, not of a kind of body."""
    return code in ontology().country_names


def month_of(date: Interval | None) -> str | None:
    """The month (YYYY-MM) that holds an interval whole; None where it may be several."""
    return _shared(date, 7)


def year_of(date: Interval | None) -> str | None:
    """The year (YYYY) that holds an interval whole; None where it may be several."""
    return _shared(date, 4)


def _shared(date: Interval | None, size: int) -> str | None:
    if date is None or date.from_ is None or date.to is None:
        return None
    return date.from_[:size] if date.from_[:size] == date.to[:size] else None


def _parties(mentions: Iterable[Mention], actors: dict[str, Actor]) -> tuple[Party, ...]:
    """One party for each actor, by its first mention; mentions of nobody known count by their words."""
    found: dict[str, Party] = {}
    for m in mentions:
        found.setdefault(m.actor or f"words:{m.text}", _party(m.text, actors.get(m.actor or "")))
    return tuple(found.values())


def _party(words: str, actor: Actor | None) -> Party:
    if actor is None:
        return Party(raw=words, name=words)
    return Party(
        raw=words,
        name=actor.name,
        id=actor.id,
        qid=actor.id if _QID.fullmatch(actor.id) else None,
        country=actor.country,
        sector=actor.sector,
        role=actor.role,
    )
