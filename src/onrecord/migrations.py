"""The tables of a record, as plain steps in order; a record's ``user_version`` counts those done.

The truth is ``readings.wire`` (what the machine found, whole), ``decisions``
(what people decided about statements) and ``identities`` (about who somebody
is). Every other table is an index that ``index.py`` derives from these, so it
can be checked and rebuilt.
A released step is never edited: change comes as the next one. A step need not fill the tables it adds:
whoever opens the record derives the index anew after it (store.py).
"""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Callable

# "ORec": marks a SQLite file as a record of ours, so that a foreign one is refused.
APPLICATION_ID = 0x4F526563


def m001_record(db: sqlite3.Connection) -> None:
    """Documents, readings, decisions, and the index over actors, names and statements."""
    for sql in _M001.split(";\n\n"):
        db.execute(sql)


# sort_date is published, or "~", which sorts after every date: undated documents come last
# and an index gives the order. The porter stemmer: docs/decisions/0005-store.md.
_M001 = """
CREATE TABLE documents (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  given_id TEXT, title TEXT, outlet TEXT, outlet_key TEXT, url TEXT, published TEXT,
  sort_date TEXT NOT NULL,
  onrecord TEXT NOT NULL, model TEXT NOT NULL, model_sha256 TEXT NOT NULL
);

CREATE INDEX documents_given_id ON documents (given_id);

CREATE INDEX documents_outlet ON documents (outlet_key, sort_date);

CREATE INDEX documents_date ON documents (sort_date, number);

CREATE TABLE readings (
  document INTEGER PRIMARY KEY REFERENCES documents (number) ON DELETE CASCADE,
  wire BLOB NOT NULL
);

CREATE TABLE actors (
  document INTEGER NOT NULL REFERENCES documents (number) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  id TEXT NOT NULL, identity TEXT NOT NULL, name TEXT NOT NULL, role TEXT,
  PRIMARY KEY (document, position)
) WITHOUT ROWID;

CREATE INDEX actors_identity ON actors (identity);

CREATE TABLE names (
  key TEXT NOT NULL,
  document INTEGER NOT NULL REFERENCES documents (number) ON DELETE CASCADE,
  actor INTEGER NOT NULL,
  PRIMARY KEY (key, document, actor)
) WITHOUT ROWID;

CREATE INDEX names_document ON names (document);

CREATE TABLE statements (
  number INTEGER PRIMARY KEY,
  document INTEGER NOT NULL REFERENCES documents (number) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  id TEXT NOT NULL, speaker INTEGER, mode TEXT NOT NULL, act TEXT, confidence REAL NOT NULL,
  content TEXT NOT NULL,
  UNIQUE (document, position)
);

CREATE INDEX statements_id ON statements (id);

CREATE INDEX statements_speaker ON statements (document, speaker);

CREATE INDEX statements_mode ON statements (mode);

CREATE INDEX statements_act ON statements (act);

CREATE VIRTUAL TABLE statement_words USING fts5 (
  content, content='statements', content_rowid='number',
  tokenize='porter unicode61 remove_diacritics 2'
);

CREATE TRIGGER statements_added AFTER INSERT ON statements BEGIN
  INSERT INTO statement_words (rowid, content) VALUES (new.number, new.content);
END;

CREATE TRIGGER statements_removed AFTER DELETE ON statements BEGIN
  INSERT INTO statement_words (statement_words, rowid, content) VALUES ('delete', old.number, old.content);
END;

CREATE TABLE decisions (
  number INTEGER PRIMARY KEY,
  document TEXT NOT NULL, statement TEXT NOT NULL,
  kind TEXT NOT NULL, value TEXT, withdrawn INTEGER NOT NULL,
  words TEXT NOT NULL,
  decided_by TEXT, decided_at TEXT NOT NULL
);

CREATE INDEX decisions_document ON decisions (document)
"""


def m002_identities(db: sqlite3.Connection) -> None:
    """Decisions on who somebody is, and the country of actors in the index, taken from the readings."""
    for sql in _M002.split(";\n\n"):
        db.execute(sql)
    for number, wire in db.execute("SELECT document, wire FROM readings").fetchall():
        for position, country in enumerate(_countries(wire)):
            if country is not None:
                db.execute(
                    "UPDATE actors SET country = ? WHERE document = ? AND position = ?",
                    (country, number, position),
                )


_M002 = """
CREATE TABLE identities (
  number INTEGER PRIMARY KEY,
  kind TEXT NOT NULL, actor TEXT NOT NULL, document TEXT,
  value TEXT NOT NULL, withdrawn INTEGER NOT NULL,
  decided_by TEXT, decided_at TEXT NOT NULL
);

ALTER TABLE actors ADD COLUMN country TEXT;

CREATE INDEX actors_country ON actors (country) WHERE country IS NOT NULL
"""


def _countries(wire: bytes) -> list[str | None]:
    """The countries of a packed reading's actors; none of a damaged one, which ``verify`` reports."""
    try:
        actors = json.loads(zlib.decompress(wire)).get("actors", [])
        return [actor.get("country") for actor in actors]
    except (zlib.error, ValueError, AttributeError):
        return []


def m003_events(db: sqlite3.Connection) -> None:
    """The index over events, those who take part in them, and stances."""
    for sql in _M003.split(";\n\n"):
        db.execute(sql)


# first_day and last_day are the event's own, else the document's, or "~" as in sort_date. statement is
# NULL where the article itself says so; asserter is who made the statement, where one is singled out.
_M003 = """
CREATE TABLE events (
  number INTEGER PRIMARY KEY,
  document INTEGER NOT NULL REFERENCES documents (number) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  id TEXT NOT NULL, type TEXT NOT NULL, mode TEXT, context TEXT NOT NULL, quad INTEGER NOT NULL,
  modality TEXT NOT NULL, statement TEXT, asserter INTEGER,
  first_day TEXT NOT NULL, last_day TEXT NOT NULL, confidence REAL NOT NULL,
  words TEXT NOT NULL,
  UNIQUE (document, position)
);

CREATE INDEX events_id ON events (id);

CREATE INDEX events_day ON events (first_day, document, position);

CREATE INDEX events_type ON events (type, first_day, document, position);

CREATE INDEX events_quad ON events (quad, first_day, document, position);

CREATE INDEX events_modality ON events (modality, first_day, document, position);

CREATE INDEX events_asserter ON events (document, asserter);

CREATE TABLE parties (
  document INTEGER NOT NULL REFERENCES documents (number) ON DELETE CASCADE,
  actor INTEGER NOT NULL, role TEXT NOT NULL, event INTEGER NOT NULL,
  PRIMARY KEY (document, actor, role, event)
) WITHOUT ROWID;

CREATE TABLE stances (
  number INTEGER PRIMARY KEY,
  document INTEGER NOT NULL REFERENCES documents (number) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  holder INTEGER, target INTEGER, polarity TEXT NOT NULL,
  statement TEXT, asserter INTEGER, confidence REAL NOT NULL,
  UNIQUE (document, position)
);

CREATE INDEX stances_holder ON stances (document, holder);

CREATE INDEX stances_target ON stances (document, target);

CREATE VIRTUAL TABLE event_words USING fts5 (
  words, content='events', content_rowid='number',
  tokenize='porter unicode61 remove_diacritics 2'
);

CREATE TRIGGER events_added AFTER INSERT ON events BEGIN
  INSERT INTO event_words (rowid, words) VALUES (new.number, new.words);
END;

CREATE TRIGGER events_removed AFTER DELETE ON events BEGIN
  INSERT INTO event_words (event_words, rowid, words) VALUES ('delete', old.number, old.words);
END
"""

MIGRATIONS: tuple[Callable[[sqlite3.Connection], None], ...] = (m001_record, m002_identities, m003_events)
LATEST = len(MIGRATIONS)


def migrate(db: sqlite3.Connection) -> None:
    """Bring a record, new or of an older version, to the latest; all steps in the caller's transaction."""
    (done,) = db.execute("PRAGMA user_version").fetchone()
    for step in MIGRATIONS[done:]:
        step(db)
    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    db.execute(f"PRAGMA user_version = {LATEST}")
