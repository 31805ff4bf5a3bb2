"""A reading as a flat list of marked segments, the one shape that every view draws.

Statements overlap and nest (a claim inside a claim, a speaker's name inside
another's words), events lie across them, and neither HTML nor a terminal can draw crossing ranges.
So the text is cut at every place where a mark begins or ends; between two
cuts the set of marks does not change. Terminal, page and notebook each walk
that list and never see a span.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from typing import Literal, TypeAlias

import msgspec

from onrecord.records import Actor, Event, Reading, Span, Statement

Role: TypeAlias = Literal["source", "cue", "content", "trigger"]
Range: TypeAlias = "tuple[int, int, Mark | str]"  # a str is the reason why the stretch was not read


class Mark(msgspec.Struct, frozen=True, order=True):
    """The part that a segment plays in one statement, or event if it is a trigger.

    ``number`` is the one readers see; events have numbers of their own.
    """

    number: int
    role: Role


class Segment(msgspec.Struct, frozen=True, kw_only=True):
    """A stretch of the text over which nothing changes; ``skipped`` says why it was not read."""

    start: int
    end: int
    marks: frozenset[Mark] = frozenset()
    skipped: str | None = None

    def numbers(self, role: Role) -> list[int]:
        """The numbers of the statements (events) in which this segment plays ``role``, in order."""
        return sorted(mark.number for mark in self.marks if mark.role == role)


class Numbered(msgspec.Struct, frozen=True, kw_only=True):
    """A statement, the number under which it is shown, and the actor who spoke, if known."""

    number: int
    statement: Statement
    speaker: Actor | None
    behalf: str | None = None  # the name of whom the speaker speaks for

    @property
    def speaker_name(self) -> str | None:
        """The speaker's fullest name, or None where nobody could be singled out."""
        return self.speaker.name if self.speaker else None


def number_statements(reading: Reading, *, min_confidence: float = 0.0) -> tuple[Numbered, ...]:
    """The statements in the order in which the text reports them, numbered from 1.

    A statement keeps its number whatever ``min_confidence`` leaves out, so that
    two views of one article can be talked about with the same numbers.
    """
    actors = {actor.id: actor for actor in reading.actors}
    ordered = sorted(reading.statements, key=_position)
    return tuple(
        Numbered(
            number=number,
            statement=stmt,
            speaker=actors.get(stmt.speaker or ""),
            behalf=find_behalf(actors, stmt.speaker),
        )
        for number, stmt in enumerate(ordered, start=1)
        if stmt.confidence >= min_confidence
    )


class Happened(msgspec.Struct, frozen=True, kw_only=True):
    """An event, the number under which it is shown, and the statement that asserts it with its speaker."""

    number: int
    event: Event
    statement: Statement | None
    speaker: Actor | None


def number_events(reading: Reading, *, min_confidence: float = 0.0) -> tuple[Happened, ...]:
    """The events in the order in which the text reports them, numbered from 1.

    A number does not depend on ``min_confidence``; what a statement asserts that is
    not sure enough is left out with it: without its asserter it would be the article's.
    """
    actors = {actor.id: actor for actor in reading.actors}
    statements = {stmt.id: stmt for stmt in reading.statements}
    ordered = sorted(reading.events, key=lambda e: (e.trigger.start, e.trigger.end, e.id))
    made = []
    for number, event in enumerate(ordered, start=1):
        stmt = statements.get(event.statement or "")
        if min(event.confidence, stmt.confidence if stmt else 1.0) >= min_confidence:
            speaker = actors.get((stmt.speaker if stmt else None) or "")
            made.append(Happened(number=number, event=event, statement=stmt, speaker=speaker))
    return tuple(made)


def find_behalf(actors: Mapping[str, Actor], actor: str | None) -> str | None:
    """The name of the one for whom an actor (id) speaks, where the reading says so."""
    speaker = actors.get(actor or "")
    principal = actors.get((speaker.on_behalf_of if speaker else None) or "")
    return principal.name if principal else None


def mark(reading: Reading, *, min_confidence: float = 0.0) -> tuple[Segment, ...]:
    """The whole text of the document, cut into segments that partition it.

    A span that does not fit the text (a damaged reading) is left unmarked here;
    ``onrecord verify`` is what reports it.
    """
    size = len(reading.document.text)
    ranges: list[Range] = [
        (span.start, span.end, Mark(item.number, role))
        for item in number_statements(reading, min_confidence=min_confidence)
        for role, span in _parts(item.statement)
    ]
    ranges += [
        (span.start, span.end, Mark(item.number, "trigger"))
        for item in number_events(reading, min_confidence=min_confidence)
        for span in (item.event.trigger, *item.event.other_triggers)
    ]
    ranges += [(span.start, span.end, span.why) for span in reading.document.skipped]
    return tuple(_sweep(size, [r for r in ranges if 0 <= r[0] < r[1] <= size]))


def split_lines(text: str, segments: Iterable[Segment]) -> list[list[Segment]]:
    """The segments line by line, newlines left out; an empty line gives an empty list."""
    lines: list[list[Segment]] = [[]]
    for segment in segments:
        start = segment.start
        while (at := text.find("\n", start, segment.end)) >= 0:
            if at > start:
                lines[-1].append(msgspec.structs.replace(segment, start=start, end=at))
            lines.append([])
            start = at + 1
        if start < segment.end:
            lines[-1].append(msgspec.structs.replace(segment, start=start))
    return lines


def _sweep(size: int, ranges: list[Range]) -> Iterator[Segment]:
    """One segment for each pair of neighbouring cuts."""
    begins: dict[int, list[Mark | str]] = {}
    ends: dict[int, list[Mark | str]] = {}
    for start, end, what in ranges:
        begins.setdefault(start, []).append(what)
        ends.setdefault(end, []).append(what)
    cuts = sorted({0, size, *begins, *ends})
    standing: list[Mark | str] = []  # a list: two ranges of one statement may overlap in a damaged reading
    for start, end in pairwise(cuts):
        for what in ends.get(start, ()):
            standing.remove(what)
        standing += begins.get(start, ())
        yield Segment(
            start=start,
            end=end,
            marks=frozenset(what for what in standing if isinstance(what, Mark)),
            skipped=next((what for what in standing if isinstance(what, str)), None),
        )


def _parts(stmt: Statement) -> Iterator[tuple[Role, Span]]:
    """The spans of a statement that views mark, each with its role."""
    if stmt.source:
        yield "source", stmt.source
    if stmt.cue:
        yield "cue", stmt.cue
    for span in stmt.content:
        yield "content", span


def _position(stmt: Statement) -> tuple[int, int, str]:
    """Where the text begins to report a statement; longer ones first, so that a parent precedes.

    The source does not count: one that is shared stands before all its statements.
    """
    spans = [span for role, span in _parts(stmt) if role != "source"]
    if not spans:
        return (0, 0, stmt.id)
    return (min(s.start for s in spans), -max(s.end for s in spans), stmt.id)


def printable(text: str) -> str:
    """The text with control and direction-override characters replaced, one for one, by U+FFFD.

    News text comes from strangers: an escape sequence must not reach a terminal,
    and a NUL or a lone surrogate must not reach a page. A carriage return becomes a space.
    """
    return text.translate(_UNPRINTABLE)


_UNPRINTABLE = {
    code: "\ufffd"
    for codes in (range(0x20), range(0x7F, 0xA0), range(0x202A, 0x202F), range(0x2066, 0x206A))
    for code in codes
    if chr(code) not in "\t\n"
} | dict.fromkeys(range(0xD800, 0xE000), "\ufffd")
_UNPRINTABLE[ord("\r")] = " "  # half of a line end in many files; alone it would overwrite a terminal's line
