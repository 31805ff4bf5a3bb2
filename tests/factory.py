"""Builders of record values from words: no test counts characters by hand.

>>> text = "Marlow said the bridge would stay shut."
>>> reading(text, stmt(text, "the bridge would stay shut", source="Marlow", cue="said"))
"""

from __future__ import annotations

import hashlib
from typing import Any

from hypothesis import strategies as st

from onrecord import records
from onrecord.plover import CONTEXTS, MODES, quad_of
from onrecord.records import Actor, Document, Event, Mention, ProducedBy, Reading, Span, Stance, Statement

PRODUCED_BY = ProducedBy(onrecord="0.1.0", model="hand-made", model_sha256="0" * 64)


def span(text: str, words: str, nth: int = 0) -> Span:
    """The ``nth`` place (from 0) where ``words`` stand in ``text``; fails the test if there is none."""
    start = _start(text, words, nth)
    return Span(start=start, end=start + len(words), text=words)


def mention(
    text: str, words: str, nth: int = 0, *, actor: str | None = None, form: records.Form = "name"
) -> Mention:
    start = _start(text, words, nth)
    return Mention(start=start, end=start + len(words), text=words, actor=actor, form=form)


def stmt(
    text: str, *content: str, source: str | None = None, cue: str | None = None, nth: int = 0, **fields: Any
) -> Statement:
    """A statement whose content, source and cue are given as words of ``text`` (first place each;
    of the source the ``nth``).

    The speaker is a local actor named as the source, unless ``speaker`` says otherwise.
    """
    if source is not None and "speaker" not in fields:
        fields["speaker"] = local_id(source)
    spans = tuple(span(text, words) for words in content)
    fields.setdefault("id", _digest(text, *(f"{s.start}-{s.end}" for s in spans))[:16])
    fields.setdefault("mode", "direct" if content and content[0][:1] in '"“' else "indirect")
    fields.setdefault("confidence", 0.9)
    return Statement(
        source=mention(text, source, nth, actor=fields.get("speaker")) if source else None,
        cue=span(text, cue) if cue else None,
        content=spans,
        **fields,
    )


def event(
    text: str,
    trigger: str,
    type: str,  # noqa: A002 - the field's own name
    *,
    actor: tuple[Mention, ...] = (),
    recipient: tuple[Mention, ...] = (),
    **fields: Any,
) -> Event:
    """An event whose trigger is given as words of ``text``; its sentence is the line that holds them."""
    at = span(text, trigger)
    start = text.rfind("\n", 0, at.start) + 1
    end = text.find("\n", at.end)
    line = text[start : end if end >= 0 else len(text)]
    fields.setdefault("id", _digest(text, type, f"{at.start}-{at.end}")[:16])
    fields.setdefault("quad", quad_of(type))
    fields.setdefault("modality", "actual")
    fields.setdefault("confidence", 0.8)
    fields.setdefault("sentence", Span(start=start, end=start + len(line), text=line))
    return Event(type=type, actor=actor, recipient=recipient, trigger=at, **fields)


def reading(
    text: str, *statements: Statement, actors: tuple[Actor, ...] | None = None, **fields: Any
) -> Reading:
    """A reading of ``text``; Document's fields (``published`` …) may be given by name.

    Without ``actors``, every speaker becomes a person named as its source's words.
    """
    parts = {name: fields.pop(name) for name in Reading.__struct_fields__ if name in fields}
    fields.setdefault("id", "sha256:" + _digest(text))
    fields.setdefault("language", "en")
    parts.setdefault("produced_by", PRODUCED_BY)
    return Reading(
        document=Document(text=text, **fields),
        statements=statements,
        actors=_speakers(statements) if actors is None else actors,
        **parts,
    )


def local_id(name: str) -> str:
    return "local:" + "-".join(name.casefold().split())


def _speakers(statements: tuple[Statement, ...]) -> tuple[Actor, ...]:
    found: dict[str, Actor] = {}
    for s in statements:
        if s.speaker and s.speaker not in found:
            named = tuple(t.source for t in statements if t.source and t.speaker == s.speaker)
            name = named[0].text if named else s.speaker
            found[s.speaker] = Actor(
                id=s.speaker, name=name, kind="person", linked_by="name", confidence=0.9, mentions=named
            )
    return tuple(found.values())


def _start(text: str, words: str, nth: int) -> int:
    start = -1
    for _ in range(nth + 1):
        start = text.find(words, start + 1)
        assert start >= 0, f"{words!r} (number {nth}) is not in the text"
    return start


def _digest(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


# -- arbitrary valid readings, for property tests ------------------------------------------------

texts = st.text(st.characters(exclude_categories=("Cs",)), max_size=80)
scores = st.floats(0, 1)


@st.composite
def readings(draw: st.DrawFn) -> Reading:
    """Any reading that verifies: any text, spans anywhere in it, references that resolve."""
    text = draw(texts)

    def somewhere() -> Span:
        start, end = sorted((draw(st.integers(0, len(text))), draw(st.integers(0, len(text)))))
        return Span(start=start, end=end, text=text[start:end])

    def named(actor: str | None) -> Mention:
        s = somewhere()
        form = draw(st.sampled_from(("name", "nominal", "pronoun")))
        return Mention(start=s.start, end=s.end, text=s.text, actor=actor, form=form)

    def actor(n: int) -> Actor:
        return Actor(
            id=draw(st.sampled_from((f"Q{n + 1}", f"local:a{n}"))),
            name=draw(texts),
            role=draw(st.none() | texts),
            kind=draw(st.sampled_from((None, "person", "country"))),
            mentions=tuple(named(None) for _ in range(draw(st.integers(0, 2)))),
        )

    def pieces() -> tuple[Span, ...]:
        cuts = sorted(draw(st.lists(st.integers(0, len(text)), min_size=4, max_size=4)))
        pairs = ((cuts[0], cuts[1]), (cuts[2], cuts[3]))[: draw(st.integers(1, 2))]
        return tuple(Span(start=a, end=b, text=text[a:b]) for a, b in pairs)

    actors = tuple(actor(n) for n in range(draw(st.integers(0, 3))))
    speakers = st.sampled_from((None, *(a.id for a in actors)))
    statements: list[Statement] = []
    for n in range(draw(st.integers(0, 4))):
        made = Statement(
            id=f"s{n}",
            speaker=draw(speakers),
            source=named(draw(speakers)) if draw(st.booleans()) else None,
            cue=somewhere() if draw(st.booleans()) else None,
            content=pieces(),
            mode=draw(st.sampled_from(("direct", "indirect", "mixed"))),
            act=draw(st.sampled_from((None, "assert", "deny", "warn"))),
            parent=draw(st.sampled_from((None, *(s.id for s in statements)))),
            said_on=draw(
                st.sampled_from((None, records.Interval(from_=None, to="1962-10-22", precision=None)))
            ),
            hedged=draw(st.sampled_from((None, True, False))),
            confidence=draw(scores),
        )
        statements.append(made)
    said_by = st.sampled_from((None, *(s.id for s in statements)))

    def happened(n: int) -> Event:
        kind = draw(st.sampled_from(tuple(MODES)))
        return Event(
            id=f"e{n}",
            type=kind,
            mode=draw(st.sampled_from((None, *MODES[kind]))),
            context=tuple(draw(st.lists(st.sampled_from(CONTEXTS), max_size=2, unique=True))),
            quad=quad_of(kind),
            actor=tuple(named(draw(speakers)) for _ in range(draw(st.integers(0, 2)))),
            recipient=tuple(named(draw(speakers)) for _ in range(draw(st.integers(0, 1)))),
            trigger=somewhere(),
            other_triggers=(somewhere(),) * draw(st.integers(0, 1)),
            sentence=Span(start=0, end=len(text), text=text),
            date=draw(
                st.sampled_from((None, records.Interval(from_="1962-10-22", to=None, precision="day")))
            ),
            modality=draw(st.sampled_from(("actual", "future", "negated"))),
            statement=draw(said_by),
            confidence=draw(scores),
        )

    def stance() -> Stance:
        holder, target = (draw(st.sampled_from(actors)).id for _ in range(2))
        polarity = draw(st.sampled_from(("support", "oppose")))
        return Stance(
            holder=holder, target=target, polarity=polarity, evidence=somewhere(), statement=draw(said_by),
            confidence=draw(scores),
        )  # fmt: skip

    return reading(
        text, *statements, actors=actors, given_id=draw(st.none() | texts), outlet=draw(st.none() | texts),
        published=draw(st.none() | st.dates().map(str)),
        events=tuple(happened(n) for n in range(draw(st.integers(0, 2)))),
        stances=(stance(),) * draw(st.integers(0, 1)) if actors else (),
    )  # fmt: skip
