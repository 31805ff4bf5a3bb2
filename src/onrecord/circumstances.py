"""Events -> when and where each was, by the phrases of its own sentence.

A date is the event's where it is attached to the trigger (attachment.py), never the day on which somebody
spoke of it; it is read with all other dates of the text, as a statement's is. A place is the one that the
clause of the trigger names; which place of the name is meant the rest of the text tells.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

import msgspec

from onrecord.attachment import Offsets, find_attached
from onrecord.dates import Dated, find_dates, read_in_order
from onrecord.dates.moorings import Tense
from onrecord.dates.sequence import Expression
from onrecord.dates.tense import is_past_verb
from onrecord.places import resolve_places, to_place
from onrecord.records import Interval, Location, Mention, Place, Span
from onrecord.sites import find_site
from onrecord.states import state_called
from onrecord.text import Text
from onrecord.whereabouts import Phrase, find_object, find_places, words

VERBAL = frozenset("REQUEST REJECT THREATEN ACCUSE SUPPORT CONCEDE".split())
"""Types of events done by words: what is said to come has days of its own."""
PLACELESS = frozenset("REQUEST REJECT THREATEN ACCUSE SUPPORT CONCEDE SANCTION".split())
"""Types of events whose sentences rarely say where: what stands there is the place of something else."""
FORCEFUL = frozenset("ASSAULT MOBILIZE COERCE RETREAT PROTEST".split())
"""Types of events whose object may be where they were."""
_RIGHT_BEHIND = 12
FARTHEST_PLACE = 2.0
"""Distance of a place beyond which it is not the trigger's; places are oftener another noun's than dates."""
_GOING = ("visit", "tour", "left", "leave", "enter", "patrol")
_NO_DAY = frozenset(("now", "currently", "same time", "the same time", "this time", "recent", "once"))
"""Expressions that tell no day of anything."""
_AHEAD = re.compile(r"\b(?:will|would|shall|may|might|can|could|to|should|must|['’]ll)\s+(?:\w+\s+)?\Z")
_BEFORE_VERB = 24
"""Characters before a trigger in which its auxiliary is looked for."""
_DEADLINE = re.compile(r"\b(?:by|from|until|till|through|before)\s+(?:the\s+)?\Z", re.IGNORECASE)
"""What stands before the day that words look ahead to: "ordered them out by Friday"."""


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """An event of which the circumstances are asked: its type, its sentence, its trigger.

    ``others`` are the triggers of other events and the cues of statements: their dates are not its own.
    """

    kind: str
    sentence: Offsets
    trigger: Offsets
    others: tuple[Offsets, ...] = ()


def date_events(text: Text, asked: Sequence[Asked]) -> tuple[Interval | None, ...]:
    """When each event was: the expression attached to its trigger and its days, None without one."""
    whole = text.document.text
    if not asked:
        return ()
    found = [f for start, end in text.paragraphs for f in find_dates(whole, start, end)]
    spans = [(f.start, f.end) for f in found]
    chosen = [_date_of(whole, event, spans) for event in asked]
    if not any(chosen):
        return (None,) * len(asked)
    tenses = {
        place: _tense(whole, event.trigger) for event, place in zip(asked, chosen, strict=True) if place
    }
    expressions = [Expression(f.start, f.end, f.readings, tenses.get((f.start, f.end))) for f in found]
    meant = dict(zip(spans, read_in_order(whole, expressions, text.document.published), strict=True))
    return tuple(_interval(whole, place, meant.get(place)) if place else None for place in chosen)


def _date_of(text: str, event: Asked, spans: Iterable[Offsets]) -> Offsets | None:
    start, end = event.sentence
    inside = [(s, e) for s, e in spans if start <= s and e <= end and text[s:e].lower() not in _NO_DAY]
    verbal = event.kind in VERBAL
    if verbal:
        inside = [span for span in inside if not _DEADLINE.search(text, start, span[0])]
    if not inside:
        return None
    return find_attached(text, event.sentence, event.trigger, inside, event.others, verbal=verbal)


def _tense(text: str, trigger: Offsets) -> Tense | None:
    """That of a trigger which is a past verb; None leaves it to the words around the date."""
    before = text[max(0, trigger[0] - _BEFORE_VERB) : trigger[0]]
    words = text[slice(*trigger)].split()
    if _AHEAD.search(before) or _AHEAD.match(words[0] + " "):
        return None
    return "past" if any(is_past_verb(word) for word in words) else None


def _interval(text: str, place: Offsets, dated: Dated | None) -> Interval:
    words = Span(start=place[0], end=place[1], text=text[slice(*place)])
    if dated is None:
        return Interval(from_=None, to=None, precision=None, expression=words)
    return Interval(from_=dated.from_, to=dated.to, precision=dated.precision, expression=words)


class Located(msgspec.Struct, frozen=True):
    """The locations of events, in the order asked, and the places that they are in, with their mentions."""

    locations: tuple[Location | None, ...]
    places: tuple[Place, ...]


def locate_events(text: Text, asked: Sequence[Asked]) -> Located:
    """Where each event was: the words of its clause that say so, and the place that they name."""
    whole = text.document.text
    sentences = {s: find_places(whole, *s) for s in {event.sentence for event in asked}}
    chosen = [_place_of(whole, event, sentences[event.sentence]) for event in asked]
    named = {phrase.name for phrase in chosen if phrase and phrase.name}
    places = _resolve(text, named)
    locations = tuple(_location(whole, phrase, places) if phrase else None for phrase in chosen)
    return Located(locations, _with_mentions(whole, places))


def _place_of(text: str, event: Asked, phrases: Sequence[Phrase]) -> Phrase | None:
    """The phrase attached to the trigger; else the place that it acts on ("shelled Dresna")."""
    if event.kind in PLACELESS:
        return None
    fitting = {(p.start, p.end): p for p in phrases if _fits(text, event, p)}
    span = find_attached(text, event.sentence, event.trigger, fitting, event.others, farthest=FARTHEST_PLACE)
    return fitting[span] if span else _held(text, event)


def _fits(text: str, event: Asked, phrase: Phrase) -> bool:
    """Whether the preposition says where, for what the trigger does."""
    trigger = text[slice(*event.trigger)].lower()
    behind = phrase.start - event.trigger[1]
    if phrase.tie == "at":
        return True
    if phrase.tie == "to":
        return (
            phrase.end > event.trigger[1]
            and (behind > 0 or phrase.name is not None)
            and _begins(trigger, "moving")
        )
    if phrase.tie == "on" and phrase.name and _is_state(text[slice(*phrase.name)]):
        return False
    if phrase.tie == "on" and phrase.name is None:
        return behind > 0
    return _begins(trigger, "holding") and 0 < behind <= _RIGHT_BEHIND and event.kind in FORCEFUL


def _is_state(name: str) -> bool:
    return state_called(name) is not None


def _held(text: str, event: Asked) -> Phrase | None:
    """The place that stands as the object right behind the trigger: "shelled Dresna", "toured the camp"."""
    trigger = text[slice(*event.trigger)].lower()
    if event.kind not in FORCEFUL and not any(w.startswith(_GOING) for w in trigger.split()):
        return None
    if not _begins(trigger, "holding"):
        return None
    return find_object(text, event.trigger[1], event.sentence[1])


def _begins(trigger: str, which: str) -> bool:
    """Whether a word of the trigger begins as one of a list does."""
    return any(word.startswith(tuple(words()[which])) for word in trigger.split())


def _resolve(text: Text, spans: Iterable[Offsets]) -> dict[Offsets, Place]:
    """The places that the names mean: of the authored sites, else of the gazetteer."""
    whole = text.document.text
    found = {span: site for span in spans if (site := find_site(whole[slice(*span)]))}
    rest = [span for span in spans if span not in found]
    if rest:
        choices = resolve_places(whole, rest, url=text.document.url, towns=True)
        found |= {span: to_place(choice.entry) for span, choice in choices.items()}
    return found


def _location(text: str, phrase: Phrase, places: dict[Offsets, Place]) -> Location:
    span = Span(start=phrase.start, end=phrase.end, text=text[phrase.start : phrase.end])
    place = places.get(phrase.name) if phrase.name else None
    if place is None:
        return Location(span=span)
    return Location(span=span, place=place.id, lat=place.lat, lon=place.lon)


def _with_mentions(text: str, places: dict[Offsets, Place]) -> tuple[Place, ...]:
    """Each place once, with the words that name it."""
    named: dict[Place, list[Offsets]] = defaultdict(list)
    for span, place in sorted(places.items()):
        named[place].append(span)
    return tuple(
        msgspec.structs.replace(
            place, mentions=tuple(Mention(start=s, end=e, text=text[s:e], form="name") for s, e in spans)
        )
        for place, spans in named.items()
    )
