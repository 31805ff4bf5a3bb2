"""``events`` and ``stances``: who did what to whom, and who stands how to whom."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import Any

from onrecord.commands.output import chosen_format, record_path, say, write_json
from onrecord.event_query import EventQuery, count_events, search_events
from onrecord.stance_query import StanceQuery, count_stances, search_stances
from onrecord.store import open_record

_SHARED = ("country", "asserted_by", "since", "until", "document", "min_confidence")


def events(args: argparse.Namespace) -> int:
    """Shows the events that fit; see ``onrecord events --help``."""
    names = ("party", "actor", "recipient", "actor_country", "recipient_country", "mode", "context", "quad")
    query = EventQuery(
        words=" ".join(args.words) or None,
        type=tuple(args.type or ()),
        limit=args.limit or None,
        **{name: getattr(args, name) for name in (*names, "modality", "outlet", *_SHARED)},
    )
    with open_record(record_path(args), create=False, readonly=True) as store:
        hits = search_events(store, query)
        total = count_events(store, query) if len(hits) == query.limit else len(hits)
    nothing = "no event fits; try fewer filters, `onrecord actors --name` for a name, or `onrecord search`"
    return _show(args, hits, total, "render_event_hits", nothing)


def stances(args: argparse.Namespace) -> int:
    """Shows the stances that fit; see ``onrecord stances --help``."""
    query = StanceQuery(
        limit=args.limit or None,
        **{name: getattr(args, name) for name in ("holder", "target", "polarity", *_SHARED)},
    )
    with open_record(record_path(args), create=False, readonly=True) as store:
        hits = search_stances(store, query)
        total = count_stances(store, query) if len(hits) == query.limit else len(hits)
    nothing = "no stance fits; try fewer filters, or `onrecord events` to see what was done"
    return _show(args, hits, total, "render_stance_hits", nothing)


def _show(args: argparse.Namespace, hits: Sequence[Any], total: int, table: str, nothing: str) -> int:
    """Writes the hits as JSON Lines, or as the table that ``event_tables`` makes of them; 0."""
    if chosen_format(args) == "jsonl":
        for hit in hits:
            write_json(hit)
    elif hits:
        from onrecord import event_tables  # tables are slow to load, and JSON needs none
        from onrecord.console import open_console

        open_console().print(getattr(event_tables, table)(hits))
    else:
        say(nothing)
    if total > len(hits):
        say(f"{len(hits)} of {total} shown; --limit 0 shows all")
    return 0
