"""One party of an event -> whom its words stand for: a state, a name, a pronoun, a description."""

from __future__ import annotations

import re
from functools import partial

import msgspec

from onrecord.anaphora import find_meant
from onrecord.belonging import find_body_of, find_coalition, find_state, known_as
from onrecord.cast import Participant
from onrecord.described import find_meant_by
from onrecord.followers import THEIRS, commanded_by, find_followed
from onrecord.holdings import find_holder
from onrecord.mentions import Name, names_between
from onrecord.naming import find_named
from onrecord.parties import shares_noun
from onrecord.phrases import Phrase, read_phrase
from onrecord.records import Form
from onrecord.scene import Link, Scene
from onrecord.stage import Stage


class Party(msgspec.Struct, frozen=True, kw_only=True):
    """One party of an event: where it stands, in what form, whom it stands for."""

    start: int
    end: int
    form: Form
    link: Link


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """A stretch without the marks around it and the day behind it."""
    words = text[start:end]
    first = len(words) - len(words.lstrip(" \n,;:“\"‘'([—–"))
    last = len(_WHEN.sub("", words.rstrip(' \n,;:”"])—–')))
    return (start + first, start + last) if first < last else (start, end)


def complete(scene: Scene, start: int, end: int) -> tuple[int, int]:
    """A stretch with the whole of a person's name of which it holds a part, or the title in front of it."""
    if find_state(scene, scene.layout.text[start:end]) is not None:
        return start, end
    for name in scene.by_sentence.get(scene.layout.sentence(start), ()):
        cuts = name.start < start < name.end or name.start < end < name.end
        titles = name.lead <= start and start < name.start <= end + 1
        whole = name.kind in ("person", None) or " " not in name.text  # "Da" of "Da'esh" is no word
        if (cuts or titles) and not name.all_role and whole:
            return min(start, name.start), max(end, name.end)
    return start, end


_WHEN = re.compile(
    r"(?<=\w)\s(?:today|yesterday|tonight|(?:on\s)?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|itself|themselves"
    r"|himself|herself|again|also)$"
)


def find_party(stage: Stage, start: int, end: int) -> Party:
    """Whom one party's words stand for."""
    start, end = trim(stage.scene.layout.text, start, end)
    form, link = _read(stage, start, end)
    return Party(start=start, end=end, form=form, link=link)


def _read(stage: Stage, start: int, end: int) -> tuple[Form, Link]:
    """What the words of a party are, and whom they stand for."""
    scene = stage.scene
    words = scene.layout.text[start:end]
    if (whose := find_state(scene, words) or known_as(scene, words)) is not None:
        return "name", Link(whose=whose, by="name")
    whose = (
        find_coalition(scene, start, end)
        or find_body_of(scene, start, end)
        or find_followed(scene, start, end)
        or find_holder(scene, start, end)
    )
    if whose is not None:
        return "nominal", Link(whose=whose, by="name")
    if (whose := _their_fighters(stage, start, end)) is not None:
        return "nominal", Link(whose=whose, by="coreference")
    if (speaker := _spoke(stage, start, end)) is not None:
        return "nominal", Link(whose=speaker, by="role")
    if (name := _opens(scene, start, end)) is not None:
        phrase = read_phrase(scene.layout, scene.names, scene.starts, start, name.end)
        return "name", find_named(scene, phrase, name)
    phrase = read_phrase(scene.layout, scene.names, scene.starts, start, end)
    if phrase.shape == "pronoun" and not phrase.worded:
        return "pronoun", find_meant(stage, phrase, start, end, partial(_whose, stage))
    if phrase.shape == "name" and phrase.name is not None and not _reaches(scene, phrase, phrase.name, end):
        return "name", find_named(scene, phrase, phrase.name)
    return "nominal", find_meant_by(scene, phrase, start, end)


def _whose(stage: Stage, start: int, end: int) -> Participant | None:
    return find_party(stage, start, end).link.whose


def _their_fighters(stage: Stage, start: int, end: int) -> Participant | None:
    """For whom those fight whom a pronoun calls its: "none of his soldiers"."""
    found = THEIRS.fullmatch(stage.scene.layout.text, start, end)
    owner = find_party(stage, *found.span("whose")).link.whose if found is not None else None
    if found is None or owner is None:
        return None
    thing = found["whose"].lower() == "its" and owner.kind is None
    return owner if thing else commanded_by(stage.scene, owner)


def _spoke(stage: Stage, start: int, end: int) -> Participant | None:
    """The speaker of whom a stretch is the source's very words: whose they are is settled."""
    for stmt in stage.statements:
        source = stmt.source
        if source is not None and source.start == start and source.end == end and source.form == "nominal":
            return stage.participant(stmt.speaker) if stmt.speaker else None
    return None


def _opens(scene: Scene, start: int, end: int) -> Name | None:
    """The name of somebody that opens a stretch, with an apposition behind it, or closes one before it."""
    text = scene.layout.text
    for name in scene.by_sentence.get(scene.layout.sentence(start), ()):
        if text.startswith(", ", name.end) and name.end + 2 == start and text.startswith(" who ", end):
            return name if name.kind in ("person", None) and not name.governed else None
    names = list(names_between(scene.layout, start, end))
    for name in names:
        closed = scene.layout.text.startswith(", ", name.end)
        if (
            name.lead <= start + len("the ")
            and closed
            and not name.all_role
            and name.kind in ("person", None)
        ):
            return name
    for name in names:
        if name.end == end and _CALLED.search(text, start, name.lead):
            return name
        behind = (
            name.lead > start and name.end >= end - 1 and text[start : name.lead].endswith((", ", ", the "))
        )
        typed = _TYPE_BEFORE.search(text, start, name.lead) or (
            name is names[0] and _DESCRIBED_BEFORE.fullmatch(text, start, name.lead)
        )
        if behind and name.kind != "country" and typed:
            return name
    return None


_TYPE_BEFORE = re.compile(
    r"(?i:(?:president|minister|secretary(?:-general)?|chief|head|leader|envoy|director(?:-general)?|spokes\w+"
    r"|faction|group|party|movement|militia|company|commander|governor|king|mayor|politician|lawmaker))"
    r"(?:\s(?:of|for|to|at)\s[^,]+)?,\s(?:the\s)?$"
)
"""A role or a kind of body before a comma: what it is called follows."""
_CALLED = re.compile(r"\s(?:named|called|nicknamed|(?:better\s)?known\sas)\s$")
_DESCRIBED_BEFORE = re.compile(r"(?:[Tt]he|[Aa]n?|[Hh]is|[Hh]er|[Ii]ts|[Tt]heir|[Oo]ur)\s[^,]+,\s(?:the\s)?")
"""A description without a name before a comma: "a tax collector, Otto Marr"."""
_REACHES = re.compile(
    r"\s(?:across|throughout|along|around|behind|opposed|belonging|working|near|against|of|from|in)\s"
)


def _reaches(scene: Scene, phrase: Phrase, name: Name, end: int) -> bool:
    """Whether a name is not what a phrase is about: "drivers across Norway", "Civic and local leaders"."""
    text = scene.layout.text
    if " & " in text[phrase.start : end]:
        return True
    shares = _SHARES.match(text, name.end) or shares_noun(name.text, text[name.end : end])
    if name.kind is None and " " not in name.text and (shares or _only_colours(scene, name, end)):
        return True
    return name.kind != "person" and bool(_REACHES.search(text, phrase.start, name.lead))


def _only_colours(scene: Scene, name: Name, end: int) -> bool:
    """Whether a name that nobody is known by only tells which body a noun means: "the Zamburi militia"."""
    if _BODY_BEHIND.fullmatch(scene.layout.text, name.end, end) is None:
        return False
    return not scene.ground.knowledge.find(name.text)


_BODY_BEHIND = re.compile(
    r"(?:\s[a-z-]+)?\s(?:militia|bloc|company|artillery|navy|brigade|garrison|regiment)"
)
_SHARES = re.compile(r"\s(?:and|or)\s[a-z][\w-]*\s[a-z]")
"""Behind a word that opens a sentence: no name, it shares the noun that follows."""
