"""Questions about stances and their answers: who supports or opposes whom, and in which words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

import msgspec

from onrecord.access import Access
from onrecord.errors import UsageError
from onrecord.event_query import ARTICLE, name_keys
from onrecord.query import DocumentHead, alone, check_range, encodable, places_for
from onrecord.records import Actor, Reading, Stance, Statement


class StanceQuery(msgspec.Struct, frozen=True, kw_only=True):
    """Which stances to look for; everything given must hold.

    ``holder`` and ``target``: a name or an id. ``country``: of either.
    ``since``/``until``: ISO days of publication, both included. ``asserted_by``
    as in event_query.EventQuery.
    """

    holder: str | None = None
    target: str | None = None
    country: str | None = None
    polarity: Literal["support", "oppose"] | None = None
    asserted_by: str | None = None
    since: str | None = None
    until: str | None = None
    document: str | None = None
    min_confidence: float = 0.0
    limit: int | None = 50
    offset: int = 0


class StanceHit(msgspec.Struct, frozen=True, kw_only=True):
    """A stance found; the actors come without their mentions."""

    stance: Stance
    holder: Actor | None
    target: Actor | None
    statement: Statement | None
    asserted_by: Actor | None
    document: DocumentHead


def search_stances(store: Access, query: StanceQuery) -> list[StanceHit]:
    """The stances that fit, by day of publication (undated last) and position."""
    source, params = build(store, query)
    rows = store.select(
        "SELECT t.position, d.number, d.id, d.given_id, d.title, d.outlet, d.published, d.url "
        f"{source} ORDER BY d.sort_date, d.number, t.position LIMIT ? OFFSET ?",
        (*params, -1 if query.limit is None else query.limit, query.offset),
    )
    return list(_hits(store, rows))


def count_stances(store: Access, query: StanceQuery) -> int:
    """How many stances fit, whatever the query's limit."""
    source, params = build(store, query)
    return int(store.select(f"SELECT count(*) {source}", params)[0][0])


def build(store: Access, query: StanceQuery) -> tuple[str, list[Any]]:
    """The FROM and WHERE of a query, and its parameters."""
    check_range(query.since, query.until, query.limit, query.offset)
    if query.polarity not in (None, "support", "oppose"):
        raise UsageError(f"{query.polarity!r} is no polarity of a stance; use support or oppose")
    conditions = list(_conditions(store, query))
    where = " AND ".join(condition for condition, _ in conditions) or "TRUE"
    source = f"FROM stances t JOIN documents d ON d.number = t.document WHERE {where}"
    return source, [value for _, values in conditions for value in values]


def _conditions(store: Access, query: StanceQuery) -> Iterator[tuple[str, list[Any]]]:
    asserter = None if (query.asserted_by or "").casefold() == ARTICLE else query.asserted_by
    for column, name in (("holder", query.holder), ("target", query.target), ("asserter", asserter)):
        if name:
            keys = name_keys(store, name)
            named = f"SELECT document, actor FROM names WHERE key IN ({places_for(keys)})"  # noqa: S608 (only ?)
            yield f"(t.document, t.{column}) IN ({named})", list(keys)
    if query.asserted_by and asserter is None:
        yield "t.statement IS NULL", []
    if query.country:
        of = "(SELECT document, position FROM actors WHERE country = ?)"
        code = encodable(query.country).upper()
        yield f"((t.document, t.holder) IN {of} OR (t.document, t.target) IN {of})", [code, code]
    if query.polarity:
        yield "t.polarity = ?", [query.polarity]
    if query.document:
        yield "d.id = ?", [store.resolve(query.document)]
    if query.since or query.until:
        yield "d.sort_date BETWEEN ? AND ?", [query.since or "", query.until or "9999-12-31"]
    if query.min_confidence > 0:
        yield "t.confidence >= ?", [query.min_confidence]


def _hits(store: Access, rows: list[tuple[Any, ...]]) -> Iterator[StanceHit]:
    readings: dict[int, Reading] = {}
    for position, doc, doc_id, given_id, title, outlet, published, url in rows:
        if doc not in readings:
            readings[doc] = store.read_number(doc, doc_id)
        actors = {actor.id: alone(actor) for actor in readings[doc].actors}
        stance = readings[doc].stances[position]
        stmt = next((s for s in readings[doc].statements if s.id == stance.statement), None)
        yield StanceHit(
            stance=stance,
            holder=actors.get(stance.holder),
            target=actors.get(stance.target),
            statement=stmt,
            asserted_by=actors.get((stmt.speaker if stmt else None) or ""),
            document=DocumentHead(
                id=doc_id, given_id=given_id, title=title, outlet=outlet, published=published, url=url
            ),
        )
