"""Vocabularies of phrases: what is found in a text, and what is refused in a file."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.lexicon import Lexicon, read_phrase, read_phrases, read_words


def found(listed: str, text: str) -> list[str]:
    words = read_words(text)
    hits = Lexicon(read_phrases({"x": listed})).find(words)
    return [text[words[first].start : words[last - 1].end] for _, first, last in hits]


def test_a_phrase_is_found_whatever_its_capitals_and_hyphens() -> None:
    assert found("cease fire, truce", "The Cease-fire held; the TRUCE did not.") == ["Cease-fire", "TRUCE"]


def test_a_star_stands_for_the_rest_of_a_word() -> None:
    text = "They bombarded the fort; the bombardment, not the bomb, broke it."
    assert found("bombard*", text) == ["bombarded", "bombardment"]


def test_a_star_alone_stands_for_any_word() -> None:
    assert found("put * on a ship", "They put them on a ship.") == ["put them on a ship"]


def test_a_possessive_is_its_noun() -> None:
    assert found("council", "the council's vote") == ["council's"]


def test_words_in_the_middle_of_others_are_not_found() -> None:
    assert found("war", "The warden sold software.") == []


def test_a_comma_ends_a_clause_only_before_another() -> None:
    ends = [w.text for w in read_words("Guns, drums and flags, and he left.") if w.ends_clause]
    assert ends == [",", "."]


@pytest.mark.parametrize("phrase", ["", "  ", "ab*", "* ship"])
def test_a_phrase_that_would_fit_anything_is_refused(phrase: str) -> None:
    with pytest.raises(ValueError, match="is no phrase; write words"):
        read_phrase(phrase)


@given(st.text(max_size=80))
def test_words_lie_where_they_say_they_do(text: str) -> None:
    words = read_words(text)
    assert all(0 <= w.start < w.end <= len(text) for w in words)
    assert all(a.end <= b.start for a, b in pairwise(words))
