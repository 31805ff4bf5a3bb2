"""Tasks ``plover`` and ``stance``: what is between two participants whose places in the sentence are given.

The second model is asked directly (``onrecord.relations``): no sentence is read, nobody is resolved.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal, Protocol, TypeAlias

from onrecord.errors import ModelError
from onrecord.evaluation.classes import best, class_figures, summed
from onrecord.evaluation.faults import Fault
from onrecord.evaluation.gold import Gold, Pair
from onrecord.plover import quad_of

NO_EVENT = "none"
"""What the model may answer besides a type; the gold of ``plover`` holds events only."""
YIELD = "YIELD"
MERGED = {"CONCEDE": YIELD, "RETREAT": YIELD}
"""Gold does not tell giving way in words from giving way in deed."""
QUAD_OF_YIELD = 2

# fmt: off
Root: TypeAlias = Literal[
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "YIELD", "REQUEST", "ACCUSE",
    "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
]
# fmt: on
Stance: TypeAlias = Literal["neutral", "pos_p2q", "neg_p2q", "pos_q2p", "neg_q2p"]


class Relations(Protocol):
    """What the tasks ask of the model: probabilities of event types, and of stances."""

    def type_given(self, text: str, actor: Sequence[Pair], recipient: Sequence[Pair]) -> Mapping[str, float]:
        """How probable each PLOVER type is between an actor and a recipient, either of which may be ()."""

    def stance_given(self, text: str, p: Pair, q: Pair) -> Mapping[str, float]:
        """How probable each of the five stances between two participants is."""


def load() -> Relations:
    """The shipped model; raises ModelError where it is not there."""
    module = importlib.import_module(
        "onrecord.relations"
    )  # loads the weights, which the measures do not need
    model = getattr(module, "Relations", None)
    if model is None:
        raise ModelError("the model of relations is missing: rebuild it with python -m training.relations")
    loaded: Relations = model.load()
    return loaded


class Marked(Gold, frozen=True, kw_only=True):
    """A participant of an event: its places in the text, none where it is left out."""

    spans: tuple[Pair, ...] = ()


class RelatedText(Gold, frozen=True, kw_only=True):
    """A sentence with an event's actor, recipient and type (task ``plover``)."""

    id: str
    text: str
    source: Marked
    target: Marked
    gold_root: Root
    gold_penta: Literal["1", "2", "3", "4"]


class Place(Gold, frozen=True, kw_only=True):
    """Where a participant stands in the sentence."""

    start: int
    end: int


class JudgedPair(Gold, frozen=True, kw_only=True):
    """A sentence with two participants and who is for or against whom (task ``stance``)."""

    id: str
    sentence: str
    p: Place
    q: Place
    label5: Stance


class TypeAnswer(Gold, frozen=True, kw_only=True):
    """A line of ``plover`` beside what the model says of it."""

    line: RelatedText
    root: str
    quad: str


class StanceAnswer(Gold, frozen=True, kw_only=True):
    """A line of ``stance`` beside what the model says of it."""

    line: JudgedPair
    label: str


def answer_types(gold: Sequence[RelatedText], relations: Relations) -> list[TypeAnswer]:
    """The likeliest merged type and the likeliest quad class of every line.

    A quad class is as probable as its types together, which is right more often than the likeliest type's.
    """
    answers = []
    for line in gold:
        given = relations.type_given(line.text, line.source.spans, line.target.spans)
        scores = summed({kind: p for kind, p in given.items() if kind != NO_EVENT}, merged)
        quads = summed(scores, merged_quad)
        answers.append(TypeAnswer(line=line, root=best(scores), quad=best(quads)))
    return answers


def answer_stances(gold: Sequence[JudgedPair], relations: Relations) -> list[StanceAnswer]:
    """The likeliest stance of every line."""
    return [
        StanceAnswer(
            line=line,
            label=best(
                relations.stance_given(line.sentence, (line.p.start, line.p.end), (line.q.start, line.q.end))
            ),
        )
        for line in gold
    ]


def merged(kind: str) -> str:
    """The type as the gold of ``plover`` has it: CONCEDE and RETREAT are YIELD."""
    return MERGED.get(kind, kind)


def merged_quad(kind: str) -> str:
    """The quad class of a merged type; YIELD is material cooperation there."""
    return str(QUAD_OF_YIELD if kind == YIELD else quad_of(kind))


def type_figures(answers: Sequence[TypeAnswer]) -> dict[str, Any]:
    """``root`` and ``quad``: macro-F1, accuracy, and P, R and F1 of each label, in percent."""
    return {
        "root": class_figures([merged(a.line.gold_root) for a in answers], [a.root for a in answers]),
        "quad": class_figures([a.line.gold_penta for a in answers], [a.quad for a in answers]),
    }


def stance_figures(answers: Sequence[StanceAnswer]) -> dict[str, Any]:
    """Macro-F1 over the five labels, accuracy, and P, R and F1 of each, in percent."""
    return class_figures([a.line.label5 for a in answers], [a.label for a in answers])


def find_type_faults(answers: Sequence[TypeAnswer]) -> Iterator[Fault]:
    """The lines whose type is wrong, with the words of both participants."""
    for a in answers:
        wanted = merged(a.line.gold_root)
        if a.root != wanted:
            sides = {"source": a.line.source.spans, "target": a.line.target.spans}
            words = {side: [a.line.text[s:e] for s, e in spans] for side, spans in sides.items()}
            yield _fault(a.line.id, "type", words | {"type": wanted}, {"type": a.root}, a.line.text)


def find_stance_faults(answers: Sequence[StanceAnswer]) -> Iterator[Fault]:
    """The lines whose stance is wrong, with the words of both participants."""
    for a in answers:
        if a.label != a.line.label5:
            words = {side: a.line.sentence[x.start : x.end] for side, x in (("p", a.line.p), ("q", a.line.q))}
            gold, found = words | {"label5": a.line.label5}, {"label5": a.label}
            yield _fault(a.line.id, "stance", gold, found, a.line.sentence)


def _fault(name: str, why: str, gold: dict[str, Any], found: dict[str, Any], text: str) -> Fault:
    return Fault(kind="mismatched", document=name, why=(why,), gold=gold, predicted=found, around=text)
