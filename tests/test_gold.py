"""The project's own gold: built files are current, every span is its words, parents hold their children."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import re
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
GOLD = ROOT / "evaluation" / "gold"


def load_build_gold() -> ModuleType:
    """The script as a module: evaluation/ is no package, so it is loaded from its path."""
    spec = importlib.util.spec_from_file_location("build_gold", ROOT / "evaluation" / "build_gold.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


build_gold = load_build_gold()


def read_rows(name: str) -> list[dict[str, Any]]:
    lines = (GOLD / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


ROWS = [(name, row) for name in build_gold.SETS for row in read_rows(name)]
GIVEN = {
    given["document"]: given
    for name in build_gold.SETS
    for given in build_gold.read_annotations(GOLD / "annotations" / name)
}


def words_of(value: str | list[Any] | None) -> str | None:
    """The verbatim words of an annotation's value, without its number."""
    return value[0] if isinstance(value, list) else value


def one(**changes: Any) -> dict[str, Any]:
    """An annotated document of one statement, with the given changes to that statement."""
    statement = {
        "content": ["that he was late"],
        "source": ["he", 0],
        "cue": "said",
        "speaker": None,
        "mode": "indirect",
        "act": "assert",
        **changes,
    }
    return {
        "document": "d",
        "published": None,
        "text": "Then he said that he was late.",
        "statements": [statement],
    }


@pytest.mark.parametrize("name", build_gold.SETS)
def test_built_gold_is_what_its_annotations_say(name: str) -> None:
    assert (GOLD / f"{name}.jsonl").read_text(encoding="utf-8") == build_gold.build_set(name)


@pytest.mark.parametrize(("name", "row"), ROWS, ids=[row["document"] for _, row in ROWS])
def test_every_span_of_the_gold_is_the_words_that_were_annotated(name: str, row: dict[str, Any]) -> None:
    text = row["text"]
    assert hashlib.sha256(text.encode()).hexdigest() == row["text_sha256"]
    for built, given in zip(row["statements"], GIVEN[row["document"]]["statements"], strict=True):
        for key in ("source", "cue", "addressee", "venue", "said_expression"):
            span = built[key]
            assert (text[span[0] : span[1]] if span else None) == words_of(given.get(key))
        for key in ("content", "via_words"):
            assert [text[start:end] for start, end in built[key]] == [words_of(v) for v in given.get(key, [])]


@pytest.mark.parametrize(("name", "row"), ROWS, ids=[row["document"] for _, row in ROWS])
def test_parents_are_other_statements_that_contain_their_children(name: str, row: dict[str, Any]) -> None:
    for index, statement in enumerate(row["statements"]):
        seen = {index}
        while (parent := statement["parent"]) is not None:
            assert parent not in seen
            seen.add(parent)
            statement = row["statements"][parent]
            starts, ends = zip(*statement["content"], strict=True)
            for start, end in row["statements"][index]["content"]:
                assert min(starts) <= start < end <= max(ends)


def test_direct_speech_of_the_dispatches_stands_in_quotation_marks_or_after_a_colon() -> None:
    for row in read_rows("dispatches"):
        for statement in row["statements"]:
            if statement["mode"] == "direct":
                start = statement["content"][0][0]
                assert row["text"][start] in "“\"'‘", row["document"]


def test_the_gold_is_large_enough_and_a_third_of_it_is_kept_for_the_test() -> None:
    assert sum(name == "dispatches" for name, _ in ROWS) >= 16
    assert sum(name == "passages" for name, _ in ROWS) >= 120
    share = sum(row["split"] == "test" for _, row in ROWS) / len(ROWS)
    assert 0.25 < share < 0.45


def test_every_dispatch_names_an_invented_outlet_and_every_sample_has_a_date() -> None:
    for line in (build_gold.EXAMPLES / "wires.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        assert row["outlet"].endswith("(invented for this example)")
        assert re.fullmatch(r"1962-1[01]-\d\d", row["published"])
    for path in build_gold.EXAMPLES.glob("1962-*"):
        assert "invented for this example" in path.read_text(encoding="utf-8")


def test_every_sample_dispatch_is_annotated() -> None:
    rows = [json.loads(x) for x in (build_gold.EXAMPLES / "wires.jsonl").read_text("utf-8").splitlines()]
    files = {path.name for path in build_gold.EXAMPLES.glob("1962-*")} | {
        f"wires.jsonl#{row['id']}" for row in rows
    }
    assert files == {given["file"] for given in GIVEN.values() if "file" in given}


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"cue": "told"}, "does not occur"),
        ({"source": "he"}, "occurs 2 times"),
        ({"source": ["he", 2]}, "there is no number 2"),
        ({"parent": 0}, "there is no parent 0"),
        ({"act": "mumble"}, "no mode / act"),
        ({"said_on": "Monday"}, "write YYYY-MM-DD"),
        ({"cues": "said"}, "unknown keys"),
        ({"via": ["TASS"]}, "must pair up"),
        ({"speakers": ["A", "B"], "speaker": "B"}, "first of speakers"),
    ],
)
def test_an_annotation_that_does_not_fit_is_refused(changes: dict[str, Any], message: str) -> None:
    with pytest.raises(build_gold.GoldError, match=message):
        build_gold.build_row(one(**changes))


def test_words_are_found_between_word_boundaries_only() -> None:
    row = build_gold.build_row(one())
    assert row["statements"][0]["source"] == (5, 7)  # not inside "Then"


def test_a_changed_text_is_refused_until_it_has_been_read_again() -> None:
    with pytest.raises(build_gold.GoldError, match="the text has changed"):
        build_gold.build_row({**one(), "text_sha256": "0" * 64})
