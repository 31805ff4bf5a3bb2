"""Scores of one sentence -> triggers: small rows written by hand."""

from __future__ import annotations

from typing import cast

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sample_relations import SURE, kind_row, role_row

from onrecord.relation_labels import KINDS, MODALITIES, ROLE_LABELS
from onrecord.relations import Given, Relations, Scores
from onrecord.triggers import LEAST_TRIGGER, Trigger, _best_path, find_triggers


class Answers:
    """Gives the same roles and modality for every trigger, and keeps which were asked for."""

    def __init__(self, roles: list[str] | np.ndarray, modality: str) -> None:
        self.roles = np.stack([role_row(label) for label in roles]) if isinstance(roles, list) else roles
        self.modality = np.full(len(MODALITIES), 0.1 / (len(MODALITIES) - 1), dtype=np.float32)
        self.modality[MODALITIES.index(modality)] = 0.9
        self.asked: list[tuple[int, int]] = []

    def given(self, scores: Scores, trigger: tuple[int, int]) -> Given:
        self.asked.append(trigger)
        return Given(self.roles, self.modality)


def scores_of(*rows: np.ndarray) -> Scores:
    count = len(rows)
    hidden = np.zeros((count + 2, 1), dtype=np.float32)
    at = np.arange(1, count + 1)
    return Scores(at=at, marks=0 * at, lower=hidden[None], kinds=np.stack(rows), hidden=hidden)


def triggers(
    *rows: tuple[str, float], roles: list[str] | np.ndarray | None = None, modality: str = "actual"
) -> list[Trigger]:
    """The triggers in a sentence of words that each trigger a type with a probability."""
    answers = Answers(["O"] * len(rows) if roles is None else roles, modality)
    scores = scores_of(*(kind_row(*row) for row in rows))
    return list(find_triggers(cast(Relations, answers), scores))


NOTHING = ("none", 1.0)


def test_a_word_that_tells_of_an_event_triggers_it() -> None:
    (found,) = triggers(NOTHING, ("ASSAULT", 0.8), NOTHING)
    assert (found.first, found.last, found.kind) == (1, 1, "ASSAULT")
    assert found.probability == pytest.approx(0.8)
    assert found.kind_probability == pytest.approx(1.0)
    assert (found.modality, found.modality_probability) == ("actual", pytest.approx(0.9))


def test_neighbours_of_one_type_are_one_trigger_as_sure_as_the_surest() -> None:
    (found,) = triggers(("AID", 0.7), ("AID", 0.9), ("AID", 0.65))
    assert (found.first, found.last, found.kind) == (0, 2, "AID")
    assert found.probability == pytest.approx(0.9)


def test_neighbours_of_two_types_are_two_triggers() -> None:
    found = triggers(("AID", 0.9), ("AID", 0.9), ("PROTEST", 0.9), NOTHING, ("PROTEST", 0.9))
    assert [(t.kind, t.first, t.last) for t in found] == [("AID", 0, 1), ("PROTEST", 2, 2), ("PROTEST", 4, 4)]


def test_nothing_is_told_below_the_floor() -> None:
    assert triggers(("ASSAULT", LEAST_TRIGGER - 0.01), NOTHING) == []
    assert len(triggers(("ASSAULT", LEAST_TRIGGER + 0.01), NOTHING)) == 1


def test_roles_are_asked_for_each_trigger_and_for_no_other_word() -> None:
    answers = Answers(["O"] * 5, "actual")
    rows = [kind_row(*row) for row in (NOTHING, ("AID", 0.9), ("AID", 0.65), NOTHING, ("COERCE", 0.7))]
    list(find_triggers(cast(Relations, answers), scores_of(*rows)))
    assert answers.asked == [(1, 2), (4, 4)]


def test_a_type_is_as_sure_as_its_share_among_the_types() -> None:
    row = np.zeros(len(KINDS), dtype=np.float32)
    row[[0, KINDS.index("SANCTION"), KINDS.index("COERCE")]] = 0.2, 0.6, 0.2
    (found,) = find_triggers(cast(Relations, Answers(["O"], "actual")), scores_of(row))
    assert (found.kind, found.probability) == ("SANCTION", pytest.approx(0.8))
    assert found.kind_probability == pytest.approx(0.75)


@pytest.mark.parametrize(
    ("kind", "modality", "told"),
    [
        ("AID", "future", "AGREE"), ("CONSULT", "future", "AGREE"), ("SUPPORT", "future", "AGREE"),
        ("AID", "actual", "AID"), ("ASSAULT", "future", "ASSAULT"),
    ],
)  # fmt: skip
def test_help_to_come_is_agreed_upon(kind: str, modality: str, told: str) -> None:
    (found,) = triggers((kind, 0.9), modality=modality)
    assert (found.kind, found.modality) == (told, modality)


def roles_of(*labels: str) -> Trigger:
    (found,) = triggers(*[NOTHING] * len(labels), ("ASSAULT", 0.9), roles=[*labels, "O"])
    return found


def test_the_stretches_of_each_role_are_its_participants() -> None:
    found = roles_of("B-actor", "I-actor", "O", "B-recipient", "O", "B-recipient")
    assert [(r.first, r.last) for r in found.actors] == [(0, 1)]
    assert [(r.first, r.last) for r in found.recipients] == [(3, 3), (5, 5)]
    assert found.actors[0].probability == pytest.approx(SURE + (1 - SURE) / 4)


def test_stretches_of_one_role_that_touch_are_one() -> None:
    found = roles_of("B-actor", "B-actor", "I-actor", "B-recipient")
    assert [(r.first, r.last) for r in found.actors] == [(0, 2)]
    assert [(r.first, r.last) for r in found.recipients] == [(3, 3)]


def test_silence_is_that_of_the_word_most_like_a_participant() -> None:
    roles = np.stack([role_row("O", 0.9), role_row("B-actor", 0.9), role_row("O", 0.6)])
    (found,) = triggers(NOTHING, ("AID", 0.9), NOTHING, roles=roles)
    assert found.silence == pytest.approx(0.6)


def test_where_every_word_has_a_role_nothing_is_left_to_doubt() -> None:
    (found,) = triggers(("AID", 0.9), roles=["B-actor"])
    assert found.silence == 1.0


def test_a_path_is_as_likely_as_its_labels_together() -> None:
    roles = np.stack([role_row("B-actor", 0.8), role_row("O", 0.9), role_row("O", 0.9)])
    (found,) = triggers(NOTHING, ("AID", 0.9), NOTHING, roles=roles)
    assert found.path == pytest.approx(np.log(0.8 * 0.9 * 0.9), abs=1e-5)


def test_an_inside_goes_on_from_its_own_role_only() -> None:
    actor, inside, recipient = (ROLE_LABELS.index(x) for x in ("B-actor", "I-actor", "B-recipient"))
    rows = np.full((2, len(ROLE_LABELS)), 0.05, dtype=np.float32)
    rows[0, [0, actor]] = 0.45, 0.40
    rows[1, [inside, 0]] = 0.70, 0.15
    assert _best_path(rows) == [actor, inside], "the word before is less likely to be nobody than both alone"
    rows[0] = role_row("B-recipient", 0.99)
    assert _best_path(rows) == [recipient, 0]


def test_a_sentence_cannot_begin_inside_a_participant() -> None:
    assert _best_path(role_row("I-actor", 0.9)[None]) != [ROLE_LABELS.index("I-actor")]


row = st.lists(st.floats(0, 1, width=32), min_size=len(ROLE_LABELS), max_size=len(ROLE_LABELS))


@given(st.lists(row, min_size=1, max_size=6))
def test_the_path_is_allowed_and_none_that_is_allowed_is_likelier(rows: list[list[float]]) -> None:
    roles = np.asarray(rows, dtype=np.float32)
    path = _best_path(roles)
    assert len(path) == len(rows)
    for before, label in zip([0, *path], path, strict=False):
        assert label in (0, 1, 3) or before in (label - 1, label)
    logs = np.log(np.maximum(roles, 1e-9))
    greedy: list[int] = []
    for line in logs:
        allowed = [k for k in range(5) if k in (0, 1, 3) or (greedy and greedy[-1] in (k - 1, k))]
        greedy.append(max(allowed, key=lambda k, line=line: line[k]))
    total = [sum(logs[n, k] for n, k in enumerate(p)) for p in (path, greedy)]
    assert total[0] >= total[1] - 1e-3
