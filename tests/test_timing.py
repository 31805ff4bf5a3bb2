"""When statements were made: by the model's words, by the clause of the cue, by going on."""

from __future__ import annotations

from typing import Any

import pytest

from onrecord.records import Interval, Statement, Venue
from onrecord.sources.raw import RawDocument
from onrecord.text import read_text
from onrecord.timing import UNREAD, Timed, date_statements
from tests.factory import span, stmt


def timed(text: str, *statements: Statement, published: str | None = "2025-06-23") -> Timed:
    return date_statements(read_text(RawDocument(data=text, published=published)), statements)


def day(text: str, *content: str, **fields: Any) -> str | None:
    said_on = timed(text, stmt(text, *content, **fields)).statements[0].said_on
    return said_on.from_ if said_on else None


def given(text: str, words: str) -> Interval:
    return Interval(from_=None, to=None, precision=None, expression=span(text, words))


def test_the_models_expression_becomes_days() -> None:
    text = "Orla Venn said over the weekend that the mill would stay shut."
    saying = stmt(
        text,
        "that the mill would stay shut",
        source="Orla Venn",
        cue="said",
        said_on=given(text, "the weekend"),
    )
    said_on = timed(text, saying).statements[0].said_on
    assert said_on is not None
    assert (said_on.from_, said_on.to, said_on.precision) == ("2025-06-21", "2025-06-22", "day")


@pytest.mark.parametrize(
    ("text", "content", "found"),
    [
        (
            "Orla Venn said Friday that the mill of 3 May was shut.",
            "that the mill of 3 May was shut",
            "2025-06-20",
        ),
        ("Orla Venn on Friday said that the mill was shut.", "that the mill was shut", "2025-06-20"),
        ("On Friday, Orla Venn said that the mill was shut.", "that the mill was shut", "2025-06-20"),
        (
            "At a fair in Port Lerin on Friday, Orla Venn said that it was shut.",
            "that it was shut",
            "2025-06-20",
        ),
        (
            "Orla Venn said in a letter on Friday that the mill was shut.",
            "that the mill was shut",
            "2025-06-20",
        ),
        ("Earlier this year, Orla Venn said that the mill was shut.", "that the mill was shut", "2025-01-01"),
        ("Orla Venn said that the mill was shut on Friday.", "that the mill was shut on Friday", None),
        (
            "After the fire of Friday had died and the roof fell in, Orla Venn said it was shut.",
            "it was shut",
            None,
        ),
    ],
)
def test_a_date_in_the_clause_of_the_cue_is_the_statements(
    text: str, content: str, found: str | None
) -> None:
    assert day(text, content, source="Orla Venn", cue="said") == found


def test_a_date_before_the_name_of_a_paper_says_when_it_was_issued() -> None:
    text = "“It is shut,” Orla Venn said in a May 3 statement."
    venue = Venue(
        **{name: getattr(span(text, "in a May 3 statement"), name) for name in ("start", "end", "text")}
    )
    assert day(text, "“It is shut,”", source="Orla Venn", cue="said", venue=venue) == "2025-05-03"


def test_what_is_still_to_be_said_is_in_the_future() -> None:
    text = "Orla Venn will announce on Friday that the mill is shut."
    assert day(text, "that the mill is shut", source="Orla Venn", cue="announce") == "2025-06-27"


def test_an_expression_inside_what_was_said_is_not_when_it_was_said() -> None:
    text = "Orla Venn said that the mill was shut on Friday."
    saying = stmt(
        text,
        "that the mill was shut on Friday",
        source="Orla Venn",
        cue="said",
        said_on=given(text, "Friday"),
    )
    assert timed(text, saying).statements[0].said_on is None


def test_without_a_documents_date_the_expression_is_kept_and_its_days_are_open() -> None:
    text = "Orla Venn said Friday that the mill was shut."
    found = timed(text, stmt(text, "that the mill was shut", source="Orla Venn", cue="said"), published=None)
    assert found.statements[0].said_on == given(text, "Friday")
    assert found.notes == ()


def test_an_expression_that_cannot_be_read_is_kept_with_a_note() -> None:
    text = "Orla Venn said during Ramadan that the mill was shut."
    saying = stmt(
        text, "that the mill was shut", source="Orla Venn", cue="said", said_on=given(text, "Ramadan")
    )
    found = timed(text, saying)
    assert found.statements[0].said_on == given(text, "Ramadan")
    assert [(note.code, note.statement) for note in found.notes] == [(UNREAD, saying.id)]


def test_what_goes_on_in_one_sentence_has_the_date_of_its_beginning() -> None:
    text = "Orla Venn on Friday condemned the fire, calling it a crime. Orla Venn said it would rain."
    venn = {"speaker": "local:orla-venn"}
    first = stmt(text, "the fire", source="Orla Venn", cue="condemned")
    second = stmt(text, "it a crime", cue="calling", **venn)
    third = stmt(text, "it would rain", source="Orla Venn", cue="said")
    days = [s.said_on.from_ if s.said_on else None for s in timed(text, first, second, third).statements]
    assert days == ["2025-06-20", "2025-06-20", None]


def test_another_speaker_does_not_take_over_the_date() -> None:
    text = "Orla Venn on Friday condemned the fire, and Tomas Brandt called it a crime."
    first = stmt(text, "the fire", source="Orla Venn", cue="condemned")
    second = stmt(text, "it a crime", source="Tomas Brandt", cue="called")
    assert timed(text, first, second).statements[1].said_on is None
