"""The value types of a record: what one reading of one document contains.

These structs are the wire contract (docs/record.md): field names, order and
nesting are exactly those of the JSON. Every value that the machine found
carries its evidence, a :class:`Span`: the offsets *and* the words, so that a
record can be checked by anyone who has the text.

Offsets are half-open and count Unicode code points of ``document.text``;
always ``document.text[span.start:span.end] == span.text``.

This module holds values only: no I/O, no models, nothing of ours imported.
"""

from __future__ import annotations

from typing import Any, Literal, TypeAlias

import msgspec

WIRE_VERSION = "1"

Form: TypeAlias = Literal["name", "nominal", "pronoun"]
Mode: TypeAlias = Literal["direct", "indirect", "mixed"]
Kind: TypeAlias = Literal["person", "organization", "country", "group", "place"]
LinkedBy: TypeAlias = Literal["name", "role", "metonym", "coreference", "spelling", "user"]
Precision: TypeAlias = Literal["day", "week", "month", "year"]
PublishedFrom: TypeAlias = Literal["flag", "input", "feed", "json-ld", "meta", "dateline", "htmldate"]
Modality: TypeAlias = Literal["actual", "future", "hypothetical", "negated", "historical"]
# fmt: off
Act: TypeAlias = Literal[
    "assert", "deny", "promise", "request", "demand", "offer", "accept", "reject", "accuse",
    "threaten", "praise", "warn", "ask", "believe", "intend", "other",
]
# fmt: on


class Record(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The base of all values: frozen, compared by content, strict about fields."""


class Span(Record, frozen=True, kw_only=True):
    """The words that prove something, and where they stand in ``document.text``."""

    start: int
    end: int
    text: str


class Skipped(Span, frozen=True, kw_only=True):
    """A stretch of the document that was seen and kept, but not read as news prose."""

    why: str


class Mention(Span, frozen=True, kw_only=True):
    """Words that stand for a participant; ``actor`` is an id of ``Reading.actors`` or None."""

    actor: str | None = None
    form: Form


class Venue(Span, frozen=True, kw_only=True):
    """Where or on what occasion something was said; ``place`` is an id of ``Reading.places``."""

    place: str | None = None


class Interval(Record, frozen=True, kw_only=True, rename={"from_": "from"}):
    """A date as an interval of ISO days, both ends included; None where it cannot be known."""

    from_: str | None
    to: str | None
    precision: Precision | None
    expression: Span | None = None


class Document(Record, frozen=True, kw_only=True):
    """The document that was read, with its text whole and unchanged."""

    id: str
    given_id: str | None = None
    url: str | None = None
    title: str | None = None
    outlet: str | None = None
    author: str | None = None
    language: str | None = None
    published: str | None = None
    published_from: PublishedFrom | None = None
    modified: str | None = None
    text: str
    skipped: tuple[Skipped, ...] = ()


class Actor(Record, frozen=True, kw_only=True):
    """A participant of the document, resolved as far as the evidence allows.

    ``on_behalf_of`` is the id of the actor for whom a spokesperson speaks, where the text says so.
    """

    id: str
    name: str
    kind: Kind | None = None
    country: str | None = None
    sector: str | None = None
    role: str | None = None
    linked_by: LinkedBy | None = None
    confidence: float | None = None
    on_behalf_of: str | None = None
    mentions: tuple[Mention, ...] = ()


class Statement(Record, frozen=True, kw_only=True):
    """Who is reported to have said (written, believed, intended) what, through whom.

    ``id`` is a hash of the document and the spans claimed, never of who found
    it or when. ``speaker`` is an actor id; None means that nobody is named or
    that the evidence does not single one out (a note then says so). ``content``
    holds one or more spans in text order, quotation marks included.
    """

    id: str
    source: Mention | None = None
    speaker: str | None = None
    cue: Span | None = None
    content: tuple[Span, ...] = ()
    mode: Mode
    act: Act | None = None
    via: tuple[Mention, ...] = ()
    addressee: Mention | None = None
    venue: Venue | None = None
    said_on: Interval | None = None
    parent: str | None = None
    hedged: bool | None = None
    negated: bool | None = None
    confidence: float


class Location(Record, frozen=True, kw_only=True):
    """Where an event took place; ``lat`` and ``lon`` are WGS 84 degrees."""

    span: Span
    place: str | None = None
    lat: float | None = None
    lon: float | None = None


class Event(Record, frozen=True, kw_only=True):
    """Who did what to whom, in the terms of the PLOVER manual 2.0.

    ``other_triggers`` are further reports of the same event in the document. ``statement`` is the id of the
    statement that asserts it; None means that the article itself does.
    """

    id: str
    type: str
    mode: str | None = None
    context: tuple[str, ...] = ()
    quad: int
    actor: tuple[Mention, ...] = ()
    recipient: tuple[Mention, ...] = ()
    trigger: Span
    other_triggers: tuple[Span, ...] = ()
    sentence: Span
    location: Location | None = None
    date: Interval | None = None
    modality: Modality
    statement: str | None = None
    confidence: float


class Stance(Record, frozen=True, kw_only=True):
    """One actor's support of, or opposition to, another, with the words that show it."""

    holder: str
    target: str
    polarity: Literal["support", "oppose"]
    evidence: Span
    statement: str | None = None
    confidence: float


class Place(Record, frozen=True, kw_only=True):
    """A place named as a venue or an event's location."""

    id: str
    name: str
    country: str | None = None
    lat: float | None = None
    lon: float | None = None
    mentions: tuple[Mention, ...] = ()


class Note(Record, frozen=True, kw_only=True):
    """What was left open, and why. ``statement`` is the id it is about, if any."""

    code: str
    message: str
    statement: str | None = None


class ProducedBy(Record, frozen=True, kw_only=True):
    """The software and the weights that made a reading."""

    onrecord: str
    model: str
    model_sha256: str


class Reading(Record, frozen=True, kw_only=True):
    """Everything that one reading of one document found.

    >>> reading = onrecord.read("The bases will go, the premier said.", published="1962-10-28")
    >>> reading == Reading.from_dict(reading.to_dict())
    True
    """

    onrecord: str = WIRE_VERSION
    document: Document
    actors: tuple[Actor, ...] = ()
    statements: tuple[Statement, ...] = ()
    events: tuple[Event, ...] = ()
    stances: tuple[Stance, ...] = ()
    places: tuple[Place, ...] = ()
    notes: tuple[Note, ...] = ()
    produced_by: ProducedBy

    def to_dict(self) -> dict[str, Any]:
        """The wire object (docs/record.md) as plain dicts, lists and scalars."""
        built: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(self))
        return built

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Reading:
        """The reading that a wire object holds; the inverse of :meth:`to_dict`.

        Raises ``msgspec.ValidationError`` naming the field that does not fit.
        """
        return msgspec.convert(data, cls)

    def _repr_html_(self) -> str:
        """The article with its statements marked, for a notebook cell; escaped HTML.

        The one place where a value calls on a view: notebooks ask the value itself.
        """
        from onrecord.pages import to_notebook

        return to_notebook(self)
