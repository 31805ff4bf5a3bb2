"""A document while its speakers are being found: its names, its cast, who has spoken so far.

What speakers.py, antecedents.py and descriptions.py share. Only speakers.py writes to it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence

import msgspec

from onrecord.cast import Cast, Participant, assemble
from onrecord.holders import Ground
from onrecord.knowledge import knowledge
from onrecord.mentions import Layout, Name, find_names, lay_out
from onrecord.names import same_person
from onrecord.ontology import fold
from onrecord.phrases import Phrase, read_phrase
from onrecord.records import LinkedBy, Mention, Statement
from onrecord.states import main_state
from onrecord.text import Text

NEAR = 3
"""Sentences within which a description goes with a name that stands alone (read off the training parts)."""


_UNITED_NATIONS = frozenset(
    ("united nations", "un", "united nations security council", "un security council", "security council")
)
"""Names in a text by which an envoy in it is one to the United Nations."""


class Turn(msgspec.Struct, frozen=True, kw_only=True):
    """A statement whose speaker is known: what later pronouns and descriptions look back to."""

    at: int
    sentence: int
    whose: Participant
    quoted: bool
    nested: bool
    document: str = ""


class Link(msgspec.Struct, frozen=True, kw_only=True):
    """Whom a phrase stands for and by what evidence; nobody, and why."""

    whose: Participant | None = None
    by: LinkedBy | None = None
    why: str = ""


class Scene(msgspec.Struct, kw_only=True, eq=False):
    """A document while its speakers are being found."""

    text: Text
    layout: Layout
    names: tuple[Name, ...]
    starts: list[int]
    by_sentence: dict[int, list[Name]]
    cast: Cast
    ground: Ground
    statements: Sequence[Statement]
    order: list[Statement]
    turns: list[Turn] = []
    links: dict[str, Link] = {}
    phrases: dict[str, Phrase] = {}
    resolved: dict[int, list[Mention]] = {}  # participant number -> descriptions and pronouns


def open_scene(text: Text, statements: Sequence[Statement]) -> Scene:
    """The scene of a document, with nobody's words given to anybody yet."""
    layout = lay_out(text)
    names = find_names(text, layout)
    by_sentence: dict[int, list[Name]] = {}
    for name in names:
        by_sentence.setdefault(name.sentence, []).append(name)
    cast = assemble(names)
    return Scene(
        text=text,
        layout=layout,
        names=names,
        starts=[n.start for n in names],
        by_sentence=by_sentence,
        cast=cast,
        ground=Ground(
            knowledge=knowledge(),
            published=text.document.published,
            state=main_state(layout.text),
            at_un=any(fold(n.text) in _UNITED_NATIONS for n in names)
            or _names_its_head(cast, text.document.published),
            short=_short_forms(cast),
        ),
        statements=statements,
        order=sorted(statements, key=position),
    )


def _names_its_head(cast: Cast, published: str | None) -> bool:
    """Whether a text names in full who headed the United Nations on its day."""
    known = knowledge()
    heads = [
        known.entity(tenure.person).name
        for body in known.find("United Nations")
        for tenure in known.holders("head", body.id, published)
    ]
    return any(" " in p.name and same_person(p.name, head) for p in cast.people for head in heads)


def _short_forms(cast: Cast) -> dict[str, str]:
    """The acronyms that a text explains, folded -> the names they stand for."""
    return {
        fold(short): whose.name
        for whose in cast.people
        if whose.kind == "organization"
        for short in (*whose.forms, *(n.acronym for n in whose.names if n.acronym))
        if short.isupper() and short != whose.name
    }


def position(stmt: Statement) -> tuple[int, int]:
    """Where a statement stands in the order of reading: by its source, else its cue, else its content."""
    spans = (stmt.source, stmt.cue, *stmt.content[:1])
    at = next(s.start for s in spans if s is not None) if any(spans) else 0
    return at, stmt.cue.start if stmt.cue else at


def read_mention(scene: Scene, mention: Mention) -> Phrase:
    """What the words of a mention are."""
    return read_phrase(scene.layout, scene.names, scene.starts, mention.start, mention.end)


def was_scanned(scene: Scene, name: Name) -> bool:
    """Whether a name was found by the scan of the document; one in a headline was not."""
    at = bisect_left(scene.starts, name.start)
    return at < len(scene.starts) and scene.starts[at] == name.start and scene.names[at].end == name.end


def distinct(people: Iterable[Participant]) -> list[Participant]:
    """The participants without repetition, in order."""
    return list({p.number: p for p in people}.values())


def enclosing_speaker(scene: Scene, stmt: Statement) -> Participant | None:
    """The speaker of the statement in whose content a statement stands."""
    parent = stmt.parent
    if parent is not None and parent in scene.links:
        return scene.links[parent].whose
    return None
