"""Sentences -> a subject that is no name: "So the envoy tried again", "He asked the council to wait".

A later pronoun goes back to it before it goes back to a name further away.
"""

from __future__ import annotations

import re

import msgspec

from onrecord.descriptions import find_described
from onrecord.ontology import Gender, fold, ontology
from onrecord.phrases import read_phrase
from onrecord.scene import Link, Scene

_LEAD = (
    r"(?:(?:So|But|And|Then|Yet|Still|Now|Later|Instead|Meanwhile|Once|Soon|Again|Nor),?\s)?"
    r"(?:(?:In|On|At|By|After|Before|During|From|With|Since|For|Early|Late|Earlier|Last|Two|Three|One)"
    r"\s[^,.;:“”\"\n]{1,60},\s|On\s[A-Z][a-z]+day(?:\s[a-z]+)?\s)?"
)
"""What stands before a sentence's subject: a word that joins it on, words on when or where."""
_DETERMINED = re.compile(_LEAD + r"(?P<words>(?:the|his|her|their|its|an?)\s)", re.IGNORECASE)
_PRONOUN = re.compile(_LEAD + r"(?P<words>he|she)\s", re.IGNORECASE)
_WORD = re.compile(r"([\w’'-]+(?:\.[\w.]*)?)(,?\s)")
_LONGEST = 5
"""Words of a description up to its head: "acting deputy foreign prime minister" is the longest kind."""
_JOINS_ON = frozenset("of for to at in from on with and or who whom whose that which".split())
_NOT_INSIDE = _JOINS_ON | frozenset("the a an his her their its is was are were has had said".split())


ASKERS = frozenset("reporter reporters journalist journalists correspondent interviewer moderator".split())
"""Those who put questions: who speaks after them is who answers."""


class Subject(msgspec.Struct, frozen=True, kw_only=True):
    """A sentence's subject that is no name: where it stands, and whom a pronoun after it stands for."""

    at: int
    pronoun: str = ""
    gender: Gender | None = None
    link: Link = Link()


def find_subject(scene: Scene, sentence: int, before: int) -> Subject | None:
    """The pronoun or the description of a person that opens a sentence, if it stands before an offset."""
    layout = scene.layout
    start, end = layout.sentence_starts[sentence], min(layout.sentence_ends[sentence], before)
    if layout.quoted(start):
        return None
    if (found := _PRONOUN.match(layout.text, start, end)) is not None:
        return Subject(at=found.start("words"), pronoun=fold(found["words"]))
    if (found := _DETERMINED.match(layout.text, start, end)) is not None:
        return _described(scene, found.start("words"), found.end("words"), end)
    return None


def _described(scene: Scene, first: int, core: int, end: int) -> Subject | None:
    """The person whom a description means; open where more words belong to it than are read here."""
    last = _head_end(scene.layout.text, core, end)
    if last is None or _is_named(scene, first, last):
        return None
    words = scene.layout.text[first:last]
    if fold(words).split()[-1] in ASKERS:
        return None
    gender = ontology().roles[fold(words).split()[-1]]
    behind = scene.layout.text[last:end].split(maxsplit=1)[:1]
    if behind and (behind[0] in _JOINS_ON or not behind[0][0].islower()):
        return Subject(at=first, gender=gender, link=Link(why=f'the pronoun may be "{words}"'))
    phrase = read_phrase(scene.layout, scene.names, scene.starts, first, last)
    if phrase.shape != "nominal" or phrase.plural:
        return None
    link = find_described(scene, phrase)
    if link.whose is not None and not link.whose.is_person():
        return None
    return Subject(
        at=first, gender=gender, link=Link(whose=link.whose, by="coreference", why=link.why or f'"{words}"')
    )


def _head_end(text: str, core: int, end: int) -> int | None:
    """Where the head of a description ends: its last word that is a role, before any verb or preposition."""
    found, at = None, core
    for _ in range(_LONGEST):
        word = _WORD.match(text, at, end)
        key = fold(word[1]) if word else ""
        if word is None or key in _NOT_INSIDE:
            break
        known = ontology()
        if key in known.roles and key not in known.body_heads:
            found = word.end(1)
        if word[2].startswith(","):
            break
        at = word.end()
    return found


def _is_named(scene: Scene, first: int, last: int) -> bool:
    """Whether a name belongs to a description: "the envoy Ilse Marr", "the envoy, Ilse Marr"."""
    return any(
        name.lead <= last + len(", ") and name.end > last
        for name in scene.by_sentence.get(scene.layout.sentence(first), ())
    )
