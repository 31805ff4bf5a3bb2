"""Task ``events``, and the second part of ``intl``: who did what to whom, in what mood, and who says so.

Events match one to one on overlapping triggers, agreement of the type first. An
event is right where its type is and its actors and recipients are the gold ones,
a mention for each and none too many. A sentence holds none where no gold event,
not even a marginal one, has a trigger in it; an event reported there is false.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from onrecord.evaluation.calibration import THRESHOLDS, Judged
from onrecord.evaluation.faults import Claim, Fault, find_faults
from onrecord.evaluation.figures import found_and_missed, percent
from onrecord.evaluation.gold import AnnotatedText, GoldEvent, Pair, spans_of
from onrecord.evaluation.intl import CharacterSet, Comparison, gold_characters, span_characters
from onrecord.evaluation.names import same_name
from onrecord.evaluation.pairing import Pairs, pair_greedily
from onrecord.records import Event, Mention, Reading
from onrecord.text import recall_text

COUNTS = ("found", "typed", "right", "modality", "asserter", "missed", "extra")


def figures(comparisons: Sequence[Comparison]) -> dict[str, Any]:
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
        "false_event_sentences": _false_sentences(comparisons),
        "counts": n,
    }


def _false_sentences(comparisons: Iterable[Comparison]) -> dict[str, float | None]:
    """How many sentences hold no gold event, and the share of them on which one is reported."""
    reported = [hit is not None for hit in _eventless_sentences(comparisons)]
    return {
        "percent": percent(sum(reported), len(reported)),
        "reported": sum(reported),
        "sentences": len(reported),
    }


def false_at_thresholds(comparisons: Iterable[Comparison]) -> dict[str, float | None]:
    """The share of sentences without a gold event on which one at least so confident is reported."""
    hits = list(_eventless_sentences(comparisons))
    surest = [hit for hit in hits if hit is not None]
    return {str(t): percent(sum(hit >= t for hit in surest), len(hits)) for t in THRESHOLDS}


def _eventless_sentences(comparisons: Iterable[Comparison]) -> Iterator[float | None]:
    """For each sentence without a gold trigger the confidence of the surest event reported in it, or None."""
    for c in comparisons:
        wanted = frozenset[int]().union(*(_trigger(e) for e in c.article.events))
        for start, end in recall_text(c.reading).sentences:
            inside = frozenset(range(start, end))
            if not inside & wanted:
                yield max((e.confidence for e in c.reading.events if inside & _triggers(e)), default=None)


def _triggers(event: Event) -> CharacterSet:
    return span_characters((event.trigger, *event.other_triggers))


def firm(comparisons: Iterable[Comparison]) -> int:
    """How many gold events are scored."""
    return sum(not e.marginal for c in comparisons for e in c.article.events)


def judge(comparisons: Iterable[Comparison]) -> list[Judged]:
    """Every reported event with its confidence; right where type, actors and recipients are.

    What matches a marginal event is neither right nor wrong, and left out.
    """
    judged = []
    for c in comparisons:
        gold_of = {j: i for i, j in _pair_triggers(c.article, c.reading).items()}
        for j, event in enumerate(c.reading.events):
            gold = c.article.events[gold_of[j]] if j in gold_of else None
            if gold is None or not gold.marginal:
                right = gold is not None and bool(_judge(gold, event, c).get("right"))
                judged.append(Judged(event.confidence, right))
    return judged


def find_all_faults(comparisons: Iterable[Comparison]) -> Iterator[Fault]:
    """What was missed, is spurious, or has the trigger but another type, participants, mood or asserter."""
    for c in comparisons:
        gold = [_gold_claim(e) for e in c.article.events]
        predicted = [_claim(e, c) for e in c.reading.events]
        optional = {i for i, e in enumerate(c.article.events) if e.marginal}
        pairs = _pair_triggers(c.article, c.reading)
        yield from find_faults(
            c.article.document, c.article.text, gold, predicted, pairs, partial(_differences, c), optional
        )


def _gold_claim(gold: GoldEvent) -> Claim:
    spans = {"cue": spans_of(gold.trigger)}
    values = {"type": sorted(gold.types), "actor": gold.actor_name, "recipient": gold.recipient_name}
    return Claim(spans, values | {"modality": gold.modality, "asserted_by": gold.asserted_by})


def _claim(event: Event, c: Comparison) -> Claim:
    called = [[c.names.get(m.actor or "") or m.text for m in side] for side in (event.actor, event.recipient)]
    speakers = {s.id: s.speaker for s in c.reading.statements}
    asserter = c.names.get(speakers.get(event.statement or "") or "") if event.statement else None
    values = {"type": event.type, "actor": called[0], "recipient": called[1], "modality": event.modality}
    spans: dict[str, tuple[Pair, ...]] = {"cue": ((event.trigger.start, event.trigger.end),)}
    return Claim(spans, values | {"asserted_by": asserter, "confidence": event.confidence})


def _differences(c: Comparison, i: int, j: int) -> list[str]:
    verdict = _judge(c.article.events[i], c.reading.events[j], c)
    if "typed" not in verdict:
        return ["type"]
    parts = {"participants": "right", "modality": "modality", "asserted_by": "asserter"}
    return [name for name, part in parts.items() if not verdict[part]]


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
        "right": same_people(gold, found, c.names),
    }


def _same_asserter(gold: GoldEvent, found: Event, c: Comparison) -> bool:
    """Whether the same person says so; the article itself where gold names nobody."""
    if not gold.asserted_by:
        return not found.statement or gold.presupposed
    speakers = {s.id: s.speaker for s in c.reading.statements}
    speaker = speakers.get(found.statement or "")
    return same_name(c.names.get(speaker or "", ""), gold.asserted_by)


def same_people(gold: GoldEvent, found: Event, names: Mapping[str, str]) -> bool:
    """Whether actors and recipients are the gold ones; of reciprocal events all parties together."""
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
