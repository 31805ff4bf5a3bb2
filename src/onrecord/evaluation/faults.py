"""Pairs -> what was missed, spurious or mismatched, with the words around it, for reading by hand."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from typing import Any, Literal, TypeAlias

import msgspec

from onrecord.evaluation.gold import Pair
from onrecord.evaluation.pairing import Pairs
from onrecord.records import Reading, Statement

AROUND = 160
"""Characters shown before and after: about two sentences, enough to judge most cases."""

FaultKind: TypeAlias = Literal["missed", "spurious", "mismatched"]


class Claim(msgspec.Struct, frozen=True):
    """One side of a comparison: the spans of its roles, and values such as speaker and mode."""

    spans: dict[str, tuple[Pair, ...]]
    values: dict[str, Any]


class Fault(msgspec.Struct, frozen=True, kw_only=True):
    """One disagreement: ``why`` names the parts that differ, roles are given as words."""

    kind: FaultKind
    document: str
    why: tuple[str, ...]
    gold: dict[str, Any] | None
    predicted: dict[str, Any] | None
    around: str


def claim_of(statement: Statement, reading: Reading) -> Claim:
    """A predicted statement as a claim, its speaker by name."""
    names = {actor.id: actor.name for actor in reading.actors}
    roles: dict[str, tuple[Any, ...]] = {
        "source": (statement.source,),
        "cue": (statement.cue,),
        "content": statement.content,
        "via": statement.via,
        "addressee": (statement.addressee,),
        "venue": (statement.venue,),
    }
    spans = {role: tuple((s.start, s.end) for s in value if s) for role, value in roles.items()}
    values = {"mode": statement.mode, "confidence": statement.confidence, "parent": bool(statement.parent)}
    return Claim(spans, values | {"speaker": names.get(statement.speaker or "")})


def find_faults(
    document: str,
    text: str,
    gold: Sequence[Claim],
    predicted: Sequence[Claim],
    pairs: Pairs,
    differences: Callable[[int, int], list[str]],
    optional: Collection[int] = (),
) -> Iterator[Fault]:
    """The faults of one document in text order; gold in ``optional`` may be missed or mismatched freely."""
    sides: list[tuple[FaultKind, list[str], Claim | None, Claim | None]] = []
    for i, claim in enumerate(gold):
        if i in optional:
            continue
        if i not in pairs:
            sides.append(("missed", [], claim, None))
        elif why := differences(i, pairs[i]):
            sides.append(("mismatched", why, claim, predicted[pairs[i]]))
    matched = set(pairs.values())
    sides += [("spurious", [], None, claim) for j, claim in enumerate(predicted) if j not in matched]
    for kind, why, wanted, found in sorted(sides, key=lambda side: _bounds(side[2], side[3])):
        yield Fault(
            kind=kind,
            document=document,
            why=tuple(why),
            gold=_words(text, wanted),
            predicted=_words(text, found),
            around=_around(text, _bounds(wanted, found)),
        )


def _words(text: str, claim: Claim | None) -> dict[str, Any] | None:
    if claim is None:
        return None
    roles = {role: [text[start:end] for start, end in spans] for role, spans in claim.spans.items() if spans}
    return roles | claim.values


def _bounds(*claims: Claim | None) -> Pair:
    """Where the source, cue and content of the claims begin and end."""
    spans = [
        pair for c in claims if c for role in ("source", "cue", "content") for pair in c.spans.get(role, ())
    ]
    return min((start for start, _ in spans), default=0), max((end for _, end in spans), default=0)


def _around(text: str, bounds: Pair) -> str:
    return text[max(bounds[0] - AROUND, 0) : bounds[1] + AROUND]
