"""Paragraphs -> those that are no news prose: kept in the document, not read, with a word on why.

Conservative on purpose: a headline read as prose costs little, a paragraph of
prose passed over loses what was said in it. Nothing is skipped that holds a
quotation with a speech verb, follows a colon, or stands inside a quotation.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Literal, TypeAlias

import msgspec

from onrecord.datelines import begins_with_dateline
from onrecord.quotes import Quotation
from onrecord.records import Skipped
from onrecord.sentences import Offsets

Why: TypeAlias = Literal["title", "related-headline", "caption", "byline", "boilerplate"]


class Rule(msgspec.Struct, frozen=True):
    """One rule of boilerplate.toml, where its fields are explained."""

    why: Why
    pattern: re.Pattern[str]
    longest: int
    hint: str

    def fits(self, words: str) -> bool:
        """Whether the rule matches the paragraph."""
        return len(words) <= self.longest and self.hint in words and self.pattern.match(words) is not None


_LONGEST = 400  # no rule of boilerplate.toml goes beyond
_MASTHEAD = 3
"""Paragraphs among which a dispatch's headline stands: a desk's name may come first."""
_SPEECH = re.compile(
    r"\b(?:said|says?|saying|told|tells?|tweeted|wrote|writes?|added|adds|asked|according|announced|warned|insisted"
    r"|argued|replied|declared|stated|claimed|called|explained|noted|continued|responded)\b",
    re.IGNORECASE,
)
_MARKS = re.compile("[“”„\"«»‘]|''|``")
_CAPITALS_WORDS = (3, 20)
_CAPITALS_LETTERS = 15
"""A related headline in capitals has 3 to 20 words and this many letters; shorter lines are names,
sections or acronyms."""
_MAX_CAPITALS_SHARE = 0.2
"""Where more of the paragraphs are in capitals, the document is (old wires, transcripts), and capitals
say nothing."""


def find_skipped(
    text: str, paragraphs: Sequence[Offsets], quotations: Sequence[Quotation], *, title: str | None = None
) -> tuple[Skipped, ...]:
    """The paragraphs that are seen and kept, but not read as news prose, in order."""
    capitals = _find_capitals(text, paragraphs)
    carried = _carried_over(paragraphs, quotations)
    found = []
    for n, (start, end) in enumerate(paragraphs):
        words = text[start:end]
        why = _find_why(words) or ("related-headline" if n in capitals else None)
        if n == 0 and title and len(paragraphs) > 1 and _plain(words) == _plain(title):
            why = "title"
        if why is None and n < _MASTHEAD and _is_headline(text, paragraphs, n):
            why = "title"
        # What a colon announces is a block quotation, however it looks.
        if why and not (n in carried or _speaks(words) or (n and text[paragraphs[n - 1][1] - 1] == ":")):
            found.append(Skipped(start=start, end=end, text=words, why=why))
    return tuple(found)


def _is_headline(text: str, paragraphs: Sequence[Offsets], n: int) -> bool:
    """Whether the line before a dateline is the dispatch's headline, which the text says again in full."""
    words = text[slice(*paragraphs[n])]
    if len(words) > _LONGEST or words[-1] in '.!?:;,…”"':
        return False
    return n + 1 < len(paragraphs) and begins_with_dateline(text[slice(*paragraphs[n + 1])][:_LONGEST])


@cache
def read_rules() -> tuple[Rule, ...]:
    """The rules of boilerplate.toml, in their order."""
    table = tomllib.loads((files("onrecord") / "boilerplate.toml").read_text(encoding="utf-8"))
    parts: dict[str, str] = {}
    for name, pattern in table["parts"].items():
        parts[f"<{name}>"] = _filled(pattern, parts)
    return tuple(
        Rule(
            why=row["why"],
            pattern=re.compile(_filled(row["pattern"], parts), 0 if row.get("case") else re.IGNORECASE),
            longest=row["longest"],
            hint=row.get("hint", ""),
        )
        for row in table["rule"]
    )


def _filled(pattern: str, parts: dict[str, str]) -> str:
    for name, part in parts.items():
        pattern = pattern.replace(name, part)
    return pattern


def _find_why(words: str) -> Why | None:
    if len(words) > _LONGEST:
        return None
    return next((rule.why for rule in read_rules() if rule.fits(words)), None)


def _find_capitals(text: str, paragraphs: Sequence[Offsets]) -> frozenset[int]:
    """The lines in capitals lodged between paragraphs of ordinary writing."""
    found = [n for n, (start, end) in enumerate(paragraphs) if _in_capitals(text[start:end][:400])]
    if len(found) > _MAX_CAPITALS_SHARE * len(paragraphs):
        return frozenset()
    return frozenset(n for n in found if n > 0 and len(text[slice(*paragraphs[n])]) < 200)


def _in_capitals(words: str) -> bool:
    low, high = _CAPITALS_WORDS
    if words != words.upper() or words[-1] in ".!:;,…" or _MARKS.search(words):
        return False
    return low <= len(words.split()) <= high and sum(map(str.isalpha, words)) >= _CAPITALS_LETTERS


def _carried_over(paragraphs: Sequence[Offsets], quotations: Sequence[Quotation]) -> frozenset[int]:
    """The paragraphs into which a quotation without its closing mark may run on."""
    starts = [start for start, _ in paragraphs]
    return frozenset(bisect_right(starts, q.start) for q in quotations if not q.closed)


def _speaks(words: str) -> bool:
    """Whether the paragraph holds a quotation and a verb of speech: never to be passed over."""
    return bool(_MARKS.search(words) and _SPEECH.search(words))


def _plain(words: str) -> str:
    """The words for comparison: quotation marks straight, white space single, case aside."""
    return " ".join(words.translate(_STRAIGHT).casefold().split())


_STRAIGHT = str.maketrans("“”„‘’‚", "\"\"\"'''")
