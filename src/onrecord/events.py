"""Sentences that may hold an event -> events: who did what to whom, and who says so.

1. every such sentence is read by the relation model (relations.py, triggers.py);
2. what triggers an event and is sure enough gets its participants, as actors of the document;
3. its asserter: the innermost statement around it, unless the utterance itself performs it;
4. its mode, contexts, date and place (modes.py, contexts.py, circumstances.py);
5. reports of one event become one (merging.py).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence

import msgspec

from onrecord.assertion import find_asserter
from onrecord.circumstances import Asked, date_events, locate_events
from onrecord.clauses import Neighbours, find_neighbours
from onrecord.contexts import find_contexts
from onrecord.encoder import Annotation
from onrecord.judgement import Judgement, features, judge
from onrecord.lookalikes import is_lookalike
from onrecord.merging import merge_events
from onrecord.modes import find_mode
from onrecord.partakers import (
    is_empty,
    subject_before,
    take_part,
    trim_trigger,
    without_charge,
    without_selves,
)
from onrecord.participants import Participants
from onrecord.plover import quad_of
from onrecord.records import Event, Mention, Modality, Place, Span, Statement
from onrecord.relations import Pair, Relations, parts
from onrecord.sightings import Sighted
from onrecord.statements import claim_id
from onrecord.supposing import is_bygone, is_supposed
from onrecord.text import Text
from onrecord.triggers import Role, Trigger, find_triggers

LEAST_EVENT = 0.3
"""Confidence from which an event is reported: the highest at which three in ten of intl dev are found.

It is how often type, actors and recipients of an event of dense international news are all right by name:
cross-validated on intl dev, before reports of one event are merged, 44.8% of those reported from 0.3 and
36.6% of gold (from 0.2 39.3% and 42.7%, from 0.5 44.8% and 15.9%, without a threshold 26.8% and 50.0%). Of
real passages that were kept from training 84.6% and 33.1%, judged by places (training/judgement.py)."""
LEAST_ROLE = 0.4
"""Mean probability of its words from which a stretch is a participant.
From 0.3 to 0.55 little changes on intl dev."""


class Found(msgspec.Struct, frozen=True):
    """The events of a document, and the places where they were."""

    events: tuple[Event, ...] = ()
    places: tuple[Place, ...] = ()


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """An event before its circumstances: offsets in the document."""

    sentence: Pair
    trigger: Pair
    told: Trigger
    features: dict[str, float]
    actor: tuple[Mention, ...]
    recipient: tuple[Mention, ...]
    confidence: float


def find_events(
    text: Text,
    ann: Annotation,
    sighted: Sequence[Sighted],
    relations: Relations,
    statements: Sequence[Statement],
    participants: Participants,
    *,
    least: float = LEAST_EVENT,
) -> Found:
    """The events of a document whose confidence is at least ``least``."""
    drafts = [d for s in sighted for d in draft_events(ann, s, relations, participants, least)]
    events, places = complete_events(text, drafts, statements)
    return Found(merge_events(events), places)


def complete_events(
    text: Text, drafts: Sequence[Draft], statements: Sequence[Statement]
) -> tuple[tuple[Event, ...], tuple[Place, ...]]:
    """The drafts as events, one for each, with who says so, when and where; and their places."""
    asked, around = _ask(drafts, statements), find_neighbours(statements)
    dates, located = date_events(text, asked), locate_events(text, asked)
    events = tuple(
        msgspec.structs.replace(_event(text, draft, around), date=date, location=location)
        for draft, date, location in zip(drafts, dates, located.locations, strict=True)
    )
    return events, located.places


def draft_events(
    ann: Annotation, sentence: Sighted, relations: Relations, participants: Participants, least: float
) -> Iterator[Draft]:
    """The events of one sentence; whoever is in those that are not sure enough is not looked up."""
    by = Judgement(**relations.card.get("confidence", {}))
    for first, last in parts(ann.words, sentence.first, sentence.last):
        scores = relations.read(ann.words, first, last)
        for told in find_triggers(relations, scores):
            seen = features(told, ann.words.shapes[first:last])
            confidence = judge(seen, by)
            if confidence < least:
                continue
            actors, recipients = (
                [_place(ann, first, r) for r in roles if r.probability >= LEAST_ROLE]
                for roles in (told.actors, told.recipients)
            )
            trigger = trim_trigger(participants.text, _place(ann, first, told))
            actors, recipients = take_part(participants.text, actors, recipients)
            recipients = [without_charge(participants.text, trigger, place) for place in recipients]
            actors = actors or subject_before(participants.text, trigger, recipients)
            if is_empty(participants.text[slice(*trigger)]) or _is_lookalike(
                participants.text, (sentence.start, sentence.end), trigger, actors, recipients
            ):
                continue
            actor = participants.resolve(actors)
            recipient = without_selves(actor, participants.resolve(recipients))
            if actor or recipient:
                yield Draft(
                    sentence=(sentence.start, sentence.end),
                    trigger=trigger,
                    told=told,
                    features=seen,
                    actor=actor,
                    recipient=recipient,
                    confidence=confidence,
                )


def _is_lookalike(
    text: str, sentence: Pair, trigger: Pair, actors: Sequence[Pair], recipients: Sequence[Pair]
) -> bool:
    doers, others = ([text[start:end] for start, end in role] for role in (actors, recipients))
    return is_lookalike(text[slice(*sentence)], text[slice(*trigger)], doers, others)


def _place(ann: Annotation, first: int, found: Role | Trigger) -> Pair:
    """Where words that are counted from the word ``first`` stand in the document."""
    return int(ann.words.starts[first + found.first]), int(ann.words.ends[first + found.last])


def _ask(drafts: Sequence[Draft], statements: Sequence[Statement]) -> list[Asked]:
    """The events as circumstances are asked of them: what else in the sentence has dates of its own."""
    cues = sorted((s.cue.start, s.cue.end) for s in statements if s.cue)
    triggers: dict[Pair, list[Pair]] = defaultdict(list)
    for draft in drafts:
        triggers[draft.sentence].append(draft.trigger)
    asked = []
    for draft in drafts:
        start, end = draft.trigger
        low, high = (bisect_left(cues, (at, 0)) for at in draft.sentence)
        others = [trigger for trigger in triggers[draft.sentence] if trigger != draft.trigger]
        others += [cue for cue in cues[low:high] if cue[1] <= start or end <= cue[0]]
        asked.append(
            Asked(kind=draft.told.kind, sentence=draft.sentence, trigger=draft.trigger, others=tuple(others))
        )
    return asked


def _event(text: Text, draft: Draft, around: Neighbours) -> Event:
    whole, told = text.document.text, draft.told
    trigger, sentence = _span(whole, draft.trigger), _span(whole, draft.sentence)
    claimed = [[draft.trigger], _places(draft.actor), _places(draft.recipient)]
    return Event(
        id=claim_id(f"{text.document.id} {told.kind}", claimed),
        type=told.kind,
        mode=find_mode(told.kind, trigger.text, sentence.text, trigger.start - sentence.start),
        context=find_contexts(sentence.text, _paragraph(text, draft.sentence)),
        quad=quad_of(told.kind),
        actor=draft.actor,
        recipient=draft.recipient,
        trigger=trigger,
        sentence=sentence,
        modality=_modality(text, draft),
        statement=find_asserter(around, draft.trigger, told.kind, draft.actor),
        confidence=draft.confidence,
    )


def _modality(text: Text, draft: Draft) -> Modality:
    """What the model says, unless it takes for news what the words around only suppose, or date long ago."""
    if draft.told.modality == "actual":
        whole, published = text.document.text, text.document.published
        if is_supposed(whole, draft.sentence, draft.trigger):
            return "hypothetical"
        if is_bygone(whole, draft.sentence, draft.trigger, published):
            return "historical"
    return draft.told.modality  # type: ignore[return-value]


def _places(mentions: Sequence[Mention]) -> list[Pair]:
    return [(m.start, m.end) for m in mentions]


def _span(text: str, place: Pair) -> Span:
    return Span(start=place[0], end=place[1], text=text[slice(*place)])


def _paragraph(text: Text, sentence: Pair) -> str:
    """The words of the paragraph in which a sentence stands."""
    n = bisect_right(text.paragraphs, (sentence[0], len(text.document.text))) - 1
    return text.document.text[slice(*text.paragraphs[n])]
