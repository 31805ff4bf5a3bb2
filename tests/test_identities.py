"""Who somebody is, as people decide it: laid over readings and followed by the index."""

from __future__ import annotations

import sqlite3
import tempfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from factory import mention, reading, stmt
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord import migrations
from onrecord.errors import UsageError
from onrecord.identities import ActorDecision, know_with
from onrecord.knowledge import Entity, Tenure
from onrecord.query import Query, search, speakers
from onrecord.records import Actor, Reading
from onrecord.store import Store, open_record
from onrecord.tenures import office_called
from onrecord.verify import verify, verify_reading

TEXT = "Marlow said the dam would hold. The French foreign minister warned of floods. Brandt was silent."
DAY = datetime(2031, 3, 1, tzinfo=UTC)
VENN = Entity(
    id="user:orla-venn", name="Orla Venn", kind="person", country="FRA", names=("Orla Venn", "O. Venn")
)
TERM = Tenure(
    person=VENN.id,
    office="foreign minister",
    of="FRA",
    title="Foreign Minister",
    start="2031-01",
    end="2031-12",
)


def one(published: str | None = "2031-02-14", **fields: object) -> Reading:
    held = stmt(TEXT, "the dam would hold", source="Marlow", cue="said", id="held")
    warned = stmt(
        TEXT,
        "of floods",
        source="The French foreign minister",
        cue="warned",
        id="warned",
        speaker="local:minister",
    )
    actors = (
        Actor(id="local:marlow", name="Marlow", kind="person", role="dam keeper", linked_by="name",
              mentions=(mention(TEXT, "Marlow", actor="local:marlow"),)),
        Actor(id="local:minister", name="French foreign minister", kind="person",
              mentions=(mention(TEXT, "The French foreign minister", form="nominal"),)),
        Actor(id="local:brandt", name="Brandt", kind="person",
              mentions=(mention(TEXT, "Brandt", actor="local:brandt"),)),
    )  # fmt: skip
    return reading(TEXT, held, warned, actors=actors, published=published, **fields)


@pytest.fixture
def store(tmp_path: Path):
    with open_record(tmp_path / "record.db") as opened:
        opened.write(one())
        yield opened
        assert list(verify(opened)) == []
        assert all(not list(verify_reading(r)) for r in opened.readings())
        assert list(opened.readings(decided=False)) == [one()]


def row(entity: Entity) -> ActorDecision:
    return ActorDecision(kind="entity", actor=entity.id, entity=entity, decided_at="")


def term(tenure: Tenure, was: str | None = None) -> ActorDecision:
    return ActorDecision(kind="tenure", actor=tenure.person, tenure=tenure, was=was, decided_at="")


def link(actor: str, target: str, document: str | None = None) -> ActorDecision:
    return ActorDecision(kind="link", actor=actor, target=target, document=document, decided_at="")


def unlink(actor: str) -> ActorDecision:
    return ActorDecision(kind="unlink", actor=actor, decided_at="")


def heard(store: Store) -> dict[str, str | None]:
    return {h.statement.id: h.statement.speaker for h in search(store, Query())}


def notes(store: Store, code: str) -> list[str]:
    return [n.message for r in store.readings() for n in r.notes if n.code == code]


def test_a_linked_actor_has_its_new_identity_in_readings_search_and_speakers(store: Store) -> None:
    store.decide_actor(row(VENN))
    made = store.decide_actor(link("local:marlow", VENN.id), by="ada", at=DAY)
    assert (made.number, made.state, made.decided_by) == (2, "in force", "ada")
    assert heard(store)["held"] == VENN.id
    assert [h.statement.id for h in search(store, Query(speaker="orla venn"))] == ["held"]
    assert [h.statement.id for h in search(store, Query(country="fra"))] == ["held"]
    assert ("Orla Venn", "FRA") in [(r.name, r.country) for r in speakers(store, Query())]
    (found,) = [a for r in store.readings() for a in r.actors if a.id == VENN.id]
    assert (found.name, found.linked_by, found.role) == ("Orla Venn", "user", "dam keeper")
    assert found.mentions[0].actor == VENN.id
    assert notes(store, "decided-identity") == [
        "“Marlow” is Orla Venn (user:orla-venn): linked by ada on 2031-03-01; the machine had local:marlow"
    ]


def test_two_actors_that_are_one_become_one_with_the_mentions_of_both(store: Store) -> None:
    store.decide_actor(link("Brandt", "local:marlow"))
    (actor,) = [a for r in store.readings() for a in r.actors if a.id == "local:marlow"]
    assert [m.text for m in actor.mentions] == ["Marlow", "Brandt"]
    assert len(store.get_reading(one().document.id).actors) == 2


def test_an_added_row_takes_the_actors_of_that_name_and_taking_it_back_frees_them(store: Store) -> None:
    marlow = Entity(
        id="user:marlow", name="Otto Marlow", kind="person", country="NOR", names=("Otto Marlow", "Marlow")
    )
    made = store.decide_actor(row(marlow))
    assert heard(store)["held"] == "user:marlow"
    store.withdraw_actor(made.number)
    assert heard(store)["held"] == "local:marlow"
    assert [d.state for d in store.actor_decisions()] == ["superseded", "withdrawn"]
    with pytest.raises(UsageError, match="in force"):
        store.withdraw_actor(made.number)


def test_an_added_row_of_another_kind_or_a_name_of_two_rows_takes_nobody(store: Store) -> None:
    store.decide_actor(row(Entity(id="user:ship", name="Marlow", kind="organization", names=("Marlow",))))
    assert heard(store)["held"] == "local:marlow"
    for n in (1, 2):
        store.decide_actor(row(Entity(id=f"user:m{n}", name="Marlow", kind="person", names=("Marlow",))))
    assert heard(store)["held"] == "local:marlow"


def test_an_added_office_names_whom_the_text_calls_by_it_at_its_date(store: Store) -> None:
    store.decide_actor(row(VENN))
    store.decide_actor(term(TERM))
    assert heard(store) == {"held": "local:marlow", "warned": VENN.id}
    (actor,) = [a for r in store.readings() for a in r.actors if a.id == VENN.id]
    assert actor.role == "Foreign Minister of France"
    before = Tenure(
        person=VENN.id,
        office="foreign minister",
        of="FRA",
        title="Foreign Minister",
        end="2030",
        start="2029",
    )
    store.decide_actor(term(before, was="2031-01"))
    assert heard(store)["warned"] == "local:minister"


def test_who_is_unlinked_stays_apart_from_every_row(store: Store) -> None:
    store.decide_actor(unlink("Marlow"))
    store.decide_actor(row(Entity(id="user:marlow", name="Marlow", kind="person", names=("Marlow",))))
    assert heard(store)["held"] == "local:marlow"


def test_unlinking_gives_back_what_the_text_alone_says(tmp_path: Path) -> None:
    said = stmt(TEXT, "the dam would hold", source="Marlow", speaker="Q1", id="held")
    actor = Actor(id="Q1", name="Otto Marlow", kind="person", country="NOR", role="King of Norway",
                  linked_by="name", mentions=(mention(TEXT, "Marlow", actor="Q1"),))  # fmt: skip
    with open_record(tmp_path / "r.db") as store:
        store.write(reading(TEXT, said, actors=(actor,)))
        store.decide_actor(unlink("Q1"))
        (found,) = next(store.readings()).actors
        assert (found.id, found.name, found.country, found.role) == ("local:marlow", "Marlow", None, None)
        assert list(verify(store)) == []


def test_a_link_for_one_document_wins_over_one_for_all(store: Store) -> None:
    other = TEXT.replace("dam", "dyke")
    store.write(
        reading(other, stmt(other, "the dyke would hold", source="Marlow", id="dyke"), given_id="other")
    )
    store.decide_actor(link("local:marlow", "Q7", document="other"))
    store.decide_actor(link("local:marlow", "Q8"))
    assert (heard(store)["held"], heard(store)["dyke"]) == ("Q8", "Q7")
    store.forget("other")


def test_what_the_text_says_against_a_link_is_noted_and_the_link_is_taken(store: Store) -> None:
    store.decide_actor(row(VENN))
    early = Tenure(person=VENN.id, office="president", of="FRA", title="President", start="2001", end="2002")
    store.decide_actor(term(early))
    store.decide_actor(link("local:marlow", VENN.id))
    assert heard(store)["held"] == VENN.id
    against = notes(store, "identity-contradicts")
    assert "calls “Marlow” dam keeper" in against[0]
    assert "President, 2001 to 2002" in against[0]
    assert "no name that the text has for “Marlow” is one of Orla Venn" in against[1]


def test_a_decided_speaker_and_a_decided_identity_go_together(store: Store) -> None:
    store.decide("warned", "speaker", "local:marlow")
    store.decide_actor(row(VENN))
    store.decide_actor(link("local:marlow", VENN.id))
    assert heard(store) == {"held": VENN.id, "warned": VENN.id}
    store.decide("held", "speaker", VENN.id)
    assert heard(store)["held"] == VENN.id


def test_decisions_on_actors_hold_for_documents_that_come_later(store: Store) -> None:
    store.decide_actor(link("local:marlow", "Q7"))
    later = TEXT.replace("dam", "weir")
    store.write(reading(later, stmt(later, "the weir would hold", source="Marlow", id="weir"), given_id="w"))
    assert heard(store)["weir"] == "Q7"
    store.forget("w")


@pytest.mark.parametrize(
    "made",
    [link("Marlow", "Orla Venn"), link("Q7", "q7 "), row(Entity(id="somebody", name="X", kind="person"))],
    ids=["target no id", "target no id but nearly", "row with no id"],
)
def test_a_decision_without_a_proper_id_is_refused_and_leaves_nothing(
    store: Store, made: ActorDecision
) -> None:
    with pytest.raises(UsageError, match="give one that"):
        store.decide_actor(made)
    assert store.actor_decisions() == ()


def test_a_corrected_term_leaves_the_others_of_that_person_as_they_are() -> None:
    again = Tenure(
        person=VENN.id, office="foreign minister", of="FRA", title="Foreign Minister", start="2040"
    )
    known = know_with((row(VENN), term(TERM), term(again)))
    assert [t.start for t in known.offices(VENN.id)] == ["2031-01", "2040"]


@pytest.mark.parametrize(
    ("words", "office"),
    [
        ("the French foreign minister", ("foreign minister", "FRA")),
        ("France's foreign minister", ("foreign minister", "FRA")),
        ("the president of France", ("president", "FRA")),
        ("the prime minister of the Netherlands", ("prime minister", "NLD")),
        ("the foreign minister", None),
        ("a French baker", None),
        ("", None),
    ],
)
def test_an_office_is_read_off_a_description_that_says_whose_it_is(
    words: str, office: tuple[str, str] | None
) -> None:
    assert office_called(words) == office


@settings(max_examples=20)
@given(st.lists(st.tuples(st.sampled_from(["local:marlow", "Brandt", "Q7", "local:minister"]),
                          st.sampled_from(["local:marlow", "local:brandt", "Q7", "Q8"])),
                max_size=5))  # fmt: skip
def test_any_links_leave_a_record_that_verifies(pairs: list[tuple[str, str]]) -> None:
    with tempfile.TemporaryDirectory() as folder, open_record(Path(folder) / "r.db") as store:
        store.write(one())
        for actor, target in pairs:
            if actor.casefold() != target.casefold():
                store.decide_actor(link(actor, target))
        assert list(verify(store)) == []
        assert all(not list(verify_reading(r)) for r in store.readings())


def test_a_record_of_the_first_version_gets_the_tables_and_the_countries(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    with open_record(path) as store:
        actor = Actor(
            id="Q1", name="Marlow", kind="person", country="NOR", mentions=(mention(TEXT, "Marlow"),)
        )
        said = stmt(TEXT, "the dam would hold", source="Marlow", speaker="Q1")
        store.write(reading(TEXT, said, actors=(actor,)))
    db = sqlite3.connect(path)
    db.executescript("DROP TABLE events; DROP TABLE parties; DROP TABLE stances; DROP TABLE event_words; "
                     "DROP INDEX actors_country; ALTER TABLE actors DROP COLUMN country; "
                     "DROP TABLE identities; PRAGMA user_version = 1")  # fmt: skip
    db.close()
    with open_record(path) as store:
        assert store.select("PRAGMA user_version") == [(migrations.LATEST,)]
        assert list(verify(store)) == []
        assert len(search(store, Query(country="NOR"))) == 1
