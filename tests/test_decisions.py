from datetime import UTC, datetime

import msgspec
import pytest
from factory import mention, reading, span, stmt

from onrecord.errors import UsageError
from onrecord.query import Query, search, speakers
from onrecord.records import Actor, Event, Reading, Stance
from onrecord.store import open_record
from onrecord.verify import verify, verify_reading

TEXT = "Marlow said that Brandt had promised to leave. The envoy warned of delay."
DAY = datetime(2024, 3, 1, 9, 30, tzinfo=UTC)


def one(**fields) -> Reading:
    outer = stmt(TEXT, "that Brandt had promised to leave", source="Marlow", id="outer")
    inner = stmt(TEXT, "to leave", source="Brandt", id="inner", parent="outer", act="promise")
    warned = stmt(TEXT, "of delay", id="warned", act="warn", speaker=None)
    leaving = Event(
        id="e",
        type="RETREAT",
        quad=2,
        trigger=span(TEXT, "leave"),
        sentence=span(TEXT, TEXT),
        modality="future",
        statement="inner",
        confidence=0.5,
    )
    stance = Stance(
        holder="local:brandt",
        target="local:marlow",
        polarity="support",
        evidence=span(TEXT, "leave"),
        statement="inner",
        confidence=0.5,
    )
    return reading(TEXT, outer, inner, warned, events=(leaving,), stances=(stance,), **fields)


@pytest.fixture
def store(tmp_path):
    with open_record(tmp_path / "record.db") as opened:
        opened.write(one())
        yield opened
        assert list(verify(opened)) == []
        assert all(not list(verify_reading(r)) for r in opened.readings())


def speaker_of(store, statement: str) -> str | None:
    return next(h.speaker_name for h in search(store, Query()) if h.statement.id == statement)


def decided(store) -> Reading:
    return store.get_reading(one().document.id)


def test_a_decided_speaker_holds_in_readings_search_and_speakers(store):
    made = store.decide("warned", "speaker", "Otto Lund", by="ana", at=DAY)
    assert (made.state, made.decided_at, made.document) == (
        "in force",
        "2024-03-01T09:30:00+00:00",
        one().document.id,
    )
    assert [h.statement.id for h in search(store, Query(speaker="otto lund"))] == ["warned"]
    assert "Otto Lund" in [r.name for r in speakers(store, Query())]
    actor = decided(store).actors[-1]
    assert (actor.id, actor.linked_by) == ("local:otto-lund", "user")
    note = decided(store).notes[-1]
    assert (note.code, note.statement) == ("decided-speaker", "warned")
    assert note.message == "speaker set to Otto Lund by ana on 2024-03-01; the machine had nobody"


def test_the_machines_reading_stays_as_it_was_written(store):
    store.decide("warned", "speaker", "Otto Lund")
    store.decide("inner", "review", "reject")
    assert store.get_reading(one().document.id, decided=False) == one()
    assert list(store.readings(decided=False)) == [one()]


@pytest.mark.parametrize("value", ["local:brandt", "Brandt", "BRANDT"])
def test_a_speaker_who_is_in_the_document_is_that_actor(store, value):
    store.decide("warned", "speaker", value)
    assert len(decided(store).actors) == 2
    assert decided(store).statements[2].speaker == "local:brandt"


def test_a_name_that_two_actors_share_is_neither_of_them(tmp_path):
    text = "Vale and Vale spoke: go."
    actors = tuple(Actor(id=f"local:{n}", name="Vale", mentions=(mention(text, "Vale", n),)) for n in (0, 1))
    with open_record(tmp_path / "r.db") as store:
        store.write(reading(text, stmt(text, "go", id="s"), actors=actors))
        store.decide("s", "speaker", "Vale")
        assert store.get_reading(next(store.readings()).document.id).statements[0].speaker == "local:vale"


@pytest.mark.parametrize("value", ["Q42", "local:north-desk"])
def test_an_id_that_the_document_does_not_have_is_taken_as_it_is(store, value):
    store.decide("warned", "speaker", value)
    assert decided(store).statements[2].speaker == value


def test_nobody_can_be_decided_to_be_the_speaker(store):
    store.decide("inner", "speaker", None)
    assert speaker_of(store, "inner") is None
    assert search(store, Query(speaker="Brandt")) == []


def test_a_rejected_statement_is_gone_with_what_it_asserts_and_its_inner_ones_move_up(store):
    store.decide("outer", "review", "reject")
    assert [(s.id, s.parent) for s in decided(store).statements] == [("inner", None), ("warned", None)]
    assert len(decided(store).events) == 1
    store.decide("inner", "review", "reject")
    assert [h.statement.id for h in search(store, Query())] == ["warned"]
    assert (decided(store).events, decided(store).stances) == ((), ())
    assert [n.code for n in decided(store).notes] == ["rejected", "rejected"]


def test_an_accepted_statement_says_so_and_is_not_changed(store):
    store.decide("inner", "review", "accept", by="ana", at=DAY)
    assert decided(store).statements == one().statements
    assert [(n.code, n.statement, n.message) for n in decided(store).notes] == [
        ("accepted", "inner", "accepted by ana on 2024-03-01")
    ]


def test_the_latest_decision_counts_and_the_earlier_stay_on_record(store):
    store.decide("inner", "review", "reject")
    store.decide("inner", "review", "accept")
    store.decide("inner", "speaker", "Marlow")
    assert [(d.kind, d.state) for d in store.decisions()] == [
        ("review", "superseded"),
        ("review", "in force"),
        ("speaker", "in force"),
    ]
    assert speaker_of(store, "inner") == "Marlow"


def test_a_withdrawn_decision_leaves_what_the_machine_found(store):
    store.decide("inner", "review", "reject")
    store.withdraw("inner", "review", by="ana")
    assert [d.state for d in store.decisions()] == ["superseded", "withdrawn"]
    assert decided(store) == one()
    assert len(search(store, Query())) == 3


def test_decisions_outlive_another_reading_of_the_document(store):
    store.decide("inner", "speaker", "Otto Lund")
    store.decide("warned", "review", "reject")
    assert store.write(one(published="1962-10-28")) == "replaced"
    assert [(h.statement.id, h.speaker_name) for h in search(store, Query())] == [
        ("outer", "Marlow"),
        ("inner", "Otto Lund"),
    ]
    assert store.write(one(published="1962-10-28")) == "unchanged"


def test_a_decision_follows_the_same_words_when_ids_change(store):
    store.decide("warned", "speaker", "Otto Lund")
    first, second, third = one().statements
    renamed = msgspec.structs.replace(third, id="w2")
    store.write(msgspec.structs.replace(one(), statements=(first, second, renamed)))
    assert [d.state for d in store.decisions()] == ["in force"]
    assert speaker_of(store, "w2") == "Otto Lund"
    store.decide("w2", "speaker", "Brandt")
    assert [d.state for d in store.decisions()] == ["superseded", "in force"]


def test_a_decision_whose_statement_is_gone_is_kept_as_orphaned_and_holds_again_when_it_returns(store):
    store.decide("warned", "speaker", "Otto Lund")
    store.write(msgspec.structs.replace(one(), statements=one().statements[:2]))
    (orphan,) = store.decisions()
    assert (orphan.state, orphan.words[0].text) == ("orphaned", "of delay")
    store.write(one())
    assert speaker_of(store, "warned") == "Otto Lund"


def test_a_rejected_statement_can_still_be_decided_on(store):
    store.decide("warned", "review", "reject")
    store.decide("warned", "review", "accept")
    assert len(search(store, Query())) == 3


@pytest.mark.parametrize(
    ("statement", "kind", "value"),
    [
        ("nowhere", "review", "accept"),
        ("inner", "review", "maybe"),
        ("inner", "review", None),
        ("inner", "mood", "x"),
        ("inner", "speaker", " "),
    ],
)
def test_a_decision_that_makes_no_sense_is_refused_and_leaves_nothing(store, statement, kind, value):
    with pytest.raises(UsageError):
        store.decide(statement, kind, value)
    assert list(store.decisions()) == []


def test_a_statement_id_that_two_documents_use_needs_the_document(store):
    text = "Vale said go."
    store.write(reading(text, stmt(text, "go", id="inner"), given_id="other"))
    with pytest.raises(UsageError, match="in 2 documents"):
        store.decide("inner", "review", "reject")
    store.decide("inner", "review", "reject", document="other")
    assert sorted(h.statement.id for h in search(store, Query())) == ["inner", "outer", "warned"]
    assert [d.document for d in store.decisions(store.resolve("other"))] == [store.resolve("other")]
