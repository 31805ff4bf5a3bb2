"""The rules of the grammar: which words in which order, and what they mean.

A rule is a line: slots in order, where ``?`` marks one that may be missing and
``slot:name`` keeps a second slot of one kind apart. ``|`` separates orders that
mean the same. Words without weight ("the", "of", "in") are gone before. A rule
marked loose is used only where somebody else has said that the words are a
date: in running text "the day" or "second" would be taken for one far too often.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

import msgspec

from onrecord.dates import meanings, relative
from onrecord.dates.meanings import Meaning, Values
from onrecord.dates.tokens import Token


class Rule(msgspec.Struct, frozen=True):
    """One kind of expression."""

    orders: str
    meaning: Meaning
    loose: bool = False


RULES: tuple[Rule, ...] = (
    Rule("date|shortdate", meanings.written_day),
    Rule("yearmonth", meanings.written_month),
    Rule("figures", meanings.figures),
    Rule("month day year|day month year", meanings.calendar_day),
    Rule("year month day|month day year2|day month year2", meanings.calendar_day),
    Rule("month day|day month", meanings.calendar_day),
    Rule("month day shift unit=year", meanings.calendar_day),
    Rule("month day same unit=year|day month shift unit=year", meanings.calendar_day),
    Rule("month day step unit=year", meanings.calendar_day),
    Rule("day month same unit=year|day month step unit=year", meanings.calendar_day),
    Rule("month year|year month|month year2|unit=month month year?", meanings.calendar_month),
    Rule("month shift unit=year|month same unit=year|month step unit=year", meanings.calendar_month),
    Rule("month", meanings.calendar_month),
    Rule("shift month day|shift day month", meanings.shifted_day),
    Rule("weekday day", meanings.weekday_of_month),
    Rule("shift month|step month", meanings.shifted_month),
    Rule("unit=year year|year unit=year", meanings.calendar_year),
    Rule("year|year2", meanings.calendar_year),
    Rule("yy", meanings.calendar_year, loose=True),
    Rule("decade|tens", meanings.decade),
    Rule("ord unit=century", meanings.century),
    Rule("deictic", relative.deictic),
    Rule("unit after deictic|num unit from deictic|num unit after deictic", relative.deictic_step),
    Rule("num unit from weekday|unit from weekday", relative.deictic_step),
    Rule("weekday", relative.weekday),
    Rule("shift weekday|shift:outer shift weekday", relative.shifted_weekday),
    Rule("weekday shift|weekday shift unit|step weekday", relative.shifted_weekday),
    Rule("shift:outer shift season|season|season year", meanings.season),
    Rule("year season|season year2|shift season", meanings.season),
    Rule("season shift unit=year|season same unit=year|season step unit=year", meanings.season),
    Rule("shift unit|shift:outer shift unit", relative.shifted_unit),
    Rule("step unit|unit step", relative.stepped_unit, loose=True),
    Rule("same unit", relative.same),
    Rule("same unit num unit:other ago|same unit lone:other ago", relative.same_shifted),
    Rule("same unit num unit:other after|same unit lone:other after", relative.same_shifted),
    Rule("same unit shift unit:other|unit=period shift unit:other", relative.same_shifted),
    Rule("lone:other=year ago unit", relative.same_shifted),
    Rule("lone:other=year after unit|unit num unit:other ago", relative.same_shifted),
    Rule("unit num unit:other after", relative.same_shifted),
    Rule("num unit ago|lone:unit ago", relative.ago),
    Rule("num unit after|lone:unit after", relative.after, loose=True),
    Rule("num unit ago deictic|num unit ago weekday|num unit ago shift unit:other", relative.ago_from),
    Rule("lone:unit ago deictic|lone:unit ago weekday", relative.ago_from),
    Rule("unit after shift", relative.around_last),
    Rule("ord unit year|ord unit year2|year ord unit|ord unit month year?", meanings.nth),
    Rule("ord unit month shift unit:container|month ord unit|month year ord unit", meanings.nth),
    Rule("ord unit shift unit:container", meanings.nth),
    Rule("ord unit same unit:container|shift unit:container ord unit", meanings.nth),
    Rule("ord unit step unit:container", meanings.nth),
    Rule("quarter|semester|quarter year", meanings.numbered_quarter),
    Rule("semester year|year quarter|year semester", meanings.numbered_quarter),
    Rule("quarter year2|quarter shift unit=year|semester shift unit=year", meanings.numbered_quarter),
    Rule("ord num unit year|ord num unit shift unit:container", meanings.opening),
    Rule("ord unit=quarter|ord unit=half", meanings.nth),
    Rule("final unit year|final unit month year?|final unit shift unit:container", meanings.nth),
    Rule("final unit=quarter|final unit=half", meanings.nth, loose=True),
    Rule("ord unit num? lone:other ago|ord unit num? lone:other after", relative.nth_shifted),
    Rule("lone:other ago ord unit|lone:other after ord unit", relative.nth_shifted),
    Rule("shift unit year|shift unit month year?", meanings.last_of),
    Rule("shift unit shift:in_shift unit:in_container", meanings.last_of),
    Rule("holiday|holiday year|shift holiday", meanings.holiday),
    Rule("holiday shift unit=year|eve holiday|eve holiday year", meanings.holiday),
    Rule("event", meanings.event),
    Rule("unit=week month day year?|unit=week day month year?|unit=weekend month day", meanings.week_of),
    Rule("unit ended month day year?|unit ended day month year?|unit ended month year?", meanings.week_of),
    Rule("unit=weekend|whole:unit", relative.bare_unit),
    Rule("unit", relative.bare_unit, loose=True),
    Rule("day", meanings.day_of_month, loose=True),
)  # fmt: skip

PARTS = Rule("", relative.part_of_day, loose=True)
"""What a part of the day or an hour means by itself."""
PART_RULES = (
    Rule("shift", relative.shifted_part),
    Rule("step|same", relative.shifted_part, loose=True),
)
"""What remains of "last night" and "the following morning" without the part of the day."""


class Order(msgspec.Struct, frozen=True):
    """One order of slots: (slot, name, value wanted, may be missing) each."""

    slots: tuple[tuple[str, str, str, bool], ...]
    rule: Rule


def matches(tokens: Sequence[Token], *, parts: bool = False) -> Iterator[tuple[Rule, Values]]:
    """The rules that the tokens fit as a whole, in the order of the table; ``parts``: of PART_RULES."""
    if not tokens:
        return
    for order in _candidates(frozenset(tokens[0].slots), len(tokens), parts):
        values = _fill(tokens, order.slots)
        if values is not None:
            yield order.rule, values


@cache
def _candidates(first: frozenset[str], length: int, parts: bool) -> tuple[Order, ...]:
    """The orders that such a token may open and that so many tokens may fill."""
    return tuple(
        order
        for order in (PART_ORDERS if parts else ORDERS)
        if order.slots[0][0] in first
        and sum(not optional for *_, optional in order.slots) <= length <= len(order.slots)
    )


def _fill(tokens: Sequence[Token], slots: Sequence[tuple[str, str, str, bool]]) -> Values | None:
    """The value of each slot, where the tokens fill them one by one."""
    if not slots:
        return None if tokens else {}
    slot, name, wanted, optional = slots[0]
    if tokens and slot in tokens[0].slots and wanted in ("", tokens[0].slots[slot]):
        rest = _fill(tokens[1:], slots[1:])
        if rest is not None:
            return {name: tokens[0].slots[slot], **rest}
    return _fill(tokens, slots[1:]) if optional else None


def _orders(rules: Sequence[Rule]) -> tuple[Order, ...]:
    return tuple(
        Order(tuple(_slot(word) for word in order.split()), rule)
        for rule in rules
        for order in rule.orders.split("|")
    )


def _slot(word: str) -> tuple[str, str, str, bool]:
    optional = word.endswith("?")
    slot, _, wanted = word.rstrip("?").partition("=")
    slot, _, name = slot.partition(":")
    return slot, name or slot, wanted, optional


ORDERS = _orders(RULES)
PART_ORDERS = _orders(PART_RULES)
