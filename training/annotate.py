"""The project's own training passages: verbatim annotations in, character offsets out.

    python -m training.annotate [NAME-PATTERN]    # writes training/annotated*.jsonl
    python -m training.annotate --check [PATTERN] # writes nothing; exit code 1 when an annotation is wrong

The files of ``training/annotated`` are written as those of ``evaluation/gold/annotations`` are and are
held to the same rules, by the same functions; see evaluation/gold/README.md. The rows have the layout
that :mod:`training.corpora` reads, all of them with the split "train". The passages of
``training/annotated_events`` were written for events; their statements are annotated only where an event
needs them (``statements_complete`` is false), so nothing may be learned from a statement that is not there.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path

from evaluation.build_gold import GoldError, Row, build_row

HERE = Path(__file__).resolve().parent
ANNOTATED = HERE / "annotated"
BUILT = HERE / "annotated.jsonl"
ANNOTATED_EVENTS = HERE / "annotated_events"
BUILT_EVENTS = HERE / "annotated_events.jsonl"
ANNOTATED_EVENTS_DEV = HERE / "annotated_events_dev"
BUILT_EVENTS_DEV = HERE / "annotated_events_dev.jsonl"
"""Passages that no weights are learned from: the confidence is fitted on them, after training."""


def read_passages(pattern: str, folder: Path = ANNOTATED) -> Iterator[tuple[str, Row]]:
    """Every annotated passage with the name of its file; a file holds one, or a list of them."""
    for path in sorted(folder.glob(f"{pattern}.json")):
        held = json.loads(path.read_text(encoding="utf-8"))
        yield from ((path.name, given) for given in (held if isinstance(held, list) else [held]))


def build_training(pattern: str = "*", folder: Path = ANNOTATED) -> tuple[list[Row], list[str]]:
    """The training rows of all passages, and a line for every passage that does not fit its text."""
    rows: list[Row] = []
    defects: list[str] = []
    names: set[str] = set()
    marks = {"split": "train"} | ({"statements_complete": False} if folder != ANNOTATED else {})
    for file, given in read_passages(pattern, folder):
        try:
            row = build_row(given) | marks
        except (GoldError, KeyError) as error:
            defects.append(f"{file}: {error!s}")
            continue
        if row["document"] in names:
            defects.append(f"{file}: document {row['document']} appears twice; give each its own name")
        names.add(row["document"])
        rows.append(row)
    return rows, defects


def main(arguments: list[str] | None = None) -> int:
    """0 when every passage fits; 1 when an annotation is wrong (every defect is printed)."""
    parser = argparse.ArgumentParser(description="Build the training passages from their annotations.")
    parser.add_argument("pattern", nargs="?", default="*", help="file names without .json, as a glob")
    parser.add_argument("--check", action="store_true", help="write nothing")
    options = parser.parse_args(arguments)
    built = {
        BUILT: build_training(options.pattern),
        BUILT_EVENTS: build_training(options.pattern, ANNOTATED_EVENTS),
        BUILT_EVENTS_DEV: build_training(options.pattern, ANNOTATED_EVENTS_DEV),
    }
    defects = [defect for _, found in built.values() for defect in found]
    for defect in defects:
        print(f"annotate: {defect}", file=sys.stderr)
    if defects:
        return 1
    for target, (rows, _) in built.items():
        if not options.check:
            target.write_text(
                "".join(json.dumps(r, ensure_ascii=False) + "\n" for r in rows), encoding="utf-8"
            )
        statements, events = (sum(len(row[key]) for row in rows) for key in ("statements", "events"))
        print(f"{target.name}: {len(rows)} passages, {statements} statements, {events} events")
    return 0


if __name__ == "__main__":
    sys.exit(main())
