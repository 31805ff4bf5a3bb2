import sqlite3

import pytest
from factory import local_id, mention, reading, readings, span, stmt
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord.errors import UsageError
from onrecord.query import Query, SpeakerRow, _build, _order, count, search, speakers
from onrecord.records import Actor
from onrecord.store import open_record

HARBOUR = (
    "“We will not,” President Élise Corvin said on the quay, “negotiate under threat.” "
    "Corvin denied that missiles had been moved. The harbour master warned of a strike."
)
COUNCIL = "Ilsa Brandt told the council that the negotiations had failed. Corvin said nothing new."
UNDATED = "Ilsa Brandt promised that the harbour would reopen."


def corvin(text: str, *names: str) -> Actor:
    return Actor(
        id="local:corvin",
        name="Élise Corvin",
        kind="person",
        role="President of Norland",
        mentions=tuple(mention(text, name, actor="local:corvin") for name in names),
    )


@pytest.fixture
def store(tmp_path):
    brandt = Actor(id="Q101", name="Ilsa Brandt", kind="person")
    with open_record(tmp_path / "record.db") as opened:
        opened.write(
            reading(
                HARBOUR,
                stmt(HARBOUR, "“We will not,”", "“negotiate under threat.”", speaker="local:corvin"),
                stmt(
                    HARBOUR,
                    "that missiles had been moved",
                    speaker="local:corvin",
                    act="deny",
                    confidence=0.6,
                ),
                stmt(HARBOUR, "of a strike", speaker=None, act="warn"),
                actors=(corvin(HARBOUR, "President Élise Corvin", "Corvin"),),
                published="1962-10-24",
                outlet="North Wire",
                given_id="harbour",
                title="On the quay",
            )
        )
        opened.write(
            reading(
                COUNCIL,
                stmt(COUNCIL, "that the negotiations had failed", speaker="Q101"),
                stmt(COUNCIL, "nothing new", speaker="local:corvin", mode="direct"),
                actors=(brandt, corvin(COUNCIL, "Corvin")),
                published="1962-10-22",
                outlet="South Wire",
            )
        )
        opened.write(
            reading(
                UNDATED,
                stmt(UNDATED, "that the harbour would reopen", speaker="Q101", act="promise"),
                actors=(brandt,),
            )
        )
        yield opened


def excerpts(store, **fields) -> list[str]:
    query = Query(**fields)
    hits = search(store, query)
    assert count(store, query) == len(hits)
    return [hit.excerpt for hit in hits]


# -- words ---------------------------------------------------------------------------------------


def test_all_plain_words_must_occur_in_any_order_and_inflection(store):
    assert excerpts(store, words="threats NEGOTIATED") == ["“We will not,” … “negotiate under threat.”"]
    assert len(excerpts(store, words="negotiating")) == 2
    assert excerpts(store, words="negotiate harbour") == []


def test_a_quoted_phrase_must_stand_together_also_over_a_split(store):
    assert excerpts(store, words='"under threat"')
    assert excerpts(store, words='"threat under"') == []
    assert excerpts(store, words='"not negotiate"')


def test_a_star_finds_words_that_begin_so(store):
    assert excerpts(store, words="miss*") == ["that missiles had been moved"]
    assert excerpts(store, words="miss") == []


@pytest.mark.parametrize("operator", ["AND", "OR", "NOT", "NEAR(", "content:", "^"])
def test_an_operator_of_the_index_is_a_plain_word(store, operator):
    found = ["that the negotiations had failed"]
    assert excerpts(store, words="failed") == found
    assert excerpts(store, words=f"{operator} failed") == (found if operator == "^" else [])


@pytest.mark.parametrize("words", ["", "  ", None])
def test_no_words_are_no_filter(store, words):
    assert len(excerpts(store, words=words)) == 6


@pytest.mark.parametrize("words", ["…", '* ** ""', "!?", '"'])
def test_words_without_a_letter_find_nothing(store, words):
    assert excerpts(store, words=words) == []


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.text(max_size=30) | st.text('"*^:()-+{}., aéNOT\0', max_size=20))
def test_nothing_that_can_be_typed_is_an_error(store, words):
    assert len(search(store, Query(words=words))) == count(store, Query(words=words))


def test_very_many_words_are_no_error(store):
    assert excerpts(store, words="harbour " * 5000) == ["that the harbour would reopen"]


# -- highlights ------------------------------------------------------------------------------------


def test_matches_are_marked_in_the_excerpt_and_in_the_text_of_the_document(store):
    (hit,) = search(store, Query(words="threat will"))
    assert [hit.excerpt[a:b] for a, b in hit.highlight] == ["will", "threat"]
    assert hit.found == (span(HARBOUR, "will"), span(HARBOUR, "threat"))


def test_a_phrase_over_a_split_is_marked_on_both_sides_of_it(store):
    (hit,) = search(store, Query(words='"not negotiate"'))
    assert [s.text for s in hit.found] == ["not,”", "“negotiate"]
    assert all(HARBOUR[s.start : s.end] == s.text for s in hit.found)


def test_without_words_nothing_is_marked(store):
    assert {(hit.highlight, hit.found) for hit in search(store, Query())} == {((), ())}


def test_marks_are_right_after_nul_astral_and_combining_characters(tmp_path):
    text = "Brandt said “\0 🌉🌉 cafe\u0301 talks\0 ended”."
    with open_record(tmp_path / "r.db") as store:
        store.write(reading(text, stmt(text, "“\0 🌉🌉 cafe\u0301 talks\0 ended”")))
        for words, found in (("café", "cafe\u0301"), ("talk", "talks"), ("ENDED", "ended")):
            (hit,) = search(store, Query(words=words))
            assert hit.found == (span(text, found),)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(readings())
def test_any_word_of_a_statement_finds_it_and_every_mark_is_a_span_of_the_text(tmp_path_factory, any_reading):
    folder = tmp_path_factory.mktemp("q")
    with open_record(folder / "r.db") as store:
        store.write(any_reading)
        for s in any_reading.statements:
            for words in ('"' + c.text.replace('"', " ") + '"' for c in s.content):
                for hit in search(store, Query(words=words)):
                    assert hit.found
                    for found in hit.found:
                        assert any_reading.document.text[found.start : found.end] == found.text


# -- filters ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name", ["Élise Corvin", "elise corvin", "CORVIN", "president  élise corvin", "local:corvin"]
)
def test_a_speaker_is_found_by_name_by_any_name_in_the_text_and_by_id(store, name):
    found = excerpts(store, speaker=name)
    assert found[-2:] == ["“We will not,” … “negotiate under threat.”", "that missiles had been moved"]
    assert {hit.speaker_name for hit in search(store, Query(speaker=name))} == {"Élise Corvin"}


def test_a_person_is_found_by_the_last_name_alone(store):
    assert len(excerpts(store, speaker="brandt")) == 2


@pytest.mark.parametrize("name", ["Nobody", "Elise", "\ud800", "%", "\0"])
def test_an_unknown_speaker_finds_nothing(store, name):
    assert excerpts(store, speaker=name) == []


def test_filters_on_outlet_mode_act_confidence_and_document(store):
    assert len(excerpts(store, outlet="north wire")) == 3
    assert excerpts(store, mode="direct", outlet="South Wire") == ["nothing new"]
    assert excerpts(store, act="deny") == ["that missiles had been moved"]
    assert "that missiles had been moved" not in excerpts(store, min_confidence=0.7)
    assert len(excerpts(store, document="harbour")) == 3
    assert excerpts(store, document="harbour", words="strikes", act="warn", speaker=None) == ["of a strike"]


def test_a_date_filter_includes_both_days_and_leaves_undated_documents_out(store):
    assert len(excerpts(store, since="1962-10-22", until="1962-10-24")) == 5
    assert len(excerpts(store, since="1962-10-23")) == 3
    assert len(excerpts(store, until="1962-10-23")) == 2
    assert len(excerpts(store, since="1900-01-01")) == 5


def test_an_unknown_document_is_an_error(store):
    with pytest.raises(UsageError, match="no document"):
        search(store, Query(document="elsewhere"))


@pytest.mark.parametrize(
    "wrong",
    [
        {"since": "October"},
        {"since": "1962-02-30"},
        {"until": "1962-10"},
        {"until": "１962-10-10"},
        {"since": "1962-10-24", "until": "1962-10-22"},
        {"limit": -1},
        {"offset": -1},
    ],
)
def test_a_query_that_makes_no_sense_is_an_error_that_says_why(store, wrong):
    for ask in (search, count, speakers):
        with pytest.raises(UsageError, match=r"write it as|swap them|0 or more"):
            ask(store, Query(**wrong))


# -- order -----------------------------------------------------------------------------------------


def test_without_words_the_order_is_date_then_position_with_undated_last(store):
    assert excerpts(store) == [
        "that the negotiations had failed",
        "nothing new",
        "“We will not,” … “negotiate under threat.”",
        "that missiles had been moved",
        "of a strike",
        "that the harbour would reopen",
    ]


def test_limit_and_offset_turn_the_pages(store):
    pages = [search(store, Query(limit=2, offset=n)) for n in (0, 2, 4, 6)]
    assert [len(page) for page in pages] == [2, 2, 2, 0]
    assert [hit for page in pages for hit in page] == search(store, Query(limit=None))


def test_with_words_the_closest_match_comes_first(tmp_path):
    long = "Brandt said the harbour " + "and one more quay " * 30 + "closed."
    with open_record(tmp_path / "r.db") as store:
        for text, content in ((long, long[12:]), ("Brandt said the harbour closed.", "the harbour closed")):
            store.write(reading(text, stmt(text, content)))
        assert search(store, Query(words="harbour"))[0].excerpt == "the harbour closed"


# -- speakers --------------------------------------------------------------------------------------


def test_speakers_are_counted_over_documents_the_most_heard_first(store):
    first, second = speakers(store, Query())
    assert first == SpeakerRow(
        name="Élise Corvin",
        actor="local:corvin",
        role="President of Norland",
        statements=3,
        documents=2,
        outlets=("North Wire", "South Wire"),
        first="1962-10-22",
        last="1962-10-24",
    )
    assert second == SpeakerRow(
        name="Ilsa Brandt",
        actor="Q101",
        role=None,
        statements=2,
        documents=2,
        outlets=("South Wire",),
        first="1962-10-22",
        last="1962-10-22",
    )


def test_speakers_take_the_filters_of_a_search_and_its_pages(store):
    rows = speakers(store, Query(words="negotiation"))
    assert {(r.name, r.statements) for r in rows} == {("Élise Corvin", 1), ("Ilsa Brandt", 1)}
    assert [r.name for r in speakers(store, Query(limit=1, offset=1))] == ["Ilsa Brandt"]
    assert speakers(store, Query(words="…")) == []


def test_local_actors_of_one_name_are_one_row_and_of_two_names_two(tmp_path):
    with open_record(tmp_path / "r.db") as store:
        for n, name in enumerate(("Ana Vale", "ana vale", "Ana Valen")):
            text = f"{name} said that {n} boats left."
            store.write(reading(text, stmt(text, f"that {n} boats left", source=name, speaker=f"local:p{n}")))
        assert [(r.statements, r.documents) for r in speakers(store, Query())] == [(2, 2), (1, 1)]


def test_the_role_most_often_given_is_the_best_known(tmp_path):
    with open_record(tmp_path / "r.db") as store:
        for n, role in enumerate((None, "envoy", "minister", "envoy")):
            text = f"Ana Vale said that {n} boats left."
            actor = Actor(id=local_id("Ana Vale"), name="Ana Vale", role=role)
            store.write(reading(text, stmt(text, f"that {n} boats left", source="Ana Vale"), actors=(actor,)))
        assert [r.role for r in speakers(store, Query())] == ["envoy"]


# -- speed -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "fields",
    [
        {"speaker": "x"},
        {"outlet": "x"},
        {"since": "1962-01-01"},
        {"until": "1962-01-01"},
        {"mode": "direct"},
        {"act": "warn"},
        {"document": "harbour"},
        {"words": "x", "speaker": "x"},
        {"speaker": "x", "since": "1962-01-01"},
        {"words": "x", "outlet": "x", "act": "deny"},
        {"outlet": "x", "until": "1962-01-01", "min_confidence": 0.5},
    ],
)
def test_no_filtered_search_reads_a_whole_table(store, fields):
    query = Query(**fields)
    sql = _build(store, query)
    ordered = f"{sql.source} ORDER BY {_order(query, sql)}"
    plan = store.select(f"EXPLAIN QUERY PLAN SELECT s.number {ordered}", sql.params)
    steps = [step for *_, step in plan]
    assert steps
    # A full-text match is called a scan too, but of an index: "INDEX 0:M…" is the match.
    assert [s for s in steps if s.startswith("SCAN") and "VIRTUAL TABLE INDEX 0:M" not in s] == []


def test_the_record_is_plain_sqlite_that_other_tools_can_read(store):
    db = sqlite3.connect(store.path)
    assert db.execute(
        "SELECT count(*) FROM statement_words WHERE statement_words MATCH 'harbour'"
    ).fetchone() == (1,)
    db.close()
