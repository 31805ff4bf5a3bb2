"""Quotation marks of every kind, and what a lost one costs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.quotes import find_quotations

MARKS = "“”„«»‘’'\"`"


def quoted(text: str) -> list[str]:
    return [text[q.start : q.end] for q in find_quotations(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("She said “no,” then “yes.”", ["“no,”", "“yes.”"]),
        ('She said "no," then "yes."', ['"no,"', '"yes."']),
        ("She said ''no,'' then ''yes.''", ["''no,''", "''yes.''"]),
        ("She said 'no,' then 'yes'.", ["'no,'", "'yes'"]),
        ("Er rief „nein“ und ging.", ["„nein“"]),
        ("“He told me ‘never’ twice,” she said.", ["“He told me ‘never’ twice,”"]),
        ("‘He told me “never” twice,’ she said.", ["‘He told me “never” twice,’"]),
        ("The minister's aides' cars won't start.", []),
        ("He called it 'the officials' folly' and left.", ["'the officials' folly'"]),
        ("Rock 'n' roll in the '90s, 'til dawn.", []),
        ("A 6\" pipe and a 5' plank.", []),
        ("It stood ready “to help“ at once.", ["“to help“"]),
        ("(“No comment”) was all.", ["“No comment”"]),
    ],
)
def test_outermost_quotations_are_found_with_their_marks(text: str, expected: list[str]) -> None:
    assert quoted(text) == expected


def test_an_unclosed_quotation_runs_to_the_end_of_its_paragraph_only() -> None:
    text = "“We will wait.\n“We will not beg,” Orlova said."
    found = find_quotations(text)
    assert [text[q.start : q.end] for q in found] == ["“We will wait.", "“We will not beg,”"]
    assert [q.closed for q in found] == [False, True]


def test_a_stray_closing_mark_opens_nothing() -> None:
    assert quoted("We left.” Then “it rained.”") == ["“it rained.”"]


def test_the_kind_is_that_of_the_outer_marks() -> None:
    assert [q.kind for q in find_quotations("‘A “b” c’ and “d ‘e’ f”")] == ["single", "double"]


@given(st.text(alphabet=st.sampled_from(list(MARKS + "ab s.,\n—")), max_size=60) | st.text(max_size=60))
def test_quotations_of_any_text_are_ordered_disjoint_and_within_one_paragraph(text: str) -> None:
    end = 0
    for q in find_quotations(text):
        assert end <= q.start < q.end <= len(text)
        assert "\n" not in text[q.start : q.end]
        end = q.end


def test_many_apostrophes_take_time_in_proportion_to_their_number() -> None:
    assert find_quotations("it's 'a " * 50_000) is not None
