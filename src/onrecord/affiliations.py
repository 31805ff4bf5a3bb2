"""Spokespeople -> those on whose behalf they speak: "Kremlin spokesman", "spokeswoman for the harbour board".

The person stays the speaker; the body, state or office is an actor of its own, with the words that name it.
"""

from __future__ import annotations

import re

import msgspec

from onrecord.cast import Participant
from onrecord.holders import only
from onrecord.mentions import Name
from onrecord.ontology import fold
from onrecord.scene import Scene
from onrecord.states import state_called
from onrecord.wording import find_state_body

_SPOKES = r"(?:spokes(?:man|woman|person)|press\ssecretary|mouthpiece)"
_IN_FRONT = re.compile(
    rf"^(?P<body>.+?)(?:['’]s?)?\s(?:(?:chief|deputy|senior|official|lead|top|main)\s)*{_SPOKES}\b",
    re.IGNORECASE,
)
_BEHIND = re.compile(rf"\b{_SPOKES}\s(?:for|of)\s(?P<body>.+)$", re.IGNORECASE)
_ARTICLE = re.compile(r"^(?:the|an?|its|their|his|her)\s", re.IGNORECASE)
_REACH = 160
"""Characters around a name within which its role stands."""


class Behalf(msgspec.Struct, frozen=True, kw_only=True):
    """On whose behalf somebody speaks, and where the text says so."""

    whose: Participant
    start: int
    end: int


def find_behalf(scene: Scene, speaker: Participant) -> Behalf | None:
    """The body or state for which a person speaks, where a stated role names one; None for anybody else."""
    for name in speaker.names:
        body = _body_in(name.role) if name.role else None
        at = _place(scene, name, body) if body else None
        if body and at is not None and (whose := _participant(scene, body)) is not None:
            return Behalf(whose=whose, start=at, end=at + len(body))
    return None


def _body_in(role: str) -> str | None:
    """The words of a role that name the body spoken for."""
    found = _BEHIND.search(role) or _IN_FRONT.match(role)
    words = _ARTICLE.sub("", found["body"]).strip(" ,") if found else ""
    return words or None


def _place(scene: Scene, name: Name, body: str) -> int | None:
    """Where the words stand in the text, near the name."""
    first = max(0, name.lead - 2)
    at = scene.layout.text.find(body, first, name.end + _REACH)
    return at if at >= 0 else None


def _participant(scene: Scene, body: str) -> Participant | None:
    """The participant that a body's words mean: a state, one that the text names, one of the table."""
    iso3 = state_called(body) if body[:1].isupper() else None
    if iso3 is not None:
        return scene.cast.country(iso3)
    if (named := scene.cast.by_form.get(fold(body))) is not None:
        return None if named.kind == "person" else named
    known = only(scene.ground.knowledge.find(body), "organization")
    state = find_state_body(body)
    if known is None and (state is None or not (state.state or scene.ground.state)):
        return None
    made = scene.cast.new(body, "organization")
    made.worded = True
    scene.cast.by_form[fold(body)] = made
    return made
