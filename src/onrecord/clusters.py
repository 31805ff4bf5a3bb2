"""The value that coreference gives: mentions of one document that stand for the same thing."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from onrecord.coreference_words import PRONOUNS, read_wording
from onrecord.records import Actor, Kind, Mention
from onrecord.words import WORD

SURE = 0.4
SHOWN = frozenset(("he", "she", "it"))
"""Which mentions are shown as an actor's, and how certain they must be. On GUM dev, of those in a cluster
with a gold name, that name is right for 45 of 48 of "he", "she" and "it" at 0.4 or above (0.2: 68 of 79); for
7 of 11 of "they", 20 of 32 descriptions and none of 10 of "I", whose words the speaker rules settle."""


class Cluster(msgspec.Struct, frozen=True, kw_only=True):
    """Mentions of one thing in text order; ``kind`` is what most of them look like, None for no participant.

    ``certainty`` says how sure each is of the name that its links lead back to: 1.0 for a name itself,
    0.0 for a mention that goes back to none.
    """

    kind: Kind | None
    mentions: tuple[Mention, ...]
    certainty: tuple[float, ...]

    def names(self) -> tuple[Mention, ...]:
        """The mentions that are names."""
        return tuple(m for m in self.mentions if m.form == "name")


def cluster_at(clusters: tuple[Cluster, ...], start: int, end: int) -> Cluster | None:
    """The cluster with a mention from ``start`` to ``end``, None where there is none."""
    for cluster in clusters:
        if any(m.start == start and m.end == end for m in cluster.mentions):
            return cluster
    return None


def head_offset(mention: Mention) -> int:
    """Where the head of a mention begins in the document: "Marr" of "Ilse Marr of the River Board"."""
    words = list(WORD.finditer(mention.text))
    return mention.start + words[read_wording([w.group() for w in words]).head].start()


def add_mentions(actors: Sequence[Actor], clusters: Sequence[Cluster]) -> tuple[Actor, ...]:
    """The actors with the pronouns that surely go back to their names.

    A cluster whose names are those of two actors gives to neither; a mention that
    an actor has already stays as it is.
    """
    spans = {(m.start, m.end): a.id for a in actors for m in a.mentions}
    more: dict[str, list[Mention]] = {}
    for cluster in clusters:
        whose = {actor for m in cluster.names() if (actor := _bearer(m, actors))}
        if len(whose) != 1:
            continue
        actor = whose.pop()
        for m, chance in zip(cluster.mentions, cluster.certainty, strict=True):
            shown = PRONOUNS.get(m.text.lower()) in SHOWN and chance >= SURE
            if shown and (m.start, m.end) not in spans:
                more.setdefault(actor, []).append(msgspec.structs.replace(m, actor=actor))
    return tuple(_with(actor, more.get(actor.id, ())) for actor in actors)


def _bearer(mention: Mention, actors: Sequence[Actor]) -> str | None:
    """The actor one of whose names holds the head of the mention."""
    head = head_offset(mention)
    for actor in actors:
        for m in actor.mentions:
            if m.form == "name" and m.start <= head < m.end and mention.start <= m.start:
                return actor.id
    return None


def _with(actor: Actor, more: Sequence[Mention]) -> Actor:
    if not more:
        return actor
    both = sorted((*actor.mentions, *more), key=lambda m: (m.start, m.end))
    return msgspec.structs.replace(actor, mentions=tuple(both))


def join(pairs: list[tuple[int, int]], count: int) -> list[list[int]]:
    """Numbers below ``count`` in groups, those in a pair together; groups and their members in order.

    >>> join([(0, 2), (2, 3)], 5)
    [[0, 2, 3], [1], [4]]
    """
    parent = list(range(count))

    def root(n: int) -> int:
        while parent[n] != n:
            parent[n] = parent[parent[n]]
            n = parent[n]
        return n

    for a, b in pairs:
        first, second = sorted((root(a), root(b)))
        parent[second] = first
    groups: dict[int, list[int]] = {}
    for n in range(count):
        groups.setdefault(root(n), []).append(n)
    return list(groups.values())
