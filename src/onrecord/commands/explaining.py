"""``explain``: why a statement or an event is as it is."""

from __future__ import annotations

import argparse

from onrecord.commands.output import chosen_format, record_path, write_json
from onrecord.event_reasons import EventExplanation, explain_event_in, get_reading_of
from onrecord.reasons import Explanation, explain_in, get_reading_with
from onrecord.store import open_record


def explain(args: argparse.Namespace) -> int:
    """Prints the chain of reasons for one statement or event; see ``onrecord explain --help``."""
    found: Explanation | EventExplanation
    with open_record(record_path(args), create=False, readonly=True) as store:
        claim = store.find_claim(args.claim, document=args.document)
        if claim.kind == "event":
            found = explain_event_in(store, claim.document, claim.id)
            reading = get_reading_of(store, claim.document, claim.id)
        else:
            found = explain_in(store, claim.document, claim.id)
            reading = get_reading_with(store, claim.document, claim.id)
    if chosen_format(args, "text") != "text":
        write_json(found)
        return 0
    from onrecord.console import open_console
    from onrecord.explained import render_event_explanation, render_explanation

    console = open_console()
    if isinstance(found, EventExplanation):
        console.print(render_event_explanation(found, reading, console))
    else:
        console.print(render_explanation(found, reading, console))
    return 0
