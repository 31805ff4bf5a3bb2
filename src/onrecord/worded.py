"""Those whom a text only describes -> the words under which they are recorded.

Counts and articles go, where a state is named the group is that state's; everything else stays as it stands.
"""

from __future__ import annotations

import re

import msgspec

from onrecord.ontology import fold, ontology
from onrecord.records import Kind
from onrecord.sectors import sector_of
from onrecord.states import state_in_full
from onrecord.wording import spell_out_state

_IN_STATE = re.compile(
    r"(?P<head>[\w\s-]+?)\s(?:in|across|from|throughout|of)\s(?:the\s)?(?P<place>[A-Z][\w.’'&-]*(?:\s[A-Z][\w.’'&-]*)*)"
)
_GENERIC = frozenset("people those anyone anybody whoever everyone everybody any".split())
"""Heads that say nothing without the clause behind them: "anyone who voted twice"."""
_CLAUSE = re.compile(r"\s(?:who|that|which|whose)\s")
_ATTACHED = re.compile(
    r"(?<=\w)\s(?:stationed|guarding|deployed|based|jailed|freed|sent\shome|suspected|accused|wounded|killed"
    r"|working|focused|trapped|sheltering|armed\swith|dressed|familiar\swith)\s.*"
    r"|(?<=\w)\son\s(?:motorcycles|motorbikes|bicycles|horseback|foot|trucks)\b.*"
    r"|(?<=\w)\sfrom\s[A-Z][\w-]*\sto\s[A-Z][\w-]*$"
)
"""What is only told of those described: "soldiers stationed in the north", "raiders on horseback"."""
_OWNED = re.compile(
    r"(?P<state>[A-Z]\w+(?:\s[A-Z]\w+){0,2})['’]s\s(?P<body>(?:[a-z-]+\s){0,2}"
    r"(?P<head>government|cabinet|parliament|senate|congress|court|council|commission|assembly))"
)
"""A state's body by its owner; recorded as a state's ministries are: "Parliament of Norway"."""
_AS_GOVERNMENT = {"government": "Government", "cabinet": "Government"}
_COUNTED = re.compile(
    r"^(?:at\sleast|more\sthan|up\sto|some|about|nearly|the|a|an)\s(?=\S+\s)|^(?:\d[\d,.]*)\s", re.IGNORECASE
)
_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_COUNT = re.compile(
    rf"^(?:(?:further|another)\s)?(?:(?:(?:last|first|rest|remainder)\sof\s(?:the\s)?)|(?:\d[\d,.]*|(?:{_TENS})(?:-\w+)?"
    r"|eleven|twelve|\w+teen)(?:\s(?:hundred|thousand|million))*\s)(?=\w)",
    re.IGNORECASE,
)


def kind_of_worded(words: str) -> Kind | None:
    """What those are whom a description calls: a group, a person, a body; None where its head does not tell.

    >>> kind_of_worded("Norwegian sailors"), kind_of_worded("envoy of Norway"), kind_of_worded("trawler")
    ('group', 'person', None)
    """
    known, head = ontology(), fold(_COMPLEMENT.split(words, maxsplit=1)[0]).rpartition(" ")[2]
    if head in known.roles:
        return "person"
    if (
        known.is_group(head)
        or sector_of(words) == "CVL"
        or (head.endswith("s") and not head.endswith(_SINGULAR))
    ):
        return "group"
    return "organization" if head in known.body_heads or sector_of(words) is not None else None


_COMPLEMENT = re.compile(
    r"\s(?:of|in|at|for|from|on|with|to|across|along|inside|near|loyal|working|around)\s|,"
)
_SINGULAR = ("ss", "us", "is", "ics")


class Owned(msgspec.Struct, frozen=True):
    """A body by its owner: the owner's words, and the name that the body has in full."""

    owner: str
    name: str


def body_owned(words: str) -> Owned | None:
    """The body of a state that words name by its owner; None for anything else.

    >>> body_owned("Norway's media council")
    Owned(owner='Norway', name='Media Council of Norway')
    """
    owned = _OWNED.fullmatch(words)
    if owned is None:
        return None
    what = " ".join(w[:1].upper() + w[1:] for w in owned["body"].split())
    return Owned(owned["state"], f"{_AS_GOVERNMENT.get(owned['head'], what)} of {owned['state']}")


def word_group(words: str, worded: str, head: str, *, persons: bool = False) -> str:
    """What those are called whom ``words`` describe; ``worded`` is the description up to its first comma.

    ``persons`` says that whoever owns them is a person: "Marr's government" is no state's body by name.

    >>> word_group("drivers across Norway", "drivers across Norway", "drivers")
    'Norwegian drivers'
    """
    if fold(words).partition(" ")[0] in _GENERIC and _CLAUSE.search(words):
        return words
    if head in _GENERIC and _CLAUSE.search(words):
        return _COUNTED.sub("", words)
    called = _COUNT.sub("", _ATTACHED.sub("", worded or words))
    if not persons and (body := body_owned(called)) is not None:
        return body.name
    if (found := _IN_STATE.fullmatch(called)) and not called.startswith("people of "):
        iso3 = ontology().countries.get(fold(found["place"]))
        where = ontology().nationalities.get(iso3 or "")
        single = fold(found["head"]).rpartition(" ")[2]
        if where and single not in ("people", "government"):
            return f"{where} {_uncapitalised(found['head'])}"
    if (mission := _MISSION.fullmatch(called)) and (iso3 := ontology().demonyms.get(fold(mission["whose"]))):
        return f"{mission['what'].capitalize()} of {state_in_full(iso3)}"
    if (found := _THROUGHOUT.fullmatch(called)) and fold(found["head"]) != "people":
        return f"{found['place']} {_uncapitalised(found['head'])}"
    return spell_out_state(called) if fold(called).rpartition(" ")[2] in _SPELLED else called


_MISSION = re.compile(r"(?P<whose>[A-Z][a-z]+(?:\s[A-Z][a-z]+)?)\s(?P<what>embassy|consulate)", re.IGNORECASE)
"""The mission of a state by its adjective: "Danish embassy" is the Embassy of Denmark."""
_THROUGHOUT = re.compile(r"(?P<head>[\w-]+(?:\s[\w-]+)?)\s(?:across|throughout)\s(?P<place>[A-Z][a-z]+)")
"""Those spread over a whole state or region, which may be none that the table knows."""

_SPELLED = frozenset(
    "forces force military army navy fleet marines government embassy consulate congress".split()
)
"""Bodies of a state, in whose names the state is written in full: "United States forces", but "US troops"."""


def _uncapitalised(words: str) -> str:
    return words[:1].lower() + words[1:] if words[1:2].islower() else words
