"""A sentence, its trigger and its participants -> whether what looks like an event is none.

1. what does no deed: storms, locusts, illnesses, prices ("oil strikes back", "the storm hammered the coast");
2. what a sentence of sport, games, fiction or markets calls an attack, a siege, a retreat;
3. what a rule lets any one of a kind do ("a court may refuse", "every member must contribute");
4. a row of figures.

The words stand in ``ontology/lookalikes.toml``; docs/experiments.md says what they were tried on.
"""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from importlib import resources
from typing import Any

from onrecord.lexicon import Lexicon, Word, read_phrases, read_words

FILE = "lookalikes.toml"
ENOUGH = 2
"""What tells the field of a sentence: one phrase that is sure, or two different hints."""
FIGURES = 3
"""Figures that make a row of a table of a sentence where at least every ``SHARE``-th word is one."""
SHARE = 2
_HEADED = frozenset(("of", "in", "on", "at", "from", "for", "with", "that", "which", "who", "off"))
"""Words behind which the head of a phrase is past: "a swarm of locusts", "storms off the coast"."""
_ANY = frozenset(("a", "an", "any", "anyone", "anybody", "every", "everyone", "whoever", "each"))


def is_lookalike(sentence: str, trigger: str, actors: Sequence[str], recipients: Sequence[str]) -> bool:
    """Whether an event that was found between such participants is none.

    >>> is_lookalike("Oil struck back on Tuesday.", "struck back", ["Oil"], [])
    True
    >>> is_lookalike("Rebels struck the oil terminal.", "struck", ["Rebels"], ["the oil terminal"])
    False
    """
    doers = actors or recipients
    if doers and all(map(_does_nothing, doers)):
        return True
    if _is_rule(sentence, trigger, actors) or _is_row(sentence):
        return True
    told = {label for label, _, _ in _lexicon("triggers").find(read_words(trigger))}
    return bool(told) and not told.isdisjoint(_fields(sentence))


def _does_nothing(doer: str) -> bool:
    """Whether a participant is weather, an animal, an illness or a price, by its head."""
    head = _head(read_words(doer))
    return bool(head and _lexicon("doers").find(head))


def _is_rule(sentence: str, trigger: str, actors: Sequence[str]) -> bool:
    """Whether any one of a kind is told what he may or must do."""
    before = sentence[: max(sentence.find(trigger), 0)].split()[-1:]
    told = read_words(" ".join([*before, *trigger.split()[:1]]))
    return bool(actors) and all(map(_is_anyone, actors)) and bool(_lexicon("rules").find(told))


@functools.lru_cache(maxsize=64)
def _is_row(sentence: str) -> bool:
    """Whether a sentence is mostly figures; remembered, as it may hold many triggers."""
    words = sentence.split()
    figures = sum(word[-1].isdigit() for word in words)
    return figures >= FIGURES and figures * SHARE >= len(words)


def _is_anyone(words: str) -> bool:
    return words.split(maxsplit=1)[0].lower() in _ANY


def _head(words: Sequence[Word]) -> Sequence[Word]:
    """The last word before what follows a noun; nothing of no words."""
    behind = next((n for n, word in enumerate(words) if word.text in _HEADED), len(words))
    return words[max(behind - 1, 0) : behind]


@functools.lru_cache(maxsize=64)
def _fields(sentence: str) -> frozenset[str]:
    """The fields of which a sentence tells clearly enough; remembered, as it may hold many triggers."""
    words = read_words(sentence)
    if _lexicon("grave").find(words):
        return frozenset()
    seen = {label: set[str]() for label in _table()["fields"]}
    sure = {label for label, _, _ in _lexicon("sure").find(words)}
    for label, first, last in _lexicon("hints").find(words):
        seen[label].add(" ".join(word.text for word in words[first:last]))
    return frozenset(sure | {label for label, hints in seen.items() if len(hints) >= ENOUGH})


@functools.cache
def _lexicon(part: str) -> Lexicon[str]:
    """The phrases of [doers], [grave], or of one part of all fields, each with its field."""
    return Lexicon(_phrases(part))


def _phrases(part: str) -> Iterable[tuple[str, str]]:
    table = _table()
    lists: Mapping[str, str] = (
        table[part] if part in table else {name: field[part] for name, field in table["fields"].items()}
    )
    return read_phrases(lists)


@functools.cache
def _table() -> dict[str, Any]:
    file = resources.files("onrecord.ontology") / FILE
    return tomllib.loads(file.read_text(encoding="utf-8"))
