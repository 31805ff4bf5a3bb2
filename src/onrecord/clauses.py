"""A statement -> its reporting clause: the words beside the cue that say to whom, where and through whom.

In an interview with the Herald on Monday, Marr told deputies in Ostrow that "it holds", Reuters reported.
|--------------- before -----------------| cue |--- after ---|                       |----- tail -----|
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import accumulate

import msgspec

from onrecord.quotes import Quotation
from onrecord.records import Mention, Span, Statement, Venue
from onrecord.text import Text

Stretch = tuple[int, int]
_TRAILING = " \t\n,;:.—–-\"“”'’‘"


class Clause(msgspec.Struct, frozen=True, kw_only=True):
    """The stretches of a statement's sentence that are its own, without content and others' words."""

    before: Stretch
    after: Stretch
    tail: Stretch

    def stretches(self) -> tuple[Stretch, ...]:
        """All of them that hold anything, each once, in text order."""
        return tuple(dict.fromkeys(s for s in (self.before, self.after, self.tail) if s[0] < s[1]))


class Neighbours(msgspec.Struct, frozen=True, eq=False):
    """The statements of a text by where their words stand: a clause asks only those around it.

    ``reach`` is how far the statements up to each go.
    """

    starts: list[int]
    reach: list[int]
    statements: list[Statement]

    def near(self, begin: int, end: int) -> list[Statement]:
        """The statements of which words may stand between two places."""
        return self.statements[bisect_right(self.reach, begin) : bisect_left(self.starts, end)]


def find_neighbours(statements: Sequence[Statement]) -> Neighbours:
    """The statements, made ready to be asked for by place."""
    placed = sorted(((*extent(s), n, s) for n, s in enumerate(statements) if s.cue or s.content))
    reach = accumulate((end for _, end, _, _ in placed), max)
    return Neighbours([row[0] for row in placed], list(reach), [row[3] for row in placed])


def read_clause(text: Text, stmt: Statement, cue: Span, around: Neighbours) -> Clause:
    """The clause of a statement that has a cue.

    ``before`` runs up to the cue and ``after`` on from it, to the next content, other cue or end of the
    sentence; ``tail`` is what follows the content to the end of its sentence.
    """
    begin, end = find_sentence(text, cue.start)
    last = max((span.end for span in stmt.content), default=end)
    _, close = find_sentence(text, max(last - 1, 0))
    near = [other for other in around.near(begin, max(end, close)) if other.id != stmt.id]
    walls = [span for other in near for span in _walls(other, stmt)]
    walls += [(span.start, span.end) for span in stmt.content]
    walls += [(q.start, q.end) for q in _quoted(text, begin, end) if not q.start <= cue.start < q.end]
    before = max([begin, *(wall[1] for wall in walls if wall[1] <= cue.start)])
    after = min([end, *(wall[0] for wall in walls if wall[0] >= cue.end)])
    behind = min([close, *(wall[0] for wall in walls if wall[0] >= last)])
    own = _to_next_clause(text.document.text, cue.end, max(after, cue.end))
    tail = _to_next_clause(text.document.text, last, behind) if last >= cue.end else (behind, behind)
    return Clause(before=(before, cue.start), after=own, tail=tail)


_NEXT_CLAUSE = re.compile(
    r",\s(?:but|while|and|whereas|as(?!\s(?:carried|quoted|reported|cited|relayed|broadcast|told)\b))\s"
)


def _to_next_clause(text: str, start: int, end: int) -> Stretch:
    """The stretch as far as another clause begins: ", but Quill said in a letter"."""
    found = _NEXT_CLAUSE.search(text, start, end)
    return start, found.start() if found else end


def extent(stmt: Statement) -> Stretch:
    """Where the cue and the content of a statement begin and end."""
    spans = [*stmt.content, *([stmt.cue] if stmt.cue else [])]
    return min(span.start for span in spans), max(span.end for span in spans)


def _walls(other: Statement, stmt: Statement) -> list[Stretch]:
    """Where another statement's words stand, unless these enclose the statement itself."""
    inside = {(span.start, span.end) for span in stmt.content}
    spans = [other.cue, *other.content] if other.cue else list(other.content)
    kept = []
    for span in spans:
        encloses = any(span.start <= s and e <= span.end for s, e in inside)
        if not encloses and not any(s <= span.start and span.end <= e for s, e in inside):
            kept.append((span.start, span.end))
    return kept


def _quoted(text: Text, begin: int, end: int) -> list[Quotation]:
    return [q for q in text.quotations if q.start < end and begin < q.end]


def find_sentence(text: Text, at: int) -> Stretch:
    """The sentence in which an offset lies; an empty one where it lies in none."""
    n = bisect_right(text.sentences, (at, len(text.document.text))) - 1
    if n >= 0 and at < text.sentences[n][1]:
        return text.sentences[n]
    return at, at


_NOUN_PHRASE_ENDS = re.compile(
    r"""[,;:.!?()“”"«»—–](?:\s|$) | ["“”«»] | \sand\s(?=\w+ed\b) | \s(?:
    but|that|which|who|whom|where|when|while|after|before|ahead|following|if|
    whether|how|why|what|because|as|on|in|at|during|by|via|through|over|about|to|from|under|with|for|against|
    amid|since|until|without|despite|upon|outside|inside|near|
    yesterday|today|tonight|tomorrow|earlier|later|last|this|recently|again|also|afterwards?|
    (?:mon|tues|wednes|thurs|fri|satur|sun)day(?:’s|'s)?(?=[\s,.]|$)|
    (?:said|says|say|saying|told|had|has|have|is|are|was|were|will|would|could|should|may|might|must|did|does)
    )\b | \s(?:he|she|it|they|we|I)\s""",
    re.VERBOSE,
)  # fmt: skip
LONGEST_PHRASE = 90
"""Characters of a noun phrase beyond which its end was missed."""
_NO_PHRASE = re.compile(
    r"(?:that|to|of|if|whether|how|why|what|when|where|which|about|on|in|at|by|the\sfollowing|yesterday|today|tonight|earlier|later|last|this\s(?:week|month|morning)|"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b|[“\"'‘]",
    re.IGNORECASE,
)


def read_noun_phrase(text: str, start: int, end: int) -> Stretch | None:
    """The noun phrase that opens a stretch, without what follows it; None where none does.

    >>> words = "reporters in Vienna on Monday that"
    >>> words[slice(*read_noun_phrase(words, 0, len(words)))]
    'reporters'
    """
    while start < end and text[start].isspace():
        start += 1
    if start >= end or _NO_PHRASE.match(text, start, end):
        return None
    found = _NOUN_PHRASE_ENDS.search(text, start, end)
    close = found.start() if found else end
    while close > start and text[close - 1] in _TRAILING:
        close -= 1
    if not 0 < close - start <= LONGEST_PHRASE:
        return None
    return start, close


def mention(text: str, stretch: Stretch) -> Mention:
    """The words of a stretch as a mention; its form is settled with the speakers."""
    return Mention(start=stretch[0], end=stretch[1], text=text[slice(*stretch)], form="nominal")


def venue(text: str, stretch: Stretch) -> Venue:
    """The words of a stretch as the occasion of a statement."""
    return Venue(start=stretch[0], end=stretch[1], text=text[slice(*stretch)])
