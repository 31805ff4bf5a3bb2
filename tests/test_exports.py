import csv
import io
import sys
from pathlib import Path

import pytest
from factory import mention, reading, readings, stmt
from hypothesis import given
from hypothesis import strategies as st

from onrecord import wire
from onrecord.errors import MissingExtraError
from onrecord.exports.csv import write_csv
from onrecord.exports.frames import frame, statement_frame
from onrecord.exports.jsonl import write_jsonl
from onrecord.exports.table import COLUMNS
from onrecord.query import SpeakerRow
from onrecord.records import Reading

TEXT = '“We go,” Élise Corvin told Brandt, “at dawn, "all" of us.” =HYPERLINK(evil) she added.'
DOCS = Path(__file__).parents[1] / "docs" / "record.md"


def one() -> Reading:
    said = stmt(
        TEXT,
        "“We go,”",
        '“at dawn, "all" of us.”',
        source="Élise Corvin",
        cue="told",
        hedged=False,
        addressee=mention(TEXT, "Brandt"),
        via=(mention(TEXT, "Brandt"), mention(TEXT, "she", form="pronoun")),
    )
    added = stmt(TEXT, "=HYPERLINK(evil)", parent=said.id, id="added", confidence=0.25)
    return reading(TEXT, said, added, published="1962-10-24", title="-2+3", outlet="@wire", given_id="\tx")


def rows(*made: Reading) -> list[dict[str, str]]:
    out = io.BytesIO()
    written = write_csv(made, out)
    found = list(csv.DictReader(io.StringIO(out.getvalue().decode("utf-8"), newline="")))
    assert written == len(found)
    return found


@given(st.lists(readings(), max_size=3))
def test_json_lines_hold_readings_whole_one_a_line(some):
    out = io.BytesIO()
    assert write_jsonl(some, out) == len(some)
    lines = out.getvalue().splitlines()
    assert list(wire.read_lines(out.getvalue().split(b"\n"), origin="x")) == some
    assert len(lines) == len(some)


def test_csv_has_a_row_per_statement_with_its_words_joined():
    said, added = rows(one())
    assert said["content"] == '“We go,” … “at dawn, "all" of us.”'
    assert (said["speaker"], said["speaker_id"], said["cue"]) == (
        "Élise Corvin",
        "local:élise-corvin",
        "told",
    )
    assert (said["via"], said["addressee"], said["hedged"], said["negated"]) == (
        "Brandt; she",
        "Brandt",
        "false",
        "",
    )
    assert (said["start"], said["end"]) == ("0", str(TEXT.index(" =HYPER")))
    assert (added["parent_id"], added["confidence"], added["speaker"]) == (said["statement_id"], "0.25", "")


def test_csv_cells_that_a_spreadsheet_would_run_begin_with_an_apostrophe():
    _, added = rows(one())
    assert (added["content"], added["title"], added["outlet"], added["given_id"]) == (
        "'=HYPERLINK(evil)",
        "'-2+3",
        "'@wire",
        "'\tx",
    )


@given(st.lists(readings(), max_size=3))
def test_csv_of_anything_has_a_row_per_statement_and_no_formula(some):
    found = rows(*some)
    assert len(found) == sum(len(r.statements) for r in some)
    assert not [c for row in found for c in row.values() if c[:1] in set("=+-@\t\r\n")]


def test_csv_leaves_the_file_to_its_owner_and_has_a_header_even_when_empty():
    out = io.BytesIO()
    assert write_csv([], out) == 0
    assert not out.closed
    assert out.getvalue().decode() == ",".join(COLUMNS) + "\r\n"


def test_every_column_is_documented_with_the_words_of_the_code():
    documented = DOCS.read_text(encoding="utf-8")
    assert [name for name, meaning in COLUMNS.items() if f"| `{name}` | {meaning} |" not in documented] == []


def test_a_data_frame_has_the_columns_of_the_csv_and_the_texts_unchanged():
    pytest.importorskip("pandas")
    made = statement_frame([one()])
    assert list(made.columns) == list(COLUMNS)
    assert made["content"].tolist() == ['“We go,” … “at dawn, "all" of us.”', "=HYPERLINK(evil)"]
    assert list(statement_frame([]).columns) == list(COLUMNS)


def test_a_data_frame_of_speakers_has_their_fields():
    pytest.importorskip("pandas")
    row = SpeakerRow(
        name="Vale", actor="Q1", role=None, statements=2, documents=1, outlets=("A",), first=None, last=None
    )
    assert frame([row], of=SpeakerRow)[["name", "statements"]].values.tolist() == [["Vale", 2]]


def test_without_pandas_the_error_names_the_extra(monkeypatch):
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(MissingExtraError, match=r"onrecord\[frames\]"):
        statement_frame([one()])
