"""The commands that read and keep: their arguments."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from onrecord.grammar.options import (
    Parser,
    add_confidence,
    add_date,
    add_events_read,
    add_format,
    add_record,
)

EXPORTS = ("jsonl", "csv", "plover", "polecat", "gdelt", "dyads", "dyads-parquet")
MODALITIES = ("actual", "future", "hypothetical", "negated", "historical")


def add_reading(command: Callable[..., Parser]) -> None:
    """Add ``read`` and ``reread``."""
    read = command(
        "read",
        "reading:read",
        "Read documents into a record, or show who said what.",
        "Paths are text, HTML and JSON Lines files, directories, or - for standard input. With --record (or "
        "$ONRECORD_RECORD) documents go into the record; those it already holds from this model and version "
        "are passed over. Without, the readings are shown: a table on a terminal, JSON Lines in a pipe.",
    )
    read.add_argument("paths", nargs="+", metavar="PATH", help="file, directory, or - for standard input")
    read.add_argument("--record", metavar="FILE", help="the record to read into; made if there is none")
    add_format(read, "jsonl", "table", more="; with --record nothing is shown unless this is given")
    add_date(read, "the day the documents were published; wins over what they say themselves")
    add_confidence(read, "show only statements at least so confident; the record keeps all")
    add_events_read(read)

    reread = command(
        "reread",
        "reading:reread",
        "Read stored documents again, with today's model or a corrected date.",
        "Without KEY, all documents that another model or version read; with --no-events or "
        "--event-confidence, all documents. What people decided stays.",
    )
    reread.add_argument("keys", nargs="*", metavar="KEY", help="document id, its first digits, or given id")
    add_record(reread)
    add_date(reread, "the corrected day of publication (needs KEY)")
    add_events_read(reread)


def add_keeping(command: Callable[..., Parser]) -> None:
    """Add ``load``, ``export``, ``forget`` and ``verify``."""
    load = command(
        "load",
        "keeping:load",
        "Load JSON Lines that `onrecord read` or `onrecord export` wrote.",
        "Lossless: what comes out of the record again is what went in. Readings and people's decisions may "
        "stand in one file; a decision on a document that is not here yet waits for it.",
    )
    load.add_argument("files", nargs="+", metavar="FILE", help="JSON Lines file, or - for standard input")
    add_record(load)

    _add_export(command)

    forget = command(
        "forget",
        "keeping:forget",
        "Remove a document and all that came from it.",
        "Statements, people's decisions on them, and the words themselves go from the file for good.",
    )
    forget.add_argument("key", metavar="KEY", help="document id, its first digits, or given id")
    add_record(forget)
    forget.add_argument("--yes", action="store_true", help="do not ask")

    verify = command(
        "verify",
        "keeping:verify",
        "Prove every span of a record, or of a JSON Lines file, against its text.",
        "One line per defect; the exit code is 1 if there are any.",
    )
    verify.add_argument("file", nargs="?", metavar="FILE", help="a JSON Lines file (default: the record)")
    verify.add_argument(
        "--rebuild",
        action="store_true",
        help="first make the record's index anew from readings and decisions",
    )
    add_record(verify)
    add_format(verify, "jsonl", "table")


def _add_export(command: Callable[..., Parser]) -> None:
    export = command(
        "export",
        "exporting:export",
        "Write the record out.",
        "All documents, statements as rows, events in the layouts of event data, counts of events by pair of "
        "countries and month, or decisions.",
    )
    add_record(export)
    export.add_argument(
        "--format", choices=EXPORTS, default="jsonl",
        help="jsonl: one reading per line, loads back; csv: one statement per row; plover, polecat, gdelt: "
        "events; dyads, dyads-parquet: counts of events (docs/events.md)",
    )  # fmt: skip
    export.add_argument(
        "--modality", action="append", choices=(*MODALITIES, "all"),
        help="events of this kind only, may be given several times (default: actual, what happened)",
    )  # fmt: skip
    export.add_argument(
        "--header", action=argparse.BooleanOptionalAction, default=None,
        help="polecat, gdelt and dyads: begin with the names of the columns (--header, the default) or not",
    )  # fmt: skip
    export.add_argument(
        "--decisions", action="store_true",
        help="instead, what people decided on statements and actors: JSON Lines that `onrecord load` takes",
    )  # fmt: skip
    export.add_argument(
        "--undecided",
        action="store_true",
        help="readings as the machine made them, without people's decisions",
    )
    export.add_argument("--out", metavar="FILE", help="where to (default: standard output)")
    add_confidence(export, "only statements and events at least so confident")
