"""Pronouns -> whom they stand for, or why that is open.

"he" and "she" go back sentence by sentence: in each, to who speaks there, else
to its subject, be it a name, the same pronoun or a description (subjects.py).
"it" and "they" go to the body or group nearest before. What stands inside
quotation marks is out of a pronoun's sight outside them, and what stands inside
the words that a pronoun introduces is never what it stands for.
"""

from __future__ import annotations

import re
from itertools import pairwise

from onrecord.cast import Participant
from onrecord.mentions import Name
from onrecord.ontology import fold, ontology
from onrecord.phrases import Phrase
from onrecord.records import Statement
from onrecord.scene import Link, Scene, distinct, enclosing_speaker, read_mention
from onrecord.subjects import ASKERS, find_subject
from onrecord.writers import find_writer

SENTENCES_BACK = 3
"""Sentences a pronoun looks back over, quoted ones not counted. On the training parts nothing changes
from 2 to 10; with 1 the development parts lose five right speakers."""


_GENDERS = {"he": "male", "she": "female"}


def find_antecedent(scene: Scene, phrase: Phrase, stmt: Statement) -> Link:
    """Whom a pronoun that is the source of a statement stands for."""
    if phrase.pronoun in ("he", "she"):
        return _person_before(scene, phrase, stmt)
    if phrase.pronoun in ("it", "they"):
        return _pair_before(scene, phrase) or _body_before(scene, phrase)
    if phrase.pronoun == "who":
        return _relative(scene, phrase)
    if phrase.pronoun in ("i", "we"):
        return find_writer(scene, phrase) or Link(
            why=f'"{phrase.pronoun}" stands outside any quotation with a known speaker'
        )
    return Link(why=f'"{phrase.pronoun}" names nobody')


def _fits(whose: Participant, pronoun: str) -> bool:
    if pronoun in ("he", "she"):
        return whose.is_person() and whose.gender in (None, _GENDERS[pronoun])
    if pronoun == "they":
        return whose.plural or whose.kind in ("organization", "group", "country")
    return (
        whose.kind in ("organization", "country")
        or (whose.kind == "group" and not whose.plural)
        or _may_be_body(whose)
    )


def _may_be_body(whose: Participant) -> bool:
    return whose.kind is None and whose.gender is None and " " not in whose.name


def _person_before(scene: Scene, phrase: Phrase, stmt: Statement) -> Link:
    """The nearest person who fits: this sentence's earlier speaker or subject, then further back."""
    quoted = scene.layout.quoted(phrase.start)
    here = scene.layout.sentence(phrase.start)
    barred = enclosing_speaker(scene, stmt) if quoted else None
    walked = 0
    for sentence in range(here, -1, -1):
        link = _person_in(scene, sentence, phrase, stmt, quoted=quoted, barred=barred)
        if link is not None:
            if link.whose is not None and link.whose.gender is None:
                link.whose.gender = "male" if phrase.pronoun == "he" else "female"
            return link
        if sentence != here and not _all_quoted(scene, sentence):
            walked += 1
        if walked >= SENTENCES_BACK:
            break
    return (
        _opening_person(scene, phrase, stmt)
        or _named_later(scene, phrase, stmt)
        or Link(why=f'nobody before "{phrase.pronoun}" fits it')
    )


def _named_later(scene: Scene, phrase: Phrase, stmt: Statement) -> Link | None:
    """The first speaker named after a pronoun with which a text cut short begins.

    Only where nobody stands before it, and the name is the next source that is no pronoun.
    """
    if scene.turns or any(n.end <= phrase.start and _may_be_meant(scene, n, phrase) for n in scene.names):
        return None
    for later in scene.order:
        if later.source is None or later.source.start <= phrase.start or later.parent != stmt.parent:
            continue
        read = read_mention(scene, later.source)
        if read.shape == "pronoun":
            continue
        whose = scene.cast.find(read.name) if read.shape == "name" and read.name else None
        fits = (
            whose is not None and _fits(whose, phrase.pronoun) and not whose.roles and " " not in whose.name
        )
        return Link(whose=whose, by="coreference") if fits else None
    return None


def _may_be_meant(scene: Scene, name: Name, phrase: Phrase) -> bool:
    whose = scene.cast.find(name)
    return whose is None or (whose.kind == "person" and _fits(whose, phrase.pronoun))


def _opening_person(scene: Scene, phrase: Phrase, stmt: Statement) -> Link | None:
    """The subject of a statement that opens a text, where nobody else can be meant.

    "Otto Marr will keep the pass open, he told the council": only a lead brings its speaker in so.
    """
    start = stmt.content[0].start if stmt.content else phrase.start
    if start >= phrase.start or scene.layout.quoted(start):
        return None
    for name in scene.names:
        whose = scene.cast.find(name)
        if whose is None or not (whose.has_full_name() and _fits(whose, phrase.pronoun)):
            continue
        plain = name.lead == start and not name.possessive and not name.modifies and not _in_list(scene, name)
        return Link(whose=whose, by="coreference") if plain else None
    return None


def _all_quoted(scene: Scene, sentence: int) -> bool:
    layout = scene.layout
    return layout.quoted(layout.sentence_starts[sentence]) and layout.quoted(
        layout.sentence_ends[sentence] - 2
    )


def _person_in(
    scene: Scene, sentence: int, phrase: Phrase, stmt: Statement, *, quoted: bool, barred: Participant | None
) -> Link | None:
    """The person of one sentence whom a pronoun stands for; None if it holds no candidate."""
    turns = [
        t.whose
        for t in scene.turns
        if t.sentence == sentence
        and t.at < phrase.start
        and (not t.quoted or quoted)
        and (not t.nested or stmt.parent)
        and not _introduces(scene, stmt, t.at)
        and _fits(t.whose, phrase.pronoun)
        and not _only_asks(t.whose)
    ]
    speakers = distinct(w for w in turns if w is not barred)
    if len(speakers) == 1:
        return Link(whose=speakers[0], by="coreference")
    if len(speakers) > 1:
        outer = distinct(
            t.whose for t in scene.turns if t.sentence == sentence and not t.nested and t.whose in speakers
        )
        if len(outer) == 1:
            return Link(whose=outer[0], by="coreference")
        return Link(why=f'"{phrase.pronoun}" can be {speakers[0].name} or {speakers[1].name}')
    subject = None if quoted else find_subject(scene, sentence, phrase.start)
    if subject is not None and _introduces(scene, stmt, subject.at):
        subject = None
    if subject is not None and subject.pronoun == phrase.pronoun:
        return None  # "He met Ilse Marr": whom he stands for is named further back
    if subject is not None and not subject.pronoun and subject.gender in (None, _GENDERS[phrase.pronoun]):
        return subject.link
    named = [
        (name, whose)
        for name in scene.by_sentence.get(sentence, ())
        if name.end <= phrase.start and (quoted or not name.quoted) and not name.modifies
        and not _introduces(scene, stmt, name.start)
        and (whose := scene.cast.find(name)) is not None
        and whose is not barred and _fits(whose, phrase.pronoun)
        and (whose.kind == "person" or whose.gender or (_is_free(scene, name) and _can_be_person(whose)))
    ]  # fmt: skip
    if not named:
        return None
    first, whose = named[0]
    if not first.governed and not first.possessive and not _in_list(scene, first):
        return Link(whose=whose, by="coreference")
    people = distinct(w for _, w in named)
    sure = [w for w in people if w.gender is not None] or [w for w in people if w.kind == "person"] or people
    if len(sure) == 1 and not _in_list(scene, first):
        return Link(whose=sure[0], by="coreference")
    if len(sure) == 1:
        return Link(why=f'"{phrase.pronoun}" need not be {sure[0].name}, one of several named')
    return Link(why=f'"{phrase.pronoun}" can be {sure[0].name} or {sure[1].name}')


def _only_asks(whose: Participant) -> bool:
    """Whether somebody is one of those who put questions: who speaks after them is who answers."""
    return whose.worded and fold(whose.name).split()[-1] in ASKERS


def _introduces(scene: Scene, stmt: Statement, at: int) -> bool:
    """Whether a place of the text is among a statement's own words: a speaker is "he" there, not named."""
    if any(span.start <= at < span.end for span in stmt.content):
        return True
    return False if stmt.source is None else _breaks_in(scene, stmt, stmt.source.start, at)


def _breaks_in(scene: Scene, stmt: Statement, source: int, at: int) -> bool:
    """Whether a source stands inside a sentence of its own words: "Marr, he said, had misled the council"."""
    text, end = scene.layout.text, stmt.cue.end if stmt.cue else source
    inside = text.endswith(", ", 0, source) and text.startswith(", ", end)
    return inside and at < source and scene.layout.sentence(at) == scene.layout.sentence(source)


def _in_list(scene: Scene, name: Name) -> bool:
    """Whether a name is one of several joined by commas and "and", and so no only subject."""
    text = scene.layout.text
    return bool(_JOINS.match(text, name.end)) or bool(_JOINED.search(text, max(0, name.lead - 6), name.lead))


_JOINS = re.compile(r",?\s(?:and|or)\s(?:[A-Z]|the\s)|,\s[A-Z][\w.]*\s[A-Z]")
_JOINED = re.compile(r"\b(?:and|or|&)\s(?:the\s)?$")


def _is_free(scene: Scene, name: Name) -> bool:
    """Whether a name is no object: of a preposition, of a participle ("before leaving Port Vela he said")."""
    return not name.governed and not _LEAVING.search(scene.layout.text, max(0, name.lead - 20), name.lead)


_LEAVING = re.compile(r"[a-z]ing\s(?:the\s)?$")


def _can_be_person(whose: Participant) -> bool:
    """Whether a name of unknown kind may be a person's: two words or more, not all in capitals."""
    return whose.kind is None and " " in whose.name and not whose.name.isupper()


def _body_before(scene: Scene, phrase: Phrase) -> Link:
    """The organisation, country or group that "it" or "they" stands for."""
    here = scene.layout.sentence(phrase.start)
    back = (
        1 if phrase.worded and phrase.pronoun == "it" else 3
    )  # "its own promises" goes back to what is near
    for sentence in range(here, max(-1, here - back), -1):
        spoke = distinct(
            t.whose
            for t in scene.turns
            if t.sentence == sentence and t.at < phrase.start and _fits(t.whose, phrase.pronoun)
        )
        if len(spoke) == 1:
            return Link(whose=spoke[0], by="coreference")
        if spoke:
            return Link(why=f'"{phrase.pronoun}" can be {spoke[0].name} or {spoke[1].name}')
        named = distinct(
            whose
            for name in scene.by_sentence.get(sentence, ())
            if name.end <= phrase.start and not name.governed and not name.possessive and not name.modifies
            and (whose := scene.cast.find(name)) is not None
            and whose.kind in ("organization", "country", "group")
        )  # fmt: skip
        if len(named) > 1:
            return Link(why=f'"{phrase.pronoun}" can be {named[0].name} or {named[1].name}')
        if sentence == here and not named and (other := _BODY_SUBJECT.search(
            scene.layout.text, scene.layout.sentence_starts[sentence], phrase.start
        )) and other["head"] in ontology().body_heads:  # fmt: skip
            return Link(why=f'"{phrase.pronoun}" may be "{other["words"]}"')
        subject = find_subject(scene, sentence, phrase.start)
        if named and subject is not None and subject.pronoun:
            return Link(why=f'"{phrase.pronoun}" need not be {named[0].name}, whom another acts upon')
        if named and (doer := _doer_before(scene, sentence, named[0])) is not None:
            return Link(why=f'"{phrase.pronoun}" need not be {named[0].name}, whom {doer.name} acts upon')
        if named:
            return Link(whose=named[0], by="coreference")
    return Link(why=f'nothing before "{phrase.pronoun}" fits it')


_BODY_SUBJECT = re.compile(
    r"(?:^|[,;]\s|(?<=[.?!]\s))(?P<words>[Tt]he\s(?:[\w’'.-]+\s){0,3}?(?P<head>[a-z]+))\s"
    r"(?:(?:has|have|had|is|was|will|would)\b|[a-z]+ed\b)"
)
"""A description of a body that opens a sentence or a clause: "On the contrary, the Marr government fell"."""


def _pair_before(scene: Scene, phrase: Phrase) -> Link | None:
    """The first of the two whom "they" or "both" stands for: "Norway and Denmark agreed, they announced"."""
    text = scene.layout.text
    both = text[phrase.start : phrase.start + 4].casefold() == "both"
    if phrase.pronoun != "they" or phrase.worded or scene.layout.quoted(phrase.start):
        return None
    here = scene.layout.sentence(phrase.start)
    for sentence in (here, here - 1) if both else (here,):
        names = [n for n in scene.by_sentence.get(sentence, ()) if n.end <= phrase.start and not n.quoted]
        pairs = [
            first for first, second in pairwise(names)
            if text[first.end : second.lead] in (" and ", " and the ") and not second.possessive
        ]  # fmt: skip
        opens = pairs and (both or not text[scene.layout.sentence_starts[sentence] : pairs[0].lead].strip())
        whose = scene.cast.find(pairs[0]) if len(pairs) == 1 and opens else None
        if whose is not None:
            return Link(whose=whose, by="coreference")
    return None


def _doer_before(scene: Scene, sentence: int, whose: Participant) -> Participant | None:
    """The person who is the subject of a sentence in which a body is named later: "Marr threatened Iran"."""
    for name in scene.by_sentence.get(sentence, ()):
        other = scene.cast.find(name)
        if other is whose:
            return None
        free = not (name.governed or name.possessive or name.modifies or name.all_role)
        if free and other is not None and (other.kind == "person" or other.gender):
            return other
    return None


def _relative(scene: Scene, phrase: Phrase) -> Link:
    """The phrase right before "who" or "which"."""
    for name in reversed(scene.by_sentence.get(scene.layout.sentence(phrase.start), [])):
        between = scene.layout.text[name.end : phrase.start]
        if name.end <= phrase.start and re.fullmatch(r"[\s,]*(?:\(\S+\)[\s,]*)?", between):
            whose = scene.cast.find(name)
            return (
                Link(whose=whose, by="coreference")
                if whose
                else Link(why=f"more than one is called {name.text}")
            )
    return Link(why='the words before "who" name nobody')
