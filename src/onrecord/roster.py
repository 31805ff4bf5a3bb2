"""The table of actors as people look at it: who is in it, what is known of one, and where that comes from.

The shipped table (knowledge) with the rows that people wrote into a record
(identities.py) laid over it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from onrecord.errors import UsageError
from onrecord.identities import ActorDecision, find_entity, know_with
from onrecord.index import fold
from onrecord.knowledge import OFFICES, Entity, Knowledge, Tenure
from onrecord.records import Kind, Record

# More than these nobody compares in a line of error.
_MOST_NAMED = 6


class Who(Record, frozen=True, kw_only=True):
    """What to look for; everything given must hold."""

    name: str | None = None
    country: str | None = None
    kind: Kind | None = None
    office: str | None = None
    on: str | None = None
    own: bool = False


class Listed(Record, frozen=True, kw_only=True):
    """An actor of the table with the offices asked for. ``own``: by a row that a person wrote."""

    id: str
    name: str
    kind: Kind
    country: str | None
    sector: str | None
    offices: tuple[Tenure, ...]
    names: tuple[str, ...]
    source: str
    as_of: str | None
    own: bool


class Known(Record, frozen=True, kw_only=True):
    """All that is known of one actor: its row, offices, people's decisions, and its place in the record."""

    actor: Listed
    decisions: tuple[ActorDecision, ...]
    statements: int | None
    documents: int | None
    linked: tuple[str, ...]


def list_actors(decisions: Sequence[ActorDecision], who: Who) -> Iterator[Listed]:
    """The actors that fit, people's own rows first."""
    if who.office and who.office not in OFFICES:
        raise UsageError(f"{who.office!r} is no office of the table; take one of: {', '.join(OFFICES)}")
    known = know_with(tuple(decisions))
    own = {d.actor for d in decisions if d.kind in ("entity", "tenure")}
    for entity in sorted(known.entities(), key=lambda e: (e.id not in own, fold(e.name), e.id)):
        if _is(entity, who) and (entity.id in own or not who.own):
            offices = _offices(known, entity.id, who)
            if offices or not (who.office or who.on):
                yield listed(entity, offices, own=entity.id in own)


def listed(entity: Entity, offices: Iterable[Tenure], *, own: bool) -> Listed:
    """The entity as a row to show."""
    return Listed(
        id=entity.id, name=entity.name, kind=entity.kind, country=entity.country, sector=entity.sector,
        offices=tuple(offices), names=entity.names, source=entity.source, as_of=entity.as_of or None, own=own,
    )  # fmt: skip


def _is(entity: Entity, who: Who) -> bool:
    if who.country and entity.country != who.country.upper():
        return False
    if who.kind and entity.kind != who.kind:
        return False
    return not who.name or any(fold(who.name) in fold(name) for name in (entity.name, *entity.names))


def _offices(known: Knowledge, actor: str, who: Who) -> tuple[Tenure, ...]:
    terms = known.offices(actor, who.on)
    return tuple(term for term in terms if who.office in (None, term.office))


def get_entity(known: Knowledge, words: str) -> Entity:
    """The entity that an id, a state's code, a name or whole words of one mean; else UsageError."""
    entity = find_entity(known, words) or known.state(words)
    if entity is not None:
        return entity
    found = known.find(words) or tuple(e for e in known.entities() if _has_words(e, words))
    if len(found) == 1:
        return found[0]
    if not found:
        raise UsageError(
            f"no actor is called {words!r} in the table; `onrecord actors --name WORD` looks for a part of a "
            "name, `onrecord actors add` adds one"
        )
    several = ", ".join(f"{e.id} ({e.name}, {e.country or e.kind})" for e in found[:_MOST_NAMED])
    several += ", …" if len(found) > _MOST_NAMED else ""
    raise UsageError(f"{words!r} is {len(found)} actors; give the id of one: {several}")


def _has_words(entity: Entity, words: str) -> bool:
    """Whether the words stand in a name, whole: "Merkel" in "Angela Merkel", not in "Merkelbach"."""
    wanted = f" {fold(words)} "
    return any(wanted in f" {fold(name)} " for name in (entity.name, *entity.names))
