"""A reading with what people decided on who somebody is (identities.py) laid over it."""

from __future__ import annotations

import re
from typing import Any, TypeVar

import msgspec

from onrecord.identities import ActorDecision, Identities, by, find_entity
from onrecord.index import fold
from onrecord.knowledge import Entity, Knowledge
from onrecord.records import Actor, Note, Reading
from onrecord.tenures import office_at, office_called, spell_term

T = TypeVar("T")


def apply_identities(reading: Reading, identities: Identities) -> Reading:
    """The reading with the identities in force laid over it; each that changes something leaves a note.

    Two actors that are decided to be one become one, with the mentions of both.
    """
    found: dict[str, Actor] = {}
    renamed: dict[str, str] = {}
    notes: list[Note] = []
    for actor in reading.actors:
        made, said = _identify(actor, reading, identities)
        notes += said
        renamed[actor.id] = made.id
        found[made.id] = _joined(found[made.id], made) if made.id in found else made
    if not notes:
        return reading
    reading = msgspec.structs.replace(reading, actors=tuple(found.values()))
    reading = _renamed(reading, renamed)
    reading = msgspec.structs.replace(reading, actors=tuple(_without_self(a) for a in reading.actors))
    return msgspec.structs.replace(reading, notes=(*reading.notes, *notes))


def find_renamed(reading: Reading, identities: Identities) -> tuple[tuple[Actor, str], ...]:
    """The actors as the machine had them that people decided to be others, with the ids decided on."""
    made = ((actor, _identify(actor, reading, identities)[0].id) for actor in reading.actors)
    return tuple((actor, new) for actor, new in made if actor.id != new)


def _identify(actor: Actor, reading: Reading, identities: Identities) -> tuple[Actor, list[Note]]:
    """The actor as it is decided to be, and what to say about it; no note if nothing is decided."""
    decision = find_link(actor, reading.document.id, identities)
    if decision is not None and decision.kind == "unlink":
        return _unlinked(actor, reading, decision)
    if decision is not None:
        return _linked(actor, reading, decision, identities.known)
    row = _find_row(actor, identities) or _find_holder(actor, reading, identities)
    if row is not None:
        return _by_row(actor, reading, row, identities.known)
    gone = _find_lost_office(actor, reading, identities)
    return _unlinked(actor, reading, gone) if gone else (actor, [])


def find_link(actor: Actor, document: str, identities: Identities) -> ActorDecision | None:
    """The link or unlink in force for an actor of a document; one for just this document wins."""
    keys = {fold(actor.id), fold(actor.name)}
    fits = [
        d
        for d in identities.decisions
        if d.kind in ("link", "unlink") and d.document in (None, document) and fold(d.actor) in keys
    ]
    own = [d for d in fits if d.document is not None]
    fits = own or fits
    return fits[-1] if fits else None


def _find_row(actor: Actor, identities: Identities) -> ActorDecision | None:
    """The row that a person wrote about this actor: by id, else the only one with this name and kind."""
    entities = identities.rows("entity")
    for row in entities:
        if row.actor == actor.id:
            return row
    if not actor.id.startswith("local:"):
        return None
    name = fold(actor.name)
    named = [d for d in entities if d.entity and _fits(actor, d.entity) and name in map(fold, d.entity.names)]
    return named[0] if len(named) == 1 else None


def _find_holder(actor: Actor, reading: Reading, identities: Identities) -> ActorDecision | None:
    """The row by which a person holds the office that the text calls an actor by, at the document's date."""
    on = reading.document.published
    if on is None or not actor.id.startswith("local:") or any(m.form == "name" for m in actor.mentions):
        return None
    called = office_called(actor.name)
    holders = identities.known.holders(*called, on) if called else ()
    if len(holders) != 1:
        return None
    return next((row for row in identities.rows("tenure") if row.tenure == holders[0]), None)


def _find_lost_office(actor: Actor, reading: Reading, identities: Identities) -> ActorDecision | None:
    """The row by which somebody whom the machine linked by office did not hold it at the document's date."""
    if actor.linked_by != "role":
        return None
    for row in identities.rows("tenure"):
        if row.actor == actor.id and not identities.known.offices(actor.id, reading.document.published):
            return row
    return None


def _fits(actor: Actor, entity: Entity) -> bool:
    return actor.kind in (None, entity.kind)


def _linked(
    actor: Actor, reading: Reading, decision: ActorDecision, known: Knowledge
) -> tuple[Actor, list[Note]]:
    target = decision.target or actor.id
    entity = find_entity(known, target)
    there = next((a for a in reading.actors if a.id == target), None)
    made = _filled(actor, entity, there, reading, known, target)
    message = f"“{actor.name}” is {made.name} ({target}): linked {by(decision)}; the machine had {actor.id}"
    notes = [Note(code="decided-identity", message=message)]
    against = contradictions(actor, entity, reading, known) if entity else []
    notes += [Note(code="identity-contradicts", message=f"{words}; taken all the same") for words in against]
    return made, notes


def _filled(
    actor: Actor, entity: Entity | None, there: Actor | None, reading: Reading, known: Knowledge, target: str
) -> Actor:
    """The actor under its new id, with what the table says of it; what the table lacks stays."""
    name = entity.name if entity else there.name if there else actor.name
    return msgspec.structs.replace(
        actor,
        id=target,
        name=name,
        kind=entity.kind if entity else actor.kind,
        country=entity.country if entity else actor.country,
        sector=entity.sector if entity else actor.sector,
        role=actor.role or (office_at(known, target, reading.document.published) if entity else None),
        linked_by="user",
        confidence=1.0,
    )


def _by_row(actor: Actor, reading: Reading, row: ActorDecision, known: Knowledge) -> tuple[Actor, list[Note]]:
    entity = find_entity(known, row.actor)
    if entity is None:
        return actor, []
    role = actor.role
    if row.kind == "tenure" or actor.id != row.actor:
        role = office_at(known, row.actor, reading.document.published) or role
    what = msgspec.structs.replace(
        actor, id=row.actor, name=entity.name, kind=entity.kind, country=entity.country,
        sector=entity.sector, role=role,
    )  # fmt: skip
    if what == actor:
        return actor, []
    if actor.id != row.actor:
        what = msgspec.structs.replace(what, linked_by="user", confidence=1.0)
    message = f"“{actor.name}” is {entity.name} ({row.actor}): by a row {by(row)}"
    return what, [Note(code="decided-identity", message=message)]


def _unlinked(actor: Actor, reading: Reading, decision: ActorDecision) -> tuple[Actor, list[Note]]:
    """The actor as the text alone has it: by its longest name there, without what a table said of it."""
    if actor.id.startswith("local:"):
        return actor, []  # it is nobody's already: the row only keeps other rows from taking it
    named = [m.text for m in actor.mentions if m.form == "name"] or [m.text for m in actor.mentions]
    name = max(named, key=len, default=actor.name)
    text = reading.document.text.casefold()
    made = msgspec.structs.replace(
        actor,
        id=_free_slug(name, reading),
        name=name,
        country=None,
        sector=None,
        role=actor.role if actor.role and actor.role.casefold() in text else None,
        linked_by="user",
        confidence=1.0,
    )
    why = "unlinked" if decision.kind == "unlink" else "the office was not held then, by a row"
    message = f"“{name}” is not {actor.name} ({actor.id}): {why} {by(decision)}"
    return made, [Note(code="decided-identity", message=message)]


def _free_slug(name: str, reading: Reading) -> str:
    taken = {actor.id for actor in reading.actors}
    base = slug = "local:" + (re.sub(r"\W+", "-", fold(name)).strip("-") or "unnamed")
    count = 1
    while slug in taken:
        count += 1
        slug = f"{base}-{count}"
    return slug


def contradictions(actor: Actor, entity: Entity, reading: Reading, known: Knowledge) -> list[str]:
    """What the text says of an actor that does not go with the entity that it is decided to be."""
    said = []
    if not _fits(actor, entity):
        said.append(f"the text has “{actor.name}” as {_a(actor.kind)}, {entity.name} is {_a(entity.kind)}")
    on = reading.document.published
    office = actor.role or next((m.text for m in actor.mentions if m.form == "nominal"), None)
    terms = known.offices(entity.id)
    if office and terms and on and not known.offices(entity.id, on):
        held = "; ".join(spell_term(term) for term in terms)
        said.append(
            f"the text calls “{actor.name}” {office}, and the table has {entity.name} in no office "
            f"on {on} ({held})"
        )
    names = {fold(m.text) for m in actor.mentions if m.form == "name"}
    if names and not names & _forms(entity):
        said.append(f"no name that the text has for “{actor.name}” is one of {entity.name} in the table")
    return said


def _forms(entity: Entity) -> set[str]:
    """The folded names of an entity; a person's last name too."""
    forms = {fold(name) for name in (entity.name, *entity.names)}
    return forms | ({form.rpartition(" ")[2] for form in forms} if entity.kind == "person" else set())


def _a(kind: str | None) -> str:
    return f"{'an' if kind == 'organization' else 'a'} {kind or 'participant'}"


def _joined(first: Actor, second: Actor) -> Actor:
    """Two actors that are one: what one lacks comes from the other; the mentions of both in text order."""
    mentions = {(m.start, m.end): m for m in (*first.mentions, *second.mentions)}
    decided = second if second.linked_by == "user" and first.linked_by != "user" else first
    other = first if decided is second else second
    return msgspec.structs.replace(
        decided,
        kind=decided.kind or other.kind,
        country=decided.country or other.country,
        sector=decided.sector or other.sector,
        role=decided.role or other.role,
        mentions=tuple(mentions[at] for at in sorted(mentions)),
    )


def _without_self(actor: Actor) -> Actor:
    """The actor, who cannot speak for itself once two have become one."""
    return msgspec.structs.replace(actor, on_behalf_of=None) if actor.on_behalf_of == actor.id else actor


# Fields that hold an actor's id, wherever they stand (as in verify.py).
_ACTOR_FIELDS = ("actor", "speaker", "holder", "target", "on_behalf_of")


def _renamed(value: T, names: dict[str, str]) -> T:
    """The value with every reference to an actor under its new id."""
    if isinstance(value, tuple):
        made: Any = tuple(_renamed(item, names) for item in value)
        return made  # type: ignore[no-any-return]
    if not isinstance(value, msgspec.Struct):
        return value
    changed: dict[str, Any] = {}
    for field in value.__struct_fields__:
        held = getattr(value, field)
        if field in _ACTOR_FIELDS and isinstance(held, str):
            new: Any = names.get(held, held)
        else:
            new = _renamed(held, names) if isinstance(held, tuple | msgspec.Struct) else held
        if new is not held:
            changed[field] = new
    return msgspec.structs.replace(value, **changed) if changed else value
