"""The evaluation task ``dates``: what is scored, and what counts as right."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from onrecord.evaluation import evaluate
from onrecord.evaluation.dates import granularity

TEXT = (
    "The mill shut on Monday morning. It had burnt in June and, two years ago, been sold. Now it is Ramadan."
)
GOLD = {
    "Monday morning": ("TIME", "2025-06-23TMO"),
    "June": ("DATE", "2025-05"),
    "two years ago": ("DATE", "2023"),
    "Now": ("DATE", "PRESENT_REF"),
    "Ramadan": ("DATE", "2025-03"),
}


def gold(tmp_path: Path, **fields: Any) -> Path:
    timex = [
        {"start": TEXT.index(words), "end": TEXT.index(words) + len(words), "type": kind, "value": value}
        for words, (kind, value) in GOLD.items()
    ]
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps({"id": "mill", "dct": "2025-06-23", "text": TEXT, "timex": timex} | fields))
    return path


def test_a_value_is_right_or_wrong_and_an_abstention_is_wrong(tmp_path: Path) -> None:
    score = evaluate("dates", gold(tmp_path))
    assert score.primary == 0.5
    assert score.figures["expressions"] == 4
    assert (score.figures["answered"], score.figures["right_of_answered"]) == (75.0, 66.7)
    assert score.figures["by_granularity"]["time"]["accuracy"] == 100.0
    assert [fault.kind for fault in score.faults] == ["mismatched", "missed"]
    assert score.to_dict()["documents"] == 1


def test_without_a_documents_day_relative_dates_are_not_answered(tmp_path: Path) -> None:
    assert evaluate("dates", gold(tmp_path, dct=None)).figures["answered"] == 0.0


def test_a_documents_day_may_be_written_out_but_not_ambiguously(tmp_path: Path) -> None:
    assert evaluate("dates", gold(tmp_path, dct="June 23, 2025")).primary == 0.5
    assert evaluate("dates", gold(tmp_path, dct="03-02-2025")).figures["answered"] == 0.0


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        ("2014-05-03", "day"), ("2014-05-03TMO", "time"), ("2014-W18", "week"), ("2014-W18-WE", "weekend"),
        ("2014-05", "month"), ("2014-Q2", "quarter"), ("2014-H1", "half"), ("2014-SP", "season"),
        ("2014", "year"), ("2014-XX-XX", "other"),
    ],
)  # fmt: skip
def test_a_value_tells_its_granularity(value: str, kind: str) -> None:
    assert granularity(value) == kind
