"""Descriptions of bodies -> which they stand for: "the agency", "the foreign ministry", "the company".

A definite description goes to the one body of that kind that the text names, or to the state that the
sentence is about; what the text only words is a participant of its own, called so.
"""

from __future__ import annotations

import msgspec

from onrecord.cast import Participant, role_words
from onrecord.knowledge import Entity
from onrecord.ontology import fold, ontology
from onrecord.phrases import Phrase
from onrecord.scene import NEAR, Link, Scene, distinct
from onrecord.states import states_named
from onrecord.worded import body_owned
from onrecord.wording import find_state_body

_GENERIC = frozenset(
    "government group organization organisation agency company firm body movement party union commission "
    "council ministry bloc newspaper paper network".split()
)


def find_body(scene: Scene, phrase: Phrase) -> Link:
    """The organisation that "the agency" stands for: the one of that kind, else the one that spoke last."""
    if not phrase.definite or phrase.head not in ontology().body_heads or len(phrase.worded.split()) > 3:
        return Link(whose=as_worded(scene, phrase), by=None)
    if fold(phrase.worded) == "kingdom" and (realm := find_kingdom(scene, phrase.start)) is not None:
        return Link(whose=realm, by="coreference")
    told = role_words(phrase.worded)
    bodies = [
        p
        for p in scene.cast.people
        if p.kind == "organization" and not p.worded and _is_called(p, told, phrase)
    ]
    recent = [
        t.whose for t in reversed(scene.turns)
        if t.whose.kind == "organization" and not t.nested
        and (phrase.head in ("government", "ministry") or find_state_body(t.whose.name) is None)
        and not (phrase.head in _FORMED and is_office(t.whose.name))
    ]  # fmt: skip
    again = next((p for p in recent if p in bodies), None)
    if len(bodies) == 1 or again:
        return Link(whose=again or bodies[0], by="role")
    if bodies:
        return Link(why=f'"{phrase.worded}" can be {bodies[0].name} or {bodies[1].name}')
    if (
        phrase.head in _GENERIC
        and (phrase.head != "ministry" or " " not in phrase.worded)  # of which it is a ministry is told
        and (nearby := recent[:1] or _named_before(scene, phrase))
        and phrase.head != "government"
    ):
        if len(nearby) > 1:
            return Link(why=f'"{phrase.worded}" can be several')
        nearby[0].kind = nearby[0].kind or "organization"
        return Link(whose=nearby[0], by="coreference")
    if find_state_body(phrase.worded) is not None:
        if scene.ground.state:
            return Link(whose=as_worded(scene, phrase), by=None)
        if (state := _state_told(scene, phrase.start)) is not None:
            return Link(whose=_of_state(scene, phrase, state), by="coreference")
    if phrase.head in _GENERIC and " " not in phrase.worded:
        return Link(why=f"the text does not say which {phrase.head} it is")
    return Link(whose=as_worded(scene, phrase), by=None)


def find_kingdom(scene: Scene, at: int) -> Participant | None:
    """The one kingdom named last before an offset, in its sentence or the three before."""
    here = scene.layout.sentence(at)
    for sentence in range(here, max(-1, here - NEAR - 1), -1):
        named = distinct(
            whose
            for name in scene.by_sentence.get(sentence, ())
            if name.end <= at and (whose := scene.cast.find(name)) is not None
            and whose.kind == "country" and fold(whose.name) in _KINGDOMS
        )  # fmt: skip
        if named:
            return named[0] if len(named) == 1 else None
    return None


_KINGDOMS = frozenset(
    "saudi arabia|united kingdom|jordan|bahrain|morocco|spain|norway|sweden|denmark|netherlands|belgium"
    "|thailand|cambodia|bhutan|lesotho|eswatini|tonga".split("|")
)


def is_office(name: str) -> bool:
    """Whether a body is no group that people form: an agency, a court, a ministry.

    >>> is_office("Northern Fisheries Agency"), is_office("Osprey Front")
    (True, False)
    """
    head = fold(name).partition(" of ")[0].rpartition(" ")[2]
    return head in ontology().body_heads - _FORMED


_FORMED = frozenset(
    "group organisation organization movement militia faction party alliance bloc union front "
    "coalition".split()
)


def _state_told(scene: Scene, at: int) -> str | None:
    """The one state that the sentence of a description names, else those before it; None for several."""
    here = scene.layout.sentence(at)
    for first, last in ((here, here), (max(0, here - NEAR), max(0, here - 1))):
        start, end = scene.layout.sentence_starts[first], scene.layout.sentence_ends[last]
        if named := states_named(scene.layout.text[start:end]):
            return next(iter(named)) if len(named) == 1 else None
    return None


def _of_state(scene: Scene, phrase: Phrase, iso3: str) -> Participant | None:
    """The ministry or government of a state, whatever words the text has for it."""
    body = find_state_body(phrase.worded)
    return (
        None
        if body is None
        else as_worded(scene, msgspec.structs.replace(phrase, worded=body.name(iso3), country=iso3))
    )


def _is_called(whose: Participant, told: frozenset[str], phrase: Phrase) -> bool:
    """Whether a body's own name has the words of a description."""
    return any(told <= role_words(f) for f in (*whose.forms, whose.name)) and phrase.head != fold(whose.name)


def _named_before(scene: Scene, phrase: Phrase) -> list[Participant]:
    """The organisations named shortly before a description."""
    if phrase.head not in ("company", "firm", "group", "organization", "organisation", "movement"):
        return []
    here = scene.layout.sentence(phrase.start)
    for sentence in range(here, max(-1, here - NEAR), -1):
        named = [
            (name, whose)
            for name in scene.by_sentence.get(sentence, ())
            if name.end <= phrase.start and not name.all_role
            and (whose := scene.cast.find(name)) is not None
            and (whose.kind == "organization" or (whose.kind is None and phrase.head in ("company", "firm")))
        ]  # fmt: skip
        free = distinct(whose for name, whose in named if not name.governed)
        if found := free or distinct(whose for name, whose in named if whose.kind == "organization"):
            return found
    return []


def as_worded(scene: Scene, phrase: Phrase, holder: Entity | None = None) -> Participant | None:
    """The participant that is called only what the text calls it; the same words are the same participant.

    So are all descriptions of one office's ``holder``.
    """
    key = "~" + (holder.id if holder else fold(phrase.worded))
    found = scene.cast.by_form.get(key)
    if found is None and holder is None and " " not in phrase.worded:
        fuller = [
            t.whose
            for t in reversed(scene.turns)
            if t.whose.worded and fold(t.whose.name).split()[-1] == phrase.head
        ]
        found = fuller[0] if fuller and (phrase.definite or phrase.plural) else None
    if found is None and phrase.worded:
        known = ontology()
        person = phrase.head in known.roles
        found = scene.cast.new(
            phrase.worded, "group" if phrase.plural else "person" if person else "organization"
        )
        found.worded, found.plural, found.country, found.gender = (
            True,
            phrase.plural,
            phrase.country,
            phrase.gender,
        )
        found.holder = holder.id if holder else None
        found.full_name = _owned_name(scene, phrase.worded)
        scene.cast.by_form[key] = found
    return found


def _owned_name(scene: Scene, words: str) -> str | None:
    """The name in full of a body that words call by its owner, no person: "Norway's media council"."""
    owned = body_owned(words)
    owner = scene.cast.by_form.get(fold(owned.owner)) if owned is not None else None
    person = owner is not None and owner.kind == "person"
    return owned.name if owned is not None and not person else None
