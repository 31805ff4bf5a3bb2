"""The gate notices what falls, and lowers nothing by itself."""

from __future__ import annotations

import importlib.util
import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import msgspec
import pytest
from conftest import ROOT
from factory import mention, reading, span, stmt

from onrecord.records import Event, Reading
from onrecord.sources.raw import RawDocument

TEXT = "Premier Ilse Tarn said the ferries would sail. Otto Morland denied that fares would rise."
SAILING = stmt(TEXT, "the ferries would sail", source="Premier Ilse Tarn", cue="said")
FARES = stmt(TEXT, "that fares would rise", source="Otto Morland", cue="denied")


def _load_gate() -> ModuleType:
    spec = importlib.util.spec_from_file_location("gate", ROOT / "evaluation" / "gate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["gate"] = module  # frozen structs look their annotations up by module name
    spec.loader.exec_module(module)
    return module


gate = _load_gate()


def finds(*statements: Any) -> Any:
    """A reader that finds these statements in every text."""

    def read_many(raws: Iterable[RawDocument]) -> Iterator[Reading]:
        for raw in raws:
            yield reading(str(raw.data), *statements)

    return read_many


@pytest.fixture
def run_gate(tmp_path: Path) -> Any:
    for name in (*gate.SETS, *gate.EVENT_SETS):
        write_gold(tmp_path / f"{name}.jsonl")
    where = ["--gold", str(tmp_path), "--floors", str(tmp_path / "floors.json")]

    def run(*options: str, found: Any) -> int:
        code: int = gate.main([*where, *options], reader=found)
        return code

    return run


def write_gold(path: Path, **more: Any) -> None:
    rows = []
    for s, name in ((SAILING, "Ilse Tarn"), (FARES, "Otto Morland")):
        assert s.source is not None
        content = [[c.start, c.end] for c in s.content]
        source = [s.source.start, s.source.end]
        rows.append({"content": content, "source": source, "speaker": name, "mode": "indirect"})
    row = {"document": path.stem, "text": TEXT, "published": None, "statements": rows, "events": [], **more}
    path.write_text(json.dumps(row) + "\n", encoding="utf-8")


def floors(tmp_path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((tmp_path / "floors.json").read_text(encoding="utf-8"))
    return found


def test_gold_without_floors_does_not_pass(run_gate: Any, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_gate(found=finds(SAILING, FARES)) == 1
    assert "--update" in capsys.readouterr().err


def test_floors_lie_one_item_below_what_was_reached(run_gate: Any, tmp_path: Path) -> None:
    assert run_gate("--update", found=finds(SAILING, FARES)) == 0
    assert floors(tmp_path)["gold"]["dispatches"]["floors"]["content.F1"] == 50.0
    assert run_gate(found=finds(SAILING, FARES)) == 0


def test_a_loss_within_the_floor_passes_and_one_beyond_it_fails(
    run_gate: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    run_gate("--update", found=finds(SAILING, FARES))
    assert run_gate(found=finds(SAILING)) == 0
    assert run_gate(found=finds()) == 1
    printed = capsys.readouterr()
    assert "content.F1            0.0   50.0  BELOW" in printed.out
    assert "--lower" in printed.err


def test_update_never_lowers_a_floor(run_gate: Any, tmp_path: Path) -> None:
    run_gate("--update", found=finds(SAILING, FARES))
    before = floors(tmp_path)
    assert run_gate("--update", found=finds(SAILING)) == 0
    assert floors(tmp_path) == before
    assert run_gate("--update", found=finds()) == 1
    assert floors(tmp_path) == before


def test_update_raises_what_got_better(run_gate: Any, tmp_path: Path) -> None:
    run_gate("--update", found=finds(SAILING))
    before = floors(tmp_path)["gold"]["passages"]["floors"]
    run_gate("--update", found=finds(SAILING, FARES))
    after = floors(tmp_path)["gold"]["passages"]["floors"]
    assert after["content.R"] > before["content.R"]
    assert all(after[name] >= before[name] for name in before)


def test_lowering_keeps_the_reason_and_both_values(run_gate: Any, tmp_path: Path) -> None:
    run_gate("--update", found=finds(SAILING, FARES))
    assert run_gate("--lower", "a smaller model was wanted", found=finds()) == 0
    record = floors(tmp_path)
    entry = next(x for x in record["lowered"] if (x["gold"], x["figure"]) == ("passages", "content.F1"))
    assert (entry["before"], entry["after"]) == (50.0, 0.0)
    assert entry["reason"] == "a smaller model was wanted"
    assert record["gold"]["passages"]["floors"]["content.F1"] == 0.0
    assert run_gate(found=finds()) == 0


def test_lowering_without_a_reason_is_refused(run_gate: Any) -> None:
    with pytest.raises(SystemExit) as caught:
        run_gate("--lower", " ", found=finds())
    assert caught.value.code == 2


def test_changed_gold_needs_floors_of_its_own(run_gate: Any, tmp_path: Path) -> None:
    run_gate("--update", found=finds(SAILING, FARES))
    write_gold(tmp_path / "passages.jsonl", note="looked at again")
    assert run_gate(found=finds(SAILING, FARES)) == 1
    assert run_gate("--update", found=finds(SAILING, FARES)) == 0
    assert run_gate(found=finds(SAILING, FARES)) == 0


def test_a_damaged_file_of_floors_is_one_line(
    run_gate: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "floors.json").write_text("{", encoding="utf-8")
    assert run_gate(found=finds(SAILING)) == 1
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_more_wrong_speakers_count_against_the_floor(run_gate: Any) -> None:
    run_gate("--update", found=finds(SAILING, FARES))
    swapped = stmt(TEXT, "the ferries would sail", source="Otto Morland", cue="said")
    other = stmt(TEXT, "that fares would rise", source="Premier Ilse Tarn", cue="denied")
    assert run_gate(found=finds(swapped, other)) == 1


def test_events_are_watched_once_their_gold_is_among_the_sets(
    run_gate: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(gate, "EVENT_SETS", ("events",))
    at = TEXT.index("denied")
    gold = {"type": "REJECT", "trigger": [at, at + 6], "actor_name": ["Otto Morland"], "recipient_name": []}
    write_gold(tmp_path / "events.jsonl", events=[gold | {"modality": "actual", "asserted_by": None}])
    denied = Event(
        id="e", type="REJECT", quad=3, actor=(mention(TEXT, "Otto Morland"),), trigger=span(TEXT, "denied"),
        sentence=span(TEXT, TEXT), modality="actual", confidence=0.9,
    )  # fmt: skip
    false = msgspec.structs.replace(denied, id="f", trigger=span(TEXT, "said"))

    def find(*events: Event) -> Any:
        return lambda raws: [reading(str(raw.data), SAILING, FARES, events=events) for raw in raws]

    assert run_gate("--update", found=find(denied)) == 0
    assert floors(tmp_path)["gold"]["events"]["floors"]["no_false_events"] == 0.0  # one sentence, less one
    assert "right.F1            100.0" in capsys.readouterr().out
    assert run_gate(found=find(denied)) == 0
    assert run_gate(found=find(denied, false)) == 0
    assert "no_false_events       0.0" in capsys.readouterr().out
    assert run_gate(found=find(false)) == 0
    floor = floors(tmp_path)
    floor["gold"]["events"]["floors"]["right.F1"] = 50.0
    (tmp_path / "floors.json").write_text(json.dumps(floor), encoding="utf-8")
    assert run_gate(found=find(false)) == 1
