"""Utterances that go on under their occasion, once the speakers are known."""

from __future__ import annotations

import msgspec
import pytest
from factory import mention, span

from onrecord.records import Statement, Venue
from onrecord.sources.raw import RawDocument
from onrecord.text import read_text
from onrecord.utterances import continue_utterances

OPENING = "In a letter Ilse Marr asked for boats."


def carried(second: str, *, speaker: str = "a1", cue: str = "wrote", where: str = "a letter") -> str | None:
    """The venue of the second sentence's statement: "The premier wrote the dam leaked."."""
    whole = f"{OPENING.replace('a letter', where)} {second}"
    at = whole.rindex(cue)
    name = whole[len(whole) - len(second) : at].split(",")[-1].strip()
    first = Statement(
        id="1",
        source=mention(whole, "Ilse Marr"),
        speaker="a1",
        cue=span(whole, "asked for"),
        content=(span(whole, "boats"),),
        venue=Venue(start=3, end=3 + len(where), text=where),
        mode="indirect",
        confidence=1.0,
    )
    last = msgspec.structs.replace(
        first,
        id="2",
        source=mention(whole, name, whole[:at].count(name) - 1),
        speaker=speaker,
        cue=span(whole, cue, whole.count(cue) - 1),
        content=(span(whole, "the dam leaked"),),
        venue=None,
    )
    text = read_text(RawDocument(data=whole, origin="case"))
    got = continue_utterances(text, [first, last])[1].venue
    return got.text if got else None


def test_the_same_speaker_writes_on_in_the_same_letter() -> None:
    assert carried("The premier wrote the dam leaked.") == "a letter"


def test_another_speaker_has_no_part_in_the_letter() -> None:
    assert carried("The mayor wrote the dam leaked.", speaker="a2") is None


def test_a_sentence_at_another_time_is_another_occasion() -> None:
    assert carried("But on Saturday, the premier wrote the dam leaked.") is None


def test_a_sentence_further_on_is_left_alone() -> None:
    assert carried("It rained. The premier wrote the dam leaked.") is None


def test_a_town_is_no_occasion_that_goes_on() -> None:
    assert carried("The premier wrote the dam leaked.", where="Ostrow") is None


@pytest.mark.parametrize(("cue", "goes_on"), [("added", True), ("said", True), ("believes", False)])
def test_only_plain_words_of_saying_go_on(cue: str, goes_on: bool) -> None:
    assert (carried(f"The premier {cue} the dam leaked.", cue=cue) is not None) is goes_on
