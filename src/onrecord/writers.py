"""First persons outside quotation marks -> whose words a text itself is: a transcript's, a statement's.

"A: I would not read too much into it" is the spokesperson's of whom the transcript is; "We condemn the
attack. Norway stands with its friends" is Norway's. Everything else is left open.
"""

from __future__ import annotations

import functools
import re

from onrecord.cast import Participant
from onrecord.mentions import names_between
from onrecord.names import name_words
from onrecord.ontology import fold
from onrecord.phrases import Phrase
from onrecord.records import Statement
from onrecord.scene import Link, Scene, distinct
from onrecord.turns import ANSWERING, ASKING

_TURN = re.compile(r"(?:^|\s)(?P<who>[QA]):\s")
_LABEL = re.compile(r"(?m)^(?P<who>(?:[A-Z][\w.’'-]*\s){0,3}[A-Z][\w’'-]+):\s+(?=[A-Z“\"'‘])")
"""A turn of a transcript with its speaker: "MS. MARR: I have not seen it." """
_HEADING = re.compile(r"[^\n]*?\b(?:Press Conference|Press Briefing|Briefing|Interview)\b")
_INTERVIEW = re.compile(
    r"[^\n]{0,160}?\b(?:[Ii]nterview(?:s|ed|ing)?|(?:tells|talks\sto|speaks\s(?:to|with|about))\s[A-Z])[^\n]{0,120}"
)
_BYLINE = re.compile(r"(?m)^[Bb]y (?P<who>[A-Z][\w.’'-]+(?: [A-Z][\w.’'-]+){1,3})\s*$")
_OPENING = 1000
"""Characters at the beginning of a text within which a byline or a salutation stands."""
_SPOKE_WITH = re.compile(
    r"\b(?:spoke\s(?:with|to)|interviewed|sat\sdown\swith|caught\sup\swith)\s(?P<who>[^.?!\n]{3,80})"
)
_SALUTATION = re.compile(r"(?m)^(?:(?:My\s)?[Dd]ear\s[^\n]{1,60}|(?:Mrs?|Ms|Dr|Prof)\.\s[A-Z][\w ]{1,30},)$")
_SIGNATURE = re.compile(
    r"\n(?:[A-Z][^\n]{1,45}[,.!]\s*\n+|(?:Respectfully|Sincerely|Faithfully|Cordially|Yours|Regards)[^\n,]{0,20},\s)"
    r"(?P<who>[A-Z][\w.’'-]+(?: [A-Z][\w.’'-]+){0,3})\s*(?=\n|$)"
)
_ENDING = 400
"""Characters at the end of a text within which a letter's signature stands."""
_INTRODUCED = re.compile(
    r"\b(?:[Mm]y name is|[Ii]t['’]s(?=[^.?!\n]{1,40}\shere\b)|I['’]m(?=\s[A-Z][\w-]+ [A-Z])"
    r"|[Tt]his is(?=[^.?!\n]{1,40}\sspeaking\b))\s(?P<who>[A-Z][\w’'-]+(?: [A-Z][\w’'-]+){0,2})"
)
_GREETING = 300
"""Characters at the beginning of a text within which its speaker says who she is."""
_STANDS = re.compile(
    r"\s(?:(?:strongly|firmly|also|fully|deeply|remains?|continues?)\s)*"
    r"(?:condemns?|reaffirms?|remains?|stands?|welcomes?|supports?|urges?|calls?\son|calls?\sfor|congratulates?|"
    r"extends?|commends?|regrets?|deplores?|rejects?|expects?|(?:is|are)\s(?:committed|determined|ready|concerned|"
    r"appalled|convinced|deeply\sconcerned))\b"
)


def find_writer(scene: Scene, phrase: Phrase) -> Link | None:
    """Whose "I" or "we" it is where it stands in a text's own words; None where the text does not tell."""
    if scene.layout.quoted(phrase.start):
        return None
    if _turn_at(scene, phrase.start) is not None:
        return _answering(scene, phrase)
    if len(labels := _labels(scene.layout.text)) > _ASKS:
        return _labelled(scene, phrase, labels)
    if phrase.pronoun == "we":
        return _taking_a_stand(scene)
    return _author(scene) or _signer(scene) or _interviewed(scene) or _introduced(scene)


def _author(scene: Scene) -> Link | None:
    """The one author whom a byline in the text's first lines names, or what came with the document."""
    found = _BYLINE.search(scene.layout.text, 0, _OPENING)
    if found is not None:
        return _person_between(scene, *found.span("who"))
    author = scene.text.document.author or ""
    return Link(whose=_called(scene, author), by="coreference") if _ONE_PERSON.fullmatch(author) else None


_ONE_PERSON = re.compile(r"(?!.*\b(?:Staff|News|Agency|Press|Desk|Team|Editors?|Reuters|AFP|AP)\b)"
                         r"[A-Z][\w.’'-]+(?: (?:[a-z]{2,3} )?[A-Z][\w.’'-]+){1,3}")  # fmt: skip


def _called(scene: Scene, name: str) -> Participant:
    """The participant of a name that the text need not have."""
    known = scene.cast.by_form.get(fold(name))
    if known is None:
        known = scene.cast.by_form[fold(name)] = scene.cast.new(name, "person")
        known.forms.append(name)
    return known


def _signer(scene: Scene) -> Link | None:
    """The one who signs a letter: a salutation at its head, a name on a line of its own at its end."""
    text = scene.layout.text
    if _SALUTATION.search(text, 0, _OPENING) is None:
        return None
    found = _SIGNATURE.search(text, max(0, len(text) - _ENDING))
    return Link(whose=_called(scene, found["who"]), by="coreference") if found else None


def _introduced(scene: Scene) -> Link | None:
    """The one who says who she is at the head of a talk, where it has no second voice that asks."""
    text = scene.layout.text
    found = _INTRODUCED.search(text, 0, _GREETING)
    talks = sum(text[start:end].rstrip().endswith("?") for start, end in scene.text.paragraphs) < _ASKS
    return Link(whose=_called(scene, found["who"]), by="coreference") if found and talks else None


_ASKS = 3
"""Paragraphs that end in a question from which a text is a conversation."""


def _interviewed(scene: Scene) -> Link | None:
    """The one person named in the heading of an interview, or of whom it says that she was spoken to."""
    heading = _INTERVIEW.match(scene.layout.text)
    if heading is None:
        return None
    told = _SPOKE_WITH.search(scene.layout.text, 0, _OPENING)
    return _person_between(scene, 0, heading.end()) or (
        _person_between(scene, *told.span("who")) if told else None
    )


def _person_between(scene: Scene, start: int, end: int) -> Link | None:
    people = [
        n
        for n in names_between(scene.layout, start, end)
        if n.kind == "person" or (n.kind is None and " " in n.text)
    ]
    if len({n.text for n in people}) != 1:
        return None
    whose = scene.cast.find(people[0]) or next(
        (p for p in scene.cast.people if people[0].text in p.forms), None
    )
    if whose is None:
        whose = scene.cast.new(people[0].text, "person")
        whose.add(people[0])
    return Link(whose=whose, by="coreference")


def find_turn(scene: Scene, stmt: Statement) -> Link | None:
    """Whose a transcript's turn is: the answers are the person's in the heading, the questions nobody's."""
    if stmt.cue is not None or stmt.source is None:
        return None
    if stmt.source.text in ASKING:
        return Link(why="a question in a transcript is of somebody whom it does not name")
    heading = _HEADING.match(scene.layout.text) if stmt.source.text in ANSWERING else None
    return _person_between(scene, 0, heading.end()) if heading else None


def _turn_at(scene: Scene, at: int) -> str | None:
    """Whose turn in a transcript a place of the text belongs to: "Q", "A", or None outside one."""
    turns = list(_TURN.finditer(scene.layout.text, 0, at + 3))
    return turns[-1]["who"] if len(turns) > 1 else None


@functools.lru_cache(maxsize=4)  # asked again for every first person of a text
def _labels(text: str) -> tuple[re.Match[str], ...]:
    return tuple(_LABEL.finditer(text))


def _labelled(scene: Scene, phrase: Phrase, labels: tuple[re.Match[str], ...]) -> Link | None:
    """Whose turn it is in a transcript whose turns begin with names."""
    before = [label for label in labels if label.end() <= phrase.start]
    if phrase.pronoun != "i" or not before:
        return None
    named = [n for n in names_between(scene.layout, *before[-1].span("who")) if not n.all_role]
    if len(named) != 1:
        return None
    surname = name_words(named[0].text)[-1]
    bearers = [
        p for p in scene.cast.people
        if p.is_person() and " " in p.name and name_words(p.name)[-1] == surname
    ]  # fmt: skip
    if len(bearers) > 1:
        return None
    whose = bearers[0] if bearers else _called(scene, named[0].text)
    whose.kind = "person"
    return Link(whose=whose, by="coreference")


def _answering(scene: Scene, phrase: Phrase) -> Link | None:
    """The person of whom a transcript's heading says that the answers are hers."""
    heading = _HEADING.match(scene.layout.text)
    if heading is None or phrase.pronoun != "i" or _turn_at(scene, phrase.start) != "A":
        return None
    return _person_between(scene, 0, heading.end())


def _taking_a_stand(scene: Scene) -> Link | None:
    """The one state or body that a text in the first person says to condemn, to support, to stand for."""
    standing: list[Participant] = [
        whose
        for name in scene.names
        if not name.quoted and not name.governed and not name.possessive
        and _STANDS.match(scene.layout.text, name.end)
        and (whose := scene.cast.find(name)) is not None and whose.kind in ("country", "organization")
    ]  # fmt: skip
    found = distinct(standing)
    people = any(turn.whose.is_person() and turn.whose.has_full_name() for turn in scene.turns)
    return Link(whose=found[0], by="coreference") if len(found) == 1 and not people else None
