"""Who somebody is, as people decided it: dated rows of their own, laid over readings when they are read.

A row adds or corrects an actor of the shipped table ("entity"), an office that
somebody held ("tenure"), or says of an actor of the record that it is another
one ("link"), or is not ("unlink"). No row changes what the machine wrote; all
can be taken back (docs/actors.md, docs/decisions/0008-identity.md). overlay.py
lays them over a reading.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator
from typing import Literal, TypeAlias

import msgspec

from onrecord.decisions import State
from onrecord.errors import KnowledgeError, UsageError
from onrecord.index import fold
from onrecord.knowledge import Entity, Knowledge, Tenure, knowledge
from onrecord.records import Record

ActorKind: TypeAlias = Literal["entity", "tenure", "link", "unlink"]
Key: TypeAlias = tuple[str | None, ...]


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


def by(decision: ActorDecision) -> str:
    """Whose decision it is, and of which day."""
    return f"by {decision.decided_by or 'a person'} on {decision.decided_at[:10]}"


def find_entity(known: Knowledge, actor_id: str) -> Entity | None:
    """The row of the table with this id, or None; ids of the record that no table knows have none."""
    try:
        return known.entity(actor_id)
    except KnowledgeError:
        return None


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
