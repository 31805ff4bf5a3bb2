"""Why a participant is who it is: the steps from its words to the actor, and to the row of the table."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.identities import find_entity
from onrecord.index import fold
from onrecord.knowledge import Knowledge, Tenure
from onrecord.records import Actor, Mention, Reading, Record, Span
from onrecord.tenures import spell_term

LINKS = {
    "name": "by name",
    "role": "by the office held at the document's date",
    "metonym": "by a seat or capital that stands for it",
    "coreference": "by reference to an earlier mention",
    "spelling": "by a near spelling, so with less confidence",
    "user": "by a person's decision",
}


class Row(Record, frozen=True, kw_only=True):
    """A row of the table of actors, as far as it bears on a link."""

    actor: str
    says: str
    source: str
    as_of: str | None


class Step(Record, frozen=True, kw_only=True):
    """One step of a chain of reasons: what holds, the words that show it, the row that says it."""

    says: str
    words: Span | None = None
    row: Row | None = None


def find_steps(actor: Actor, mention: Mention | None, reading: Reading, known: Knowledge) -> list[Step]:
    """From the words to the participant of the document, and from that to the row of the table."""
    steps = []
    named = [m for m in actor.mentions if m.form == "name"]
    if mention is None or mention.form != "name":
        steps += _reference_steps(actor, mention, named)
    if actor.linked_by:
        sure = "" if actor.confidence is None else f", confidence {actor.confidence:.2f}"
        steps.append(Step(says=f"{actor.name} is linked {LINKS[actor.linked_by]}{sure}"))
    steps += _table_steps(actor, named, reading, known)
    principal = next((a for a in reading.actors if a.id == actor.on_behalf_of), None)
    if principal is not None:
        steps.append(Step(says=f"speaks for {principal.name} ({principal.id}), by the words of the text"))
    return steps


def _reference_steps(actor: Actor, mention: Mention | None, named: list[Mention]) -> list[Step]:
    """The named mention that an unnamed one goes back to; the machine's own steps are not stored."""
    others = [m for m in named if mention is None or (m.start, m.end) != (mention.start, mention.end)]
    if not others:
        return [] if not actor.mentions else [Step(says="the document gives no name for it")]
    at = mention.start if mention else max(m.start for m in others) + 1
    before = [m for m in others if m.start < at]
    nearest = before[-1] if before else others[0]
    where = "before it" if before else "after it"
    says = (
        f"the reading has it as the same participant as “{nearest.text}”, the nearest mention by name "
        f"{where}; by which step it was joined is not stored"
    )
    return [Step(says=says, words=plain_span(nearest))]


def _table_steps(actor: Actor, named: list[Mention], reading: Reading, known: Knowledge) -> Iterator[Step]:
    entity = find_entity(known, actor.id)
    if entity is None:
        yield _outside(actor, known)
        return
    forms = {fold(name) for name in (entity.name, *entity.names)}
    fitting = next((m for m in named if fold(m.text) in forms), None)
    says = f"{entity.name}, {entity.kind}" + "".join(f", {x}" for x in (entity.country, entity.sector) if x)
    row = Row(actor=entity.id, says=says, source=entity.source, as_of=entity.as_of or None)
    if fitting:
        yield Step(
            says=f"“{fitting.text}” is one of its names in the table", words=plain_span(fitting), row=row
        )
    elif named and actor.linked_by == "spelling":
        yield Step(
            says=f"the text writes “{named[0].text}”, the table “{entity.name}”",
            words=plain_span(named[0]),
            row=row,
        )
    else:
        yield Step(says="its row in the table", row=row)
    yield from find_seat_steps(actor, known)
    yield from _office_steps(actor, reading, known)


def find_seat_steps(actor: Actor, known: Knowledge) -> Iterator[Step]:
    """The seat or capital that stands for the actor, where the link rests on one."""
    seats = ((m, known.seat(m.text)) for m in actor.mentions) if actor.linked_by == "metonym" else ()
    mention, seat = next(((m, s) for m, s in seats if s is not None), (None, None))
    if mention is None or seat is None:
        return
    office = f" ({seat.office})" if seat.office else ""
    says = f"{seat.name} stands for {seat.stands_for}{office}"
    state = known.state(seat.stands_for)
    if actor.id not in (seat.stands_for, state.id if state else None):
        says += f", not {actor.name}: for states of another time the reason is not stored"
    row = Row(actor=actor.id, says=says, source=seat.source, as_of=None)
    yield Step(says=f"“{mention.text}” is a seat or capital", words=plain_span(mention), row=row)


def _office_steps(actor: Actor, reading: Reading, known: Knowledge) -> Iterator[Step]:
    """The offices that the table has for somebody at the document's date."""
    on = reading.document.published
    terms = known.offices(actor.id, on) if on else ()
    for term in terms:
        yield Step(says=f"in office on {on}", row=_term_row(term))
    if actor.linked_by == "role" and not terms:
        why = "the document has no date" if on is None else f"the table has no office for it on {on}"
        yield Step(says=f"{why}: what the link by role rests on is not stored")


def _term_row(term: Tenure) -> Row:
    return Row(
        actor=term.person,
        says=f"{spell_term(term)} ({term.office} of {term.of})",
        source=term.source,
        as_of=term.as_of or None,
    )


def _outside(actor: Actor, known: Knowledge) -> Step:
    same = known.find(actor.name)
    if not same:
        return Step(says=f"the table has nobody called “{actor.name}”: known in this record only")
    listed = ", ".join(f"{e.name} ({e.id})" for e in same)
    return Step(
        says=f"not linked: the table has {listed} by that name, and the evidence did not decide for one"
    )


def plain_span(span: Span) -> Span:
    """The span alone, without what a mention adds to it."""
    return Span(start=span.start, end=span.end, text=span.text)
