"""What people decide about events, and what verify finds wrong with them."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from sample_events import EVENTS, LUND, MARR, VASTRIA, make_events

from onrecord.errors import UsageError
from onrecord.event_query import EventQuery, search_events
from onrecord.identities import ActorDecision
from onrecord.ledger import read_decision, write_decisions
from onrecord.records import Event, Reading
from onrecord.store import Store, open_record
from onrecord.verify import verify, verify_reading


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_record(tmp_path / "record.db") as opened:
        opened.write(make_events())
        yield opened
        assert list(verify(opened)) == []
        assert all(not list(verify_reading(r)) for r in opened.readings())


def found(store: Store, **fields: str) -> list[str]:
    return [hit.event.id for hit in search_events(store, EventQuery(**fields))]


def decided(store: Store) -> Reading:
    return store.get_reading(make_events().document.id)


def with_event(made: Event) -> Reading:
    return make_events(events=(made, *EVENTS[1:]))


def test_a_rejected_event_is_left_out_and_comes_back_when_that_is_withdrawn(store: Store) -> None:
    made = store.decide("e-closing", "event", "reject", by="ada")
    assert (made.state, [s.text for s in made.words]) == ("in force", ["closing"])
    assert found(store, type="COERCE") == ["e-seized"]
    assert "e-closing" not in {e.id for e in decided(store).events}
    assert next(n.message for n in decided(store).notes if n.code == "rejected").startswith(
        "event e-closing rejected by ada"
    )
    store.withdraw("e-closing", "event")
    assert found(store, type="COERCE") == ["e-seized", "e-closing"]
    assert decided(store) == make_events()


def test_an_accepted_event_stays_and_a_note_says_who_accepted_it(store: Store) -> None:
    store.decide("e-meet", "event", "accept")
    assert decided(store).events == EVENTS
    assert [n.code for n in decided(store).notes] == ["accepted"]


def test_what_was_decided_about_an_event_holds_when_the_document_is_read_again(store: Store) -> None:
    store.decide("e-closing", "event", "reject")
    store.write(make_events(outlet="Another Wire"))
    assert found(store, type="COERCE") == ["e-seized"]
    store.write(make_events(events=EVENTS[2:]))
    assert [d.state for d in store.decisions()] == ["orphaned"]
    store.write(make_events())
    assert [d.state for d in store.decisions()] == ["in force"]


def test_another_act_at_the_same_words_is_not_what_was_rejected(store: Store) -> None:
    store.decide("e-condemned", "event", "reject")
    other = msgspec.structs.replace(EVENTS[0], id="e-other", type="REQUEST", mode="change")
    store.write(with_event(other))
    assert "e-other" in {e.id for e in decided(store).events}
    assert [d.state for d in store.decisions()] == ["orphaned"]


def test_a_statement_of_that_id_and_an_event_are_not_mixed_up(store: Store) -> None:
    for wrong in ("s-shelled", "e-nowhere"):
        with pytest.raises(UsageError, match="no statement or event"):
            store.decide(wrong, "event", "reject")
    with pytest.raises(UsageError, match="no statement or event"):
        store.decide("e-closing", "review", "reject")
    with pytest.raises(UsageError, match="'accept' or 'reject'"):
        store.decide("e-closing", "event", "maybe")


def test_an_id_or_its_beginning_tells_a_statement_from_an_event(store: Store) -> None:
    assert store.find_claim("e-clo").kind == "event"
    assert store.find_claim("s-shelled").kind == "statement"
    store.decide("e-closing", "event", "reject")
    assert store.find_claim("e-clo").kind == "event"
    with pytest.raises(UsageError, match="is an event"):
        store.find_statement("e-closing")
    with pytest.raises(UsageError, match="statements or events; give more"):
        store.find_claim("e-")


def test_decisions_on_events_go_into_another_record(store: Store, tmp_path: Path) -> None:
    store.decide("e-closing", "event", "reject", by="ada")
    out = io.BytesIO()
    assert write_decisions(store, out) == 1
    with open_record(tmp_path / "other.db") as other:
        other.write(make_events())
        assert other.take(read_decision(out.getvalue(), origin="x:1")) == "added"
        assert found(other, type="COERCE") == ["e-seized"]


def test_a_rejected_statement_takes_its_events_out_of_the_index(store: Store) -> None:
    store.decide("s-shelled", "review", "reject")
    assert found(store, type="ASSAULT") == ["e-fired"]


def test_a_corrected_speaker_is_corrected_in_the_events_whose_words_these_are(store: Store) -> None:
    store.decide("s-expel", "speaker", "Otto Lund")
    threat = next(e for e in decided(store).events if e.id == "e-threat")
    assert [m.actor for m in threat.actor] == [LUND]
    assert [m.actor for m in threat.recipient] == [VASTRIA]
    assert found(store, actor="Otto Lund", type="THREATEN") == ["e-threat"]
    assert found(store, actor="Marr") == ["e-meet"]
    assert [s.holder for s in decided(store).stances][-1] == LUND
    store.decide("s-expel", "speaker", None)
    assert found(store, actor=MARR) == ["e-meet"]
    assert len(decided(store).stances) == 1


def test_who_people_say_an_actor_is_holds_in_events_and_stances_too(store: Store) -> None:
    store.decide_actor(ActorDecision(kind="link", actor=MARR, target=LUND, decided_at=""))
    meeting = next(e for e in decided(store).events if e.id == "e-meet")
    assert {m.actor for m in meeting.actor} == {LUND}
    assert found(store, actor="Otto Lund") == ["e-threat", "e-meet"]
    assert found(store, actor=MARR) == ["e-threat", "e-meet"]  # the machine's id still leads there
    assert found(store, asserted_by="Otto Lund", modality="actual") == ["e-shelled"]
    assert [hit.holder.name for hit in store.stances(holder="Lund") if hit.holder] == ["Otto Lund"]


def test_forgetting_removes_the_words_of_events_from_the_file(store: Store) -> None:
    store.forget(make_events().document.id)
    assert store.count().events == store.count().stances == 0
    store.close()
    assert b"gunboats" not in store.path.read_bytes()
    store.__init__(open_record(store.path)._db, store.path)  # type: ignore[misc] - for the fixture's end


@pytest.mark.parametrize(
    ("changed", "path", "says"),
    [
        ({"type": "FIGHT"}, "events[0].type", "PLOVER has no 'FIGHT disapprove'"),
        ({"mode": "aerial"}, "events[0].type", "PLOVER has no 'ACCUSE aerial'"),
        ({"quad": 1}, "events[0].quad", "ACCUSE is quad 3, not 1"),
        ({"context": ("weather",)}, "events[0].context", "no context 'weather'"),
        ({"sentence": EVENTS[-1].sentence}, "events[0].trigger", "not in the sentence"),
        ({"statement": "s-gone"}, "events[0].statement", "'s-gone' is none of the statements"),
    ],
)
def test_verify_says_what_is_wrong_with_an_event(changed: dict[str, object], path: str, says: str) -> None:
    (defect,) = verify_reading(with_event(msgspec.structs.replace(EVENTS[0], **changed)))
    assert defect.path == path
    assert says in defect.message


def test_verify_checks_every_trigger_and_whom_an_event_refers_to() -> None:
    shelled = EVENTS[2]
    moved = msgspec.structs.replace(shelled.other_triggers[0], start=0)
    ghost = msgspec.structs.replace(shelled.actor[0], actor="Q0")
    assert shelled.location is not None
    nowhere = msgspec.structs.replace(shelled.location, place="local:nowhere")
    broken = msgspec.structs.replace(shelled, other_triggers=(moved,), actor=(ghost,), location=nowhere)
    defects = {(d.path, d.code) for d in verify_reading(make_events(events=(broken,)))}
    assert defects == {
        ("events[0].other_triggers[0]", "span"),
        ("events[0].actor[0].actor", "reference"),
        ("events[0].location.place", "reference"),
    }


@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE events SET quad = 1 WHERE id = 'e-closing'",
        "DELETE FROM parties",
        "UPDATE stances SET polarity = 'support'",
        "INSERT INTO event_words (event_words, rowid, words) VALUES ('delete', 1, 'canal')",
    ],
)
def test_an_index_of_events_that_was_tampered_with_is_found_out_and_mended(
    store: Store, tampering: str
) -> None:
    store._db.execute(tampering)
    assert {d.code for d in verify(store)} <= {"index", "words"}
    assert list(verify(store)) != []
    store.rebuild()
