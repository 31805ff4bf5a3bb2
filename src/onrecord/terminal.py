"""A reading, and the answers to queries, as text for a terminal.

Styles come from the terminal's own sixteen colours, so they fit its theme, and
never carry meaning alone: sources are bold, cues underlined, contents stand in
brackets with the statement's number, the words that report an event are
followed by its number and type, and where a terminal knows no styles at all,
sources get *asterisks*, cues _underscores_ and the words for events ^carets^.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

import msgspec
from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from onrecord.cards import UNKNOWN_SPEAKER, Card, make_cards, spell_actor, spell_circumstances, spell_day
from onrecord.confidence import keep_confident
from onrecord.console import STYLES, clean, highlight, make_table
from onrecord.event_cards import make_event_cards, spell_stance
from onrecord.event_tables import events_table
from onrecord.marked import Role, Segment, mark, number_events, number_statements, printable
from onrecord.query import Hit, SpeakerRow
from onrecord.records import Document, Reading

SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def render_article(reading: Reading, console: Console, *, min_confidence: float = 0.0) -> RenderableType:
    """The article with its statements marked, and beneath it the list of statements and their speakers."""
    numbered = number_statements(reading, min_confidence=min_confidence)
    text = marked_text(reading, Marker(console), min_confidence)
    parts: list[RenderableType] = [render_heading(reading.document), Text(), text, Text()]
    if numbered:
        parts.append(_cards_table(make_cards(numbered, reading.places)))
    else:
        parts.append(Text("No statement to show.", style="italic"))
    happened = number_events(reading, min_confidence=min_confidence)
    if happened:
        parts += [Text(), events_table(make_event_cards(happened, reading, numbered))]
    shown = keep_confident(reading, min_confidence)
    if shown.stances:
        parts += [Text(), *_stance_lines(shown)]
    hidden = len(reading.statements) + len(reading.events) - len(numbered) - len(happened)
    if hidden:
        parts.append(Text(f"{hidden} below a confidence of {min_confidence:.2f} not shown.", style="dim"))
    parts += [Text(f"Left open: {printable(note.message)}", style="dim") for note in shown.notes]
    return Group(*parts)


def _stance_lines(reading: Reading) -> Iterator[Text]:
    """Who supports or opposes whom, a line each, with the words that show it."""
    actors = {actor.id: actor for actor in reading.actors}
    for stance in reading.stances:
        line = Text(clean(spell_stance(stance, actors)), style="bold")
        words = clean(stance.evidence.text)
        yield line.append(f"  “{words}”  {stance.confidence:.2f}", style="not bold dim")


def render_statements(reading: Reading, *, min_confidence: float = 0.0) -> RenderableType:
    """Who said what in one document, as a table under the document's heading."""
    numbered = number_statements(reading, min_confidence=min_confidence)
    heading = render_heading(reading.document)
    happened = number_events(reading, min_confidence=min_confidence)
    below: list[RenderableType] = (
        [events_table(make_event_cards(happened, reading, numbered)), Text()] if happened else []
    )
    if not numbered:
        return Group(heading, Text("  no statement found", style="dim"), *below, Text())
    table = make_table()
    table.add_column("Who", max_width=28)
    table.add_column("Said what", ratio=1)
    table.add_column("Conf.", justify="right")
    for item, card in zip(numbered, make_cards(numbered, reading.places), strict=True):
        words = " […] ".join(span.text for span in item.statement.content)
        who = _speaker(card.speaker, card.source)
        if card.cue:
            who.append(f" {clean(card.cue)}", style="not bold not italic dim")
        table.add_row(who, clean(words), card.confidence)
    return Group(heading, table, Text(), *below)


def render_heading(document: Document) -> Text:
    """One line that names a document: title, outlet, date."""
    title = Text(clean(document.title or document.given_id or document.id[:19]), style="bold")
    rest = [clean(part) for part in (document.outlet, spell_day(document.published)) if part]
    return title + Text("".join(f" · {part}" for part in rest), style="dim")


def render_speakers(rows: Iterable[SpeakerRow]) -> Table:
    """Who speaks: name and role, how often in how many documents, from when to when, and where."""
    table = make_table()
    table.add_column("Speaker", ratio=1)
    table.add_column("Statements", justify="right")
    table.add_column("Documents", justify="right")
    table.add_column("From", no_wrap=True)
    table.add_column("To", no_wrap=True)
    table.add_column("Outlets", max_width=30)
    for row in rows:
        name = _speaker(row.name, None)
        about = ", ".join(x for x in (row.role, row.country) if x)
        if about:
            name.append(f"\n{clean(about)}", style="not bold dim")
        outlets = [clean(outlet) for outlet in row.outlets[:2]]
        outlets += [f"and {len(row.outlets) - 2} more"] if len(row.outlets) > 2 else []
        numbers = (str(row.statements), str(row.documents))
        table.add_row(name, *numbers, row.first or "", row.last or "", ", ".join(outlets))
    return table


def render_figures(figures: Iterable[tuple[str, str]]) -> Table:
    """Names and values, one pair a line."""
    table = make_table()
    table.add_column("Figure")
    table.add_column("Value", ratio=1)
    for name, value in figures:
        table.add_row(clean(name), clean(value))
    return table


def render_hits(hits: Iterable[Hit]) -> Table:
    """What was found: when, who, the words with their matches set off, and where they stand."""
    table = make_table()
    table.add_column("When", no_wrap=True)
    table.add_column("Who", max_width=26)
    table.add_column("What", ratio=1)
    table.add_column("Conf.", justify="right")
    for hit in hits:
        doc = hit.document
        where = (doc.outlet, doc.title, f"document {doc.id.removeprefix('sha256:')[:8]}")
        rest = " · ".join(clean(part) for part in (*where, f"statement {hit.statement.id}") if part)
        what = highlight(hit.excerpt, hit.highlight)
        around = [f"{label} {value}" for label, value in spell_circumstances(hit.statement, hit.place)]
        around += [f"as told by {hit.parent_speaker}"] if hit.parent_speaker else []
        if around:
            what.append("\n" + " · ".join(clean(part) for part in around))
        what.append(f"\n{rest}", style="dim")
        who = _speaker(hit.speaker_name, hit.statement.source.text if hit.statement.source else None)
        about = spell_actor(hit.speaker, hit.behalf) if hit.speaker else None
        if about:
            who.append(f"\n{clean(about)}", style="not bold dim")
        table.add_row(doc.published or "undated", who, what, f"{hit.statement.confidence:.2f}")
    return table


def _speaker(name: str | None, source: str | None) -> Text:
    """The speaker's name, or the words that stand for somebody whom the evidence does not single out."""
    return Text(clean(name), style="bold") if name else Text(clean(source or "nobody named"), style="italic")


class Marker:
    """How marks are written on one terminal: its brackets, and whether it shows styles."""

    def __init__(self, console: Console) -> None:
        self.styled = console.is_terminal and not console.is_dumb_terminal
        self.unicode = console.encoding.lower().startswith("utf")

    def opening(self) -> str:
        """What stands before a content."""
        return "⟦" if self.unicode else "[["

    def closing(self, number: int) -> str:
        """What stands after a content: a bracket and the statement's number."""
        return f"⟧{str(number).translate(SUPERSCRIPTS)}" if self.unicode else f"]]({number})"

    def sign(self, role: Role) -> str:
        """What stands on both sides of a source or cue where styles cannot tell them."""
        return "" if self.styled else {"source": "*", "cue": "_", "trigger": "^"}.get(role, "")

    def label(self, words: str) -> str:
        """What stands after words that report an event: its number and type, in brackets of their own."""
        return f"‹{words}›" if self.unicode else f"<{words}>"


def marked_text(
    reading: Reading, marker: Marker, min_confidence: float, *, between: tuple[int, int] | None = None
) -> Text:
    """The text of the document with its marks; of a stretch of it where only that is wanted."""
    text = Text()
    before = Segment(start=0, end=0)
    segments = mark(reading, min_confidence=min_confidence)
    cards = make_event_cards(number_events(reading, min_confidence=min_confidence), reading)
    labels = {card.number: clean(card.label) for card in cards}
    if between is not None:
        segments = tuple(_clip(segment, *between) for segment in segments if _overlaps(segment, *between))
    for segment in (*segments, Segment(start=0, end=0)):
        for sign in _signs_between(before, segment, marker, labels):
            text.append(sign, style=STYLES["mark"])
        words = printable(reading.document.text[segment.start : segment.end])
        text.append(re.sub(r"\n\s*", "\n\n", words), style=_style(segment))
        before = segment
    return text


def _overlaps(segment: Segment, start: int, end: int) -> bool:
    return segment.start < end and start < segment.end


def _clip(segment: Segment, start: int, end: int) -> Segment:
    return msgspec.structs.replace(segment, start=max(segment.start, start), end=min(segment.end, end))


def _signs_between(left: Segment, right: Segment, marker: Marker, labels: Mapping[int, str]) -> Iterator[str]:
    """The signs that close what ends between two segments, then those that open what begins."""
    role: Role
    if left.numbers("trigger") and not right.numbers("trigger"):
        yield marker.sign("trigger")
    over = set(left.numbers("trigger")) - set(right.numbers("trigger"))
    yield from (marker.label(labels[number]) for number in sorted(over))
    for role in ("cue", "source"):
        if left.numbers(role) and not right.numbers(role):
            yield marker.sign(role)
    ending = set(left.numbers("content")) - set(right.numbers("content"))
    yield from (marker.closing(number) for number in sorted(ending, reverse=True))
    beginning = set(right.numbers("content")) - set(left.numbers("content"))
    yield from (marker.opening() for _ in beginning)
    for role in ("source", "cue", "trigger"):
        if right.numbers(role) and not left.numbers(role):
            yield marker.sign(role)


def _style(segment: Segment) -> str:
    role: Role
    for role in ("trigger", "source", "cue"):
        if segment.numbers(role):
            return STYLES[role]
    if contents := segment.numbers("content"):
        return STYLES["nested" if len(contents) > 1 else "content"]
    return STYLES["skipped"] if segment.skipped else ""


def _cards_table(cards: list[Card]) -> Table:
    table = make_table()
    table.add_column("#", justify="right", style="bold")
    table.add_column("Speaker", max_width=30)
    table.add_column("How", ratio=1)
    table.add_column("Conf.", justify="right")
    for card in cards:
        speaker = Text(clean(card.speaker), style="bold") if card.speaker else Text(UNKNOWN_SPEAKER, "italic")
        if card.about:
            speaker.append(f"\n{clean(card.about)}", style="dim")
        table.add_row(str(card.number), speaker, _how(card), card.confidence)
    return table


def _how(card: Card) -> Text:
    """The words that introduce a statement, and its circumstances."""
    text = Text(clean(card.source or ""), style=STYLES["source"] if card.source else "")
    if card.cue:
        text.append(" " if card.source else "")
        text.append(clean(card.cue), style=STYLES["cue"])
    rest = [card.mode, card.quality, *(f"{label} {value}" for label, value in card.facts)]
    rest.append(f"within {card.parent}" if card.parent else "")
    text.append("".join(f" · {clean(part)}" for part in rest if part))
    return text
