"""Task ``intl``, second part: who did what to whom, in what mood, and who says so.

Events match one to one on overlapping triggers, agreement of the type first. An
event is right where its type is and its actors and recipients are the gold ones,
a mention for each and none too many.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from onrecord.evaluation.figures import found_and_missed, percent
from onrecord.evaluation.gold import AnnotatedText, GoldEvent
from onrecord.evaluation.intl import CharacterSet, Comparison, gold_characters, span_characters
from onrecord.evaluation.names import same_name
from onrecord.evaluation.pairing import Pairs, pair_greedily
from onrecord.records import Event, Mention, Reading

COUNTS = ("found", "typed", "right", "modality", "asserter", "missed", "extra")


def figures(comparisons: Iterable[Comparison]) -> dict[str, Any]:
    """Every figure about events, in percent, with the counts they rest on."""
    total: Counter[str] = Counter()
    for c in comparisons:
        total.update(_count(c))
    n = {name: total[name] for name in COUNTS}
    predicted, gold = n["found"] + n["extra"], n["found"] + n["missed"]
    return {
        "trigger": found_and_missed(n["found"], n["extra"], n["missed"]),
        "typed": found_and_missed(n["typed"], predicted - n["typed"], gold - n["typed"]),
        "right": found_and_missed(n["right"], predicted - n["right"], gold - n["right"]),
        "modality_right": percent(n["modality"], n["typed"]),
        "asserter_right": percent(n["asserter"], n["typed"]),
        "counts": n,
    }


def _count(c: Comparison) -> Counter[str]:
    gold, predicted = c.article.events, c.reading.events
    pairs = _pair_triggers(c.article, c.reading)
    n: Counter[str] = Counter()
    n["missed"] = sum(not e.marginal for i, e in enumerate(gold) if i not in pairs)
    n["extra"] = len(predicted) - len(pairs)
    for i, j in pairs.items():
        if not gold[i].marginal:
            n.update(_judge(gold[i], predicted[j], c))
    return n


def _pair_triggers(article: AnnotatedText, reading: Reading) -> Pairs:
    triggers = [span_characters([e.trigger]) for e in reading.events]
    return pair_greedily(
        ((found.type not in gold.types, -len(where & triggers[j])), i, j)
        for i, gold in enumerate(article.events)
        for where in [_trigger(gold)]
        for j, found in enumerate(reading.events)
        if where & triggers[j]
    )


def _trigger(gold: GoldEvent) -> CharacterSet:
    return gold_characters(gold.trigger) | gold_characters(gold.other_triggers)


def _judge(gold: GoldEvent, found: Event, c: Comparison) -> dict[str, int]:
    """What counts for one matched event; nothing beyond the trigger where the type is wrong."""
    if found.type not in gold.types:
        return {"found": 1}
    return {
        "found": 1,
        "typed": 1,
        "modality": found.modality == gold.modality,
        "asserter": _same_asserter(gold, found, c),
        "right": _same_people(gold, found, c.names),
    }


def _same_asserter(gold: GoldEvent, found: Event, c: Comparison) -> bool:
    """Whether the same person says so; the article itself where gold names nobody."""
    if not gold.asserted_by:
        return not found.statement or gold.presupposed
    speakers = {s.id: s.speaker for s in c.reading.statements}
    speaker = speakers.get(found.statement or "")
    return same_name(c.names.get(speaker or "", ""), gold.asserted_by)


def _same_people(gold: GoldEvent, found: Event, names: Mapping[str, str]) -> bool:
    if gold.reciprocal:
        parties = gold.actor_name + gold.recipient_name
        return _agree(parties, found.actor + found.recipient, names)
    return _agree(gold.actor_name, found.actor, names) and _agree(gold.recipient_name, found.recipient, names)


def _agree(wanted: Iterable[str], mentions: Iterable[Mention], names: Mapping[str, str]) -> bool:
    """Whether every name has a mention of its own; a second mention of a wanted one is no error."""
    left = [names.get(m.actor or "") or m.text for m in mentions]
    wanted = tuple(wanted)
    for name in wanted:
        hit = next((n for n, label in enumerate(left) if same_name(name, label)), None)
        if hit is None:
            return False
        del left[hit]
    return all(any(same_name(name, label) for name in wanted) for label in left)
