"""Whether this installation can read, and whether a record is sound: one check per line, with what to do."""

from __future__ import annotations

import hashlib
import importlib
import importlib.metadata
import json
import locale
import os
import shutil
import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path

import msgspec

from onrecord.errors import OnrecordError
from onrecord.version import VERSION

MODELS = Path(__file__).parent / "models"
INSTALL_AGAIN = "install it again: pip install --force-reinstall onrecord"


class Check(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that was looked at; ``advice`` says what to do, or what else to know."""

    name: str
    found: str
    fine: bool = True
    advice: str | None = None
    exit_code: int = 5


def examine(record: str | Path, *, must_exist: bool = False) -> list[Check]:
    """All checks, in order; a record that is not there is fine unless it ``must_exist``."""
    checks: list[Callable[[], Check]] = [
        check_version,
        check_python,
        check_sqlite,
        check_runtime,
        check_weights,
        check_event_weights,
        check_terminal,
        lambda: check_record(Path(record), must_exist=must_exist),
    ]
    return [check() for check in checks]


def check_version() -> Check:
    """The version, and whether the files match what was installed."""
    try:
        installed = importlib.metadata.version("onrecord")
    except importlib.metadata.PackageNotFoundError:
        installed = "none"
    if installed == VERSION:
        return Check(name="onrecord", found=VERSION)
    return Check(
        name="onrecord", found=f"{VERSION}, but {installed} is installed", fine=False, advice=INSTALL_AGAIN
    )


def check_python() -> Check:
    """The Python that runs this; an older one than the package needs would not have come so far."""
    return Check(name="Python", found=f"{sys.version.split()[0]} on {sys.platform}, {sys.executable}")


def check_sqlite() -> Check:
    """SQLite's version, and whether it has full-text search."""
    version = sqlite3.sqlite_version
    db = sqlite3.connect(":memory:")
    try:
        db.execute("CREATE VIRTUAL TABLE t USING fts5(words)")
    except sqlite3.Error as error:
        advice = "search needs FTS5; use a Python whose SQLite has it, such as the one from python.org"
        return Check(name="SQLite", found=f"{version}, no FTS5 ({error})", fine=False, advice=advice)
    finally:
        db.close()
    return Check(name="SQLite", found=f"{version} with FTS5")


def check_runtime() -> Check:
    """Whether ONNX Runtime loads."""
    try:
        version = importlib.import_module("onnxruntime").__version__
    except (ImportError, OSError) as error:
        advice = "pip install --force-reinstall onnxruntime"
        return Check(name="ONNX Runtime", found=_one_line(error), fine=False, advice=advice)
    return Check(name="ONNX Runtime", found=f"{version}, {os.cpu_count()} cores")


def check_weights(folder: Path = MODELS, *, of: str = "statements") -> Check:
    """Whether the weights that read statements, or ``of`` events ("relations"), are those of their card."""
    title = "Weights" if of == "statements" else "Weights of events"
    try:
        card = json.loads((folder / f"{of}.json").read_bytes())
        name, stated = str(card["name"]), card["sha256"]
        expected = {f"{of}_{part}": d for part, d in stated.items()} if of == "relations" else {of: stated}
        graphs = {stem: (folder / f"{stem}.onnx").read_bytes() for stem in expected}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        return Check(name=title, found=_one_line(error), fine=False, advice=INSTALL_AGAIN)
    digests = {stem: hashlib.sha256(graph).hexdigest() for stem, graph in graphs.items()}
    for stem, digest in digests.items():
        if digest != expected[stem]:
            found = f"{name}: digest {digest[:12]} is not the card's {str(expected[stem])[:12]}"
            return Check(name=title, found=found, fine=False, advice=INSTALL_AGAIN)
    size = sum(map(len, graphs.values())) / 1e6
    shown = ", ".join(digest[:12] for digest in digests.values())
    return Check(name=title, found=f"{name}, {size:.0f} MB, sha256 {shown} as stated")


def check_event_weights(folder: Path = MODELS) -> Check:
    """The same of the weights that read events; without them a reading holds statements only."""
    if not (folder / "sightings.npz").exists():
        advice = f"for events, {INSTALL_AGAIN}"
        return Check(name="Weights of events", found="none, no events are read", advice=advice)
    return check_weights(folder, of="relations")


def check_terminal() -> Check:
    """What the terminal can show."""
    encoding = (sys.stdout.encoding or locale.getpreferredencoding()).lower()
    width = shutil.get_terminal_size().columns
    where = f"{width} columns" if sys.stdout.isatty() else "not a terminal: answers are JSON Lines"
    colour = "no colour (NO_COLOR)" if os.environ.get("NO_COLOR") else "colour"
    advice = None if encoding.startswith("utf") else "set PYTHONUTF8=1 to see quotation marks and accents"
    return Check(name="Terminal", found=f"{where}, {encoding}, {colour}", advice=advice)


def check_record(path: Path, *, must_exist: bool) -> Check:
    """Whether the record opens, what it holds, and whether SQLite finds it whole."""
    if not path.exists():
        advice = f"`onrecord read PATH --record {path}` makes one"
        return Check(
            name="Record", found=f"{path}: none yet", fine=not must_exist, advice=advice, exit_code=4
        )
    from onrecord.store import open_record

    try:
        with open_record(path, create=False, readonly=True) as store:
            counts = store.count()
            damage = [row[0] for row in store.select("PRAGMA quick_check") if row[0] != "ok"]
    except OnrecordError as error:
        return Check(name="Record", found=_one_line(error), fine=False, exit_code=4)
    held = (
        f"{path}: documents {counts.documents}, statements {counts.statements}, decisions {counts.decisions}"
    )
    if damage:
        advice = "restore a copy, or export what is left and load it into a new record"
        return Check(name="Record", found=f"{held}; {damage[0]}", fine=False, advice=advice, exit_code=4)
    return Check(name="Record", found=held, advice="`onrecord verify` proves its spans one by one")


def _one_line(error: BaseException) -> str:
    return " ".join(str(error).split()) or type(error).__name__
