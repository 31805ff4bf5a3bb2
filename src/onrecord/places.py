"""A place name -> the place it means in this text, or None.

1. toponyms: the names asked about and those that tell where they lie, with all places that bear them;
2. a first weighing of each name's places by what they are;
3. weighed again, some rounds, by where the other names of the text lie;
4. answered where one place stands out.

The weights are learned (training/places.py) and stand in ``models/places.json``, one for each feature.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Iterable, Sequence
from importlib import resources
from urllib.parse import urlsplit

import msgspec
import numpy as np

from onrecord.gazetteer import Entry, gazetteer
from onrecord.geography import AROUND, OWN, FloatArray, Scene, group_toponyms, prefer_towns
from onrecord.records import Place
from onrecord.toponyms import Offsets, find_toponyms

ROUNDS = 3
"""Weighings by surroundings. On LGL (weights fitted there) 1, 2, 3, 4 rounds answer 82.1, 83.9, 84.3,
84.5%, of that right 93.3, 93.9, 93.8, 93.8%."""
SURE = 0.6
"""Probability from which a place is answered. Cross-validated on LGL (docs/evaluation.md): at 0.5 more is
answered (87% for 84%) and less of it right (91% for 93%)."""
_OUTLETS = dict(
    pair.split("=")
    for pair in """
    uk=GBR ie=IRL ca=CAN au=AUS nz=NZL in=IND pk=PAK za=ZAF ng=NGA ke=KEN il=ISR ru=RUS ua=UKR pl=POL
    de=DEU fr=FRA it=ITA es=ESP tr=TUR ir=IRN cn=CHN jp=JPN kr=KOR sg=SGP ph=PHL my=MYS lk=LKA
    """.split()
)
"""The country of an address that ends so."""


CAPITALS = 1.5
"""What speaks for a capital where something is said, in logits: the weights are learned on local news, which
writes of the lesser Washingtons. Not measured (no gold has venues with ids); set so that capitals named with
no context are answered and "Paris, Texas" and Athens among towns of Ohio stay what they are (the tests)."""


class Choice(msgspec.Struct, frozen=True):
    """The likeliest place for a name, with its probability among the places of that name."""

    entry: Entry
    probability: float


class Weights(msgspec.Struct, frozen=True):
    """One weight for each feature: ``own`` for the first weighing, ``all`` for the later ones."""

    own: FloatArray
    all: FloatArray


@functools.cache
def weights() -> Weights:
    """The shipped weights."""
    card = json.loads((resources.files("onrecord") / "models" / "places.json").read_text(encoding="utf-8"))
    first, later = card["weights"]["first"], card["weights"]["later"]
    return Weights(np.asarray([first[n] for n in OWN]), np.asarray([later[n] for n in (*OWN, *AROUND)]))


def resolve_places(
    text: str, spans: Iterable[Offsets], *, url: str | None = None, sure: float = SURE, towns: bool = False
) -> dict[Offsets, Choice]:
    """The places that the spans of ``text`` mean; a span without a sure answer is left out.

    ``url`` is the document's address: what a country's outlets name lies rather in that country.
    ``towns`` tells that a point is meant: "New York" is then the city, not the state.
    """
    groups = group_toponyms(find_toponyms(text, spans))
    groups = [prefer_towns(g) for g in groups] if towns else groups
    if not groups:
        return {}
    scene = Scene(groups, outlet=outlet_country(url))
    p = weigh(scene, weights(), capitals=CAPITALS if towns else 0.0)
    found: dict[Offsets, Choice] = {}
    ends = np.cumsum([len(g.entries) for g in groups])
    for group, mine in zip(groups, np.split(p, ends[:-1]), strict=True):
        best = int(mine.argmax())
        if mine[best] >= sure:
            choice = Choice(group.entries[best], round(float(mine[best]), 3))
            found |= {(t.start, t.end): choice for t in group.toponyms if t.asked}
    return found


def weigh(scene: Scene, learned: Weights, *, capitals: float = 0.0) -> FloatArray:
    """The probability of each place among those of its name; ``capitals`` is added to their scores."""
    more = capitals * np.asarray([e.kind == "capital" for e in scene.entries])
    p = scene.softmax(scene.own @ learned.own + more)
    for _ in range(ROUNDS):
        p = scene.softmax(scene.features(p) @ learned.all + more)
    return p


def outlet_country(url: str | None) -> str | None:
    """The country whose ending an address has, or None.

    >>> outlet_country("https://www.example.co.uk/news/1"), outlet_country("https://example.com")
    ('GBR', None)
    """
    try:
        host = urlsplit(url or "").hostname or ""
    except ValueError:  # an address as it came with the document need not be one
        return None
    return _OUTLETS.get(host.rpartition(".")[2])


def resolve_place(
    name: str, *, text: str | None = None, url: str | None = None, towns: bool = True
) -> Place | None:
    """The place that ``name`` means in ``text`` (at its first mention), or None where that is not sure.

    ``towns`` and ``url`` as in :func:`resolve_places`.

    >>> resolve_place("Paris", text="The mayor of Paris, Texas, opened the fair.").id
    'geonames:4717560'
    """
    text = name if text is None or name not in text else text
    span = (text.index(name), text.index(name) + len(name))
    choice = resolve_places(text, [span], url=url, towns=towns).get(span)
    return to_place(choice.entry) if choice else None


def to_place(entry: Entry) -> Place:
    """The record's form of a place of the table."""
    name = gazetteer().name(entry.row)
    return Place(id=entry.id, name=name, country=entry.country, lat=entry.lat, lon=entry.lon)


def join_places(first: Sequence[Place], second: Sequence[Place]) -> tuple[Place, ...]:
    """Places of both, each once, with the mentions of both in text order."""
    joined = {place.id: place for place in first}
    for place in second:
        known = joined.get(place.id)
        mentions = {(m.start, m.end): m for m in (*(known.mentions if known else ()), *place.mentions)}
        in_order = tuple(mentions[key] for key in sorted(mentions))
        joined[place.id] = msgspec.structs.replace(known or place, mentions=in_order)
    return tuple(joined.values())
