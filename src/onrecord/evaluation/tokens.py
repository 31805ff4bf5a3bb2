"""Task ``tokens``: one BIO label a token, as published systems without links report it.

The protocol is CofeNet's (Wang et al. 2023) on PolNeAR: exact spans per role over
single instances. A token has one label, so where statements overlap the cue wins
over the source and the source over the content.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from onrecord.evaluation.figures import precision_recall
from onrecord.evaluation.gold import Instance, Pair
from onrecord.evaluation.roles import ROLES
from onrecord.records import Reading, Statement

LabelSpan: TypeAlias = tuple[str, int, int]
_WRITTEN_LAST_WINS = ("content", "source", "cue")


def figures(
    instances: Iterable[Instance], readings: Iterable[Reading], texts: Mapping[str, str]
) -> dict[str, Any]:
    """Exact and begin-only P, R and F1 per role; ``texts`` maps article ids to texts."""
    by_text = {reading.document.text: reading for reading in readings}
    tally: Counter[tuple[str, str]] = Counter()
    for instance in instances:
        reading = by_text.get(texts.get(instance.article, ""))
        statements = reading.statements if reading else ()
        gold, predicted = label_spans(instance.labels), label_spans(labels_of(instance, statements))
        for name, right, found, wanted in _count(gold, predicted):
            tally.update({(name, "right"): right, (name, "predicted"): found, (name, "gold"): wanted})
    return {
        name: precision_recall(*(tally[name, n] for n in ("right", "predicted", "gold")))
        for role in ROLES
        for name in (f"{role}.exact", f"{role}.begin")
    }


def primary(figures: Mapping[str, Mapping[str, float]]) -> float:
    """The mean of the three exact F1, in percent."""
    return sum(figures[f"{role}.exact"]["F1"] for role in ROLES) / len(ROLES)


def _count(gold: set[LabelSpan], predicted: set[LabelSpan]) -> Iterator[tuple[str, int, int, int]]:
    for role in ROLES:
        g, p = {s for s in gold if s[0] == role}, {s for s in predicted if s[0] == role}
        yield f"{role}.exact", len(g & p), len(p), len(g)
        yield f"{role}.begin", len({s[1] for s in g} & {s[1] for s in p}), len(p), len(g)


def labels_of(instance: Instance, statements: Iterable[Statement]) -> list[str]:
    """The BIO labels that the statements without a parent give to the instance's tokens."""
    labels = ["O"] * len(instance.tokens)
    begin = min((start for start, _ in instance.tokens), default=0)
    stop = max((end for _, end in instance.tokens), default=0)
    for statement in statements:
        if statement.parent:
            continue
        for role in _WRITTEN_LAST_WINS:
            for start, end in _spans(statement, role):
                if end <= begin or stop <= start:
                    continue  # most of an article's statements lie outside one sentence
                touched = [n for n, (s, e) in enumerate(instance.tokens) if s < end and start < e]
                for n in touched:
                    labels[n] = f"{'B' if n == touched[0] else 'I'}-{role}"
    return labels


def _spans(statement: Statement, role: str) -> list[Pair]:
    value = getattr(statement, role)
    return [(span.start, span.end) for span in (value if isinstance(value, tuple) else (value,)) if span]


def label_spans(labels: Sequence[str]) -> set[LabelSpan]:
    """The (role, first, last + 1) spans of BIO labels; an I that follows no span of its role begins one.

    >>> sorted(label_spans(["B-cue", "I-cue", "O", "I-source"]))
    [('cue', 0, 2), ('source', 3, 4)]
    """
    found: set[LabelSpan] = set()
    first, role = 0, ""
    for n, label in enumerate([*labels, "O"]):
        prefix, _, name = label.partition("-")
        if role and (prefix != "I" or name != role):
            found.add((role, first, n))
            role = ""
        if prefix != "O" and not role:
            first, role = n, name
    return found
