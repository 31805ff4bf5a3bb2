import msgspec
import pytest
from factory import mention, reading, readings, span, stmt
from hypothesis import given

from onrecord.records import (
    Actor,
    Event,
    Interval,
    Location,
    Note,
    Place,
    Reading,
    Skipped,
    Span,
    Stance,
    Statement,
    Venue,
)
from onrecord.store import open_record
from onrecord.verify import is_text_hash, verify, verify_reading

TEXT = "Marlow said in Port Vell on Monday that Norland had closed the strait. RELATED: SHIPS WAIT"


def full() -> Reading:
    """A reading with something in every field that can hold a span or a reference."""
    marlow, norland = "local:marlow", "local:norland"
    said = Statement(
        id="s1",
        source=mention(TEXT, "Marlow", actor=marlow),
        speaker=marlow,
        cue=span(TEXT, "said"),
        content=(span(TEXT, "that Norland"), span(TEXT, "had closed the strait")),
        mode="indirect",
        confidence=0.9,
        via=(mention(TEXT, "Port Vell"),),
        addressee=mention(TEXT, "Norland", actor=norland),
        venue=Venue(start=15, end=24, text="Port Vell", place="local:port"),
        said_on=Interval(from_=None, to=None, precision="day", expression=span(TEXT, "Monday")),
    )
    inner = Statement(id="s2", content=(span(TEXT, "closed"),), mode="indirect", parent="s1", confidence=0.5)
    closing = Event(
        id="e1",
        type="COERCE",
        quad=4,
        actor=(mention(TEXT, "Norland", actor=norland),),
        trigger=span(TEXT, "closed"),
        sentence=span(TEXT, TEXT[:70]),
        location=Location(span=span(TEXT, "the strait"), place="local:port"),
        modality="actual",
        statement="s1",
        confidence=0.8,
    )
    return reading(
        TEXT,
        said,
        inner,
        actors=(Actor(id=marlow, name="Marlow", mentions=(said.source,)), Actor(id=norland, name="Norland")),
        events=(closing,),
        places=(Place(id="local:port", name="Port Vell", mentions=(mention(TEXT, "Port Vell"),)),),
        stances=(
            Stance(
                holder=marlow,
                target=norland,
                polarity="oppose",
                evidence=span(TEXT, "closed"),
                statement="s1",
                confidence=0.4,
            ),
        ),
        notes=(Note(code="x", message="y", statement="s2"),),
        skipped=(Skipped(start=71, end=90, text="RELATED: SHIPS WAIT", why="related-headline"),),
    )


def replaced(value, path: str, new):
    """``value`` with what stands at ``path`` ("statements[0].cue.text") replaced by ``new``."""
    head, _, rest = path.partition(".")
    field, _, index = head.partition("[")
    old = getattr(value, field)
    if index:
        n = int(index.rstrip("]"))
        item = replaced(old[n], rest, new) if rest else new
        changed = (*old[:n], item, *old[n + 1 :])
    else:
        changed = replaced(old, rest, new) if rest else new
    return msgspec.structs.replace(value, **{field: changed})


def codes(made: Reading) -> list[tuple[str, str]]:
    return [(d.path, d.code) for d in verify_reading(made)]


def test_a_sound_reading_has_no_defect():
    assert codes(full()) == []


@given(readings())
def test_any_sound_reading_has_no_defect(any_reading):
    assert codes(any_reading) == []


SPANS = [
    "document.skipped[0]",
    "actors[0].mentions[0]",
    "statements[0].source",
    "statements[0].cue",
    "statements[0].content[1]",
    "statements[0].via[0]",
    "statements[0].addressee",
    "statements[0].venue",
    "statements[0].said_on.expression",
    "events[0].actor[0]",
    "events[0].trigger",
    "events[0].sentence",
    "events[0].location.span",
    "stances[0].evidence",
    "places[0].mentions[0]",
]


@pytest.mark.parametrize("path", SPANS)
def test_a_span_whose_words_are_not_in_the_text_is_a_defect_wherever_it_stands(path):
    assert codes(replaced(full(), path + ".text", "other words")) == [(path, "span")]


@pytest.mark.parametrize(("start", "end"), [(-6, -1), (5, 2), (85, 900), (900, 901)])
def test_offsets_that_lie_outside_the_text_are_a_defect_even_if_a_slice_would_fit(start, end):
    bad = Span(start=start, end=end, text=TEXT[start:end])
    assert codes(replaced(full(), "statements[0].cue", bad)) == [("statements[0].cue", "span")]


REFERENCES = [
    "statements[0].speaker",
    "statements[0].source.actor",
    "statements[0].venue.place",
    "statements[1].parent",
    "events[0].actor[0].actor",
    "events[0].location.place",
    "events[0].statement",
    "stances[0].holder",
    "stances[0].target",
    "stances[0].statement",
    "notes[0].statement",
    "actors[0].mentions[0].actor",
]


@pytest.mark.parametrize("path", REFERENCES)
def test_a_reference_that_leads_nowhere_is_a_defect_wherever_it_stands(path):
    assert codes(replaced(full(), path, "local:gone")) == [(path, "reference")]


@pytest.mark.parametrize("kind", ["actors", "statements", "events", "places"])
def test_two_with_one_id_are_a_defect(kind):
    made = full()
    twice = msgspec.structs.replace(made, **{kind: (*getattr(made, kind), getattr(made, kind)[-1])})
    assert codes(twice) == [(kind, "id")]


def test_statements_inside_each_other_are_a_defect():
    assert {c for _, c in codes(replaced(full(), "statements[0].parent", "s2"))} == {"cycle"}
    assert ("statements[1].parent", "cycle") in codes(replaced(full(), "statements[1].parent", "s2"))


def test_content_out_of_text_order_is_a_defect():
    spans = full().statements[0].content[::-1]
    assert codes(replaced(full(), "statements[0].content", spans)) == [("statements[0].content", "order")]


@pytest.mark.parametrize("doc_id", ["", "7", "sha256:abc", "sha256:" + "G" * 64, "md5:" + "0" * 64])
def test_a_document_id_that_is_no_hash_is_a_defect(doc_id):
    assert codes(replaced(full(), "document.id", doc_id)) == [("document.id", "document-id")]


def test_an_id_that_may_be_of_the_bytes_is_taken_on_trust_and_said_to_be():
    assert is_text_hash(full())
    of_bytes = replaced(full(), "document.id", "sha256:" + "0" * 64)
    assert codes(of_bytes) == []
    assert not is_text_hash(of_bytes)


# -- a whole record --------------------------------------------------------------------------------


@pytest.fixture
def store(tmp_path):
    with open_record(tmp_path / "record.db") as opened:
        opened.write(full())
        opened.write(reading("Brandt said no.", stmt("Brandt said no.", "no", source="Brandt")))
        assert list(verify(opened)) == []
        yield opened


@pytest.mark.parametrize(
    ("tampering", "codes"),
    [
        ("UPDATE statements SET speaker = NULL WHERE number = 1", {"index"}),
        ("UPDATE statements SET confidence = 0.1 WHERE number = 1", {"index"}),
        ("UPDATE statements SET content = 'other' WHERE number = 1", {"index", "words"}),
        ("DELETE FROM statements WHERE number = 1", {"index"}),
        ("UPDATE documents SET published = '1999-01-01' WHERE number = 1", {"index"}),
        ("UPDATE documents SET id = 'sha256:00' WHERE number = 1", {"document-id", "index"}),
        ("DELETE FROM names WHERE document = 1", {"index"}),
        ("UPDATE actors SET name = 'Someone' WHERE document = 1", {"index"}),
        ("UPDATE readings SET wire = x'1234' WHERE document = 1", {"reading"}),
        ("DELETE FROM readings WHERE document = 1", {"reading"}),
        (
            "INSERT INTO statement_words (statement_words, rowid, content) VALUES ('delete', 1, 'that')",
            {"words"},
        ),
        ("INSERT INTO names VALUES ('ghost', 99, 1)", {"file"}),
    ],
)
def test_a_record_that_was_tampered_with_is_found_out(store, tampering, codes):
    store._db.execute("PRAGMA foreign_keys = OFF")
    store._db.execute(tampering)
    assert {d.code for d in verify(store)} == codes


def test_a_bad_span_in_the_record_is_found_with_its_document_and_place(store):
    bad = replaced(full(), "statements[0].cue.text", "shouted")
    store.write(bad)
    (defect,) = verify(store)
    assert (defect.document, defect.path, defect.code) == (bad.document.id, "statements[0].cue", "span")
    assert "'said', not 'shouted'" in defect.message


def test_verifying_changes_nothing_and_works_on_a_record_opened_only_to_read(store):
    before = store.path.read_bytes()
    with open_record(store.path, readonly=True) as reader:
        assert list(verify(reader)) == []
    assert store.path.read_bytes() == before


def test_a_record_opened_only_to_read_has_its_full_text_index_compared_too(store):
    store._db.execute(
        "INSERT INTO statement_words (statement_words, rowid, content) VALUES ('delete', 1, 'that')"
    )
    with open_record(store.path, readonly=True) as reader:
        assert [d.code for d in verify(reader)] == ["words"]


@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE statements SET content = 'other', speaker = NULL WHERE number = 1",
        "DELETE FROM names",
        "INSERT INTO statement_words (statement_words, rowid, content) VALUES ('delete', 1, 'that')",
    ],
)
def test_rebuilding_mends_the_index(store, tampering):
    store._db.execute(tampering)
    assert list(verify(store)) != []
    store.rebuild()
    assert list(verify(store)) == []
