"""Why a statement says what it says: every part with its words, how it was resolved, and what decided it.

What the reading does not hold is recomputed where that gives one answer (the
row of the table, who held an office on a day), and called "not stored" where
it does not. Nothing here guesses a reason.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from onrecord.cards import MODES, spell_day, spell_interval
from onrecord.decisions import Decision
from onrecord.errors import UsageError
from onrecord.identities import ActorDecision, by
from onrecord.knowledge import Knowledge
from onrecord.provenance import Step, find_steps, plain_span
from onrecord.records import Actor, Interval, Mention, Note, Reading, Record, Span, Statement
from onrecord.sentences import find_paragraphs, find_sentences
from onrecord.store import Store

PUBLISHED_FROM = {
    "flag": "given with --date",
    "input": "given with the document",
    "feed": "stated by the feed",
    "json-ld": "stated by the page (JSON-LD)",
    "meta": "stated by the page (meta element)",
    "dateline": "read off the dateline",
    "htmldate": "estimated from the page by htmldate, the least trusted source",
}
FORMS = {"name": "a name", "nominal": "a description", "pronoun": "a pronoun"}


class Reason(Record, frozen=True, kw_only=True):
    """One part of a statement: what was found, in which words, and the steps that lead there."""

    part: str
    found: str | None
    words: tuple[Span, ...] = ()
    steps: tuple[Step, ...] = ()


class Explanation(Record, frozen=True, kw_only=True):
    """The chain of reasons for one statement of one document."""

    statement: str
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


def explain(
    reading: Reading,
    statement: str,
    *,
    known: Knowledge,
    decisions: Sequence[Decision] = (),
    identities: Sequence[ActorDecision] = (),
) -> Explanation:
    """Why the statement with this id is as it is in the reading; people's decisions as given.

    Raises UsageError if the reading has no such statement.
    """
    stmt = next((s for s in reading.statements if s.id == statement), None)
    if stmt is None:
        raise UsageError(
            f"no statement {statement!r} in {reading.document.id}; take an id that `onrecord search` shows"
        )
    doc = reading.document
    actors = {actor.id: actor for actor in reading.actors}
    touched = {m.actor for m in _mentions(stmt)} | {stmt.speaker}
    return Explanation(
        statement=stmt.id,
        document=doc.id,
        title=doc.title,
        published=doc.published,
        published_from=doc.published_from,
        sentences=tuple(_sentences(doc.text, stmt)),
        reasons=tuple(_reasons(reading, stmt, actors, known)),
        confidence=stmt.confidence,
        notes=tuple(n for n in reading.notes if n.statement == stmt.id or is_about(n, touched, actors)),
        decisions=tuple(d for d in decisions if d.statement == stmt.id),
        identities=tuple(d for d in identities if {d.actor, d.target} & touched or d.target in touched),
    )


def explain_in(store: Store, doc_id: str, statement: str) -> Explanation:
    """Why a statement of a record is as it is; of one that people rejected, why the machine had it."""
    reading = get_reading_with(store, doc_id, statement)
    return explain(
        reading,
        statement,
        known=store.identities().known,
        decisions=tuple(store.decisions(doc_id)),
        identities=tuple(d for d in store.actor_decisions() if d.state == "in force"),
    )


def get_reading_with(store: Store, doc_id: str, statement: str) -> Reading:
    """The reading with what people decided; as the machine made it if they left the statement out."""
    reading = store.get_reading(doc_id)
    if all(stmt.id != statement for stmt in reading.statements):
        return store.get_reading(doc_id, decided=False)
    return reading


def _mentions(stmt: Statement) -> Iterator[Mention]:
    yield from (m for m in (stmt.source, *stmt.via, stmt.addressee) if m is not None)


def is_about(note: Note, touched: set[str | None], actors: dict[str, Actor]) -> bool:
    """Whether a note on identities speaks of an actor of the statement."""
    if note.code not in ("decided-identity", "identity-contradicts"):
        return False
    return any(f"({i})" in note.message or actors[i].name in note.message for i in touched if i in actors)


def _sentences(text: str, stmt: Statement) -> Iterator[Span]:
    """The sentences in which a part of the statement stands, in text order."""
    parts: list[Span] = [*_mentions(stmt), *stmt.content, *(s for s in (stmt.cue, stmt.venue) if s)]
    for paragraph in find_paragraphs(text):
        for start, end in find_sentences(text, *paragraph):
            if any(part.start < end and start < part.end for part in parts):
                yield Span(start=start, end=end, text=text[start:end])


def _reasons(
    reading: Reading, stmt: Statement, actors: dict[str, Actor], known: Knowledge
) -> Iterator[Reason]:
    yield _speaker(reading, stmt, actors, known)
    yield Reason(
        part="cue",
        found=stmt.cue.text if stmt.cue else None,
        words=(stmt.cue,) if stmt.cue else (),
        steps=() if stmt.cue else (Step(says="no word introduces it: it goes on from what stands before"),),
    )
    yield _content(stmt)
    for mention in stmt.via:
        yield explain_party("via", mention, reading, actors, known)
    if stmt.addressee:
        yield explain_party("addressee", stmt.addressee, reading, actors, known)
    if stmt.venue:
        yield _venue(reading, stmt)
    if stmt.said_on:
        yield explain_date(reading, stmt.said_on)
    yield from explain_parents(reading, stmt, actors)
    yield Reason(
        part="confidence",
        found=f"{stmt.confidence:.2f}",
        steps=(
            Step(
                says="how often statements that the model is as sure of are right: calibrated from its "
                "sureness of the cue, the source and the content; these three are not stored"
            ),
        ),
    )


def _speaker(reading: Reading, stmt: Statement, actors: dict[str, Actor], known: Knowledge) -> Reason:
    actor = actors.get(stmt.speaker or "")
    if stmt.source is None:
        says = "no words name the source here; the statement goes on with a speaker named before"
        steps = [Step(says=says if actor else "no words name the source here")]
        steps += find_steps(actor, None, reading, known) if actor else []
        return Reason(part="speaker", found=spell_known(actor) if actor else None, steps=tuple(steps))
    made = explain_party(
        "speaker", msgspec.structs.replace(stmt.source, actor=stmt.speaker), reading, actors, known
    )
    if actor is None:
        why = [n.message for n in reading.notes if n.statement == stmt.id and "speaker" in n.code]
        says = why[0] if why else "left open; the reason is not stored"
        made = msgspec.structs.replace(made, steps=(made.steps[0], Step(says=says)))
    return made


def explain_party(
    part: str, mention: Mention, reading: Reading, actors: dict[str, Actor], known: Knowledge
) -> Reason:
    """A mention with the actor it stands for and how it is known to."""
    steps = [Step(says=f"“{mention.text}” is {FORMS[mention.form]}", words=plain_span(mention))]
    actor = actors.get(mention.actor or "")
    if actor is not None:
        steps += find_steps(actor, mention, reading, known)
    elif part != "speaker":
        steps.append(Step(says="tied to nobody: the words stand as they are"))
    return Reason(
        part=part,
        found=spell_known(actor) if actor else None,
        words=(plain_span(mention),),
        steps=tuple(steps),
    )


def _content(stmt: Statement) -> Reason:
    steps = [Step(says=f"“{shorten(span.text)}”", words=span) for span in stmt.content]
    marks = {"direct": "stands in quotation marks", "mixed": "stands in quotation marks in part"}
    says = marks.get(stmt.mode, "stands in no quotation marks")
    steps.append(Step(says=f"{MODES[stmt.mode]}: the content {says}"))
    return Reason(part="content", found=MODES[stmt.mode], words=stmt.content, steps=tuple(steps))


def _venue(reading: Reading, stmt: Statement) -> Reason:
    venue = stmt.venue
    assert venue is not None  # noqa: S101 - the caller asked
    place = next((p for p in reading.places if p.id == venue.place), None)
    if place is None:
        step = Step(says="tied to no place of the table")
    else:
        where = (
            f", {place.lat:.2f} {place.lon:.2f}" if place.lat is not None and place.lon is not None else ""
        )
        step = Step(says=f"{place.name} ({place.id}{', ' + place.country if place.country else ''}{where})")
    return Reason(
        part="venue", found=place.name if place else None, words=(plain_span(venue),), steps=(step,)
    )


def explain_date(reading: Reading, interval: Interval, *, part: str = "said_on") -> Reason:
    """When it was: the words that give the day, and what they were counted from."""
    doc = reading.document
    steps = []
    if interval.expression:
        steps.append(Step(says=f"“{interval.expression.text}”", words=interval.expression))
    else:
        steps.append(Step(says="no words of the text give it"))
    if doc.published:
        origin = PUBLISHED_FROM.get(doc.published_from or "", "where from is not stored")
        steps.append(Step(says=f"counted from the document's date, {spell_day(doc.published)}: {origin}"))
    else:
        steps.append(Step(says="the document has no date, so words that count from it stay without a value"))
    if interval.from_ is None and interval.to is None:
        steps.append(Step(says="no value"))
        return Reason(part=part, found=None, words=_expression(interval), steps=tuple(steps))
    days = " to ".join(dict.fromkeys((interval.from_ or "?", interval.to or "?")))
    known_to = f", known to the {interval.precision}" if interval.precision else ""
    steps.append(Step(says=f"{days}{known_to}; the rule that gave it is not stored"))
    return Reason(part=part, found=spell_interval(interval), words=_expression(interval), steps=tuple(steps))


def _expression(interval: Interval) -> tuple[Span, ...]:
    return (interval.expression,) if interval.expression else ()


def explain_parents(reading: Reading, stmt: Statement, actors: dict[str, Actor]) -> Iterator[Reason]:
    """The statements around this one, innermost first."""
    by_id = {s.id: s for s in reading.statements}
    seen = {stmt.id}
    outer = by_id.get(stmt.parent or "")
    while outer is not None and outer.id not in seen:
        seen.add(outer.id)
        who = actors[outer.speaker].name if outer.speaker in actors else "a speaker not singled out"
        cue = f" {outer.cue.text}" if outer.cue else ""
        says = f"reported inside what {who}{cue}: {outer.id}"
        yield Reason(part="within", found=who, words=outer.content, steps=(Step(says=says),))
        outer = by_id.get(outer.parent or "")


def spell_known(actor: Actor) -> str:
    """The actor in a line: name, role, country, id."""
    more = ", ".join(x for x in (actor.role, actor.country) if x)
    return f"{actor.name} ({more + '; ' if more else ''}{actor.id})"


def shorten(words: str, most: int = 90) -> str:
    """The words on one line, cut where they are too many."""
    flat = " ".join(words.split())
    return flat if len(flat) <= most else flat[: most - 1] + "…"


def spell_decision(decision: Decision | ActorDecision) -> str:
    """What a person decided, in words."""
    if isinstance(decision, Decision):
        value = "taken back" if decision.withdrawn else decision.value or "nobody"
        who = decision.decided_by or "a person"
        return f"{decision.kind}: {value}, by {who} on {decision.decided_at[:10]} ({decision.state})"
    what = {"link": f"is {decision.target}", "unlink": "is not", "entity": "row", "tenure": "office"}[
        decision.kind
    ]
    return f"{decision.actor} {what}, {by(decision)} ({decision.state})"
