"""Documents that speak -> whose they are: "a report by the council", "the council's report", "the letter"."""

from __future__ import annotations

import re

import msgspec

from onrecord.descriptions import find_described
from onrecord.mentions import Name
from onrecord.naming import find_named
from onrecord.ontology import fold, ontology
from onrecord.phrases import Phrase, read_phrase
from onrecord.records import Statement
from onrecord.scene import Link, Scene, Turn
from onrecord.wording import find_state_body


def find_issuer(scene: Scene, phrase: Phrase, stmt: Statement) -> Link:
    """The issuer of "a report by the council"; for "the report", whoever issued it before."""
    if phrase.name is not None and _is_origin(scene, phrase.name):
        return Link(why=f"the text does not say whose {phrase.head} it is")
    if phrase.name is not None and (people := _people_of(scene, phrase.name, stmt)) is not None:
        return find_described(scene, people)
    if phrase.name is not None:
        named = Phrase(shape="name", start=phrase.name.start, name=phrase.name)
        link = find_named(scene, named, phrase.name)
        if (
            link.whose is not None
            and link.whose.kind is None
            and scene.layout.text.startswith(", where ", phrase.name.end)
        ):  # nobody in whom one can be
            link.whose.kind = "organization"
        return link
    if (issuer := _described_issuer(scene, phrase, stmt)) is not None:
        return find_described(scene, issuer)
    if not phrase.definite:
        return Link(why=f"the text does not say whose {phrase.head} it is")
    single = phrase.head.rstrip("s")
    for turn in reversed(scene.turns):
        if turn.document.rstrip("s") == single or _mentions(scene, turn, single):
            return Link(whose=turn.whose, by="coreference")
    return Link(why=f"the text does not say whose {phrase.head} it is")


def _people_of(scene: Scene, name: Name, stmt: Statement) -> Phrase | None:
    """The people whose document it is, where the name is their body's: "by doctors at the Board"."""
    if stmt.source is None:
        return None
    found = _BY_PEOPLE.search(scene.layout.text, stmt.source.start, name.lead)
    if found is None or not ontology().is_group(found["who"]):
        return None
    start = found.start("who")
    return read_phrase(scene.layout, scene.names, scene.starts, start, name.end)


_BY_PEOPLE = re.compile(r"\bby\s(?:the\s)?(?P<who>[a-z]+s)\s(?:of|from|at|with)\s(?:the\s)?$")


def _is_origin(scene: Scene, name: Name) -> bool:
    """Whether a name only says where a document comes from: "reports from" a capital or a place."""
    place = name.kind == "place" or fold(name.text) in ontology().capitals
    return place and scene.layout.text[: name.lead].endswith(("from ", "in ", "out of "))


def _described_issuer(scene: Scene, phrase: Phrase, stmt: Statement) -> Phrase | None:
    """The issuer that a document is of, where it is no name: "a statement by the Norwegian government"."""
    source = stmt.source
    if source is None:
        return None
    text, start, end = scene.layout.text, source.start, source.end
    if (found := _OF_ISSUER.search(text, start, end)) is not None:
        start = found.end()
    elif (found := re.match(_BEFORE_DOCUMENT + re.escape(phrase.head), text[start:end], re.I)) is not None:
        end = start + found.end("issuer")
    else:
        return None
    issuer = read_phrase(scene.layout, scene.names, scene.starts, start, end)
    if issuer.shape != "nominal" or issuer.head not in ontology().body_heads:
        return None
    if start > source.start:
        return issuer
    state_body = find_state_body(issuer.worded) is not None  # other bodies in front only tell the kind
    return msgspec.structs.replace(issuer, definite=True) if state_body else None


_OF_ISSUER = re.compile(r"\b(?:of|by|from)\s(?=the\s|an?\s)")
_BEFORE_DOCUMENT = r"(?P<issuer>(?:the|an?)\s(?:[a-z-]+\s){0,2}?[a-z-]+)(?:['’]s?)?\s"
"""A document behind whose it is: "the commission's report", "a government statement"."""


def _mentions(scene: Scene, turn: Turn, noun: str) -> bool:
    if not scene.layout.sentence_starts:
        return False
    start, end = scene.layout.sentence_starts[turn.sentence], scene.layout.sentence_ends[turn.sentence]
    return bool(
        re.search(
            rf"\b(?:in|through|via)\s(?:[\w’'-]+\s){{0,4}}{re.escape(noun)}s?\b", scene.layout.text[start:end]
        )
    )
