"""A trigger and the phrases of its sentence -> the phrase that says when, or where, that event was.

The reporting minister said Monday that strikes on the port on Sunday had killed two.
                       |------|          ^trigger          |------|

There is no parser: a phrase is nearer the fewer clauses, verbs, marks and words stand between the two, and a
phrase that another event or cue stands nearer to is that one's.
"""

from __future__ import annotations

import functools
import math
import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import TypeAlias

from onrecord.dates.tense import is_past_verb

Offsets: TypeAlias = tuple[int, int]

FARTHEST = 3.0
"""Distance beyond which a phrase is not the trigger's. This and the costs were set by hand on the passages to
train on and the international train part."""
_COSTS = {
    "clause": 2.5,  # who, which, because …
    "preposition": 2.5,  # after, before: those that open a clause
    "mark": 4.0,  # ; : dashes and quotation marks
    "verb": 1.6,
    "comma": 0.8,
    "and": 0.9,
    "infinitive": 0.06,
    "word": 0.06,
}
_AHEAD = {"comma": 2.5}
"""Other costs where the phrase stands before the trigger and does not open the sentence."""
_IN_WORDS_ONLY = {"infinitive": 2.5}
"""Other costs for what is done by words: "threatened to strike on Friday" tells no day of the threat."""
_OPENING = 0.3
"""What the words between cost of their price where the phrase opens the sentence: "On Friday, the navy …"."""
_REACH = 600
"""Characters between beyond which nothing is looked at: of a list flattened to one sentence all would be."""
_FARTHER = 120
"""Characters that another trigger may stand farther off and still be nearer by what lies between."""
_RIVAL = 2.0
"""What another trigger or cue between the two costs, half of it where trigger and other share the phrase
("On Friday the navy shelled a fort and sank a ferry")."""
_BEFORE = 0.6
"""What it costs a phrase to stand before the trigger with more than ``_BESIDE`` words between."""
_BESIDE = 2
_POSSESSED = 30
"""Characters within which a noun stands behind the date that possesses it: "Friday's deadly drone attack"."""
_TOKEN = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*|[;:“”\"«»()—–]|--|\s-\s|,")
_CLAUSE = frozenset(
    """who whom whose which that when while where before after because although though if until till unless
    whereas once as whether how why than""".split()
)
_PREPOSITIONS = frozenset("before after since until till as".split())
"""Words that open a clause, or stand before a noun: right before the phrase they are its own."""
_AND = frozenset("and but or".split())
_SHARED = re.compile(r",?\s+(?:and|but)\s+(?:(?:then|also|later|has|have|had|was|were|by|\w+ly)\s+)*")
"""What stands between a phrase and a trigger that shares it: "left on Sunday and returned"."""
_JOINED = re.compile(r"\b(?:and|but)\s+(?:\S+\s+){0,3}\Z")
_TOOK_PLACE = re.compile(
    r"[^,.;:“”\"]{0,40},?\s(?:(?:which|that)\s)?(?:(?:will|would|is|are|to|due|set|also|later|had|has|have|been|be|was|were)\s)*"
    r"(?:took|take|takes|taken|held|occurred|occur|happened|began|begin|started|start|came|scheduled|planned)\b"
)
"""What says no more of an event than that it was: "the strike, which took place on Friday"."""
_BEFORE_OPENING = re.compile(
    r"(?:[QA]:)?[\s“\"'(]*(?:(?:and|but|then|meanwhile|also|later|earlier|early|late|on|in|at|by|over|during|since|for|from"
    r"|near|across|around|outside|inside|throughout|the|a|an|this|that|same|just|only)\b[\s,]*)*",
    re.IGNORECASE,
)


def find_attached(
    text: str,
    sentence: Offsets,
    trigger: Offsets,
    phrases: Iterable[Offsets],
    others: Sequence[Offsets] = (),
    *,
    verbal: bool = False,
    farthest: float = FARTHEST,
) -> Offsets | None:
    """The phrase nearest to the trigger that is not another's; None where none is near.

    ``others`` are the triggers and cues of the sentence that may own phrases too; ``verbal`` tells that the
    event is done by words, so that what is said to come is none of its own.
    """
    rivals = [o for o in others if not _meet(o, trigger) and _meet(o, sentence)]
    near: list[tuple[float, Offsets]] = []
    for phrase in phrases:
        if _gap(trigger, phrase) > _REACH:
            continue
        cost = distance(text, sentence, trigger, phrase, rivals, verbal=verbal)
        if cost <= farthest and not _is_anothers(text, sentence, trigger, phrase, rivals, cost):
            near.append((cost, phrase))
    return min(near)[1] if near else None


def _is_anothers(
    text: str, sentence: Offsets, trigger: Offsets, phrase: Offsets, rivals: Sequence[Offsets], cost: float
) -> bool:
    """Whether another trigger is nearer, unless the two share the phrase."""
    if _opens(text, sentence, phrase) or _SHARED.fullmatch(text, phrase[1], max(trigger[0], phrase[1])):
        return False
    near = (rival for rival in rivals if _gap(rival, phrase) <= _gap(trigger, phrase) + _FARTHER)
    return any(distance(text, sentence, rival, phrase) < cost for rival in near)


def distance(
    text: str,
    sentence: Offsets,
    trigger: Offsets,
    phrase: Offsets,
    rivals: Sequence[Offsets] = (),
    *,
    verbal: bool = False,
) -> float:
    """How far a phrase is from a trigger of its sentence; 0 where one holds the other."""
    if _meet(trigger, phrase):
        return 0.0
    ahead = phrase[0] < trigger[0]
    start, end = (phrase[1], trigger[0]) if ahead else (trigger[1], phrase[0])
    if text[phrase[1] : phrase[1] + 2] in ("'s", "’s"):
        start += 2
        if not (ahead and end - start <= _POSSESSED):
            return math.inf  # it is another noun's: "welcomed Friday's news of a truce"
    if ahead and _SHARED.fullmatch(text, start, end):
        return _RIVAL / 2
    opens = ahead and _opens(text, sentence, phrase)
    prices = (
        _COSTS | (_AHEAD if ahead and not opens else {}) | (_IN_WORDS_ONLY if verbal and not ahead else {})
    )
    kinds = _kinds(text, sentence, start, end, ahead=ahead)
    cost = sum(prices[kind] for kind in kinds)
    between = [r for r in rivals if start <= r[0] and r[1] <= end]
    if opens and "mark" not in kinds:
        joined = all(_JOINED.search(text, r[1], trigger[0]) for r in between)
        return cost * _OPENING + len(between) * (_RIVAL / 2 if joined else _RIVAL * 2)
    return cost + len(between) * _RIVAL + (_BEFORE if ahead and len(kinds) > _BESIDE else 0)


def _kinds(text: str, sentence: Offsets, start: int, end: int, *, ahead: bool) -> list[str]:
    """What stands between, by what it costs."""
    starts, every = _read(text, sentence)
    kinds = every[bisect_left(starts, start) : bisect_left(starts, end)]
    if kinds and not ahead and kinds[-1] == "preposition":
        kinds[-1] = "word"
    if not ahead and _TOOK_PLACE.match(text, start, end):
        kinds = [kind if kind in ("mark", "comma") else "word" for kind in kinds]
    return kinds


@functools.lru_cache(maxsize=16)  # asked for every trigger and phrase of a sentence
def _read(text: str, sentence: Offsets) -> tuple[list[int], list[str]]:
    """Where the words and marks of a sentence begin, and what each costs."""
    tokens = list(_TOKEN.finditer(text, *sentence))
    return [m.start() for m in tokens], [_kind(m) for m in tokens]


@functools.lru_cache(maxsize=256)
def _opens(text: str, sentence: Offsets, phrase: Offsets) -> bool:
    return bool(_BEFORE_OPENING.fullmatch(text, sentence[0], phrase[0]))


def _kind(token: re.Match[str]) -> str:
    word = token[0].lower()
    if word == ",":
        return "comma"
    if not word[0].isalnum():
        return "mark"
    if word == "to":
        return "infinitive"
    if word in _PREPOSITIONS:
        return "preposition"
    if word in _CLAUSE:
        return "clause"
    if word in _AND:
        return "and"
    return "verb" if is_past_verb(token[0]) else "word"


def _gap(first: Offsets, second: Offsets) -> int:
    """Characters between the two."""
    return max(second[0] - first[1], first[0] - second[1], 0)


def _meet(first: Offsets, second: Offsets) -> bool:
    return first[0] < second[1] and second[0] < first[1]
