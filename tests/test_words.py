"""Words, wordpieces and surface features."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from onrecord.quotes import find_quotations
from onrecord.words import MARK, Vocabulary, read_words, shape_of

VOCABULARY = Vocabulary(
    ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "the", "bases", "##s", "base", "un", "##real", ".", "cafe"]
)


def test_a_word_is_split_into_the_longest_known_pieces_from_the_left() -> None:
    assert VOCABULARY.look_up("unreal")[0] == (8, 9)
    assert VOCABULARY.look_up("Bases")[0] == (5,)


def test_accents_and_case_do_not_change_the_pieces() -> None:
    assert VOCABULARY.look_up("CAFÉ")[0] == VOCABULARY.look_up("cafe")[0] == (11,)


def test_a_word_that_cannot_be_split_or_is_too_long_is_one_unknown_piece() -> None:
    assert VOCABULARY.look_up("xyz")[0] == (1,)
    assert VOCABULARY.look_up("un" * 60)[0] == (1,)


def test_shapes_tell_how_a_word_is_written() -> None:
    words = ["the", "Havana", "TASS", "McCone", "1962", "U2", "“", "U", "中"]
    assert [shape_of(w) for w in words] == [0, 1, 2, 3, 4, 5, MARK, 7, 0]


def test_words_keep_their_offsets_and_their_quotation_state() -> None:
    text = "He said “the bases.”"
    words = read_words(text, [(0, len(text))], find_quotations(text), VOCABULARY)
    assert [text[s:e] for s, e in zip(words.starts, words.ends, strict=True)] == text.replace(
        "“", "“ "
    ).replace(".”", " . ”").split()
    assert list(words.quotes) == [0, 0, 1, 1, 1, 1, 1]


def test_single_marks_are_a_state_of_their_own() -> None:
    text = "He said 'the bases.'"
    assert set(read_words(text, [(3, len(text))], find_quotations(text), VOCABULARY).quotes) == {0, 2}


@given(st.text(max_size=80))
def test_words_of_any_text_are_ordered_and_hold_no_space(text: str) -> None:
    words = read_words(text, [(0, len(text))], find_quotations(text), VOCABULARY)
    end = 0
    for start, stop in zip(words.starts, words.ends, strict=True):
        assert end <= start < stop <= len(text)
        assert not any(c.isspace() for c in text[start:stop])
        end = stop
    assert len(words) == len(words.starts) == len(words.shapes) == len(words.quotes)
