"""Statements -> through whom they came: outlets that report, quote, carry or were told them (``via``)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import msgspec

from onrecord.clauses import Clause, Stretch, mention, read_noun_phrase
from onrecord.knowledge import knowledge
from onrecord.ontology import fold, ontology
from onrecord.ontology.chains import chains
from onrecord.outlets import is_listener, is_outlet, is_told_outlet, is_unknown, passes_nothing
from onrecord.records import Mention, Span, Statement


def find_relays(
    text: str, stmt: Statement, clause: Clause, shown: frozenset[str], begin: int = 0
) -> Iterator[Mention]:
    """The outlets in a statement's clause that it came through, beside those already known.

    ``begin`` is where the sentence of its cue begins; ``shown`` are names that the text shows to be outlets'.
    """
    known = [(m.start, m.end) for m in stmt.via]
    for stretch in (
        *_reporting(text, stmt, clause, shown),
        *_citing(text, stmt, clause, shown),
        *_quoting(text, stmt, clause),
        *_passed_on(text, stmt, clause, shown),
        *_staff(text, stmt, clause, shown),
        *_asked(text, stmt, begin, shown),
        *_carrying(text, stmt, begin, shown),
        *_as_reported(text, stmt, begin, shown),
        *_interviewing(text, clause),
        *_voicing(text, clause),
    ):
        if not any(s < stretch[1] and stretch[0] < e for s, e in known):
            known.append(stretch)
            yield mention(text, stretch)


def _either(words: frozenset[str]) -> str:
    return "|".join(sorted(words))


_NAME = r"(?:[Tt]he\s)?[\w’'.&-]+(?:\s[\w’'.&-]+){0,6}"
_REPORTS = re.compile(
    rf"\s*,[”\"]?\s(?P<who>{_NAME}?)\s(?:also\s)?(?:has\s)?(?:{_either(chains().reporting)})\b|"
    rf"\b[Aa]ccording\sto\s(?:[a-z\s]{{1,40}}\s(?:from|in|by|of)\s)?(?P<told>{_NAME})",
)
_QUOTES = re.compile(
    rf"(?:^|[,;—–]\s|\b(?:and|but)\s)(?P<who>{_NAME}?)(?:,\s(?:which|who)\s[^,]{{1,60}},)?"
    rf"(?:\s(?:later|also|then|has|had)|,?\s(?:on\s)?[A-Z][a-z]+day)*"
    rf"\s(?:{_either(chains().quoting)})\s(?P<whom>.+?)\sas(?:\s(?:having|also))?\s*$",
    re.DOTALL,
)
_PASSIVE = re.compile(r"\b(?:was|were|is|are|been|being)$")
_STAFF = _either(chains().staff)
_TOLD = r"(?:(?<=\btold)|(?<=\btells)|(?<=\btelling)|\b(?:to|with|by))\s"
_SHARED = _either(chains().shared | {"op-ed", "op-eds", "column", "essay", "article", "appearance"})
_PASSED_ON = (
    rf"\b(?:{_either(chains().obtained)}|made\spublic)\s(?:(?!by\b)[a-z]+\s|\w+day\s){{0,3}}?(?:by|on|over|in)\s(?=(?P<who>.{{1,120}}))",
    rf"\b(?:{_either(chains().given)})\s(?:\w+ly\s)?(?:to|with)\s(?=(?P<who>.{{1,120}}))",
    r"\b(?:that|which)?\s*(?P<who>(?:the\s)?[A-Z][\w.]*(?:\s[A-Z][\w.]*){0,3})\s(?:has\s)?(?:obtained|seen|reviewed)\b",
    rf"\b(?:{_SHARED})\s(?:(?:published|printed|aired|broadcast|posted|shown)\s(?:on\s)?(?:\w+day\s)?)?(?:with|for|to|in|on|by)\s(?=(?P<who>.{{1,120}}))",
    r"\b(?:spoke|spoken|speaking|talked|talking)\s(?:\w+day\s|\w+ly\s)?(?:to|with)\s(?=(?P<who>.{1,120}))",
    r"\bon\s(?=(?P<who>(?:[\w’']+\s){0,3}?[A-Z].{1,120}))",
)
"""The ways in which an outlet comes by another's words: "a letter seen by X", "leaked to X", "on Radio X".

No further than a noun phrase can reach, which bounds the work on a sentence without end."""
_PASSES = tuple(re.compile(pattern) for pattern in _PASSED_ON)
_TO_OUTLET = re.compile(r"\s*to\s(?P<who>.+)")
_STAFF_OF = re.compile(
    rf"{_TOLD}(?:(?:\w+\s){{0,3}}?(?:{_STAFF})\s(?:from|for|of|with)\s(?=(?P<who>.+))|"
    rf"(?P<whose>{_NAME}?)(?:[’']s)?\s(?:{_STAFF})\b)"
)
"""As in "told a reporter from X", "told X reporters"."""


def _reporting(text: str, stmt: Statement, clause: Clause, shown: frozenset[str]) -> Iterator[Stretch]:
    """As in "…, Reuters reported": behind what was said or behind the cue's own clause."""
    for start, end in clause.stretches():
        for found in _REPORTS.finditer(text, start, end):
            who = found.span("who") if found["who"] else found.span("told")
            stretch = read_noun_phrase(text, *who)
            if stretch and _is_relay(text[slice(*stretch)], shown) and not _is_source(stmt, stretch):
                yield stretch


_BEFORE_CUE = re.compile(
    rf"(?:^|[,;]\s|\s)(?P<who>{_NAME}?)(?:,\s(?:citing|quoting)\s[^,]{{3,100}},)?(?:\salso|\shas|\slater)?\s\Z"
)


def _citing(text: str, stmt: Statement, clause: Clause, shown: frozenset[str]) -> Iterator[Stretch]:
    """As in "Reuters reported, citing two officials": the subject of the cue, where another is the source."""
    if stmt.source is None or stmt.cue is None or fold(stmt.cue.text) not in _CARRIES:
        return
    begin = clause.before[0]
    if begin <= stmt.source.start < stmt.cue.start and not _CITED.search(text[begin : stmt.source.start]):
        return
    for found in _BEFORE_CUE.finditer(text[begin : stmt.cue.start]):
        if _is_relay(found["who"], shown):
            yield begin + found.start("who"), begin + found.end("who")


_CARRIES = chains().reporting | {"said", "says", "wrote", "writes"}
_CITED = re.compile(r"\b(?:citing|quoting)\s\Z", re.IGNORECASE)


def _is_relay(words: str, shown: frozenset[str]) -> bool:
    return is_outlet(words) or fold(re.sub(r"^the\s", "", words)) in shown


def _is_source(stmt: Statement, stretch: Stretch) -> bool:
    """Whether words open the source: who speaks relays nothing."""
    return stmt.source is not None and stmt.source.start == stretch[0]


def _quoting(text: str, stmt: Statement, clause: Clause) -> Iterator[Stretch]:
    """As in "The Herald quoted Marr as saying"."""
    if stmt.cue is None:
        return
    begin = clause.before[0] if stmt.source is None else min(clause.before[0], stmt.source.start)
    found = _QUOTES.search(text[begin : stmt.cue.start])
    if found is None or _PASSIVE.search(found["who"]):
        return
    if re.search(r"[A-Z]|\b(?:agency|paper|newspaper|media|television|radio)\b", found["who"]):
        late = re.match(r".*\b(?:later|earlier|ago|day|week)\s(?=the\s)", found["who"])
        yield begin + found.start("who") + (late.end() if late else 0), begin + found.end("who")


def _passed_on(text: str, stmt: Statement, clause: Clause, shown: frozenset[str]) -> Iterator[Stretch]:
    """As in "In a letter seen by Reuters": in the clause, in the source or beside the venue."""
    named: list[Span] = [span for span in (stmt.source, stmt.venue) if span]
    places = [*clause.stretches(), *((span.start, span.end) for span in named)]
    for start, end in places:
        behind = (start, end) in (clause.after, clause.tail)
        told = _TO_OUTLET.match(text, start, end) if behind else None
        if told and (stretch := read_noun_phrase(text, *told.span("who"))) and _is_told(text, stretch, shown):
            yield stretch
        for pattern in _PASSES:
            for found in pattern.finditer(text, start, end):
                stretch = read_outlet(text, read_noun_phrase(text, *found.span("who")))
                if stretch and _is_told(text, stretch, shown) and not _is_source(stmt, stretch):
                    yield stretch


_DEED = re.compile(r"\s(?:published|aired|broadcast|posted|released|carried)$")
_SHOW_OF = re.compile(r"(?P<outlet>.+?)[’'](?:s\s|\s)(?=[A-Z])")


def read_outlet(text: str, stretch: Stretch | None) -> Stretch | None:
    """A noun phrase without the verb it ran on into, and without who works there: "Channel 2’s Ilse Marr"."""
    if stretch is None:
        return None
    words = text[slice(*stretch)]
    if deed := _DEED.search(words):
        return stretch[0], stretch[0] + deed.start()
    show = _SHOW_OF.match(words)
    return (stretch[0], stretch[0] + show.end("outlet")) if show and is_outlet(show["outlet"]) else stretch


_OWN = re.compile(r"(?:his|her|its|their|your|our|my)\s")
_SITE = re.compile(r"\s(?:website|web\ssite|page|account)$")


def _is_told(text: str, stretch: Stretch, shown: frozenset[str]) -> bool:
    """Whether words are an outlet's, and not the speaker's own page: "posted on its website"."""
    words = text[slice(*stretch)]
    if text[: stretch[0]].endswith((" on ", " by ")) and (_OWN.match(words) or _SITE.search(words)):
        return False
    return is_told_outlet(words, shown)


def _staff(text: str, stmt: Statement, clause: Clause, shown: frozenset[str]) -> Iterator[Stretch]:
    """As in "told a reporter from Reuters", "asked by Herald reporters": for whom those asked or listened."""
    for start, end in clause.stretches():
        for found in _STAFF_OF.finditer(text, start, end):
            who = found.span("who") if found["who"] else found.span("whose")
            stretch = read_noun_phrase(text, *who)
            if stretch is None or (stmt.source and stmt.source.start <= stretch[0] < stmt.source.end):
                continue
            if is_told_outlet(text[slice(*stretch)], shown) or (
                _hires(found) and is_unknown(text[slice(*stretch)])
            ):
                yield stretch


def _hires(found: re.Match[str]) -> bool:
    """Whether only an outlet can stand there: "a reporter for X", "X reporters"; "from X" may be a town."""
    if found["whose"]:
        return True
    return found[0].endswith((" for ", " of ")) or found["who"].startswith("the ")


_CARRYING = re.compile(
    rf"(?:^|[.,;]\s)(?P<who>{_NAME}?)\s(?:has\s)?(?:carried|aired|broadcast|published|printed|ran|obtained)\s"
    r"[^.,;]{3,60},?\sin\swhich\s\Z"
)


def _carrying(text: str, stmt: Statement, begin: int, shown: frozenset[str]) -> Iterator[Stretch]:
    """As in "The agency carried a statement in which the ministry accused …"."""
    if stmt.source is None:
        return
    found = _CARRYING.search(text[begin : stmt.source.start])
    if found and _is_relay(found["who"], shown):
        yield begin + found.start("who"), begin + found.end("who")


_ASKED_BY = re.compile(
    rf"\s*(?:Asked|Questioned|Pressed|Interviewed|Contacted|Reached)\s(?:\w+day\s)?by\s"
    rf"(?:(?:\w+\s){{1,3}}?(?:{_STAFF})\s(?:from|for|of|with)\s)?(?P<who>.+)"
)


def _asked(text: str, stmt: Statement, begin: int, shown: frozenset[str]) -> Iterator[Stretch]:
    """As in "Asked by the Herald whether he would go, Marr said …": at the head of the sentence."""
    if stmt.source is None or stmt.cue is None:
        return
    found = _ASKED_BY.match(text, begin, stmt.cue.start)
    stretch = read_noun_phrase(text, *found.span("who")) if found else None
    before = stretch and stretch[1] <= stmt.source.start
    if stretch and before and is_told_outlet(text[slice(*stretch)], shown):
        yield stretch


_AS_REPORTED = re.compile(
    r"\s*As\s(?:(?:first|originally|previously|also)\s)?(?:reported|disclosed|revealed|quoted|told)\s(?:\w+day\s)?(?:first\s|earlier\s)?(?:by|in|to)\s"
    rf"(?P<by>[^,]+),|\s*As\s(?P<who>{_NAME}?)\s(?:(?:first|has|had|also)\s)*(?:reported|disclosed|revealed)\b"
)


def _as_reported(text: str, stmt: Statement, begin: int, shown: frozenset[str]) -> Iterator[Stretch]:
    """As in "As first reported by the Herald, Marr asked …": at the head of the sentence."""
    found = _AS_REPORTED.match(text, begin, stmt.cue.start) if stmt.cue else None
    if found is None:
        return
    stretch = read_noun_phrase(text, *found.span("by" if found["by"] else "who"))
    if stretch and _is_relay(text[slice(*stretch)], shown) and not _is_source(stmt, stretch):
        yield stretch


_INTERVIEW = re.compile(
    r"\b(?:interviews?\swith|(?:op-ed|column|essay|editorial)\s(?:in|for))\s(?=(?P<who>.{1,120}))"
)


def _interviewing(text: str, clause: Clause) -> Iterator[Stretch]:
    """As in "said in an interview with the Folio": an unknown name with its article, which no person has."""
    for start, end in clause.stretches():
        for found in _INTERVIEW.finditer(text, start, end):
            stretch = read_noun_phrase(text, found.start("who"), min(end, found.end("who")))
            words = text[slice(*stretch)] if stretch else ""
            if stretch and is_unknown(words) and words.startswith("the "):
                yield stretch


_THROUGH = re.compile(
    r"\b(?:through|(?:read|relayed|delivered|conveyed|circulated|passed\son)(?:\s(?:out|aloud))?\sby)\s"
    r"(?P<who>(?:an?|the|his|her|its|their)\s.+)"
)


def _voicing(text: str, clause: Clause) -> Iterator[Stretch]:
    """As in "said through a solicitor": beside the cue."""
    for start, end in (clause.before, clause.after):
        for found in _THROUGH.finditer(text, start, end):
            stretch = read_noun_phrase(text, *found.span("who"))
            told = stretch is not None and text.startswith((", who", " who"), stretch[1])
            if stretch and not told and fold(text[slice(*stretch)]).split()[-1] in chains().voices:
                yield stretch


def without_listeners(text: str, stmt: Statement) -> Statement:
    """The statement without relays that only listened: "told reporters" is no relay, "told the Herald" is.

    The first of them is whom it was said to, where nobody else is.
    """
    own = stmt.source.start if stmt.source else -1
    relays = list({fold(m.text): m for m in (_trimmed(text, m) for m in reversed(stmt.via))}.values())[::-1]
    wrong = [
        m for m in relays if is_listener(m.text) or passes_nothing(m.text) or _is_person_or_place(text, m)
    ]
    wrong += [m for m in relays if m.start == own and m not in wrong]  # who speaks relays nothing
    if not wrong and tuple(relays) == stmt.via:
        return stmt
    return msgspec.structs.replace(
        stmt,
        via=tuple(m for m in relays if m not in wrong),
        addressee=stmt.addressee or next((m for m in wrong if _follows(text, stmt, m)), None),
    )


_POSSESSOR = re.compile(r"[\w’'.-]+$")
_DOCUMENT = re.compile(r".+\s(?:by|to)\s(?=(?:the\s)?)(?P<who>\S.+)", re.DOTALL)


def _trimmed(text: str, relay: Mention) -> Mention:
    """A relay in its own words: "extracts printed by the Folio" is the Folio, "'s hour" "Belkin's hour"."""
    start = relay.start
    if relay.text.startswith(("’s ", "'s ", "s ")) and (found := _POSSESSOR.search(text, 0, start)):
        return mention(text, (found.start(), relay.end))
    found = _DOCUMENT.fullmatch(relay.text)
    if found and is_outlet(found["who"]):
        return mention(text, (start + found.start("who"), relay.end))
    return relay


def _is_person_or_place(text: str, relay: Mention) -> bool:
    """Somebody by an office ("his counterpart, Marr"), the town after a relay's "in", or no words at all."""
    if is_outlet(relay.text):
        return False
    named = fold(relay.text.split(",")[0])
    words = named.split()
    if not any(letter.isalnum() for letter in named):
        return True
    if words[0] in ontology().titles or any(word in ontology().roles for word in words):
        return True
    known = knowledge().find(named)
    if known and all(entity.kind == "person" for entity in known):
        return True
    the = relay.text.startswith("the ")
    return text.endswith((" at ", " from "), 0, relay.start) or (
        text.endswith(" in ", 0, relay.start) and not the
    )


def _follows(text: str, stmt: Statement, heard: Mention) -> bool:
    """Whether somebody stands right behind the cue or its "to"; a mere listener, anywhere behind it."""
    if stmt.cue is None or heard.start < stmt.cue.end:
        return False
    return text[stmt.cue.end : heard.start].strip() in ("", "to") or is_listener(heard.text)


_NOMINAL = re.compile(
    r"(?:the|this|that)\s(?:\w+\s)?(?:agency|paper|newspaper|magazine|broadcaster|channel|portal|website|site|daily|weekly|"
    r"station|wire|newsletter|tabloid|network|programme|program|outlet)",
    re.IGNORECASE,
)


def name_relays(statements: Sequence[Statement]) -> tuple[Statement, ...]:
    """Statements whose speakers are known -> the same, "the agency" and "the paper" linked to the last named.

    The last named is the nearest outlet before it that reports, is told or relays something. A pronoun
    ("She quoted him as saying") is whoever spoke just before; where nobody did, it is no relay.
    """
    named: list[Statement] = []
    last: str | None = None
    spoke: dict[str | None, str | None] = {}
    for stmt in statements:
        heard = [(m.start, m.actor) for m in (stmt.source, stmt.addressee) if m and is_told_outlet(m.text)]
        heard += [(m.start, m.actor) for m in stmt.via]
        via = tuple(_renamed(m, spoke.get(stmt.parent) if _is_pronoun(m) else last) for m in stmt.via)
        heard_by = stmt.addressee
        addressee = _renamed(heard_by, last) if heard_by and not _is_pronoun(heard_by) else heard_by
        via = tuple(m for m in via if m.actor or not _is_pronoun(m))
        named.append(msgspec.structs.replace(stmt, via=via, addressee=addressee))
        spoke[stmt.parent] = stmt.speaker
        last = next((actor for _, actor in sorted(heard, reverse=True, key=lambda h: h[0]) if actor), last)
    return tuple(named)


def _is_pronoun(words: Mention) -> bool:
    return fold(words.text) in ("he", "she", "it", "they")


def _renamed(outlet: Mention, last: str | None) -> Mention:
    if outlet.actor is not None or last is None:
        return outlet
    if not _NOMINAL.fullmatch(outlet.text) and not _is_pronoun(outlet):
        return outlet
    return msgspec.structs.replace(outlet, actor=last)
