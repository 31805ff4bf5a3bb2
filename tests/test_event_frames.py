"""Events and stances from Python: filters as keywords, and data frames on demand."""

from __future__ import annotations

from pathlib import Path

import pytest
from sample_events import make_events

import onrecord
from onrecord.exports.frames import EVENT_COLUMNS, STANCE_COLUMNS, event_frame, stance_frame


def test_a_record_is_asked_for_events_and_stances_by_keywords(tmp_path: Path) -> None:
    with onrecord.open_record(tmp_path / "r.db") as record:
        record.write(make_events())
        assert len(record.events()) == 7
        assert [hit.event.id for hit in record.events(actor="Vastria", quad=4, limit=1)] == ["e-seized"]
        assert [hit.stance.holder for hit in record.stances(polarity="oppose", holder="Marr")] == ["Q900001"]
        with pytest.raises(TypeError, match="colour"):
            record.events(colour="red")


def test_a_frame_has_a_row_for_each_event_of_a_record_or_a_reading(tmp_path: Path) -> None:
    pytest.importorskip("pandas")
    with onrecord.open_record(tmp_path / "r.db") as record:
        record.write(make_events())
        found = event_frame(record.events(type="ASSAULT"))
        stances = stance_frame(record.stances())
    assert list(found.columns) == list(EVENT_COLUMNS)
    shelled, fired = found.to_dict("records")
    assert (shelled["actors"], shelled["recipients"], shelled["asserted_by"]) == (
        "Vastria", "Norland", "Ilse Marr",
    )  # fmt: skip
    assert (shelled["actor_countries"], shelled["place"], shelled["lat"]) == ("VST", "Keldra", 1.5)
    assert (shelled["first"], shelled["dated_by"]) == ("2031-05-06", "document")
    assert fired["actors"] == "any ship"
    assert found["actor_ids"].isna().tolist() == [False, True]
    assert list(stances.columns) == list(STANCE_COLUMNS)
    assert list(stances["holder"]) == ["Ministry of Foreign Affairs of Norland", "Ilse Marr"]
    assert len(event_frame([make_events()])) == 7
    assert list(event_frame([]).columns) == list(EVENT_COLUMNS)


def test_every_column_of_the_frame_is_documented() -> None:
    page = (Path(__file__).parent.parent / "docs" / "record.md").read_text(encoding="utf-8")
    assert [name for name, what in EVENT_COLUMNS.items() if f"| `{name}` | {what} |" not in page] == []
