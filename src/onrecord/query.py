"""Questions to a record, and their answers: the only road for the command line, the API and the pages.

A Query is a value; ``search``, ``count`` and ``speakers`` turn it into SQL.
Nothing a person types can be a syntax error: plain words must all occur,
"words in quotation marks" stand together, and ``word*`` is any word that
begins so. Words are compared without case and accents, and by their stem
("negotiates" finds "negotiating"). A date filter leaves undated documents out.
"""

from __future__ import annotations

import re
import secrets
import unicodedata
from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any, Literal

import msgspec

from onrecord.access import Access
from onrecord.errors import UsageError
from onrecord.index import GAP, UNDATED, fold, searchable
from onrecord.records import Act, Actor, Mode, Place, Reading, Span, Statement

# SQLite takes at most 999 parameters in older builds; highlights are fetched this many at a time.
_CHUNK = 500


class Query(msgspec.Struct, frozen=True, kw_only=True):
    """What to look for; everything given must hold.

    ``speaker``: an actor's name, a name the text uses for it, a person's last
    name, or an actor id; ``outlet``: its name; both without regard to case and
    accents. ``country``: the speaker's code, such as FRA.
    ``since``/``until``: ISO dates of publication, both included.
    ``document``: a document's id, its first digits, or its given id.
    """

    words: str | None = None
    speaker: str | None = None
    country: str | None = None
    outlet: str | None = None
    since: str | None = None
    until: str | None = None
    mode: Mode | None = None
    act: Act | None = None
    document: str | None = None
    min_confidence: float = 0.0
    limit: int | None = 50
    offset: int = 0


class DocumentHead(msgspec.Struct, frozen=True, kw_only=True):
    """Which document a hit is from."""

    id: str
    given_id: str | None = None
    title: str | None = None
    outlet: str | None = None
    published: str | None = None
    url: str | None = None


class Hit(msgspec.Struct, frozen=True, kw_only=True):
    """A statement found.

    ``excerpt``: its content as one text, spans joined by " … "; ``highlight``:
    the (start, end) of each match in ``excerpt``; ``found``: the same matches
    as spans of the document's text. ``speaker``: who spoke, without the mentions;
    ``behalf``: the name of whom a spokesperson speaks for;
    ``parent_speaker``: who reported it, where it stands inside another statement.
    """

    statement: Statement
    speaker_name: str | None
    speaker: Actor | None = None
    behalf: str | None = None
    parent_speaker: str | None = None
    place: Place | None = None
    document: DocumentHead
    excerpt: str
    highlight: tuple[tuple[int, int], ...] = ()
    found: tuple[Span, ...] = ()


class SpeakerRow(msgspec.Struct, frozen=True, kw_only=True):
    """One speaker over all documents: name, role and country as most often given, and where and when heard.

    ``first`` and ``last`` are dates of publication; None where all documents are undated.
    """

    name: str
    actor: str
    role: str | None
    country: str | None = None
    statements: int
    documents: int
    outlets: tuple[str, ...]
    first: str | None
    last: str | None


class _Sql(msgspec.Struct, frozen=True):
    source: str  # what follows SELECT … : FROM with its joins, and WHERE
    params: tuple[Any, ...]
    match: str | None  # the FTS5 expression, if words are looked for


def search(store: Access, query: Query) -> list[Hit]:
    """The statements that fit, best first where words are given, else by date (undated last) and position."""
    sql = _build(store, query)
    if sql is None:
        return []
    rows = store.select(
        "SELECT s.number, s.position, s.speaker, "
        "d.number, d.id, d.given_id, d.title, d.outlet, d.published, d.url "
        f"{sql.source} ORDER BY {_order(query, sql)} LIMIT ? OFFSET ?",
        (*sql.params, _limit(query), query.offset),
    )
    marks = highlights(store, sql.match, [row[0] for row in rows]) if sql.match else {}
    return list(_hits(store, rows, marks))


def count(store: Access, query: Query) -> int:
    """How many statements fit, whatever the query's limit."""
    sql = _build(store, query)
    return int(store.select(f"SELECT count(*) {sql.source}", sql.params)[0][0]) if sql else 0


def speakers(store: Access, query: Query) -> list[SpeakerRow]:
    """Who speaks in the statements that fit, the most heard first.

    Actors with the same id count as one, and so do local actors with the same
    name. Statements without a speaker are left out.
    """
    sql = _build(store, query)
    if sql is None:
        return []
    source = _with_actors(sql.source)
    rows = store.select(
        f"SELECT a.identity, count(*) AS heard {source} "
        "GROUP BY a.identity ORDER BY heard DESC, a.identity LIMIT ? OFFSET ?",
        (*sql.params, _limit(query), query.offset),
    )
    # What costs more is gathered only for those who are shown: less than half the time on a large record.
    details = _details(store, source, sql.params, [identity for identity, _ in rows])
    return [_speaker_row(store, identity, heard, details[identity]) for identity, heard in rows]


def find_actors(store: Access, words: str, *, document: str | None = None) -> set[tuple[str, str]]:
    """The (id, name) of the actors that go by an id or a name, in one document or in all."""
    only = store.resolve(document) if document else None
    return set(
        store.select(
            "SELECT DISTINCT a.id, a.name FROM names n "
            "JOIN actors a ON a.document = n.document AND a.position = n.actor "
            "JOIN documents d ON d.number = n.document WHERE n.key = ?1 AND (?2 IS NULL OR d.id = ?2)",
            (fold(encodable(words)), only),
        )
    )


def count_heard(store: Access, actor: str) -> tuple[int, int]:
    """In how many statements an actor (id) speaks, and in how many documents it occurs."""
    ((statements, documents),) = store.select(
        "SELECT count(s.number), count(DISTINCT a.document) FROM actors a "
        "LEFT JOIN statements s ON s.document = a.document AND s.speaker = a.position WHERE a.id = ?",
        (actor,),
    )
    return int(statements), int(documents)


def list_links(store: Access, actor: str) -> list[str]:
    """By what, in how many documents and under which names an actor (id) was linked; most often first."""
    seen: Counter[str] = Counter()
    names: dict[str, Counter[str]] = {}
    rows = store.select(
        "SELECT d.number, d.id FROM actors a JOIN documents d ON d.number = a.document WHERE a.id = ?",
        (actor,),
    )
    for number, doc_id in rows:
        for found in store.read_number(number, doc_id).actors:
            if found.id == actor:
                by = found.linked_by or "as worded"
                seen[by] += 1
                names.setdefault(by, Counter()).update(m.text for m in found.mentions if m.form != "pronoun")
    return [
        f"{by} in {number} {'document' if number == 1 else 'documents'}"
        + (": " + ", ".join(f"“{words}”" for words, _ in names[by].most_common(4)) if names[by] else "")
        for by, number in seen.most_common()
    ]


def match_expression(words: str) -> str | None:
    """The FTS5 expression for what a person typed; None if no word is in it. Never a syntax error.

    >>> match_expression('missile* "quiet talks" OR')
    '"missile"* "quiet talks" "OR"'
    """
    clean = words.replace("\0", " ").encode("utf-8", "replace").decode("utf-8")
    terms = []
    for quoted, plain in re.findall(r'"([^"]*)"?|([^\s"]+)', clean):
        text = quoted or plain
        if any(unicodedata.category(c)[0] in "LN" for c in text):
            prefix = "*" if plain.endswith("*") else ""
            terms.append(f'"{text.rstrip("*") if prefix else text}"{prefix}')
    return " ".join(terms) or None


def _build(store: Access, query: Query) -> _Sql | None:
    """The FROM and WHERE of a query; None if it can find nothing (words without a single letter)."""
    _check(query)
    source = "FROM statements s JOIN documents d ON d.number = s.document"
    where: list[str] = []
    params: list[Any] = []
    match = None
    if query.words and query.words.strip():
        match = match_expression(query.words)
        if match is None:
            return None
        source += " JOIN statement_words ON statement_words.rowid = s.number"
        where, params = ["statement_words MATCH ?"], [match]
    if query.speaker:
        source += " JOIN names n ON n.document = s.document AND n.actor = s.speaker"
    for condition, value in _conditions(store, query):
        where.append(condition)
        params.append(value)
    return _Sql(f"{source} WHERE {' AND '.join(where) or 'TRUE'}", tuple(params), match)


def _conditions(store: Access, query: Query) -> Iterator[tuple[str, Any]]:
    if query.speaker:
        yield "n.key = ?", fold(encodable(query.speaker))
    if query.country:
        speaks = "(s.document, s.speaker) IN (SELECT document, position FROM actors WHERE country = ?)"
        yield speaks, encodable(query.country).upper()
    if query.outlet:
        yield "d.outlet_key = ?", fold(encodable(query.outlet))
    if query.document:
        yield "d.id = ?", store.resolve(query.document)
    if query.since or query.until:
        yield "d.sort_date < ?", UNDATED
    if query.since:
        yield "d.sort_date >= ?", query.since
    if query.until:
        yield "d.sort_date <= ?", query.until
    if query.mode:
        yield "s.mode = ?", query.mode
    if query.act:
        yield "s.act = ?", query.act
    if query.min_confidence > 0:
        yield "s.confidence >= ?", query.min_confidence


def _check(query: Query) -> None:
    check_range(query.since, query.until, query.limit, query.offset)


def check_range(since: str | None, until: str | None, limit: int | None, offset: int) -> None:
    """Raise UsageError unless the days are days in order, and the counts are counts."""
    for name, day in (("since", since), ("until", until)):
        if day and not _is_day(day):
            raise UsageError(f"{name} {day!r} is not a date; write it as YYYY-MM-DD, such as 1962-10-22")
    if since and until and since > until:
        raise UsageError(f"since {since} is after until {until}; swap them")
    if (limit is not None and limit < 0) or offset < 0:
        raise UsageError("limit and offset are counts; give 0 or more (limit None for all)")


def _is_day(day: str) -> bool:
    try:
        return re.fullmatch(r"\d{4}-\d{2}-\d{2}", day, re.ASCII) is not None and bool(date.fromisoformat(day))
    except ValueError:
        return False


def encodable(text: str) -> str:
    """The text without lone surrogates, which no stored name can hold."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _order(query: Query, sql: _Sql) -> str:
    if sql.match:
        return "statement_words.rank, d.sort_date, d.number, s.position"
    # The plus keeps SQLite from walking all documents by date where a filter finds few of them faster.
    plus = "+" if query.speaker or query.document or query.outlet or query.act else ""
    return f"{plus}d.sort_date, d.number, s.position"


def _limit(query: Query) -> int:
    return -1 if query.limit is None else query.limit


def _with_actors(source: str) -> str:
    return source.replace(
        " WHERE ", " JOIN actors a ON a.document = s.document AND a.position = s.speaker WHERE ", 1
    )


def highlights(
    store: Access, match: str, numbers: list[int], *, table: str = "statement_words"
) -> dict[int, tuple[tuple[int, int], ...]]:
    """Row number -> positions of the matches in its searchable words, found by the index itself."""
    mark = secrets.token_hex(16)  # in no text, so what lies between two marks is text and nothing else
    found = {}
    for some in _chunks(numbers):
        for number, text in store.select(
            f"SELECT rowid, highlight({table}, 0, ?, ?) FROM {table} "  # noqa: S608 (our table, only ?)
            f"WHERE {table} MATCH ? AND rowid IN ({places_for(some)})",
            (mark, mark, match, *some),
        ):
            found[number] = tuple(_between(text.split(mark)))
    return found


def _between(parts: list[str]) -> Iterator[tuple[int, int]]:
    """The (start, end) of every second part: outside, inside, outside, inside …"""
    at = 0
    for n, part in enumerate(parts):
        if n % 2:
            yield at, at + len(part)
        at += len(part)


def _hits(
    store: Access, rows: list[tuple[Any, ...]], marks: dict[int, tuple[tuple[int, int], ...]]
) -> Iterator[Hit]:
    readings: dict[int, Reading] = {}
    for number, position, speaker, doc, doc_id, given_id, title, outlet, published, url in rows:
        if doc not in readings:
            readings[doc] = store.read_number(doc, doc_id)
        stmt = readings[doc].statements[position]
        highlight = marks.get(number, ())
        yield Hit(
            statement=stmt,
            speaker_name=None if speaker is None else readings[doc].actors[speaker].name,
            speaker=None if speaker is None else alone(readings[doc].actors[speaker]),
            behalf=_find_behalf(stmt, readings[doc]),
            parent_speaker=_find_parent_speaker(stmt, readings[doc]),
            place=_find_place(stmt, readings[doc]),
            document=DocumentHead(
                id=doc_id, given_id=given_id, title=title, outlet=outlet, published=published, url=url
            ),
            excerpt=searchable(stmt),
            highlight=highlight,
            found=tuple(_found(stmt, highlight)),
        )


def alone(actor: Actor) -> Actor:
    """The actor without the mentions."""
    return msgspec.structs.replace(actor, mentions=())


def _find_parent_speaker(stmt: Statement, reading: Reading) -> str | None:
    """The name of whoever reported the statement inside a statement of their own."""
    parent = next((s for s in reading.statements if s.id == stmt.parent), None)
    speaker = parent.speaker if parent else None
    return next((a.name for a in reading.actors if a.id == speaker), None)


def _find_behalf(stmt: Statement, reading: Reading) -> str | None:
    actors = {actor.id: actor for actor in reading.actors}
    speaker = actors.get(stmt.speaker or "")
    principal = actors.get((speaker.on_behalf_of if speaker else None) or "")
    return principal.name if principal else None


def _find_place(stmt: Statement, reading: Reading) -> Place | None:
    """Where the occasion of the statement was, without the place's other mentions."""
    at = stmt.venue.place if stmt.venue else None
    found = next((p for p in reading.places if p.id == at), None)
    return msgspec.structs.replace(found, mentions=()) if found else None


def _found(stmt: Statement, highlight: tuple[tuple[int, int], ...]) -> Iterator[Span]:
    """Matches in the joined content as spans of the document; one that runs over a gap becomes two."""
    at = 0
    for span in stmt.content:
        for start, end in highlight:
            low, high = max(start - at, 0), min(end - at, len(span.text))
            if low < high:
                yield Span(start=span.start + low, end=span.start + high, text=span.text[low:high])
        at += len(span.text) + len(GAP)


def _details(
    store: Access, source: str, params: tuple[Any, ...], identities: list[str]
) -> dict[str, tuple[Any, ...]]:
    """Identity -> documents, outlets as JSON, first and last date, of the statements that fit."""
    found = {}
    for some in _chunks(identities):
        for identity, *rest in store.select(
            "SELECT a.identity, count(DISTINCT s.document), json_group_array(DISTINCT d.outlet), "
            f"min(d.published), max(d.published) {source} "
            f"AND a.identity IN ({places_for(some)}) GROUP BY a.identity",
            (*params, *some),
        ):
            found[identity] = tuple(rest)
    return found


def _speaker_row(store: Access, identity: str, heard: int, details: tuple[Any, ...]) -> SpeakerRow:
    documents, outlets, first, last = details
    named = msgspec.json.decode(outlets, type=list[str | None])
    ((actor,),) = store.select("SELECT id FROM actors WHERE identity = ? LIMIT 1", (identity,))
    return SpeakerRow(
        name=_most_given(store, "name", identity) or actor,
        actor=actor,
        role=_most_given(store, "role", identity),
        country=_most_given(store, "country", identity),
        statements=heard,
        documents=documents,
        outlets=tuple(sorted(outlet for outlet in named if outlet)),
        first=first,
        last=last,
    )


def _chunks(items: list[Any]) -> Iterator[list[Any]]:
    for first in range(0, len(items), _CHUNK):
        yield items[first : first + _CHUNK]


def places_for(items: list[Any]) -> str:
    """A ? for each value of a list in SQL."""
    return ", ".join("?" * len(items))


def _most_given(store: Access, column: Literal["name", "role", "country"], identity: str) -> str | None:
    """The name, role or country that most documents give an actor; of several, the latest."""
    rows = store.select(
        f"SELECT a.{column} FROM actors a JOIN documents d ON d.number = a.document "  # noqa: S608 (column is ours)
        f"WHERE a.identity = ? AND a.{column} IS NOT NULL GROUP BY a.{column} "
        "ORDER BY count(*) DESC, max(d.published) DESC, 1 LIMIT 1",
        (identity,),
    )
    return rows[0][0] if rows else None
