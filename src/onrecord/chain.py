"""Statements -> the same statements with their reporting chains completed from the words around their cues.

The model tags relays, addressees and occasions word by word, each word once: "told the Herald" can
only be one of both, and what stands far from the cue is often left out. Here the clause of each cue
is read again, by rules whose words are in ``ontology/chains.toml``. Nothing that the model found is
replaced, except where it cannot be: reporters who were told something are no relay, and a news
conference is nobody.

1. layers: "…, according to the affidavit" around another statement is one of its own (layers.py);
2. what the model gave is put in whole words or dropped (venues.py); then who was told, the occasion, and
   through whom, each from the statement's own clause;
3. an occasion outside the statement around is that one's; what stands "according to" an outlet came
   through it;
4. a sentence beside it that only tells where somebody spoke lends it (backdrops.py);
5. an utterance that clearly goes on keeps them (and again in utterances.py, once speakers are known).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

import msgspec

from onrecord.backdrops import set_scenes
from onrecord.clauses import Neighbours, Stretch, find_neighbours, find_sentence, mention, read_clause, venue
from onrecord.hearers import find_hearer, is_misread
from onrecord.layers import correct_source, find_layers, is_citation
from onrecord.newsrooms import find_voice
from onrecord.occasions import (
    find_attended,
    find_occasion,
    find_site,
    find_stage,
    is_courtroom,
    is_document,
    is_occasion,
)
from onrecord.ontology import fold
from onrecord.ontology.chains import chains
from onrecord.outlets import find_outlets, is_told_outlet
from onrecord.records import Mention, Statement, Venue
from onrecord.relays import find_relays, read_outlet, without_listeners
from onrecord.surroundings import find_beside, find_town
from onrecord.text import Text
from onrecord.venues import mend

_PLAINLY_SAYING = frozenset(("said", "says", "wrote"))
_PRONOUN = re.compile(r"(?:he|she|it|they)", re.IGNORECASE)


def complete_chains(text: Text, statements: Sequence[Statement]) -> tuple[Statement, ...]:
    """The statements with ``via``, ``addressee`` and ``venue`` filled in as far as the text tells them."""
    shown = find_outlets(text.document.text)
    statements = [stmt for stmt in statements if not is_citation(text, stmt)]
    around = find_neighbours(statements)
    sourced = [correct_source(text, stmt, around, shown) for stmt in statements]
    sourced = [find_voice(text, stmt, sourced, shown) for stmt in sourced]
    statements = find_layers(text, sourced)
    around = find_neighbours(statements)
    told = [_complete(text, stmt, around, shown) for stmt in statements]
    return _carry(text, set_scenes(text, _relay_down(_within_parents(told), shown), shown))


def _within_parents(statements: Sequence[Statement]) -> list[Statement]:
    """The statements without the occasion of the statement around them that stands outside its content."""
    by_id = {stmt.id: stmt for stmt in statements}
    kept = []
    for stmt in statements:
        outer, where = by_id.get(stmt.parent or ""), stmt.venue
        same = outer and where and outer.venue and outer.venue.start < where.end <= outer.venue.end
        if outer and where and same and not _holds(outer, where.start):
            stmt = msgspec.structs.replace(stmt, venue=None)
        kept.append(stmt)
    return kept


def _holds(stmt: Statement, at: int) -> bool:
    return any(span.start <= at < span.end for span in stmt.content)


def _relay_down(statements: Sequence[Statement], shown: frozenset[str]) -> list[Statement]:
    """The statements, those that open what stands "according to" an outlet relayed by it."""
    by_id = {stmt.id: stmt for stmt in statements}
    relayed = []
    for stmt in statements:
        outer = by_id.get(stmt.parent or "")
        if outer and outer.source and outer.cue and not stmt.via and stmt.source:
            opens = stmt.source.start == outer.content[0].start
            if opens and fold(outer.cue.text) == "according to" and is_told_outlet(outer.source.text, shown):
                stmt = msgspec.structs.replace(stmt, via=(outer.source,))
        relayed.append(stmt)
    return relayed


def _complete(text: Text, stmt: Statement, around: Neighbours, shown: frozenset[str]) -> Statement:
    """One statement with what its own clause says."""
    whole = text.document.text
    stmt = without_listeners(whole, stmt)
    if stmt.addressee and is_misread(stmt.addressee.text):
        stmt = msgspec.structs.replace(stmt, addressee=None)
    if (cue := stmt.cue) is None:
        return stmt
    stmt = mend(text, stmt)
    clause = read_clause(text, stmt, cue, around)
    begin = find_sentence(text, cue.start)[0]
    other = stmt.venue and (whole.endswith(" with ", 0, stmt.venue.start) or stmt.venue.start < begin)
    if (stmt.venue is None or other) and (words := find_occasion(whole, stmt, clause, shown)):
        stmt = msgspec.structs.replace(stmt, venue=venue(whole, words))
    if stmt.addressee is None and (words := find_hearer(whole, stmt, clause)):
        stmt = msgspec.structs.replace(stmt, addressee=mention(whole, words))
    stmt = _told_occasion(stmt)
    if stmt.venue is None and (words := find_attended(whole, stmt, clause)):
        stmt = msgspec.structs.replace(stmt, venue=venue(whole, words))
    if stmt.venue is None and (words := find_site(whole, stmt, clause) or find_stage(whole, clause)):
        stmt = msgspec.structs.replace(stmt, venue=venue(whole, words), addressee=_before(whole, stmt, words))
    if stmt.venue is None and (words := find_beside(text, stmt, cue)):
        stmt = msgspec.structs.replace(stmt, venue=venue(whole, words))
    if stmt.venue is None and not stmt.via and (words := find_town(text, stmt, cue)):
        stmt = msgspec.structs.replace(stmt, venue=venue(whole, words))
    more = tuple(find_relays(whole, stmt, clause, shown, begin))
    stmt = msgspec.structs.replace(stmt, via=tuple(sorted((*stmt.via, *more), key=lambda m: m.start)))
    return _told_outlet(whole, stmt, shown)


def _before(whole: str, stmt: Statement, words: Stretch) -> Mention | None:
    """Whoever was told, without the town that its words ran on into: "reporters in Ostrow"."""
    heard = stmt.addressee
    if heard is None or not heard.start < words[0] < heard.end:
        return heard
    return mention(
        whole, (heard.start, heard.start + len(whole[heard.start : words[0]].removesuffix(" in ")))
    )


def _told_occasion(stmt: Statement) -> Statement:
    """As "told a news conference": nobody is named; the conference is where it was said."""
    heard = stmt.addressee
    if heard is None:
        return stmt
    if (
        stmt.venue is None
        and stmt.cue
        and is_courtroom(heard.text)
        and fold(stmt.cue.text).split()[-1] == "told"
    ):
        return msgspec.structs.replace(stmt, venue=venue_of(heard))
    if not is_occasion(heard.text):
        return stmt
    # "told the forum, meeting in Ostrow": the occasion, not its town
    where = stmt.venue if stmt.venue and not _is_town(stmt.venue.text) else venue_of(heard)
    return msgspec.structs.replace(stmt, addressee=None, venue=where)


def _is_town(words: str) -> bool:
    return words[:1].isupper() and not is_occasion(words)


def venue_of(heard: Mention) -> Venue:
    """Who was told something, as where it was said."""
    return Venue(start=heard.start, end=heard.end, text=heard.text)


def _told_outlet(whole: str, stmt: Statement, shown: frozenset[str]) -> Statement:
    """An outlet that was told something passes it on, and so does that of somebody who was told."""
    heard = stmt.addressee
    if heard is None or not is_told_outlet(heard.text, shown):
        return stmt
    if any(m.start < heard.end and heard.start < m.end for m in stmt.via):
        return stmt
    own = read_outlet(whole, (heard.start, heard.end))
    relay = mention(whole, own) if own and own[1] < heard.end else heard
    return msgspec.structs.replace(stmt, via=(*stmt.via, relay))


def _carry(text: Text, statements: Sequence[Statement]) -> tuple[Statement, ...]:
    """The statements, those that go on with the one before under its addressee and occasion."""
    carried: list[Statement] = []
    for stmt in statements:
        before = next((s for s in reversed(carried) if s.parent == stmt.parent), None)
        carried.append(_continue(text, before, stmt) if before else stmt)
    return tuple(carried)


def _continue(text: Text, before: Statement, stmt: Statement) -> Statement:
    dated = stmt.said_on and stmt.said_on != before.said_on
    if stmt.venue or dated or not _goes_on(text, before, stmt):
        return stmt
    if stmt.addressee or stmt.via:
        # "In a letter, Marr blamed the board and asked the mayor to": one source in one sentence, one letter
        same = stmt.source is not None and stmt.source == before.source
        return msgspec.structs.replace(stmt, venue=before.venue) if same else stmt
    # "Reuters reported" stands for its own sentence; whoever is told something hears the next one, too
    cues = (before.cue, stmt.cue)
    beside = all(cues) and count_sentences_between(text, *(cue.start for cue in cues if cue)) == 0
    via = before.via if beside else find_lasting(text, before)
    return msgspec.structs.replace(stmt, venue=before.venue, addressee=before.addressee, via=via)


_BEHIND = re.compile(r"\s(?:with|to|for|in)\s(?:the\s)?")


def find_lasting(text: Text, stmt: Statement) -> tuple[Mention, ...]:
    """The relays of a statement through which its speaker's next words come too.

    Whoever was told it, and with whom its occasion is shared: "an interview with the Herald".
    """
    where = stmt.venue
    return tuple(
        m
        for m in stmt.via
        if m == stmt.addressee
        or (where and where.start <= m.start < where.end)
        or (where and where.end <= m.start and _BEHIND.fullmatch(text.document.text, where.end, m.start))
    )


def _goes_on(text: Text, before: Statement, stmt: Statement) -> bool:
    """Whether a statement clearly continues the utterance before it.

    In its sentence: by the same source, or by a participle without one. In the next sentence (after a
    quotation, the one after it): "he added" always, "she said" where the occasion is told.
    """
    if stmt.cue is None or before.cue is None:
        return False
    cue = fold(stmt.cue.text).split()[-1:]
    apart = count_sentences_between(text, before.cue.start, stmt.cue.start)
    if apart == 0:
        shared = stmt.source is not None and (stmt.source == before.source or _same_pronoun(before, stmt))
        return shared or (stmt.source is None and bool(cue) and cue[0] in ("adding", "saying"))
    if stmt.source is None or is_document(stmt.source.text):
        return False
    if not _PRONOUN.fullmatch(stmt.source.text) and not _same_name(before, stmt):
        return False
    if fold(stmt.cue.text) in chains().continuing:
        return apart <= (2 if stmt.mode == "direct" else 1)
    return apart == 1 and bool(before.venue) and bool(cue) and cue[0] in _PLAINLY_SAYING


def _same_pronoun(before: Statement, stmt: Statement) -> bool:
    """As in "it said …, and it accused …"."""
    if before.source is None or stmt.source is None or not _PRONOUN.fullmatch(stmt.source.text):
        return False
    return before.source.text.casefold() == stmt.source.text.casefold()


def _same_name(before: Statement, stmt: Statement) -> bool:
    """Whether the surname of the speaker before speaks on, in what only one occasion can be: an interview."""
    if before.source is None or stmt.source is None or before.venue is None:
        return False
    return "interview" in before.venue.text and before.source.text.endswith(f" {stmt.source.text}")


def count_sentences_between(text: Text, first: int, second: int) -> int:
    """How many sentences the second offset is behind the first."""
    begin, end = find_sentence(text, first)[0], find_sentence(text, second)[0]
    behind = len(text.document.text)
    return bisect_right(text.sentences, (end, behind)) - bisect_right(text.sentences, (begin, behind))
