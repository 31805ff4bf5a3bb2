"""Measure speed, memory, start-up and the peers that run offline, in one run.

    python -m benchmarks                          all of it, about ten minutes on two cores
    python -m benchmarks --only speed starts      parts: speed, memory, starts, peers
    python -m benchmarks --articles news.jsonl    on articles of your own (JSON Lines with "text")
    python -m benchmarks --json figures.json      the figures for a machine, too

1. speed: reading end to end against the bare session on the same windows, one thread and two;
2. memory: peak of one ``onrecord read`` over 1,000 articles;
3. starts: bare Python, ``onrecord --help``, ``import onrecord``, a first reading;
4. peers: what else finds quotations offline, on the project's own gold.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from benchmarks import comparison, processes
from benchmarks.articles import read_articles

THREADS = (1, 2)
PARTS = ("speed", "memory", "starts", "peers")
NOTES = ("what", "skipped")


def measure_speed(args: argparse.Namespace, folder: Path) -> list[dict[str, Any]]:
    """A row for each thread count, each in a process of its own."""
    articles = folder / "articles.json"
    articles.write_text(json.dumps(read_articles(args.articles, args.count)), encoding="utf-8")
    rows = []
    for threads in THREADS:
        command = [sys.executable, "-m", "benchmarks.speed", str(articles)]
        command += ["--threads", str(threads), "--rounds", str(args.rounds)]
        done = subprocess.run(
            command, env=processes.with_threads(threads), check=True, stdout=subprocess.PIPE, text=True
        )
        rows.append(json.loads(done.stdout))
    return rows


def measure_memory(args: argparse.Namespace, folder: Path) -> list[dict[str, Any]]:
    return [processes.measure_memory(read_articles(args.articles, args.many), folder)]


def measure_starts(args: argparse.Namespace, folder: Path) -> list[dict[str, Any]]:
    article = folder / "article.txt"
    article.write_text(read_articles(args.articles, 1)[0], encoding="utf-8")
    return [processes.measure_starts(article)]


def measure_peers(args: argparse.Namespace, folder: Path) -> list[dict[str, Any]]:
    del folder  # nothing is written
    return comparison.measure(args.peer_python)


MEASURES: dict[str, Callable[[argparse.Namespace, Path], list[dict[str, Any]]]] = {
    "speed": measure_speed,
    "memory": measure_memory,
    "starts": measure_starts,
    "peers": measure_peers,
}


def main(argv: Sequence[str] | None = None) -> int:
    """Exit code 1 when a part could not be measured; the others are, all the same."""
    args = _parse(argv)
    figures: dict[str, Any] = {"machine": _machine()}
    print(f"{figures['machine']}\n")
    failed = False
    for part in args.only:
        try:
            with tempfile.TemporaryDirectory() as folder:
                figures[part] = MEASURES[part](args, Path(folder))
        except (RuntimeError, subprocess.CalledProcessError) as error:
            print(f"{part}: could not be measured: {error}\n", file=sys.stderr)
            failed = True
        else:
            _print_rows(part, figures[part])
    if args.json:
        args.json.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    return int(failed)


def _parse(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__.splitlines()[0])
    parser.add_argument(
        "--only", nargs="+", choices=PARTS, default=PARTS, metavar="PART", help=", ".join(PARTS)
    )
    parser.add_argument("--articles", type=Path, metavar="FILE", help='JSON Lines with "text"')
    parser.add_argument("--count", type=int, default=40, help="articles for speed (40)")
    parser.add_argument("--many", type=int, default=1000, help="articles for memory (1000)")
    parser.add_argument("--rounds", type=int, default=5, help="rounds for speed (5)")
    parser.add_argument(
        "--peer-python", default=sys.executable, help="the Python that has the peers installed"
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures as JSON")
    return parser.parse_args(argv)


def _machine() -> str:
    cpus = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    load = os.getloadavg()[0]
    return f"{platform.machine()}, {cpus} cores, load {load:.1f}, Python {platform.python_version()}"


def _print_rows(part: str, rows: Sequence[dict[str, Any]]) -> None:
    """A table with a row for each figure and a column for each measurement; sentences go below it."""
    names = dict.fromkeys(name for row in rows for name in row if name not in NOTES)
    print(part)
    for name in names:
        cells = ["-" if row.get(name) is None else str(row[name]) for row in rows]
        print(f"  {name:<24}" + "".join(f"{cell:>12}" for cell in cells))
    for row in rows:
        for name in NOTES:
            if name in row:
                print(f"  {row['peer']} ({name}): {row[name]}")
    print(flush=True)


if __name__ == "__main__":
    sys.exit(main())
