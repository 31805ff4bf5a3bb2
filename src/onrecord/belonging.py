"""Words that stand for a state or a body although they are not its bare name.

Adjectives of states ("Russian strikes"), those who only belong to a body ("fighters of the Front"), bodies by
a long or a short name ("the coalition").
"""

from __future__ import annotations

import re

from onrecord.cast import Participant
from onrecord.demonyms import find_like
from onrecord.holders import only
from onrecord.mentions import names_between
from onrecord.ontology import fold, ontology
from onrecord.scene import Scene

_OWNER_MARK = re.compile(r"['’]s?$")
_ARTICLE = re.compile(r"^(?:the|all|both|some|two|three|these|those)\s", re.IGNORECASE)


def find_state(scene: Scene, words: str) -> Participant | None:
    """The state whose name or nationality the words are: "Norwegian", "the British".

    A whole people stands for its state, too: "the Norwegian people"; "Norwegians" are some of them.
    """
    bare = _ARTICLE.sub("", _OWNER_MARK.sub("", words))
    bare = bare.removesuffix(" people") if fold(words).startswith("the ") else bare
    if not bare[:1].isupper():
        return None
    known, key = ontology(), fold(bare)
    iso3 = known.demonyms.get(key) or known.countries.get(key)
    if iso3 is not None:
        return scene.cast.country(iso3)
    if key in ("north", "south") and (iso3 := {"north": "PRK", "south": "KOR"}[key]):
        return scene.cast.by_form.get(f"={iso3}")
    return find_like(scene, bare)


def known_as(scene: Scene, words: str) -> Participant | None:
    """The body that the whole of several words name, by the table: "Islamic State of Iraq and the Levant"."""
    bare = _ARTICLE.sub("", _OWNER_MARK.sub("", words))
    if " " not in bare or not bare[:1].isupper():
        return None
    found = [e for e in scene.ground.knowledge.find(bare) if e.kind in ("organization", "group")]
    entity = only(found)
    if entity is None:
        return None
    key = fold(bare)
    whose = scene.cast.by_form.get(key) or scene.cast.by_form.get(fold(entity.name))
    if whose is None or whose.kind == "person":
        whose = scene.cast.by_form[key] = scene.cast.new(entity.name, "organization")
        whose.forms.append(bare)
    return whose


_WHICH = r"(?:global|international|U\.?S\.?-led|American-led|[\w-]+\snation|(?:[Cc]ounter|[Aa]nti)[\s-]\w+)"
_COALITION = re.compile(
    rf"(?:(?:[Tt]he|[Oo]ur|[Oo]ther)\s)?(?:wider\s|broader\s)?(?:{_WHICH}\s)*[Cc]oalition"
)
_THAT_COALITION = re.compile(rf"(?<=\s){_WHICH}\s[Cc]oalition\b|(?<=the\s)Coalition\b")
_ITS_STRIKES = re.compile(
    r"\s(?:air\s?)?(?:strikes?|forces|jets|aircraft|planes|warplanes)\b|\sairstrikes?\b"
)


def find_coalition(scene: Scene, start: int, end: int) -> Participant | None:
    """The coalition that fights the Islamic State, where a text that names the latter calls it only that."""
    enemy = scene.cast.by_form.get(fold("Islamic State"))
    text = scene.layout.text
    found = _COALITION.match(text, start, end) if enemy is not None else None
    if found is None or not (found.end() == end or _ITS_STRIKES.fullmatch(text, found.end(), end)):
        return None
    if not _THAT_COALITION.search(text) and not _ITS_STRIKES.match(text, found.end()):
        return None
    return known_as(scene, "Global Coalition Against Daesh")


_MEMBERS = (
    r"(?:member|fighter|militant|gunm[ae]n|bomber|courier|m[ae]n|agent|operative|terrorist|insurgent|guerrilla"
    r"|guerilla|rebel|commando|auditor|inspector|soldier|hacker|target|activist|militiam[ae]n)s?"
)
_OF_BODY = re.compile(
    rf"(?:[\w,-]+\s){{0,4}}?{_MEMBERS}\s(?:of|from|working\sfor)\s(?P<body>.+?)(?:\s(?:group|movement|organi[sz]ation|militia))?"
)
_BODY_S = re.compile(
    rf"(?:[\w,-]+\s){{0,4}}?(?P<body>(?:al-)?[A-Z][\w.’'-]*(?:\s[A-Z][\w.’'-]*)*)(?:['’]s?)?\s(?:[a-z-]+\s)?{_MEMBERS}"
)


def find_body_of(scene: Scene, start: int, end: int) -> Participant | None:
    """The body, no state, to which those described belong: "three fighters of the Front"."""
    text = scene.layout.text
    for pattern in (_OF_BODY, _BODY_S):
        if (found := pattern.fullmatch(text, start, end)) is None:
            continue
        first, last = found.span("body")
        names = [n for n in names_between(scene.layout, first, last) if n.end >= last - 1]
        if len(names) != 1 or names[0].lead > first + len("the "):
            continue
        whose = scene.cast.find(names[0]) or known_as(scene, text[first:last])
        if whose is not None and whose.kind in ("organization", "group"):
            return whose
    return None
