"""An event's place among the statements -> who asserts it: a statement, or the article itself.

What stands inside a statement's content is its speaker's claim. An act that an utterance performs
("condemned", "we demand") is claimed by nobody: whoever reports the utterance asserts it. Nor is what it
judges ("welcomed the truce", "urged an end to the raids"): that is taken for granted, and so the article's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from onrecord.clauses import Neighbours
from onrecord.ontology import fold
from onrecord.records import Act, Mention, Statement

SPOKEN = frozenset("AGREE SUPPORT CONCEDE REQUEST ACCUSE REJECT THREATEN".split())
"""Types of events that words perform."""
PERFORMED = SPOKEN - {"AGREE"}
"""Of these what a first person performs by his very words: "we condemn". What he agrees to do ("we stand
ready to help") he claims: so the annotators in 3 of 3 such events on intl train and 1 of 1 on dev."""
JUDGING: frozenset[Act] = frozenset(("accuse", "praise", "reject"))
"""Acts that judge what their words name. With gold triggers of firm events the asserter is right of 163 of
198 on intl train by this rule (149 without it), of 62 of 82 on dev with and without."""
_PRESSING: frozenset[Act] = frozenset(("demand", "request"))
_CLAIMING = re.compile(r"\b(?:accus|blam|charg|alleg|fault|sa[iy]|t[eo]ll?|confirm)", re.IGNORECASE)
"""Cues whose speakers claim what they judge: "accused it of shelling the port"."""
_CLAUSE = re.compile(
    r"\A(?:him|her|them)\b|[“\"]"
    r"|\b(?:that|to|if|whether|who|which|not|is|are|was|were|has|have|had|will|would)\b",
    re.IGNORECASE,
)
"""What shows, before a trigger, that something is told of it, and it is not only named."""
_END = re.compile(r"\b(?:(?:end|halt|stop)\s+(?:to|of)|end|stop|halt|cease|lift)\b", re.IGNORECASE)
_FIRST_PERSONS = frozenset(("i", "we"))
Place = tuple[int, int]


def find_asserter(statements: Neighbours, trigger: Place, kind: str, actor: Sequence[Mention]) -> str | None:
    """The id of the statement that asserts an event; None where the article itself does."""
    near = statements.near(*trigger)
    performed = _performed(near, trigger)
    if performed is not None:
        return performed.parent
    around = _innermost(near, trigger)
    if around is not None and kind in PERFORMED and _by_speaker(actor):
        return around.parent
    if around is not None and kind in PERFORMED and _relays_own_words(around):
        return around.parent
    if around is not None and (around.act == "ask" or _decides(around)):  # a question claims nothing
        return around.parent
    if around is not None and _takes_for_granted(around, trigger):
        return around.parent
    return around.id if around else None


def _performed(statements: Iterable[Statement], trigger: Place) -> Statement | None:
    """The statement whose cue the trigger is."""
    return next(
        (s for s in statements if s.cue and s.cue.start < trigger[1] and trigger[0] < s.cue.end), None
    )


def _innermost(statements: Iterable[Statement], trigger: Place) -> Statement | None:
    """The smallest statement in whose content the trigger stands."""
    holding = [
        s
        for s in statements
        if any(c.start <= trigger[0] and trigger[1] <= c.end for c in s.content) and not _beside(s, trigger)
    ]
    return min(holding, key=lambda s: sum(c.end - c.start for c in s.content), default=None)


def _beside(stmt: Statement, trigger: Place) -> bool:
    """Whether a trigger is told beside a cue, not in its content: "by saying so, as well as by firing"."""
    if stmt.cue is None or not stmt.cue.text.endswith("ing"):
        return False
    part = next(c for c in stmt.content if c.start <= trigger[0] and trigger[1] <= c.end)
    return bool(_AS_WELL.search(part.text[: trigger[0] - part.start]))


_AS_WELL = re.compile(r",?\s(?:as\swell\sas|and)\sby\s(?:\w+ly\s)?\Z", re.IGNORECASE)


def _by_speaker(actor: Sequence[Mention]) -> bool:
    """Whether it is the speaker who acts in his own words: "we condemn"."""
    return len(actor) == 1 and fold(actor[0].text) in _FIRST_PERSONS


def _relays_own_words(stmt: Statement) -> bool:
    """Whether a source is what somebody said himself: "according to reports of his remarks, Marr blasted"."""
    return stmt.speaker is None and stmt.source is not None and bool(_OWN_WORDS.search(stmt.source.text))


def _decides(stmt: Statement) -> bool:
    """Whether a cue is a decision, which does what it says: "voted to recognise", "resolved to lift"."""
    return stmt.cue is not None and _DECIDING.fullmatch(fold(stmt.cue.text)) is not None


_DECIDING = re.compile(
    r"(?:has |have |had |having )?(?:voted|resolved|decided|decreed|proclaimed|decision|settled for)"
)
_OWN_WORDS = re.compile(
    r"\b(?:accounts?|excerpts?|reports?|texts?|transcripts?|versions?)\sof\s(?:his|her|their)\s(?:address|comments|letter"
    r"|remarks|sermon|speech|statement|words)\b"
)


def _takes_for_granted(stmt: Statement, trigger: Place) -> bool:
    """Whether a statement names, by the trigger, what it judges or wants ended: "condemned the attack"."""
    if stmt.mode == "direct" or stmt.cue is None or _CLAIMING.search(stmt.cue.text):
        return False
    part = next(c for c in stmt.content if c.start <= trigger[0] and trigger[1] <= c.end)
    before = part.text[: trigger[0] - part.start]
    if stmt.act in _PRESSING:
        end = _END.search(before)
        return end is not None and not _CLAUSE.search(before[end.end() :])
    return stmt.act in JUDGING and not _CLAUSE.search(before)
