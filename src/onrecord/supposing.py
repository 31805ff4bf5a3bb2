"""The words before a trigger -> whether they only suppose what it tells: "unlikely that any strikes …"."""

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
