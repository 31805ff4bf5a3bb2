"""Where the places that several names may mean lie to each other, and how much each speaks for the others.

One name is one place in one text (a :class:`Group`), unless the words beside it say otherwise. A
:class:`Scene` holds all places of all groups as arrays and gives each its features: those of its
own (inhabitants, kind, "Paris, Texas") and those of its surroundings, which depend on how probable the
other names' places are at present.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

import msgspec
import numpy as np
import numpy.typing as npt

from onrecord.gazetteer import Entry
from onrecord.toponyms import Toponym

FloatArray = npt.NDArray[np.float64]
NEAR = (15.0, 60.0, 250.0)
"""Kilometres over which a neighbour counts less and less: one town, one county, one state."""
EARTH = 6371.0
MOST = 1000
"""Places in one scene; where a text names so much, the smallest bearers of each name are left out."""
LEAST = 4
"""Bearers that every name keeps, if the text is not longer than any news."""
GREAT = 17.0
"""``Entry.people`` of a town that a division of its name gives way to (131,000 inhabitants)."""
OWN = (
    "people",
    "biggest",
    "main",
    "country",
    "state",
    "county",
    "capital",
    "continent",
    "within",
    "not within",
    "holds namesake",
    "in namesake",
    "outlet",
)
AROUND = (
    "near 15",
    "near 60",
    "near 250",
    "same county",
    "same state",
    "same country",
    "state named",
    "country named",
    "holds others",
)
FEATURES = OWN + AROUND


class Group(msgspec.Struct, frozen=True):
    """All mentions of one name in one text, and the places they may mean."""

    toponyms: tuple[Toponym, ...]
    entries: tuple[Entry, ...]
    within: tuple[Entry, ...]


def group_toponyms(toponyms: Iterable[Toponym]) -> list[Group]:
    """The toponyms that bear a name of the table, one group for each name and told area."""
    by_key: dict[str, list[Toponym]] = defaultdict(list)
    for toponym in toponyms:
        if toponym.entries:
            by_key[toponym.key].append(toponym)
    groups = []
    for same in by_key.values():
        told: dict[tuple[Entry, ...], list[Toponym]] = defaultdict(list)
        for toponym in same:
            told[toponym.within].append(toponym)
        areas = [area for area in told if area]
        if len(areas) > 1:
            groups += [_group(told[area], area) for area in areas]
            rest = told.get((), [])
            groups += [_group(rest, ())] if rest else []
        else:
            groups.append(_group(same, areas[0] if areas else ()))
    return _limit(groups)


def _limit(groups: list[Group]) -> list[Group]:
    """The groups, cut to what a scene holds: those asked about first, the biggest places of each."""
    asked_first = sorted(groups, key=lambda g: not any(t.asked for t in g.toponyms))[: MOST // LEAST]
    total = sum(len(g.entries) for g in asked_first)
    keep = len(groups) and max(LEAST, MOST // len(groups))
    if total <= MOST:
        return asked_first
    return [msgspec.structs.replace(g, entries=g.entries[:keep]) for g in asked_first]


def prefer_towns(group: Group) -> Group:
    """The group without the divisions that a great town of their country shares the name with.

    What was said "in New York" or "in Kyiv" was said in the town; a division goes by "Washington state".
    """
    great = {e.country for e in group.entries if e.kind in ("capital", "city") and e.people >= GREAT}
    kept = tuple(e for e in group.entries if e.kind not in ("state", "county") or e.country not in great)
    return msgspec.structs.replace(group, entries=kept)


def _group(toponyms: Sequence[Toponym], within: tuple[Entry, ...]) -> Group:
    entries = max((t.entries for t in toponyms), key=len)
    return Group(tuple(toponyms), entries, within)


def own_features(group: Group, *, outlet: str | None = None) -> FloatArray:
    """What each place of a group is by itself: (places, OWN). ``outlet``: the country it is told from."""
    return np.asarray([_own_row(group, n, outlet) for n in range(len(group.entries))], dtype=np.float64)


def _own_row(group: Group, n: int, outlet: str | None) -> list[float]:
    entry, others = group.entries[n], group.entries
    inside = any(w.row in (entry.state, entry.county) and w.row != entry.row for w in group.within)
    inside = inside or _in_country(entry, group.within)
    holds = any(entry.row in (e.state, e.county) for e in others if e.row != entry.row)
    held = any(e.row in (entry.state, entry.county) for e in others if e.row != entry.row)
    kinds = [entry.kind == kind for kind in ("country", "state", "county", "capital", "continent")]
    areas = [
        inside,
        bool(group.within) and not inside,
        holds,
        held,
        outlet is not None and entry.country == outlet,
    ]
    return [entry.people / 10, n == 0, entry.main, *kinds, *areas]


def _in_country(entry: Entry, within: Sequence[Entry]) -> bool:
    return entry.kind != "country" and any(w.kind == "country" and w.country == entry.country for w in within)


class Scene:
    """The places of all groups of a text as arrays, made once and weighed in rounds."""

    def __init__(self, groups: Sequence[Group], *, outlet: str | None = None) -> None:
        self.groups = groups
        self.entries = [e for g in groups for e in g.entries]
        self.member = np.repeat(np.arange(len(groups)), [len(g.entries) for g in groups])
        self.own = np.concatenate([own_features(g, outlet=outlet) for g in groups])
        lat = np.radians([e.lat for e in self.entries])
        lon = np.radians([e.lon for e in self.entries])
        cos = np.sin(lat)[:, None] * np.sin(lat) + np.cos(lat)[:, None] * np.cos(lat) * np.cos(
            lon[:, None] - lon
        )
        apart = EARTH * np.arccos(np.clip(cos, -1, 1))
        point = np.asarray([e.kind in ("city", "capital", "county") for e in self.entries])
        other = self.member[:, None] != self.member
        self.near = [np.exp(-apart / km) * other * point[None] for km in NEAR]
        county = np.asarray([-1 if e.county is None else e.county for e in self.entries])
        state = np.asarray([-1 if e.state is None else e.state for e in self.entries])
        country = _ids(e.country for e in self.entries)
        row = np.asarray([e.row for e in self.entries])
        self.same = [(v[:, None] == v) * (v >= 0) * other for v in (county, state, country)]
        self.in_state = (state[:, None] == row) * other
        nation = np.asarray([e.kind == "country" for e in self.entries])
        self.in_country = (country[:, None] == country) * nation[None] * ~nation[:, None] * other
        self.holds = ((state == row[:, None]) | (county == row[:, None]) | self.in_country.T) * other

    def around_features(self, p: FloatArray) -> FloatArray:
        """What the other groups' places, at their present probabilities, say of each: (places, AROUND)."""
        near = [self._sum(m, p) for m in self.near]
        same = [self._sum(m, p) for m in self.same]
        named = [(m * p).max(1, initial=0) for m in (self.in_state, self.in_country)]
        holds = self._sum(self.holds, p)
        return np.stack([*near, *same, *named, holds], axis=1)

    def features(self, p: FloatArray) -> FloatArray:
        """Both kinds of features: (places, FEATURES)."""
        return np.concatenate([self.own, self.around_features(p)], axis=1)

    def _sum(self, m: FloatArray, p: FloatArray) -> FloatArray:
        return np.log1p((m * p) @ np.ones(len(p)))

    def softmax(self, scores: FloatArray) -> FloatArray:
        """Probabilities within each group."""
        p = np.exp(scores - scores.max())
        sums = np.zeros(len(self.groups))
        np.add.at(sums, self.member, p)
        found: FloatArray = p / sums[self.member]
        return found


def _ids(values: Iterable[object]) -> npt.NDArray[np.int64]:
    seen: dict[object, int] = {}
    return np.asarray([-1 if v is None else seen.setdefault(v, len(seen)) for v in values])
