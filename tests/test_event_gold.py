"""Passages annotated for events: they fit their texts, a third is kept, both parts hold every type."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, get_args

import pytest

from evaluation.build_gold import (
    ANNOTATIONS,
    EVENT_SETS,
    EVENTS,
    LOOKALIKES,
    GoldError,
    build_row,
    build_set,
    read_annotations,
)
from onrecord.plover import MODES
from onrecord.records import Modality
from training.annotate import ANNOTATED_EVENTS, ANNOTATED_EVENTS_DEV, build_training
from training.tally import count_sentences, tally

KEPT = list(read_annotations(ANNOTATIONS / EVENTS))
TRAINED = list(read_annotations(ANNOTATED_EVENTS))
JUDGED_BY = list(read_annotations(ANNOTATED_EVENTS_DEV))
ALIKE = list(read_annotations(ANNOTATIONS / LOOKALIKES))


def one(statement: dict[str, Any] | None = None, **changes: Any) -> dict[str, Any]:
    """An annotated passage with one event, with the given changes to it, and perhaps a statement."""
    event = {
        "type": "ASSAULT",
        "mode": "aerial",
        "actor": ["Tarvia"],
        "recipient": ["the depot"],
        "actor_name": ["Tarvia"],
        "recipient_name": ["depot"],
        "trigger": "bombed",
        "location": None,
        "date_expression": None,
        "date": None,
        "modality": "actual",
        "asserted_by": None,
        **changes,
    }
    text = "He said Tarvia had bombed the depot."
    return {
        "document": "d",
        "published": None,
        "text": text,
        "statements": [statement] if statement else [],
        "events": [event],
    }


STATED = {
    "content": ["Tarvia had bombed the depot"],
    "source": "He",
    "cue": "said",
    "speaker": "Ana Kovar",
    "mode": "indirect",
    "act": "accuse",
}


def test_the_training_passages_fit_their_texts() -> None:
    for folder in (ANNOTATED_EVENTS, ANNOTATED_EVENTS_DEV):
        rows, defects = build_training(folder=folder)
        assert rows
        assert defects == []


@pytest.mark.parametrize("name", EVENT_SETS)
def test_the_built_gold_of_events_is_what_its_annotations_say(name: str) -> None:
    assert (ANNOTATIONS.parent / f"{name}.jsonl").read_text(encoding="utf-8") == build_set(name)


def numbers(path: Path, name: str) -> list[int]:
    """The numbers of a file's passages, which are called NAME-NUMBER-WHAT."""
    found = [row["document"] for row in json.loads(path.read_text(encoding="utf-8"))]
    assert all(document.startswith(f"{name}-") for document in found)
    return [int(document[len(name) + 1 :].split("-")[0]) for document in found]


LATER = {
    "agencies", "articles", "cooperation", "force", "participants", "reports", "sentences", "several",
    "verbal",
}  # fmt: skip
"""Files written when the kept third was there already: all of their passages are trained on."""


def test_every_third_passage_of_a_file_is_kept_and_the_others_are_trained_on() -> None:
    for path in ANNOTATED_EVENTS.glob("*.json"):
        if path.stem in LATER or path.stem.startswith("dense-"):
            assert not (ANNOTATIONS / f"{EVENTS}-{path.stem}.json").exists()
            continue
        trained = numbers(path, path.stem)
        kept = numbers(ANNOTATIONS / f"{EVENTS}-{path.stem}.json", path.stem)
        assert sorted(trained + kept) == list(range(1, len(trained + kept) + 1))
        assert all(number % 3 == 0 for number in kept)
        assert all(number % 3 for number in trained)


def test_no_kept_text_is_trained_on() -> None:
    assert not {row["text"] for row in KEPT + ALIKE + JUDGED_BY} & {row["text"] for row in TRAINED}
    names = [row["document"] for row in KEPT + ALIKE + JUDGED_BY + TRAINED]
    assert len(names) == len(set(names))


def test_look_alikes_stand_alone_and_beside_events_and_both_parts_hold_them() -> None:
    alone = [row for row in ALIKE if not row["events"]]
    assert len(alone) >= 90
    assert len(ALIKE) - len(alone) >= 40
    assert {row["split"] for row in map(build_row, alone)} == {"dev", "test"}
    assert max(len(row["text"].split()) for row in alone) >= 500


def test_both_parts_hold_every_type_and_modality_and_the_training_part_every_mode() -> None:
    trained, kept = tally(TRAINED), tally(KEPT)
    for part in (trained, kept):
        assert all(part[f"type {kind}"] for kind in MODES)
        assert all(part[f"modality {modality}"] for modality in get_args(Modality))
    modes = {f"mode {kind}/{mode}" for kind, some in MODES.items() for mode in some}
    assert not {mode for mode in modes if not trained[mode]}


def test_there_are_enough_sentences_with_and_without_an_event() -> None:
    trained, kept = tally(TRAINED), tally(KEPT)
    assert trained["sentences"] + kept["sentences"] >= 500
    assert trained["sentences without an event"] + kept["sentences without an event"] >= 150


def test_sentences_are_counted_by_their_ends_and_by_lines() -> None:
    assert count_sentences('HEADLINE\n"So it is." He left. Did he?') == 4


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"mode": "visit"}, "no type / mode"),
        ({"type": "FIGHT"}, "no type / mode"),
        ({"alt": {"type": "COERCE", "mode": "aerial"}}, "no type / mode"),
        ({"modality": "past"}, "no modality"),
        ({"date": "Tuesday"}, "write YYYY-MM-DD"),
        ({"trigger": "struck"}, "does not occur"),
        ({"actor_name": []}, "more spans than names"),
        ({"recipient": ["Tarvia"]}, "one span has two parts"),
        ({"asserted_by": "Ana Kovar"}, "makes no statement"),
        ({"tone": -3}, "unknown keys"),
    ],
)
def test_an_event_that_does_not_fit_is_refused(changes: dict[str, Any], message: str) -> None:
    with pytest.raises(GoldError, match=message):
        build_row(one(**changes))


def test_an_event_inside_a_statement_needs_its_asserter_or_a_reason_for_none() -> None:
    with pytest.raises(GoldError, match="write asserted_by"):
        build_row(one(STATED))
    assert build_row(one(STATED, asserted_by="Ana Kovar"))["events"][0]["trigger"] == (19, 25)
    assert build_row(one(STATED, presupposed=True))["events"][0]["presupposed"]
