"""A relation model whose answers a test writes down: the package's own code around two graphs made by hand.

>>> text = "Rebels shelled a ferry."
>>> relations = answering(text, kinds={"shelled": ("ASSAULT", 0.9)}, roles={"rebels": "B-actor"})
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from onrecord.judgement import Judgement
from onrecord.labels import DISTANCES
from onrecord.relation_labels import KINDS, MODALITIES, ROLE_LABELS, STANCES
from onrecord.relations import HEADS, Relations, Two
from onrecord.words import WORD, Vocabulary

WIDTH = 5
"""Columns of a hidden vector: wordpiece, shape, quotes, mark, and how far it is from the trigger."""
ON_TRIGGER = 1 + len(DISTANCES)
SURE = 0.97
SPECIAL_PIECES = ("[PAD]", "[UNK]", "[CLS]", "[SEP]")
TRUSTING = dict.fromkeys(Judgement.__struct_fields__, 0.0) | {"trigger": 1.0}
"""Weights by which an event is as sure as its trigger."""


def vocabulary_of(text: str, *pieces: str) -> Vocabulary:
    """A vocabulary of the words of a text and some more pieces."""
    words = dict.fromkeys(m.group().lower() for m in WORD.finditer(text))
    return Vocabulary([*SPECIAL_PIECES, *words, *pieces])


class Columns:
    """Lower layers that pass on what they are fed."""

    def run(self, _: None, feeds: dict[str, Any]) -> list[Any]:
        columns = [feeds[name] for name in ("ids", "shapes", "quotes", "marks")]
        return [np.stack([*columns, 0 * columns[0]], axis=-1).astype(np.float32)]


class Answers:
    """Last layers that tell by the wordpiece what it triggers, and what it is to whatever trigger is marked.

    ``asked`` keeps the wordpieces of each trigger that was asked for.
    """

    def __init__(self, kinds: Mapping[int, tuple[str, float]], roles: Mapping[int, str]) -> None:
        self.kinds, self.roles = kinds, roles
        self.asked: list[list[int]] = []

    def run(self, _: None, feeds: dict[str, Any]) -> list[Any]:
        hidden = feeds["lower"].copy()
        hidden[..., -1] = feeds["near"]
        ids = hidden[0, :, 0].astype(int).tolist()
        marked = [n for n, told in zip(ids, feeds["near"][0] == ON_TRIGGER, strict=True) if told]
        if marked:
            self.asked.append(marked)
        kinds = np.stack([kind_row(*self.kinds.get(n, ("none", 1.0))) for n in ids])
        roles = np.stack([role_row(self.roles.get(n, "O") if marked else "O") for n in ids])
        return [kinds[None], roles[None], hidden]


def kind_row(kind: str, p: float) -> np.ndarray:
    """Probabilities of a word that triggers ``kind`` with ``p`` and else nothing."""
    row = np.zeros(len(KINDS), dtype=np.float32)
    row[0] = 1 - p
    row[KINDS.index(kind)] += p
    return row


def role_row(label: str, p: float = SURE) -> np.ndarray:
    """Probabilities of a word that is ``label`` with ``p`` and shares the rest."""
    row = np.full(len(ROLE_LABELS), (1 - p) / (len(ROLE_LABELS) - 1), dtype=np.float32)
    row[ROLE_LABELS.index(label)] = p
    return row


def constant(size: int, labels: tuple[str, ...], answer: str, p: float = SURE) -> Two:
    """A head that gives the same answer to every vector."""
    row = np.full(len(labels), (1 - p) / (len(labels) - 1), dtype=np.float32)
    row[labels.index(answer)] = p
    shapes = np.zeros((size, 1), dtype=np.float32), np.zeros(1, dtype=np.float32)
    return Two(*shapes, np.zeros((1, len(labels)), dtype=np.float32), np.log(row))


def answering(
    text: str,
    *,
    kinds: Mapping[str, tuple[str, float]] | None = None,
    roles: Mapping[str, str] | None = None,
    modality: str = "actual",
    pair: str = "none",
    stance: str = "neutral",
    pieces: tuple[str, ...] = (),
) -> Relations:
    """The model that says this of the words of ``text``, given in small letters."""
    vocabulary = vocabulary_of(text, *pieces)

    def by_piece(told: Mapping[str, Any] | None) -> dict[int, Any]:
        return {vocabulary.look_up(word)[0][0]: said for word, said in (told or {}).items()}

    answers = (2, MODALITIES, modality), (3, KINDS, pair), (3, STANCES, stance)
    heads = {
        name: constant(times * WIDTH, labels, answer)
        for name, (times, labels, answer) in zip(HEADS, answers, strict=True)
    }
    upper = Answers(by_piece(kinds), by_piece(roles))
    return Relations({"name": "by hand", "confidence": TRUSTING}, vocabulary, heads, Columns(), upper)
