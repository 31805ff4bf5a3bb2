"""The table of places: a name -> the places that bear it.

The table is ``ontology/gazetteer.npz``, built by scripts/build_gazetteer.py from GeoNames data (CC BY 4.0,
see NOTICE). It is opened at the first look-up (some 50 ms) and searched where it lies: the names stand in
the order of :func:`name_key`, so a look-up is a binary search.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from importlib import resources
from typing import Any, Literal, TypeAlias, get_args

import msgspec
import numpy as np
import numpy.typing as npt

from onrecord.errors import ModelError
from onrecord.ontology import fold

PlaceKind: TypeAlias = Literal["continent", "country", "state", "county", "capital", "city"]
KINDS: tuple[PlaceKind, ...] = get_args(PlaceKind)
FILE = "gazetteer.npz"
_LONG = {"st": "saint", "ste": "sainte", "mt": "mount", "ft": "fort"}
_WORD = re.compile(r"[^\W_]+")


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One place of the table, found by a name. Places it lies in are rows of the table.

    ``people`` is the base-2 logarithm of its inhabitants; ``main`` whether the name is its main one.
    """

    row: int
    id: str
    kind: PlaceKind
    country: str | None
    state: int | None
    county: int | None
    lat: float
    lon: float
    people: float
    main: bool


@functools.lru_cache(maxsize=1 << 13)  # the upper levels of every search come again and again
def name_key(name: str) -> str:
    """The form in which place names are compared: no accents, marks or article, "St." as "Saint".

    >>> name_key("St. Petersburg"), name_key("The Hague"), name_key("São Paulo")
    ('saint petersburg', 'hague', 'sao paulo')
    """
    plain = "".join(c for c in unicodedata.normalize("NFKD", fold(name)) if not unicodedata.combining(c))
    words = _WORD.findall(plain.replace("'", ""))
    if len(words) > 1 and words[0] == "the":
        words = words[1:]
    return " ".join([*(_LONG.get(word, word) for word in words[:-1]), *words[-1:]])


class Gazetteer:
    """The open table. It keeps no state of a text; one instance may serve many threads."""

    def __init__(self, arrays: dict[str, npt.NDArray[Any]]) -> None:
        self._at = arrays
        self._ids = np.cumsum(arrays["id"], dtype=np.int64)
        self._text = arrays["names"].tobytes()
        breaks = np.flatnonzero(arrays["names"] == ord("\n"))
        self._starts = np.concatenate(([0], breaks + 1))
        self._ends = np.concatenate((breaks, [len(self._text)]))
        self._other = np.unpackbits(arrays["other"])[: len(self._starts)]

    def find(self, name: str) -> tuple[Entry, ...]:
        """The places of that name, biggest first; () where there is none."""
        key = name_key(name)
        rows: dict[int, bool] = {}
        n = self._first(key)
        while n < len(self._starts) and self._key(n) == key:
            row = int(self._at["rows"][n])
            rows[row] = rows.get(row, False) or not self._other[n]
            n += 1
        return tuple(sorted((self.entry(*item) for item in rows.items()), key=lambda e: -e.people))

    def entry(self, row: int, main: bool = True) -> Entry:
        """The place of one row."""
        at = self._at
        kind = KINDS[at["kind"][row]]
        country = str(at["countries"][at["country"][row]]) or None
        parents = self._above(row)
        return Entry(
            row=row,
            id=f"geonames:{self._ids[row]}",
            kind=kind,
            country=country,
            state=next((r for k, r in parents if k == "state"), None),
            county=next((r for k, r in parents if k == "county"), None),
            lat=float(at["lat"][row]) / 100,
            lon=float(at["lon"][row]) / 100,
            people=float(at["people"][row]) / 8,
            main=main,
        )

    def name(self, row: int) -> str:
        """The main name of a row."""
        n = int(np.flatnonzero((self._at["rows"] == row) & (self._other == 0))[0])
        return self._name(n)

    def _above(self, row: int) -> list[tuple[PlaceKind, int]]:
        """The row itself and the divisions it lies in, with their kinds."""
        found: list[tuple[PlaceKind, int]] = []
        while row >= 0 and len(found) < len(KINDS):
            found.append((KINDS[self._at["kind"][row]], row))
            row = int(self._at["parent"][row]) - 1
        return found

    def _first(self, key: str) -> int:
        """The first name that is not before ``key``."""
        low, high = 0, len(self._starts)
        while low < high:
            middle = (low + high) // 2
            if self._key(middle) < key:
                low = middle + 1
            else:
                high = middle
        return low

    def _key(self, n: int) -> str:
        return name_key(self._name(n))

    def _name(self, n: int) -> str:
        return self._text[self._starts[n] : self._ends[n]].decode()


@functools.cache
def gazetteer() -> Gazetteer:
    """The shipped table, opened once. Raises ModelError where it is damaged."""
    file = resources.files("onrecord.ontology") / FILE
    try:
        with resources.as_file(file) as path, np.load(path) as arrays:
            return Gazetteer({name: arrays[name] for name in arrays.files})
    except (OSError, ValueError) as error:
        raise ModelError(
            f"the table of places {FILE} cannot be read ({error}): reinstall onrecord"
        ) from error
