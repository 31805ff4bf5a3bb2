import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import textwrap
from pathlib import Path

import pytest
from factory import PRODUCED_BY, reading, readings, stmt
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord import wire
from onrecord.errors import RecordError, UsageError, WireError
from onrecord.query import Query, count, search
from onrecord.records import ProducedBy, Reading
from onrecord.store import Store, open_record
from onrecord.verify import verify

TEXT = "“The strait stays open,” Marlow said. Ilsa Brandt warned that the talks were over."


def one(**fields) -> Reading:
    return reading(
        TEXT,
        stmt(TEXT, "“The strait stays open,”", source="Marlow", cue="said"),
        stmt(TEXT, "that the talks were over", source="Ilsa Brandt", cue="warned", act="warn"),
        **fields,
    )


def another(n: int = 0) -> Reading:
    text = f"Odile Farrant said {n} ships had turned back."
    return reading(text, stmt(text, f"{n} ships had turned back", source="Odile Farrant"), given_id=f"n{n}")


@pytest.fixture
def path(tmp_path) -> Path:
    return tmp_path / "record.db"


@pytest.fixture
def store(path):
    with open_record(path) as opened:
        yield opened


def contents(path: Path) -> list[str]:
    """Everything in a record as SQL, the full-text tables included."""
    db = sqlite3.connect(path)
    try:
        return list(db.iterdump())
    finally:
        db.close()


# -- what is written comes back ------------------------------------------------------------------


def test_a_reading_comes_back_as_it_was_written(store):
    assert store.write(one(published="1962-10-24")) == "added"
    assert store.get_reading(one().document.id) == one(published="1962-10-24")
    assert store.get_reading(one().document.id).to_dict() == one(published="1962-10-24").to_dict()


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(some=st.lists(readings(), max_size=4))
def test_any_readings_come_back_from_the_record_and_verify(some):
    with tempfile.TemporaryDirectory() as folder, open_record(Path(folder) / "r.db") as store:
        last = {}
        for any_reading in some:
            store.write(any_reading)
            last[any_reading.document.id] = any_reading
        assert list(store.readings()) == list(last.values())
        assert list(verify(store)) == []


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(some=st.lists(readings(), max_size=4, unique_by=lambda r: r.document.id))
def test_one_session_or_many_make_the_same_record(some):
    with tempfile.TemporaryDirectory() as folder:
        with open_record(Path(folder) / "batch.db") as store:
            for any_reading in some:
                store.write(any_reading)
        for any_reading in some:
            with open_record(Path(folder) / "single.db") as store:
                store.write(any_reading)
        if some:
            assert contents(Path(folder) / "batch.db") == contents(Path(folder) / "single.db")


def test_a_record_survives_closing_and_loading_its_export_into_another(path, tmp_path):
    with open_record(path) as store:
        for n in range(3):
            store.write(another(n))
    with open_record(path) as store, open_record(tmp_path / "copy.db") as copy:
        for line in [wire.write_line(r) for r in store.readings()]:
            copy.write(wire.read_line(line, origin="x"))
        assert list(copy.readings()) == list(store.readings()) == [another(n) for n in range(3)]


def test_readings_can_be_written_while_they_are_gone_through(store):
    for n in range(3):
        store.write(another(n))
    newer = ProducedBy(onrecord="0.2.0", model="newer", model_sha256="1" * 64)
    for old in store.readings():
        assert store.write(reading(old.document.text, produced_by=newer)) == "replaced"
    assert [r.produced_by for r in store.readings()] == [newer] * 3


# -- the same again, and another reading of the same -----------------------------------------------


def test_the_same_reading_again_changes_nothing_in_the_record(path):
    with open_record(path) as store:
        store.write(one())
    before = contents(path)
    with open_record(path) as store:
        assert store.write(one()) == "unchanged"
    assert contents(path) == before


def test_another_reading_takes_the_place_of_the_first_whole(store):
    store.write(one())
    only = reading(TEXT, one().statements[1], published="1962-10-25")
    assert store.write(only) == "replaced"
    assert store.get_reading(only.document.id) == only
    assert search(store, Query(words="strait")) == []
    assert [hit.document.published for hit in search(store, Query(words="talks"))] == ["1962-10-25"]
    assert store.count().documents == 1
    assert list(verify(store)) == []


def test_has_tells_whether_just_this_model_read_the_document(store):
    store.write(one())
    doc_id = one().document.id
    assert store.has(doc_id)
    assert store.has(doc_id, PRODUCED_BY)
    assert not store.has(doc_id, ProducedBy(onrecord="0.1.0", model="hand-made", model_sha256="f" * 64))
    assert not store.has("sha256:" + "0" * 64)


# -- keys ----------------------------------------------------------------------------------------


def test_a_document_is_found_by_id_by_prefix_and_by_given_id(store):
    store.write(one(given_id="desk-17"))
    doc_id = one().document.id
    for key in (doc_id, doc_id[:20], doc_id.removeprefix("sha256:")[:6], "desk-17"):
        assert store.get_reading(key).document.id == doc_id


def test_a_prefix_shorter_than_six_digits_is_no_key(store):
    store.write(one())
    assert store.find_reading(one().document.id.removeprefix("sha256:")[:5]) is None


@pytest.mark.parametrize("key", ["", "nothing", "sha256:", "abcdef0", "lone \ud800", "a'; --", "\0"])
def test_an_unknown_key_is_none_to_find_and_an_error_to_get(store, key):
    assert store.find_reading(key) is None
    with pytest.raises(UsageError, match="no document"):
        store.get_reading(key)


def test_two_texts_with_one_given_id_are_both_kept_and_the_id_alone_is_ambiguous(store):
    store.write(one(given_id="n1", published="1962-10-24"))
    store.write(another(1))
    assert store.count().documents == 2
    with pytest.raises(UsageError) as caught:
        store.get_reading("n1")
    for made in (one(), another(1)):
        assert made.document.id[:19] in str(caught.value)
    assert "1962-10-24" in str(caught.value)


# -- forgetting ------------------------------------------------------------------------------------


def bytes_of(path: Path) -> bytes:
    return b"".join(p.read_bytes() for p in path.parent.glob(path.name + "*"))


def test_nothing_of_a_forgotten_document_remains_in_the_file(path):
    text = "Wilhelmine said zyzzogeton was xanthic, and the quillworts were vermilion."
    secret = reading(
        text,
        stmt(text, "zyzzogeton was xanthic", source="Wilhelmine"),
        title="Quagga tidings",
        outlet="Rhodopsin Wire",
        given_id="vexillum",
        url="http://ornithopter.example",
    )
    with open_record(path) as store:
        for n in range(60):
            store.write(another(n))
        store.write(secret)
        store.write(reading(text, secret.statements[0], title="Quagga tidings again"))
        for n in range(60, 120):
            store.write(another(n))
        store.decide(secret.statements[0].id, "speaker", "Wilhelmine")
        assert b"xanthic" in bytes_of(path)
        gone = store.forget("sha256:" + secret.document.id.removeprefix("sha256:")[:10])
        assert (gone.statements, gone.decisions, gone.cleaned) == (1, 1, True)
        left = bytes_of(path).lower()
        words = "zyzzogeton xanthic quillwort quagga rhodopsin vexillum ornithopter wilhelmine"
        assert [word for word in words.split() if word.encode() in left] == []
        assert list(verify(store)) == []
        assert store.count().documents == 120
        assert list(store.decisions()) == []
    assert b"xanthic" not in bytes_of(path)


def test_forgetting_while_another_program_reads_says_that_the_log_is_not_yet_clean(path):
    with open_record(path) as store:
        store.write(one())
        reader = sqlite3.connect(path, isolation_level=None)
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM documents").fetchone()
        with open_record(path, wait_s=0.05) as quick:
            assert quick.forget(one().document.id).cleaned is False
        reader.close()
        assert store.clean() is True
        assert store.count().documents == 0


def test_decisions_may_be_kept_without_the_words_and_hold_when_the_document_returns(path):
    with open_record(path) as store:
        store.write(one())
        store.decide(one().statements[0].id, "review", "reject")
        store.forget(one().document.id, keep_decisions=True)
        assert [(d.state, d.words[0].text) for d in store.decisions()] == [("orphaned", "")]
        assert b"strait" not in bytes_of(path)
        store.write(one())
        assert [d.state for d in store.decisions()] == ["in force"]


def test_forgetting_what_is_not_there_is_an_error(store):
    with pytest.raises(UsageError, match="no document"):
        store.forget("nothing")


# -- crashes, full disks, interruptions --------------------------------------------------------------

_WRITER = """
    import sys
    sys.path.insert(0, {tests!r})
    from test_store import another
    from onrecord.store import open_record
    with open_record({path!r}) as store:
        for n in range({first}, 100_000):
            store.write(another(n))
            print(n, flush=True)
"""


def test_a_writer_killed_at_any_point_loses_nothing_it_acknowledged_and_leaves_nothing_half(path):
    chance = random.Random(1962)
    acknowledged: set[int] = set()
    for _ in range(4):
        first = max(acknowledged, default=-1) + 1
        code = textwrap.dedent(_WRITER).format(tests=str(Path(__file__).parent), path=str(path), first=first)
        with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as child:
            for _ in range(chance.randint(1, 25)):
                acknowledged.add(int(child.stdout.readline()))
            child.send_signal(signal.SIGKILL)
            acknowledged.update(int(line) for line in child.stdout.read().split("\n")[:-1])
        with open_record(path) as store:
            assert list(verify(store)) == []
            kept = {r.document.given_id for r in store.readings()}
            assert {f"n{n}" for n in acknowledged} <= kept
            assert count(store, Query(words="ships")) == len(kept)


def test_a_full_disk_is_one_clear_line_and_costs_nothing_already_stored(store):
    store.write(one())
    (pages,) = store._db.execute("PRAGMA page_count").fetchone()
    store._db.execute(f"PRAGMA max_page_count = {pages}")
    rng = random.Random(0)
    long = " ".join(f"{rng.random()}" for _ in range(20_000))
    with pytest.raises(RecordError, match="the disk is full; free some space"):
        store.write(reading(long))
    assert list(store.readings()) == [one()]
    assert list(verify(store)) == []
    store._db.execute("PRAGMA max_page_count = 1000000")
    assert store.write(reading(long)) == "added"


def test_ctrl_c_in_the_middle_of_a_document_takes_the_whole_document_back(store, monkeypatch):
    store.write(one())

    def interrupted(*args):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("onrecord.tables.put_index", interrupted)
        with pytest.raises(KeyboardInterrupt):
            store.write(another())
    assert list(store.readings()) == [one()]
    assert store.write(another()) == "added"


def test_a_reading_that_json_cannot_carry_is_refused_and_nothing_is_stored(store):
    with pytest.raises(WireError, match="lone surrogate"):
        store.write(reading("fine", title="\ud800"))
    assert store.count().documents == 0


# -- files that are not what they should be ----------------------------------------------------------


def fault(path, **options) -> str:
    with pytest.raises(RecordError) as caught:
        open_record(path, wait_s=0.05, **options)
    message = str(caught.value)
    assert message.startswith(f"{path}: ")
    assert "\n" not in message
    return message


@pytest.mark.parametrize("data", [b"hello", b"A dispatch of some length.\n" * 200, b"\0" * 4096])
@pytest.mark.parametrize("readonly", [False, True])
def test_a_file_that_is_not_sqlite_is_refused_and_left_alone(path, data, readonly):
    path.write_bytes(data)
    fault(path, readonly=readonly)
    assert path.read_bytes() == data


def test_a_foreign_sqlite_file_is_refused_and_left_alone(path):
    db = sqlite3.connect(path)
    db.execute("CREATE TABLE recipes (name TEXT)")
    db.close()
    before = path.read_bytes()
    assert "not a record of onrecord" in fault(path)
    assert path.read_bytes() == before


def test_a_record_of_a_newer_version_asks_for_an_upgrade(path):
    open_record(path).close()
    db = sqlite3.connect(path)
    db.execute("PRAGMA user_version = 99")
    db.close()
    for readonly in (False, True):
        assert "newer onrecord (version 99" in fault(path, readonly=readonly)


@pytest.mark.parametrize("share", [0.2, 0.5, 0.9])
def test_a_record_cut_short_is_called_damaged(path, share):
    with open_record(path) as store:
        for n in range(50):
            store.write(another(n))
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * share)])
    assert "damaged or cut short" in fault(path)


def _read_all(path: Path) -> None:
    with open_record(path) as store:
        assert [d.code for d in verify(store)][-1:] == ["file"]
        list(store.readings())


def test_a_record_overwritten_in_the_middle_never_raises_anything_but_our_errors(path):
    with open_record(path) as store:
        for n in range(50):
            store.write(another(n))
    data = bytearray(path.read_bytes())
    data[4096:] = os.urandom(len(data) - 4096)
    path.write_bytes(data)
    # Where the damage meets the description of the tables the record does not open, else reading it fails.
    with pytest.raises(RecordError, match="damaged"):
        _read_all(path)


def test_a_damaged_reading_is_named(store):
    store.write(one())
    store._db.execute("UPDATE readings SET wire = x'00'")
    with pytest.raises(RecordError, match=f"the reading of {one().document.id} is damaged"):
        store.get_reading(one().document.id)
    assert store.write(one()) == "replaced"
    assert store.get_reading(one().document.id) == one()


def test_a_locked_record_says_so_when_written_and_can_still_be_read(path):
    with open_record(path, wait_s=0.05) as store:
        store.write(one())
        holder = sqlite3.connect(path, isolation_level=None)
        holder.execute("BEGIN IMMEDIATE")
        with pytest.raises(RecordError, match="locked by another program"):
            store.write(another())
        assert list(store.readings()) == [one()]
        holder.close()
        assert store.write(another()) == "added"


def test_a_record_locked_for_all_says_so_when_opened(path):
    open_record(path).close()
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("PRAGMA locking_mode = EXCLUSIVE")
    holder.execute("BEGIN EXCLUSIVE")
    holder.execute("PRAGMA user_version = 1")
    assert "locked by another program" in fault(path)
    holder.close()


def test_a_missing_record_a_directory_and_a_missing_directory_are_told_apart(path, tmp_path):
    assert "there is no record here" in fault(path, create=False)
    assert "there is no record here" in fault(path, readonly=True)
    assert not path.exists()
    assert "this is a directory" in fault(tmp_path)
    assert "does not exist; create it first" in fault(tmp_path / "no" / "record.db")


def test_an_empty_file_becomes_a_record_but_is_none_to_a_reader(path):
    path.touch()
    assert "is empty" in fault(path, readonly=True)
    with open_record(path) as store:
        assert store.write(one()) == "added"


@pytest.fixture
def unprivileged():
    """The name of nobody, where tests run as root, whom no permission stops; else just ourselves."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o777)
    root = os.geteuid() == 0
    if root:
        os.chown(folder, 65534, 65534)
        os.seteuid(65534)
    yield folder
    if root:
        os.seteuid(0)
    folder.chmod(0o777)
    for entry in folder.iterdir():
        entry.unlink()
    folder.rmdir()


@pytest.mark.skipif(not hasattr(os, "seteuid"), reason="permissions of Unix")
def test_a_read_only_file_or_directory_is_one_clear_line_and_can_still_be_read(unprivileged):
    path = unprivileged / "record.db"
    with open_record(path) as store:
        store.write(one())
    path.chmod(0o444)
    assert "the file is read-only" in fault(path)
    unprivileged.chmod(0o555)
    assert "its directory is read-only" in fault(path)
    with open_record(path, readonly=True) as store:
        assert list(store.readings()) == [one()]
        assert len(search(store, Query(words="strait"))) == 1
        with pytest.raises(RecordError, match="cannot be written"):
            store.write(another())
    assert "its directory is read-only" in fault(unprivileged / "new.db")


def test_a_reader_and_a_writer_do_not_stop_each_other(path):
    with open_record(path) as writer:
        writer.write(one())
        with open_record(path, readonly=True) as reader:
            writer.write(another())
            assert reader.count().documents == 2


def test_every_migration_counts_and_an_interrupted_one_leaves_no_record(path, monkeypatch):
    from onrecord import migrations

    def broken(db):
        db.execute("CREATE TABLE half (x)")
        raise sqlite3.OperationalError("power cut")

    with monkeypatch.context() as patch:
        patch.setattr(migrations, "MIGRATIONS", (migrations.m001_record, broken))
        patch.setattr(migrations, "LATEST", 2)
        with pytest.raises(RecordError):
            open_record(path)
    with open_record(path) as store:
        assert isinstance(store, Store)
        assert store.select("PRAGMA user_version") == [(migrations.LATEST,)]
        assert store.select("SELECT name FROM sqlite_master WHERE name = 'half'") == []
