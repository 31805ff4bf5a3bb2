"""Descriptions -> whom they stand for: "the spokesman", "the Danish leader", "the agency", "officials".

A definite description goes to the one participant whose stated role, country
or kind fits; a group and whoever is not named stand for themselves, as worded.
"""

from __future__ import annotations

import functools
import re

from onrecord.bodies import as_worded, find_body
from onrecord.cast import Participant, nationality, role_words
from onrecord.holders import ever_held, find_holders, only
from onrecord.knowledge import Entity, office_named
from onrecord.names import same_person
from onrecord.ontology import fold, ontology
from onrecord.phrases import Phrase
from onrecord.roles import KIN
from onrecord.scene import NEAR, Link, Scene, Turn, read_mention


def find_described(scene: Scene, phrase: Phrase) -> Link:
    """Whom a description stands for; a participant called what the text calls it where nobody is named."""
    known = ontology()
    if len(phrase.worded) < 2 or fold(phrase.worded) in _NO_NOUNS:
        return Link(why="the words name nobody")
    bare = phrase.head in _ANYBODY and fold(phrase.worded) == phrase.head
    if bare or "-of-" in phrase.head or _UNREADABLE.search(phrase.worded):
        return Link(why=f'"{phrase.worded}" can be anybody')
    if phrase.head in _ANY_SIDES or _FIRST_PERSON.match(phrase.text):
        return Link(why=f'"{phrase.worded}" is nobody whom the text names')
    if phrase.plural:
        return Link(whose=as_worded(scene, phrase), by=None)
    if phrase.head in KIN and (whose := _introduced_next(scene, phrase, role_words(phrase.worded))):
        return Link(whose=whose, by="coreference")
    if phrase.head in KIN and _POSSESSED.match(phrase.text):
        return Link(why=f"the text does not name the {phrase.head}")
    if phrase.head in _OCCASIONS:
        return Link(why=f'"{phrase.worded}" is an occasion, nobody who speaks')
    if (bearer := _surname(scene, phrase)) is not None:
        return Link(whose=bearer, by="name")
    if phrase.head in known.titles and phrase.head not in known.roles:
        return Link(why=f'"{phrase.worded}" is a title without a name')
    if phrase.head in known.roles:
        return _by_role(scene, phrase)
    return find_body(scene, phrase)


_NO_NOUNS = frozenset("had has have was were is are been being be did does do also not".split())
_ANY_SIDES = frozenset("side sides parties other others".split())
_UNREADABLE = re.compile(r"\s(?:not|to\sbe)\s|(?:\s\S+){11}|\s(?:its|his|their)$")
"""In the words of a description: a headline or a clause was taken for somebody."""
_FIRST_PERSON = re.compile(r"(?:my|our)\s", re.IGNORECASE)
_POSSESSED = re.compile(r"(?:his|her|their)\s", re.IGNORECASE)
_OCCASIONS = frozenset(
    "conference briefing meeting session summit rally ceremony event talks hearing visit trip".split()
)


def _surname(scene: Scene, phrase: Phrase) -> Participant | None:
    """The one person with a title for a surname, called by it alone: "King said", after "Otto King"."""
    text = scene.layout.text
    if " " in phrase.worded or not text.startswith(phrase.worded, phrase.start) or phrase.worded.islower():
        return None
    bearers = [
        p
        for p in scene.cast.people
        if p.is_person() and not p.worded and " " in p.name and fold(p.name).split()[-1] == phrase.head
    ]
    return bearers[0] if len(bearers) == 1 else None


_LEADER = frozenset("president prime minister chancellor king leader emir sultan supreme".split())
_WEIGHTY = frozenset("vice deputy foreign prime former ex defence finance interior health".split())


def _by_role(scene: Scene, phrase: Phrase) -> Link:
    """The person whose stated role a description repeats; else one whom the text leads up to or back to."""
    told = role_words(phrase.worded)
    heads = role_words(phrase.head)
    held = find_holders(phrase.worded, scene.ground, stated_only=True) if phrase.definite else []
    if (bearer := _bearer(scene, phrase, held)) is not None:
        return Link(whose=bearer, by="role")
    holder = held[0] if len(held) == 1 else None
    fitting = [
        p for p in scene.cast.people if p.kind == "person" and not p.worded and _holds(p, told, heads, phrase)
    ]
    if phrase.country:
        fitting = [p for p in fitting if any(f"={phrase.country}" in r for r in p.role_words)] or fitting
    if holder is not None:
        return Link(whose=as_worded(scene, phrase, holder), by="role")
    if held:
        return Link(why=f'"{phrase.worded}" can be {held[0].name} or {held[1].name}')
    if len(fitting) == 1 and (other := _nearer(scene, phrase, fitting[0])) is not None:
        return Link(why=f'"{phrase.worded}" can be {other.name}, named nearer than {fitting[0].name}')
    if len(fitting) == 1:
        return Link(whose=fitting[0], by="role")
    if len(fitting) > 1:
        recent = [t.whose for t in reversed(scene.turns) if t.whose in fitting and not t.nested]
        if phrase.definite and recent:
            return Link(whose=recent[0], by="role")
        return Link(why=f'"{phrase.worded}" can be {fitting[0].name} or {fitting[1].name}')
    if (local := _worded_before(scene, phrase)) is not None:
        return Link(whose=local, by="coreference")
    nearby = _introduced_next(scene, phrase, told) or (
        _spoke_before(scene, phrase) or _countryman(scene, phrase)
        if phrase.definite and " " in phrase.worded
        else None
    )
    if nearby is not None:
        return Link(whose=nearby, by="coreference")
    return _unnamed(scene, phrase)


def _unnamed(scene: Scene, phrase: Phrase) -> Link:
    """Somebody whom the document does not name: who held the office then, nobody, or a local actor."""
    if phrase.head in _ANYBODY and phrase.definite:
        return Link(why=f'"{phrase.worded}" can be anybody')
    held = find_holders(phrase.worded, scene.ground) if phrase.definite else []
    if len(held) == 1:
        return Link(whose=_bearer(scene, phrase, held) or as_worded(scene, phrase, held[0]), by="role")
    if phrase.definite and fold(phrase.worded) in _ONE_OF_A_KIND:
        return Link(why=f'"{phrase.worded}" is somebody whom the text does not name')
    return Link(whose=as_worded(scene, phrase), by=None)


def _bearer(scene: Scene, phrase: Phrase, held: list[Entity]) -> Participant | None:
    """The one person named in a document who held the office that a description gives.

    Without a date (or a holder known for it) whoever of those named ever held that office.
    """
    named = [p for p in scene.cast.people if p.is_person() and not p.worded and p.name[:1].isupper()]
    if held:
        fitting = [p for p in named if any(same_person(p.name, holder.name) for holder in held)]
    elif phrase.definite and (phrase.country or scene.ground.at_un):
        fitting = [p for p in named if " " in p.name and _ever_held(scene, p, phrase.worded)]
    elif phrase.definite and fold(phrase.worded) in _ONE_OF_A_KIND:
        fitting = [p for p in named if " " in p.name and _holds_then(scene, p, phrase.worded)]
    else:
        return None
    return fitting[0] if len(fitting) == 1 else None


def _ever_held(scene: Scene, whose: Participant, role: str) -> bool:
    entity = only(scene.ground.knowledge.find(whose.name), "person")
    return entity is not None and ever_held(entity, role, scene.ground)


def _holds_then(scene: Scene, whose: Participant, role: str) -> bool:
    """Whether somebody held an office, of whatever state, on the day the document was published."""
    entity = only(scene.ground.knowledge.find(whose.name), "person")
    if entity is None or scene.ground.published is None:
        return False
    held = scene.ground.knowledge.offices(entity.id, scene.ground.published)
    return any(t.office == office_named(role) for t in held)


_ONE_OF_A_KIND = frozenset(
    (
        "president|minister|premier|chancellor|ambassador|dictator|monarch|king|queen|emir|sultan|"
        "prime minister|foreign minister|interior minister|defence minister|defense minister|"
        "finance minister|health minister|secretary of state|vice president"
    ).split("|")
)
"""Descriptions of whoever holds an office, of which state unsaid: another text names the holder."""


_ANYBODY = frozenset("victim suspect man woman guy boy girl lady person individual someone somebody".split())


def _worded_before(scene: Scene, phrase: Phrase) -> Participant | None:
    """An earlier speaker known by description alone: "a police spokesman … the spokesman"."""
    if not phrase.definite:
        return None
    words = set(fold(phrase.worded).split())
    for turn in reversed(scene.turns):
        if turn.whose.worded and not turn.whose.plural:
            theirs = fold(turn.whose.name).split()
            if phrase.head in theirs and words <= set(theirs):
                return turn.whose
    return None


_VARIED = frozenset(
    "leader chief head boss politician lawmaker legislator statesman diplomat billionaire tycoon magnate "
    "businessman entrepreneur actor actress singer author writer player coach founder executive star "
    "veteran striker musician novelist".split()
)
"""Heads with which news varies a name. One that names an office ("the Danish premier") brings in another."""


def _spoke_before(scene: Scene, phrase: Phrase) -> Participant | None:
    """The last speaker, if near and a person without a stated role: "Marr said … The German leader"."""
    if phrase.head not in _VARIED:
        return None
    here = scene.layout.sentence(phrase.start)
    for turn in reversed(scene.turns):
        if here - turn.sentence > NEAR:
            return None
        if not turn.nested:
            whose = turn.whose
            free = whose.is_person() and not whose.worded and not whose.role_words
            free = free and not _person_between(scene, turn, phrase.start)
            return (
                whose
                if free and not (whose.gender and phrase.gender and whose.gender != phrase.gender)
                else None
            )
    return None


def _countryman(scene: Scene, phrase: Phrase) -> Participant | None:
    """The one person named in full who is of the state that a description tells: "the Burmese diplomat"."""
    if phrase.head not in _VARIED or phrase.country is None:
        return None
    fitting = [
        p for p in scene.cast.people
        if p.is_person() and not p.worded and " " in p.name
        and any(n.start < phrase.start for n in p.names)
        and not (p.gender and phrase.gender and p.gender != phrase.gender)
        and (entity := only(scene.ground.knowledge.find(p.name), "person")) is not None
        and entity.country == phrase.country
    ]  # fmt: skip
    return fitting[0] if len(fitting) == 1 else None


def _person_between(scene: Scene, turn: Turn, end: int) -> bool:
    """Whether somebody else is named after a speaker and before a description."""
    return any(
        turn.at < name.start < end
        and name.kind == "person"
        and not name.all_role
        and scene.cast.find(name) is not turn.whose
        for sentence in range(turn.sentence, scene.layout.sentence(end) + 1)
        for name in scene.by_sentence.get(sentence, ())
    )


def _nearer(scene: Scene, phrase: Phrase, whose: Participant) -> Participant | None:
    """A person without a stated role who spoke last or is named after another whose country is unsaid.

    "President Brandvik agreed. Otto Marr wrote a letter. The Cuban leader …": whose country Cuba is, is open.
    """
    if not phrase.country or any(f"={phrase.country}" in r for r in whose.role_words):
        return None
    spoke = next((t.whose for t in reversed(scene.turns) if not t.nested and t.whose.is_person()), whose)
    if spoke.has_full_name() and not (spoke is whose or spoke.role_words):
        return spoke
    last = max((n.start for n in whose.names if n.start < phrase.start), default=phrase.start)
    return _unstated_between(scene, phrase, last)


def _unstated_between(scene: Scene, phrase: Phrase, after: int) -> Participant | None:
    """A person without a stated role, named shortly before a description and after a place of the text."""
    here = scene.layout.sentence(phrase.start)
    for sentence in range(here, max(-1, here - NEAR), -1):
        for name in scene.by_sentence.get(sentence, ()):
            whose = scene.cast.find(name)
            if not after < name.start < phrase.start or name.quoted or name.governed or whose is None:
                continue
            same = not (whose.gender and phrase.gender and whose.gender != phrase.gender)
            if whose.has_full_name() and not whose.role_words and same:
                return whose
    return None


def _unstated_spoke(scene: Scene, here: int) -> bool:
    """Whether a person without a stated role spoke shortly before: an office may be that speaker's own."""
    return any(
        here - t.sentence <= NEAR and not t.nested and t.whose.has_full_name() and not t.whose.role_words
        for t in scene.turns
    )


def _introduced_next(scene: Scene, phrase: Phrase, told: frozenset[str]) -> Participant | None:
    """The person whom the next source names for the first time, if nothing speaks against it.

    News leads with "the head of the agency said" and gives the name in the sentence after. An
    indefinite description ("an official") goes with a name only if the name's role repeats a word of it.
    """
    here = scene.layout.sentence(phrase.start)
    for stmt in scene.order:
        if stmt.source is None or stmt.source.start <= phrase.start:
            continue
        if scene.layout.sentence(stmt.source.start) - here > NEAR:
            return None
        later = read_mention(scene, stmt.source)
        if later.shape == "pronoun" or later.name is None:
            if later.shape == "pronoun" or later.shape == "document":
                continue
            return None
        whose = scene.cast.find(later.name)
        if whose is not None and not whose.is_person():
            continue
        if whose is None or whose.names[0].start < phrase.start or stmt.parent is not None:
            return None
        if not whose.role_words and _unstated_spoke(scene, here):
            return None
        return whose if _goes_with(whose, told, phrase) else None
    return None


_ANY_OFFICE = frozenset("official chief leader commander director".split())


def _goes_with(whose: Participant, told: frozenset[str], phrase: Phrase) -> bool:
    if " " not in whose.name or (whose.gender and phrase.gender and whose.gender != phrase.gender):
        return False
    if not whose.role_words:
        return phrase.definite
    if all(
        w in ontology().titles or w in ("lieutenant", "general") for words in whose.role_words for w in words
    ):
        return phrase.definite
    countries = {w for w in told if w[0] == "="}
    heads = role_words(phrase.head)
    return any(
        bool(_own_words(role) & heads or (heads & _ANY_OFFICE and words & told - countries))
        and not (countries - words and any(w[0] == "=" for w in words))
        for role, words in zip(whose.roles, whose.role_words, strict=True)
    )


def _holds(whose: Participant, told: frozenset[str], heads: frozenset[str], phrase: Phrase) -> bool:
    """Whether one of a person's stated roles is the one described."""
    countries = {w for w in told if w[0] == "="}
    if not phrase.definite or (whose.gender and phrase.gender and whose.gender != phrase.gender):
        return False
    nations = {nationality(r) for r in whose.roles} - {None}
    if nations and countries and nationality(phrase.worded) not in (None, *nations):
        return False  # one role with a country speaks for those that the text gives without
    for role, words in zip(whose.roles, whose.role_words, strict=True):
        if countries and not _one_nation(nationality(role), nationality(phrase.worded)):
            continue  # "the U.S. ambassador to China" is not China's ambassador to the U.S.
        if countries and not countries & words and heads & {"ambassador", "envoy", "consul"}:
            continue  # an envoy of a country that the text does not say
        own = _own_words(role)
        leads = heads & {"leader"} and own & _LEADER
        office = heads <= own or leads or ("counterpart" in words and countries and countries <= words)
        apart = countries - words and any(w[0] == "=" for w in words)
        rest = {w for w in told if w[0] != "="} - heads - words - _LEADER
        if (
            office
            and not apart
            and (not rest or "counterpart" in words)
            and not _other_rank(words, told, heads)
        ):
            return True
    return False


@functools.lru_cache(maxsize=1 << 12)
def _own_words(role: str) -> frozenset[str]:
    """The words of a role that are its holder's: "the president's spokesman" is no president."""
    parts = (_POSSESSORS.sub("", _COMPLEMENT.split(part, maxsplit=1)[0]) for part in role.split(", "))
    return frozenset(w for part in parts for w in role_words(part))


_POSSESSORS = re.compile(r"^.*[’'](?:s\b|(?=\s))")
_COMPLEMENT = re.compile(r"\s(?:of|for|to|at|in|on|with|from|under|who)\s")


def _one_nation(theirs: str | None, told: str | None) -> bool:
    return theirs is None or told is None or theirs == told


def _other_rank(words: frozenset[str], told: frozenset[str], heads: frozenset[str]) -> bool:
    """Whether a word that makes another office of it stands on one side only: "vice", "foreign", "former"."""
    if "counterpart" in words:
        return False
    if heads & {"leader"}:
        words -= {"prime"}
    apart = (words ^ told) & _WEIGHTY
    return (
        bool(apart - _FIELDS)
        or bool(apart & _FIELDS & told)
        or (bool(apart) and not heads & {"minister", "secretary"})
    )


_FIELDS = frozenset("foreign prime defence finance interior health".split())
