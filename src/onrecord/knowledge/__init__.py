"""The shipped, dated table of actors: states, persons with their offices, bodies, seats.

    >>> known = knowledge()
    >>> [known.entity(row.person).name for row in known.holders("president", "USA", "1962-10-22")]
    ['John F. Kennedy']

``entities.csv`` and ``tenures.csv`` are built from open data by scripts/build_knowledge.py; the
``authored_`` files, ``seats.csv`` and ``sites.csv`` are written by hand (docs/knowledge.md).
A user's rows win over shipped ones.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable
from importlib import resources

from onrecord.knowledge.entities import Entity, Row, Seat, Tenure
from onrecord.knowledge.offices import OFFICES, office_named
from onrecord.knowledge.rows import (
    ENTITY_COLUMNS,
    SEAT_COLUMNS,
    TENURE_COLUMNS,
    Table,
    read_table,
    read_user_rows,
)
from onrecord.knowledge.table import STATES_BEFORE, Knowledge
from onrecord.knowledge.terms import GRACE_DAYS, covers

__all__ = [
    "knowledge",
    "Knowledge",
    "Entity",
    "Tenure",
    "Seat",
    "Row",
    "OFFICES",
    "GRACE_DAYS",
    "STATES_BEFORE",
    "covers",
    "office_named",
    "read_user_rows",
]

# Authored rows come first: where both know somebody's dates, the checked ones are met first.
ENTITY_FILES = ("entities.csv", "authored_entities.csv")
TENURE_FILES = ("authored_tenures.csv", "tenures.csv")


def knowledge(extra: Iterable[Row] = ()) -> Knowledge:
    """The shipped table, with ``extra`` rows winning over those of the same id, name or office.

    Without extra rows the table is read once. Rows that are broken are left out and named in
    ``problems`` and in the log.
    """
    rows = tuple(extra)
    return _with(rows) if rows else _shipped()


@functools.cache
def _shipped() -> Knowledge:
    return _with(())


def _with(extra: tuple[Row, ...]) -> Knowledge:
    return Knowledge(_entity_tables(), _tenure_tables, _seat_table, extra)


@functools.cache
def _entity_tables() -> tuple[Table, ...]:
    return tuple(_shipped_table(name, ENTITY_COLUMNS) for name in ENTITY_FILES)


@functools.cache
def _tenure_tables() -> tuple[Table, ...]:
    return tuple(_shipped_table(name, TENURE_COLUMNS) for name in TENURE_FILES)


@functools.cache
def _seat_table() -> Table:
    return _shipped_table("seats.csv", SEAT_COLUMNS)


def _shipped_table(name: str, columns: tuple[str, ...]) -> Table:
    return read_table(resources.files(__name__) / name, columns)
