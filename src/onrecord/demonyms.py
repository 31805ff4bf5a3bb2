"""Adjectives of states that no table knows -> those that the text itself names: "Velan" is of "Vela"."""

from __future__ import annotations

from onrecord.cast import Participant
from onrecord.ontology import fold
from onrecord.scene import Scene

_SHORTEST = 4
"""Letters of a name of which an adjective is recognised."""
_ENDINGS = ("n", "an", "ian", "ish", "ese", "i", "ic", "ns", "ans", "ians")


def find_like(scene: Scene, adjective: str) -> Participant | None:
    """The one named participant, no person, of whose name an adjective is made; None for none or several."""
    key = fold(adjective)
    if not key.endswith(_ENDINGS):
        return None
    fitting = [
        p for p in scene.cast.people
        if p.kind != "person" and not p.worded and p.names and " " not in p.name and len(p.name) >= _SHORTEST
        and _is_adjective(key, fold(p.name))
    ]  # fmt: skip
    return fitting[0] if len(fitting) == 1 else None


def _is_adjective(key: str, name: str) -> bool:
    """Whether a word is a name with the ending of an adjective: "velan" of "vela", not "vela" itself."""
    stems = (name, name[:-1]) if name[-1] in "aeoiy" else (name,)
    return key != name and any(key == stem + ending for stem in stems for ending in _ENDINGS)
