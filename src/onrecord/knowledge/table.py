"""The knowledge table itself: who is called this, who held that office then, what does this seat stand for.

Nothing is guessed: every question has an answer of none, one or several, and several means that the
table cannot tell them apart. All dates are ISO days.
"""

from __future__ import annotations

import logging
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property, lru_cache
from typing import TypeAlias

import msgspec

from onrecord.errors import KnowledgeError
from onrecord.knowledge.entities import Entity, Row, Seat, Tenure
from onrecord.knowledge.rows import (
    ENTITY_COLUMNS,
    KINDS,
    Table,
    cells_of,
    entity_of,
    tenure_of,
    wrong_entity,
    wrong_seat,
    wrong_tenure,
)
from onrecord.knowledge.spelling import near_names
from onrecord.knowledge.terms import authored_first, covers, not_succeeded, one_each, without_outdated
from onrecord.ontology import fold, ontology

# Letters that no decomposition takes apart.
_PLAIN = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d", "ə": "a"}
)
# Accents and other marks once letters are taken apart.
_MARKS = re.compile("[\u0300-\u036f]+")
_NAME, _KIND, _ALIASES = 1, 2, 5
_WIDTH = len(ENTITY_COLUMNS)
_PERSON, _OFFICE, _OF = 0, 1, 2

_Key: TypeAlias = tuple[str, str]  # office, and the state's code or the body's id

log = logging.getLogger(__name__)


class Knowledge:
    """The table of entities, tenures and seats, with a user's own rows on top.

    Made by :func:`onrecord.knowledge.knowledge`. ``problems`` names every row that was left out.
    """

    def __init__(
        self,
        entities: Sequence[Table],
        tenures: Callable[[], Sequence[Table]],
        seats: Callable[[], Table],
        extra: Iterable[Row] = (),
    ) -> None:
        self._entities, self._tenures, self._seats = entities, tenures, seats
        extra = tuple(extra)
        self._own = {row.id: row for row in extra if isinstance(row, Entity)}
        self._own_tenures = tuple(row for row in extra if isinstance(row, Tenure))
        self._tenures_of: dict[_Key, list[Tenure]] = {}
        self._names_of: dict[str, tuple[str, ...]] = {}
        self._problems: list[str] = []

    @cached_property
    def problems(self) -> tuple[str, ...]:
        """One line for each row left out: file:line, what is wrong, what to do. Reads everything."""
        _ = self._by_id, self._seat_names
        for key in self._lines:
            self._held(key)
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
        if (lines := self._by_id.get(id)) is None:
            raise KnowledgeError(f"no entity {id!r} in the knowledge table; see `onrecord actors`.")
        return _entity_told(lines)

    def state(self, iso3: str) -> Entity | None:
        """The entity of a state by its ISO 3166-1 code, or None."""
        return next((self.entity(id_) for id_ in self._states.get(iso3, ())), None)

    def entities(self) -> Iterator[Entity]:
        """Every entity, a user's own first."""
        yield from self._own.values()
        yield from (_entity_told(lines) for id_, lines in self._by_id.items() if id_ not in self._own)

    # --- offices ------------------------------------------------------------------------------------

    def holders(self, office: str, of: str, on: str | None) -> tuple[Tenure, ...]:
        """Who held an office on a day; () when unknown or undated, several where dates overlap.

        A user's rows hide the shipped ones of that office on the days they cover, and authored rows hide
        built ones on the days for which they answer without doubt.
        """
        if on is None:
            return ()
        rows = [row for row in self._held((office, of)) if covers(row, on)]
        own = [row for row in rows if row in self._own_tenures]
        return one_each(own or not_succeeded(authored_first(rows, on)))

    def ever(self, office: str, of: str) -> tuple[Tenure, ...]:
        """Everybody known to have held an office at any time."""
        return one_each(self._held((office, of)))

    def offices(self, person: str, on: str | None = None) -> tuple[Tenure, ...]:
        """The offices of a person (id), all or those held on a day, in order of their start."""
        rows = [
            row
            for key in sorted(self._keys_by_person.get(person, ()))
            for row in self._held(key)
            if row.person == person
        ]
        held = [
            row
            for row in rows
            if on is None
            or (covers(row, on) and any(person == it.person for it in self.holders(row.office, row.of, on)))
        ]
        return tuple(sorted(one_each(held) if on else held, key=lambda row: row.start or ""))

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
                distances = [near_names(key, known) for known in self._plain_names(row.person)]
                if told := [distance for distance in distances if distance is not None]:
                    apart[row.person] = min(told)
        least = min(apart.values(), default=None)
        return tuple(self.entity(person) for person, distance in apart.items() if distance == least)

    def _plain_names(self, person: str) -> tuple[str, ...]:
        if (names := self._names_of.get(person)) is None:
            names = self._names_of[person] = tuple({plain(name) for name in self.entity(person).names})
        return names

    def _of_office(self, of: str | None, office: str | None) -> Iterator[Tenure]:
        for its_office, its_of in self._lines:
            if (of is None or its_of == of) and (office is None or its_office == office):
                yield from self._held((its_office, its_of))

    # --- seats --------------------------------------------------------------------------------------

    def seat(self, name: str, on: str | None = None) -> Seat | None:
        """What a building, street or capital stands for: ``seat("Kremlin").stands_for == "RUS"``, or None.

        On a day on which another state had its seat there it is that state's: of 1962 the Soviet Union's.
        """
        key = plain(name).removeprefix("the ")
        found = self._seat_names.get(key)
        if found is None and (iso3 := ontology().capitals.get(fold(name))):
            found = Seat(name=name, stands_for=iso3, source="ontology/countries.csv")
        if found is None or on is None:
            return found
        return msgspec.structs.replace(found, stands_for=state_then(found.stands_for, on))

    # --- indices, made on first need ----------------------------------------------------------------

    @cached_property
    def _by_id(self) -> dict[str, list[str]]:
        """The lines of each shipped entity, read no further until asked for: one, or one in each file."""
        return self._index[0]

    @cached_property
    def _named(self) -> dict[str, tuple[str, ...]]:
        """Folded name -> ids, a user's rows alone where they have the name."""
        return self._index[1] | self._own_named()

    @cached_property
    def _index(self) -> tuple[dict[str, list[str]], dict[str, tuple[str, ...]]]:
        by_id: dict[str, list[str]] = {}
        named: dict[str, tuple[str, ...]] = {}
        for table in self._entities:
            for line, its_plain in zip(table.lines, _plain_lines(table.lines), strict=True):
                cells = its_plain.split(",") if '"' not in its_plain else cells_of(its_plain)
                if len(cells) != _WIDTH or cells[_KIND] not in KINDS or not cells[_NAME]:
                    self._report(table.problem(line, wrong_entity(cells_of(line)) or "unreadable"))
                    continue
                id_ = line[: line.find(",")]
                by_id.setdefault(id_, []).append(line)
                if id_ not in self._own:
                    _enter(named, id_, cells[_NAME])
                    if aliases := cells[_ALIASES]:
                        for name in aliases.split("|"):
                            _enter(named, id_, name)
        return by_id, named

    def _own_named(self) -> dict[str, tuple[str, ...]]:
        named: dict[str, tuple[str, ...]] = {}
        for row in self._own.values():
            for name in {plain(name) for name in (row.name, *row.names)}:
                named[name] = (*named.get(name, ()), row.id)
        return named

    @cached_property
    def _states(self) -> dict[str, list[str]]:
        states: dict[str, list[str]] = {}
        for own in self._own.values():
            if own.kind == "country" and own.country:
                states.setdefault(own.country, []).append(own.id)
        for id_, lines in self._by_id.items():
            if ",country," in lines[-1] and (state := _entity_told(lines)).country:
                states.setdefault(state.country or "", []).append(id_)
        return states

    @cached_property
    def _seat_names(self) -> dict[str, Seat]:
        rows, problems = self._seats().rows(wrong_seat)
        self._report(*problems)
        return {
            plain(name).removeprefix("the "): Seat(
                name=name, stands_for=self._of_id(of) or of, office=office or None, source=source
            )
            for name, of, office, source in rows
        }

    @cached_property
    def _lines(self) -> dict[_Key, list[str]]:
        """The lines of the tenures by office and state or body; they are read further when asked for."""
        found: dict[_Key, list[str]] = {}
        for table in self._tenures():
            for line in filter(None, table.lines):
                cells = cells_of(line) if '"' in line else line.split(",", 3)
                key = (cells[_OFFICE], cells[_OF]) if len(cells) > _OF else ("", "")
                found.setdefault(key, []).append(line)
        for key in [key for key in found if not _is_id(key[1])]:
            lines = found.pop(key)
            found.setdefault((key[0], self._of_id(key[1]) or key[1]), []).extend(lines)
        for own in self._own_tenures:
            found.setdefault((own.office, own.of), [])
        return found

    def _held(self, key: _Key) -> list[Tenure]:
        """The tenures of one office, a user's own first; they hide the shipped ones of the same person."""
        if (rows := self._tenures_of.get(key)) is None:
            own = [row for row in self._own_tenures if (row.office, row.of) == key]
            told = {row.person for row in own}
            shipped = [row for row in self._shipped(key) if row.person not in told]
            rows = self._tenures_of[key] = [*own, *without_outdated(shipped)]
        return rows

    def _shipped(self, key: _Key) -> Iterator[Tenure]:
        for line in self._lines.get(key, ()):
            cells = cells_of(line)
            if not (fault := wrong_tenure(cells)):
                person, of = self._id_of(cells[_PERSON]), self._of_id(cells[_OF])
                if person and of:
                    yield tenure_of([person, cells[_OFFICE], of, *cells[_OF + 1 :]])
                    continue
                fault = f"{cells[_OF if person else _PERSON]!r} is not one entity; add it, or write an id"
            self._report(*(table.problem(line, fault) for table in self._tenures() if line in table.lines))

    @cached_property
    def _keys_by_person(self) -> dict[str, set[_Key]]:
        found: dict[str, set[_Key]] = {}
        for key, lines in self._lines.items():
            for line in lines:
                person = cells_of(line)[_PERSON] if '"' in line else line[: line.index(",")]
                found.setdefault(self._id_of(person) or person, set()).add(key)
        for own in self._own_tenures:
            found.setdefault(own.person, set()).add((own.office, own.of))
        return found

    def _report(self, *problems: str) -> None:
        self._problems.extend(problems)
        for problem in problems:
            log.warning("%s", problem)

    def _id_of(self, words: str) -> str | None:
        """The id that an id or the name of exactly one entity stands for."""
        if words in self._by_id or words in self._own:
            return words
        found = self._named.get(plain(words), ())
        return found[0] if len(found) == 1 else None

    def _of_id(self, words: str) -> str | None:
        """A state's code or an id as it is; a body by its name."""
        return words if _is_id(words) else self._id_of(words)


def state_then(iso3: str, on: str) -> str:
    """The state that had a state's seats on an ISO day.

    >>> state_then("RUS", "1962-10-22"), state_then("RUS", "1991-12-26")
    ('SUN', 'RUS')
    """
    before, until = STATES_BEFORE.get(iso3, ("", ""))
    return before if on < until else iso3


STATES_BEFORE = {"RUS": ("SUN", "1991-12-26")}
"""States whose seats were another's before: that state, and the first day on which they no longer were."""


def _is_id(words: str) -> bool:
    """Whether words are a code of three capitals (a state's, PLOVER's), a QID or an id of ours."""
    return (
        (words[:1] == "Q" and words[1:].isdigit())
        or words.startswith("onrecord:")
        or (len(words) == 3 and words.isupper())
    )


def _enter(named: dict[str, tuple[str, ...]], id_: str, name: str) -> None:
    before = named.get(name)
    if before is None:
        named[name] = (id_,)
    elif id_ not in before:
        named[name] = (*before, id_)


def _entity_told(lines: list[str]) -> Entity:
    """The entity of its lines; the last wins (authored over built), and the names of all hold."""
    *others, last = [entity_of(cells_of(line)) for line in lines]
    names = (*last.names, *(name for other in others for name in other.names))
    return msgspec.structs.replace(last, names=tuple(dict.fromkeys(names)))


@lru_cache(maxsize=1 << 14)
def plain(name: str) -> str:
    """The form in which names are compared: :func:`onrecord.ontology.fold`'s, without accents.

    >>> plain("Recep Tayyip  Erdoğan")
    'recep tayyip erdogan'
    """
    return _without_accents(fold(name))


def _plain_lines(names: list[str]) -> list[str]:
    """What :func:`plain` makes of each name; names in the files have single spaces."""
    text = "\n".join(names).casefold().replace("’", "'").replace("‘", "'").replace(".", "")
    return [line if line.isascii() else _without_accents(line) for line in text.split("\n")]


def _without_accents(words: str) -> str:
    if words.isascii():
        return words
    return _MARKS.sub("", unicodedata.normalize("NFD", words)).translate(_PLAIN)
