"""``explain``: why a statement is as it is."""

from __future__ import annotations

import argparse

from onrecord.commands.output import chosen_format, record_path, write_json
from onrecord.reasons import explain_in, get_reading_with
from onrecord.store import open_record


def explain(args: argparse.Namespace) -> int:
    """Prints the chain of reasons for one statement; see ``onrecord explain --help``."""
    with open_record(record_path(args), create=False, readonly=True) as store:
        doc_id, statement = store.find_statement(args.statement, document=args.document)
        found = explain_in(store, doc_id, statement)
        reading = get_reading_with(store, doc_id, statement)
    if chosen_format(args, "text") != "text":
        write_json(found)
        return 0
    from onrecord.explained import render_explanation
    from onrecord.terminal import open_console

    console = open_console()
    console.print(render_explanation(found, reading, console))
    return 0
