"""500-word sentences, lists and flattened tables: read without a crash, in linear time, spans verified."""

from __future__ import annotations

import time

import pytest

from onrecord.pipeline import Engine, read
from onrecord.records import Reading
from onrecord.sources.raw import RawDocument
from onrecord.verify import verify_reading

STATES = ("Tarvia", "Kessaria", "Orvania", "Belmark", "Lumeria", "Sardovia", "Valdrea", "Halvenia")
DEEDS = (
    "had shelled the port of {}",
    "had expelled two diplomats of {}",
    "had asked {} for a loan",
    "had met the envoys of {} in Brenn",
    "had condemned the raid on {}",
    "had sent grain to {}",
)
STEEP = 8
"""Four times the text may take at most this many times as long; in quadratic time it would take 16 times."""


def clauses(count: int) -> list[str]:
    """As many clauses, each with who did what to whom."""
    return [
        f"{STATES[n % 8]} {DEEDS[n % 6].format(STATES[(n // 8 + n + 1) % 8])} on the {n % 28 + 1}th of May"
        for n in range(count)
    ]


def sentence(count: int) -> str:
    """One sentence of as many clauses, twelve words each, between commas."""
    return "The clerk wrote that " + ", that ".join(clauses(count)) + "."


def bullets(count: int) -> str:
    return "\n".join(f"- {clause}" for clause in clauses(count))


def table(count: int) -> str:
    """A table flattened to one line: cells between bars, no sentence anywhere."""
    return " | ".join(f"{n} | {clause} | {n * 7 % 90}.{n % 10}" for n, clause in enumerate(clauses(count)))


def columns(count: int) -> str:
    """A table flattened to lines of figures, with a word or two that look like events."""
    return "\n".join(f"{STATES[n % 8]}\tstrike {n}\tattack {n % 9}\t{n * 13 % 100}.0" for n in range(count))


SHAPES = {"sentence": sentence, "bullets": bullets, "table": table, "columns": columns}
ODD = {
    "nothing but marks": "| | | --- | ; ; ; ...",
    "one word": "Attack",
    "capitals without an end": "TARVIA SHELLS PORT KESSARIA VOWS ANSWER " * 40,
    "a word of 5,000 letters": "Tarvia bombed " + "x" * 5000 + " on Monday.",
    "a list in one sentence": "Tarvia, " * 400 + "and Kessaria met in Brenn.",
    "brackets that never close": "Tarvia (bombed [the (port " * 60,
    "quotation marks that never close": 'Tarvia "bombed the port, "he said, "and "' * 40,
    "letters spaced out": " ".join("Tarvia bombed the port of Kessaria. ") * 20,
    "a text of one line cut in words": "Tarvia bom-\nbed the po-\nrt of Kes-\nsaria. " * 20,
}


def read_text(engine: Engine, text: str) -> Reading:
    return read(RawDocument(data=text, published="2031-05-02"), engine=engine)


@pytest.mark.parametrize("text", [pytest.param(text, id=name) for name, text in ODD.items()])
def test_odd_text_is_read_and_every_span_verifies(engine: Engine, text: str) -> None:
    assert list(verify_reading(read_text(engine, text))) == []


@pytest.mark.parametrize("shape", SHAPES)
def test_long_text_is_read_and_every_event_lies_in_its_sentence(engine: Engine, shape: str) -> None:
    text = SHAPES[shape](60)
    reading = read_text(engine, text)
    assert reading.document.text == text
    assert list(verify_reading(reading)) == []
    for event in reading.events:
        assert event.sentence.start <= event.trigger.start < event.trigger.end <= event.sentence.end
        assert event.actor or event.recipient


def test_a_table_of_figures_holds_no_event(engine: Engine) -> None:
    assert read_text(engine, columns(24)).events == ()


def test_the_sentence_of_500_words_is_one_sentence() -> None:
    assert len(sentence(45).split()) >= 500
    assert sentence(45).count(".") == 1


@pytest.mark.parametrize("shape", SHAPES)
def test_four_times_the_text_takes_no_quadratic_time(engine: Engine, shape: str) -> None:
    def spent(count: int) -> float:
        """Processor seconds: what other programs do at the same time does not count."""
        text = SHAPES[shape](count)
        begun = time.process_time()
        read_text(engine, text)
        return time.process_time() - begun

    spent(2)  # tables and weights are loaded on first use
    short, long = min(spent(24), spent(24)), spent(96)
    assert long < STEEP * max(short, 0.05)  # below that it is the clock that is measured
