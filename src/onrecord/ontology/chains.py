"""The words by which news tells to whom, where and through whom something was said (``chains.toml``)."""

from __future__ import annotations

import functools
import tomllib
from importlib import resources

import msgspec


class Chains(msgspec.Struct, frozen=True, kw_only=True):
    """The lists of ``chains.toml``, each a set of words in small letters; a hyphen there is a space here."""

    hearing: frozenset[str]
    asking: frozenset[str]
    saying: frozenset[str]
    plain_hearers: frozenset[str]
    outlet_heads: frozenset[str]
    outlet_titles: frozenset[str]
    quoting: frozenset[str]
    reporting: frozenset[str]
    obtained: frozenset[str]
    given: frozenset[str]
    staff: frozenset[str]
    voices: frozenset[str]
    evidence: frozenset[str]
    occasions: frozenset[str]
    events: frozenset[str]
    rooms: frozenset[str]
    bodies: frozenset[str]
    pieces: frozenset[str]
    stands: frozenset[str]
    told_in: frozenset[str]
    languages: frozenset[str]
    means: frozenset[str]
    pages: frozenset[str]
    issued: frozenset[str]
    houses: frozenset[str]
    sites: frozenset[str]
    shared: frozenset[str]
    continuing: frozenset[str]
    own: frozenset[str]
    reported: frozenset[str]
    reported_hearing: frozenset[str]
    reported_objects: frozenset[str]


@functools.cache
def chains() -> Chains:
    """The shipped lists."""
    words = tomllib.loads((resources.files(__package__) / "chains.toml").read_text(encoding="utf-8"))
    hearers, relays, occasions = words["hearers"], words["relays"], words["occasions"]
    return Chains(
        hearing=_listed(hearers["verbs"]),
        asking=_listed(hearers["asking"]),
        saying=_listed(hearers["saying"]),
        plain_hearers=_listed(hearers["plain"]),
        outlet_heads=_listed(relays["heads"]),
        outlet_titles=_listed(relays["titles"]),
        quoting=_listed(relays["quoting"]),
        reporting=_listed(relays["reporting"]),
        obtained=_listed(relays["obtained"]),
        given=_listed(relays["given"]),
        staff=_listed(relays["staff"]),
        voices=_listed(relays["voices"]),
        evidence=_listed(relays["evidence"]),
        occasions=_listed(occasions["heads"]),
        events=_listed(occasions["events"]),
        rooms=_listed(occasions["rooms"]),
        bodies=_listed(occasions["bodies"]),
        pieces=_listed(occasions["pieces"]),
        stands=_listed(occasions["stands"]),
        told_in=_listed(occasions["told-in"]),
        languages=_listed(occasions["languages"]),
        means=_listed(occasions["means"]),
        pages=_listed(occasions["pages"]),
        issued=_listed(occasions["issued"]),
        houses=_listed(occasions["houses"]),
        sites=_listed(occasions["sites"]),
        shared=_listed(occasions["shared"]),
        own=_listed(words["own"]["verbs"]),
        continuing=_listed(words["continuing"]["verbs"]),
        reported=_listed(words["reported"]["verbs"]),
        reported_hearing=_listed(words["reported"]["hearing"]),
        reported_objects=_listed(words["reported"]["objects"]),
    )


def _listed(words: str) -> frozenset[str]:
    return frozenset(word.replace("-", " ") for word in words.split()) | frozenset(words.split())
