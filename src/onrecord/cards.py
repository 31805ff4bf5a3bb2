"""What a view says about one statement, in words: shared by terminal, page and notebook."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

import msgspec

from onrecord.marked import Numbered
from onrecord.records import Actor, Interval, Place, Statement

# Long spellings of the codes that readers of a view see.
MODES = {"direct": "verbatim", "indirect": "paraphrase", "mixed": "part verbatim"}
LINKS = {
    "role": "by office",
    "metonym": "by seat or capital",
    "coreference": "by reference",
    "spelling": "by likely spelling",
    "user": "by a person",
}
UNKNOWN_SPEAKER = "Speaker not singled out"


class Card(msgspec.Struct, frozen=True, kw_only=True):
    """One statement in words; ``facts`` are pairs of label and value, as far as the text says."""

    number: int
    statement: str
    speaker: str | None
    about: str | None
    source: str | None
    cue: str | None
    mode: str
    quality: str
    facts: tuple[tuple[str, str], ...]
    parent: int | None
    parent_speaker: str | None
    confidence: str
    actor: str | None  # the speaker's id where it is one of the table, not of this document alone


class Voice(msgspec.Struct, frozen=True, kw_only=True):
    """A speaker with the numbers of what they are reported to have said."""

    name: str
    about: str | None
    actor: str | None  # the id where it is one of the table, not of this document alone
    numbers: tuple[int, ...]


def make_cards(numbered: Iterable[Numbered], places: Iterable[Place] = ()) -> list[Card]:
    """A card for each statement, in order; a parent that is not among them is not named."""
    items = list(numbered)
    by_id = {item.statement.id: item for item in items}
    known = {place.id: place for place in places}
    return [_card(item, by_id, known) for item in items]


def group_by_speaker(numbered: Iterable[Numbered]) -> list[Voice]:
    """The speakers in order of appearance; those that could not be singled out share the last place."""
    voices: dict[str, list[Numbered]] = {}
    for item in numbered:
        voices.setdefault(item.speaker.id if item.speaker else "", []).append(item)
    unknown = voices.pop("", None)
    return [
        Voice(
            name=items[0].speaker_name or UNKNOWN_SPEAKER,
            about=_about(items[0]),
            actor=_known_id(items[0]),
            numbers=tuple(item.number for item in items),
        )
        for items in [*voices.values(), *([unknown] if unknown else [])]
    ]


def spell_interval(interval: Interval) -> str:
    """The interval in words: "23 June 2025", "21 June 2025 to 22 June 2025", "1987", or as worded."""
    days = [day for day in (spell_day(interval.from_), spell_day(interval.to)) if day]
    spelt = _spell_whole(interval) or " to ".join(dict.fromkeys(days))
    words = f"“{interval.expression.text}”" if interval.expression else ""
    return f"{spelt} ({words})" if spelt and words else spelt or words or "a date not known"


def _spell_whole(interval: Interval) -> str | None:
    """A whole year or month by its name; None for any other interval."""
    first, last = interval.from_ or "", interval.to or ""
    if interval.precision == "year" and first[4:] == "-01-01" and last == f"{first[:4]}-12-31":
        return first[:4]
    try:
        after = date.fromisoformat(last) + timedelta(days=1)
        if first[7:] == "-01" and first[:7] == last[:7] and after.day == 1:
            return (spell_day(first) or "").removeprefix("1 ")
    except (ValueError, OverflowError):
        pass
    return None


def spell_day(day: str | None) -> str | None:
    """An ISO day as "23 June 2025"; anything else as it stands."""
    try:
        when = date.fromisoformat(day or "")
    except ValueError:
        return day
    months = "January February March April May June July August September October November December"
    return f"{when.day} {months.split()[when.month - 1]} {when.year}"


def spell_actor(actor: Actor, behalf: str | None = None) -> str | None:
    """What is known of an actor besides the name: role, state, for whom, the link if not by name."""
    link = LINKS.get(actor.linked_by or "")
    who = ", ".join(part for part in (actor.role, actor.country, f"for {behalf}" if behalf else None) if part)
    return "; ".join(part for part in (who, f"linked {link}" if link else None) if part) or None


def spell_circumstances(stmt: Statement, place: Place | None = None) -> list[tuple[str, str]]:
    """Through whom, to whom, where and when, as far as the text says so: pairs of label and value."""
    facts = [("via", ", ".join(span.text for span in stmt.via))] if stmt.via else []
    if stmt.addressee:
        facts.append(("to", stmt.addressee.text))
    if stmt.venue:
        facts.append(("at", stmt.venue.text + (f" ({_spell_place(place)})" if place else "")))
    if stmt.said_on:
        facts.append(("on", spell_interval(stmt.said_on)))
    return facts


def _spell_place(place: Place) -> str:
    return f"{place.name}, {place.country}" if place.country else place.name


def _card(item: Numbered, by_id: dict[str, Numbered], places: dict[str, Place]) -> Card:
    stmt = item.statement
    parent = by_id.get(stmt.parent or "")
    place = places.get(stmt.venue.place or "") if stmt.venue else None
    return Card(
        number=item.number,
        statement=stmt.id,
        speaker=item.speaker_name,
        about=_about(item),
        source=stmt.source.text if stmt.source else None,
        cue=stmt.cue.text if stmt.cue else None,
        mode=MODES[stmt.mode],
        quality=", ".join(_qualities(stmt)),
        facts=tuple(spell_circumstances(stmt, place)),
        parent=parent.number if parent else None,
        parent_speaker=parent.speaker_name if parent else None,
        confidence=f"{stmt.confidence:.2f}",
        actor=_known_id(item),
    )


def _about(item: Numbered) -> str | None:
    return spell_actor(item.speaker, item.behalf) if item.speaker else None


def _known_id(item: Numbered) -> str | None:
    return item.speaker.id if item.speaker and not item.speaker.id.startswith("local:") else None


def _qualities(stmt: Statement) -> list[str]:
    """What marks a statement that is not a plain assertion."""
    act = [stmt.act] if stmt.act and stmt.act not in ("assert", "other") else []
    return [*act, *(["hedged"] if stmt.hedged else []), *(["negated"] if stmt.negated else [])]
