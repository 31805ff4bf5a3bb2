"""The tables of the PLOVER manual 2.0 (2021): event types, their modes, quad classes and scores, contexts.

The names and figures are the manual's, the meanings are worded here. Where the manual contradicts itself:
SANCTION is quad 4, as in its own section; ACCUSE, whose score is printed without its sign, takes that of
its mode, and without a mode that of the mildest; a PROTEST needs no recipient, as the text has it.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

import msgspec

from onrecord.errors import UsageError

Quad: TypeAlias = Literal[1, 2, 3, 4]
Needed: TypeAlias = Literal["yes", "no", "one-sided"]

QUADS: dict[Quad, str] = {
    1: "verbal cooperation",
    2: "material cooperation",
    3: "verbal conflict",
    4: "material conflict",
}


class EventType(msgspec.Struct, frozen=True, kw_only=True):
    """One event type; ``modes`` gives each mode its score, None where the manual gives none.

    ``recipient`` tells whether an event of the type needs one ("one-sided": unless both sides act).
    """

    name: str
    meaning: str
    quad: Quad
    recipient: Needed = "no"
    score: float
    modes: dict[str, float | None] = {}


# fmt: off
_TABLE = (
    EventType(name="AGREE", quad=1, score=2.5,
        meaning="says that it will meet, help, cooperate or settle; what is planned of these"),
    EventType(name="CONSULT", quad=1, score=2.5,
        meaning="meets, visits, hosts, calls, negotiates, mediates",
        modes={"visit": 4, "third-party": 1, "multilateral": 4, "phone": 1.5}),
    EventType(name="SUPPORT", quad=1, score=5,
        meaning="praises, endorses, recognises, signs or ratifies"),
    EventType(name="CONCEDE", quad=1, score=4.5,
        meaning="gives way in words: pardons, apologises, announces a truce or a withdrawal, drops a demand"),
    EventType(name="COOPERATE", quad=2, recipient="yes", score=9.5,
        meaning="does something to the use of both: trades, exercises together, shares intelligence"),
    EventType(name="AID", quad=2, recipient="yes", score=10,
        meaning="gives what is of use to the other: money, arms, relief, shelter"),
    EventType(name="RETREAT", quad=2, score=6.5,
        meaning="gives way in deed: frees, withdraws, disarms, keeps a truce, lets in, resigns",
        modes={"withdraw": 8, "release": 6.5, "disarm": 10, "ceasefire": 7.5, "access": 6.5, "resign": 4.5}),
    EventType(name="REQUEST", quad=3, score=0,
        meaning="asks, demands, orders",
        modes={"assist": .5, "change": -1, "yield": -1, "meet": 0}),
    EventType(name="ACCUSE", quad=3, score=-2,
        meaning="condemns, accuses, charges, sues, investigates",
        modes={"disapprove": -2, "investigate": -3.5, "allege": -3.5}),
    EventType(name="REJECT", quad=3, score=-2,
        meaning="refuses, turns down, calls off talks",
        modes={"assist": -1.5, "change": -2, "yield": -2, "meet": -2}),
    EventType(name="THREATEN", quad=3, score=-3.5,
        meaning="warns so as to force, gives an ultimatum; the mode is what is threatened",
        modes={"restrict": -3, "arrest": -3.5, "relations": -3.5, "expel": -3.5, "territory": -4,
               "violence": -3.5}),
    EventType(name="PROTEST", quad=4, score=-5,
        meaning="civilians act together against somebody",
        modes={"demo": -5, "riot": -7, "strike": -5, "hunger": -4.5, "boycott": -4.5, "obstruct": -4.5,
               "vandalize": None}),
    EventType(name="SANCTION", quad=4, recipient="yes", score=-6,
        meaning="cuts back relations: convicts, expels diplomats, leaves a pact, stops trade or aid",
        modes={"convict": -6, "expel": -5.5, "withdraw": -6, "discontinue": -6}),
    EventType(name="MOBILIZE", quad=4, score=-5.5,
        meaning="moves forces or weapons without using them",
        modes={"troops": -6.5, "weapons": -6.5, "police": -5.5, "militia": -6}),
    EventType(name="COERCE", quad=4, score=-7,
        meaning="represses or restricts without violence",
        modes={"seize": -7, "restrict": -7, "censor": -6.5, "curfew": -6.5, "martial-law": -7.5, "arrest": -7,
               "deport": -7, "withhold": -7, "misinformation": -6.5, "cyber": -7}),
    EventType(name="ASSAULT", quad=4, recipient="one-sided", score=-9,
        meaning="uses force that can hurt or kill",
        modes={"abduct": -8.5, "beat": -7.5, "torture": -8.5, "sexual": -8.5, "targeted": -9.5,
               "destroy": -8.5, "primitive": -8, "firearms": -9, "explosives": -9, "suicide-attack": -9.5,
               "aerial": -9.5, "drone": -9.5, "heavy-weapons": -9.5, "crowd-control": -7.5,
               "unconventional": -10}),
)
CONTEXTS = (
    "military", "intelligence", "executive", "legislative", "election", "political_institutions",
    "pro_democracy", "pro_autocracy", "economic", "legal", "reparations", "human_rights",
    "rights_freedoms", "repression", "human_security", "gender", "lgbt", "religion_ethnicity",
    "inequality", "diplomatic", "territory", "peacekeeping", "health", "asylum", "migration",
    "disasters", "natural_resource", "environment", "technology", "terrorism", "cbrn", "cyber",
    "misinformation", "crime", "corruption", "illegal_drugs", "trafficking",
)
# fmt: on
"""The contexts of an event, of which it may have several."""

TYPES: dict[str, EventType] = {row.name: row for row in _TABLE}
"""The event types by name, in the manual's order: cooperation first, force last."""
MODES: dict[str, tuple[str, ...]] = {row.name: tuple(row.modes) for row in _TABLE}
"""The names of the modes of each type; () for those without."""


def quad_of(kind: str) -> Quad:
    """The quad class of an event type: 1 and 2 cooperation, 3 and 4 conflict, in words and in deed."""
    return _get(kind).quad


def modes_of(kind: str) -> tuple[str, ...]:
    """The names of the modes that an event of the type may have."""
    return tuple(_get(kind).modes)


def score_of(kind: str, mode: str | None = None) -> float:
    """The score of an event, -10 (worst conflict) to 10: of its mode where that has one, else of its type.

    >>> score_of("ASSAULT", "drone"), score_of("AID"), score_of("ACCUSE", "allege")
    (-9.5, 10.0, -3.5)
    """
    row = _get(kind)
    if mode is not None and mode not in row.modes:
        known = ", ".join(row.modes) or "none"
        raise UsageError(f"{mode!r} is no mode of {kind}; use one of: {known}")
    scored = row.modes[mode] if mode is not None else None
    return float(row.score if scored is None else scored)


def is_valid(kind: str, mode: str | None = None) -> bool:
    """Whether the manual has an event type of that name, with that mode."""
    return kind in TYPES and (mode is None or mode in TYPES[kind].modes)


def needs_recipient(kind: str, parties: int) -> bool:
    """Whether an event of the type with that many actors is incomplete without a recipient."""
    needed = _get(kind).recipient
    return needed == "yes" or (needed == "one-sided" and parties < 2)


def _get(kind: str) -> EventType:
    if kind not in TYPES:
        raise UsageError(f"{kind!r} is no PLOVER event type; use one of: {', '.join(TYPES)}")
    return TYPES[kind]
