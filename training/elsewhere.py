"""Events that the project annotated in texts that are not its own -> rows with their texts.

``training/annotated_elsewhere.jsonl`` has offsets and labels only; the words are in the corpora, and without
them it tells nothing. ``id`` is "corpus/what names the text in it", with ":offset" where a paragraph was
annotated alone; ``size`` is how many characters were.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from training.relation_examples import read_rows

ANNOTATED_ELSEWHERE = Path(__file__).resolve().parent / "annotated_elsewhere.jsonl"
CORPORA: dict[str, tuple[str, str, str]] = {
    "plv": ("plv/train.jsonl", "id", "text"),
    "chains": ("chains/train.jsonl", "document", "text"),
    "polnear": ("polnear/train.jsonl", "id", "text"),
    "directed_sentiment": ("directed_sentiment/train.jsonl", "id", "sentence"),
    "newsmtsc": ("newsmtsc/train.jsonl", "id", "sentence"),
    "ner_intl": ("ner_intl/train_dev.jsonl", "id", "text"),
    "ecbplus": ("ecbplus/train_dev.jsonl", "id", "text"),
    "meantime": ("meantime/meantime.jsonl", "id", "text"),
    "gum": ("gum/gum.jsonl", "id", "text"),
}
"""Of each corpus its file, what names a text in it, and where the text stands."""


def read_elsewhere(
    data: Path, split: str = "train", path: Path = ANNOTATED_ELSEWHERE
) -> list[dict[str, Any]]:
    """The rows of one split, each with its ``text``. Raises OSError where a corpus is not in ``data``."""
    rows = [row for row in read_rows(path) if row["split"] == split]
    texts = {name: _texts(data, name) for name in sorted({_corpus_of(row) for row in rows})}
    return [row | {"document": row["id"], "text": _part(row, texts[_corpus_of(row)])} for row in rows]


def _corpus_of(row: dict[str, Any]) -> str:
    return str(row["id"]).split("/", 1)[0]


def _texts(data: Path, corpus: str) -> dict[str, str]:
    file, key, words = CORPORA[corpus]
    return {str(row[key]): row[words] for row in read_rows(data / file)}


def _part(row: dict[str, Any], texts: dict[str, str]) -> str:
    name, first = row["id"].split("/", 1)[1], 0
    if name not in texts:
        name, _, offset = name.rpartition(":")
        first = int(offset)
    return texts[name][first : first + row["size"]]
