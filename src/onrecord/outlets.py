"""Words -> whether they name an outlet, or describe one: newspapers, agencies, broadcasters, websites."""

from __future__ import annotations

import re
from collections.abc import Iterator

from onrecord.knowledge import knowledge
from onrecord.ontology import fold, ontology
from onrecord.ontology.chains import chains

OUTLET_SECTOR = "JRN"
_ACRONYM = re.compile(r"(?:the\s)?[A-Z]{3,6}(?:-?(?:TV|FM))?")
_ADDRESS = re.compile(r"\S+\.(?:com|net|org|pl|ru|info)\b", re.IGNORECASE)


_OWN_PAPER = re.compile(
    r"this\s(?:newspaper|paper|magazine|newsroom|website|agency|reporter|correspondent)", re.IGNORECASE
)
_MEDIUM = re.compile(r"(?:radio|television|tv)(?:\sand\s(?:radio|television|tv))?")
_SEVERAL = re.compile(
    r"(?:all|every|each|local|foreign|national|several|some|many|most|various|two|three|four|five|six|both|other|a)\s"
    r"(?:\w+\s)?(?:newspapers?|papers?|outlets|broadcasters|channels|agencies|websites|stations|press|radio\shost|television\screw)"
)


def passes_nothing(words: str) -> bool:
    """Whether words name what relays nothing: the newspaper in hand, mere media, outlets not told apart.

    >>> passes_nothing("this newspaper"), passes_nothing("several newspapers"), passes_nothing("the Herald")
    (True, True, False)
    """
    return any(kind.fullmatch(words) for kind in (_OWN_PAPER, _MEDIUM, _SEVERAL))


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
    if re.search(
        r"\bstate(?:-run)? (?:media|television|tv|radio)$|\b(?:press|news|wire) (?:service|bureau)$", key
    ):
        return True
    listed = key.split()
    if not listed or listed[-1] in chains().plain_hearers - chains().outlet_heads:
        return False
    if listed[-1] in chains().occasions - chains().outlet_heads and head.split()[-1].islower():
        return False
    last = fold(words.split()[-1])
    heads = (listed[0] if listed[0] != "press" else "", listed[-1], last, *_heads_before_name(head))
    if any(word in chains().outlet_heads for word in heads):
        return listed != ["press"]
    return _is_titled(head) or bool(_ADDRESS.search(words))


def _is_titled(name: str) -> bool:
    """Whether a name ends on what only newspapers are called, with its capital: "the Ostrow Sentinel"."""
    last = re.split(r"[\s-]", name.strip())[-1]
    return last[:1].isupper() and fold(last) in chains().outlet_titles


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
        rf"\b{_NAMED}(?:,\s(?:citing|quoting|which)\b[^,.]*,)?\s(?:first\s)?reported\b",
        rf"\b(?:seen|obtained|reviewed|carried|quoted)\sby\s(?:the\s)?{_NAMED}",
        rf"\b(?:leaked\sto|(?:first|originally)\sreported\sby|(?:aired|printed)\sby)\s(?:the\s)?{_NAMED}",
        rf"\b[Aa]s\s(?:the\s)?{_NAMED}\s(?:first\s)reported\b",
        rf"\b{_NAMED},\s(?:citing|quoting|which\s(?:cited|quoted))\b",
        rf"\b{_NAMED}\s(?:carried|aired|published)\s(?:a|excerpts|footage|extracts)\b",
        rf"\b(?:reached|contacted)\sby\s{_NAMED}\s",
    )
)
"""How a text shows a name to be an outlet's: "the magazine Ledger", "Ledger reported", "seen by Ledger"."""


_HINT = re.compile(
    r"\b(?:newspaper|agency|magazine|daily|weekly|broadcaster|channel|radio|portal|website|podcast|station|"
    r"television|reported|leaked\sto|(?:aired|printed)\sby|(?:seen|obtained|reviewed|carried|quoted)\sby|citing|quoting|cited|quoted|carried|aired|published|(?:reached|contacted)\sby)\b"
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


def is_unknown(name: str) -> bool:
    """Whether words are a name that neither a state's people nor anybody in the table of actors has."""
    bare = re.sub(r"^[Tt]he\s", "", name)
    plain = all(word[:1].isupper() for word in bare.split())
    return plain and fold(bare) not in ontology().demonyms and not knowledge().find(bare)


def _is_other(name: str) -> bool:
    """Whether the table of actors knows a name, and as nobody's outlet's."""
    known = knowledge().find(name)
    return bool(known) and all(e.sector != OUTLET_SECTOR for e in known)


def is_told_outlet(words: str, shown: frozenset[str] = frozenset()) -> bool:
    """Like :func:`is_outlet`, of whoever was told something: an unknown acronym there is an outlet.

    ``shown`` are names that the text shows to be outlets'.
    """
    if passes_nothing(words):
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
    if is_outlet(words):
        return False
    if re.search(r"\b(?!I\b)[A-Z]", words):
        return fold(re.sub(r"^[Tt]he\s", "", words)) in chains().plain_hearers
    return any(word in chains().plain_hearers for word in fold(words).split())
