"""Installations that are acted upon -> the state or the body whose they are.

A strike on "Norway's naval bases" or on "Osprey Front positions" is a strike on Norway, on the Osprey Front:
an installation is nobody who could be a party, nor is a missile. Ships, embassies and towns are left as they
are worded.
"""

from __future__ import annotations

import re

from onrecord.belonging import find_state, known_as
from onrecord.cast import Participant
from onrecord.mentions import names_between
from onrecord.scene import Scene

_HOLDING = (
    r"(?:facilit(?:y|ies)|installations?|sites?|targets?|positions?|territory|soil|airspace|infrastructure"
    r"|convoys?|depots?|airfields?|bases?|airbases?|assets|headquarters|air\sdefen[cs]es|vehicles"
    r"|power\s(?:stations?|plants?|grid)|reactors?|silos|trenches|borders?"
    r"|missiles?|rockets?|shells|artillery|mortars|bombs?)"
)
_OWNER = r"(?:al-)?[A-Z][\w.-]*(?:\s(?:al-)?[A-Z][\w.-]*){0,3}?"
_OWNED = re.compile(
    rf"(?:(?:[Tt]he|[Aa]n?|[Tt]wo|three|several|many|some|other|all|\d+)\s)*(?P<owner>{_OWNER}(?:['’]s?)?)\s"
    rf"(?:[a-z-]+\s){{0,3}}{_HOLDING}(?:\s(?:in|near|at|across|around|inside|on|along)\s.+)?",
)
_INSIDE = re.compile(
    rf"(?:[A-Za-z][a-z-]*\s){{0,3}}?{_HOLDING}\s(?:in|of|across)\s(?:[a-z]+ern\s)?(?P<owner>{_OWNER})"
)


def find_holder(scene: Scene, start: int, end: int) -> Participant | None:
    """Whose installations a stretch names; None for anything else."""
    text = scene.layout.text
    if (found := _OWNED.fullmatch(text, start, end)) is not None:
        return _owner(scene, *found.span("owner"))
    if (found := _INSIDE.fullmatch(text, start, end)) is not None:
        whose = find_state(scene, found["owner"])
        return whose if whose is not None and whose.kind == "country" else None
    return None


def _owner(scene: Scene, start: int, end: int) -> Participant | None:
    words = scene.layout.text[start:end]
    whose = find_state(scene, words) or known_as(scene, words)
    if whose is not None:
        return whose
    names = list(names_between(scene.layout, start, end))
    whose = scene.cast.find(names[0]) if len(names) == 1 else None
    return whose if whose is not None and whose.kind in ("country", "organization", "group") else None
