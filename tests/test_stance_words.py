"""The words of a sentence as evidence of who is for or against whom, beside the encoder."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sample_relations import answering

from onrecord.encoder import MODEL_FOLDER
from onrecord.errors import ModelError
from onrecord.quotes import find_quotations
from onrecord.relation_labels import STANCES
from onrecord.stance_words import (
    BUCKETS,
    FILE,
    MIRRORED,
    StanceWords,
    features,
    find_stance_words,
    segments,
)
from onrecord.words import read_words

TEXT = "On Monday Marr sharply scolded Ostrow over fishing."
MARR, OSTROW = (10, 14), (31, 37)
PRAISE = TEXT.replace("scolded", "praised")


def weighing(**told: str) -> StanceWords:
    """Weights by which a word between the two, and nothing else, tells a stance."""
    weights = np.zeros((BUCKETS, len(STANCES)), dtype=np.int8)
    idle = {int(b) for b in features("Marr met Ostrow", (0, 4), (9, 15))[0]}
    for word, stance in told.items():
        buckets = features(f"Marr {word} Ostrow", (0, 4), (5 + len(word) + 1, 5 + len(word) + 7))[0]
        weights[[b for b in buckets if b not in idle], STANCES.index(stance)] = 100
    ones = np.ones(len(STANCES), dtype=np.float32)
    return StanceWords(weights, ones, 0 * ones)


def best(found: np.ndarray) -> str:
    return STANCES[int(found.argmax())]


def test_every_stance_has_its_counterpart_for_the_other_one() -> None:
    assert [STANCES[n] for n in MIRRORED] == ["neutral", "pos_q2p", "neg_q2p", "pos_p2q", "neg_p2q"]


def test_the_participants_are_masked_and_the_words_between_them_count_twice() -> None:
    assert segments(TEXT, MARR, OSTROW) == {
        "all": ["on", "monday", "<1>", "sharply", "scolded", "<2>", "over", "fishing"],
        "between": ["sharply", "scolded", "<2>"],
    }


def test_nobodys_name_is_a_feature() -> None:
    other = TEXT.replace("Marr", "Quill").replace("Ostrow", "Brandt")
    for found, same in zip(features(TEXT, MARR, OSTROW), features(other, (10, 15), (32, 38)), strict=True):
        assert found.tolist() == same.tolist()


def test_the_features_are_the_same_in_every_process() -> None:
    buckets, values = features("A b", (0, 1), (2, 3))
    assert buckets.tolist() == [25745, 79698, 125909, 38374]
    assert values.tolist() == pytest.approx([3**-0.5] * 3 + [1.0])


def test_words_tell_a_stance_and_which_way_it_goes() -> None:
    words = weighing(scolded="neg_p2q", praised="pos_p2q")
    assert best(words.probabilities(TEXT, MARR, OSTROW)) == "neg_p2q"
    assert best(words.probabilities(TEXT, OSTROW, MARR)) == "neg_q2p"
    assert best(words.probabilities(PRAISE, OSTROW, MARR)) == "pos_q2p"


PLACES = st.tuples(st.integers(-2, 60), st.integers(0, 9)).map(lambda x: (x[0], x[0] + x[1]))


@given(PLACES, PLACES)
def test_asked_the_other_way_round_the_words_give_the_mirrored_answer(
    p: tuple[int, int], q: tuple[int, int]
) -> None:
    words = find_stance_words(MODEL_FOLDER)
    assert words is not None
    one, other = words.probabilities(TEXT, p, q), words.probabilities(TEXT, q, p)
    assert one.sum() == pytest.approx(1, abs=1e-5)
    if p != q:
        assert one[list(MIRRORED)].tolist() == other.tolist()


def test_an_even_answer_takes_over_what_the_words_say_and_a_sure_one_keeps_its_own() -> None:
    words = weighing(scolded="neg_p2q")
    even = np.full(len(STANCES), 1 / len(STANCES), dtype=np.float32)
    added = words.added_to(even, TEXT, MARR, OSTROW, weight=1.0)
    np.testing.assert_allclose(added, words.probabilities(TEXT, MARR, OSTROW), atol=1e-5)
    np.testing.assert_allclose(words.added_to(even, TEXT, MARR, OSTROW, weight=0.0), even, atol=1e-6)
    sure = np.asarray([1, 0, 0, 0, 0], dtype=np.float32)
    nothing = weighing()
    assert nothing.added_to(sure, TEXT, MARR, OSTROW)[0] == pytest.approx(1, abs=1e-4)


def test_the_relation_model_counts_the_words_where_it_has_them() -> None:
    relations = answering(TEXT)
    without = relations.stance_given(TEXT, MARR, OSTROW)
    assert max(without, key=lambda s: without[s]) == "neutral"
    relations.stance_words = weighing(scolded="neg_p2q")
    with_them = relations.stance_given(TEXT, MARR, OSTROW)
    assert sum(with_them.values()) == pytest.approx(1, abs=1e-5)
    assert with_them["neg_p2q"] > without["neg_p2q"]


def test_only_the_words_of_the_sentence_count() -> None:
    relations = answering(TEXT)
    relations.stance_words = weighing(scolded="neg_p2q")
    text = f"Brandt praised Lerin. {TEXT} Quill praised both."
    words = read_words(text, [(0, len(text))], find_quotations(text), relations.vocabulary)
    shift = text.index(TEXT)
    first, last = (int(n) for n in np.searchsorted(words.starts, (shift, shift + len(TEXT))))
    p, q = ((a + shift, b + shift) for a, b in (MARR, OSTROW))
    found = relations.stance_between(text, words, first, last, p, q)
    assert found == pytest.approx(relations.stance_given(TEXT, MARR, OSTROW), abs=1e-6)


def test_without_their_weights_the_words_are_left_out(tmp_path: Path) -> None:
    assert find_stance_words(tmp_path) is None


@pytest.mark.parametrize("damage", [b"", b"PK\x03\x04 and no more"])
def test_damaged_weights_are_named(tmp_path: Path, damage: bytes) -> None:
    (tmp_path / FILE).write_bytes(damage)
    with pytest.raises(ModelError, match=r"stance_words\.npz.*reinstall onrecord"):
        find_stance_words(tmp_path)


def test_the_shipped_weights_know_plain_words() -> None:
    words = find_stance_words(MODEL_FOLDER)
    assert words is not None
    assert words.weights.shape == (BUCKETS, len(STANCES))
    assert (MODEL_FOLDER / FILE).stat().st_size < 1_500_000
    accused = words.probabilities("Marr accused Ostrow of lying.", (0, 4), (13, 19))
    assert best(accused) == "neg_p2q"
    assert best(words.probabilities("Marr praised Ostrow for it.", (0, 4), (13, 19))) == "pos_p2q"
