"""Task ``attribution``: statements against articles annotated for source, cue and content.

The layout and the conventions are PolNeAR's (Newell et al. 2018): a word has at
most one role, and no attribution stands inside another, so statements with a
parent are left out and their share is told.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import Any

import msgspec

from onrecord.evaluation.calibration import Judged
from onrecord.evaluation.faults import Claim, Fault, claim_of, find_faults
from onrecord.evaluation.figures import percent, precision_recall
from onrecord.evaluation.gold import AttributedText, Attribution
from onrecord.evaluation.pairing import Pairs
from onrecord.evaluation.roles import (
    ROLES,
    Agreement,
    Roles,
    Words,
    WordSet,
    exactly_right,
    mode_of,
    pair_roles,
    partially_right,
    quoted_characters,
    read_words,
    roles_of,
    runs_of,
    same_content,
    same_cue,
    same_source,
)
from onrecord.records import Mode, Reading, Statement

MEASURES: dict[str, Agreement] = {
    "content50": same_content,
    "exact": exactly_right,
    "partial": partially_right,
}
"""What makes a whole attribution right, by the name of the figure."""


class Comparison(msgspec.Struct, frozen=True, kw_only=True):
    """One article: gold and predicted roles, and which of them match under each measure."""

    article: AttributedText
    reading: Reading | None
    words: Words
    gold: tuple[Roles, ...]
    attributions: tuple[Attribution, ...]
    modes: tuple[Mode, ...]
    predicted: tuple[Roles, ...]
    statements: tuple[Statement, ...]
    pairs: dict[str, Pairs]


def compare(articles: Iterable[AttributedText], readings: Iterable[Reading]) -> list[Comparison]:
    """Every article beside the reading that has its text (the last one, where several have)."""
    by_text = {reading.document.text: reading for reading in readings}
    return [_compare(article, by_text.get(article.text)) for article in articles]


def _compare(article: AttributedText, reading: Reading | None) -> Comparison:
    words = read_words(article.text)
    inside = quoted_characters(article.text)
    marked = [
        (a, roles) for a in article.attributions if (roles := _gold_roles(words, a)).cue or roles.content
    ]
    gold = tuple(roles for _, roles in marked)
    statements = tuple(s for s in reading.statements if not s.parent) if reading else ()
    predicted = tuple(roles_of(words, s) for s in statements)
    return Comparison(
        article=article,
        reading=reading,
        words=words,
        gold=gold,
        attributions=tuple(a for a, _ in marked),
        modes=tuple(mode_of(article.text, a.content, inside) for a, _ in marked),
        predicted=predicted,
        statements=statements,
        pairs={name: pair_roles(gold, predicted, agree) for name, agree in MEASURES.items()},
    )


def _gold_roles(words: Words, attribution: Attribution) -> Roles:
    """The words of an attribution; where the head is not marked, any word of the source will do."""
    source = words.covered(attribution.source)
    head = words.covered([attribution.source_head] if attribution.source_head else [])
    return Roles(
        source=source,
        cue=words.covered(attribution.cue),
        content=words.covered(attribution.content),
        head=head or source,
    )


def figures(comparisons: Sequence[Comparison], readings: Sequence[Reading]) -> dict[str, Any]:
    """Every figure of the task, in percent; ``readings`` are all that were made, matched or not."""
    tally: Counter[tuple[str, str]] = Counter()
    for comparison in comparisons:
        for name, right, predicted, gold in _count(comparison):
            tally.update({(name, "right"): right, (name, "predicted"): predicted, (name, "gold"): gold})
    names = sorted({name for name, _ in tally})
    statements = [s for reading in readings for s in reading.statements]
    return {
        **{
            name: precision_recall(*(tally[name, n] for n in ("right", "predicted", "gold")))
            for name in names
        },
        "recall": _recall_by_mode(comparisons),
        "documents": len(comparisons),
        "documents_without_reading": sum(c.reading is None for c in comparisons),
        "parented_share": round(100 * sum(bool(s.parent) for s in statements) / max(len(statements), 1), 1),
    }


def _count(c: Comparison) -> Iterator[tuple[str, int, int, int]]:
    """(figure, right, predicted, gold) counts of one article."""
    for role in ROLES:
        gold, predicted = [a.of(role) for a in c.gold], [a.of(role) for a in c.predicted]
        yield f"{role}.token", *_agreement(_letters(c.words, gold), _letters(c.words, predicted))
        yield f"{role}.exact", *_agreement(_runs(gold), _runs(predicted))
    for name, pairs in c.pairs.items():
        yield f"statement.{name}", len(pairs), len(c.predicted), len(c.gold)


def _agreement(gold: set[Any], predicted: set[Any]) -> tuple[int, int, int]:
    return len(gold & predicted), len(predicted), len(gold)


def _letters(words: Words, sets: Iterable[WordSet]) -> set[int]:
    """The words of all sets, punctuation marks left out."""
    return {n for found in sets for n in found if words.letters[n]}


def _runs(sets: Iterable[WordSet]) -> set[tuple[int, int]]:
    return {run for found in sets for run in runs_of(found)}


def _recall_by_mode(comparisons: Iterable[Comparison]) -> dict[str, float | None]:
    gold: Counter[str] = Counter()
    found: Counter[str] = Counter()
    for c in comparisons:
        for name, pairs in c.pairs.items():
            gold.update(f"{name}.{mode}" for mode in c.modes)
            found.update(f"{name}.{c.modes[i]}" for i in pairs)
    return {key: percent(found[key], gold[key]) for key in sorted(gold)}


def judge(comparisons: Iterable[Comparison]) -> list[Judged]:
    """Every prediction with its confidence; right means partially right."""
    return [
        Judged(statement.confidence, n in right)
        for c in comparisons
        for right in [set(c.pairs["partial"].values())]
        for n, statement in enumerate(c.statements)
    ]


def find_all_faults(comparisons: Iterable[Comparison]) -> Iterator[Fault]:
    """What was missed, is spurious, or has the content but not the cue or source."""
    for c in comparisons:
        gold = [
            Claim({role: getattr(a, role) for role in ROLES}, {"mode": mode})
            for a, mode in zip(c.attributions, c.modes, strict=True)
        ]
        predicted = [claim_of(s, c.reading) for s in c.statements if c.reading]
        yield from find_faults(
            c.article.id, c.article.text, gold, predicted, _loose_pairs(c), partial(_differences, c)
        )


def _loose_pairs(c: Comparison) -> Pairs:
    """Partially right pairs first, then pairs of what is left whose contents agree."""
    pairs = dict(c.pairs["partial"])
    taken = set(pairs.values())
    for i, j in c.pairs["content50"].items():
        if i not in pairs and j not in taken:
            pairs[i] = j
            taken.add(j)
    return pairs


def _differences(c: Comparison, i: int, j: int) -> list[str]:
    checks = {"cue": same_cue, "source": same_source}
    return [name for name, agree in checks.items() if not agree(c.gold[i], c.predicted[j])]
