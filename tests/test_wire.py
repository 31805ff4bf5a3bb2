import json

import msgspec
import pytest
from factory import reading, readings, stmt
from hypothesis import given

from onrecord import wire
from onrecord.errors import WireError
from onrecord.records import Place, Reading

TEXT = "Marlow said the bridge would stay shut. 🌉 Ilsa Brandt denied it."


def one() -> Reading:
    return reading(TEXT, stmt(TEXT, "the bridge would stay shut", source="Marlow", cue="said"))


def refused(line: bytes | str) -> str:
    with pytest.raises(WireError) as caught:
        wire.read_line(line, origin="week.jsonl:7")
    message = str(caught.value)
    assert message.startswith("week.jsonl:7: ")
    assert "\n" not in message
    return message


def changed(**fields) -> bytes:
    return json.dumps({**one().to_dict(), **fields}).encode()


@given(readings())
def test_any_reading_comes_back_as_it_went_out(any_reading):
    line = wire.write_line(any_reading)
    assert b"\n" not in line
    assert wire.read_line(line, origin="x") == any_reading
    assert wire.read_line(line.decode(), origin="x") == any_reading
    assert json.loads(line) == json.loads(json.dumps(any_reading.to_dict()))


def test_offsets_count_code_points_even_after_an_astral_one():
    made = reading(TEXT, stmt(TEXT, "denied it", source="Ilsa Brandt"))
    span = wire.read_line(wire.write_line(made), origin="x").statements[0].content[0]
    assert TEXT[span.start : span.end] == "denied it"


def test_an_unknown_field_is_refused_by_its_name():
    assert "mood" in refused(changed(mood="grave"))


def test_an_unknown_field_deep_inside_is_refused_with_its_place():
    data = one().to_dict()
    data["statements"][0]["tone"] = "calm"
    message = refused(json.dumps(data))
    assert "tone" in message
    assert "$.statements[0]" in message


def test_a_wrong_type_is_refused_with_its_place():
    data = one().to_dict()
    data["statements"][0]["confidence"] = "high"
    assert "$.statements[0].confidence" in refused(json.dumps(data))


@pytest.mark.parametrize("version", ["2", 1, "1.0"])
def test_another_wire_version_is_refused_before_its_fields_are_judged(version):
    message = refused(changed(onrecord=version, brand_new_field=1))
    assert repr(version) in message
    assert "brand_new_field" not in message


def test_a_line_that_is_an_article_is_sent_to_read():
    assert "give articles to `onrecord read`" in refused('{"text": "A dispatch."}')


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"{",
        b"null",
        b"[]",
        b"\xff\xfe",
        b"\x00",
        b'{"onrecord": "1"',
        b"[" * 100_000,
        b'{"a":' * 100_000,
    ],
)
def test_what_is_not_json_or_not_an_object_is_refused(line):
    refused(line)


@pytest.mark.parametrize("lone", [b"\\ud83d", b"\\uDC00", b"\\ud83d\\ud83d"])
@pytest.mark.parametrize("after", [b"", b" and a good deal of text"])
def test_a_lone_surrogate_is_refused_on_the_way_in(lone, after):
    line = wire.write_line(one()).replace(b"denied it.", lone + after)
    assert "lone surrogate" in refused(line)


def test_a_lone_surrogate_is_refused_on_the_way_out():
    with pytest.raises(WireError, match=r"lone surrogate at character \d+ .* replace it"):
        wire.write_line(reading("x", title="broken \udc00 title", id="sha256:" + "0" * 64))


@pytest.mark.parametrize("number", [float("nan"), float("inf")])
def test_numbers_that_json_cannot_carry_are_refused_on_the_way_out(number):
    with pytest.raises(WireError, match="finite"):
        wire.write_line(reading(TEXT, stmt(TEXT, "denied it", confidence=number)))
    with pytest.raises(WireError, match="finite"):
        wire.write_line(reading(TEXT, places=(Place(id="local:x", name="X", lat=number),)))


def test_a_stream_goes_on_after_a_line_that_fails_and_says_which_it_was():
    good = wire.write_line(one())
    errors: list[WireError] = []
    found = list(wire.read_lines([good, b"\n", b"{}", good], origin="a.jsonl", on_error=errors.append))
    assert found == [one(), one()]
    assert [str(e).partition(": ")[0] for e in errors] == ["a.jsonl:3"]


def test_a_stream_without_an_error_handler_stops_at_the_line_that_fails():
    with pytest.raises(WireError, match=r"^a\.jsonl:1: "):
        list(wire.read_lines([b"{}"], origin="a.jsonl"))


def test_a_very_long_line_is_read():
    text = "word " * 2_000_000
    line = msgspec.json.encode(reading(text))
    assert wire.read_line(line, origin="x").document.text == text
