"""One party of an event -> whom its words stand for.

The rules for sources hold (naming.py, antecedents.py, descriptions.py); added are what sources never are:
adjectives of states ("Russian strikes"), those who only belong to a body ("fighters of the Front"), and
descriptions that stand for nobody but themselves ("forty villagers").
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from onrecord.actors import Register
from onrecord.affiliations import find_behalf
from onrecord.antecedents import find_antecedent
from onrecord.bodies import as_worded
from onrecord.cast import Participant, country_in
from onrecord.clusters import Cluster
from onrecord.demonyms import find_like
from onrecord.descriptions import find_described
from onrecord.holders import only
from onrecord.mentions import Name, names_between
from onrecord.naming import find_named
from onrecord.ontology import fold, ontology
from onrecord.phrases import Phrase, read_phrase
from onrecord.records import Form, Mention, Statement
from onrecord.scene import Link, Scene, distinct
from onrecord.worded import word_group


class Party(msgspec.Struct, frozen=True, kw_only=True):
    """One party of an event: where it stands, in what form, whom it stands for."""

    start: int
    end: int
    form: Form
    link: Link


class Stage(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """The document as it stands where an event is told: who has spoken before it, who is entered."""

    scene: Scene
    register: Register
    statements: Sequence[Statement]
    clusters: Sequence[Cluster]

    @classmethod
    def before(
        cls, register: Register, statements: Sequence[Statement], clusters: Sequence[Cluster], at: int
    ) -> Stage:
        """The stage at an offset: nobody who speaks later is looked back to."""
        scene = register.scene
        scene = msgspec.structs.replace(scene, turns=[t for t in scene.turns if t.at < at])
        return cls(scene=scene, register=register, statements=statements, clusters=clusters)

    def around(self, start: int, end: int) -> Statement | None:
        """The innermost statement in whose content a stretch stands."""
        holding = [s for s in self.statements if any(c.start <= start and end <= c.end for c in s.content)]
        return min(holding, key=lambda s: sum(c.end - c.start for c in s.content), default=None)

    def participant(self, actor: str) -> Participant | None:
        """The participant that an actor of the document is."""
        members = next((m for m in self.register.actors.values() if m.id == actor), None)
        return members.people[0] if members and members.people else None


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """A stretch without the marks around it and the day behind it."""
    words = text[start:end]
    first = len(words) - len(words.lstrip(" \n,;:“\"‘'([—–"))
    last = len(_WHEN.sub("", words.rstrip(' \n,;:”"])—–')))
    return (start + first, start + last) if first < last else (start, end)


_WHEN = re.compile(
    r"(?<=\w)\s(?:today|yesterday|tonight|(?:on\s)?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|itself|themselves"
    r"|himself|herself|again|also)$"
)


def find_party(stage: Stage, start: int, end: int) -> Party:
    """Whom one party's words stand for."""
    scene = stage.scene
    start, end = trim(scene.layout.text, start, end)
    words = scene.layout.text[start:end]
    if (whose := _find_state(scene, words) or known_as(scene, words)) is not None:
        return Party(start=start, end=end, form="name", link=Link(whose=whose, by="name"))
    if (whose := _belongs_to(scene, start, end)) is not None:
        return Party(start=start, end=end, form="nominal", link=Link(whose=whose, by="name"))
    if (speaker := _spoke(stage, start, end)) is not None:
        return Party(start=start, end=end, form="nominal", link=Link(whose=speaker, by="role"))
    if (name := _opens(scene, start, end)) is not None:
        phrase = read_phrase(scene.layout, scene.names, scene.starts, start, name.end)
        return Party(start=start, end=end, form="name", link=find_named(scene, phrase, name))
    phrase = read_phrase(scene.layout, scene.names, scene.starts, start, end)
    if phrase.shape == "pronoun" and not phrase.worded:
        return Party(start=start, end=end, form="pronoun", link=_of_pronoun(stage, phrase, start, end))
    if phrase.shape == "name" and phrase.name is not None and not _reaches(scene, phrase, phrase.name):
        return Party(start=start, end=end, form="name", link=find_named(scene, phrase, phrase.name))
    return Party(start=start, end=end, form="nominal", link=_of_description(stage, phrase, start, end))


def _spoke(stage: Stage, start: int, end: int) -> Participant | None:
    """The speaker of whom a stretch is the source's very words: whose they are is settled."""
    for stmt in stage.statements:
        source = stmt.source
        if source is not None and source.start == start and source.end == end and source.form == "nominal":
            return stage.participant(stmt.speaker) if stmt.speaker else None
    return None


def _opens(scene: Scene, start: int, end: int) -> Name | None:
    """The name of somebody that opens a stretch, with an apposition behind it, or closes one before it."""
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
    text = scene.layout.text
    for name in names[1:]:
        behind = name.end >= end - 1 and text[: name.lead].endswith((", ", ", the "))
        if behind and name.kind != "country" and _TYPE_BEFORE.search(text, start, name.lead):
            return name
    return None


_TYPE_BEFORE = re.compile(
    r"(?i:(?:president|minister|secretary(?:-general)?|chief|head|leader|envoy|director(?:-general)?|spokes\w+"
    r"|faction|group|party|movement|militia|company|commander|governor|king|mayor|politician|lawmaker))"
    r"(?:\s(?:of|for|to|at)\s[^,]+)?,\s(?:the\s)?$"
)
"""A role or a kind of body before a comma: what it is called follows."""
_REACHES = re.compile(
    r"\s(?:across|throughout|along|around|behind|opposed|belonging|working|near|against|of|from|in)\s"
)


def _reaches(scene: Scene, phrase: Phrase, name: Name) -> bool:
    """Whether a name only tells where those described are: "drivers across Norway"."""
    return name.kind != "person" and bool(_REACHES.search(scene.layout.text, phrase.start, name.lead))


_OWNER_MARK = re.compile(r"['’]s?$")
_ARTICLE = re.compile(r"^(?:the|all|both|some|two|three|these|those)\s", re.IGNORECASE)


def _find_state(scene: Scene, words: str) -> Participant | None:
    """The state whose name or nationality the words are and nothing else: "Norwegian", "the British"."""
    bare = _ARTICLE.sub("", _OWNER_MARK.sub("", words))
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


def _of_pronoun(stage: Stage, phrase: Phrase, start: int, end: int) -> Link:
    source = next((s for s in stage.statements if s.source and s.source.start <= start < s.source.end), None)
    around = stage.around(start, end)
    if phrase.pronoun in ("i", "we"):
        by_whom = source if source is not None and source.speaker else around
        speaker = stage.participant(by_whom.speaker) if by_whom and by_whom.speaker else _only_speaker(stage)
        if speaker is not None:
            side = _side(stage, speaker) if phrase.pronoun == "we" else speaker
            return Link(whose=side, by="coreference")
    elif source is not None and source.speaker is not None:
        return Link(whose=stage.participant(source.speaker), by="coreference")
    link = find_antecedent(stage.scene, phrase, _as_statement(stage.scene, around, start, end))
    return link if link.whose is not None else _by_cluster(stage, start, end, phrase) or link


def _only_speaker(stage: Stage) -> Participant | None:
    """The one who speaks in a text so far, else the one person who does."""
    spoke = distinct(t.whose for t in stage.scene.turns if not t.nested)
    people = [whose for whose in spoke if whose.kind == "person" and not whose.worded]
    return spoke[0] if len(spoke) == 1 else people[0] if len(people) == 1 else None


def _as_statement(scene: Scene, around: Statement | None, start: int, end: int) -> Statement:
    """A statement that stands for an event, for the rules that look back from a statement's source."""
    words = scene.layout.text[start:end]
    return Statement(
        id="", source=Mention(start=start, end=end, text=words, form="pronoun"), mode="indirect",
        parent=around.id if around else None, confidence=0.0,
    )  # fmt: skip


def _side(stage: Stage, speaker: Participant) -> Participant:
    """For whom somebody says "we": the body or the state whose office it is; else the speaker."""
    scene = stage.scene
    if speaker.is_person() and (behalf := find_behalf(scene, speaker)) is not None:
        return behalf.whose
    members = stage.register.entered.get(speaker.number)
    if speaker.kind == "person" and members is not None and members.who.sector == "GOV":
        country = members.who.country
        if country in ontology().country_names:
            return scene.cast.country(country)
    return speaker


def _of_description(stage: Stage, phrase: Phrase, start: int, end: int) -> Link:
    scene = stage.scene
    words = scene.layout.text[start:end]
    if fold(words) in _THE_STATE and (whose := _state_before(scene, start)) is not None:
        return Link(whose=whose, by="coreference")
    link = Link() if phrase.plural or not phrase.definite else find_described(scene, phrase)
    if link.by == "coreference" and link.whose is not None and link.whose.worded:
        link = Link()  # "the ministry" is not a machine that was said to say something
    if link.whose is None or link.by == "coreference":
        link = _by_cluster(stage, start, end, phrase) or link
    if link.whose is None or link.by is None:
        link = _worded(scene, phrase, start, end)
    return link


def _worded(scene: Scene, phrase: Phrase, start: int, end: int) -> Link:
    """Those described as a participant of their own, called what the text calls them."""
    worded = word_group(scene.layout.text[start:end], phrase.worded, phrase.head)
    if not worded:
        return Link(why="the words name nobody")
    known = len(scene.cast.people)
    whose = as_worded(scene, msgspec.structs.replace(phrase, worded=worded, country=country_in(worded)))
    if whose is not None and whose.number >= known:
        whose.final = True
    return Link(whose=whose)


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


def _belongs_to(scene: Scene, start: int, end: int) -> Participant | None:
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


def _by_cluster(stage: Stage, start: int, end: int, phrase: Phrase) -> Link | None:
    """Whom coreference takes words for: the nearest name before them in their cluster, else a description."""
    for cluster in stage.clusters:
        at = next((n for n, m in enumerate(cluster.mentions) if (m.start, m.end) == (start, end)), None)
        if at is None:
            continue
        before = [m for m in reversed(cluster.mentions[:at]) if m.form != "pronoun"]
        names = [m for m in before if m.form == "name"]
        for m in names or (before if phrase.shape == "pronoun" else []):
            whose = find_party(stage, m.start, m.end).link.whose
            if whose is not None and _may_be(whose, phrase):
                return Link(whose=whose, by="coreference")
    return None


def _may_be(whose: Participant, phrase: Phrase) -> bool:
    """Whether a participant can be what a pronoun or a description says."""
    if phrase.pronoun in ("he", "she"):
        return whose.is_person() and whose.kind != "place"
    if phrase.pronoun in ("it", "they"):
        return whose.kind != "person" or whose.plural or phrase.pronoun == "they"
    if phrase.head in ontology().roles:
        return whose.is_person() and whose.kind == "person"
    return whose.kind != "person"


def party_of(stage: Stage, start: int, end: int, words: str) -> Party:
    """The party that words mean which the text puts together with others: "the ministers of A and B"."""
    scene = stage.scene
    head = words.partition(" of ")[0].rpartition(" ")[2]
    phrase = Phrase(
        shape="nominal", start=start, head=head, text=f"the {words}", worded=words, definite=True,
        country=country_in(words), gender=ontology().roles.get(head),
    )  # fmt: skip
    link = find_described(scene, phrase)
    if link.whose is None:
        link = Link(whose=as_worded(scene, phrase))
    return Party(start=start, end=end, form="nominal", link=link)
