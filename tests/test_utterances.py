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


def talked(words: str, first: dict[str, str], second: dict[str, str]) -> list[Statement]:
    """Two statements of a text, and what comes of them: keys are the parts, values the words."""
    made = []
    for number, parts in enumerate((first, second)):
        where = parts.get("venue")
        made.append(
            Statement(
                id=str(number),
                source=mention(words, parts["source"]),
                speaker=parts.get("speaker", "a1"),
                cue=span(words, parts["cue"]),
                content=(span(words, parts["content"]),),
                venue=Venue(start=words.index(where), end=words.index(where) + len(where), text=where)
                if where
                else None,
                via=(mention(words, parts["via"]),) if "via" in parts else (),
                addressee=mention(words, parts["addressee"]) if "addressee" in parts else None,
                mode=parts.get("mode", "indirect"),
                confidence=1.0,
            )
        )
    return list(continue_utterances(read_text(RawDocument(data=words, origin="case")), made))


def test_the_very_words_right_behind_come_through_whom_it_was_told() -> None:
    words = 'Ilse Marr told the Herald that it held. "I swear it," she said.'
    first = {
        "source": "Ilse Marr",
        "cue": "told",
        "content": "that it held",
        "via": "the Herald",
        "addressee": "the Herald",
    }
    got = talked(words, first, {"source": "she", "cue": "said", "content": '"I swear it,"', "mode": "direct"})
    assert [m.text for m in got[1].via] == ["the Herald"]


def test_the_very_words_are_spoken_where_the_speaker_stood() -> None:
    words = 'Ilse Marr denied it at the airport. "It held," she said.'
    first = {"source": "Ilse Marr", "cue": "denied", "content": "it", "venue": "the airport"}
    got = talked(words, first, {"source": "she", "cue": "said", "content": '"It held,"', "mode": "direct"})
    assert got[1].venue == got[0].venue


def test_a_request_of_the_same_speaker_belongs_to_the_address() -> None:
    words = "In an address Ilse Marr praised the pilots. She urged them to rest."
    first = {"source": "Ilse Marr", "cue": "praised", "content": "the pilots", "venue": "an address"}
    got = talked(words, first, {"source": "She", "cue": "urged", "content": "to rest", "addressee": "them"})
    assert got[1].venue == got[0].venue


def test_a_document_that_speaks_is_on_no_occasion() -> None:
    words = "In a filing Ilse Marr denied it. The filing said two men had seen it."
    first = {"source": "Ilse Marr", "cue": "denied", "content": "it", "venue": "a filing"}
    got = talked(words, first, {"source": "The filing", "cue": "said", "content": "two men had seen it"})
    assert got[1].venue is None


def test_whoever_tells_the_crowd_speaks_at_the_rally_of_the_sentence_before() -> None:
    words = "The union called a strike at a rally. Ilse Marr told the crowd it held."
    first = {
        "source": "The union",
        "cue": "called",
        "content": "a strike",
        "venue": "a rally",
        "speaker": "a2",
    }
    got = talked(
        words, first, {"source": "Ilse Marr", "cue": "told", "content": "it held", "addressee": "the crowd"}
    )
    assert got[1].venue == got[0].venue


def test_whoever_is_asked_on_air_answers_there() -> None:
    words = "Asked on the evening news whether it held, Ilse Marr said it would."
    first = {
        "source": "the evening news",
        "cue": "Asked",
        "content": "whether it held",
        "venue": "the evening news",
        "speaker": "a2",
    }
    got = talked(words, first, {"source": "Ilse Marr", "cue": "said", "content": "it would"})
    assert got[1].venue == got[0].venue


def test_whoever_is_asked_anew_speaks_elsewhere() -> None:
    words = "In a column Ilse Marr said it held. Asked by a paper whether it did, she said it would."
    first = {"source": "Ilse Marr", "cue": "said", "content": "it held", "venue": "a column"}
    got = talked(words, first, {"source": "she", "cue": "said", "content": "it would"})
    assert got[1].venue is None


def test_one_source_asks_in_the_letter_in_which_it_blames() -> None:
    words = "In an email Ilse Marr blamed the board and asked them to write."
    first = {"source": "Ilse Marr", "cue": "blamed", "content": "the board", "venue": "an email"}
    second = {"source": "Ilse Marr", "cue": "asked", "content": "to write", "addressee": "them"}
    assert talked(words, first, second)[1].venue is not None


@pytest.mark.parametrize(
    ("cue", "where", "goes_on"),
    [
        ("denied", "a news conference", True),
        ("denied", "a statement", False),
        ("doubted", "a news conference", False),
        ("would not say", "a news conference", True),
        ("declined", "the back of a lorry at a rally in Brod", True),
        ("declined", "a letter", False),
    ],
)
def test_whoever_denies_right_after_is_still_where_people_met(cue: str, where: str, goes_on: bool) -> None:
    assert (carried(f"She {cue} the dam leaked.", cue=cue, where=where) == where) is goes_on


@pytest.mark.parametrize(("opening", "goes_on"), [("Asked why", True), ("Asked by a paper why", False)])
def test_a_question_is_answered_where_the_statement_before_was_made(opening: str, goes_on: bool) -> None:
    words = f"In a briefing Ilse Marr said it held. {opening}, she replied it had been built to."
    first = {"source": "Ilse Marr", "cue": "said", "content": "it held", "venue": "a briefing"}
    got = talked(words, first, {"source": "she", "cue": "replied", "content": "it had been built to"})
    assert (got[1].venue is not None) is goes_on
