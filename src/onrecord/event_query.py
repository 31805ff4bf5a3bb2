"""Questions about events and their answers: who did what to whom, when, and who says so.

As in query.py a question is a value and becomes SQL; nothing is decoded but
the readings of the events that are shown.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal, get_args

import msgspec

from onrecord.access import Access
from onrecord.errors import UsageError
from onrecord.index import UNDATED, days_of, fold
from onrecord.plover import CONTEXTS, MODES, QUADS, TYPES
from onrecord.query import (
    DocumentHead,
    alone,
    check_range,
    encodable,
    highlights,
    match_expression,
    places_for,
)
from onrecord.records import Actor, Event, Mention, Modality, Place, Reading, Span, Statement

ARTICLE = "article"
"""What ``asserted_by`` is where the article itself says that something happened."""

_Role = Literal["actor", "recipient"]


class EventQuery(msgspec.Struct, frozen=True, kw_only=True):
    """Which events to look for; everything given must hold.

    ``words``: as in query.Query, in the sentence that reports it. ``actor``,
    ``recipient`` and ``party`` (either role): a name or an id; the table of
    actors gives the other names. ``country`` (either role), ``actor_country``
    and ``recipient_country``: a code such as FRA. ``type``: one or several of
    the sixteen. ``since``/``until``: ISO days, both included, of the event
    where the text dates it, else of publication. ``asserted_by``: who makes the
    statement that says so, by name or id, or "article" for the article itself.
    """

    words: str | None = None
    party: str | None = None
    actor: str | None = None
    recipient: str | None = None
    country: str | None = None
    actor_country: str | None = None
    recipient_country: str | None = None
    type: str | tuple[str, ...] | None = None
    mode: str | None = None
    context: str | None = None
    quad: int | None = None
    modality: Modality | None = None
    asserted_by: str | None = None
    since: str | None = None
    until: str | None = None
    outlet: str | None = None
    document: str | None = None
    min_confidence: float = 0.0
    limit: int | None = 50
    offset: int = 0


class EventHit(msgspec.Struct, frozen=True, kw_only=True):
    """An event found.

    ``actors`` and ``recipients``: those whom its mentions stand for, without
    their own mentions. ``statement``: the one that asserts it, and
    ``asserted_by`` who made that; both None where the article says so.
    ``first`` and ``last``: its days, the document's where the text gives none.
    ``found``: the words looked for, in the sentence.
    """

    event: Event
    actors: tuple[Actor, ...]
    recipients: tuple[Actor, ...]
    statement: Statement | None
    asserted_by: Actor | None
    place: Place | None
    first: str | None
    last: str | None
    document: DocumentHead
    found: tuple[Span, ...] = ()


class _Sql(msgspec.Struct, frozen=True):
    source: str
    params: tuple[Any, ...]
    match: str | None
    ordered: bool  # an index gives the order by day


def search_events(store: Access, query: EventQuery) -> list[EventHit]:
    """The events that fit, best first where words are given, else by day (undated last) and position."""
    sql = build(store, query)
    if sql is None:
        return []
    rows = store.select(
        "SELECT e.number, e.position, d.number, d.id, d.given_id, d.title, d.outlet, d.published, d.url "
        f"{sql.source} ORDER BY {order(sql)} LIMIT ? OFFSET ?",
        (*sql.params, -1 if query.limit is None else query.limit, query.offset),
    )
    marks = highlights(store, sql.match, [row[0] for row in rows], table="event_words") if sql.match else {}
    return list(_hits(store, rows, marks))


def count_events(store: Access, query: EventQuery) -> int:
    """How many events fit, whatever the query's limit."""
    sql = build(store, query)
    return int(store.select(f"SELECT count(*) {sql.source}", sql.params)[0][0]) if sql else 0


def build(store: Access, query: EventQuery) -> _Sql | None:
    """The FROM and WHERE of a query; None if it can find nothing (words without a single letter)."""
    check(query)
    source = "FROM events e JOIN documents d ON d.number = e.document"
    where: list[str] = []
    params: list[Any] = []
    match = None
    if query.words and query.words.strip():
        match = match_expression(query.words)
        if match is None:
            return None
        source += " JOIN event_words ON event_words.rowid = e.number"
        where, params = ["event_words MATCH ?"], [match]
    narrow = [*_who_conditions(store, query), *_document_conditions(store, query)]
    for condition, values in (*narrow, *_what_conditions(query), *_day_conditions(query)):
        where.append(condition)
        params += values
    return _Sql(f"{source} WHERE {' AND '.join(where) or 'TRUE'}", tuple(params), match, not narrow)


def order(sql: _Sql) -> str:
    """The ORDER BY of a query."""
    if sql.match:
        return "event_words.rank, e.first_day, e.document, e.position"
    # As in query.py: the plus keeps SQLite from walking all days where a filter finds few of them faster.
    return f"{'' if sql.ordered else '+'}e.first_day, e.document, e.position"


# The events in which an actor with such a name, or of such a country, takes part.
_NAMED = """(e.document, e.position) IN (SELECT p.document, p.event FROM names n
JOIN parties p ON p.document = n.document AND p.actor = n.actor WHERE n.key IN"""
_OF_COUNTRY = """(e.document, e.position) IN (SELECT p.document, p.event FROM actors a
JOIN parties p ON p.document = a.document AND p.actor = a.position WHERE a.country = ?"""
_ASSERTED = "(e.document, e.asserter) IN (SELECT document, actor FROM names WHERE key IN"


def _who_conditions(store: Access, query: EventQuery) -> Iterator[tuple[str, list[Any]]]:
    names: tuple[tuple[str | None, _Role | None], ...] = (
        (query.party, None),
        (query.actor, "actor"),
        (query.recipient, "recipient"),
    )
    for name, role in names:
        if name:
            keys = name_keys(store, name)
            yield f"{_NAMED} ({places_for(keys)}){_of(role)})", list(keys)
    countries: tuple[tuple[str | None, _Role | None], ...] = (
        (query.country, None),
        (query.actor_country, "actor"),
        (query.recipient_country, "recipient"),
    )
    for code, role in countries:
        if code:
            yield f"{_OF_COUNTRY}{_of(role)})", [encodable(code).upper()]
    if query.asserted_by and query.asserted_by.casefold() == ARTICLE:
        yield "e.statement IS NULL", []
    elif query.asserted_by:
        keys = name_keys(store, query.asserted_by)
        yield f"{_ASSERTED} ({places_for(keys)}))", list(keys)


def _of(role: _Role | None) -> str:
    return f" AND p.role = '{role}'" if role else ""


def name_keys(store: Access, name: str) -> list[str]:
    """The keys under which an actor stands in the index: the name as typed, and the ids that go by it.

    So "IAEA" finds whom a text only calls by the full name, if the table of actors has both.
    """
    typed = encodable(name)
    known = store.identities().known.find(typed)
    return list(dict.fromkeys((fold(typed), *(fold(entity.id) for entity in known))))


def _document_conditions(store: Access, query: EventQuery) -> Iterator[tuple[str, list[Any]]]:
    if query.document:
        yield "d.id = ?", [store.resolve(query.document)]
    if query.outlet:
        yield "d.outlet_key = ?", [fold(encodable(query.outlet))]


def _what_conditions(query: EventQuery) -> Iterator[tuple[str, list[Any]]]:
    if types := types_of(query):
        yield f"e.type IN ({places_for(list(types))})", list(types)
    if query.mode:
        yield "e.mode = ?", [query.mode]
    if query.context:
        yield "instr(e.context, ?)", [f" {query.context} "]
    if query.quad:
        yield "e.quad = ?", [query.quad]
    if query.modality:
        yield "e.modality = ?", [query.modality]
    if query.min_confidence > 0:
        yield "e.confidence >= ?", [query.min_confidence]


def _day_conditions(query: EventQuery) -> Iterator[tuple[str, list[Any]]]:
    if query.since or query.until:
        yield "e.first_day < ?", [UNDATED]
    if query.since:
        yield "e.last_day >= ?", [query.since]
    if query.until:
        yield "e.first_day <= ?", [query.until]


def types_of(query: EventQuery) -> tuple[str, ...]:
    """The event types asked for, as the manual spells them."""
    given = (query.type,) if isinstance(query.type, str) else query.type or ()
    return tuple(name.upper() for name in given)


def check(query: EventQuery) -> None:
    """Raise UsageError for a query that makes no sense, saying what would."""
    check_range(query.since, query.until, query.limit, query.offset)
    modes = sorted({mode for some in MODES.values() for mode in some})
    for name, given, known in (
        *(("type", kind, tuple(TYPES)) for kind in types_of(query)),
        ("mode", query.mode, modes),
        ("context", query.context, CONTEXTS),
        ("quad", query.quad, tuple(QUADS)),
        ("modality", query.modality, get_args(Modality)),
    ):
        if given is not None and given not in known:
            listed = ", ".join(str(one) for one in known)
            raise UsageError(f"{given!r} is no {name} of an event; use one of: {listed}")


def _hits(
    store: Access, rows: list[tuple[Any, ...]], marks: dict[int, tuple[tuple[int, int], ...]]
) -> Iterator[EventHit]:
    readings: dict[int, Reading] = {}
    for number, position, doc, doc_id, given_id, title, outlet, published, url in rows:
        if doc not in readings:
            readings[doc] = store.read_number(doc, doc_id)
        head = DocumentHead(
            id=doc_id, given_id=given_id, title=title, outlet=outlet, published=published, url=url
        )
        event = readings[doc].events[position]
        yield describe(readings[doc], event, head, found=_found(event.sentence, marks.get(number, ())))


def events_of(reading: Reading) -> list[EventHit]:
    """Every event of one reading, as a search would give it, in the reading's order."""
    doc = reading.document
    fields = {name: getattr(doc, name) for name in DocumentHead.__struct_fields__}
    return [describe(reading, event, DocumentHead(**fields)) for event in reading.events]


def describe(reading: Reading, event: Event, head: DocumentHead, *, found: tuple[Span, ...] = ()) -> EventHit:
    """An event with what the reading says of those in it."""
    actors = {actor.id: actor for actor in reading.actors}
    stmt = next((s for s in reading.statements if s.id == event.statement), None)
    asserter = actors.get((stmt.speaker if stmt else None) or "")
    at = event.location.place if event.location else None
    place = next((p for p in reading.places if p.id == at), None)
    days = days_of(event.date, reading.document)
    first, last = (None if day == UNDATED else day for day in days)
    return EventHit(
        event=event,
        actors=_participants(event.actor, actors),
        recipients=_participants(event.recipient, actors),
        statement=stmt,
        asserted_by=alone(asserter) if asserter else None,
        place=msgspec.structs.replace(place, mentions=()) if place else None,
        first=first,
        last=last,
        document=head,
        found=found,
    )


def _participants(mentions: tuple[Mention, ...], actors: dict[str, Actor]) -> tuple[Actor, ...]:
    """The actors behind the mentions, each once, in their order."""
    ids = dict.fromkeys(m.actor for m in mentions if m.actor in actors)
    return tuple(alone(actors[i]) for i in ids if i)


def _found(sentence: Span, marks: tuple[tuple[int, int], ...]) -> tuple[Span, ...]:
    return tuple(
        Span(start=sentence.start + a, end=sentence.start + b, text=sentence.text[a:b]) for a, b in marks
    )
