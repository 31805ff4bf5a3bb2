"""Statements -> the same statements with the days on which they were made.

1. the date expressions of the text are found, those that the model gave a statement among them;
2. a statement without one takes the date that stands in its cue's own clause ("said Monday that …",
   "on Monday condemned …", "on Monday, the minister said"), never one inside what was said;
3. all are read in order of the text, in the tense of the cue (dates/);
4. what goes on with the utterance before, in its sentence or as a quotation without a cue, has its date;
5. an expression that cannot be read keeps its words, its days stay None and a note says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import TypeAlias

import msgspec

from onrecord.clauses import find_sentence
from onrecord.dates import Dated, Found, find_dates, read_expressions, read_in_order
from onrecord.dates.moorings import Tense
from onrecord.dates.sequence import Expression
from onrecord.dates.tense import find_tense
from onrecord.records import Interval, Note, Span, Statement
from onrecord.text import Text

UNREAD = "unresolved-date"

Place: TypeAlias = tuple[int, int]
_MANNER = r"(?:\w+ly|also|again|later|earlier|early|late|just|first|here|there)"
_TO_DATE = re.compile(
    rf"[\s,(]*(?:{_MANNER}\s+)?(?:(?:in|at|during|from|via)\s+[^,.;:!?“”\"()]{{1,40}}?\s+)?"
    rf"(?:{_MANNER}\s+)?(?:(?:on|in|over|at|during)\s+)?(?:(?:the|a|an|his|her|its)\s+)?",
    re.IGNORECASE,
)
"""What may stand between a cue and its date behind it: "said (in a statement) (on) Monday"."""
_TO_CUE = re.compile(rf"[\s,)]*(?:(?:{_MANNER}|has|have|had|was|were|and|night|morning)\s+)*", re.IGNORECASE)
"""What may stand between a date and the cue behind it: "on Monday also condemned"."""
_OPENING = re.compile(
    r"[\s“\"']*(?:(?:and|but|then|meanwhile)\s+)?(?:(?:on|in|over|at|during)\s+)?(?:the\s+)?", re.IGNORECASE
)
"""What may stand before a date that opens its sentence: "On Monday, the minister said"."""
_DETERMINER = re.compile(
    r"\s*(?:(?:in|at|during|on)\s+)?(?:(?:the|a|an|his|her|its|their)\s+)?", re.IGNORECASE
)
_ISSUED = re.compile(
    r"\b(?:released|published|issued|given|held|made|dated|sent|statement|report|interview|conference|briefing|speech|letter)"
    r"(?:\s+(?:here|there))?(?:\s+(?:on|in|of|from))?\s*\Z",
    re.IGNORECASE,
)
"""What a date inside a source or venue goes with: "figures released April 3"."""
_REFUSED = re.compile(r"\b(?:not|never|n['’]t)\b")
_LONGEST_VENUE = 60
"""Characters of a phrase of place that may stand before the date in the opening of a sentence."""
_VENUE = re.compile(r"\s*(?:at|in|during|speaking|addressing)\s[^.;:!?“”\"]*?", re.IGNORECASE)
_FUTURE_CUE = re.compile(
    r"\b(?:will|'ll|’ll|shall|is\s+to|are\s+to|expected\s+to|due\s+to|plans?\s+to)\s+(?:\w+ly\s+)?\Z"
)
_BEHIND = 40
"""Characters before a cue in which the auxiliary of its verb is looked for."""


class Timed(msgspec.Struct, frozen=True):
    """What date_statements found: the statements in the order given, and what stayed open."""

    statements: tuple[Statement, ...]
    notes: tuple[Note, ...]


def date_statements(text: Text, statements: Sequence[Statement]) -> Timed:
    """The statements with ``said_on`` filled in, and a note for each expression that cannot be read."""
    found = _find_all(text)
    given = [_given(stmt) or _attached(text, stmt, found) for stmt in statements]
    read = _read(text, statements, given, found)
    dated = [
        msgspec.structs.replace(stmt, said_on=_interval(text, place, read) if place else None)
        for stmt, place in zip(statements, given, strict=True)
    ]
    return Timed(_carried(text, dated), tuple(_notes(text, dated)))


def _find_all(text: Text) -> list[Found]:
    return [found for start, end in text.paragraphs for found in find_dates(text.document.text, start, end)]


def _given(stmt: Statement) -> Place | None:
    """The expression that the model gave, unless it stands inside what was said."""
    words = stmt.said_on.expression if stmt.said_on else None
    if words is None or any(span.start <= words.start and words.end <= span.end for span in stmt.content):
        return None
    return words.start, words.end


def _attached(text: Text, stmt: Statement, found: Sequence[Found]) -> Place | None:
    """The date in the clause of the cue, by what stands between them; None where no date stands so."""
    if stmt.cue is None:
        return None
    begin, end = find_sentence(text, stmt.cue.start)
    near = [f for f in found if begin <= f.start and f.end <= end and not _is_said(stmt, f)]
    places = [(f.start, f.end) for f in near if _goes_with(text.document.text, stmt, stmt.cue, f, begin)]
    return places[0] if len(places) == 1 else None


def _is_said(stmt: Statement, found: Found) -> bool:
    return any(found.start < span.end and span.start < found.end for span in stmt.content)


def _goes_with(text: str, stmt: Statement, cue: Span, found: Found, begin: int) -> bool:
    named = [span for span in (stmt.source, stmt.addressee, stmt.venue, *stmt.via) if span]
    for span in (stmt.venue, stmt.source):
        if span and span.start <= found.start and found.end <= span.end:
            return _modifies(text, span, found)
    if found.start >= cue.end:
        return bool(_TO_DATE.fullmatch(_without(text, cue.end, found.start, named)))
    if _TO_CUE.fullmatch(text, found.end, cue.start):
        return True
    return _opens(text, found, begin) and bool(_TO_CUE.fullmatch(_without(text, found.end, cue.start, named)))


def _modifies(text: str, span: Span, found: Found) -> bool:
    """Whether the date says when the paper or the occasion was: "a Nov. 24 statement", "Monday's report"."""
    if _ISSUED.search(text, span.start, found.start):
        return True
    opens = _DETERMINER.fullmatch(text, span.start, found.start)
    return bool(opens) and bool(re.match(r"(?:['’]s)?\s+\w", text[found.end : found.end + 4]))


def _opens(text: str, found: Found, begin: int) -> bool:
    """Whether the date opens the sentence, at most a phrase of place before it."""
    before = re.split(r"[;:—–]", text[begin : found.start])[-1]
    if _OPENING.fullmatch(before):
        return True
    return len(before) <= _LONGEST_VENUE and bool(
        re.fullmatch(_VENUE.pattern + _OPENING.pattern, before, re.I)
    )


def _without(text: str, start: int, end: int, spans: Iterable[Span]) -> str:
    """The text between two places, without what the statement itself accounts for."""
    left = list(text[start:end])
    for span in spans:
        for at in range(max(span.start, start), min(span.end, end)):
            left[at - start] = ""
    return re.sub(r"\s+", " ", "".join(left))


def _read(
    text: Text, statements: Sequence[Statement], given: Sequence[Place | None], found: Sequence[Found]
) -> dict[Place, Dated | None]:
    """What each expression means, those of statements in the tense of their cues."""
    whole = text.document.text
    tenses = {place: _tense(whole, stmt) for stmt, place in zip(statements, given, strict=True) if place}
    places = set(tenses)
    others = [f for f in found if not any(f.start < end and start < f.end for start, end in places)]
    expressions = [Expression(f.start, f.end, f.readings) for f in others]
    for expression in read_expressions(whole, sorted(places)):
        tense = tenses[expression.start, expression.end]
        expressions.append(msgspec.structs.replace(expression, tense=tense))
    expressions.sort(key=lambda e: (e.start, e.end))
    meant = read_in_order(whole, expressions, text.document.published)
    return {(e.start, e.end): dated for e, dated in zip(expressions, meant, strict=True)}


def _tense(text: str, stmt: Statement) -> Tense:
    """What was said is past, unless the cue itself looks ahead ("will announce on Friday")."""
    if stmt.cue is None:
        return "past"
    before = text[max(0, stmt.cue.start - _BEHIND) : stmt.cue.start]
    if _FUTURE_CUE.search(before) or re.match(r"(?:will|shall|to)\b", stmt.cue.text):
        return find_tense(text, stmt.cue.end, stmt.cue.end) or "future"
    return "past"


def _interval(text: Text, place: Place, read: dict[Place, Dated | None]) -> Interval:
    words = Span(start=place[0], end=place[1], text=text.document.text[slice(*place)])
    dated = read.get(place)
    if dated is None:
        return Interval(from_=None, to=None, precision=None, expression=words)
    return Interval(from_=dated.from_, to=dated.to, precision=dated.precision, expression=words)


def _carried(text: Text, statements: Sequence[Statement]) -> tuple[Statement, ...]:
    """Each statement that goes on with the one before it, with that one's date."""
    order = sorted(range(len(statements)), key=lambda n: _position(statements[n]))
    done = list(statements)
    for before, n in pairwise(order):
        if done[n].said_on is None and done[before].said_on and _goes_on(text, done[before], done[n]):
            done[n] = msgspec.structs.replace(done[n], said_on=done[before].said_on)
    return tuple(done)


def _goes_on(text: Text, before: Statement, stmt: Statement) -> bool:
    """Whether one utterance clearly goes on: one speaker, in one sentence or as a quotation without a cue."""
    if before.speaker is None or before.speaker != stmt.speaker or before.parent != stmt.parent:
        return False
    if stmt.cue is None:
        return stmt.source is None
    if before.cue is None or _REFUSED.search(stmt.cue.text) or not _same_source(before, stmt):
        return False
    return find_sentence(text, before.cue.start) == find_sentence(text, stmt.cue.start)


def _same_source(before: Statement, stmt: Statement) -> bool:
    """Whether one noun governs both cues: "condemned the raid and called for talks"."""
    if stmt.source is None or before.source is None:
        return stmt.source is None
    return stmt.source.start < before.source.end and before.source.start < stmt.source.end


def _position(stmt: Statement) -> int:
    return stmt.cue.start if stmt.cue else stmt.content[0].start if stmt.content else 0


def _notes(text: Text, statements: Sequence[Statement]) -> Iterable[Note]:
    """One note for each expression left open although the document's day is known."""
    if text.document.published is None:
        return  # the note "undated-document" says it for all
    for stmt in statements:
        if stmt.said_on and stmt.said_on.expression and stmt.said_on.from_ is None:
            yield Note(
                code=UNREAD,
                message=f"{stmt.said_on.expression.text!r} could not be read as a date; its words are kept.",
                statement=stmt.id,
            )
