"""The knowledge table itself: who is called this, who held that office then, what does this seat stand for.

Nothing is guessed: every question has an answer of none, one or several, and several means that the
table cannot tell them apart. All dates are ISO days.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import cached_property, lru_cache

from onrecord.errors import KnowledgeError
from onrecord.knowledge.entities import Entity, Row, Seat, Tenure
from onrecord.knowledge.rows import Cells, Table, entity_of, tenure_of
from onrecord.knowledge.spelling import near_names
from onrecord.ontology import fold, ontology

# How many days after "known as of" an open row still answers who is in office. Of the holders of the five
# highest offices of a state on a day, so many have left after so many days (scripts/build_knowledge.py
# --turnover prints it): 30 days 2%, 45 days 3%, 90 days 6%, 365 days 22%. Links promise 97%.
GRACE_DAYS = 45

# Letters that no decomposition takes apart.
_PLAIN = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d", "ə": "a"}
)
_NAME, _ID, _KIND, _ALIASES = 1, 0, 2, 5
_PERSON, _OFFICE, _OF = 0, 1, 2


class Knowledge:
    """The table of entities, tenures and seats, with a user's own rows on top.

    Made by :func:`onrecord.knowledge.knowledge`. ``problems`` names every row that was left out.
    """

    def __init__(
        self,
        entities: Sequence[Table],
        tenures: Callable[[], Sequence[Table]],
        seats: Table,
        extra: Iterable[Row] = (),
    ) -> None:
        self._rows = [row for table in entities for row in table.rows]
        self._tenures = tenures
        self._seats = seats
        extra = tuple(extra)
        self._own = {row.id: row for row in extra if isinstance(row, Entity)}
        self._own_tenures = tuple(row for row in extra if isinstance(row, Tenure))
        self._problems = [problem for table in (*entities, seats) for problem in table.problems]

    @property
    def problems(self) -> tuple[str, ...]:
        """One line for each row of the files that was left out: file:line, what is wrong, what to do."""
        self._held  # noqa: B018  # the tenures are read on first need, and may have problems too
        return tuple(self._problems)

    # --- entities -----------------------------------------------------------------------------------

    def find(self, name: str) -> tuple[Entity, ...]:
        """All entities that go by a name, a user's own before all others; several = ambiguous."""
        key = plain(name)
        found = self._named.get(key) or self._named.get(key.removeprefix("the ")) or ()
        return tuple(self.entity(id_) for id_ in found)

    def entity(self, id: str) -> Entity:  # noqa: A002  # the field's own name
        """The entity of an id; raises ``KnowledgeError`` where there is none."""
        if own := self._own.get(id):
            return own
        if (row := self._by_id.get(id)) is None:
            raise KnowledgeError(f"no entity {id!r} in the knowledge table; see `onrecord actors`.")
        return entity_of(row)

    def state(self, iso3: str) -> Entity | None:
        """The entity of a state by its ISO 3166-1 code, or None."""
        return next((self.entity(id_) for id_ in self._states.get(iso3, ())), None)

    def entities(self) -> Iterator[Entity]:
        """Every entity, a user's own first."""
        yield from self._own.values()
        yield from (entity_of(row) for id_, row in self._by_id.items() if id_ not in self._own)

    # --- offices ------------------------------------------------------------------------------------

    def holders(self, office: str, of: str, on: str | None) -> tuple[Tenure, ...]:
        """Who held an office on a day; () when unknown or undated, several where dates overlap.

        A user's rows hide the shipped ones of that office on the days they cover.
        """
        if on is None:
            return ()
        rows = self._held.get((office, of), ())
        own = tuple(row for row in rows if row in self._own_tenures and covers(row, on))
        return _one_each(own or [row for row in rows if covers(row, on)])

    def offices(self, person: str, on: str | None = None) -> tuple[Tenure, ...]:
        """The offices of a person (id), all or those held on a day, in order of their start."""
        rows = self._by_person.get(person, ())
        held = [row for row in rows if on is None or covers(row, on)]
        return tuple(sorted(_one_each(held) if on else held, key=lambda row: row.start or ""))

    def near(self, name: str, *, of: str | None, office: str | None, on: str | None) -> tuple[Entity, ...]:
        """The persons with the nearest spelling of a name among those of one state, body or office.

        Without ``of`` and ``office`` nobody is near: a spelling alone proves nothing. A name that the
        table knows is spelt right and has no neighbours.
        """
        key = plain(name)
        if not (of or office) or key in self._named:
            return ()
        apart: dict[str, int] = {}
        for row in self._of_office(of, office):
            if on is None or covers(row, on):
                distances = [near_names(key, plain(known)) for known in self.entity(row.person).names]
                if told := [distance for distance in distances if distance is not None]:
                    apart[row.person] = min(told)
        least = min(apart.values(), default=None)
        return tuple(self.entity(person) for person, distance in apart.items() if distance == least)

    def _of_office(self, of: str | None, office: str | None) -> Iterator[Tenure]:
        for (its_office, its_of), rows in self._held.items():
            if (of is None or its_of == of) and (office is None or its_office == office):
                yield from rows

    # --- seats --------------------------------------------------------------------------------------

    def seat(self, name: str) -> Seat | None:
        """What a building, street or capital stands for: ``seat("Kremlin").stands_for == "RUS"``, or None."""
        key = plain(name).removeprefix("the ")
        if found := self._seat_names.get(key):
            return found
        iso3 = ontology().capitals.get(fold(name))
        return Seat(name=name, stands_for=iso3, source="ontology/countries.csv") if iso3 else None

    # --- indices, made on first need ----------------------------------------------------------------

    @cached_property
    def _by_id(self) -> dict[str, Cells]:
        """Each shipped row under its id; of two rows with one id the later wins, and both's names hold."""
        rows: dict[str, Cells] = {}
        for row in self._rows:
            if before := rows.get(row[_ID]):
                names = "|".join(filter(None, (row[_ALIASES], before[_NAME], before[_ALIASES])))
                row = [*row[:_ALIASES], names, *row[_ALIASES + 1 :]]
            rows[row[_ID]] = row
        return rows

    @cached_property
    def _named(self) -> dict[str, list[str]]:
        """Folded name -> ids. All names are folded as one text: a call for each costs ten times that."""
        rows = [row for row in self._by_id.values() if row[_ID] not in self._own]
        text = "\n".join(f"{row[_NAME]}|{row[_ALIASES]}" if row[_ALIASES] else row[_NAME] for row in rows)
        named: dict[str, list[str]] = {}
        for row, names in zip(rows, _folded(text).split("\n"), strict=True):
            id_ = row[_ID]
            for name in set(names.split("|")) if "|" in names else (names,):
                named.setdefault(name, []).append(id_)
        return named | self._own_named()

    def _own_named(self) -> dict[str, list[str]]:
        named: dict[str, list[str]] = {}
        for row in self._own.values():
            for name in {plain(name) for name in (row.name, *row.names)}:
                named.setdefault(name, []).append(row.id)
        return named

    @cached_property
    def _states(self) -> dict[str, list[str]]:
        states: dict[str, list[str]] = {}
        for own in self._own.values():
            if own.kind == "country" and own.country:
                states.setdefault(own.country, []).append(own.id)
        for id_, row in self._by_id.items():
            if row[_KIND] == "country":
                states.setdefault(row[3], []).append(id_)
        return states

    @cached_property
    def _seat_names(self) -> dict[str, Seat]:
        return {
            plain(row[0]).removeprefix("the "): Seat(
                name=row[0], stands_for=self._id_of(row[1]) or row[1], office=row[2] or None, source=row[3]
            )
            for row in self._seats.rows
        }

    @cached_property
    def _tenure_rows(self) -> list[Tenure]:
        """Every tenure with its person and body as ids; one whose person is not in the table is a problem."""
        rows: list[Tenure] = []
        for table in self._tenures():
            self._problems.extend(table.problems)
            for cells in table.rows:
                person, of = self._id_of(cells[_PERSON]), self._of_id(cells[_OF])
                if person and of:
                    rows.append(tenure_of([person, cells[_OFFICE], of, *cells[3:]]))
                else:
                    self._problems.append(_stranger(cells, cells[_OF] if person else cells[_PERSON]))
        return rows

    @cached_property
    def _held(self) -> Mapping[tuple[str, str], Sequence[Tenure]]:
        held: dict[tuple[str, str], list[Tenure]] = {}
        own = {(row.person, row.office, row.of) for row in self._own_tenures}
        for row in (*self._own_tenures, *self._tenure_rows):
            key = (row.office, row.of)
            if row in self._own_tenures or (row.person, *key) not in own:
                held.setdefault(key, []).append(row)
        return {key: _without_outdated(rows) for key, rows in held.items()}

    @cached_property
    def _by_person(self) -> dict[str, list[Tenure]]:
        found: dict[str, list[Tenure]] = {}
        for rows in self._held.values():
            for row in rows:
                found.setdefault(row.person, []).append(row)
        return found

    def _id_of(self, words: str) -> str | None:
        """The id that an id or the name of exactly one entity stands for."""
        if words in self._by_id or words in self._own:
            return words
        found = self._named.get(plain(words), ())
        return found[0] if len(found) == 1 else None

    def _of_id(self, words: str) -> str | None:
        """A state's code (three capitals) as it is; a body by its id or name."""
        return words if len(words) == 3 and words.isupper() and words.isalpha() else self._id_of(words)


@lru_cache(maxsize=1 << 14)
def plain(name: str) -> str:
    """The form in which names are compared: :func:`onrecord.ontology.fold`'s, without accents.

    >>> plain("Recep Tayyip  Erdoğan")
    'recep tayyip erdogan'
    """
    return _without_accents(fold(name))


def covers(row: Tenure, day: str) -> bool:
    """Whether the row says that its person may have been in office on an ISO day.

    A partial date covers all of its year or month. A row without end holds for
    :data:`GRACE_DAYS` after "known as of", and not beyond: nobody stays in office for ever.
    """
    if row.start and day[: len(row.start)] < row.start:
        return False
    if row.end:
        return day[: len(row.end)] <= row.end
    return not row.as_of or day <= _lasting(row.as_of)


@lru_cache(maxsize=1 << 10)
def _lasting(as_of: str) -> str:
    """The last day on which a row known to hold at a (partial) date still answers."""
    year, month, day = (*map(int, as_of.split("-")), 1, 1)[:3]
    return (date(year, month, day) + timedelta(days=GRACE_DAYS)).isoformat()


def _one_each(rows: Iterable[Tenure]) -> tuple[Tenure, ...]:
    """The first row of each person in each office."""
    return tuple({(row.person, row.office, row.of): row for row in reversed(list(rows))}.values())[::-1]


def _without_outdated(rows: list[Tenure]) -> list[Tenure]:
    """The rows of one office without those that say "still in office" where a later one knows the end."""
    return [row for row in rows if row.end or not any(_ends(row, other) for other in rows)]


def _ends(row: Tenure, other: Tenure) -> bool:
    length = min(len(row.start or ""), len(other.start or ""))
    same = row.person == other.person and (row.start or "")[:length] == (other.start or "")[:length]
    return same and bool(other.end) and other.as_of >= row.as_of


def _stranger(cells: Cells, words: str) -> str:
    return (
        f"tenure of {cells[_PERSON]!r} as {cells[3] or cells[_OFFICE]!r}: "
        f"{words!r} is not one entity of the table; add the entity or write its id (row left out)."
    )


def _folded(text: str) -> str:
    """What :func:`plain` makes of each name of a text that holds many; names have single spaces."""
    text = text.casefold().replace("’", "'").replace("‘", "'").replace(".", "")
    return _without_accents(text)


def _without_accents(words: str) -> str:
    if words.isascii():
        return words
    taken_apart = unicodedata.normalize("NFD", words).translate(_PLAIN)
    return "".join(letter for letter in taken_apart if not unicodedata.combining(letter))
