"""Task events: figures worked out by hand, false events among them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from factory import mention, reading, span, stmt

from onrecord.evaluation import Score, evaluate
from onrecord.records import Actor, Event, Reading
from onrecord.sources.raw import RawDocument

TEXT = (
    "Tarvia struck a depot on Monday. Prices rose again. Envoy Ana Kovar said Orvania had freed two pilots. "
    "Nobody was hurt.\nThe harbour froze over. A ferry was late."
)
KOVAR = stmt(TEXT, "Orvania had freed two pilots", source="Envoy Ana Kovar", cue="said", speaker="Q2")
ACTORS = (
    Actor(id="Q1", name="Tarvia"),
    Actor(id="Q2", name="Ana Kovar"),
    Actor(id="Q3", name="Orvania"),
)


def gold_event(
    type_: str, trigger: str, actor: list[str], recipient: list[str], **more: Any
) -> dict[str, Any]:
    found = span(TEXT, trigger)
    return {
        "type": type_,
        "trigger": [found.start, found.end],
        "actor_name": actor,
        "recipient_name": recipient,
        "modality": "actual",
        "asserted_by": None,
        **more,
    }


GOLD = {
    "document": "strait",
    "text": TEXT,
    "statements": [],
    "statements_complete": False,
    "events": [
        gold_event("ASSAULT", "struck", ["Tarvia"], ["depot"]),
        gold_event("RETREAT", "freed", ["Orvania"], ["two pilots"], asserted_by="Ana Kovar"),
        gold_event("CONSULT", "froze", [], [], marginal=True),
    ],
}


def event(type_: str, trigger: str, actor: str, recipient: str | None, **more: Any) -> Event:
    ids = {"Tarvia": "Q1", "Orvania": "Q3"}
    fields: dict[str, Any] = {"modality": "actual", "confidence": 0.9, **more}
    return Event(
        id=f"{type_}-{trigger}",
        type=type_,
        quad=4,
        actor=(mention(TEXT, actor, actor=ids.get(actor)),),
        recipient=(mention(TEXT, recipient),) if recipient else (),
        trigger=span(TEXT, trigger),
        sentence=span(TEXT, TEXT),
        **fields,
    )


STRUCK = event("ASSAULT", "struck", "Tarvia", "depot")
FREED = event("RETREAT", "freed", "Orvania", "two pilots", statement=KOVAR.id, confidence=0.6)
ROSE = event("PROTEST", "rose", "Prices", None, confidence=0.3)
FROZE = event("COERCE", "froze", "The harbour", None)


@pytest.fixture
def score(tmp_path: Path) -> Callable[..., Score]:
    path = tmp_path / "events.jsonl"
    path.write_text(json.dumps(GOLD) + "\n", encoding="utf-8")

    def scored(*events: Event, **options: Any) -> Score:
        def read_many(raws: Iterable[RawDocument]) -> Iterator[Reading]:
            for raw in raws:
                yield reading(str(raw.data), KOVAR, actors=ACTORS, events=events)

        return evaluate("events", path, reader=read_many, **options)

    return scored


def test_primary_is_the_f1_of_events_with_type_actors_and_recipients_right(
    score: Callable[..., Score],
) -> None:
    found = score(STRUCK, FREED, ROSE)
    assert found.figures["right"] == {"P": 66.7, "R": 100.0, "F1": 80.0, "gold": 2}
    assert found.primary == 0.8
    assert found.figures["asserter_right"] == 100.0
    assert found.figures["modality_right"] == 100.0


def test_what_is_wrong_in_one_part_counts_only_there(score: Callable[..., Score]) -> None:
    wrong = (
        event("ASSAULT", "struck", "Orvania", "depot", modality="future"),
        event("RETREAT", "freed", "Orvania", "two pilots"),
    )
    found = score(*wrong).figures
    assert (found["trigger"]["F1"], found["typed"]["F1"], found["right"]["F1"]) == (100.0, 100.0, 50.0)
    assert (found["modality_right"], found["asserter_right"]) == (50.0, 50.0)


def test_a_false_event_is_one_in_a_sentence_without_any_gold_not_even_marginal(
    score: Callable[..., Score],
) -> None:
    # Six sentences, three of them with gold, one of those marginal.
    figures = score(STRUCK, FREED, ROSE, FROZE).figures
    assert figures["false_event_sentences"] == {"percent": 33.3, "reported": 1, "sentences": 3}
    assert score(STRUCK).figures["false_event_sentences"]["percent"] == 0.0


def test_a_further_report_in_an_empty_sentence_is_false_too_and_two_in_one_count_once(
    score: Callable[..., Score],
) -> None:
    again = event("ASSAULT", "struck", "Tarvia", "depot", other_triggers=(span(TEXT, "hurt"),))
    late = (event("COERCE", "late", "A ferry", None), event("REJECT", "was late", "A ferry", None))
    assert score(again, *late).figures["false_event_sentences"]["reported"] == 2


def test_the_same_figure_stands_among_the_events_of_task_intl(tmp_path: Path) -> None:
    path = tmp_path / "dev.jsonl"
    path.write_text(json.dumps(GOLD) + "\n", encoding="utf-8")
    made = reading(TEXT, actors=(), events=(ROSE,))
    figures = evaluate("intl", path, reader=lambda raws: [made for _ in raws]).figures["events"]
    assert figures["false_event_sentences"]["percent"] == 33.3


def test_confidence_says_how_often_an_event_so_sure_is_right(score: Callable[..., Score]) -> None:
    table = score(STRUCK, FREED, ROSE, FROZE).confidence["right"]
    assert (table["output"], table["gold"]) == (3, 2)  # what matches a marginal event is not judged
    assert table["at_least"]["0.9"] == {"output": 1, "share": 33.3, "precision": 100.0, "recall": 50.0}


def test_a_threshold_is_told_with_the_false_events_that_it_leaves(score: Callable[..., Score]) -> None:
    hurt = event("ASSAULT", "hurt", "Nobody", None, confidence=0.8)
    surer = event("REJECT", "was hurt", "Nobody", None, confidence=0.6)
    table = score(STRUCK, ROSE, hurt, surer).confidence["false_event_sentences"]
    assert (table["0.5"], table["0.8"], table["0.9"]) == (33.3, 33.3, 0.0)


def test_events_below_the_confidence_asked_for_are_not_scored(score: Callable[..., Score]) -> None:
    assert score(STRUCK, FREED, ROSE, min_confidence=0.5).figures["right"]["P"] == 100.0


def test_faults_name_what_differs(score: Callable[..., Score]) -> None:
    faults = score(event("COERCE", "struck", "Tarvia", "depot"), FREED, ROSE).faults
    assert [(f.kind, f.why) for f in faults] == [("mismatched", ("type",)), ("spurious", ())]
    other = event("RETREAT", "freed", "Tarvia", "two pilots", modality="negated")
    missed, mismatched = score(other).faults
    assert (missed.kind, mismatched.why) == ("missed", ("participants", "modality", "asserted_by"))
    assert mismatched.gold is not None
    assert mismatched.gold["asserted_by"] == "Ana Kovar"
