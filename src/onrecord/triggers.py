"""Scores of one sentence -> triggers of events, with their types, moods and participants."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

import msgspec
import numpy as np

from onrecord.crf import best_paths
from onrecord.relation_labels import KINDS, MODALITIES, ROLE_LABELS
from onrecord.relations import FloatArray, Relations, Scores

FORESEEN = frozenset(("CONSULT", "SUPPORT", "COOPERATE", "AID"))
"""Types that are only agreed upon while they are to come (PLOVER manual 2.0: future ones reduce to AGREE)."""
LEAST_TRIGGER = 0.6
"""Probability that a word triggers anything, from which it is looked at further. On intl dev nothing changes
above the threshold of events between 0.3 and 0.6, and every trigger costs three layers."""
LEAST_HISTORICAL = 0.8
"""Probability from which an event is background of earlier times, else it is of now. Of 154 events of intl
dev and own passages kept from training 91.6% have the right modality with it, 89.6% without; of 239 of real
passages kept from training, 92.1% and 92.5%."""


class Role(msgspec.Struct, frozen=True, kw_only=True):
    """Words ``first`` to ``last`` of a sentence that act or are acted upon; ``probability`` is their mean."""

    first: int
    last: int
    probability: float


class Trigger(msgspec.Struct, frozen=True, kw_only=True):
    """Words ``first`` to ``last`` of a sentence that tell of an event, and what is told of it."""

    first: int
    last: int
    kind: str
    probability: float  # that it triggers anything
    kind_probability: float  # of its type, among the types
    modality: str
    modality_probability: float
    actors: tuple[Role, ...]
    recipients: tuple[Role, ...]
    silence: float  # how sure the words that got no role are that they have none
    path: float  # log-probability of the roles of all words, had or not


def find_triggers(relations: Relations, scores: Scores, least: float = LEAST_TRIGGER) -> Iterator[Trigger]:
    """The triggers of one sentence in text order; neighbours of one type are one trigger."""
    found = 1.0 - scores.kinds[:, 0]
    best = 1 + scores.kinds[:, 1:].argmax(1)
    for (told, _), group in groupby(range(len(found)), key=lambda n: (found[n] >= least, best[n])):
        words = list(group)
        if told:
            yield _read_trigger(relations, scores, words[0], words[-1])


def _read_trigger(relations: Relations, scores: Scores, first: int, last: int) -> Trigger:
    kinds = scores.kinds[first : last + 1].mean(0)
    kind = 1 + int(kinds[1:].argmax())
    given = relations.given(scores, (first, last))
    moods, roles = given.modality, given.roles
    labels = _best_path(roles)
    modality = MODALITIES[int(moods.argmax())]
    if modality == "historical" and moods.max() < LEAST_HISTORICAL:
        modality = "actual"
    none = [1.0 - float(roles[n, 0]) for n, label in enumerate(labels) if label == 0]
    return Trigger(
        first=first,
        last=last,
        kind="AGREE" if modality == "future" and KINDS[kind] in FORESEEN else KINDS[kind],
        probability=float((1.0 - scores.kinds[first : last + 1, 0]).max()),
        kind_probability=float(kinds[kind] / kinds[1:].sum()),
        modality=modality,
        modality_probability=float(moods.max()),
        actors=tuple(_stretches(roles, labels, "actor")),
        recipients=tuple(_stretches(roles, labels, "recipient")),
        silence=1.0 - max(none, default=0.0),
        path=float(np.log(np.maximum(roles[range(len(labels)), labels], _LEAST)).sum()),
    )


def _best_path(roles: FloatArray) -> list[int]:
    """The likeliest labels in which an I follows its own B or I."""
    logs = np.log(np.maximum(roles, _LEAST))[None]
    path: list[int] = best_paths(logs, np.ones(logs.shape[:2], dtype=np.bool_), _MAY)[0].tolist()
    return path


def _may_follow(previous: int, label: int) -> bool:
    return label in (0, 1, 3) or previous in (label - 1, label)


_MAY = np.asarray(
    [[0.0 if _may_follow(i, j) else -1e4 for j in range(len(ROLE_LABELS))] for i in range(len(ROLE_LABELS))],
    dtype=np.float32,
)
"""0 where the second label may stand after the first."""
_LEAST = 1e-9
"""A probability that is as good as none, for its logarithm."""


def _stretches(roles: FloatArray, labels: Sequence[int], role: str) -> Iterator[Role]:
    """The stretches of one role; what touches is one ("the" and "police"): between two stands a word."""
    begin = ROLE_LABELS.index(f"B-{role}")
    for told, group in groupby(range(len(labels)), key=lambda n: labels[n] in (begin, begin + 1)):
        words = list(group)
        if told:
            sure = float(roles[words, begin : begin + 2].sum(1).mean())
            yield Role(first=words[0], last=words[-1], probability=sure)
