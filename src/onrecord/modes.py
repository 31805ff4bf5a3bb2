"""An event's type, its trigger and the words around -> its mode, or None where nothing tells.

1. words of the trigger that name a mode themselves count most ("air strike", "deported"), the longest first;
2. words near the trigger, in its own clause, tell what was done ("asked … for grain", "fired rockets");
3. the same words further away in the sentence count least and are not enough alone.

The words stand in ``ontology/modes.toml``.
"""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from importlib import resources
from typing import Literal, TypeAlias, get_args

from onrecord.lexicon import Lexicon, Word, read_words
from onrecord.plover import MODES

FILE = "modes.toml"
Part: TypeAlias = Literal["trigger", "likely", "near"]
Told: TypeAlias = tuple[str, Part]

OWN = 6.0
"""What a phrase of the trigger counts that names a mode, and ``LONGER`` for each further word of it."""
LONGER = 4.0
CLOSE = 4.0
"""What a telling word counts in the clause of the trigger, ``FAR`` one elsewhere in the sentence."""
FAR = 1.0
LIKELY = 3.5
"""What a word of the trigger counts that tells a mode unless something close by tells another: "strike"."""
LEAST = 3.5
"""Weight from which a mode is told. The weights were set by hand and looked at on the passages to train on
and the international train part: what matters is their order."""
BEFORE, AFTER = 8, 12
"""Words before and behind the trigger that are its surroundings, as far as its clause goes."""


def find_mode(kind: str, trigger: str, sentence: str, trigger_at: int) -> str | None:
    """The mode of an event of type ``kind`` whose trigger stands at an offset of its sentence; else None.

    >>> find_mode("ASSAULT", "attacked", "Two drones attacked the refinery.", 11)
    'drone'
    """
    if not MODES[kind]:
        return None
    words = read_words(sentence)
    own = _positions(words, trigger_at, trigger_at + len(trigger))
    near = _surroundings(words, own)
    weights = dict.fromkeys(MODES[kind], 0.0)
    for (mode, part), first, last in _lexicon(kind).find(words):
        weights[mode] += _weigh(part, range(first, last), own, near)
    best = max(_order(kind), key=lambda mode: weights[mode])
    return best if weights[best] >= LEAST else None


def _weigh(part: Part, at: range, own: range, near: range) -> float:
    if part == "trigger":
        return OWN + LONGER * (len(at) - 1) if _meet(at, own) else 0.0
    if part == "likely":
        return LIKELY if _meet(at, own) else 0.0
    if at.start in near:
        return CLOSE
    return FAR


def _meet(first: range, second: range) -> bool:
    return first.start < second.stop and second.start < first.stop


def _positions(words: Sequence[Word], start: int, end: int) -> range:
    """The words that stand in a stretch of the sentence."""
    inside = [n for n, word in enumerate(words) if word.start < end and start < word.end]
    return range(inside[0], inside[-1] + 1) if inside else range(0)


def _surroundings(words: Sequence[Word], own: range) -> range:
    """The words around the trigger, up to a mark that ends the clause."""
    first, last = own.start, own.stop
    while first > max(0, own.start - BEFORE) and not words[first - 1].ends_clause:
        first -= 1
    while last < min(len(words), own.stop + AFTER) and not words[last].ends_clause:
        last += 1
    return range(first, last)


@functools.cache
def _lexicon(kind: str) -> Lexicon[Told]:
    """The phrases that tell the modes of one type."""
    return Lexicon(_phrases(kind))


def _phrases(kind: str) -> Iterator[tuple[Told, str]]:
    for mode, parts in _table().get(kind, {}).items():
        for part in _PARTS:
            for phrase in parts.get(part, "").split(","):
                if phrase.strip():
                    yield (mode, part), phrase


def _order(kind: str) -> Iterable[str]:
    """The modes of a type in the order of the file: where weights are equal the first is taken."""
    return _table()[kind]


_PARTS: tuple[Part, ...] = get_args(Part)


@functools.cache
def _table() -> dict[str, dict[str, dict[str, str]]]:
    """The file: type -> mode -> part -> its phrases."""
    file = resources.files("onrecord.ontology") / FILE
    table: dict[str, dict[str, dict[str, str]]] = tomllib.loads(file.read_text(encoding="utf-8"))
    return table
