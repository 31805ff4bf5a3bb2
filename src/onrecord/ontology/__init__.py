"""The words the rules know: countries with their demonyms and capitals, titles, roles, bodies.

The tables are data files beside this one: ``countries.csv`` is built by
scripts/build_ontology.py, ``bodies.csv`` and ``words.toml`` are written by hand. All keys are in
:func:`fold`'s form.
"""

from __future__ import annotations

import csv
import functools
import tomllib
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Literal, TypeAlias, get_args

import msgspec

Gender: TypeAlias = Literal["male", "female"]


class Ontology(msgspec.Struct, frozen=True, kw_only=True):
    """All tables, read once. A role or title maps to the gender that its word tells, or None."""

    countries: dict[str, str]
    demonyms: dict[str, str]
    capitals: dict[str, str]
    country_names: dict[str, str]
    nationalities: dict[str, str]  # a state -> its first demonym
    titles: dict[str, Gender | None]
    roles: dict[str, Gender | None]
    groups: frozenset[str]
    body_heads: frozenset[str]
    body_words: frozenset[str]
    bodies: frozenset[str]
    body_names: dict[str, str]  # any form of a well-known body -> its full name
    agencies: frozenset[str]
    documents: frozenset[str]
    leaders: dict[str, str]  # a state -> the office that leads it, or "several"; not those led by a president
    ministries: dict[str, str]  # what a ministry is called by -> what it is a ministry of
    role_modifiers: frozenset[str]
    portfolios: frozenset[str]
    given: dict[str, Gender]
    same_given: dict[str, str]
    one_office: dict[str, tuple[str, ...]]
    never_names: frozenset[str]

    def is_group(self, word: str) -> bool:
        """Whether a noun in small letters stands for several people: "officials", "spokesmen", "experts"."""
        if word in self.groups:
            return True
        single = word[:-3] + "man" if word.endswith("men") else word[:-1] if word.endswith("s") else ""
        return single in self.roles


@functools.lru_cache(maxsize=1 << 14)  # the same words come again and again
def fold(words: str) -> str:
    """The form in which words are looked up: case folded, straight apostrophes, no dots, single spaces.

    >>> fold("U.S.  Côte d’Ivoire")
    "us côte d'ivoire"
    """
    return " ".join(words.casefold().replace("’", "'").replace("‘", "'").replace(".", "").split())


@functools.cache
def ontology() -> Ontology:
    """The shipped tables (about 5 ms to read the first time)."""
    here = resources.files(__name__)
    words = tomllib.loads((here / "words.toml").read_text(encoding="utf-8"))
    rows, known_bodies = _table(here / "countries.csv"), _table(here / "bodies.csv")
    return Ontology(
        countries=_keyed(rows, "names"),
        demonyms=_keyed(rows, "demonyms"),
        capitals=_keyed(rows, "capitals"),
        country_names={row["iso3"]: row["names"].split("|")[0] for row in rows},
        nationalities={row["iso3"]: row["demonyms"].split("|")[0] for row in rows if row["demonyms"]},
        titles=_gendered(words["titles"]),
        roles=_gendered(words["roles"]),
        groups=_listed(words["groups"]["plain"]),
        body_heads=_listed(words["bodies"]["heads"]),
        body_words=_listed(words["bodies"]["names"]),
        body_names={
            fold(form): row["name"]
            for row in known_bodies
            for form in (row["name"], *row["alternatives"].split("|"))
        },
        bodies=_listed(words["bodies"]["named"], hyphens=False),
        agencies=_listed(words["agencies"]["names"], hyphens=False),
        documents=_listed(words["documents"]["heads"]),
        leaders={iso3: office for office, states in words["leaders"].items() for iso3 in states.split()},
        ministries=_keywords(words["ministries"]),
        role_modifiers=_listed(words["modifiers"]["role"]),
        portfolios=_listed(words["modifiers"]["portfolio"]),
        same_given=words["same"],
        one_office={word: tuple(same.split()) for word, same in words["offices"].items()},
        never_names=_listed(words["never"]["names"]),
        given={n: g for g in ("male", "female") for n in words["given"][g].split()},
    )


def _table(file: Traversable) -> list[dict[str, str]]:
    return list(csv.DictReader(file.read_text(encoding="utf-8").splitlines()))


def _keyed(rows: list[dict[str, str]], column: str) -> dict[str, str]:
    """Each alternative of a column -> its country; one that belongs to two countries is left out."""
    found: dict[str, str] = {}
    shared: set[str] = set()
    for row in rows:
        for alternative in filter(None, row[column].split("|")):
            key = fold(alternative)
            if found.setdefault(key, row["iso3"]) != row["iso3"]:
                shared.add(key)
    return {key: iso3 for key, iso3 in found.items() if key not in shared}


def _gendered(table: dict[str, str]) -> dict[str, Gender | None]:
    told: dict[str, Gender | None] = dict.fromkeys(table["any"].split())
    for gender in get_args(Gender):
        told.update(dict.fromkeys(table[gender].split(), gender))
    return told


def _keywords(table: dict[str, str]) -> dict[str, str]:
    """Each of the short forms of a value -> the value."""
    return {short: full for full, shorts in table.items() for short in shorts.split("|")}


def _listed(words: str, *, hyphens: bool = True) -> frozenset[str]:
    """The words of a list; without ``hyphens`` a bare hyphen joins the words of one name."""
    listed = words.split()
    return frozenset(listed) if hyphens else frozenset(listed) | {fold(w.replace("-", " ")) for w in listed}
