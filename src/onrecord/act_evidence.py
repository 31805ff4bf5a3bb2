"""What the words that were said tell of the act: "we condemn" accuses, "it would send aid" promises.

Word lists are data (acts.toml). A verb beside "I" or "we" is looked up among the cues: who says "we condemn"
condemns.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Literal, TypeAlias

import msgspec

from onrecord.cue_senses import bases_of, tokens_of, vocabulary
from onrecord.records import Act, Statement

Form: TypeAlias = Literal[
    "will", "will-not", "future", "question", "denial", "fear", "silent", "rather", "nothing", "hedged"
]

LONGEST = 60
"""Words of what was said that are looked at; the act of a long speech stands at its head."""
NEAR = 12
"""Words among which the subject of the first clause stands."""
SUBJECT = 6
"""Words among which the last of a subject that stands for the speaker is looked for."""
ALIKE = 4
"""Letters that two forms of a name share."""
_BODIES = frozenset(
    "country government party company team side forces nation administration movement".split()
)
_SPEAKERS = frozenset(("i", "we"))
_PRONOUNS = frozenset(("i", "we", "it", "he", "she", "they"))
_WILL = frozenset(("will", "'ll", "shall", "would"))
_WAS = frozenset(("was", "were", "had", "did", "never"))
_NEGATIONS = frozenset(("not", "n't", "never", "no", "nothing", "none"))
_BETWEEN = frozenset(
    "also very much again now always deeply sincerely warmly fully therefore would like to want wish simply "
    "strongly firmly be all both just still 'd 'm 're am are can only hereby utterly do must have".split()
)
_SAYING = frozenset("say tell add state speak mean know see hear find have give make put note ask".split())
_DATING = frozenset("in on of since until by last next this early late mid before after from to".split())
_FEARS = frozenset(
    ("fear", "worried", "alarmed", "danger", "dangerous", "alarming", "beware", "risks", "threatens")
)


class Evidence(msgspec.Struct, frozen=True, kw_only=True):
    """What the words that were said show.

    ``performs`` is the act of the first verb beside "I" or "we"; ``counts`` says how often each list of
    acts.toml is met.
    """

    words: tuple[str, ...]
    performs: Act | None
    counts: Counter[str]
    forms: frozenset[Form]


def read_evidence(stmt: Statement) -> Evidence:
    """What the content of a statement shows."""
    words = [w for span in stmt.content for w in tokens_of(span.text)][:LONGEST]
    return Evidence(
        words=tuple(words),
        performs=next(_performed(words), None),
        counts=Counter(name for word in words for name in vocabulary().lists.get(word, ())),
        forms=frozenset(_forms(words, _own_words(stmt))),
    )


def _performed(words: Sequence[str]) -> Iterator[Act]:
    """The acts of the verbs whose subject is the speaker, those that only say left out."""
    for n, word in enumerate(words[:NEAR]):
        at = n + 1
        if word not in _SPEAKERS:
            continue
        while at < len(words) and words[at] in _BETWEEN:
            at += 1
        act = _act_of_verb(words, at) if at < len(words) else None
        if act:
            yield act


def _act_of_verb(words: Sequence[str], at: int) -> Act | None:
    """What the verb at a word does; the longest entry of the vocabulary counts."""
    behind = [bases_of(w) for w in words[at : at + 5]]
    if _SAYING & set(behind[0]):
        return None
    fitting = [
        (len(entry), act)
        for base in behind[0]
        for entry, act in vocabulary().cues.get(base, ())
        if all(any(word in bases for bases in behind) for word in entry)
    ]
    act = max(fitting, default=(0, "assert"))[1]
    return None if act == "assert" else act


def _own_words(stmt: Statement) -> frozenset[str]:
    """How the names in the source begin: "China" and "Chinese" begin alike."""
    words = stmt.source.text.split() if stmt.source else []
    return frozenset(w[:ALIKE].lower() for w in words if w[:1].isupper() and len(w) >= ALIKE)


def _find_subject(words: Sequence[str], own: frozenset[str]) -> int:
    """The last word of a subject that stands for the speaker; -1 where the first clause has none such."""
    for n, word in enumerate(words[:SUBJECT]):
        if word in _PRONOUNS:
            return n
        is_own = word in _BODIES or word[:ALIKE] in own
        if is_own and words[n + 1 : n + 2] and (words[n + 1] in _WILL):
            return n
    return -1


def _forms(words: Sequence[str], own: frozenset[str]) -> Iterator[Form]:
    """The forms of the first clause that tell an act."""
    subject = _find_subject(words, own)
    verb, behind = words[subject + 1 : subject + 2], words[subject + 1 : subject + 5]
    negated = bool(_NEGATIONS & set(behind))
    if verb and verb[0] in _WILL and not (words[subject] == "it" and "be" in behind):
        yield "rather" if {"rather", "sooner"} & set(behind) else "will-not" if negated else "will"
    elif subject >= 0 and negated and words[subject] not in _SPEAKERS and verb[0] in _WAS:
        yield "denial"
    early = words[:NEAR]
    if _WILL & set(early) or any(a in ("is", "are", "was", "were") and b == "to" for a, b in pairwise(early)):
        yield "future"
    if "?" in words[-2:]:
        yield "question"
    if _FEARS & set(early):
        yield "fear"
    if ("comment" in words[:8] and _NEGATIONS & set(words[:8])) or "nothing to add" in " ".join(early):
        yield "silent"
    if words and words[0] in ("no", "nothing", "none"):
        yield "nothing"
    if any(_hedges(words, n) for n in range(min(len(words), NEAR))):
        yield "hedged"


def _hedges(words: Sequence[str], n: int) -> bool:
    """Whether the word at ``n`` hedges; May is a month beside a date, "could not" a plain past."""
    if words[n] not in vocabulary().hedge_words:
        return False
    before, behind = " ".join(words[max(0, n - 1) : n]), " ".join(words[n + 1 : n + 2])
    if words[n] == "may":
        return before not in _DATING and not behind[:1].isdigit()
    return words[n] != "could" or behind not in ("not", "n't")
