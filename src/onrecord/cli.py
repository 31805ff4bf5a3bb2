"""The command line: what is typed goes to the command behind it, and every error becomes one line.

The grammar is in ``onrecord.grammar``. The module behind a command is imported
when the command is given, so that ``onrecord --help`` answers at once
(docs/decisions/0003-cli.md).
"""

from __future__ import annotations

import argparse
import contextlib
import importlib
import io
import os
import sys
from collections.abc import Callable, Sequence

from onrecord.errors import OnrecordError
from onrecord.grammar import build_parser

TYPE_CHECKING = False  # checkers take this as true; importing typing would cost a fifth of `onrecord --help`
if TYPE_CHECKING:
    from typing import Any


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
