"""Newsrooms taken for speakers: whom they carry is the source, they are the relay."""

from __future__ import annotations

import pytest

from onrecord.newsrooms import find_voice
from onrecord.records import Mention, Span, Statement
from onrecord.sources.raw import RawDocument
from onrecord.text import read_text

SHOWN = frozenset({"harbour herald"})


def reported(text: str, source: str, content: str) -> Statement:
    at, first, cue = text.index(source), text.index(content), text.casefold().index("according to")
    return Statement(
        id="0",
        source=Mention(start=at, end=at + len(source), text=source, form="nominal"),
        cue=Span(start=cue, end=cue + 12, text=text[cue : cue + 12]),
        content=(Span(start=first, end=first + len(content), text=content),),
        mode="indirect",
        confidence=0.9,
    )


def voice(text: str, source: str, content: str) -> Statement:
    stmt = reported(text, source, content)
    return find_voice(read_text(RawDocument(data=text)), stmt, [stmt], SHOWN)


@pytest.mark.parametrize(
    ("text", "source", "content", "who", "cue", "left"),
    [
        (
            "According to Reuters, officials have reported forty leaks.",
            "Reuters", "officials have reported forty leaks", "officials", "have reported", "forty leaks",
        ),
        (
            "According to the Harbour Herald, Ilse Marr said, \"It holds.\"",
            "Harbour Herald", "Ilse Marr said, \"It holds.\"", "Ilse Marr", "said", "\"It holds.\"",
        ),
        (
            "“The pier holds,” he said, according to the Reuters news agency.",
            "the Reuters news agency", "“The pier holds,” he said", "he", "said", "“The pier holds,”",
        ),
        (
            "“The pier holds,” the harbour council said, according to Reuters.",
            "Reuters", "“The pier holds,”", "the harbour council", "said", "“The pier holds,”",
        ),
    ],
)  # fmt: skip
def test_whom_a_newsroom_carries_is_the_source_and_it_relays(text, source, content, who, cue, left):
    found = voice(text, source, content)
    assert found.source is not None
    assert found.cue is not None
    assert (found.source.text, found.cue.text, found.content[0].text) == (who, cue, left)
    assert [m.text for m in found.via] == [source]
    assert found.id != "0"


@pytest.mark.parametrize(
    ("text", "source", "content"),
    [
        ("According to Reuters, forty boats leaked.", "Reuters", "forty boats leaked"),
        ("According to Ilse Marr, officials said it leaked.", "Ilse Marr", "officials said it leaked"),
        (
            "According to Reuters, the dam that they said leaked fell.",
            "Reuters",
            "the dam that they said leaked fell",
        ),
    ],
)
def test_a_newsroom_that_carries_nobody_stays_the_source(text, source, content):
    stmt = reported(text, source, content)
    assert voice(text, source, content) == stmt


def test_a_saying_that_is_a_statement_already_is_not_read_twice():
    text = "According to Reuters, officials said it leaked."
    outer = reported(text, "Reuters", "officials said it leaked")
    at = text.index("said")
    inner = Statement(
        id="1",
        cue=Span(start=at, end=at + 4, text="said"),
        content=outer.content,
        mode="indirect",
        confidence=0.9,
    )
    assert find_voice(read_text(RawDocument(data=text)), outer, [outer, inner], SHOWN) == outer


def test_a_report_in_a_newspaper_is_the_newspapers():
    found = voice(
        "According to a report in the Harbour Herald, Ilse Marr said it holds.",
        "a report in the Harbour Herald",
        "Ilse Marr said it holds",
    )
    assert found.source is not None
    assert (found.source.text, [m.text for m in found.via]) == ("Ilse Marr", ["the Harbour Herald"])
