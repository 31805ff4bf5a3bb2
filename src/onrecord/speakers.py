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

from collections.abc import Sequence

import msgspec

from onrecord.actors import Register
from onrecord.antecedents import find_antecedent
from onrecord.bodies import as_worded
from onrecord.bystanders import find_bystander
from onrecord.cast import Participant
from onrecord.continuations import find_continued, find_subject_behind
from onrecord.descriptions import find_described
from onrecord.issuers import find_issuer
from onrecord.naming import find_named
from onrecord.phrases import Phrase
from onrecord.records import Actor, Mention, Note, Statement
from onrecord.scene import (
    Link,
    Scene,
    Turn,
    enclosing_speaker,
    open_scene,
    position,
    read_mention,
)
from onrecord.text import Text
from onrecord.writers import find_turn

UNRESOLVED = "unresolved-speaker"


class Identified(msgspec.Struct, frozen=True, kw_only=True):
    """What identify_speakers found: statements in the order given, the actors they name, what stayed open.

    ``register`` takes in whoever else acts in the document (participants.py).
    """

    statements: tuple[Statement, ...]
    actors: tuple[Actor, ...]
    notes: tuple[Note, ...]
    register: Register


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
        return find_named(scene, phrase, phrase.name)
    if phrase.shape == "document":
        return find_issuer(scene, phrase, stmt)
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
    return Identified(
        statements=tuple(statements), actors=register.close(), notes=tuple(notes), register=register
    )


def _has_name_in(whose: Participant, source: Mention) -> bool:
    """Whether a name of the participant stands in a source, so that the source is no further mention."""
    if source.form != "name":
        return False
    return any(n.start < source.end and source.start < n.end for n in whose.names)


def _named_mention(scene: Scene, mention: Mention, register: Register) -> Mention:
    phrase = read_mention(scene, mention)
    link = find_named(scene, phrase, phrase.name) if phrase.shape == "name" and phrase.name else Link()
    return msgspec.structs.replace(mention, actor=register.enter(link), form=phrase.form())
