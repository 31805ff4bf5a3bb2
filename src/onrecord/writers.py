"""First persons outside quotation marks -> whose words a text itself is: a transcript's, a statement's.

"A: I would not read too much into it" is the spokesperson's of whom the transcript is; "We condemn the
attack. Norway stands with its friends" is Norway's. Everything else is left open.
"""

from __future__ import annotations

import re

from onrecord.cast import Participant
from onrecord.mentions import names_between
from onrecord.phrases import Phrase
from onrecord.records import Statement
from onrecord.scene import Link, Scene, distinct
from onrecord.turns import ANSWERING, ASKING

_TURN = re.compile(r"(?:^|\s)(?P<who>[QA]):\s")
_HEADING = re.compile(r"[^\n]*?\b(?:Press Conference|Press Briefing|Briefing|Interview)\b")
_INTERVIEW = re.compile(
    r"[^\n]{0,160}?\b(?:[Ii]nterview(?:s|ed|ing)?|(?:tells|talks\sto|speaks\s(?:to|with|about))\s[A-Z])[^\n]{0,120}"
)
_BYLINE = re.compile(r"(?m)^[Bb]y (?P<who>[A-Z][\w.’'-]+(?: [A-Z][\w.’'-]+){1,3})\s*$")
_OPENING = 1000
"""Characters at the beginning of a text within which a byline stands."""
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
    return _taking_a_stand(scene) if phrase.pronoun == "we" else _author(scene) or _interviewed(scene)


def _author(scene: Scene) -> Link | None:
    """The one author whom a byline in the text's first lines names."""
    found = _BYLINE.search(scene.layout.text, 0, _OPENING)
    return _person_between(scene, *found.span("who")) if found else None


def _interviewed(scene: Scene) -> Link | None:
    """The one person named in the heading of an interview."""
    heading = _INTERVIEW.match(scene.layout.text)
    return _person_between(scene, 0, heading.end()) if heading else None


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
