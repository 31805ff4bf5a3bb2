"""Who somebody is, as people decided it: dated rows of their own, laid over readings when they are read.

A row adds or corrects an actor of the shipped table ("entity"), an office that
somebody held ("tenure"), or says of an actor of the record that it is another
one ("link"), or is not ("unlink"). No row changes what the machine wrote; all
can be taken back (docs/actors.md, docs/decisions/0008-identity.md).
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator
from typing import Any, Literal, TypeAlias, TypeVar

import msgspec

from onrecord.decisions import State
from onrecord.errors import KnowledgeError, UsageError
from onrecord.index import fold
from onrecord.knowledge import Entity, Knowledge, Tenure, knowledge, office_named
from onrecord.ontology import fold as plain_words
from onrecord.ontology import ontology
from onrecord.records import Actor, Note, Reading, Record

ActorKind: TypeAlias = Literal["entity", "tenure", "link", "unlink"]
Key: TypeAlias = tuple[str | None, ...]
T = TypeVar("T")


class ActorDecision(Record, frozen=True, kw_only=True):
    """One decision by a person about who somebody is.

    ``actor``: for rows of the table the id that the row is about; for "link"
    and "unlink" an actor's id or name as the record has it, ``document`` where
    only one is meant. ``was``: the start of the shipped term that ``tenure``
    takes the place of, where it is another one.
    """

    number: int = 0
    kind: ActorKind
    actor: str
    document: str | None = None
    target: str | None = None
    entity: Entity | None = None
    tenure: Tenure | None = None
    was: str | None = None
    withdrawn: bool = False
    decided_by: str | None = None
    decided_at: str
    state: State = "in force"

    def key(self) -> Key:
        """What the decision is about: of those with the same key the latest counts."""
        if self.kind == "tenure" and self.tenure is not None:
            start = self.was if self.was is not None else self.tenure.start
            return ("tenure", self.actor, self.tenure.office, self.tenure.of, start or "")
        if self.kind == "entity":
            return ("entity", self.actor)
        return ("link", self.document, fold(self.actor))


class Identities(msgspec.Struct, frozen=True, kw_only=True):
    """The decisions in force, oldest first."""

    decisions: tuple[ActorDecision, ...]

    @property
    def known(self) -> Knowledge:
        """The shipped table of actors with the rows in force laid over it; read when first asked for."""
        return know_with(self.decisions)

    def rows(self, kind: ActorKind) -> tuple[ActorDecision, ...]:
        """The decisions of one kind."""
        return tuple(d for d in self.decisions if d.kind == kind)


def settle_actors(decisions: Iterable[ActorDecision]) -> tuple[ActorDecision, ...]:
    """The decisions, oldest first, each with the state it is in."""
    decisions = tuple(decisions)
    last = {decision.key(): decision.number for decision in decisions}
    return tuple(msgspec.structs.replace(d, state=_state(d, last)) for d in decisions)


def _state(decision: ActorDecision, last: dict[Key, int]) -> State:
    if last[decision.key()] != decision.number:
        return "superseded"
    return "withdrawn" if decision.withdrawn else "in force"


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


def office_called(words: str) -> tuple[str, str] | None:
    """The office and the state of a description ("the French premier"), None where it lacks one."""
    said = plain_words(words).removeprefix("the ")
    known = ontology()
    places = known.demonyms | known.countries
    for at in range(1, len(said.split())):
        first = " ".join(said.split()[:at]).removesuffix("'s").removesuffix("'")
        if first in places:
            of = places[first]
            office = office_named(" ".join(said.split()[at:]), of)
            return (office, of) if office else None
    title, _, place = said.partition(" of ")
    of = places.get(place.removeprefix("the "), "")
    office = office_named(title, of) if of else None
    return (office, of) if office else None


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


def find_entity(known: Knowledge, actor_id: str) -> Entity | None:
    """The row of the table with this id, or None; ids of the record that no table knows have none."""
    try:
        return known.entity(actor_id)
    except KnowledgeError:
        return None


def office_at(known: Knowledge, person: str, on: str | None) -> str | None:
    """The only office that somebody held on a day, as news words it; None where there is none or several."""
    titles = {word_office(tenure) for tenure in known.offices(person, on)} if on else set()
    return titles.pop() if len(titles) == 1 else None


def word_office(tenure: Tenure) -> str:
    """An office with the state whose it is: "Foreign Minister of France"."""
    state = ontology().country_names.get(tenure.of)
    return f"{tenure.title} of {state}" if state and " of " not in tenure.title else tenure.title


def spell_term(tenure: Tenure) -> str:
    """An office with its dates: "Foreign Minister, 1957-02-14 to 1985-07-02"."""
    return f"{tenure.title}, {tenure.start or '?'} to {tenure.end or f'at least {tenure.as_of}'}"


def by(decision: ActorDecision) -> str:
    """Whose decision it is, and of which day."""
    return f"by {decision.decided_by or 'a person'} on {decision.decided_at[:10]}"


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


@functools.lru_cache(maxsize=4)  # of the few records that one process has open
def know_with(decisions: tuple[ActorDecision, ...]) -> Knowledge:
    """The shipped table with the rows of these decisions laid over it: theirs win."""
    entities = [d.entity for d in decisions if d.kind == "entity" and d.entity]
    return knowledge((*entities, *_terms(decisions)))


def _terms(decisions: Iterable[ActorDecision]) -> Iterator[Tenure]:
    """The terms of office that people wrote, and the shipped ones beside them that stay as they are.

    A person's own rows in an office hide all that the table has of them in it, so what stays is given again.
    """
    written: dict[tuple[str, str, str], list[ActorDecision]] = {}
    for made in decisions:
        if made.tenure is not None:
            written.setdefault((made.actor, made.tenure.office, made.tenure.of), []).append(made)
    for (person, office, of), rows in written.items():
        yield from (row.tenure for row in rows if row.tenure)
        replaced = {row.key()[-1] for row in rows}
        for term in knowledge().offices(person):
            if (term.office, term.of) == (office, of) and (term.start or "") not in replaced:
                yield term


_ACTOR_ID = re.compile(r"Q[1-9]\d*|(?:onrecord|user|local):\S+")


def check_actor_decision(made: ActorDecision) -> None:
    """Raise UsageError unless the decision makes sense; that the text says otherwise is no reason."""
    ids = {"link": made.target or "", "unlink": "local:any"}.get(made.kind, made.actor)
    if not _ACTOR_ID.fullmatch(ids):
        raise UsageError(
            f"{ids!r} is no actor's id; give one that `onrecord actors` lists, such as Q42 or user:jane-doe"
        )
    if made.kind == "link" and fold(made.actor) == fold(ids):
        raise UsageError(f"{made.actor} is {ids} already; link it to another actor, or unlink it")
    if made.kind == "entity" and (made.entity is None or made.entity.id != made.actor):
        raise UsageError("a row for an actor needs the actor's id, name and kind; give all three")
    if made.kind == "tenure" and (made.tenure is None or made.tenure.person != made.actor):
        raise UsageError(
            "a row for an office needs the person's id, the office and whose it is; give all three"
        )
