"""Annotated events, relations and stances -> sentences, with what is to be told of them.

A sentence of an annotated text is an example with all its triggers; a pair of participants in it is another,
with the two marked.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from onrecord.quotes import find_quotations
from onrecord.relation_labels import KINDS, MARKS, MODALITIES, ROLE_LABELS, STANCES
from onrecord.sources.raw import RawDocument
from onrecord.text import read_text
from onrecord.words import Vocabulary, Words, read_words

MERGED = {"YIELD": ("CONCEDE", "RETREAT")}
"""Types that a corpus does not tell apart."""
MARGINAL = 0.5
"""Weight of an event that a defensible coder may omit."""
PAIRED = 0.7
"""Weight of a relation that comes from an annotated event."""
SWAPPED = 0.5
"""Share of the participants that are named otherwise, where any are."""

Offsets = Sequence[Sequence[int]]


@dataclass(frozen=True)
class Sentence:
    """Words ``first`` to ``last`` of a text."""

    words: Words
    first: int
    last: int


@dataclass(frozen=True)
class Trigger:
    """One trigger over the words of its sentence; ``roles`` None where they are not known."""

    words: tuple[int, ...]
    kinds: tuple[int, ...]
    modality: int
    roles: dict[int, int] | None
    weight: float


@dataclass(frozen=True)
class Example:
    """A sentence, and what is to be told: its triggers, or the relation or stance of two marked ones."""

    sentence: Sentence
    source: str
    triggers: tuple[Trigger, ...] | None = None
    marks: dict[int, int] | None = None
    pair: tuple[int, ...] | None = None  # acceptable types
    stance: int | None = None
    weight: float = 1.0


def listed(value: Any) -> list[tuple[int, int]]:
    """A gold offsets field as a list of spans."""
    if not value:
        return []
    return [tuple(value)] if isinstance(value[0], int) else [tuple(v) for v in value]


def covered(words: Words, span: Sequence[int]) -> range:
    """The numbers of the words that a span touches."""
    low = int(np.searchsorted(words.ends, span[0], side="right"))
    high = int(np.searchsorted(words.starts, span[1], side="left"))
    return range(low, max(low, high))


def read_sentences(text: str, vocabulary: Vocabulary) -> list[Sentence]:
    """Every sentence of a text, as reading cuts it."""
    read = read_text(RawDocument(data=text))
    words = read_words(read.document.text, read.paragraphs, read.quotations, vocabulary)
    bounds = (np.searchsorted(words.starts, sentence) for sentence in read.sentences)
    return [Sentence(words, int(first), int(last)) for first, last in bounds if last > first]


def whole(text: str, vocabulary: Vocabulary) -> Sentence:
    """A text that is one sentence."""
    words = read_words(text, [(0, len(text))], find_quotations(text), vocabulary)
    return Sentence(words, 0, len(words))


def kinds_of(event: dict[str, Any]) -> tuple[int, ...]:
    """The types that a defensible coder gives."""
    names = [event["type"], *([event["alt"]["type"]] if event.get("alt") else [])]
    return tuple(dict.fromkeys(KINDS.index(n) for n in names))


def event_examples(row: dict[str, Any], vocabulary: Vocabulary) -> Iterator[Example]:
    """What one annotated text teaches of events: every sentence, and the pairs of participants in it."""
    for s in read_sentences(row["text"], vocabulary):
        triggers = tuple(t for event in row["events"] for t in _triggers(event, s))
        yield Example(s, row["document"], triggers=triggers)
        for event in row["events"]:
            if _inside(s, listed(event["trigger"])) and (marks := _pair_marks(event, s)):
                weight = PAIRED * (MARGINAL if event.get("marginal") else 1.0)
                yield Example(s, row["document"], marks=marks, pair=kinds_of(event), weight=weight)


def _inside(s: Sentence, spans: Offsets) -> list[int]:
    """The words of the sentence that the spans touch, counted from its first."""
    return [w - s.first for span in spans for w in covered(s.words, span) if s.first <= w < s.last]


def _triggers(event: dict[str, Any], s: Sentence) -> Iterator[Trigger]:
    for n, span in enumerate([*listed(event["trigger"]), *listed(event.get("other_triggers"))]):
        if not (words := _inside(s, [span])):
            continue
        roles, complete = _roles(event, s)
        yield Trigger(
            words=tuple(words),
            kinds=kinds_of(event),
            modality=MODALITIES.index(event["modality"]),
            roles=roles if n == 0 or complete else None,
            weight=MARGINAL if event.get("marginal") else 1.0,
        )


def _roles(event: dict[str, Any], s: Sentence) -> tuple[dict[int, int], bool]:
    """The labels of who acts and who is acted upon, and whether all of them stand in the sentence."""
    roles: dict[int, int] = {}
    complete = True
    for role in ("actor", "recipient"):
        begin = ROLE_LABELS.index(f"B-{role}")
        for span in listed(event[role]):
            words = _inside(s, [span])
            complete &= bool(words)
            for k, w in enumerate(words):
                roles.setdefault(w, begin + (k > 0))
    return roles, complete and bool(roles)


def _pair_marks(event: dict[str, Any], s: Sentence) -> dict[int, int] | None:
    both = {role: _inside(s, listed(event[role])) for role in ("actor", "recipient")}
    if not all(both.values()):
        return None
    return {w: MARKS.index(role) for role, words in both.items() for w in words}


def swapped(e: Example, phrases: Sequence[tuple[Words, int, int]], rng: random.Random) -> Example:
    """The same sentence with some of its participants named by other phrases, drawn from ``phrases``."""
    spans = {first: last for first, last in _exchangeable(e) if rng.random() < SWAPPED}
    if not spans:
        return e
    old = e.sentence
    order: list[tuple[Words, int, int]] = []  # whose word each is, its number there, that of its quotes
    new_of: dict[int, range] = {}  # the new words of each word, of a stretch by its first
    n = old.first
    while n < old.last:
        at = n - old.first
        other, first, last = rng.choice(phrases) if at in spans else (old.words, n, n + 1)
        new_of[at] = range(len(order), len(order) + last - first)
        order += [(other, w, n) for w in range(first, last)]
        n = old.first + spans.get(at, at) + 1
    made = Words(
        starts=np.arange(len(order)), ends=np.arange(len(order)) + 1,
        shapes=np.asarray([w.shapes[k] for w, k, _ in order]),
        quotes=np.asarray([old.words.quotes[k] for _, _, k in order]),
        pieces=tuple(w.pieces[k] for w, k, _ in order),
    )  # fmt: skip
    triggers = tuple(_moved(t, spans, new_of) for t in e.triggers or ())
    return replace(e, sentence=Sentence(made, 0, len(order)), triggers=triggers)


def _exchangeable(e: Example) -> list[tuple[int, int]]:
    """The stretches of participants that no trigger overlaps and that have one extent in all events."""
    spans = sorted({span for t in e.triggers or () if t.roles for span in _stretches(t.roles)})
    spans = [a for a in spans if not any(a != b and a[0] <= b[1] and b[0] <= a[1] for b in spans)]
    touched = {w for t in e.triggers or () for w in t.words}
    return [s for s in spans if touched.isdisjoint(range(s[0], s[1] + 1))]


def _moved(t: Trigger, spans: Mapping[int, int], new_of: Mapping[int, range]) -> Trigger:
    """The trigger over the new words; those of a stretch in ``spans`` have its role."""
    words = tuple(new_of[w][0] for w in t.words)
    if t.roles is None:
        return replace(t, words=words)
    roles: dict[int, int] = {}
    for first, last in _stretches(t.roles):
        if first in spans:
            roles |= {w: _begin(t.roles[first]) + (k > 0) for k, w in enumerate(new_of[first])}
        else:
            roles |= {new_of[w][0]: t.roles[w] for w in range(first, last + 1)}
    return replace(t, words=words, roles=roles)


def _stretches(roles: Mapping[int, int]) -> list[tuple[int, int]]:
    """First and last word of every stretch of one role."""
    found: list[tuple[int, int]] = []
    for w in sorted(roles):
        inside = roles[w] != _begin(roles[w])
        if found and found[-1][1] == w - 1 and inside and _begin(roles[w]) == _begin(roles[w - 1]):
            found[-1] = (found[-1][0], w)
        else:
            found.append((w, w))
    return found


def _begin(label: int) -> int:
    """The label that begins the role of which a label is."""
    return label - 1 + label % 2


def role_phrases(examples: Iterable[Example]) -> list[tuple[Words, int, int]]:
    """The words of all participants of events: what may stand for one another."""
    return [
        (e.sentence.words, e.sentence.first + first, e.sentence.first + last + 1)
        for e in examples
        for t in e.triggers or ()
        for first, last in _stretches(t.roles or {})
    ]


def given_marks(s: Sentence, actor: Offsets, recipient: Offsets) -> dict[int, int]:
    """The marks of two participants given by their spans."""
    both = (("actor", actor), ("recipient", recipient))
    return {w: MARKS.index(role) for role, spans in both for w in _inside(s, spans)}


def relation_example(row: dict[str, Any], vocabulary: Vocabulary) -> Example:
    """A sentence with actor and recipient given (plv layout), and their relation."""
    s = whole(row["text"], vocabulary)
    names = MERGED.get(row["gold_root"], (row["gold_root"],))
    marks = given_marks(s, row["source"]["spans"], row["target"]["spans"])
    return Example(s, row["id"], marks=marks, pair=tuple(KINDS.index(n) for n in names))


def stance_example(row: dict[str, Any], vocabulary: Vocabulary, *, turn: bool = False) -> Example:
    """A sentence with two names given (directed_sentiment layout) and how the one stands to the other.

    ``turn`` gives the same with the two names told the other way round.
    """
    s = whole(row["sentence"], vocabulary)
    p, q = ([(row[k]["start"], row[k]["end"])] for k in ("p", "q"))
    label = row["label5"]
    if turn:
        p, q = q, p
        label = label.replace("p2q", "?").replace("q2p", "p2q").replace("?", "q2p")
    return Example(s, row["id"], marks=given_marks(s, p, q), stance=STANCES.index(label))


def read_rows(path: Path) -> list[dict[str, Any]]:
    """The rows of a JSON Lines file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]
