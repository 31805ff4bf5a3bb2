"""What a view says about one event, in words: shared by terminal, page and notebook."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from onrecord.cards import spell_interval
from onrecord.marked import Happened, Numbered
from onrecord.plover import QUADS
from onrecord.records import Actor, Event, Location, Mention, Place, Reading, Stance, Statement

# So many parties are named; of a longer list the rest are counted.
PARTIES_SHOWN = 6
UNKNOWN_PARTY = "nobody named"


class EventCard(msgspec.Struct, frozen=True, kw_only=True):
    """One event in words; ``facts`` are pairs of label and value, as far as the text says.

    ``modality`` is None where the event is said to have happened, ``asserter``
    None where the article itself says so.
    """

    number: int
    event: str
    type: str
    mode: str | None
    quad: str
    actors: str
    recipients: str | None
    modality: str | None
    asserter: str | None
    statement: int | None
    uttered: int | None  # the statement whose cue does it: who condemns does so by saying it
    facts: tuple[tuple[str, str], ...]
    confidence: str

    @property
    def code(self) -> str:
        """Type and mode: "COERCE · seize"."""
        return f"{self.type} · {self.mode}" if self.mode else self.type

    @property
    def label(self) -> str:
        """What stands at the trigger: number, type and mode, and the modality if it did not happen."""
        return f"e{self.number} {self.code}" + (f", {self.modality}" if self.modality else "")

    @property
    def told(self) -> str:
        """The event in a line: what, who to whom, whether it happened, who says so."""
        says = f"says {self.asserter}" if self.asserter else None
        return "; ".join(part for part in (self.code, self.parties, self.modality, says) if part)

    @property
    def parties(self) -> str:
        """Who did it, and to whom."""
        return f"{self.actors} → {self.recipients}" if self.recipients else self.actors


def make_event_cards(
    happened: Iterable[Happened], reading: Reading, numbered: Iterable[Numbered] = ()
) -> list[EventCard]:
    """A card for each event, in order; ``numbered`` gives the statements their numbers."""
    actors = {actor.id: actor for actor in reading.actors}
    places = {place.id: place for place in reading.places}
    numbers = {item.statement.id: item.number for item in numbered}
    return [
        EventCard(
            number=item.number,
            event=item.event.id,
            type=item.event.type,
            mode=item.event.mode,
            quad=spell_quad(item.event.quad),
            actors=spell_parties(item.event.actor, actors) or UNKNOWN_PARTY,
            recipients=spell_parties(item.event.recipient, actors),
            modality=None if item.event.modality == "actual" else item.event.modality,
            asserter=spell_asserter(item.event, item.statement, item.speaker),
            statement=numbers.get(item.event.statement or ""),
            uttered=next((numbers[s.id] for s in find_uttered(item.event, reading) if s.id in numbers), None),
            facts=tuple(spell_event_facts(item.event, places)),
            confidence=f"{item.event.confidence:.2f}",
        )
        for item in happened
    ]


def find_uttered(event: Event, reading: Reading) -> list[Statement]:
    """The statements that do what the event is: a word for it introduces what is said."""
    at = event.trigger
    return [s for s in reading.statements if s.cue and s.cue.start < at.end and at.start < s.cue.end]


def spell_parties(mentions: Sequence[Mention], actors: Mapping[str, Actor]) -> str | None:
    """The parties by name, each once; the words of the text for those who are nobody of the record."""
    names = list(dict.fromkeys(_spell_party(m, actors) for m in mentions))
    more = len(names) - PARTIES_SHOWN
    shown = names[:PARTIES_SHOWN] + ([f"and {more} more"] if more > 0 else [])
    return ", ".join(shown) or None


def _spell_party(mention: Mention, actors: Mapping[str, Actor]) -> str:
    actor = actors.get(mention.actor or "")
    return actor.name if actor else f"“{' '.join(mention.text.split())}”"


def spell_asserter(event: Event, stmt: Statement | None, speaker: Actor | None) -> str | None:
    """Who says that it happened, by name or in the words of the text; None for the article itself."""
    if event.statement is None:
        return None
    if speaker:
        return speaker.name
    source = " ".join(stmt.source.text.split()) if stmt and stmt.source else None
    return f"“{source}”" if source else "a speaker not singled out"


def spell_event_facts(event: Event, places: Mapping[str, Place]) -> list[tuple[str, str]]:
    """When, where and in which contexts, as far as the text says so: pairs of label and value."""
    facts = [("on", spell_interval(event.date))] if event.date else []
    if event.location:
        facts.append(("at", spell_location(event.location, places)))
    if event.context:
        facts.append(("context", ", ".join(context.replace("_", " ") for context in event.context)))
    if event.other_triggers:
        facts.append(("also", ", ".join(f"“{' '.join(s.text.split())}”" for s in event.other_triggers)))
    return facts


def spell_location(location: Location, places: Mapping[str, Place]) -> str:
    """Where it was: the words of the text, and the place they stand for where that is another name."""
    words = " ".join(location.span.text.split())
    place = places.get(location.place or "")
    if place is None:
        return words
    known = f"{place.name}, {place.country}" if place.country else place.name
    return known if place.name == words else f"{words} ({known})"


def spell_quad(quad: int) -> str:
    """A quad class in words: "verbal conflict"."""
    return next((words for number, words in QUADS.items() if number == quad), f"class {quad}")


def spell_stance(stance: Stance, actors: Mapping[str, Actor]) -> str:
    """A stance in a line: "Ilse Marr opposes Vastria"."""
    holder, target = (
        actors[i].name if i in actors else i for i in (stance.holder, stance.target)
    )  # an id that leads nowhere is shown as it is
    return f"{holder} {'supports' if stance.polarity == 'support' else 'opposes'} {target}"
