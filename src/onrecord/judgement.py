"""What the relation model is sure of -> how likely the whole event is right: type, actors and recipients.

A logistic regression, fitted on annotated articles (training/judgement.py); its weights are in the card.
"""

from __future__ import annotations

import math

import msgspec
import numpy as np
import numpy.typing as npt

from onrecord.triggers import Role, Trigger

_NAMED = (1, 2, 3, 7)
"""Shapes of words with a capital letter (words.py)."""
_LEAST_PATH = -12.0
"""Log-probability below which a reading of roles is as good as lost."""
_RECIPROCAL = frozenset(("CONSULT", "COOPERATE", "AGREE"))


class Judgement(msgspec.Struct, frozen=True):
    """The weights of ``features``."""

    bias: float = 0.0
    trigger: float = 1.0
    kind: float = 1.0
    roles: float = 1.0
    silence: float = 0.0
    path: float = 0.0
    acted: float = 0.0
    suffered: float = 0.0
    named: float = 0.0
    many: float = 0.0


def features(told: Trigger, shapes: npt.NDArray[np.int64]) -> dict[str, float]:
    """What the confidence is told from; ``shapes`` are those of the sentence's words.

    Log-odds of a trigger, of its type, of the least sure participant, of the rest having no role;
    log-probability of the roles of all words; whether somebody acts; whether somebody is acted upon, or
    there are two to act; the share of participants with a capital letter; how many there are beyond two.
    """
    parties = (*told.actors, *told.recipients)
    named = [_is_named(role, shapes) for role in parties]
    mutual = told.kind in _RECIPROCAL and len(told.actors) > 1
    return {
        "trigger": _odds(told.probability),
        "kind": _odds(told.kind_probability),
        "roles": _odds(min((r.probability for r in parties), default=0.5)),
        "silence": _odds(told.silence),
        "path": max(told.path, _LEAST_PATH),
        "acted": float(bool(told.actors)),
        "suffered": float(bool(told.recipients) or mutual),
        "named": sum(named) / len(named) if named else 0.0,
        "many": float(max(0, len(parties) - 2)),
    }


def judge(seen: dict[str, float], by: Judgement) -> float:
    """The confidence that an event with its type and participants is right, 0 to 1, by its features."""
    score = by.bias + sum(getattr(by, name) * value for name, value in seen.items())
    return round(1 / (1 + math.exp(-score)), 4)


def _is_named(role: Role, shapes: npt.NDArray[np.int64]) -> bool:
    return bool(np.isin(shapes[role.first : role.last + 1], _NAMED).any())


def _odds(p: float) -> float:
    p = min(max(p, 1e-3), 1 - 1e-3)
    return math.log(p / (1 - p))
