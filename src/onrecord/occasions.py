"""Statements -> the occasion on which they were made: "at a press briefing in Ostrow", "on Telegram"."""

from __future__ import annotations

import re

from onrecord.clauses import Clause, Stretch, read_noun_phrase
from onrecord.ontology import fold, ontology
from onrecord.ontology.chains import chains
from onrecord.records import Statement, Venue

_WORD = r"[\w’'.-]+"
_STOP = r"(?!(?:who|that|which|and|of|in|on|at|to|said|told|after|before|answer|response|reply)\b)"
_DAY = r"(?!(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec))"
_PLACE = rf"(?:\s(?:in|at|outside|near)\s(?:the\s)?(?-i:{_DAY}[A-Z])[\w’'-]+(?:\s(?-i:[A-Z])[\w’'-]+)*)?"
_SITE = r"(?:\son\s(?:its|his|her|their|the)\s(?:[\w’'-]+\s)?(?:web\s?site|account|page|channel))?"
_HEADS = "|".join(sorted((re.escape(w) for w in chains().occasions), key=len, reverse=True))
_OCCASION = re.compile(
    rf"\b(?:in|at|during|through|via|from)\s(?P<venue>(?:(?:a|an|the|his|her|its|their|this)\s|{_WORD}day[’']s\s)"
    rf"(?:{_STOP}{_WORD}\s){{0,4}}?(?:{_HEADS})\b{_SITE}{_PLACE}|(?:remarks|comments|testimony)\b)",
    re.IGNORECASE,
)
"""An occasion with its article and its place; what it was "with" or "to" is added by :func:`_whole`."""
_SHARED_WITH = re.compile(r"\s(?:with|to)\s(?P<who>.+)", re.DOTALL)
_BY = "|".join(sorted(chains().means, key=len, reverse=True))
_MEANS = re.compile(
    rf"\b(?:on|by|via|over)\s(?:the\s|(?!for\b)\w+\s)?(?P<venue>{_BY})\b",
    re.IGNORECASE,
)
_TOWN = rf"(?-i:{_DAY}[A-Z])[\w’'-]+(?:\s(?-i:[A-Z])[\w’'-]+)*"
_AT_SITE = re.compile(
    r"\s(?:at|outside|aboard|from)\s(?P<venue>(?:the|a|an|his|her|its|their)\s.+)", re.DOTALL
)
_IN_TOWN = re.compile(rf"\s(?:here\s)?in\s(?P<venue>{_TOWN})", re.IGNORECASE)
_SOCIAL = frozenset("twitter facebook telegram instagram x weibo vk youtube tiktok linkedin whatsapp".split())


def find_occasion(text: str, stmt: Statement, clause: Clause) -> Stretch | None:
    """The words for the occasion in a statement's clause; None where it tells of none, or of several."""
    found = [
        _whole(text, match.span("venue"), end)
        for start, end in clause.stretches()
        for match in _OCCASION.finditer(text, start, end)
        if not _is_named(stmt, match.span("venue"))
    ]
    found = found or [
        match.span("venue")
        for stretch in (clause.before, clause.after)
        for match in _MEANS.finditer(text, *stretch)
        if _is_means(match["venue"]) and not _is_named(stmt, match.span("venue"))
    ]
    return found[0] if len(found) == 1 else None


_SPEAKING = re.compile(
    r"\b(?:speaking|spoke|reached\sfor\scomment)\s(?:\w+day\s)?(?:"
    r"on\s(?P<air>(?:\w+\s){0,2}?(?:radio\sand\stelevision|television\sand\sradio|television|radio))\b|(?:at|from)\s"
    rf"(?P<venue>(?:(?:the|an?|his|her|their)\s(?!(?:same\s)?(?:time|end|start|beginning|close|request)\b)|(?-i:{_DAY}[A-Z])).+))",
    re.IGNORECASE | re.DOTALL,
)
"""Where somebody spoke; "on" and "before" more often tell of what and when: "speaking on the war"."""


def find_stage(text: str, clause: Clause) -> Stretch | None:
    """Where a clause says that somebody spoke: "Speaking at the harbour", "Reached for comment at Belkin"."""
    found = _SPEAKING.search(text, *clause.before)
    if found is None or found["air"]:
        return found.span("air") if found else None
    return read_noun_phrase(text, *found.span("venue"))


def is_misplaced(text: str, where: Venue) -> bool:
    """Whether words given for an occasion are only near it in time, or a language: "ahead of a rally"."""
    return (
        bool(_BEFORE.search(text, max(0, where.start - 20), where.start))
        or fold(where.text) in ontology().demonyms
    )


def opens_elsewhen(text: str, start: int, end: int) -> bool:
    """Whether a stretch, a sentence's first words, tells of another time than before: "two weeks ago".

    >>> words = "But on Saturday, Marr"
    >>> opens_elsewhen(words, 0, len(words))
    True
    """
    return bool(_TIME.search(text, start, end))


_TIME = re.compile(r"\b(?:\w+day|yesterday|tomorrow|ago|earlier|later|last|previously)\b", re.IGNORECASE)
_BEFORE = re.compile(r"\b(?:ahead\sof|prior\sto|before|after|following|since)\s$")


def find_site(text: str, stmt: Statement, clause: Clause) -> Stretch | None:
    """The town or site right behind whom something was told: "told reporters in Ostrow", "at the gates"."""
    if stmt.addressee is None or stmt.cue is None or stmt.addressee.start < stmt.cue.end:
        return None
    end = max(clause.after[1], stmt.addressee.end)
    if found := _IN_TOWN.match(text, stmt.addressee.end, end):
        return found.span("venue")
    found = _AT_SITE.match(text, stmt.addressee.end, end)
    site = read_noun_phrase(text, *found.span("venue")) if found else None
    town = re.compile(rf"\sin\s{_TOWN}", re.IGNORECASE).match(text, site[1], end) if site else None
    return (site[0], town.end()) if site and town else site


def _whole(text: str, stretch: Stretch, end: int) -> Stretch:
    """The occasion with whom it was shared: "an interview" with "with the Herald"."""
    if text[slice(*stretch)].split()[-1].casefold() not in chains().shared:
        return stretch
    found = _SHARED_WITH.match(text, stretch[1], end)
    other = read_noun_phrase(text, *found.span("who")) if found else None
    return (stretch[0], other[1]) if other else stretch


def _is_means(words: str) -> bool:
    """As in "on X", not "in x": a network is written with a capital."""
    return words[0].isupper() if fold(words) in _SOCIAL else words[0].islower()


def _is_named(stmt: Statement, stretch: Stretch) -> bool:
    """Whether the words are already the source or somebody spoken to."""
    spans = [span for span in (stmt.source, stmt.addressee) if span]
    return any(span.start < stretch[1] and stretch[0] < span.end for span in spans)


_BEHIND_HEAD = re.compile(
    r"\s(?:in|at|of|on|with|to|for|before|carried|broadcast|released|issued|made|published|distributed)\s|,"
)


def is_occasion(words: str) -> bool:
    """Whether whom something was told is an occasion: "told a news conference".

    >>> is_occasion("a closing news conference"), is_occasion("reporters")
    (True, False)
    """
    head = _BEHIND_HEAD.split(words)[0].split()[-1:]
    return bool(head) and fold(head[0]) in chains().occasions
