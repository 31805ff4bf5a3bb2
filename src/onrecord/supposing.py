"""The words around a trigger -> whether they only suppose what it tells, or put it into a year gone by.

"It is unlikely that any strikes will follow" supposes them; "which fought a war in 1911" is history.
"""

from __future__ import annotations

import re

_REACH = 80
"""Characters before a trigger in which such words are looked for, within its clause."""
_SUPPOSED = re.compile(
    r"\b(?:unlikely|whether|if)\b[^.;,!?]{0,60}\Z|\b(?:might|could|may)\s(?:\w+\s)?\Z", re.IGNORECASE
)
"""Of the annotated events, own, intl train and dev, that stand behind such words (and "would") 2 are actual
and 24 are not; behind "might", "could", "may" and "would" none is actual."""


def is_supposed(text: str, sentence: tuple[int, int], trigger: tuple[int, int]) -> bool:
    """Whether the words before a trigger in its sentence only suppose it.

    >>> text = "It is unlikely that any strikes will follow."
    >>> is_supposed(text, (0, len(text)), (24, 31))
    True
    """
    begin = max(sentence[0], trigger[0] - _REACH)
    return bool(_SUPPOSED.search(text[begin : trigger[0]]))


_YEAR = r"(?P<year>1\d\d\d|20\d\d)\b"
_BEHIND = re.compile(
    rf"\A(?:\s(?!(?:late|early|since|from|that|which|who)\b)[\w’'-]+(?<!ed)(?<!\d)){{0,7}}?\s(?:back\s)?in\s{_YEAR}"
)
_LEADING = re.compile(rf"\A\W*(?:[Bb]ack\s)?[Ii]n\s(?:[A-Z][a-z]+\s|early\s|late\s)?{_YEAR}")
"""A year told of a trigger: behind it, with no other verb between, or at the head of its sentence. Of the
annotated events, own, intl train and dev, of which one is told so 15 are historical and none is actual."""
RECENT = 1
"""Years before that of publication that are no history yet."""


def is_bygone(text: str, sentence: tuple[int, int], trigger: tuple[int, int], published: str | None) -> bool:
    """Whether a trigger is put into a year long before ``published``; without a date any year bare counts.

    >>> text = "Vela fought a war with Ostrow in 1911."
    >>> is_bygone(text, (0, len(text)), (5, 11), "2031-05-02")
    True
    """
    found = _BEHIND.match(text[trigger[1] : sentence[1]]) or _LEADING.match(text[sentence[0] : trigger[0]])
    if found is None:
        return False
    return published is None or int(found["year"]) < int(published[:4]) - RECENT
