"""Offsets without words -> rows with the words of a corpus."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from onrecord.plover import TYPES
from onrecord.relation_labels import MODALITIES
from training.elsewhere import ANNOTATED_ELSEWHERE, CORPORA, read_elsewhere
from training.relation_examples import read_rows

FIRST, SECOND = "Norway shelled Denmark.", "Sweden praised Norway."


def write(path: Path, *rows: dict[str, Any]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


@pytest.fixture
def data(tmp_path: Path) -> Path:
    write(tmp_path / "polnear/train.jsonl", {"id": "a:b", "text": f"{FIRST}\n\n{SECOND}"})
    write(tmp_path / "chains/train.jsonl", {"document": "c", "text": FIRST})
    return tmp_path


def test_a_paragraph_is_named_by_where_it_begins_and_a_text_by_its_name(data: Path) -> None:
    told = {"split": "train", "events": []}
    path = write(
        data / "told.jsonl",
        {"id": f"polnear/a:b:{len(FIRST) + 2}", "size": len(SECOND)} | told,
        {"id": "chains/c", "size": len(FIRST)} | told,
        {"id": "chains/other", "size": 1, "split": "dev", "events": []},
    )
    paragraph, whole = read_elsewhere(data, path=path)
    assert (paragraph["text"], whole["text"]) == (SECOND, FIRST)
    assert whole["document"] == "chains/c"


def test_a_corpus_that_is_not_there_is_an_error(data: Path) -> None:
    path = write(data / "told.jsonl", {"id": "plv/1", "size": 3, "split": "train", "events": []})
    with pytest.raises(OSError, match="plv"):
        read_elsewhere(data, path=path)


def test_what_is_kept_has_offsets_inside_its_text_known_labels_and_no_words() -> None:
    rows = read_rows(ANNOTATED_ELSEWHERE)
    assert len({row["id"] for row in rows}) == len(rows) > 3000
    assert {row["split"] for row in rows} == {"train", "dev"}
    assert all(row.keys() == {"id", "size", "split", "events"} for row in rows)
    assert {row["id"].split("/")[0] for row in rows} <= CORPORA.keys()
    for row in rows:
        for event in row["events"]:
            assert event["type"] in TYPES
            assert event["modality"] in MODALITIES
            assert event.get("alt", {"type": "AID"})["type"] in TYPES
            spans = [event["trigger"], *event["actor"], *event["recipient"], *event.get("other_triggers", [])]
            assert all(0 <= start < end <= row["size"] for start, end in spans)
