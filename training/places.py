"""Fit the weights by which place names are resolved, and cross-validate them.

    python -m training.places DATA/geo/lgl_geovirus.jsonl --out src/onrecord/models/places.json

A conditional logit over the places that bear a name: the weights under which the right one is likeliest. In
rounds, as at reading: by a place's own features, then with what the other names' places say.
LGL gives the right id;
GeoVirus gives only coordinates, and the place of the name closest to them is taken, if close.
Folds are by outlet, since one outlet's articles are about one region. Takes two minutes.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import zlib
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import numpy as np

from onrecord.evaluation.places import REACH, kilometres
from onrecord.geography import AROUND, OWN, FloatArray, Group, Scene, group_toponyms
from onrecord.places import ROUNDS, SURE, Weights, outlet_country, weigh
from onrecord.toponyms import find_toponyms

FOLDS = 5
RIDGE = 1.0
"""Weight decay. Right / answered on LGL, cross-validated: 0.3 92.4 / 84.8, 1 93.0 / 84.2, 3 93.5 /
83.3: a matter of how much is answered, so it was left where it began."""
CLOSE = 60.0
"""Kilometres from a place's given coordinates within which a bearer of its name is taken for it."""
WIDE = 0.1
"""By how much distances to countries and states shrink for that: their middles differ by the source."""


class Case(NamedTuple):
    """One article: its scene, and for each group the right place (-1 = none) and its mentions."""

    source: str
    toponyms: list[dict[str, Any]]
    groups: list[Group]
    scene: Scene | None
    right: list[tuple[int, int]]


def load(path: Path) -> list[Case]:
    """The articles that have toponyms with an id or coordinates."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]
    return [case for case in map(_case, rows) if case.toponyms]


def _case(row: dict[str, Any]) -> Case:
    toponyms = [t for t in row["toponyms"] if t.get("geonameid") or "lat" in t]
    gold = {(t["start"], t["end"]): t for t in toponyms}
    groups = group_toponyms(find_toponyms(row["text"], gold))
    scene = Scene(groups, outlet=outlet_country(row["url"])) if groups else None
    right, first = [], 0
    for group in groups:
        mine = [gold[t.start, t.end] for t in group.toponyms if t.asked]
        at = _right(group, mine) if mine else -1
        right.append((first + at if at >= 0 else -1, len(mine)))
        first += len(group.entries)
    return Case(urlsplit(row["url"] or "").hostname or row["id"], toponyms, groups, scene, right)


def _right(group: Group, gold: list[dict[str, Any]]) -> int:
    if ids := Counter(g["geonameid"] for g in gold if g.get("geonameid")):
        wanted = f"geonames:{ids.most_common(1)[0][0]}"
        return next((n for n, e in enumerate(group.entries) if e.id == wanted), -1)
    away = [
        kilometres(gold[0]["lat"], gold[0]["lon"], e.lat, e.lon)
        * (WIDE if e.kind in ("country", "state") else 1)
        for e in group.entries
    ]
    return int(np.argmin(away)) if min(away) < CLOSE else -1


def fit(cases: Sequence[Case]) -> Weights:
    """The weights of both weighings."""
    cases = [c for c in cases if c.scene and any(at >= 0 for at, _ in c.right)]
    scenes = [c.scene for c in cases if c.scene]
    own = logit(cases, [s.own for s in scenes])
    p = [s.softmax(s.own @ own) for s in scenes]
    later = None
    for _ in range(ROUNDS):
        features = [s.features(q) for s, q in zip(scenes, p, strict=True)]
        later = logit(cases, features, later)
        p = [s.softmax(x @ later) for s, x in zip(scenes, features, strict=True)]
    assert later is not None
    return Weights(own, later)


def logit(
    cases: Sequence[Case], features: Sequence[FloatArray], start: FloatArray | None = None
) -> FloatArray:
    """Newton's method on the conditional log-likelihood; a name counts by the log of its mentions."""
    size = features[0].shape[1]
    w = np.zeros(size) if start is None else start.copy()
    for _ in range(12):
        slope, bend = -RIDGE * w, RIDGE * np.eye(size)
        for case, x in zip(cases, features, strict=True):
            assert case.scene
            member, p = case.scene.member, case.scene.softmax(x @ w)
            weight = np.asarray([np.log1p(n) if at >= 0 else 0.0 for at, n in case.right])
            slope += sum(
                (weight[g] * x[at] for g, (at, _) in enumerate(case.right) if at >= 0), np.zeros(size)
            )
            slope -= x.T @ (p * weight[member])
            mean = np.zeros((len(weight), size))
            np.add.at(mean, member, x * p[:, None])
            bend += (x * (p * weight[member])[:, None]).T @ x - (mean * weight[:, None]).T @ mean
        step = np.linalg.solve(bend, slope)
        w += step
        if np.abs(step).max() < 1e-3:
            break
    return w


class Judged(NamedTuple):
    """One gold toponym: whether the best place is right, and its probability (0 = no bearer)."""

    with_id: bool
    right: bool
    probability: float


def judge(case: Case, learned: Weights) -> list[Judged]:
    """How the weights answer one article."""
    best = {}
    if case.scene:
        ends = np.cumsum([len(g.entries) for g in case.groups])
        for group, mine in zip(case.groups, np.split(weigh(case.scene, learned), ends[:-1]), strict=True):
            at = int(mine.argmax())
            best |= {(t.start, t.end): (group.entries[at], float(mine[at])) for t in group.toponyms}
    judged = []
    for t in case.toponyms:
        entry, p = best.get((t["start"], t["end"]), (None, 0.0))
        by_id = bool(t.get("geonameid"))
        right = entry is not None and (
            entry.id == f"geonames:{t['geonameid']}"
            if by_id
            else kilometres(t["lat"], t["lon"], entry.lat, entry.lon) <= REACH
        )
        judged.append(Judged(by_id, right, p))
    return judged


def cross_validate(cases: Sequence[Case]) -> list[Judged]:
    """Every article judged by weights fitted on other outlets."""
    judged: list[Judged] = []
    for fold in range(FOLDS):
        held = [zlib.crc32(c.source.encode()) % FOLDS == fold for c in cases]
        learned = fit([c for c, h in zip(cases, held, strict=True) if not h])
        judged += [j for c, h in zip(cases, held, strict=True) if h for j in judge(c, learned)]
    return judged


def figures(judged: Sequence[Judged], sure: float = SURE) -> dict[str, float]:
    """Right of answered and answered of all, 0 to 1."""
    answered = [j for j in judged if j.probability >= sure]
    right = sum(j.right for j in answered) / max(1, len(answered))
    return {
        "right": round(right, 3),
        "answered": round(len(answered) / len(judged), 3),
        "toponyms": len(judged),
    }


def main() -> None:
    """Cross-validates, fits on everything, writes the card."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    cases = load(args.data)
    judged = cross_validate(cases)
    parts = {"LGL": [j for j in judged if j.with_id], "GeoVirus": [j for j in judged if not j.with_id]}
    for sure in (0.4, 0.5, 0.6, 0.7, 0.8):
        print(sure, {name: figures(part, sure) for name, part in parts.items()})
    learned = fit(cases)
    card = {
        "made_by": "training/places.py",
        "data": {"name": "LGL and GeoVirus", "sha256": hashlib.sha256(args.data.read_bytes()).hexdigest()},
        "cross_validated": {name: figures(part) for name, part in parts.items()},
        "weights": {
            "first": dict(zip(OWN, learned.own.round(3).tolist(), strict=True)),
            "later": dict(zip((*OWN, *AROUND), learned.all.round(3).tolist(), strict=True)),
        },
    }
    args.out.write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
