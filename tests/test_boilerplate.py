"""What is skipped, and above all what is not: golden lines in tests/cases/boilerplate, then their company."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.boilerplate import find_skipped, read_rules
from onrecord.quotes import find_quotations
from onrecord.sentences import find_paragraphs

CASES = Path(__file__).parent / "cases" / "boilerplate"
PROSE = "The foreign minister of Norland said on Monday that the strait would stay open to every flag."
HEADLINE = "NORLAND QUIET ON STRAIT AS ENVOYS WEIGH LEAVING"


def lines(name):
    read = (CASES / name).read_text(encoding="utf-8").splitlines()
    return [line for line in read if line.strip() and not line.startswith("#")]


def skipped(text, *, title=None):
    return find_skipped(text, find_paragraphs(text), find_quotations(text), title=title)


def reasons(*paragraphs, title=None):
    return [span.why for span in skipped("\n".join(paragraphs), title=title)]


@pytest.mark.parametrize("line", lines("skipped.txt"))
def test_lines_of_the_case_file_are_skipped_for_their_reason(line):
    why, words = line.split(maxsplit=1)
    assert [(span.why, span.text) for span in skipped(f"{PROSE}\n{words}\n{PROSE}")] == [(why, words)]


@pytest.mark.parametrize("line", lines("prose.txt"))
def test_prose_that_looks_like_boilerplate_is_read(line):
    assert reasons(PROSE, line, PROSE) == []


def test_every_rule_has_a_case():
    cases = [line.split(maxsplit=1) for line in lines("skipped.txt")]
    for rule in read_rules():
        assert any(rule.why == why and rule.fits(words) for why, words in cases), rule.pattern.pattern


def test_no_rule_is_longer_than_what_is_tried():
    assert max(rule.longest for rule in read_rules()) <= 400


def test_headline_in_capitals_between_paragraphs_is_skipped():
    assert reasons(PROSE, HEADLINE, PROSE, PROSE, PROSE) == ["related-headline"]


@pytest.mark.parametrize(
    "paragraphs",
    [
        pytest.param((HEADLINE, PROSE, PROSE, PROSE, PROSE), id="first line"),
        pytest.param(
            (PROSE, "He wrote on his page:", HEADLINE, PROSE, PROSE, PROSE),
            id="block quotation after a colon",
        ),
        pytest.param(
            (PROSE, "“He wrote as follows.", HEADLINE, PROSE, PROSE, PROSE), id="inside an open quotation"
        ),
        pytest.param(
            (PROSE, f"“{HEADLINE},” TORV SAID", PROSE, PROSE, PROSE), id="quotation with a speech verb"
        ),
        pytest.param((PROSE, HEADLINE + ".", PROSE, PROSE, PROSE), id="a sentence"),
        pytest.param((PROSE, "NATO AND EU", PROSE, PROSE, PROSE), id="too short to be one"),
        pytest.param((PROSE, HEADLINE, HEADLINE, HEADLINE), id="document written in capitals"),
    ],
)
def test_capitals_are_read_where_they_may_be_prose(paragraphs):
    assert reasons(*paragraphs) == []


def test_first_line_that_repeats_the_title_is_skipped():
    assert reasons("Norland’s  Strait Stays Open", PROSE, title="Norland's strait stays open") == ["title"]


@pytest.mark.parametrize(
    ("title", "first"),
    [
        ("Strait stays open", "Strait stays open."),
        ("Strait stays open", "The strait stays open"),
        (None, "Strait stays open"),
    ],
)
def test_first_line_that_is_not_the_title_to_the_letter_is_read(title, first):
    assert reasons(first, PROSE, title=title) == []


@pytest.mark.parametrize("before", [(), ("CAPE WIRE (invented)",)])
def test_the_headline_before_a_dateline_is_the_title(before):
    lines = (*before, "Norland opens the strait", "TORVIK, Oct. 18 - " + PROSE)
    assert [span.text for span in skipped("\n".join(lines))][-1:] == ["Norland opens the strait"]


@pytest.mark.parametrize("next_line", [PROSE, "Torvik is open, said the harbour master.", ""])
def test_a_first_line_without_a_dateline_behind_it_is_read(next_line):
    assert reasons("Norland opens the strait", next_line, PROSE) == []


def test_a_sentence_before_a_dateline_is_read():
    assert reasons("The strait is open again.", "TORVIK, Oct. 18 - " + PROSE) == []


def test_a_title_that_is_the_whole_text_is_read():
    assert reasons(PROSE, title=PROSE) == []


def test_a_title_that_quotes_somebody_with_a_speech_verb_is_read():
    line = "Torv says strait is “open”"
    assert reasons(line, PROSE, title=line) == []


@given(
    st.text()
    | st.lists(st.sampled_from([PROSE, HEADLINE, "By Ana Kroll", "“", "\n", ":", "Photo: x"])).map("\n".join)
)
def test_skipped_spans_are_whole_paragraphs_in_order(text):
    spans = skipped(text, title=text[:20])
    assert all(text[span.start : span.end] == span.text for span in spans)
    assert {(span.start, span.end) for span in spans} <= set(find_paragraphs(text))
    assert list(spans) == sorted(spans, key=lambda span: span.start)
