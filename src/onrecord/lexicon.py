"""Words -> the labels that a vocabulary gives them: phrases are looked up word by word, in one walk.

A vocabulary is data: for each label its phrases, separated by commas. A word of a phrase that ends in "*"
stands for all that begin so ("bombard*"), "*" alone for any word; words are compared in
small letters, hyphens are spaces.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Generic, TypeVar

import msgspec

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*|[.;:!?]|,(?=\s(?:and|but|while|as|which|who)\s)")
SHORTEST = 3
"""Letters of the shortest beginning that may stand for longer words: "jet*"."""

Label = TypeVar("Label")


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
        self._by_first: dict[str, list[tuple[tuple[str, ...], Label]]] = {}
        for label, phrase in phrases:
            first, *rest = read_phrase(phrase)
            self._by_first.setdefault(first, []).append((tuple(rest), label))
        self._lengths = sorted({len(key) - 1 for key in self._by_first if key.endswith("*")})

    def find(self, words: Sequence[Word]) -> list[tuple[Label, int, int]]:
        """Every phrase that stands in the words: its label, its first word, the word behind it."""
        found = []
        for at, word in enumerate(words):
            for rest, label in self._beginning(word.text):
                if _goes_on(words, at + 1, rest):
                    found.append((label, at, at + 1 + len(rest)))
        return found

    def _beginning(self, word: str) -> Iterable[tuple[tuple[str, ...], Label]]:
        yield from self._by_first.get(word, ())
        for length in self._lengths:
            if length > len(word):
                return
            yield from self._by_first.get(word[:length] + "*", ())


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
