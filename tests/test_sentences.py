"""Paragraphs and sentences: golden pairs in tests/cases/sentences, then what must hold of any text at all."""

import re
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.sentences import find_paragraphs, find_sentences
from onrecord.wrapping import unwrapped

CASES = Path(__file__).parent / "cases" / "sentences"
MARKS = [*"“”\"'’‘….!?,)(—", "...", "[1]", " ", "  ", "\xa0", "\t", "\n", "\r\n", "\u2028", "\ufeff", "\0"]
WORDS = ["U.S.", "Mr.", "No.", "5", "He", "said", "it", "I", "Kell", "asked", "p.m."]
NEWSLIKE = st.lists(st.sampled_from(MARKS + WORDS)).map("".join)
ANY_TEXT = st.text() | NEWSLIKE


def read_cases():
    for file in sorted(CASES.glob("*.txt")):
        for block in re.split(r"\n\s*\n", file.read_text(encoding="utf-8")):
            lines = [line for line in block.splitlines() if line.strip() and not line.startswith("#")]
            if lines:
                text, *expected = (line.strip().replace("\\n", "\n") for line in lines)
                yield pytest.param(text, expected, id=f"{file.stem}: {text[:40]}")


def sentences_of(text):
    return [text[start:end] for start, end in find_sentences(text)]


@pytest.mark.parametrize(("text", "expected"), list(read_cases()))
def test_sentences_are_those_of_the_case_files(text, expected):
    assert sentences_of(text) == expected


def test_every_case_file_holds_cases():
    assert len(list(read_cases())) >= 30


def test_paragraphs_end_at_any_line_end_and_have_no_space_around_them():
    text = "One.\r\n\r\n  Two. \u2028Three.\u2029Four.\x85\tFive.\rSix.\n \n"
    assert [text[a:b] for a, b in find_paragraphs(text)] == [
        "One.",
        "Two.",
        "Three.",
        "Four.",
        "Five.",
        "Six.",
    ]


def test_sentences_of_a_paragraph_stay_inside_it():
    text = "Before. Here it is. And here. After."
    assert [text[a:b] for a, b in find_sentences(text, 8, 29)] == ["Here it is.", "And here."]


def test_an_odd_number_of_marks_costs_no_sentence():
    text = '"We go. "We stay. "We wait," he said. The rest is silence.'
    assert sentences_of(text)[-1] == "The rest is silence."


@given(ANY_TEXT)
def test_paragraphs_hold_every_character_that_is_not_space(text):
    paragraphs = find_paragraphs(text)
    assert "".join(text[a:b] for a, b in paragraphs).split() == text.split() or _bare(
        text, paragraphs
    ) == _bare(text)
    assert all(text[a:b] == text[a:b].strip() and a < b for a, b in paragraphs)


@given(ANY_TEXT)
def test_sentences_are_ordered_disjoint_and_cover_what_is_not_space(text):
    for start, end in find_paragraphs(text):
        sentences = find_sentences(text, start, end)
        edges = [edge for sentence in sentences for edge in sentence]
        assert edges == sorted(edges)
        assert edges[0] == start
        assert edges[-1] == end
        assert _bare(text, sentences) == _bare(text[start:end])
        assert all(a < b and text[a:b] == text[a:b].strip() for a, b in sentences)


@given(ANY_TEXT)
def test_no_sentence_is_a_lone_mark_beside_others(text):
    for paragraph in find_paragraphs(text):
        sentences = find_sentences(text, *paragraph)
        assert len(sentences) == 1 or all(any(map(str.isalnum, text[a:b])) for a, b in sentences)


@given(ANY_TEXT)
def test_unwrapping_keeps_every_offset(text):
    prose = unwrapped(text)
    assert len(prose) == len(text)
    assert all(a == b or (a.isspace() and b == " ") for a, b in zip(text, prose, strict=True))


WRAPPED = (
    "The foreign minister of Norland said on Tuesday that the strait would\n"
    "stay open “as long as anyone wishes to sail through it. We have no\n"
    "other plan,” and that ships would be told of every exercise in advance.\n"
    "\n"
    "His colleague in the south, who had asked for a meeting three times,\n"
    "called the promise late but welcome, and said that it would be put to\n"
    "the test by the first tanker of the week.\n"
)


def test_hard_wrapped_lines_are_one_paragraph():
    prose = unwrapped(WRAPPED)
    assert len(find_paragraphs(prose)) == 2
    assert len(find_sentences(prose, *find_paragraphs(prose)[0])) == 2


def test_lines_that_are_paragraphs_are_left_alone():
    text = (
        "The strait stays open, he said.\nShips will be told.\nTalks go on in the capital.\nA vote follows.\n"
    )
    assert unwrapped(text) == text


@pytest.mark.parametrize(
    "unit",
    ["He said no. ", "“No. ", '. " ', ". ", ".", '" ', "…”", "? \u2003", "a.b.", "[1]", "... ", "“", ".”"],
)  # fmt: skip
def test_time_grows_with_length_and_not_with_its_square(unit):
    """A text of 300,000 characters takes a second at most; one quadratic step would take many minutes."""
    text = unit * (300_000 // len(unit))
    began = time.process_time()
    for paragraph in find_paragraphs(unwrapped(text)):
        find_sentences(text, *paragraph)
    assert time.process_time() - began < 10


def _bare(text, offsets=None):
    pieces = [text] if offsets is None else [text[a:b] for a, b in offsets]
    return [c for piece in pieces for c in piece if not c.isspace()]
