"""Where documents come from: files, directories, JSON Lines, standard input; and what cannot be read."""

import io
import json
import os
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.errors import SourceError, UsageError
from onrecord.sources import MAX_DOCUMENT_BYTES, find_documents
from onrecord.sources import jsonl as jsonl_module
from onrecord.sources.files import sniff
from onrecord.sources.jsonl import read_rows
from onrecord.sources.published import find_iso_day, find_written_day

SENTENCE = "The minister said the strait stays open."


class Found:
    """What ``find_documents`` yields and what it reports, side by side."""

    def __init__(self, *paths, published=None):
        self.errors = []
        self.documents = list(find_documents(paths, published=published, on_error=self._report))

    def _report(self, error):
        assert isinstance(error, SourceError)
        self.errors.append(str(error))


def rows(*lines):
    errors = []
    data = b"\n".join(line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines)
    found = list(read_rows(io.BytesIO(data), origin="f.jsonl", on_error=errors.append))
    return found, [str(error) for error in errors]


# Files and directories


def test_text_file_is_its_bytes(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(b"\xef\xbb\xbfOne.\r\n")
    found = Found(path)
    assert found.documents[0].data == b"\xef\xbb\xbfOne.\r\n"
    assert (found.documents[0].media, found.documents[0].origin) == ("text", str(path))
    assert not found.errors


def test_names_tell_the_kind_of_a_document(tmp_path):
    for name in ("a.TXT", "b.md", "c.htm", "d.HTML", "e.ndjson"):
        (tmp_path / name).write_text(json.dumps({"text": SENTENCE}))
    found = Found(tmp_path)
    assert [raw.media for raw in found.documents] == ["text", "text", "html", "html", "text"]
    assert found.documents[4].data == SENTENCE


def test_directory_is_read_in_order_and_hidden_files_are_passed_over(tmp_path):
    for name in ("b/2.txt", "a/1.txt", "c.txt", ".hidden.txt", ".git/x.txt"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(SENTENCE)
    found = Found(tmp_path)
    assert [os.path.relpath(raw.origin, tmp_path) for raw in found.documents] == [
        "c.txt",
        "a/1.txt",
        "b/2.txt",
    ]


def test_missing_path_is_reported_and_the_rest_go_on(tmp_path):
    (tmp_path / "a.txt").write_text(SENTENCE)
    found = Found(tmp_path / "gone.txt", tmp_path / "a.txt")
    assert found.errors == [f"{tmp_path / 'gone.txt'}: no such file; check the path."]
    assert len(found.documents) == 1


def test_unreadable_file_in_a_directory_is_reported_and_the_rest_go_on(tmp_path):
    (tmp_path / "a.txt").write_text(SENTENCE)
    (tmp_path / "b.txt").symlink_to(tmp_path / "gone")
    (tmp_path / "c.txt").write_text(SENTENCE)
    found = Found(tmp_path)
    assert len(found.documents) == 2
    assert len(found.errors) == 1
    assert "b.txt" in found.errors[0]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_file_and_directory_without_permission_are_reported(tmp_path):
    (tmp_path / "a.txt").write_text(SENTENCE)
    (tmp_path / "a.txt").chmod(0)
    (tmp_path / "sub").mkdir(mode=0)
    found = Found(tmp_path)
    assert [("chmod" in error) for error in found.errors] == [True, True]


def test_permission_error_says_what_to_do(tmp_path, monkeypatch):
    def refuse(self, mode):
        raise PermissionError(13, "Permission denied", str(self))

    (tmp_path / "a.txt").write_text(SENTENCE)
    monkeypatch.setattr("pathlib.Path.open", refuse)
    assert Found(tmp_path).errors == [
        f"{tmp_path / 'a.txt'}: not readable; check its permissions (chmod +r)."
    ]


def test_empty_directory_is_reported(tmp_path):
    assert Found(tmp_path).errors == [
        f"{tmp_path}: no files in this directory; name one that holds documents."
    ]


def test_a_pipe_among_the_files_does_not_block(tmp_path):
    os.mkfifo(tmp_path / "p.txt")
    (tmp_path / "a.txt").write_text(SENTENCE)
    assert len(Found(tmp_path).documents) == 1


def test_file_over_the_limit_is_reported_without_being_kept(tmp_path):
    with (tmp_path / "a.txt").open("wb") as file:
        file.truncate(MAX_DOCUMENT_BYTES + 1)
    found = Found(tmp_path / "a.txt")
    assert not found.documents
    assert "larger than 10 MB" in found.errors[0]


def test_a_name_that_is_not_utf_8_can_be_printed(tmp_path):
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/a\xff\n.txt")).write_text(SENTENCE)
    origin = Found(tmp_path).documents[0].origin
    assert origin.endswith("a\ufffd\\n.txt")
    assert origin.encode("utf-8")


@pytest.mark.parametrize(
    ("head", "media"),
    [
        (b"<!DOCTYPE html><html>", "html"),
        (b"\xef\xbb\xbf\n <HTML lang=en>", "html"),
        (b'<?xml version="1.0"?>\n<html xmlns="x">', "html"),
        (b'<?xml version="1.0"?><rss>', "text"),
        (b'{"text": "x"}\n', "jsonl"),
        (b'\n{ "text": "x"}', "jsonl"),
        (b"{Norhaven} The strait", "text"),
        (b"Norhaven", "text"),
        (b"", "text"),
    ],
)
def test_documents_without_a_telling_name_are_told_by_their_first_bytes(head, media):
    assert sniff(head) == media


def test_date_given_wins_over_the_documents_own(tmp_path):
    (tmp_path / "a.jsonl").write_text(json.dumps({"text": SENTENCE, "published": "2031-01-01"}))
    raw = Found(tmp_path, published="2031-06-23T10:00:00Z").documents[0]
    assert (raw.published, raw.published_from) == ("2031-06-23", "flag")


@pytest.mark.parametrize(
    "day", ["yesterday", "2031-02-30", "23.06.2031", "2031-6-3", "20310623", "", "2031", "2031-W01-1"]
)
def test_malformed_date_is_a_usage_error_at_once(day):
    with pytest.raises(UsageError, match="YYYY-MM-DD"):
        find_documents([], published=day, on_error=print)


# Standard input


def stdin(monkeypatch, data):
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(data)))
    return Found("-")


def test_text_on_stdin_is_one_document(monkeypatch):
    found = stdin(monkeypatch, b"One.\n\nTwo.\n")
    assert [(raw.data, raw.media, raw.origin) for raw in found.documents] == [
        (b"One.\n\nTwo.\n", "text", "-")
    ]


def test_rows_on_stdin_are_documents(monkeypatch):
    found = stdin(monkeypatch, b'\n{"text": "One."}\n{"text": "Two."}\n')
    assert [(raw.data, raw.origin) for raw in found.documents] == [("One.", "-:2"), ("Two.", "-:3")]


def test_page_on_stdin_is_html(monkeypatch):
    assert stdin(monkeypatch, b"\n\n<!doctype html>\n<p>x").documents[0].media == "html"


def test_rows_on_stdin_come_as_they_are_written(monkeypatch):
    reader, writer = os.pipe()
    with os.fdopen(reader, "rb") as stream, os.fdopen(writer, "wb", buffering=0) as pipe:
        monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=stream))
        documents = find_documents(["-"], on_error=print)
        pipe.write(b'{"text": "One."}\n')
        assert next(documents).data == "One."
        pipe.write(b'{"text": "Two."}\n')
        assert next(documents).data == "Two."


# JSON Lines


def test_row_brings_its_metadata():
    row = {
        "text": SENTENCE,
        "id": 7,
        "title": "T",
        "url": "https://w.example/1",
        "outlet": "The Wire",
        "other": {},
    }
    row |= {"author": ["A. Kroll", "P. Ost"], "published": "2031-06-23T23:30:00-04:00"}
    raw = rows(row)[0][0]
    assert (raw.data, raw.given_id, raw.title, raw.url) == (SENTENCE, "7", "T", "https://w.example/1")
    assert (raw.outlet, raw.author) == ("The Wire", "A. Kroll, P. Ost")
    assert (raw.published, raw.published_from) == ("2031-06-23", "input")


def test_row_without_metadata_has_none():
    raw = rows({"text": SENTENCE, "id": None, "title": "", "published": None})[0][0]
    assert (raw.given_id, raw.title, raw.published, raw.published_from) == (None, None, None, None)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (b"{not json", "not JSON"),
        (b"[1, 2]", "not a JSON object"),
        (b'"text"', "not a JSON object"),
        (b"[" * 100_000, "not JSON"),
        (b'{"text": ' + b"9" * 5000 + b"}", "not JSON"),
        (b'{"text": "caf\xe9"}', "not UTF-8"),
        ({"title": "T"}, 'no "text"'),
        ({"text": None}, '"text" is not a string'),
        ({"text": ["a"]}, '"text" is not a string'),
        ({"text": "x", "published": "soon"}, '"published" is "soon"'),
        ({"text": "x", "published": 20310623}, '"published" is 20310623'),
        ({"text": "x", "published": "2031-02-30"}, '"published" is "2031-02-30"'),
        ({"text": "x", "url": {"a": 1}}, '"url" is not a string'),
        ({"onrecord": "1", "document": {"text": "x"}}, "onrecord load"),
    ],
)
def test_row_that_is_no_document_is_reported_with_its_line_and_the_rest_go_on(line, message):
    found, errors = rows({"text": "One."}, line, {"text": "Three."})
    assert [raw.data for raw in found] == ["One.", "Three."]
    assert len(errors) == 1
    assert errors[0].startswith("f.jsonl:2: ")
    assert message in errors[0]
    assert "\n" not in errors[0]


def test_blank_lines_line_ends_and_byte_order_mark_are_no_rows():
    found, errors = rows(b'\xef\xbb\xbf{"text": "One."}\r', b"", b"  ", b'{"text": "Two."}', b"")
    assert [raw.data for raw in found] == ["One.", "Two."]
    assert not errors


def test_rows_in_utf_16_are_one_error():
    errors = rows('{"text": "One."}\n{"text": "Two."}\n'.encode("utf-16"))[1]
    assert errors == ["f.jsonl: JSON Lines in UTF-16; save the file as UTF-8."]


def test_row_over_the_limit_is_dropped_piecemeal_and_the_rest_go_on(monkeypatch):
    monkeypatch.setattr(jsonl_module, "MAX_DOCUMENT_BYTES", 1000)
    monkeypatch.setattr(jsonl_module, "_PIECE", 64)
    found, errors = rows({"text": "One."}, {"text": "x" * 5000}, {"text": "Three."}, {"text": "x" * 2000})
    assert [raw.data for raw in found] == ["One.", "Three."]
    assert [error.split(": ")[0] for error in errors] == ["f.jsonl:2", "f.jsonl:4"]


def test_a_line_of_fifty_megabytes_takes_little_memory(tmp_path):
    import tracemalloc

    path = tmp_path / "a.jsonl"
    with path.open("wb") as file:
        file.write(b'{"text": "')
        for _ in range(50):
            file.write(b"x" * 1_000_000)
        file.write(b'"}\n{"text": "Two."}\n')
    tracemalloc.start()
    found = Found(path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert [raw.data for raw in found.documents] == ["Two."]
    assert len(found.errors) == 1
    assert peak < 4 * MAX_DOCUMENT_BYTES


SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters())
VALUES = SCALARS | st.lists(SCALARS, max_size=3)


@given(st.dictionaries(st.sampled_from(["text", "id", "title", "published", "author"]), VALUES))
def test_any_object_is_a_document_or_one_error(row):
    found, errors = rows(row)
    assert len(found) + len(errors) == 1


@given(st.binary())
def test_any_bytes_as_rows_never_crash(data):
    for raw in read_rows(io.BytesIO(data), origin="x", on_error=lambda error: str(error).encode("utf-8")):
        assert isinstance(raw.data, str)


# Dates


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2031-06-23", "2031-06-23"),
        ("2031-06-23T23:30:00-04:00", "2031-06-23"),
        ("2031-06-23 01:00:00+03:00", "2031-06-23"),
        ("20310623", "2031-06-23"),
        ("2031/6/3", "2031-06-03"),
        ("Mon, 23 Jun 2031 23:30:00 -0400", "2031-06-23"),
        ("June 23, 2031", "2031-06-23"),
        ("Monday, 23rd June 2031, 10:00", "2031-06-23"),
        ("Sept. 3, 2031 10:00 AM EDT", "2031-09-03"),
    ],
)
def test_dates_of_metadata_keep_the_day_that_is_written(written, day):
    assert find_written_day(written) == day


@pytest.mark.parametrize(
    "written", ["06/07/2031", "2031-02-30", "2031", "1234567890", "soon", "", "Foo 23, 2031", "203106231"]
)
def test_dates_that_are_malformed_or_ambiguous_are_not_read(written):
    assert find_written_day(written) is None


@given(st.text())
def test_any_text_as_a_date_never_crashes(text):
    for day in (find_iso_day(text), find_written_day(text)):
        assert day is None or find_iso_day(day) == day
