"""Task ``places``: gold toponyms -> how many are given the right place.

The spans are given, with the text and its address; nothing else of the gold is seen. A toponym with a
GeoNames id is right where the answer has that id; one with coordinates alone where the answer lies within
:data:`REACH`. The two kinds are reported apart, and so is the simplest way: the biggest place of the name.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from onrecord.evaluation.figures import percent
from onrecord.evaluation.gold import Gold
from onrecord.gazetteer import Entry
from onrecord.places import resolve_places
from onrecord.toponyms import find_bearers

REACH = 161.0
"""Kilometres (100 miles), the usual measure for toponyms."""
EARTH = 6371.0


class GoldToponym(Gold, frozen=True, kw_only=True):
    """A place name with what it means: a GeoNames id, coordinates, both or neither."""

    start: int
    end: int
    text: str
    geonameid: str | None = None
    lat: float | None = None
    lon: float | None = None
    fcode: str | None = None
    country: str | None = None


class PlacedText(Gold, frozen=True, kw_only=True):
    """One line of the gold: an article with its toponyms."""

    id: str
    corpus: str
    text: str
    url: str | None = None
    toponyms: tuple[GoldToponym, ...]


class Answer(msgspec.Struct, frozen=True):
    """One gold toponym with what was answered, and the biggest place of its name."""

    gold: GoldToponym
    found: Entry | None
    biggest: Entry | None


def kilometres(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """The great-circle distance between two points given in degrees."""
    a, b = math.radians(lat), math.radians(other_lat)
    across = math.radians(other_lon - lon)
    cos = math.sin(a) * math.sin(b) + math.cos(a) * math.cos(b) * math.cos(across)
    return EARTH * math.acos(max(-1.0, min(1.0, cos)))


def answer(article: PlacedText) -> list[Answer]:
    """What is answered for each toponym that has an id or coordinates."""
    gold = [t for t in article.toponyms if t.geonameid or t.lat is not None]
    found = resolve_places(article.text, [(t.start, t.end) for t in gold], url=article.url)
    answers = []
    for t in gold:
        choice, bearers = found.get((t.start, t.end)), find_bearers(t.text)
        answers.append(Answer(t, choice.entry if choice else None, bearers[0] if bearers else None))
    return answers


def is_right(gold: GoldToponym, entry: Entry | None) -> bool:
    """Whether a place is the one that the gold means."""
    if entry is None:
        return False
    if gold.geonameid:
        return entry.id == f"geonames:{gold.geonameid}"
    if gold.lat is None or gold.lon is None:
        return False
    return kilometres(gold.lat, gold.lon, entry.lat, entry.lon) <= REACH


def figures(articles: Iterable[PlacedText]) -> dict[str, Any]:
    """The figures of each corpus, in percent; ``right`` is of those answered."""
    by_corpus: dict[str, list[Answer]] = defaultdict(list)
    for article in articles:
        by_corpus[article.corpus] += answer(article)
    return {corpus: _score(answers) for corpus, answers in sorted(by_corpus.items()) if answers}


def _score(answers: Sequence[Answer]) -> dict[str, Any]:
    answered = [a for a in answers if a.found]
    borne = [a for a in answers if a.biggest]
    points = [a for a in answered if a.found and a.found.kind in ("city", "capital", "county")]
    return {
        "right": percent(sum(is_right(a.gold, a.found) for a in answered), len(answered)),
        "answered": percent(len(answered), len(answers)),
        "toponyms": len(answers),
        "right_towns": percent(sum(is_right(a.gold, a.found) for a in points), len(points)),
        "biggest_right": percent(sum(is_right(a.gold, a.biggest) for a in borne), len(borne)),
        "biggest_answered": percent(len(borne), len(answers)),
    }


def primary(found: dict[str, Any], articles: Sequence[PlacedText]) -> float:
    """The share right of those answered, in percent: of toponyms with an id, else by distance."""
    with_id = {a.corpus for a in articles if any(t.geonameid for t in a.toponyms)}
    named = [f for corpus, f in found.items() if corpus in with_id] or list(found.values())
    answered = sum(f["answered"] * f["toponyms"] for f in named)
    return (
        sum((f["right"] or 0) * f["answered"] * f["toponyms"] for f in named) / answered if answered else 0.0
    )
