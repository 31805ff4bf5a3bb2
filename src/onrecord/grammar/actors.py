"""The commands about the table of actors: their arguments."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from onrecord.grammar.options import DEFAULT_RECORD, KINDS, Parser, add_format, add_record, count, day


def add_actors(command: Callable[..., Parser]) -> None:
    """Add ``actors`` and its parts."""
    actors = command(
        "actors",
        "actors:listing",
        "List the table of actors; explain, add and correct them.",
        "Rows that people add or correct are kept in the record and win over the shipped ones; what was read "
        "follows at once, without reading again (docs/actors.md). Without a record: the shipped rows.",
    )
    add_record(actors)
    actors.add_argument("--name", metavar="NAME", help="who goes by this name, whole or in part")
    actors.add_argument(
        "--country", metavar="CODE", help="of this state (ISO 3166-1: FRA) or kind of body (IGO)"
    )
    actors.add_argument("--kind", choices=KINDS, help="only of this kind")
    actors.add_argument("--office", metavar="OFFICE", help='who held it: "foreign minister", "president"')
    actors.add_argument("--on", type=day, metavar="YYYY-MM-DD", help="only offices held on that day")
    actors.add_argument("--own", action="store_true", help="only rows that people wrote into the record")
    actors.add_argument(
        "--limit", type=count, default=50, metavar="N", help="at most so many (default 50; 0: all)"
    )
    add_format(actors, "jsonl", "table")
    parts = actors.add_subparsers(title="what to do with them (default: list)", metavar="PART")

    def part(name: str, run: str, summary: str, more: str = "") -> Parser:
        made: Parser = parts.add_parser(
            name, help=summary[0].lower() + summary[1:].rstrip("."), description=f"{summary} {more}".strip()
        )
        made.set_defaults(run=f"onrecord.commands.{run}")
        # Without a default of its own, so that --record before the part's name holds too.
        made.add_argument(
            "--record", metavar="FILE", default=argparse.SUPPRESS,
            help=f"default: $ONRECORD_RECORD, else {DEFAULT_RECORD}",
        )  # fmt: skip
        return made

    why = part("explain", "actors:explain", "Say what is known of an actor, and from where.")
    why.add_argument("actor", metavar="ACTOR", help="id or name")
    why.add_argument("--on", type=day, metavar="YYYY-MM-DD", help="only offices held on that day")
    add_format(why, "text", "jsonl")

    add = part(
        "add",
        "actors:add",
        "Add an actor, or an office that one held.",
        "A CSV file has the columns of the shipped table (docs/actors.md); a broken row is reported, the "
        "others are added.",
    )
    add.add_argument("name", nargs="?", metavar="NAME", help="the fullest usual name, or the id of one known")
    add.add_argument("--file", metavar="FILE", help="add the rows of a CSV file instead")
    add.add_argument("--id", metavar="ID", help="Wikidata id (default: user: and the name)")
    _add_actor_fields(add)

    correct = part("correct", "actors:correct", "Correct what the table says of an actor; the rest stays.")
    correct.add_argument("actor", metavar="ACTOR", help="id or name")
    correct.add_argument("--name", metavar="NAME", help="the fullest usual name")
    correct.add_argument(
        "--was", metavar="DATE", help="start of the term that is wrong (where there are several)"
    )
    _add_actor_fields(correct)

    link = part("link", "actors:link", "Say that an actor of the record is another one.")
    link.add_argument("actor", metavar="ACTOR", help="id or name, as the record has it: local:marlow")
    link.add_argument("target", metavar="ID", help="id or name of the actor that it is")
    unlink = part("unlink", "actors:unlink", "Say that an actor of the record is not who it is linked to.")
    unlink.add_argument("actor", metavar="ACTOR", help="id or name, as the record has it")
    for parser in (link, unlink):
        parser.add_argument("--document", metavar="KEY", help="only in this document (default: in all)")
    withdraw = part("withdraw", "actors:withdraw", "Take a decision on actors back.")
    withdraw.add_argument(
        "number", type=count, metavar="NUMBER", help="as `onrecord actors decisions` gives it"
    )
    for parser in (add, correct, link, unlink, withdraw):
        parser.add_argument("--by", metavar="WHO", help="whose decision it is")
    decisions = part("decisions", "actors:decisions", "List what people decided about actors.")
    add_format(decisions, "jsonl", "table")


def _add_actor_fields(parser: Parser) -> None:
    parser.add_argument("--kind", choices=KINDS, help="what it is (default for a new one: person)")
    parser.add_argument("--country", metavar="CODE", help="ISO 3166-1 (FRA), or IGO, UNO, EUR, NGO, MNC")
    parser.add_argument("--sector", metavar="CODE", help="PLOVER sector: GOV, MIL, JUD, LEG, JRN …")
    parser.add_argument(
        "--alias",
        action="append",
        default=[],
        metavar="NAME",
        help="another name it goes by; may be repeated",
    )
    parser.add_argument("--office", metavar="OFFICE", help='an office held: "foreign minister", "head"')
    parser.add_argument("--of", metavar="CODE|ID", help="whose office: a state's code or a body's id")
    parser.add_argument("--title", metavar="TITLE", help="as news words it (default: the office)")
    parser.add_argument("--from", dest="start", metavar="DATE", help="first day: YYYY, YYYY-MM or YYYY-MM-DD")
    parser.add_argument("--to", dest="end", metavar="DATE", help="last day, if the term is over")
