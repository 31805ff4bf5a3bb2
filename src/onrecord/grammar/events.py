"""The commands about events and stances: their arguments."""

from __future__ import annotations

from collections.abc import Callable

from onrecord.grammar.options import (
    EVENT_TYPES,
    MODALITIES,
    POLARITIES,
    Parser,
    add_confidence,
    add_format,
    add_record,
    count,
    day,
)


def add_events(command: Callable[..., Parser]) -> None:
    """Add ``events`` and ``stances``."""
    events = command(
        "events",
        "events:events",
        "Find who did what to whom.",
        "WORDS are looked for in the sentence that tells of the event, as in `onrecord search`; without, the "
        "filters alone decide. All that is given must hold. Types, modes and contexts are those of the "
        "PLOVER manual 2.0. Names may be any that the text or the table of actors has, or an actor's id. "
        "Such as: onrecord events --actor-country USA --quad 4 --modality actual --asserted-by article",
    )
    events.add_argument("words", nargs="*", metavar="WORDS", help="words of the sentence")
    add_record(events)
    _add_parties(events)
    _add_codes(events)
    events.add_argument("--modality", choices=MODALITIES, help="whether it is said to have happened")
    _add_asserter(events)
    events.add_argument("--since", type=day, metavar="YYYY-MM-DD", help="happened on that day or later")
    events.add_argument(
        "--until",
        type=day,
        metavar="YYYY-MM-DD",
        help="happened on that day or earlier; where the text gives no day, the day of publication counts",
    )
    events.add_argument("--outlet", metavar="NAME", help="who published it")
    _add_rest(events, "events")

    stances = command(
        "stances",
        "events:stances",
        "Find who supports or opposes whom.",
        "Only where the text shows it of the two: a stance is somebody's towards somebody, not a tone. "
        "Such as: onrecord stances --target IAEA --polarity oppose",
    )
    add_record(stances)
    stances.add_argument("--holder", metavar="NAME", help="whose stance it is: name or actor id")
    stances.add_argument("--target", metavar="NAME", help="towards whom")
    stances.add_argument("--country", metavar="CODE", help="the state of either (ISO 3166-1: FRA)")
    stances.add_argument("--polarity", choices=POLARITIES, help="only support, or only opposition")
    _add_asserter(stances)
    stances.add_argument("--since", type=day, metavar="YYYY-MM-DD", help="published on that day or later")
    stances.add_argument("--until", type=day, metavar="YYYY-MM-DD", help="published on that day or earlier")
    _add_rest(stances, "stances")


def _add_parties(events: Parser) -> None:
    events.add_argument("--party", metavar="NAME", help="who takes part, in either role")
    events.add_argument("--actor", metavar="NAME", help="who did it")
    events.add_argument("--recipient", metavar="NAME", help="to whom")
    events.add_argument(
        "--country", metavar="CODE", help="the state (ISO 3166-1: FRA) or kind of body (IGO) of a party"
    )
    events.add_argument("--actor-country", metavar="CODE", help="of who did it")
    events.add_argument("--recipient-country", metavar="CODE", help="of whom it was done to")


def _add_codes(events: Parser) -> None:
    events.add_argument(
        "--type",
        action="append",
        type=str.upper,
        choices=EVENT_TYPES,
        metavar="TYPE",
        help=f"what kind of event; may be repeated: {', '.join(EVENT_TYPES)}",
    )
    events.add_argument("--mode", metavar="MODE", help="in which way: visit, arrest, aerial …")
    events.add_argument("--context", metavar="CONTEXT", help="in which field: military, cbrn, territory …")
    events.add_argument(
        "--quad",
        type=int,
        choices=(1, 2, 3, 4),
        metavar="1|2|3|4",
        help="1 verbal, 2 material cooperation; 3 verbal, 4 material conflict",
    )


def _add_asserter(parser: Parser) -> None:
    parser.add_argument(
        "--asserted-by",
        metavar="NAME",
        help="whose statement says so: name or actor id; `article` where no statement does",
    )


def _add_rest(parser: Parser, what: str) -> None:
    parser.add_argument("--document", metavar="KEY", help="only in this document")
    add_confidence(parser, f"only {what} at least so confident")
    parser.add_argument(
        "--limit", type=count, default=50, metavar="N", help="at most so many (default 50; 0: all)"
    )
    add_format(parser, "jsonl", "table")
