"""Tasks plover and stance: figures worked out by hand, with a model that has its answers from a table."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest
from factory import span
from hypothesis import given
from hypothesis import strategies as st

from onrecord.errors import ModelError, UsageError
from onrecord.evaluation import evaluate, relations
from onrecord.evaluation.classes import best, class_figures
from onrecord.plover import TYPES

Scores = Mapping[str, float]


class Table:
    """A model that knows its answers by text, and remembers what it was asked."""

    def __init__(self, answers: dict[str, Scores]) -> None:
        self.answers = answers
        self.asked: list[tuple[Any, ...]] = []

    def type_given(
        self, text: str, actor: Sequence[tuple[int, int]], recipient: Sequence[tuple[int, int]]
    ) -> Scores:
        self.asked.append((tuple(actor), tuple(recipient)))
        return self.answers[text]

    def stance_given(self, text: str, p: tuple[int, int], q: tuple[int, int]) -> Scores:
        self.asked.append((p, q))
        return self.answers[text]


def at(text: str, words: str) -> list[int]:
    found = span(text, words)
    return [found.start, found.end]


FREED = "Tarvia freed the two Orvanian pilots."
STRUCK = "Tarvia bombed the Orvanian port."
MARCHED = "Dockers marched through Lunsk."


def line(text: str, source: str, target: str | None, root: str, quad: str) -> dict[str, Any]:
    return {
        "id": root.lower(),
        "text": text,
        "source": {"text": source, "spans": [at(text, source)]},
        "target": {"spans": [at(text, target)] if target else []},
        "gold_root": root,
        "gold_penta": quad,
    }


PLV = [
    line(FREED, "Tarvia", "Orvanian pilots", "YIELD", "2"),
    line(STRUCK, "Tarvia", "Orvanian port", "ASSAULT", "4"),
    line(MARCHED, "Dockers", None, "PROTEST", "4"),
]
# Giving way in word and in deed are .5 together, more than AID. The last has a wrong type, its quad is right.
ANSWERS: dict[str, Scores] = {
    FREED: {"AID": 0.4, "CONCEDE": 0.2, "RETREAT": 0.3, "none": 0.05, "ASSAULT": 0.05},
    STRUCK: {"none": 0.6, "ASSAULT": 0.3, "COERCE": 0.1},
    MARCHED: {"REQUEST": 0.4, "PROTEST": 0.3, "COERCE": 0.2, "MOBILIZE": 0.1},
}


@pytest.fixture
def table(monkeypatch: pytest.MonkeyPatch) -> Table:
    model = Table(ANSWERS)
    monkeypatch.setattr(relations, "load", lambda: model)
    return model


def write_gold(path: Path, *rows: dict[str, Any]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def test_concede_and_retreat_are_one_type_and_a_quad_is_as_probable_as_its_types(
    table: Table, tmp_path: Path
) -> None:
    score = evaluate("plover", write_gold(tmp_path / "train.jsonl", *PLV))
    # YIELD and ASSAULT have F1 1; PROTEST, which is wanted, and REQUEST, which is given, have 0.
    assert score.figures["root"]["macro_F1"] == 50.0
    assert score.figures["root"]["accuracy"] == 66.7
    assert score.figures["root"]["labels"]["YIELD"] == {"P": 100.0, "R": 100.0, "F1": 100.0, "gold": 1}
    assert score.figures["quad"]["macro_F1"] == 100.0
    assert score.figures["documents"] == 3
    assert score.primary == 0.5


def test_the_model_is_given_the_places_of_actor_and_recipient(table: Table, tmp_path: Path) -> None:
    evaluate("plover", write_gold(tmp_path / "train.jsonl", *PLV))
    actor, recipient = table.asked[0]
    assert [FREED[s:e] for s, e in (*actor, *recipient)] == ["Tarvia", "Orvanian pilots"]
    assert table.asked[2][1] == ()


def test_a_wrong_type_is_told_with_the_words_of_both(table: Table, tmp_path: Path) -> None:
    faults = evaluate("plover", write_gold(tmp_path / "train.jsonl", *PLV)).faults
    assert [(f.document, f.gold, f.predicted) for f in faults] == [
        ("protest", {"source": ["Dockers"], "target": [], "type": "PROTEST"}, {"type": "REQUEST"})
    ]


def test_gold_that_keeps_concede_apart_is_merged_too(table: Table, tmp_path: Path) -> None:
    gold = write_gold(tmp_path / "train.jsonl", PLV[0] | {"gold_root": "RETREAT"})
    assert evaluate("plover", gold).primary == 1.0


@pytest.mark.parametrize(("field", "value"), [("gold_root", "FIGHT"), ("gold_penta", "5")])
def test_a_type_or_quad_that_is_none_is_refused_with_its_line(field: str, value: str, tmp_path: Path) -> None:
    gold = write_gold(tmp_path / "train.jsonl", PLV[0], PLV[1] | {field: value})
    with pytest.raises(UsageError, match=r"train\.jsonl:2: .*docs/evaluation\.md"):
        evaluate("plover", gold)


def test_every_type_is_a_root_or_merged_into_one_and_there_are_15() -> None:
    assert len({relations.merged(kind) for kind in TYPES}) == 15
    assert {relations.merged_quad(relations.merged(kind)) for kind in TYPES} == {"1", "2", "3", "4"}


def test_the_shipped_model_is_asked_and_the_error_says_how_to_build_a_missing_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    module = ModuleType("onrecord.relations")
    monkeypatch.setitem(sys.modules, "onrecord.relations", module)
    with pytest.raises(ModelError, match=r"training\.relations"):
        relations.load()
    model = Table(ANSWERS)
    monkeypatch.setattr(module, "Relations", SimpleNamespace(load=lambda: model), raising=False)
    assert relations.load() is model


# --- stance -------------------------------------------------------------------------------------

PRAISE = "Ana Kovar praised Tomas Adler."
BLAME = "Tomas Adler was blamed by Ana Kovar."


def pair(text: str, p: str, q: str, label: str) -> dict[str, Any]:
    places = {
        side: dict(zip(("start", "end"), at(text, words), strict=True))
        for side, words in (("p", p), ("q", q))
    }
    return {"id": label, "sentence": text, **places, "label5": label, "polarity": "neutral"}


STANCES = [
    pair(PRAISE, "Ana Kovar", "Tomas Adler", "pos_p2q"),
    pair(BLAME, "Tomas Adler", "Ana Kovar", "neg_q2p"),
]


def test_stance_is_directed_and_scored_over_its_labels(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    model = Table({PRAISE: {"pos_p2q": 0.7, "neutral": 0.3}, BLAME: {"neg_p2q": 0.6, "neg_q2p": 0.4}})
    monkeypatch.setattr(relations, "load", lambda: model)
    score = evaluate("stance", write_gold(tmp_path / "valid.jsonl", *STANCES))
    # One of the three labels that occur is right.
    assert (score.figures["macro_F1"], score.figures["accuracy"]) == (33.3, 50.0)
    assert score.primary == 0.333
    assert [PRAISE[s:e] for s, e in model.asked[0]] == ["Ana Kovar", "Tomas Adler"]
    assert [(f.gold, f.predicted) for f in score.faults] == [
        ({"p": "Tomas Adler", "q": "Ana Kovar", "label5": "neg_q2p"}, {"label5": "neg_p2q"})
    ]


def test_all_five_labels_are_known_and_no_other(tmp_path: Path) -> None:
    gold = write_gold(tmp_path / "valid.jsonl", STANCES[0] | {"label5": "mixed"})
    with pytest.raises(UsageError, match=r"valid\.jsonl:1"):
        evaluate("stance", gold)


# --- figures ------------------------------------------------------------------------------------

labels = st.lists(st.tuples(st.sampled_from("abcd"), st.sampled_from("abcd")), min_size=1, max_size=30)


@given(labels)
def test_figures_stay_between_none_and_all_and_all_is_only_for_what_is_wholly_right(
    both: list[tuple[str, str]],
) -> None:
    wanted, given_ = [w for w, _ in both], [g for _, g in both]
    found = class_figures(wanted, given_)
    assert 0 <= found["macro_F1"] <= 100
    assert (found["macro_F1"] == 100.0) == (wanted == given_)
    assert class_figures(given_, wanted)["macro_F1"] == found["macro_F1"]  # F1 takes no side


def test_macro_f1_is_the_plain_mean_over_labels() -> None:
    # a: P 1, R 1/3, F1 0.5; b: P 1/3, R 1, F1 0.5.
    found = class_figures(["a", "a", "a", "b"], ["a", "b", "b", "b"])
    assert found["macro_F1"] == 50.0
    assert found["labels"]["a"] == {"P": 100.0, "R": 33.3, "F1": 50.0, "gold": 3}


def test_of_equal_scores_the_first_label_of_the_alphabet_is_taken() -> None:
    assert best({"b": 0.5, "a": 0.5, "c": 0.0}) == "a"
