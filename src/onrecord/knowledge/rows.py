"""The CSV files of the table -> rows, with every broken row named and the rest used.

Rows stay plain lists until somebody asks for them: reading a document looks up a few names among ten
thousand, and building a value for each of them would cost more than the reading.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
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

KINDS = frozenset(get_args(Kind))
_OFFICES = frozenset(OFFICES)
_DATE = r"(?:\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?)?"
_DATES = re.compile(rf"{_DATE} {_DATE} {_DATE}$").match


class Table(msgspec.Struct, frozen=True, kw_only=True):
    """The lines of one file, one row a line, the header left off."""

    name: str
    lines: list[str]

    def rows(self, wrong: Callable[[Cells], str | None]) -> tuple[list[Cells], list[str]]:
        """The sound rows, and one line for each row left out: where, what, what to do."""
        rows = [cells_of(line) for line in self.lines]
        faults = [(number, fault) for number, row in enumerate(rows, 2) if (fault := wrong(row))]
        if not faults:
            return rows, []
        bad = {number for number, _ in faults}
        sound = [row for number, row in enumerate(rows, 2) if number not in bad]
        return sound, [f"{self.name}:{number}: {fault} (row left out)." for number, fault in faults]

    def problem(self, line: str, fault: str) -> str:
        """The line that names a broken row."""
        return f"{self.name}:{self.lines.index(line) + 2}: {fault} (row left out)."


def cells_of(line: str) -> Cells:
    """The cells of one line; a quote left open spoils its own row only."""
    return line.split(",") if '"' not in line else next(csv.reader([line]))


def read_table(file: Traversable | Path, columns: tuple[str, ...]) -> Table:
    """The lines of a CSV file with these columns, empty lines kept out; a missing file has none.

    Raises ``KnowledgeError`` where the file cannot be read or has other columns.
    """
    try:
        lines = file.read_text(encoding="utf-8").removeprefix("\ufeff").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise KnowledgeError(f"{file}: cannot be read ({error}); give a CSV file in UTF-8.") from error
    if not lines or tuple(lines[0].strip().split(",")) != columns:
        raise KnowledgeError(f"{file}: the first line must name the columns {','.join(columns)}; add it.")
    return Table(name=file.name, lines=lines[1:])


def read_user_rows(path: Path) -> tuple[tuple[Row, ...], tuple[str, ...]]:
    """The rows of a user's CSV file, entities or tenures by its header, and the problems found.

    Raises ``KnowledgeError`` where the file cannot be read at all.
    """
    try:
        table, wrong = read_table(path, TENURE_COLUMNS), wrong_tenure
    except KnowledgeError:
        rows, problems = read_table(path, ENTITY_COLUMNS).rows(wrong_entity)
        return tuple(entity_of(row) for row in rows), tuple(problems)
    rows, problems = table.rows(wrong)
    return tuple(tenure_of(row) for row in rows), tuple(problems)


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
    if len(row) != len(ENTITY_COLUMNS):
        return _miscounted(row, ENTITY_COLUMNS)
    if not row[0] or not row[1]:
        return "an entity without id or name; give both"
    if row[2] not in KINDS:
        return f"kind is {row[2]!r}; write one of {', '.join(get_args(Kind))}"
    return None


def wrong_tenure(row: Cells) -> str | None:
    """What is wrong with a tenure's cells and what to do, or None."""
    if len(row) != len(TENURE_COLUMNS):
        return _miscounted(row, TENURE_COLUMNS)
    person, office, of, _, start, end, _, as_of = row
    if not person or not of:
        return "a tenure without person or state; give both"
    if office not in _OFFICES:
        return f"office is {office!r}; write one of onrecord.knowledge.OFFICES, and the wording as title"
    if not _DATES(f"{start} {end} {as_of}"):
        return (
            f"a date of {start!r}, {end!r}, {as_of!r} is not YYYY, YYYY-MM or YYYY-MM-DD; correct or empty it"
        )
    if start and end and end < start[: len(end)]:
        return f"ends ({end}) before it starts ({start}); correct one of the dates"
    return None


def wrong_seat(row: Cells) -> str | None:
    """What is wrong with a seat's cells and what to do, or None."""
    if len(row) != len(SEAT_COLUMNS):
        return _miscounted(row, SEAT_COLUMNS)
    if not row[0] or not row[1]:
        return "a seat without name or what it stands for; give both"
    return (
        None if row[2] in _OFFICES or not row[2] else f"office is {row[2]!r}; write one of OFFICES or nothing"
    )


def _miscounted(row: Cells, columns: tuple[str, ...]) -> str:
    return f"{len(row)} cells, not {len(columns)}; check commas and quotes"
