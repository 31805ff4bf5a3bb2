"""Questions about events and stances, answered from the index."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from factory import event, mention, reading, readings, span
from hypothesis import HealthCheck, given, settings
from sample_events import KELDRA, LUND, MARR, MINISTRY, STATEMENTS, TEXT, VASTRIA, make_events

from onrecord import migrations
from onrecord.errors import RecordError, UsageError
from onrecord.event_query import EventQuery, build, count_events, order, search_events
from onrecord.records import Actor
from onrecord.stance_query import StanceQuery, count_stances, search_stances
from onrecord.stance_query import build as build_stances
from onrecord.store import Store, open_record
from onrecord.verify import verify

BRIEF = "Ruvia’s envoy asked the IAEA for help."
UNDATED = "Ruvia recalled its envoy."


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    iaea = Actor(id="Q41984", name="International Atomic Energy Agency", kind="organization", country="IGO")
    ruvia = Actor(id="Q900030", name="Ruvia", kind="country", country="RUV")
    with open_record(tmp_path / "record.db") as opened:
        opened.write(make_events())
        opened.write(
            reading(
                BRIEF,
                actors=(iaea, ruvia),
                events=(
                    event(
                        BRIEF, "asked", "REQUEST", id="e-asked", mode="assist",
                        actor=(mention(BRIEF, "Ruvia’s envoy", actor=ruvia.id),),
                        recipient=(mention(BRIEF, "the IAEA", actor=iaea.id),),
                    ),
                ),
                published="2031-05-01",
                given_id="brief",
            )
        )  # fmt: skip
        opened.write(
            reading(
                UNDATED,
                actors=(ruvia,),
                events=(
                    event(UNDATED, "recalled", "SANCTION", id="e-recalled", mode="withdraw",
                          actor=(mention(UNDATED, "Ruvia", actor=ruvia.id),)),
                ),
            )
        )  # fmt: skip
        yield opened
        assert list(verify(opened)) == []


def ids(store: Store, **fields: Any) -> list[str]:
    query = EventQuery(**fields)
    hits = search_events(store, query)
    assert count_events(store, query) == len(hits)
    return [hit.event.id for hit in hits]


def test_without_filters_all_events_come_by_day_with_undated_last(store: Store) -> None:
    assert ids(store) == [
        "e-seized", "e-asked", "e-condemned", "e-closing", "e-shelled", "e-threat", "e-fired", "e-meet",
        "e-recalled",
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["Ilse Marr", "marr", "PRESIDENT ILSE MARR", MARR])
def test_a_party_is_found_by_any_name_and_id_in_either_role(store: Store, name: str) -> None:
    assert ids(store, party=name) == ["e-threat", "e-meet"]
    assert ids(store, actor=name) == ["e-threat", "e-meet"]
    assert ids(store, recipient=name) == []


def test_a_name_of_the_table_finds_whom_the_index_only_has_by_id(store: Store) -> None:
    assert ids(store, party="International Atomic Energy Agency") == ["e-asked"]
    assert ids(store, recipient="IAEA") == ["e-asked"]
    assert ids(store, actor="IAEA") == []


def test_roles_are_told_apart(store: Store) -> None:
    assert ids(store, actor="Vastria") == ["e-seized", "e-closing", "e-shelled"]
    assert ids(store, recipient="Vastria") == ["e-condemned", "e-threat"]
    assert len(ids(store, party="Vastria")) == 5
    assert ids(store, actor="Vastria", recipient="Norland") == ["e-shelled"]


def test_countries_take_codes_in_either_role_or_in_one(store: Store) -> None:
    assert ids(store, country="nrl") == ["e-condemned", "e-shelled", "e-threat", "e-meet"]
    assert ids(store, actor_country="NRL", recipient_country="VST") == ["e-condemned", "e-threat"]
    assert ids(store, actor_country="VST", recipient_country="NRL") == ["e-shelled"]
    assert ids(store, country="XXX") == []


def test_what_happened_is_filtered_by_type_mode_context_quad_and_modality(store: Store) -> None:
    assert ids(store, type="assault") == ["e-shelled", "e-fired"]
    assert ids(store, type=("ASSAULT", "AGREE")) == ["e-shelled", "e-fired", "e-meet"]
    assert ids(store, mode="seize") == ["e-seized"]
    assert ids(store, context="territory") == ["e-closing"]
    assert ids(store, quad=3) == ["e-asked", "e-condemned", "e-threat"]
    assert ids(store, modality="historical") == ["e-seized"]
    assert ids(store, quad=4, min_confidence=0.8) == ["e-closing", "e-shelled", "e-recalled"]


def test_who_asserts_an_event_is_a_filter_and_the_article_is_nobody_of_that_name(store: Store) -> None:
    assert ids(store, asserted_by="Marr") == ["e-shelled"]
    assert ids(store, asserted_by=LUND) == ["e-fired"]
    assert ids(store, asserted_by="Article", quad=4) == ["e-seized", "e-closing", "e-recalled"]
    assert ids(store, asserted_by="Nobody") == []


def test_days_are_the_events_own_and_else_the_documents(store: Store) -> None:
    assert ids(store, since="2031-05-05", until="2031-05-05") == ["e-condemned"]
    assert ids(store, since="2031-05-06", until="2031-05-07") == [
        "e-closing", "e-shelled", "e-threat", "e-fired",
    ]  # fmt: skip
    assert ids(store, since="1987-06-01", until="1987-06-02") == ["e-seized"]
    assert ids(store, since="2031-05-08") == ["e-meet"]
    assert "e-recalled" not in ids(store, since="1900-01-01")


def test_words_are_looked_for_in_the_sentence_and_set_off(store: Store) -> None:
    (hit,) = search_events(store, EventQuery(words="harbours shell*"))
    assert hit.event.id == "e-shelled"
    assert hit.found == (span(TEXT, "shelled"), span(TEXT, "harbour"))
    assert ids(store, words="…") == []


def test_an_event_of_one_document_and_outlet_is_found_there(store: Store) -> None:
    assert ids(store, document="brief") == ["e-asked"]
    assert len(ids(store, outlet="northern dispatch")) == 7


def test_a_hit_says_who_takes_part_who_says_so_and_where(store: Store) -> None:
    (hit,) = search_events(store, EventQuery(type="ASSAULT", modality="actual"))
    assert [a.name for a in hit.actors] == ["Vastria"]
    assert [a.name for a in hit.recipients] == ["Norland"]
    assert hit.asserted_by is not None
    assert hit.asserted_by.name == "Ilse Marr"
    assert hit.statement == STATEMENTS[0]
    assert hit.place is not None
    assert hit.place.id == KELDRA
    assert (hit.first, hit.last) == ("2031-05-06", "2031-05-06")
    assert hit.document.outlet == "Northern Dispatch"
    (undated,) = search_events(store, EventQuery(type="SANCTION"))
    assert (undated.first, undated.last, undated.asserted_by) == (None, None, None)


def test_limit_and_offset_turn_the_pages(store: Store) -> None:
    pages = [search_events(store, EventQuery(limit=4, offset=n)) for n in (0, 4, 8)]
    assert [hit for page in pages for hit in page] == search_events(store, EventQuery(limit=None))


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"type": "FIGHT"}, "no type of an event; use one of: AGREE"),
        ({"mode": "loud"}, "no mode of an event"),
        ({"context": "weather"}, "no context"),
        ({"quad": 5}, "use one of: 1, 2, 3, 4"),
        ({"modality": "certain"}, "no modality"),
        ({"since": "Monday"}, "write it as YYYY-MM-DD"),
        ({"since": "2031-05-02", "until": "2031-05-01"}, "swap them"),
        ({"limit": -1}, "0 or more"),
    ],
)
def test_a_query_that_makes_no_sense_says_what_would(store: Store, wrong: dict[str, Any], says: str) -> None:
    with pytest.raises(UsageError, match=says):
        search_events(store, EventQuery(**wrong))


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(any_reading=readings())
def test_every_event_is_found_by_each_that_takes_part(tmp_path_factory: Any, any_reading: Any) -> None:
    with open_record(tmp_path_factory.mktemp("q") / "r.db") as store:
        store.write(any_reading)
        assert len(search_events(store, EventQuery(limit=None))) == len(any_reading.events)
        for made in any_reading.events:
            for m in made.actor:
                if m.actor:
                    assert made.id in ids(store, actor=m.actor)


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"party": "x"},
        {"actor": "x", "recipient": "y"},
        {"country": "FRA", "since": "1962-01-01"},
        {"type": "AID"},
        {"type": ("AID", "COERCE"), "until": "1962-01-01"},
        {"quad": 4},
        {"modality": "future"},
        {"asserted_by": "x"},
        {"words": "x", "country": "FRA"},
        {"document": "brief"},
        {"outlet": "x"},
        {"since": "1962-01-01"},
    ],
)
def test_no_filter_reads_a_whole_table(store: Store, fields: dict[str, Any]) -> None:
    sql = build(store, EventQuery(**fields))
    assert sql is not None
    plan = store.select(f"EXPLAIN QUERY PLAN SELECT e.number {sql.source} ORDER BY {order(sql)}", sql.params)
    steps = [step for *_, step in plan]
    scans = [s for s in steps if s.startswith("SCAN") and "VIRTUAL TABLE INDEX 0:M" not in s]
    # Without any filter every event is an answer, and the index gives them in order.
    assert scans == ([] if fields else ["SCAN e USING COVERING INDEX events_day"])


# -- stances ---------------------------------------------------------------------------------------


def stances(store: Store, **fields: Any) -> list[str]:
    query = StanceQuery(**fields)
    hits = search_stances(store, query)
    assert count_stances(store, query) == len(hits)
    return [hit.stance.holder for hit in hits]


def test_stances_are_filtered_by_holder_target_polarity_country_and_asserter(store: Store) -> None:
    assert stances(store) == [MINISTRY, MARR]
    assert stances(store, holder="Marr") == [MARR]
    assert stances(store, target=VASTRIA, min_confidence=0.8) == [MINISTRY]
    assert stances(store, polarity="support") == []
    assert stances(store, country="vst") == [MINISTRY, MARR]
    assert stances(store, asserted_by="article") == [MINISTRY]
    assert stances(store, asserted_by="Ilse Marr") == [MARR]
    assert stances(store, since="2031-05-07") == stances(store, until="2031-05-05") == []
    assert stances(store, since="2031-05-06", until="2031-05-06") == [MINISTRY, MARR]
    assert [h.stance.holder for h in search_stances(store, StanceQuery(limit=1, offset=1))] == [MARR]


def test_a_stance_found_names_both_and_who_says_so(store: Store) -> None:
    hit = search_stances(store, StanceQuery(holder="Marr"))[0]
    assert hit.holder is not None and hit.target is not None and hit.asserted_by is not None  # noqa: PT018
    assert (hit.holder.name, hit.target.name, hit.asserted_by.name) == ("Ilse Marr", "Vastria", "Ilse Marr")
    assert hit.statement is not None
    assert hit.statement.id == "s-expel"


def test_a_polarity_that_there_is_not_says_which_there_are(store: Store) -> None:
    with pytest.raises(UsageError, match="support or oppose"):
        search_stances(store, StanceQuery(polarity="neutral"))  # type: ignore[arg-type]


def test_stances_of_an_actor_are_found_by_index(store: Store) -> None:
    source, params = build_stances(store, StanceQuery(holder="x"))
    steps = [step for *_, step in store.select(f"EXPLAIN QUERY PLAN SELECT t.number {source}", params)]
    assert [s for s in steps if s.startswith("SCAN")] == []


# -- an older record -------------------------------------------------------------------------------


def test_a_record_without_tables_for_events_gets_them_filled_from_its_readings(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    with open_record(path) as store:
        store.write(make_events())
        store.decide("s-shelled", "review", "reject")
    db = sqlite3.connect(path)
    db.executescript(
        "DROP TABLE events; DROP TABLE parties; DROP TABLE stances; DROP TABLE event_words; "
        "PRAGMA user_version = 2"
    )
    db.close()
    with pytest.raises(RecordError, match="`onrecord verify --rebuild` brings it up to date"):
        open_record(path, readonly=True)
    with open_record(path) as store:
        assert store.select("PRAGMA user_version") == [(migrations.LATEST,)]
        assert list(verify(store)) == []
        assert ids(store, type="ASSAULT") == ["e-fired"]  # what the rejected statement asserts went with it
        assert len(search_stances(store, StanceQuery())) == 2
