"""A SQLite connection to a record, opened with every doubt settled, and SQLite's errors in plain words.

What can be wrong with a file (not SQLite, foreign, newer, damaged, locked,
read-only, disk full) becomes one RecordError line that says what to do.
"""

from __future__ import annotations

import logging
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from onrecord import migrations
from onrecord.errors import RecordError

log = logging.getLogger(__name__)

# How long a writer waits for another before it gives up. A document's transaction takes a few
# milliseconds (docs/decisions/0005-store.md), so whoever holds the lock this long does something else.
WAIT_S = 5.0

# SQLite's page cache. With the default of 2 MB, listing the speakers of 10,000 documents took
# 1.6 times the processor time.
CACHE_KIB = 32_000

# The full-text indexes, and the tables they are over.
WORDS = {"statement_words": "statements", "event_words": "events"}

# Prefix of SQLite's error name -> what is wrong with the record, and what to do.
_FAULTS = {
    "SQLITE_NOTADB": "is not a record (not a SQLite file); give another path",
    "SQLITE_CORRUPT": "is damaged or cut short; restore a copy, or read the articles into a new record",
    "SQLITE_BUSY": "is locked by another program; wait until it is done, or stop it, and try again",
    "SQLITE_LOCKED": "is locked by another program; wait until it is done, or stop it, and try again",
    "SQLITE_READONLY": "cannot be written (file or directory read-only); make both writable, or copy it",
    "SQLITE_CANTOPEN": "cannot be opened; check that its directory exists and that you may write there",
    "SQLITE_FULL": "cannot grow: the disk is full; free some space and try again (what is stored is safe)",
    "SQLITE_IOERR": "cannot be read or written (input/output error); check the disk, its space and its quota",
    "SQLITE_TOOBIG": "cannot hold a document this large; split it into parts",
}


@contextmanager
def faults(path: Path) -> Iterator[None]:
    """Turn SQLite's errors into RecordErrors about ``path``."""
    try:
        yield
    except sqlite3.Error as error:
        raise RecordError(_explain(path, error)) from error


def _explain(path: Path, error: sqlite3.Error) -> str:
    name = getattr(error, "sqlite_errorname", "") or ""
    for prefix, words in _FAULTS.items():
        if name.startswith(prefix):
            return f"{path}: the record {words}"
    if "no such module" in str(error):
        return f"{path}: this Python's SQLite lacks full-text search (FTS5); use a Python built with it"
    return f"{path}: the record failed ({name or type(error).__name__}: {error}); run `onrecord verify` on it"


@contextmanager
def transaction(db: sqlite3.Connection) -> Iterator[None]:
    """All of the block or nothing of it, whatever stops it; Ctrl-C included."""
    db.execute("BEGIN IMMEDIATE")
    try:
        yield
        db.execute("COMMIT")
    except BaseException:
        if db.in_transaction:
            db.execute("ROLLBACK")
        raise


def connect(
    path: Path, *, create: bool, readonly: bool, wait_s: float,
    derive: Callable[[sqlite3.Connection], None] | None = None,
) -> sqlite3.Connection:  # fmt: skip
    """A connection to the record at ``path``, migrated and ready; raises RecordError with the reason.

    ``derive`` fills the index of a record of an older version, in the transaction that migrates it.
    """
    _check_path(path, create=create and not readonly, readonly=readonly)
    with faults(path):
        if readonly:
            return _connect_readonly(path, wait_s)
        db = _open(path, "rwc" if create else "rw", wait_s)
        try:
            _check_header(db, path, new_is_fine=True)
            _prepare(db, path, derive)
        except BaseException:
            db.close()
            raise
        return db


def _check_path(path: Path, *, create: bool, readonly: bool) -> None:
    """Say what SQLite would only call "unable to open", or find out at the first write."""
    if path.is_dir():
        raise RecordError(f"{path}: this is a directory; give the path of a record file in it")
    if not path.exists() and not create:
        raise RecordError(
            f"{path}: there is no record here; check the path, or make one with `onrecord read`"
        )
    if not path.parent.is_dir():
        raise RecordError(f"{path}: the directory {path.parent} does not exist; create it first")
    if readonly:
        return
    for place in (path.parent, path):  # SQLite writes its log beside the file, so both must be writable
        if place.exists() and not _writable(place):
            raise RecordError(_explain_readonly(path, place))


def _writable(place: Path) -> bool:
    return os.access(place, os.W_OK, effective_ids=os.access in os.supports_effective_ids)


def _explain_readonly(path: Path, place: Path) -> str:
    what = "its directory" if place == path.parent else "the file"
    return (
        f"{path}: the record cannot be written ({what} is read-only); make it writable, or use another path"
    )


def _open(path: Path, mode: str, wait_s: float) -> sqlite3.Connection:
    uri = f"{path.absolute().as_uri()}?{mode if '=' in mode else 'mode=' + mode}"
    return sqlite3.connect(uri, uri=True, timeout=wait_s, isolation_level=None)


def _connect_readonly(path: Path, wait_s: float) -> sqlite3.Connection:
    try:
        return _checked(path, "ro", wait_s)
    except sqlite3.OperationalError:
        # A directory nobody may write to (a CD, an archive): SQLite cannot keep its shared memory there.
        # Without a log beside it the file is complete, so it may be read as it stands.
        log_file = path.with_name(path.name + "-wal")
        if _writable(path.parent) or (log_file.exists() and log_file.stat().st_size):
            raise
        return _checked(path, "mode=ro&immutable=1", wait_s)


def _checked(path: Path, mode: str, wait_s: float) -> sqlite3.Connection:
    db = _open(path, mode, wait_s)
    try:
        db.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
        _check_header(db, path, new_is_fine=False)
    except BaseException:
        db.close()
        raise
    return db


def _check_header(db: sqlite3.Connection, path: Path, *, new_is_fine: bool) -> None:
    """Refuse what is not ours or not of our time; the first read also finds a file that is no database."""
    (version,) = db.execute("PRAGMA user_version").fetchone()
    (application,) = db.execute("PRAGMA application_id").fetchone()
    (tables,) = db.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if not tables and not application and not version:
        if new_is_fine:
            return
        raise RecordError(f"{path}: the record is empty; fill it with `onrecord read` or `onrecord load`")
    if application != migrations.APPLICATION_ID:
        raise RecordError(f"{path}: this SQLite file is not a record of onrecord; give another path")
    if version > migrations.LATEST:
        raise RecordError(
            f"{path}: the record was written by a newer onrecord (version {version} of its tables, "
            f"this one knows {migrations.LATEST}); upgrade onrecord"
        )
    if version < migrations.LATEST and not new_is_fine:
        raise RecordError(
            f"{path}: the record is of an older version; `onrecord verify --rebuild` brings it up to date"
        )


def _prepare(db: sqlite3.Connection, path: Path, derive: Callable[[sqlite3.Connection], None] | None) -> None:
    """Settings, then migrations, in one transaction: a crash leaves an empty file or a whole record."""
    (mode,) = db.execute("PRAGMA journal_mode = WAL").fetchone()
    if mode != "wal":
        log.warning(
            "%s: no write-ahead log on this file system (journal mode %s); readers may have to wait",
            path,
            mode,
        )
    db.execute("PRAGMA synchronous = FULL")
    db.execute("PRAGMA foreign_keys = ON")
    db.execute("PRAGMA secure_delete = ON")
    db.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
    if db.execute("PRAGMA user_version").fetchone()[0] == migrations.LATEST:
        return
    with transaction(db):
        _check_header(db, path, new_is_fine=True)  # another process may have been here first
        (before,) = db.execute("PRAGMA user_version").fetchone()
        migrations.migrate(db)
        if derive is not None and 0 < before < migrations.LATEST:
            derive(db)


def find_words_fault(db: sqlite3.Connection, path: Path, table: str = "statement_words") -> str | None:
    """What is wrong with a full-text index, None if it agrees with the table it is over.

    SQLite compares the two only on a connection that may write, though it
    writes nothing; a file that may not be written is not compared, and None.
    """
    try:
        db.execute(f"INSERT INTO {table} ({table}, rank) VALUES ('integrity-check', 1)")  # noqa: S608 (ours)
    except sqlite3.DatabaseError as error:
        if getattr(error, "sqlite_errorname", "").startswith("SQLITE_READONLY"):
            return _words_fault_writable(path, table)
        over = WORDS[table]
        return f"the full-text index does not agree with the {over} ({error}); rebuild it"
    return None


def _words_fault_writable(path: Path, table: str) -> str | None:
    try:
        with closing(connect(path, create=False, readonly=False, wait_s=WAIT_S)) as db:
            return find_words_fault(db, path, table)
    except RecordError as error:
        log.warning("the full-text index was not compared with the %s: %s", WORDS[table], error)
        return None
