"""A date expression -> the days that it means.

1. tokens, without the words that have no weight;
2. a range is read from both ends, which lend each other what only one of them says;
3. "since", "until", "early", "the end of", "later", "night" are taken off and applied to the rest;
4. the rest must fit a rule of grammar.py as a whole.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import msgspec

from onrecord.dates.grammar import PARTS, Rule, matches
from onrecord.dates.meanings import Values
from onrecord.dates.moorings import Moorings
from onrecord.dates.periods import Period, joined, third
from onrecord.dates.tokens import Token
from onrecord.records import Precision

_PARTS_OF_UNITS = ("week", "weekend", "month", "quarter", "half", "year", "decade", "century", "season")
"""What "earlier" and "later" divide at the document's day."""
_OWN_DAY = frozenset({"deictic", "date"})
_CALENDAR_DAY = frozenset({"day", "date", "figures", "deictic"})


class Dated(msgspec.Struct, frozen=True, kw_only=True):
    """What an expression means: a period, and the part of the day or the hour as TIMEX3 writes it."""

    period: Period
    part: str = ""

    @property
    def from_(self) -> str:
        """The first day, ISO."""
        return self.period.first.isoformat()

    @property
    def to(self) -> str:
        """The last day, ISO."""
        return self.period.last.isoformat()

    @property
    def precision(self) -> Precision:
        """How exact it is, in the terms of the record."""
        return self.period.precision

    @property
    def value(self) -> str:
        """The TIMEX3 value: ``2014-05-03``, ``2014-W18``, ``2014-Q2``, ``201``, ``2014-05-03TMO``."""
        return self.period.value + (f"T{self.part}" if self.part else "")


class Parsed(msgspec.Struct, frozen=True, kw_only=True):
    """An expression taken apart; what it means waits for what it hangs on."""

    rule: Rule
    values: Values
    edge: int = 0  # which third of the period
    side: int = 0  # -1 "earlier", 1 "later"
    bound: int = 0  # -1 "since", 1 "until"
    part: str = ""
    other: Parsed | None = None  # the end of a range, of which this is the beginning

    @property
    def loose(self) -> bool:
        """Whether the words are a date only where somebody has said so."""
        alone = self.rule.loose and not (self.edge or self.side)
        return alone or (self.other is not None and self.other.loose)


def parse(tokens: Sequence[Token]) -> list[Parsed]:
    """The ways in which the tokens are a date expression, the likeliest first; empty where they are none."""
    words = [t for t in tokens if "noise" not in t.slots]
    bound = _value(words[0], "bound") if words else 0
    if bound:
        return [msgspec.structs.replace(p, bound=bound) for p in parse(words[1:])]
    return _parse_single([t for t in words if "dash" not in t.slots]) or _parse_range(words)


def resolve(parsed: Parsed, moorings: Moorings) -> Dated | None:
    """The days that a parsed expression means, given what it hangs on."""
    if parsed.bound > 0 and moorings.tense is None:
        moorings = msgspec.structs.replace(moorings, tense="future")
    if parsed.bound < 0 and moorings.tense is None:
        moorings = msgspec.structs.replace(moorings, tense="past")
    if parsed.other is not None:
        return _resolve_range(parsed, parsed.other, moorings)
    try:
        period = parsed.rule.meaning(moorings, parsed.values)
    except (ValueError, OverflowError):  # beyond the calendar: "the 0000s", the year before the first
        return None
    if period is None or (parsed.part and period.unit != "day"):
        return None
    if parsed.edge:
        period = third(period, parsed.edge)
    period = _up_to(_beside(period, parsed.side, moorings.today), parsed.bound, moorings.today)
    return Dated(period=period, part=parsed.part)


def _parse_single(words: Sequence[Token]) -> list[Parsed]:
    """Readings of the words as one date, what stands around it taken off."""
    if any(_is_part(t) and t.slots.keys() & _OWN_DAY for t in words):
        return _parse_day_part(words)  # "tonight", "2014-05-03T08:15": the day and its part in one word
    whole = [Parsed(rule=rule, values=values) for rule, values in matches(words)]
    return whole or _parse_day_part(words) or _parse_edge(words) or _parse_named_weekday(words)


def _parse_edge(words: Sequence[Token]) -> list[Parsed]:
    """For "early May", "the end of the year", "year-end", "earlier this week"."""
    if len(words) < 2:
        return []
    for edge, rest in ((words[0], words[1:]), (words[-1], words[:-1])):
        if "edge" in edge.slots:
            return [_edged(p, _value(edge, "edge")) for p in _parse_single(rest)]
    if "after" in words[0].slots and not words[0].text.startswith(("before", "after")):
        side = _value(words[0], "after")
        return [
            msgspec.structs.replace(p, side=side, values={**p.values, "side": side})
            for p in _parse_single(words[1:])
        ]
    return []


def _edged(parsed: Parsed, edge: int) -> Parsed:
    return msgspec.structs.replace(parsed, edge=edge) if not parsed.part else parsed


def _parse_day_part(words: Sequence[Token]) -> list[Parsed]:
    """For "monday night", "8 p.m. on Friday", "last night", "noon"."""
    parts = [str(t.slots["clock"] if "clock" in t.slots else t.slots["part"]) for t in words if _is_part(t)]
    if not parts:
        return []
    part = next((p for p in parts if ":" in p), parts[0])
    rest = [t for t in words if not _is_part(t) or t.slots.keys() & _OWN_DAY]
    if not rest:
        return [Parsed(rule=PARTS, values={}, part=part)]
    found = [Parsed(rule=rule, values=values) for rule, values in matches(rest, parts=True)]
    found = found or [p for p in _without_parts(rest) if not p.part]
    return [msgspec.structs.replace(p, part=part, edge=0) for p in found]


def _without_parts(rest: Sequence[Token]) -> list[Parsed]:
    whole = [Parsed(rule=rule, values=values) for rule, values in matches(rest)]
    return whole or _parse_edge(rest) or _parse_named_weekday(rest)


def _is_part(token: Token) -> bool:
    return "part" in token.slots or "clock" in token.slots


def _parse_named_weekday(words: Sequence[Token]) -> list[Parsed]:
    """For "monday, 23 June": the calendar day, which the weekday only repeats."""
    if len(words) < 2:
        return []
    for weekday, rest in ((words[0], words[1:]), (words[-1], words[:-1])):
        # Asked of the words first: a week's seven names in a row would be taken apart in every way.
        if "weekday" in weekday.slots and any(t.slots.keys() & _CALENDAR_DAY for t in rest):
            found = [p for p in _parse_single(rest) if p.values.keys() & _CALENDAR_DAY]
            if found:
                return found
    return []


def _parse_range(words: Sequence[Token]) -> list[Parsed]:
    """For "3 to 5 May", "June 23-25", "between 2010 and 2012", "January through March"."""
    words = [t for t in words if "between" not in t.slots and t.text != "from"]
    for at in range(1, len(words) - 1):
        if words[at].slots.keys() & {"to", "dash", "and", "slash"} and not words[at].slots.keys() & {"month"}:
            begin, end = _lent(words[:at], words[at + 1 :]), _lent(words[at + 1 :], words[:at])
            firsts, lasts = _parse_single(begin), _parse_single(end)
            if firsts and lasts:
                return [msgspec.structs.replace(firsts[0], other=lasts[0])]
    return []


def _lent(own: Sequence[Token], other: Sequence[Token]) -> Sequence[Token]:
    """The words of one end with the month and the year that only the other end gives."""
    has = {slot for token in own for slot in token.slots}
    lent = [
        token
        for slot in ("month", "year")
        for token in other
        if slot in token.slots and not has & {slot} and (slot == "year" or "day" in has)
    ]
    calendar = has & {"month", "day"}
    return [*own, *lent] if calendar else own


def _resolve_range(first: Parsed, last: Parsed, moorings: Moorings) -> Dated | None:
    """Both ends; an end without year takes the one that fits the other."""
    begin = resolve(msgspec.structs.replace(first, other=None), moorings)
    end = resolve(last, moorings)
    if begin is None or end is None:
        return None
    if end.period.last < begin.period.first:
        around = msgspec.structs.replace(moorings, history=True, last=end.period)
        again = resolve(msgspec.structs.replace(first, other=None), around)
        begin = again if again and again.period.first <= end.period.last else begin
    whole = joined(begin.period, end.period)
    return Dated(period=whole) if whole else None


def _beside(period: Period, side: int, today: date | None) -> Period:
    """For "earlier this year" ends, "later this year" begins, at the document's day."""
    if not side or today is None or period.unit not in _PARTS_OF_UNITS:
        return period
    if not period.first <= today <= period.last:
        return period
    return msgspec.structs.replace(period, **({"last": today} if side < 0 else {"first": today}))


def _up_to(period: Period, bound: int, today: date | None) -> Period:
    """For "since May" lasts until the document's day, "until May" from it."""
    if not bound or today is None:
        return period
    if bound < 0:
        return msgspec.structs.replace(period, last=max(period.first, today))
    return msgspec.structs.replace(period, first=min(today, period.last))


def _value(token: Token, slot: str) -> int:
    value = token.slots.get(slot, 0)
    return value if isinstance(value, int) else 0
