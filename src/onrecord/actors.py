"""A document's participants -> its actors: each with an id, all its mentions, and who it is.

Identity is told by linking.py; here participants that turn out to be one actor are brought together.
"""

from __future__ import annotations

import re

import msgspec

from onrecord.affiliations import find_behalf
from onrecord.cast import Participant
from onrecord.holders import Ground
from onrecord.linking import Identity, identify
from onrecord.ontology import fold
from onrecord.records import Actor, LinkedBy, Mention
from onrecord.scene import Link, Scene

_STRENGTH: tuple[LinkedBy | None, ...] = ("name", "metonym", "role", "spelling", "coreference", None)
"""Evidence for a link, the strongest first."""


class Members(msgspec.Struct, kw_only=True, eq=False):
    """One actor while the statements are gone through: the participants that are it."""

    id: str
    who: Identity
    people: list[Participant]


class Register(msgspec.Struct, kw_only=True, eq=False):
    """The actors that statements have named so far, in the order in which they were named."""

    scene: Scene
    ground: Ground
    actors: dict[str, Members] = {}
    entered: dict[int, Members] = {}
    told: dict[tuple[int, LinkedBy | None], Identity] = {}  # asked once for each participant and evidence

    def enter(self, link: Link) -> str | None:
        """The id of the actor whom a link names, new if it was not named before; None for nobody."""
        whose = link.whose
        if whose is None:
            return None
        asked = (whose.number, link.by)
        who = self.told.get(asked) or identify(whose, link.by, self.ground)
        self.told[asked] = who
        known = self.entered.get(whose.number) or self.actors.get(_key(whose, who))
        if known is None:
            known = Members(id=who.id or self._slug(who.name), who=who, people=[])
            self.actors[_key(whose, who)] = known
        if whose.number not in self.entered:
            self.entered[whose.number] = known
            known.people.append(whose)
        if _STRENGTH.index(who.by) < _STRENGTH.index(known.who.by):
            known.who = who
        return known.id

    def _slug(self, name: str) -> str:
        base = "local:" + (re.sub(r"[^\w]+", "-", fold(name)).strip("-") or "unnamed")
        taken, n, slug = {members.id for members in self.actors.values()}, 1, base
        while slug in taken:
            n += 1
            slug = f"{base}-{n}"
        return slug

    def close(self) -> tuple[Actor, ...]:
        """The actors, with every mention that the document has of them, and those they speak for."""
        behalf = {members.id: self._speaks_for(members) for members in list(self.actors.values())}
        return tuple(_actor(self.scene, members, behalf.get(members.id)) for members in self.actors.values())

    def _speaks_for(self, members: Members) -> str | None:
        """The id of the actor on whose behalf a person speaks, entered if no statement named it."""
        for whose in members.people if members.who.kind == "person" else ():
            if (behalf := find_behalf(self.scene, whose)) is None:
                continue
            body = self.enter(Link(whose=behalf.whose, by="name"))
            words = self.scene.layout.text[behalf.start : behalf.end]
            said = Mention(start=behalf.start, end=behalf.end, text=words, actor=body, form="name")
            self.scene.resolved.setdefault(behalf.whose.number, []).append(said)
            return body if body != members.id else None
        return None


def _key(whose: Participant, who: Identity) -> str:
    """What makes two participants one actor: one entity of the table, or one body or group by its name."""
    if who.id is not None:
        return who.id
    return f"~{fold(who.name)}" if who.kind in ("organization", "group") else f"#{whose.number}"


def _actor(scene: Scene, members: Members, behalf: str | None) -> Actor:
    who, found = members.who, {}
    for whose in members.people:
        for n in whose.names:
            words = scene.layout.text[n.start : n.end]
            found[n.start, n.end] = Mention(
                start=n.start, end=n.end, text=words, actor=members.id, form="name"
            )
        for m in scene.resolved.get(whose.number, ()):
            found.setdefault((m.start, m.end), msgspec.structs.replace(m, actor=members.id))
    return Actor(
        id=members.id,
        name=who.name,
        kind=who.kind,
        country=who.country,
        sector=who.sector,
        role=who.role,
        linked_by=who.by,
        confidence=who.confidence,
        on_behalf_of=behalf,
        mentions=tuple(found[place] for place in sorted(found)),
    )
