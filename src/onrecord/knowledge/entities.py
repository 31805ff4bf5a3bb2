"""The rows of the knowledge table: who and what the news names, who held which office when."""

from __future__ import annotations

from typing import TypeAlias

import msgspec

from onrecord.records import Kind


class Entity(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody or something with an identity: a person, a state, a body, a group, a place.

    ``id`` is a Wikidata QID where a data source gives one, else ``onrecord:<slug>``. ``country`` is
    an ISO 3166-1 alpha-3 code or one of PLOVER's codes for bodies (IGO, UNO, EUR, NGO, MNC).
    ``names`` holds every form it goes by, ``name`` first.
    """

    id: str
    name: str
    kind: Kind
    country: str | None = None
    sector: str | None = None
    names: tuple[str, ...] = ()
    source: str = "user"
    as_of: str = ""


class Tenure(msgspec.Struct, frozen=True, kw_only=True):
    """One person's time in one office (one of :data:`onrecord.knowledge.OFFICES`).

    ``person`` is an entity's id; ``of`` the ISO 3166-1 code of the state or the id of the body;
    ``title`` is how the news words the office. Dates are ISO and may be partial (YYYY, YYYY-MM);
    a missing ``end`` means: still in office when the row was known to hold, ``as_of``.
    """

    person: str
    office: str
    of: str
    title: str
    start: str | None = None
    end: str | None = None
    source: str = "user"
    as_of: str = ""


class Seat(msgspec.Struct, frozen=True, kw_only=True):
    """A building, street or city that stands for a government, an office or a body.

    ``stands_for`` is the state's ISO 3166-1 code or the body's id; ``office`` is set where the name
    stands for one office ("Downing Street").
    """

    name: str
    stands_for: str
    office: str | None = None
    source: str = "user"


Row: TypeAlias = Entity | Tenure
