"""A reading as HTML: one self-contained page, or a fragment for a notebook.

Neither needs a script or anything from outside the file. Everything that came
from a document passes through the template's escaping; nothing is marked safe
but style rules made of numbers.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import jinja2
import msgspec

from onrecord.cards import Card, group_by_speaker, make_cards, spell_day
from onrecord.confidence import keep_confident
from onrecord.event_cards import EventCard, make_event_cards, spell_stance
from onrecord.marked import (
    Happened,
    Numbered,
    Role,
    Segment,
    mark,
    number_events,
    number_statements,
    printable,
    split_lines,
)
from onrecord.records import Reading

TEMPLATES = Path(__file__).parent / "templates"


class Piece(msgspec.Struct, frozen=True, kw_only=True):
    """A segment ready to be drawn: its words, tag and classes, and the anchors around it."""

    text: str
    tag: str
    classes: str
    opens: tuple[int, ...] = ()  # statements whose first marked words these are
    closes: tuple[Numbered, ...] = ()  # statements whose last marked words these are
    starts: tuple[int, ...] = ()  # events of which this is the first trigger
    told: tuple[EventCard, ...] = ()  # events of which a trigger ends here


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the article and the cards of the statements and events that begin in it."""

    pieces: tuple[Piece, ...]
    cards: tuple[Card, ...]
    entries: tuple[Card | EventCard, ...]  # with the events among the statements, as the text has them
    skipped: str | None


class Marks(msgspec.Struct, frozen=True, kw_only=True):
    """What is shown of a reading, by the numbers of its marks."""

    numbered: tuple[Numbered, ...]
    statements: dict[int, Numbered]
    cards: dict[int, Card]
    events: dict[int, EventCard]


def to_html(reading: Reading, *, min_confidence: float = 0.0) -> str:
    """A complete page: the article with its statements marked, and a card beside each.

    Statements below ``min_confidence`` are left out; the page says how many.
    """
    return _render("article.html", reading, min_confidence)


def to_notebook(reading: Reading, *, min_confidence: float = 0.0) -> str:
    """A compact, escaped HTML fragment with styles of its own, for a notebook cell."""
    return _render("notebook.html", reading, min_confidence)


def _render(template: str, reading: Reading, min_confidence: float) -> str:
    doc = reading.document
    marks = _find_marks(reading, min_confidence)
    numbered = marks.numbered
    shown = keep_confident(reading, min_confidence)
    actors = {actor.id: actor for actor in reading.actors}
    html = (
        _environment()
        .get_template(template)
        .render(
            doc=doc,
            title=doc.title or "Untitled document",
            link=doc.url if (doc.url or "").startswith(("https://", "http://")) else None,
            published=spell_day(doc.published),
            rows=_rows(reading, marks, min_confidence),
            events=tuple(marks.events.values()),
            stances=tuple((spell_stance(stance, actors), stance) for stance in shown.stances),
            voices=group_by_speaker(numbered),
            named=len({item.speaker.id for item in numbered if item.speaker}),
            unnamed=sum(item.speaker is None for item in numbered),
            numbered=numbered,
            hidden=len(reading.statements) - len(numbered),
            hidden_events=len(reading.events) - len(marks.events),
            min_confidence=f"{min_confidence:.2f}",
            notes=shown.notes,
            numbers_by_id={item.statement.id: item.number for item in numbered},
            made_by=reading.produced_by,
            style=(TEMPLATES / template.replace(".html", ".css")).read_text("utf-8"),
        )
    )
    return printable(html)


@cache
def _environment() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _find_marks(reading: Reading, min_confidence: float) -> Marks:
    numbered = number_statements(reading, min_confidence=min_confidence)
    happened: tuple[Happened, ...] = number_events(reading, min_confidence=min_confidence)
    return Marks(
        numbered=numbered,
        statements={item.number: item for item in numbered},
        cards={card.number: card for card in make_cards(numbered, reading.places)},
        events={card.number: card for card in make_event_cards(happened, reading, numbered)},
    )


def _rows(reading: Reading, marks: Marks, min_confidence: float) -> list[Row]:
    """The non-empty lines of the article with their cards."""
    text = reading.document.text
    lines = split_lines(text, mark(reading, min_confidence=min_confidence))
    extents = _extents(lines)
    rows = []
    for line in lines:
        if not printable("".join(text[s.start : s.end] for s in line)).strip():
            continue
        pieces = tuple(
            _piece(text, segment, extents, marks, (*line[at + 1 : at + 2], None)[0])
            for at, segment in enumerate(line)
        )
        rows.append(
            Row(
                pieces=pieces,
                cards=tuple(marks.cards[number] for piece in pieces for number in piece.opens),
                entries=tuple(entry for piece in pieces for entry in _entries(piece, marks)),
                skipped=line[0].skipped if all(s.skipped == line[0].skipped for s in line) else None,
            )
        )
    return rows


def _entries(piece: Piece, marks: Marks) -> Iterator[Card | EventCard]:
    yield from (marks.cards[number] for number in piece.opens)
    yield from (marks.events[number] for number in piece.starts)


class Extents(msgspec.Struct, frozen=True, kw_only=True):
    """Offset -> the statements whose first, or last, marked words begin or end there; events that begin."""

    opens: dict[int, tuple[int, ...]]
    closes: dict[int, tuple[int, ...]]
    starts: dict[int, tuple[int, ...]]


def _extents(lines: list[list[Segment]]) -> Extents:
    """Where each statement and event begins, and where a statement's content (or cue) ends."""
    first: dict[int, int] = {}
    last: dict[int, int] = {}
    last_content: dict[int, int] = {}
    starts: dict[int, int] = {}
    for segment in (s for line in lines for s in line):
        for what in sorted(segment.marks):
            if what.role == "trigger":
                starts.setdefault(what.number, segment.start)
                continue
            first.setdefault(what.number, segment.start)
            last[what.number] = segment.end
            if what.role == "content":
                last_content[what.number] = segment.end
    return Extents(opens=_turned(first), closes=_turned(last | last_content), starts=_turned(starts))


def _turned(places: dict[int, int]) -> dict[int, tuple[int, ...]]:
    """Offset -> the numbers there, in the order of ``places``."""
    found: dict[int, tuple[int, ...]] = {}
    for number, at in places.items():
        found[at] = (*found.get(at, ()), number)
    return found


# A piece is drawn as one element: the first of these that it is part of. They mean something without our
# style sheet too, which a notebook may strip.
_TAGS: dict[Role, str] = {"trigger": "mark", "source": "b", "cue": "i"}


def _piece(text: str, segment: Segment, extents: Extents, marks: Marks, after: Segment | None) -> Piece:
    roles = {what.role for what in segment.marks}
    triggers = segment.numbers("trigger")
    over = [n for n in triggers if after is None or n not in after.numbers("trigger")]
    contents = segment.numbers("content")
    classes: list[str] = [role for role in ("source", "cue", "content", "trigger") if role in roles]
    if contents:
        innermost = marks.statements[contents[-1]].statement
        classes += [innermost.mode] + ["nested"] * (len(contents) > 1)
    if segment.skipped:
        classes.append("skipped")
    parts = {what.number for what in segment.marks if what.role != "trigger"}
    classes += [f"m{number}" for number in sorted(parts)] + [f"e{number}" for number in triggers]
    return Piece(
        text=text[segment.start : segment.end],
        tag=next((tag for role, tag in _TAGS.items() if role in roles), "span"),
        classes=" ".join(classes),
        opens=extents.opens.get(segment.start, ()),
        closes=tuple(marks.statements[number] for number in extents.closes.get(segment.end, ())),
        starts=extents.starts.get(segment.start, ()),
        told=tuple(marks.events[number] for number in over),
    )
