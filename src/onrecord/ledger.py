"""People's decisions as JSON Lines, out of one record and into another.

A line holds one decision: ``{"onrecord": "1", "decision": {…}}`` on a statement,
``{"onrecord": "1", "identity": {…}}`` on who somebody is (docs/record.md).
"""

from __future__ import annotations

from typing import BinaryIO, TypeAlias

import msgspec

from onrecord.decisions import Decision
from onrecord.errors import WireError
from onrecord.identities import ActorDecision
from onrecord.records import WIRE_VERSION
from onrecord.store import Store

AnyDecision: TypeAlias = Decision | ActorDecision


class _Line(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    onrecord: str
    decision: Decision | None = None
    identity: ActorDecision | None = None


_decoder = msgspec.json.Decoder(_Line)
# What a decision has of the record that it stands in: the next one gives its own.
_OWN = ("number", "state")


def write_decisions(store: Store, out: BinaryIO) -> int:
    """How many decisions were written to ``out``, one a line; those on actors first."""
    written = 0
    for made in (*store.actor_decisions(), *store.decisions()):
        kind = "decision" if isinstance(made, Decision) else "identity"
        fields = {name: value for name, value in msgspec.to_builtins(made).items() if name not in _OWN}
        out.write(msgspec.json.encode({"onrecord": WIRE_VERSION, kind: fields}) + b"\n")
        written += 1
    return written


def is_decision(line: bytes) -> bool:
    """Whether a JSON line is a decision rather than a reading, by how it begins."""
    head = line[:80].replace(b" ", b"")
    return head.startswith((b'{"onrecord":"1","decision":', b'{"onrecord":"1","identity":'))


def read_decision(line: bytes, *, origin: str) -> AnyDecision:
    """The decision that a line holds; ``origin`` ("FILE:LINE") is for messages. Raises WireError."""
    try:
        found = _decoder.decode(line)
    except (msgspec.DecodeError, UnicodeError) as error:
        what = " ".join(str(error).split())
        raise WireError(
            f"{origin}: not a decision: {what}; "
            "`onrecord load` takes lines that `onrecord export --decisions` wrote"
        ) from error
    made = found.decision or found.identity
    if made is None:
        raise WireError(f"{origin}: the line holds no decision; export the decisions again")
    return made
