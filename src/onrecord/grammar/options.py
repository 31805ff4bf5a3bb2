"""What several commands take: their common options, and how what is typed becomes a value."""

from __future__ import annotations

import argparse
from datetime import date

from onrecord.errors import UsageError

TYPE_CHECKING = False  # as in cli.py: importing typing would cost a fifth of `onrecord --help`
if TYPE_CHECKING:
    from typing import NoReturn

DEFAULT_RECORD = "record.sqlite"
MODES = ("direct", "indirect", "mixed")
ACTS = tuple(
    "assert deny promise request demand offer accept reject accuse threaten praise warn ask believe intend "
    "other".split()
)
EVENT_TYPES = tuple(
    "AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT THREATEN PROTEST SANCTION "
    "MOBILIZE COERCE ASSAULT".split()
)
MODALITIES = ("actual", "future", "hypothetical", "negated", "historical")
POLARITIES = ("support", "oppose")
KINDS = ("person", "organization", "country", "group", "place")


class Parser(argparse.ArgumentParser):
    """A parser whose errors are one line, like all others."""

    def error(self, message: str) -> NoReturn:
        """Raise UsageError instead of printing the usage and leaving."""
        raise UsageError(f"{message}; `{self.prog} --help` shows what it takes")


def add_record(parser: Parser) -> None:
    """Give a command ``--record``."""
    parser.add_argument("--record", metavar="FILE", help=f"default: $ONRECORD_RECORD, else {DEFAULT_RECORD}")


def add_format(parser: Parser, *choices: str, more: str = "") -> None:
    """Give a command ``--format``; tables on a terminal and JSON Lines elsewhere are the default."""
    default = f"default: {'text' if 'text' in choices else 'table'} on a terminal, else jsonl"
    parser.add_argument("--format", choices=choices, help=default + more)


def add_date(parser: Parser, meaning: str) -> None:
    """Give a command ``--date``."""
    parser.add_argument("--date", type=day, metavar="YYYY-MM-DD", help=meaning)


def add_confidence(parser: Parser, meaning: str = "only statements at least so confident") -> None:
    """Give a command ``--min-confidence``."""
    parser.add_argument(
        "--min-confidence", type=probability, default=0.0, metavar="X", help=f"{meaning} (0 to 1)"
    )


def add_events_read(parser: Parser) -> None:
    """Give a command that reads ``--no-events`` and ``--event-confidence``."""
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--no-events", action="store_true", help="read statements only; faster")
    which.add_argument(
        "--event-confidence",
        type=probability,
        metavar="X",
        help="report events from this confidence (default: few false ones; lower finds more; docs/events.md)",
    )


def add_filters(parser: Parser) -> None:
    """Give a command the filters on statements."""
    add_record(parser)
    parser.add_argument("--speaker", metavar="NAME", help="who said it: name, last name or actor id")
    parser.add_argument("--outlet", metavar="NAME", help="who published it")
    parser.add_argument("--since", type=day, metavar="YYYY-MM-DD", help="published on that day or later")
    parser.add_argument("--until", type=day, metavar="YYYY-MM-DD", help="published on that day or earlier")
    parser.add_argument("--mode", choices=MODES, help="verbatim, paraphrase, or some of each")
    parser.add_argument("--act", choices=ACTS, help="what is done by saying it")
    parser.add_argument(
        "--country", metavar="CODE", help="the speaker's state (ISO 3166-1: FRA) or kind of body"
    )
    parser.add_argument("--document", metavar="KEY", help="only in this document")
    add_confidence(parser)


def day(value: str) -> str:
    """The ISO day that was typed."""
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError:
        message = f"{value!r} is not a date; write it as YYYY-MM-DD, such as 1962-10-28"
        raise argparse.ArgumentTypeError(message) from None


def probability(value: str) -> float:
    """The number from 0 to 1 that was typed."""
    try:
        number = float(value)
    except ValueError:
        number = -1.0
    if not 0 <= number <= 1:
        raise argparse.ArgumentTypeError(
            f"{value!r} is not a confidence; give a number from 0 to 1, such as 0.9"
        )
    return number


def count(value: str) -> int:
    """The whole number that was typed."""
    if not value.isdecimal():
        raise argparse.ArgumentTypeError(f"{value!r} is not a count; give a whole number, 0 for all")
    return int(value)
