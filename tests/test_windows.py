"""How a document is cut into the windows that the encoder reads."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from onrecord.windows import MOST_PIECES, Window, pack_windows


def test_whole_units_are_packed_and_the_end_of_the_last_window_comes_back_as_context() -> None:
    units = [(0, 4), (4, 6), (6, 10)]
    assert list(pack_windows(units, [1] * 10, pieces=6, context=2)) == [Window(0, 0, 6), Window(4, 6, 10)]


def test_context_never_reaches_over_words_that_are_not_read() -> None:
    assert list(pack_windows([(0, 2), (5, 8)], [1] * 8, pieces=3, context=2)) == [
        Window(0, 0, 2),
        Window(5, 5, 8),
    ]


def test_a_unit_longer_than_the_encoder_is_cut_between_words() -> None:
    windows = list(pack_windows([(0, 2000)], [1] * 2000, pieces=100, context=0))
    assert len(windows) > 4
    assert max(w.last - w.first for w in windows) <= MOST_PIECES


@given(st.lists(st.integers(1, 40), max_size=30), st.integers(1, 3), st.integers(10, 120), st.integers(0, 30))
def test_every_word_is_in_the_own_part_of_exactly_one_window(
    lengths: list[int], size: int, pieces: int, context: int
) -> None:
    bounds = [0]
    for length in lengths:
        bounds.append(bounds[-1] + length)
    units = list(pairwise(bounds))
    windows = list(pack_windows(units, [size] * bounds[-1], pieces=pieces, context=context))
    assert [w for window in windows for w in range(window.own, window.last)] == list(range(bounds[-1]))
    assert all(window.first <= window.own for window in windows)
    assert all((window.own - window.first) * size <= context for window in windows)
