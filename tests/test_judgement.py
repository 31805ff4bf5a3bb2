"""How sure an event is: what is looked at, and how it is weighed."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.judgement import Judgement, features, judge
from onrecord.triggers import Role, Trigger

SHAPES = np.asarray([1, 0, 0, 0, 2, 0])
"""Title, small, small, small, CAPITALS, small."""


def told(*roles: tuple[int, int], recipients: tuple[tuple[int, int], ...] = (), **fields: object) -> Trigger:
    """A trigger with actors and recipients of these words, all as sure as 0.8."""
    given_: dict[str, object] = {
        "first": 1, "last": 1, "kind": "ASSAULT", "probability": 0.8, "kind_probability": 0.8,
        "modality": "actual", "modality_probability": 0.9, "silence": 0.8, "path": -2.0,
    }  # fmt: skip
    both = ([Role(first=a, last=b, probability=0.8) for a, b in side] for side in (roles, recipients))
    actors, others = map(tuple, both)
    return Trigger(**(given_ | fields | {"actors": actors, "recipients": others}))  # type: ignore[arg-type]


def test_every_feature_has_a_weight_and_every_weight_but_the_bias_a_feature() -> None:
    assert tuple(features(told(), SHAPES)) == Judgement.__struct_fields__[1:]


def test_log_odds_are_of_what_the_model_is_sure_of() -> None:
    seen = features(told((0, 0)), SHAPES)
    assert [seen[n] for n in ("trigger", "kind", "roles", "silence")] == [pytest.approx(math.log(4))] * 4
    assert features(told(), SHAPES)["roles"] == 0.0, "nobody is neither sure nor unsure"


def test_the_least_sure_participant_counts() -> None:
    trigger = told((0, 0), (4, 4))
    unsure = Role(first=2, last=2, probability=0.5)
    fields = {n: getattr(trigger, n) for n in Trigger.__struct_fields__} | {"recipients": (unsure,)}
    assert features(Trigger(**fields), SHAPES)["roles"] == 0.0


def test_certainty_is_bounded() -> None:
    seen = features(told(probability=1.0, kind_probability=0.0), SHAPES)
    assert seen["trigger"] == pytest.approx(-seen["kind"]) == pytest.approx(math.log(999))


def test_a_path_counts_by_its_log_probability_until_it_is_lost() -> None:
    assert features(told(path=-0.5), SHAPES)["path"] == -0.5
    assert features(told(path=-40.0), SHAPES)["path"] == features(told(path=-400.0), SHAPES)["path"] == -12.0


def test_both_sides_are_told_where_two_act_together() -> None:
    assert features(told((0, 0), (4, 4), kind="CONSULT"), SHAPES)["suffered"] == 1.0
    assert features(told((0, 0), (4, 4), kind="ASSAULT"), SHAPES)["suffered"] == 0.0
    assert features(told((0, 0), kind="CONSULT"), SHAPES)["suffered"] == 0.0
    assert features(told((0, 0), recipients=((4, 4),)), SHAPES)["suffered"] == 1.0


def test_participants_with_a_capital_letter_and_more_than_two_are_counted() -> None:
    seen = features(told((0, 0), (2, 3), recipients=((3, 4), (5, 5))), SHAPES)
    assert (seen["named"], seen["many"], seen["acted"]) == (0.5, 2.0, 1.0)


def test_a_confidence_is_the_logistic_of_the_weighed_sum() -> None:
    seen = dict.fromkeys(Judgement.__struct_fields__[1:], 0.0) | {"trigger": 2.0, "named": 0.5}
    by = Judgement(bias=-1.0, trigger=0.5, kind=9.0, named=2.0)
    assert judge(seen, by) == pytest.approx(1 / (1 + math.exp(-1.0)), abs=1e-4)


FEATURES = len(Judgement.__struct_fields__) - 1


@given(
    st.lists(st.floats(-12, 7), min_size=FEATURES, max_size=FEATURES),
    st.lists(st.floats(-5, 5), min_size=FEATURES + 1, max_size=FEATURES + 1),
)
def test_a_confidence_is_a_probability(values: list[float], weights: list[float]) -> None:
    seen = dict(zip(Judgement.__struct_fields__[1:], values, strict=True))
    assert 0 <= judge(seen, Judgement(*weights)) <= 1
