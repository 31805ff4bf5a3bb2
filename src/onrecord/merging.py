"""Events of a document -> the same with the reports of one event made one.

    Rebels shelled a ferry on Friday. … The shelling killed a cook.

1. two reports can be of one event where nothing that they say differs: type, mood, who, to whom, when, where;
2. they are of one event where enough is the same: the word and a side; both sides, close by; or where one
   points back to the other ("the attack");
3. a report joins an event only if it can be of one with all its reports;
4. the report that says most is the event, what it leaves open is taken from the others, and their triggers
   are its ``other_triggers``.

Who asserts it plays no part: what the article tells and a speaker confirms is one event, and the article's
own report stands for it where it says as much.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence

import msgspec

from onrecord.records import Event, Interval, Location, Mention, Span

_ENDING = re.compile(r"(?:ations?|ions?|ments?|ings?|als?|ers?|ed|es|e|s)\Z")
_SHORTEST_STEM = 3
_LONG_STEM = 5
"""Letters from which a stem counts as that of a longer one: "assassin" of "assassinat"."""
_IRREGULAR = dict(
    pair.split("=")
    for pair in """
    met=meet struck=strike shot=shoot fought=fight held=hold spoke=speak spoken=speak told=tell sent=send
    gave=give given=give took=take taken=take left=leave fell=fall fallen=fall fled=flee flew=fly flown=fly
    froze=freeze frozen=freeze withdrew=withdraw withdrawn=withdraw beaten=beat sought=seek slain=slay
    bought=buy brought=bring
    """.split()
)
_WORD = re.compile(r"[^\W\d_]{3,}")
_WEAK = frozenset(
    """the this that these those its his her their our has have had was were been being will would shall may
    might can could not never also again with from into over out off down back away for and are is carried
    carrying carry launched conducted made make took take place continue continues continuing""".split()
)
"""Words of a trigger that do not tell what was done."""
NEAR = 400
"""Characters within which a report can take up an event by another word. On the events of the international
train part, with the participants that each sentence names, 400 gives 75.5% precision of pairs at 55.6%
recall; twice as far costs precision for little recall."""
_OUTCOMES = ("kill", "wound", "injur", "hit", "destroy", "damag", "targeted", "dead", "died")
_TAKING_UP = re.compile(
    r"\b(?:the|this|that|these|those|its|his|her|their)\s+(?:[\w-]+\s+){0,2}\Z", re.IGNORECASE
)


def merge_events(events: Sequence[Event]) -> tuple[Event, ...]:
    """The events with the reports of one made one, in the order of their triggers."""
    groups: list[list[Event]] = []
    for event in sorted(events, key=lambda e: (e.trigger.start, e.trigger.end)):
        fitting = (g for g in reversed(groups) if _belongs(event, g))
        group = next(fitting, None)
        if group is None:
            groups.append([event])
        else:
            group.append(event)
    merged = [merge_reports(group) for group in groups]
    return tuple(sorted(merged, key=lambda e: (e.trigger.start, e.trigger.end)))


def _belongs(event: Event, group: Sequence[Event]) -> bool:
    return all(can_be_one(event, other) for other in group) and any(are_one(event, o) for o in group)


def can_be_one(first: Event, second: Event) -> bool:
    """Whether nothing that the two reports say keeps them from being of one event."""
    return (
        _same_kind(first, second)
        and first.modality == second.modality
        and (first.mode == second.mode or None in (first.mode, second.mode))
        and _agree(first.actor, second.actor)
        and _agree(first.recipient, second.recipient)
        and _same_days(first.date, second.date)
        and _same_place(first.location, second.location)
    )


def are_one(first: Event, second: Event) -> bool:
    """Whether what two reports that can be of one event have in common is enough."""
    shared = (_shared(first.actor, second.actor), _shared(first.recipient, second.recipient))
    if share_stem(first.trigger.text, second.trigger.text):
        return any(shared) or _is_bare(first) or _is_bare(second)
    if not _is_near(first, second):
        return False
    if _takes_up(second, first) or _takes_up(first, second):
        return True
    if first.sentence.start == second.sentence.start:
        return any(shared) and (_same_sides(first, second) or _tells_outcome(first) != _tells_outcome(second))
    return any(shared) and _same_sides(first, second)


def _same_sides(first: Event, second: Event) -> bool:
    return _names(first.actor) == _names(second.actor) and _names(first.recipient) == _names(second.recipient)


def _is_bare(event: Event) -> bool:
    """Whether a report names nobody."""
    return not event.actor and not event.recipient


def _takes_up(second: Event, first: Event) -> bool:
    """Whether a report that names nobody points back to the one before: "The attack came as …"."""
    if not _is_bare(second) or second.trigger.start < first.trigger.end or second.type != first.type:
        return False
    before = second.sentence.text[: second.trigger.start - second.sentence.start]
    return bool(_TAKING_UP.search(before) or _TAKING_UP.match(second.trigger.text + " "))


def _tells_outcome(event: Event) -> bool:
    """Whether a trigger says what came of something: "the strike killed two"."""
    return any(word.startswith(_OUTCOMES) for word in _WORD.findall(event.trigger.text.lower()))


def _same_kind(first: Event, second: Event) -> bool:
    if first.type == second.type:
        return True
    return first.quad == second.quad and share_stem(first.trigger.text, second.trigger.text)


def _agree(first: Sequence[Mention], second: Sequence[Mention]) -> bool:
    """Whether two lists of participants can be one: one holds the other, or is empty."""
    a, b = _names(first), _names(second)
    return a <= b or b <= a


def _shared(first: Sequence[Mention], second: Sequence[Mention]) -> bool:
    return bool(_names(first) & _names(second))


def _names(mentions: Sequence[Mention]) -> frozenset[str]:
    """What tells participants apart: their actors, their words where they have none."""
    return frozenset(m.actor or m.text.casefold() for m in mentions)


def _same_days(first: Interval | None, second: Interval | None) -> bool:
    if first is None or second is None:
        return True
    if first.from_ and first.to and second.from_ and second.to:
        return first.from_ <= second.to and second.from_ <= first.to
    words = [i.expression.text.casefold() for i in (first, second) if i.expression]
    return len(words) < 2 or words[0] == words[1]


def _same_place(first: Location | None, second: Location | None) -> bool:
    if first is None or second is None or None in (first.place, second.place):
        return True
    return first.place == second.place


def _is_near(first: Event, second: Event) -> bool:
    return abs(first.trigger.start - second.trigger.start) <= NEAR


@functools.lru_cache(maxsize=1 << 12)
def share_stem(first: str, second: str) -> bool:
    """Whether a telling word of one trigger is of the stem of one of the other: "shelled", "the shelling"."""
    return any(_is_stem(a, b) for a in _telling(first) for b in _telling(second))


def _telling(trigger: str) -> list[str]:
    """The stems of the words of a trigger that tell what was done."""
    words = [w for w in _WORD.findall(trigger.lower()) if w not in _WEAK]
    return [_stem(_IRREGULAR.get(w, w)) for w in words]


def _stem(word: str) -> str:
    stem = _ENDING.sub("", word)
    stem = stem if len(stem) >= _SHORTEST_STEM else word
    return stem[:-1] if stem[-1:] == stem[-2:-1] else stem


def _is_stem(first: str, second: str) -> bool:
    short, long = sorted((first, second), key=len)
    return short == long or (len(short) >= _LONG_STEM and long.startswith(short))


def merge_reports(reports: Sequence[Event]) -> Event:
    """One event of its reports: the one that says most, with what only others say."""
    best = max(reports, key=lambda e: (_said(e), e.statement is None, -e.trigger.start))
    rest = [e for e in reports if e is not best]
    triggers = {t: None for e in rest for t in (e.trigger, *e.other_triggers) if t != best.trigger}
    triggers |= dict.fromkeys(best.other_triggers)
    return msgspec.structs.replace(
        best,
        mode=best.mode or next((e.mode for e in rest if e.mode), None),
        context=tuple(dict.fromkeys(c for e in (best, *rest) for c in e.context)),
        actor=best.actor or next((e.actor for e in rest if e.actor), ()),
        recipient=best.recipient or next((e.recipient for e in rest if e.recipient), ()),
        location=best.location or next((e.location for e in rest if e.location), None),
        date=best.date or next((e.date for e in rest if e.date), None),
        other_triggers=_ordered(triggers),
        confidence=max(e.confidence for e in reports),
    )


def _said(event: Event) -> int:
    """How much a report says."""
    sides = 2 * bool(event.actor) + 2 * bool(event.recipient) + len(event.actor) + len(event.recipient)
    return 2 * sides + bool(event.mode) + bool(event.location) + bool(event.date)


def _ordered(spans: dict[Span, None]) -> tuple[Span, ...]:
    return tuple(sorted(spans, key=lambda s: (s.start, s.end)))
