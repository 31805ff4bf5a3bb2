"""Sentences that report nothing but tell on what occasion the words beside them were spoken.

"He was speaking at a forum in Ostrow." stands behind what was said, "She spoke to reporters at the port."
before it: both belong to the statement of the same speaker next to them, in the same paragraph or at the
head of the next.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

import msgspec

from onrecord.clauses import Clause, Stretch, extent, find_sentence, venue
from onrecord.occasions import find_ground, find_occasion, find_stage
from onrecord.ontology import fold
from onrecord.ontology.chains import chains
from onrecord.outlets import is_outlet
from onrecord.records import Statement
from onrecord.relays import find_relays
from onrecord.text import Text

_WORDS = r"(?:remarks?|comments?|statement|announcement|claim|offer)"
_MADE = rf"(?:made|making)\s(?:the|his|her|their|these|those)\s{_WORDS}"
_MEETS = (
    r"(?:faced|met|addressed|received|briefed|greeted)\s(?:the\s|a\s(?:\w+\s)?of\s)?(?:reporters|journalists|questions|press|deputies|lawmakers|"
    r"supporters|critics|shareholders|voters|residents|parents|crowd|nation)|"
    r"(?:received|met|addressed|greeted|visited)\s(?:the|his|her|their)\s(?:\w+\s)?\w+s\s(?=(?:in|at|on|outside)\s(?:the|his|her)\s)|"
    r"(?:traded|exchanged)\s(?:accusations|insults|barbs|words|charges|blame)|clashed|quarrelled|sparred|(?:took|taking)\sthe\s(?:floor|stand|stage|podium)"
)
_SPEAKS = re.compile(
    rf"\b(?:spoke|[Ss]peaking|[Ii]nterviewed|[Aa]ppearing|appeared|[Tt]estifying|testified|(?:answered|took)\squestions|{_MADE}|(?:remarks|comments)\swere\s(?:made|carried)|{_MEETS})\b"
)
"""What says that somebody spoke, and reports no word of it."""
_PUTS_OUT = re.compile(
    r"\b(?:signed|filed|submitted|delivered|circulated|drafted|distributed|held|gave|published|posted|sent|wrote|issued|released|began|opened|ended|closed|concluded)\s"
    rf"(?P<venue>(?:an?|the|his|her|its|their)\s(?:[\w’'-]+\s){{0,3}}?(?:{'|'.join(sorted(chains().occasions))}))\b"
)
_NAMES = re.compile(r"\b[A-Z]\w+")
_WORD = re.compile(r"\w+")
_PRONOUNS = frozenset(("he", "she", "it", "they"))
_REMARKS = re.compile(r"(?:The|His|Her|Their)\s(?:remarks|comments|interview|statement)\b")


class Backdrop(msgspec.Struct, frozen=True):
    """A sentence that tells of an occasion: all of it, and where its telling begins."""

    sentence: Stretch
    telling: Stretch
    put_out: Stretch | None


def find_backdrop(text: Text, sentence: Stretch) -> Backdrop | None:
    """What a sentence tells of an occasion without reporting a word; None where it does not."""
    start, end = sentence
    whole = text.document.text
    if any(q.start < end and start < q.end for q in text.quotations):
        return None
    speaks, puts_out = _SPEAKS.search(whole, start, end), _PUTS_OUT.search(whole, start, end)
    if puts_out and not (speaks and speaks.start() < puts_out.start()):
        return Backdrop(sentence, (puts_out.start(), end), puts_out.span("venue"))
    return Backdrop(sentence, (speaks.start(), end), None) if speaks else None


def set_scenes(text: Text, statements: Sequence[Statement], shown: frozenset[str]) -> list[Statement]:
    """The statements, those beside such a sentence with the occasion and the relay that it tells of."""
    told = {
        find_sentence(text, span.start)
        for stmt in statements
        for span in (*([stmt.cue] if stmt.cue else []), *stmt.content)
    }
    return [_set(text, stmt, told, shown) for stmt in statements]


def _set(text: Text, stmt: Statement, told: set[Stretch], shown: frozenset[str]) -> Statement:
    if (stmt.venue and stmt.via) or stmt.source is None or stmt.cue is None or stmt.parent:
        return stmt
    for sentence in _neighbours(text, stmt):
        backdrop = None if sentence in told else find_backdrop(text, sentence)
        if backdrop and _is_of(text, stmt, backdrop):
            return _with(text, stmt, backdrop, shown)
    return stmt


def _neighbours(text: Text, stmt: Statement) -> Iterator[Stretch]:
    """The sentences right before and behind a statement, and the second before: of two both speak."""
    start, end = extent(stmt)
    first = bisect_right(text.sentences, (min(start, stmt.source.start if stmt.source else start), 10**9)) - 1
    last = bisect_right(text.sentences, (end - 1, 10**9)) - 1
    for n in (first - 1, last + 1, first - 2):
        if 0 <= n < len(text.sentences):
            yield text.sentences[n]


def _is_of(text: Text, stmt: Statement, backdrop: Backdrop) -> bool:
    """Whether the sentence is of the same speaker: by a pronoun on one side, or by the surname on both."""
    if stmt.source is None:
        return False
    whole, (start, end) = text.document.text, backdrop.sentence
    source = fold(stmt.source.text)
    if start < stmt.source.start:
        same = "\n" not in whole[start : stmt.source.start]
        words = set(_WORD.findall(fold(whole[start:end])))
        named = bool(words & {fold(name) for name in _NAMES.findall(stmt.source.text)})
        # a pronoun or a mere "minister" is of the sentence right before
        beside = ". " not in whole[end : stmt.source.start]
        return same and (named or (beside and (source in _PRONOUNS or source.split()[-1] in words)))
    subject = fold(whole[start : backdrop.telling[0]]).split()
    named = bool(subject) and (subject[0] in _PRONOUNS or subject[0] in source.split())
    return named or bool(_REMARKS.match(whole, start, end))


def _with(text: Text, stmt: Statement, backdrop: Backdrop, shown: frozenset[str]) -> Statement:
    whole, (start, end) = text.document.text, backdrop.telling
    clause = Clause(before=(start, end), after=(end, end), tail=(end, end))
    apart = msgspec.structs.replace(stmt, source=None, addressee=None)
    words = backdrop.put_out or find_occasion(whole, apart, clause, shown) or find_stage(whole, clause)
    words = words or find_ground(whole, backdrop.telling)
    relays = [m for m in find_relays(whole, apart, clause, shown) if is_outlet(m.text)]
    if words is None and not relays:
        return stmt
    where = stmt.venue or (venue(whole, words) if words else None)
    return msgspec.structs.replace(stmt, venue=where, via=stmt.via or tuple(relays))
