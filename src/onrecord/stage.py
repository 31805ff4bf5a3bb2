"""The document as it stands where an event is told: who has spoken before it, who is entered so far."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from onrecord.actors import Register
from onrecord.cast import Participant
from onrecord.clusters import Cluster
from onrecord.records import Statement
from onrecord.scene import Scene


class Stage(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """The document as it stands where an event is told: who has spoken before it, who is entered."""

    scene: Scene
    register: Register
    statements: Sequence[Statement]
    clusters: Sequence[Cluster]

    @classmethod
    def before(
        cls, register: Register, statements: Sequence[Statement], clusters: Sequence[Cluster], at: int
    ) -> Stage:
        """The stage at an offset: nobody who speaks later is looked back to."""
        scene = register.scene
        scene = msgspec.structs.replace(scene, turns=[t for t in scene.turns if t.at < at])
        return cls(scene=scene, register=register, statements=statements, clusters=clusters)

    def around(self, start: int, end: int) -> Statement | None:
        """The innermost statement in whose content a stretch stands."""
        holding = [s for s in self.statements if any(c.start <= start and end <= c.end for c in s.content)]
        return min(holding, key=lambda s: sum(c.end - c.start for c in s.content), default=None)

    def participant(self, actor: str) -> Participant | None:
        """The participant that an actor of the document is."""
        members = next((m for m in self.register.actors.values() if m.id == actor), None)
        return members.people[0] if members and members.people else None
