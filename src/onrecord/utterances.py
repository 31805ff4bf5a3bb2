"""Statements whose speakers are known -> the same, an utterance that goes on under its occasion.

"In a letter Marr asked for boats. … The premier wrote: …": only once the speakers are known can it be told
that both are one utterance. What needs no speaker is in chain.py.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from onrecord.chain import count_sentences_between, find_lasting
from onrecord.clauses import extent, find_sentence
from onrecord.occasions import is_courtroom, is_document, is_occasion, opens_elsewhen
from onrecord.ontology import fold
from onrecord.ontology.chains import chains
from onrecord.records import Statement
from onrecord.text import Text

REACH = 1
"""Sentences on in which an utterance still goes on. In chains (train, dev) and our own texts a later
sentence of the same speaker by "said" or "wrote" keeps the occasion 14 times of 19."""
_REQUESTS = chains().asking | {"appealed", "proposed", "suggested", "acknowledged", "recalled"}
_PRONOUNS = frozenset(("he", "she", "it", "they"))
_ASKED_ANEW = ("Asked by ", "Interviewed by ", "Reached ", "Contacted ")
_DECLARING = frozenset(
    """accused argued blamed declared denied dismissed insisted noted observed pledged predicted promised
    proposed rejected stressed suggested vowed warned""".split()
)
"""Public speech besides saying: "He denied that …" in the same paragraph is still at the news conference."""
_GATHERINGS = frozenset(
    """banquet briefing ceremony conference debate dinner forum hearing lecture lunch margins meeting news
    presser rally session sidelines stakeout summit trial""".split()
)
_SAYING = frozenset(("said", "says", "wrote", "writes"))
_ANSWERING = frozenset(("answered", "answers", "replied", "replies", "responded", "responds"))
_ASKED = re.compile(r"(?:When\s|Also\s)?(?:[Aa]sked|[Pp]ressed|[Qq]uestioned)\s(?!by\s)")
_REFUSING = re.compile(r"(?:(?:would|did)(?:\snot|n[’']t)\s\w+|declined|refused)")


def continue_utterances(text: Text, statements: Sequence[Statement]) -> tuple[Statement, ...]:
    """The statements, those that go on with the same speaker's before them under its occasion."""
    carried: list[Statement] = []
    for stmt in statements:
        before = next((s for s in reversed(carried) if s.parent == stmt.parent and s.speaker), None)
        last = next((s for s in reversed(carried) if s.parent == stmt.parent), None)
        stmt = _continue(text, before, stmt) if before else stmt
        carried.append(_share(text, last, stmt) if last else stmt)
    return tuple(carried)


_LISTENING = re.compile(r"(?:the\s(?:crowd|audience|gathering|congregation|mourners)|delegates)")
_DOCUMENTS = frozenset("letter statement message post video note memo email communique cable".split())


def _share(text: Text, last: Statement, stmt: Statement) -> Statement:
    """The statement on the occasion of another's before it: whoever testifies, or tells the crowd there."""
    if stmt.venue or last.venue is None or last.cue is None or stmt.cue is None:
        return stmt
    if count_sentences_between(text, last.cue.start, stmt.cue.start) > REACH:
        return stmt
    court = is_courtroom(last.venue.text) or "hearing" in last.venue.text or "trial" in last.venue.text
    if _is_asking(text, last) and count_sentences_between(text, last.cue.start, stmt.cue.start) == 0:
        return msgspec.structs.replace(stmt, venue=last.venue, via=stmt.via or last.via)
    testifies = court and fold(stmt.cue.text) in ("testified", "testifies")
    crowd = bool(stmt.addressee and _LISTENING.fullmatch(fold(stmt.addressee.text)))
    gathered = is_occasion(last.venue.text) and not _DOCUMENTS & set(fold(last.venue.text).split())
    return msgspec.structs.replace(stmt, venue=last.venue) if testifies or (crowd and gathered) else stmt


def _is_asking(text: Text, stmt: Statement) -> bool:
    """As in "Asked on the evening news whether …, Marr said": what opens a sentence and tells where."""
    asked = stmt.cue is not None and fold(stmt.cue.text) in ("asked", "questioned", "pressed", "challenged")
    return asked and stmt.cue is not None and find_sentence(text, stmt.cue.start)[0] == stmt.cue.start


def _continue(text: Text, before: Statement, stmt: Statement) -> Statement:
    """The statement under the occasion of the one before it, where it plainly goes on with that."""
    if not _is_open(text, before, stmt) or stmt.cue is None or stmt.source is None:
        return stmt
    via = find_lasting(text, before)
    cue = fold(stmt.cue.text)
    goes_on = (
        bool(_SAYING & set(cue.split()[-1:]))
        or cue in chains().continuing
        or _answers_reporters(before, stmt)
        or _answers(text, stmt)
    )
    if (goes_on or cue == "told") and _follows_verbatim(text, before, stmt) and (before.venue or via):
        heard = stmt.addressee or before.addressee
        return msgspec.structs.replace(stmt, venue=before.venue, addressee=heard, via=via)
    cues = (before.cue, stmt.cue)
    apart = count_sentences_between(text, *(cue.start for cue in cues if cue))
    # "he called it a pillar and asked them to leave": the same source goes on
    beside = apart == 0 and stmt.source == before.source
    if (
        not goes_on
        and not beside
        and not _declares_there(text, before, stmt)
        and not (_REQUESTS & set(cue.split()) and fold(stmt.source.text) in _PRONOUNS)
    ):
        return stmt
    if goes_on and stmt.addressee and not _answers_reporters(before, stmt):
        return stmt
    if before.venue is None or apart > REACH or not (is_occasion(before.venue.text) or _gathers(before)):
        return stmt
    return msgspec.structs.replace(stmt, venue=before.venue, via=via)


def _gathers(stmt: Statement) -> bool:
    """Whether a statement was made where people came together, not in a letter or on a page."""
    words = set(fold(stmt.venue.text).split()) if stmt.venue else set()
    return bool(words & _GATHERINGS) and not words & _DOCUMENTS


def _declares_there(text: Text, before: Statement, stmt: Statement) -> bool:
    """As in "Marr told a news conference … He denied that …": by a pronoun, in the same paragraph."""
    if stmt.source is None or stmt.cue is None or fold(stmt.source.text) not in _PRONOUNS:
        return False
    same = "\n" not in text.document.text[extent(before)[1] : stmt.source.start]
    cue = fold(stmt.cue.text)
    return same and _gathers(before) and (cue in _DECLARING or _REFUSING.fullmatch(cue) is not None)


def _answers(text: Text, stmt: Statement) -> bool:
    """As in "Asked whose it was, he replied …": a question put where the statement before was made."""
    if stmt.source is None or stmt.cue is None or fold(stmt.cue.text) not in _ANSWERING:
        return False
    return _ASKED.match(text.document.text, find_sentence(text, stmt.source.start)[0]) is not None


def _answers_reporters(before: Statement, stmt: Statement) -> bool:
    """As in "asked at a briefing, Marr replied … "I have no proof," he told reporters."."""
    if stmt.addressee is None or stmt.cue is None or stmt.source is None or stmt.mode != "direct":
        return False
    listening = fold(stmt.addressee.text) in (
        "reporters",
        "journalists",
        "the reporters",
        "the audience",
        "the crowd",
    )
    told = fold(stmt.cue.text) == "told" and fold(stmt.source.text) in _PRONOUNS
    return told and listening and before.addressee is None and _gathers(before)


def _at_another_time(text: Text, source: int) -> bool:
    """Whether the sentence of a source opens with a time of its own: "But on Saturday, he said"."""
    return opens_elsewhen(text.document.text, find_sentence(text, source)[0], source)


def _is_open(text: Text, before: Statement, stmt: Statement) -> bool:
    """Whether the same speaker goes on, and no occasion, time or relay of its own is told of it."""
    if stmt.venue or stmt.via or stmt.cue is None or stmt.source is None or before.cue is None:
        return False
    if stmt.speaker is None or stmt.speaker != before.speaker or is_document(stmt.source.text):
        return False
    begin = find_sentence(text, stmt.source.start)[0]
    if text.document.text.startswith(_ASKED_ANEW, begin):
        return False
    return not _at_another_time(text, stmt.source.start)


def _follows_verbatim(text: Text, before: Statement, stmt: Statement) -> bool:
    """As in "Marr told the Herald that it held. "I swear it," he said.": the very words, in one paragraph."""
    end, begin = extent(before)[1], extent(stmt)[0]
    beside = (
        "\n" not in text.document.text[end:begin] and count_sentences_between(text, end - 1, begin) <= REACH
    )
    open_to_all = stmt.addressee is None or stmt.addressee.text.islower()
    return stmt.mode == "direct" and before.mode != "direct" and beside and open_to_all
