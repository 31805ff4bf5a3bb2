"""The manual's tables: sixteen types, their modes, classes and scores, and what was decided about them."""

from __future__ import annotations

import pytest

from onrecord.errors import UsageError
from onrecord.plover import (
    CONTEXTS,
    MODES,
    QUADS,
    TYPES,
    is_valid,
    modes_of,
    needs_recipient,
    quad_of,
    score_of,
)


def test_the_manual_has_sixteen_types_and_thirty_seven_contexts() -> None:
    assert len(TYPES) == 16
    assert len(CONTEXTS) == len(set(CONTEXTS)) == 37
    assert sum(map(len, MODES.values())) == 67


def test_every_quad_class_has_types_and_conflict_scores_below_cooperation() -> None:
    by_quad = {quad: [t for t in TYPES if quad_of(t) == quad] for quad in QUADS}
    assert [len(by_quad[quad]) for quad in (1, 2, 3, 4)] == [4, 3, 4, 5]
    scores = {
        quad: [score_of(t, m) for t in ts for m in (None, *modes_of(t))] for quad, ts in by_quad.items()
    }
    assert min(scores[1] + scores[2]) > max(scores[3] + scores[4])


@pytest.mark.parametrize(
    ("kind", "mode", "score"),
    [
        ("AID", None, 10),
        ("ASSAULT", None, -9),
        ("ASSAULT", "crowd-control", -7.5),
        ("CONSULT", "third-party", 1),
        ("REQUEST", "assist", 0.5),
    ],
)
def test_a_mode_has_its_own_score(kind: str, mode: str | None, score: float) -> None:
    assert score_of(kind, mode) == score


def test_a_sanction_is_material_conflict() -> None:
    assert quad_of("SANCTION") == 4


def test_an_accusation_without_mode_scores_as_its_mildest_mode() -> None:
    assert score_of("ACCUSE") == score_of("ACCUSE", "disapprove") == -2
    assert score_of("ACCUSE", "investigate") == -3.5


def test_vandalism_has_no_score_of_its_own_and_takes_that_of_a_protest() -> None:
    assert score_of("PROTEST", "vandalize") == score_of("PROTEST") == -5


@pytest.mark.parametrize(
    ("kind", "parties", "needed"),
    [
        ("AID", 1, True),
        ("ASSAULT", 1, True),
        ("ASSAULT", 2, False),
        ("PROTEST", 1, False),
        ("CONSULT", 2, False),
    ],
)
def test_force_from_one_side_needs_somebody_it_is_used_on(kind: str, parties: int, needed: bool) -> None:
    assert needs_recipient(kind, parties) is needed


def test_types_and_modes_that_the_manual_has_are_valid() -> None:
    assert is_valid("COERCE", "curfew")
    assert is_valid("COERCE")
    assert not is_valid("COERCE", "drone")
    assert not is_valid("FIGHT")


def test_an_unknown_type_or_mode_is_refused_with_what_there_is() -> None:
    with pytest.raises(UsageError, match="use one of: AGREE, CONSULT"):
        quad_of("FIGHT")
    with pytest.raises(UsageError, match="no mode of AID; use one of: none"):
        score_of("AID", "visit")
