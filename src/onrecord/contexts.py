"""The sentence of an event and its paragraph -> the contexts of PLOVER that it has: what it was about.

The words stand in ``ontology/contexts.toml``. A strong word in the sentence is enough for its context; weak
ones need each other, or what the paragraph tells besides. The paragraph alone tells nothing: few false
contexts matter more than all the true ones.
"""

from __future__ import annotations

import functools
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from importlib import resources
from typing import Literal, TypeAlias, get_args

from onrecord.lexicon import Lexicon, read_words
from onrecord.plover import CONTEXTS

FILE = "contexts.toml"
Strength: TypeAlias = Literal["strong", "weak"]
Told: TypeAlias = tuple[str, Strength]

ENOUGH = 2.0
"""Weight from which a context is told. No gold has contexts: set by hand with the cases of the tests, and
looked at on articles of the international train part (docs/evaluation.md)."""
_IN_SENTENCE: dict[Strength, float] = {"strong": 2.0, "weak": 1.0}
_IN_PARAGRAPH: dict[Strength, float] = {"strong": 0.75, "weak": 0.25}
MOST = 4
"""Contexts of one event; those with the most weight are kept."""


def find_contexts(sentence: str, paragraph: str = "") -> tuple[str, ...]:
    """The contexts of an event, those with the most evidence first, four at most.

    >>> find_contexts("A court sentenced two spies to nine years in prison.")
    ('legal', 'intelligence')
    """
    own = _phrases_found(sentence)
    beside = _phrases_found(paragraph)
    weights = {context: _weight(phrases, beside.get(context, {})) for context, phrases in own.items()}
    told = [context for context in CONTEXTS if weights.get(context, 0.0) >= ENOUGH]
    return tuple(sorted(told, key=lambda context: -weights[context])[:MOST])


def _weight(own: dict[str, Strength], beside: dict[str, Strength]) -> float:
    """The weight of one context, each different phrase counted once."""
    here = sum(_IN_SENTENCE[strength] for strength in own.values())
    around = sum(_IN_PARAGRAPH[strength] for phrase, strength in beside.items() if phrase not in own)
    return here + around


@functools.lru_cache(maxsize=64)  # the events of one sentence and one paragraph come together
def _phrases_found(text: str) -> dict[str, dict[str, Strength]]:
    """Context -> the different phrases of it that stand in the text, a part of a longer one left out."""
    words = read_words(text)
    hits = _lexicon().find(words)
    spans = [(first, last) for _, first, last in hits]
    found: dict[str, dict[str, Strength]] = defaultdict(dict)
    for (context, strength), first, last in hits:
        phrase = " ".join(word.text for word in words[first:last])
        if not _is_part(first, last, spans):
            found[context][phrase] = strength
    return found


def _is_part(first: int, last: int, spans: Sequence[tuple[int, int]]) -> bool:
    """Whether a longer phrase holds this one: no "drug" where "drug cartel" stands."""
    return any(s <= first and last <= e and e - s > last - first for s, e in spans)


@functools.cache
def _lexicon() -> Lexicon[Told]:
    return Lexicon(_phrases())


def _phrases() -> Iterator[tuple[Told, str]]:
    file = resources.files("onrecord.ontology") / FILE
    for context, lists in tomllib.loads(file.read_text(encoding="utf-8")).items():
        for strength in _STRENGTHS:
            for phrase in lists[strength].split(","):
                yield (context, strength), phrase


_STRENGTHS: tuple[Strength, ...] = get_args(Strength)
