"""Words -> the states they name; the one state that a text is about; a state in full."""

from __future__ import annotations

import functools
import re
from collections import Counter

from onrecord.ontology import fold, ontology

_CAPITALISED = re.compile(r"[^\W\d_][\w.’'-]*(?<![.'’-])|[A-Z]\.(?:[A-Z]\.)+")
_POSSESSED = re.compile(r"['’]s?$")
_LONGEST = 3
"""Words of a state's name, demonym or capital that are looked at."""
_WITH_ARTICLE = frozenset("ARE BHS COD COG COM CZE GMB MDV NLD PHL SYC USA GBR SUN VAT".split())
"""States that take "the": of the Netherlands, of the Philippines."""
_SHARE = 0.5
"""Share of all mentions of states from which one of them is what a text is about, if no other has half as
many. Of the
10 training texts whose ministry or government is only that of "the" state it finds 6, leaves 4 open, and
names none wrongly; in development it finds 2 of 3."""


def states_named(text: str) -> Counter[str]:
    """How often a text names each state, by name, nationality or capital (ISO 3166-1 alpha-3)."""
    found: Counter[str] = Counter()
    words = [m for m in _CAPITALISED.finditer(text) if m[0][0].isupper()]
    at = 0
    while at < len(words):
        at += _take_state(text, words, at, found)
    return found


def _take_state(text: str, words: list[re.Match[str]], at: int, found: Counter[str]) -> int:
    """Count the state whose name begins at a word; how many words it took, one where there is none."""
    for size in range(min(_LONGEST, len(words) - at), 0, -1):
        start, end = words[at].start(), words[at + size - 1].end()
        if end - start > 40:
            continue
        iso3 = state_called(text[start:end])
        if iso3:
            found[iso3] += 1
            return size
    return 1


@functools.lru_cache(maxsize=1 << 14)  # the same words come again and again
def state_called(words: str) -> str | None:
    """The state that a name, a nationality or a capital means; None for other words."""
    known, key = ontology(), _POSSESSED.sub("", fold(words))
    return known.countries.get(key) or known.demonyms.get(key) or known.capitals.get(key)


def main_state(text: str) -> str | None:
    """The one state that a text is about: named as often as all others, and twice as often as any."""
    named = states_named(text)
    if not named:
        return None
    (first, count), *others = named.most_common(2)
    clear = not others or count >= 2 * others[0][1]
    return first if clear and count >= _SHARE * sum(named.values()) else None


def state_in_full(iso3: str) -> str | None:
    """A state's name as it stands behind "of", None for no code of a state: "the Netherlands", "Norway"."""
    name = ontology().country_names.get(iso3)
    return f"the {name}" if name and iso3 in _WITH_ARTICLE else name


def without_state(role: str) -> tuple[str | None, str]:
    """The state whose office a role is, if the words tell, and the office in small letters.

    >>> without_state("the Norwegian foreign minister"), without_state("President of Norway")
    (('NOR', 'foreign minister'), ('NOR', 'president'))
    """
    words = fold(role).replace("'s ", " ").replace("' ", " ").removeprefix("the ").split()
    for size in (3, 2, 1):
        if len(words) > size and (state := state_called(" ".join(words[:size]))):
            return state, " ".join(words[size:])
    head, _, tail = " ".join(words).rpartition(" of ")
    state = state_called(tail.removeprefix("the ")) if head else None
    return (state, head) if state else (None, " ".join(words))
