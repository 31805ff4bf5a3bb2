"""Where a date stands -> the tense of the verb around it, where that can be told.

No tagger: the words of the clause are scanned from the date to the left, then
to the right, for the nearest verb whose form tells (verbs.toml). An infinitive
counts as future only after a word that looks ahead ("plans to meet Friday", not
"failed to meet Friday").
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files

from onrecord.dates.moorings import Tense

_REACH = 200
"""Characters looked at on each side; clauses of news are shorter."""
_GROUP = 4
"""Words of a verb group looked back over from its last ("will not have been informed")."""
_WORD = re.compile(r"[A-Za-z]+|['’](?:ll|ve|d|s|re)\b|[.;:!?“”\"\n(),—–]")
_BREAK = frozenset('.;:!?“”"\n—–')
_GROUP_WORDS = frozenset(
    "be been being have not also never then only still finally already soon formally officially".split()
)
_NO_VERBS = frozenset(
    "the a an his her its their our my your this that these those some any all each every former".split()
)
_NOT_PAST = frozenset(
    """united hundred sacred red need indeed speed seed feed weed bed wed exceed proceed succeed armed
    unidentified so-called naked wicked advanced alleged""".split()
)
_PERFECT = frozenset({"has", "have", "'ve"})
_HELD_TRUE = frozenset(
    "believed reported alleged rumoured rumored claimed appeared appears seems seemed failed needed".split()
)
_ABBREVIATION = re.compile(
    r"\b(?:[A-Z]|[Mm]rs?|[Dd]r|[Ss]t|[Gg]en|[Ss]en|[Rr]ep|[Gg]ov|[Jj]an|[Ff]eb|[Ss]ept?|[Oo]ct|[Nn]ov|[Dd]ec|[Aa]ug|[Aa]pr|No|U\.S|U\.N)$"
)


def find_tense(text: str, start: int, end: int) -> Tense | None:
    """The tense of the clause around ``text[start:end]``; None where its verbs do not tell.

    >>> text = "The council will meet on Friday."
    >>> find_tense(text, 25, 31)
    'future'
    """
    left = _clause(list(_words(text, max(0, start - _REACH), start))[::-1])
    right = _clause(list(_words(text, end, min(len(text), end + _REACH))))
    backwards = left[::-1]
    found = next((t for n in range(len(backwards) - 1, -1, -1) if (t := _tense_at(backwards, n))), None)
    return found or next((t for n in range(len(right)) if (t := _tense_at(right, n))), None)


def is_past_verb(word: str) -> bool:
    """Whether a word, as written, has the form of a past tense or participle, or is an auxiliary of one."""
    return _is_past(word.lower().replace("’", "'"), word)


def _words(text: str, start: int, end: int) -> Iterator[str]:
    for m in _WORD.finditer(text, start, end):
        if m[0] != "." or not _ABBREVIATION.search(text, max(0, m.start() - 6), m.start()):
            yield m[0]


def _clause(words: Sequence[str]) -> list[str]:
    """The words up to the first mark that ends a clause."""
    stop = next((n for n, word in enumerate(words) if word in _BREAK), len(words))
    return [word for word in words[:stop] if word not in "(),"]


def _tense_at(words: Sequence[str], n: int) -> Tense | None:
    """The tense that the word at ``n`` tells, given the verb group to its left."""
    word = words[n].lower().replace("’", "'")
    verbs = _verbs()
    if word in verbs["modal"] or (word in verbs["word"] and not _after_to(words, n)):
        return "future"
    if word == "to":
        return "future" if n + 1 < len(words) and _looks_ahead(words, n) else None
    if not _is_past(word, words[n]):
        return None
    if word in _PERFECT and not _is_perfect(words, n):
        return None  # "has a deadline" tells no time
    return "future" if _is_arranged(words, n) else _tense_of_group(words, n)


def _is_perfect(words: Sequence[str], n: int) -> bool:
    """Whether a past participle follows the "has" at ``n``."""
    after = [word for word in words[n + 1 : n + 4] if word.lower() not in _GROUP_WORDS - {"been"}]
    return bool(after) and (after[0].lower() == "been" or _is_past(after[0].lower(), after[0]))


def _is_arranged(words: Sequence[str], n: int) -> bool:
    """Whether the group says that something is arranged: "was scheduled for", "has been set for"."""
    after = [word.lower() for word in words[n + 1 : n + 4] if word.lower() not in _GROUP_WORDS]
    return words[n].lower() in _verbs()["auxiliary"] and bool(after) and after[0] in _verbs()["word"]


def _is_past(word: str, written: str) -> bool:
    verbs = _verbs()
    if word in verbs["auxiliary"] or word in verbs["irregular"]:
        return written[0].islower() or word in verbs["auxiliary"]
    return word.endswith("ed") and len(word) > 4 and written[0].islower() and word not in _NOT_PAST


def _tense_of_group(words: Sequence[str], n: int) -> Tense | None:
    """Future where "will", "to" or the like opens the group, past otherwise."""
    for at in range(n - 1, max(n - _GROUP, -1), -1):
        word = words[at].lower()
        if word in _verbs()["modal"]:
            return "future"
        if word == "to":
            return "future" if _looks_ahead(words, at) or _is_to_be(words, at) else "past"
        if word not in _GROUP_WORDS and not word.endswith("ly"):
            break
    return "past"


def _looks_ahead(words: Sequence[str], n: int) -> bool:
    """Whether the infinitive after the "to" at ``n`` hangs on a word that looks ahead."""
    following = words[n + 1].lower() if n + 1 < len(words) else ""
    if not following or following in _NO_VERBS or not words[n + 1][0].islower():
        return False
    before = [word.lower() for word in words[max(0, n - 3) : n]]
    return any(word in _verbs()["governor"] for word in before)


def _is_to_be(words: Sequence[str], n: int) -> bool:
    """Whether "to be" at ``n`` means what is to come ("an event to be held"), not what is held true."""
    before = words[n - 1].lower() if n else ""
    told = before in _HELD_TRUE or before in _verbs()["irregular"]
    return n + 1 < len(words) and words[n + 1].lower() == "be" and not told


def _after_to(words: Sequence[str], n: int) -> bool:
    return n + 1 < len(words) and words[n + 1].lower() == "to"  # the infinitive itself decides


@cache
def _verbs() -> dict[str, frozenset[str]]:
    table = tomllib.loads((files("onrecord.dates") / "verbs.toml").read_text(encoding="utf-8"))
    return {name: frozenset(words.split()) for group in table.values() for name, words in group.items()}
