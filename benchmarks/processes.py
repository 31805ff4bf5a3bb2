"""Whole processes, as a user starts them: how long they take and how much memory they hold at most."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

ONRECORD = [sys.executable, "-c", "import sys; from onrecord.cli import main; sys.exit(main())"]
BARE = [sys.executable, "-c", "pass"]
STARTS = 11
_KIB = 1024 if sys.platform != "darwin" else 1
"""ru_maxrss counts KiB on Linux and bytes on macOS."""


def run(command: Sequence[str], env: Mapping[str, str] | None = None) -> dict[str, float]:
    """Seconds and peak resident MB of one process. Raises RuntimeError with what it said if it fails."""
    with tempfile.TemporaryFile() as said:
        begin = time.perf_counter()
        process = subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=said, env=dict(env) if env is not None else None
        )
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - begin
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            said.seek(0)
            raise RuntimeError(
                said.read().decode(errors="replace").strip() or f"exit code {process.returncode}"
            )
    return {"seconds": seconds, "peak_mb": usage.ru_maxrss * _KIB / 1e6}


def measure_starts(article: Path) -> dict[str, float]:
    """Median seconds from nothing, the commands taking turns."""
    commands = {
        "bare_python": BARE,
        "help": [*ONRECORD, "--help"],
        "import": [sys.executable, "-c", "import onrecord"],
        "first_reading": [*ONRECORD, "read", str(article), "--format", "jsonl"],
    }
    taken: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(STARTS):
        for name, command in commands.items():
            taken[name].append(run(command)["seconds"])
    medians = {name: round(statistics.median(seconds), 3) for name, seconds in taken.items()}
    return medians | {"help_over_bare": round(medians["help"] / medians["bare_python"], 2)}


def measure_memory(texts: Sequence[str], folder: Path) -> dict[str, Any]:
    """Peak memory and time of ``onrecord read`` over many articles into a fresh record."""
    articles = folder / "articles.jsonl"
    articles.write_text("".join(json.dumps({"text": text}) + "\n" for text in texts), encoding="utf-8")
    found = run([*ONRECORD, "read", str(articles), "--record", str(folder / "record.sqlite")])
    return {
        "articles": len(texts),
        "peak_mb": round(found["peak_mb"], 1),
        "seconds": round(found["seconds"], 1),
        "articles_per_second": round(len(texts) / found["seconds"], 2),
    }


def with_threads(threads: int) -> dict[str, str]:
    """The environment in which numeric libraries keep to so many threads."""
    names = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
    return dict(os.environ) | dict.fromkeys(names, str(threads))
