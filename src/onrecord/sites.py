"""The authored table of sites that the news names: plants, bases, straits, seats; one lookup by name.

The rows stand in ``knowledge/sites.csv`` (name, aliases, kind, country, lat, lon, source). Coordinates are
given where a data set has them, else they are unknown.
"""

from __future__ import annotations

import csv
import functools
import re
from importlib import resources

from onrecord.gazetteer import name_key
from onrecord.records import Place

FILE = "sites.csv"


@functools.cache
def sites() -> dict[str, Place]:
    """Every name of a site -> the site; a name that two sites share is left out."""
    file = resources.files("onrecord.knowledge") / FILE
    if not file.is_file():
        return {}
    found: dict[str, Place] = {}
    shared: set[str] = set()
    for row in csv.DictReader(file.read_text(encoding="utf-8").splitlines()):
        place = _site(row)
        for name in filter(None, (row["name"], *row["aliases"].split("|"))):
            if found.setdefault(name_key(name), place) != place:
                shared.add(name_key(name))
    return {key: place for key, place in found.items() if key not in shared}


def find_site(words: str) -> Place | None:
    """The site that the words name, whole or at their end ("a speech at the Natanz plant"), or None."""
    known, key = sites(), name_key(words).split()
    names = (" ".join(key[n:]) for n in range(len(key)))
    return next((known[name] for name in names if name in known), None)


def _site(row: dict[str, str]) -> Place:
    slug = re.sub(r"\W+", "-", name_key(row["name"]))
    lat, lon = (float(row[c]) if row[c] else None for c in ("lat", "lon"))
    return Place(id=f"local:{slug}", name=row["name"], country=row["country"] or None, lat=lat, lon=lon)
