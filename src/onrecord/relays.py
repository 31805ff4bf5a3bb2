"""Statements -> through whom they came: outlets that report, quote, carry or were told them (``via``)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import msgspec

from onrecord.clauses import Clause, Stretch, mention, read_noun_phrase
from onrecord.knowledge import knowledge
from onrecord.ontology import fold, ontology
from onrecord.ontology.chains import chains
from onrecord.records import Mention, Span, Statement

OUTLET_SECTOR = "JRN"
_ACRONYM = re.compile(r"(?:the\s)?[A-Z]{3,6}")
_ADDRESS = re.compile(r"\S+\.(?:com|net|org|pl|ru|info)\b", re.IGNORECASE)


_OWN_PAPER = re.compile(r"this\s(?:newspaper|paper|magazine|newsroom|website)", re.IGNORECASE)
_MEDIUM = re.compile(r"(?:radio|television|tv)(?:\sand\s(?:radio|television|tv))?")


def is_outlet(words: str) -> bool:
    """Whether words name or describe an outlet: by the table of actors, or by their head.

    >>> is_outlet("the state news agency Belkin"), is_outlet("Karsa's press agency"), is_outlet("reporters")
    (True, True, False)
    """
    words = re.sub(r"^(?:the\s)?\w+[’']s\s(?=.*\w)", "", words)
    head = re.split(r"[,’]|'s\b|\s(?:in|at|of|for|from|with)\s", words, maxsplit=1)[0]
    key = fold(re.sub(r"^(?:the|a|an|its|his|her|their)\s", "", head, flags=re.IGNORECASE))
    if key in ontology().agencies or any(e.sector == OUTLET_SECTOR for e in knowledge().find(key)):
        return True
    if re.search(r"\bstate(?:-run)? (?:media|television|tv|radio)$", key):
        return True
    listed = key.split()
    if not listed or listed[-1] in chains().plain_hearers - chains().outlet_heads:
        return False
    heads = (listed[0] if listed[0] != "press" else "", listed[-1], *_heads_before_name(head))
    if any(word in chains().outlet_heads for word in heads):
        return listed != ["press"]
    return bool(_ADDRESS.search(words))


def _heads_before_name(words: str) -> Iterator[str]:
    """The word in small letters right before a name: "agency" of "the news agency Belkin"."""
    found = re.search(r"\b([a-z]+)\s+[A-Z]", words)
    if found:
        yield found[1]


_NAMED = r"(?P<name>[A-Z][\w’'-]*(?:\s(?:[a-z]{1,3}\s)?[A-Z][\w’'-]*){0,3})"
_SHOWN = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b(?:newspaper|agency|magazine|daily|weekly|broadcaster|channel|radio|portal|website|podcast|station)\s(?:the\s)?{_NAMED}",
        rf"\b{_NAMED}\s(?:newspaper|news\sagency|television|radio|magazine|broadcaster|news\schannel)\b",
        rf"\b{_NAMED}(?:,\s(?:citing|quoting)\b[^,.]*,)?\s(?:first\s)?reported\b",
        rf"\b(?:seen|obtained|reviewed|carried|quoted)\sby\s(?:the\s)?{_NAMED}",
    )
)
"""How a text shows a name to be an outlet's: "the magazine Ledger", "Ledger reported", "seen by Ledger"."""


_HINT = re.compile(
    r"\b(?:newspaper|agency|magazine|daily|weekly|broadcaster|channel|radio|portal|website|podcast|station|"
    r"television|reported|(?:seen|obtained|reviewed|carried|quoted)\sby)\b"
)
NAME_REACH = 80
"""Characters from such a word within which a name that it shows stands whole."""


def find_outlets(text: str) -> frozenset[str]:
    """The names that a text itself shows to be outlets', folded."""
    shown = {
        fold(found["name"])
        for hint in _HINT.finditer(text)
        for pattern in _SHOWN
        for found in pattern.finditer(text, max(0, hint.start() - NAME_REACH), hint.end() + NAME_REACH)
    }
    return frozenset(name for name in shown if name not in ontology().roles and not _is_other(name))


def _is_other(name: str) -> bool:
    """Whether the table of actors knows a name, and as nobody's outlet's."""
    known = knowledge().find(name)
    return bool(known) and all(e.sector != OUTLET_SECTOR for e in known)


def is_told_outlet(words: str, shown: frozenset[str] = frozenset()) -> bool:
    """Like :func:`is_outlet`, of whoever was told something: an unknown acronym there is an outlet.

    ``shown`` are names that the text shows to be outlets'.
    """
    if _OWN_PAPER.fullmatch(words):
        return False
    if is_outlet(words) or fold(re.sub(r"^the\s", "", words)) in shown:
        return True
    key = re.sub(r"^the\s", "", words)
    return (
        bool(_ACRONYM.fullmatch(words)) and not knowledge().find(key) and fold(key) not in ontology().bodies
    )


def tells_outlet(words: str) -> bool:
    """Whether words name an outlet or what came from one: "reports from state media"."""
    return is_outlet(words) or any(is_outlet(part) for part in re.split(r"\s(?:from|in|by|of)\s", words)[1:])


def is_listener(words: str) -> bool:
    """Whether words in small letters describe who may listen but passes nothing on: "reporters"."""
    if is_outlet(words) or re.search(r"\b(?!I\b)[A-Z]", words):
        return False
    return any(word in chains().plain_hearers for word in fold(words).split())


def find_relays(text: str, stmt: Statement, clause: Clause, shown: frozenset[str]) -> Iterator[Mention]:
    """The outlets in a statement's clause that it came through, beside those already known."""
    known = [(m.start, m.end) for m in stmt.via]
    for stretch in (
        *_reporting(text, clause, shown),
        *_quoting(text, stmt, clause),
        *_obtained(text, stmt, clause, shown),
    ):
        if not any(s < stretch[1] and stretch[0] < e for s, e in known):
            known.append(stretch)
            yield mention(text, stretch)


def _either(words: frozenset[str]) -> str:
    return "|".join(sorted(words))


_NAME = r"(?:[Tt]he\s)?[\w’'.&-]+(?:\s[\w’'.&-]+){0,6}"
_REPORTS = re.compile(
    rf"\s*,\s*(?P<who>{_NAME}?)\s(?:also\s)?(?:has\s)?(?:{_either(chains().reporting)})\b|"
    rf"\b[Aa]ccording\sto\s(?:[a-z\s]{{1,40}}\s(?:from|in|by|of)\s)?(?P<told>{_NAME})",
)
_QUOTES = re.compile(
    rf"(?:^|[,;—–]\s|\b(?:and|but)\s)(?P<who>{_NAME}?)(?:\s(?:later|also|then|has|had)|,?\s(?:on\s)?[A-Z][a-z]+day)*"
    rf"\s(?:{_either(chains().quoting)})\s(?P<whom>.+?)\sas(?:\s(?:having|also))?\s*$",
    re.DOTALL,
)
_OBTAINED = re.compile(
    rf"\b(?:{_either(chains().obtained)}|made\spublic)\s(?:live\s)?(?:by|on|over)\s(?=(?P<who>.+))|"
    r"\b(?:that|which)?\s*(?P<got>(?:the\s)?[A-Z][\w.]*(?:\s[A-Z][\w.]*){0,3})\s(?:has\s)?(?:obtained|seen|reviewed)\b"
)


def _reporting(text: str, clause: Clause, shown: frozenset[str]) -> Iterator[Stretch]:
    """As in "…, Reuters reported": behind what was said or behind the cue's own clause."""
    for start, end in clause.stretches():
        for found in _REPORTS.finditer(text, start, end):
            who = found.span("who") if found["who"] else found.span("told")
            stretch = read_noun_phrase(text, *who)
            if stretch and _is_relay(text[slice(*stretch)], shown):
                yield stretch


def _is_relay(words: str, shown: frozenset[str]) -> bool:
    return is_outlet(words) or fold(re.sub(r"^the\s", "", words)) in shown


def _quoting(text: str, stmt: Statement, clause: Clause) -> Iterator[Stretch]:
    """As in "The Herald quoted Marr as saying"."""
    if stmt.cue is None:
        return
    begin = clause.before[0] if stmt.source is None else min(clause.before[0], stmt.source.start)
    found = _QUOTES.search(text[begin : stmt.cue.start])
    if found and re.search(r"[A-Z]|\b(?:agency|paper|newspaper|media|television|radio)\b", found["who"]):
        yield begin + found.start("who"), begin + found.end("who")


def _obtained(text: str, stmt: Statement, clause: Clause, shown: frozenset[str]) -> Iterator[Stretch]:
    """As in "In a letter seen by Reuters": in the clause, in the source or beside the venue."""
    named: list[Span] = [span for span in (stmt.source, stmt.venue) if span]
    places = [*clause.stretches(), *((span.start, span.end) for span in named)]
    for start, end in places:
        for found in _OBTAINED.finditer(text, start, end):
            group = "who" if found["who"] else "got"
            stretch = read_noun_phrase(text, *found.span(group))
            if stretch and _MEDIUM.fullmatch(text[slice(*stretch)]):
                continue
            if stretch and is_told_outlet(text[slice(*stretch)], shown):
                yield stretch


def without_listeners(text: str, stmt: Statement) -> Statement:
    """The statement without relays that only listened: "told reporters" is no relay, "told the Herald" is.

    The first of them is whom it was said to, where nobody else is.
    """
    own = stmt.source.start if stmt.source else -1
    wrong = [m for m in stmt.via if is_listener(m.text) or _passes_nothing(m) or _is_person_or_place(text, m)]
    wrong += [m for m in stmt.via if m.start == own and m not in wrong]  # who speaks relays nothing
    if not wrong:
        return stmt
    return msgspec.structs.replace(
        stmt,
        via=tuple(m for m in stmt.via if m not in wrong),
        addressee=stmt.addressee or next((m for m in wrong if _follows(text, stmt, m)), None),
    )


def _passes_nothing(relay: Mention) -> bool:
    """The newspaper in hand itself, and mere media: "carried by radio and television"."""
    return bool(_OWN_PAPER.fullmatch(relay.text) or _MEDIUM.fullmatch(relay.text))


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
    return text[: relay.start].endswith((" in ", " at ")) and not relay.text.startswith("the ")


def _follows(text: str, stmt: Statement, heard: Mention) -> bool:
    """Whether somebody stands right behind the cue or its "to"; a mere listener, anywhere behind it."""
    if stmt.cue is None or heard.start < stmt.cue.end:
        return False
    return text[stmt.cue.end : heard.start].strip() in ("", "to") or is_listener(heard.text)


_NOMINAL = re.compile(
    r"it|(?:the|this)\s(?:\w+\s)?(?:agency|paper|newspaper|magazine|broadcaster|channel|portal|website|daily|weekly|station)",
    re.IGNORECASE,
)


def name_relays(statements: Sequence[Statement]) -> tuple[Statement, ...]:
    """Statements whose speakers are known -> the same, "the agency" and "the paper" linked to the last named.

    The last named is the nearest outlet before it that reports, is told or relays something.
    """
    named, last = [], None
    for stmt in statements:
        heard = [(m.start, m.actor) for m in (stmt.source, stmt.addressee) if m and is_told_outlet(m.text)]
        heard += [(m.start, m.actor) for m in stmt.via]
        via = tuple(_renamed(m, last) for m in stmt.via)
        heard_by = stmt.addressee
        addressee = _renamed(heard_by, last) if heard_by and fold(heard_by.text) != "it" else heard_by
        named.append(msgspec.structs.replace(stmt, via=via, addressee=addressee))
        last = next((actor for _, actor in sorted(heard, reverse=True, key=lambda h: h[0]) if actor), last)
    return tuple(named)


def _renamed(outlet: Mention, last: str | None) -> Mention:
    if outlet.actor is not None or last is None or not _NOMINAL.fullmatch(outlet.text):
        return outlet
    return msgspec.structs.replace(outlet, actor=last)
