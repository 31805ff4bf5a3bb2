"""Running text -> the date expressions in it.

The longest run of words that a rule reads as a date, from the left. Rules that
are loose (grammar.py) are not used, and words that are mostly something else
("may", "march", a bare figure) need the company of others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

import msgspec

from onrecord.dates.reading import Parsed, parse
from onrecord.dates.tokens import Token, read_tokens, vocabulary

LONGEST = 9
"""Tokens of the longest expression looked for ("from Monday, 3 May to Thursday, 6 May 2014")."""
_BEFORE_YEARS = frozenset(
    "in since by until of from during before after between early late mid and to than".split()
)
"""Words before a figure that make it a year in running text."""
_MARKS_BETWEEN = frozenset(" ,.()\n'’-–—/")
_NEED_CAPITAL = frozenset("may march sun sat mon wed fri dec mar jan jun jul apr nov oct sep fall".split())


_ANCHORS = frozenset("month weekday season unit deictic tens part whole holiday event".split())
_WORD = re.compile(r"[^\W\d_]++(?!\d)|[QHqh][1-4]\b|\d{4}|\d[-/.]\d|\d0['’]?s\b|['’]\d\d\b")
_AROUND = 48
"""Characters around such a word that are looked at; longer expressions hold another one."""


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """A date expression in a text, taken apart but not yet resolved."""

    start: int
    end: int
    text: str
    readings: tuple[Parsed, ...]


def find_dates(text: str, start: int = 0, end: int | None = None, *, given: bool = False) -> list[Found]:
    """The date expressions in ``text[start:end]``, in order, without their prepositions.

    ``given`` says that somebody has marked the text as a date, so that a bare figure may be a year.

    >>> [found.text for found in find_dates("She said on Monday that strikes on 3 May had failed.")]
    ['Monday', '3 May']
    """
    found: list[Found] = []
    for first, last in _stretches(text, start, len(text) if end is None else end):
        found += _find(text, read_tokens(text, first, last), given=given)
    return found


def _stretches(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The parts of the text where a word stands that most dates have: the rest need not be divided."""
    first = last = start
    for m in _WORD.finditer(text, start, end):
        if m[0].isalpha() and m[0].lower() not in _anchors():
            continue
        if m.start() - _AROUND > last:
            if last > first:
                yield first, last
            first = _blank(text, m.start() - _AROUND, start, -1)
        last = _blank(text, m.end() + _AROUND, end, 1)
    if last > first:
        yield first, last


def _blank(text: str, at: int, limit: int, step: int) -> int:
    """The nearest white space from ``at`` in one direction, or the limit."""
    while (at > limit if step < 0 else at < limit) and not text[at].isspace():
        at += step
    return max(at, limit) if step < 0 else min(at, limit)


@cache
def _anchors() -> frozenset[str]:
    """The words that nearly every date expression holds: months, weekdays, units, holidays …"""
    return frozenset(name.split("-")[0] for name, slots in vocabulary().items() if slots.keys() & _ANCHORS)


def _find(text: str, tokens: Sequence[Token], *, given: bool) -> list[Found]:
    found: list[Found] = []
    at = 0
    while at < len(tokens):
        run, readings = _longest(text, tokens, at, given=given)
        if run:
            first, last = tokens[at].start, tokens[at + run - 1].end
            found.append(Found(start=first, end=last, text=text[first:last], readings=tuple(readings)))
        at += run or 1
    return found


def _longest(text: str, tokens: Sequence[Token], at: int, *, given: bool) -> tuple[int, list[Parsed]]:
    if not _may_open(tokens[at]):
        return 0, []
    for run in range(_reach(text, tokens, at), 0, -1):
        part = tokens[at : at + run]
        if not _may_close(part[-1]) or not (given or _plausible(text, tokens, at, run)):
            continue
        readings = [p for p in parse(part) if not p.loose]
        if readings:
            return run, readings
    return 0, []


def _reach(text: str, tokens: Sequence[Token], at: int) -> int:
    """How many tokens from ``at`` stand together, all of them words of dates."""
    run = 1
    while run < LONGEST and at + run < len(tokens):
        token, before = tokens[at + run], tokens[at + run - 1]
        between = text[before.end : token.start]
        if not token.slots or not set(between) <= _MARKS_BETWEEN or "\n\n" in between:
            break
        if "." in between and "month" not in before.slots and "weekday" not in before.slots:
            break
        run += 1
    return run


def _may_open(token: Token) -> bool:
    return bool(token.slots) and not token.slots.keys() & {
        "noise",
        "dash",
        "slash",
        "and",
        "bound",
        "ended",
        "from",
    }


def _may_close(token: Token) -> bool:
    return not token.slots.keys() & {"noise", "dash", "slash", "and", "between"} and token.slots.keys() != {
        "to"
    }


def _plausible(text: str, tokens: Sequence[Token], at: int, run: int) -> bool:
    """Whether the words are a date rather than what else they can be."""
    first = tokens[at]
    written = text[first.start : first.end]
    if run == 1 and "year" in first.slots:
        return at > 0 and tokens[at - 1].text in _BEFORE_YEARS and text[first.end :][:1] not in ("%", "-")
    if run == 1 and first.slots.keys() & {"shortdate", "season", "tens", "yy", "clock", "part"}:
        return False
    if run == 1 and "month" in first.slots and not (at > 0 and tokens[at - 1].text in _BEFORE_YEARS):
        return False  # April, June and Jan are names too
    lower = [t for t in tokens[at : at + run] if t.text in _NEED_CAPITAL and text[t.start].islower()]
    return bool(written) and not lower
