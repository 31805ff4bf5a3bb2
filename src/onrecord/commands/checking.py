"""``doctor`` and ``evaluate``: whether the installation is sound, and how good readings are."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from typing import Any

from onrecord.commands.output import record_path, write_json


def doctor(args: argparse.Namespace) -> int:
    """Prints one line per check and what to do about each that fails; see ``onrecord doctor --help``."""
    from onrecord.doctor import examine

    checks = examine(record_path(args), must_exist=bool(args.record))
    for check in checks:
        sys.stdout.write(f"{'ok  ' if check.fine else 'FAIL'}  {check.name}: {check.found}\n")
        if check.advice:
            sys.stdout.write(f"      {check.advice}\n")
    return max((check.exit_code for check in checks if not check.fine), default=0)


def evaluate(args: argparse.Namespace) -> int:
    """Scores readings against gold; see ``onrecord evaluate --help``."""
    from onrecord.evaluation import run

    figures = run(
        args.task,
        args.file,
        texts=args.texts,
        readings=args.readings,
        errors=args.errors,
        min_confidence=args.min_confidence,
    )
    if args.json:
        write_json(figures)
        return 0
    from onrecord.console import open_console
    from onrecord.terminal import render_figures

    open_console().print(render_figures(_flatten(figures)))
    return 0


def _flatten(figures: dict[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    """The figures as rows of a table: one row for each innermost dict, named by the way to it."""
    plain = {name: value for name, value in figures.items() if not isinstance(value, dict | list | tuple)}
    if prefix:
        if plain:
            yield prefix, "  ".join(f"{name} {_spell(value)}" for name, value in plain.items())
    else:
        yield from ((name, _spell(value)) for name, value in plain.items())
    for name, value in figures.items():
        if isinstance(value, dict):
            yield from _flatten(value, f"{prefix}.{name}" if prefix else name)


def _spell(value: object) -> str:
    return f"{value:.2f}" if isinstance(value, float) else "" if value is None else str(value)
