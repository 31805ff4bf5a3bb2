"""Those whom a text only describes -> the words under which they are recorded.

Counts and articles go, where a state is named the group is that state's; everything else stays as it stands.
"""

from __future__ import annotations

import re

from onrecord.ontology import fold, ontology
from onrecord.sectors import sector_of
from onrecord.wording import spell_out_state

_IN_STATE = re.compile(
    r"(?P<head>[\w\s-]+?)\s(?:in|across|from|throughout|of)\s(?:the\s)?(?P<place>[A-Z][\w.’'&-]*(?:\s[A-Z][\w.’'&-]*)*)"
)
_GENERIC = frozenset("people those anyone anybody whoever everyone everybody any".split())
"""Heads that say nothing without the clause behind them: "anyone who voted twice"."""
_CLAUSE = re.compile(r"\s(?:who|that|which|whose)\s")
_COUNTED = re.compile(
    r"^(?:at\sleast|more\sthan|up\sto|some|about|nearly|the|a|an)\s(?=\S+\s)|^(?:\d[\d,.]*)\s", re.IGNORECASE
)


def word_group(words: str, worded: str, head: str) -> str:
    """What those are called whom ``words`` describe; ``worded`` is the description up to its first comma.

    >>> word_group("drivers across Norway", "drivers across Norway", "drivers")
    'Norwegian drivers'
    """
    if fold(words).partition(" ")[0] in _GENERIC and _CLAUSE.search(words):
        return words
    if head in _GENERIC and _CLAUSE.search(words):
        return _COUNTED.sub("", words)
    called = worded or words
    if (found := _IN_STATE.fullmatch(called)) and not called.startswith("people of "):
        iso3 = ontology().countries.get(fold(found["place"]))
        where = ontology().nationalities.get(iso3 or "")
        single = fold(found["head"]).rpartition(" ")[2]
        if where and single not in ("people", "government"):
            return f"{where} {found['head'][:1].lower()}{found['head'][1:]}"
    return spell_out_state(called) if sector_of(called) in ("MIL", "GOV", "COP") else called
