"""Words -> the labels that a vocabulary gives them: phrases are looked up word by word, in one walk.

A vocabulary is data: for each label its phrases, separated by commas. A word of a phrase that ends in "*"
stands for all that begin so ("bombard*"), "*" alone for any word; words are compared in
small letters, hyphens are spaces.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Generic, TypeAlias, TypeVar

import msgspec

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*|[.;:!?]|,(?=\s(?:and|but|while|as|which|who)\s)")
SHORTEST = 3
"""Letters of the shortest beginning that may stand for longer words: "jet*"."""

_REMEMBERED = 20_000
"""Words remembered by one vocabulary; the same ones come again and again."""

Label = TypeVar("Label")
Entry: TypeAlias = tuple[str, tuple[str, ...], Label]
"""A phrase: its first word, the others, its label."""


class Word(msgspec.Struct, frozen=True):
    """One word of a text in small letters, with its offsets."""

    text: str
    start: int
    end: int

    @property
    def ends_clause(self) -> bool:
        """Whether it is no word but a mark behind which another clause begins."""
        return not self.text[0].isalnum()


class Lexicon(Generic[Label]):
    """Phrases by their first word, ready to be looked up."""

    def __init__(self, phrases: Iterable[tuple[Label, str]]) -> None:
        self._whole: dict[str, list[Entry[Label]]] = defaultdict(list)
        self._begun: dict[str, list[Entry[Label]]] = defaultdict(list)
        self._known: dict[str, tuple[Entry[Label], ...]] = {}
        for label, phrase in phrases:
            first, *rest = read_phrase(phrase)
            table, key = (self._begun, first[:SHORTEST]) if first.endswith("*") else (self._whole, first)
            table[key].append((first, tuple(rest), label))

    def find(self, words: Sequence[Word]) -> list[tuple[Label, int, int]]:
        """Every phrase that stands in the words: its label, its first word, the word behind it."""
        return [
            (label, at, at + 1 + len(rest))
            for at, word in enumerate(words)
            for _, rest, label in self._beginning(word.text)
            if _goes_on(words, at + 1, rest)
        ]

    def _beginning(self, word: str) -> tuple[Entry[Label], ...]:
        """The phrases that a word may begin; what was looked up before is remembered."""
        entries = self._known.get(word)
        if entries is None:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            begun = (e for e in self._begun.get(word[:SHORTEST], ()) if _fits(word, e[0]))
            entries = self._known[word] = (*self._whole.get(word, ()), *begun)
        return entries


def read_words(text: str, start: int = 0, end: int | None = None) -> list[Word]:
    """The words of a stretch of text, and the marks that end clauses as words of their own."""
    last = len(text) if end is None else end
    return [
        Word(m[0].lower().replace("’", "'").removesuffix("'s"), m.start(), m.end())
        for m in WORD.finditer(text, start, last)
    ]


def read_phrase(phrase: str) -> list[str]:
    """The words of a phrase of a vocabulary; refuses a beginning that is too short to mean anything."""
    words = phrase.lower().replace("-", " ").split()
    if not words or words[0] == "*" or any(w.endswith("*") and 1 < len(w) <= SHORTEST for w in words):
        raise ValueError(f"{phrase!r} is no phrase; write words, with at least {SHORTEST} letters before a *")
    return words


def read_phrases(table: Mapping[Label, str]) -> Iterable[tuple[Label, str]]:
    """The phrases of lists separated by commas, each with its label."""
    return ((label, p) for label, listed in table.items() for p in listed.split(",") if p.strip())


def _goes_on(words: Sequence[Word], at: int, rest: Sequence[str]) -> bool:
    if at + len(rest) > len(words):
        return False
    return all(_fits(words[at + n].text, wanted) for n, wanted in enumerate(rest))


def _fits(word: str, wanted: str) -> bool:
    return word.startswith(wanted[:-1]) if wanted.endswith("*") else word == wanted
