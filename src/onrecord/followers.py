"""Those who fight for somebody -> the body he commands, or the forces of the state he heads.

"Marr's forces", "pro-Marr fighters", "troops loyal to General Otto Marr" are the army that Marr commands, as
far as the table of offices knows one for the day of the document.
"""

from __future__ import annotations

import re

from onrecord.affiliations import find_behalf
from onrecord.bodies import as_worded
from onrecord.cast import Participant
from onrecord.linking import identify
from onrecord.mentions import names_between
from onrecord.ontology import fold, ontology
from onrecord.phrases import Phrase
from onrecord.scene import Scene

_FIGHTERS = r"(?:forces|troops|fighters|soldiers|army|militia|militias|militiamen|gunmen)"
_OF_HIS = re.compile(rf"(?P<who>.*[A-Z][\w-]+)['’]s?\s(?:own\s)?{_FIGHTERS}")
_FOR_HIM = re.compile(rf"(?:[\w,]+\s){{0,3}}?pro-(?P<who>[A-Z][\w-]+)\s{_FIGHTERS}")
_LOYAL = re.compile(
    rf"(?:[\w,-]+\s){{0,3}}?{_FIGHTERS}\s(?:loyal|allied|faithful)\s(?:to|with)\s(?P<who>.*[A-Z][\w-]+)"
)
_COMMANDING = frozenset(("commander", "head", "leader"))
_HEADS_OF_STATE = frozenset(("president", "prime minister", "supreme leader", "monarch"))
_ARMED = frozenset(("MIL", "REB"))


def find_followed(scene: Scene, start: int, end: int) -> Participant | None:
    """The body for which those in a stretch fight, by the name of who commands it; None for anybody else."""
    text = scene.layout.text
    for pattern in (_OF_HIS, _FOR_HIM, _LOYAL):
        if (found := pattern.fullmatch(text, start, end)) is not None:
            whose = _person(scene, *found.span("who"))
            return _commanded(scene, whose) if whose is not None else None
    return None


def commanded_by(scene: Scene, whose: Participant) -> Participant | None:
    """For whom those fight whom somebody calls his: a state or a body for itself, a person for what he leads.

    A spokesman's men are those of the body he speaks for.
    """
    if whose.kind in ("country", "organization", "group") and not whose.plural:
        return whose
    if not whose.is_person() or whose.worded:
        return None
    if (behalf := find_behalf(scene, whose)) is not None:
        return behalf.whose
    return _commanded(scene, whose)


THEIRS = re.compile(
    rf"(?:(?:all|some|many|none|most|several|two|three|four|five|\d[\d,]*)\sof\s)?"
    rf"(?P<whose>[Ii]ts|[Hh]is|[Hh]er|[Tt]heir|[Oo]ur|[Mm]y)\s(?:own\s)?(?:{_FIGHTERS}|men|garrison|navy)"
)
"""Those who fight, called after somebody who has a pronoun: "his troops"."""


def state_led(scene: Scene, start: int, end: int) -> str | None:
    """The state (ISO 3166-1) of whom a government is called after: "the Marr regime"; None without."""
    found = _GOVERNMENT.fullmatch(scene.layout.text, start, end)
    whose = _person(scene, *found.span("who")) if found is not None else None
    country = identify(whose, "name", scene.ground).country if whose is not None else None
    return country if country in ontology().nationalities else None


_GOVERNMENT = re.compile(
    r"(?:[Tt]he\s)?(?P<who>(?:al-)?[A-Z][\w-]+)(?:['’]s?)?\s(?:new\s|own\s)?(?:regime|government|administration|cabinet|junta)"
)


def has_person(scene: Scene, start: int, end: int) -> bool:
    """Whether a stretch names a person."""
    named = (scene.cast.find(n) for n in names_between(scene.layout, start, end))
    return any(whose is not None and whose.is_person() and whose.kind == "person" for whose in named)


def _person(scene: Scene, start: int, end: int) -> Participant | None:
    """The person whom the last name in a stretch means."""
    names = [n for n in names_between(scene.layout, start, end) if n.end == end]
    whose = scene.cast.find(names[0]) if names else None
    if whose is None:
        bearers = scene.cast.by_word.get(fold(scene.layout.text[start:end]), [])
        whose = bearers[0] if len(bearers) == 1 else None
    return whose if whose is not None and whose.is_person() else None


def _commanded(scene: Scene, whose: Participant) -> Participant | None:
    ground = scene.ground
    entity = identify(whose, "name", ground).id
    held = ground.knowledge.offices(entity, ground.published) if entity else ()
    bodies = [ground.knowledge.entity(t.of) for t in held if t.office in _COMMANDING and not t.of.isupper()]
    for body in bodies:
        if body.sector in _ARMED:
            key = fold(body.name)
            found = scene.cast.by_form.get(key)
            if found is None:
                found = scene.cast.by_form[key] = scene.cast.new(body.name, "organization")
                found.forms.append(body.name)
            return found
    states = {t.of for t in held if t.office in _HEADS_OF_STATE}
    state = states.pop() if len(states) == 1 else None
    return _forces_of(scene, state) if state in ontology().nationalities else None


def _forces_of(scene: Scene, iso3: str | None) -> Participant | None:
    """The forces of a state, as if the text called them so."""
    worded = f"{ontology().nationalities[iso3 or '']} forces"
    phrase = Phrase(
        shape="nominal", start=0, head="forces", text=worded, worded=worded, country=iso3, plural=True
    )
    whose = as_worded(scene, phrase)
    if whose is not None:
        whose.final = True
    return whose
