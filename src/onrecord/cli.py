"""The command line: the grammar of ``onrecord``, and what happens when something goes wrong.

Only the grammar is here, so that ``onrecord --help`` answers at once; the
module behind a command is imported when the command is given
(docs/decisions/0003-cli.md). docs/cli.md is made from this grammar.
"""

from __future__ import annotations

import argparse
import contextlib
import importlib
import io
import os
import sys
from collections.abc import Callable, Sequence
from datetime import date

from onrecord.errors import OnrecordError, UsageError
from onrecord.version import VERSION

TYPE_CHECKING = False  # checkers take this as true; importing typing would cost a fifth of `onrecord --help`
if TYPE_CHECKING:
    from typing import Any, NoReturn

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
DEFAULT_RECORD = "record.sqlite"
MODES = ("direct", "indirect", "mixed")
ACTS = tuple(
    "assert deny promise request demand offer accept reject accuse threaten praise warn ask believe intend "
    "other".split()
)
KINDS = ("person", "organization", "country", "group", "place")


class Parser(argparse.ArgumentParser):
    """A parser whose errors are one line, like all others."""

    def error(self, message: str) -> NoReturn:
        """Raise UsageError instead of printing the usage and leaving."""
        raise UsageError(f"{message}; `{self.prog} --help` shows what it takes")


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit code; errors are one line on standard error."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    debug = "--debug" in arguments
    try:
        args = build_parser().parse_args([word for word in arguments if word != "--debug"])
        _start_log(debug)
        _spare_narrow_terminals()
        code = _find_command(args.run)(args)
        sys.stdout.flush()
    except OnrecordError as error:
        return _fail(str(error), error.exit_code, debug)
    except KeyboardInterrupt as error:
        return _fail(str(error) or "interrupted", 130, debug)
    except BrokenPipeError:
        _let_go_of_output()
        return 141
    except OSError as error:
        _let_go_of_output()
        return _fail(f"{_describe(error)}; free some space or choose another place, then try again", 1, debug)
    except Exception as error:  # noqa: BLE001 - the last resort: a defect of ours is still one line
        what = f"{type(error).__name__}: {error}"
        return _fail(f"a defect of onrecord: {what}; please report it with what --debug shows", 1, debug)
    return code


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

    for add in (_add_reading, _add_asking, _add_actors, _add_keeping, _add_deciding, _add_checking):
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


def _add_reading(command: Callable[..., Parser]) -> None:
    read = command(
        "read",
        "reading:read",
        "Read documents into a record, or show who said what.",
        "Paths are text, HTML and JSON Lines files, directories, or - for standard input. With --record (or "
        "$ONRECORD_RECORD) documents go into the record; those it already holds from this model and version "
        "are passed over. Without, the readings are shown: a table on a terminal, JSON Lines in a pipe.",
    )
    read.add_argument("paths", nargs="+", metavar="PATH", help="file, directory, or - for standard input")
    read.add_argument("--record", metavar="FILE", help="the record to read into; made if there is none")
    _add_format(read, "jsonl", "table", more="; with --record nothing is shown unless this is given")
    _add_date(read, "the day the documents were published; wins over what they say themselves")
    _add_confidence(read, "show only statements at least so confident; the record keeps all")

    reread = command(
        "reread",
        "reading:reread",
        "Read stored documents again, with today's model or a corrected date.",
        "Without KEY, all documents that another model or version read. What people decided stays.",
    )
    reread.add_argument("keys", nargs="*", metavar="KEY", help="document id, its first digits, or given id")
    _add_record(reread)
    _add_date(reread, "the corrected day of publication (needs KEY)")


def _add_asking(command: Callable[..., Parser]) -> None:
    show = command(
        "show",
        "showing:show",
        "Show an article with its statements marked.",
        "KEY is a document of the record; FILE is an article that is read now, or a JSON line.",
    )
    show.add_argument(
        "document", metavar="KEY|FILE", help="document id, its first digits, given id, or a file"
    )
    _add_record(show)
    show.add_argument(
        "--html", metavar="OUT", help="write one self-contained page instead (- for standard output)"
    )
    _add_format(show, "text", "jsonl", more="; text is the marked article")
    _add_date(show, "the day a FILE was published")
    _add_confidence(show)

    search = command(
        "search",
        "showing:search",
        "Search what was said.",
        'All words must occur; "words in quotation marks" stand together; word* is any word that begins so. '
        "Without WORDS, the filters alone decide.",
    )
    search.add_argument("words", nargs="*", metavar="WORDS", help="what was said")
    _add_filters(search)
    search.add_argument(
        "--limit", type=_count, default=50, metavar="N", help="at most so many (default 50; 0: all)"
    )
    _add_format(search, "jsonl", "table")

    speakers = command("speakers", "showing:speakers", "List who speaks, the most heard first.")
    _add_filters(speakers)
    speakers.add_argument(
        "--limit", type=_count, default=0, metavar="N", help="at most so many (default: all)"
    )
    _add_format(speakers, "jsonl", "table")

    explain = command(
        "explain",
        "explaining:explain",
        "Say why a statement is as it is: each part, its words, what decided it.",
        "STATEMENT is an id as `onrecord search` gives it, or the first digits of one.",
    )
    explain.add_argument("statement", metavar="STATEMENT", help="statement id, or the first digits of one")
    _add_record(explain)
    explain.add_argument("--document", metavar="KEY", help="needed only if two documents share the id")
    _add_format(explain, "text", "jsonl")


def _add_actors(command: Callable[..., Parser]) -> None:
    actors = command(
        "actors",
        "actors:listing",
        "List the table of actors; explain, add and correct them.",
        "Rows that people add or correct are kept in the record and win over the shipped ones; what was read "
        "follows at once, without reading again (docs/actors.md). Without a record: the shipped rows.",
    )
    _add_record(actors)
    actors.add_argument("--name", metavar="NAME", help="who goes by this name, whole or in part")
    actors.add_argument(
        "--country", metavar="CODE", help="of this state (ISO 3166-1: FRA) or kind of body (IGO)"
    )
    actors.add_argument("--kind", choices=KINDS, help="only of this kind")
    actors.add_argument("--office", metavar="OFFICE", help='who held it: "foreign minister", "president"')
    actors.add_argument("--on", type=_day, metavar="YYYY-MM-DD", help="only offices held on that day")
    actors.add_argument("--own", action="store_true", help="only rows that people wrote into the record")
    actors.add_argument(
        "--limit", type=_count, default=50, metavar="N", help="at most so many (default 50; 0: all)"
    )
    _add_format(actors, "jsonl", "table")
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
    why.add_argument("--on", type=_day, metavar="YYYY-MM-DD", help="only offices held on that day")
    _add_format(why, "text", "jsonl")

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
        "number", type=_count, metavar="NUMBER", help="as `onrecord actors decisions` gives it"
    )
    for parser in (add, correct, link, unlink, withdraw):
        parser.add_argument("--by", metavar="WHO", help="whose decision it is")
    decisions = part("decisions", "actors:decisions", "List what people decided about actors.")
    _add_format(decisions, "jsonl", "table")


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


def _add_keeping(command: Callable[..., Parser]) -> None:
    load = command(
        "load",
        "keeping:load",
        "Load JSON Lines that `onrecord read` or `onrecord export` wrote.",
        "Lossless: what comes out of the record again is what went in. Readings and people's decisions may "
        "stand in one file; a decision on a document that is not here yet waits for it.",
    )
    load.add_argument("files", nargs="+", metavar="FILE", help="JSON Lines file, or - for standard input")
    _add_record(load)

    export = command(
        "export",
        "keeping:export",
        "Write the record out.",
        "All documents, statements as rows, or decisions.",
    )
    _add_record(export)
    export.add_argument(
        "--format", choices=("jsonl", "csv"), default="jsonl",
        help="jsonl: one reading per line, loads back; csv: one statement per row",
    )  # fmt: skip
    export.add_argument(
        "--decisions", action="store_true",
        help="instead, what people decided on statements and actors: JSON Lines that `onrecord load` takes",
    )  # fmt: skip
    export.add_argument(
        "--undecided",
        action="store_true",
        help="readings as the machine made them, without people's decisions",
    )
    export.add_argument("--out", metavar="FILE", help="where to (default: standard output)")
    _add_confidence(export)

    forget = command(
        "forget",
        "keeping:forget",
        "Remove a document and all that came from it.",
        "Statements, people's decisions on them, and the words themselves go from the file for good.",
    )
    forget.add_argument("key", metavar="KEY", help="document id, its first digits, or given id")
    _add_record(forget)
    forget.add_argument("--yes", action="store_true", help="do not ask")

    verify = command(
        "verify",
        "keeping:verify",
        "Prove every span of a record, or of a JSON Lines file, against its text.",
        "One line per defect; the exit code is 1 if there are any.",
    )
    verify.add_argument("file", nargs="?", metavar="FILE", help="a JSON Lines file (default: the record)")
    verify.add_argument(
        "--rebuild",
        action="store_true",
        help="first make the record's index anew from readings and decisions",
    )
    _add_record(verify)
    _add_format(verify, "jsonl", "table")


def _add_deciding(command: Callable[..., Parser]) -> None:
    correct = command(
        "correct",
        "deciding:correct",
        "Put right who made a statement.",
        "The decision is kept beside the machine's reading and survives a new one.",
    )
    correct.add_argument("statement", metavar="STATEMENT", help="statement id, as `onrecord search` gives it")
    who = correct.add_mutually_exclusive_group(required=True)
    who.add_argument("--speaker", metavar="NAME", help="the actor's name or id")
    who.add_argument("--nobody", action="store_true", help="nobody is named")
    who.add_argument("--withdraw", action="store_true", help="take the correction back")
    review = command("review", "deciding:review", "Accept or reject a statement that the machine found.")
    review.add_argument("statement", metavar="STATEMENT", help="statement id, as `onrecord search` gives it")
    review.add_argument("verdict", choices=("accept", "reject", "withdraw"), help="withdraw takes it back")
    for parser in (correct, review):
        _add_record(parser)
        parser.add_argument("--document", metavar="KEY", help="needed only if two documents share the id")
        parser.add_argument("--by", metavar="WHO", help="whose decision it is")


def _add_checking(command: Callable[..., Parser]) -> None:
    doctor = command("doctor", "checking:doctor", "Check the installation and the record; say what to do.")
    _add_record(doctor)

    evaluate = command(
        "evaluate",
        "checking:evaluate",
        "Score readings against annotated text.",
        "Tasks and layouts: docs/evaluation.md.",
    )
    evaluate.add_argument("task", metavar="TASK", help="attribution, tokens or intl")
    evaluate.add_argument("file", metavar="FILE", help="the gold, in the layout of the task")
    evaluate.add_argument("--json", action="store_true", help="one JSON object with every figure")
    evaluate.add_argument("--texts", metavar="FILE", help="the article texts of task tokens")
    evaluate.add_argument("--readings", metavar="FILE", help="score these readings instead of reading afresh")
    evaluate.add_argument("--errors", metavar="FILE", help="write a JSON line for every fault")
    _add_confidence(evaluate, "score only what is at least so confident")


def _add_record(parser: Parser) -> None:
    parser.add_argument("--record", metavar="FILE", help=f"default: $ONRECORD_RECORD, else {DEFAULT_RECORD}")


def _add_format(parser: Parser, *choices: str, more: str = "") -> None:
    default = f"default: {'text' if 'text' in choices else 'table'} on a terminal, else jsonl"
    parser.add_argument("--format", choices=choices, help=default + more)


def _add_date(parser: Parser, meaning: str) -> None:
    parser.add_argument("--date", type=_day, metavar="YYYY-MM-DD", help=meaning)


def _add_confidence(parser: Parser, meaning: str = "only statements at least so confident") -> None:
    parser.add_argument(
        "--min-confidence", type=_probability, default=0.0, metavar="X", help=f"{meaning} (0 to 1)"
    )


def _add_filters(parser: Parser) -> None:
    _add_record(parser)
    parser.add_argument("--speaker", metavar="NAME", help="who said it: name, last name or actor id")
    parser.add_argument("--outlet", metavar="NAME", help="who published it")
    parser.add_argument("--since", type=_day, metavar="YYYY-MM-DD", help="published on that day or later")
    parser.add_argument("--until", type=_day, metavar="YYYY-MM-DD", help="published on that day or earlier")
    parser.add_argument("--mode", choices=MODES, help="verbatim, paraphrase, or some of each")
    parser.add_argument("--act", choices=ACTS, help="what is done by saying it")
    parser.add_argument(
        "--country", metavar="CODE", help="the speaker's state (ISO 3166-1: FRA) or kind of body"
    )
    parser.add_argument("--document", metavar="KEY", help="only in this document")
    _add_confidence(parser)


def _day(value: str) -> str:
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError:
        message = f"{value!r} is not a date; write it as YYYY-MM-DD, such as 1962-10-28"
        raise argparse.ArgumentTypeError(message) from None


def _probability(value: str) -> float:
    try:
        number = float(value)
    except ValueError:
        number = -1.0
    if not 0 <= number <= 1:
        raise argparse.ArgumentTypeError(
            f"{value!r} is not a confidence; give a number from 0 to 1, such as 0.9"
        )
    return number


def _count(value: str) -> int:
    if not value.isdecimal():
        raise argparse.ArgumentTypeError(f"{value!r} is not a count; give a whole number, 0 for all")
    return int(value)


def _start_log(debug: bool) -> None:
    import logging  # not for --help, which logs nothing

    logging.basicConfig(level=logging.DEBUG if debug else logging.ERROR, format="%(name)s: %(message)s")


def _spare_narrow_terminals() -> None:
    """A terminal without Unicode shows ? for what it cannot; JSON is written as bytes and stays whole."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")


def _find_command(name: str) -> Callable[[argparse.Namespace], int]:
    module, function = name.split(":")
    found: Any = getattr(importlib.import_module(module), function)
    return found  # type: ignore[no-any-return]


def _fail(message: str, code: int, debug: bool) -> int:
    """Says on standard error, in one line, what went wrong; returns the exit code."""
    if debug:
        import traceback

        traceback.print_exc()
    line = "".join(char if char.isprintable() else "\ufffd" for char in " ".join(message.split()))
    sys.stderr.write(f"onrecord: {line}\n")
    return code


def _describe(error: OSError) -> str:
    name = f"{os.fsdecode(error.filename)}: " if isinstance(error.filename, str | bytes) else ""
    return f"{name}{error.strerror or error}"


def _let_go_of_output() -> None:
    """Points standard output at nothing, so that Python does not fail again when it flushes at exit."""
    with contextlib.suppress(OSError, ValueError):  # no real file is behind it in a test
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
