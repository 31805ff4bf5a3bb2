"""``read`` and ``reread``: documents into a record, or onto standard output."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack

from onrecord import pipeline
from onrecord.commands.output import (
    RECORD_VARIABLE,
    Failures,
    chosen_format,
    many,
    progress,
    record_path,
    say,
    write_output,
)
from onrecord.confidence import keep_confident
from onrecord.errors import UsageError
from onrecord.records import Reading
from onrecord.sources import RawDocument, find_documents
from onrecord.store import Store, open_record
from onrecord.text import identify
from onrecord.wire import write_line


def read(args: argparse.Namespace) -> int:
    """Reads what the paths hold, one document after the other; see ``onrecord read --help``."""
    failures = Failures()
    tally = Tally()
    path = args.record or os.environ.get(RECORD_VARIABLE)
    style = args.format if path else chosen_format(args)
    show = _shower(style, args.min_confidence)
    with ExitStack() as stack:
        # The record first: that it cannot be opened should not come to light after an hour's reading.
        store = stack.enter_context(open_record(path)) if path else None
        engine = load_engine(args)
        raws = find_documents(args.paths, published=args.date, on_error=failures.report)
        fresh = _pass_over_held(raws, store, engine, tally, show)
        advance = stack.enter_context(progress("Reading", visible=style is None or not sys.stdout.isatty()))
        try:
            for reading in pipeline.read_many(fresh, engine=engine, on_error=failures.report):
                _keep(reading, store, tally, show)
                advance(tally.read)
        except KeyboardInterrupt:
            raise KeyboardInterrupt(_interrupted(tally, path)) from None
    if path and tally.read + tally.held:
        say(f"{path}: {tally}")
    if not tally.read + tally.held and not failures.count:
        say("nothing to read: the paths hold no document; name files, directories or - for standard input")
    return failures.exit_code(tally.read + tally.held)


def reread(args: argparse.Namespace) -> int:
    """Reads stored documents again; see ``onrecord reread --help``."""
    if args.date and not args.keys:
        raise UsageError("--date corrects single documents; name them: onrecord reread KEY --date YYYY-MM-DD")
    tally = Tally()
    path = record_path(args)
    with ExitStack() as stack:
        store = stack.enter_context(open_record(path, create=False))
        ids = [store.resolve(key) for key in args.keys]
        engine = load_engine(args)
        otherwise = args.no_events or args.event_confidence is not None
        stored = _stored(store, ids, None if otherwise else engine)
        advance = stack.enter_context(progress("Reading again", visible=True))
        try:
            for reading in stored:
                _keep(pipeline.reread(reading, engine=engine, published=args.date), store, tally, None)
                advance(tally.read)
        except KeyboardInterrupt:
            raise KeyboardInterrupt(_interrupted(tally, path)) from None
    if tally.read:
        say(f"{path}: {tally}")
    else:
        say(f"{path}: every document is read by this model and version already; name one to read it anyway")
    return 0


def load_engine(args: argparse.Namespace) -> pipeline.Engine:
    """The engine, told which events to report."""
    if args.event_confidence is None:
        return pipeline.Engine.load(events=not args.no_events)
    return pipeline.Engine.load(least_event=args.event_confidence)


class Tally:
    """What one run did, for its last line."""

    def __init__(self) -> None:
        self.read = self.held = self.replaced = self.unchanged = self.statements = self.events = 0

    def __str__(self) -> str:
        parts = [f"{many(self.read, 'document')} read, {many(self.statements, 'statement')}"]
        if self.events:
            parts[0] += f", {many(self.events, 'event')}"
        if self.replaced:
            parts.append(f"{self.replaced} in place of an earlier reading")
        if self.unchanged:
            parts.append(f"{self.unchanged} as before")
        if self.held:
            parts.append(f"{self.held} passed over, already read by this model and version")
        return "; ".join(parts)


def _keep(
    reading: Reading, store: Store | None, tally: Tally, show: Callable[[Reading], None] | None
) -> None:
    if store:
        outcome = store.write(reading)
        tally.replaced += outcome == "replaced"
        tally.unchanged += outcome == "unchanged"
    tally.read += 1
    tally.statements += len(reading.statements)
    tally.events += len(reading.events)
    if show:
        show(reading)


def _pass_over_held(
    raws: Iterable[RawDocument],
    store: Store | None,
    engine: pipeline.Engine,
    tally: Tally,
    show: Callable[[Reading], None] | None,
) -> Iterator[RawDocument]:
    """The documents that still have to be read; those that the record holds are only counted and shown."""
    for raw in raws:
        held = _find_held(raw, store, engine) if store else None
        if held is None:
            yield raw
            continue
        tally.held += 1
        if show:
            show(held)


def _find_held(raw: RawDocument, store: Store, engine: pipeline.Engine) -> Reading | None:
    """The stored reading that reading ``raw`` now would give again; None if it would differ.

    A corrected date, title or outlet makes it differ, as does another model.
    """
    doc_id = identify(raw)
    if not store.has(doc_id, engine.produced_by):
        return None
    reading = store.get_reading(doc_id)
    given = {
        name: getattr(raw, name) for name in ("given_id", "url", "title", "outlet", "author", "published")
    }
    same = all(value is None or getattr(reading.document, name) == value for name, value in given.items())
    return reading if same else None


def _stored(store: Store, ids: list[str], engine: pipeline.Engine | None) -> Iterator[Reading]:
    """The named readings as the machine made them; without names, those that ``engine`` did not make."""
    if ids:
        yield from (store.get_reading(doc_id, decided=False) for doc_id in ids)
        return
    for reading in store.readings(decided=False):
        if engine is None or reading.produced_by != engine.produced_by:
            yield reading


def _shower(style: str | None, min_confidence: float) -> Callable[[Reading], None] | None:
    """What to do with each reading so that the user sees it; None if nothing was asked for."""
    if style == "jsonl":
        return lambda reading: write_output(write_line(keep_confident(reading, min_confidence)) + b"\n")
    if style == "table":
        from onrecord.console import open_console
        from onrecord.terminal import render_statements

        console = open_console()
        return lambda reading: console.print(render_statements(reading, min_confidence=min_confidence))
    return None


def _interrupted(tally: Tally, path: str | None) -> str:
    if path is None:
        return f"interrupted after {many(tally.read, 'document')}"
    return f"interrupted; {many(tally.read, 'document')} read and kept in {path}; run it again to go on"
