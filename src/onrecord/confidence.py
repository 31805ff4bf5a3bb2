"""Leaving out what the model is not sure enough of, without leaving loose ends."""

from __future__ import annotations

import msgspec

from onrecord.records import Reading


def keep_confident(reading: Reading, min_confidence: float) -> Reading:
    """The reading with only what is at least so confident.

    What stood inside a statement that goes moves up to the statement around
    it. Events and stances that the statement asserts go with it: without their
    asserter they would read as the article's own.
    """
    gone = {stmt.id: stmt.parent for stmt in reading.statements if stmt.confidence < min_confidence}
    if min_confidence <= 0:
        return reading

    def kept_parent(parent: str | None) -> str | None:
        seen: set[str] = set()
        while parent in gone and parent not in seen:
            seen.add(parent)
            parent = gone[parent]
        return None if parent in gone else parent

    return msgspec.structs.replace(
        reading,
        statements=tuple(
            msgspec.structs.replace(stmt, parent=kept_parent(stmt.parent))
            for stmt in reading.statements
            if stmt.id not in gone
        ),
        events=tuple(e for e in reading.events if e.confidence >= min_confidence and e.statement not in gone),
        stances=tuple(
            s for s in reading.stances if s.confidence >= min_confidence and s.statement not in gone
        ),
        notes=tuple(note for note in reading.notes if note.statement not in gone),
    )
