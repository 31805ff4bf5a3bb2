"""What every view on a terminal is made with: the console, its styles, tables and clean text.

Styles come from the terminal's own sixteen colours, so they fit its theme, and
never carry meaning alone (terminal.py says how else).
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from typing import TextIO

from rich.console import Console
from rich.table import Table
from rich.text import Text

from onrecord.marked import printable

TABLE_WIDTH = 110
STYLES = {
    "source": "bold blue",
    "cue": "underline magenta",
    "content": "green",
    "trigger": "bold underline yellow",
    "nested": "cyan",
    "skipped": "dim",
    "mark": "dim",
    "hit": "bold reverse",  # seen without colour too
}


def open_console(stream: TextIO | None = None) -> Console:
    """A console on ``stream`` (standard output by default); it honours NO_COLOR and COLUMNS."""
    return Console(file=stream or sys.stdout, highlight=False, markup=False, emoji=False)


def highlight(words: str, positions: Iterable[tuple[int, int]]) -> Text:
    """The words with the matched positions set off."""
    text = Text(printable(re.sub(r"\s", " ", words)))
    for start, end in positions:
        text.stylize(STYLES["hit"], start, end)
    return text


def make_table(*, header: bool = True) -> Table:
    """An empty table without lines, as all of ours."""
    return Table(
        box=None, padding=(0, 2, 0, 0), header_style="dim", expand=False, show_edge=False, show_header=header
    )


def clean(value: str | None, *, lines: bool = False) -> str:
    """The value without control characters, on one line; with ``lines`` on as many as it has."""
    rows = (value or "").split("\n") if lines else [value or ""]
    return "\n".join(printable(" ".join(row.split())) for row in rows)
