"""One event, many reports: what is merged, what is kept apart, and what the one event says."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.merging import merge_events, share_stem
from onrecord.records import Event, Interval, Location, Mention, Span
from tests.factory import event, span

TEXT = """Rebels shelled the ferry on Friday.
The shelling killed a cook, the harbourmaster said.
On Monday rebels bombarded the ferry and the pier.
The navy deplored the attack.
The mayor met the bishop; they talked about rent."""


def who(*actors: str) -> tuple[Mention, ...]:
    return tuple(Mention(start=0, end=6, text="Rebels", actor=actor, form="name") for actor in actors)


def report(trigger: str, actor: str = "", recipient: str = "", kind: str = "ASSAULT", **fields: Any) -> Event:
    return event(TEXT, trigger, kind, actor=who(*actor.split()), recipient=who(*recipient.split()), **fields)


def triggers(*events: Event) -> list[list[str]]:
    return [[e.trigger.text, *(t.text for t in e.other_triggers)] for e in merge_events(events)]


def days(first: str, last: str | None = None) -> Interval:
    return Interval(from_=first, to=last or first, precision="day")


def place(name: str | None) -> Location:
    return Location(span=span(TEXT, "ferry"), place=name)


def test_reports_with_one_word_and_one_side_are_of_one_event() -> None:
    assert triggers(report("shelled", "rebels", "ferry"), report("shelling", "rebels")) == [
        ["shelled", "shelling"]
    ]


def test_a_noun_that_names_nobody_points_back() -> None:
    assert triggers(report("bombarded", "rebels", "ferry"), report("attack")) == [["bombarded", "attack"]]


def test_a_noun_that_names_somebody_else_does_not() -> None:
    assert len(triggers(report("bombarded", "rebels", "ferry"), report("attack", "navy"))) == 2


def test_both_sides_close_by_are_enough() -> None:
    first, second = report("shelled", "rebels", "ferry"), report("bombarded", "rebels", "ferry")
    assert triggers(first, second) == [["shelled", "bombarded"]]


def test_a_stroke_and_what_came_of_it_in_one_sentence_are_one() -> None:
    assert triggers(report("shelling", "rebels"), report("killed", "rebels", "cook")) == [
        ["killed", "shelling"]
    ]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"date": days("2025-06-20")}, {"date": days("2025-06-23")}),
        ({"location": place("geonames:1")}, {"location": place("geonames:2")}),
        ({"modality": "actual"}, {"modality": "negated"}),
        ({"mode": "aerial"}, {"mode": "firearms"}),
        ({"recipient": "ferry"}, {"recipient": "mill"}),
        ({"kind": "ASSAULT"}, {"kind": "THREATEN"}),
    ],
)
def test_what_differs_keeps_reports_apart(first: dict[str, Any], second: dict[str, Any]) -> None:
    reports = [report(t, **{"actor": "rebels", **f}) for t, f in (("shelled", first), ("shelling", second))]
    assert len(triggers(*reports)) == 2


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"date": days("2025-06-20")}, {"date": days("2025-06-16", "2025-06-22")}),
        ({"date": days("2025-06-20")}, {"date": None}),
        ({"location": place("geonames:1")}, {"location": place(None)}),
        ({"mode": "aerial"}, {"mode": None}),
        ({"recipient": "ferry"}, {"recipient": "ferry pier"}),
        ({"statement": "0123456789abcdef"}, {"statement": None}),
    ],
)
def test_what_is_left_open_or_less_exact_keeps_nothing_apart(
    first: dict[str, Any], second: dict[str, Any]
) -> None:
    reports = [report(t, **{"actor": "rebels", **f}) for t, f in (("shelled", first), ("shelling", second))]
    assert len(triggers(*reports)) == 1


def test_a_report_fits_all_the_others_of_its_event() -> None:
    friday = report("shelled", "rebels", "ferry", date=days("2025-06-20"))
    undated = report("shelling", "rebels", "ferry")
    monday = report("bombarded", "rebels", "ferry", date=days("2025-06-23"))
    assert triggers(friday, undated, monday) == [["shelled", "shelling"], ["bombarded"]]


def test_the_fullest_report_is_the_event_and_takes_what_others_add() -> None:
    bare = report("shelled", "rebels", date=days("2025-06-20"), context=("military",), confidence=0.9)
    full = report("shelling", "rebels", "ferry", mode="heavy-weapons", confidence=0.7)
    (merged,) = merge_events([bare, full])
    assert merged.trigger.text == "shelling"
    assert merged.id == full.id
    assert (merged.date, merged.context, merged.confidence) == (bare.date, ("military",), 0.9)


def test_of_equal_reports_the_articles_own_is_the_event() -> None:
    told = report("shelled", "rebels", "ferry", statement="0123456789abcdef")
    own = report("shelling", "rebels", "ferry")
    (merged,) = merge_events([told, own])
    assert (merged.trigger.text, merged.statement) == ("shelling", None)


def test_participants_without_an_actor_are_compared_by_their_words() -> None:
    words = (Mention(start=0, end=6, text="Rebels", form="nominal"),)
    other = (Mention(start=0, end=6, text="Pirates", form="nominal"),)
    first = event(TEXT, "shelled", "ASSAULT", actor=words)
    assert len(merge_events([first, event(TEXT, "shelling", "ASSAULT", actor=words)])) == 1
    assert len(merge_events([first, event(TEXT, "shelling", "ASSAULT", actor=other)])) == 2


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("shelled", "the shelling", True),
        ("struck", "drone strike", True),
        ("withdrew", "withdrawal", True),
        ("has refused", "refusal", True),
        ("met", "meeting", True),
        ("carried out a raid", "carried out arrests", False),
        ("charged", "changed", False),
        ("war", "warned", False),
        ("protested", "protected", False),
        ("rejected", "the rejection", True),
    ],
)
def test_words_of_one_stem(first: str, second: str, same: bool) -> None:
    assert share_stem(first, second) is same


@given(
    st.lists(
        st.tuples(
            st.integers(0, 40),
            st.sampled_from(["", "a", "b", "a b"]),
            st.sampled_from(["", "c", "d"]),
            st.sampled_from(["ASSAULT", "CONSULT"]),
            st.sampled_from(["actual", "future"]),
        ),
        max_size=12,
        unique_by=lambda row: (row[0], row[3]),
    )
)
def test_no_trigger_is_lost_and_none_is_made(rows: list[tuple[int, str, str, str, Any]]) -> None:
    reports = [
        event(
            TEXT,
            "Rebels",
            kind,
            id=str(n),
            actor=who(*actor.split()),
            recipient=who(*recipient.split()),
            modality=modality,
        )
        for n, (_, actor, recipient, kind, modality) in enumerate(rows)
    ]
    moved = [
        Event(
            **{f: getattr(e, f) for f in Event.__struct_fields__}
            | {"trigger": Span(start=at, end=at + 3, text="hit")}
        )
        for e, (at, *_) in zip(reports, rows, strict=True)
    ]
    merged = merge_events(moved)
    kept = {(e.type, t.start) for e in merged for t in (e.trigger, *e.other_triggers)}
    assert kept == {(e.type, e.trigger.start) for e in moved}
    assert len(merged) <= len(moved)
