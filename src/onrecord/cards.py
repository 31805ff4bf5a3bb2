"""What a view says about one statement, in words: shared by terminal, page and notebook."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import msgspec

from onrecord.marked import Numbered
from onrecord.records import Interval, Span, Statement

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
    confidence: str


class Voice(msgspec.Struct, frozen=True, kw_only=True):
    """A speaker with the numbers of what they are reported to have said."""

    name: str
    about: str | None
    numbers: tuple[int, ...]


def make_cards(numbered: Iterable[Numbered]) -> list[Card]:
    """A card for each statement, in order; a parent that is not among them is not named."""
    items = list(numbered)
    numbers = {item.statement.id: item.number for item in items}
    return [_card(item, numbers) for item in items]


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
            numbers=tuple(item.number for item in items),
        )
        for items in [*voices.values(), *([unknown] if unknown else [])]
    ]


def spell_interval(interval: Interval) -> str:
    """The interval in words: "23 June 2025", "21 June 2025 to 22 June 2025", or as the text words it."""
    days = [day for day in (spell_day(interval.from_), spell_day(interval.to)) if day]
    spelt = " to ".join(dict.fromkeys(days))
    words = f"“{interval.expression.text}”" if interval.expression else ""
    return f"{spelt} ({words})" if spelt and words else spelt or words or "a date not known"


def spell_day(day: str | None) -> str | None:
    """An ISO day as "23 June 2025"; anything else as it stands."""
    try:
        when = date.fromisoformat(day or "")
    except ValueError:
        return day
    months = "January February March April May June July August September October November December"
    return f"{when.day} {months.split()[when.month - 1]} {when.year}"


def _card(item: Numbered, numbers: dict[str, int]) -> Card:
    stmt = item.statement
    return Card(
        number=item.number,
        statement=stmt.id,
        speaker=item.speaker_name,
        about=_about(item),
        source=stmt.source.text if stmt.source else None,
        cue=stmt.cue.text if stmt.cue else None,
        mode=MODES[stmt.mode],
        quality=", ".join(_qualities(stmt)),
        facts=tuple(_facts(stmt)),
        parent=numbers.get(stmt.parent or ""),
        confidence=f"{stmt.confidence:.2f}",
    )


def _about(item: Numbered) -> str | None:
    """What is known of the speaker besides the name: the role, and the link if it was not by name."""
    if item.speaker is None:
        return None
    link = LINKS.get(item.speaker.linked_by or "")
    parts = [item.speaker.role, f"linked {link}" if link else None]
    return "; ".join(part for part in parts if part) or None


def _qualities(stmt: Statement) -> list[str]:
    """What marks a statement that is not a plain assertion."""
    act = [stmt.act] if stmt.act and stmt.act not in ("assert", "other") else []
    return [*act, *(["hedged"] if stmt.hedged else []), *(["negated"] if stmt.negated else [])]


def _facts(stmt: Statement) -> list[tuple[str, str]]:
    """Through whom, to whom, where and when, as far as the text says so."""
    facts = [("via", ", ".join(span.text for span in stmt.via))] if stmt.via else []
    labelled: tuple[tuple[str, Span | None], ...] = (("to", stmt.addressee), ("at", stmt.venue))
    facts += [(label, span.text) for label, span in labelled if span]
    if stmt.said_on:
        facts.append(("on", spell_interval(stmt.said_on)))
    return facts
