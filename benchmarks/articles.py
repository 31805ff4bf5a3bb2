"""The articles that are read: the sample dispatches made as long as real news, or a file of one's own."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator
from pathlib import Path

GOLD = Path(__file__).resolve().parent.parent / "evaluation" / "gold" / "dispatches.jsonl"
WORDS = 830
"""Mean length of the news articles that the feasibility study measured speed on."""


def read_articles(path: Path | None, count: int) -> list[str]:
    """``count`` texts: the rows of a JSON Lines file (repeated where it has fewer), or made articles."""
    texts = itertools.cycle(_rows(path)) if path else _made_articles()
    return list(itertools.islice(texts, count))


def _made_articles() -> Iterator[str]:
    """Endless articles of about WORDS words, each a different run of the dispatches' paragraphs."""
    paragraphs = [p for text in _rows(GOLD) for p in text.split("\n") if p.strip()]
    for first in itertools.count(step=7):
        chosen: list[str] = []
        for n in itertools.count(first):
            chosen.append(paragraphs[n % len(paragraphs)])
            if sum(len(p.split()) for p in chosen) >= WORDS:
                break
        # A number of its own makes every article a document of its own: a record keeps equal ones once.
        yield "\n".join([f"Dispatch number {first}.", *chosen])


def _rows(path: Path) -> list[str]:
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line)["text"] for line in lines if line.strip()]
