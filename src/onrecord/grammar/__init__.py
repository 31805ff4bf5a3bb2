"""The grammar of ``onrecord``: which commands there are and what they take.

``args.run`` names the function behind a command; nothing here imports one, so
that ``onrecord --help`` answers at once (docs/decisions/0003-cli.md).
docs/cli.md is made from this grammar.
"""

from __future__ import annotations

import argparse

from onrecord.grammar.actors import add_actors
from onrecord.grammar.asking import add_asking
from onrecord.grammar.events import add_events
from onrecord.grammar.judging import add_checking, add_deciding
from onrecord.grammar.options import DEFAULT_RECORD, Parser
from onrecord.grammar.reading import add_keeping, add_reading
from onrecord.version import VERSION

EXIT_CODES = {
    0: "all went well",
    1: "some documents failed and the rest went on; or verify found defects",
    2: "the request makes no sense: a bad date, an unknown id, a missing argument",
    3: "nothing could be read",
    4: "the record cannot be opened, written or trusted",
    5: "the weights or an optional dependency are missing or damaged",
    130: "interrupted with Ctrl-C; what was stored stays",
    141: "the program that the output was piped into closed it",
}


def build_parser() -> Parser:
    """The whole grammar; ``args.run`` names the function behind the command as "module:function"."""
    codes = "\n".join(f"  {code:>3}  {meaning}" for code, meaning in EXIT_CODES.items())
    parser = Parser(
        prog="onrecord",
        description="Read news and keep the record: who said what, tied to the words that prove it.",
        epilog=f"exit codes:\n{codes}\n\n"
        "On a terminal, answers are tables; into a pipe or file, JSON Lines.\n"
        f"The record is --record FILE, else $ONRECORD_RECORD, else ./{DEFAULT_RECORD}.\n"
        "`onrecord COMMAND --help` explains a command. --debug shows the whole error.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"onrecord {VERSION}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)

    def command(name: str, run: str, summary: str, more: str = "") -> Parser:
        made: Parser = commands.add_parser(
            name,
            help=summary[0].lower() + summary[1:].rstrip("."),
            description=f"{summary} {more}".strip(),
            epilog="Exit codes: `onrecord --help`.",
        )
        made.set_defaults(run=f"onrecord.commands.{run}")
        return made

    for add in (add_reading, add_asking, add_events, add_actors, add_keeping, add_deciding, add_checking):
        add(command)
    return parser


def list_commands(parser: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    """Every command by name, in the order of the help; the parts of one ("actors add") after it."""
    listed: dict[str, argparse.ArgumentParser] = {}
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for name, made in action.choices.items():
                listed[name] = made
                listed |= {f"{name} {part}": inner for part, inner in list_commands(made).items()}
    return listed
