"""Writes docs/cli.md from the grammar of the command line; ``--check`` says whether it is up to date.

python docs/build_cli_reference.py
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from onrecord.grammar import EXIT_CODES, build_parser, list_commands

REFERENCE = Path(__file__).parent / "cli.md"
HEAD = """\
# Commands

<!-- Made by docs/build_cli_reference.py from the code; a test keeps it up to date. Do not edit. -->

On a terminal, answers are tables in colour (none with `NO_COLOR`); into a pipe or a file they are JSON
Lines, one object a line. Messages, errors and progress go to standard error, each error in one line that
says what to do.

The record is `--record FILE`, else the environment variable `ONRECORD_RECORD`, else `record.sqlite` in the
current directory. `read` is the exception: without `--record` and `ONRECORD_RECORD` it stores nothing and
shows what it read.

A document is named (`KEY`) by its id, by six or more of the first hex digits of its id, or by the id it
came with. `-` is standard input. `--debug` with any command shows the whole error.
"""
EXAMPLES = {
    "read": (
        "onrecord read article.txt --date 1962-10-28",
        "onrecord read articles/ --record crisis.sqlite",
        "cat page.html | onrecord read - | jq '.statements[].cue.text'",
    ),
    "reread": ("onrecord reread", "onrecord reread 3fa9c1 --date 1962-10-23"),
    "show": ("onrecord show 3fa9c1", "onrecord show article.txt --html article.html"),
    "search": (
        "onrecord search 'withdraw* missiles' --speaker Khrushchev",
        "onrecord search --since 1962-10-22 --until 1962-10-28 --mode direct --min-confidence 0.9",
    ),
    "events": (
        "onrecord events --country RUS --quad 4 --since 2025-06-01",
        "onrecord events blockade --actor 'United States' --type COERCE --asserted-by article",
        "onrecord events --actor-country ISR --recipient-country IRN --modality actual | jq -r .event.type",
    ),
    "stances": ("onrecord stances --target IAEA --polarity oppose",),
    "explain": (
        "onrecord explain 5c0d2e71a9b34f68",
        "onrecord explain 5c0d2e | jq '.reasons[].steps[].says'",
    ),
    "actors": (
        "onrecord actors --office 'foreign minister' --on 1962-10-22",
        "onrecord actors --country FRA --kind person",
    ),
    "actors explain": ("onrecord actors explain Gromyko",),
    "actors add": (
        "onrecord actors add 'Orla Venn' --country KLD --office 'prime minister' --from 2030-04",
        "onrecord actors add --file ministers.csv --by ada",
    ),
    "actors correct": (
        "onrecord actors correct user:orla-venn --alias 'O. Venn'",
        "onrecord actors correct user:orla-venn --office 'prime minister' --from 2030-04-11 --to 2031-06",
    ),
    "actors link": ("onrecord actors link local:venn user:orla-venn --document 3fa9c1",),
    "actors unlink": ("onrecord actors unlink user:orla-venn --document 3fa9c1",),
    "actors withdraw": ("onrecord actors withdraw 3",),
    "actors decisions": ("onrecord actors decisions",),
    "speakers": ("onrecord speakers --outlet 'Caribbean Wire'",),
    "load": ("onrecord read articles/ | onrecord load - --record crisis.sqlite",),
    "export": (
        "onrecord export --format csv --out statements.csv",
        "onrecord export --format plover --modality all --out events.jsonl",
        "onrecord export --format gdelt --no-header --out events.tsv",
        "onrecord export --format dyads --min-confidence 0.8 --out dyads.csv",
        "(onrecord export --undecided; onrecord export --decisions) | onrecord load - --record other.sqlite",
    ),
    "forget": ("onrecord forget 3fa9c1 --yes",),
    "verify": ("onrecord verify", "onrecord verify --rebuild", "onrecord verify readings.jsonl"),
    "correct": ("onrecord correct 5c0d2e71a9b34f68 --speaker 'Valerian Zorin'",),
    "review": (
        "onrecord review 5c0d2e71a9b34f68 reject --by ada",
        "onrecord review 91be03d5527c4a10 accept  # an event",
    ),
    "doctor": ("onrecord doctor",),
    "evaluate": ("onrecord evaluate attribution dev.jsonl --json",),
}


def build() -> str:
    """The whole reference as Markdown."""
    parts = [HEAD, "## Exit codes\n", "| code | meaning |\n|---|---|"]
    parts += [f"| {code} | {meaning} |" for code, meaning in EXIT_CODES.items()]
    for name, command in list_commands(build_parser()).items():
        parts += ["", *_describe(name, command)]
    return "\n".join(parts) + "\n"


def _describe(name: str, command: argparse.ArgumentParser) -> Iterator[str]:
    yield f"## onrecord {name}\n"
    yield f"{command.description}\n"
    yield "```\n" + "\n".join(EXAMPLES[name]) + "\n```\n"
    yield "| argument | meaning |\n|---|---|"
    for action in command._actions:
        if "--help" not in action.option_strings and not isinstance(action, argparse._SubParsersAction):
            yield f"| `{_spell(action)}` | {(action.help or '').replace('|', chr(92) + '|')} |"


def _spell(action: argparse.Action) -> str:
    value = action.metavar or ("|".join(action.choices) if action.choices else "")
    value = "" if action.nargs == 0 else str(value)
    if not action.option_strings:
        more = {"+": "…", "*": "…"}.get(str(action.nargs), "")
        return f"{value}{more}".replace("|", "\\|")
    return f"{action.option_strings[-1]} {value}".strip().replace("|", "\\|")


def main() -> int:
    """Writes the reference, or with ``--check`` compares it."""
    wanted = build()
    if "--check" in sys.argv:
        return 0 if REFERENCE.read_text(encoding="utf-8") == wanted else 1
    REFERENCE.write_text(wanted, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
