"""``events`` and ``stances``: who did what to whom, and who stands how to whom."""

from __future__ import annotations

import argparse

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
    if chosen_format(args) == "jsonl":
        for hit in hits:
            write_json(hit)
    elif hits:
        from onrecord.console import open_console
        from onrecord.event_tables import render_event_hits

        open_console().print(render_event_hits(hits))
    else:
        say("no event fits; try fewer filters, `onrecord actors --name` for a name, or `onrecord search`")
    _say_rest(len(hits), total)
    return 0


def stances(args: argparse.Namespace) -> int:
    """Shows the stances that fit; see ``onrecord stances --help``."""
    query = StanceQuery(
        limit=args.limit or None,
        **{name: getattr(args, name) for name in ("holder", "target", "polarity", *_SHARED)},
    )
    with open_record(record_path(args), create=False, readonly=True) as store:
        hits = search_stances(store, query)
        total = count_stances(store, query) if len(hits) == query.limit else len(hits)
    if chosen_format(args) == "jsonl":
        for hit in hits:
            write_json(hit)
    elif hits:
        from onrecord.console import open_console
        from onrecord.event_tables import render_stance_hits

        open_console().print(render_stance_hits(hits))
    else:
        say("no stance fits; try fewer filters, or `onrecord events` to see what was done")
    _say_rest(len(hits), total)
    return 0


def _say_rest(shown: int, total: int) -> None:
    if total > shown:
        say(f"{shown} of {total} shown; --limit 0 shows all")
