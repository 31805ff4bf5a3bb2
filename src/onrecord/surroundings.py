"""Statements -> an occasion told beside their clause: the town at the head, the briefing to which they came.

What stands in the clause of a cue itself is in occasions.py; here are the few turns in which another clause
of the same sentence, or the bare town, tells where somebody spoke.
"""

from __future__ import annotations

import re

from onrecord.clauses import Stretch, find_sentence
from onrecord.occasions import HEADS, PLACE, TOWN
from onrecord.ontology import fold, ontology
from onrecord.ontology.chains import chains
from onrecord.outlets import is_outlet
from onrecord.records import Span, Statement
from onrecord.text import Text

_ARTICLE = r"(?:an?|the|his|her|its|their|[\w’'.-]+day[’']s)"
_NAMED = rf"(?P<venue>{_ARTICLE}\s(?:[\w’'-]+\s){{0,3}}?(?:{HEADS})\b{PLACE})"
_ASKED = r"(?:asked|questioned|pressed|challenged)"
_WHEN_ASKED = re.compile(
    rf"\s(?:when|after)\s(?:[\w’'-]+\s){{0,4}}?{_ASKED}\b[^.;“\"]{{0,40}}?\s(?:at|during|in)\s{_NAMED}"
)
_ASKED_AT = re.compile(rf"\s*{_ASKED}\b[^.;“\"]{{0,60}}?\s(?:at|during|in)\s{_NAMED}", re.IGNORECASE)
_PIECE_OF = re.compile(rf"\b(?P<venue>(?:an?|the)\s(?:[\w’'-]+\s){{0,3}}?(?:{HEADS}))\s(?:from|by|of)\s\Z")
_COMING_TO = re.compile(rf"\b(?:invited|summoned|called|coming|brought)\sto\s{_NAMED}")
_HEAD_TOWN = re.compile(
    rf"(?:In|From)\s(?P<venue>(?:the\s(?:capital|city\sof|town\sof|port\sof),?\s)?{TOWN}|[Pp]arliament),?\s(?:on\s\w+day,?\s)?\Z"
)
_IN_TOWN = re.compile(rf"\sin\s(?P<venue>{TOWN})(?=[.,]|\s(?:on|to|that|last|this|\w+day)\b)")


def find_beside(text: Text, stmt: Statement, cue: Span) -> Stretch | None:
    """The words for an occasion in a cue's sentence, outside its own clause; None where it tells none."""
    whole, (begin, end) = text.document.text, find_sentence(text, cue.start)
    if found := _WHEN_ASKED.match(whole, cue.end, end):
        return found.span("venue")
    source = stmt.source
    if source is None or not begin <= source.start < end:
        return None
    if found := _ASKED_AT.match(whole, begin, source.start):
        return found.span("venue")
    if found := _COMING_TO.search(whole, source.start, cue.start):
        return found.span("venue")
    writes = fold(cue.text).endswith("ing") or whole[source.end : cue.start] in (" that ", " which ")
    if writes and (found := _PIECE_OF.search(whole, begin, source.start)):
        return found.span("venue")
    return None


def find_town(text: Text, stmt: Statement, cue: Span) -> Stretch | None:
    """The town in which something was told: "In Ostrow, the ministry said", "the two agreed in Ostrow to".

    Only of what is said behind the cue: "In Ostrow, the ministry said, two died" tells where they died.
    """
    source = stmt.source
    behind = bool(stmt.content) and stmt.content[0].start >= cue.end
    if source is None or fold(cue.text).split()[-1] not in chains().told_in:
        return None
    whole, (begin, end) = text.document.text, find_sentence(text, cue.start)
    found = _HEAD_TOWN.match(whole, begin, source.start) if begin <= source.start < cue.start else None
    if found and behind and not whole.startswith(",", cue.end):
        return found.span("venue")
    found = _IN_TOWN.match(whole, cue.end, end)
    if found is None or is_outlet(found["venue"]) or fold(found["venue"]) in chains().languages:
        return None
    return None if fold(found["venue"]) in ontology().demonyms else found.span("venue")
