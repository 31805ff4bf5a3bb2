"""``show``, ``search`` and ``speakers``: what the record, or one article, holds."""

from __future__ import annotations

import argparse
from pathlib import Path

from onrecord import query as queries
from onrecord.commands.output import (
    chosen_format,
    open_output,
    record_path,
    say,
    write_json,
    write_output,
)
from onrecord.confidence import keep_confident
from onrecord.errors import SourceError, UsageError
from onrecord.query import Query
from onrecord.records import Reading
from onrecord.store import open_record
from onrecord.wire import read_line, write_line


def show(args: argparse.Namespace) -> int:
    """Shows one article with its statements marked; see ``onrecord show --help``."""
    reading = _get_reading(args)
    if args.html:
        from onrecord.pages import to_html

        page = to_html(reading, min_confidence=args.min_confidence)
        with open_output(args.html, record=record_path(args)) as out:
            out.write(page.encode())
    elif chosen_format(args, "text") == "jsonl":
        write_output(write_line(keep_confident(reading, args.min_confidence)) + b"\n")
    else:
        from onrecord.console import TABLE_WIDTH, open_console
        from onrecord.terminal import render_article

        console = open_console()
        article = render_article(reading, console, min_confidence=args.min_confidence)
        console.print(article, width=min(console.width, TABLE_WIDTH))
    return 0


def search(args: argparse.Namespace) -> int:
    """Shows the statements that fit; see ``onrecord search --help``."""
    query = _query(args, words=" ".join(args.words) or None)
    with open_record(record_path(args), create=False, readonly=True) as store:
        hits = queries.search(store, query)
        total = queries.count(store, query) if len(hits) == query.limit else len(hits)
    if chosen_format(args) == "jsonl":
        for hit in hits:
            write_json(hit)
    elif hits:
        from onrecord.console import open_console
        from onrecord.terminal import render_hits

        open_console().print(render_hits(hits))
    else:
        say("nothing found; try fewer words, a word* with its ending open, or fewer filters")
    if total > len(hits):
        say(f"{len(hits)} of {total} shown; --limit 0 shows all")
    return 0


def speakers(args: argparse.Namespace) -> int:
    """Lists who speaks; see ``onrecord speakers --help``."""
    with open_record(record_path(args), create=False, readonly=True) as store:
        rows = queries.speakers(store, _query(args))
    if chosen_format(args) == "jsonl":
        for row in rows:
            write_json(row)
        return 0
    from onrecord.console import open_console
    from onrecord.terminal import render_speakers

    if rows:
        open_console().print(render_speakers(rows))
    if not rows:
        say("nobody is named in what fits; try fewer filters, or `onrecord search` to see what was said")
    return 0


def _query(args: argparse.Namespace, words: str | None = None) -> Query:
    return Query(
        words=words,
        speaker=args.speaker,
        outlet=args.outlet,
        since=args.since,
        until=args.until,
        mode=args.mode,
        act=args.act,
        country=args.country,
        document=args.document,
        min_confidence=args.min_confidence,
        limit=args.limit or None,
    )


def _get_reading(args: argparse.Namespace) -> Reading:
    """The reading of a file that is there, else of the document that the record knows by that key."""
    if args.document == "-" or Path(args.document).is_file():
        return _read_file(args)
    if args.date:
        raise UsageError(
            f"--date is for files; `onrecord reread {args.document} --date …` corrects a stored one"
        )
    if args.no_events or args.event_confidence is not None:
        raise UsageError(
            f"--no-events and --event-confidence are for files; `onrecord reread {args.document}` takes them"
        )
    path = record_path(args)
    if not Path(path).exists() and not args.record:
        raise UsageError(f"{args.document} is no file, and there is no record {path}; name one with --record")
    with open_record(path, create=False, readonly=True) as store:
        return store.get_reading(args.document)


def _read_file(args: argparse.Namespace) -> Reading:
    path = args.document
    if path != "-":
        try:
            with Path(path).open("rb") as stream:
                line = stream.readline() if stream.peek(16).startswith(b'{"onrecord"') else b""
        except OSError as error:
            raise SourceError(f"{path}: {error.strerror}; name a file that can be read") from error
        if line:
            return read_line(line, origin=f"{path}:1")
    from onrecord import pipeline
    from onrecord.commands.reading import load_engine
    from onrecord.sources import find_documents

    errors: list[SourceError] = []
    raws = find_documents([path], published=args.date, on_error=errors.append)
    raw = next(raws, None)
    if raw is None:
        raise errors[0] if errors else SourceError(f"{path}: holds no document; name a file with one")
    reading = pipeline.read(raw, engine=load_engine(args))
    if next(raws, None) is not None:
        say(f"{path} holds several documents; the first is shown, `onrecord read` reads them all")
    return reading
