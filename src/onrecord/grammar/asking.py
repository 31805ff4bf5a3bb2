"""The commands that answer questions: their arguments."""

from __future__ import annotations

from collections.abc import Callable

from onrecord.grammar.options import (
    Parser,
    add_confidence,
    add_date,
    add_events_read,
    add_filters,
    add_format,
    add_record,
    count,
)


def add_asking(command: Callable[..., Parser]) -> None:
    """Add ``show``, ``search``, ``speakers`` and ``explain``."""
    show = command(
        "show",
        "showing:show",
        "Show an article with its statements marked.",
        "KEY is a document of the record; FILE is an article that is read now, or a JSON line.",
    )
    show.add_argument(
        "document", metavar="KEY|FILE", help="document id, its first digits, given id, or a file"
    )
    add_record(show)
    show.add_argument(
        "--html", metavar="OUT", help="write one self-contained page instead (- for standard output)"
    )
    add_format(show, "text", "jsonl", more="; text is the marked article")
    add_date(show, "the day a FILE was published")
    add_confidence(show)
    add_events_read(show)

    search = command(
        "search",
        "showing:search",
        "Search what was said.",
        'All words must occur; "words in quotation marks" stand together; word* is any word that begins so. '
        "Without WORDS, the filters alone decide.",
    )
    search.add_argument("words", nargs="*", metavar="WORDS", help="what was said")
    add_filters(search)
    search.add_argument(
        "--limit", type=count, default=50, metavar="N", help="at most so many (default 50; 0: all)"
    )
    add_format(search, "jsonl", "table")

    speakers = command("speakers", "showing:speakers", "List who speaks, the most heard first.")
    add_filters(speakers)
    speakers.add_argument(
        "--limit", type=count, default=0, metavar="N", help="at most so many (default: all)"
    )
    add_format(speakers, "jsonl", "table")

    explain = command(
        "explain",
        "explaining:explain",
        "Say why a statement or event is as it is: each part, its words, what decided it.",
        "ID is one as `onrecord search` or `onrecord events` gives it, or the first digits of one.",
    )
    explain.add_argument("claim", metavar="ID", help="statement or event id, or the first digits of one")
    add_record(explain)
    explain.add_argument("--document", metavar="KEY", help="needed only if two documents share the id")
    add_format(explain, "text", "jsonl")
