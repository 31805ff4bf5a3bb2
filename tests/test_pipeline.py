"""Reading with the real weights: what every reading promises, whatever the text."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import onrecord
from onrecord.errors import SourceError, UsageError
from onrecord.pipeline import Engine, read, read_many, reread
from onrecord.records import Reading
from onrecord.sources.raw import RawDocument
from onrecord.verify import verify_reading

NEWS = (
    "The harbour at Port Lerin will stay shut, Transport Minister Ilse Varga said on Monday.\n"
    "“We have no choice,” she told reporters. “The ice is too thick.”\n"
    "Her deputy, Tomas Brandt, denied that the closure would last until spring."
)
words = st.sampled_from(
    ["Varga", "said", "“", "”", '"', "'", "that", "the", "ice", ".", ",", "\n", " ", "told", "he", "—"]
)


def test_news_is_read_into_statements_with_their_speakers(engine: Engine) -> None:
    reading = read(RawDocument(data=NEWS), engine=engine)
    said = {s.cue.text if s.cue else None: s for s in reading.statements}
    names = {a.id: a.name for a in reading.actors}
    assert said["said"].content[0].text == "The harbour at Port Lerin will stay shut"
    assert names[said["said"].speaker or ""] == "Ilse Varga"
    assert said["told"].mode == "direct"
    assert names[said["told"].speaker or ""] == "Ilse Varga"
    assert names[said["denied"].speaker or ""] == "Tomas Brandt"


@settings(max_examples=60)
@given(st.text(max_size=200) | st.lists(words, max_size=80).map(" ".join))
@example("a")
@example("“" * 50)
@example("word " * 3000)
@example("\u2028\x85\r\n“x” said\r\n")
@example("He said \U0001f600 “\U0001f600” \u0301.")
def test_any_text_is_read_or_refused_and_every_span_verifies(engine: Engine, text: str) -> None:
    try:
        reading = read(RawDocument(data=text), engine=engine)
    except SourceError:
        return
    assert reading.document.text == text or "\ud800" <= max(text) <= "\udfff"
    assert list(verify_reading(reading)) == []
    assert Reading.from_dict(reading.to_dict()) == reading


def test_a_reading_does_not_depend_on_its_neighbours(engine: Engine, dispatches: Path) -> None:
    texts = [p.read_text(encoding="utf-8") for p in sorted(dispatches.glob("*.txt"))]
    together = list(read_many((RawDocument(data=t) for t in texts), engine=engine))
    alone = [read(RawDocument(data=t), engine=engine) for t in reversed(texts)]
    assert together == alone[::-1]


def test_reading_again_with_a_corrected_date_keeps_ids(engine: Engine) -> None:
    first = read(RawDocument(data=NEWS), engine=engine)
    again = reread(first, engine=engine, published="1999-01-04")
    assert again.document.published == "1999-01-04"
    assert [s.id for s in again.statements] == [s.id for s in first.statements]


def test_a_long_document_is_read_to_its_end(engine: Engine) -> None:
    text = "\n".join([NEWS, "Nothing else happened in the harbour that week, and the ships waited."] * 60)
    reading = read(RawDocument(data=text), engine=engine)
    assert max(s.content[-1].end for s in reading.statements) > 0.98 * len(text)
    assert len(reading.statements) >= 150


def test_a_string_is_a_text_and_a_path_a_file(engine: Engine, tmp_path: Path) -> None:
    file = tmp_path / "news.txt"
    file.write_text(NEWS, encoding="utf-8")
    from_text = onrecord.read(
        NEWS, published="1999-01-04", outlet="Port Lerin Gazette (invented)", engine=engine
    )
    from_file = onrecord.read(file, published="1999-01-04", engine=engine)
    assert [s.id for s in from_text.statements] == [s.id for s in from_file.statements]
    assert from_text.document.outlet == "Port Lerin Gazette (invented)"
    assert onrecord.read(str(file), engine=engine).document.text == str(file)


def test_a_file_of_many_documents_wants_read_many(engine: Engine, dispatches: Path) -> None:
    with pytest.raises(UsageError, match="read_many"):
        onrecord.read(dispatches / "wires.jsonl", engine=engine)
    assert len(list(onrecord.read_many([dispatches / "wires.jsonl"], engine=engine))) > 5


def test_a_document_that_fails_is_reported_and_the_rest_go_on(engine: Engine) -> None:
    failed: list[Exception] = []
    readings = list(onrecord.read_many(["", NEWS], engine=engine, on_error=failed.append))
    assert (len(failed), len(readings)) == (1, 1)
    with pytest.raises(SourceError):
        list(onrecord.read_many([""], engine=engine))


def test_many_documents_are_read_lazily(engine: Engine) -> None:
    asked = []

    def endless() -> object:
        while True:
            asked.append(1)
            yield NEWS

    readings = onrecord.read_many(endless(), engine=engine)  # type: ignore[arg-type]
    next(readings)
    assert len(asked) == 1
