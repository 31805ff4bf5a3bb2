"""The index rows of a reading: what makes it searchable, derived from the reading alone.

``store`` writes these rows beside the whole reading; ``verify`` derives them
again and compares. Nothing here is a second truth.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from typing import TypeAlias

import msgspec

from onrecord.records import Actor, Document, Event, Interval, Mention, ProducedBy, Reading, Statement

# Joins the content spans of one statement where they are shown, exported or searched as one text.
GAP = " … "
UNDATED = "~"

Row: TypeAlias = tuple[str | int | float | None, ...]


class Index(msgspec.Struct, frozen=True):
    """Rows in the column order of the tables of migrations.py, without the document's number."""

    actors: tuple[Row, ...]  # position, id, identity, name, role, country
    names: tuple[Row, ...]  # key, actor position
    statements: tuple[Row, ...]  # position, id, speaker position, mode, act, confidence, content
    events: tuple[Row, ...] = ()  # position, id, type, mode, context, quad, modality, statement id,
    # asserter position, first day, last day, confidence, the words of the sentence
    parties: tuple[Row, ...] = ()  # event position, role, actor position
    stances: tuple[Row, ...] = ()  # position, holder position, target position, polarity, statement id,
    # asserter position, confidence


def index_reading(reading: Reading, *, earlier: Iterable[tuple[Actor, str]] = ()) -> Index:
    """The index rows of a reading; references that lead nowhere are left empty (verify reports them).

    ``earlier``: actors as the machine had them, with the ids that people decided on. They
    are still found under the machine's id and names, by people and by the next decision.
    """
    positions: dict[str, int] = {}
    for position, actor in enumerate(reading.actors):
        positions.setdefault(actor.id, position)
    return Index(
        actors=tuple((n, a.id, identity(a), a.name, a.role, a.country) for n, a in enumerate(reading.actors)),
        names=tuple(sorted({*_names(reading), *_earlier_names(positions, earlier)})),
        statements=tuple(
            (n, s.id, positions.get(s.speaker or ""), s.mode, s.act, s.confidence, searchable(s))
            for n, s in enumerate(reading.statements)
        ),
        events=tuple(_event_row(n, event, reading, positions) for n, event in enumerate(reading.events)),
        parties=tuple(sorted(set(_parties(reading, positions)))),
        stances=tuple(_stance_rows(reading, positions)),
    )


def _event_row(n: int, event: Event, reading: Reading, positions: dict[str, int]) -> Row:
    first, last = days_of(event.date, reading.document)
    return (
        n, event.id, event.type, event.mode, f" {' '.join(event.context)} ", event.quad, event.modality,
        event.statement, _asserter(event.statement, reading, positions), first, last, event.confidence,
        event.sentence.text.replace("\0", " "),
    )  # fmt: skip


def days_of(date: Interval | None, document: Document) -> tuple[str, str]:
    """The first and last day on which something happened: its own date, else the document's, else UNDATED."""
    own = (date.from_ or date.to, date.to or date.from_) if date else (None, None)
    day = document.published or UNDATED
    return own[0] or day, own[1] or day


def _asserter(statement: str | None, reading: Reading, positions: dict[str, int]) -> int | None:
    """The position of the actor who says so; None for the article, and where nobody is singled out."""
    speaker = next((s.speaker for s in reading.statements if s.id == statement), None)
    return positions.get(speaker or "")


def _parties(reading: Reading, positions: dict[str, int]) -> Iterator[tuple[int, str, int]]:
    for n, event in enumerate(reading.events):
        roles: tuple[tuple[str, tuple[Mention, ...]], ...] = (
            ("actor", event.actor),
            ("recipient", event.recipient),
        )
        for role, mentions in roles:
            yield from ((n, role, positions[m.actor]) for m in mentions if m.actor in positions)


def _stance_rows(reading: Reading, positions: dict[str, int]) -> Iterator[Row]:
    for n, stance in enumerate(reading.stances):
        yield (
            n, positions.get(stance.holder), positions.get(stance.target), stance.polarity, stance.statement,
            _asserter(stance.statement, reading, positions), stance.confidence,
        )  # fmt: skip


def _names(reading: Reading) -> Iterator[tuple[str, int]]:
    yield from ((key, n) for n, actor in enumerate(reading.actors) for key in name_keys(actor))


def _earlier_names(
    positions: dict[str, int], earlier: Iterable[tuple[Actor, str]]
) -> Iterator[tuple[str, int]]:
    for actor, new in earlier:
        if new in positions:
            yield from ((key, positions[new]) for key in name_keys(actor))


def document_row(document: Document, produced_by: ProducedBy) -> Row:
    """id, given_id, title, outlet, outlet_key, url, published, sort_date, and who made the reading."""
    outlet_key = fold(document.outlet) if document.outlet is not None else None
    return (
        document.id, document.given_id, document.title, document.outlet, outlet_key, document.url,
        document.published, document.published or UNDATED,
        produced_by.onrecord, produced_by.model, produced_by.model_sha256,
    )  # fmt: skip


def joined_content(stmt: Statement) -> str:
    """The words of a statement as one text, its spans joined by an ellipsis."""
    return GAP.join(span.text for span in stmt.content)


def searchable(stmt: Statement) -> str:
    """The joined content as it is indexed: as long, code point for code point, but without NUL.

    SQLite's text functions stop at NUL, which would cut hits and highlights.
    """
    return joined_content(stmt).replace("\0", " ")


def identity(actor: Actor) -> str:
    """The key under which actors of different documents count as one.

    A shared id where there is one; for a local actor, its name. Decisions on
    who somebody is (identities.py) are laid over the reading before this is asked.
    """
    return f"local:{fold(actor.name)}" if actor.id.startswith("local:") else actor.id


def name_keys(actor: Actor) -> set[str]:
    """Every folded form a person may type for an actor: id, name, named mentions; a person's last name."""
    names = [fold(actor.name), *(fold(m.text) for m in actor.mentions if m.form == "name")]
    keys = {fold(actor.id), *names}
    if actor.kind == "person":
        keys.update(name.rpartition(" ")[2] for name in names)
    return keys - {""}


def fold(name: str) -> str:
    """A name without case, accents and stray spaces, as search compares it."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return " ".join(plain.replace("’", "'").replace("\0", " ").casefold().split())
