"""People's decisions out of one record and into another."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from test_identities import VENN, link, one, row

from onrecord.errors import WireError
from onrecord.ledger import is_decision, read_decision, write_decisions
from onrecord.query import Query, search
from onrecord.store import open_record
from onrecord.wire import write_line


def lines(path: Path) -> list[bytes]:
    out = io.BytesIO()
    with open_record(path) as store:
        assert write_decisions(store, out) == len(out.getvalue().splitlines())
    return out.getvalue().splitlines()


def test_decisions_come_back_in_another_record_and_hold_there(tmp_path: Path) -> None:
    with open_record(tmp_path / "a.db") as store:
        store.write(one())
        store.decide_actor(row(VENN), by="ada")
        store.decide_actor(link("local:marlow", VENN.id))
        store.decide("warned", "review", "reject", by="ada")
        store.decide("warned", "review", "accept")
    written = lines(tmp_path / "a.db")
    assert all(is_decision(line) for line in written)
    with open_record(tmp_path / "b.db") as store:
        outcomes = [store.take(read_decision(line, origin="x:1")) for line in written]
        assert outcomes == ["added"] * 4
        assert [d.state for d in store.decisions()] == ["superseded", "orphaned"]
        store.write(one())
        assert {h.statement.id: h.statement.speaker for h in search(store, Query())} == {
            "held": VENN.id,
            "warned": "local:minister",
        }
        assert [store.take(read_decision(line, origin="x:1")) for line in written] == ["unchanged"] * 4
    assert lines(tmp_path / "b.db") == written


def test_a_reading_is_no_decision() -> None:
    assert not is_decision(write_line(one()))


@pytest.mark.parametrize(
    "line",
    [
        b'{"onrecord":"1","decision":{"statement":7}}',
        b'{"onrecord":"1","identity":{}}',
        b'{"onrecord":"1"}',
        b"{",
    ],
)
def test_a_broken_line_is_named_with_what_to_do(line: bytes) -> None:
    with pytest.raises(WireError, match=r"^f:3: .*export"):
        read_decision(line, origin="f:3")
