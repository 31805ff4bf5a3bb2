"""A reading as HTML: one self-contained page, or a fragment for a notebook.

Neither needs a script or anything from outside the file. Everything that came
from a document passes through the template's escaping; nothing is marked safe
but style rules made of numbers.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import jinja2
import msgspec

from onrecord.cards import Card, group_by_speaker, make_cards, spell_day
from onrecord.confidence import keep_confident
from onrecord.marked import Numbered, Segment, mark, number_statements, printable, split_lines
from onrecord.records import Reading

TEMPLATES = Path(__file__).parent / "templates"


class Piece(msgspec.Struct, frozen=True, kw_only=True):
    """A segment ready to be drawn: its words, tag and classes, and the anchors around it."""

    text: str
    tag: str
    classes: str
    opens: tuple[int, ...] = ()  # statements whose first marked words these are
    closes: tuple[Numbered, ...] = ()  # statements whose last marked words these are


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the article and the cards of the statements that begin in it."""

    pieces: tuple[Piece, ...]
    cards: tuple[Card, ...]
    skipped: str | None


def to_html(reading: Reading, *, min_confidence: float = 0.0) -> str:
    """A complete page: the article with its statements marked, and a card beside each.

    Statements below ``min_confidence`` are left out; the page says how many.
    """
    numbered = number_statements(reading, min_confidence=min_confidence)
    return _render("article.html", reading, numbered, min_confidence)


def to_notebook(reading: Reading, *, min_confidence: float = 0.0) -> str:
    """A compact, escaped HTML fragment with styles of its own, for a notebook cell."""
    numbered = number_statements(reading, min_confidence=min_confidence)
    return _render("notebook.html", reading, numbered, min_confidence)


def _render(template: str, reading: Reading, numbered: tuple[Numbered, ...], min_confidence: float) -> str:
    doc = reading.document
    hidden = len(reading.statements) - len(numbered)
    html = (
        _environment()
        .get_template(template)
        .render(
            doc=doc,
            title=doc.title or "Untitled document",
            link=doc.url if (doc.url or "").startswith(("https://", "http://")) else None,
            published=spell_day(doc.published),
            rows=_rows(reading, numbered, min_confidence),
            voices=group_by_speaker(numbered),
            named=len({item.speaker.id for item in numbered if item.speaker}),
            unnamed=sum(item.speaker is None for item in numbered),
            numbered=numbered,
            hidden=hidden,
            min_confidence=f"{min_confidence:.2f}",
            notes=keep_confident(reading, min_confidence).notes,
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


def _rows(reading: Reading, numbered: tuple[Numbered, ...], min_confidence: float) -> list[Row]:
    """The non-empty lines of the article with their cards."""
    text = reading.document.text
    lines = split_lines(text, mark(reading, min_confidence=min_confidence))
    first, last = _extents(lines)
    cards = {card.number: card for card in make_cards(numbered, reading.places)}
    by_number = {item.number: item for item in numbered}
    rows = []
    for line in lines:
        if not printable("".join(text[s.start : s.end] for s in line)).strip():
            continue
        opens = {s.start: tuple(n for n, at in first.items() if at == s.start) for s in line}
        closes = {s.end: tuple(by_number[n] for n, at in last.items() if at == s.end) for s in line}
        rows.append(
            Row(
                pieces=tuple(_piece(text, s, by_number, opens[s.start], closes[s.end]) for s in line),
                cards=tuple(cards[number] for s in line for number in opens[s.start]),
                skipped=line[0].skipped if all(s.skipped == line[0].skipped for s in line) else None,
            )
        )
    return rows


def _extents(lines: list[list[Segment]]) -> tuple[dict[int, int], dict[int, int]]:
    """For each statement, where its first marked segment starts and where its content (or cue) ends."""
    first: dict[int, int] = {}
    last: dict[int, int] = {}
    last_content: dict[int, int] = {}
    for segment in (s for line in lines for s in line):
        for what in sorted(segment.marks):
            first.setdefault(what.number, segment.start)
            last[what.number] = segment.end
            if what.role == "content":
                last_content[what.number] = segment.end
    return first, last | last_content


def _piece(
    text: str,
    segment: Segment,
    by_number: dict[int, Numbered],
    opens: tuple[int, ...],
    closes: tuple[Numbered, ...],
) -> Piece:
    roles = {what.role for what in segment.marks}
    contents = segment.numbers("content")
    classes: list[str] = [role for role in ("source", "cue", "content") if role in roles]
    if contents:
        innermost = by_number[contents[-1]].statement
        classes += [innermost.mode] + ["nested"] * (len(contents) > 1)
    if segment.skipped:
        classes.append("skipped")
    classes += [f"m{number}" for number in sorted({what.number for what in segment.marks})]
    return Piece(
        text=text[segment.start : segment.end],
        tag="b" if "source" in roles else "i" if "cue" in roles else "span",
        classes=" ".join(classes),
        opens=opens,
        closes=closes,
    )
