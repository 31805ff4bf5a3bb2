"""Where the commands' answers go: tables on a terminal, JSON Lines elsewhere, messages on standard error."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import msgspec

from onrecord.errors import OnrecordError, UsageError
from onrecord.grammar.options import DEFAULT_RECORD
from onrecord.marked import printable

RECORD_VARIABLE = "ONRECORD_RECORD"


class Failures:
    """Says each failure in one line as it comes, and counts them."""

    def __init__(self) -> None:
        self.count = 0

    def report(self, error: OnrecordError) -> None:
        """Say on standard error what could not be read; the rest goes on."""
        self.count += 1
        say(str(error))

    def exit_code(self, done: int) -> int:
        """0 if nothing failed, 1 if something did, 3 if that left nothing."""
        if not done:
            return 3
        return 1 if self.count else 0


def say(message: str) -> None:
    """One line on standard error."""
    sys.stderr.write(f"onrecord: {printable(' '.join(message.split()))}\n")
    sys.stderr.flush()


def many(number: int, noun: str) -> str:
    """The number with its noun: "1 document", "3 documents"."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def record_path(args: argparse.Namespace) -> str:
    """The record that a command is about: --record, else the environment, else the file of the usual name."""
    return args.record or os.environ.get(RECORD_VARIABLE) or DEFAULT_RECORD


def chosen_format(args: argparse.Namespace, on_terminal: str = "table") -> str:
    """The format asked for, else ``on_terminal`` on a terminal and JSON Lines elsewhere."""
    return args.format or (on_terminal if sys.stdout.isatty() else "jsonl")


def write_json(value: object) -> None:
    """One JSON object on a line of standard output."""
    write_output(msgspec.json.encode(value) + b"\n")


def write_output(data: bytes) -> None:
    """Bytes to standard output, at once: whoever reads a pipe should not wait for the next document."""
    sys.stdout.flush()
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


@contextmanager
def open_output(path: str | None, *, record: str | None = None) -> Iterator[BinaryIO]:
    """Standard output for None or "-", else the file, which is replaced only once all is written.

    Raises UsageError when the file cannot be written, or is the record itself.
    """
    if path in (None, "-"):
        sys.stdout.flush()
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    target = Path(str(path))
    if record and target.exists() and Path(record).exists() and target.samefile(record):
        raise UsageError(f"{target} is the record itself; name another file to write to")
    part = target.with_name(f"{target.name}.part") if not target.exists() or target.is_file() else target
    try:
        stream = part.open("wb")
    except OSError as error:
        raise UsageError(f"{target}: {error.strerror}; name a file that can be written") from error
    try:
        with stream:
            yield stream
        if part != target:
            part.replace(target)
    finally:
        if part != target:
            part.unlink(missing_ok=True)


@contextmanager
def progress(label: str, *, visible: bool) -> Iterator[Callable[[int], None]]:
    """A function to call with the number done; it draws on standard error if that is a terminal."""
    if not visible or not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.completed} done"))
    bar = Progress(*columns, TimeElapsedColumn(), console=Console(stderr=True), transient=True)
    with bar:
        task = bar.add_task(label, total=None)
        yield lambda done: bar.update(task, completed=done)
