"""Statements without a source -> the speaker they go on with, where the text leaves no other.

"Marr said the dam would hold, adding that …", "… and denied that …", "Thanking the crews, Marr said …",
and quotations that go on over a stop or a paragraph without a word about who speaks.
"""

from __future__ import annotations

import re
from bisect import bisect_right

from onrecord.cast import Participant
from onrecord.ontology import ontology
from onrecord.records import Statement
from onrecord.scene import Link, Scene, distinct

NOBODY = "the text names nobody here"
_AND_THEN = re.compile(
    r"(?:^|[\s,])(?:and|but|then|or)\s(?:(?:\w+ly|also|then|later|again|even|has|had)\s)*$"
)
_POSSESSOR = re.compile(r"[’'](?:s|S)?\s(?:[a-z-]+\s){0,2}$")


def find_continued(scene: Scene, stmt: Statement) -> Link:
    """The speaker of a statement without a source, told by what stands before it."""
    if stmt.cue is not None:
        return _continued_by_cue(scene, stmt.cue.start, stmt.cue.text.casefold())
    if stmt.content and scene.layout.quoted(stmt.content[0].start):
        return _continued_quotation(scene, stmt, stmt.content[0].start)
    return Link(why=NOBODY)


def find_subject_behind(scene: Scene, stmt: Statement) -> Link:
    """The subject that follows a sentence's opening participle: "Thanking the crews, Marr said …"."""
    if stmt.cue is None or not _is_participle(stmt.cue.text.casefold()):
        return scene.links[stmt.id]
    sentence = scene.layout.sentence(stmt.cue.start)
    if scene.layout.text[scene.layout.sentence_start(stmt.cue.start) : stmt.cue.start].strip():
        return scene.links[stmt.id]
    behind = [t for t in scene.turns if t.sentence == sentence and t.at > stmt.cue.end and not t.nested]
    main = min(behind, key=lambda t: t.at, default=None)
    if main is None or not scene.layout.text[: main.at].rstrip(' “"').endswith(","):
        return scene.links[stmt.id]
    return Link(whose=main.whose, by="coreference")


def _is_participle(cue: str) -> bool:
    return bool(cue.split()) and cue.split()[0].endswith("ing")


def _continued_by_cue(scene: Scene, at: int, cue: str) -> Link:
    """Whom a cue without a source shares with the cue before it, or whose noun it is: "Marr’s warning"."""
    text, start = scene.layout.text, scene.layout.sentence_start(at)
    noun = cue.split()[:1]
    if noun and noun[0] in ontology().documents and (possessor := _possessor(scene, at)) is not None:
        return Link(whose=possessor, by="name")
    joined = bool(_AND_THEN.search(text, start, at)) or cue.startswith(("and ", "but ", "then "))
    if not joined and not _is_participle(cue):
        return Link(why=NOBODY)
    sentence = scene.layout.sentence(at)
    before = [t for t in scene.turns if t.sentence == sentence and t.at < at and not t.nested]
    spoke = distinct(t.whose for t in before)
    if len(spoke) != 1 or (joined and _others(scene, before[-1].at, at, spoke[0])):
        return Link(why=NOBODY)
    return Link(whose=spoke[0], by="coreference")


def _possessor(scene: Scene, at: int) -> Participant | None:
    """The person right before a cue that is a noun, at most two words between: "Marr’s stern warning"."""
    found = _POSSESSOR.search(scene.layout.text, max(0, at - 40), at)
    if found is None:
        return None
    for name in scene.by_sentence.get(scene.layout.sentence(at), ()):
        if name.end == found.start() and name.possessive and not name.all_role:
            return scene.cast.find(name)
    return None


def _others(scene: Scene, start: int, end: int, whose: Participant) -> bool:
    """Whether somebody else who may be a subject is named between two places of the text."""
    for sentence in range(scene.layout.sentence(start), scene.layout.sentence(end) + 1):
        for name in scene.by_sentence.get(sentence, ()):
            if not start <= name.start < end or name.governed or name.possessive or name.modifies:
                continue
            other = scene.cast.find(name)
            if not name.all_role and other is not whose and (other is None or other.is_person()):
                return True
    return False


def _continued_quotation(scene: Scene, stmt: Statement, at: int) -> Link:
    """The speaker of the quotation that goes on here: left open above, or closed just before."""
    here = _paragraph(scene, at)
    if here < 0 or _named_beside(scene, stmt):
        return Link(why=NOBODY)
    start, _ = scene.text.paragraphs[here]
    opens = not scene.layout.text[start:at].strip()
    whose = _left_open(scene, here) if opens else _just_before(scene, stmt, start, at)
    if whose is None or whose.plural:  # a group does not go on speaking: one of it did
        return Link(why=NOBODY)
    return Link(whose=whose, by="coreference")


def _paragraph(scene: Scene, at: int) -> int:
    """The number of the paragraph that holds an offset, -1 for none."""
    n = bisect_right(scene.text.paragraphs, (at, len(scene.layout.text))) - 1
    return n if n >= 0 and at < scene.text.paragraphs[n][1] else -1


def _left_open(scene: Scene, here: int) -> Participant | None:
    """The speaker of a quotation that the paragraph before leaves open."""
    if here == 0:
        return None
    start, end = scene.text.paragraphs[here - 1]
    quotes = [q for q in scene.text.quotations if start <= q.start and q.end <= end]
    if not quotes or quotes[-1].closed:
        return None
    speakers = distinct(
        whose
        for stmt in scene.order
        if stmt.parent is None and (whose := _speaker(scene, stmt)) is not None
        and any(s.start < quotes[-1].end and quotes[-1].start < s.end for s in stmt.content)
    )  # fmt: skip
    return speakers[0] if len(speakers) == 1 else None


def _just_before(scene: Scene, stmt: Statement, start: int, at: int) -> Participant | None:
    """The speaker of the statement that ends right before, in the same paragraph and the sentence before."""
    ended = [
        (end, other)
        for other in scene.order
        if other is not stmt and other.parent == stmt.parent
        and start <= (extent := _extent(other))[0] and (end := extent[1]) <= at
    ]  # fmt: skip
    if not ended:
        return None
    end, last = max(ended, key=lambda e: e[0])
    whose = _speaker(scene, last)
    if whose is None or scene.layout.sentence(at) - scene.layout.sentence(end - 1) > 1:
        return None
    return None if _others(scene, end, at, whose) else whose


def _extent(stmt: Statement) -> tuple[int, int]:
    spans = [s for s in (stmt.source, stmt.cue, *stmt.content) if s is not None]
    return min((s.start for s in spans), default=0), max((s.end for s in spans), default=0)


def _speaker(scene: Scene, stmt: Statement) -> Participant | None:
    link = scene.links.get(stmt.id)
    return link.whose if link else None


def _named_beside(scene: Scene, stmt: Statement) -> bool:
    """Whether somebody who may be its speaker is named beside a quotation, in its own sentences."""
    first, last = (scene.layout.sentence(at) for at in (stmt.content[0].start, stmt.content[-1].end - 1))
    return any(
        not name.quoted and name.start >= stmt.content[0].start
        for sentence in range(first, last + 1)
        for name in scene.by_sentence.get(sentence, ())
    )
