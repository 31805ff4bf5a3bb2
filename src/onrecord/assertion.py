"""An event's place among the statements -> who asserts it: a statement, or the article itself.

What stands inside a statement's content is its speaker's claim. An act that an utterance performs
("condemned", "we demand") is claimed by nobody: whoever reports the utterance asserts it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from onrecord.clauses import Neighbours
from onrecord.ontology import fold
from onrecord.records import Mention, Statement

SPOKEN = frozenset("AGREE SUPPORT CONCEDE REQUEST ACCUSE REJECT THREATEN".split())
"""Types of events that words perform."""
_FIRST_PERSONS = frozenset(("i", "we"))
Place = tuple[int, int]


def find_asserter(statements: Neighbours, trigger: Place, kind: str, actor: Sequence[Mention]) -> str | None:
    """The id of the statement that asserts an event; None where the article itself does."""
    near = statements.near(*trigger)
    performed = _performed(near, trigger)
    if performed is not None:
        return performed.parent
    around = _innermost(near, trigger)
    if around is not None and kind in SPOKEN and _by_speaker(actor):
        return around.parent
    return around.id if around else None


def _performed(statements: Iterable[Statement], trigger: Place) -> Statement | None:
    """The statement whose cue the trigger is."""
    return next(
        (s for s in statements if s.cue and s.cue.start < trigger[1] and trigger[0] < s.cue.end), None
    )


def _innermost(statements: Iterable[Statement], trigger: Place) -> Statement | None:
    """The smallest statement in whose content the trigger stands."""
    holding = [s for s in statements if any(c.start <= trigger[0] and trigger[1] <= c.end for c in s.content)]
    return min(holding, key=lambda s: sum(c.end - c.start for c in s.content), default=None)


def _by_speaker(actor: Sequence[Mention]) -> bool:
    """Whether it is the speaker who acts in his own words: "we condemn"."""
    return len(actor) == 1 and fold(actor[0].text) in _FIRST_PERSONS
