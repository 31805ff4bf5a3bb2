"""The CSV files of the table -> rows, with every broken row named and the rest used.

Rows stay plain lists until somebody asks for them: reading a document looks up a few names among ten
thousand, and building a value for each of them would cost more than the reading.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TypeAlias, get_args

import msgspec

from onrecord.errors import KnowledgeError
from onrecord.knowledge.entities import Entity, Row, Tenure
from onrecord.knowledge.offices import OFFICES
from onrecord.records import Kind

Cells: TypeAlias = list[str]
ENTITY_COLUMNS = ("id", "name", "kind", "country", "sector", "aliases", "source", "as_of")
TENURE_COLUMNS = ("person", "office", "of", "title", "start", "end", "source", "as_of")
SEAT_COLUMNS = ("name", "stands_for", "office", "source")
SITE_COLUMNS = ("name", "aliases", "kind", "country", "lat", "lon", "source")

_KINDS = frozenset(get_args(Kind))
_OFFICES = frozenset(OFFICES)
_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$").match


class Table(msgspec.Struct, frozen=True, kw_only=True):
    """The sound rows of one file, and one line for each row left out: where, what, what to do."""

    rows: list[Cells]
    problems: tuple[str, ...] = ()


def read_entities(file: Traversable) -> Table:
    """The entity rows of a file (columns :data:`ENTITY_COLUMNS`)."""
    return _read(file, ENTITY_COLUMNS, wrong_entity)


def read_tenures(file: Traversable) -> Table:
    """The tenure rows of a file (columns :data:`TENURE_COLUMNS`)."""
    return _read(file, TENURE_COLUMNS, wrong_tenure)


def read_seats(file: Traversable) -> Table:
    """The seat rows of a file (columns :data:`SEAT_COLUMNS`)."""
    return _read(file, SEAT_COLUMNS, _wrong_seat)


def read_user_rows(path: Path) -> tuple[tuple[Row, ...], tuple[str, ...]]:
    """The rows of a user's CSV file, entities or tenures by its header, and the problems found.

    Raises ``KnowledgeError`` where the file cannot be read at all.
    """
    try:
        header = tuple(path.read_text(encoding="utf-8-sig").split("\n", 1)[0].strip().split(","))
    except (OSError, UnicodeDecodeError) as error:
        raise KnowledgeError(f"{path}: cannot be read ({error}); give a CSV file in UTF-8.") from error
    if header == TENURE_COLUMNS:
        table = read_tenures(path)
        return tuple(tenure_of(row) for row in table.rows), table.problems
    table = read_entities(path)
    return tuple(entity_of(row) for row in table.rows), table.problems


def entity_of(row: Cells) -> Entity:
    """The entity that a row of cells holds."""
    id_, name, kind, country, sector, aliases, source, as_of = row
    names = tuple(dict.fromkeys((name, *filter(None, aliases.split("|")))))
    return Entity(
        id=id_,
        name=name,
        kind=kind,  # type: ignore[arg-type]  # checked when the row was read
        country=country or None,
        sector=sector or None,
        names=names,
        source=source,
        as_of=as_of,
    )


def tenure_of(row: Cells) -> Tenure:
    """The tenure that a row of cells holds."""
    person, office, of, title, start, end, source, as_of = row
    return Tenure(
        person=person,
        office=office,
        of=of,
        title=title,
        start=start or None,
        end=end or None,
        source=source,
        as_of=as_of,
    )


def wrong_entity(row: Cells) -> str | None:
    """What is wrong with an entity's cells and what to do, or None."""
    if not row[0] or not row[1]:
        return "an entity without id or name; give both"
    if row[2] not in _KINDS:
        return f"kind is {row[2]!r}; write one of {', '.join(get_args(Kind))}"
    return None


def wrong_tenure(row: Cells) -> str | None:
    """What is wrong with a tenure's cells and what to do, or None."""
    person, office, of, _, start, end, _, as_of = row
    if not person or not of:
        return "a tenure without person or state; give both"
    if office not in _OFFICES:
        return f"office is {office!r}; write one of onrecord.knowledge.OFFICES, and the wording as title"
    for date in (start, end, as_of):
        if date and not _DATE(date):
            return f"date {date!r} is not YYYY, YYYY-MM or YYYY-MM-DD; correct it or leave it empty"
    length = min(len(start), len(end))
    if length and end[:length] < start[:length]:
        return f"ends ({end}) before it starts ({start}); correct one of the dates"
    return None


def _wrong_seat(row: Cells) -> str | None:
    if not row[0] or not row[1]:
        return "a seat without name or what it stands for; give both"
    return (
        None if row[2] in _OFFICES or not row[2] else f"office is {row[2]!r}; write one of OFFICES or nothing"
    )


def _read(file: Traversable, columns: tuple[str, ...], wrong: Callable[[Cells], str | None]) -> Table:
    try:
        lines = file.read_text(encoding="utf-8").removeprefix("\ufeff").splitlines()
    except FileNotFoundError:
        return Table(rows=[], problems=(f"{file.name}: missing; reinstall onrecord.",))
    except (OSError, UnicodeDecodeError) as error:
        raise KnowledgeError(f"{file}: cannot be read ({error}); give a CSV file in UTF-8.") from error
    if not lines or tuple(lines[0].strip().split(",")) != columns:
        raise KnowledgeError(f"{file}: the first line must name the columns {','.join(columns)}; add it.")
    rows: list[Cells] = []
    problems: list[str] = []
    for number, row in _numbered(lines):
        fault = (
            f"{len(row)} cells, not {len(columns)}; check commas and quotes"
            if len(row) != len(columns)
            else wrong(row)
        )
        if fault:
            problems.append(f"{file.name}:{number}: {fault} (row left out).")
        else:
            rows.append(row)
    return Table(rows=rows, problems=tuple(problems))


def _numbered(lines: list[str]) -> Iterator[tuple[int, Cells]]:
    """Each row after the header with the number of its line; empty lines are passed over."""
    reader = csv.reader(lines)
    next(reader)
    return ((reader.line_num, row) for row in reader if row)
