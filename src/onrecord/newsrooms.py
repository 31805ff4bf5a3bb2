"""Newsrooms that were taken for speakers -> whoever they carry: "According to the Herald, Marr said …".

The model tags one source for each statement, and beside "according to" that is often the outlet. Where the
same sentence says who spoke, that is the source, and the outlet relays it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from onrecord.clauses import Stretch, mention
from onrecord.layers import make_statement
from onrecord.ontology import fold, ontology
from onrecord.outlets import is_told_outlet
from onrecord.records import Mention, Statement
from onrecord.text import Text

_SAID = (
    r"(?P<cue>(?:(?:has|have|had)\s)?(?:said|says|say|reported|announced|stated|warned|added|wrote)"
    r"|(?:was|were)\squoted\sas\s\w+ing)"
)
_WHO = r"(?P<who>[^,;:.“”\"()\n]{1,60}?)"
_AT_HEAD = re.compile(rf"[“\"]?{_WHO}\s{_SAID}(?:,\s|:\s|\sthat\s|\s)(?=\S)")
_BETWEEN = re.compile(rf",?[”\"]?\s{_WHO}\s{_SAID},\saccording\sto\s(?:the\s)?")
_REPORTS_FROM = re.compile(
    r"(?:an?\s|the\s)?(?:\w+\s)?(?:reports?|accounts?|article|story|dispatch)\s.*?\b(?:from|in|by)\s"
)
_ARTICLE = re.compile(r"(?:the|an?)\s")
_PERSONS = frozenset("he she they".split())


def find_voice(
    text: Text, stmt: Statement, statements: Sequence[Statement], shown: frozenset[str]
) -> Statement:
    """The statement as that of whom the newsroom carries; as it is where the sentence names nobody else.

    ``shown`` are names that the text shows to be outlets' (relays.py).
    """
    source, cue = stmt.source, stmt.cue
    if source is None or cue is None or fold(cue.text) != "according to" or not stmt.content:
        return stmt
    outlet = source.text.rstrip(' .,"”')
    begin = source.start
    if found := _REPORTS_FROM.match(outlet):
        begin, outlet = begin + found.end(), outlet[found.end() :]
    if not is_told_outlet(outlet, shown):
        return stmt
    relay = mention(text.document.text, (begin, begin + len(outlet)))
    return (
        _before_content(text, stmt, statements, relay)
        or _behind_content(text, stmt, statements, relay)
        or stmt
    )


def _before_content(
    text: Text, stmt: Statement, statements: Sequence[Statement], relay: Mention
) -> Statement | None:
    """As in "According to the Herald, officials have reported …", all of it read as the content."""
    first, *rest = stmt.content
    found = _AT_HEAD.match(text.document.text, first.start, first.end)
    if found is None:
        return None
    content = ((found.end(), first.end), *((span.start, span.end) for span in rest))
    return _carried(text, stmt, statements, relay, found, content)


def _behind_content(
    text: Text, stmt: Statement, statements: Sequence[Statement], relay: Mention
) -> Statement | None:
    """As in "…, he said, according to the Herald"."""
    last = stmt.content[-1]
    closed = max(last.text.rfind("”"), last.text.rfind('"')) + 1  # a content may run on over "he said"
    for end in (last.end, last.start + closed):
        if not last.start < end < relay.start:
            continue
        if found := _BETWEEN.fullmatch(text.document.text, end, relay.start):
            content = tuple((span.start, span.end) for span in stmt.content[:-1])
            return _carried(text, stmt, statements, relay, found, (*content, (last.start, end)))
    return None


def _carried(
    text: Text,
    stmt: Statement,
    statements: Sequence[Statement],
    relay: Mention,
    found: re.Match[str],
    content: tuple[Stretch, ...],
) -> Statement | None:
    cue = found.span("cue")
    taken = any(s.cue and s.cue.start < cue[1] and cue[0] < s.cue.end for s in statements)
    if taken or not _may_speak(found["who"]):
        return None
    made = make_statement(text, found.span("who"), cue, content)
    told = {"via": (*stmt.via, relay), "addressee": stmt.addressee, "venue": stmt.venue}
    return msgspec.structs.replace(made, confidence=stmt.confidence, **told)


def _may_speak(words: str) -> bool:
    """Whether words are a name, a pronoun, or a description whose head is a person, a group or a body."""
    known = ontology()
    bare = _ARTICLE.sub("", words, count=1) if words[:1].islower() or words.startswith("The ") else words
    if fold(words) in _PERSONS or all(word[0].isupper() for word in words.split()):
        return True
    head = fold(words).split()[-1]
    plain = not {"that", "who", "which", "whom", "as", "when", "if"} & set(fold(bare).split())
    return plain and (
        head in known.roles or head in known.body_heads or known.is_group(head) or head == "army"
    )
