"""The commands by which people decide, and those that check: their arguments."""

from __future__ import annotations

from collections.abc import Callable

from onrecord.grammar.options import Parser, add_confidence, add_record


def add_deciding(command: Callable[..., Parser]) -> None:
    """Add ``correct`` and ``review``."""
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
    review = command(
        "review", "deciding:review", "Accept or reject a statement or event that the machine found."
    )
    review.add_argument(
        "statement",
        metavar="ID",
        help="statement or event id, as `onrecord search` or `onrecord events` gives it",
    )
    review.add_argument("verdict", choices=("accept", "reject", "withdraw"), help="withdraw takes it back")
    for parser in (correct, review):
        add_record(parser)
        parser.add_argument("--document", metavar="KEY", help="needed only if two documents share the id")
        parser.add_argument("--by", metavar="WHO", help="whose decision it is")


def add_checking(command: Callable[..., Parser]) -> None:
    """Add ``doctor`` and ``evaluate``."""
    doctor = command("doctor", "checking:doctor", "Check the installation and the record; say what to do.")
    add_record(doctor)

    evaluate = command(
        "evaluate",
        "checking:evaluate",
        "Score readings against annotated text.",
        "Tasks and layouts: docs/evaluation.md.",
    )
    evaluate.add_argument("task", metavar="TASK", help="attribution, intl, events, plover, stance …")
    evaluate.add_argument("file", metavar="FILE", help="the gold, in the layout of the task")
    evaluate.add_argument("--json", action="store_true", help="one JSON object with every figure")
    evaluate.add_argument("--texts", metavar="FILE", help="the article texts of task tokens")
    evaluate.add_argument("--readings", metavar="FILE", help="score these readings instead of reading afresh")
    evaluate.add_argument("--errors", metavar="FILE", help="write a JSON line for every fault")
    add_confidence(evaluate, "score only what is at least so confident")
