"""What people decided about statements and events, and how it is laid over what the machine found.

A decision is a dated row of its own. It never changes the machine's reading;
it is applied when the reading is read, so it survives another model's
reading of the same document. It hangs on the statement's id and, should ids
change, on the exact place of its words; one on an event hangs on its id alone,
for at the same words another reading may find another act. A decision whose
statement or event is gone is kept and called orphaned.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Literal, TypeAlias

import msgspec

from onrecord.errors import UsageError
from onrecord.index import fold
from onrecord.records import Actor, Event, Mention, Note, Reading, Record, Span, Stance, Statement

Kind: TypeAlias = Literal["speaker", "review", "event"]
State: TypeAlias = Literal["in force", "superseded", "withdrawn", "orphaned"]


class Decision(Record, frozen=True, kw_only=True):
    """One decision by a person about one statement, or of kind "event" about an event.

    ``statement``: the id of the one or the other. ``value`` of kind "speaker":
    an actor's id or name, or None (nobody is named); of kinds "review" and
    "event": "accept" or "reject". ``withdrawn``: the person takes earlier
    decisions of this kind back. ``words``: the statement's content, or the
    event's trigger, when it was decided.
    """

    number: int = 0
    document: str
    statement: str
    kind: Kind
    value: str | None
    withdrawn: bool = False
    words: tuple[Span, ...]
    decided_by: str | None = None
    decided_at: str
    state: State = "in force"


def check_value(kind: str, value: str | None) -> None:
    """Raise UsageError unless ``value`` can be decided for ``kind``."""
    if kind in ("review", "event"):
        if value not in ("accept", "reject"):
            raise UsageError(
                f"a review decides 'accept' or 'reject', not {value!r}; withdraw it to leave it open"
            )
    elif kind == "speaker":
        if value is not None and not value.strip():
            raise UsageError("the speaker is an actor's id or name; give None where nobody is named")
    else:
        raise UsageError(f"{kind!r} is no kind of decision; use 'speaker', 'review' or 'event'")


def find_claim(reading: Reading, kind: Kind, claim: str) -> Statement | Event | None:
    """The statement, or for kind "event" the event, with this id."""
    claims: tuple[Statement | Event, ...] = reading.events if kind == "event" else reading.statements
    return next((found for found in claims if found.id == claim), None)


def words_of(claim: Statement | Event | None) -> tuple[Span, ...]:
    """The words by which a person recognises what they decided about."""
    if isinstance(claim, Event):
        return (claim.trigger,)
    return claim.content if claim else ()


def find_decided(reading: Reading, decision: Decision) -> Statement | Event | None:
    """What a decision is about: by id; a statement also if alone it has the same words in the same place."""
    if decision.kind == "event":
        return find_claim(reading, "event", decision.statement)
    for stmt in reading.statements:
        if stmt.id == decision.statement:
            return stmt
    there = _place(decision.words)
    same = [stmt for stmt in reading.statements if there and _place(stmt.content) == there]
    return same[0] if len(same) == 1 else None


def settle(decisions: Sequence[Decision], reading: Reading | None) -> tuple[Decision, ...]:
    """The decisions about one document, oldest first, each with the state it is in."""
    last: dict[tuple[str, str], int] = {}
    targets: dict[int, str | None] = {}
    for decision in decisions:
        claim = find_decided(reading, decision) if reading else None
        targets[decision.number] = claim.id if claim else None
        last[(claim.id if claim else decision.statement, decision.kind)] = decision.number
    return tuple(msgspec.structs.replace(d, state=_state(d, targets[d.number], last)) for d in decisions)


def _state(decision: Decision, target: str | None, last: dict[tuple[str, str], int]) -> State:
    if last[(target or decision.statement, decision.kind)] != decision.number:
        return "superseded"
    if decision.withdrawn:
        return "withdrawn"
    return "in force" if target else "orphaned"


def apply_decisions(reading: Reading, decisions: Sequence[Decision]) -> Reading:
    """The reading with the decisions in force laid over it; every one leaves a note.

    A decided speaker is an actor of the document where the id or name fits
    one, else a new local actor, linked by "user"; whom the source's words stand
    for in events follows. A rejected statement is left out, with the events and
    stances it asserts; what was inside it moves up. A rejected event is left out.
    """
    for decision in settle(decisions, reading):
        stmt = find_decided(reading, decision) if decision.state == "in force" else None
        if stmt is None:
            continue
        if isinstance(stmt, Event):
            reading = _with_verdict(reading, stmt, decision)
        elif decision.kind == "speaker":
            reading = _with_speaker(reading, stmt, decision)
        elif decision.value == "reject":
            reading = _without(reading, stmt, decision)
        else:
            reading = _noted(
                reading, Note(code="accepted", message=f"accepted {_by(decision)}", statement=stmt.id)
            )
    return reading


def _with_speaker(reading: Reading, stmt: Statement, decision: Decision) -> Reading:
    actor = _find_actor(reading.actors, decision.value) if decision.value else None
    if decision.value and actor is None:
        actor = _new_actor(reading.actors, decision.value)
        reading = msgspec.structs.replace(reading, actors=(*reading.actors, actor))
    decided = msgspec.structs.replace(stmt, speaker=actor.id if actor else None)
    name, before = actor.name if actor else "nobody", stmt.speaker or "nobody"
    message = f"speaker set to {name} {_by(decision)}; the machine had {before}"
    reading = msgspec.structs.replace(
        reading,
        statements=tuple(decided if s is stmt else s for s in reading.statements),
        events=tuple(_with_party(event, stmt, decided.speaker) for event in reading.events),
        stances=tuple(s for s in (_with_holder(s, stmt, decided.speaker) for s in reading.stances) if s),
    )
    return _noted(reading, Note(code="decided-speaker", message=message, statement=stmt.id))


def _with_party(event: Event, stmt: Statement, speaker: str | None) -> Event:
    """The event with the words of the statement's source standing for the decided speaker."""

    def decided(mentions: tuple[Mention, ...]) -> tuple[Mention, ...]:
        source = stmt.source
        return tuple(
            msgspec.structs.replace(m, actor=speaker)
            if source and (m.start, m.end) == (source.start, source.end)
            else m
            for m in mentions
        )

    return msgspec.structs.replace(event, actor=decided(event.actor), recipient=decided(event.recipient))


def _with_holder(stance: Stance, stmt: Statement, speaker: str | None) -> Stance | None:
    """The stance that the speaker took by the statement as the decided speaker's; None if that is nobody."""
    if stance.statement != stmt.id or stance.holder != stmt.speaker:
        return stance
    return msgspec.structs.replace(stance, holder=speaker) if speaker else None


def _with_verdict(reading: Reading, event: Event, decision: Decision) -> Reading:
    verdict = "rejected" if decision.value == "reject" else "accepted"
    if verdict == "rejected":
        kept = tuple(e for e in reading.events if e is not event)
        reading = msgspec.structs.replace(reading, events=kept)
    return _noted(reading, Note(code=verdict, message=f"event {event.id} {verdict} {_by(decision)}"))


def _without(reading: Reading, stmt: Statement, decision: Decision) -> Reading:
    kept = (s for s in reading.statements if s is not stmt)
    reading = msgspec.structs.replace(
        reading,
        statements=tuple(
            msgspec.structs.replace(s, parent=stmt.parent) if s.parent == stmt.id else s for s in kept
        ),
        events=tuple(e for e in reading.events if e.statement != stmt.id),
        stances=tuple(s for s in reading.stances if s.statement != stmt.id),
        notes=tuple(n for n in reading.notes if n.statement != stmt.id),
    )
    return _noted(reading, Note(code="rejected", message=f"statement {stmt.id} rejected {_by(decision)}"))


def _noted(reading: Reading, note: Note) -> Reading:
    return msgspec.structs.replace(reading, notes=(*reading.notes, note))


def _by(decision: Decision) -> str:
    return f"by {decision.decided_by or 'a person'} on {decision.decided_at[:10]}"


def _find_actor(actors: Iterable[Actor], value: str) -> Actor | None:
    """The actor with this id, else the only one with this name; two of one name are not told apart."""
    actors = tuple(actors)
    for actor in actors:
        if actor.id == value:
            return actor
    key = fold(value)
    named = [a for a in actors if fold(a.name) == key] or [
        a for a in actors if any(m.form == "name" and fold(m.text) == key for m in a.mentions)
    ]
    return named[0] if len(named) == 1 else None


def _new_actor(actors: Iterable[Actor], value: str) -> Actor:
    taken = {actor.id for actor in actors}
    is_id = (
        value.startswith(("local:", "user:", "onrecord:")) or re.fullmatch(r"Q[1-9]\d*", value) is not None
    )
    slug = re.sub(r"\W+", "-", fold(value)).strip("-") or "unnamed"
    actor_id = value if is_id else f"local:{slug}"
    unique, count = actor_id, 1
    while unique in taken:
        count += 1
        unique = f"{actor_id}-{count}"
    return Actor(id=unique, name=value, linked_by="user", confidence=1.0)


def _place(words: Iterable[Span]) -> tuple[tuple[int, int], ...]:
    return tuple((span.start, span.end) for span in words)
