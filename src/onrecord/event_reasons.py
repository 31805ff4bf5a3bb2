"""Why an event says what it says: every part with its words, who asserts it, and what decided it.

As in reasons.py nothing is guessed: what the reading does not hold is called
"not stored".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from onrecord.decisions import Decision
from onrecord.errors import UsageError
from onrecord.event_cards import find_uttered, spell_asserter, spell_location, spell_quad
from onrecord.identities import ActorDecision
from onrecord.knowledge import Knowledge
from onrecord.plover import TYPES, needs_recipient, score_of
from onrecord.provenance import Step, plain_span
from onrecord.reasons import Reason, explain_date, explain_parents, explain_party, is_about, shorten
from onrecord.records import Actor, Event, Mention, Note, Reading, Record, Span, Statement
from onrecord.sentences import find_paragraphs, find_sentences
from onrecord.store import Store

MODALITIES = {
    "actual": "its sentence says that it happened or is under way",
    "future": "its sentence has it still to come",
    "hypothetical": "its sentence only supposes, asks for or threatens it",
    "negated": "its sentence says that it did not happen",
    "historical": "its sentence tells of it as something long past",
}


class EventExplanation(Record, frozen=True, kw_only=True):
    """The chain of reasons for one event of one document; ``sentences``: where it is reported."""

    event: str
    document: str
    title: str | None
    published: str | None
    published_from: str | None
    sentences: tuple[Span, ...]
    reasons: tuple[Reason, ...]
    confidence: float
    notes: tuple[Note, ...]
    decisions: tuple[Decision, ...]
    identities: tuple[ActorDecision, ...]


def explain_event(
    reading: Reading,
    event_id: str,
    *,
    known: Knowledge,
    decisions: Sequence[Decision] = (),
    identities: Sequence[ActorDecision] = (),
) -> EventExplanation:
    """Why the event with this id is as it is in the reading; people's decisions as given.

    Raises UsageError if the reading has no such event.
    """
    event = next((e for e in reading.events if e.id == event_id), None)
    if event is None:
        raise UsageError(
            f"no event {event_id!r} in {reading.document.id}; take an id that `onrecord events` shows"
        )
    doc = reading.document
    actors = {actor.id: actor for actor in reading.actors}
    touched: set[str | None] = {m.actor for m in (*event.actor, *event.recipient) if m.actor}
    return EventExplanation(
        event=event.id,
        document=doc.id,
        title=doc.title,
        published=doc.published,
        published_from=doc.published_from,
        sentences=tuple(_sentences(doc.text, event)),
        reasons=tuple(_reasons(reading, event, actors, known)),
        confidence=event.confidence,
        notes=tuple(n for n in reading.notes if is_about(n, touched, actors)),
        decisions=tuple(d for d in decisions if d.kind == "event" and d.statement == event.id),
        identities=tuple(d for d in identities if {d.actor, d.target} & touched),
    )


def explain_event_in(store: Store, doc_id: str, event: str) -> EventExplanation:
    """Why an event of a record is as it is; of one that people rejected, why the machine had it."""
    return explain_event(
        get_reading_of(store, doc_id, event),
        event,
        known=store.identities().known,
        decisions=tuple(store.decisions(doc_id)),
        identities=tuple(d for d in store.actor_decisions() if d.state == "in force"),
    )


def get_reading_of(store: Store, doc_id: str, event: str) -> Reading:
    """The reading with what people decided; as the machine made it if they left the event out."""
    reading = store.get_reading(doc_id)
    if all(made.id != event for made in reading.events):
        return store.get_reading(doc_id, decided=False)
    return reading


def _sentences(text: str, event: Event) -> Iterator[Span]:
    """The sentence of the event and those of its further reports, in text order."""
    found = {(event.sentence.start, event.sentence.end)}
    for paragraph in find_paragraphs(text):
        for start, end in find_sentences(text, *paragraph):
            told = any(s.start < end and start < s.end for s in event.other_triggers)
            if told and not any(a < end and start < b for a, b in found):
                found.add((start, end))
    return (Span(start=a, end=b, text=text[a:b]) for a, b in sorted(found))


def _reasons(reading: Reading, event: Event, actors: dict[str, Actor], known: Knowledge) -> Iterator[Reason]:
    yield _type(reading, event)
    yield from _parties("actor", event.actor, event, reading, actors, known)
    yield from _parties("recipient", event.recipient, event, reading, actors, known)
    yield from _asserter(reading, event, actors)
    yield Reason(
        part="modality",
        found=event.modality,
        steps=(
            Step(says=MODALITIES[event.modality], words=event.sentence),
            Step(says="by which of its words is not stored"),
        ),
    )
    yield _date(reading, event)
    yield _place(reading, event)
    if event.context:
        fields = ", ".join(event.context)
        yield Reason(part="context", found=fields, steps=(Step(says="by which words is not stored"),))
    says = "how often events that the model is as sure of are right; what made it so sure is not stored"
    yield Reason(part="confidence", found=f"{event.confidence:.2f}", steps=(Step(says=says),))


def _type(reading: Reading, event: Event) -> Reason:
    """What happened: the words that tell of it, the manual's meaning, and the statement they introduce."""
    steps = [Step(says=f"“{shorten(event.trigger.text)}” tells of it", words=event.trigger)]
    again = event.other_triggers
    steps += [
        Step(says=f"so does “{shorten(s.text)}”: the same event, reported again", words=s) for s in again
    ]
    if row := TYPES.get(event.type):
        score = score_of(event.type, event.mode if event.mode in row.modes else None)
        says = f"PLOVER {event.type}: {row.meaning} ({spell_quad(event.quad)}, score {score:g})"
        steps.append(Step(says=says))
    for stmt in find_uttered(event, reading):
        act = f", which is to {stmt.act}" if stmt.act and stmt.act != "other" else ""
        steps.append(Step(says=f"done by saying it: the statement {stmt.id}{act}", words=stmt.cue))
    found = f"{event.type} · {event.mode}" if event.mode else event.type
    return Reason(part="type", found=found, words=(event.trigger, *again), steps=tuple(steps))


def _parties(
    part: str,
    mentions: Sequence[Mention],
    event: Event,
    reading: Reading,
    actors: dict[str, Actor],
    known: Knowledge,
) -> Iterator[Reason]:
    for mention in mentions:
        made = explain_party(part, mention, reading, actors, known)
        if not event.sentence.start <= mention.start < event.sentence.end:
            step = Step(says="these words stand outside the sentence that tells of the event")
            made = msgspec.structs.replace(made, steps=(*made.steps, step))
        yield made
    if mentions:
        return
    says = "no words of the sentence name one"
    if part == "recipient" and event.type in TYPES:
        wanted = needs_recipient(event.type, len(event.actor))
        says += f"; PLOVER {'asks for one' if wanted else 'does not ask for one'} here"
    yield Reason(part=part, found=None, steps=(Step(says=says),))


def _asserter(reading: Reading, event: Event, actors: dict[str, Actor]) -> Iterator[Reason]:
    stmt = next((s for s in reading.statements if s.id == event.statement), None)
    if event.statement is None:
        says = "its words stand in nobody's statement: the article says so itself"
        yield Reason(part="asserter", found="the article", steps=(Step(says=says),))
        return
    speaker = actors.get((stmt.speaker if stmt else None) or "")
    found = spell_asserter(event, stmt, speaker)
    steps = tuple(_statement_steps(stmt, event)) if stmt else (Step(says="the statement is not stored"),)
    yield Reason(part="asserter", found=found, words=stmt.content if stmt else (), steps=steps)
    if stmt:
        yield from explain_parents(reading, stmt, actors)


def _statement_steps(stmt: Statement, event: Event) -> Iterator[Step]:
    yield Step(says=f"claimed in the statement {event.statement}")
    if stmt.source:
        yield Step(says=f"“{shorten(stmt.source.text)}” makes it", words=plain_span(stmt.source))
    if stmt.cue:
        yield Step(says=f"“{shorten(stmt.cue.text)}” introduces it", words=stmt.cue)
    for content in stmt.content:
        if content.start <= event.trigger.start < content.end:
            yield Step(says=f"“{shorten(content.text)}” holds the words for the event", words=content)


def _date(reading: Reading, event: Event) -> Reason:
    if event.date is not None:
        return explain_date(reading, event.date, part="date")
    day = reading.document.published
    says = "no words give its day"
    says += f"; searches take the document's, {day}" if day else ", and the document has none either"
    return Reason(part="date", found=None, steps=(Step(says=says),))


def _place(reading: Reading, event: Event) -> Reason:
    where = event.location
    if where is None:
        return Reason(part="location", found=None, steps=(Step(says="no words give its place"),))
    places = {place.id: place for place in reading.places}
    place = places.get(where.place or "")
    steps = [Step(says=f"“{shorten(where.span.text)}”", words=where.span)]
    if place is None:
        steps.append(Step(says="tied to no place of the table"))
    else:
        steps.append(Step(says=f"{place.name} ({place.id}{', ' + place.country if place.country else ''})"))
    if where.lat is not None and where.lon is not None:
        steps.append(Step(says=f"at {where.lat:.2f} {where.lon:.2f}"))
    return Reason(
        part="location", found=spell_location(where, places), words=(where.span,), steps=tuple(steps)
    )
