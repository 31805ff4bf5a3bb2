"""Gold attributions -> training documents: words, paragraphs and, per statement, an anchor and roles.

Two layouts are read: PolNeAR (``attributions`` with source, cue and content) and
the project's own (``statements``, ANNOTATION in docs/annotation.md). What a corpus
does not annotate stays open instead of counting as absent: PolNeAR knows no
relays, addressees, venues and dates, and no statement inside another's content.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from onrecord.labels import ROLES, begin
from onrecord.quotes import find_quotations
from onrecord.windows import LONG_PARAGRAPH
from onrecord.words import Vocabulary, Words, read_words

POLNEAR, PROJECT = 1, 2  # styles
INSIDE_CONTENT = 0.5
"""Weight of "no cue here" inside PolNeAR contents, where nested statements were not annotated."""
MARGINAL = 0.3
"""Weight of the anchor of a statement that a defensible annotator may omit."""

_PARAGRAPH = re.compile(r"[^\n\r\u2028\u2029\x85]+")
_SENTENCE_START = re.compile(r"(?<=[.!?])[”\"’')\]]*\s+(?=[“\"‘'(]?[A-Z])")


@dataclass(frozen=True)
class Gold:
    """One statement over the words of its document. ``roles`` maps a word to its label."""

    anchor: tuple[int, ...]
    bare: bool
    weight: float
    roles: dict[int, int]


@dataclass(frozen=True)
class TrainingDocument:
    name: str
    corpus: str  # "polnear", "project" or "own"
    style: int
    words: Words
    units: tuple[tuple[int, int], ...]  # word ranges that no window cuts
    paragraph_of: np.ndarray
    statements: tuple[Gold, ...]
    doubt: np.ndarray  # weight of "no anchor" per word


def load(path: Path) -> list[dict[str, Any]]:
    """The rows of a JSON Lines file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]


def digest(paths: list[Path]) -> str:
    """One SHA-256 over the bytes of all files, in order: what the weights were trained on."""
    total = hashlib.sha256()
    for path in paths:
        total.update(path.read_bytes())
    return total.hexdigest()


def read_document(
    row: dict[str, Any], vocabulary: Vocabulary, *, longest: int = LONG_PARAGRAPH, own: bool = False
) -> TrainingDocument:
    """One row of either layout; a paragraph of over ``longest`` wordpieces may be cut at its sentences."""
    text = row["text"]
    paragraphs = [m.span() for m in _PARAGRAPH.finditer(text) if m.group().strip()]
    words = read_words(text, paragraphs, find_quotations(text), vocabulary)
    style = POLNEAR if "attributions" in row else PROJECT
    spans = _polnear(row) if style == POLNEAR else _project(row)
    statements = [g for g in (_gold(s, words) for s in spans) if g]
    doubt = np.ones(len(words))
    if style == POLNEAR:
        for gold in statements:
            content = (begin("content"), begin("content") + 1)
            inside = [w for w, label in gold.roles.items() if label in content]
            doubt[inside] = INSIDE_CONTENT
    numbers = np.zeros(len(words), dtype=np.int64)
    for n, (start, end) in enumerate(paragraphs):
        first, last = np.searchsorted(words.starts, (start, end))
        numbers[first:last] = n
    units = tuple(_units(text, paragraphs, words, longest))
    name = row.get("id") or row["document"]
    corpus = "own" if own else "polnear" if style == POLNEAR else "project"
    return TrainingDocument(name, corpus, style, words, units, numbers, tuple(statements), doubt)


def _polnear(row: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for a in row["attributions"]:
        if a["cue"] and a["content"]:
            yield {"cue": a["cue"], "source": a["source"], "content": a["content"], "weight": 1.0}


def _project(row: dict[str, Any]) -> Iterator[dict[str, Any]]:
    text = row["text"]
    for s in row["statements"]:
        via = []
        for words in s.get("via_words") or []:
            via += _place_via(text, words, s)
        roles = {role: _listed(s.get(role)) for role in ("cue", "source", "content", "addressee", "venue")}
        weight = MARGINAL if s.get("marginal") else 1.0
        yield {**roles, "via": via, "date": _listed(s.get("said_expression")), "weight": weight}


def _listed(value: Any) -> list[list[int]]:
    if not value:
        return []
    return [value] if isinstance(value[0], int) else value


def _place_via(text: str, words: Any, statement: dict[str, Any]) -> list[list[int]]:
    """Where the relay's words stand: given as offsets, else the occurrence nearest to the cue."""
    if not isinstance(words, str):
        return _listed(words)
    near = (_listed(statement["cue"]) or _listed(statement["content"]))[0][0]
    found = [m.start() for m in re.finditer(re.escape(words), text)]
    if not found:
        return []
    start = min(found, key=lambda at: abs(at - near))
    return [[start, start + len(words)]]


def _gold(spans: dict[str, Any], words: Words) -> Gold | None:
    """The labels of one statement; a word that two roles claim goes to the first in the order of ROLES."""
    roles: dict[int, int] = {}
    first: dict[str, list[int]] = {}
    for role in ROLES:
        for start, end in sorted(spans.get(role) or []):
            low = int(np.searchsorted(words.ends, start, side="right"))
            high = int(np.searchsorted(words.starts, end, side="left"))
            free = [w for w in range(low, high) if w not in roles]
            for n, w in enumerate(free):
                roles[w] = begin(role) + (n > 0 and w == free[n - 1] + 1)
            first.setdefault(role, []).extend(free)
    anchor = first.get("cue") or first.get("content", [])[:1]
    if not anchor or not first.get("content"):
        return None
    return Gold(tuple(anchor), not first.get("cue"), spans["weight"], roles)


def _units(
    text: str, paragraphs: list[tuple[int, int]], words: Words, longest: int
) -> Iterator[tuple[int, int]]:
    sizes = np.asarray([len(p) for p in words.pieces])
    for start, end in paragraphs:
        first, last = (int(x) for x in np.searchsorted(words.starts, (start, end)))
        if last <= first:
            continue
        if sizes[first:last].sum() <= longest:
            yield first, last
            continue
        cuts = [
            int(np.searchsorted(words.starts, m.end())) for m in _SENTENCE_START.finditer(text, start, end)
        ]
        bounds = sorted({first, last, *(c for c in cuts if first < c < last)})
        yield from pairwise(bounds)
