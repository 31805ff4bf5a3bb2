"""Whether two names stand for one actor, as a reader would take them."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

SPELLING = 0.75
"""Similarity of two words from which they are spellings of one name: "Sergey" and "Sergei" reach 0.83."""
_OF = ("of", "in", "for", "and")

# fmt: off
SHORT_FOR = {
    "us": "united states", "u.s": "united states", "usa": "united states", "america": "united states",
    "united states of america": "united states",
    "uk": "united kingdom", "u.k": "united kingdom", "britain": "united kingdom",
    "great britain": "united kingdom",
    "un": "united nations", "u.n": "united nations", "eu": "european union", "russian federation": "russia",
    "dprk": "north korea", "republic of korea": "south korea", "prc": "china",
    "isil": "islamic state", "isis": "islamic state", "daesh": "islamic state", "dae'sh": "islamic state",
}
# fmt: on


def name_words(name: str) -> list[str]:
    """The words of a name, folded: case, apostrophes, a leading article, common short forms."""
    folded = name.casefold().replace("\u2018", "'").replace("\u2019", "'").strip(" .'\"")
    folded = folded.removeprefix("the ")
    return re.findall(r"[\w']+", SHORT_FOR.get(folded, folded))


def same_name(a: str, b: str) -> bool:
    """Whether the names are equal, one is a shortened form of the other, or spellings of one name.

    >>> same_name("Kennedy", "John F. Kennedy"), same_name("Kennedy", "Kennedy Airport")
    (True, False)
    """
    first, second = name_words(a), name_words(b)
    if not first or not second:
        return False
    if len(first) == len(second):
        return all(_same_spelling(x, y) for x, y in zip(first, second, strict=True))
    return _shortens(*sorted((first, second), key=len))


def _same_spelling(x: str, y: str) -> bool:
    return x == y or SequenceMatcher(None, x, y).ratio() >= SPELLING


def _shortens(short: list[str], long: list[str]) -> bool:
    """Whether ``short`` is a surname or the beginning of ``long`` before "of", "in" …"""
    if set(short) <= set(long) and short[-1] == long[-1]:
        return True
    return len(short) > 1 and long[: len(short)] == short and long[len(short)] in _OF
