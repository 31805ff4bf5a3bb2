"""Two who are meant by one word -> who they are: "both sides", "the two leaders", "each other".

Only where the sentence, or the one before it, names exactly two that fit.
"""

from __future__ import annotations

import re

from onrecord.cast import Participant
from onrecord.demonyms import find_like
from onrecord.ontology import fold
from onrecord.scene import Scene, distinct
from onrecord.states import state_called

_STATES = "countries|nations|sides|parties|governments|neighbours|neighbors|states|armies|capitals|powers|allies|rivals|foes|militaries"  # noqa: E501
_PEOPLE = "leaders|presidents|ministers|premiers|men|women|diplomats|officials|politicians|monarchs|kings|chiefs|envoys|pair|duo"  # noqa: E501
_TWO = re.compile(
    rf"(?:the\stwo|both(?:\sof\sthe)?|our\stwo|these\stwo|their\stwo|the)\s(?:[a-z-]+\s){{0,2}}?"
    rf"(?P<head>{_STATES}|{_PEOPLE})",
    re.IGNORECASE,
)
_SURE = re.compile(r"(?:the\stwo|both|our\stwo|these\stwo|the\s(?:pair|duo))\b", re.IGNORECASE)
_BACK = 3
"""Sentences before its own in which the two may be named."""
_CAPITALISED = re.compile(r"[A-Z][\w.’-]*")


def find_pair(scene: Scene, start: int, end: int) -> list[Participant]:
    """The two whom words such as "both sides" stand for; none for other words, or where it is not sure."""
    words = scene.layout.text[start:end]
    found = _TWO.fullmatch(words)
    if found is None or not _SURE.match(words):
        return []
    people = fold(found["head"]) in _PEOPLE.split("|")
    here = scene.layout.sentence(start)
    known: list[Participant] = []
    for sentence in range(here, max(-1, here - _BACK - 1), -1):
        known = distinct([*_named(scene, sentence, start, people=people), *(known if people else ())])
        if len(known) > 1:
            return known if len(known) == 2 else []
    return []


def _described(scene: Scene, sentence: int, before: int) -> list[Participant]:
    """The people known by name whom a sentence describes, or stands for by a pronoun, before an offset."""
    mentioned = (
        (whose, m.start) for whose in scene.cast.people for m in scene.resolved.get(whose.number, ())
    )
    return [
        whose
        for whose, at in mentioned
        if at < before and whose.has_full_name() and scene.layout.sentence(at) == sentence
    ]


def _named(scene: Scene, sentence: int, before: int, *, people: bool) -> list[Participant]:
    """The people, or the states and bodies, that a sentence names before an offset."""
    named = [
        (name, whose)
        for name in scene.by_sentence.get(sentence, ())
        if name.end <= before and (whose := scene.cast.find(name)) is not None
        and whose.has_full_name() == people
    ]  # fmt: skip
    if people:
        return distinct([*(whose for _, whose in named), *_described(scene, sentence, before)])
    layout = scene.layout
    start, end = layout.sentence_starts[sentence], min(before, layout.sentence_ends[sentence])
    found = [whose for name, whose in named if not name.governed and find_like(scene, name.text) is None]
    for words in _CAPITALISED.findall(layout.text, start, end):
        if (iso3 := state_called(words)) is not None:
            found.append(scene.cast.country(iso3))
        elif (whose := find_like(scene, words)) is not None:
            found.append(whose)
    return distinct(found)
