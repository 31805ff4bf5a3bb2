"""The three measures of coreference, against values worked out by hand."""

from __future__ import annotations

from itertools import permutations

import msgspec
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.evaluation.coreference import (
    ClusteredText,
    Scorer,
    assign,
    b_cubed,
    ceaf_phi4,
    muc,
    of_one_part,
)

A, B, C, D, E = ((n, n + 1) for n in range(5))


def test_muc_counts_the_links_that_are_kept() -> None:
    assert muc([[A, B, C, D]], [[A, B], [C, D]]) == ((2, 3), (2, 2))
    assert muc([[A, B, C]], [[A, B], [D, E]]) == ((1, 2), (1, 2))


def test_b_cubed_weighs_each_mention() -> None:
    recall, precision = b_cubed([[A, B, C]], [[A, B], [C, D]])
    assert recall == (pytest.approx((4 + 1) / 3), 3)
    assert precision == (pytest.approx(2 + 0.5), 4)


def test_ceaf_pairs_each_cluster_once() -> None:
    recall, precision = ceaf_phi4([[A, B, C, D]], [[A, B], [C, D]])
    assert recall == (pytest.approx(2 / 3), 1)
    assert precision == (pytest.approx(2 / 3), 2)


def test_equal_clusters_score_a_hundred_in_whatever_order() -> None:
    scorer = Scorer()
    scorer.add([[A, B], [C, D]], [[D, C], [B, A], [E]])
    assert scorer.figures()["conll"] == 100


def test_what_is_mentioned_once_counts_on_neither_side() -> None:
    scorer = Scorer()
    scorer.add([[A], [B]], [[C]])
    assert scorer.figures()["mentions"] == {"P": 0.0, "R": 0.0, "F1": 0.0, "gold": 0}


def test_one_cluster_of_everything_is_punished_by_precision() -> None:
    scorer = Scorer()
    scorer.add([[A, B], [C, D]], [[A, B, C, D]])
    figures = scorer.figures()
    assert figures["muc"] == {"P": 66.7, "R": 100.0, "F1": 80.0}
    assert figures["b3"] == {"P": 50.0, "R": 100.0, "F1": 66.7}
    assert figures["ceaf4"] == {"P": 66.7, "R": 33.3, "F1": 44.4}
    assert figures["conll"] == pytest.approx((80 + 66.6667 + 44.4444) / 3, abs=0.01)


costs = st.integers(1, 5).flatmap(
    lambda m: st.lists(
        st.lists(st.integers(0, 9), min_size=m, max_size=m),
        min_size=1,
        max_size=5,
    )
)


@given(costs)
def test_the_pairing_is_the_cheapest_of_all(rows: list[list[int]]) -> None:
    cost = np.asarray(rows, dtype=float)
    found = [(n, k) for n, k in enumerate(assign(cost)) if k >= 0]
    assert len(found) == len({k for _, k in found}) == min(cost.shape)
    small = cost if cost.shape[0] <= cost.shape[1] else cost.T
    least = min(
        sum(small[n, k] for n, k in enumerate(chosen))
        for chosen in permutations(range(small.shape[1]), small.shape[0])
    )
    assert sum(cost[n, k] for n, k in found) == pytest.approx(least)


def test_the_part_dev_is_scored_alone_where_there_is_one() -> None:
    line = {"id": "a", "text": "", "mentions": []}
    texts = [msgspec.convert(line | {"split": part}, ClusteredText) for part in ("train", "dev", None)]
    assert of_one_part(texts) == [texts[1]]
    assert of_one_part(texts[:1]) == texts[:1]
