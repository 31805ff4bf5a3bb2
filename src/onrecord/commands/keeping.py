"""``load``, ``forget`` and ``verify``: what goes into a record and out of it as it is."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import BinaryIO

from onrecord.commands.output import (
    Failures,
    chosen_format,
    many,
    progress,
    record_path,
    say,
    write_json,
)
from onrecord.errors import SourceError, UsageError, WireError
from onrecord.ledger import is_decision, read_decision
from onrecord.records import Reading
from onrecord.store import Outcome, Store, open_record
from onrecord.verify import Defect, verify_reading
from onrecord.verify import verify as verify_record
from onrecord.wire import read_lines


def load(args: argparse.Namespace) -> int:
    """Takes readings back in; see ``onrecord load --help``."""
    failures = Failures()
    path = record_path(args)
    outcomes = {"added": 0, "replaced": 0, "unchanged": 0}
    with open_record(path) as store, progress("Loading", visible=True) as advance:
        try:
            for outcome in _take_all(args.files, store, failures):
                outcomes[outcome] += 1
                advance(sum(outcomes.values()))
        except KeyboardInterrupt:
            done = sum(outcomes.values())
            raise KeyboardInterrupt(
                f"interrupted; {many(done, 'line')} kept in {path}; run it again to go on"
            ) from None
    done = sum(outcomes.values())
    if done:
        say(f"{path}: " + ", ".join(f"{number} {outcome}" for outcome, number in outcomes.items()))
    elif not failures.count:
        say("nothing to load: the files hold no line; `onrecord read --format jsonl` writes what load takes")
    return failures.exit_code(done)


def _take_all(files: list[str], store: Store, failures: Failures) -> Iterator[Outcome]:
    """What each line changed: readings as they come, then the decisions, which may need them."""
    held: list[tuple[str, bytes]] = []
    for reading in _readings(files, failures, held):
        yield store.write(reading)
    for origin, line in held:
        try:
            yield store.take(read_decision(line, origin=origin))
        except WireError as error:
            failures.report(error)


def forget(args: argparse.Namespace) -> int:
    """Removes one document for good; see ``onrecord forget --help``."""
    path = record_path(args)
    with open_record(path, create=False) as store:
        reading = store.get_reading(args.key)
        name = reading.document.title or reading.document.given_id or reading.document.id
        if not args.yes and not _confirmed(
            f"Forget “{name}” and {many(len(reading.statements), 'statement')} for good?"
        ):
            say("nothing was forgotten")
            return 0
        gone = store.forget(args.key)
    say(f"{path}: forgot “{name}”, {many(gone.statements, 'statement')}, {many(gone.decisions, 'decision')}")
    if not gone.cleaned:
        say("its words stay in the file until the program that has it open ends; then forget or clean again")
    return 0


def verify(args: argparse.Namespace) -> int:
    """Proves every span; see ``onrecord verify --help``."""
    failures = Failures()
    if args.rebuild and args.file:
        raise UsageError("--rebuild mends a record; give it with --record and leave the file out")
    with ExitStack() as stack:
        if args.file:
            name, defects = args.file, _defects_of_lines(args.file, failures)
        else:
            name = record_path(args)
            if args.rebuild:
                _rebuild(name)
            store = stack.enter_context(open_record(name, create=False, readonly=True))
            defects = _defects_of_record(store)
        found = _show_defects(defects, chosen_format(args))
    if found + failures.count:
        advice = "`onrecord verify --rebuild` mends the index; forget other documents and read them again"
        say(f"{name}: {many(found + failures.count, 'defect')}; {advice}")
        return 1
    say(f"{name}: every span is in its place")
    return 0


def _rebuild(path: str) -> None:
    with open_record(path, create=False) as store:
        store.rebuild()
    say(f"{path}: index made anew from readings and decisions")


def _defects_of_record(store: Store) -> Iterator[Defect]:
    yield from verify_record(store)


def _defects_of_lines(path: str, failures: Failures) -> Iterator[Defect]:
    for reading in _readings([path], failures):
        yield from verify_reading(reading)


def _show_defects(defects: Iterator[Defect], style: str) -> int:
    found = 0
    for defect in defects:
        found += 1
        if style == "jsonl":
            write_json(defect)
        else:
            document = (defect.document or "the record")[:19]
            say(f"{document}: {defect.path or defect.code}: {defect.message}")
    return found


def _readings(
    files: list[str], failures: Failures, held: list[tuple[str, bytes]] | None = None
) -> Iterator[Reading]:
    """The readings of all files in order; a file that cannot be opened is a failure and the rest go on.

    Lines that are decisions go to ``held`` with where they stand; without it they are no readings.
    """
    for name in files:
        try:
            with ExitStack() as stack:
                stream: BinaryIO = (
                    sys.stdin.buffer if name == "-" else stack.enter_context(Path(name).open("rb"))
                )
                lines = stream if held is None else _without_decisions(stream, name, held)
                yield from read_lines(lines, origin=name, on_error=failures.report)
        except OSError as error:
            failures.report(SourceError(f"{name}: {error.strerror}; name a file that can be read"))


def _without_decisions(lines: Iterable[bytes], name: str, held: list[tuple[str, bytes]]) -> Iterator[bytes]:
    """The lines with an empty one in the place of each decision, so that line numbers stay true."""
    for number, line in enumerate(lines, start=1):
        if is_decision(line):
            held.append((f"{name}:{number}", line))
        yield b"" if is_decision(line) else line


def _confirmed(question: str) -> bool:
    if not sys.stdin.isatty():
        raise UsageError("this removes words for good; say --yes where nobody can be asked")
    sys.stderr.write(f"{question} [y/N] ")
    sys.stderr.flush()
    return sys.stdin.readline().strip().lower() in ("y", "yes")
