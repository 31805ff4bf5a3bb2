"""``correct`` and ``review``: what people decide about statements and events."""

from __future__ import annotations

import argparse

from onrecord.commands.output import record_path, say
from onrecord.decisions import Kind
from onrecord.store import open_record


def correct(args: argparse.Namespace) -> int:
    """Keeps who really made a statement; see ``onrecord correct --help``."""
    return _decide(args, "speaker", args.speaker, withdraw=args.withdraw)


def review(args: argparse.Namespace) -> int:
    """Keeps whether a statement or event is accepted or rejected; see ``onrecord review --help``."""
    return _decide(args, "review", args.verdict, withdraw=args.verdict == "withdraw")


def _decide(args: argparse.Namespace, kind: Kind, value: str | None, *, withdraw: bool) -> int:
    path = record_path(args)
    with open_record(path, create=False) as store:
        if kind == "review":
            found = store.find_claim(args.statement, document=args.document)
            kind = "event" if found.kind == "event" else "review"
            args.statement = found.id
        if withdraw:
            store.withdraw(args.statement, kind, by=args.by, document=args.document)
        else:
            store.decide(args.statement, kind, value, by=args.by, document=args.document)
    what = "taken back" if withdraw else f"set to {value or 'nobody'}"
    of = "review of event" if kind == "event" else f"{kind} of"
    say(f"{path}: {of} {args.statement} {what}; it stays so when the document is read again")
    return 0
