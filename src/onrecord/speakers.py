"""Statements -> the same statements with their speakers.

1. find the names in the text, and whose they are (mentions.py, cast.py);
2. read each source in text order (phrases.py): a name, a document, a pronoun
   (antecedents.py), a description (descriptions.py); where there is none, see whether the
   statement goes on with the last speaker (continuations.py);
3. resolve it where the evidence singles one participant out; else leave it open, with a note;
4. first persons go to the speaker of the statement around them;
5. name those who relay or are addressed, and hand out the actors.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from onrecord.actors import Register
from onrecord.antecedents import find_antecedent
from onrecord.bodies import as_worded
from onrecord.bystanders import find_bystander
from onrecord.cast import Participant, country_in, place, role_words
from onrecord.continuations import find_continued, find_subject_behind
from onrecord.descriptions import find_described
from onrecord.mentions import Name
from onrecord.names import name_words
from onrecord.ontology import fold, ontology
from onrecord.phrases import Phrase, read_phrase
from onrecord.records import Actor, Mention, Note, Statement
from onrecord.scene import (
    Link,
    Scene,
    Turn,
    enclosing_speaker,
    open_scene,
    position,
    read_mention,
    was_scanned,
)
from onrecord.text import Text
from onrecord.wording import find_state_body
from onrecord.writers import find_turn

UNRESOLVED = "unresolved-speaker"


class Identified(msgspec.Struct, frozen=True, kw_only=True):
    """What identify_speakers found: statements in the order given, the actors they name, what stayed open."""

    statements: tuple[Statement, ...]
    actors: tuple[Actor, ...]
    notes: tuple[Note, ...]


def identify_speakers(text: Text, statements: Sequence[Statement]) -> Identified:
    """The statements with the form of each source, its actor and the speaker filled in, and the actors.

    A speaker that the evidence does not single out stays None, and a note with code
    ``unresolved-speaker`` says why.
    """
    scene = open_scene(text, statements)
    for stmt in scene.order:
        _resolve_statement(scene, stmt)
    for stmt in scene.order:
        _resolve_first_person(scene, stmt)
        if stmt.source is None and scene.links[stmt.id].whose is None:
            scene.links[stmt.id] = find_subject_behind(scene, stmt)
    return _close(scene)


def _resolve_statement(scene: Scene, stmt: Statement) -> None:
    if stmt.source is None:
        link = find_continued(scene, stmt)
        at = position(stmt)[0]
        phrase = None
    else:
        at = stmt.source.start
        phrase = read_mention(scene, stmt.source)
        scene.phrases[stmt.id] = phrase
        link = find_turn(scene, stmt) or find_bystander(scene, phrase, stmt) or resolve(scene, phrase, stmt)
    scene.links[stmt.id] = link
    tells = phrase is None or phrase.pronoun != "i" or scene.layout.quoted(at)
    if link.whose is not None and tells:  # who writes as "I" is nobody's "he"
        scene.turns.append(
            Turn(
                at=at,
                sentence=scene.layout.sentence(at),
                whose=link.whose,
                quoted=scene.layout.quoted(at),
                nested=stmt.parent is not None,
                document=phrase.head if phrase and phrase.shape == "document" else "",
            )
        )


def resolve(scene: Scene, phrase: Phrase, stmt: Statement) -> Link:
    """Whom a source phrase stands for."""
    if phrase.shape == "name" and phrase.name is not None:
        return _by_name(scene, phrase, phrase.name)
    if phrase.shape == "document":
        return _by_document(scene, phrase, stmt)
    if phrase.shape == "pronoun":
        return find_antecedent(scene, phrase, stmt)
    link = find_described(scene, phrase)
    return (_of_owner(scene, phrase, stmt) or link) if link.by is None else link


def _of_owner(scene: Scene, phrase: Phrase, stmt: Statement) -> Link | None:
    """Somebody who is called by whose it is: "its delegate" is the delegate of whatever "it" stands for."""
    if phrase.plural or not phrase.text.casefold().startswith("its ") or not phrase.worded:
        return None
    owner = find_antecedent(scene, Phrase(shape="pronoun", start=phrase.start, pronoun="it"), stmt).whose
    if owner is None or owner.kind not in ("country", "organization"):
        return None
    named = msgspec.structs.replace(phrase, worded=f"{phrase.worded} of {owner.name}", country=owner.country)
    return Link(whose=as_worded(scene, named), by=None)


def _by_name(scene: Scene, phrase: Phrase, name: Name) -> Link:
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
    if iso3 not in _STATES_BEFORE:
        return iso3
    before, until = _STATES_BEFORE[iso3]
    published = scene.text.document.published
    known = scene.cast.by_form
    old = published < until if published else f"={before}" in known and f"={iso3}" not in known
    return before if old else iso3


_STATES_BEFORE = {"RUS": ("SUN", "1991-12-26")}
"""States whose capital stood for another before: that state, and the day it ended."""


def _by_document(scene: Scene, phrase: Phrase, stmt: Statement) -> Link:
    """The issuer of "a report by the council"; for "the report", whoever issued it before."""
    if phrase.name is not None and _is_origin(scene, phrase.name):
        return Link(why=f"the text does not say whose {phrase.head} it is")
    if phrase.name is not None:
        named = Phrase(shape="name", start=phrase.name.start, name=phrase.name)
        link = _by_name(scene, named, phrase.name)
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


def _resolve_first_person(scene: Scene, stmt: Statement) -> None:
    phrase = scene.phrases.get(stmt.id)
    if phrase is None or phrase.pronoun not in ("i", "we") or stmt.parent is None:
        return
    whose = enclosing_speaker(scene, stmt)
    if whose is not None and phrase.pronoun == "we" and whose.kind == "person":
        scene.links[stmt.id] = Link(why=f'"we" is the side of {whose.name}, which the text does not name')
    elif whose is not None:
        scene.links[stmt.id] = Link(whose=whose, by="coreference")


def _close(scene: Scene) -> Identified:
    register = Register(scene=scene, ground=scene.ground)
    statements, notes = [], []
    for stmt in scene.statements:
        link = scene.links[stmt.id]
        speaker = register.enter(link)
        source = stmt.source
        if source is not None:
            phrase = scene.phrases[stmt.id]
            source = msgspec.structs.replace(source, actor=speaker, form=phrase.form())
            if link.whose is not None and not _has_name_in(link.whose, source):
                scene.resolved.setdefault(link.whose.number, []).append(source)
        if speaker is None and source is not None:
            notes.append(Note(code=UNRESOLVED, message=f"No speaker named: {link.why}.", statement=stmt.id))
        via = tuple(_named_mention(scene, m, register) for m in stmt.via)
        addressee = _named_mention(scene, stmt.addressee, register) if stmt.addressee else None
        statements.append(
            msgspec.structs.replace(stmt, source=source, speaker=speaker, via=via, addressee=addressee)
        )
    return Identified(statements=tuple(statements), actors=register.close(), notes=tuple(notes))


def _has_name_in(whose: Participant, source: Mention) -> bool:
    """Whether a name of the participant stands in a source, so that the source is no further mention."""
    if source.form != "name":
        return False
    return any(n.start < source.end and source.start < n.end for n in whose.names)


def _named_mention(scene: Scene, mention: Mention, register: Register) -> Mention:
    phrase = read_mention(scene, mention)
    link = _by_name(scene, phrase, phrase.name) if phrase.shape == "name" and phrase.name else Link()
    return msgspec.structs.replace(mention, actor=register.enter(link), form=phrase.form())
