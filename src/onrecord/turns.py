"""A transcript's text -> its turns as statements: "Q: Will it hold? A: It will." are what two people said.

Turns have no cue; their source is the letter or word before the colon. What is reported inside a turn
has it as parent. The occasion is the one that the heading names.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import islice, takewhile

from onrecord.clauses import Stretch
from onrecord.text import Text

ASKING = frozenset(("Q", "QUESTION", "Question"))
ANSWERING = frozenset(("A", "ANSWER", "Answer"))
LEAST_TURNS = 2
"""A question and its answer at least make a transcript; a lone "A:" is something else."""
_TURN = re.compile(rf"(?<!\S)(?P<who>{'|'.join(sorted(ASKING | ANSWERING))}):\s")
_HEADING = re.compile(
    r"\b(?:(?:Regular|Daily|Weekly)\s)?(?:Press|News)\s(?:Conference|Briefing)\b|\bPress\sBriefing\b"
)
_HEADING_REACH = 400
"""Characters before the first turn in which the heading stands."""


def find_turns(text: Text) -> Iterator[tuple[Stretch, tuple[Stretch, ...]]]:
    """For each turn the words that tell whose it is, and what is said, a stretch for each paragraph."""
    whole = text.document.text
    found = [turn for turn in _TURN.finditer(whole) if _is_read(text, turn.start())]
    asked = {turn["who"] in ASKING for turn in found}
    if len(found) < LEAST_TURNS or len(asked) < 2:  # both sides speak
        return
    ends = [turn.start() for turn in found[1:]] + [len(whole)]
    for turn, end in zip(found, ends, strict=True):
        said = tuple(_said(text, turn.end(), end))
        if said:
            yield turn.span("who"), said


def find_heading(text: Text, first: int) -> Stretch | None:
    """The occasion in the heading above the first turn: "Regular Press Conference"."""
    found = _HEADING.search(text.document.text, max(0, first - _HEADING_REACH), first)
    return found.span() if found else None


def _is_read(text: Text, at: int) -> bool:
    n = bisect_right(text.paragraphs, (at, len(text.document.text))) - 1
    return n >= 0 and at < text.paragraphs[n][1]


def _said(text: Text, start: int, end: int) -> Iterator[Stretch]:
    n = max(0, bisect_right(text.paragraphs, (start, start)) - 1)
    for first, last in takewhile(lambda paragraph: paragraph[0] < end, islice(text.paragraphs, n, None)):
        begin, stop = max(start, first), min(end, last)
        words = text.document.text[begin:stop]
        if words.strip():
            lead = len(words) - len(words.lstrip())
            yield begin + lead, begin + len(words.rstrip())
