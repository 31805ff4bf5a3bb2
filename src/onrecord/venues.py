"""Statements as the model found them -> the same without occasions and relays that cannot be theirs.

A network gives one label to each word, so an occasion may end on its preposition ("an interview with"), be a
mere pronoun ("in it"), be whoever was told something, or stand in another speaker's sentence.
"""

from __future__ import annotations

import re

import msgspec

from onrecord.backdrops import find_backdrop
from onrecord.clauses import Stretch, find_sentence, mention, venue
from onrecord.occasions import find_named, is_misplaced, is_occasion, mend_venue, opens_elsewhen
from onrecord.ontology import fold
from onrecord.ontology.chains import chains
from onrecord.records import Mention, Statement, Venue
from onrecord.text import Text

_IN_IT = re.compile(r"In\s(?P<it>it)\b")
_SAID_IN_IT = re.compile(r"\sin\s(?P<it>it)\b")


def mend(text: Text, stmt: Statement) -> Statement:
    """The statement with an occasion in whole words, or without one that is not its own."""
    whole = text.document.text
    where = stmt.venue
    said = where and any(span.start <= where.start < span.end for span in stmt.content)
    if where and (said or is_misplaced(whole, where) or _was_before(text, stmt, where)):
        where = None
    elif where is None and stmt.source:
        it = _IN_IT.match(whole, *find_sentence(text, stmt.source.start))
        it = it or (_SAID_IN_IT.match(whole, stmt.cue.end) if stmt.cue else None)
        where = venue(whole, it.span("it")) if it else None
    words = _in_whole(text, where) if where else None
    stmt = msgspec.structs.replace(stmt, venue=venue(whole, words) if words else None)
    return _without_later(text, _without_told(whole, stmt))


def _in_whole(text: Text, where: Venue) -> Stretch | None:
    """An occasion to the end of its words; what "it" stands for, of the two sentences before."""
    if fold(where.text) != "it":
        return mend_venue(text.document.text, where)
    last = find_sentence(text, where.start)[0]
    return find_named(text.document.text, where, find_sentence(text, max(0, last - 2))[0])


def _without_told(whole: str, stmt: Statement) -> Statement:
    """As "told parliament", "told the Herald": who was told is no occasion, unless it is one or an air."""
    where, cue = stmt.venue, stmt.cue
    if where is None or cue is None or is_occasion(where.text):
        return stmt
    if (
        whole[: where.start].casefold().endswith("through ")
        and fold(where.text).split()[-1] in chains().voices
    ):
        voice = mention(whole, (where.start, where.end))
        return msgspec.structs.replace(stmt, venue=None, via=(*stmt.via, voice))
    if whole[cue.end : where.start] == " " and fold(cue.text).split()[-1] == "told":
        heard = stmt.addressee or mention(whole, (where.start, where.end))
        return msgspec.structs.replace(stmt, venue=None, addressee=heard)
    named = any(m.start == where.start for m in (stmt.addressee, *stmt.via) if m)
    if named and not whole.endswith(" on ", 0, where.start):
        return msgspec.structs.replace(stmt, venue=None)
    return stmt


def _was_before(text: Text, stmt: Statement, where: Venue) -> bool:
    """Whether an occasion of an earlier sentence is past: "At the forum … Two weeks ago he told …"."""
    if stmt.source is None:
        return False
    begin = find_sentence(text, stmt.source.start)[0]
    return where.start < begin and opens_elsewhen(text.document.text, begin, stmt.source.start)


def _without_later(text: Text, stmt: Statement) -> Statement:
    """The statement without what stands in a sentence behind it, unless that only tells of an occasion."""
    spans = [*stmt.content, *([stmt.cue] if stmt.cue else [])]
    end = max(find_sentence(text, span.end - 1)[1] for span in spans)

    def keeps(part: Mention | Venue) -> bool:
        return part.start < end or find_backdrop(text, find_sentence(text, part.start)) is not None

    where = stmt.venue if stmt.venue and keeps(stmt.venue) else None
    return msgspec.structs.replace(stmt, via=tuple(m for m in stmt.via if keeps(m)), venue=where)
