"""Names of sources -> whose they are: a participant of the text, or the state that a capital stands for."""

from __future__ import annotations

from onrecord.cast import Participant, country_in, place, role_words
from onrecord.knowledge import STATES_BEFORE
from onrecord.mentions import Name
from onrecord.names import name_words
from onrecord.ontology import fold, ontology
from onrecord.phrases import Phrase
from onrecord.scene import Link, Scene, was_scanned


def find_named(scene: Scene, phrase: Phrase, name: Name) -> Link:
    """Whom a name that speaks stands for, with what the words around it tell of its bearer."""
    key = fold(name.text)
    known = ontology()
    if key in known.capitals and name.kind in ("place", None) and name.start <= phrase.start + 4:
        if len(bearers := _bearers(scene, key)) == 1:
            return Link(whose=bearers[0], by="name")
        return Link(whose=scene.cast.country(_state_of(scene, known.capitals[key])), by="metonym")
    whose = scene.cast.find(name)
    if whose is None and not was_scanned(scene, name):  # a headline's name: not in the scan
        whose = place(scene.cast, name)
        if whose is not None:
            whose.add(name)
    if whose is None:
        return Link(why=f"more than one participant is called {name.text}")
    if phrase.role and phrase.role not in whose.roles:
        whose.roles.insert(0, phrase.role)
        whose.role_words.insert(0, role_words(phrase.role))
    whose.kind = whose.kind or ("person" if name.role else None)
    if whose.kind == "organization" and whose.country is None and name.start > phrase.start:
        whose.country = country_in(scene.layout.text[phrase.start : name.start])
    return Link(whose=whose, by="name")


def _bearers(scene: Scene, surname: str) -> list[Participant]:
    """The people named in full whose surname a capital's name is: "Washington", after "Otto Washington"."""
    return [
        p
        for p in scene.cast.people
        if p.is_person() and not p.worded and " " in p.name and name_words(p.name)[-1] == surname
        and any(not n.governed for n in p.names)
    ]  # fmt: skip


def _state_of(scene: Scene, iso3: str) -> str:
    """The state that a capital stood for when a document was published: Moscow once for the Soviet Union.

    Without a date it is the state of old if the text names that and never the one of today.
    """
    if iso3 not in STATES_BEFORE:
        return iso3
    before, until = STATES_BEFORE[iso3]
    published = scene.text.document.published
    known = scene.cast.by_form
    old = published < until if published else f"={before}" in known and f"={iso3}" not in known
    return before if old else iso3
