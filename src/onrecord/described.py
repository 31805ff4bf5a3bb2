"""Descriptions that act or are acted upon -> whom they stand for: "the premier", "the country", "villagers".

An office goes to its holder by the rules for sources (descriptions.py); what goes back to nobody is a
participant of its own, called what the text calls it.
"""

from __future__ import annotations

import re

import msgspec

from onrecord.bodies import as_worded, find_kingdom, is_office
from onrecord.cast import Participant, country_in
from onrecord.descriptions import find_described
from onrecord.followers import has_person, state_led
from onrecord.mentions import Name
from onrecord.ontology import fold, ontology
from onrecord.outlets import is_outlet
from onrecord.phrases import Phrase
from onrecord.scene import Link, Scene, distinct
from onrecord.worded import kind_of_worded, word_group


def find_meant_by(scene: Scene, phrase: Phrase, start: int, end: int) -> Link:
    """Whom a description from ``start`` to ``end`` stands for."""
    words, before = scene.layout.text[start:end], len(scene.cast.people)
    if fold(words) == "the kingdom" and (realm := find_kingdom(scene, start)) is not None:
        return Link(whose=realm, by="coreference")
    if fold(words) in _THE_STATE and (whose := _state_before(scene, start)) is not None:
        return Link(whose=whose, by="coreference")
    if phrase.definite and not phrase.plural:
        link = find_described(scene, phrase)
        if link.whose is None or link.by is None:
            link = _by_bare_role(scene, phrase)
        if link.by in ("role", "name"):
            return link
    if (
        phrase.definite
        and fold(phrase.worded) in _ANY_BODY
        and (whose := _body_before(scene, start)) is not None
    ):
        return Link(whose=whose, by="coreference")
    return _worded(scene, phrase, start, end, before)


def _by_bare_role(scene: Scene, phrase: Phrase) -> Link:
    """Whom a description stands for without the words that only colour it: "the embattled premier"."""
    known = ontology()
    if phrase.head not in known.roles:
        return Link()
    kept = " ".join(w for w in phrase.worded.split() if not _colours(fold(w)))
    bare = msgspec.structs.replace(phrase, worded=kept, text=f"the {kept}")
    return find_described(scene, bare) if kept and kept != phrase.worded else Link()


def _colours(word: str) -> bool:
    known = ontology()
    told = word in known.roles or word in known.role_modifiers or word in known.portfolios
    return not told and word not in known.demonyms and word.islower() and word.endswith(_COLOURS)


_COLOURS = ("ed", "ing", "ful", "ous", "ive", "y", "some")


_ANY_BODY = frozenset("group organisation organization movement militia faction".split())


def _body_before(scene: Scene, at: int) -> Participant | None:
    """The body named last before an offset, no state and no outlet, in its sentence or the two before."""
    here = scene.layout.sentence(at)
    for sentence in range(here, max(-1, here - 3), -1):
        for name in reversed(scene.by_sentence.get(sentence, [])):
            whose = scene.cast.find(name) if name.end <= at else None
            body = whose is not None and whose.kind in ("organization", "group")
            if body and not (is_outlet(name.text) or is_office(name.text) or _colours_noun(scene, name)):
                return whose
    return None


def _colours_noun(scene: Scene, name: Name) -> bool:
    """Whether a name is an adjective before its noun: "the Velan capital"."""
    adjective = " " not in name.text and name.text.endswith(("an", "ish", "ese"))
    return adjective and scene.layout.text[name.end : name.end + 2].strip().islower()


def _worded(scene: Scene, phrase: Phrase, start: int, end: int, known: int) -> Link:
    """Those described as a participant of their own, called what the text calls them.

    Whoever is not among the ``known`` first participants of the cast is new.
    """
    words = scene.layout.text[start:end]
    worded = word_group(words, phrase.worded, phrase.head, persons=has_person(scene, start, end))
    worded = _ARTICLE.sub("", _CUT_SHORT.sub("", worded))
    if not worded or fold(worded).rpartition(" ")[2] in _NOBODY or _NO_HEAD.match(worded):
        return Link(why="the words name nobody")
    if phrase.definite and (before := _fuller_before(scene, worded, start)) is not None:
        return Link(whose=before)
    country = country_in(worded) or state_led(scene, start, end)
    whose = as_worded(scene, msgspec.structs.replace(phrase, worded=worded, country=country))
    if whose is not None and whose.number >= known:
        whose.final, whose.kind, whose.country = True, kind_of_worded(worded), country
        whose.plural = whose.kind == "group"
    return Link(whose=whose)


_CUT_SHORT = re.compile(r"\s(?:he|she|it|they|we|I|you)$")
"""Where a description was cut inside its clause: "officers he" of "officers he had promoted"."""
_ARTICLE = re.compile(r"^(?:the|an?)\s", re.IGNORECASE)
_NO_HEAD = re.compile(r"(?:of|in|at|from|for)\b")
"""What is left of "those of Norway"."""
_NOBODY = frozenset(
    "side sides others other each half some many most all none two three four five six seven eight nine ten "
    "dozens hundreds thousands hundred thousand those that what them whom us former latter rest".split()
)
"""Words that say how many or which, of nobody named: the mention stands, without an actor."""


def _fuller_before(scene: Scene, head: str, at: int) -> Participant | None:
    """The one participant described more fully before: "Norwegian rebels … the rebels"."""
    if " " in head:
        return None
    fitting = [
        p for p in scene.cast.people
        if p.worded and fold(p.name).rpartition(" ")[2] == fold(head) and " " in p.name
        and not _MORE.search(p.name)
        and any(m.start < at for m in scene.resolved.get(p.number, ()))
    ]  # fmt: skip
    return fitting[0] if len(fitting) == 1 else None


_MORE = re.compile(r"\s(?:and|of|in|for|from|to|with|on|at|by)\s")
"""What makes the last word of a description another's: "those who sell grain to the council"."""

_THE_STATE = frozenset(("the country", "the nation", "the kingdom", "the republic", "the state"))


def _state_before(scene: Scene, at: int) -> Participant | None:
    """The one state named last before an offset, in its sentence or the one before."""
    here = scene.layout.sentence(at)
    for sentence in range(here, max(-1, here - 3), -1):
        named = distinct(
            whose
            for name in scene.by_sentence.get(sentence, ())
            if name.end <= at and (whose := scene.cast.find(name)) is not None and whose.kind == "country"
        )
        if named:
            return named[0] if len(named) == 1 else None
    return scene.cast.country(scene.ground.state) if scene.ground.state else None


def find_one_of(scene: Scene, start: int, words: str) -> Link:
    """Whom words mean that the text puts together with others: one of "the ministers of A and B"."""
    head = words.partition(" of ")[0].rpartition(" ")[2]
    phrase = Phrase(
        shape="nominal", start=start, head=head, text=f"the {words}", worded=words, definite=True,
        country=country_in(words), gender=ontology().roles.get(head),
    )  # fmt: skip
    link = find_described(scene, phrase)
    return link if link.whose is not None else Link(whose=as_worded(scene, phrase))
