"""The conditional random field, against the sum over all paths written out."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from onrecord.crf import best_paths, marginals


def chain(seed: int, words: int, labels: int = 3) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    transitions = rng.normal(size=(labels, labels)).astype(np.float32)
    transitions[0, 2] = -1e4  # what may not follow
    return rng.normal(size=(words, labels)).astype(np.float32), transitions


def weight(scores: np.ndarray, transitions: np.ndarray, path: tuple[int, ...]) -> float:
    steps = transitions[0, path[0]] + sum(transitions[a, b] for a, b in itertools.pairwise(path))
    return float(steps + sum(scores[t, label] for t, label in enumerate(path)))


@pytest.mark.parametrize("seed", range(8))
def test_paths_and_probabilities_equal_those_of_all_paths_written_out(seed: int) -> None:
    scores, transitions = chain(seed, 5)
    paths = list(itertools.product(range(3), repeat=5))
    weights = np.array([weight(scores, transitions, p) for p in paths])
    chances = np.exp(weights - weights.max())
    chances /= chances.sum()
    expected = np.zeros((5, 3))
    for path, chance in zip(paths, chances, strict=True):
        expected[np.arange(5), path] += chance
    mask = np.ones((1, 5), dtype=bool)
    assert tuple(best_paths(scores[None], mask, transitions)[0]) == paths[int(weights.argmax())]
    np.testing.assert_allclose(marginals(scores[None], mask, transitions)[0], expected, atol=1e-4)


def test_padding_behind_a_sequence_changes_nothing() -> None:
    short, transitions = chain(1, 4)
    long, _ = chain(2, 9)
    both = np.zeros((2, 9, 3), dtype=np.float32)
    both[0, :4], both[1] = short, long
    mask = np.arange(9)[None] < np.array([[4], [9]])
    alone = np.ones((1, 4), dtype=bool)
    assert (
        best_paths(both, mask, transitions)[0, :4] == best_paths(short[None], alone, transitions)[0]
    ).all()
    np.testing.assert_allclose(
        marginals(both, mask, transitions)[0, :4], marginals(short[None], alone, transitions)[0], atol=1e-5
    )


def test_a_forbidden_step_is_never_taken() -> None:
    scores = np.zeros((1, 3, 3), dtype=np.float32)
    scores[..., 2] = 5.0
    transitions = np.zeros((3, 3), dtype=np.float32)
    transitions[0, 2] = -1e4
    path = best_paths(scores, np.ones((1, 3), dtype=bool), transitions)[0]
    assert tuple(path) == (1, 2, 2)
