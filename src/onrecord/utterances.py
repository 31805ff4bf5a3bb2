"""Statements whose speakers are known -> the same, an utterance that goes on under its occasion.

"In a letter Marr asked for boats. … The premier wrote: …": only once the speakers are known can it be told
that both are one utterance. What needs no speaker is in chain.py.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from onrecord.chain import count_sentences_between
from onrecord.clauses import find_sentence
from onrecord.occasions import is_occasion, opens_elsewhen
from onrecord.ontology import fold
from onrecord.ontology.chains import chains
from onrecord.records import Statement
from onrecord.text import Text

REACH = 1
"""Sentences on in which an utterance still goes on. In chains (train, dev) and our own texts a later
sentence of the same speaker by "said" or "wrote" keeps the occasion 14 times of 19."""
_SAYING = frozenset(("said", "says", "wrote", "writes"))


def continue_utterances(text: Text, statements: Sequence[Statement]) -> tuple[Statement, ...]:
    """The statements, those that go on with the same speaker's before them under its occasion."""
    carried: list[Statement] = []
    for stmt in statements:
        before = next((s for s in reversed(carried) if s.parent == stmt.parent), None)
        if before and _goes_on(text, before, stmt):
            stmt = msgspec.structs.replace(stmt, venue=before.venue)
        carried.append(stmt)
    return tuple(carried)


def _at_another_time(text: Text, source: int) -> bool:
    """Whether the sentence of a source opens with a time of its own: "But on Saturday, he said"."""
    return opens_elsewhen(text.document.text, find_sentence(text, source)[0], source)


def _goes_on(text: Text, before: Statement, stmt: Statement) -> bool:
    """Whether the same speaker plainly says or writes on in the next sentence."""
    if before.venue is None or not is_occasion(before.venue.text) or before.cue is None:
        return False
    if stmt.venue or stmt.via or stmt.addressee or stmt.cue is None or stmt.source is None:
        return False
    if stmt.speaker is None or stmt.speaker != before.speaker or _at_another_time(text, stmt.source.start):
        return False
    cue = fold(stmt.cue.text)
    saying = bool(_SAYING & set(cue.split()[-1:])) or cue in chains().continuing
    return saying and count_sentences_between(text, before.cue.start, stmt.cue.start) <= REACH
