"""What the passages annotated for events hold: events by type, mode and modality, trained on and kept.

python -m training.tally
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterable

from evaluation.build_gold import ANNOTATIONS, EVENTS, Row, build_row, read_annotations
from onrecord.plover import MODES
from training.annotate import ANNOTATED_EVENTS, build_training

# A line break, or a space after a sentence's end: near enough for a count.
SENTENCE = re.compile(r"\n|(?<=[.!?][\"”])\s|(?<=[.!?])\s")


def count_sentences(text: str) -> int:
    """How many sentences a passage has, headlines and lines of lists among them."""
    return sum(1 for part in SENTENCE.split(text) if part.strip())


def tally(rows: Iterable[Row]) -> Counter[str]:
    """Counts of one part by what is counted: "type ASSAULT", "mode ASSAULT/aerial", "modality future" …"""
    counts: Counter[str] = Counter()
    for row in rows:
        sentences = count_sentences(row["text"])
        counts.update({"passages": 1, "sentences": sentences, "statements": len(row["statements"])})
        if not row["events"]:
            counts.update({"passages without an event": 1, "sentences without an event": sentences})
        counts.update(f"act {statement['act']}" for statement in row["statements"])
        for event in row["events"]:
            counts.update(["events", f"type {event['type']}", f"modality {event['modality']}"])
            counts.update([f"mode {event['type']}/{event['mode'] or '-'}"])
            counts["asserted by a speaker"] += event["asserted_by"] is not None
            counts["without a recipient"] += not event["recipient_name"]
            for mark in ("reciprocal", "presupposed", "marginal"):
                counts[mark] += bool(event.get(mark))
    return counts


def main() -> int:
    """0 after printing one line for each count: what, trained on, kept."""
    trained = tally(build_training(folder=ANNOTATED_EVENTS)[0])
    kept = tally(map(build_row, read_annotations(ANNOTATIONS / EVENTS)))
    every = {f"mode {kind}/{mode}" for kind, modes in MODES.items() for mode in (modes or ("-",))}
    for key in sorted(trained.keys() | kept.keys() | every):
        sys.stdout.write(f"{key:32}{trained[key]:6}{kept[key]:6}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
